//! Columns by the letters that a spreadsheet shows.

/// `A` is 0, `Z` 25, `AA` 26; at most three letters, as in spreadsheets.
pub fn to_index(letters: &str) -> Option<usize> {
    if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    letters.bytes().try_fold(0_usize, |sum, b| sum.checked_mul(26)?.checked_add(usize::from(b - b'A') + 1))?.checked_sub(1)
}

/// The inverse of [`to_index`].
pub fn of_index(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 26]));
        rest /= 26;
    }
    letters.iter().rev().collect()
}
