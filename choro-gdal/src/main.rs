//! Reads boundary files through GDAL and streams their features to `choro`.
//!
//! ```text
//! choro-gdal FILE [--layer NAME] [--crs CRS] [--encoding NAME]
//! choro-gdal --table SCHEMA.TABLE [--layer NAME] [--crs CRS]     in the PostGIS database of PGHOST, PGDATABASE, ..
//! ```
//!
//! It is a program of its own, because a linked libgdal would bring over a hundred libraries into every start of `choro`
//! and a second SQLite into its process. It answers on standard output in frames (`frame`), and in nothing else:
//! one header, one frame for each feature in longitude and latitude (WGS 84), and an end or an error. The exit code is 0
//! after an end and 1 after an error.

mod arcs;
mod arguments;
mod frame;
mod layer;
mod limits;
mod virtual_tables;

use anyhow::Context as _;
use std::{
    io::{BufWriter, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 20, std::io::stdout().lock());
    let limited = limits::set().context("its limits of memory and time cannot be set");
    let arguments = limited.and_then(|()| arguments::parse(std::env::args_os().skip(1)));
    let done = arguments.and_then(|arguments| layer::stream(&arguments, &mut out));
    let said = match &done {
        Ok(features) => frame::end(&mut out, *features),
        Err(error) => frame::error(&mut out, &format!("{error:#}")),
    };
    // Where standard output is closed, nobody is left to tell.
    let heard = said.and_then(|()| out.flush());
    if done.is_ok() && heard.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
