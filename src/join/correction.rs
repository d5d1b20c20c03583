//! The CSV to correct and hand back as a crosswalk: `label,code,candidate_1,candidate_2,candidate_3`.

use super::report::JoinReport;

/// Signs with which a cell becomes a formula in a spreadsheet program, and the apostrophe that takes this from it.
/// <https://owasp.org/www-community/attacks/CSV_Injection>
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell that no spreadsheet program takes for a formula: a leading apostrophe where one is needed.
pub(super) fn escape(cell: &str) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell.to_owned() }
}

/// The inverse of [`escape`]: an apostrophe is dropped only where `escape` would have set it, so that texts written by hand
/// keep theirs.
pub(super) fn unescape(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

/// All labels of areas: first those without an area, `code` empty, then the matched ones with theirs, so that the corrected
/// file is a whole crosswalk by itself. Begins with a byte order mark, by which spreadsheet programs know UTF-8.
pub(super) fn write(report: &JoinReport) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows: Vec<[String; 5]> = vec![["label", "code", "candidate_1", "candidate_2", "candidate_3"].map(str::to_owned)];
    for unmatched in &report.unmatched {
        let candidate =
            |n: usize| unmatched.candidates.get(n).map(|c| escape(&format!("{} {}", c.code, c.name))).unwrap_or_default();
        rows.push([escape(&unmatched.label), String::new(), candidate(0), candidate(1), candidate(2)]);
    }
    for matched in &report.matched {
        rows.push([escape(&matched.label), escape(&matched.code), String::new(), String::new(), String::new()]);
    }
    for row in rows {
        // Writing to memory cannot fail; a row of another length would, and all have five cells.
        if writer.write_record(row).is_err() {
            break;
        }
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8(bytes).unwrap_or_default())
}
