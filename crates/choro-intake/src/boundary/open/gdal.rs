//! Everything but JSON, and PostGIS tables, are read by the program `choro-gdal`, which streams features over its standard output.

use super::{
    helper::{Helper, bare},
    postgis::PostgisTable,
    wire::{self, Costs, Frame, Header},
};
use crate::boundary::{
    error::BoundaryError,
    features::source::{AreaFault, FeatureCollection, Meter, Polygons, RawFeature, SourceCrs, count},
    options::Options,
    report::Reason,
};
use geo::Coord;
use geozero::{
    GeomProcessor, GeozeroGeometry,
    error::{GeozeroError, Result as GeozeroResult},
    wkb::Wkb,
};
use std::{
    env,
    io::{BufReader, ErrorKind, Read},
    path::{Path, PathBuf},
    process::Command,
};

/// Reads a file through `choro-gdal`.
pub fn read(path: &Path, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut command = command(place, false)?;
    // An absolute path is never taken for an option.
    command.arg(std::path::absolute(path).map_err(|e| BoundaryError::io(place, e))?);
    run(command, place, options)
}

/// Reads a table of a PostGIS database through `choro-gdal`.
pub fn read_table(table: &PostgisTable, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    let mut command = command(place, true)?;
    command.arg("--table").arg(&table.table).envs(table.variables.iter().map(|(name, value)| (name, value)));
    command.envs(table.addresses(|name| env::var(name).ok(), place)?);
    run(command, place, options)
}

fn command(place: &str, database: bool) -> Result<Command, BoundaryError> {
    let program = find().ok_or_else(|| BoundaryError::NoGdal { path: place.to_owned() })?;
    let mut command = Command::new(program);
    bare(&mut command, database);
    Ok(command)
}

fn run(mut command: Command, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    for (name, value) in [("--layer", &options.layer), ("--crs", &options.crs), ("--encoding", &options.encoding)] {
        if let Some(value) = value {
            command.arg(name).arg(value);
        }
    }
    let failed = |what: String| BoundaryError::Gdal { path: place.to_owned(), what };
    let program = command.get_program().to_string_lossy().into_owned();
    let (helper, stream) = Helper::start(&mut command).map_err(|e| failed(format!("{program} does not start: {e}")))?;
    let mut stream = BufReader::with_capacity(1 << 20, stream);
    let mut costs = Costs::default();
    let taken = first(&mut stream, place, &mut costs).and_then(|()| frames(&mut stream, place, options));
    match taken {
        // What broke the stream off is told by how the program ended.
        Err(Broken::Off(error)) => Err(failed(helper.end(&costs).unwrap_or_else(|| broken_off(&error)))),
        Err(Broken::Said(error)) => Err(error),
        Ok(source) => helper.end(&costs).map_or(Ok(source), |end| Err(failed(end))),
    }
}

/// Why frames end before their end.
enum Broken {
    /// The stream itself.
    Off(std::io::Error),
    /// A refusal, or a limit.
    Said(BoundaryError),
}

impl From<BoundaryError> for Broken {
    fn from(error: BoundaryError) -> Self {
        Self::Said(error)
    }
}

fn broken_off(error: &std::io::Error) -> String {
    format!("its stream broke off: {error}")
}

fn next(stream: &mut impl Read, place: &str, max: u64) -> Result<Frame, Broken> {
    wire::read(stream, max).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Broken::Off(error),
        _ => Broken::Said(BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) }),
    })
}

/// The first frame: what reading may cost. Its warnings are passed on.
fn first(stream: &mut impl Read, place: &str, costs: &mut Costs) -> Result<(), Broken> {
    match next(stream, place, 0)? {
        Frame::Costs(told) => *costs = told,
        Frame::Error(what) => return Err(Broken::Said(refusal(place, what))),
        frame => return Err(Broken::Said(unexpected(place, &frame))),
    }
    for warning in &costs.warnings {
        tracing::warn!(file = place, "{warning}");
    }
    Ok(())
}

fn unexpected(place: &str, frame: &Frame) -> BoundaryError {
    let what = format!("an unexpected frame: {:.60}; choro and choro-gdal must be of one version", format!("{frame:?}"));
    BoundaryError::Gdal { path: place.to_owned(), what }
}

/// Takes its frames until the end, but for the first.
pub fn take(mut stream: impl Read, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    frames(&mut stream, place, options).map_err(|broken| match broken {
        Broken::Off(error) => BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) },
        Broken::Said(error) => error,
    })
}

fn frames(stream: &mut impl Read, place: &str, options: &Options) -> Result<FeatureCollection, Broken> {
    let max = (options.limits.coordinates as u64).saturating_mul(16).saturating_add(64 << 20);
    let mut meter = Meter::new(place, &options.limits);
    let (mut header, mut areas): (Option<Header>, Vec<RawFeature>) = (None, Vec::new());
    loop {
        match (next(stream, place, max)?, header.as_ref()) {
            (Frame::Header(first), None) => header = Some(first),
            (Frame::Feature(properties, wkb), Some(_)) => {
                meter.area(&properties)?;
                let shape = decode(&wkb, options.limits.coordinates);
                meter.coordinates(shape.iter().flatten().map(count).sum())?;
                areas.push(RawFeature { properties, shape });
            }
            (Frame::Fault(properties, what), Some(_)) => {
                meter.area(&properties)?;
                areas.push(RawFeature { properties, shape: Err(AreaFault::new(Reason::Malformed, what)) });
            }
            (Frame::End(count), Some(_)) if count == areas.len() as u64 => break,
            (Frame::Error(what), _) => return Err(refusal(place, what).into()),
            (frame, _) => return Err(unexpected(place, &frame).into()),
        }
    }
    let no_header = || BoundaryError::Gdal { path: place.to_owned(), what: "no header".to_owned() };
    let header = header.ok_or_else(no_header)?;
    let mut fields = header.fields;
    fields.push("fid".to_owned());
    let crs = if matches!(header.crs.as_deref(), Some("EPSG:4326" | "OGC:CRS84") | None) {
        String::new()
    } else {
        format!(" from {}", header.crs.unwrap_or_default())
    };
    Ok(FeatureCollection { format: format!("{}{crs}", header.driver), crs: SourceCrs::Degrees, fields, areas })
}

fn refusal(place: &str, what: String) -> BoundaryError {
    match what.strip_prefix("missing CRS") {
        Some(_) => {
            let what = "the layer does not say in which its coordinates are".to_owned();
            BoundaryError::MissingCrs { path: place.to_owned(), what }
        }
        None => BoundaryError::Gdal { path: place.to_owned(), what },
    }
}

/// The program `choro-gdal`: beside this program, in `CHORO_GDAL`, or in `PATH`.
pub fn find() -> Option<PathBuf> {
    let name = format!("choro-gdal{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe().ok().and_then(|exe| {
        let folder = exe.parent()?;
        // A test binary lies in `deps`, one below the programs.
        let folder = if folder.ends_with("deps") { folder.parent()? } else { folder };
        Some(folder.join(&name)).filter(|program| program.is_file())
    });
    beside
        .or_else(|| env::var_os("CHORO_GDAL").map(PathBuf::from).filter(|p| p.is_file()))
        .or_else(|| env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|p| p.is_file()))
}

/// Polygons out of WKB.
fn decode(wkb: &[u8], limit: usize) -> Result<Option<Polygons>, AreaFault> {
    if wkb.is_empty() {
        return Ok(None);
    }
    let mut collector = Collector { polygons: Vec::new(), left: limit, fault: None };
    match (Wkb(wkb).process_geom(&mut collector), collector.fault) {
        (_, Some(fault)) => Err(fault),
        (Err(error), None) => Err(AreaFault::new(Reason::Malformed, format!("its WKB: {error}"))),
        (Ok(()), None) => Ok(Some(collector.polygons)),
    }
}

/// Collects polygons and stops at anything else, so that no nesting is followed down.
struct Collector {
    polygons: Polygons,
    left: usize,
    fault: Option<AreaFault>,
}

impl Collector {
    fn refuse(&mut self, kind: &str) -> GeozeroResult<()> {
        self.fault = Some(AreaFault::new(Reason::NotPolygon, format!("its geometry is a {kind}")));
        Err(GeozeroError::GeometryFormat)
    }
}

impl GeomProcessor for Collector {
    fn xy(&mut self, x: f64, y: f64, _: usize) -> GeozeroResult<()> {
        let Some(left) = self.left.checked_sub(1) else { return Err(GeozeroError::Coord) };
        self.left = left;
        if let Some(ring) = self.polygons.last_mut().and_then(|polygon| polygon.last_mut()) {
            ring.push(Coord { x, y });
        }
        Ok(())
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.polygons.push(Vec::new());
        Ok(())
    }

    fn linestring_begin(&mut self, tagged: bool, _: usize, _: usize) -> GeozeroResult<()> {
        match self.polygons.last_mut() {
            Some(polygon) if !tagged => {
                polygon.push(Vec::new());
                Ok(())
            }
            _ => self.refuse("line"),
        }
    }

    fn point_begin(&mut self, _: usize) -> GeozeroResult<()> {
        self.refuse("point")
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multipoint")
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multiline")
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("geometry collection")
    }

    fn circularstring_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("circular string")
    }

    fn compoundcurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("compound curve")
    }

    fn curvepolygon_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("curve polygon")
    }

    fn multicurve_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multicurve")
    }

    fn multisurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("multisurface")
    }

    fn triangle_begin(&mut self, _: bool, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("triangle")
    }

    fn polyhedralsurface_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("polyhedral surface")
    }

    fn tin_begin(&mut self, _: usize, _: usize) -> GeozeroResult<()> {
        self.refuse("triangulated network")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Little-endian WKB of a geometry type: counts and coordinates.
    fn wkb(kind: u32, counts: &[u32], numbers: &[f64]) -> Vec<u8> {
        let words = [kind].into_iter().chain(counts.iter().copied()).flat_map(u32::to_le_bytes);
        std::iter::once(1).chain(words).chain(numbers.iter().flat_map(|n| n.to_le_bytes())).collect()
    }

    #[test]
    fn wkb_becomes_polygons_or_a_fault_of_its_area() {
        let square = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        assert_eq!(decode(&wkb(3, &[1, 4], &square), 100).unwrap().unwrap()[0][0].len(), 4);
        assert_eq!(decode(&[], 100), Ok(None));
        for (bytes, reason) in [
            (wkb(1, &[], &[1.0, 2.0]), Reason::NotPolygon),
            (wkb(2, &[2], &[1.0, 2.0, 3.0, 4.0]), Reason::NotPolygon),
            (wkb(7, &[1], &[]), Reason::NotPolygon),
            (wkb(3, &[u32::MAX, u32::MAX], &square), Reason::Malformed),
            (wkb(3, &[1, 4], &square[..5]), Reason::Malformed),
            (wkb(3, &[1, 4], &square).split_off(3), Reason::Malformed),
        ] {
            assert_eq!(decode(&bytes, 100).unwrap_err().reason, reason, "{bytes:?}");
        }
        assert!(decode(&wkb(3, &[1, 4], &square), 3).is_err());
    }

    #[test]
    fn not_a_number_in_wkb_is_kept_to_be_rejected_with_its_place() {
        let polygons = decode(&wkb(3, &[1, 4], &[0.0, 0.0, f64::NAN, 0.0, 1.0, 1.0, 0.0, 0.0]), 100).unwrap().unwrap();
        let fault = crate::boundary::geometry::rings::from_source(polygons, &mut Default::default()).unwrap_err();
        assert_eq!((fault.reason, fault.detail.contains("position 1")), (Reason::NotFinite, true));
    }

    #[test]
    fn a_stream_that_breaks_off_or_miscounts_is_an_error() {
        let options = Options::new("s".parse().unwrap(), "v".parse().unwrap(), "code".parse().unwrap());
        let frame = |kind: u8, text: &str| {
            let length = u32::try_from(text.len()).unwrap().to_le_bytes();
            [&[kind][..], &length, text.as_bytes()].concat()
        };
        let header = frame(b'H', r#"{"driver":"GPKG","fields":["code"],"crs":"EPSG:3857"}"#);
        let end = |count: u32| frame(b'Z', &format!(r#"{{"features":{count}}}"#));
        let faulty = frame(b'X', r#"{"properties":{"code":"a"},"fault":"its arcs"}"#);
        let source = take(&[header.clone(), faulty, end(1)].concat()[..], "f", &options).unwrap();
        assert_eq!(source.areas[0].shape, Err(AreaFault::new(Reason::Malformed, "its arcs")));
        let source = take(&[header.clone(), end(0)].concat()[..], "f", &options).unwrap();
        assert_eq!((source.format.as_str(), source.fields.len()), ("GPKG from EPSG:3857", 2));
        for (bytes, expected) in [
            (header.clone(), "broke off"),
            ([header.clone(), end(1)].concat(), "unexpected frame"),
            (end(0), "unexpected frame"),
            ([header.clone(), header.clone()].concat(), "unexpected frame"),
            ([header.clone(), frame(b'E', r#"{"message":"disk image is malformed"}"#)].concat(), "malformed"),
            ([header, frame(b'E', r#"{"message":"missing CRS: .."}"#)].concat(), "missing CRS"),
        ] {
            let message = take(&bytes[..], "f", &options).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        }
    }
}
