//! What a page shows of a terminal, and whether a terminal shows it.
//!
//! ```text
//! $ choro publish                                  a command, of root with #
//! 2026-11-24-787cc6e1667c03b1f5a92d4e6c80b7a1      what it prints; `..` stands for any lines
//! ```

use std::collections::BTreeMap;

/// A command with what the page says it prints.
pub struct Step {
    pub as_root: bool,
    pub typed: String,
    pub said: Vec<String>,
}

pub fn steps(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        let typed =
            line.strip_prefix("$ ").map(|typed| (false, typed)).or(line.strip_prefix("# ").map(|typed| (true, typed)));
        match (typed, steps.last_mut()) {
            (Some((as_root, typed)), _) => steps.push(Step { as_root, typed: typed.to_owned(), said: Vec::new() }),
            (None, Some(step)) => step.said.push(line.to_owned()),
            (None, None) => panic!("{line}: a block begins with a command"),
        }
    }
    steps
}

/// The ids of releases and keys here, by those of the page: each is bound where it is first seen.
#[derive(Default)]
pub struct Ids(BTreeMap<String, String>);

impl Ids {
    /// A text of the page with the ids of here.
    pub fn here(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (page, here)| text.replace(page, here))
    }

    /// Whether lines are what the page says, and if not, which it lacks.
    pub fn hold(&mut self, said: &[String], got: &[String]) -> Result<(), String> {
        let (mut lines, mut skipping) = (got.iter(), false);
        for expected in said {
            if expected == ".." {
                skipping = true;
                continue;
            }
            loop {
                let line = lines.next().ok_or_else(|| expected.clone())?;
                if self.agree(expected, line) {
                    break;
                }
                if !skipping {
                    return Err(expected.clone());
                }
            }
            skipping = false;
        }
        if skipping || lines.next().is_none() { Ok(()) } else { Err("nothing more".to_owned()) }
    }

    fn agree(&mut self, page: &str, here: &str) -> bool {
        let [ours, theirs] = [page, here].map(|line| line.split_whitespace().collect::<Vec<_>>());
        if ours.len() != theirs.len() || ours.iter().zip(&theirs).any(|(page, here)| shape(page) != shape(here)) {
            return false;
        }
        let numbers_agree = |at: usize| ours[at] == theirs[at] || varies(ours[at], ours.get(at + 1));
        let bind = |ids: &mut Self, page: &str, here: &str| ids.0.entry(page.to_owned()).or_insert(here.to_owned()) == here;
        (0..ours.len()).all(|at| match (id(ours[at]), id(theirs[at])) {
            (Some(page), Some(here)) => bind(self, page, here),
            _ => numbers_agree(at),
        })
    }
}

/// Whether a number may be another one: a size, or a moment.
fn varies(token: &str, next: Option<&&str>) -> bool {
    let moment = token.contains('T') && token.contains(':');
    moment || next.is_some_and(|next| ["bytes", "kB", "kB;", "MB", "taken"].contains(next))
}

/// A word without its id and numbers.
fn shape(token: &str) -> String {
    let text = id(token).map_or(token.to_owned(), |id| token.replace(id, "ID"));
    let mut shape: Vec<char> = text.chars().map(|c| if c.is_ascii_digit() || c == '.' { '0' } else { c }).collect();
    shape.dedup_by(|a, b| *a == '0' && *b == '0');
    shape.into_iter().collect()
}

/// The id of a release in a word: a day and 32 hexadecimal digits. Or a public key.
fn id(token: &str) -> Option<&str> {
    const LENGTH: usize = 43;
    if let Some(at) = token.find("ed25519:") {
        return token.get(at..at + 72);
    }
    let is_id = |text: &&str| {
        let sign = |(at, c): (usize, char)| match at {
            4 | 7 | 10 => c == '-',
            0..10 => c.is_ascii_digit(),
            _ => c.is_ascii_hexdigit(),
        };
        text.chars().enumerate().all(sign)
    };
    (0..token.len()).filter_map(|at| token.get(at..at + LENGTH)).find(is_id)
}
