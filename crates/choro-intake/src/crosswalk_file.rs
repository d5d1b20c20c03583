//! Opens the tables that say which code a name stands for, by the readers of statistics files: any encoding and delimiter, or a
//! workbook. So `Lübeck;01003` as a German Excel saves it is read as any other table of that program.

use crate::statistics::{DoubtKind, TableError, TableOptions, file};
use choro_model::{CrosswalkError, CrosswalkTable};
use std::path::Path;

/// Largest crosswalk file, bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a file.
///
/// # Errors
///
/// Where it cannot be read, is no table, or is no crosswalk.
pub fn read(path: &Path) -> Result<CrosswalkTable, CrosswalkError> {
    let place = path.display().to_string();
    let error = |reason: String| CrosswalkError::File { path: place.clone(), reason };
    let size = std::fs::metadata(path).map_err(|e| error(e.to_string()))?.len();
    if size > MAX_BYTES {
        return Err(error(format!("{size} bytes are more than a crosswalk may have ({MAX_BYTES})")));
    }
    let bytes = std::fs::read(path).map_err(|e| error(e.to_string()))?;
    parse(bytes, &place)
}

/// Parses the bytes of a table; `place` stands in messages in place of a file's path.
///
/// # Errors
///
/// Where it is no table, or is no crosswalk.
pub fn parse(bytes: Vec<u8>, place: &str) -> Result<CrosswalkTable, CrosswalkError> {
    let table = file::parse(place, bytes, &TableOptions::default());
    let table = table.map_err(|error: TableError| CrosswalkError::NoTable(error.to_string()))?;
    // A quote that holds rows together is a doubt about figures. Here there is nobody to ask.
    let doubt = table.doubts.iter().find(|doubt| matches!(doubt.kind, DoubtKind::OpenQuote | DoubtKind::RowsInAQuote));
    if let Some(doubt) = doubt {
        return Err(CrosswalkError::NoTable(format!("{place}: {}", doubt.what)));
    }
    let full = || (0..table.height()).filter(|row| !table.is_blank(*row));
    // Sheets end their rows where the last cell is that holds something.
    let width = full().next().filter(|_| table.sheet.is_some()).map(|header| table.row_width(header));
    let cells = |row: usize| {
        let width = width.unwrap_or_default().max(table.row_width(row));
        (0..width).map(|column| table.get(row, column).to_string()).collect()
    };
    CrosswalkTable::new(place, full().map(|row| (row + 1, cells(row))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stay_text_in_every_encoding_and_with_any_delimiter() {
        let russian = "name;code\nКурск;07\n";
        let german = "name;code\nLübeck, Hansestadt;07\n";
        let utf16: Vec<u8> = russian.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(Vec<u8>, &str); 7] = [
            (russian.as_bytes().to_vec(), "Курск"),
            (encoding_rs::WINDOWS_1251.encode(russian).0.into_owned(), "Курск"),
            ([&[0xFF, 0xFE][..], &utf16].concat(), "Курск"),
            ("\u{feff}name,code\r\nКурск,07".as_bytes().to_vec(), "Курск"),
            ("name\tcode\n\"Курск\"\t07\n".as_bytes().to_vec(), "Курск"),
            (encoding_rs::WINDOWS_1252.encode(german).0.into_owned(), "Lübeck, Hansestadt"),
            ("sep=;\nname;code\n\nКурск;07\n".as_bytes().to_vec(), "Курск"),
        ];
        for (bytes, name) in cases {
            let table = parse(bytes, "t.csv").unwrap();
            assert_eq!(table.headers(), ["name", "code"]);
            assert_eq!(table.rows(), [[name, "07"]]);
        }
    }

    #[test]
    fn files_that_are_no_table_of_texts_are_refused_with_their_row() {
        for (bytes, expected) in [
            (&b""[..], "is empty"),
            (b"a,b\n1,2\n\n3\n", "row 4: has 1 cells"),
            (b"PK\x03\x04\0\0", "no readable workbook"),
            (b"a,b\n\"1,2\n3,4\n", "line 2: a quote opens here"),
            (b"a,b\n1,\"2", "a quoted cell never closes"),
        ] {
            let message = parse(bytes.to_vec(), "t.csv").unwrap_err().to_string();
            assert!(message.contains("t.csv") && message.contains(expected), "{message}");
        }
    }
}
