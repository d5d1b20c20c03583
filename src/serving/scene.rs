//! Everything that a drawing, a page or a legend of one selection is made from.

use super::{
    Ask, Release, ServeError, Server,
    ask::{Periods, Target},
    columns::Borders,
    maps::Place,
    outlines,
    view::{At, View},
};
use crate::{
    bundle::{Column, Vintage},
    classify::{Classification, Options, Scope},
    drawing::{Form, Frame},
    grid::Grid,
    model::{Cell, Indicator, Lang, Period, Selection, State},
    skeleton::Outline,
    style::{self, Legend, Summary, Symbols},
};
use std::sync::Arc;

/// Pixels between which a border on a picture may lie beside the true one: half a one.
const TOLERANCE: f64 = 0.5;
/// The nearest zoom that pictures are drawn from: four times as many tiles for each one more.
const MOST_ZOOM: u8 = 4;
/// Width of the map on the page that a zoom in a URL is meant for, in pixels.
const PAGE_WIDTH: f64 = 900.0;

/// The values of a selection, what they mean and how they are classified.
pub(super) struct Figures {
    /// What is measured; of differences: diverging.
    pub indicator: Indicator,
    pub selection: Selection,
    /// The later period's column.
    pub column: Arc<Column>,
    /// A value or a state for each area.
    pub cells: Vec<Cell>,
    pub classes: Classification,
    pub legend: Legend,
}

/// How figures are shown.
pub(super) struct Manner<'a> {
    /// The earlier period, where differences are shown.
    pub from: Option<Period>,
    pub options: &'a Options,
    pub lang: &'a Lang,
}

/// Figures with the geometry that they are drawn on.
pub(super) struct Scene {
    pub place: Place,
    pub grid: Grid,
    pub outline: Arc<Outline>,
    pub view: View,
    pub figures: Figures,
}

impl Scene {
    /// The borders that are drawn.
    pub fn vintage(&self) -> Result<&Vintage, ServeError> {
        super::vintage(self.place.release.bundle(), &self.place.set, self.place.vintage.as_str())
    }

    /// The frame of a size that shows what the view asks for.
    pub fn frame(&self, width: f64, height: f64) -> Result<Frame, ServeError> {
        frame(&self.view, &self.grid, self.vintage()?, &self.outline, width, height)
    }

    /// The form that can be drawn: circles need a scale.
    pub fn form(&self) -> Form {
        if self.figures.legend.symbols.is_some() { self.view.form } else { Form::Choropleth }
    }
}

fn frame(
    view: &View,
    grid: &Grid,
    vintage: &Vintage,
    outline: &Outline,
    width: f64,
    height: f64,
) -> Result<Frame, ServeError> {
    if let Some(row) = view.fit.as_deref().and_then(|code| vintage.areas().index(code)) {
        return Ok(Frame::area(outline, row, width, height));
    }
    let Some(At { centre: [lon, lat], zoom }) = view.at else { return Ok(Frame::fit(outline, width, height)) };
    let outside = || ServeError::parameter("at", format!("at={lon},{lat} is no place in grid {}", grid.id()));
    let centre = grid.project(lon, lat).ok_or_else(outside)?;
    Ok(Frame::at(outline, centre, f64::from(crate::grid::TILE_SIZE) * zoom.exp2() * width / PAGE_WIDTH, width, height))
}

impl Server {
    /// Gathers what a view shows, for a drawing about so wide and so high in pixels (those of the screen or the print).
    pub(super) async fn scene(&self, release: &Arc<Release>, view: View, pixels: [f64; 2]) -> Result<Scene, ServeError> {
        let period = view.period.to_string();
        let ask = view.ask(&period);
        let target = Target::find(release, &ask, Periods::One)?;
        let manner = Manner { from: view.from, options: &view.options, lang: &view.lang };
        let figures = self.figures(release, &target, &ask, &manner).await?;
        let unknown = || ServeError::Internal(format!("grid {} has no entry", view.grid));
        let entry = release.grid(&view.grid).ok_or_else(unknown)?;
        let grid = Grid::new(entry.id.clone(), &entry.crs, entry.corner, entry.side);
        let grid = grid.map_err(|error| ServeError::Internal(error.to_string()))?;
        let place = Place { release: Arc::clone(release), set: target.set.id.clone(), vintage: target.vintage.id().clone() };
        // How near the tiles must be is known from the frame, which a coarse outline gives.
        let coarse = self.outline(&place, &target, &grid, 0).await?;
        let side = frame(&view, &grid, target.vintage, &coarse, pixels[0], pixels[1])?.side();
        let zoom =
            (side / f64::from(crate::grid::TILE_SIZE) * 0.5 / TOLERANCE).log2().ceil().clamp(0.0, f64::from(MOST_ZOOM));
        let outline = self.outline(&place, &target, &grid, zoom as u8).await?;
        Ok(Scene { place, grid, outline, view, figures })
    }

    async fn outline(&self, place: &Place, target: &Target<'_>, grid: &Grid, zoom: u8) -> Result<Arc<Outline>, ServeError> {
        let missing = || ServeError::unknown("grid", grid.id().as_str(), target.set.grids.iter().map(|id| id.as_str()));
        let skeleton = target.vintage.skeleton(grid.id().as_str()).ok_or_else(missing)?;
        let (release, set, vintage) = (Arc::clone(&place.release), place.set.clone(), place.vintage.clone());
        let entry = (grid.id().clone(), grid.crs().to_owned(), grid.corner(), grid.side());
        let bounds = target.set.bounds;
        let read = move || {
            let (id, crs, corner, side) = entry;
            let grid = Grid::new(id, &crs, corner, side).map_err(|error| ServeError::Internal(error.to_string()))?;
            outlines::read(super::vintage(release.bundle(), &set, vintage.as_str())?, &grid, &set, bounds, zoom)
        };
        self.outlines.get(skeleton.fingerprint(), zoom, read).await
    }

    /// The values of a target, or their differences since an earlier period, with classes and legend.
    pub(super) async fn figures(
        &self,
        release: &Arc<Release>,
        target: &Target<'_>,
        ask: &Ask<'_>,
        &Manner { from, options, lang }: &Manner<'_>,
    ) -> Result<Figures, ServeError> {
        let (indicator, selection) = target.selection().ok_or_else(super::styles::no_indicator)?;
        let column = self.column(release, target, selection).await?;
        let (cells, values, indicator, options) = match from {
            None => {
                let values = self.values_of_all(release, target, options).await?;
                (column.cells().collect(), values, indicator.clone(), options.clone())
            }
            Some(from) => {
                let before = self.before(release, target, ask, from).await?;
                let cells: Vec<Cell> = column.cells().zip(before.cells()).map(difference).collect();
                let values = cells.iter().filter_map(|cell| cell.number()).collect();
                let options = Options { scope: Scope::Period, ..options.clone() };
                (cells, values, Indicator { diverging: true, ..indicator.clone() }, options)
            }
        };
        let symbols = Symbols::new(&values, &indicator, lang);
        let classes = super::styles::classified(values, &indicator, options).await?;
        let mut legend = style::legend(&classes, &indicator, lang);
        if let Some(from) = from {
            legend = legend.of_change(from, selection.period);
        }
        legend.symbols = symbols;
        let names: Vec<&str> =
            target.vintage.areas().rows().iter().map(|row| row.names.pick(lang, row.code.as_str())).collect();
        let signed = indicator.diverging;
        legend.summary = style::summary(&Summary { indicator: &indicator, cells: &cells, names: &names, signed, lang });
        Ok(Figures { selection: selection.clone(), indicator, column, cells, classes, legend })
    }

    /// The column of an earlier period on the same borders.
    async fn before(
        &self,
        release: &Arc<Release>,
        target: &Target<'_>,
        ask: &Ask<'_>,
        from: Period,
    ) -> Result<Arc<Column>, ServeError> {
        let (_, selection) = target.selection().ok_or_else(super::styles::no_indicator)?;
        let period = from.to_string();
        let earlier = Target::find(release, &Ask { period: Some(&period), ..ask.clone() }, Periods::One)
            .map_err(|error| ServeError::parameter("from", error))?;
        if earlier.vintage.id() != target.vintage.id() {
            let what = format!(
                "{from} refers to borders {} and {} to {}: compare them on the borders of one by borders=VINTAGE where the catalogue \
                 lists them",
                earlier.vintage.id(),
                selection.period,
                target.vintage.id()
            );
            return Err(ServeError::parameter("from", what));
        }
        let borders = Borders { set: &target.set.id, vintage: target.vintage.id() };
        self.columns.get(release, borders, &Selection { period: from, ..selection.clone() }).await
    }
}

/// The later cell less the earlier one. What is withheld in either stays withheld.
fn difference((after, before): (Cell, Cell)) -> Cell {
    match (after, before) {
        (Cell::Value(after), Cell::Value(before)) => Cell::Value(after - before),
        (Cell::State(State::Secrecy), _) | (_, Cell::State(State::Secrecy)) => Cell::State(State::Secrecy),
        (Cell::State(state), _) | (_, Cell::State(state)) => Cell::State(state),
    }
}
