//! Geometry generalised as the tiles of a zoom are.

use super::vintage::Vintage;
use crate::format::{area_table::AreaRow, error::BundleError};
use choro_model::grid::Grid;
use choro_tiles::{
    skeleton::{AreaLabel, Skeletons},
    topology::Topology,
};
use geo::{Coord, LineString, MultiPolygon, Polygon};

impl Vintage {
    /// Geometry generalised on shared arcs as the tiles of a Web Mercator zoom are, in table order. Computes it anew.
    pub fn generalised(&self, zoom: u8) -> Result<Vec<Option<MultiPolygon<f64>>>, BundleError> {
        let full = self.geometry()?;
        let grid = Grid::web_mercator().map_err(|e| BundleError::damaged(self.geometry_path(), e.to_string()))?;
        let labels: Vec<AreaLabel> = self.areas().rows().iter().map(anchor).collect();
        let topology = Topology::new(full.iter().map(Option::as_ref));
        let scale =
            f64::from(choro_model::grid::EXTENT) * f64::from(1_u32 << zoom.min(choro_tiles::skeleton::MAX_BUILD_ZOOM));
        let ring = |ring: &choro_tiles::skeleton::Ring| unproject(&grid, ring, scale);
        let polygon = |shape: &choro_tiles::skeleton::Shape| {
            let mut rings = shape.iter().map(ring);
            Some(Polygon::new(rings.next()?, rings.collect()))
        };
        let shapes = Skeletons::new(&topology, &grid, &labels).shapes(zoom.min(choro_tiles::skeleton::MAX_BUILD_ZOOM));
        let areas = shapes
            .iter()
            .zip(full)
            .map(|(shapes, full)| full.map(|_| MultiPolygon(shapes.iter().filter_map(polygon).collect())));
        Ok(areas.collect())
    }
}

fn anchor(row: &AreaRow) -> AreaLabel {
    AreaLabel { code: row.code.to_string(), name: String::new(), names: Vec::new(), point: row.label }
}

/// A ring of tile units as longitudes and latitudes, unwrapped, closed; exteriors counter-clockwise again.
fn unproject(grid: &Grid, ring: &[[i32; 2]], scale: f64) -> LineString<f64> {
    let point = |p: &[i32; 2]| {
        let x = f64::from(p[0]) / scale;
        let turn = x.floor();
        let [lon, lat] = grid.unproject(x - turn, f64::from(p[1]) / scale)?;
        // The left edge is -180 or 180 for the projection; as a fraction of the square it has one meaning.
        let lon = if x - turn == 0.0 { -180.0 } else { lon };
        Some(Coord { x: lon + turn * 360.0, y: lat })
    };
    let mut line: Vec<Coord<f64>> = ring.iter().rev().filter_map(point).collect();
    line.extend(line.first().copied());
    LineString(line)
}
