//! The command line: it is written by `choro`, so it is small and strict.

use anyhow::{Context, Result, bail};
use std::{ffi::OsString, path::PathBuf};

/// What was expected.
const USAGE: &str = "expected FILE or --table SCHEMA.TABLE, [--layer NAME] [--encoding NAME] [--field NAME ..], or --positions FILE --crs CRS";

/// Where areas stand.
#[derive(Debug, PartialEq, Eq)]
pub enum Origin {
    /// A boundary file, or the folder of a file geodatabase.
    File(PathBuf),
    /// A table of the PostGIS database that libpq's variables (PGHOST and others) name.
    Table(String),
    /// A file of positions, each two numbers of 64 bits (little-endian).
    Positions(PathBuf),
}

/// What to read.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    /// Where the areas stand.
    pub origin: Origin,
    /// The layer, where there are several.
    pub layer: Option<String>,
    /// The coordinate reference system of positions.
    pub crs: Option<String>,
    /// The encoding of a shapefile's texts.
    pub encoding: Option<String>,
    /// The fields of which the texts are wanted; all, where none is named.
    pub fields: Vec<String>,
}

/// Takes the words of the command line.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments> {
    let (mut origin, mut layer, mut crs, mut encoding, mut fields) = (None, None, None, None, Vec::new());
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = |name| text(arguments.next(), name);
        match argument.to_str() {
            Some("--layer") => layer = Some(value("--layer")?),
            Some("--crs") => crs = Some(value("--crs")?),
            Some("--encoding") => encoding = Some(value("--encoding")?),
            Some("--field") => fields.push(value("--field")?),
            Some("--positions") if origin.is_none() => origin = Some(Origin::Positions(value("--positions")?.into())),
            Some("--table") if origin.is_none() => origin = Some(Origin::Table(value("--table")?)),
            _ if origin.is_none() => origin = Some(Origin::File(PathBuf::from(argument))),
            _ => bail!("unexpected argument {}: {USAGE}", argument.to_string_lossy()),
        }
    }
    Ok(Arguments { origin: origin.with_context(|| format!("no file: {USAGE}"))?, layer, crs, encoding, fields })
}

fn text(value: Option<OsString>, name: &str) -> Result<String> {
    let value = value.with_context(|| format!("{name} needs a value"))?;
    value.into_string().ok().with_context(|| format!("{name} is not valid UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Arguments> {
        parse(words.iter().map(OsString::from))
    }

    #[test]
    fn options_stand_before_or_after_the_file_and_anything_else_is_refused() {
        let expected = Arguments {
            origin: Origin::File("a.gpkg".into()),
            layer: Some("b c".to_owned()),
            crs: Some("EPSG:3035".to_owned()),
            encoding: None,
            fields: Vec::new(),
        };
        for words in [["a.gpkg", "--layer", "b c", "--crs", "EPSG:3035"], ["--crs", "EPSG:3035", "--layer", "b c", "a.gpkg"]]
        {
            assert_eq!(read(&words).ok().as_ref(), Some(&expected));
        }
        let table = read(&["--table", "s.t", "--encoding", "CP866"]).expect("valid");
        assert_eq!((table.origin, table.encoding.as_deref()), (Origin::Table("s.t".to_owned()), Some("CP866")));
        for bad in [&[][..], &["a", "b"], &["a", "--layer"], &["a", "--table", "b"]] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
