//! What each file of a release is made from, as a hash: where it is equal in the release before, the file is taken over from there.
//!
//! ```text
//! areas.json, areas.fgb     the content of the vintage, the language of names
//! tiles in a grid           both, the grid's square and projection, the zooms
//! values of a period        dimensions, areas, and the fingerprint of each column
//! catalog.json              the time of the release, so it is never taken over
//! ```

use super::input::{BoundaryInput, ValuesInput};
use crate::{
    files::values::{print, with_reliability},
    format::field_hash::FieldHash,
};
use choro_model::grid::Grid;

/// Part of every recipe: raised when the same input would give other bytes, or another hash.
const EDITION: &str = "choro-recipe/6";

/// The recipe of the files of areas.
pub fn areas(input: BoundaryInput<'_>) -> String {
    of_vintage("areas", input).fingerprint().to_string()
}

/// The recipe of the files of tiles in a grid.
pub fn tiles(input: BoundaryInput<'_>, grid: &Grid) -> String {
    let mut hash = of_vintage("tiles", input);
    hash.text("crs", grid.crs()).floats("corner", grid.corner().into_iter()).floats("side", [grid.side()].into_iter());
    hash.number("min zoom", input.zooms.min.into()).number("max zoom", input.zooms.max.into());
    hash.fingerprint().to_string()
}

/// The recipe of the values of a period.
pub fn values(input: ValuesInput<'_>) -> String {
    let mut hash = begin("values");
    let dimensions = &input.indicator.dimensions;
    hash.number("dimensions", dimensions.len() as u64);
    for dimension in dimensions {
        hash.text("dimension", dimension.id.as_str());
    }
    let (areas, columns) = (input.table.areas(), input.table.columns());
    hash.number("areas", areas.len() as u64);
    for area in areas {
        hash.text("area", area.as_str());
    }
    hash.number("columns", columns.len() as u64);
    for (column, reliability) in with_reliability(columns, input.reliability) {
        let codes = column.codes();
        hash.number("codes", codes.len() as u64);
        for code in codes {
            hash.text("code", code.as_str());
        }
        // Cells, flags, and whose figures they were made of.
        hash.text("fingerprint", &print(column, reliability, input.origin).to_string());
    }
    hash.fingerprint().to_string()
}

/// The recipe of the catalogue of a release made at this time.
pub fn catalog(created: &str) -> String {
    let mut hash = begin("catalog");
    hash.text("created", created);
    hash.fingerprint().to_string()
}

fn of_vintage(file: &str, input: BoundaryInput<'_>) -> FieldHash {
    let mut hash = begin(file);
    hash.text("content", input.content_hash).text("lang", input.lang.as_str());
    hash
}

fn begin(file: &str) -> FieldHash {
    let mut hash = FieldHash::new(EDITION);
    hash.text("file", file);
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::input::ZoomRange;
    use choro_figures::disclosure::{UnprotectedColumn, UnprotectedTable, protect_alone};
    use choro_model::{
        Cell, Code, CodeItem, CodeList, Dimension, DimensionId, Figure, Indicator, Kind, Names, ObsStatus, Selection, State,
        Unit,
    };
    use std::{collections::BTreeSet, sync::Arc};

    fn vintage<'a>(content: &'a str, lang: &'a str, then: impl FnOnce(BoundaryInput<'_>) -> String) -> String {
        let (set, vintage, lang) = ("s".parse().unwrap(), "2014".parse().unwrap(), lang.parse().unwrap());
        then(BoundaryInput {
            set: &set,
            vintage: &vintage,
            names: &Names::default(),
            content_hash: content,
            grids: &[],
            zooms: ZoomRange { min: 0, max: 7 },
            most_outside: 1.0,
            lang: &lang,
            mlt: false,
        })
    }

    fn grid(corner: [f64; 2]) -> Grid {
        Grid::new("g".parse().unwrap(), "+proj=laea +lat_0=90 +datum=WGS84 +units=m", corner, 16e6).unwrap()
    }

    fn indicator(dimension: &str) -> Indicator {
        let item = |code: &str| CodeItem { code: Code::new(code).unwrap(), name: Names::default(), parent: None };
        let codes = CodeList { id: "sex".to_owned(), items: ["_T", "F"].map(item).to_vec() };
        Indicator {
            id: "rate".parse().unwrap(),
            name: Names::default(),
            note: Names::default(),
            theme: Names::default(),
            keywords: Names::default(),
            unit: Unit { id: "PS".to_owned(), name: Names::default() },
            kind: Kind::Rate,
            decimals: 1,
            dimensions: vec![Dimension {
                id: DimensionId::new(dimension).unwrap(),
                name: Names::default(),
                code_list: Arc::new(codes),
                total: Code::new("_T").unwrap(),
            }],
            diverging: false,
            additive: false,
            weighted_by: None,
            reliable_from: None,
            persons: false,
            declared_public: false,
            source: String::new(),
            licence: String::new(),
        }
    }

    /// The recipe of one column of two areas.
    fn column(dimension: &str, areas: [&str; 2], code: &str, first: f64, status: Option<ObsStatus>) -> String {
        let (set, vintage, indicator) = ("s".parse().unwrap(), "2014".parse().unwrap(), indicator(dimension));
        let selection = Selection::new(&indicator, "2020".parse().unwrap(), &[(dimension, code)]).unwrap();
        let cells = [(Cell::value(first).unwrap(), status), (Cell::State(State::Missing), None)];
        let figures = cells.map(|(cell, status)| Figure { cell, status }).into();
        let table = protect_alone(UnprotectedTable {
            set: &set,
            vintage: &vintage,
            indicator: &indicator,
            period: "2020".parse().unwrap(),
            areas: areas.iter().map(|code| code.parse().unwrap()).collect(),
            columns: vec![UnprotectedColumn { codes: selection.codes, figures }],
        });
        values(ValuesInput { table: &table.unwrap(), indicator: &indicator, origin: None, gaps: &[], reliability: &[] })
    }

    #[test]
    fn a_recipe_is_what_it_was_when_it_was_written_into_manifests() {
        // Hashed by another program, field by field as `field_hash` has them. One that changes needs another edition.
        assert_eq!(vintage("c", "en", areas), "f724b96b354cad0d1b12ed8cdcff87bc");
        assert_eq!(vintage("c", "en", |input| tiles(input, &grid([-8e6, 8e6]))), "d6d61bb5e156a47fc07cd480ed65c319");
        assert_eq!(column("sex", ["A", "B"], "F", 12.5, Some(ObsStatus::P)), "f2232b777e9e9d984c20e43f58da407d");
        assert_eq!(catalog("2026-11-24T09:00:00Z"), "2df51e7d77d69068f13b5ee9200c9253");
    }

    #[test]
    fn inputs_that_differ_have_other_recipes() {
        let tiles_at = |corner| vintage("c", "en", |input| tiles(input, &grid(corner)));
        let recipes = [
            vintage("c", "en", areas),
            vintage("c\nen", "en", areas),
            vintage("c", "ru", areas),
            tiles_at([-8e6, 8e6]),
            tiles_at([8e6, -8e6]),
            tiles_at([0.0, 0.0]),
            tiles_at([-0.0, 0.0]),
            column("sex", ["A", "B"], "F", 12.5, None),
            column("sex", ["A,B", "C"], "F", 12.5, None),
            column("sex", ["A", "B,C"], "F", 12.5, None),
            column("sex", ["A", "B"], "_T", 12.5, None),
            column("sex", ["A", "B"], "F", 12.25, None),
            column("sex", ["A", "B"], "F", 12.5, Some(ObsStatus::P)),
            column("gender", ["A", "B"], "F", 12.5, None),
            catalog("2026-11-24T09:00:00Z"),
        ];
        assert_eq!(recipes.iter().collect::<BTreeSet<_>>().len(), recipes.len());
    }
}
