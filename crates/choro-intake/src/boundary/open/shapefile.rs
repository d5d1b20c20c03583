//! The encoding of a shapefile's table.
//!
//! A `.cpg` file says it, or the table's byte 29 (the language driver); `--encoding` outweighs both. Many files say nothing, or "the
//! code page of whatever machine wrote this" (0x57). Then every byte is taken as it is, and the texts are taken if they are ASCII or
//! UTF-8. Other texts are refused, and the message shows how they would read in several encodings.

use crate::boundary::{
    error::BoundaryError,
    features::{feature::FeatureCollection, field_text::FieldText},
    options::Options,
};
use encoding_rs::{Encoding, IBM866, ISO_8859_2, KOI8_R, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// The encoding by which every byte becomes the character of its number.
pub const BYTES: &str = "ISO-8859-1";
/// Where the language driver stands in a table.
const DRIVER: u64 = 29;
/// Encodings in which a refused text is shown.
const READINGS: [&Encoding; 7] = [WINDOWS_1251, IBM866, KOI8_R, WINDOWS_1252, WINDOWS_1250, WINDOWS_1254, ISO_8859_2];

/// Refuses a shapefile of which a part is missing.
pub fn check_parts(path: &Path, place: &str) -> Result<(), BoundaryError> {
    let name =
        |extension: &str| path.with_extension(extension).file_name().unwrap_or_default().to_string_lossy().into_owned();
    for (extension, remedy) in [
        ("shx", "or make it anew: ogr2ogr --config SHAPE_RESTORE_SHX YES areas.gpkg FILE"),
        ("dbf", "without it areas have no code"),
    ] {
        if beside(path, extension).is_none() {
            return Err(BoundaryError::Format {
                path: place.to_owned(),
                what: format!("{} is missing beside it, and a shapefile is several files of one name", name(extension)),
                expected: format!("all of them in one folder (.shp, .shx, .dbf, .prj); {remedy}"),
            });
        }
    }
    Ok(())
}

/// The file of that extension beside a shapefile, in small or in capital letters.
fn beside(path: &Path, extension: &str) -> Option<PathBuf> {
    [extension.to_owned(), extension.to_uppercase()].into_iter().map(|e| path.with_extension(e)).find(|p| p.is_file())
}

/// Whether the files beside a shapefile say an encoding.
pub fn says(path: &Path) -> bool {
    let named = beside(path, "cpg").and_then(|cpg| {
        let mut text = String::new();
        File::open(cpg).ok()?.take(100).read_to_string(&mut text).ok()?;
        // UTF-8 is looked after here: GDAL would pass on a text that was cut within a character.
        Some(!matches!(text.trim().to_uppercase().replace('-', "").as_str(), "" | "UTF8" | "65001"))
    });
    let driver = || {
        let mut table = File::open(beside(path, "dbf")?).ok()?;
        let mut byte = [0];
        table.seek(SeekFrom::Start(DRIVER)).ok()?;
        table.read_exact(&mut byte).ok()?;
        Some(!matches!(byte, [0 | 0x57]))
    };
    named == Some(true) || driver() == Some(true)
}

/// Texts that were read byte by byte become UTF-8. What was asked for and is not UTF-8 is refused; other texts are not looked at.
pub fn decode(source: &mut FeatureCollection, place: &str, options: &Options) -> Result<(), BoundaryError> {
    let names: BTreeMap<String, String> = source.fields.iter().map(|name| (name.clone(), field_name(name))).collect();
    let wanted: BTreeSet<&str> = options.fields().collect();
    let decoded = |name: &String| names.get(name).unwrap_or(name).clone();
    source.fields = source.fields.iter().map(decoded).collect();
    for area in &mut source.areas {
        let mut properties = BTreeMap::new();
        for (name, field) in std::mem::take(&mut area.properties) {
            let name = decoded(&name);
            if !wanted.contains(name.as_str()) {
                continue;
            }
            let field = match field {
                FieldText::Text(text) => utf8(&text)
                    .ok_or_else(|| BoundaryError::Encoding { path: place.to_owned(), readings: readings(&text) })?,
                other => other,
            };
            properties.insert(name, field);
        }
        area.properties = properties;
    }
    Ok(())
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn field_name(name: &str) -> String {
    match utf8(name) {
        Some(FieldText::Text(text) | FieldText::Cut(text)) => text,
        _ => name.to_owned(),
    }
}

/// The text in UTF-8. A table cuts a text where its column ends, also within a character: what is left of that one is dropped.
fn utf8(text: &str) -> Option<FieldText> {
    if text.is_ascii() {
        return Some(FieldText::Text(text.to_owned()));
    }
    let bytes = bytes(text)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Some(FieldText::Text(text.to_owned())),
        Err(error) if error.error_len().is_none() => {
            let whole = std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?;
            // A single byte alone says nothing of its encoding.
            (!whole.is_ascii()).then(|| FieldText::Cut(whole.to_owned()))
        }
        Err(_) => None,
    }
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
        assert_eq!(utf8(&latin("Орёл".as_bytes())), Some(FieldText::Text("Орёл".to_owned())));
        let cyrillic = latin(&WINDOWS_1251.encode("Север").0);
        assert_eq!(utf8(&cyrillic), None);
        assert_eq!(utf8(&latin(&"Длинное".as_bytes()[..13])), Some(FieldText::Cut("Длинно".to_owned())));
        assert!(readings(&cyrillic).starts_with("\"Север\" in windows-1251, \""), "{}", readings(&cyrillic));
        assert!(readings(&latin(&IBM866.encode("Север").0)).contains("\"Север\" in ibm866"));
    }
}
