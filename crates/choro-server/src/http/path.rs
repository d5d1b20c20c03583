//! Paths: segments by name, each decoded once and never again.

use super::routes::{ROUTES, Route};
use std::{borrow::Cow, sync::LazyLock};

/// Names in the path of a tile, the longest.
const MOST_NAMES: usize = 5;
/// Segments of the longest path, with the empty one before the first slash.
const MOST_SEGMENTS: usize = 8;

/// The routes with their paths taken apart.
static TABLE: LazyLock<Vec<(&'static Route, Vec<Pattern>)>> =
    LazyLock::new(|| ROUTES.iter().map(|route| (route, route.path.split('/').map(Pattern::new).collect())).collect());

/// What a segment of a route is.
#[derive(Debug, Clone, Copy)]
enum Pattern {
    Fixed(&'static str),
    Name { name: &'static str, suffix: &'static str },
}

impl Pattern {
    fn new(segment: &'static str) -> Self {
        match segment.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((name, suffix)) => Self::Name { name, suffix },
            None => Self::Fixed(segment),
        }
    }
}

/// The named segments of a path.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    all: [(&'static str, Cow<'a, str>); MOST_NAMES],
    count: usize,
}

impl<'a> Named<'a> {
    /// The segment of a name, if the route has that name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.all.iter().take(self.count).find(|(n, _)| *n == name).map(|(_, text)| text.as_ref())
    }

    /// The segment of a name; empty where the route has no such name.
    pub fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_default()
    }

    fn push(&mut self, name: &'static str, text: Cow<'a, str>) -> Option<()> {
        *self.all.get_mut(self.count)? = (name, text);
        self.count += 1;
        Some(())
    }
}

/// The route that a path is one of, and its names.
pub(super) fn find(path: &str) -> Option<(&'static Route, Named<'_>)> {
    let mut all = [""; MOST_SEGMENTS];
    let mut count = 0;
    for segment in pieces(path, b'/') {
        *all.get_mut(count)? = segment;
        count += 1;
    }
    let segments = all.get(..count)?;
    TABLE.iter().find_map(|(route, patterns)| Some((*route, named(patterns, segments)?)))
}

fn named<'a>(patterns: &[Pattern], segments: &[&'a str]) -> Option<Named<'a>> {
    if patterns.len() != segments.len() {
        return None;
    }
    let mut named = Named::default();
    for (pattern, segment) in patterns.iter().zip(segments) {
        match pattern {
            Pattern::Fixed(fixed) => (fixed == segment).then_some(())?,
            Pattern::Name { name, suffix } => {
                let text = decode(segment.strip_suffix(suffix)?)?;
                // Area codes of the field hold slashes; they are looked up in a table and never become a path.
                let plain = !text.is_empty() && (*name == "code" || !text.bytes().any(|b| b == b'/' || b == b'\\'));
                plain.then(|| named.push(name, text))??;
            }
        }
    }
    Some(named)
}

/// The pieces of a text between separators. The standard library's `split` searches by machine words, which for pieces as
/// short as these costs more than the rest of the parsing.
pub(super) fn pieces(text: &str, separator: u8) -> impl Iterator<Item = &str> {
    debug_assert!(separator.is_ascii(), "a separator is a whole character");
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let at = text.bytes().position(|byte| byte == separator);
        let (piece, after) = at.map_or((text, None), |at| (text.get(..at).unwrap_or(text), text.get(at + 1..)));
        rest = after;
        Some(piece)
    })
}

/// Percent-decoding (RFC 3986, 2.1) that refuses broken escapes, bytes that are no UTF-8, and control characters.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    // Nearly every text is plain ASCII without escapes.
    if text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'%') {
        return Some(Cow::Borrowed(text));
    }
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
