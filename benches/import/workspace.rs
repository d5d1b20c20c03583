//! A workspace with 2,000 square areas, and tables for it.

use super::{memory, squares};
use anyhow::{Context as _, ensure};
use std::{
    fs::{self, File},
    io::{BufWriter, Write as _},
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};
use tempfile::TempDir;

/// Areas of a row, and of a column.
const SIDES: [usize; 2] = [50, 40];
const SEXES: [&str; 3] = ["_T", "F", "M"];
const AGES: [&str; 7] = ["_T", "Y0T14", "Y15T24", "Y25T34", "Y35T44", "Y45T64", "Y_GE65"];

const INDICATORS: &str = r#"
[[indicator]]
id = "arrivals"
name = { en = "Arrivals" }
unit = { id = "PS", name = { en = "persons" } }
kind = "count"
decimals = 0
persons = true
declared_public = true
dimensions = [{ id = "sex", code_list = "sex", total = "_T" }, { id = "age", code_list = "age", total = "_T" }]
source = "invented"
licence = "CC0-1.0"
"#;

const MAPPING: &str = "
area = { column = 'area' }
indicator = { value = 'arrivals' }
period = { column = 'month' }
value = { column = 'persons' }
dimensions = { sex = { column = 'sex' }, age = { column = 'age' } }
";

/// What a command took.
pub struct Cost {
    pub seconds: f64,
    /// The most memory, MB (10^6).
    pub memory: f64,
}

pub struct Workspace {
    dir: TempDir,
    database: Option<String>,
}

impl Workspace {
    /// On the database of a URL, or on SQLite.
    pub fn new(database: Option<String>) -> anyhow::Result<Self> {
        let workspace = Self { dir: tempfile::tempdir()?, database };
        workspace.run(&["init", "."])?;
        fs::write(workspace.path("indicators.toml"), INDICATORS)?;
        for (list, codes) in [("sex", &SEXES[..]), ("age", &AGES)] {
            let rows: String = codes.iter().map(|code| format!("{code},{code}\n")).collect();
            fs::write(workspace.path(&format!("code_lists/{list}.csv")), format!("code,name_en\n{rows}"))?;
        }
        fs::write(workspace.path("mapping.toml"), MAPPING)?;
        fs::write(workspace.path("areas.geojson"), squares::geojson(SIDES[0], SIDES[1], 0.5))?;
        workspace.run(&["import", "boundaries", "areas.geojson", "--set", "areas", "--vintage", "1", "--code", "code"])?;
        Ok(workspace)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a table of `rows` rows, one in twenty without a value; every `changed`th has another value than usual. Its size
    /// in bytes.
    pub fn table(&self, rows: usize, changed: Option<usize>) -> anyhow::Result<u64> {
        let path = self.path("table.csv");
        let mut out = BufWriter::new(File::create(&path)?);
        writeln!(out, "area,month,sex,age,persons")?;
        for row in 0..rows {
            let (age, rest) = (row % AGES.len(), row / AGES.len());
            let (sex, rest) = (rest % SEXES.len(), rest / SEXES.len());
            let (area, month) = (rest % (SIDES[0] * SIDES[1]), rest / (SIDES[0] * SIDES[1]));
            let (year, month) = (1900 + month / 12, month % 12 + 1);
            write!(out, "A{area:05},{year}-{month:02},{},{},", SEXES[sex], AGES[age])?;
            match row % 20 {
                _ if changed.is_some_and(|n| row.is_multiple_of(n)) => writeln!(out, "20000")?,
                7 => writeln!(out)?,
                _ => writeln!(out, "{}", row % 10_007)?,
            }
        }
        out.flush()?;
        Ok(fs::metadata(path)?.len())
    }

    /// Imports the table.
    pub fn import(&self) -> anyhow::Result<Cost> {
        self.run(&["import", "observations", "table.csv", "--set", "areas", "--mapping", "mapping.toml"])
    }

    /// Runs the program, and looks at its memory until it ends.
    pub fn run(&self, arguments: &[&str]) -> anyhow::Result<Cost> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_choro"));
        command.args(arguments).current_dir(self.dir.path()).stdin(Stdio::null()).stdout(Stdio::null());
        command.envs(self.database.iter().map(|url| ("CHORO_DATABASE", url)));
        let start = Instant::now();
        let mut child = command.spawn().context("choro")?;
        let (status, most) = memory::most_until_end(&mut child)?;
        ensure!(status.success(), "choro {}: {status}", arguments.join(" "));
        Ok(Cost { seconds: start.elapsed().as_secs_f64(), memory: most / 1e6 })
    }
}
