//! Texts of a workbook in pieces of several looks, and the list of those that cells share (ECMA-376, part 1, 18.4).

use super::{
    super::{
        error::TableError,
        package::Package,
        sheet::{marked_text::TextRun, shared_texts::SharedTexts},
        xml::{XmlReader, name},
    },
    styles::text_look,
};
use quick_xml::events::Event;
use std::io::BufRead;

/// Reads the list of shared texts; it is empty where the workbook has none.
pub fn shared(package: &mut Package, part: Option<&str>) -> Result<SharedTexts, TableError> {
    let mut texts = SharedTexts::default();
    let Some(part) = part else { return Ok(texts) };
    let Some(mut xml) = package.xml(part)? else { return Ok(texts) };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Start(tag) if name(&tag) == "si" => texts.push(runs(&mut xml)?),
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// The pieces of a text, whose element has begun. Reads to its end.
pub fn runs<R: BufRead>(xml: &mut XmlReader<R>) -> Result<Vec<TextRun>, TableError> {
    let (mut runs, mut look, mut depth, mut buffer) = (Vec::new(), None, 1_usize, Vec::new());
    while depth > 0 {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => match name(&tag) {
                // How Japanese texts are pronounced is no part of them.
                "rPh" | "phoneticPr" => xml.skip()?,
                "rPr" => look = Some(text_look(xml)?),
                "t" => {
                    let mut text = String::new();
                    xml.text(&mut text)?;
                    runs.push(TextRun { text: unescaped(text), look });
                }
                _ => depth += 1,
            },
            Event::End(_) => {
                // The look of a piece ends with it.
                look = None;
                depth -= 1;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(runs)
}

/// A text without the format's own escapes (ECMA-376, part 1, 22.9.2.19): `_x000D_` is the sign of that number in UTF-16.
pub fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        units.extend(before.encode_utf16());
        let unit = from.get(2..6).filter(|_| from.get(6..7) == Some("_")).and_then(|hex| u16::from_str_radix(hex, 16).ok());
        let taken = if unit.is_some() { 7 } else { 2 };
        units.extend(unit.map_or_else(|| vec![u16::from(b'_'), u16::from(b'x')], |unit| vec![unit]));
        rest = from.get(taken..).unwrap_or_default();
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::file::sheet::{cell_look::TextLook, marked_text::MarkedText};

    #[test]
    fn pieces_keep_their_looks_and_pronunciations_are_left_out() {
        let xml = "<si><r><t>234</t></r><r><rPr><b/><vertAlign val='superscript'/></rPr><t>1</t></r>\
                   <r><rPr><strike/></rPr><t>9</t></r><r><rPr><strike val='0'/></rPr><t>0</t></r><rPh><t>x</t></rPh></si>";
        let mut reader = XmlReader::new("a.xlsx", "a part", xml.as_bytes());
        let mut buffer = Vec::new();
        assert!(matches!(reader.next(&mut buffer).unwrap(), Event::Start(_)));
        let marked = MarkedText::new(&runs(&mut reader).unwrap(), TextLook::default());
        assert_eq!((marked.text.as_str(), marked.marks.as_str(), marked.struck.as_str()), ("2340", "1", "9"));
    }

    #[test]
    fn escapes_of_the_format_are_signs() {
        for (text, expected) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("a_xb", "a_xb"),
            ("_x00", "_x00"),
            ("_xäöüß_", "_xäöüß_"),
        ] {
            assert_eq!(unescaped(text.to_owned()), expected);
        }
    }
}
