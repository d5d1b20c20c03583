//! One sheet in every format of workbooks: each reader sees what a clerk sees.
//!
//! |   | A      | B                | C      |
//! |---|--------|------------------|--------|
//! | 1 | Region | 2013, a date     | share  |
//! | 2 | Isles¹ | 234¹             | 12.5%  |
//! | 3 | East   | 95, a hidden row | 4.0%   |
//! | 4 | 01003  | 1235 thousands   | ~~7~~  |
//! | 5 | West   | 12, merged with the cell below | |

mod xls;
mod xlsb;
mod xlsx;
mod xml;

use crate::statistics::{
    CellContent, CellTable, SheetRef, TableOptions, file, read,
    tests::{indicators, mapping},
};
use calamine::{Data, Reader};
use std::{
    fmt::Debug,
    io::{Cursor, Write as _},
};

/// The clerk's view, row by row.
const SHOWN: [[&str; 3]; 5] = [
    ["Region", "2013", "share"],
    ["Isles", "234", "12.5"],
    ["East", "95", "4"],
    ["01003", "1234.567", ""],
    ["West", "12", ""],
];

/// What is told of it.
const TOLD: [&str; 7] = [
    "2 numbers are shown as percentages by their format, and are taken as shown: C2 12.5 for 0.125, C3 4 for 0.04",
    "1 numbers are shown in thousands or millions by their format, and are taken as shown: B4 1234.567 for 1234567",
    "1 dates are shown as years by their format, and are taken as years: B1 2013 for 2013-01-01",
    "1 numbers are shown with leading zeros by their format, and are taken as shown: A4 01003 for 1003",
    "superscript stands for footnotes and is left out of what 2 cells say: A2 \"1\", B2 \"1\"",
    "1 cells are struck out, and are taken as empty: C4 \"7\"",
    "rows are hidden: 3",
];

const MAPPING: &str = "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { value = 2014 }\n\
                       value = { column = 2 }\n";

/// Reads the workbook, and compares what is read with what is shown.
fn check(name: &str, bytes: Vec<u8>) -> CellTable {
    let table = file::parse(name, bytes, &TableOptions::default()).unwrap();
    for (row, cells) in SHOWN.iter().enumerate() {
        let read = [0, 1, 2].map(|column| table.get(row, column).to_string());
        assert_eq!(read, cells.map(str::to_owned), "{name}: row {}", row + 1);
    }
    for told in TOLD {
        assert!(table.notes.iter().any(|note| note == told), "{name}: {told:?} is not told in {:#?}", table.notes);
    }
    assert_eq!(kinds(&table, MAPPING), ["hidden-cells", "merged-values", "scaled-format"], "{name}");
    assert_eq!(kinds(&table, &MAPPING.replace("column = 2", "column = 3")), ["hidden-cells", "struck-out"], "{name}");
    table
}

/// The kinds of doubts about a table by a mapping.
fn kinds(table: &CellTable, how: &str) -> Vec<String> {
    let intake = read(table, &mapping(how), &indicators()).unwrap();
    intake.doubts.iter().map(|doubt| doubt.kind.to_string()).collect()
}

/// Another reader finds the same stored values in the workbook, so it is one by more than our own word.
fn check_by_calamine<B: Reader<Cursor<Vec<u8>>>>(bytes: Vec<u8>)
where
    B::Error: Debug,
{
    let mut book = B::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let range = book.worksheet_range(&names[0]).unwrap();
    let number = |row, column| match range.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        Some(Data::Int(number)) => *number as f64,
        other => panic!("{other:?}"),
    };
    assert_eq!([number(1, 2), number(2, 1), number(3, 0), number(3, 1)], [0.125, 95.0, 1003.0, 1_234_567.0]);
    assert_eq!(range.get_value((1, 1)), Some(&Data::String("2341".to_owned())));
    assert_eq!(range.get_value((4, 0)), Some(&Data::String("West".to_owned())));
    assert!(matches!(range.get_value((0, 1)), Some(Data::DateTime(_) | Data::DateTimeIso(_))));
}

/// An archive of these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The message that refuses a workbook.
fn refused(name: &str, bytes: Vec<u8>) -> String {
    file::parse(name, bytes, &TableOptions::default()).unwrap_err().to_string()
}
