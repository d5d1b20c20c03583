//! CSV and TSV. Row numbers are those that a spreadsheet would show: blank lines count, a quoted cell with a line break is
//! one row.

use super::{
    encoding,
    table::{Table, TableError, TableOptions, Value},
};

/// The delimiters that are looked for, the likelier first.
const DELIMITERS: [char; 4] = [';', '\t', '|', ','];

pub(super) fn parse(file: &str, bytes: &[u8], options: &TableOptions) -> Result<Table, TableError> {
    let (text, note) = encoding::decode(file, bytes, options.encoding.as_deref())?;
    let mut table = Table::new(file);
    table.notes.extend(note);
    let delimiter = match options.delimiter {
        Some(sign) => declared(file, sign)?,
        None => {
            let found = of_sdmx(&text).unwrap_or_else(|| guess(&text));
            table.notes.push(format!("delimiter {:?} (found, not declared)", char::from(found)));
            found
        }
    };
    table.delimiter = Some(char::from(delimiter));
    fill(&mut table, &text, delimiter)?;
    Ok(table)
}

fn fill(table: &mut Table, text: &str, delimiter: u8) -> Result<(), TableError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader.read_record(&mut record).map_err(|e| TableError::Damaged {
            file: table.file.clone(),
            place: format!("row {}", table.height() + 1),
            reason: e.to_string(),
        })?;
        if !more {
            return Ok(());
        }
        for _ in 0..blank_lines(text, start) {
            table.end_row()?;
        }
        for cell in &record {
            table.push(Value::Text(cell))?;
        }
        table.end_row()?;
    }
}

/// Blank lines at `start`, where a record ended: the reader skips them, a spreadsheet counts them.
fn blank_lines(text: &str, start: usize) -> usize {
    let ended_in = |sign| start.checked_sub(1).and_then(|at| text.as_bytes().get(at)) == Some(&sign);
    let mut rest = text.get(start..).unwrap_or_default();
    if ended_in(b'\r') {
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    let mut blank = 0;
    while let Some(next) = ["\r\n", "\n", "\r"].iter().find_map(|end| rest.strip_prefix(end)) {
        rest = next;
        blank += 1;
    }
    blank
}

fn declared(file: &str, sign: char) -> Result<u8, TableError> {
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
fn of_sdmx(text: &str) -> Option<u8> {
    let rest = ["DATAFLOW", "STRUCTURE"].iter().find_map(|head| text.trim_start_matches('"').strip_prefix(head))?;
    let rest = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')).map_or(rest, |(_, rest)| rest);
    let sign = rest.trim_start_matches('"').chars().next().filter(|sign| DELIMITERS.contains(sign))?;
    u8::try_from(sign).ok()
}

/// Of the delimiters, the one found outside quotes in the most of the first 50 lines equally often as in the line before;
/// of equals the earlier in [`DELIMITERS`], so that `1,5;2,5` is split at `;`.
fn guess(text: &str) -> u8 {
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
