//! The sheet and row of an observation as one number: a column less for every observation.
//!
//! ```text
//! row 7 of the first sheet, or of a file without sheets    7
//! row 7 of the third sheet                                 2 x 4294967296 + 7
//! ```

use choro_model::FileRow;

/// The number of a place.
pub(crate) fn number(at: FileRow) -> i64 {
    i64::from(at.sheet) << 32 | i64::from(at.row)
}

/// The inverse of [`number`]; `None`: no place has this number.
pub(crate) fn place(number: i64) -> Option<FileRow> {
    Some(FileRow { sheet: u16::try_from(number >> 32).ok()?, row: u32::try_from(number & 0xffff_ffff).ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_from_its_number() {
        for (sheet, row, expected) in [(0, 7, 7), (2, 7, 8_589_934_599), (u16::MAX, u32::MAX, (1 << 48) - 1)] {
            let at = FileRow { sheet, row };
            assert_eq!((number(at), place(expected)), (expected, Some(at)));
        }
        assert_eq!((place(-1), place(1 << 48)), (None, None));
    }
}
