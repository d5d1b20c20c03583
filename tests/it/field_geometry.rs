//! Boundary files of the field, each after a public report: what can be kept is kept, what is dropped is named, and no code or border is
//! changed without a word.

use crate::data_boundaries_formats::folder;
use choro_intake::boundary::{BoundaryError, GeometryDefect as Defect, Import, Options, Reason, import};
use geo::Area as _;
use std::path::Path;

/// A file and what comes of it.
struct Case {
    file: &'static str,
    /// The code field.
    code: &'static str,
    /// The areas that are stored, with their size in square degrees; none where they have no polygon.
    stored: &'static [(&'static str, Option<f64>)],
    /// The places of those that are not.
    rejected: &'static [(usize, Reason)],
    /// What is named as mended or dropped.
    named: &'static [(&'static str, Defect)],
}

const fn case(file: &'static str, code: &'static str, stored: &'static [(&'static str, Option<f64>)]) -> Case {
    Case { file, code, stored, rejected: &[], named: &[] }
}

const SQUARE: Option<f64> = Some(1.0);
const FOUR: &[(&str, Option<f64>)] = &[("R1", SQUARE), ("R2", SQUARE), ("R3", SQUARE), ("R4", SQUARE)];
const NUMBERED: &[(&str, Option<f64>)] = &[("11001", SQUARE), ("11002", SQUARE), ("11003", SQUARE), ("11004", SQUARE)];

const CASES: &[Case] = &[
    // A geometry that is NULL.
    case("null.gpkg", "code", &[("R1", SQUARE), ("R2", None)]),
    case("null_shape.shp", "CODE", &[("R1", SQUARE), ("R2", None)]),
    case("null.kml", "Name", &[("R1", SQUARE), ("R2", None)]),
    case("null.gml", "ags", &[("01001000", SQUARE), ("13003000", None)]),
    case("null.geojsons", "code", &[("R1", SQUARE), ("R2", None)]),
    case("null.fgb", "code", &[("R1", SQUARE)]),
    // A code that is a number somewhere.
    case("real_code.shp", "CODE", NUMBERED),
    case("real.fgb", "CODE", NUMBERED),
    case("real.gpkg", "CODE", NUMBERED),
    case("ags.gml", "ags", &[("01001000", SQUARE), ("13003000", SQUARE)]),
    case("num_code.geojson", "code", &[("1001", SQUARE), ("1002", SQUARE), ("1003", SQUARE), ("11004", SQUARE)]),
    Case {
        rejected: &[(1, Reason::Unreadable), (2, Reason::Unreadable), (3, Reason::Unreadable)],
        ..case("big_ints.geojson", "code", &[("2305843009223239036", SQUARE)])
    },
    // A code that some features lack.
    Case {
        rejected: &[(2, Reason::NoCode), (3, Reason::NoCode)],
        ..case("id_null.geojson", "id", &[("3", SQUARE), ("5", SQUARE)])
    },
    // A ring around a pole.
    Case {
        named: &[("S", Defect::AroundPole)],
        ..case("pole_ring.geojson", "code", &[("R1", SQUARE), ("S", Some(20.0 * 360.0))])
    },
    Case {
        named: &[("N", Defect::AroundPole)],
        ..case("pole_ring_n.geojson", "code", &[("N", Some(15.0 * 360.0)), ("R1", SQUARE)])
    },
    // Edges over more than half of the circle.
    Case { named: &[("W", Defect::WideEdge)], ..case("wide.geojson", "code", &[("R1", SQUARE), ("W", Some(5000.0))]) },
    case("wide_dense.geojson", "code", &[("R1", SQUARE), ("W", Some(5000.0))]),
    // Spellings of a reference system.
    case("crs_00.geojson", "code", FOUR),
    case("crs_01.geojson", "code", FOUR),
    case("crs_02.geojson", "code", FOUR),
    case("crs_03.geojson", "code", FOUR),
    case("crs_04.geojson", "code", FOUR),
    case("crs_05.geojson", "code", FOUR),
    case("crs_07.geojson", "code", FOUR),
    case("crs_08.geojson", "code", FOUR),
    case("crs_10.geojson", "code", FOUR),
    case("crs_11.geojson", "code", FOUR),
    case("crs_14.geojson", "code", FOUR),
    case("crs_16.geojson", "code", FOUR),
    case("crs_17.geojson", "code", FOUR),
    // Sequences of features.
    case("lines.geojsonl", "code", FOUR),
    case("lines.geojson", "code", FOUR),
    case("lines_rs.geojsons", "code", FOUR),
    // One bad ring or part among good ones.
    Case {
        named: &[("R1", Defect::CollapsedRing)],
        ..case("degenerate_1.geojson", "code", &[("R1", SQUARE), ("R2", SQUARE)])
    },
    Case {
        named: &[("R1", Defect::CollapsedRing)],
        ..case("degenerate_empty_ring.geojson", "code", &[("R1", SQUARE), ("R2", SQUARE)])
    },
    Case {
        named: &[("R1", Defect::RepeatedPoint), ("R1", Defect::CollapsedRing)],
        ..case("degenerate_point.geojson", "code", &[("R1", SQUARE), ("R2", SQUARE)])
    },
    case("empty_coords.geojson", "code", &[("R1", SQUARE), ("R2", None), ("R3", None), ("R4", None), ("R5", None)]),
    case("empty.gpkg", "code", &[("R1", SQUARE), ("R2", None), ("R3", None)]),
    Case { named: &[("R1", Defect::NotPolygon)], ..case("gc.geojson", "code", &[("R1", SQUARE), ("R2", SQUARE)]) },
    Case {
        named: &[("R1", Defect::NotPolygon)],
        ..case("point_poly.kml", "Name", &[("R1", SQUARE), ("R2", Some(2.0)), ("R3", SQUARE)])
    },
    case("topo_single.json", "code", &[("L", SQUARE)]),
    Case {
        named: &[("RING", Defect::RingOrder)],
        ..case("hole_first.geojson", "code", &[("RING", Some(3.0)), ("X", SQUARE)])
    },
    Case {
        rejected: &[(0, Reason::DuplicateCode), (1, Reason::DuplicateCode)],
        ..case("exploded.geojson", "code", &[("R2", SQUARE)])
    },
    Case { named: &[("R1", Defect::SelfCrossing)], ..case("bowtie.geojson", "code", &[("R1", Some(2.0))]) },
    // One irrelevant thing.
    case("utf8_cut_value.shp", "CODE", FOUR),
    case("utf8_cut_field.shp", "CODE", FOUR),
    case("styles.gpkg", "code", &[("R1", SQUARE), ("R2", SQUARE)]),
    case("gdb_mixed.zip", "code", &[("R1", SQUARE), ("R2", SQUARE)]),
    case("dup_fields.shp", "CODE", FOUR),
    case("mif_neutral.mif", "code", &[("R1", SQUARE), ("R2", SQUARE)]),
    case("srs_0_deg.gpkg", "code", &[("R1", SQUARE), ("R2", SQUARE)]),
];

fn options(code: &str) -> Options {
    Options::new("s".parse().unwrap(), "2020".parse().unwrap(), code.parse().unwrap())
}

fn read(file: &str, options: &Options) -> Result<Import, BoundaryError> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/field/geometry");
    import(&files.join(file), options)
}

fn sizes(import: &Import) -> Vec<(String, Option<f64>)> {
    import.set.areas.iter().map(|area| (area.code.to_string(), area.geometry.as_ref().map(|g| g.unsigned_area()))).collect()
}

#[test]
fn what_can_be_kept_is_kept_and_what_is_dropped_is_named() {
    let Some(_gdal) = folder() else { return };
    let mut wrong = Vec::new();
    for Case { file, code, stored, rejected, named } in CASES {
        let import = match read(file, &options(code)) {
            Ok(import) => import,
            Err(error) => {
                wrong.push(format!("{file}: {error}"));
                continue;
            }
        };
        let got = sizes(&import);
        let near = |a: &Option<f64>, b: &Option<f64>| match (a, b) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-6,
            (a, b) => a == b,
        };
        let same = got.len() == stored.len()
            && got.iter().zip(*stored).all(|((code, size), (expected, wanted))| code == expected && near(size, wanted));
        let rejects: Vec<(usize, Reason)> =
            import.report.rejected.iter().map(|reject| (reject.index, reject.reason)).collect();
        let repaired: Vec<(&str, Defect)> = import.report.repaired.iter().map(|r| (r.code.as_str(), r.problem)).collect();
        if !same || rejects != *rejected || repaired != *named {
            wrong.push(format!("{file}: {got:?}, rejected {rejects:?}, named {repaired:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cannot_be_read_rightly_is_refused_with_a_remedy() {
    let Some(_gdal) = folder() else { return };
    for (file, code, words) in [
        ("crs_06.geojson", "code", &["a link, which is not followed", "--crs EPSG:3857"][..]),
        ("no_shx.shp", "CODE", &["no_shx.shx", "missing", "SHAPE_RESTORE_SHX"]),
        ("no_dbf.shp", "CODE", &["no_dbf.dbf", "missing"]),
    ] {
        let error = read(file, &options(code)).unwrap_err().to_string();
        assert!(words.iter().all(|word| error.contains(word)), "{file}: {error}");
    }
}

#[test]
fn a_reference_system_in_a_geometry_counts_as_one_of_the_file() {
    let import = read("crs_in_geometry.geojson", &options("code")).unwrap();
    let (west, east) = import.report.longitudes.unwrap();
    assert!((west - 40.0).abs() < 1e-6 && east < 60.0, "{west} {east}");
}

#[test]
fn the_same_positions_come_by_every_way_to_the_same_longitudes() {
    let Some(_gdal) = folder() else { return };
    for name in ["crs_epsg5513", "crs_epsg4807"] {
        let corners = |extension: &str| {
            let import = read(&format!("{name}.{extension}"), &options("code")).unwrap();
            let geometry = import.set.areas[0].geometry.clone().unwrap();
            geometry.0[0].exterior().coords().map(|c| (c.x, c.y)).collect::<Vec<_>>()
        };
        for ((x, y), (u, v)) in corners("geojson").into_iter().zip(corners("gpkg")) {
            assert!((x - u).abs() < 1e-5 && (y - v).abs() < 1e-5, "{name}: {x} {y}, {u} {v}");
        }
    }
}

#[test]
fn a_ring_around_a_pole_in_a_polar_system_keeps_its_area() {
    let import = read("pole_3031.geojson", &options("code")).unwrap();
    let south = import.set.areas.iter().find(|area| area.code.as_str() == "S").unwrap();
    let bounds = geo::BoundingRect::bounding_rect(south.geometry.as_ref().unwrap()).unwrap();
    assert_eq!((bounds.min().x, bounds.max().x, bounds.min().y), (-180.0, 180.0, -90.0));
    assert!(import.report.rejected.is_empty());
}

#[test]
fn parts_under_one_code_are_united_and_areas_filtered_on_request() {
    let mut united = options("code");
    united.unite = true;
    let import = read("exploded.geojson", &united).unwrap();
    assert_eq!(sizes(&import), [("R1".to_owned(), Some(2.0)), ("R2".to_owned(), Some(1.0))]);
    assert_eq!((import.report.united[0].code.as_str(), import.report.united[0].areas), ("R1", 2));
    let mut filtered = options("code");
    filtered.filter = vec!["code=R2".parse().unwrap()];
    let import = read("exploded.geojson", &filtered).unwrap();
    assert_eq!((sizes(&import), import.report.filtered), (vec![("R2".to_owned(), Some(1.0))], 2));
    filtered.filter = vec!["code=R9".parse().unwrap()];
    let error = read("exploded.geojson", &filtered).unwrap_err().to_string();
    assert!(error.contains("\"R1\"") && error.contains("--where"), "{error}");
}
