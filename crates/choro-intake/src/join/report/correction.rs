//! The CSV to correct and hand back as a crosswalk: `label,code,candidate_1,candidate_2,candidate_3`.

use super::join_report::JoinReport;
use choro_model::guarded;

impl JoinReport {
    /// All labels with their codes, to correct and hand back as `FILE:label=code`.
    #[must_use]
    pub fn correction_csv(&self) -> String {
        write(self)
    }
}

/// All labels of areas: first those without an area, whose `code` is empty, then the matched ones with theirs. So the corrected
/// file is a whole crosswalk by itself. It begins with a byte order mark, by which spreadsheet programs know UTF-8.
fn write(report: &JoinReport) -> String {
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
