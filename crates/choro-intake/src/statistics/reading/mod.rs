//! A table and a mapping -> labelled cells and rejects.

pub(super) mod cells;
pub(super) mod footnotes;
pub(super) mod guard;
pub(super) mod indent;
pub(super) mod labels;
pub(super) mod layout;
pub(super) mod marks;
pub(super) mod reading;
pub(super) mod reject;
pub(super) mod selections;
pub(super) mod sheets;
pub(super) mod status;
