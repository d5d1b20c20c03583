//! The records of a part ([MS-XLSB] 2.1.4): a number for the kind, a number for the length, and so many bytes.

use super::super::error::TableError;
use std::io::{self, ErrorKind, Read};

/// Longest record, bytes: a formula and its text have less.
const MAX_RECORD: usize = 1 << 24;

/// The records of a part, in order.
pub struct Records<R> {
    source: R,
    file: String,
    part: String,
    body: Vec<u8>,
}

impl<R: Read> Records<R> {
    /// Begins a part.
    pub fn new(file: &str, part: &str, source: R) -> Self {
        Self { source, file: file.to_owned(), part: format!("its part {part}"), body: Vec::new() }
    }

    /// Kind and content of the next record; `None` at the end.
    pub fn next(&mut self) -> Result<Option<(u16, &[u8])>, TableError> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            kind |= u16::from(self.needed()? & 0x7F) << 7;
        }
        let length = self.length()?;
        if length > MAX_RECORD {
            return Err(self.damaged(format!("a record of {length} bytes")));
        }
        self.body.resize(length, 0);
        if let Err(error) = self.source.read_exact(&mut self.body) {
            let is_cut = error.kind() == ErrorKind::UnexpectedEof;
            return Err(if is_cut { self.cut() } else { self.failed(&error) });
        }
        Ok(Some((kind, &self.body)))
    }

    /// An error of this part.
    pub fn damaged(&self, reason: String) -> TableError {
        TableError::Damaged { file: self.file.clone(), place: self.part.clone(), reason }
    }

    fn length(&mut self) -> Result<usize, TableError> {
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.needed()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Ok(length)
    }

    fn needed(&mut self) -> Result<u8, TableError> {
        self.byte()?.ok_or_else(|| self.cut())
    }

    fn byte(&mut self) -> Result<Option<u8>, TableError> {
        let mut byte = [0];
        loop {
            return match self.source.read(&mut byte) {
                Ok(0) => Ok(None),
                Ok(_) => Ok(byte.first().copied()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => Err(self.failed(&error)),
            };
        }
    }

    fn cut(&self) -> TableError {
        self.damaged("it ends within a record".to_owned())
    }

    fn failed(&self, error: &io::Error) -> TableError {
        self.damaged(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lengths_have_one_byte_or_more() {
        let bytes = [&[0x07, 2, 1, 2, 0x9C, 0x01, 0x81, 0x01][..], &[9; 129]].concat();
        let mut records = Records::new("a.xlsb", "p", bytes.as_slice());
        assert_eq!(records.next().unwrap(), Some((7, &[1, 2][..])));
        assert_eq!(records.next().unwrap(), Some((0x9C, &[9; 129][..])));
        assert_eq!(records.next().unwrap(), None);
        for cut in [1, 2, 3, 5, 20] {
            let mut records = Records::new("a.xlsb", "p", &bytes[..cut]);
            let end = std::iter::from_fn(|| records.next().map(|record| record.map(|_| ())).transpose()).last();
            assert!(end.unwrap().is_err(), "{cut}");
        }
    }
}
