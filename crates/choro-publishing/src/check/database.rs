//! Looks at the database, and at who may read what is secret.

use super::{
    finding::{Finding, Level},
    settings::needed_to_publish,
};
use choro_store::{Inspection, StoreError};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

/// Whether the database is whole and its schema up to date.
pub(super) fn database(inspected: &Result<Inspection, StoreError>, serves: bool) -> Vec<Finding> {
    let finding = |level, what: String| Finding::new(level, "database", what);
    let inspection = match inspected {
        Ok(inspection) => inspection,
        Err(error @ StoreError::Absent { .. }) => return vec![needed_to_publish(serves, "database", error)],
        Err(error) => return vec![finding(Level::Error, error.to_string())],
    };
    let mut found: Vec<Finding> = inspection
        .problems
        .iter()
        .map(|said| finding(Level::Error, format!("it is damaged ({said}); restore it from a backup (choro restore)")))
        .collect();
    if inspection.missing_steps > 0 {
        let steps = inspection.missing_steps;
        let what = format!(
            "{steps} steps of the schema are still to be made: the next import or publish makes them; back up first"
        );
        found.push(finding(Level::Warning, what));
    }
    if found.is_empty() {
        let releases = inspection.releases.len();
        found.push(finding(Level::Ok, format!("it is whole, its schema is up to date, {releases} releases are recorded")));
    }
    found
}

/// That others than the owner may read a secret.
pub(super) fn open_to_others(about: &str, path: &Path) -> Option<Finding> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    let path = path.display();
    let what = format!("others than its owner may read {path} (mode {mode:03o}): chmod 600 {path}");
    (mode & 0o077 != 0).then(|| Finding::new(Level::Warning, about, what))
}
