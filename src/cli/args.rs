//! The arguments. `--help` is meant to be enough to work from.

use crate::{
    boundary::{CodeFrom, Field},
    model::{CrosswalkSpec, Lang, SetId, VintageId},
};
use clap::{Args, Parser, Subcommand};
use std::{net::SocketAddr, path::PathBuf};

/// Joins regional boundaries with indicators and serves them as vector tiles, GeoJSON and tables.
#[derive(Debug, Parser)]
#[command(
    name = "choro",
    version,
    max_term_width = 110,
    after_help = "Exit codes: 0 done; 1 an error, nothing was changed; 2 wrong arguments; 3 the report lists problems and nothing was imported."
)]
pub struct Arguments {
    /// The settings file of the workspace [default: choro.toml in this folder, if it is there].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to log: a level (error, warn, info, debug), or a level for each module.
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log: Option<String>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "parsed once at the start")]
pub enum Command {
    /// Makes a workspace: choro.toml, indicators.toml, a database, a folder for releases.
    Init {
        /// Where; made if it does not exist.
        dir: PathBuf,
    },
    /// Takes boundaries or observations into the workspace.
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// Writes and verifies the next release, makes it the current one and prints its id.
    Publish {
        /// Prints a JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Serves the current release; switches to the next one when it is published.
    Serve(Serve),
    /// Serves the built-in boundaries with synthetic values: a map to look at, without any set-up.
    Demo {
        /// Where to listen [default: 127.0.0.1:8080].
        #[arg(long, value_name = "ADDR:PORT")]
        addr: Option<SocketAddr>,
        /// Keeps the demo's workspace in this folder, which must not hold one [default: a temporary folder].
        #[arg(long)]
        dir: Option<PathBuf>,
    },
    /// Checks the settings and every byte of the current release, or of a bundle.
    Check {
        /// A release bundle's folder [default: the workspace's current release].
        #[arg(long, value_name = "DIR")]
        bundle: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Takes a boundary file: GeoJSON and TopoJSON natively, all that GDAL reads through choro-gdal.
    Boundaries(Boundaries),
    /// Takes a statistics file (CSV, TSV, XLS, XLSX) by a mapping, and prints the join report. Without a mapping it proposes
    /// one.
    Observations(Observations),
}

#[derive(Debug, Args)]
pub struct Boundaries {
    /// The boundary file.
    pub file: PathBuf,
    /// The boundary set that it becomes, e.g. ru-subjects.
    #[arg(long)]
    pub set: SetId,
    /// The edition of its borders, e.g. 2014. A vintage never changes.
    #[arg(long)]
    pub vintage: VintageId,
    /// The field that holds each area's code; several are joined by +.
    #[arg(long, value_name = "FIELD[+FIELD..]")]
    pub code: CodeFrom,
    /// A field that holds names, with its language; may be given several times. crosswalk:COLUMN takes a column of the
    /// crosswalk.
    #[arg(long = "name", value_name = "[LANG=]FIELD", value_parser = name_field)]
    pub names: Vec<(Option<Lang>, Field)>,
    /// A table from the code fields to codes.
    #[arg(long, value_name = "CSV:FROM[+FROM]=TO", value_parser = crosswalk)]
    pub crosswalk: Option<CrosswalkSpec>,
    /// The field that holds the code of the area that contains it.
    #[arg(long, value_name = "FIELD")]
    pub parent: Option<Field>,
    /// The coordinate reference system, where the file names none: EPSG:3035, or a PROJ string.
    #[arg(long)]
    pub crs: Option<String>,
    /// The layer or TopoJSON object, where there are several.
    #[arg(long)]
    pub layer: Option<String>,
    /// The set's own name, with its language; may be given several times.
    #[arg(long = "title", value_name = "LANG=TEXT", value_parser = title)]
    pub titles: Vec<(Lang, String)>,
    /// Who made the boundaries; shown beside every map.
    #[arg(long, default_value = "")]
    pub source: String,
    /// Under which licence.
    #[arg(long, default_value = "")]
    pub licence: String,
    /// Goes on without the rejected areas.
    #[arg(long)]
    pub skip_rejects: bool,
    /// Replaces the vintage, as long as no release uses it.
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct Observations {
    /// The statistics file.
    pub file: PathBuf,
    /// The boundary set that its areas belong to.
    #[arg(long)]
    pub set: SetId,
    /// The vintage of the set [default: the newest].
    #[arg(long)]
    pub vintage: Option<VintageId>,
    /// The mapping file: where areas, periods, dimensions and values stand (docs/mappings.md).
    #[arg(long, value_name = "TOML")]
    pub mapping: Option<PathBuf>,
    /// A table from labels to area codes; outweighs the mapping's. The corrected CSV of a join report is one:
    /// FILE:label=code.
    #[arg(long, value_name = "CSV:FROM[+FROM]=TO", value_parser = crosswalk)]
    pub crosswalk: Option<CrosswalkSpec>,
    /// Goes on without the rows that the report lists as rejected, unmatched or contradicting.
    #[arg(long)]
    pub skip_rejects: bool,
    /// Writes all labels with codes and candidates to a CSV, to correct and hand back as --crosswalk FILE:label=code.
    #[arg(long, value_name = "CSV")]
    pub corrections: Option<PathBuf>,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct Report {
    /// Reports without importing.
    #[arg(long)]
    pub dry_run: bool,
    /// Prints the report as JSON instead of text.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR:PORT")]
    pub addr: Option<SocketAddr>,
    /// A release bundle's folder [default: the workspace's releases, current one first].
    #[arg(long, value_name = "DIR")]
    pub bundle: Option<PathBuf>,
    /// What stands before the paths in absolute URLs, e.g. https://maps.example.org.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
}

fn name_field(text: &str) -> Result<(Option<Lang>, Field), String> {
    let field = |text: &str| text.parse::<Field>().map_err(|e| e.to_string());
    match text.split_once('=') {
        Some((lang, rest)) => Ok((Some(Lang::new(lang).map_err(|e| e.to_string())?), field(rest)?)),
        None => Ok((None, field(text)?)),
    }
}

fn title(text: &str) -> Result<(Lang, String), String> {
    let (lang, text) = text.split_once('=').ok_or("expected LANG=TEXT, e.g. en=Regions")?;
    Ok((Lang::new(lang).map_err(|e| e.to_string())?, text.trim().to_owned()))
}

fn crosswalk(text: &str) -> Result<CrosswalkSpec, String> {
    CrosswalkSpec::parse(text).map_err(|e| e.to_string())
}
