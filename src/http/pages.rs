//! The viewer's page and its files, which the program carries.

use super::{
    Request, Response,
    conditional::{etag, known},
    problem::Problem,
    respond::{self, CachePolicy},
};
use crate::bundle::Coding;
use bytes::Bytes;
use hyper::{HeaderMap, header, header::HeaderValue};
use rust_embed::RustEmbed;
use xxhash_rust::xxh3::xxh3_64;

/// What the page may load: its own files, and nothing from elsewhere. MapLibre starts its worker from a blob.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The built viewer. Empty where it was not built.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Viewer;

/// A file with its media type and tag.
#[derive(Debug)]
pub(super) struct Embedded {
    bytes: Bytes,
    media: &'static str,
    tag: HeaderValue,
}

impl Embedded {
    pub fn new(bytes: Vec<u8>, media: &'static str) -> Self {
        let tag = etag(xxh3_64(&bytes), Coding::Identity);
        Self { bytes: bytes.into(), media, tag }
    }

    pub fn respond(&self, headers: &HeaderMap, policy: CachePolicy) -> Response {
        if known(headers, || self.tag.clone()) {
            return respond::unchanged(policy, self.tag.clone());
        }
        respond::plain(self.bytes.clone(), self.media, policy, Some(self.tag.clone()))
    }
}

/// The page.
pub(super) fn index(headers: &HeaderMap) -> Result<Response, Problem> {
    let Some(page) = file("index.html") else {
        return Err(Problem::not_found("this server was built without the viewer: see /catalog.json and /openapi.json"));
    };
    let mut response = page.respond(headers, CachePolicy::Revalidate);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}

/// A file of the viewer by its path: a name in the program's own list, never a path of the machine. The query is ignored,
/// since bundlers put one on workers. Files under `assets/` carry a hash in their name.
pub(super) fn asset(request: &Request) -> Result<Response, Problem> {
    let name = request.uri().path().trim_start_matches('/');
    let policy = if name.starts_with("assets/") { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let file = Some(name).filter(|name| *name != "index.html").and_then(file).ok_or_else(nothing)?;
    let mut response = file.respond(request.headers(), policy);
    // A worker takes the policy of its own response.
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}

/// Nothing at this path.
pub(super) fn nothing() -> Problem {
    Problem::not_found("there is nothing at this path: see /openapi.json for what there is")
}

fn file(name: &str) -> Option<Embedded> {
    let file = Viewer::get(name)?;
    Some(Embedded::new(file.data.into_owned(), media(name)))
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
