//! Paths: segments by name, each decoded once and never again.

use super::routes::Route;
use std::borrow::Cow;

/// Names in the path of a tile, the longest.
const MOST_NAMES: usize = 5;

/// The named segments of a path.
#[derive(Debug, Default)]
pub(super) struct Named<'a>(Vec<(&'static str, Cow<'a, str>)>);

impl Named<'_> {
    /// The segment of a name; empty where the route has no such name.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| *n == name).map_or("", |(_, text)| text.as_ref())
    }
}

/// The names of a path, if it is one of this route.
pub(super) fn parse<'a>(route: &Route, path: &'a str) -> Option<Named<'a>> {
    let mut named = Named::default();
    let mut segments = path.split('/');
    for pattern in route.path.split('/') {
        let segment = segments.next()?;
        let Some((name, suffix)) = pattern.strip_prefix('{').and_then(|rest| rest.split_once('}')) else {
            if segment != pattern {
                return None;
            }
            continue;
        };
        let text = decode(segment.strip_suffix(suffix)?)?;
        // Area codes of the field hold slashes; they are looked up in a table and never become a path.
        let plain = !text.is_empty() && (name == "code" || !text.contains(['/', '\\']));
        if named.0.is_empty() {
            named.0.reserve(MOST_NAMES);
        }
        plain.then(|| named.0.push((name, text)))?;
    }
    segments.next().is_none().then_some(named)
}

/// Percent-decoding (RFC 3986, 2.1) that refuses broken escapes, bytes that are no UTF-8, and control characters.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    let decoded = if text.contains('%') { Cow::Owned(unescape(text)?) } else { Cow::Borrowed(text) };
    (!decoded.chars().any(char::is_control)).then_some(decoded)
}

fn unescape(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_once_and_broken_ones_refused() {
        for (text, expected) in [
            ("RU-LEN", Some("RU-LEN")),
            ("%D0%90", Some("А")),
            ("%252e", Some("%2e")),
            ("a+b", Some("a+b")),
            ("%", None),
            ("%2", None),
            ("%zz", None),
            ("%+1", None),
            ("%00", None),
            ("%0a", None),
            ("%ff", None),
            ("%c0%ae", None),
        ] {
            assert_eq!(decode(text).as_deref(), expected, "{text}");
        }
    }
}
