//! One pass over the bytes of a file, before any of them is decoded.

use std::io::{ErrorKind, Read};

/// How much of a file is kept for looking at, bytes (256 KiB).
const START: usize = 256 << 10;

/// What the bytes of a file say before any of them is decoded. All of them are read once, and only the first block is kept.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    /// The first 256 KiB.
    pub start: Vec<u8>,
    /// Whether there is nothing but ASCII white space.
    pub blank: bool,
    /// Whether there is a zero byte.
    pub zero: bool,
    /// Whether all of it is UTF-8.
    pub utf8: bool,
}

impl Scan {
    pub(crate) fn of(source: &mut impl Read) -> std::io::Result<Self> {
        let mut scan = Self { blank: true, utf8: true, ..Self::default() };
        let mut block = vec![0; START];
        // The last block may have ended within a character: so many bytes of it stand at the start of this one.
        let mut cut = 0;
        loop {
            let read = match source.read(block.get_mut(cut..).unwrap_or_default()) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            scan.take(block.get(cut..cut + read).unwrap_or_default());
            let whole = scan.check_utf8(block.get(..cut + read).unwrap_or_default());
            block.copy_within(whole..cut + read, 0);
            cut = cut + read - whole;
        }
        scan.utf8 &= cut == 0;
        Ok(scan)
    }

    /// How many of the bytes are whole characters. All of them, if the file is not UTF-8.
    fn check_utf8(&mut self, bytes: &[u8]) -> usize {
        match std::str::from_utf8(bytes) {
            Err(error) if self.utf8 && error.error_len().is_none() => error.valid_up_to(),
            Err(_) => {
                self.utf8 = false;
                bytes.len()
            }
            Ok(_) => bytes.len(),
        }
    }

    pub(crate) fn of_bytes(mut bytes: &[u8]) -> Self {
        // Reading from memory does not fail.
        Self::of(&mut bytes).unwrap_or_default()
    }

    fn take(&mut self, bytes: &[u8]) {
        let room = START.saturating_sub(self.start.len()).min(bytes.len());
        self.start.extend(bytes.iter().take(room));
        self.blank &= bytes.iter().all(u8::is_ascii_whitespace);
        self.zero |= bytes.contains(&0);
    }
}
