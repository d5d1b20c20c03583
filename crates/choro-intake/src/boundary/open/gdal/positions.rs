//! Positions of any reference system -> longitude and latitude, by PROJ, which `choro-gdal` has.

use super::{
    frames::GdalFrame,
    program,
    run::{next, run, unexpected},
};
use crate::boundary::error::BoundaryError;
use geo::Coord;
use std::io::{BufWriter, Write as _};

/// The positions in longitude and latitude (WGS 84), in their order. One for which there is no way is not finite.
pub fn to_degrees(from: &[Coord<f64>], crs: &str, place: &str) -> Result<Vec<Coord<f64>>, BoundaryError> {
    let mut command = program::command(place, false).map_err(|error| match error {
        BoundaryError::NoGdal { path } => BoundaryError::CrsNeedsGdal { path, crs: crs.to_owned() },
        other => other,
    })?;
    let file = written(from).map_err(|error| BoundaryError::io(place, error))?;
    command.arg("--positions").arg(file.path()).arg("--crs").arg(crs);
    run(command, place, |stream| {
        let mut to = Vec::with_capacity(from.len());
        loop {
            match next(stream, place, 0)? {
                GdalFrame::Positions(block) => to.extend(block),
                GdalFrame::End(count) if count == from.len() as u64 && to.len() == from.len() => return Ok(to),
                frame => return Err(unexpected(place, frame).into()),
            }
        }
    })
}

fn written(positions: &[Coord<f64>]) -> std::io::Result<tempfile::NamedTempFile> {
    let file = tempfile::NamedTempFile::new()?;
    let mut out = BufWriter::with_capacity(1 << 20, file.as_file());
    for position in positions {
        out.write_all(&position.x.to_le_bytes())?;
        out.write_all(&position.y.to_le_bytes())?;
    }
    out.flush()?;
    drop(out);
    Ok(file)
}
