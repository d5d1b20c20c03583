//! Which fields of an XML file have texts that begin with a zero and go on with digits: as numbers they lose it.

use anyhow::{Context, Result};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// Longest tag of which the name is kept, bytes.
const MAX_TAG: usize = 512;

/// What came before the next byte.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// The beginning of a tag.
    InTag,
    /// The end of a tag, and perhaps blanks.
    Tag,
    /// A zero after a tag.
    Zero,
    /// A zero after a tag, and digits.
    Digits,
    /// Something else.
    Other,
}

/// The names of the fields in which such texts stand: `<a:code>0123</a:code>`, `<SimpleData name="code">0123</SimpleData>`.
pub fn fields(path: &Path) -> Result<BTreeSet<String>> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).with_context(|| path.display().to_string())?);
    let (mut before, mut tag, mut found) = (Before::Other, Vec::new(), BTreeSet::new());
    loop {
        let block = file.fill_buf()?;
        if block.is_empty() {
            return Ok(found);
        }
        let length = block.len();
        for byte in block {
            if before == Before::Digits && *byte == b'<' {
                found.insert(name(&tag));
            }
            before = match (before, byte) {
                (_, b'<') => {
                    tag.clear();
                    Before::InTag
                }
                (_, b'>') => Before::Tag,
                (Before::InTag, byte) => {
                    if tag.len() < MAX_TAG {
                        tag.push(*byte);
                    }
                    Before::InTag
                }
                (Before::Tag, b'0') => Before::Zero,
                (Before::Zero | Before::Digits, b'0'..=b'9') => Before::Digits,
                (Before::Tag | Before::Digits, blank) if blank.is_ascii_whitespace() => before,
                _ => Before::Other,
            };
        }
        file.consume(length);
    }
}

/// The field of which a tag begins the text: its attribute `name`, or its own name without prefix.
fn name(tag: &[u8]) -> String {
    let text = String::from_utf8_lossy(tag);
    let attribute = text.split_once(" name=").and_then(|(_, rest)| {
        let quote = rest.chars().next()?;
        rest.get(1..)?.split(quote).next().map(str::to_owned)
    });
    let own = text.split_whitespace().next().unwrap_or_default();
    attribute.unwrap_or_else(|| own.rsplit(':').next().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_with_a_leading_zero_are_found_by_name() {
        let folder = tempfile::tempdir().expect("a folder");
        for (text, expected) in [
            ("<app:ags>01001</app:ags><b>12</b>", &["ags"][..]),
            ("<Data name=\"code\"><value>1</value></Data><SimpleData name=\"a b\"> 007 </SimpleData>", &["a b"]),
            ("<a>0</a><b>0.5</b><c>10</c>", &[]),
            ("<a>54 09 54</a>", &[]),
            ("<a b='01'>x</a>", &[]),
        ] {
            let path = folder.path().join("a.xml");
            std::fs::write(&path, text).expect("written");
            assert!(fields(&path).expect("readable").iter().eq(expected), "{text}");
        }
    }
}
