//! What a client says of content codings (RFC 9110, 12.5.3).

use crate::serving::AcceptedCodings;
use choro_bundle::Coding;
use choro_http::extract::pieces;
use hyper::{HeaderMap, header};

/// Weights in thousandths, where given.
#[derive(Debug, Default)]
struct Wanted {
    codings: [Option<u16>; Coding::ALL.len()],
    any: Option<u16>,
}

/// The codings that a request accepts. Without the header: identity alone.
pub(super) fn accepted(headers: &HeaderMap) -> AcceptedCodings {
    let mut wanted = Wanted::default();
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        pieces(value.to_str().unwrap_or_default(), b',').for_each(|item| wanted.note(item));
    }
    AcceptedCodings::new(|coding| wanted.codings.get(coding as usize).copied().flatten().or(wanted.any))
}

impl Wanted {
    fn note(&mut self, item: &str) {
        let Some((coding, weight)) = weighted(item) else { return };
        let known = Coding::ALL.into_iter().find(|known| coding.eq_ignore_ascii_case(known.as_str()));
        let slot = match known {
            _ if coding == "*" => Some(&mut self.any),
            Some(known) => self.codings.get_mut(known as usize),
            // RFC 9110, 8.4.1.3.
            None if coding.eq_ignore_ascii_case("x-gzip") => self.codings.get_mut(Coding::Gzip as usize),
            None => None,
        };
        if let Some(slot) = slot {
            *slot = Some(weight);
        }
    }
}

/// An item of a list with its weight in thousandths (RFC 9110, 12.4.2): `br;q=0.9`. `None` where the weight is malformed.
pub(super) fn weighted(item: &str) -> Option<(&str, u16)> {
    let mut parts = pieces(item, b';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = match parts.next() {
        None => 1000,
        Some(weight) => weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q=")).and_then(thousandths)?,
    };
    parts.next().is_none().then_some((name, weight))
}

/// A quality value: `0` to `1` with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(part),
        "1" if part == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::header::HeaderValue;

    #[test]
    fn the_codings_follow_the_weights() {
        // Weights of identity, gzip, br and zstd.
        let table = [
            (None, [None, None, None, None]),
            (Some(""), [None, None, None, None]),
            (Some("gzip"), [None, Some(1000), None, None]),
            (Some("GZIP"), [None, Some(1000), None, None]),
            (Some("x-gzip"), [None, Some(1000), None, None]),
            (Some("gzip, deflate, br, zstd"), [None, Some(1000), Some(1000), Some(1000)]),
            (Some("br"), [None, None, Some(1000), None]),
            (Some("Br;q=0.9,ZSTD;q=0.8"), [None, None, Some(900), Some(800)]),
            (Some("*"), [Some(1000); 4]),
            (Some("gzip;q=0"), [None, Some(0), None, None]),
            (Some("gzip;q=0, *"), [Some(1000), Some(0), Some(1000), Some(1000)]),
            (Some("identity, gzip;q=0.5"), [Some(1000), Some(500), None, None]),
            (Some("identity;q=0"), [Some(0), None, None, None]),
            (Some("*;q=0"), [Some(0); 4]),
            (Some("*;q=0, br;q=0.001"), [Some(0), Some(0), Some(1), Some(0)]),
            (Some("gzip;q=nonsense"), [None; 4]),
            (Some("gzip;q=2"), [None; 4]),
            (Some("gzip;q=-1"), [None; 4]),
            (Some("gzip;q=0.0001"), [None; 4]),
            (Some("gzip;q=1;q=0"), [None; 4]),
            (Some(" gzip ; q=1.000 "), [None, Some(1000), None, None]),
            (Some(",,;q=1,"), [None; 4]),
            (Some("compress, deflate, sdch, dcb, dcz"), [None; 4]),
        ];
        for (value, expected) in table {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            assert_eq!(accepted(&headers), AcceptedCodings::new(|coding| expected[coding as usize]), "{value:?}");
        }
    }

    #[test]
    fn several_headers_are_one_list_and_bytes_that_are_no_text_say_nothing() {
        let mut headers = HeaderMap::new();
        headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip;q=0.5"));
        headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static("br"));
        headers.append(header::ACCEPT_ENCODING, HeaderValue::from_bytes(b"zstd\xff").unwrap());
        let expected = [None, Some(500), Some(1000), None];
        assert_eq!(accepted(&headers), AcceptedCodings::new(|coding| expected[coding as usize]));
    }
}
