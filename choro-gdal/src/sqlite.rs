//! SQLite databases, GeoPackages among them: a hostile one shows another file of this machine as a table.
//!
//! `CREATE VIRTUAL TABLE v USING VirtualText('/etc/passwd', ..)`, in whatever spelling, shows its lines, and so does a view over `v`.
//! SQLite itself decides, not the text: no module that opens files is known to it (`SETTINGS`), a view cannot use a virtual table
//! that is more than an index (`trusted_schema`), and what SQLite lists as virtual is no layer.

use crate::said;
use anyhow::{Result, bail};
use gdal::{
    Dataset,
    vector::{LayerAccess as _, sql::Dialect},
};

/// SpatiaLite's modules and functions are not registered, nor is GDAL's own VirtualOGR; what a schema names is not trusted; and
/// what is sorted stays in memory, since no file can be written.
pub const SETTINGS: [(&str, &str); 3] = [
    ("SPATIALITE_LOAD", "NO"),
    ("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO"),
    ("OGR_SQLITE_PRAGMA", "trusted_schema=OFF,temp_store=MEMORY"),
];

/// Whether GDAL reads it through SQLite.
pub fn is(dataset: &Dataset) -> bool {
    matches!(dataset.driver().short_name().as_str(), "SQLite" | "GPKG")
}

/// Refuses a layer that is a virtual table, or whose table SQLite does not know. `failure` is what GDAL complained of when the
/// layer's fields were asked for: it goes on with a layer without any.
pub fn check(dataset: &Dataset, layer: &str, failure: Option<String>) -> Result<()> {
    let trusted = column(dataset, "PRAGMA trusted_schema", 0)?;
    let (names, kinds) = (column(dataset, "PRAGMA table_list", 1)?, column(dataset, "PRAGMA table_list", 2)?);
    if trusted != ["0"] || names.is_empty() {
        bail!(
            "the SQLite that GDAL uses cannot say which tables are virtual, and one may show another file of this machine; \
             SQLite 3.37 or later can, or convert the file: ogr2ogr -f FlatGeobuf areas.fgb FILE LAYER"
        );
    }
    match kind(layer, &names, &kinds) {
        Some("virtual") => bail!(
            "the layer {layer:?} is a virtual table, which may show another file of this machine; copy the areas to a table of \
             a new file"
        ),
        Some(_) => {}
        None => bail!("the layer {layer:?} is no table or view of the database"),
    }
    if let Some(failure) = failure {
        bail!(
            "the layer {layer:?} cannot be read: {failure}; a view may use no virtual table, which may show another file of this \
             machine, and none of SpatiaLite's functions: copy the areas to a table of a new file"
        );
    }
    Ok(())
}

/// What SQLite says a layer is. GDAL names the geometry column behind a table that has several: `areas(border)`.
fn kind<'a>(layer: &str, names: &[String], kinds: &'a [String]) -> Option<&'a str> {
    let of = |name: &str| names.iter().position(|known| known.eq_ignore_ascii_case(name)).and_then(|at| kinds.get(at));
    of(layer).or_else(|| of(layer.rsplit_once('(')?.0)).map(String::as_str)
}

fn column(dataset: &Dataset, query: &str, index: usize) -> Result<Vec<String>> {
    let Some(mut rows) = dataset.execute_sql(query, None, Dialect::DEFAULT)? else { return Ok(Vec::new()) };
    let mut texts = Vec::new();
    for row in rows.features() {
        texts.push(row.field_as_string(index)?.unwrap_or_default());
    }
    said::failure().map_or(Ok(texts), |failure| bail!("{query}: {failure}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_what_sqlite_says_of_its_table_or_of_the_one_before_its_geometry_column() {
        let texts = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let (names, kinds) = (texts(&["areas", "v", "a(b", "w"]), texts(&["table", "virtual", "view", "view"]));
        for (layer, expected) in [
            ("areas", Some("table")),
            ("V", Some("virtual")),
            ("v(geom)", Some("virtual")),
            ("a(b", Some("view")),
            ("a(b(geom)", Some("view")),
            ("absent", None),
        ] {
            assert_eq!(kind(layer, &names, &kinds), expected, "{layer}");
        }
    }
}
