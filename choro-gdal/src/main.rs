//! Reads boundary files through GDAL and streams their features to `choro`.
//!
//! ```text
//! choro-gdal FILE [--layer NAME] [--encoding NAME] [--field NAME ..]
//! choro-gdal --table SCHEMA.TABLE [--field NAME ..]     in the PostGIS database of PGHOST, PGDATABASE, ..
//! choro-gdal --positions FILE --crs CRS                 brings positions to longitude and latitude, as PROJ does
//! ```
//!
//! It is a program of its own, because a linked libgdal would bring over a hundred libraries into every start of `choro`
//! and a second SQLite into its process. A boundary file is foreign, and GDAL is large: before the file is opened, the program
//! walls itself in (`sandbox`) with the file and what belongs to it (`input`), at a price that its size sets (`limits`).
//!
//! It answers on standard output, a pipe, in frames (`frame`), and in nothing else: its limits, one header, one frame for each
//! feature as it stands in the source, and an end or an error. The exit code is 0 after an end and 1 after an error.

mod arcs;
mod arguments;
mod fields;
mod frame;
mod input;
mod layer;
mod leading_zeros;
mod limits;
mod positions;
mod said;
mod sandbox;
mod sqlite;

use anyhow::Result;
use arguments::Origin;
use std::{
    io::{BufWriter, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let done = read(&mut out);
    let said = match &done {
        Ok(features) => frame::end(&mut out, *features),
        Err(error) => frame::error(&mut out, &format!("{error:#}")),
    };
    // Where standard output is closed, nobody is left to tell.
    let heard = said.and_then(|()| out.flush());
    if done.is_ok() && heard.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn read(out: &mut impl Write) -> Result<u64> {
    sandbox::close_inherited()?;
    let arguments = arguments::parse(std::env::args_os().skip(1))?;
    let input = input::look(&arguments.origin)?;
    let limits = limits::Limits::of(input.bytes);
    limits.set()?;
    let warnings = sandbox::enter(&input, sandbox::wanted()?)?;
    frame::limits(out, &limits.told(&warnings))?;
    // A program that a file brings down says nothing any more.
    out.flush()?;
    let done = match &arguments.origin {
        Origin::Positions(path) => positions::stream(path, arguments.crs.as_deref(), out),
        Origin::File(_) | Origin::Table(_) => layer::stream(&arguments, &input, &limits, out),
    };
    done.map_err(|error| limits.explain(error))
}
