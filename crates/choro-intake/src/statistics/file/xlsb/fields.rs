//! The fields of a record, from its first byte on. What a record is too short for is `None`.

use encoding_rs::UTF_16LE;

/// A record, while its fields are read.
pub struct Fields<'r>(pub &'r [u8]);

impl<'r> Fields<'r> {
    /// Some bytes.
    pub fn bytes(&mut self, count: usize) -> Option<&'r [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.first_chunk().copied()
    }

    /// A byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// A number of 16 bits.
    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    /// A number of 32 bits.
    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// A number with decimals.
    pub fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A number in four bytes ([MS-XLSB] 2.5.122): the upper half of a double, or a whole number, either as it is or in hundredths.
    pub fn rk(&mut self) -> Option<f64> {
        let bits = self.u32()?;
        let number =
            if bits & 2 == 0 { f64::from_bits(u64::from(bits & !3) << 32) } else { f64::from(bits.cast_signed() >> 2) };
        Some(if bits & 1 == 0 { number } else { number / 100.0 })
    }

    /// A text with its length before it ([MS-XLSB] 2.5.169).
    pub fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.u32()?).ok()?.checked_mul(2)?;
        Some(UTF_16LE.decode_without_bom_handling(self.bytes(length)?).0.into_owned())
    }

    /// A text that may be absent ([MS-XLSB] 2.5.166): then it is empty.
    pub fn optional_text(&mut self) -> Option<String> {
        if self.0.first_chunk() == Some(&[0xFF; 4]) {
            self.bytes(4)?;
            return Some(String::new());
        }
        self.text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_four_bytes_are_doubles_or_whole_and_may_be_hundredths() {
        let rk = |bits: u32| Fields(&bits.to_le_bytes()).rk().unwrap();
        let half = |number: f64| u32::try_from(number.to_bits() >> 32).unwrap();
        assert_eq!(rk(half(1.5)), 1.5);
        assert_eq!(rk(half(1250.0) | 1), 12.5);
        assert_eq!(rk(410 << 2 | 2), 410.0);
        assert_eq!(rk((-5_i32 << 2).cast_unsigned() | 2), -5.0);
        assert_eq!(rk(1250 << 2 | 3), 12.5);
        assert_eq!(Fields(&[1, 2, 3]).rk(), None);
    }
}
