//! One area with all that a release says of it.

use super::{codes::Codes, context::Context, origin::OriginMembers};
use crate::format::{area_table::AreaRow, catalog::Origin};
use choro_model::{
    AreaCode, Cell, Code, Indicator, IndicatorId, Names, ObsStatus, Period, ReleaseId, Reliability, SetId, State, VintageId,
};
use serde::Serialize;
use utoipa::ToSchema;

/// One cell of an area.
#[derive(Debug, Clone)]
pub struct AreaCell {
    /// When.
    pub period: Period,
    /// How much, or why not.
    pub cell: Cell,
    /// The observation's flag.
    pub status: Option<ObsStatus>,
    /// Why the value is not to be relied on.
    pub reliability: Option<Reliability>,
    /// Whose figures the value was made of.
    pub origin: Option<Origin>,
    /// The areas below it that have no value, where it would be the sum of them and is missing.
    pub lacking: Option<LackingAreas>,
}

/// Areas below an area that have no value. A country may have tens of thousands, so only the first are named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LackingAreas {
    /// How many there are.
    #[schema(example = 23)]
    pub count: usize,
    /// The codes of the first, at most 20.
    #[schema(max_items = 20)]
    pub first: Vec<AreaCode>,
}

impl LackingAreas {
    /// How many are named.
    const NAMED: usize = 20;

    /// The areas with these codes; `None`: there are none.
    pub fn of<'a>(mut codes: impl Iterator<Item = &'a AreaCode>) -> Option<Self> {
        let first: Vec<AreaCode> = codes.by_ref().take(Self::NAMED).cloned().collect();
        let count = first.len() + codes.count();
        (count > 0).then_some(Self { count, first })
    }
}

/// The cells of one indicator in one area.
#[derive(Debug, Clone)]
pub struct AreaSeries<'a> {
    /// What is measured.
    pub indicator: &'a Indicator,
    /// One code for each of its dimensions.
    pub codes: Vec<Code>,
    /// The cells by period.
    pub cells: Vec<AreaCell>,
}

/// An area above or below another, and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Relative<'a> {
    /// Its boundary set.
    pub set: &'a SetId,
    /// The vintage.
    pub vintage: &'a VintageId,
    /// The area.
    pub area: &'a AreaRow,
}

/// The areas around an area.
#[derive(Debug, Clone, Copy)]
pub struct Family<'a> {
    /// Those above it, the nearest first.
    pub parents: &'a [Relative<'a>],
    /// Those right below it.
    pub children: &'a [Relative<'a>],
}

/// One area: its names, the areas above it from the nearest up and those right below, and for each indicator the values by period:
/// those of the total codes, where these have values, else of the first that have, or of the codes that were asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaProfile<'a> {
    /// The release.
    release: &'a ReleaseId,
    /// The boundary set.
    set: &'a SetId,
    /// Its vintage.
    borders: &'a VintageId,
    /// The area's code.
    code: &'a AreaCode,
    /// Its name in the language of the answer.
    #[schema(example = "Leningrad Region")]
    name: &'a str,
    /// Its names by language.
    names: &'a Names,
    /// The code of the area that contains it.
    #[schema(required = true)]
    parent: Option<&'a AreaCode>,
    /// The areas above it, the nearest first.
    parents: Vec<RelatedArea<'a>>,
    /// The areas right below it.
    children: Vec<RelatedArea<'a>>,
    /// Whether a polygon of it is known.
    polygon: bool,
    /// Longitude and latitude of a point inside it; `null` without a polygon.
    #[schema(required = true, min_items = 2, max_items = 2)]
    label: Option<[f64; 2]>,
    /// West, south, east, north; west is greater than east where the area crosses 180 degrees (RFC 7946, 5.2).
    #[schema(required = true, min_items = 4, max_items = 4)]
    bounds: Option<[f64; 4]>,
    /// Who is to be named.
    #[schema(example = "Rosstat")]
    attribution: &'a str,
    /// Its values.
    indicators: Vec<AreaFigures<'a>>,
}

/// An area above or below another.
#[derive(Debug, Serialize, ToSchema)]
pub struct RelatedArea<'a> {
    /// Its boundary set.
    set: &'a SetId,
    /// Its vintage.
    borders: &'a VintageId,
    /// Its code.
    code: &'a AreaCode,
    /// Its name in the language of the answer.
    #[schema(example = "Northwestern Federal District")]
    name: &'a str,
}

/// The values of one indicator in one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaFigures<'a> {
    /// The indicator.
    id: &'a IndicatorId,
    /// Its name in the language of the answer.
    #[schema(example = "Net migration rate")]
    name: &'a str,
    /// Its unit in the language of the answer.
    #[schema(example = "per 10,000 inhabitants")]
    unit: &'a str,
    /// Decimals to print.
    decimals: u8,
    /// The code of each dimension: its total, or the first that has values where there is no total.
    selection: Codes,
    /// The values by period.
    observations: Vec<AreaObservation<'a>>,
}

/// The value of one period in one area.
#[derive(Debug, Serialize, ToSchema)]
pub struct AreaObservation<'a> {
    /// When.
    period: Period,
    /// How much; `null` where there is a state instead.
    #[schema(required = true, example = 120.35)]
    value: Option<f64>,
    /// Why there is no value.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    state: Option<State>,
    /// The observation's flag.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    status: Option<ObsStatus>,
    /// Why the value is not to be relied on: its base is too small, or not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reliability: Option<Reliability>,
    /// Whose figures the value was made of.
    #[serde(flatten)]
    origin: OriginMembers<'a>,
    /// Where the value would be the sum of the areas below, and some of those have no value: which.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = LackingAreas)]
    lacking: Option<&'a LackingAreas>,
}

/// The document of an area.
#[must_use]
pub fn profile<'a>(
    context: &Context<'a>,
    area: &'a AreaRow,
    family: Family<'a>,
    values: &'a [AreaSeries<'a>],
) -> AreaProfile<'a> {
    AreaProfile {
        release: context.release,
        set: context.set,
        borders: context.vintage,
        code: &area.code,
        name: area.names.pick(context.lang, area.code.as_str()),
        names: &area.names,
        parent: area.parent.as_ref(),
        parents: family.parents.iter().map(|parent| related(context, parent)).collect(),
        children: family.children.iter().map(|child| related(context, child)).collect(),
        polygon: area.has_polygon(),
        label: area.label,
        bounds: area.bounds,
        attribution: context.attribution,
        indicators: values.iter().map(|series| figures(context, series)).collect(),
    }
}

fn related<'a>(context: &Context<'a>, of: &Relative<'a>) -> RelatedArea<'a> {
    let name = of.area.names.pick(context.lang, of.area.code.as_str());
    RelatedArea { set: of.set, borders: of.vintage, code: &of.area.code, name }
}

fn figures<'a>(context: &Context<'a>, AreaSeries { indicator, codes, cells }: &'a AreaSeries<'a>) -> AreaFigures<'a> {
    AreaFigures {
        id: &indicator.id,
        name: indicator.name.pick(context.lang, indicator.id.as_str()),
        unit: indicator.unit.name.pick(context.lang, &indicator.unit.id),
        decimals: indicator.decimals,
        selection: Codes::in_order(indicator, codes),
        observations: cells.iter().map(observation).collect(),
    }
}

fn observation(cell: &AreaCell) -> AreaObservation<'_> {
    let state = match cell.cell {
        Cell::Value(_) => None,
        Cell::State(state) => Some(state),
    };
    let origin = OriginMembers::of(cell.origin.as_ref());
    AreaObservation {
        period: cell.period,
        value: cell.cell.number(),
        state,
        status: cell.status,
        reliability: cell.reliability,
        origin,
        lacking: cell.lacking.as_ref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_that_lack_a_value_are_counted_and_the_first_twenty_named() {
        let codes: Vec<AreaCode> = (0..35_000).map(|number| AreaCode::new(&format!("{number:05}")).unwrap()).collect();
        for (count, named) in [(0, None), (1, Some(1)), (20, Some(20)), (21, Some(20)), (35_000, Some(20))] {
            let lacking = LackingAreas::of(codes[..count].iter());
            let expected = named.map(|named| LackingAreas { count, first: codes[..named].to_vec() });
            assert_eq!(lacking, expected, "{count}");
        }
    }
}
