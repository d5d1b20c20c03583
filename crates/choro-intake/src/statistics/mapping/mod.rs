//! A mapping: what stands where in a statistics file (TOML). docs/mappings.md is its reference.

mod area;
mod mapping_file;
mod period;
mod scalars;
mod text_from;
mod value;

pub use area::{AreaFrom, AreaMapping, CrosswalkMapping, Indent, JointMapping, LabelSplit, PartMapping, Restore};
pub(crate) use mapping_file::MAX_HEADINGS;
pub use mapping_file::{Mapping, MappingError, OnlyMapping, SheetChoice};
pub use period::PeriodMapping;
pub use scalars::{ColumnRef, OneOrMany, TextOrInteger};
pub use text_from::{TextFrom, TextMapping};
pub use value::{ConfidentialityMapping, MarksMapping, StatusMapping, ValueMapping};
