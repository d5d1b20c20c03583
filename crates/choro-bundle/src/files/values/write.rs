//! Writing the values of one period.

use super::{FINGERPRINTS, SELECTIONS};
use crate::format::{catalog::Origin, column::fingerprint, error::BundleError};
use choro_figures::disclosure::PublishedColumn;
use choro_model::{Cell, Code, Dimension};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::{parser::parse_message_type, types::ColumnPath},
};
use std::{fs::File, path::Path, sync::Arc};

/// Rows of a row group, at least one selection: what is decoded to answer for one.
const GROUP_ROWS: usize = 4096;

/// What is written: the values of one period.
#[derive(Clone, Copy)]
pub struct PeriodTable<'a> {
    /// What the columns differ in.
    pub dimensions: &'a [Dimension],
    /// The codes of the areas in table order.
    pub areas: &'a [&'a str],
    /// The columns.
    pub columns: &'a [PublishedColumn],
    /// Whose figures they were made of.
    pub origin: Option<&'a Origin>,
}

/// Writes the columns of one period.
///
/// # Errors
/// The file cannot be written, or a column has not one cell and one flag for each area: then nothing was written.
pub fn write(path: &Path, table: PeriodTable<'_>) -> Result<(), BundleError> {
    check(path, table)?;
    write_file(path, table).map_err(|e| match e {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => BundleError::Io { path: path.to_owned(), source: *source },
            Err(other) => BundleError::damaged(path, other.to_string()),
        },
        other => BundleError::Io { path: path.to_owned(), source: std::io::Error::other(other.to_string()) },
    })
}

fn check(path: &Path, table: PeriodTable<'_>) -> Result<(), BundleError> {
    let expected = table.areas.len();
    let counts = |column: &PublishedColumn| [column.cells().len(), column.statuses().len()];
    match table.columns.iter().flat_map(counts).find(|got| *got != expected) {
        None => Ok(()),
        Some(got) => Err(BundleError::Rows { path: path.to_owned(), got, expected }),
    }
}

fn write_file(path: &Path, PeriodTable { dimensions, areas, columns, origin }: PeriodTable<'_>) -> Result<(), ParquetError> {
    let fields: String = dimensions.iter().map(|d| format!("required binary {} (UTF8); ", d.id)).collect();
    let schema = parse_message_type(&format!(
        "message values {{ {fields}required binary area (UTF8); optional double value; \
         optional binary state (UTF8); optional binary status (UTF8); }}"
    ))?;
    let selections: Vec<&[Code]> = columns.iter().map(|column| column.selection().codes.as_slice()).collect();
    let print = |column: &PublishedColumn| fingerprint(column.cells(), column.statuses(), origin).to_string();
    let fingerprints: Vec<String> = columns.iter().map(print).collect();
    let metadata = vec![pair(SELECTIONS, &selections)?, pair(FINGERPRINTS, &fingerprints)?];
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // Figures hardly repeat, and as they are they are read fastest.
        .set_column_dictionary_enabled(ColumnPath::from("value"), false)
        .set_created_by("choro".to_owned())
        .set_key_value_metadata(Some(metadata))
        .build();
    let file = File::create(path)?;
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
    for group in columns.chunks(per_group(areas.len())) {
        let mut row_group = writer.next_row_group()?;
        write_group(&mut row_group, dimensions.len(), areas, group)?;
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn pair(key: &str, list: &impl serde::Serialize) -> Result<KeyValue, ParquetError> {
    let list = serde_json::to_string(list).map_err(|e| ParquetError::External(e.into()))?;
    Ok(KeyValue::new(key.to_owned(), list))
}

/// Selections of a row group.
fn per_group(areas: usize) -> usize {
    (GROUP_ROWS / areas.max(1)).max(1)
}

fn write_group(
    group: &mut SerializedRowGroupWriter<'_, File>,
    dimensions: usize,
    areas: &[&str],
    columns: &[PublishedColumn],
) -> Result<(), ParquetError> {
    for dimension in 0..dimensions {
        let code = |column: &PublishedColumn| column.selection().codes.get(dimension).map_or("", Code::as_str).to_owned();
        let texts: Vec<_> = columns.iter().flat_map(|c| std::iter::repeat_n(text(&code(c)), areas.len())).collect();
        write_column::<ByteArrayType>(group, &texts, None)?;
    }
    let names: Vec<_> = areas.iter().map(|area| text(area)).collect();
    let names: Vec<_> = columns.iter().flat_map(|_| names.iter().cloned()).collect();
    write_column::<ByteArrayType>(group, &names, None)?;
    let cells = || columns.iter().flat_map(|column| column.cells());
    let statuses = || columns.iter().flat_map(|column| column.statuses());
    let numbers: Vec<_> = cells().filter_map(|cell| cell.number()).collect();
    write_column::<DoubleType>(group, &numbers, Some(&levels(cells().map(|cell| cell.number().is_some()))))?;
    let state = |cell: &Cell| match cell {
        Cell::Value(_) => None,
        Cell::State(state) => Some(text(state.as_str())),
    };
    let states: Vec<_> = cells().filter_map(state).collect();
    write_column::<ByteArrayType>(group, &states, Some(&levels(cells().map(|cell| cell.number().is_none()))))?;
    let flags: Vec<_> = statuses().flatten().map(|status| text(status.as_str())).collect();
    write_column::<ByteArrayType>(group, &flags, Some(&levels(statuses().map(Option::is_some))))
}

fn text(text: &str) -> ByteArray {
    ByteArray::from(text.as_bytes().to_vec())
}

/// Definition levels: 1 where there is a value.
fn levels(present: impl Iterator<Item = bool>) -> Vec<i16> {
    present.map(i16::from).collect()
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    let column = group.next_column()?;
    let mut column = column.ok_or_else(|| ParquetError::General("more columns than the schema has".to_owned()))?;
    column.typed::<T>().write_batch(values, levels, None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_figures::disclosure::publish;
    use choro_model::{Indicator, Kind, Names, Selection, State, Unit};

    fn indicator() -> Indicator {
        Indicator {
            id: "rate".parse().unwrap(),
            name: Names::default(),
            note: Names::default(),
            theme: Names::default(),
            keywords: Names::default(),
            unit: Unit { id: "PS".to_owned(), name: Names::default() },
            kind: Kind::Rate,
            decimals: 1,
            dimensions: vec![],
            diverging: false,
            additive: false,
            weighted_by: None,
            persons: false,
            declared_public: false,
            source: String::new(),
            licence: String::new(),
        }
    }

    #[test]
    fn columns_that_do_not_fit_the_areas_are_refused_before_anything_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let indicator = indicator();
        for (areas, cells, flags, fits) in [(2, 2, 2, true), (2, 3, 3, false), (3, 2, 2, false), (2, 2, 1, false)] {
            let path = folder.path().join(format!("{areas}-{cells}-{flags}.parquet"));
            let selection = Selection::new(&indicator, "2020".parse().unwrap(), &[]).unwrap();
            let cells = vec![Cell::State(State::Missing); cells];
            let column = publish(&indicator, selection, cells, vec![None; flags], |_| "").unwrap();
            let areas = vec!["A"; areas];
            let table = PeriodTable { dimensions: &[], areas: &areas, columns: &[column], origin: None };
            let written = write(&path, table);
            assert_eq!((written.is_ok(), path.exists()), (fits, fits), "{written:?}");
            let said = written.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(fits || said.contains("expected one for each of"), "{said}");
        }
    }
}
