//! The fourth phase: what of a group may be published. All of its tables are given to `disclosure` together.
//!
//! ```text
//! regions R = 30, districts A = 10, B withheld (both in R): B is R less A, and nothing is published
//! ```
//!
//! What is restated or summed is made of what its source has published, and tells no more than that does. So each source is compared
//! with each other one of a set above, below or beside its own, on all borders that it can be restated on.

use super::{
    geography::Geography,
    tables::{Absent, DraftTable, Group, Protected, ProtectedTable},
};
use choro_bundle::{CatalogGap, Origin};
use choro_figures::{
    disclosure::{self, Addends, CommonSums, LinkedTables, PublishedTable, Refusal, UnprotectedColumn, UnprotectedTable},
    restate::{DraftColumn, Gap},
};
use choro_model::{AreaCode, Code, Indicator, IndicatorId, Period, SetId, VintageId};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// What the public is told of a table that was refused: never the cells.
const SMALL: &str = "it would hold cells of 1 to 4, and the indicator counts persons";
const TOLD: &str = "it would tell a withheld cell by subtraction";

/// Decides about a group. What is refused of the sources' own figures is an error, since nobody may leave out what was given to be
/// published; what is refused of the tables that were made of them is left out as a whole, and the catalogue says why.
pub(super) fn protect<'a>(geography: &Geography, group: Group<'a>) -> Result<Protected<'a>, Refusal> {
    let Group { indicators, tables, absent, last_import } = group;
    let common_sums = indicators.iter().flat_map(|indicator| common_sums(geography, indicator, &tables)).collect();
    let (notes, unprotected): (Vec<_>, Vec<_>) = tables.into_iter().map(|table| split(geography, table)).unzip();
    let decided = disclosure::protect(LinkedTables { tables: unprotected, common_sums })?;
    let mut protected = Protected { tables: Vec::new(), absent, last_import };
    for (note, decided) in notes.into_iter().zip(decided) {
        note.put(decided, &mut protected)?;
    }
    Ok(protected)
}

/// What is known of a table beside its figures.
struct Note<'a> {
    set: &'a SetId,
    vintage: &'a VintageId,
    indicator: &'a Indicator,
    period: Period,
    origin: Option<Origin>,
    gaps: Vec<CatalogGap>,
    tells: bool,
}

/// The figures for `disclosure`, and what it does not need.
fn split<'a>(geography: &Geography, table: DraftTable<'a>) -> (Note<'a>, UnprotectedTable<'a>) {
    let areas = geography.codes(table.set, table.vintage);
    let (gaps, tells) = (gaps(&table, &areas), table.tells());
    let DraftTable { set, vintage, indicator, period, columns, origin } = table;
    let column =
        |(codes, column): (Vec<Code>, DraftColumn)| UnprotectedColumn { codes, figures: column.figures().collect() };
    let columns = columns.into_iter().map(column).collect();
    let note = Note { set, vintage, indicator, period, origin, gaps, tells };
    (note, UnprotectedTable { set, vintage, indicator, period, areas, columns })
}

impl<'a> Note<'a> {
    fn put(self, decided: Result<PublishedTable, Refusal>, into: &mut Protected<'a>) -> Result<(), Refusal> {
        let table = match decided {
            Ok(table) if self.tells || self.origin.is_none() => table,
            Err(refusal @ Refusal::Shape { .. }) => return Err(refusal),
            Err(refusal) if self.origin.is_none() => return Err(refusal),
            decided => {
                into.absent.extend(self.absent(decided.as_ref().err()));
                return Ok(());
            }
        };
        let Self { indicator, origin, gaps, .. } = self;
        into.tables.push(ProtectedTable { table, indicator, origin, gaps, reliability: Vec::new() });
        Ok(())
    }

    /// Why a table that was made of others is not there.
    fn absent(self, refusal: Option<&Refusal>) -> Option<Absent<'a>> {
        let Self { set, vintage, indicator, period, origin, gaps, tells } = self;
        let (Origin::Restated { set: from, vintage: on } | Origin::Aggregated { set: from, vintage: on }) = origin?;
        let reason = match refusal {
            _ if !tells => gaps.first().map_or("there are no areas", |gap| gap.reason.as_str()),
            Some(Refusal::Small { .. }) => SMALL,
            _ => TOLD,
        };
        let reason = reason.to_owned();
        Some(Absent { set, vintage, indicator, period, from: (from, on), reason })
    }
}

/// The areas without a value by the reason, of all columns together.
fn gaps(table: &DraftTable<'_>, codes: &[AreaCode]) -> Vec<CatalogGap> {
    let mut by_gap: BTreeMap<Gap, Vec<AreaCode>> = BTreeMap::new();
    for (row, code) in codes.iter().enumerate() {
        let gap = table.columns.values().find_map(|column| column.rows().get(row)?.gap);
        gap.into_iter().for_each(|gap| by_gap.entry(gap).or_default().push(code.clone()));
    }
    by_gap.into_iter().map(|(gap, areas)| CatalogGap { reason: gap.to_string(), areas }).collect()
}

/// Where the figures of several sources of an indicator add up to the same areas; nowhere if nothing is withheld. The lowest areas come
/// first: their sums are the shortest.
fn common_sums(geography: &Geography, indicator: &Indicator, tables: &[DraftTable<'_>]) -> Vec<CommonSums> {
    let places = comparable(geography, &indicator.id, tables);
    if !indicator.additive || !places.iter().filter_map(|place| tables.get(*place)).any(DraftTable::withholds) {
        return Vec::new();
    }
    let mut by_areas: BTreeMap<(Reverse<usize>, &SetId, &VintageId), Vec<Addends>> = BTreeMap::new();
    for (place, table) in places.iter().filter_map(|place| Some((*place, tables.get(*place)?))) {
        for above in geography.above(table.set, table.vintage) {
            let addends = Addends { table: place, part_of: above.up };
            let areas = (Reverse(geography.depth(above.set)), above.set, above.vintage);
            by_areas.entry(areas).or_default().push(addends);
        }
    }
    let areas = |set: &SetId, vintage: &VintageId| geography.areas(set, vintage).map_or(0, |areas| areas.codes.len());
    let common =
        |((_, set, vintage), addends): ((_, &SetId, &VintageId), _)| CommonSums { areas: areas(set, vintage), addends };
    by_areas.into_iter().map(common).collect()
}

/// The tables of sources that have figures of an indicator in sets above one another or below the same one, on all borders; those of
/// a set together, its own borders last.
fn comparable(geography: &Geography, indicator: &IndicatorId, tables: &[DraftTable<'_>]) -> Vec<usize> {
    let of_indicator = || (0..).zip(tables).filter(|(_, table)| table.indicator.id == *indicator);
    let mut by_root: BTreeMap<&SetId, BTreeSet<&SetId>> = BTreeMap::new();
    for (_, table) in of_indicator().filter(|(_, table)| table.origin.is_none()) {
        by_root.entry(geography.root(table.set)).or_default().insert(table.set);
    }
    let mut places = Vec::new();
    for set in by_root.into_values().filter(|sources| sources.len() > 1).flatten() {
        let of_set = || of_indicator().filter(|(_, table)| table.set == set);
        let restated = of_set().filter(|(_, table)| matches!(table.origin, Some(Origin::Restated { .. })));
        let own = of_set().filter(|(_, table)| table.origin.is_none());
        places.extend(restated.chain(own).map(|(place, _)| place));
    }
    places
}
