//! The encoding of a shapefile's table.
//!
//! A `.cpg` file says it, or the table's byte 29 (the language driver); `--encoding` outweighs both. Many files say nothing, or "the
//! code page of whatever machine wrote this" (0x57). Then every byte is taken as it is, and the texts are taken if they are ASCII or
//! UTF-8. Other texts are refused, and the message shows how they would read in several encodings.

use crate::boundary::{error::BoundaryError, features::feature::FeatureCollection};
use encoding_rs::{Encoding, IBM866, ISO_8859_2, KOI8_R, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254};
use std::{
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::Path,
};

/// The encoding by which every byte becomes the character of its number.
pub const BYTES: &str = "ISO-8859-1";
/// Where the language driver stands in a table.
const DRIVER: u64 = 29;
/// Encodings in which a refused text is shown.
const READINGS: [&Encoding; 7] = [WINDOWS_1251, IBM866, KOI8_R, WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, ISO_8859_2];

/// Whether the files beside a shapefile say an encoding.
pub fn says(path: &Path) -> bool {
    let beside = |extension: &str| {
        [extension.to_owned(), extension.to_uppercase()].into_iter().map(|e| path.with_extension(e)).find(|p| p.is_file())
    };
    let named = beside("cpg").and_then(|cpg| {
        let mut text = String::new();
        File::open(cpg).ok()?.take(100).read_to_string(&mut text).ok()?;
        Some(!text.trim().is_empty())
    });
    let driver = || {
        let mut table = File::open(beside("dbf")?).ok()?;
        let mut byte = [0];
        table.seek(SeekFrom::Start(DRIVER)).ok()?;
        table.read_exact(&mut byte).ok()?;
        Some(!matches!(byte, [0 | 0x57]))
    };
    named == Some(true) || driver() == Some(true)
}

/// Texts that were read byte by byte become UTF-8, or are refused.
pub fn decode(source: &mut FeatureCollection, place: &str) -> Result<(), BoundaryError> {
    let refuse = |text: &str| BoundaryError::Encoding { path: place.to_owned(), readings: readings(text) };
    for field in &mut source.fields {
        *field = utf8(field).ok_or_else(|| refuse(field))?;
    }
    for area in &mut source.areas {
        let decoded = std::mem::take(&mut area.properties).into_iter().map(|(name, value)| {
            let name = utf8(&name).ok_or_else(|| refuse(&name))?;
            Ok((name, utf8(&value).ok_or_else(|| refuse(&value))?))
        });
        area.properties = decoded.collect::<Result<_, BoundaryError>>()?;
    }
    Ok(())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn utf8(text: &str) -> Option<String> {
    if text.is_ascii() {
        return Some(text.to_owned());
    }
    String::from_utf8(bytes(text)?).ok()
}

/// A text as it reads in each encoding that has a visible character for all of its bytes.
fn readings(text: &str) -> String {
    let bytes = bytes(&text.chars().take(40).collect::<String>()).unwrap_or_default();
    let read = |encoding: &&'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
        (!text.chars().any(char::is_control)).then(|| format!("{text:?} in {}", encoding.name().to_lowercase()))
    };
    READINGS.iter().filter_map(read).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_utf8_or_shown_in_the_encodings_that_they_may_be() {
        let latin = |bytes: &[u8]| bytes.iter().map(|b| char::from(*b)).collect::<String>();
        assert_eq!(utf8(&latin("Орёл".as_bytes())).as_deref(), Some("Орёл"));
        let cyrillic = latin(&WINDOWS_1251.encode("Север").0);
        assert_eq!(utf8(&cyrillic), None);
        assert!(readings(&cyrillic).starts_with("\"Север\" in windows-1251, \""), "{}", readings(&cyrillic));
        assert!(readings(&latin(&IBM866.encode("Север").0)).contains("\"Север\" in ibm866"));
    }
}
