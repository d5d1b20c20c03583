//! The map of a page, which a reader sees before any script has run.

use super::drawn_page::DrawnPage;
use crate::serving::answers::scene::{Ground, Scene};
use choro_carto::drawing::{Frame, MapDrawing, escape};

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
    let titles = if vintage.areas().rows().len() <= TITLED { titles(page) } else { Vec::new() };
    let circles = page.circles();
    let drawing = MapDrawing {
        outline,
        frame,
        grid,
        areas: vintage.areas(),
        cells: &figures.cells,
        classes: &figures.classes,
        circles,
        selected: view.area.as_deref().and_then(|code| vintage.areas().index(code)),
        titles: &titles,
        labels: None,
    };
    let [a, b, c] = frame.transform(grid);
    let (width, height) = (frame.width, frame.height);
    // How much larger a circle is than its legend says, so that a legend beside the map can be drawn on its scale.
    let scale = circles.map(|circles| format!(" data-circles=\"{}\"", circles.scale())).unwrap_or_default();
    let label = escape(&format!("{}. {}", page.scene.title(), figures.legend.summary));
    Some(format!(
        "<svg class=\"first-map\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{label}\" data-grid=\"{}\" data-transform=\"{a},{b},{c}\"{scale}>{}</svg>",
        escape(grid.id().as_str()),
        drawing.svg()
    ))
}

/// The text of each area: its name, and its value or the reason why it has none.
fn titles(page: &DrawnPage<'_>) -> Vec<String> {
    let Ok(vintage) = page.scene.held.vintage() else { return Vec::new() };
    let rows = vintage.areas().rows().iter().zip(&page.scene.figures.cells);
    rows.map(|(row, cell)| format!("{}: {}", row.names.pick(&page.scene.view.lang, row.code.as_str()), page.print(*cell)))
        .collect()
}
