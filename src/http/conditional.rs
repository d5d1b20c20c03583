//! Entity tags and conditional requests (RFC 9110, 8.8.3 and 13.1.2).

use crate::bundle::Coding;
use hyper::{HeaderMap, header, header::HeaderValue};

/// The strong entity tag of a content in a coding: each coding has other bytes, hence its own tag.
pub(super) fn etag(tag: u64, coding: Coding) -> HeaderValue {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    // By hand: formatting would cost more than all other headers of a tile.
    let mut text = *b"\"0000000000000000-xxxx\"";
    let digits = tag.to_be_bytes().into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    for (slot, digit) in text.iter_mut().skip(1).zip(digits) {
        *slot = DIGITS.get(usize::from(digit)).copied().unwrap_or_default();
    }
    let name = if coding == Coding::Identity { "" } else { coding.as_str() };
    let end = if name.is_empty() { 17 } else { 18 + name.len() };
    for (slot, byte) in text.iter_mut().skip(18).zip(name.bytes()) {
        *slot = byte;
    }
    if let Some(slot) = text.get_mut(end) {
        *slot = b'"';
    }
    let text = text.get(..=end).unwrap_or_default();
    HeaderValue::from_bytes(text).unwrap_or(HeaderValue::from_static("\"\""))
}

/// Whether the client has this tag already: any of `If-None-Match` by weak comparison, since proxies weaken tags.
pub(super) fn known(headers: &HeaderMap, etag: impl FnOnce() -> HeaderValue) -> bool {
    if !headers.contains_key(header::IF_NONE_MATCH) {
        return false;
    }
    let etag = etag();
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
            assert_eq!(known(&headers, || tag.clone()), expected, "{value}");
        }
        assert!(!known(&HeaderMap::new(), || tag.clone()));
        for (coding, expected) in [
            (Coding::Identity, "\"0123456789abcdef\""),
            (Coding::Gzip, "\"0123456789abcdef-gzip\""),
            (Coding::Brotli, "\"0123456789abcdef-br\""),
            (Coding::Zstd, "\"0123456789abcdef-zstd\""),
        ] {
            assert_eq!(etag(0x0123_4567_89ab_cdef, coding), expected);
        }
    }
}
