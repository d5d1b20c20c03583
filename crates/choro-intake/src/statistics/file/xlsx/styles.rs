//! How the cells of a workbook look (ECMA-376, part 1, 18.8).

use super::super::{
    error::TableError,
    package::Package,
    sheet::{
        cell_look::{CellLook, CellLooks, TextLook},
        number_format::{self, NumberFormat},
    },
    xml::{XmlReader, is_true, name},
};
use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;
use std::io::BufRead;

/// Most looks of a workbook: Excel has at most 65,490.
const MAX_LOOKS: usize = 1 << 17;

/// The lists of a workbook's styles, as far as they were read.
#[derive(Default)]
struct Styles {
    formats: FxHashMap<u32, NumberFormat>,
    fonts: Vec<TextLook>,
    looks: Vec<CellLook>,
}

/// Reads the part with the styles; none where the workbook has no such part.
pub fn read(package: &mut Package, part: Option<&str>) -> Result<CellLooks, TableError> {
    let mut styles = Styles::default();
    if let Some(part) = part
        && let Some(mut xml) = package.xml(part)?
    {
        styles.read(&mut xml)?;
    }
    Ok(CellLooks::new(styles.looks))
}

impl Styles {
    fn read<R: BufRead>(&mut self, xml: &mut XmlReader<R>) -> Result<(), TableError> {
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) => match name(&tag) {
                    "numFmt" => {
                        let code = xml.attribute(&tag, "formatCode")?.unwrap_or_default();
                        if let Some(id) = xml.number(&tag, "numFmtId")? {
                            self.formats.insert(id, NumberFormat::parse(&code));
                        }
                    }
                    "fonts" => self.fonts(xml)?,
                    "cellXfs" => self.looks(xml)?,
                    "cellStyleXfs" | "dxfs" | "extLst" => xml.skip()?,
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn fonts<R: BufRead>(&mut self, xml: &mut XmlReader<R>) -> Result<(), TableError> {
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if name(&tag) == "font" => {
                    let look = text_look(xml)?;
                    self.fonts.push(look);
                }
                Event::End(tag) if tag.local_name().into_inner() == "fonts" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
            check(xml, self.fonts.len())?;
        }
    }

    fn looks<R: BufRead>(&mut self, xml: &mut XmlReader<R>) -> Result<(), TableError> {
        let mut buffer = Vec::new();
        loop {
            match xml.next(&mut buffer)? {
                Event::Start(tag) if name(&tag) == "xf" => {
                    let number = |name| xml.number(&tag, name).map(Option::unwrap_or_default);
                    let (format, font) = (number("numFmtId")?, number("fontId")?);
                    let format = match self.formats.get(&format) {
                        Some(format) => format.clone(),
                        None => number_format::builtin(u16::try_from(format).unwrap_or_default()),
                    };
                    let text = self.fonts.get(font as usize).copied().unwrap_or_default();
                    self.looks.push(CellLook { format, text });
                }
                Event::End(tag) if tag.local_name().into_inner() == "cellXfs" => return Ok(()),
                Event::Eof => return Ok(()),
                _ => {}
            }
            check(xml, self.looks.len())?;
        }
    }
}

fn check<R: BufRead>(xml: &XmlReader<R>, count: usize) -> Result<(), TableError> {
    if count <= MAX_LOOKS { Ok(()) } else { Err(xml.damaged(&format!("it has more than {MAX_LOOKS} fonts or styles"))) }
}

/// The look that a font gives, or the properties of a piece of text, which have begun. Reads to their end.
pub fn text_look<R: BufRead>(xml: &mut XmlReader<R>) -> Result<TextLook, TableError> {
    let (mut look, mut depth, mut buffer) = (TextLook::default(), 1_usize, Vec::new());
    while depth > 0 {
        match xml.next(&mut buffer)? {
            Event::Start(tag) => {
                depth += 1;
                apply(xml, &tag, &mut look)?;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    Ok(look)
}

fn apply<R: BufRead>(xml: &XmlReader<R>, tag: &BytesStart<'_>, look: &mut TextLook) -> Result<(), TableError> {
    let value = || xml.attribute(tag, "val");
    match name(tag) {
        "strike" | "dstrike" => look.struck = value()?.is_none_or(|value| is_true(&value)),
        "vertAlign" => look.raised = value()?.is_some_and(|value| value == "superscript"),
        _ => {}
    }
    Ok(())
}
