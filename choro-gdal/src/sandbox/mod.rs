//! The walls: raised after the arguments are known and before the source is opened, never lowered again.
//!
//! `files` (landlock) leaves the source and what GDAL needs to be read, nothing to be written, and for a table its port; `calls`
//! (seccomp) leaves the system calls that reading takes: no socket, no program, no process, no tracing. The kernel must have both.

mod calls;
mod files;

use crate::input::Input;
use anyhow::{Context, Result, anyhow, bail};
use std::{env, fs, os::fd::RawFd};

/// The variable by which an operator goes without the walls.
pub const VARIABLE: &str = "CHORO_GDAL_SANDBOX";

/// Whether walls are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Both, or nothing is read.
    Walls,
    /// The operator goes without.
    Off,
}

/// What the operator says.
pub fn wanted() -> Result<Wanted> {
    match env::var_os(VARIABLE).as_ref().map(|text| text.to_str()) {
        None | Some(Some("")) => Ok(Wanted::Walls),
        Some(Some("off")) => Ok(Wanted::Off),
        Some(other) => bail!("{VARIABLE} is {other:?}; expected off, or no such variable"),
    }
}

/// Raises the walls; returns what the operator should know about them.
pub fn enter(input: &Input, wanted: Wanted) -> Result<Vec<String>> {
    if wanted == Wanted::Off {
        return Ok(vec![format!(
            "{VARIABLE} is off: nothing keeps a hostile file from reading and writing what this user may; leave the variable out"
        )]);
    }
    alone()?;
    raise(input)
}

fn raise(input: &Input) -> Result<Vec<String>> {
    let raised = files::close(input).and_then(|warnings| {
        calls::close(input.database.as_ref())?;
        Ok(warnings)
    });
    raised.map_err(|error| {
        anyhow!(
            "{error}; choro-gdal reads foreign files only within its walls: use a kernel with landlock (Linux 5.13 or later, in the \
             list /sys/kernel/security/lsm) and seccomp, or set {VARIABLE}=off for files that you trust"
        )
    })
}

/// Landlock holds for the thread that asks for it and for those that it starts.
fn alone() -> Result<()> {
    match fs::read_dir("/proc/self/task").context("/proc must be mounted")?.count() {
        1 => Ok(()),
        count => bail!(
            "a library has started {} threads before the walls stood; set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1",
            count - 1
        ),
    }
}

/// Closes what was open when the program was started, but for its input, output and errors.
pub fn close_inherited() -> Result<()> {
    let entries = fs::read_dir("/proc/self/fd").context("/proc must be mounted")?;
    let open: Vec<RawFd> = entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
    for number in open.into_iter().filter(|number| *number > 2) {
        // The folder's own is closed by now.
        let _ = nix::unistd::close(number);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
