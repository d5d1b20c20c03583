//! Positions -> longitude and latitude (WGS 84), by PROJ.

use crate::{frame, said};
use anyhow::{Context, Result, bail};
use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
use std::{
    fs::File,
    io::{BufReader, Read, Write},
    path::Path,
};

/// Positions that are transformed at once.
const BLOCK: usize = 16 << 10;
/// Bytes of a position.
const POSITION: usize = 16;

/// Streams the positions of a file in blocks, in their order; returns how many there were. A position for which there is no way is
/// not finite.
pub fn stream(path: &Path, crs: Option<&str>, out: &mut impl Write) -> Result<u64> {
    said::listen();
    let crs = crs.context("--positions needs --crs")?;
    let way = to_wgs84(SpatialRef::from_definition(crs).with_context(|| format!("the CRS {crs:?} is not known"))?)?;
    let mut file = BufReader::new(File::open(path).with_context(|| path.display().to_string())?);
    let mut count = 0;
    loop {
        let mut bytes = Vec::with_capacity(BLOCK * POSITION);
        (&mut file).take((BLOCK * POSITION) as u64).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(count);
        }
        let (mut x, mut y) = split(&bytes)?;
        // It fails where any of them does, and these are marked.
        if let Err(error) = way.transform_coords(&mut x, &mut y, &mut [])
            && x.iter().chain(&y).all(|number| number.is_finite())
        {
            bail!("positions cannot be transformed: {error}");
        }
        count += x.len() as u64;
        let pairs = x.iter().zip(&y).flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()]).flatten();
        frame::positions(out, &pairs.collect::<Vec<u8>>())?;
    }
}

fn split(bytes: &[u8]) -> Result<(Vec<f64>, Vec<f64>)> {
    let (numbers, rest) = bytes.as_chunks::<8>();
    if !rest.is_empty() || !numbers.len().is_multiple_of(2) {
        bail!("the file of positions is cut off");
    }
    let (pairs, _) = numbers.as_chunks::<2>();
    Ok(pairs.iter().map(|[x, y]| (f64::from_le_bytes(*x), f64::from_le_bytes(*y))).unzip())
}

fn to_wgs84(mut from: SpatialRef) -> Result<CoordTransform> {
    let mut to = SpatialRef::from_epsg(4326)?;
    from.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    to.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    CoordTransform::new(&from, &to).context("there is no way from this reference system to WGS 84")
}
