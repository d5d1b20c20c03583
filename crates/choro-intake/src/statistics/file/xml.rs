//! XML, an element at a time. Names are compared without their prefix, since writers choose prefixes as they like.
//!
//! An entity that a document declares itself is refused, so that a few bytes cannot become many.

use super::error::TableError;
use quick_xml::{
    Reader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesStart, Event},
};
use std::{borrow::Cow, io::BufRead};

/// A document that is read in order. An element without content begins and ends like any other.
pub struct XmlReader<R> {
    reader: Reader<R>,
    /// Elements that have begun and not ended.
    depth: usize,
    file: String,
    /// What is read, as messages name it.
    part: String,
}

impl<R: BufRead> XmlReader<R> {
    /// Begins a document, which is the part of a file with that name.
    pub fn new(file: &str, part: &str, source: R) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, file: file.to_owned(), part: part.to_owned() }
    }

    /// What comes next. The buffer holds it until it is read into again.
    ///
    /// # Errors
    ///
    /// Where the document is no well-formed XML, or ends within an element.
    pub fn next<'b>(&mut self, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, TableError> {
        buffer.clear();
        let event = self.reader.read_event_into(buffer);
        let event = event.map_err(|error| damaged(&self.file, &self.part, error.to_string()))?;
        match &event {
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::Eof if self.depth > 0 => return Err(self.damaged("it ends within an element")),
            _ => {}
        }
        Ok(event)
    }

    /// Leaves out the rest of the element that has begun last.
    pub fn skip(&mut self) -> Result<(), TableError> {
        let (outside, mut buffer) = (self.depth.saturating_sub(1), Vec::new());
        while self.depth > outside {
            self.next(&mut buffer)?;
        }
        Ok(())
    }

    /// Appends the text of the element that has begun last, up to its end.
    pub fn text(&mut self, text: &mut String) -> Result<(), TableError> {
        let (outside, mut buffer) = (self.depth.saturating_sub(1), Vec::new());
        while self.depth > outside {
            let event = self.next(&mut buffer)?;
            push_text(&event, text).map_err(|reason| damaged(&self.file, &self.part, reason))?;
        }
        Ok(())
    }

    /// Appends the text of an event, if it is text.
    pub fn push_text(&self, event: &Event<'_>, text: &mut String) -> Result<(), TableError> {
        push_text(event, text).map_err(|reason| self.damaged(&reason))
    }

    /// An attribute by its name without prefix.
    pub fn attribute<'t>(&self, tag: &'t BytesStart<'_>, name: &str) -> Result<Option<Cow<'t, str>>, TableError> {
        for attribute in tag.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.damaged(&error.to_string()))?;
            if attribute.key.local_name().into_inner() == name {
                return self.unescaped(attribute.value).map(Some);
            }
        }
        Ok(None)
    }

    /// An attribute that is a whole number; `None` where it is absent or none.
    pub fn number(&self, tag: &BytesStart<'_>, name: &str) -> Result<Option<u32>, TableError> {
        Ok(self.attribute(tag, name)?.and_then(|text| text.trim().parse().ok()))
    }

    /// Whether an attribute says yes: `1` or `true`.
    pub fn is_set(&self, tag: &BytesStart<'_>, name: &str) -> Result<bool, TableError> {
        Ok(self.attribute(tag, name)?.is_some_and(|text| is_true(&text)))
    }

    /// The value of an attribute.
    pub fn unescaped<'t>(&self, value: Cow<'t, str>) -> Result<Cow<'t, str>, TableError> {
        if !value.contains('&') {
            return Ok(value);
        }
        unescape(&value).map(|text| Cow::Owned(text.into_owned())).map_err(|error| self.damaged(&error.to_string()))
    }

    /// An error of this document.
    pub fn damaged(&self, reason: &str) -> TableError {
        damaged(&self.file, &self.part, reason.to_owned())
    }
}

/// The name of an element without its prefix.
pub fn name<'t>(tag: &'t BytesStart<'_>) -> &'t str {
    tag.local_name().into_inner()
}

/// Whether a text of XML Schema's booleans says yes.
pub fn is_true(text: &str) -> bool {
    matches!(text.trim(), "1" | "true" | "on")
}

fn push_text(event: &Event<'_>, text: &mut String) -> Result<(), String> {
    match event {
        Event::Text(piece) => text.push_str(&piece.xml10_content()),
        Event::CData(piece) => text.push_str(&piece.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(|error| error.to_string())? {
            Some(sign) => text.push(sign),
            None => {
                let known = resolve_predefined_entity(entity);
                text.push_str(
                    known.ok_or_else(|| format!("entity {:?} is not known", entity.chars().take(40).collect::<String>()))?,
                );
            }
        },
        _ => {}
    }
    Ok(())
}

fn damaged(file: &str, part: &str, reason: String) -> TableError {
    TableError::Damaged { file: file.to_owned(), place: part.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text_of(xml: &str) -> Result<String, String> {
        let mut reader = XmlReader::new("a.xlsx", "its part", xml.as_bytes());
        let (mut buffer, mut text) = (Vec::new(), String::new());
        loop {
            match reader.next(&mut buffer).map_err(|e| e.to_string())? {
                Event::Start(tag) if name(&tag) == "skip" => reader.skip().map_err(|e| e.to_string())?,
                Event::Start(tag) if name(&tag) == "t" => {
                    if let Some(value) = reader.attribute(&tag, "v").map_err(|e| e.to_string())? {
                        text.push_str(&value);
                    }
                    reader.text(&mut text).map_err(|e| e.to_string())?;
                }
                Event::Eof => return Ok(text),
                _ => {}
            }
        }
    }

    #[test]
    fn texts_are_read_whatever_the_prefix_and_entities_of_a_document_are_refused() {
        assert_eq!(
            text_of("<a><x:t v='&lt;'>A&amp;B<![CDATA[<C>]]>&#x44;</x:t><skip><t>no</t></skip><t/></a>").unwrap(),
            "<A&B<C>D"
        );
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxx'>]><a><t>&x;</t></a>";
        assert!(text_of(bomb).unwrap_err().contains("entity \"x\" is not known"));
        for cut in ["<a><t>A", "<a><t>A</t>", "<a><skip><t>"] {
            assert!(text_of(cut).unwrap_err().contains("ends within an element"), "{cut}");
        }
        assert!(text_of("<a></b>").unwrap_err().contains("its part"));
    }
}
