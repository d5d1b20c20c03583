//! The code against the table of ranks in ARCHITECTURE.md: imports run only downwards, and each door has one user.

mod circles;
mod imports;
mod sources;

use sources::{Source, root, sources};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// `4` or, between 4 and 5, `4.1`: rooms of one crate that have an order.
type Rank = (u8, u8);

/// A row of the table: a crate (`choro-store`), or a room in one (`choro-tiles::skeleton`).
struct Row {
    rank: Rank,
    room: String,
    sole_user_of: Vec<String>,
}

fn table() -> Vec<Row> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let rows: Vec<_> = page.lines().filter_map(row).collect();
    assert!(rows.len() > 10, "the table of ranks in ARCHITECTURE.md has changed its form");
    rows
}

/// `| 2 | `choro-intake::join` | ... | strsim |`. Of the last column only plain names of crates count: `choro-gdal` is a program, and
/// "geozero readers" leaves its writers to others.
fn row(line: &str) -> Option<Row> {
    let cells: Vec<_> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
    let [rank, room, _, sole] = cells.as_slice() else { return None };
    let crates = sole.split(',').map(str::trim).filter(|c| !c.is_empty() && !c.contains([' ', '`']));
    Some(Row {
        rank: self::rank(rank)?,
        room: room.trim_matches('`').to_owned(),
        sole_user_of: crates.map(|c| c.replace('-', "_")).collect(),
    })
}

fn rank(text: &str) -> Option<Rank> {
    let (whole, between) = text.split_once('.').unwrap_or((text, "0"));
    Some((whole.parse().ok()?, between.parse().ok()?))
}

/// The innermost room of the table that a path (`choro-tiles::skeleton::clip`) lies in.
fn room_of<'a, T>(rooms: &'a BTreeMap<String, T>, path: &str) -> Option<(&'a str, &'a T)> {
    let mut inner = path;
    loop {
        if let Some((room, value)) = rooms.get_key_value(inner) {
            return Some((room, value));
        }
        inner = inner.rsplit_once("::")?.0;
    }
}

fn ranks() -> BTreeMap<String, Rank> {
    table().into_iter().map(|row| (row.room, row.rank)).collect()
}

#[test]
fn imports_run_only_downwards() {
    let ranks = ranks();
    let mut wrong = vec![];
    for source in sources() {
        let Some((own, rank)) = room_of(&ranks, &source.module) else { continue };
        for named in imports::of(&source) {
            let Some((room, other)) = room_of(&ranks, &named) else { continue };
            if room != own && other >= rank {
                let file = source.path.display();
                wrong.push(format!("{file}: {own} (rank {rank:?}) names {named} of {room} (rank {other:?})"));
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
            users.entry(name).or_default().insert(row.room.clone());
        }
    }
    let inside = |source: &Source, room: &String| format!("{}::", source.module).starts_with(&format!("{room}::"));
    let mut wrong = vec![];
    for source in sources() {
        for (name, of) in users.iter().filter(|(_, of)| !of.iter().any(|room| inside(&source, room))) {
            if imports::names(&source.code(), name) {
                wrong.push(format!("{}: {name} belongs to {of:?}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "ARCHITECTURE.md names sole users:\n{}", wrong.join("\n"));
}

#[test]
fn the_table_has_a_row_for_each_crate_and_each_module_of_the_program() {
    let ranks = ranks();
    let missing: Vec<_> = sources()
        .into_iter()
        .filter(|source| source.module.contains("::") && source.module != "choro::main")
        .filter(|source| room_of(&ranks, &source.module).is_none())
        .map(|source| source.module)
        .collect();
    assert_eq!(missing, [""; 0], "give each a row in ARCHITECTURE.md");
    let modules: BTreeSet<_> = sources().into_iter().map(|source| source.module).collect();
    let gone: Vec<_> = ranks.into_keys().filter(|room| !modules.contains(room)).collect();
    assert_eq!(gone, [""; 0], "these rows of ARCHITECTURE.md have no code");
}

#[test]
fn files_name_no_registry_host_and_no_place_of_one_machine() {
    // Written in parts, so that this file does not contain them.
    let hosts =
        [["registry.", "npmjs"], ["crates", ".io/api"], ["index.", "crates.io"], ["deb.", "debian.org"], ["/home", "/"]];
    let mut files: Vec<_> = sources().into_iter().map(|source| (source.path, source.text)).collect();
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
    let edges = ["choro::main", "choro::cli", "choro-intake::boundary"];
    for source in sources() {
        let reads = ["env::var(", "env::var_os(", "env::vars("].iter().any(|call| source.shipped().contains(call));
        let edge = edges.iter().any(|edge| source.module.starts_with(edge));
        assert!(!reads || source.is_test() || edge, "{}: settings come from config", source.path.display());
    }
}

#[test]
fn whatever_the_page_sends_a_newcomer_to_is_there() {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let part = page.split("## Where to look").nth(1).unwrap().split("\n## ").next().unwrap();
    let named = part.split('`').skip(1).step_by(2);
    let paths: Vec<_> = named.filter(|name| name.starts_with("crates/") || name.ends_with('/')).collect();
    assert!(paths.len() > 15, "the table has changed its form");
    let gone: Vec<_> = paths.into_iter().filter(|path| !root().join(path).exists()).collect();
    assert_eq!(gone, [""; 0], "these are not there any more");
}
