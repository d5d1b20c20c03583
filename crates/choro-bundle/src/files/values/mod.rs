//! The values of one indicator, boundary set and period as Parquet, so that DuckDB, pandas or R open them as they are.
//!
//! One row an area, all areas for each selection, in table order: columns for the dimensions, then `area`, `value`
//! (null where there is none), `state` and `status`; last `reliability`, where the indicator says how large a base must be. A row group holds whole selections, so that one is found by position.
//! The list of selections stands in the file's metadata under `choro:selections`, and that of their fingerprints under
//! `choro:fingerprints`: to hash columns when they are read would make the first tile of each wait.

mod read;
mod shared;
mod write;

use crate::{
    format::{catalog::Origin, column::CodedColumns, error::BundleError, fingerprint::Fingerprint},
    storage::verified::VerifiedFile,
};
use choro_model::Code;
use parquet::{
    errors::ParquetError,
    file::{metadata::RowGroupMetaData, reader::FileReader as _, serialized_reader::SerializedFileReader},
};
use read::Span;
use shared::SharedFile;
use std::sync::Arc;

pub use write::{ColumnReliability, print, with_reliability, write};

const SELECTIONS: &str = "choro:selections";
const FINGERPRINTS: &str = "choro:fingerprints";

/// The values of one period, opened for reading.
pub struct ValuesFile {
    reader: SerializedFileReader<SharedFile>,
    file: Arc<VerifiedFile>,
    selections: Vec<(Vec<Code>, Fingerprint)>,
    areas: usize,
}

impl ValuesFile {
    pub(crate) fn open(file: VerifiedFile, areas: usize) -> Result<Self, BundleError> {
        let file = Arc::new(file);
        let damaged = |what: String| BundleError::damaged(file.path(), what);
        let reader = SerializedFileReader::new(SharedFile(Arc::clone(&file))).map_err(|e| cause(&file, e))?;
        let metadata = reader.metadata().file_metadata().key_value_metadata();
        let list = |key: &str| {
            let list = metadata.and_then(|all| all.iter().find(|pair| pair.key == key)?.value.as_deref());
            list.ok_or_else(|| damaged(format!("its metadata lack {key}")))
        };
        let selections: Vec<Vec<Code>> =
            serde_json::from_str(list(SELECTIONS)?).map_err(|e| damaged(format!("{SELECTIONS}: {e}")))?;
        let fingerprints: Vec<&str> =
            serde_json::from_str(list(FINGERPRINTS)?).map_err(|e| damaged(format!("{FINGERPRINTS}: {e}")))?;
        let fingerprints: Vec<_> = fingerprints.into_iter().filter_map(Fingerprint::read).collect();
        if fingerprints.len() != selections.len() {
            let (got, expected) = (fingerprints.len(), selections.len());
            return Err(damaged(format!("it has {got} fingerprints, expected one for each of {expected} selections")));
        }
        let selections: Vec<_> = selections.into_iter().zip(fingerprints).collect();
        let rows = usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or_default();
        if rows != selections.len() * areas {
            return Err(damaged(format!("it has {rows} rows, expected {} selections of {areas} areas", selections.len())));
        }
        Ok(Self { reader, file, selections, areas })
    }

    /// The column of a selection and those that are decoded together with it, since they are in one row group. Empty if there is
    /// no such selection.
    pub fn columns(&self, codes: &[Code]) -> Result<CodedColumns, BundleError> {
        let Some(group) = self.group_of(codes) else { return Ok(Vec::new()) };
        let read = self.group(group).and_then(|metadata| self.decode(group, Span::read(&self.file, metadata)?));
        read.map_err(|e| cause(&self.file, e))
    }

    /// As [`Self::columns`], if they can be had without waiting for a disk.
    pub fn columns_now(&self, codes: &[Code]) -> Option<Result<CodedColumns, BundleError>> {
        let group = self.group_of(codes)?;
        let span = Span::read_now(&self.file, self.group(group).ok()?)?;
        Some(self.decode(group, span).map_err(|e| cause(&self.file, e)))
    }

    /// Compares each column with its fingerprint: a tag that does not change with its figures would keep a correction from clients.
    pub fn verify(&self, origin: Option<&Origin>) -> Result<(), BundleError> {
        for codes in self.selections.iter().step_by(self.per_group()).map(|(codes, _)| codes) {
            for (codes, column) in self.columns(codes)? {
                if !column.of(origin.cloned()).is_what_it_says() {
                    let codes: Vec<&str> = codes.iter().map(Code::as_str).collect();
                    let what = format!("the column [{}] is not of its fingerprint", codes.join(" "));
                    return Err(BundleError::damaged(self.file.path(), what));
                }
            }
        }
        Ok(())
    }

    fn group_of(&self, codes: &[Code]) -> Option<usize> {
        Some(self.selections.iter().position(|(known, _)| known == codes)? / self.per_group())
    }

    fn group(&self, group: usize) -> Result<&RowGroupMetaData, ParquetError> {
        let metadata = self.reader.metadata().row_groups().get(group);
        metadata.ok_or_else(|| ParquetError::General(format!("there is no row group {group}")))
    }

    /// Selections of a row group, as the file has them: all but the last one are alike.
    fn per_group(&self) -> usize {
        let rows = self.reader.metadata().row_groups().first().map_or(0, |group| group.num_rows());
        (usize::try_from(rows).unwrap_or_default() / self.areas.max(1)).max(1)
    }

    fn decode(&self, group: usize, span: Span) -> Result<CodedColumns, ParquetError> {
        let per_group = self.per_group();
        let selections = self.selections.iter().skip(group * per_group).take(per_group);
        let columns = read::columns(span, self.group(group)?, self.areas, selections.clone().map(|(_, print)| *print))?;
        Ok(selections.map(|(codes, _)| codes.clone()).zip(columns).collect())
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
