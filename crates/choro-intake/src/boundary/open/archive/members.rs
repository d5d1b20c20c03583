//! The members of an archive: which names are safe, which member is a boundary file, and what belongs to it.

use crate::boundary::error::BoundaryError;
use std::collections::HashSet;

/// Extensions of files that are boundary files by themselves.
const BOUNDARIES: [&str; 11] = ["shp", "geojson", "topojson", "json", "gpkg", "fgb", "kml", "kmz", "gml", "tab", "mif"];
/// Extensions of files that belong to a boundary file of the same stem. Files of other extensions stay behind, since the journal of
/// a database would change it.
const PARTS: [&str; 9] = ["shx", "dbf", "prj", "cpg", "dat", "map", "id", "ind", "mid"];
/// The extension of a file geodatabase, a folder.
const GEODATABASE: &str = "gdb";
/// Longest name, bytes.
const MAX_NAME: usize = 1024;
/// Most folders inside each other.
const MAX_DEPTH: usize = 16;

/// A member that is a file.
#[derive(Debug)]
pub struct Member {
    /// Its place in the archive.
    pub index: usize,
    /// Its path in the archive, with `/`.
    pub path: String,
}

/// Why a member's name cannot be taken.
pub fn fault(path: &str) -> Option<&'static str> {
    let drive = path.chars().nth(1) == Some(':');
    match () {
        () if path.len() > MAX_NAME => Some("has a name of more than 1024 bytes"),
        () if path.chars().any(char::is_control) => Some("has a control character in its name"),
        () if path.contains('\\') => Some("has a backslash in its name"),
        () if path.starts_with('/') || drive => Some("has an absolute path"),
        () if path.split('/').any(|part| part == "..") => Some("leads out of the archive"),
        () if path.split('/').count() > MAX_DEPTH => Some("lies more than 16 folders deep"),
        () => None,
    }
}

/// A path that differs from an earlier one only in the case of its letters. Some file systems would take both for one.
pub fn clash(members: &[Member]) -> Option<&str> {
    let mut seen = HashSet::new();
    members.iter().map(|member| member.path.as_str()).find(|path| !seen.insert(path.to_lowercase()))
}

/// The boundary file that `layer` names, or the only one, and the layer that is left to choose in it.
pub fn choose<'a>(
    members: &'a [Member],
    layer: Option<&str>,
    place: &str,
) -> Result<(&'a str, Option<String>), BoundaryError> {
    let mut seen = HashSet::new();
    let mut candidates: Vec<&str> =
        members.iter().filter_map(|member| candidate(&member.path)).filter(|path| seen.insert(*path)).collect();
    if let Some(named) = layer.and_then(|layer| named(&candidates, layer)) {
        return Ok(named);
    }
    // Most often metadata: a plain .json is looked at where there is nothing else.
    let surely: Vec<&str> = candidates.iter().copied().filter(|path| extension(path).1 != "json").collect();
    if surely.len() == 1 {
        candidates = surely;
    }
    let quoted = |paths: &[&str]| paths.iter().take(40).map(|path| format!("{path:?}")).collect::<Vec<_>>().join(", ");
    let (what, expected) = match candidates.as_slice() {
        [one] => return Ok((*one, layer.map(str::to_owned))),
        [] => {
            let paths: Vec<&str> = members.iter().map(|member| member.path.as_str()).collect();
            let what = format!("there is no boundary file in the archive; it holds {}", quoted(&paths));
            (what, format!("a file of the kinds {} or a folder .gdb", BOUNDARIES.join(", ")))
        }
        many => {
            let what = format!("there are {} boundary files in the archive", many.len());
            (what, format!("one of them, chosen with --layer FILE or --layer FILE:LAYER: {}", quoted(many)))
        }
    };
    Err(BoundaryError::Format { path: place.to_owned(), what, expected })
}

/// The path of the boundary file that a member is, or is part of.
fn candidate(path: &str) -> Option<&str> {
    // Mac archives carry a shadow of every file.
    if path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
        return None;
    }
    let mut end = 0;
    for part in path.split('/') {
        end += part.len();
        if end < path.len() && extension(part).1 == GEODATABASE {
            return path.get(..end);
        }
        end += 1;
    }
    BOUNDARIES.contains(&extension(path).1.as_str()).then_some(path)
}

/// The candidate that `FILE` or `FILE:LAYER` names. FILE is a path, a file name, or a file name without its extension, and must name
/// exactly one.
fn named<'a>(candidates: &[&'a str], layer: &str) -> Option<(&'a str, Option<String>)> {
    let only = |name: &str| {
        let fits = |path: &&&str| **path == name || file_name(path) == name || extension(file_name(path)).0 == name;
        let mut found = candidates.iter().filter(fits);
        found.next().filter(|_| found.next().is_none()).copied()
    };
    let with_layer = || {
        let (file, layer) = layer.split_once(':')?;
        Some((only(file)?, Some(layer.to_owned())))
    };
    only(layer).map(|path| (path, None)).or_else(with_layer)
}

/// The members that a boundary file is made of, each with the name that it gets. The parts of a shapefile get one stem.
pub fn belonging<'a>(members: &'a [Member], chosen: &'a str) -> Vec<(&'a Member, String)> {
    let (stem, own) = extension(chosen);
    let name = |member: &'a Member| {
        if own == GEODATABASE {
            let inner = member.path.strip_prefix(chosen)?.strip_prefix('/')?;
            return Some(format!("{}/{inner}", file_name(chosen)));
        }
        let (other, extension) = extension(&member.path);
        let belongs = other.to_lowercase() == stem.to_lowercase() && PARTS.contains(&extension.as_str());
        match () {
            () if member.path == chosen => Some(file_name(chosen).to_owned()),
            () if belongs => Some(format!("{}.{extension}", file_name(stem))),
            () => None,
        }
    };
    members.iter().filter_map(|member| Some((member, name(member)?))).collect()
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// A path without its extension, and the extension in small letters.
fn extension(path: &str) -> (&str, String) {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains('/') => (stem, extension.to_lowercase()),
        _ => (path, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(paths: &[&str]) -> Vec<Member> {
        paths.iter().enumerate().map(|(index, path)| Member { index, path: (*path).to_owned() }).collect()
    }

    #[test]
    fn names_that_lead_elsewhere_or_hide_are_refused() {
        let deep = "a/".repeat(16) + "b";
        for bad in ["/etc/a.shp", "../a.shp", "a/../../b.shp", "C:/a.shp", "a\\b.shp", "a\0.shp", "a\n.shp", &deep] {
            assert!(fault(bad).is_some(), "{bad:?}");
        }
        for good in ["a.shp", "a/b.shp", "границы/a b.shp", "a..b.shp", &deep[2..], ""] {
            assert_eq!(fault(good), None, "{good:?}");
        }
        assert_eq!(clash(&members(&["a.shp", "A.SHP"])), Some("A.SHP"));
    }

    #[test]
    fn the_only_boundary_file_is_taken_and_of_several_the_one_that_is_named() {
        let one =
            members(&["readme.txt", "__MACOSX/._a.shp", "x/A.shp", "x/a.dbf", "x/A.cpg", "x/a.shp-journal", "y/a.dbf"]);
        assert_eq!(choose(&one, None, "z").unwrap(), ("x/A.shp", None));
        assert_eq!(choose(&one, Some("roads"), "z").unwrap(), ("x/A.shp", Some("roads".to_owned())));
        let names: Vec<String> = belonging(&one, "x/A.shp").into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["A.shp", "A.dbf", "A.cpg"]);
        let two = members(&["a.shp", "a.dbf", "b.gpkg", "c/a.gdb/1.gdbtable", "c/a.gdb/2.gdbtable"]);
        for (layer, expected) in
            [("a.shp", ("a.shp", None)), ("b", ("b.gpkg", None)), ("a.gdb:x", ("c/a.gdb", Some("x".to_owned())))]
        {
            assert_eq!(choose(&two, Some(layer), "z").unwrap(), expected, "{layer}");
        }
        assert_eq!(belonging(&two, "c/a.gdb").len(), 2);
        assert_eq!(belonging(&two, "c/a.gdb")[0].1, "a.gdb/1.gdbtable");
        for (paths, layer) in [(&two, None), (&two, Some("a")), (&members(&["a.txt"]), None)] {
            let message = choose(paths, layer, "z").unwrap_err().to_string();
            assert!(message.contains(&format!("{:?}", paths[0].path)), "{message}");
        }
    }
}
