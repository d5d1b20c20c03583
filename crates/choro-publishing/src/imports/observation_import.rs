//! What the operator says about the import of a statistics file.

use choro_intake::statistics::DoubtKind;
use choro_model::{CrosswalkSpec, SetId, VintageId};
use std::path::PathBuf;

/// How to import observations.
#[derive(Debug, Clone)]
pub struct ObservationImport {
    /// The boundary set that the areas belong to.
    pub set: SetId,
    /// Its vintage; `None`: the newest.
    pub vintage: Option<VintageId>,
    /// The mapping file; `None`: SDMX-CSV needs none, for any other file one is proposed and nothing imported.
    pub mapping: Option<PathBuf>,
    /// The sheet of a workbook, by its name; `None`: the mapping's, or the first that is shown.
    pub sheet: Option<String>,
    /// The crosswalk; `None`: the mapping's, if it names one.
    pub crosswalk: Option<CrosswalkSpec>,
    /// Whether to go on without rejects, unmatched rows and contradictions.
    pub skip_rejects: bool,
    /// Doubts in spite of which to go on.
    pub accept: Vec<DoubtKind>,
    /// Whether to stop before anything is stored.
    pub dry_run: bool,
}
