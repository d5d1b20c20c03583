//! How a cell looks, as far as that says what is in it.

use super::number_format::NumberFormat;

/// How letters look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextLook {
    /// Superscript.
    pub raised: bool,
    /// Struck out.
    pub struck: bool,
}

/// How a cell looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellLook {
    /// How its number is shown.
    pub format: NumberFormat,
    /// How its text is shown, where a piece of the text does not say it for itself.
    pub text: TextLook,
}

impl CellLook {
    /// Whether what is stored is what is shown.
    pub fn is_plain(&self) -> bool {
        self.text == TextLook::default() && self.format.is_plain()
    }
}

/// The looks of a workbook, to which its cells refer by number.
#[derive(Debug, Default)]
pub struct CellLooks {
    list: Vec<CellLook>,
    usual: CellLook,
}

impl CellLooks {
    /// The looks in the order of their numbers.
    pub fn new(list: Vec<CellLook>) -> Self {
        Self { list, usual: CellLook::default() }
    }

    /// The look of a number. One that is not there looks like a cell without any.
    pub fn get(&self, number: usize) -> &CellLook {
        self.list.get(number).unwrap_or(&self.usual)
    }
}
