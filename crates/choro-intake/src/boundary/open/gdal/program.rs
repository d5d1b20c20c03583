//! Finds the program `choro-gdal`.

use super::process::bare;
use crate::boundary::error::BoundaryError;
use std::{env, path::PathBuf, process::Command};

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

/// The program without arguments. `database` says whether it is to read a table.
pub fn command(place: &str, database: bool) -> Result<Command, BoundaryError> {
    let program = find().ok_or_else(|| BoundaryError::NoGdal { path: place.to_owned() })?;
    let mut command = Command::new(program);
    bare(&mut command, database);
    Ok(command)
}
