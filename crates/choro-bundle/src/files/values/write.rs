//! Writing the values of one period.

use super::{FINGERPRINTS, SELECTIONS};
use crate::format::{catalog::Origin, column::fingerprint, error::BundleError, fingerprint::Fingerprint};
use choro_figures::disclosure::{PublishedColumn, PublishedTable};
use choro_model::{AreaCode, Cell, Code, Dimension, ObsStatus, Reliability};
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

/// Why the value of each area of a column is not to be relied on.
pub type ColumnReliability = Vec<Option<Reliability>>;

/// Each column with what is said of its values: nothing, where the indicator does not say how large a base must be.
pub fn with_reliability<'a>(
    columns: &'a [PublishedColumn],
    reliability: &'a [ColumnReliability],
) -> impl Iterator<Item = (&'a PublishedColumn, &'a [Option<Reliability>])> {
    let of = |index: usize| reliability.get(index).map(Vec::as_slice).unwrap_or_default();
    columns.iter().enumerate().map(move |(index, column)| (column, of(index)))
}

/// Writes a table. `dimensions` are those of its indicator, `origin` says whose figures it was made of, `reliability` which values of
/// each column are not to be relied on.
///
/// # Errors
/// The file cannot be written. A published table has one figure in each column for each area: `disclosure` has seen to that.
pub fn write(
    path: &Path,
    table: &PublishedTable,
    dimensions: &[Dimension],
    origin: Option<&Origin>,
    reliability: &[ColumnReliability],
) -> Result<(), BundleError> {
    write_file(path, table, dimensions, origin, reliability).map_err(|e| match e {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => BundleError::Io { path: path.to_owned(), source: *source },
            Err(other) => BundleError::damaged(path, other.to_string()),
        },
        other => BundleError::Io { path: path.to_owned(), source: std::io::Error::other(other.to_string()) },
    })
}

fn write_file(
    path: &Path,
    table: &PublishedTable,
    dimensions: &[Dimension],
    origin: Option<&Origin>,
    reliability: &[ColumnReliability],
) -> Result<(), ParquetError> {
    let (areas, columns) = (table.areas(), table.columns());
    let fields: String = dimensions.iter().map(|d| format!("required binary {} (UTF8); ", d.id)).collect();
    let last = if reliability.is_empty() { "" } else { "optional binary reliability (UTF8); " };
    let schema = parse_message_type(&format!(
        "message values {{ {fields}required binary area (UTF8); optional double value; \
         optional binary state (UTF8); optional binary status (UTF8); {last}}}"
    ))?;
    let selections: Vec<&[Code]> = columns.iter().map(PublishedColumn::codes).collect();
    let prints = with_reliability(columns, reliability).map(|(column, marks)| print(column, marks, origin).to_string());
    let fingerprints: Vec<String> = prints.collect();
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
    let per_group = per_group(areas.len());
    for (index, group) in columns.chunks(per_group).enumerate() {
        let mut row_group = writer.next_row_group()?;
        write_group(&mut row_group, dimensions.len(), areas, group)?;
        if !reliability.is_empty() {
            write_reliability(&mut row_group, reliability.iter().skip(index * per_group).take(group.len()).flatten())?;
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

/// The fingerprint of a column: of its cells, flags, and whose figures they were made of.
pub fn print(column: &PublishedColumn, reliability: &[Option<Reliability>], origin: Option<&Origin>) -> Fingerprint {
    let cells: Vec<Cell> = column.figures().iter().map(|figure| figure.cell).collect();
    let statuses: Vec<Option<ObsStatus>> = column.figures().iter().map(|figure| figure.status).collect();
    fingerprint(&cells, &statuses, reliability, origin)
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
    areas: &[AreaCode],
    columns: &[PublishedColumn],
) -> Result<(), ParquetError> {
    for dimension in 0..dimensions {
        let code = |column: &PublishedColumn| column.codes().get(dimension).map_or("", Code::as_str).to_owned();
        let texts: Vec<_> = columns.iter().flat_map(|c| std::iter::repeat_n(text(&code(c)), areas.len())).collect();
        write_column::<ByteArrayType>(group, &texts, None)?;
    }
    let names: Vec<_> = areas.iter().map(|area| text(area.as_str())).collect();
    let names: Vec<_> = columns.iter().flat_map(|_| names.iter().cloned()).collect();
    write_column::<ByteArrayType>(group, &names, None)?;
    let figures = || columns.iter().flat_map(|column| column.figures());
    let cells = || figures().map(|figure| figure.cell);
    let statuses = || figures().map(|figure| figure.status);
    let numbers: Vec<_> = cells().filter_map(|cell| cell.number()).collect();
    write_column::<DoubleType>(group, &numbers, Some(&levels(cells().map(|cell| cell.number().is_some()))))?;
    let state = |cell: Cell| match cell {
        Cell::Value(_) => None,
        Cell::State(state) => Some(text(state.as_str())),
    };
    let states: Vec<_> = cells().filter_map(state).collect();
    write_column::<ByteArrayType>(group, &states, Some(&levels(cells().map(|cell| cell.number().is_none()))))?;
    let flags: Vec<_> = statuses().flatten().map(|status| text(status.as_str())).collect();
    write_column::<ByteArrayType>(group, &flags, Some(&levels(statuses().map(|status| status.is_some()))))
}

fn write_reliability<'a>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    marks: impl Iterator<Item = &'a Option<Reliability>> + Clone,
) -> Result<(), ParquetError> {
    let texts: Vec<_> = marks.clone().flatten().map(|mark| text(mark.as_str())).collect();
    write_column::<ByteArrayType>(group, &texts, Some(&levels(marks.map(Option::is_some))))
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
