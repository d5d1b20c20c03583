//! The records of a workbook ([MS-XLS] 2.1.4): a number for the kind, one for the length, and so many bytes.

/// Several cells of a row.
pub const MULRK: u16 = 0x00BD;
/// The first record of a sheet, or of what is embedded in it.
pub const BOF: u16 = 0x0809;
/// The last record of it.
pub const EOF: u16 = 0x000A;
/// Where a sheet begins.
pub const BOUND_SHEET: u16 = 0x0085;

/// Place, kind and content of each record, up to one that is cut off.
pub fn records(stream: &[u8]) -> impl Iterator<Item = (usize, u16, &[u8])> {
    let mut left = stream;
    std::iter::from_fn(move || {
        let at = stream.len() - left.len();
        let ([k0, k1, l0, l1], rest) = left.split_first_chunk::<4>()?;
        let (body, rest) = rest.split_at_checked(usize::from(u16::from_le_bytes([*l0, *l1])))?;
        left = rest;
        Some((at, u16::from_le_bytes([*k0, *k1]), body))
    })
}
