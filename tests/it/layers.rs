//! The code against the table of ranks in ARCHITECTURE.md: imports run only downwards, and each door has one user.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A row of the table.
struct Row {
    rank: u8,
    module: String,
    sole_user_of: Vec<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn table() -> Vec<Row> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert!(rows.len() > 10, "the table of ranks in ARCHITECTURE.md has changed its form");
    rows
}

/// `| 2 | `join` | ... | strsim |`. Of the last column only plain names of crates count: `choro-gdal` is a program, and
/// "geozero readers" leaves its writers to others.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<_> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let [rank, module, _, sole] = cells.as_slice() else { return None };
    let crates = sole.split(',').map(str::trim).filter(|c| !c.is_empty() && !c.contains([' ', '`']));
    Some(Row {
        rank: rank.parse().ok()?,
        module: module.trim_matches('`').to_owned(),
        sole_user_of: crates.map(|c| c.replace('-', "_")).collect(),
    })
}

/// Every file of `src`, with the module that it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut found = vec![];
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let first = path.strip_prefix(root().join("src")).unwrap().components().next().unwrap();
                let module = first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
                found.push((module, path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

/// The line without its comment. Cuts at `//` unless it follows a colon, as in a URL.
fn code(line: &str) -> &str {
    let cut = line.match_indices("//").find(|(at, _)| !line[..*at].ends_with(':')).map_or(line.len(), |(at, _)| at);
    &line[..cut]
}

/// The words right after each whole `prefix`, with those of a following `{a, b::c}`.
fn words_after(text: &str, prefix: &str) -> Vec<String> {
    let word = |s: &str| s.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let whole = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let after = |(at, _): (usize, &str)| match text[at + prefix.len()..].strip_prefix('{') {
        None => vec![word(&text[at + prefix.len()..])],
        Some(list) => top_level(list).iter().map(|item| word(item.trim())).collect(),
    };
    text.match_indices(prefix).filter(|(at, _)| whole(*at)).flat_map(after).filter(|w| !w.is_empty()).collect()
}

/// The items of a brace list, without what stands in inner braces.
fn top_level(list: &str) -> Vec<String> {
    let (mut depth, mut items) = (0_usize, vec![String::new()]);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(String::new()),
            _ if depth == 0 => items.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    items
}

/// The modules that a file names: after `crate::`, and after as many `super::` as lead out of its own module.
fn named_modules(path: &Path, text: &str) -> BTreeSet<String> {
    let code = text.lines().map(code).collect::<Vec<_>>().join("\n");
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let is_mod = path.file_name().is_some_and(|n| n == "mod.rs");
    let depth = inside.components().count() - usize::from(is_mod);
    // A `mod tests { use super::...` is one deeper than its file; there the shorter path stays inside the module.
    let out = "super::".repeat(depth);
    let nested = "super::".repeat(depth + 1);
    let flat = code.replace(&nested, "crate::");
    let in_tests = code.contains("mod tests {");
    let flat = if in_tests { flat } else { flat.replace(&out, "crate::") };
    words_after(&flat, "crate::").into_iter().collect()
}

#[test]
fn imports_run_only_downwards() {
    let ranks: BTreeMap<_, _> = table().into_iter().map(|row| (row.module, row.rank)).collect();
    let mut wrong = vec![];
    for (module, path, text) in sources() {
        let Some(own) = ranks.get(&module) else { continue };
        for named in named_modules(&path, &text).iter().filter(|named| **named != module) {
            if let Some(rank) = ranks.get(named).filter(|rank| *rank >= own) {
                wrong.push(format!("{}: {module} (rank {own}) names {named} (rank {rank})", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md allows only lower ranks:\n{}", wrong.join("\n"));
}

#[test]
fn each_door_has_one_user() {
    let mut users: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in table() {
        for name in row.sole_user_of {
            users.entry(name).or_default().insert(row.module.clone());
        }
    }
    let mut wrong = vec![];
    for (module, path, text) in sources() {
        let code = text.lines().map(code).collect::<Vec<_>>().join("\n");
        for (name, of) in users.iter().filter(|(_, of)| !of.contains(&module)) {
            if !words_after(&code, &format!("{name}::")).is_empty() || code.contains(&format!("use {name};")) {
                wrong.push(format!("{}: {name} belongs to {of:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md names sole users:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_and_the_library_name_the_same_modules() {
    let library = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<_> = library.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let rows = table();
    let rows: BTreeSet<_> = rows.iter().map(|row| row.module.as_str()).collect();
    assert_eq!(modules, rows);
}

#[test]
fn files_name_no_registry_host_and_no_place_of_one_machine() {
    // Written in parts, so that this file does not contain them.
    let hosts =
        [["registry.", "npmjs"], ["crates", ".io/api"], ["index.", "crates.io"], ["deb.", "debian.org"], ["/home", "/"]];
    let mut files: Vec<_> = sources().into_iter().map(|(_, path, text)| (path, text)).collect();
    for folder in [".", "scripts", "migrations", "docs", ".ci", "tests/it", "web"] {
        let Ok(entries) = fs::read_dir(root().join(folder)) else { continue };
        let paths = entries.map(|e| e.unwrap().path()).filter(|p| p.is_file() && !p.ends_with("Cargo.lock"));
        files.extend(paths.filter_map(|p| fs::read_to_string(&p).ok().map(|text| (p, text))));
    }
    let named = |text: &str| hosts.iter().map(|parts| parts.concat()).find(|host| text.contains(host));
    let wrong: Vec<_> =
        files.iter().filter_map(|(path, text)| named(text).map(|h| format!("{}: {h}", path.display()))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_edges_read_the_environment() {
    // `boundary` looks for choro-gdal in CHORO_GDAL and PATH.
    let edges = ["main", "cli", "boundary"];
    for (module, path, text) in sources() {
        let shipped = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let test = path.file_name().is_some_and(|n| n == "tests.rs") || path.components().any(|c| c.as_os_str() == "tests");
        let reads = ["env::var(", "env::var_os(", "env::vars("].iter().any(|call| shipped.contains(call));
        assert!(!reads || test || edges.contains(&module.as_str()), "{}: settings come from config", path.display());
    }
}

#[test]
fn the_reader_of_imports_sees_every_form() {
    for (text, expected) in [
        ("use crate::model::Area;", &["model"] as &[_]),
        ("use crate::{model::{Area, Names}, grid};", &["grid", "model"]),
        ("let a = crate::join::f(); // crate::http::x", &["join"]),
        ("use super::super::store::Store;", &["store"]),
        ("use super::error;", &[]),
        ("mycrate::x", &[]),
    ] {
        let path = root().join("src/encode/mvt.rs");
        let named = named_modules(&path, text);
        assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
    }
}
