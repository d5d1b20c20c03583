//! The frames that `choro-gdal` writes: each has a kind, a length, and a body. The module `frame` of that program writes them.

use serde::Deserialize;
use std::{
    collections::BTreeMap,
    io::{self, Read},
};

/// Longest header, end or error, bytes.
const MAX_TEXT: u64 = 16 << 20;

/// One frame.
#[derive(Debug)]
pub enum GdalFrame {
    /// What reading may cost.
    Costs(Costs),
    /// What the file is.
    Header(LayerHeader),
    /// One feature: its properties and its geometry as WKB, empty where it has none.
    Feature(BTreeMap<String, String>, Vec<u8>),
    /// A feature whose geometry could not be read or transformed, and why.
    Fault(BTreeMap<String, String>, String),
    /// The end, with the count of features.
    End(u64),
    /// Why reading failed.
    Error(String),
}

/// What reading may cost. The program says it first, since it may be ended before it can say why.
#[derive(Debug, Default, Deserialize)]
pub struct Costs {
    /// Memory, MiB.
    pub memory_mib: u64,
    /// Time of computing, seconds.
    pub seconds: u64,
    /// What the operator should know about its walls.
    pub warnings: Vec<String>,
}

/// What the file is.
#[derive(Debug, Deserialize)]
pub struct LayerHeader {
    /// GDAL's driver.
    pub driver: String,
    /// The layer's fields.
    pub fields: Vec<String>,
    /// The coordinate reference system that GDAL transforms from.
    pub crs: Option<String>,
}

#[derive(Deserialize)]
struct FaultFrame {
    properties: BTreeMap<String, String>,
    fault: String,
}

#[derive(Deserialize)]
struct EndFrame {
    features: u64,
}

#[derive(Deserialize)]
struct ErrorFrame {
    message: String,
}

/// Reads the next frame. It is an error if the stream ends before the frame is complete.
pub fn read(stream: &mut impl Read, max_feature: u64) -> io::Result<GdalFrame> {
    let mut kind = [0];
    stream.read_exact(&mut kind)?;
    match kind {
        [b'L'] => Ok(GdalFrame::Costs(serde_json::from_slice(&body(stream, MAX_TEXT)?)?)),
        [b'H'] => Ok(GdalFrame::Header(serde_json::from_slice(&body(stream, MAX_TEXT)?)?)),
        [b'F'] => feature(&body(stream, max_feature)?),
        [b'X'] => {
            let FaultFrame { properties, fault } = serde_json::from_slice(&body(stream, max_feature)?)?;
            Ok(GdalFrame::Fault(properties, fault))
        }
        [b'Z'] => Ok(GdalFrame::End(serde_json::from_slice::<EndFrame>(&body(stream, MAX_TEXT)?)?.features)),
        [b'E'] => Ok(GdalFrame::Error(serde_json::from_slice::<ErrorFrame>(&body(stream, MAX_TEXT)?)?.message)),
        [other] => Err(io::Error::other(format!("a frame of kind {other}"))),
    }
}

fn length(stream: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 4];
    stream.read_exact(&mut bytes)?;
    Ok(u64::from(u32::from_le_bytes(bytes)))
}

fn body(stream: &mut impl Read, max: u64) -> io::Result<Vec<u8>> {
    let length = length(stream)?;
    if length > max {
        return Err(io::Error::other(format!("a frame of {length} bytes, the limit is {max}")));
    }
    // Grows with what really comes, not with what the length promises.
    let mut bytes = Vec::new();
    stream.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

fn feature(bytes: &[u8]) -> io::Result<GdalFrame> {
    let mut rest = bytes;
    let length = usize::try_from(length(&mut rest)?).unwrap_or(usize::MAX);
    let (properties, wkb) = rest.split_at_checked(length).ok_or(io::ErrorKind::UnexpectedEof)?;
    Ok(GdalFrame::Feature(serde_json::from_slice(properties)?, wkb.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_back_and_every_truncation_is_an_error() {
        let bytes = b"F\x0f\0\0\0\x09\0\0\0{\"a\":\"1\"}\x07\x08";
        let GdalFrame::Feature(properties, wkb) = read(&mut &bytes[..], 100).unwrap() else { panic!() };
        assert_eq!((properties["a"].as_str(), wkb.as_slice()), ("1", &[7, 8][..]));
        for cut in 0..bytes.len() {
            assert!(read(&mut &bytes[..cut], 100).is_err(), "cut at {cut}");
        }
        assert!(read(&mut &bytes[..], 14).unwrap_err().to_string().contains("limit"));
        assert!(read(&mut &b"X\0\0\0\0"[..], 14).is_err());
        assert!(read(&mut &b"F\x05\0\0\0\x09\0\0\0{"[..], 14).is_err());
    }
}
