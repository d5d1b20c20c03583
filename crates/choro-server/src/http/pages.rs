//! The viewer's page and its files, which the program carries.

use super::{
    App, Request, Response,
    conditional::{etag, known},
    embedded::Embedded,
    encoding,
    problem::Problem,
    query,
    respond::{self, CachePolicy},
};
use crate::serving::{AnswerContent as Content, PageKind as Page, PageQuery as PageAsk, Tag};
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint};
use choro_model::Lang;
use hyper::{HeaderMap, header, header::HeaderValue};
use rust_embed::RustEmbed;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// What a page may load: its own files, and nothing from elsewhere. The viewer shows what it embeds in a frame; the form that needs
/// no script leads to the page itself. Who may frame it follows.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

/// The built viewer. Empty where it was not built.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Viewer;

/// The viewer's files by their paths, with what the build compressed of them beside each (`web/vite.config.mjs`).
static FILES: LazyLock<HashMap<String, Embedded>> = LazyLock::new(|| {
    let is_packed = |name: &str| PACKED.iter().any(|(ending, _)| name.ends_with(ending));
    let names = Viewer::iter().filter(|name| !is_packed(name));
    names.filter_map(|name| Some((name.to_string(), embedded(&name)?))).collect()
});

/// Languages of a request that are looked at.
const MAX_LANGS: usize = 16;

/// How the name of a compressed file ends.
const PACKED: [(&str, Coding); 2] = [(".br", Coding::Brotli), (".gz", Coding::Gzip)];

fn embedded(name: &str) -> Option<Embedded> {
    let file = Viewer::get(name)?;
    let tag = Tag::of(Fingerprint::of(&file.data));
    let packed = |coding| {
        let (ending, _) = PACKED.iter().find(|(_, known)| *known == coding)?;
        Viewer::get(&format!("{name}{ending}")).map(|file| bytes(file.data))
    };
    Some(Embedded::new(media(name), tag, |coding| match coding {
        Coding::Identity => Some(bytes(file.data.clone())),
        other => packed(other),
    }))
}

fn bytes(data: Cow<'static, [u8]>) -> Bytes {
    match data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => data.into(),
    }
}

/// The pages of the build, with places for what the server draws.
static TEMPLATES: LazyLock<[Option<String>; 2]> = LazyLock::new(|| {
    ["index.html", "embed/index.html"].map(|name| String::from_utf8(Viewer::get(name)?.data.into_owned()).ok())
});

/// A page of what its query shows. Where there is no release to draw from, the page is as it was built, and its script says why.
pub(super) async fn page(app: &App, request: &Request, page: Page) -> Result<Response, Problem> {
    let query = query::lenient(request.uri().query());
    let given = |name: &str, value: &str| query.iter().any(|(n, v)| n == name && v == value);
    let page = match page {
        Page::Embed { .. } if given("mode", "full") => Page::Full,
        Page::Embed { .. } => Page::Embed { controls: !given("controls", "0") },
        page => page,
    };
    let template = TEMPLATES.get(usize::from(!page.is_viewer())).and_then(Option::as_deref);
    let Some(template) = template else {
        return Err(Problem::not_found("this server was built without the viewer: see /catalog.json and /openapi.json"));
    };
    let langs = langs(request.headers());
    let ask = PageAsk { page, template, query: &query, langs: &langs };
    let answer = app.server.page(&ask, encoding::accepted(request.headers())).await;
    let mut answer = answer.map_err(|error| Problem::of(error, |_| false))?;
    if known(request.headers(), || etag(answer.tag, answer.coding)) {
        answer.content = Content::Unchanged;
    }
    let mut response = respond::release(answer, "text/html; charset=utf-8", &app.heads);
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language"));
    let ancestors = if page == Page::Viewer { "'self'" } else { &app.frame_ancestors };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(ancestors)?);
    Ok(response)
}

fn policy(ancestors: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(format!("{POLICY}{ancestors}")).map_err(|error| Problem::internal(error.to_string()))
}

/// The languages of Accept-Language in their order, which is that of preference in every browser.
fn langs(headers: &HeaderMap) -> Vec<Lang> {
    let text = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tag = |part: &str| Lang::new(part.split(';').next().unwrap_or_default().trim()).ok();
    text.split(',').take(MAX_LANGS).filter_map(tag).collect()
}

/// A file of the viewer by its path: a name in the program's own list, never a path of the machine. The query is ignored,
/// since bundlers put one on workers. Files under `assets/` carry a hash in their name.
pub(super) fn asset(request: &Request) -> Result<Response, Problem> {
    let name = request.uri().path().trim_start_matches('/');
    let keep = if name.starts_with("assets/") { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let file =
        Some(name).filter(|name| !name.ends_with("index.html")).and_then(|name| FILES.get(name)).ok_or_else(nothing)?;
    let mut response = file.respond(request.headers(), keep)?;
    // A worker takes the policy of its own response.
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy("'self'")?);
    Ok(response)
}

/// Nothing at this path.
pub(super) fn nothing() -> Problem {
    Problem::not_found("there is nothing at this path: see /openapi.json for what there is")
}

fn media(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_a_script_and_an_unknown_file_is_bytes() {
        assert_eq!(media("assets/maplibre-gl-worker-x1.mjs"), "text/javascript; charset=utf-8");
        assert_eq!(media("LICENCE"), "application/octet-stream");
    }
}
