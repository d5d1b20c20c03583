//! Whether an XML file has texts that begin with a zero and go on with digits: as numbers they lose it.

use anyhow::{Context, Result};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

/// What came before the next byte.
#[derive(Clone, Copy)]
enum Before {
    /// The end of a tag, and perhaps blanks.
    Tag,
    /// A zero after a tag.
    Zero,
    /// A zero after a tag, and digits.
    Digits,
    /// Something else.
    Other,
}

/// Whether `>0123<` stands in the file, with blanks or without.
pub fn stand_in(path: &Path) -> Result<bool> {
    let mut file = BufReader::with_capacity(1 << 16, File::open(path).with_context(|| path.display().to_string())?);
    let mut before = Before::Other;
    loop {
        let block = file.fill_buf()?;
        if block.is_empty() {
            return Ok(false);
        }
        let length = block.len();
        for byte in block {
            before = match (before, byte) {
                (_, b'>') => Before::Tag,
                (Before::Tag, b'0') => Before::Zero,
                (Before::Zero | Before::Digits, b'0'..=b'9') => Before::Digits,
                (Before::Digits, b'<') => return Ok(true),
                (Before::Tag | Before::Digits, blank) if blank.is_ascii_whitespace() => before,
                _ => Before::Other,
            };
        }
        file.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_a_leading_zero_is_found_between_tags_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        for (text, expected) in [
            ("<a>01001</a>", true),
            ("<a> 007 </a>", true),
            ("<a>0</a><b>0.5</b><c>10</c>", false),
            ("<a>54 09 54</a>", false),
            ("<a b='01'>x</a>", false),
        ] {
            let path = folder.path().join("a.xml");
            std::fs::write(&path, text).expect("written");
            assert_eq!(stand_in(&path).expect("readable"), expected, "{text}");
        }
    }
}
