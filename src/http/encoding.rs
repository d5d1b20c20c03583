//! Content codings (RFC 9110, 12.5.3): identity and gzip.

use hyper::{HeaderMap, header};

/// A content coding of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
}

/// Weights in thousandths, where given.
#[derive(Debug, Default)]
struct Wanted {
    gzip: Option<u16>,
    identity: Option<u16>,
    any: Option<u16>,
}

/// The coding to answer in; `None`: the client takes neither. Without the header: identity. gzip wins where it is wanted as
/// much as identity.
pub(super) fn choose(headers: &HeaderMap) -> Option<Coding> {
    let mut wanted = Wanted::default();
    let mut given = false;
    for value in headers.get_all(header::ACCEPT_ENCODING) {
        given = true;
        value.to_str().unwrap_or_default().split(',').for_each(|item| wanted.note(item));
    }
    if !given {
        return Some(Coding::Identity);
    }
    let gzip = wanted.gzip.or(wanted.any).unwrap_or(0);
    // Identity is acceptable unless it is ruled out by name or by `*;q=0`, and then less wanted than anything that is named.
    let identity = wanted.identity.or(wanted.any);
    match identity {
        Some(0) if gzip == 0 => None,
        Some(identity) if identity > gzip => Some(Coding::Identity),
        _ if gzip > 0 => Some(Coding::Gzip),
        _ => Some(Coding::Identity),
    }
}

impl Wanted {
    fn note(&mut self, item: &str) {
        let mut parts = item.split(';').map(str::trim);
        let coding = parts.next().unwrap_or_default();
        let weight = match parts.next() {
            None => Some(1000),
            Some(weight) => weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q=")).and_then(thousandths),
        };
        let (Some(weight), None) = (weight, parts.next()) else { return };
        let is = |name: &str| coding.eq_ignore_ascii_case(name);
        let slot = match coding {
            "*" => &mut self.any,
            _ if is("gzip") || is("x-gzip") => &mut self.gzip,
            _ if is("identity") => &mut self.identity,
            _ => return,
        };
        *slot = Some(weight);
    }
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
    fn the_coding_follows_the_weights() {
        let table = [
            (None, Some(Coding::Identity)),
            (Some(""), Some(Coding::Identity)),
            (Some("gzip"), Some(Coding::Gzip)),
            (Some("GZIP"), Some(Coding::Gzip)),
            (Some("x-gzip"), Some(Coding::Gzip)),
            (Some("gzip, deflate, br, zstd"), Some(Coding::Gzip)),
            (Some("br"), Some(Coding::Identity)),
            (Some("*"), Some(Coding::Gzip)),
            (Some("gzip;q=0"), Some(Coding::Identity)),
            (Some("gzip;q=0, *"), Some(Coding::Identity)),
            (Some("identity, gzip;q=0.5"), Some(Coding::Identity)),
            (Some("identity;q=0.5, gzip;q=0.5"), Some(Coding::Gzip)),
            (Some("identity;q=0"), None),
            (Some("identity;q=0, gzip"), Some(Coding::Gzip)),
            (Some("*;q=0"), None),
            (Some("*;q=0, identity"), Some(Coding::Identity)),
            (Some("*;q=0, gzip;q=0.001"), Some(Coding::Gzip)),
            (Some("gzip;q=0, identity;q=0"), None),
            (Some("gzip;q=nonsense"), Some(Coding::Identity)),
            (Some("gzip;q=2"), Some(Coding::Identity)),
            (Some("gzip;q=0.0001"), Some(Coding::Identity)),
            (Some(" gzip ; q=1.000 "), Some(Coding::Gzip)),
            (Some(",,;q=1,"), Some(Coding::Identity)),
        ];
        for (value, expected) in table {
            let mut headers = HeaderMap::new();
            if let Some(value) = value {
                headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(value));
            }
            assert_eq!(choose(&headers), expected, "{value:?}");
        }
    }
}
