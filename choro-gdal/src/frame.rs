//! Frames: one byte that says the kind, the length of the rest as 32 bits (little-endian), the rest.
//!
//! `L` limits and warnings, JSON, before the source is opened · `H` header, JSON · `F` feature: 32 bits length of its properties, the properties as a JSON object of texts, its geometry
//! as ISO WKB (empty where it has none) · `P` positions, pairs of 64-bit numbers · `X` a feature whose geometry fails, JSON · `Z` end, JSON · `E` error, JSON. The reader is `choro`'s `boundary::open::gdal::frames`.

use serde_json::{Value, json};
use std::io::{self, Write};

/// The first frame: what reading may cost, and what the operator should know.
pub fn limits(out: &mut impl Write, limits: &Value) -> io::Result<()> {
    json_frame(out, b'L', limits).map(drop)
}

/// The second frame: what the file is.
pub fn header(out: &mut impl Write, header: &Value) -> io::Result<()> {
    json_frame(out, b'H', header).map(drop)
}

/// One feature; returns how many bytes it takes.
pub fn feature(out: &mut impl Write, properties: &Value, wkb: &[u8]) -> io::Result<u64> {
    let properties = properties.to_string().into_bytes();
    let length = 4_usize.saturating_add(properties.len()).saturating_add(wkb.len());
    out.write_all(b"F")?;
    out.write_all(&length_of(length)?)?;
    out.write_all(&length_of(properties.len())?)?;
    out.write_all(&properties)?;
    out.write_all(wkb)?;
    Ok(length as u64)
}

/// Positions, as bytes.
pub fn positions(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(b"P")?;
    out.write_all(&length_of(bytes.len())?)?;
    out.write_all(bytes)
}

/// A feature whose geometry cannot be read: a fault of its own, not of the file. Returns how many bytes it takes.
pub fn fault(out: &mut impl Write, properties: &Value, fault: &str) -> io::Result<u64> {
    json_frame(out, b'X', &json!({ "properties": properties, "fault": fault }))
}

/// The last frame of a layer that was read to its end.
pub fn end(out: &mut impl Write, features: u64) -> io::Result<()> {
    json_frame(out, b'Z', &json!({ "features": features })).map(drop)
}

/// The last frame where reading failed.
pub fn error(out: &mut impl Write, message: &str) -> io::Result<()> {
    json_frame(out, b'E', &json!({ "message": message })).map(drop)
}

fn json_frame(out: &mut impl Write, kind: u8, value: &Value) -> io::Result<u64> {
    let text = value.to_string();
    out.write_all(&[kind])?;
    out.write_all(&length_of(text.len())?)?;
    out.write_all(text.as_bytes())?;
    Ok(text.len() as u64)
}

fn length_of(length: usize) -> io::Result<[u8; 4]> {
    u32::try_from(length).map(u32::to_le_bytes).map_err(|_| io::Error::other("a feature of more than 4 GiB"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_holds_the_lengths_of_the_whole_and_of_its_properties() {
        let mut out = Vec::new();
        feature(&mut out, &json!({"a": "1"}), &[7, 8]).expect("a vector takes everything");
        assert_eq!(out, b"F\x0f\0\0\0\x09\0\0\0{\"a\":\"1\"}\x07\x08");
    }
}
