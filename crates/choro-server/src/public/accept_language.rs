//! What a client says of languages (RFC 9110, 12.5.4).

use super::negotiation::weighted;
use crate::serving::LanguagePriority;
use choro_http::extract::pieces;
use hyper::{HeaderMap, header};

/// Ranges of a request that are looked at.
const MOST_RANGES: usize = 16;

/// The languages that a request asks for. What is malformed says nothing.
pub(super) fn languages(headers: &HeaderMap) -> LanguagePriority {
    let lists = headers.get_all(header::ACCEPT_LANGUAGE).iter().filter_map(|value| value.to_str().ok());
    let ranges = lists.flat_map(|list| pieces(list, b',')).take(MOST_RANGES).filter_map(weighted);
    LanguagePriority::new(ranges.filter(|(range, _)| is_range(range)))
}

/// A basic language range (RFC 4647, 2.1): `*`, or parts of 1 to 8 letters and digits.
fn is_range(text: &str) -> bool {
    let is_part = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    text == "*" || text.split('-').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    fn read(values: &[&'static str]) -> LanguagePriority {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::ACCEPT_LANGUAGE, HeaderValue::from_static(value));
        }
        languages(&headers)
    }

    #[test]
    fn ranges_come_with_their_weights_and_what_is_malformed_says_nothing() {
        for (values, expected) in [
            (&[][..], &[][..]),
            (&["ru"], &[("ru", 1000)]),
            (&["ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7"], &[("ru-RU", 1000), ("ru", 900), ("en-US", 800), ("en", 700)]),
            (&["en;q=0.3, RU ; q=0.8"], &[("en", 300), ("RU", 800)]),
            (&["en;q=0, *"], &[("en", 0), ("*", 1000)]),
            (&["de", "en;q=0.5"], &[("de", 1000), ("en", 500)]),
            (&["en;q=2, <b>, ru;q=0.5;x, , toolongapart, de"], &[("de", 1000)]),
        ] {
            assert_eq!(read(values), LanguagePriority::new(expected.iter().copied()), "{values:?}");
        }
    }
}
