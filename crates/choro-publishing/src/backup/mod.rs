//! Copies of a workspace: what a backup holds, and its manifest.
//!
//! ```text
//! <backup>/backup.json                      every other file with its size and SHA-256; written last
//! <backup>/choro.toml                       settings
//! <backup>/choro.sqlite                     the database as it was at one moment
//! <backup>/indicators.toml, code_lists/     what is measured
//! <backup>/release.key                      the secret key, only where it was asked for
//! <backup>/releases/current, *.jsonl        the pointer, what was done to releases by hand, which keys follow which
//! <backup>/releases/<release>/..            every kept release; what they share is a hard link here too
//! ```

mod error;
mod manifest;
mod read;
mod write;

pub use error::BackupError;
pub use manifest::Backup;
pub use read::{Restored, restore};
pub use write::backup;
