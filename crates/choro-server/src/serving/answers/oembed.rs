//! How another site embeds a page: oEmbed 1.0 (<https://oembed.com>).

use super::{
    accepted_codings::AcceptedCodings, answer::Answer, document_answer, page_links::PageLinks, scene::Scene,
    server::ReleaseServer,
};
use crate::serving::{
    cache::{cost::WorkKind, documents::Job, key},
    error::ServeError,
    select::map_view::{MapView, QueryPairs},
};
use choro_carto::drawing::{Size, escape};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The frame's width and height where the client sets no lower limit, in pixels.
const FRAME: [u32; 2] = [800, 640];
/// The least width and height at which a map can be read, in pixels.
const LEAST: u32 = 200;

impl ReleaseServer {
    /// What follows this server's own address in `address`. The address of another server is an error, so that Choro never tells
    /// how to embed a foreign page.
    pub fn own<'a>(&self, address: &'a str) -> Result<&'a str, ServeError> {
        let base = &self.options.public_url;
        // A fragment is the browser's own, and is no part of the query.
        let address = address.split('#').next().unwrap_or_default();
        let path = address.strip_prefix(base.as_str()).filter(|path| {
            let page = path.split('?').next().unwrap_or_default();
            matches!(page, "" | "/" | "/embed")
        });
        path.ok_or_else(|| {
            ServeError::NotFound(format!("url is no page of this server: expected {base}/?... or {base}/embed?..."))
        })
    }

    /// The oEmbed document of a page's query. `limits`: the greatest width and height that the client takes, in pixels.
    pub async fn oembed(
        &self,
        query: &QueryPairs,
        limits: [Option<u32>; 2],
        accepted: AcceptedCodings,
    ) -> Result<Answer, ServeError> {
        let [width, height] = size(limits);
        let (release, pinned, named) = self.release_of_page(query).await?;
        let view = MapView::read(&release, query, &self.options.lang);
        let (mut view, _) = view.ok_or_else(|| ServeError::NotFound("the release has nothing to show".to_owned()))?;
        if pinned {
            view.release = named;
        }
        let name = key::name(&["oembed", &width.to_string(), &height.to_string(), &view.key()]);
        let prepare = || {
            let (kept, held, base) = (Arc::clone(&self.kept), Arc::clone(&release), self.options.public_url.clone());
            Ok(move |job: Arc<Job>| async move {
                let scene = kept.scene(&job, &held, view, |_| None).await?;
                document_answer::json(&embedding(&scene, &base, [width, height]))
            })
        };
        let document = self.documents.get(release.id(), name, WorkKind::Legend, prepare).await?;
        document_answer::answer(&release, pinned, &document, accepted)
    }
}

/// An oEmbed document: a frame with the page, and a picture to show before it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OEmbed {
    /// The version of oEmbed.
    #[schema(example = "1.0")]
    version: &'static str,
    /// The type of what is embedded.
    #[serde(rename = "type")]
    #[schema(example = "rich")]
    kind: &'static str,
    /// What the map shows.
    #[schema(example = "Net migration rate, 2014")]
    title: String,
    /// What the map shows in a sentence or two, with what must be known of it.
    #[schema(example = "Areas with data: 2.")]
    description: String,
    /// Who provides it.
    #[schema(example = "Choro")]
    provider_name: &'static str,
    /// The address of the server.
    #[schema(format = "uri", example = "https://maps.example.org")]
    provider_url: String,
    /// Seconds for which the document may be kept.
    #[schema(example = 3600)]
    cache_age: u32,
    /// Width of the frame in pixels.
    #[schema(minimum = 200, maximum = 800)]
    width: u32,
    /// Height of the frame in pixels.
    #[schema(minimum = 200, maximum = 640)]
    height: u32,
    /// The frame.
    #[schema(example = "<iframe src=\"https://maps.example.org/embed?v=1\"></iframe>")]
    html: String,
    /// The address of the picture.
    #[schema(format = "uri", example = "https://maps.example.org/picture.png?v=1&size=wide")]
    thumbnail_url: String,
    /// Width of the picture in pixels.
    thumbnail_width: u32,
    /// Height of the picture in pixels.
    thumbnail_height: u32,
}

/// The document of a frame of this width and height in pixels.
fn embedding(scene: &Scene, base: &str, [width, height]: [u32; 2]) -> OEmbed {
    let links = PageLinks::new(&scene.view, base.to_owned());
    let title = scene.title();
    let html = format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\" \
         referrerpolicy=\"strict-origin-when-cross-origin\" style=\"border:0;width:100%\"></iframe>",
        escape(&links.to("/embed")),
        escape(&title)
    );
    let [thumbnail_width, thumbnail_height] = Size::Wide.pixels().map(|length| length as u32);
    OEmbed {
        version: "1.0",
        kind: "rich",
        title,
        description: scene.description(),
        provider_name: "Choro",
        provider_url: base.to_owned(),
        cache_age: 3600,
        width,
        height,
        html,
        thumbnail_url: format!("{}&size=wide", links.to("/picture.png")),
        thumbnail_width,
        thumbnail_height,
    }
}

/// The size of the frame: as usual, or what the client takes of it.
fn size(limits: [Option<u32>; 2]) -> [u32; 2] {
    let [width, height] = FRAME;
    let [most_width, most_height] = limits;
    [(width, most_width), (height, most_height)].map(|(length, most)| length.min(most.unwrap_or(length)).max(LEAST))
}
