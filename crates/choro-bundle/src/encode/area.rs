//! One area with all that a release says of it.

use super::{context::Context, origin};
use crate::format::{area_table::AreaRow, catalog::Origin};
use choro_model::{Cell, Indicator, ObsStatus, Period, SetId, VintageId};
use serde_json::{Value, json};

/// One cell of an area.
#[derive(Debug, Clone)]
pub struct AreaCell {
    /// When.
    pub period: Period,
    /// How much, or why not.
    pub cell: Cell,
    /// The observation's flag.
    pub status: Option<ObsStatus>,
    /// Whose figures the value was made of.
    pub origin: Option<Origin>,
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

/// The document of an area: names, the areas above it from the nearest up and those right below, and for each indicator the
/// values of the total codes by period.
#[must_use]
pub fn document(context: &Context<'_>, area: &AreaRow, family: Family<'_>, values: &[(&Indicator, Vec<AreaCell>)]) -> Value {
    json!({
        "release": context.release,
        "set": context.set,
        "borders": context.vintage,
        "code": area.code,
        "name": area.names.pick(context.lang, area.code.as_str()),
        "names": area.names,
        "parent": area.parent,
        "parents": family.parents.iter().map(|parent| summary(context, parent)).collect::<Vec<_>>(),
        "children": family.children.iter().map(|child| summary(context, child)).collect::<Vec<_>>(),
        "polygon": area.has_polygon(),
        "label": area.label,
        "bounds": area.bounds,
        "attribution": context.attribution,
        "indicators": values.iter().map(|(indicator, cells)| series(context, indicator, cells)).collect::<Vec<_>>(),
    })
}

fn summary(context: &Context<'_>, of: &Relative<'_>) -> Value {
    let name = of.area.names.pick(context.lang, of.area.code.as_str());
    json!({"set": of.set, "borders": of.vintage, "code": of.area.code, "name": name})
}

fn series(context: &Context<'_>, indicator: &Indicator, cells: &[AreaCell]) -> Value {
    let totals: serde_json::Map<_, _> =
        indicator.dimensions.iter().map(|d| (d.id.to_string(), Value::from(d.total.as_str()))).collect();
    json!({
        "id": indicator.id,
        "name": indicator.name.pick(context.lang, indicator.id.as_str()),
        "unit": indicator.unit.name.pick(context.lang, &indicator.unit.id),
        "decimals": indicator.decimals,
        "selection": totals,
        "observations": cells.iter().map(observation).collect::<Vec<_>>(),
    })
}

fn observation(cell: &AreaCell) -> Value {
    let mut out = json!({"period": cell.period, "value": cell.cell.number()});
    if let Some(out) = out.as_object_mut() {
        if let Cell::State(state) = cell.cell {
            out.insert("state".to_owned(), json!(state));
        }
        if let Some(status) = cell.status {
            out.insert("status".to_owned(), json!(status));
        }
        out.extend(cell.origin.as_ref().map(origin::members).into_iter().flatten());
    }
    out
}
