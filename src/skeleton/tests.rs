use super::*;
use crate::model::GridId;
use fast_mvt::MvtReaderRef;
use geo::{Area as _, BooleanOps, LineString, MultiPolygon, Polygon, Validation};
use geozero::ToGeo;
use std::{convert::Infallible, path::PathBuf};

const W: f64 = 20_037_508.342_789_244;

fn mercator() -> Grid {
    let crs = "+proj=merc +a=6378137 +b=6378137 +lon_0=0 +units=m +nadgrids=@null +no_defs";
    Grid::new(GridId::new("WebMercatorQuad").unwrap(), crs, [-W, W], 2.0 * W).unwrap()
}

fn albers() -> Grid {
    let crs = "+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m";
    Grid::new(GridId::new("RussiaAlbersQuad").unwrap(), crs, [-5_800_000.0, 11_950_000.0], 10_485_760.0).unwrap()
}

fn labels(points: &[Option<[f64; 2]>]) -> Vec<AreaLabel> {
    let label = |(i, point): (usize, &Option<[f64; 2]>)| AreaLabel {
        code: format!("A{i}"),
        name: format!("Area {i}"),
        names: vec![("en".to_owned(), format!("Area {i}"))],
        point: *point,
    };
    points.iter().enumerate().map(label).collect()
}

/// The real file of the subjects, or `None` with a loud word.
fn subjects() -> Option<Vec<MultiPolygon<f64>>> {
    let default = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data"));
    let path = default.join("russia_adm1/russia_gislab_osm.geojson");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("NOT RUN: {} is not there", path.display());
        return None;
    };
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let geometry =
        |feature: &serde_json::Value| match geozero::geojson::GeoJson(&feature["geometry"].to_string()).to_geo().unwrap() {
            geo::Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            geo::Geometry::MultiPolygon(polygons) => polygons,
            other => panic!("{other:?}"),
        };
    Some(json["features"].as_array().unwrap().iter().map(geometry).collect())
}

fn to_geo(shapes: &[Shape]) -> MultiPolygon<f64> {
    let ring = |ring: &Ring| LineString::from(ring.iter().map(|p| [f64::from(p[0]), f64::from(p[1])]).collect::<Vec<_>>());
    MultiPolygon(shapes.iter().map(|s| Polygon::new(ring(&s[0]), s[1..].iter().map(ring).collect())).collect())
}

#[test]
fn real_subjects_are_valid_and_none_vanishes_at_any_zoom() {
    let Some(areas) = subjects() else { return };
    let points = vec![Some([60.0, 60.0]); areas.len()];
    let labels = labels(&points);
    let topology = Topology::new(areas.iter().map(Some));
    for grid in [mercator(), albers()] {
        let skeletons = Skeletons::new(&topology, &grid, &labels);
        assert_eq!(skeletons.outside().count(), 0);
        for zoom in 0..=8 {
            let start = std::time::Instant::now();
            let shapes = skeletons.shapes(zoom);
            let time = start.elapsed();
            let invalid = shapes.iter().filter(|s| !to_geo(s).is_valid()).count();
            shapes.iter().enumerate().for_each(|(i, s)| {
                if let Err(e) = to_geo(s).check_validation() {
                    eprintln!("zoom {zoom} area {i}: {e}");
                }
            });
            let empty = shapes.iter().filter(|s| s.is_empty()).count();
            let mut overlap = 0.0;
            for (i, a) in shapes.iter().enumerate() {
                for b in &shapes[i + 1..] {
                    if zoom < 1 {
                        overlap += to_geo(a).intersection(&to_geo(b)).unsigned_area();
                    }
                }
            }
            eprintln!(
                "{} z{zoom}: {} shapes, {invalid} invalid, {empty} empty, overlap {overlap}, {time:?}",
                grid.id(),
                shapes.iter().map(Vec::len).sum::<usize>()
            );
        }
        let start = std::time::Instant::now();
        let (mut tiles, mut bytes, mut features) = (0, 0, 0);
        let mut bad = 0;
        skeletons
            .build(0..=8, |tile| {
                tiles += 1;
                bytes += tile.shared.len();
                let reader = MvtReaderRef::new(&tile.plain).unwrap();
                for layer in reader.layers() {
                    for feature in layer.features() {
                        features += 1;
                        if layer.name() == LAYER_AREAS {
                            let g = feature.geometry().unwrap();
                            let g: geo::Geometry<i32> = g;
                            let g = geo::MapCoords::map_coords(&g, |c| geo::Coord { x: f64::from(c.x), y: f64::from(c.y) });
                            if let Err(e) = g.check_validation() {
                                eprintln!("{} {:?}: {e}", tile.coord, feature.id());
                                bad += 1;
                            }
                        }
                    }
                }
                Ok::<_, Infallible>(())
            })
            .unwrap();
        eprintln!("{} tiles {tiles} bytes {bytes} features {features} invalid {bad} {:?}", grid.id(), start.elapsed());
    }
}
