//! What the texts of SDMX-CSV stand for here.

use choro_model::Indicator;

/// Codes of a dimension that stand for all of it together.
pub(crate) const TOTALS: [&str; 6] = ["", "_T", "_Z", "T", "TOTAL", "_O"];

/// What a status stands for.
pub(crate) struct SdmxStatus {
    /// `B`, `E`, `P`, a state, or nothing.
    pub meaning: &'static str,
    /// Whether that is all it says.
    pub is_whole: bool,
}

/// SDMX CL_OBS_STATUS 2.2: the code, its meaning, and whether the meaning is all that it says.
const OBS_STATUS: [(&str, &str, bool); 24] = [
    ("", "", true),
    ("A", "", true),
    ("B", "B", true),
    ("E", "E", true),
    ("P", "P", true),
    ("H", "missing", true),
    ("L", "missing", true),
    ("O", "missing", true),
    ("M", "invalid", true),
    ("Q", "secrecy", true),
    // Forecast and imputed are estimates.
    ("F", "E", false),
    ("I", "E", false),
    // These say more than is kept: definition differs, experimental, derogation, included or summed elsewhere, not significant, seasonal, strike, low
    // reliability, unvalidated and the like.
    ("D", "", false),
    ("G", "", false),
    ("J", "", false),
    ("K", "", false),
    ("N", "", false),
    ("R", "", false),
    ("S", "", false),
    ("U", "", false),
    ("V", "", false),
    ("W", "", false),
    ("X", "", false),
    ("Y", "", false),
];

/// Eurostat's OBS_FLAG: letters, of which several may stand together. The first one of this list that is there decides.
const OBS_FLAG: [(char, &str); 8] =
    [('c', "secrecy"), ('z', "invalid"), ('p', "P"), ('e', "E"), ('s', "E"), ('f', "E"), ('i', "E"), ('b', "B")];
/// The other letters: definition differs, not significant, revised, low reliability.
const OTHER_FLAGS: &str = "dnru";

/// What a status stands for; `None` for an unknown one, which rejects its row.
pub(crate) fn status(text: &str, is_flag: bool) -> Option<SdmxStatus> {
    if !is_flag {
        let (_, meaning, is_whole) = OBS_STATUS.iter().find(|(code, _, _)| *code == text)?;
        return Some(SdmxStatus { meaning, is_whole: *is_whole });
    }
    let known = |letter: char| OTHER_FLAGS.contains(letter) || OBS_FLAG.iter().any(|(flag, _)| *flag == letter);
    if !text.chars().all(known) {
        return None;
    }
    let first = OBS_FLAG.iter().find(|(flag, _)| text.contains(*flag));
    let meaning = first.map_or("", |(_, meaning)| meaning);
    let is_whole = text.is_empty() || (text.len() == 1 && matches!(text, "c" | "z" | "p" | "e" | "b"));
    Some(SdmxStatus { meaning, is_whole })
}

/// The indicator of a code or of a dataflow `AGENCY:ID(VERSION)`, whatever the case of its letters. Where no indicator has that id,
/// it is the text as it stands.
pub(crate) fn indicator(text: &str, indicators: &[Indicator]) -> String {
    let id = text.split_once(':').map_or(text, |(_, id)| id);
    let id = id.split_once('(').map_or(id, |(id, _)| id);
    let known = indicators.iter().find(|indicator| indicator.id.as_str().eq_ignore_ascii_case(id));
    known.map_or_else(|| text.to_owned(), |indicator| indicator.id.to_string())
}

/// `2014-A1` is the year 2014, `2014-M07` and `2014M07` July, `2014Q3` the third quarter.
pub(crate) fn period(text: &str) -> String {
    let year = text.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
    let rest = text.get(4..).map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    match (year, rest) {
        (Some(year), Some("A1")) => year.to_owned(),
        (Some(year), Some(rest)) if rest.starts_with('M') => format!("{year}-{}", rest.trim_start_matches('M')),
        (Some(year), Some(rest)) if rest.starts_with(['Q', 'S']) => format!("{year}-{rest}"),
        _ => text.to_owned(),
    }
}
