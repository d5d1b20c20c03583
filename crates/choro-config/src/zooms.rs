//! From which zoom to which one tiles are built, of a grid and of a boundary set alike.

use super::{error::ConfigError, toml_table::TomlTable};

/// Zooms when nothing else is said.
pub(super) const ZOOMS: (u8, u8) = (0, 8);

/// The deepest zoom that tiles are built for (`skeleton::MAX_BUILD_ZOOM`): a unit of 15 cm on a side of 40,000 km.
const MAX_ZOOM: u64 = 16;

/// `min_zoom` and `max_zoom` of a table.
pub(super) fn zooms(table: &TomlTable<'_>) -> Result<(u8, u8), ConfigError> {
    let zoom = |name, default| match table.value(name) {
        None => Ok(default),
        Some(given) => {
            let zoom = given.integer(0..=MAX_ZOOM, "(a zoom)")?;
            u8::try_from(zoom).map_err(|_| given.wrong("a zoom"))
        }
    };
    Ok((zoom("min_zoom", ZOOMS.0)?, zoom("max_zoom", ZOOMS.1)?))
}

/// Refuses zooms that leave nothing.
pub(super) fn check_zooms(key: &str, min_zoom: u8, max_zoom: u8) -> Result<(), ConfigError> {
    if min_zoom <= max_zoom {
        return Ok(());
    }
    let what =
        format!("min_zoom {min_zoom} is above max_zoom {max_zoom} (which is {} unless given); swap or raise them", ZOOMS.1);
    Err(ConfigError::Conflict { key: key.to_owned(), what })
}
