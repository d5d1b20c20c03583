//! The text of a period, taken apart: `I квартал 2016 г.` is an ordinal, a quarter and a number.

use crate::statistics::vocabulary::{
    calendar::{CalendarWord, meaning},
    folded::folded,
};

/// Longest text that is taken for a period, characters.
const LONGEST: usize = 60;
/// Words with a sign in them, and what stands for them.
const PHRASES: [(&str, &str); 2] = [("п/г", "полугодие"), ("half-year", "half")];

/// One part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A number, and how many digits it has.
    Number(u16, usize),
    /// A word.
    Word(CalendarWord),
    /// `-`, a dash, or a word for it.
    To,
    /// `/`
    Slash,
}

/// The parts of a text, without words that add nothing. `None` where any of it is not understood.
pub fn tokens(text: &str) -> Option<Vec<Token>> {
    if text.chars().count() > LONGEST {
        return None;
    }
    let mut text = folded(text);
    for (phrase, word) in PHRASES {
        text = text.replace(&folded(phrase), &folded(word));
    }
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let length = run(rest, c);
        let (piece, after) = rest.split_at(length);
        rest = after;
        match c {
            _ if c.is_ascii_digit() => found.push(Token::Number(piece.parse().ok()?, piece.len())),
            _ if c.is_alphabetic() => match meaning(piece)? {
                CalendarWord::To => found.push(Token::To),
                // The hyphen of `1-й` belongs to the ending.
                CalendarWord::Filler => drop(found.pop_if(|last| *last == Token::To)),
                word => found.push(Token::Word(word)),
            },
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => found.push(Token::To),
            '/' => found.push(Token::Slash),
            '.' | ',' | '(' | ')' | '\'' | ':' => {}
            _ if c.is_whitespace() => {}
            _ => return None,
        }
    }
    Some(found)
}

/// How many bytes of the text are of the kind of its first character: digits, letters, or that one sign.
fn run(text: &str, first: char) -> usize {
    let same: fn(char) -> bool = if first.is_ascii_digit() {
        |c| c.is_ascii_digit()
    } else if first.is_alphabetic() {
        char::is_alphabetic
    } else {
        return first.len_utf8();
    };
    text.find(|c| !same(c)).unwrap_or(text.len())
}
