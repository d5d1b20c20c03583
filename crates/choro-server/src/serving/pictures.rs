//! Pictures of a view: SVG, PNG, PDF.

use super::{
    Accepted, Answer, Release, ServeError, Server, Work,
    documents::{Document, Job},
    maps::answer,
    scene::Scene,
    texts,
    view::{Pairs, View},
};
use choro_carto::{
    drawing::{self, DrawingError, Frame, MOST_DRAWN, MapDrawing, Sheet, Size},
    style,
};
use choro_model::{Indicator, words::words};
use std::sync::Arc;

/// The format of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Vectors.
    Svg,
    /// Pixels.
    Png,
    /// A page to print.
    Pdf,
}

/// The size of a name; [`Size::Page`] where none is given.
fn size(name: Option<&str>) -> Result<Size, ServeError> {
    let Some(name) = name else { return Ok(Size::Page) };
    let found = Size::ALL.into_iter().find(|size| size.as_str() == name);
    found.ok_or_else(|| {
        ServeError::parameter("size", format!("size is not known: there is {}", Size::ALL.map(Size::as_str).join(", ")))
    })
}

impl Server {
    /// A picture of what a query shows, with title, legend and source. Everything in the query must be understood.
    pub async fn picture(
        &self,
        release: Option<&str>,
        query: &Pairs,
        size: Option<&str>,
        format: Format,
        accepted: Accepted,
    ) -> Result<Answer, ServeError> {
        let ask = super::Ask { release, ..super::Ask::default() };
        let (release, pinned) = self.release(&ask).await?;
        let size = self::size(size)?;
        let view = View::strict(&release, query, &self.options.lang)?;
        let document = self.drawn(&release, view, size, format).await?;
        answer(&release, pinned, &document, accepted)
    }

    async fn drawn(
        &self,
        release: &Arc<Release>,
        view: View,
        size: Size,
        format: Format,
    ) -> Result<Arc<Document>, ServeError> {
        let name = texts::name(&["picture", &format!("{format:?}"), size.as_str(), &view.key()]);
        let areas = view.aim(release)?.place.vintage()?.areas().rows().len();
        if areas > MOST_DRAWN {
            return Err(ServeError::NotFound(format!(
                "set {} has {areas} areas, and pictures are drawn of up to {MOST_DRAWN}: ask for tiles, or for /areas/{}.geojson",
                view.set, view.set
            )));
        }
        let (stock, held) = (Arc::clone(&self.stock), Arc::clone(release));
        let make = move |job: Arc<Job>| async move {
            let pixels = size.pixels().map(|length| length * size.density());
            let scene = stock.scene(&job, &held, view, |_| Some(pixels)).await?;
            write(&job, &scene, size, format)
        };
        self.documents.get(release.id(), name, Work::Drawing, make).await
    }
}

impl From<DrawingError> for ServeError {
    fn from(error: DrawingError) -> Self {
        Self::Internal(error.to_string())
    }
}

fn write(job: &Job, scene: &Scene, size: Size, format: Format) -> Result<Vec<u8>, ServeError> {
    let vintage = scene.place.vintage()?;
    let ground = scene.ground.as_ref().ok_or_else(|| ServeError::Internal("a picture without geometry".to_owned()))?;
    let title = scene.title();
    let sheet = Sheet {
        size,
        title: &title,
        subtitle: &scene.subtitle(),
        note: scene.figures.indicator.note.pick(&scene.view.lang, ""),
        source: &scene.sources(),
        summary: &scene.figures.legend.summary,
        legend: &scene.figures.legend,
        form: scene.form(),
        cells: &scene.figures.cells,
        lang: &scene.view.lang,
    };
    let selected = scene.view.area.as_deref().and_then(|code| vintage.areas().index(code));
    // The frame is asked for once more in its true size; that it can be made is known from here on.
    let [width, height] = size.pixels();
    let frame = |width, height| ground.frame(&scene.view, vintage, width, height);
    let rough = frame(width, height)?;
    let svg = sheet.svg(|[width, height]| MapDrawing {
        outline: &ground.outline,
        frame: match scene.view.is_whole() {
            true => Frame::across(&ground.outline, width, height),
            false => frame(width, height).unwrap_or(rough),
        },
        grid: &ground.grid,
        areas: vintage.areas(),
        cells: &scene.figures.cells,
        classes: &scene.figures.classes,
        symbols: scene.figures.legend.symbols.as_ref(),
        form: scene.form(),
        selected,
        titles: &[],
        labels: Some(&scene.view.lang),
    });
    job.go_on()?;
    Ok(match format {
        Format::Svg => svg.into_bytes(),
        Format::Png => drawing::png(&svg, size.density())?,
        Format::Pdf => drawing::pdf(&svg, &title, scene.view.lang.as_str())?,
    })
}

impl Scene {
    /// What is shown and when.
    pub fn title(&self) -> String {
        let Indicator { name, id, .. } = &self.figures.indicator;
        let when = self.figures.legend.change_label.clone().unwrap_or_else(|| self.view.period.to_string());
        format!("{}, {when}", name.pick(&self.view.lang, id.as_str()))
    }

    /// Unit, breakdown and set.
    pub fn subtitle(&self) -> String {
        let lang = &self.view.lang;
        let indicator = &self.figures.indicator;
        let mut parts = vec![indicator.unit.name.pick(lang, &indicator.unit.id).to_owned()];
        for (dimension, code) in indicator.dimensions.iter().zip(&self.figures.selection.codes) {
            if *code != dimension.total {
                let item = dimension.code_list.items.iter().find(|item| item.code == *code);
                let item = item.map_or(code.as_str(), |item| item.name.pick(lang, code.as_str()));
                parts.push(format!("{}: {item}", dimension.name.pick(lang, dimension.id.as_str())));
            }
        }
        parts.extend(
            self.place.release.set(self.place.set.as_str()).map(|set| set.name.pick(lang, set.id.as_str()).to_owned()),
        );
        parts.join("; ")
    }

    /// Who made the figures and the borders, on what terms, and in which release they stand.
    pub fn sources(&self) -> Vec<String> {
        let words = words(&self.view.lang);
        let indicator = &self.figures.indicator;
        let set = self.place.release.set(self.place.set.as_str());
        let vintage = set.and_then(|set| set.vintages.iter().find(|vintage| vintage.id == self.place.vintage));
        let mut lines = vec![format!("{}: {}. {}: {}.", words.source, indicator.source, words.licence, indicator.licence)];
        lines.extend(
            vintage.map(|vintage| format!("{} {}: {} ({}).", words.borders, vintage.id, vintage.source, vintage.licence)),
        );
        let created = self.place.release.catalog().created.get(..10).unwrap_or_default();
        lines.push(format!("{} {}, {created}.", words.release, self.place.release.id()));
        lines
    }

    /// A value as the legend prints it, with its sign where that matters.
    pub fn print(&self, value: f64) -> String {
        let plus = if self.figures.indicator.diverging && value > 0.0 { "+" } else { "" };
        format!("{plus}{}", style::number(value, self.figures.indicator.decimals, &self.view.lang))
    }
}
