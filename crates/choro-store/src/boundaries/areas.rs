//! The areas of a boundary set.

use super::{area_numbers, geometry};
use crate::{
    db::{Db, query, query_as, read, row},
    error::StoreError,
    store::Store,
};
use choro_model::{Area, AreaCode, BoundarySet, Names, SetId, VintageId};

/// A stored area, without its geometry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaInfo {
    /// Its code.
    pub code: AreaCode,
    /// Its names by language.
    pub names: Names,
    /// The code of the area that contains it.
    pub parent: Option<AreaCode>,
    /// Whether its polygon is known.
    pub has_polygon: bool,
}

row! {
    struct AreaRow { code: String, names: String, parent: Option<String>, has_polygon: bool }
}

row! {
    /// An [`AreaRow`] with its geometry.
    struct GeometryRow { code: String, names: String, parent: Option<String>, has_polygon: bool, wkb: Option<Vec<u8>> }
}

impl Store {
    /// The areas of a boundary set in the order of their codes, without reading geometry; empty if it is not stored.
    pub async fn areas(&self, set: &SetId, vintage: &VintageId) -> Result<Vec<AreaInfo>, StoreError> {
        let rows: Vec<AreaRow> = query_as(
            "SELECT c.code, a.names, a.parent, a.has_polygon FROM boundary_set s \
             JOIN area a ON a.boundary_set_id = s.id JOIN area_code c ON c.id = a.area_id \
             WHERE s.set_code = $1 AND s.vintage = $2 ORDER BY a.ordinal",
        )
        .bind(set.as_str())
        .bind(vintage.as_str())
        .fetch_all(&mut self.pool.begin_read().await?)
        .await?;
        rows.into_iter().map(|row| area_info(set, &row)).collect()
    }
}

/// Stores the areas of a boundary set.
pub(super) async fn insert(db: &mut Db, set_id: i64, set: &BoundarySet) -> Result<(), StoreError> {
    let ids = area_numbers::ensure_areas(db, set.id.as_str(), set.areas.iter().map(|area| area.code.as_str())).await?;
    let mut areas: Vec<&Area> = set.areas.iter().collect();
    areas.sort_by(|a, b| a.code.cmp(&b.code));
    for (ordinal, area) in (0_i64..).zip(areas) {
        let Some(&area_id) = ids.get(area.code.as_str()) else { continue };
        query(
            "INSERT INTO area (boundary_set_id, area_id, ordinal, names, parent, has_polygon) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(set_id)
        .bind(area_id)
        .bind(ordinal)
        .bind(names_json(&area.names)?)
        .bind(area.parent.as_ref().map(AreaCode::as_str))
        .bind(area.geometry.is_some())
        .execute(db)
        .await?;
        if let Some(polygons) = &area.geometry {
            let wkb = read(|| format!("geometry of area {}", area.code), geometry::write(polygons))?;
            let insert = query("INSERT INTO area_geometry (boundary_set_id, area_id, wkb) VALUES ($1, $2, $3)");
            insert.bind(set_id).bind(area_id).bind(wkb).execute(db).await?;
        }
    }
    Ok(())
}

/// Names as they are stored.
pub(super) fn names_json(names: &Names) -> Result<String, StoreError> {
    read(|| "a name".to_owned(), serde_json::to_string(names))
}

fn area_info(set: &SetId, row: &AreaRow) -> Result<AreaInfo, StoreError> {
    let AreaRow { code, names, parent, has_polygon } = row;
    let place = || format!("area {code} of boundary set {set}");
    Ok(AreaInfo {
        code: read(place, AreaCode::new(code))?,
        names: read(place, serde_json::from_str(names))?,
        parent: parent.as_deref().map(|p| read(place, AreaCode::new(p))).transpose()?,
        has_polygon: *has_polygon,
    })
}

/// The areas of a boundary set with their geometry, in the order of their codes.
pub(super) async fn read_all(db: &mut Db, set_id: i64, set: &SetId) -> Result<Vec<Area>, StoreError> {
    let rows: Vec<GeometryRow> = query_as(
        "SELECT c.code, a.names, a.parent, a.has_polygon, g.wkb FROM area a JOIN area_code c ON c.id = a.area_id \
         LEFT JOIN area_geometry g ON g.boundary_set_id = a.boundary_set_id AND g.area_id = a.area_id \
         WHERE a.boundary_set_id = $1 ORDER BY a.ordinal",
    )
    .bind(set_id)
    .fetch_all(db)
    .await?;
    let area = |GeometryRow { code, names, parent, has_polygon, wkb }: GeometryRow| {
        let place = format!("geometry of area {code} of boundary set {set}");
        let info = area_info(set, &AreaRow { code, names, parent, has_polygon })?;
        let geometry = wkb.map(|wkb| read(|| place, geometry::read(&wkb))).transpose()?;
        Ok(Area { code: info.code, names: info.names, parent: info.parent, geometry })
    };
    rows.into_iter().map(area).collect()
}
