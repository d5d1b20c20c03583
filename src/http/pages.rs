//! The viewer's page and its files, which the program carries.

use super::{Request, Response, embedded::Embedded, problem::Problem, respond::CachePolicy};
use crate::bundle::Coding;
use bytes::Bytes;
use hyper::{HeaderMap, header, header::HeaderValue};
use rust_embed::RustEmbed;
use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

/// What the page may load: its own files, and nothing from elsewhere. MapLibre starts its worker from a blob.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self'; \
     img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The built viewer. Empty where it was not built.
#[derive(RustEmbed)]
#[folder = "web/dist"]
#[allow_missing = true]
struct Viewer;

/// The viewer's files by their paths, with what the build compressed of them beside each (`web/vite.config.mjs`).
static FILES: LazyLock<HashMap<String, Embedded>> = LazyLock::new(|| {
    let is_packed = |name: &str| PACKED.iter().any(|(ending, _)| name.ends_with(ending));
    let names = Viewer::iter().filter(|name| !is_packed(name));
    names.filter_map(|name| Some((name.to_string(), embedded(&name)?))).collect()
});

/// How the name of a compressed file ends.
const PACKED: [(&str, Coding); 2] = [(".br", Coding::Brotli), (".gz", Coding::Gzip)];

fn embedded(name: &str) -> Option<Embedded> {
    let file = Viewer::get(name)?;
    let tag = file.metadata.sha256_hash().first_chunk().map_or(0, |start| u64::from_le_bytes(*start));
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

/// The page.
pub(super) fn index(headers: &HeaderMap) -> Result<Response, Problem> {
    let Some(page) = FILES.get("index.html") else {
        return Err(Problem::not_found("this server was built without the viewer: see /catalog.json and /openapi.json"));
    };
    let mut response = page.respond(headers, CachePolicy::Revalidate)?;
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
    Ok(response)
}

/// A file of the viewer by its path: a name in the program's own list, never a path of the machine. The query is ignored,
/// since bundlers put one on workers. Files under `assets/` carry a hash in their name.
pub(super) fn asset(request: &Request) -> Result<Response, Problem> {
    let name = request.uri().path().trim_start_matches('/');
    let policy = if name.starts_with("assets/") { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let file = Some(name).filter(|name| *name != "index.html").and_then(|name| FILES.get(name)).ok_or_else(nothing)?;
    let mut response = file.respond(request.headers(), policy)?;
    // A worker takes the policy of its own response.
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
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
