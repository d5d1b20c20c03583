//! Looks at the settings and at what is measured.

use super::finding::{Finding, Level};
use choro_config::Config;
use choro_intake::definitions;
use choro_model::grid::Grid;

/// The grids, and the address that clients are told.
pub(super) fn settings(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    for grid in &config.grids {
        if let Err(error) = Grid::new(grid.id.clone(), &grid.crs, grid.corner, grid.side) {
            found.push(Finding::new(Level::Error, "grids", error));
        }
    }
    let addr = &config.server.addr;
    if config.server.public_url.is_none() && !addr.is_local() {
        let what = format!(
            "server.public_url is not set: the URLs in TileJSON and styles will say http://{}, which clients may not reach; set \
             it to the address that they use",
            addr.authority()
        );
        found.push(Finding::new(Level::Warning, "settings", what));
    }
    if found.is_empty() {
        found.push(Finding::new(Level::Ok, "settings", "every key is known and every grid can be projected"));
    }
    found
}

/// What is wrong with something that a server alone does without.
pub(super) fn needed_to_publish(serves: bool, about: &str, error: &impl ToString) -> Finding {
    let error = error.to_string();
    if serves {
        let what = format!("{error} (the current release is served without it; importing and publishing need it)");
        Finding::new(Level::Warning, about, what)
    } else {
        Finding::new(Level::Error, about, error)
    }
}

/// The definitions of indicators.
pub(super) fn indicators(config: &Config, serves: bool) -> Finding {
    let path = &config.workspace.indicators;
    match definitions::read(path) {
        Ok(found) => Finding::new(Level::Ok, "indicators", format!("{}: {} defined", path.display(), found.len())),
        Err(error) if !path.exists() => needed_to_publish(serves, "indicators", &error),
        Err(error) => Finding::new(Level::Error, "indicators", error),
    }
}
