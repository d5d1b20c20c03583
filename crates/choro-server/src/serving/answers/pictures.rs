//! Pictures of a view: SVG, PNG, PDF.

use super::{
    accepted_codings::AcceptedCodings, answer::Answer, document_answer::answer, scene::Scene, server::ReleaseServer,
};
use crate::serving::{
    cache::{
        cost::WorkKind,
        documents::{Job, KeptDocument},
        key,
    },
    error::ServeError,
    release::open_release::Release,
    select::map_view::{MapView, QueryPairs},
};
use choro_carto::drawing::{self, DrawingError, Frame, MOST_DRAWN, MapDrawing, Sheet, Size};
use choro_model::ReleaseId;
use std::sync::Arc;

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
    /// A page to print.
    Pdf,
}

impl ReleaseServer {
    /// The picture of what a query shows, with title, legend and sources. A parameter that is not understood is an error: nobody
    /// would see it on a picture.
    pub async fn picture(
        &self,
        release: Option<&ReleaseId>,
        query: &QueryPairs,
        size: Size,
        format: PictureFormat,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(release).await?;
        let view = MapView::strict(&release, query, &self.options.lang)?;
        let document = self.drawn(&release, view, size, format).await?;
        answer(&release, pinned, &document, accepted)
    }

    async fn drawn(
        &self,
        release: &Arc<Release>,
        view: MapView,
        size: Size,
        format: PictureFormat,
    ) -> Result<Arc<KeptDocument>, ServeError> {
        let name = key::name(&["picture", &format!("{format:?}"), size.as_str(), &view.key()]);
        let prepare = || {
            let areas = view.subject(release)?.held.vintage()?.areas().rows().len();
            if areas > MOST_DRAWN {
                return Err(ServeError::NotFound(format!(
                    "set {} has {areas} areas, and pictures are drawn of up to {MOST_DRAWN}: ask for tiles, or for /areas/{}.geojson",
                    view.set, view.set
                )));
            }
            let (kept, held) = (Arc::clone(&self.kept), Arc::clone(release));
            Ok(move |job: Arc<Job>| async move {
                let pixels = size.pixels().map(|length| length * size.density());
                let scene = kept.scene(&job, &held, view, |_| Some(pixels)).await?;
                write(&job, &scene, size, format)
            })
        };
        self.documents.get(release.id(), name, WorkKind::Drawing, prepare).await
    }
}

impl From<DrawingError> for ServeError {
    fn from(error: DrawingError) -> Self {
        Self::Internal(error.to_string())
    }
}

fn write(job: &Job, scene: &Scene, size: Size, format: PictureFormat) -> Result<Vec<u8>, ServeError> {
    let vintage = scene.held.vintage()?;
    let ground = scene.ground.as_ref().ok_or_else(|| ServeError::Internal("a picture without geometry".to_owned()))?;
    let title = scene.title();
    let sheet = Sheet {
        size,
        title: &title,
        subtitle: &scene.subtitle(),
        warnings: &scene.warnings(),
        note: scene.figures.indicator.note.pick(&scene.view.lang, ""),
        source: &scene.sources(),
        summary: &scene.description(),
        legend: &scene.figures.legend,
        form: scene.form(),
        cells: &scene.figures.cells,
        lang: &scene.view.lang,
    };
    let selected = scene.view.area.as_deref().and_then(|code| vintage.areas().index(code));
    // The sheet asks for the map once it knows how much room is left for it. That this frame can be made is found out here, where
    // an error can still be returned.
    let [width, height] = size.pixels();
    let frame = |width, height| ground.frame(&scene.view, vintage, width, height);
    let rough = frame(width, height)?;
    let svg = sheet.svg(|[width, height], circles| MapDrawing {
        outline: &ground.outline,
        frame: match scene.view.is_whole() {
            true => Frame::across(&ground.outline, width, height),
            false => frame(width, height).unwrap_or(rough),
        },
        grid: &ground.grid,
        areas: vintage.areas(),
        cells: &scene.figures.cells,
        classes: &scene.figures.classes,
        circles,
        flags: &scene.figures.flags,
        selected,
        titles: &[],
        labels: Some(&scene.view.lang),
    });
    job.go_on()?;
    Ok(match format {
        PictureFormat::Svg => svg.into_bytes(),
        PictureFormat::Png => drawing::png(&svg, size.density())?,
        PictureFormat::Pdf => drawing::pdf(&svg, &title, scene.view.lang.as_str())?,
    })
}
