//! One area with all that a release says of it.

use super::values::Context;
use crate::{
    bundle::AreaRow,
    model::{Cell, Indicator, ObsStatus, Period},
};
use serde_json::{Value, json};

/// One cell of an area.
#[derive(Debug, Clone, Copy)]
pub struct AreaCell {
    /// When.
    pub period: Period,
    /// How much, or why not.
    pub cell: Cell,
    /// The observation's flag.
    pub status: Option<ObsStatus>,
}

/// The document of an area: names, the areas above it from the nearest up, and for each indicator the values of the total
/// codes by period.
#[must_use]
pub fn document(
    context: &Context<'_>,
    area: &AreaRow,
    parents: &[&AreaRow],
    values: &[(&Indicator, Vec<AreaCell>)],
) -> Value {
    json!({
        "release": context.release,
        "set": context.set,
        "borders": context.vintage,
        "code": area.code,
        "name": area.names.pick(context.lang, area.code.as_str()),
        "names": area.names,
        "parent": area.parent,
        "parents": parents.iter().map(|parent| summary(context, parent)).collect::<Vec<_>>(),
        "polygon": area.has_polygon(),
        "label": area.label,
        "bounds": area.bounds,
        "attribution": context.attribution,
        "indicators": values.iter().map(|(indicator, cells)| series(context, indicator, cells)).collect::<Vec<_>>(),
    })
}

fn summary(context: &Context<'_>, area: &AreaRow) -> Value {
    json!({"code": area.code, "name": area.names.pick(context.lang, area.code.as_str())})
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
    }
    out
}
