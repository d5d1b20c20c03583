//! Entity tags and conditional requests (RFC 9110, 8.8.3 and 13.1.2).

use super::encoding::Coding;
use axum::http::{HeaderMap, HeaderValue, header};

/// The strong entity tag of a content in a coding: each coding has other bytes, hence its own tag.
pub(super) fn etag(tag: u64, coding: Coding) -> HeaderValue {
    let text = match coding {
        Coding::Identity => format!("\"{tag:016x}\""),
        Coding::Gzip => format!("\"{tag:016x}-gzip\""),
    };
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether the client has this tag already: any of `If-None-Match` by weak comparison, since proxies weaken tags.
pub(super) fn known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_a_star_and_a_weak_tag_all_match() {
        let tag = etag(1, Coding::Gzip);
        assert_eq!(tag, "\"0000000000000001-gzip\"");
        for (value, expected) in [
            ("\"0000000000000001-gzip\"", true),
            ("W/\"0000000000000001-gzip\"", true),
            ("\"x\" , W/\"y\",\"0000000000000001-gzip\"", true),
            ("*", true),
            ("\"0000000000000001\"", false),
            ("0000000000000001-gzip", false),
            ("w/\"0000000000000001-gzip\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
            assert_eq!(known(&headers, &tag), expected, "{value}");
        }
        assert!(!known(&HeaderMap::new(), &tag));
    }
}
