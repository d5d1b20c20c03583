//! The texts in a URL: taken apart, and decoded once.

use std::borrow::Cow;

/// The pieces of a text between separators. The standard library's `split` searches by machine words, which for pieces as
/// short as these costs more than the rest of the parsing.
pub fn pieces(text: &str, separator: u8) -> impl Iterator<Item = &str> {
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
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    // Nearly every text is plain ASCII without escapes.
    if text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'%') {
        return Some(Cow::Borrowed(text));
    }
    let decoded = if text.contains('%') { Cow::Owned(unescape(text)?) } else { Cow::Borrowed(text) };
    (!decoded.chars().any(char::is_control)).then_some(decoded)
}

/// The text of a name or a value in a query: there a plus sign is a blank, and `%2B` is a plus sign
/// (<https://url.spec.whatwg.org/#urlencoded-parsing>). In a path a plus sign is itself.
pub fn decode_form(text: &str) -> Option<Cow<'_, str>> {
    match text.contains('+') {
        false => decode(text),
        true => decode(&text.replace('+', " ")).map(|decoded| Cow::Owned(decoded.into_owned())),
    }
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

    #[test]
    fn in_a_query_a_plus_sign_is_a_blank_and_an_escaped_one_is_itself() {
        for (text, expected) in [
            ("RU-LEN", Some("RU-LEN")),
            ("a+b", Some("a b")),
            ("a%2Bb", Some("a+b")),
            ("a%20b+c%2bd", Some("a b c+d")),
            ("+", Some(" ")),
            ("%D0%90+", Some("А ")),
            ("%+1", None),
            ("+%0a", None),
        ] {
            assert_eq!(decode_form(text).as_deref(), expected, "{text}");
        }
    }
}
