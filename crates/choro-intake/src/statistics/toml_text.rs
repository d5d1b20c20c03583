//! Texts as a mapping writes them, so that what a message says can be typed as it stands.

/// A TOML string. Quotes, backslashes and control characters are escaped, and nothing else.
#[must_use]
pub fn toml_text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A value of a mapping that translates texts: `{ "2011-12" = "2011" }`; `None` where there is nothing to translate.
pub fn toml_pairs<'a>(pairs: impl Iterator<Item = (&'a str, String)>) -> Option<String> {
    let pairs: Vec<String> = pairs.map(|(text, meaning)| format!("{} = {}", toml_text(text), toml_text(&meaning))).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_read_back_from_toml(text in "\\PC{0,20}|[\"\\\\'\u{0}-\u{1f}ปี]{0,9}") {
            let line = format!("{} = {}", toml_text(&text), toml_text(&text));
            let table: toml::Table = line.parse().unwrap();
            prop_assert_eq!(table.get(&text).and_then(|value| value.as_str()), Some(text.as_str()));
        }
    }

    #[test]
    fn pairs_are_an_inline_table() {
        let pairs = [("2011-12", "2011".to_owned()), ("a \"b\"", "c".to_owned())];
        assert_eq!(toml_pairs(pairs.into_iter()).as_deref(), Some("{ \"2011-12\" = \"2011\", \"a \\\"b\\\"\" = \"c\" }"));
        assert_eq!(toml_pairs(std::iter::empty()), None);
    }
}
