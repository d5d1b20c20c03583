//! The map of a page, which a reader sees before any script has run.

use super::drawn_page::DrawnPage;
use crate::serving::answers::scene::{Ground, Scene};
use choro_bundle::AreaRow;
use choro_carto::drawing::{Frame, MapDrawing, escape};
use choro_model::Cell;

/// The number of areas up to which each has its name and value as a text on the map. With more areas these texts would be most of
/// the page.
const TITLED: usize = 400;

pub(super) fn first_map(page: &DrawnPage<'_>) -> Option<String> {
    let Scene { view, figures, ground, held } = page.scene;
    let vintage = held.vintage().ok()?;
    let ground = ground.as_ref()?;
    let Ground { grid, outline } = ground;
    let frame = match view.is_whole() {
        true => Frame::across(outline, page.width, page.height),
        false => ground.frame(view, vintage, page.width, page.width * 0.6).ok()?,
    };
    let circles = page.circles();
    let titles = if vintage.areas().rows().len() <= TITLED { titles(page) } else { Vec::new() };
    let drawing = MapDrawing {
        outline,
        frame,
        grid,
        areas: vintage.areas(),
        cells: &figures.cells,
        classes: &figures.classes,
        circles,
        flags: &figures.flags,
        selected: view.area.as_deref().and_then(|code| vintage.areas().index(code)),
        titles: &titles,
        labels: None,
    };
    let [a, b, c] = frame.transform(grid);
    let (width, height) = (frame.width, frame.height);
    let label = escape(&page.scene.titled(&page.scene.description()));
    // How much larger a circle is than its legend says, so that a legend beside the map can be drawn on its scale.
    let scale = circles.map(|circles| format!(" data-circles=\"{}\"", circles.scale())).unwrap_or_default();
    Some(format!(
        "<svg class=\"first-map\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{label}\" data-grid=\"{}\" data-transform=\"{a},{b},{c}\"{scale}>{}</svg>",
        escape(grid.id().as_str()),
        drawing.svg()
    ))
}

/// The text of each area: its name, its value or the reason why it has none, and what is to be known of the value.
fn titles(page: &DrawnPage<'_>) -> Vec<String> {
    let Ok(vintage) = page.scene.held.vintage() else { return Vec::new() };
    let Scene { figures, view, .. } = page.scene;
    let flagged = figures.flagged(&view.lang);
    let rows = vintage.areas().rows().iter().zip(&figures.cells).enumerate();
    let title = |(index, (row, cell)): (usize, (&AreaRow, &Cell))| {
        let (name, flags) = (row.names.pick(&view.lang, row.code.as_str()), flagged.words(index));
        let flags = if flags.is_empty() { flags } else { format!("; {flags}") };
        format!("{name}: {}{flags}", page.print(*cell))
    };
    rows.map(title).collect()
}
