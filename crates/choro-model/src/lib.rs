//! The nouns of Choro and the parsing and printing of their ids. Pure (no files, no clock, no async) but for `crosswalk`, which
//! reads the one small file that boundaries and statistics share.

mod area;
mod correspondence;
pub mod crosswalk;
mod decimal;
mod encoding;
mod flag;
mod foreign;
mod formula;
pub mod grid;
mod hex;
mod id;
mod indicator;
mod nearest;
mod observation;
mod pair_set;
mod period;
mod public_key;
mod reserved;
mod selection;
pub mod words;

pub use area::{Area, BoundarySet, Names};
pub use correspondence::{Change, Correspondence, CorrespondenceError, Fault, Faults, Link, Vintages};
pub use crosswalk::{CrosswalkError, CrosswalkSpec, CrosswalkTable};
pub use decimal::Decimal;
pub use encoding::Encoding;
pub use flag::{Flag, Flags};
pub use foreign::{FOREIGN_BEGINNINGS, FOREIGN_NAMES, is_foreign};
pub use formula::{guarded, unguarded};
pub use hex::{from_hex, hex};
pub use id::{AreaCode, Code, DimensionId, GridId, IdError, IndicatorId, Lang, LevelId, ReleaseId, SetId, VintageId};
pub use indicator::{CodeItem, CodeList, Dimension, Indicator, IndicatorError, Kind, ReliableFrom, Threshold, Unit};
pub use nearest::{nearest, nearest_key_hint};
pub use observation::{Cell, Figure, FileRow, ObsStatus, Observation, ReadObservation, Reliability, State};
pub use pair_set::PairSet;
pub use period::{Period, PeriodError, PeriodKind};
pub use public_key::PublicKey;
pub use reserved::RESERVED_NAMES;
pub use selection::{Selection, SelectionError};
