//! Values without geometry as JSON: one column a period, so that a client recolours a map without fetching geometry again.

use super::{
    context::{Context, codes},
    error::EncodeError,
    number, origin,
};
use crate::format::column::Column;
use choro_model::{Cell, Indicator, Period, Selection, State};
use serde_json::{Map, Value, json};

/// `{release, set, borders, indicator, selection, periods, areas, values, states}`: `values` and `states` hold one column for each
/// period, in which `values` has a number or `null` for each area and `states` the rows of each state that occurs. Where a column
/// was restated or aggregated, `origins` says of each from what, `null` for the source's own.
pub fn json(context: &Context<'_>, indicator: &Indicator, columns: &[(Selection, &Column)]) -> Result<Vec<u8>, EncodeError> {
    for (_, column) in columns {
        context.check("the column", column.rows())?;
    }
    let periods: Vec<Period> = columns.iter().map(|(selection, _)| selection.period).collect();
    let codes = columns.first().map(|(selection, _)| codes(indicator, selection)).unwrap_or_default();
    let head = json!({
        "release": context.release,
        "set": context.set,
        "borders": context.vintage,
        "indicator": indicator.id,
        "selection": codes,
        "periods": periods,
        "attribution": context.attribution,
        "areas": context.areas.rows().iter().map(|row| row.code.as_str()).collect::<Vec<_>>(),
    });
    let mut out = serde_json::to_vec(&head)?;
    out.pop();
    out.extend(b",\"values\":");
    list(&mut out, columns, |out, (_, column)| numbers(out, column));
    out.extend(b",\"states\":");
    let states = columns.iter().map(|(_, column)| by_state(column)).collect::<Vec<_>>();
    serde_json::to_writer(&mut out, &states)?;
    out.extend(b",\"statuses\":");
    let statuses = columns.iter().map(|(_, column)| by_status(column)).collect::<Vec<_>>();
    serde_json::to_writer(&mut out, &statuses)?;
    if columns.iter().any(|(_, column)| column.origin().is_some()) {
        out.extend(b",\"origins\":");
        let origins = columns.iter().map(|(_, column)| column.origin().map(origin::members)).collect::<Vec<_>>();
        serde_json::to_writer(&mut out, &origins)?;
    }
    out.extend(b"}\n");
    Ok(out)
}

fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut push: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        push(out, item);
    }
    out.push(b']');
}

fn numbers(out: &mut Vec<u8>, column: &Column) {
    list(out, column.cells(), |out, cell| match cell {
        Cell::Value(value) => number::push(out, value),
        Cell::State(_) => out.extend(b"null"),
    });
}

fn by_state(column: &Column) -> Map<String, Value> {
    let rows = |state: State| -> Vec<usize> {
        column.cells().enumerate().filter(|(_, cell)| *cell == Cell::State(state)).map(|(row, _)| row).collect()
    };
    let found = State::ALL.into_iter().map(|state| (state, rows(state))).filter(|(_, rows)| !rows.is_empty());
    found.map(|(state, rows)| (state.as_str().to_owned(), Value::from(rows))).collect()
}

fn by_status(column: &Column) -> Map<String, Value> {
    let mut found: Map<String, Value> = Map::new();
    for row in 0..column.rows() {
        let Some(status) = column.status(row) else { continue };
        if let Value::Array(rows) = found.entry(status.as_str()).or_insert_with(|| Value::Array(Vec::new())) {
            rows.push(Value::from(row));
        }
    }
    found
}
