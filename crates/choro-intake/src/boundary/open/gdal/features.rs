//! The frames that `choro-gdal` writes about a file or a table -> the features that it holds.

use super::{
    frames::{self, Costs, GdalFrame, LayerHeader},
    postgis::PostgisTable,
    process::GdalProcess,
    program::command,
    wkb,
};
use crate::boundary::{
    error::BoundaryError,
    features::{
        feature::{AreaFault, FeatureCollection, RawFeature, SourceCrs, count},
        meter::Meter,
    },
    options::Options,
    report::Reason,
};
use std::{
    env,
    io::{BufReader, ErrorKind, Read},
    path::Path,
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

fn run(mut command: Command, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    for (name, value) in [("--layer", &options.layer), ("--crs", &options.crs), ("--encoding", &options.encoding)] {
        if let Some(value) = value {
            command.arg(name).arg(value);
        }
    }
    let failed = |what: String| BoundaryError::Gdal { path: place.to_owned(), what };
    let program = command.get_program().to_string_lossy().into_owned();
    let (helper, stream) = GdalProcess::start(&mut command).map_err(|e| failed(format!("{program} does not start: {e}")))?;
    let mut stream = BufReader::with_capacity(1 << 20, stream);
    let mut costs = Costs::default();
    let taken = first(&mut stream, place, &mut costs).and_then(|()| frames(&mut stream, place, options));
    match taken {
        // How the program ended tells why the stream broke off.
        Err(Broken::Off(error)) => Err(failed(helper.end(&costs).unwrap_or_else(|| broken_off(&error)))),
        Err(Broken::Said(error)) => Err(error),
        Ok(source) => helper.end(&costs).map_or(Ok(source), |end| Err(failed(end))),
    }
}

/// Why the frames ended too early.
enum Broken {
    /// The stream broke off.
    Off(std::io::Error),
    /// The program refused the file, or a limit is exceeded.
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

fn next(stream: &mut impl Read, place: &str, max: u64) -> Result<GdalFrame, Broken> {
    frames::read(stream, max).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Broken::Off(error),
        _ => Broken::Said(BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) }),
    })
}

/// The first frame: what reading may cost. Its warnings are passed on.
fn first(stream: &mut impl Read, place: &str, costs: &mut Costs) -> Result<(), Broken> {
    match next(stream, place, 0)? {
        GdalFrame::Costs(told) => *costs = told,
        GdalFrame::Error(what) => return Err(Broken::Said(refusal(place, what))),
        frame => return Err(Broken::Said(unexpected(place, &frame))),
    }
    for warning in &costs.warnings {
        tracing::warn!(file = place, "{warning}");
    }
    Ok(())
}

fn unexpected(place: &str, frame: &GdalFrame) -> BoundaryError {
    let what = format!("an unexpected frame: {:.60}; choro and choro-gdal must be of one version", format!("{frame:?}"));
    BoundaryError::Gdal { path: place.to_owned(), what }
}

/// Takes the frames until the end, without the first one, which says what reading may cost.
pub fn take(mut stream: impl Read, place: &str, options: &Options) -> Result<FeatureCollection, BoundaryError> {
    frames(&mut stream, place, options).map_err(|broken| match broken {
        Broken::Off(error) => BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) },
        Broken::Said(error) => error,
    })
}

fn frames(stream: &mut impl Read, place: &str, options: &Options) -> Result<FeatureCollection, Broken> {
    let max = (options.limits.coordinates as u64).saturating_mul(16).saturating_add(64 << 20);
    let mut meter = Meter::new(place, &options.limits);
    let (mut header, mut areas): (Option<LayerHeader>, Vec<RawFeature>) = (None, Vec::new());
    loop {
        match (next(stream, place, max)?, header.as_ref()) {
            (GdalFrame::Header(first), None) => header = Some(first),
            (GdalFrame::Feature(properties, wkb), Some(_)) => {
                meter.area(&properties)?;
                let shape = wkb::decode(&wkb, options.limits.coordinates);
                meter.coordinates(shape.iter().flatten().map(count).sum())?;
                areas.push(RawFeature { properties, shape });
            }
            (GdalFrame::Fault(properties, what), Some(_)) => {
                meter.area(&properties)?;
                areas.push(RawFeature { properties, shape: Err(AreaFault::new(Reason::Malformed, what)) });
            }
            (GdalFrame::End(count), Some(_)) if count == areas.len() as u64 => break,
            (GdalFrame::Error(what), _) => return Err(refusal(place, what).into()),
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

#[cfg(test)]
mod tests {
    use super::*;

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
