//! The arguments. `--help` is meant to be enough to work from.

use choro_config::ListenAddr;
use choro_intake::{
    boundary::{CodeFrom, FieldEquals, FieldOrColumn},
    statistics::DoubtKind,
};
use choro_model::{CrosswalkSpec, Lang, PublicKey, ReleaseId, SetId, VintageId};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Joins regional boundaries with indicators and serves them as vector tiles, GeoJSON and tables.
#[derive(Debug, Parser)]
#[command(
    name = "choro",
    version,
    max_term_width = 110,
    after_help = "Exit codes: 0 done; 1 an error, nothing was changed; 2 wrong arguments; 3 the report lists problems and nothing was imported; 4 no row of a table found an area; 5 grave doubts about a table are open (--accept)."
)]
pub struct Arguments {
    /// The settings file of the workspace [default: choro.toml in this folder, if it is there].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// What to log: a level (error, warn, info, debug), or a level for each module.
    #[arg(long, global = true, value_name = "LEVEL")]
    pub log: Option<String>,
    /// The program says this to itself: see `confined`.
    #[arg(long, hide = true)]
    pub confined: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "parsed once at the start")]
pub enum Command {
    /// Makes a workspace: choro.toml, indicators.toml, a database, a folder for releases, a key that signs them.
    Init {
        /// Where; made if it does not exist.
        dir: PathBuf,
        /// An empty PostgreSQL database instead of an SQLite file. The password belongs into PGPASSWORD or ~/.pgpass.
        #[arg(long, value_name = "postgres://USER@HOST/DATABASE")]
        database: Option<String>,
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
    /// Lists the releases, goes back to one, or takes one out of service for ever.
    Releases {
        #[command(subcommand)]
        what: Releases,
    },
    /// Shows, makes or replaces the key that signs the releases of the workspace.
    Keys {
        #[command(subcommand)]
        what: Keys,
    },
    /// Serves the current release; switches to the next one when it is published.
    Serve(Serve),
    /// Serves the built-in boundaries with synthetic values: a map to look at, without any set-up.
    Demo {
        /// Where to listen, :PORT for every address of the machine [default: 127.0.0.1:8080].
        #[arg(long, value_name = "ADDR:PORT")]
        addr: Option<ListenAddr>,
        /// Keeps the demo's workspace in this folder, which must not hold one [default: a temporary folder].
        #[arg(long)]
        dir: Option<PathBuf>,
    },
    /// Copies the workspace, verified and as of one moment, to a new folder: settings, indicators, database, kept releases.
    Backup {
        /// The folder to make; on another disk. It holds unpublished values: guard it as the workspace.
        dir: PathBuf,
        /// Copies the secret key too, which is left out otherwise: whoever has the backup can then sign releases.
        #[arg(long)]
        with_key: bool,
        /// Prints a JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Puts a backup back as a workspace, where there is none. Everything is verified before anything is written.
    Restore {
        /// The folder that choro backup made.
        backup: PathBuf,
        /// The workspace's folder; made if it does not exist.
        dir: PathBuf,
    },
    /// Checks settings, indicators, database, every byte of every release, room on the disk; says how to mend what is wrong.
    /// Changes nothing; exit code 1 where there is an error.
    Check {
        /// Checks only the release bundle in this folder.
        #[arg(long, value_name = "DIR")]
        bundle: Option<PathBuf>,
        /// Prints a JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Takes a boundary file: GeoJSON and TopoJSON natively, all that GDAL reads through choro-gdal.
    Boundaries(Boundaries),
    /// Takes a statistics file (CSV, TSV, XLSX, XLSB, XLS, ODS, a web page) by a mapping, and prints the join report. Without a mapping it proposes
    /// one.
    Observations(Observations),
    /// Takes a table between two vintages of a boundary set (CSV with the columns from, to, weight, back, kind), by which figures
    /// on the borders of one are restated on those of the other.
    Correspondence(Correspondence),
}

impl Import {
    /// What is imported, in one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Boundaries(_) => "boundaries",
            Self::Observations(_) => "observations",
            Self::Correspondence(_) => "correspondence",
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Prints the public key, to be pinned by choro serve --trust KEY.
    Show,
    /// Makes a key where there is none.
    New,
    /// Makes the next key; the old one signs that it follows, so that servers which trust the old one trust it.
    Rotate,
}

#[derive(Debug, Subcommand)]
pub enum Releases {
    /// Lists the releases, the oldest first: when each was made, its size, what it holds, which is current (*).
    List {
        /// Prints a JSON array instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Makes a kept release the current one again, after verifying every byte of it.
    Rollback {
        /// The release to go back to.
        release: ReleaseId,
        /// Prints a JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
    /// Takes a release out of service for ever and removes its files: requests that name it get 410.
    Withdraw {
        /// The release to withdraw.
        release: ReleaseId,
        /// The release to go back to, where the withdrawn one is current.
        #[arg(long, value_name = "ID")]
        replacement: Option<ReleaseId>,
        /// Why; kept in the history of the releases folder.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
        /// Prints a JSON object instead of text.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Args)]
pub struct Boundaries {
    /// The boundary file, a ZIP or gzip archive of one, or a PostGIS table
    /// (postgres://USER@HOST/DATABASE?table=SCHEMA.TABLE; the password there or in PGPASSWORD).
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
    pub names: Vec<(Option<Lang>, FieldOrColumn)>,
    /// A table from the code fields to codes.
    #[arg(long, value_name = "CSV:FROM[+FROM]=TO", value_parser = crosswalk)]
    pub crosswalk: Option<CrosswalkSpec>,
    /// The field that holds the code of the area that contains it.
    #[arg(long, value_name = "FIELD")]
    pub parent: Option<FieldOrColumn>,
    /// The coordinate reference system, where the file names none: EPSG:3035, or a PROJ string.
    #[arg(long)]
    pub crs: Option<String>,
    /// The encoding of a shapefile's texts, where its files name none or a wrong one, e.g. CP1251 or CP866.
    #[arg(long)]
    pub encoding: Option<String>,
    /// The layer, TopoJSON object, or file of an archive (FILE or FILE:LAYER), where there are several.
    #[arg(long)]
    pub layer: Option<String>,
    /// Only the areas of which the field holds that text; may be given several times: any value of one field, all of several fields.
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    pub filter: Vec<FieldEquals>,
    /// Areas of one code are parts of one area, instead of an error.
    #[arg(long)]
    pub unite: bool,
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
    /// The vintage on whose borders the figures are [default: the newest].
    #[arg(long)]
    pub vintage: Option<VintageId>,
    /// The mapping file: where areas, periods, dimensions and values stand (docs/mappings.md).
    #[arg(long, value_name = "TOML")]
    pub mapping: Option<PathBuf>,
    /// The sheet of a workbook, by its name; outweighs the mapping's.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// A table from labels to area codes; outweighs the mapping's. The corrected CSV of a join report is one:
    /// FILE:label=code.
    #[arg(long, value_name = "CSV:FROM[+FROM]=TO", value_parser = crosswalk)]
    pub crosswalk: Option<CrosswalkSpec>,
    /// Goes on without the rows that the report lists as rejected, unmatched or contradicting.
    #[arg(long)]
    pub skip_rejects: bool,
    /// Goes on in spite of grave doubts that the report lists, by their names, e.g. no-line-end (docs/data.md has all).
    #[arg(long, value_name = "NAME[,NAME..]", value_delimiter = ',')]
    pub accept: Vec<DoubtKind>,
    /// Writes all labels with codes and candidates to a CSV, to correct and hand back as --crosswalk FILE:label=code.
    #[arg(long, value_name = "CSV")]
    pub corrections: Option<PathBuf>,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct Correspondence {
    /// The table: the codes of the older vintage (from) and the newer (to), the part of `from` that is in `to` (weight), the part
    /// of `to` that comes from `from` (back), and what happened (kind); the last three where they are known.
    pub file: PathBuf,
    /// The boundary set.
    #[arg(long)]
    pub set: SetId,
    /// The older vintage.
    #[arg(long, value_name = "VINTAGE")]
    pub from: VintageId,
    /// The newer vintage.
    #[arg(long, value_name = "VINTAGE")]
    pub to: VintageId,
    #[command(flatten)]
    pub report: Report,
}

#[derive(Debug, Args)]
pub struct Report {
    /// Reports without importing. An import of observations ends with the exit code that it would end with otherwise.
    #[arg(long)]
    pub dry_run: bool,
    /// Prints the report as JSON instead of text.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen, :PORT for every address of the machine [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR:PORT")]
    pub addr: Option<ListenAddr>,
    /// A release bundle's folder, or object storage that releases were published to: s3://BUCKET/PREFIX [default: the
    /// workspace's releases, current one first].
    #[arg(long, value_name = "DIR|URL")]
    pub bundle: Option<String>,
    /// What stands before the paths in absolute URLs, e.g. https://maps.example.org.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// Serves only releases that are signed by this key (choro keys show), or by one that it leads to; may be given several times.
    #[arg(long, value_name = "KEY")]
    pub trust: Vec<PublicKey>,
}

fn name_field(text: &str) -> Result<(Option<Lang>, FieldOrColumn), String> {
    let field = |text: &str| text.parse::<FieldOrColumn>().map_err(|e| e.to_string());
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
