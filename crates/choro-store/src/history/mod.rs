//! What was known and what was published, for as long as the workspace lives.
//!
//! ```text
//! import 1: A = 10, B = 20        observation  A = 11 (import 2), B = 20 (import 1)
//! release r1                      revision     A = 10 (import 1, until 2)
//! import 2: A = 11, B = 20        published    r1: A = 10, B = 20, made of what import 1 and those before it have brought
//! ```
//!
//! Nothing is stored twice: an observation that comes again as it was adds no row, and a table that two releases have alike is one
//! content with two references.

mod cell_kind;
mod content;
mod packed;
mod published;
mod revisions;
mod tables;
mod unpack;

pub use content::{ColumnContent, ContentHash, TableContent};
pub use packed::PackedTable;
pub use revisions::{Known, Revision, SourceFile};
pub use tables::{MadeOf, Making, PublishedCell, PublishedEdition, TableKey, TableRecord};

pub(crate) use published::insert;
