//! Which part of an archive is what (ECMA-376, part 2, 9.3). XLSX and XLSB share it.

use super::super::{error::TableError, package::Package, xml::name};
use quick_xml::events::Event;

/// What a relation leads to. The two editions of the format have other addresses for the same kind, which end alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// By which the part that has the relation refers to it.
    pub id: String,
    /// The last piece of its kind: `worksheet`, `styles`.
    pub kind: String,
    /// The part that it leads to, from the root of the archive.
    pub part: String,
}

/// The relations of a part; those of the whole archive for an empty name. None where the archive lists none.
pub fn of(package: &mut Package, part: &str) -> Result<Vec<Relation>, TableError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = format!("{folder}/_rels/{file}.rels");
    let mut relations = Vec::new();
    let Some(mut xml) = package.xml(list.trim_start_matches('/'))? else { return Ok(relations) };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) if name(&tag) == "Relationship" => {
                let text = |name: &str| xml.attribute(&tag, name).map(Option::unwrap_or_default);
                let (id, kind, target) = (text("Id")?.into_owned(), text("Type")?, text("Target")?);
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { id, kind, part: resolved(folder, &target) });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// The part that holds the workbook.
pub fn workbook_part(package: &mut Package, usual: &str) -> Result<String, TableError> {
    let relations = of(package, "")?;
    let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
    Ok(main.map_or_else(|| usual.to_owned(), |relation| relation.part))
}

/// A target from a folder on, or from the root where it begins with `/`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let whole = if target.starts_with('/') { target } else { format!("{folder}/{target}") };
    let mut pieces: Vec<&str> = Vec::new();
    for piece in whole.split('/') {
        match piece {
            "" | "." => {}
            ".." => _ = pieces.pop(),
            piece => pieces.push(piece),
        }
    }
    pieces.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_the_folder_or_the_root() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/styles.xml", "xl/styles.xml"),
            ("xl", "../a.xml", "a.xml"),
            ("", "xl\\workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../a.xml", "a.xml"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
