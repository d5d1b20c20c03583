//! The CSV to correct and hand back as a crosswalk: `label,code,candidate_1,candidate_2,candidate_3`.

use super::report::JoinReport;
use choro_model::guarded;

/// All labels of areas: first those without an area, `code` empty, then the matched ones with theirs, so that the corrected
/// file is a whole crosswalk by itself. Begins with a byte order mark, by which spreadsheet programs know UTF-8.
pub(super) fn write(report: &JoinReport) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut rows: Vec<[String; 5]> = vec![["label", "code", "candidate_1", "candidate_2", "candidate_3"].map(str::to_owned)];
    for unmatched in &report.unmatched {
        let candidate = |n: usize| {
            unmatched.candidates.get(n).map(|c| guarded(&format!("{} {}", c.code, c.name)).into_owned()).unwrap_or_default()
        };
        rows.push([guarded(&unmatched.label).into_owned(), String::new(), candidate(0), candidate(1), candidate(2)]);
    }
    for matched in &report.matched {
        rows.push([
            guarded(&matched.label).into_owned(),
            guarded(&matched.code).into_owned(),
            String::new(),
            String::new(),
            String::new(),
        ]);
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
