//! The texts under which things are kept.

/// A name under which a document is kept: the parts with a character between them that no id holds.
pub(crate) fn name(parts: &[&str]) -> String {
    parts.join("\n")
}
