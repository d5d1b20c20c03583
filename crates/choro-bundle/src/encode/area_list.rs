//! All areas of a vintage without geometry.

use crate::format::area_table::AreaRow;
use choro_model::{ReleaseId, SetId, VintageId};
use serde::Serialize;
use utoipa::ToSchema;

/// All areas of a vintage, in the order in which columns of values have them.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct AreaList<'a> {
    /// The release.
    pub release: &'a ReleaseId,
    /// The boundary set.
    pub set: &'a SetId,
    /// Its vintage.
    pub borders: &'a VintageId,
    /// The areas.
    pub areas: &'a [AreaRow],
}
