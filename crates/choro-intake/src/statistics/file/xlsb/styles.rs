//! How the cells of a workbook look ([MS-XLSB] 2.1.7.50).

use super::{
    super::{
        error::TableError,
        sheet::{
            cell_look::{CellLook, CellLooks, TextLook},
            number_format::{self, NumberFormat},
        },
    },
    fields::Fields,
    records::Records,
};
use rustc_hash::FxHashMap;
use std::io::Read;

const FONT: u16 = 43;
const FORMAT: u16 = 44;
const LOOK: u16 = 47;
const BEGIN_CELL_LOOKS: u16 = 617;
const END_CELL_LOOKS: u16 = 618;
/// The flag of a font that strikes out.
const STRUCK: u16 = 8;
/// The value of a font that is superscript.
const RAISED: u16 = 1;

/// The looks of a workbook, and of its fonts, to which pieces of texts refer.
pub struct Styles {
    /// Of cells.
    pub looks: CellLooks,
    /// Of fonts, by their numbers.
    pub fonts: Vec<TextLook>,
}

/// Reads the styles; none where there is no such part.
pub fn read(records: Option<Records<impl Read>>) -> Result<Styles, TableError> {
    let (mut fonts, mut formats, mut looks, mut is_of_cells) = (Vec::new(), FxHashMap::default(), Vec::new(), false);
    let Some(mut records) = records else { return Ok(Styles { looks: CellLooks::default(), fonts }) };
    while let Some((kind, body)) = records.next()? {
        match kind {
            FONT => fonts.push(font(body).unwrap_or_default()),
            FORMAT => {
                let mut fields = Fields(body);
                if let (Some(number), Some(code)) = (fields.u16(), fields.text()) {
                    formats.insert(number, NumberFormat::parse(&code));
                }
            }
            BEGIN_CELL_LOOKS => is_of_cells = true,
            END_CELL_LOOKS => is_of_cells = false,
            LOOK if is_of_cells => looks.push(look(body, &formats, &fonts).unwrap_or_default()),
            _ => {}
        }
    }
    Ok(Styles { looks: CellLooks::new(looks), fonts })
}

/// Height, flags, weight, then whether it is raised ([MS-XLSB] 2.4.157).
fn font(body: &[u8]) -> Option<TextLook> {
    let mut fields = Fields(body);
    let [_, flags, _, place] = [fields.u16()?, fields.u16()?, fields.u16()?, fields.u16()?];
    Some(TextLook { raised: place == RAISED, struck: flags & STRUCK != 0 })
}

/// The style that it comes from, then its format and its font ([MS-XLSB] 2.4.876).
fn look(body: &[u8], formats: &FxHashMap<u16, NumberFormat>, fonts: &[TextLook]) -> Option<CellLook> {
    let mut fields = Fields(body);
    let [_, format, font] = [fields.u16()?, fields.u16()?, fields.u16()?];
    let format = formats.get(&format).cloned().unwrap_or_else(|| number_format::builtin(format));
    Some(CellLook { format, text: fonts.get(usize::from(font)).copied().unwrap_or_default() })
}
