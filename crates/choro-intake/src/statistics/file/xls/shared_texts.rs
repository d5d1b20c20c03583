//! How long the texts are that the cells of an XLS workbook share ([MS-XLS] 2.4.265, 2.5.293).
//!
//! The list A, BB, CCC is one record and its continuations. A cell holds the number of its text, so a text counts as often as a
//! cell has it. Where a continuation cuts a text, the rest stands behind one byte, which says how wide its characters are.

use rustc_hash::FxHashMap;

/// The list of shared texts.
const SST: u16 = 0x00FC;
/// More of the record before it.
const CONTINUE: u16 = 0x003C;
/// A cell with a shared text.
const LABEL_SST: u16 = 0x00FD;
/// Counts before the first text, bytes.
const COUNTS: usize = 8;

/// Where another font begins in a text, counted in units of UTF-16, and the number of that font.
pub type FontStart = (u16, u16);

/// How many bytes the texts of all cells have together. What is cut off or malformed counts as nothing.
pub(crate) fn repeated<'a>(records: impl Iterator<Item = (u16, &'a [u8])>) -> u64 {
    let (mut pieces, mut is_list, mut cells) = (Vec::new(), false, Vec::new());
    for (kind, body) in records {
        match (kind, body) {
            (SST, body) => pieces.push(body.get(COUNTS..).unwrap_or_default()),
            (CONTINUE, body) if is_list => pieces.push(body),
            (LABEL_SST, [.., a, b, c, d]) => cells.push(u32::from_le_bytes([*a, *b, *c, *d])),
            _ => {}
        }
        is_list = kind == SST || is_list && kind == CONTINUE;
    }
    let lengths: Vec<u64> = Texts { pieces: &pieces, rest: &[] }.map(|text| text.bytes).collect();
    cells.into_iter().filter_map(|number| lengths.get(number as usize)).sum()
}

/// Where fonts begin in those texts of the list that have several, by their numbers.
pub fn fonts<'a>(records: impl Iterator<Item = (u16, &'a [u8])>) -> FxHashMap<u32, Vec<FontStart>> {
    let (mut pieces, mut is_list) = (Vec::new(), false);
    for (kind, body) in records {
        match kind {
            SST => pieces.push(body.get(COUNTS..).unwrap_or_default()),
            CONTINUE if is_list => pieces.push(body),
            _ => {}
        }
        is_list = kind == SST || is_list && kind == CONTINUE;
    }
    let texts = (0..).zip(Texts { pieces: &pieces, rest: &[] });
    texts.filter(|(_, text)| !text.fonts.is_empty()).map(|(number, text)| (number, text.fonts)).collect()
}

/// A text of the list.
struct ListedText {
    bytes: u64,
    fonts: Vec<FontStart>,
}

struct Texts<'a> {
    pieces: &'a [&'a [u8]],
    rest: &'a [u8],
}

impl Iterator for Texts<'_> {
    type Item = ListedText;

    fn next(&mut self) -> Option<ListedText> {
        self.text()
    }
}

impl Texts<'_> {
    fn text(&mut self) -> Option<ListedText> {
        let characters = self.number()?;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number()? };
        let more =
            if flags & 4 == 0 { 0 } else { u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]) };
        let bytes = self.characters(usize::from(characters), flags)?;
        let fonts = (0..runs).map(|_| Some((self.number()?, self.number()?))).collect::<Option<_>>()?;
        (0..more).try_for_each(|_| self.byte().map(drop))?;
        Some(ListedText { bytes, fonts })
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn characters(&mut self, mut left: usize, mut flags: u8) -> Option<u64> {
        let mut bytes = 0;
        while left > 0 {
            if self.rest.is_empty() {
                // Only here does a continuation begin with a byte of its own.
                flags = self.byte()?;
            }
            let width = usize::from(flags & 1) + 1;
            let taken = left.min(self.rest.len() / width);
            if taken == 0 && !self.rest.is_empty() {
                return None;
            }
            self.rest = self.rest.get(taken * width..)?;
            left -= taken;
            bytes += (taken * width) as u64;
        }
        Some(bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        while self.rest.is_empty() {
            let (first, others) = self.pieces.split_first()?;
            (self.rest, self.pieces) = (first, others);
        }
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_count_as_often_as_cells_have_them() {
        let list = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, b'A', 2, 0, 0, b'B'];
        // The second text goes on in wide characters; the third is wide, with a run and two bytes more.
        let more = [1, b'B', 0, 1, 0, 13, 1, 0, 2, 0, 0, 0, b'C', 0, 9, 9, 9, 9, 7, 7];
        let cell = |number: u8| [0, 0, 0, 0, 0, 0, number, 0, 0, 0];
        let (a, b, c, none) = (cell(0), cell(1), cell(2), cell(9));
        let of = |cells: &[&[u8]]| {
            let head = [(SST, &list[..]), (CONTINUE, &more[..]), (0x0809, &[][..]), (CONTINUE, &[5, 5][..])];
            repeated(head.into_iter().chain(cells.iter().map(|cell| (LABEL_SST, *cell))))
        };
        assert_eq!([of(&[&a]), of(&[&b]), of(&[&c]), of(&[&none])], [1, 3, 2, 0]);
        assert_eq!(of(&[&a, &a, &b]), 5);
        assert_eq!(repeated([(SST, &[1, 2, 3][..])].into_iter()), 0);
    }
}
