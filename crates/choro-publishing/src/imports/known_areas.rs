//! The areas of a boundary set, as tables may name them.

use crate::{error::WorkbenchError, workbench::Workbench};
use choro_intake::join::KnownArea;
use choro_store::{AreaInfo, BoundarySetInfo};
use std::collections::HashMap;

impl Workbench {
    /// The areas of a set's vintage. Where the settings name the set above, each has the names of the area that contains it.
    pub(super) async fn known_areas(&self, info: &BoundarySetInfo) -> Result<Vec<KnownArea>, WorkbenchError> {
        let areas = self.store.areas(&info.set, &info.vintage).await?;
        let above = self.areas_above(info).await?;
        Ok(areas.iter().map(|area| known_area(area, &above)).collect())
    }

    /// The areas of the newest vintage of the set above, by code; none where there is no such set.
    async fn areas_above(&self, info: &BoundarySetInfo) -> Result<HashMap<String, Vec<String>>, WorkbenchError> {
        let Some(parent) = self.config.boundary_set(&info.set).parent_set else { return Ok(HashMap::new()) };
        let newest = self.store.boundary_sets().await?.into_iter().rfind(|other| other.set == parent);
        let Some(newest) = newest else { return Ok(HashMap::new()) };
        let areas = self.store.areas(&newest.set, &newest.vintage).await?;
        Ok(areas.into_iter().map(|area| (area.code.to_string(), names(&area))).collect())
    }
}

fn known_area(area: &AreaInfo, above: &HashMap<String, Vec<String>>) -> KnownArea {
    let code = area.parent.iter().map(ToString::to_string);
    let of_parent = area.parent.iter().filter_map(|code| above.get(code.as_str())).flatten().cloned();
    KnownArea {
        code: area.code.clone(),
        names: names(area),
        parent: code.chain(of_parent).collect(),
        has_polygon: area.has_polygon,
    }
}

fn names(area: &AreaInfo) -> Vec<String> {
    area.names.0.values().cloned().collect()
}
