//! What can go wrong when an answer is written.

/// Why areas could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// There are not as many geometries or cells as areas.
    #[error(
        "set {set}: {what} has {got} rows, expected {expected} as in the area table: the bundle is damaged, run choro check"
    )]
    Rows {
        /// The boundary set.
        set: String,
        /// The table that differs.
        what: &'static str,
        /// Its rows.
        got: usize,
        /// The areas.
        expected: usize,
    },
    /// The geometry could not be written.
    #[error("area {area}: {reason}")]
    Geometry {
        /// The area.
        area: String,
        /// What the writer says.
        reason: String,
    },
    /// A text could not be written.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A table could not be written.
    #[error("{0}")]
    Csv(#[from] ::csv::Error),
}
