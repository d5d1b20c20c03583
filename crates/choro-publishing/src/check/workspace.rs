//! All that is looked at, one after the other.

use super::{
    database::{database, open_to_others},
    disk::disk,
    finding::{Finding, Level},
    releases::releases,
    settings::{indicators, settings},
    signatures::signatures,
};
use choro_bundle as bundle;
use choro_config::{Config, DatabasePlace};
use choro_intake::boundary::find_gdal;
use choro_store as store;

/// Looks at the grids, the address, the indicators, the database, the releases, the disk, and for `choro-gdal`.
pub async fn check(config: &Config) -> Vec<Finding> {
    let mut found = settings(config);
    let folder = &config.workspace.releases;
    let serves = bundle::current(folder).is_ok_and(|current| current.is_some());
    found.push(indicators(config, serves));
    let inspected = store::inspect(&config.workspace.database).await;
    found.extend(database(&inspected, serves));
    let secrets = match &config.workspace.database.place {
        DatabasePlace::File(path) => vec![("database", path), ("key", &config.workspace.key)],
        DatabasePlace::Postgres(_) => vec![("key", &config.workspace.key)],
    };
    found.extend(secrets.into_iter().filter_map(|(about, path)| open_to_others(about, path)));
    let recorded = inspected.map(|inspection| inspection.releases).unwrap_or_default();
    found.extend(releases(folder, &recorded).unwrap_or_else(|e| vec![Finding::new(Level::Error, "releases", e)]));
    found.extend(signatures(&config.workspace.key, folder));
    found.push(disk(folder));
    found.push(match find_gdal() {
        Some(path) => Finding::new(Level::Ok, "choro-gdal", path.display()),
        None => Finding::new(
            Level::Warning,
            "choro-gdal",
            "not found: boundaries can be imported from GeoJSON and TopoJSON only; install choro-gdal beside choro, or name it \
             in CHORO_GDAL",
        ),
    });
    found
}
