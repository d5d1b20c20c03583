//! The list of texts that cells share ([MS-XLSB] 2.1.7.45).

use super::{
    super::{
        error::TableError,
        sheet::{cell_look::TextLook, marked_text::TextRun, shared_texts::SharedTexts},
    },
    fields::Fields,
    records::Records,
};
use std::io::Read;

const TEXT: u16 = 19;

/// Reads the list; it is empty where there is no such part. `fonts` are those to which pieces of texts refer.
pub fn read(records: Option<Records<impl Read>>, fonts: &[TextLook]) -> Result<SharedTexts, TableError> {
    let mut texts = SharedTexts::default();
    let Some(mut records) = records else { return Ok(texts) };
    while let Some((kind, body)) = records.next()? {
        if kind == TEXT {
            let runs = rich_text(body, fonts);
            texts.push(runs.ok_or_else(|| records.damaged("a text is longer than its record".to_owned()))?);
        }
    }
    Ok(texts)
}

/// A text and, where it has several looks, from which letter on it has which font ([MS-XLSB] 2.5.121).
pub fn rich_text(body: &[u8], fonts: &[TextLook]) -> Option<Vec<TextRun>> {
    let mut fields = Fields(body);
    let flags = fields.byte()?;
    let text = fields.text()?;
    let mut starts: Vec<(usize, Option<TextLook>)> = vec![(0, None)];
    if flags & 1 != 0 {
        for _ in 0..fields.u32()? {
            let (at, font) = (fields.u16()?, fields.u16()?);
            starts.push((usize::from(at), Some(fonts.get(usize::from(font)).copied().unwrap_or_default())));
        }
    }
    Some(TextRun::cut(&text, &starts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_another_font_begins() {
        let raised = TextLook { raised: true, struck: false };
        let text: Vec<u8> = "2341".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let rich = [&[1, 4, 0, 0, 0][..], &text, &[1, 0, 0, 0, 3, 0, 1, 0]].concat();
        let runs = rich_text(&rich, &[TextLook::default(), raised]).unwrap();
        let pieces: Vec<_> = runs.iter().map(|run| (run.text.as_str(), run.look)).collect();
        assert_eq!(pieces, [("234", None), ("1", Some(raised))]);
        assert_eq!(rich_text(&rich[..9], &[]), None);
    }
}
