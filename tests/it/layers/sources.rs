//! The files of all crates, with the module that each is.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of Rust.
#[derive(Clone)]
pub struct Source {
    /// The crate as it is called, then modules: `choro-tiles::skeleton::clip`; of the program itself `choro::cli::args`.
    pub module: String,
    pub path: PathBuf,
    pub text: String,
}

impl Source {
    /// The text without comments. A comment begins at `//` unless a colon precedes it, as in a URL.
    pub fn code(&self) -> String {
        let cut =
            |line: &str| line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':')).map_or(line.len(), |m| m.0);
        self.text.lines().map(|line| &line[..cut(line)]).collect::<Vec<_>>().join("\n")
    }

    /// What is compiled into the program.
    pub fn shipped(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests {").next().unwrap()
    }

    /// Whether all of the file is tests.
    pub fn is_test(&self) -> bool {
        self.path.file_name().is_some_and(|n| n == "tests.rs") || self.path.components().any(|c| c.as_os_str() == "tests")
    }
}

/// Every file of `src` and of `crates/*/src`.
pub fn sources() -> Vec<Source> {
    let crates = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path()).map(|path| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        (name, path.join("src"))
    });
    let all = crates.chain([("choro".to_owned(), root().join("src"))]);
    let mut found: Vec<_> = all.flat_map(|(name, folder)| files(&name, &folder)).collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn files(crate_name: &str, top: &Path) -> Vec<Source> {
    let (mut found, mut folders) = (vec![], vec![top.to_owned()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let module = module(crate_name, path.strip_prefix(top).unwrap());
                found.push(Source { module, text: fs::read_to_string(&path).unwrap(), path });
            }
        }
    }
    found
}

/// `skeleton/mod.rs` is `skeleton`, `skeleton/clip.rs` is `skeleton::clip`, and `lib.rs` the crate itself.
fn module(crate_name: &str, inside: &Path) -> String {
    let parts = inside.with_extension("");
    let parts =
        parts.components().map(|part| part.as_os_str().to_str().unwrap()).filter(|part| !matches!(*part, "mod" | "lib"));
    [crate_name].into_iter().chain(parts).collect::<Vec<_>>().join("::")
}
