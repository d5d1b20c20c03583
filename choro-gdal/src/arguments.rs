//! The command line: it is written by `choro`, so it is small and strict.

use anyhow::{Context, Result, bail};
use std::{ffi::OsString, path::PathBuf};

/// What to read.
#[derive(Debug, PartialEq, Eq)]
pub struct Arguments {
    /// The boundary file, or the folder of a file geodatabase.
    pub file: PathBuf,
    /// The layer, where there are several.
    pub layer: Option<String>,
    /// The coordinate reference system, where the file names none or a wrong one.
    pub crs: Option<String>,
}

/// Takes `FILE [--layer NAME] [--crs CRS]`.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Arguments> {
    let (mut file, mut layer, mut crs) = (None, None, None);
    let mut arguments = arguments;
    while let Some(argument) = arguments.next() {
        let mut value = |name| text(arguments.next(), name);
        match argument.to_str() {
            Some("--layer") => layer = Some(value("--layer")?),
            Some("--crs") => crs = Some(value("--crs")?),
            _ if file.is_none() => file = Some(PathBuf::from(argument)),
            _ => bail!("unexpected argument {}: expected FILE [--layer NAME] [--crs CRS]", argument.to_string_lossy()),
        }
    }
    Ok(Arguments { file: file.context("no file: expected FILE [--layer NAME] [--crs CRS]")?, layer, crs })
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
        let expected = Arguments { file: "a.gpkg".into(), layer: Some("b c".to_owned()), crs: Some("EPSG:3035".to_owned()) };
        for words in [["a.gpkg", "--layer", "b c", "--crs", "EPSG:3035"], ["--crs", "EPSG:3035", "--layer", "b c", "a.gpkg"]]
        {
            assert_eq!(read(&words).ok().as_ref(), Some(&expected));
        }
        for bad in [&[][..], &["a", "b"], &["a", "--layer"]] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
