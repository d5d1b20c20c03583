//! Files of one crate whose imports form a circle: none can be understood before the others.

use super::{
    imports,
    sources::{Source, sources},
};
use std::collections::{BTreeMap, BTreeSet};

/// What each file imports of other files of its crate. A file and the folder above it are one: the folder declares the file.
fn graph(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeMap<&str, &Source> = sources.iter().map(|source| (source.module.as_str(), source)).collect();
    let shipped = sources.iter().filter(|source| !source.is_test());
    let edges = shipped.map(|source| {
        let own = source.module.as_str();
        let named = imports::of(&Source { text: source.shipped().to_owned(), ..source.clone() });
        let files = named.iter().filter_map(|path| file_of(&modules, path));
        let others = files.filter(|file| !is_above(file, own) && !is_above(own, file) && crate_of(file) == crate_of(own));
        (own, others.collect())
    });
    edges.collect()
}

/// The file that a path leads to, through what folders re-export.
fn file_of<'s>(modules: &BTreeMap<&'s str, &'s Source>, path: &str) -> Option<&'s str> {
    let (mut path, mut steps) = (path.to_owned(), 0);
    loop {
        let mut inner = path.as_str();
        while !modules.contains_key(inner) {
            inner = inner.rsplit_once("::")?.0;
        }
        let (file, source) = modules.get_key_value(inner)?;
        let item = path[inner.len()..].trim_start_matches("::").split("::").next().unwrap_or_default();
        let passed_on = imports::passed_on(source).into_iter().find(|(name, _)| !item.is_empty() && name == item);
        match passed_on {
            Some((_, target)) if steps < 8 => path = target,
            _ => return Some(file),
        }
        steps += 1;
    }
}

fn is_above(one: &str, other: &str) -> bool {
    one == other || other.strip_prefix(one).is_some_and(|rest| rest.starts_with("::"))
}

fn crate_of(module: &str) -> &str {
    module.split("::").next().unwrap()
}

/// What is left when files are taken away again and again that import nothing left, or that nothing left imports.
fn circles<'a>(mut graph: BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeMap<&'a str, BTreeSet<&'a str>> {
    loop {
        let left: BTreeSet<&str> = graph.keys().copied().collect();
        let imported: BTreeSet<&str> = graph.values().flatten().copied().collect();
        graph.values_mut().for_each(|imports| imports.retain(|import| left.contains(import)));
        let before = graph.len();
        graph.retain(|file, imports| !imports.is_empty() && imported.contains(file));
        if graph.len() == before {
            return graph;
        }
    }
}

#[test]
fn imports_of_files_form_no_circle() {
    let sources = sources();
    let found = circles(graph(&sources));
    let lines: Vec<_> = found.iter().map(|(file, imports)| format!("{file} -> {imports:?}")).collect();
    assert!(lines.is_empty(), "these files import each other in a circle:\n{}", lines.join("\n"));
}

#[test]
fn a_circle_is_found_and_what_hangs_on_it_is_not() {
    let of = |text: &str, module: &str| Source { module: module.to_owned(), path: "x.rs".into(), text: text.to_owned() };
    let sources = [
        of("pub use deep::Thing;", "choro-x::a"),
        of("use crate::b::other;", "choro-x::a::deep"),
        of("use crate::a::Thing;", "choro-x::b"),
        of("use crate::b;", "choro-x::c"),
        of("", "choro-x::d"),
    ];
    let found = circles(graph(&sources));
    assert_eq!(found.keys().copied().collect::<Vec<_>>(), ["choro-x::a::deep", "choro-x::b"]);
}
