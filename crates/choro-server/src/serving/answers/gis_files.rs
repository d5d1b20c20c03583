//! Files for GIS desktops: a GeoPackage with values and style, and a layer definition of QGIS.

use super::{
    accepted_codings::AcceptedCodings, answer::Answer, document_answer::answer, figures::Figures, server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    select::{
        attribution::attribution,
        canonical_query,
        classing::key_of,
        data_query::DataQuery,
        held_vintage::HeldVintage,
        language::lang,
        map_subject::MapSubject,
        resolved_query::{PeriodLimit, ResolvedQuery},
    },
};
use choro_bundle::encode::{
    geojson::Values,
    geopackage::{self, GeoPackage, GeoPackageError},
};
use choro_carto::style::{self, QgisLayer};
use choro_figures::classify::Options;
use choro_model::{Lang, words::words};
use std::sync::Arc;

/// The format of a file for a GIS desktop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GisFile {
    /// A GeoPackage.
    GeoPackage,
    /// A layer definition of QGIS. QGIS then loads the GeoJSON from its address and draws it.
    Qlr,
}

impl From<GeoPackageError> for ServeError {
    fn from(error: GeoPackageError) -> Self {
        Self::Internal(error.to_string())
    }
}

impl ReleaseServer {
    /// A file of a selection for GIS desktops, drawn in the classes of its legend.
    pub async fn gis(
        &self,
        query: &DataQuery,
        options: Options,
        file: GisFile,
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let lang = lang(&release, query, &self.options.lang);
        let canonical = canonical_query::query(&resolved, release.id());
        let ids = [resolved.set.id.as_str(), resolved.vintage.id().as_str(), &canonical, &key_of(&options), lang.as_str()];
        let name = key::name(&["gis", &format!("{file:?}"), ids.join("\n").as_str()]);
        let prepare = || {
            let subject = MapSubject::of(&release, &resolved)?.in_classes(&options)?;
            let (kept, attribution) = (Arc::clone(&self.kept), attribution(&resolved));
            let source = format!("{}/areas/{}.geojson{canonical}&lang={lang}", self.options.public_url, resolved.set.id);
            Ok(move |job: Arc<Job>| async move {
                let figures = kept.figures(&job, &subject, &options, &lang).await?;
                job.go_on()?;
                match file {
                    GisFile::Qlr => Ok(layer_definition(&subject.held, &figures, &source, &attribution)),
                    GisFile::GeoPackage => geopackage(&job, &subject.held, &figures, &lang, &attribution).await,
                }
            })
        };
        let work = if file == GisFile::Qlr { WorkKind::Legend } else { WorkKind::Document };
        let document = self.documents.get(release.id(), name, work, prepare).await?;
        answer(&release, pinned, &document, accepted)
    }
}

/// The name of the layer in the program that opens the file.
fn title(figures: &Figures) -> String {
    format!("{}, {}", figures.legend.title, words(&figures.legend.lang).period_name(figures.selection.period))
}

/// What must be known before reading the layer: it colours areas.
fn notes(figures: &Figures) -> String {
    let legend = &figures.legend;
    let warning = figures.colours_mislead().then(|| words(&legend.lang).count_warning.clone());
    [legend.summary.clone()].into_iter().chain(warning).chain(legend.notes.iter().cloned()).collect::<Vec<_>>().join(" ")
}

/// A layer definition of QGIS. `source`: the address of the GeoJSON.
fn layer_definition(held: &HeldVintage, figures: &Figures, source: &str, attribution: &str) -> Vec<u8> {
    let id = format!("choro_{}_{}", held.set, figures.indicator.id);
    let notes = notes(figures);
    let layer = QgisLayer { id: &id, name: &title(figures), source, attribution, notes: &notes };
    style::qlr(&layer, &figures.legend).into_bytes()
}

/// A GeoPackage with the areas, their values and the style. SQLite can only write it as a file, so a temporary folder is needed.
async fn geopackage(
    job: &Job,
    held: &HeldVintage,
    figures: &Figures,
    lang: &Lang,
    attribution: &str,
) -> Result<Vec<u8>, ServeError> {
    let vintage = held.vintage()?;
    let context = held.context(vintage.areas(), lang, attribution);
    let values = Values { indicator: &figures.indicator, selection: &figures.selection, column: figures.column.as_ref() };
    let package = GeoPackage {
        table: held.set.as_str(),
        title: &title(figures),
        description: &format!("{attribution}. {}", notes(figures)),
        created: &held.release.catalog().created,
        qml: &style::qml(&figures.legend),
        features: geopackage::features(&context, &vintage.geometry()?, values)?,
    };
    job.go_on()?;
    let internal = |error: std::io::Error| ServeError::Internal(format!("a temporary file: {error}"));
    let folder = tempfile::tempdir().map_err(internal)?;
    let path = folder.path().join("areas.gpkg");
    geopackage::write(&path, &package).await?;
    std::fs::read(&path).map_err(internal)
}
