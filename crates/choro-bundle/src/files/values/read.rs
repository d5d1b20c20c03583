//! Reading whole columns of one row group. Parquet's own reader of row groups asks the file for each page's head and body anew; a
//! map waits for this, so the columns that hold the figures, which lie side by side, are read in one go.

use crate::{
    format::{column::Column, fingerprint::Fingerprint},
    storage::verified::VerifiedFile,
};
use bytes::{Buf as _, Bytes};
use choro_model::{Cell, ObsStatus, Reliability, State};
use parquet::{
    column::reader::ColumnReaderImpl,
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType},
    errors::ParquetError,
    file::{
        metadata::{ColumnChunkMetaData, RowGroupMetaData},
        reader::{ChunkReader, Length},
        serialized_reader::SerializedPageReader,
        statistics::Statistics,
    },
};
use std::sync::Arc;

/// The columns of these fingerprints, of `areas` rows each, out of the span of their row group.
pub(super) fn columns(
    span: Span,
    group: &RowGroupMetaData,
    areas: usize,
    fingerprints: impl ExactSizeIterator<Item = Fingerprint>,
) -> Result<Vec<Column>, ParquetError> {
    let (first, rows, span) = (first(group), fingerprints.len() * areas, Arc::new(span));
    let mut numbers = Optional::<DoubleType>::read(&span, group, first, rows)?;
    let mut states = Optional::<ByteArrayType>::read(&span, group, first + 1, rows)?;
    let mut statuses = Optional::<ByteArrayType>::read(&span, group, first + 2, rows)?;
    // The indicator need not say how large a base must be.
    let mut marks = match group.num_columns() > first + 3 {
        true => Optional::<ByteArrayType>::read(&span, group, first + 3, rows)?,
        false => Optional::none(),
    };
    let column = |fingerprint| {
        let flag = |text: Option<ByteArray>| ObsStatus::parse(text?.as_utf8().ok()?);
        let flags = if statuses.is_empty() { Vec::new() } else { (0..areas).map(|_| flag(statuses.next())).collect() };
        let mark = |text: Option<ByteArray>| Reliability::parse(text?.as_utf8().ok()?);
        let reliability = if marks.is_empty() { Vec::new() } else { (0..areas).map(|_| mark(marks.next())).collect() };
        let cells = std::iter::repeat_with(|| cell(numbers.next(), states.next().as_ref()));
        Ok(Column::collect(areas, cells, flags, fingerprint)?.marked(reliability))
    };
    fingerprints.map(column).collect()
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

/// An optional column: its levels (1 where there is a value) and its values. Both are empty where no row has one.
struct Optional<T: DataType> {
    levels: std::vec::IntoIter<i16>,
    values: std::vec::IntoIter<T::T>,
}

impl<T: DataType> Optional<T> {
    fn read(span: &Arc<Span>, group: &RowGroupMetaData, column: usize, rows: usize) -> Result<Self, ParquetError> {
        let (mut values, mut levels) = (Vec::new(), Vec::new());
        let chunk =
            group.columns().get(column).ok_or_else(|| ParquetError::General(format!("there is no column {column}")))?;
        // As that of states nearly always is.
        let is_empty = chunk.statistics().and_then(Statistics::null_count_opt) == Some(rows as u64);
        if !is_empty {
            if chunk.column_type() != T::get_physical_type() {
                return Err(ParquetError::General(format!(
                    "column {column} is of another type than {}",
                    T::get_physical_type()
                )));
            }
            let pages = SerializedPageReader::new(Arc::clone(span), chunk, rows, None)?;
            let mut reader = ColumnReaderImpl::<T>::new(chunk.column_descr_ptr(), Box::new(pages));
            while levels.len() < rows {
                let (records, _, _) = reader.read_records(rows - levels.len(), Some(&mut levels), None, &mut values)?;
                if records == 0 {
                    return Err(ParquetError::General("a row group ends early".to_owned()));
                }
            }
        }
        Ok(Self { levels: levels.into_iter(), values: values.into_iter() })
    }

    /// A column that the file does not have.
    fn none() -> Self {
        Self { levels: Vec::new().into_iter(), values: Vec::new().into_iter() }
    }

    fn is_empty(&self) -> bool {
        self.values.len() == 0
    }

    /// What the next row has.
    fn next(&mut self) -> Option<T::T> {
        if self.levels.next() == Some(1) { self.values.next() } else { None }
    }
}

/// Where the columns of figures begin: value, state, status and, last, reliability. A dimension before them may have any name.
fn first(group: &RowGroupMetaData) -> usize {
    let is_value = |column: &ColumnChunkMetaData| column.column_descr().name() == "value";
    group.columns().iter().rposition(is_value).unwrap_or(group.num_columns())
}

/// Bytes of a file, at their place.
pub(super) struct Span {
    start: u64,
    bytes: Bytes,
}

impl Span {
    /// The figures of a row group.
    pub fn read(file: &VerifiedFile, group: &RowGroupMetaData) -> Result<Self, ParquetError> {
        let (start, length) = Self::place(group);
        let bytes = file.read(start, length).map_err(|error| ParquetError::External(error.into()))?;
        Ok(Self { start, bytes: bytes.into() })
    }

    /// The figures of a row group, if they can be had without waiting for a disk.
    pub fn read_now(file: &VerifiedFile, group: &RowGroupMetaData) -> Option<Self> {
        let (start, length) = Self::place(group);
        Some(Self { start, bytes: file.read_now(start, length)?.into() })
    }

    fn place(group: &RowGroupMetaData) -> (u64, usize) {
        let ranges = || group.columns().iter().skip(first(group)).map(|column| column.byte_range());
        let start = ranges().map(|(start, _)| start).min().unwrap_or_default();
        let end = ranges().map(|(start, length)| start.saturating_add(length)).max().unwrap_or_default();
        (start, usize::try_from(end.saturating_sub(start)).unwrap_or(usize::MAX))
    }

    fn from(&self, start: u64) -> Result<Bytes, ParquetError> {
        let at = start.checked_sub(self.start).and_then(|at| usize::try_from(at).ok()).filter(|at| *at <= self.bytes.len());
        at.map(|at| self.bytes.slice(at..))
            .ok_or_else(|| ParquetError::General("a page lies outside of its columns".to_owned()))
    }
}

impl Length for Span {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Span {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(self.from(start)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let bytes = self.from(start)?;
        if length > bytes.len() {
            return Err(ParquetError::General("a page ends outside of its columns".to_owned()));
        }
        Ok(bytes.slice(..length))
    }
}
