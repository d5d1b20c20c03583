//! The streams of the columns `value` and `state` in a MapLibre Tile: lengths, and the bytes around the values.
//!
//! ```text
//! a stream:  type | encoding | count | length in bytes | bytes
//!
//! shared:    value  doubles of all areas
//! keyed:     value  which areas have one | doubles of those
//!            state  3 streams: which areas have one | lengths of the texts | the texts
//! ```
//!
//! A double has 8 bytes, a state 7 letters and a length of 1, so that what follows a tile does not grow with the values in it, and
//! the layer's size, which stands before all of it, is known. Counts and lengths are varints, whose widths do differ. Which areas have
//! a value is run-length encoded by bytes, as in ORC, and a run of literal bytes may be cut into shorter ones: each cut is one byte
//! more, and those are the bytes that other heads save. Overlong varints would be simpler; mlt-core refuses them.

use crate::skeleton::encode::varint;

/// Letters of a state's text.
pub const STATE_LENGTH: usize = 7;
/// Bytes of a double, and of a state with its length.
const WIDTH: usize = 8;

/// Stream types.
const PRESENT: u8 = 0x00;
const DATA: u8 = 0x10;
const LENGTHS: u8 = 0x30;
/// Encodings: as it is, varints, runs of bytes.
const NONE: u8 = 0x00;
const VARINTS: u8 = 0x02;
const RUNS: u8 = 0x60;
/// Streams of the column `state`.
const STREAMS_OF_TEXT: u8 = 3;
/// The longest literal run.
const LONGEST_RUN: usize = 128;
/// Varints in the heads of a keyed tile that depend on how many areas have a value.
const VARYING: usize = 6;

/// The streams of a tile of so many areas.
#[derive(Debug, Clone, Copy)]
pub struct Streams {
    count: usize,
}

impl Streams {
    /// The streams of a tile with `count` areas.
    #[must_use]
    pub const fn new(count: usize) -> Self {
        Self { count }
    }

    /// Bytes that follow `shared`.
    #[must_use]
    pub fn shared_tail(self) -> usize {
        head_width(self.count, self.count * WIDTH) + self.count * WIDTH
    }

    /// Bytes that follow `keyed`, however many areas have a value.
    #[must_use]
    pub fn keyed_tail(self) -> usize {
        let presence = |length| head_width(self.count, length) + length;
        // Type and encoding of three more streams, and the count of those of a text.
        let fixed = presence(self.least_presence()) + presence(self.bits_in_runs()) + 3 * 2 + 1;
        fixed + self.most_varying() + self.count * WIDTH
    }

    /// Appends the head of the doubles of `shared`.
    pub fn head_of_values(self, out: &mut Vec<u8>) {
        head(DATA, NONE, self.count, self.count * WIDTH, out);
    }

    /// Appends which areas have a value, a bit each from the lowest on, and the head of the doubles of those.
    pub fn head_of_some_values(self, has_value: &[u8], values: usize, out: &mut Vec<u8>) {
        let length = self.least_presence() + self.most_varying() - self.varying(values);
        self.presence(has_value, length, out);
        head(DATA, NONE, values, values * WIDTH, out);
    }

    /// Appends which areas have a state, their lengths, and the head of the texts.
    pub fn head_of_states(self, has_state: &[u8], values: usize, out: &mut Vec<u8>) {
        let states = self.count - values;
        out.push(STREAMS_OF_TEXT);
        self.presence(has_state, self.bits_in_runs(), out);
        head(LENGTHS, VARINTS, states, states, out);
        out.resize(out.len() + states, STATE_LENGTH as u8);
        head(DATA, NONE, states, states * STATE_LENGTH, out);
    }

    /// What follows `shared` where every value is zero.
    pub fn blank_values(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.shared_tail());
        self.head_of_values(&mut out);
        out.resize(self.shared_tail(), 0);
        out
    }

    /// What follows `keyed` where no area has a value.
    pub fn blank_states(self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.keyed_tail());
        self.head_of_some_values(&vec![0; self.bytes_of_bits()], 0, &mut out);
        self.head_of_states(&vec![u8::MAX; self.bytes_of_bits()], 0, &mut out);
        out.resize(self.keyed_tail(), b' ');
        out
    }

    /// Bits of all areas as `length` bytes: literal runs, as many as that takes.
    fn presence(self, bits: &[u8], length: usize, out: &mut Vec<u8>) {
        head(PRESENT, RUNS, self.count, length, out);
        let runs = (length - bits.len()).max(1);
        let (short, longer) = (bits.len() / runs, bits.len() % runs);
        let mut rest = bits;
        for run in 0..runs {
            let (literal, behind) = rest.split_at(short + usize::from(run < longer));
            // 256 less the count of bytes that follow as they are.
            out.push((literal.len() as u8).wrapping_neg());
            out.extend_from_slice(literal);
            rest = behind;
        }
    }

    fn bytes_of_bits(self) -> usize {
        self.count.div_ceil(8)
    }

    fn bits_in_runs(self) -> usize {
        self.bytes_of_bits() + self.bytes_of_bits().div_ceil(LONGEST_RUN)
    }

    /// The least length of which areas have a value, such that it keeps the width of its varint when it grows by what other heads
    /// save.
    fn least_presence(self) -> usize {
        let (least, most) = (self.bits_in_runs(), self.bits_in_runs() + self.most_varying() - VARYING);
        if width(least) == width(most) { least } else { 1 << (7 * width(least)) }
    }

    /// Bytes of the varints that depend on how many areas have a value.
    fn varying(self, values: usize) -> usize {
        let states = self.count - values;
        width(values) + width(values * WIDTH) + 3 * width(states) + width(states * STATE_LENGTH)
    }

    /// At least as many as [`Self::varying`] gives for any number of values. There is always one state or more.
    fn most_varying(self) -> usize {
        let values = self.count.saturating_sub(1);
        width(values) + width(values * WIDTH) + 3 * width(self.count) + width(self.count * STATE_LENGTH)
    }
}

/// One bit for each item, from the lowest bit on.
#[must_use]
pub fn bits(present: impl ExactSizeIterator<Item = bool>) -> Vec<u8> {
    let mut bits = vec![0; present.len().div_ceil(8)];
    for (index, present) in present.enumerate() {
        if let Some(byte) = bits.get_mut(index / 8) {
            *byte |= u8::from(present) << (index % 8);
        }
    }
    bits
}

fn head(kind: u8, encoding: u8, count: usize, length: usize, out: &mut Vec<u8>) {
    out.extend([kind, encoding]);
    varint(out, count as u64);
    varint(out, length as u64);
}

fn head_width(count: usize, length: usize) -> usize {
    2 + width(count) + width(length)
}

/// Bytes of a number as a varint.
fn width(number: usize) -> usize {
    let bits = usize::BITS - number.leading_zeros();
    (bits as usize).div_ceil(7).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows `keyed` when the first `values` of `count` areas have a value.
    fn keyed(count: usize, values: usize) -> Vec<u8> {
        let (streams, mut out) = (Streams::new(count), Vec::new());
        streams.head_of_some_values(&bits((0..count).map(|i| i < values)), values, &mut out);
        out.resize(out.len() + values * WIDTH, 0);
        streams.head_of_states(&bits((0..count).map(|i| i >= values)), values, &mut out);
        out.resize(out.len() + (count - values) * STATE_LENGTH, b'x');
        out
    }

    #[test]
    fn what_follows_has_the_same_length_however_many_areas_have_a_value() {
        let many: [usize; 9] = [4096, 8191, 8192, 8200, 16_383, 16_385, 60_025, 131_072, 1 << 21];
        for count in (1..2600).chain(many) {
            let step = (count / 97).max(1);
            let near = |centre: usize| centre.saturating_sub(2)..(centre + 3);
            let edges = [0, 16, 128, count - 1, count.saturating_sub(19), count.saturating_sub(128)];
            let all = (0..count).step_by(step).chain(edges.into_iter().flat_map(near));
            for values in all.filter(|values| *values < count) {
                assert_eq!(keyed(count, values).len(), Streams::new(count).keyed_tail(), "{values} values of {count}");
            }
        }
    }
}
