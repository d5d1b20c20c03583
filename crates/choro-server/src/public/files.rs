//! The viewer's files, which the program carries, and those that browsers and search engines ask every site for.

use super::{embedded::Embedded, respond::CachePolicy};
use crate::serving::Tag;
use bytes::Bytes;
use choro_bundle::{Coding, Fingerprint};
use choro_http::problem::Problem;
use hyper::{HeaderMap, Uri, header, header::HeaderValue};
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
pub(super) struct Viewer;

/// Files at the root of a site, whose names are not ours: what search engines may read (RFC 9309), and the small picture of the site.
const OF_SITE: [(&str, &[u8]); 2] =
    [("robots.txt", include_bytes!("robots.txt")), ("favicon.ico", include_bytes!("favicon.ico"))];

/// All files by their paths; those of the viewer with what the build compressed of them beside each (`web/vite.config.mjs`).
static FILES: LazyLock<HashMap<String, Embedded>> = LazyLock::new(|| {
    let is_packed = |name: &str| PACKED.iter().any(|(ending, _)| name.ends_with(ending));
    let names = Viewer::iter().filter(|name| !is_packed(name));
    let of_viewer = names.filter_map(|name| Some((name.to_string(), embedded(&name)?)));
    of_viewer.chain(OF_SITE.map(|(name, bytes)| (name.to_owned(), of_site(name, bytes)))).collect()
});

fn of_site(name: &str, bytes: &'static [u8]) -> Embedded {
    let plain = |coding| (coding == Coding::Identity).then_some(Bytes::from_static(bytes));
    Embedded::new(media(name), Tag::of(Fingerprint::of(bytes)), plain)
}

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

/// A file of the viewer by its path: a name in the program's own list, never a path of the machine. The query is ignored,
/// since bundlers put one on workers. Files under `assets/` carry a hash in their name.
pub(super) async fn file(uri: Uri, headers: HeaderMap) -> Result<axum::response::Response, Problem> {
    let name = uri.path().trim_start_matches('/');
    let keep = if name.starts_with("assets/") { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let file = Some(name)
        .filter(|name| !name.ends_with("index.html"))
        .and_then(|name| FILES.get(name))
        .ok_or_else(Problem::nothing)?;
    let mut response = file.respond(&headers, keep)?;
    // A worker takes the policy of its own response.
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy("'self'")?);
    Ok(response.map(axum::body::Body::new))
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

/// The policy of a page that these sources may frame.
pub(super) fn policy(ancestors: &str) -> Result<HeaderValue, Problem> {
    HeaderValue::try_from(format!("{POLICY}{ancestors}")).map_err(|error| Problem::internal(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_is_a_script_and_an_unknown_file_is_bytes() {
        assert_eq!(media("assets/maplibre-gl-worker-x1.mjs"), "text/javascript; charset=utf-8");
        assert_eq!(media("LICENCE"), "application/octet-stream");
    }

    /// Whether a rule of robots.txt matches a path and query (RFC 9309, 2.2.3).
    fn matches(rule: &str, address: &str) -> bool {
        let mut parts = rule.split('*');
        let Some(mut rest) = address.strip_prefix(parts.next().unwrap_or_default()) else { return false };
        parts.all(|part| match rest.split_once(part) {
            Some((_, after)) => {
                rest = after;
                true
            }
            None => false,
        })
    }

    #[test]
    fn search_engines_read_pages_and_neither_tiles_nor_endless_variants() {
        let text = include_str!("robots.txt");
        let (_, everybody) = text.split_once("User-agent: *\n").unwrap();
        let rules: Vec<_> = everybody.lines().filter_map(|line| line.strip_prefix("Disallow: ")).collect();
        assert_eq!(rules.len(), everybody.lines().count(), "every line is a rule");
        let page = "/?v=1&set=regions&grid=Albers&indicator=rate&period=2014&sex=F&kind=choropleth&lang=ru";
        for (address, may) in [
            ("/", true),
            (page, true),
            (&format!("{page}&at=1%2C2%2C3"), false),
            (&format!("{page}&area=A"), false),
            ("/assets/index-x1.js", true),
            ("/favicon.ico", true),
            ("/embed.js", true),
            ("/embed?indicator=rate", false),
            ("/catalog.json", true),
            ("/values/regions.json?indicator=rate&period=2014", true),
            ("/values/regions.csv?indicator=rate&period=2014", false),
            ("/tiles/regions/Albers/0/0/0.mvt", false),
            ("/picture.png?indicator=rate", false),
        ] {
            assert_eq!(!rules.iter().any(|rule| matches(rule, address)), may, "{address}");
        }
    }

    #[test]
    fn the_icon_is_one_of_two_sizes_with_all_its_bytes() {
        let icon = include_bytes!("favicon.ico");
        assert_eq!(icon[..6], [0, 0, 1, 0, 2, 0]);
        let ends = [6, 22].map(|entry| {
            let number = |at: usize| u32::from_le_bytes(icon[at..at + 4].try_into().unwrap()) as usize;
            number(entry + 8) + number(entry + 12)
        });
        assert_eq!((ends[1], [icon[6], icon[22]]), (icon.len(), [16, 32]));
    }
}
