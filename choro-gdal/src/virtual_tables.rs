//! Virtual tables of an SQLite database (GeoPackage among them): a hostile one shows another file of this machine as a layer.
//!
//! `CREATE VIRTUAL TABLE "v" USING VirtualText('/etc/passwd', ..)` is refused; an index, `.. USING rtree(..)`, is not.

use anyhow::{Result, bail};
use gdal::{
    Dataset,
    vector::{LayerAccess as _, sql::Dialect},
};

/// Modules that hold their content in the database itself.
const HARMLESS: [&str; 5] = ["rtree", "rtree_i32", "fts3", "fts4", "fts5"];

/// Refuses a database with a virtual table that may reach further than itself.
pub fn check(dataset: &Dataset) -> Result<()> {
    if !matches!(dataset.driver().short_name().as_str(), "SQLite" | "GPKG") {
        return Ok(());
    }
    let query = "SELECT sql FROM sqlite_master WHERE sql LIKE '%virtual%'";
    let Some(mut rows) = dataset.execute_sql(query, None, Dialect::DEFAULT)? else { return Ok(()) };
    for row in rows.features() {
        let sql = row.field_as_string(0)?.unwrap_or_default();
        if !harmless(&sql) {
            bail!(
                "it has a virtual table, which may show another file of this machine: {sql:.100}; copy the areas to a new file"
            );
        }
    }
    Ok(())
}

/// Whether a definition has no `USING` at all, or one that is followed by a harmless module. What could be read in two ways is
/// not harmless.
fn harmless(sql: &str) -> bool {
    let sql = sql.to_lowercase();
    let words: Vec<&str> = sql.split_whitespace().collect();
    let mut uses = words.iter().enumerate().filter(|(_, word)| word.ends_with("using"));
    match (uses.next(), uses.next()) {
        (None, _) => !sql.contains("using/*") && !sql.contains("using--"),
        (Some((at, &"using")), None) => {
            let module = words.get(at + 1).and_then(|word| word.split('(').next()).unwrap_or_default();
            HARMLESS.contains(&module)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_index_of_the_database_itself_is_harmless() {
        for good in [
            "CREATE VIRTUAL TABLE \"rtree_housing_geom\" USING rtree(id, minx, maxx, miny, maxy)",
            "CREATE TABLE a (virtual text)",
        ] {
            assert!(harmless(good), "{good}");
        }
        for bad in [
            "CREATE VIRTUAL TABLE v USING VirtualText('/etc/passwd')",
            "create virtual table \"v\"USING VirtualShape('a')",
            "CREATE VIRTUAL TABLE \"a using rtree(\" USING VirtualText('a')",
            "CREATE VIRTUAL TABLE v USING/**/VirtualText('a')",
            "CREATE VIRTUAL TABLE v USING \"rtree\"(a)",
        ] {
            assert!(!harmless(bad), "{bad}");
        }
    }
}
