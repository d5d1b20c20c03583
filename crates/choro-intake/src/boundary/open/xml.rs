//! What stands before the first element of an XML file (KML, GML).
//!
//! A file that begins with `<?xml ..?> <!-- .. --> <kml>` goes on to GDAL. One with `<!DOCTYPE ..>` does not: its entities may multiply
//! without end, or name other files and hosts, and no boundary format needs them.

use crate::boundary::error::BoundaryError;
use std::{fs::File, io::Read, path::Path};

/// Longest text before the first element, bytes.
const MAX_PROLOG: u64 = 64 << 10;

/// Refuses a file with a document type, or with no element at its beginning.
pub fn check(path: &Path, place: &str) -> Result<(), BoundaryError> {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_PROLOG).read_to_end(&mut head));
    read.map_err(|e| BoundaryError::io(place, e))?;
    let expected = "KML or GML in UTF-8 without a document type (<!DOCTYPE ..>): remove it, or export the file again";
    prolog(head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head)).map_err(|what| BoundaryError::Format {
        path: place.to_owned(),
        what: what.to_owned(),
        expected: expected.to_owned(),
    })
}

fn prolog(mut rest: &[u8]) -> Result<(), &'static str> {
    const ENDLESS: &str = "its first element does not come within 64 KiB";
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => return Err("it has a document type, which may name other files and multiply without end"),
            [b'<', first, ..] if first.is_ascii_alphabetic() || *first == b'_' || !first.is_ascii() => return Ok(()),
            [] | [b'<'] => return Err(ENDLESS),
            _ => return Err("it begins like XML and is none"),
        };
        // Behind the four bytes of `<!--`, or the two of `<?`: `<!-->` does not end itself.
        let from = if end.len() == 3 { 4 } else { 2 };
        let at = rest.get(from..).and_then(|inner| inner.windows(end.len()).position(|window| window == end));
        rest = at.and_then(|at| rest.get(from + at + end.len()..)).ok_or(ENDLESS)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_type_is_found_behind_whatever_stands_before_it() {
        for good in ["<kml/>", "<?xml version='1.0'?>\n<!-- <!DOCTYPE --><kml>", " <gml:a/>", "<?a ?><?b > ?><k>"] {
            assert_eq!(prolog(good.as_bytes()), Ok(()), "{good}");
        }
        for bad in [
            "<!DOCTYPE a>",
            "<?xml?><!DOCTYPE a []><a/>",
            "<!-- a --> <!ENTITY a 'b'>",
            "<!--> <!DOCTYPE a>--",
            "<?xml",
            "<",
            "<\0k\0",
        ] {
            assert!(prolog(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
