//! The encoding of a page or an XML document: declared, or named by the document itself.

use super::{
    encoding::{Decoding, choose, utf16},
    error::TableError,
    scan::Scan,
};
use encoding_rs::Encoding;

/// How much is decoded at once, bytes (1 MiB).
const BLOCK: usize = 1 << 20;
/// How much of a document is searched for the name of its encoding, bytes.
const NAMED_WITHIN: usize = 2048;

/// The beginning of a file as text, for looking at: as UTF-16 where it is that, else as UTF-8 with signs for what is none.
pub(crate) fn start_of(bytes: &[u8], most: usize) -> String {
    let start = bytes.get(..most).unwrap_or(bytes);
    match utf16(bytes) {
        Some(encoding) => encoding.decode(start).0.into_owned(),
        None => String::from_utf8_lossy(start).into_owned(),
    }
}

/// All of a page or an XML document as text. Where the operator has declared no encoding, the one counts that it names itself.
pub(crate) fn markup_text(
    file: &str,
    bytes: &[u8],
    scan: &Scan,
    declared: Option<&str>,
) -> Result<(String, Option<String>), TableError> {
    let named = if utf16(bytes).is_some() { None } else { named_in_markup(bytes) };
    let (encoding, note) = choose(file, scan, declared.or(named.as_deref()))?;
    let (mut decoding, mut text) = (Decoding::new(file, bytes, encoding), String::new());
    while decoding.read(&mut text, BLOCK)? {}
    Ok((text, note))
}

/// The encoding that a page or an XML document names in its beginning, if there is such an encoding. UTF-16 is not believed, since
/// the name could be read.
fn named_in_markup(bytes: &[u8]) -> Option<String> {
    let start = start_of(bytes, NAMED_WITHIN).to_lowercase();
    let named = ["charset=", "encoding="].iter().find_map(|key| start.split_once(key))?.1;
    let label: String = named
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible()).map(|_| label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_names_its_encoding_and_the_operator_may_name_another() {
        let german = "<html><meta charset='windows-1252'>M\u{fc}nchen";
        let bytes = encoding_rs::WINDOWS_1252.encode(german).0.into_owned();
        let utf16: Vec<u8> = "\u{feff}<html>M\u{fc}nchen".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let xml = encoding_rs::WINDOWS_1251.encode("<?xml version='1.0' encoding='windows-1251'?><a>Курск").0.into_owned();
        for (bytes, declared, expected) in [
            (&bytes, None, "München"),
            (&utf16, None, "München"),
            (&xml, None, "Курск"),
            (&bytes, Some("windows-1251"), "Mьnchen"),
            (&b"<html><meta charset=utf-16>A".to_vec(), None, "A"),
        ] {
            let (text, _) = markup_text("a.xls", bytes, &Scan::of_bytes(bytes), declared).unwrap();
            assert!(text.ends_with(expected), "{text}");
        }
    }
}
