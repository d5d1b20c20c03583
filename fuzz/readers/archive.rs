//! ZIP and gzip around GeoJSON: bounded inflation, no file outside of the temporary folder, and what is true of boundaries.

use super::areas;
use choro_intake::boundary;
use std::io::Write as _;

/// Reads made-up input: an archive as it is, and anything else as what an archive holds.
pub fn read(data: &[u8]) {
    let (ending, bytes) = match data {
        [b'P', b'K', ..] => (".zip", data.to_vec()),
        [0x1f, 0x8b, ..] => (".json.gz", data.to_vec()),
        _ => (".zip", stored(data)),
    };
    let mut file = tempfile::Builder::new().suffix(ending).tempfile().expect("a temporary file");
    file.write_all(&bytes).expect("written");
    if let Ok(import) = boundary::import(file.path(), &areas::options()) {
        areas::check(&import);
    }
}

/// A ZIP of one stored file, whose name is the first line of the data and whose content the rest (APPNOTE 4.3).
fn stored(data: &[u8]) -> Vec<u8> {
    let at = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (name, content) = (&data[..at.min(200)], data.get(at + 1..).unwrap_or_default());
    let [size, name_length] = [content.len(), name.len()].map(|length| u32::try_from(length).expect("a short input"));
    let mut common = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    [crc32fast::hash(content), size, size].iter().for_each(|number| common.extend(number.to_le_bytes()));
    common.extend(u16::try_from(name_length).expect("a short name").to_le_bytes());
    common.extend([0, 0]);
    let local = [b"PK\x03\x04".as_slice(), &common, name, content].concat();
    let central = [b"PK\x01\x02\x14\x00".as_slice(), &common, &[0; 14], name].concat();
    let place = [u32::try_from(central.len()).expect("short"), u32::try_from(local.len()).expect("short")];
    let end = [b"PK\x05\x06\0\0\0\0\x01\0\x01\0".as_slice(), &place[0].to_le_bytes(), &place[1].to_le_bytes(), &[0, 0]];
    [local, central, end.concat()].concat()
}
