//! The table of all areas and values below the map.

use super::drawn_page::DrawnPage;
use crate::serving::answers::scene::Scene;
use choro_carto::drawing::{MOST_ON_PAGE, escape};
use choro_model::Cell;
use std::fmt::Write;

pub(super) fn value_table(page: &DrawnPage<'_>) -> Option<String> {
    let words = page.words();
    let Scene { view, figures, held, .. } = page.scene;
    let vintage = held.vintage().ok()?;
    if vintage.areas().rows().len() > MOST_ON_PAGE {
        return Some(format!("<p>{}</p>", escape(&words.page_table_too_long)));
    }
    let unit = figures.indicator.unit.name.pick(&view.lang, &figures.indicator.unit.id);
    let mut out = format!(
        "<table><caption>{}</caption><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\">{}, {}</th><th \
         scope=\"col\">{}</th></tr></thead><tbody>",
        escape(&page.scene.titled(&figures.legend.summary)),
        escape(&words.column_code),
        escape(&words.column_area),
        escape(&words.column_value),
        escape(unit),
        escape(&words.column_note)
    );
    let flagged = figures.flagged(&view.lang);
    let rows = vintage.areas().rows().iter().zip(&figures.cells);
    for (index, (row, cell)) in rows.enumerate() {
        let (code, name) = (escape(row.code.as_str()), escape(row.names.pick(&view.lang, row.code.as_str())));
        let value = cell.number().map(|value| page.scene.print(value)).unwrap_or_default();
        let note = match cell {
            Cell::State(state) => words.state(*state).to_owned(),
            Cell::Value(_) => flagged.words(index),
        };
        let note = escape(&note);
        let _ = write!(
            out,
            "<tr data-code=\"{code}\"><td>{code}</td><th scope=\"row\">{name}</th><td class=\"number\">{value}</td><td>{note}</td></tr>"
        );
    }
    out.push_str("</tbody></table>");
    Some(out)
}
