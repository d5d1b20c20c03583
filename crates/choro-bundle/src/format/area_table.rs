//! The area table of a vintage: what is known of each area but its geometry. Its order is the order of every column.

use choro_model::{AreaCode, Names};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use utoipa::ToSchema;

/// One area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AreaRow {
    /// Its code.
    pub code: AreaCode,
    /// Its names by language.
    pub names: Names,
    /// The code of the area that contains it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parent: Option<AreaCode>,
    /// A point inside it, longitude and latitude within -180..180; `None` without a polygon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 2, max_items = 2)]
    pub label: Option<[f64; 2]>,
    /// West, south, east, north; west is greater than east where the area crosses 180 degrees (RFC 7946, 5.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 4, max_items = 4)]
    pub bounds: Option<[f64; 4]>,
}

impl AreaRow {
    /// Whether a polygon of it is known.
    #[must_use]
    pub fn has_polygon(&self) -> bool {
        self.label.is_some()
    }
}

/// All areas of a vintage in the order of their codes.
#[derive(Debug, Clone, Default)]
pub struct AreaTable {
    rows: Vec<AreaRow>,
    /// With the slower hash that nobody can aim at: a boundary file gives the codes.
    by_code: HashMap<AreaCode, u32>,
}

impl AreaTable {
    /// The table of `rows`, which stand in the order of their codes.
    #[must_use]
    pub fn new(rows: Vec<AreaRow>) -> Self {
        let by_code = rows.iter().zip(0..).map(|(row, index)| (row.code.clone(), index)).collect();
        Self { rows, by_code }
    }

    /// The areas in order.
    #[must_use]
    pub fn rows(&self) -> &[AreaRow] {
        &self.rows
    }

    /// The row of a code.
    #[must_use]
    pub fn index(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).map(|index| *index as usize)
    }
}
