//! Everything that a picture or a page of one selection is drawn from.

use super::figures::Figures;
use crate::serving::{
    cache::{documents::Job, kept_data::KeptData, outlines},
    error::ServeError,
    release::open_release::Release,
    select::{
        camera::Camera,
        held_vintage::HeldVintage,
        map_view::MapView,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_bundle::Vintage;
use choro_carto::drawing::{Form, Frame};
use choro_model::grid::Grid;
use choro_tiles::skeleton::Outline;
use std::sync::Arc;

/// How far a border on a picture may be from the true border, in pixels.
const TOLERANCE: f64 = 0.5;
/// The highest zoom whose tiles pictures are drawn from. Each zoom more means four times as many tiles.
const MOST_ZOOM: u8 = 4;
/// The width of the map, in pixels, that the zoom in a URL refers to.
const PAGE_WIDTH: f64 = 900.0;

/// Figures with the geometry that they are drawn on.
pub(super) struct Scene {
    pub held: HeldVintage,
    pub view: MapView,
    pub figures: Figures,
    /// `None` where nothing is drawn.
    pub ground: Option<Ground>,
}

/// The geometry of a drawing.
pub(super) struct Ground {
    pub grid: Grid,
    pub outline: Arc<Outline>,
}

impl Ground {
    /// The frame of this width and height that shows what a view asks for: an area, a camera, or the whole set.
    pub fn frame(&self, view: &MapView, vintage: &Vintage, width: f64, height: f64) -> Result<Frame, ServeError> {
        let Self { grid, outline } = self;
        if let Some(row) = view.fit.as_deref().and_then(|code| vintage.areas().index(code)) {
            return Ok(Frame::area(outline, row, width, height));
        }
        let Some(Camera { centre: [lon, lat], zoom }) = view.at else { return Ok(Frame::fit(outline, width, height)) };
        let outside = || ServeError::parameter("at", format!("at={lon},{lat} is no place in grid {}", grid.id()));
        let centre = grid.project(lon, lat).ok_or_else(outside)?;
        let side = f64::from(choro_model::grid::TILE_SIZE) * zoom.exp2() * width / PAGE_WIDTH;
        Ok(Frame::at(outline, centre, side, width, height))
    }
}

impl Scene {
    /// The form to draw. Circles need a scale; without one it is a choropleth.
    pub fn form(&self) -> Form {
        if self.figures.legend.symbols.is_some() { self.view.form } else { Form::Choropleth }
    }
}

impl KeptData {
    /// Gathers what a view shows. `pixels`: width and height of the drawing for so many areas, in pixels of the screen or the
    /// print; `None` where only texts are made, which need no geometry.
    pub(super) async fn scene(
        &self,
        job: &Job,
        release: &Arc<Release>,
        view: MapView,
        pixels: impl FnOnce(usize) -> Option<[f64; 2]>,
    ) -> Result<Scene, ServeError> {
        let resolved = ResolvedQuery::find(release, &view.data_query(), PeriodLimit::One)?;
        let pixels = pixels(resolved.vintage.areas().rows().len());
        let subject = view.subject(release)?;
        let figures = self.figures(job, &subject, &view.classing.options()?, &view.lang).await?;
        job.go_on()?;
        let ground = match pixels {
            Some(pixels) => Some(self.ground(job, &subject.held, &resolved, &view, pixels).await?),
            None => None,
        };
        job.go_on()?;
        Ok(Scene { held: subject.held, view, figures, ground })
    }

    async fn ground(
        &self,
        job: &Job,
        held: &HeldVintage,
        resolved: &ResolvedQuery<'_>,
        view: &MapView,
        pixels: [f64; 2],
    ) -> Result<Ground, ServeError> {
        let unknown = || ServeError::Internal(format!("grid {} has no entry", view.grid));
        let entry = held.release.grid(view.grid.as_str()).ok_or_else(unknown)?;
        let grid = Grid::new(entry.id.clone(), &entry.crs, entry.corner, entry.side);
        let grid = grid.map_err(|error| ServeError::Internal(error.to_string()))?;
        // The zoom of the tiles follows from the frame, and a coarse outline is enough to find the frame.
        let coarse = Ground { outline: self.outline(resolved, &grid, 0).await?, grid };
        let side = coarse.frame(view, resolved.vintage, pixels[0], pixels[1])?.side();
        let zoom = (side / f64::from(choro_model::grid::TILE_SIZE) * 0.5 / TOLERANCE)
            .log2()
            .ceil()
            .clamp(0.0, f64::from(MOST_ZOOM));
        job.go_on()?;
        let outline = self.outline(resolved, &coarse.grid, zoom as u8).await?;
        Ok(Ground { outline, ..coarse })
    }

    async fn outline(&self, resolved: &ResolvedQuery<'_>, grid: &Grid, zoom: u8) -> Result<Arc<Outline>, ServeError> {
        let missing = || ServeError::unknown("grid", grid.id().as_str(), resolved.set.grids.iter().map(|id| id.as_str()));
        let skeleton = resolved.vintage.skeleton(grid.id().as_str()).ok_or_else(missing)?;
        let read = || outlines::read(resolved.vintage, skeleton, grid, resolved.set.bounds, zoom);
        self.outlines.get(skeleton.fingerprint(), zoom, read).await
    }
}
