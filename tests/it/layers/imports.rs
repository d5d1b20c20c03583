//! What a file of Rust names of the crates of this workspace.

use super::sources::Source;
use std::collections::BTreeSet;

/// The modules and items that a file names, as `choro-tiles::skeleton::clip::Clip`: after `crate::`, after the name of a crate, and
/// after as many `super::` as lead to the root of its crate or beyond a module of it.
pub fn of(source: &Source) -> BTreeSet<String> {
    let code = source.code();
    let own = source.module.split("::").next().unwrap();
    let mut found: BTreeSet<String> = paths_after(&code, "crate::").iter().map(|path| format!("{own}::{path}")).collect();
    for at in code.match_indices("choro_").map(|(at, _)| at).filter(|at| is_whole(&code, *at)) {
        let name: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let rest = &code[at + name.len()..];
        if let Some(rest) = rest.strip_prefix("::") {
            found.extend(tree(rest).iter().map(|path| format!("{}::{path}", name.replace('_', "-"))));
        }
    }
    found.extend(upwards(source, &code));
    found
}

/// Whether the code names a crate: `hyper::..`, `use hyper;`.
pub fn names(code: &str, name: &str) -> bool {
    !paths_after(code, &format!("{name}::")).is_empty() || code.contains(&format!("use {name};"))
}

/// Names that a file passes on from files below it (`pub use open::Bundle;`), each with the path that it leads to.
pub fn passed_on(source: &Source) -> Vec<(String, String)> {
    let code = source.code();
    let starts = code.match_indices("use ").map(|(at, _)| at).filter(|at| is_whole(&code, *at));
    let public = starts.filter(|at| code[..*at].trim_end().ends_with("pub") || code[..*at].trim_end().ends_with(')'));
    let paths = public.flat_map(|at| tree(code[at + "use ".len()..].trim_start()));
    paths
        .map(|path| {
            let path = path.strip_prefix("self::").unwrap_or(&path).to_owned();
            let own = source.module.split("::").next().unwrap();
            let target = match path.strip_prefix("crate::") {
                Some(inner) => format!("{own}::{inner}"),
                None => format!("{}::{path}", source.module),
            };
            (path.rsplit("::").next().unwrap().to_owned(), target)
        })
        .collect()
}

/// What stands after `super::super::`. A `mod tests { use super::super::..` stands one module deeper than its file.
fn upwards(source: &Source, code: &str) -> Vec<String> {
    let modules: Vec<_> = source.module.split("::").collect();
    let tests = code.find("mod tests {").unwrap_or(code.len());
    let starts = code.match_indices("super::").map(|(at, _)| at);
    let mut found = vec![];
    for at in starts.filter(|at| is_whole(code, *at) && !code[..*at].ends_with("super::")) {
        let (steps, rest) = strip_all(&code[at..], "super::");
        let depth = modules.len() + usize::from(at > tests);
        if let Some(left) = depth.checked_sub(steps).filter(|left| (1..modules.len()).contains(left)) {
            let base = modules[..left].join("::");
            found.extend(tree(rest).iter().map(|path| format!("{base}::{path}")));
        }
    }
    found
}

/// How often the text begins with `prefix`, and what follows.
fn strip_all<'a>(mut text: &'a str, prefix: &str) -> (usize, &'a str) {
    let mut count = 0;
    while let Some(rest) = text.strip_prefix(prefix) {
        (count, text) = (count + 1, rest);
    }
    (count, text)
}

fn is_whole(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// The paths right after each whole `prefix`.
fn paths_after(text: &str, prefix: &str) -> Vec<String> {
    let places = text.match_indices(prefix).map(|(at, _)| at).filter(|at| is_whole(text, *at));
    places.flat_map(|at| tree(&text[at + prefix.len()..])).collect()
}

/// The paths of `a::{b, c::d}`: `a::b`, `a::c::d`; what follows them is left alone.
fn tree(text: &str) -> Vec<String> {
    if let Some(list) = text.strip_prefix('{') {
        return items(list).iter().flat_map(|item| tree(item.trim())).collect();
    }
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    match text[word.len()..].strip_prefix("::") {
        _ if word.is_empty() => vec![],
        Some(rest) if !rest.starts_with('<') => {
            let below = tree(rest);
            let below = below.iter().map(|path| format!("{word}::{path}"));
            if rest.starts_with(['{']) || below.len() > 0 { below.collect() } else { vec![word] }
        }
        _ => vec![word],
    }
}

/// The items of a brace list up to its end.
fn items(list: &str) -> Vec<String> {
    let (mut depth, mut items) = (0_usize, vec![String::new()]);
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            ',' if depth == 0 => {
                items.push(String::new());
                continue;
            }
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        items.last_mut().unwrap().push(c);
    }
    items
}

#[test]
fn every_form_of_an_import_is_seen() {
    for (text, expected) in [
        ("use choro_model::Area;", &["choro-model::Area"] as &[_]),
        (
            "use choro_model::{Area, grid::{Grid, WEB}};",
            &["choro-model::Area", "choro-model::grid::Grid", "choro-model::grid::WEB"],
        ),
        ("let a = crate::join::f(); // crate::http::x", &["choro-x::join::f"]),
        ("use super::super::store::Store;", &["choro-x::store::Store"]),
        ("use super::super::{store, a::b};", &["choro-x::a::b", "choro-x::store"]),
        ("use super::error;", &["choro-x::encode::error"]),
        ("fn f() {}\nmod tests {\n use super::super::error; }", &["choro-x::encode::error"]),
        ("mycrate::x", &[]),
        ("choro_modelled", &[]),
    ] {
        let source = Source { module: "choro-x::encode::mvt".to_owned(), path: "mvt.rs".into(), text: text.to_owned() };
        let named = of(&source);
        assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{text}");
    }
}
