//! Takes a boundary file into the store.

use crate::{error::WorkbenchError, workbench::Workbench};
use choro_bundle::FieldHash;
use choro_intake::boundary::{self, BoundaryReport};
use choro_model::{AreaCode, BoundarySet, Names};
use choro_store::PutOutcome;
use geo::MultiPolygon;
use std::path::Path;

/// How to import boundaries.
#[derive(Debug, Clone)]
pub struct BoundaryImport {
    /// How to read the file.
    pub options: boundary::Options,
    /// The set's own name by language.
    pub title: Names,
    /// Whether to go on without the rejected areas.
    pub skip_rejects: bool,
    /// Whether to replace an unpublished vintage.
    pub replace: bool,
    /// Whether to stop before anything is stored.
    pub dry_run: bool,
}

/// What became of a boundary file.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryOutcome {
    /// What was read, repaired and rejected.
    pub report: BoundaryReport,
    /// What was stored; `None`: nothing, because of rejects or a dry run.
    pub stored: Option<PutOutcome>,
}

impl Workbench {
    /// Imports a boundary file: all of it, nothing, or, where the operator says so, all but the rejects.
    pub async fn import_boundaries(&self, path: &Path, how: &BoundaryImport) -> Result<BoundaryOutcome, WorkbenchError> {
        let mut import = tokio::task::block_in_place(|| boundary::import(path, &how.options))?;
        import.set.names = how.title.clone();
        let report = import.report;
        let refused = !report.rejected.is_empty() && !how.skip_rejects;
        if refused || how.dry_run {
            return Ok(BoundaryOutcome { report, stored: None });
        }
        let json = serde_json::to_string(&report)?;
        let stored = self.store.put_boundary_set(&import.set, &content_hash(&import.set), &json, how.replace).await?;
        Ok(BoundaryOutcome { report, stored: Some(stored) })
    }
}

/// SHA-256 of all that a vintage is: areas in order, with names, parents and every coordinate. The database keeps it, so that the
/// same file is known again.
fn content_hash(set: &BoundarySet) -> String {
    let mut hash = FieldHash::new("choro-vintage/2");
    names(&mut hash, &set.names);
    hash.text("source", &set.source).text("licence", &set.licence).number("areas", set.areas.len() as u64);
    for area in &set.areas {
        hash.text("code", area.code.as_str());
        names(&mut hash, &area.names);
        hash.optional("parent", area.parent.as_ref().map(AreaCode::as_str));
        if let Some(polygons) = &area.geometry {
            geometry(&mut hash, polygons);
        } else {
            hash.absent("polygons");
        }
    }
    hash.digits()
}

fn names(hash: &mut FieldHash, names: &Names) {
    hash.number("names", names.0.len() as u64);
    for (lang, name) in &names.0 {
        hash.text("lang", lang.as_str()).text("name", name);
    }
}

fn geometry(hash: &mut FieldHash, polygons: &MultiPolygon<f64>) {
    hash.number("polygons", polygons.0.len() as u64);
    for polygon in polygons {
        hash.number("rings", 1 + polygon.interiors().len() as u64);
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            hash.number("points", ring.0.len() as u64);
            hash.floats("x", ring.0.iter().map(|point| point.x)).floats("y", ring.0.iter().map(|point| point.y));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_model::Area;
    use geo::{LineString, Polygon};
    use std::collections::BTreeSet;

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        LineString::from(points.to_vec())
    }

    fn area(code: &str, parent: Option<&str>, polygons: Option<Vec<Polygon<f64>>>) -> Area {
        Area {
            code: AreaCode::new(code).unwrap(),
            names: Names::default(),
            parent: parent.map(|code| AreaCode::new(code).unwrap()),
            geometry: polygons.map(MultiPolygon),
        }
    }

    fn set(source: &str, licence: &str, areas: Vec<Area>) -> BoundarySet {
        BoundarySet {
            id: "s".parse().unwrap(),
            vintage: "2014".parse().unwrap(),
            names: Names([("en".parse().unwrap(), "Set".to_owned())].into()),
            source: source.to_owned(),
            licence: licence.to_owned(),
            areas,
        }
    }

    #[test]
    fn a_vintage_has_the_hash_that_databases_hold_of_it() {
        let triangle = Polygon::new(ring(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.5), (0.0, 0.0)]), vec![]);
        let areas = vec![area("A", Some("P"), Some(vec![triangle])), area("B", None, None)];
        // Hashed by another program, field by field as `FieldHash` has them.
        assert_eq!(content_hash(&set("s", "l", areas)), "16a8e8eb329aac91d3224a04513b48323c1572c6a89ecca00b71db54dc59633f");
    }

    #[test]
    fn vintages_that_could_run_together_differ() {
        let square = |from: f64, to: f64| ring(&[(from, from), (to, from), (to, to), (from, to), (from, from)]);
        let (outer, inner) = (square(0.0, 9.0), square(2.0, 3.0));
        let hole = Polygon::new(outer.clone(), vec![inner.clone()]);
        let apart = vec![Polygon::new(outer, vec![]), Polygon::new(inner, vec![])];
        let sets = [
            set("s", "l", vec![]),
            set("s\nl", "", vec![]),
            set("", "s\nl", vec![]),
            set("s", "l", vec![area("A", None, None)]),
            set("s", "l", vec![area("A", None, Some(vec![]))]),
            set("s", "l", vec![area("A", None, None), area("B", None, None)]),
            set("s", "l", vec![area("A", Some("B"), None)]),
            // A hole, or a second polygon in its place.
            set("s", "l", vec![area("A", None, Some(vec![hole]))]),
            set("s", "l", vec![area("A", None, Some(apart))]),
        ];
        let hashes: BTreeSet<_> = sets.iter().map(content_hash).collect();
        assert_eq!(hashes.len(), sets.len());
    }
}
