//! Values as CSV (RFC 4180, UTF-8): one row for every area, with or without polygon, and for each period its value, its state,
//! its observation flag and, where some values are not to be relied on, why.

use super::{context::Context, error::EncodeError, number, origin};
use crate::format::column::Column;
use choro_model::{Cell, ObsStatus, Period, Reliability, Selection, guarded};

/// `code,name,2014,2014_state,2014_status,...,source`: the source goes with the figures wherever the file goes.
pub fn table(context: &Context<'_>, columns: &[(Selection, &Column)]) -> Result<Vec<u8>, EncodeError> {
    for (_, column) in columns {
        context.check("the column", column.rows())?;
    }
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let heads = columns.iter().flat_map(|(selection, column)| heads(selection.period, column));
    let [code, name, source] = ["code", "name", "source"].map(str::to_owned);
    writer.write_record([code, name].into_iter().chain(heads).chain([source]))?;
    let mut field = Vec::new();
    for (row, area) in context.areas.rows().iter().enumerate() {
        writer.write_field(guarded(area.code.as_str()).as_ref())?;
        writer.write_field(guarded(area.names.pick(context.lang, area.code.as_str())).as_ref())?;
        for (_, column) in columns {
            let (value, state) = match column.cell(row) {
                Some(Cell::Value(value)) => (Some(value), ""),
                Some(Cell::State(state)) => (None, state.as_str()),
                None => (None, ""),
            };
            field.clear();
            value.iter().for_each(|value| number::push(&mut field, *value));
            writer.write_field(&field)?;
            writer.write_field(state)?;
            writer.write_field(column.status(row).map_or("", ObsStatus::as_str))?;
            if column.has_unreliable() {
                writer.write_field(column.reliability(row).map_or("", Reliability::as_str))?;
            }
            if let Some(origin) = column.origin() {
                writer.write_field(guarded(&origin::head(origin).1).as_ref())?;
            }
        }
        writer.write_field(guarded(context.attribution).as_ref())?;
        writer.write_record(None::<&[u8]>)?;
    }
    writer.into_inner().map_err(|error| EncodeError::Csv(error.into_error().into()))
}

/// The heads of a period's columns. There is one more where some values are not to be relied on, and one where values are made of
/// other figures.
fn heads(period: Period, column: &Column) -> Vec<String> {
    let mut heads = vec![period.to_string(), format!("{period}_state"), format!("{period}_status")];
    heads.extend(column.has_unreliable().then(|| format!("{period}_reliability")));
    heads.extend(column.origin().map(|origin| format!("{period}_{}", origin::head(origin).0)));
    heads
}
