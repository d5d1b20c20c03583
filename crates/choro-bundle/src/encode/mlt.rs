//! What follows the skeleton of a MapLibre Tile: the streams of the values (`skeleton::Streams`).

use crate::format::column::Column;
use choro_tiles::skeleton::{STATE_LENGTH, Streams, bits};

/// Bytes of a double.
const DOUBLE: usize = 8;

/// Appends the values of a tile in which every area has one.
pub(super) fn values(rows: &[u32], column: &Column, out: &mut Vec<u8>) {
    Streams::new(rows.len()).head_of_values(out);
    push::<DOUBLE>(rows.iter(), column, out);
}

/// Appends values and states of a tile with gaps.
pub(super) fn values_and_states(rows: &[u32], column: &Column, out: &mut Vec<u8>) {
    let streams = Streams::new(rows.len());
    let [has_value, has_state] = [false, true].map(|gap| bits(rows.iter().map(|row| column.is_gap(*row) == gap)));
    let values = has_value.iter().map(|byte| byte.count_ones() as usize).sum();
    streams.head_of_some_values(&has_value, values, out);
    push::<DOUBLE>(rows.iter().filter(|row| !column.is_gap(**row)), column, out);
    streams.head_of_states(&has_state, values, out);
    push::<STATE_LENGTH>(rows.iter().filter(|row| column.is_gap(**row)), column, out);
}

/// Appends the last bytes of each row's entry: the double of a value, or the letters of a state.
fn push<'a, const WIDTH: usize>(rows: impl Iterator<Item = &'a u32>, column: &Column, out: &mut Vec<u8>) {
    for row in rows {
        out.extend_from_slice(column.entry(*row).last_chunk::<WIDTH>().map_or(&[][..], |bytes| bytes));
    }
}
