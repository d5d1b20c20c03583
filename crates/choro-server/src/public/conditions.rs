//! Entity tags and conditional requests (RFC 9110, 8.8.3 and 13.1.2).

use crate::serving::Tag;
use choro_bundle::Coding;
use hyper::{HeaderMap, header, header::HeaderValue};

/// More than the longest tag: two quotes, two fingerprints, a form, and a coding after a hyphen.
const LONGEST: usize = 96;

/// The strong entity tag of a content in a coding: each coding has other bytes, hence its own tag.
pub(super) fn etag(tag: Tag, coding: Coding) -> HeaderValue {
    // By hand: formatting would cost more than all other headers of a tile.
    let mut text = Text { bytes: [b'"'; LONGEST], end: 1 };
    let (first, second, form) = tag.pieces();
    text.push(first);
    if let Some(second) = second {
        text.push(second);
    }
    if let Some(form) = form {
        text.push(form);
    }
    match coding {
        Coding::Identity => text.push(b"\""),
        Coding::Gzip => text.push(b"-gzip\""),
        Coding::Brotli => text.push(b"-br\""),
        Coding::Zstd => text.push(b"-zstd\""),
    }
    HeaderValue::from_bytes(text.bytes.get(..text.end).unwrap_or_default()).unwrap_or(HeaderValue::from_static("\"\""))
}

struct Text {
    bytes: [u8; LONGEST],
    end: usize,
}

impl Text {
    fn push<const N: usize>(&mut self, piece: &[u8; N]) {
        if let Some(place) = self.bytes.get_mut(self.end..self.end + N) {
            place.copy_from_slice(piece);
            self.end += N;
        }
    }
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
    use choro_bundle::Fingerprint;

    /// The fingerprint of "abc" (FIPS 180-2, appendix B.1).
    const DIGITS: &str = "ba7816bf8f01cfea414140de5dae2223";

    #[test]
    fn a_list_a_star_and_a_weak_tag_all_match() {
        let tag = etag(Tag::of(Fingerprint::of(b"abc")), Coding::Gzip);
        assert_eq!(tag, format!("\"{DIGITS}-gzip\""));
        for (value, expected) in [
            ("\"DIGITS-gzip\"", true),
            ("W/\"DIGITS-gzip\"", true),
            ("\"x\" , W/\"y\",\"DIGITS-gzip\"", true),
            ("*", true),
            ("\"DIGITS\"", false),
            ("DIGITS-gzip", false),
            ("w/\"DIGITS-gzip\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_str(&value.replace("DIGITS", DIGITS)).unwrap());
            assert_eq!(known(&headers, || tag.clone()), expected, "{value}");
        }
        assert!(!known(&HeaderMap::new(), || tag.clone()));
        for (coding, expected) in
            [(Coding::Identity, ""), (Coding::Gzip, "-gzip"), (Coding::Brotli, "-br"), (Coding::Zstd, "-zstd")]
        {
            assert_eq!(etag(Tag::of(Fingerprint::of(b"abc")), coding), format!("\"{DIGITS}{expected}\""));
        }
    }
}
