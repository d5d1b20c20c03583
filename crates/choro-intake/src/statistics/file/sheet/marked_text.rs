//! Texts of several looks: what belongs to them, and what was put beside or struck out.
//!
//! `234` and a superscript `1` are the text `234` with the footnote mark `1`, and not `2341`.

use super::cell_look::TextLook;

/// Words for lengths, behind which a raised 2 or 3 is a power.
const LENGTHS: [&str; 10] = ["m", "km", "cm", "mm", "dm", "м", "км", "см", "мм", "дм"];

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRun {
    /// What it says.
    pub text: String,
    /// How it looks; `None`: like its cell.
    pub look: Option<TextLook>,
}

impl TextRun {
    /// A text cut where another look begins, counted in units of UTF-16.
    pub fn cut(text: &str, starts: &[(usize, Option<TextLook>)]) -> Vec<Self> {
        if starts.len() < 2 {
            let look = starts.first().and_then(|(_, look)| *look);
            return vec![Self { text: text.to_owned(), look }];
        }
        let units: Vec<u16> = text.encode_utf16().collect();
        let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([units.len()]);
        let pieces = starts.iter().zip(ends).filter_map(|((start, look), end)| {
            let piece = units.get(*start..end.min(units.len())).filter(|piece| !piece.is_empty())?;
            Some(Self { text: String::from_utf16_lossy(piece), look: *look })
        });
        pieces.collect()
    }
}

/// A text without what was put beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkedText {
    /// The text itself.
    pub text: String,
    /// The footnote marks in superscript.
    pub marks: String,
    /// What is struck out.
    pub struck: String,
}

impl MarkedText {
    /// Sorts the pieces of a text. `cell` is the look of pieces that do not say their own.
    pub fn new(runs: &[TextRun], cell: TextLook) -> Self {
        let mut marked = Self::default();
        for (index, run) in runs.iter().enumerate() {
            let look = run.look.unwrap_or(cell);
            if look.struck {
                marked.struck.push_str(&run.text);
            } else if look.raised {
                let is_last = runs.iter().skip(index + 1).all(|later| later.text.trim().is_empty());
                marked.raise(&run.text, is_last);
            } else {
                marked.text.push_str(&run.text);
            }
        }
        marked
    }

    /// A text of one look.
    pub fn of_one_look(text: &str, look: TextLook) -> Self {
        Self::new(&[TextRun { text: text.to_owned(), look: None }], look)
    }

    /// Adds a raised piece: a footnote mark, or a part of the text as in `km²` and `1er`.
    fn raise(&mut self, piece: &str, is_last: bool) {
        match (self.power(piece), self.is_ordinal(piece, is_last)) {
            (Some(power), _) => self.text.push(power),
            (None, true) => self.text.push_str(piece),
            (None, false) => self.marks.push_str(piece),
        }
    }

    fn power(&self, piece: &str) -> Option<char> {
        let word = self.text.rsplit(|c: char| !c.is_alphabetic()).next()?;
        let is_length = LENGTHS.contains(&word) && !self.text.trim().is_empty();
        match piece.trim() {
            "2" if is_length => Some('²'),
            "3" if is_length => Some('³'),
            _ => None,
        }
    }

    /// Whether raised letters belong to the number before them, as in `1er` or `2e arrondissement`. A single letter at the end is
    /// a mark: `234p`.
    fn is_ordinal(&self, piece: &str, is_last: bool) -> bool {
        let letters = piece.trim();
        let follows_digit = self.text.ends_with(|c: char| c.is_ascii_digit());
        follows_digit
            && !letters.is_empty()
            && letters.chars().all(char::is_alphabetic)
            && (letters.chars().count() > 1 || !is_last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `^` before a raised piece, `-` before one that is struck out.
    fn marked(pieces: &[&str]) -> [String; 3] {
        let run = |piece: &&str| {
            let look = TextLook { raised: piece.starts_with('^'), struck: piece.starts_with('-') };
            TextRun { text: piece.trim_start_matches(['^', '-']).to_owned(), look: Some(look) }
        };
        let MarkedText { text, marks, struck } =
            MarkedText::new(&pieces.iter().map(run).collect::<Vec<_>>(), TextLook::default());
        [text, marks, struck]
    }

    #[test]
    fn superscript_is_a_footnote_mark_and_struck_out_text_is_gone() {
        for (pieces, expected) in [
            (&["234", "^1"][..], ["234", "1", ""]),
            (&["80", "^1,2"], ["80", "1,2", ""]),
            (&["Isles", "^a)"], ["Isles", "a)", ""]),
            (&["234", "^p"], ["234", "p", ""]),
            (&["Isles", "^1", " (old)"], ["Isles (old)", "1", ""]),
            (&["-230", "234"], ["234", "", "230"]),
            (&["-230"], ["", "", "230"]),
            (&["^3"], ["", "3", ""]),
            (&["Density per km", "^2"], ["Density per km²", "", ""]),
            (&["Volume, м", "^3"], ["Volume, м³", "", ""]),
            (&["1", "^er", " trimestre"], ["1er trimestre", "", ""]),
            (&["Paris 2", "^e", " arrondissement"], ["Paris 2e arrondissement", "", ""]),
        ] {
            assert_eq!(marked(pieces), expected.map(str::to_owned), "{pieces:?}");
        }
    }

    #[test]
    fn a_piece_without_a_look_looks_like_its_cell() {
        let runs = [
            TextRun { text: "old".to_owned(), look: None },
            TextRun { text: "new".to_owned(), look: Some(TextLook::default()) },
        ];
        let marked = MarkedText::new(&runs, TextLook { raised: false, struck: true });
        assert_eq!((marked.text.as_str(), marked.struck.as_str()), ("new", "old"));
    }
}
