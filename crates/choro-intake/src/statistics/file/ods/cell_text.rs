//! The text of a cell in pieces of several looks (OpenDocument 1.3, part 3, 6.1).

use super::{
    super::{
        error::TableError,
        sheet::{cell_look::TextLook, marked_text::TextRun},
        xml::{XmlReader, name},
    },
    styles::Styles,
};
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// Most blanks that one element stands for.
const MAX_BLANKS: u32 = 1_000;

/// The pieces of a cell's text.
#[derive(Debug, Default)]
pub struct CellText {
    /// In their order.
    pub runs: Vec<TextRun>,
    /// Whether a paragraph has been read.
    has_paragraph: bool,
}

impl CellText {
    /// A text of one look.
    pub fn of(text: &str) -> Self {
        Self { runs: vec![TextRun { text: text.to_owned(), look: None }], has_paragraph: true }
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }

    /// Reads a paragraph whose element has begun, to its end.
    pub fn paragraph<R: BufRead>(&mut self, xml: &mut XmlReader<R>, styles: &Styles) -> Result<(), TableError> {
        if std::mem::replace(&mut self.has_paragraph, true) {
            self.push("\n", None);
        }
        // The looks of the elements that have begun, the innermost last. The paragraph itself looks like the cell.
        let (mut looks, mut buffer): (Vec<Option<TextLook>>, _) = (vec![None], Vec::new());
        while let Some(look) = looks.last().copied() {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "annotation" | "note" | "ruby-text" | "frame" | "custom-shape" | "control" => xml.skip()?,
                    _ => {
                        let inner = self.begin(xml, &tag, look, styles)?;
                        looks.push(inner);
                    }
                },
                Event::End(_) => _ = looks.pop(),
                Event::Eof => break,
                event => {
                    let mut text = String::new();
                    xml.push_text(&event, &mut text)?;
                    self.push(&text.replace(['\n', '\r', '\t'], " "), look);
                }
            }
        }
        Ok(())
    }

    /// Takes what the element of a blank stands for. Returns the look of what the element holds.
    fn begin<R: BufRead>(
        &mut self,
        xml: &XmlReader<R>,
        tag: &BytesStart<'_>,
        look: Option<TextLook>,
        styles: &Styles,
    ) -> Result<Option<TextLook>, TableError> {
        match name(tag) {
            "s" => {
                let count = xml.number(tag, "c")?.unwrap_or(1).min(MAX_BLANKS);
                self.push(&" ".repeat(usize::try_from(count).unwrap_or(1)), look);
            }
            "tab" => self.push("\t", look),
            "line-break" => self.push("\n", look),
            "span" => {
                let style = xml.attribute(tag, "style-name")?.unwrap_or_default();
                return Ok(Some(styles.text(&style, look.unwrap_or_default())));
            }
            _ => {}
        }
        Ok(look)
    }

    fn push(&mut self, text: &str, look: Option<TextLook>) {
        match self.runs.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.look == look => last.text.push_str(text),
            _ => self.runs.push(TextRun { text: text.to_owned(), look }),
        }
    }
}
