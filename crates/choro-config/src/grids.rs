//! Grids: the built-in ones, and `[[grids]]`. Here they are numbers; `grid` makes projections of them.

use super::{
    error::ConfigError,
    toml_table::TomlTable,
    value::Given,
    zooms::{ZOOMS, check_zooms, zooms},
};
use choro_model::GridId;

/// A grid: a square of a projected plane, cut into powers of two.
#[derive(Debug, Clone, PartialEq)]
pub struct GridConfig {
    /// Its id in URLs.
    pub id: GridId,
    /// The projection, as a PROJ string.
    pub crs: String,
    /// The top left corner, x and y in the projection's unit (metres).
    pub corner: [f64; 2],
    /// The side of the square, in the same unit.
    pub side: f64,
    /// The lowest zoom, 0 by default.
    pub min_zoom: u8,
    /// The highest zoom, 8 by default.
    pub max_zoom: u8,
}

/// What a boundary set calls the grid that is made for it; no grid has it as its id.
pub(super) const FITTED: &str = "fitted";
const WEB_MERCATOR: &str =
    "+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +no_defs";

/// `WebMercatorQuad` (OGC 17-083r4, D.1) and `RussiaAlbersQuad`, in which equal areas look equal.
pub(super) fn built_in() -> Vec<GridConfig> {
    let half = std::f64::consts::PI * 6_378_137.0;
    let albers = "+proj=aea +lat_1=52 +lat_2=64 +lat_0=0 +lon_0=105 +datum=WGS84 +units=m";
    [
        ("WebMercatorQuad", WEB_MERCATOR, [-half, half], 2.0 * half),
        ("RussiaAlbersQuad", albers, [-5_800_000.0, 11_950_000.0], 10_485_760.0),
    ]
    .into_iter()
    .filter_map(|(id, crs, corner, side)| {
        let (min_zoom, max_zoom) = ZOOMS;
        Some(GridConfig { id: GridId::new(id).ok()?, crs: crs.to_owned(), corner, side, min_zoom, max_zoom })
    })
    .collect()
}

/// The grids of `[[grids]]`.
pub(super) fn read(tables: &[TomlTable<'_>]) -> Result<Vec<GridConfig>, ConfigError> {
    tables.iter().map(grid).collect()
}

fn grid(table: &TomlTable<'_>) -> Result<GridConfig, ConfigError> {
    table.only(&["id", "crs", "corner", "side", "min_zoom", "max_zoom"])?;
    let id = "a grid id such as NorthPolarQuad";
    let crs = "a PROJ string such as \"+proj=laea +lat_0=90 +datum=WGS84 +units=m\"";
    let side = table.required("side", "a length above 0")?;
    let (min_zoom, max_zoom) = zooms(table)?;
    Ok(GridConfig {
        id: table.required("id", id)?.parse(id)?,
        crs: table.required("crs", crs).and_then(|given| proj_string(&given, crs))?,
        corner: corner(table)?,
        side: side
            .number("a length above 0")
            .and_then(|n| if n > 0.0 { Ok(n) } else { Err(side.wrong("a length above 0")) })?,
        min_zoom,
        max_zoom,
    })
}

fn proj_string(given: &Given, expected: &str) -> Result<String, ConfigError> {
    let text = given.text(expected)?;
    if text.starts_with("+proj=") && text.len() <= 1000 { Ok(text.to_owned()) } else { Err(given.wrong(expected)) }
}

fn corner(table: &TomlTable<'_>) -> Result<[f64; 2], ConfigError> {
    let expected = "the top left corner as [x, y]";
    let given = table.required("corner", "the top left corner as [x, y]")?;
    let items = table.list("corner", expected)?.unwrap_or_default();
    match items.as_slice() {
        [x, y] => Ok([x.number(expected)?, y.number(expected)?]),
        _ => Err(given.wrong(expected)),
    }
}

/// Refuses ids that occur twice and zooms that leave nothing.
pub(super) fn check(grids: &[GridConfig]) -> Result<(), ConfigError> {
    for (index, grid) in grids.iter().enumerate() {
        if grid.id.as_str() == FITTED {
            let what = format!("{FITTED} is the grid that is made for a boundary set; give this one another id");
            return Err(ConfigError::Conflict { key: "grids.id".to_owned(), what });
        }
        if grids.iter().take(index).any(|other| other.id == grid.id) {
            let what = format!("grid {} is built in or defined twice; give this one another id", grid.id);
            return Err(ConfigError::Conflict { key: "grids.id".to_owned(), what });
        }
        check_zooms(&format!("grids ({})", grid.id), grid.min_zoom, grid.max_zoom)?;
    }
    Ok(())
}
