//! How the cells of a workbook look ([MS-XLS] 2.4.122, 2.4.126, 2.4.353).

use super::{
    super::sheet::{
        cell_look::{CellLook, CellLooks, TextLook},
        number_format::{self, NumberFormat},
    },
    records::{BOF, EOF, records},
    shared_texts::{self, FontStart},
};
use rustc_hash::FxHashMap;

const FONT: u16 = 0x0031;
const FORMAT: u16 = 0x041E;
const LOOK: u16 = 0x00E0;
/// The flag of a font that strikes out.
const STRUCK: u16 = 8;
/// The value of a font that is superscript.
const RAISED: u16 = 1;
/// The edition of the format since Excel 97, which stands in the first record.
const BIFF8: u16 = 0x0600;

/// The looks of a workbook.
pub struct BookLooks {
    /// Of cells, by their numbers.
    pub cells: CellLooks,
    /// Where fonts begin in the shared texts, by the numbers of these.
    pub texts: FxHashMap<u32, Vec<FontStart>>,
    fonts: Vec<TextLook>,
}

impl BookLooks {
    /// Reads them from the records of the workbook.
    pub fn read(stream: &[u8]) -> Self {
        let (mut fonts, mut formats, mut looks, mut is_new) = (Vec::new(), FxHashMap::default(), Vec::new(), true);
        for (_, kind, body) in records(stream).take_while(|(_, kind, _)| *kind != EOF) {
            match kind {
                BOF => is_new = number(body, 0) == Some(BIFF8),
                FONT => fonts.push(font(body).unwrap_or_default()),
                FORMAT => {
                    if let (Some(number), Some(code)) = (number(body, 0), code(body, is_new)) {
                        formats.insert(number, NumberFormat::parse(&code));
                    }
                }
                LOOK => looks.push((number(body, 0).unwrap_or_default(), number(body, 2).unwrap_or_default())),
                _ => {}
            }
        }
        let texts = shared_texts::fonts(records(stream).map(|(_, kind, body)| (kind, body)));
        let mut book = Self { cells: CellLooks::default(), texts, fonts };
        let look = |(font, format): &(u16, u16)| CellLook {
            format: formats.get(format).cloned().unwrap_or_else(|| number_format::builtin(*format)),
            text: book.font(*font),
        };
        book.cells = CellLooks::new(looks.iter().map(look).collect());
        book
    }

    /// The look of a font. There is no font of number 4, so those above it stand one place earlier.
    pub fn font(&self, number: u16) -> TextLook {
        let index = usize::from(if number > 4 { number - 1 } else { number });
        self.fonts.get(index).copied().unwrap_or_default()
    }
}

/// A number of 16 bits in a record.
pub fn number(body: &[u8], at: usize) -> Option<u16> {
    body.get(at..)?.first_chunk().map(|bytes| u16::from_le_bytes(*bytes))
}

fn font(body: &[u8]) -> Option<TextLook> {
    Some(TextLook { raised: number(body, 8)? == RAISED, struck: number(body, 2)? & STRUCK != 0 })
}

/// The code of a format behind its number. Its signs have one byte or two; what matters of them is ASCII.
fn code(body: &[u8], is_new: bool) -> Option<String> {
    if !is_new {
        let text = body.get(3..)?;
        let length = usize::from(*body.get(2)?).min(text.len());
        return Some(text.iter().take(length).map(|byte| char::from(*byte)).collect());
    }
    let (length, flags, text) = (usize::from(number(body, 2)?), *body.get(4)?, body.get(5..)?);
    if flags & 1 == 0 {
        return Some(text.iter().take(length).map(|byte| char::from(*byte)).collect());
    }
    let units: Vec<u16> = text.as_chunks().0.iter().take(length).map(|unit| u16::from_le_bytes(*unit)).collect();
    Some(String::from_utf16_lossy(&units))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::file::sheet::shown_as::ShownAs;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), body].concat()
    }

    #[test]
    fn formats_and_fonts_are_found_by_the_numbers_of_a_look() {
        let font = |flags: u8, place: u8| record(FONT, &[200, 0, flags, 0, 0, 0, 0, 0, place, 0]);
        let look = |font: u8, format: u8| record(LOOK, &[font, 0, format, 0, 0, 0]);
        let format = |number: u8, code: &str| {
            record(FORMAT, &[&[number, 0, u8::try_from(code.len()).unwrap(), 0, 0], code.as_bytes()].concat())
        };
        let wide: Vec<u8> = "0,".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide = record(FORMAT, &[&[165, 0, 2, 0, 1], &wide[..]].concat());
        let fonts = [font(0, 0), font(8, 0), font(0, 1), font(0, 0), font(0, 1)].concat();
        let stream = [
            record(BOF, &[0, 6, 5, 0]),
            fonts,
            format(164, "0.0%"),
            wide,
            look(0, 164),
            look(1, 165),
            look(2, 9),
            look(5, 0),
            record(EOF, &[]),
        ]
        .concat();
        let book = BookLooks::read(&stream);
        let power = |look: usize| book.cells.get(look).format.shown(1.0).clone();
        let shown = |power: i32| ShownAs::Number { power, loses_sign: false };
        assert_eq!([power(0), power(1), power(2)], [shown(2), shown(-3), shown(2)]);
        assert!(book.cells.get(1).text.struck && book.cells.get(2).text.raised);
        assert!(book.cells.get(3).text.raised, "font 5 is the fifth of the list");
    }
}
