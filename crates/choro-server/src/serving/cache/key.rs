//! The texts under which things are kept.

/// A text made of several parts. They are joined by a line feed, which no id contains, so different parts never give the same text.
pub(crate) fn name(parts: &[&str]) -> String {
    parts.join("\n")
}
