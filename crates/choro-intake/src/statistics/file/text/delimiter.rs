//! The delimiter of a text file: declared, known of SDMX-CSV, or found by counting.

use super::super::error::TableError;

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [char; 4] = [';', '\t', '|', ','];

/// A delimiter that the operator has named.
pub fn declared(file: &str, sign: char) -> Result<u8, TableError> {
    u8::try_from(sign).ok().filter(|b| b.is_ascii() && !matches!(b, b'"' | b'\r' | b'\n')).ok_or_else(|| {
        TableError::Option {
            file: file.to_owned(),
            option: "delimiter",
            got: sign.to_string(),
            expected: "one ASCII character such as ; , | or a tab",
        }
    })
}

/// The sign behind the first heading of SDMX-CSV, which may name another sign for parts of cells: `STRUCTURE[;],`.
pub fn of_sdmx(text: &str) -> Option<u8> {
    let rest = ["DATAFLOW", "STRUCTURE"].iter().find_map(|head| text.trim_start_matches('"').strip_prefix(head))?;
    let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest);
    let sign = rest.trim_start_matches('"').chars().next().filter(|sign| DELIMITERS.contains(sign))?;
    u8::try_from(sign).ok()
}

/// Finds the delimiter. Of the first 50 lines, those are counted in which a sign stands as often as in the line before, quoted
/// text left out; the sign with most of them wins. Of equals the earlier in [`DELIMITERS`] wins, so that `1,5;2,5` is split at `;`.
pub fn guess(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let steadiness = |sign: char| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, sign)).collect();
        let steady =
            counts.windows(2).filter(|pair| pair.iter().all(|n| *n > 0 && n == pair.iter().max().unwrap_or(n))).count();
        (steady, usize::from(counts.iter().any(|n| *n > 0)))
    };
    // max_by_key keeps the last of equals.
    let best = DELIMITERS.iter().rev().max_by_key(|sign| steadiness(**sign));
    best.and_then(|sign| u8::try_from(*sign).ok()).unwrap_or(b',')
}

fn outside_quotes(line: &str, sign: char) -> usize {
    let mut quoted = false;
    line.chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted && *c == sign
        })
        .count()
}
