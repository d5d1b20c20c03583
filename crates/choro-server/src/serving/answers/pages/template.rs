//! Filling a template: a page of the viewer's build with comments `<!--choro:NAME-->`, each of which is replaced by the fragment of
//! that name.

use crate::serving::cache::documents::DocumentDraft;
use choro_carto::drawing::escape;

/// The name of the place for parameters that were not understood. It stays empty in the document, because its text differs from one
/// request to the next.
const OPEN: &str = "strange";

/// The template with its fragments, its language and its title.
pub(super) fn fill(template: &str, lang: &str, title: &str, fragment: impl Fn(&str) -> String) -> DocumentDraft {
    let head = template.replacen("<html lang=\"en\"", &format!("<html lang=\"{lang}\""), 1);
    let head = head.replacen("<title>Choro</title>", &format!("<title>{}</title>", escape(title)), 1);
    let mut pieces = head.split("<!--choro:");
    let (mut out, mut insertion_point) = (pieces.next().unwrap_or_default().to_owned(), None);
    for piece in pieces {
        let (name, rest) = piece.split_once("-->").unwrap_or((piece, ""));
        if name == OPEN {
            insertion_point = Some(out.len());
        } else {
            out.push_str(&fragment(name));
        }
        out.push_str(rest);
    }
    DocumentDraft { bytes: out.into_bytes(), insertion_point }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_keeps_all_but_its_places() {
        let template = "<html lang=\"en\"><title>Choro</title><!-- kept --><p><!--choro:unit--></p><!--choro:none--><!--choro:strange-->.";
        let filled =
            fill(template, "ru", "A & B", |name| if name == "unit" { "per cent".to_owned() } else { String::new() });
        let expected = "<html lang=\"ru\"><title>A &amp; B</title><!-- kept --><p>per cent</p>.";
        assert_eq!(
            (String::from_utf8(filled.bytes).unwrap().as_str(), filled.insertion_point),
            (expected, Some(expected.len() - 1))
        );
    }
}
