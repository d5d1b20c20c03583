//! The encoding of a text file: declared, or found by a rule simple enough to state.
//!
//! Where it is not declared, a byte order mark decides. Zero bytes at every second place mean UTF-16, and what is valid UTF-8 is
//! UTF-8. In any other text, bytes from 0xC0 on are letters. If most of them stand beside ASCII, the text is Western: it is taken
//! for Windows-1252. If most stand beside another such letter, it is Cyrillic. Cyrillic text is mostly in lower case, which is
//! 0xE0-0xFF in Windows-1251 and 0xC0-0xDF in KOI8-R, so the half with more letters decides between these two.
//!
//! What was found is reported, so that an operator can see a wrong finding and declare the right encoding.

use super::{error::TableError, scan::Scan};
use encoding_rs::{Decoder, DecoderResult, Encoding, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};
use std::io::Read;

/// The encoding of a file, and what is to be told about it.
pub(crate) fn choose(
    file: &str,
    scan: &Scan,
    declared: Option<&str>,
) -> Result<(&'static Encoding, Option<String>), TableError> {
    match declared {
        Some(label) => Ok((named(file, label)?, None)),
        None => {
            let encoding = guess(scan);
            Ok((encoding, Some(format!("encoding {} (found, not declared)", encoding.name()))))
        }
    }
}

/// Bytes becoming text, a block at a time. A byte order mark overrides the encoding and is no part of the text.
pub(crate) struct Decoding<R> {
    file: String,
    source: R,
    decoder: Decoder,
    /// Line ends met so far, for messages.
    lines: usize,
    /// Byte order marks within the text: how many, and the line of the first.
    marks: Option<(usize, usize)>,
}

/// A byte order mark, as a sign.
const MARK: char = '\u{feff}';

impl<R: Read> Decoding<R> {
    pub(crate) fn new(file: &str, source: R, encoding: &'static Encoding) -> Self {
        Self { file: file.to_owned(), source, decoder: encoding.new_decoder(), lines: 0, marks: None }
    }

    /// Appends the text of up to `bytes` more bytes. Says whether there may be more. Bytes that are no text are an error.
    pub(crate) fn read(&mut self, text: &mut String, bytes: usize) -> Result<bool, TableError> {
        let mut block = Vec::new();
        let limit = u64::try_from(bytes).unwrap_or(u64::MAX);
        let read = self.source.by_ref().take(limit).read_to_end(&mut block);
        read.map_err(|e| TableError::File { file: self.file.clone(), reason: e.to_string() })?;
        let (start, more) = (text.len(), block.len() == bytes);
        let mut rest = block.as_slice();
        loop {
            text.reserve(self.decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len() * 3));
            let (result, taken) = self.decoder.decode_to_string_without_replacement(rest, text, !more);
            rest = rest.get(taken..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Err(self.malformed(text.get(start..).unwrap_or_default())),
            }
        }
        self.leave_out_marks(text, start);
        self.lines += line_ends(text.get(start..).unwrap_or_default());
        Ok(more)
    }

    /// Byte order marks within the text: how many there were, and the line of the first.
    pub(crate) fn marks(&self) -> Option<(usize, usize)> {
        self.marks
    }

    /// Leaves out the marks of a text from a byte on. They are no signs of it, and stand where files were put together.
    fn leave_out_marks(&mut self, text: &mut String, start: usize) {
        let new = text.get(start..).unwrap_or_default();
        let Some(first) = new.find(MARK) else { return };
        let line = self.lines + line_ends(new.get(..first).unwrap_or_default()) + 1;
        let (count, line) = self.marks.unwrap_or((0, line));
        self.marks = Some((count + new.matches(MARK).count(), line));
        let clean: String = new.chars().filter(|sign| *sign != MARK).collect();
        text.truncate(start);
        text.push_str(&clean);
    }

    fn malformed(&self, before: &str) -> TableError {
        TableError::Damaged {
            file: self.file.clone(),
            place: format!("line {}", self.lines + line_ends(before) + 1),
            reason: format!("bytes that are no {} text: declare another encoding", self.decoder.encoding().name()),
        }
    }
}

/// How many line ends a text has, `\r\n` being one. One that is cut between two blocks counts twice.
fn line_ends(text: &str) -> usize {
    let returns = text.bytes().filter(|byte| *byte == b'\r').count();
    text.bytes().filter(|byte| *byte == b'\n').count() + returns - text.matches("\r\n").count()
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

/// Whether bytes look like UTF-16, and like which kind of it: by a mark, or by zeros at every second place of a sample.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding != UTF_8).then_some(encoding);
    }
    // Two characters are the least that tells anything.
    let sample = bytes.get(..bytes.len().min(4096)).filter(|sample| sample.len() >= 4)?;
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|b| **b == 0).count();
    // Delimiters, digits and line ends alone make a quarter of the units ASCII.
    let many = sample.len() / 8;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > many => Some(UTF_16LE),
        (even, 0) if even > many => Some(UTF_16BE),
        _ => None,
    }
}

fn guess(scan: &Scan) -> &'static Encoding {
    let sample = scan.start.as_slice();
    if let Some(encoding) = utf16(sample) {
        return encoding;
    }
    // A file that was meant to be UTF-8 and is cut or damaged holds many whole sequences: the error should say so.
    if scan.utf8 || mostly_utf8(sample) {
        return UTF_8;
    }
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
fn mostly_utf8(sample: &[u8]) -> bool {
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
    /// The text, in blocks of a few bytes, so that characters are cut.
    fn decode(bytes: &[u8], declared: Option<&str>) -> Result<(String, Option<String>), TableError> {
        let (encoding, note) = choose("t.csv", &Scan::of_bytes(bytes), declared)?;
        let (mut decoding, mut text) = (Decoding::new("t.csv", bytes, encoding), String::new());
        while decoding.read(&mut text, 5)? {}
        Ok((text, note))
    }

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
            let (decoded, note) = decode(&bytes, None).unwrap();
            assert_eq!(decoded, text, "{name}");
            assert!(note.unwrap().contains(name), "{name}");
        }
    }

    #[test]
    fn damaged_text_names_the_line() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.pop();
        bytes.extend([b' ', 0xD0, b'\n']);
        let message = decode(&bytes, None).unwrap_err().to_string();
        assert!(message.contains("line 3") && message.contains("UTF-8"), "{message}");
        assert!(decode(b"a", Some("utf-9")).unwrap_err().to_string().contains("windows-1251"));
    }
}
