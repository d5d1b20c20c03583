//! How cells and pieces of text look, and which sheets are hidden (OpenDocument 1.3, part 3, 16).

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::{CellLook, TextLook},
            number_format::NumberFormat,
        },
        xml::{XmlReader, name},
    },
    data_style::{DataStyle, formats},
};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::BufRead;

/// Most styles of a file.
const MAX_STYLES: usize = 1 << 17;
/// How many styles a style may come from, one from the other.
const MAX_PARENTS: usize = 20;

/// The styles of a file, by their names.
#[derive(Debug, Default)]
pub struct Styles {
    data: FxHashMap<String, DataStyle>,
    named: FxHashMap<String, NamedStyle>,
    hidden: FxHashSet<String>,
    formats: FxHashMap<String, NumberFormat>,
}

/// A style of cells or of text. What it does not say comes from its parent.
#[derive(Debug, Clone, Default)]
struct NamedStyle {
    parent: Option<String>,
    data: Option<String>,
    raised: Option<bool>,
    struck: Option<bool>,
}

impl Styles {
    /// Takes a style whose element has begun, and reads to its end. Other elements are none of it.
    pub fn take<R: BufRead>(&mut self, xml: &mut XmlReader<R>, tag: &BytesStart<'_>) -> Result<(), TableError> {
        if self.named.len() + self.data.len() > MAX_STYLES {
            return Err(xml.damaged(&format!("it has more than {MAX_STYLES} styles")));
        }
        let element = name(tag).to_owned();
        let style = xml.attribute(tag, "name")?.unwrap_or_default().into_owned();
        if DataStyle::is_one(&element) {
            self.data.insert(style, DataStyle::read(xml, &element)?);
        } else if element == "style" || element == "default-style" {
            let family = xml.attribute(tag, "family")?.unwrap_or_default().into_owned();
            let text = |name| xml.attribute(tag, name).map(|text| text.map(|text| text.into_owned()));
            let (parent, data) = (text("parent-style-name")?, text("data-style-name")?);
            self.properties(xml, style, &family, NamedStyle { parent, data, ..NamedStyle::default() })?;
        }
        Ok(())
    }

    fn properties<R: BufRead>(
        &mut self,
        xml: &mut XmlReader<R>,
        style: String,
        family: &str,
        mut named: NamedStyle,
    ) -> Result<(), TableError> {
        let (mut depth, mut buffer) = (1_usize, Vec::new());
        while depth > 0 {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => {
                    depth += 1;
                    match name(&tag) {
                        "text-properties" => named.text(xml, &tag)?,
                        "table-properties" if xml.attribute(&tag, "display")?.is_some_and(|value| value == "false") => {
                            self.hidden.insert(style.clone());
                        }
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        if matches!(family, "table-cell" | "text") {
            self.named.insert(style, named);
        }
        Ok(())
    }

    /// Makes what was read ready to be asked.
    pub fn resolve(&mut self) {
        self.formats = formats(&self.data);
    }

    /// Whether sheets of a style are hidden.
    pub fn hides(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// How cells of a style look.
    pub fn cell(&self, style: &str) -> CellLook {
        let chain = || self.chain(style);
        let data = chain().find_map(|style| style.data.as_ref());
        let format = data.and_then(|data| self.formats.get(data)).cloned().unwrap_or_default();
        CellLook { format, text: self.text(style, TextLook::default()) }
    }

    /// How text of a style looks that stands in text of a look.
    pub fn text(&self, style: &str, within: TextLook) -> TextLook {
        TextLook {
            raised: self.chain(style).find_map(|style| style.raised).unwrap_or(within.raised),
            struck: self.chain(style).find_map(|style| style.struck).unwrap_or(within.struck),
        }
    }

    /// A style, and those that it comes from.
    fn chain(&self, style: &str) -> impl Iterator<Item = &NamedStyle> {
        let parent = |style: &&NamedStyle| self.named.get(style.parent.as_ref()?);
        std::iter::successors(self.named.get(style), parent).take(MAX_PARENTS)
    }
}

impl NamedStyle {
    fn text<R: BufRead>(&mut self, xml: &XmlReader<R>, tag: &BytesStart<'_>) -> Result<(), TableError> {
        for line in ["text-line-through-style", "text-line-through-type"] {
            if let Some(value) = xml.attribute(tag, line)? {
                self.struck = Some(value != "none");
            }
        }
        if let Some(position) = xml.attribute(tag, "text-position")? {
            let position = position.split_whitespace().next().unwrap_or_default().to_owned();
            let share = position.trim_end_matches('%').parse::<f64>();
            self.raised = Some(position == "super" || share.is_ok_and(|share| share > 0.0));
        }
        Ok(())
    }
}
