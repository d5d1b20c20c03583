//! Lists the files of `texts/`, so that a new language is a new file and no line of code.

use std::{env, error::Error, fmt::Write, fs, path::Path};

const FOLDER: &str = "../../texts";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={FOLDER}");
    let folder = fs::canonicalize(FOLDER)?;
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    paths.sort();
    let mut list = String::from("&[");
    for path in paths {
        let tag = path.file_stem().and_then(|stem| stem.to_str()).ok_or("a file of texts has no name in UTF-8")?;
        write!(list, "({tag:?}, include_str!({path:?})),")?;
    }
    list.push(']');
    fs::write(Path::new(&env::var("OUT_DIR")?).join("language_files.rs"), list)?;
    Ok(())
}
