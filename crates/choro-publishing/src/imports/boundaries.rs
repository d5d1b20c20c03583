//! Takes a boundary file into the store.

use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::boundary::{self, BoundaryReport};
use choro_model::{BoundarySet, Names, hex};
use choro_store::PutOutcome;
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// How to import boundaries.
#[derive(Debug, Clone)]
pub struct BoundaryImport {
    /// How to read the file.
    pub options: boundary::Options,
    /// The set's own name by language.
    pub title: Names,
    /// Whether to go on without the rejected areas.
    pub skip_rejects: bool,
    /// Whether to replace an unpublished vintage.
    pub replace: bool,
    /// Whether to stop before anything is stored.
    pub dry_run: bool,
}

/// What became of a boundary file.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryOutcome {
    /// What was read, repaired and rejected.
    pub report: BoundaryReport,
    /// What was stored; `None`: nothing, because of rejects or a dry run.
    pub stored: Option<PutOutcome>,
}

impl Workbench {
    /// Imports a boundary file: all of it, nothing, or, where the operator says so, all but the rejects.
    pub async fn import_boundaries(&self, path: &Path, how: &BoundaryImport) -> Result<BoundaryOutcome, WorkbenchError> {
        let mut import = tokio::task::block_in_place(|| boundary::import(path, &how.options))?;
        import.set.names = how.title.clone();
        let report = import.report;
        let refused = !report.rejected.is_empty() && !how.skip_rejects;
        if refused || how.dry_run {
            return Ok(BoundaryOutcome { report, stored: None });
        }
        let json = serde_json::to_string(&report)?;
        let stored = self.store.put_boundary_set(&import.set, &content_hash(&import.set), &json, how.replace).await?;
        Ok(BoundaryOutcome { report, stored: Some(stored) })
    }
}

/// SHA-256 of all that a vintage is: areas in order, with names, parents and every coordinate.
fn content_hash(set: &BoundarySet) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}\n{}\n{}\n", set.names, set.source, set.licence));
    for area in &set.areas {
        hash.update(format!("{:?} {:?} {:?}\n", area.code, area.names, area.parent));
        for ring in area.geometry.iter().flatten().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors())) {
            hash.update((ring.0.len() as u64).to_le_bytes());
            for coord in &ring.0 {
                hash.update(coord.x.to_le_bytes());
                hash.update(coord.y.to_le_bytes());
            }
        }
    }
    hex(&hash.finalize())
}
