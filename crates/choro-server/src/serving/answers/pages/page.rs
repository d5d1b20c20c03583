//! The page and its embedded form as the server draws them. Map, legend, table and choices are in the HTML, so that a reader sees
//! them before any script has run, and also where none can.
//!
//! The template of the page comes from http.

use super::{
    drawn_page::DrawnPage,
    fragments::{fragment, strange},
    page_kind::PageKind,
    template::fill,
};
use crate::serving::{
    answers::{
        accepted_codings::AcceptedCodings, answer::Answer, document_answer::answer, page_links::PageLinks,
        server::ReleaseServer,
    },
    cache::{
        cost::WorkKind,
        documents::{Job, KeptDocument},
        key,
    },
    error::ServeError,
    release::open_release::Release,
    select::{
        language::preferred,
        language_priority::LanguagePriority,
        map_view::{MapView, QueryPairs},
    },
};
use choro_carto::drawing::{MOST_ON_PAGE, escape};
use choro_model::{Lang, words::words};
use std::sync::Arc;

/// The greatest width of the map on the page, in pixels. It is drawn once, and the browser scales it.
const WIDTH: f64 = 960.0;
/// The greatest height of the map on the page, in pixels.
const HEIGHT: f64 = 720.0;

/// What a request for a page asks for.
#[derive(Debug, Clone, Copy)]
pub struct PageQuery<'a> {
    /// Which page.
    pub page: PageKind,
    /// The page of the viewer's build, with places for what the server draws.
    pub template: &'static str,
    /// The query of its URL.
    pub query: &'a QueryPairs,
    /// The languages that the reader wants.
    pub languages: &'a LanguagePriority,
}

impl ReleaseServer {
    /// The page of what a query shows. Parameters that are not understood are named on the page, and the rest is shown: a link with
    /// a mistake never leads to a blank page.
    pub async fn page(&self, asked: &PageQuery<'_>, accepted: AcceptedCodings) -> Result<Answer, ServeError> {
        let (release, pinned, named) = self.release_of_page(asked.query).await?;
        let preferred = preferred(&release, asked.languages, &self.options.lang);
        let Some((mut view, mut strange)) = MapView::read(&release, asked.query, &preferred) else {
            return answer(&release, pinned, &*self.nothing(&release, asked, &preferred).await?, accepted);
        };
        match named {
            Some(id) if pinned => view.release = Some(id),
            Some(id) => strange.push(("release".to_owned(), id)),
            None => {}
        }
        let (page, template) = (asked.page, asked.template);
        let document = match self.page_of(&release, view.clone(), page, template).await {
            // Some mistakes show only here, such as breaks that do not fit the method. The usual classes are shown instead.
            Err(ServeError::Parameter { name, .. }) => {
                let document = self.page_of(&release, view.clone().plain(&name), page, template).await?;
                strange.push((name, "\u{2026}".to_owned()));
                document
            }
            document => document?,
        };
        answer(&release, pinned, &document.told(&self::strange(&strange, &view.lang)), accepted)
    }

    async fn page_of(
        &self,
        release: &Arc<Release>,
        view: MapView,
        page: PageKind,
        template: &'static str,
    ) -> Result<Arc<KeptDocument>, ServeError> {
        let name = key::name(&["page", &format!("{page:?}"), &view.key()]);
        let prepare = || {
            // A refusal must come before the job is paid for.
            view.subject(release)?;
            let (kept, held, base) = (Arc::clone(&self.kept), Arc::clone(release), self.options.public_url.clone());
            Ok(move |job: Arc<Job>| async move {
                // The first map may be a pixel off where a picture may be half a pixel off, so half of the size is enough.
                let pixels = |areas| (areas <= MOST_ON_PAGE).then_some([WIDTH / 2.0, HEIGHT / 2.0]);
                let scene = kept.scene(&job, &held, view, pixels).await?;
                let links = PageLinks::new(&scene.view, base);
                let drawn = DrawnPage { scene: &scene, links: &links, width: WIDTH, height: HEIGHT };
                Ok(fill(template, scene.view.lang.as_str(), &scene.title(), |name| fragment(&drawn, name, page)))
            })
        };
        self.documents.get(release.id(), name, WorkKind::Drawing, prepare).await
    }

    /// The page of a release that has nothing to show.
    async fn nothing(&self, release: &Release, asked: &PageQuery<'_>, lang: &Lang) -> Result<Arc<KeptDocument>, ServeError> {
        let name = key::name(&["nothing", &format!("{:?}", asked.page), lang.as_str()]);
        let prepare = || {
            let (template, lang) = (asked.template, lang.clone());
            Ok(move |_| async move {
                let nothing = &words(&lang).nothing_to_show;
                let only_unit = |name: &str| if name == "unit" { escape(nothing) } else { String::new() };
                Ok(fill(template, lang.as_str(), "Choro", only_unit))
            })
        };
        self.documents.get(release.id(), name, WorkKind::Legend, prepare).await
    }
}
