//! How cells look.

use super::super::{
    error::TableError,
    sheet::{
        cell_look::{CellLook, TextLook},
        number_format::NumberFormat,
    },
    xml::{XmlReader, is_true, name},
};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::io::BufRead;

/// Most styles of a document.
const MAX_STYLES: usize = 1 << 17;
/// How many styles a style may come from, one from the other.
const MAX_PARENTS: usize = 20;

/// The styles of a document, by their ids.
#[derive(Debug, Default)]
pub struct Styles {
    named: FxHashMap<String, NamedStyle>,
}

/// A style. What it does not say comes from its parent.
#[derive(Debug, Default)]
struct NamedStyle {
    parent: Option<String>,
    format: Option<NumberFormat>,
    font: Option<TextLook>,
}

impl Styles {
    /// Reads a style whose element has begun, to its end.
    pub fn take<R: BufRead>(&mut self, xml: &mut XmlReader<R>, tag: &BytesStart<'_>) -> Result<(), TableError> {
        if self.named.len() > MAX_STYLES {
            return Err(xml.damaged(&format!("it has more than {MAX_STYLES} styles")));
        }
        let id = xml.attribute(tag, "ID")?.unwrap_or_default().into_owned();
        let parent = xml.attribute(tag, "Parent")?.map(|parent| parent.into_owned());
        let (mut style, mut depth, mut buffer) = (NamedStyle { parent, ..NamedStyle::default() }, 1_usize, Vec::new());
        while depth > 0 {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => {
                    depth += 1;
                    match name(&tag) {
                        "NumberFormat" => style.format = xml.attribute(&tag, "Format")?.map(|code| format(&code)),
                        "Font" => style.font = Some(font(xml, &tag)?),
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        self.named.insert(id, style);
        Ok(())
    }

    /// How cells of a style look.
    pub fn look(&self, id: &str) -> CellLook {
        let parent = |style: &&NamedStyle| self.named.get(style.parent.as_ref()?);
        let chain = || std::iter::successors(self.named.get(id), parent).take(MAX_PARENTS);
        CellLook {
            format: chain().find_map(|style| style.format.clone()).unwrap_or_default(),
            text: chain().find_map(|style| style.font).unwrap_or_default(),
        }
    }
}

/// A format by its code, or by one of the names that the format has for some.
fn format(code: &str) -> NumberFormat {
    NumberFormat::parse(match code {
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Short Date" | "Medium Date" | "Long Date" => "yyyy-mm-dd",
        "General Date" | "Short Time" | "Medium Time" | "Long Time" => "yyyy-mm-dd hh:mm:ss",
        "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Yes/No" | "True/False"
        | "On/Off" => "General",
        other => other,
    })
}

fn font<R: BufRead>(xml: &XmlReader<R>, tag: &BytesStart<'_>) -> Result<TextLook, TableError> {
    let raised = xml.attribute(tag, "VerticalAlign")?.is_some_and(|value| value == "Superscript");
    let struck = xml.attribute(tag, "StrikeThrough")?.is_some_and(|value| is_true(&value));
    Ok(TextLook { raised, struck })
}
