//! The reference systems from which proj4rs gives the positions of PROJ.

use geo::Coord;
use proj4rs::{Proj, transform::transform};

/// The projections that were compared with PROJ.
const PROJECTIONS: [&str; 9] = ["longlat", "merc", "webmerc", "tmerc", "utm", "lcc", "aea", "laea", "stere"];
/// Parameters that move positions by something else than a projection: shifts between datums, other prime meridians, other axes.
const BEYOND: [&str; 6] = ["pm", "axis", "towgs84", "nadgrids", "geoidgrids", "over"];
/// Datums that the definitions take for WGS 84, and PROJ does not: it shifts them by a metre and more.
const SHIFTED: [&str; 4] = ["NAD83", "Costa", "Peru96", "Cayman"];
/// Codes of which the definitions at hand are others than those of PROJ's registry, from the first to the last.
const OTHERS: [(u16, u16); 10] = [
    (2244, 2245),
    (3073, 3073),
    (3349, 3349),
    (3454, 3454),
    (4855, 4880),
    (26814, 26815),
    (26819, 26824),
    (26825, 26835),
    (26836, 26846),
    (26979, 26979),
];
/// The units of projected positions that are read.
const UNITS: [&str; 3] = ["m", "us-ft", "ft"];

/// A way from a reference system to longitude and latitude (WGS 84).
pub struct ExactProj {
    from: Proj,
    to: Proj,
}

impl ExactProj {
    /// The way from an EPSG code or a PROJ string. `None` if positions might be others than PROJ's.
    pub fn new(name: &str) -> Option<Self> {
        let definition = match name.strip_prefix("EPSG:") {
            Some(code) => of_code(code.parse().ok()?)?,
            None => name,
        };
        if !is_exact(definition) {
            return None;
        }
        let from = Proj::from_proj_string(definition).ok().filter(Proj::has_inverse)?;
        Some(Self { from, to: Proj::from_proj_string("+proj=longlat +datum=WGS84").ok()? })
    }

    /// Longitude and latitude; not finite where there is none.
    pub fn position(&self, from: Coord<f64>) -> Coord<f64> {
        // proj4rs takes and gives angles in radians.
        let (x, y) = if self.from.is_latlong() { (from.x.to_radians(), from.y.to_radians()) } else { (from.x, from.y) };
        let mut point = (x, y, 0.0);
        match transform(&self.from, &self.to, &mut point) {
            Ok(()) => Coord { x: point.0.to_degrees(), y: point.1.to_degrees() },
            Err(_) => Coord { x: f64::NAN, y: f64::NAN },
        }
    }
}

/// The definition of an EPSG code, where it is PROJ's.
fn of_code(code: u16) -> Option<&'static str> {
    let definition = crs_definitions::from_code(code)?;
    let datum = definition.wkt.split_once("DATUM[\"").map_or("", |(_, rest)| rest);
    let is_other = OTHERS.iter().any(|(first, last)| (*first..=*last).contains(&code));
    let is_shifted = SHIFTED.iter().any(|name| datum.starts_with(name));
    (!is_other && !is_shifted).then_some(definition.proj4)
}

/// Whether a definition is a plain projection of a datum that equals WGS 84.
pub fn is_exact(definition: &str) -> bool {
    let value = |wanted: &str| {
        definition.split_whitespace().find_map(|word| match word.trim_start_matches('+').split_once('=') {
            Some((name, value)) if name == wanted => Some(value),
            None if word.trim_start_matches('+') == wanted => Some(""),
            _ => None,
        })
    };
    let no_shift = |text: &str| text.split(',').all(|number| number.parse() == Ok(0.0));
    let equals_wgs84 = match (value("datum"), value("ellps"), value("a")) {
        (Some("WGS84" | "NAD83"), _, _) => true,
        (None, Some("GRS80" | "WGS84"), _) => value("towgs84").is_some_and(no_shift),
        (None, None, Some("6378137")) => value("b") == Some("6378137") && value("nadgrids") == Some("@null"),
        _ => false,
    };
    let harmless = |name: &&str| match value(name) {
        None => true,
        Some(numbers) if *name == "towgs84" => no_shift(numbers),
        Some(grids) => *name == "nadgrids" && grids == "@null",
    };
    equals_wgs84
        && value("proj").is_some_and(|name| PROJECTIONS.contains(&name))
        && BEYOND.iter().all(harmless)
        && value("units").is_none_or(|unit| UNITS.contains(&unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projected_positions_come_to_known_longitudes_and_latitudes() {
        // Expected values: PROJ 9 (cs2cs).
        for (crs, x, y, lon, lat) in [
            ("EPSG:3857", 4_187_402.0, 7_509_136.0, 37.616_072_2, 55.751_659_0),
            ("EPSG:3035", 4_321_000.0, 3_210_000.0, 10.0, 52.0),
            ("+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m", 0.0, 0.0, 105.0, 0.0),
        ] {
            let got = ExactProj::new(crs).unwrap().position(Coord { x, y });
            assert!((got.x - lon).abs() < 1e-5 && (got.y - lat).abs() < 1e-5, "{crs}: {got:?}");
        }
    }

    #[test]
    fn whatever_needs_more_than_a_projection_is_left_to_proj() {
        for name in
            ["EPSG:5513", "EPSG:4807", "EPSG:28405", "EPSG:4284", "EPSG:27700", "EPSG:2056", "EPSG:999999", "ESRI:102025"]
        {
            assert!(ExactProj::new(name).is_none(), "{name}");
        }
    }

    /// Metres that the positions of a reference system are apart by both ways, at most; `None` where it is not exact, or PROJ does not
    /// know it.
    fn apart(code: u16) -> Option<f64> {
        let name = format!("EPSG:{code}");
        let exact = ExactProj::new(&name)?;
        let definition = crs_definitions::from_code(code)?.proj4;
        let from = samples(definition, &exact);
        let proj = super::super::gdal::positions::to_degrees(&from, &name, "sweep").ok()?;
        let metres = |(from, proj): (&Coord<f64>, Coord<f64>)| {
            let ours = exact.position(*from);
            let east = (ours.x - proj.x + 540.0).rem_euclid(360.0) - 180.0;
            (east * proj.y.to_radians().cos()).hypot(ours.y - proj.y) * 111_320.0
        };
        Some(from.iter().zip(proj).map(metres).fold(0.0, f64::max))
    }

    /// Positions of a reference system around its middle.
    fn samples(definition: &str, exact: &ExactProj) -> Vec<Coord<f64>> {
        let value = |name: &str| {
            let words = definition.split_whitespace().filter_map(|word| word.trim_start_matches('+').split_once('='));
            words.into_iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.parse::<f64>().ok())
        };
        let lon = value("lon_0").or_else(|| Some(value("zone")? * 6.0 - 183.0)).unwrap_or(0.0);
        let south = if definition.contains("+south") { -1.0 } else { 1.0 };
        let lat = value("lat_1").or_else(|| value("lat_0")).filter(|lat| *lat != 0.0).unwrap_or(40.0 * south);
        let around = [(0.0, 0.0), (2.5, 3.0), (-2.5, -3.0), (1.0, -2.0)];
        let place = |(east, north): (f64, f64)| {
            let lat = (lat + north).clamp(-89.0, 89.0);
            let mut point = ((lon + east).to_radians(), lat.to_radians(), 0.0);
            transform(&exact.to, &exact.from, &mut point).ok()?;
            let angle = |number: f64| if exact.from.is_latlong() { number.to_degrees() } else { number };
            Some(Coord { x: angle(point.0), y: angle(point.1) })
        };
        around.into_iter().filter_map(place).collect()
    }

    /// Every reference system of the registry, or with `CHORO_TEST_SWEEP=full` not only every twentieth: that takes a quarter of an hour.
    #[test]
    fn positions_are_those_of_proj_to_a_metre() {
        let full = std::env::var("CHORO_TEST_SWEEP").is_ok_and(|how| how == "full");
        let codes = (1..=u16::MAX).filter(|code| ExactProj::new(&format!("EPSG:{code}")).is_some());
        let swept: Vec<u16> = codes.step_by(if full { 1 } else { 20 }).collect();
        if super::super::gdal::program::find().is_none() {
            assert!(std::env::var_os("CI").is_none(), "choro-gdal must be there in CI");
            eprintln!("NOT RUN: the sweep of reference systems needs choro-gdal");
            return;
        }
        let compared: Vec<(u16, f64)> = swept.iter().filter_map(|code| Some((*code, apart(*code)?))).collect();
        let off: Vec<&(u16, f64)> = compared.iter().filter(|(_, metres)| metres.is_nan() || *metres >= 1.0).collect();
        eprintln!("{} reference systems compared with PROJ, {} off by a metre or more", compared.len(), off.len());
        assert!(off.is_empty(), "{off:?}");
        assert!(compared.len() * 10 > swept.len() * 9, "PROJ knows {} of {}", compared.len(), swept.len());
    }
}
