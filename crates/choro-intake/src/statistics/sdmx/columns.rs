//! The headings of SDMX-CSV: ids, some with sub-field signs (`NOTE[en;ru]`) or labels (`SEX: Sex`, `SEX:Sex`).

use crate::statistics::{
    file::{column_letters, table::CellTable},
    vocabulary::categories::breakdown,
};

/// Columns that are known to be no dimension: those of the message itself, and those that do not say where the value belongs.
const KNOWN: [&str; 25] = [
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
    "UNIT_MULTIPLIER",
    "DECIMALS",
    "OBS_VALUE",
    "OBS_STATUS",
    "OBS_FLAG",
    "CONF_STATUS",
    "OBS_CONF",
    "EMBARGO_TIME",
];
/// What the ids of attributes begin with, which say something about a value and not where it belongs.
const ATTRIBUTES: [&str; 22] = [
    "NOTE",
    "COMMENT",
    "TITLE",
    "SOURCE",
    "DATA_SOURCE",
    "CUSTODIAN",
    "OBS_",
    "TIME_PERIOD_",
    "COVERAGE",
    "REF_PERIOD",
    "BASE_PER",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "WGTD_",
    "PRE_BREAK",
    "LAST_UPDATE",
    "LAST UPDATE",
    "COMPIL",
    "COLL_",
    "METHOD",
    "UNIT_",
    "NAT_",
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

    /// Columns that are or may be dimensions, wherever they stand: those before the value, as in a file whose columns are in the order
    /// of its structure, and those behind it whose name is that of something by which figures are broken down.
    pub(crate) fn dimensions(&self, value: usize) -> impl Iterator<Item = (usize, &str)> {
        let heads = self.0.iter().enumerate().map(|(column, id)| (column, id.as_str()));
        heads.filter(move |(column, id)| {
            !id.is_empty() && !KNOWN.contains(id) && (*column < value || breakdown(id).is_some())
        })
    }

    /// Columns that are rightly not read: those of the message, and attributes.
    pub(crate) fn ignored(&self) -> Vec<usize> {
        let is_ignored =
            |id: &str| KNOWN.contains(&id) || ATTRIBUTES.iter().any(|start| id.starts_with(start)) || id.ends_with("NOTE");
        self.0.iter().enumerate().filter(|(_, id)| is_ignored(id)).map(|(column, _)| column).collect()
    }

    /// Whether a table has the columns of SDMX-CSV, in whatever order.
    pub(crate) fn is_whole(&self) -> bool {
        let has = |ids: &[&str]| self.find(ids).is_some();
        has(&["OBS_VALUE"])
            && has(&["TIME_PERIOD"])
            && has(&["REF_AREA", "GEO"])
            && has(&["DATAFLOW", "STRUCTURE_ID", "INDICATOR"])
    }

    pub(crate) fn list(&self) -> String {
        let name = |(column, id): (usize, &String)| format!("{} {id:?}", column_letters::of_index(column));
        self.0.iter().enumerate().take(40).map(name).collect::<Vec<_>>().join(", ")
    }
}

/// The id of a heading.
pub(crate) fn id(head: &str) -> String {
    let head = head.split_once(':').map_or(head, |(id, _)| id);
    head.split_once('[').map_or(head, |(id, _)| id).trim().to_uppercase()
}

/// Whether headings are `ID: label` (labels=both), with or without a blank.
pub fn have_labels(table: &CellTable) -> bool {
    (0..table.width()).any(|column| table.get(0, column).to_string().contains(':'))
}
