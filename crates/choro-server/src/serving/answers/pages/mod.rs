//! The page and its embedded form as the server draws them.

mod fragments;
pub(super) mod links;
pub(in crate::serving) mod page;
pub(in crate::serving) mod page_kind;
