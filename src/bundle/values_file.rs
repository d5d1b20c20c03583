//! The values of one indicator, boundary set and period as Parquet, so that DuckDB, pandas or R open them as they are.
//!
//! One row an area, all areas for each selection, in table order: columns for the dimensions, then `area`, `value`
//! (null where there is none), `state` and `status`. A row group holds whole selections, so that one is found by position.
//! The list of selections stands in the file's metadata under `choro:selections`.

use super::{
    BundleError, Column,
    verified::{SharedFile, VerifiedFile},
};
use crate::{
    disclosure::PublishedColumn,
    model::{Cell, Code, Dimension, ObsStatus, State},
};
use parquet::{
    basic::Compression,
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType},
    errors::ParquetError,
    file::{
        metadata::KeyValue,
        properties::{EnabledStatistics, WriterProperties},
        reader::{FileReader as _, RowGroupReader},
        serialized_reader::SerializedFileReader,
        statistics::Statistics,
        writer::{SerializedFileWriter, SerializedRowGroupWriter},
    },
    schema::{parser::parse_message_type, types::ColumnPath},
};
use std::{fs::File, path::Path, sync::Arc};

const SELECTIONS: &str = "choro:selections";
/// Rows of a row group, at least one selection: what is decoded to answer for one.
const GROUP_ROWS: usize = 4096;

/// Writes the columns of one period. `areas`: the codes in table order.
pub fn write(path: &Path, dimensions: &[Dimension], areas: &[&str], columns: &[PublishedColumn]) -> Result<(), BundleError> {
    write_file(path, dimensions, areas, columns).map_err(|e| match e {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => BundleError::Io { path: path.to_owned(), source: *source },
            Err(other) => BundleError::damaged(path, other.to_string()),
        },
        other => BundleError::Io { path: path.to_owned(), source: std::io::Error::other(other.to_string()) },
    })
}

fn write_file(
    path: &Path,
    dimensions: &[Dimension],
    areas: &[&str],
    columns: &[PublishedColumn],
) -> Result<(), ParquetError> {
    let fields: String = dimensions.iter().map(|d| format!("required binary {} (UTF8); ", d.id)).collect();
    let schema = parse_message_type(&format!(
        "message values {{ {fields}required binary area (UTF8); optional double value; \
         optional binary state (UTF8); optional binary status (UTF8); }}"
    ))?;
    let selections: Vec<&[Code]> = columns.iter().map(|column| column.selection().codes.as_slice()).collect();
    let selections = serde_json::to_string(&selections).map_err(|e| ParquetError::External(e.into()))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::UNCOMPRESSED)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // Figures hardly repeat, and as they are they are read fastest.
        .set_column_dictionary_enabled(ColumnPath::from("value"), false)
        .set_created_by("choro".to_owned())
        .set_key_value_metadata(Some(vec![KeyValue::new(SELECTIONS.to_owned(), selections)]))
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

/// The values of one period, opened for reading.
pub struct ValuesFile {
    reader: SerializedFileReader<SharedFile>,
    file: Arc<VerifiedFile>,
    selections: Vec<Vec<Code>>,
    areas: usize,
}

impl ValuesFile {
    pub(super) fn open(file: VerifiedFile, areas: usize) -> Result<Self, BundleError> {
        let file = Arc::new(file);
        let damaged = |what: String| BundleError::damaged(file.path(), what);
        let reader = SerializedFileReader::new(SharedFile(Arc::clone(&file))).map_err(|e| cause(&file, e))?;
        let metadata = reader.metadata().file_metadata().key_value_metadata();
        let list = metadata.and_then(|all| all.iter().find(|pair| pair.key == SELECTIONS)?.value.as_deref());
        let list = list.ok_or_else(|| damaged(format!("its metadata lack {SELECTIONS}")))?;
        let selections: Vec<Vec<Code>> = serde_json::from_str(list).map_err(|e| damaged(format!("{SELECTIONS}: {e}")))?;
        let rows = usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or_default();
        if rows != selections.len() * areas {
            return Err(damaged(format!("it has {rows} rows, expected {} selections of {areas} areas", selections.len())));
        }
        Ok(Self { reader, file, selections, areas })
    }

    /// The columns that are decoded together with a selection's, its own among them: those of its row group. Empty if there is
    /// no such selection.
    pub fn columns(&self, codes: &[Code]) -> Result<Vec<(Vec<Code>, Column)>, BundleError> {
        let Some(index) = self.selections.iter().position(|known| known == codes) else { return Ok(Vec::new()) };
        let group = index / self.per_group();
        self.read(group).map_err(|e| cause(&self.file, e))
    }

    /// Selections of a row group, as the file has them: all but the last one are alike.
    fn per_group(&self) -> usize {
        let rows = self.reader.metadata().row_groups().first().map_or(0, |group| group.num_rows());
        (usize::try_from(rows).unwrap_or_default() / self.areas.max(1)).max(1)
    }

    fn read(&self, group: usize) -> Result<Vec<(Vec<Code>, Column)>, ParquetError> {
        let per_group = self.per_group();
        let selections: Vec<_> = self.selections.iter().skip(group * per_group).take(per_group).collect();
        let rows = selections.len() * self.areas;
        let group = self.reader.get_row_group(group)?;
        let first = self.reader.metadata().file_metadata().schema_descr().num_columns().saturating_sub(3);
        let numbers = read_column::<DoubleType>(group.as_ref(), first, rows)?;
        let states = read_column::<ByteArrayType>(group.as_ref(), first + 1, rows)?;
        let statuses = read_column::<ByteArrayType>(group.as_ref(), first + 2, rows)?;
        let mut cells = numbers.into_iter().zip(states).map(|(number, state)| cell(number, state.as_ref()));
        let mut statuses = statuses.into_iter().map(|text| ObsStatus::parse(text?.as_utf8().ok()?));
        let column = |codes: &Vec<Code>| {
            let cells = cells.by_ref().take(self.areas).collect::<Result<Vec<_>, _>>()?;
            Ok((codes.clone(), Column::new(&cells, statuses.by_ref().take(self.areas).collect())))
        };
        selections.into_iter().map(column).collect()
    }
}

/// What is behind an error of the Parquet reader: ours, where the bytes could not be had.
fn cause(file: &VerifiedFile, error: ParquetError) -> BundleError {
    match error {
        ParquetError::External(source) => match source.downcast::<BundleError>() {
            Ok(ours) => *ours,
            Err(other) => BundleError::damaged(file.path(), other.to_string()),
        },
        other => BundleError::damaged(file.path(), other.to_string()),
    }
}

fn cell(number: Option<f64>, state: Option<&ByteArray>) -> Result<Cell, ParquetError> {
    let wrong = |what: &str| ParquetError::General(what.to_owned());
    match number {
        Some(number) => Cell::value(number).ok_or_else(|| wrong("a value is not finite")),
        None => {
            let state = state.and_then(|text| State::parse(text.as_utf8().ok()?));
            state.map(Cell::State).ok_or_else(|| wrong("a row has neither a value nor a known state"))
        }
    }
}

/// The first `count` rows of an optional column. One without any value, as that of states nearly always is, is not read at all.
fn read_column<T: DataType>(
    group: &dyn RowGroupReader,
    column: usize,
    count: usize,
) -> Result<Vec<Option<T::T>>, ParquetError> {
    let statistics = group.metadata().column(column).statistics();
    if statistics.and_then(Statistics::null_count_opt) == Some(count as u64) {
        return Ok(vec![None; count]);
    }
    let mut reader = parquet::column::reader::get_typed_column_reader::<T>(group.get_column_reader(column)?);
    let (mut values, mut levels) = (Vec::with_capacity(count), Vec::with_capacity(count));
    while levels.len() < count {
        let (records, _, _) = reader.read_records(count - levels.len(), Some(&mut levels), None, &mut values)?;
        if records == 0 {
            return Err(ParquetError::General("a row group ends early".to_owned()));
        }
    }
    let mut values = values.into_iter();
    Ok(levels.into_iter().map(|level| if level == 1 { values.next() } else { None }).collect())
}
