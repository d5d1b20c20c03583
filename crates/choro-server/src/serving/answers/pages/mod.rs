//! The page and its embedded form as the server draws them.

mod choices;
mod drawn_page;
mod first_map;
mod fragments;
pub(crate) mod page;
pub(crate) mod page_kind;
mod template;
mod value_table;
