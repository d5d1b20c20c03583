//! The headings of SDMX-CSV: ids, some with sub-field signs (`NOTE[en;ru]`) or labels (`SEX: Sex`).

use crate::statistics::file::{column_letters, table::CellTable};

/// Columns that are known to be no dimension: those of the message itself, and those that do not say where the value belongs.
const KNOWN: [&str; 20] = [
    "DATAFLOW",
    "STRUCTURE",
    "STRUCTURE_ID",
    "STRUCTURE_NAME",
    "ACTION",
    "SERIES_KEY",
    "OBS_KEY",
    "LAST UPDATE",
    "FREQ",
    "TIME_FORMAT",
    "TIME_PERIOD",
    "REF_AREA",
    "GEO",
    "INDICATOR",
    "UNIT",
    "UNIT_MEASURE",
    "UNIT_MULT",
    "DECIMALS",
    "OBS_STATUS",
    "CONF_STATUS",
];

/// The ids of a table's columns, in upper case.
pub(crate) struct SdmxColumns(Vec<String>);

impl SdmxColumns {
    pub(crate) fn new(table: &CellTable) -> Self {
        Self((0..table.width()).map(|column| id(&table.get(0, column).to_string())).collect())
    }

    /// The first column with one of the ids, the earlier id first.
    pub(crate) fn find(&self, ids: &[&str]) -> Option<usize> {
        ids.iter().find_map(|id| self.0.iter().position(|head| head == id))
    }

    /// Columns before the value that are not known. In a file whose columns are in the order of its structure, these are dimensions.
    pub(crate) fn unknown_before(&self, value: usize) -> impl Iterator<Item = (usize, &str)> {
        let heads = self.0.iter().enumerate().take(value).map(|(column, id)| (column, id.as_str()));
        heads.filter(|(_, id)| !id.is_empty() && !KNOWN.contains(id))
    }

    pub(crate) fn list(&self) -> String {
        let name = |(column, id): (usize, &String)| format!("{} {id:?}", column_letters::of_index(column));
        self.0.iter().enumerate().take(40).map(name).collect::<Vec<_>>().join(", ")
    }
}

/// The id of a heading.
pub(crate) fn id(head: &str) -> String {
    let head = head.split_once(": ").map_or(head, |(id, _)| id);
    head.split_once('[').map_or(head, |(id, _)| id).trim().to_uppercase()
}

/// Whether headings are `ID: label` (labels=both).
pub fn have_labels(table: &CellTable) -> bool {
    (0..table.width()).any(|column| table.get(0, column).to_string().contains(": "))
}
