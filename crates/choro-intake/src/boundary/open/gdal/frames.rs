//! The frames that `choro-gdal` writes: each has a kind, a length, and a body. The module `frame` of that program writes them.

use crate::boundary::features::field_text::FieldText;
use geo::Coord;
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
    Feature(RecordFields, Vec<u8>),
    /// A feature whose geometry could not be read, and why.
    Fault(RecordFields, String),
    /// Positions in longitude and latitude.
    Positions(Vec<Coord<f64>>),
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
    /// The coordinate reference system: its code or its definition.
    pub crs: Option<String>,
}

/// The fields of a record.
#[derive(Debug, Deserialize)]
pub struct RecordFields {
    /// The record's number.
    fid: Option<String>,
    fields: BTreeMap<String, WireField>,
}

/// A field as it stands in a frame.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum WireField {
    Text(String),
    Number { number: f64 },
    Unreadable { unreadable: String },
}

impl RecordFields {
    /// The record's number, and what its fields hold.
    pub fn read(self) -> (Option<FieldText>, BTreeMap<String, FieldText>) {
        let field = |field| match field {
            WireField::Text(text) => FieldText::Text(text),
            WireField::Number { number } => FieldText::number(number),
            WireField::Unreadable { unreadable } => FieldText::Unreadable(unreadable),
        };
        (self.fid.map(FieldText::Text), self.fields.into_iter().map(|(name, text)| (name, field(text))).collect())
    }
}

#[derive(Deserialize)]
struct FaultFrame {
    properties: RecordFields,
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
        [b'P'] => Ok(GdalFrame::Positions(positions(&body(stream, MAX_TEXT)?)?)),
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

fn positions(bytes: &[u8]) -> io::Result<Vec<Coord<f64>>> {
    let (pairs, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let number =
        |pair: &[u8; 16], at: usize| pair.as_chunks::<8>().0.get(at).map_or(f64::NAN, |bytes| f64::from_le_bytes(*bytes));
    Ok(pairs.iter().map(|pair| Coord { x: number(pair, 0), y: number(pair, 1) }).collect())
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
        let json = br#"{"fid":"7","fields":{"a":"01","b":{"number":2.0},"c":{"unreadable":"x"}}}"#;
        let length = |bytes: usize| u32::try_from(bytes).unwrap().to_le_bytes();
        let bytes = [b"F", &length(json.len() + 6)[..], &length(json.len()), json, &[7, 8]].concat();
        let GdalFrame::Feature(record, wkb) = read(&mut &bytes[..], 100).unwrap() else { panic!() };
        let (fid, fields) = record.read();
        assert_eq!((fid, wkb.as_slice()), (Some(FieldText::Text("7".to_owned())), &[7, 8][..]));
        let expected = [FieldText::Text("01".to_owned()), FieldText::Text("2".to_owned()), FieldText::unreadable("x")];
        assert!(fields.values().eq(&expected), "{fields:?}");
        for cut in 0..bytes.len() {
            assert!(read(&mut &bytes[..cut], 100).is_err(), "cut at {cut}");
        }
        assert!(read(&mut &bytes[..], 14).unwrap_err().to_string().contains("limit"));
        assert!(read(&mut &b"X\0\0\0\0"[..], 14).is_err());
        assert!(read(&mut &b"F\x05\0\0\0\x09\0\0\0{"[..], 14).is_err());
        let pair = [&1.5_f64.to_le_bytes()[..], &(-2.0_f64).to_le_bytes()].concat();
        let GdalFrame::Positions(positions) = read(&mut &[b"P", &length(16)[..], &pair].concat()[..], 0).unwrap() else {
            panic!()
        };
        assert_eq!(positions, [Coord { x: 1.5, y: -2.0 }]);
    }
}
