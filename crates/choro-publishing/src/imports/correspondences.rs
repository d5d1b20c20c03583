//! Takes a correspondence between two vintages into the store.

use super::file_hash::file_hash;
use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::crosswalk_file;
use choro_model::{AreaCode, Correspondence, SetId, VintageId, Vintages};
use choro_store::PutOutcome;
use std::{collections::BTreeSet, path::Path};

/// Which vintages a correspondence file is about.
#[derive(Debug, Clone)]
pub struct CorrespondenceImport {
    /// The boundary set.
    pub set: SetId,
    /// The older vintage.
    pub from: VintageId,
    /// The newer vintage.
    pub to: VintageId,
    /// Whether to stop before anything is stored.
    pub dry_run: bool,
}

/// What became of a correspondence file.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrespondenceOutcome {
    /// The table.
    pub table: Correspondence,
    /// What was stored; `None`: a dry run.
    pub stored: Option<PutOutcome>,
}

impl Workbench {
    /// Imports a correspondence file, all of it or nothing.
    pub async fn import_correspondence(
        &self,
        path: &Path,
        how: &CorrespondenceImport,
    ) -> Result<CorrespondenceOutcome, WorkbenchError> {
        if how.from == how.to {
            return Err(WorkbenchError::SameVintage { vintage: how.from.to_string() });
        }
        let from = self.vintage(&how.set, Some(&how.from)).await?;
        let to = self.vintage(&how.set, Some(&how.to)).await?;
        let (from_codes, to_codes) = (self.codes(&how.set, &from.vintage).await?, self.codes(&how.set, &to.vintage).await?);
        let vintages =
            Vintages { set: &how.set, from: &how.from, to: &how.to, from_codes: &from_codes, to_codes: &to_codes };
        let table = Correspondence::parse(&crosswalk_file::read(path)?, vintages)?;
        if how.dry_run {
            return Ok(CorrespondenceOutcome { table, stored: None });
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stored = self.store.put_correspondence(&table, &name, &file_hash(path)?).await?;
        Ok(CorrespondenceOutcome { table, stored: Some(stored) })
    }

    /// The area codes of a vintage.
    pub(super) async fn codes(&self, set: &SetId, vintage: &VintageId) -> Result<BTreeSet<AreaCode>, WorkbenchError> {
        Ok(self.store.areas(set, vintage).await?.into_iter().map(|area| area.code).collect())
    }
}
