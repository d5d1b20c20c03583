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

/// The sign that a first line `sep=;` names for spreadsheet programs, and how many bytes that line has with its end.
pub fn named(text: &str) -> Option<(u8, usize)> {
    let start = text.strip_prefix('"').unwrap_or(text);
    let rest = start.get(4..).filter(|_| start.get(..4).is_some_and(|key| key.eq_ignore_ascii_case("sep=")))?;
    let sign = rest.bytes().next().filter(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n'))?;
    let behind = rest.get(1..)?;
    let behind = if text.starts_with('"') { behind.strip_prefix('"')? } else { behind };
    let behind = ["\r\n", "\n", "\r"].iter().find_map(|end| behind.strip_prefix(end))?;
    Some((sign, text.len() - behind.len()))
}

/// Finds the delimiter. Of the first 50 lines, those are counted in which a sign stands as often as in the line before, quoted
/// text left out; the sign with most of them wins. Of equals the earlier in [`DELIMITERS`] wins, so that `1,5;2,5` is split at `;`.
pub fn guess(text: &str) -> u8 {
    let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(50).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sign_that_stands_as_often_in_each_line_is_found_whatever_ends_the_lines() {
        for (text, sign) in [
            ("region,2014,note\rNorth,410,a; b\rIsles,95,\rEast,2,\r", b','),
            ("region,2014\nNorth; upper,410\nIsles; west,95\n", b','),
            ("a;b\n1,5;2,5\n", b';'),
            ("label;code\nL, H;01003\nM, L;09162\n", b';'),
            ("a\tb\n1\t2\n", b'\t'),
        ] {
            assert_eq!(char::from(guess(text)), char::from(sign), "{text:?}");
        }
    }

    #[test]
    fn a_first_line_for_spreadsheet_programs_names_the_sign() {
        for (text, expected) in [
            ("sep=;\na;b", Some((b';', 6))),
            ("SEP=\t\r\na\tb", Some((b'\t', 7))),
            ("\"sep=|\"\ra|b", Some((b'|', 8))),
            ("sep=;x\na;b", None),
            ("sep", None),
            ("separate;b\n", None),
        ] {
            assert_eq!(named(text), expected, "{text:?}");
        }
    }
}
