//! The encoding of a text file: declared, or found by a rule simple enough to state.
//!
//! Undeclared: a byte order mark decides; zero bytes at every second place are UTF-16; what is valid UTF-8 is UTF-8. Of the
//! rest, bytes from 0xC0 are letters. In Cyrillic text most of them stand beside another one, in Western text beside ASCII:
//! the latter is Windows-1252. Cyrillic text is mostly lower case, which is 0xE0-0xFF in Windows-1251 and 0xC0-0xDF in KOI8-R:
//! the fuller half decides. The finding is reported, so that a wrong one can be seen and declared away.

use super::table::TableError;
use encoding_rs::{Encoding, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a file the guess looks at, bytes.
const SAMPLE: usize = 256 << 10;

/// The text of a file and what is to be told about its encoding.
pub(super) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    declared: Option<&str>,
) -> Result<(Cow<'a, str>, Option<String>), TableError> {
    let (encoding, note) = match declared {
        Some(label) => (named(file, label)?, None),
        None => {
            let encoding = guess(bytes);
            (encoding, Some(format!("encoding {} (found, not declared)", encoding.name())))
        }
    };
    let (text, used, damaged) = encoding.decode(bytes);
    if damaged {
        let place = malformed_at(&text);
        return Err(TableError::Damaged {
            file: file.to_owned(),
            place: format!("line {place}"),
            reason: format!("bytes that are no {} text: declare another encoding", used.name()),
        });
    }
    Ok((text, note))
}

/// An encoding by label: those of the WHATWG Encoding Standard.
fn named(file: &str, label: &str) -> Result<&'static Encoding, TableError> {
    Encoding::for_label(label.as_bytes()).ok_or_else(|| TableError::Option {
        file: file.to_owned(),
        option: "encoding",
        got: label.chars().take(40).collect(),
        expected: "utf-8, utf-16le, utf-16be, windows-1251, windows-1252, koi8-r, ibm866 or another label of the WHATWG \
                   Encoding Standard",
    })
}

fn malformed_at(text: &str) -> usize {
    let before = text.find(char::REPLACEMENT_CHARACTER).and_then(|at| text.get(..at)).unwrap_or_default();
    before.matches('\n').count() + 1
}

/// Whether bytes look like UTF-16: by a mark, or by zeros at every second place of a sample.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let sample = bytes.get(..bytes.len().min(4096))?;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    // Delimiters, digits and line ends alone make a quarter of the units ASCII.
    let many = sample.len() / 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many => Some(UTF_16LE),
        (even, 0) if even > many => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    // A file that was meant to be UTF-8 and is cut or damaged holds many whole sequences: the error should say so.
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let is_letter = |b: &u8| *b >= 0xC0;
    let letters = sample.iter().filter(|b| is_letter(b)).count();
    let beside = sample.windows(2).filter(|pair| pair.iter().all(is_letter)).count();
    let lower_1251 = sample.iter().filter(|b| **b >= 0xE0).count();
    match (beside * 2 > letters, lower_1251 * 2 >= letters) {
        (false, _) => WINDOWS_1252,
        (true, true) => WINDOWS_1251,
        (true, false) => KOI8_R,
    }
}

/// Whether nine in ten of the non-ASCII runs are valid UTF-8.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > bad * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "Территория;2012\nКурская область;1,5\nг. Москва;2\n";
    const GERMAN: &str = "Gebiet;2012\nThüringen;1,5\nBaden-Württemberg;2\n";

    #[test]
    fn undeclared_encodings_are_found_and_told() {
        let utf16: Vec<u8> = RUSSIAN.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xFF, 0xFE][..], &utf16].concat();
        let cases = [
            (RUSSIAN, RUSSIAN.as_bytes().to_vec(), "UTF-8"),
            (RUSSIAN, WINDOWS_1251.encode(RUSSIAN).0.into_owned(), "windows-1251"),
            (RUSSIAN, KOI8_R.encode(RUSSIAN).0.into_owned(), "KOI8-R"),
            (GERMAN, WINDOWS_1252.encode(GERMAN).0.into_owned(), "windows-1252"),
            (RUSSIAN, marked, "UTF-16LE"),
            (GERMAN, GERMAN.encode_utf16().flat_map(u16::to_be_bytes).collect(), "UTF-16BE"),
        ];
        for (text, bytes, name) in cases {
            let (decoded, note) = decode("t.csv", &bytes, None).unwrap();
            assert_eq!(decoded, text, "{name}");
            assert!(note.unwrap().contains(name), "{name}");
        }
    }

    #[test]
    fn damaged_text_names_the_line() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.pop();
        bytes.extend([b' ', 0xD0, b'\n']);
        let message = decode("t.csv", &bytes, None).unwrap_err().to_string();
        assert!(message.contains("line 3") && message.contains("UTF-8"), "{message}");
        assert!(decode("t.csv", b"a", Some("utf-9")).unwrap_err().to_string().contains("windows-1251"));
    }
}
