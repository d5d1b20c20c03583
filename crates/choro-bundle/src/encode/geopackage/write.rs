//! Writing a GeoPackage.

use choro_model::{Cell, State};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::path::Path;

/// What a GeoPackage holds: areas in longitude and latitude (EPSG:4326).
#[derive(Debug)]
pub struct GeoPackage<'a> {
    /// Name of the table, e.g. `ru-subjects`.
    pub table: &'a str,
    /// What it shows.
    pub title: &'a str,
    /// Sources and licences.
    pub description: &'a str,
    /// When its release was made (RFC 3339).
    pub created: &'a str,
    /// The style of the layer as QGIS reads it (QML), taken by default.
    pub qml: &'a str,
    /// The areas.
    pub features: Vec<Feature<'a>>,
}

/// One area. Codes are texts, so that none loses a leading zero.
#[derive(Debug)]
pub struct Feature<'a> {
    /// Its polygons as WKB, with west, east, south, north.
    pub geometry: Option<(Vec<u8>, [f64; 4])>,
    /// Its code.
    pub code: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The code of the area above.
    pub parent: Option<&'a str>,
    /// Its value, or why there is none.
    pub cell: Option<Cell>,
    /// The observation's flag.
    pub status: Option<&'static str>,
    /// Why the value is not to be relied on.
    pub reliability: Option<&'static str>,
}

/// Why there is no GeoPackage.
#[derive(Debug, thiserror::Error)]
#[error("a GeoPackage cannot be written: {0}")]
pub struct GeoPackageError(#[from] sqlx::Error);

/// Tables that a GeoPackage must have (OGC 12-128r18, 1.1 and 2.1), and QGIS's table of styles.
const SCHEMA: &str = "
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,\
    AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],\
    AUTHORITY[\"EPSG\",\"4326\"]]', NULL);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY REFERENCES gpkg_contents (table_name),
    column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT, f_table_schema TEXT, f_table_name TEXT,
    f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT,
    ui TEXT, update_time DATETIME);
";

/// Writes the package to `path`, where no file may be.
///
/// # Errors
/// The file cannot be written.
pub async fn write(path: &Path, package: &GeoPackage<'_>) -> Result<(), GeoPackageError> {
    let mut file =
        SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path).create_if_missing(true)).await?;
    let mut transaction = file.begin().await?;
    // The name of the table is a set's id: letters, digits, `-` and `_`.
    let table = format!("\"{}\"", package.table.replace('"', ""));
    let areas = format!(
        "CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom MULTIPOLYGON, code TEXT NOT NULL, name TEXT NOT NULL,
            parent TEXT, value REAL, state TEXT, status TEXT, reliability TEXT)"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("{SCHEMA}{areas}"))).execute(&mut *transaction).await?;
    describe(&mut transaction, package).await?;
    let insert = format!(
        "INSERT INTO {table} (geom, code, name, parent, value, state, status, reliability) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
    );
    for feature in &package.features {
        sqlx::query(sqlx::AssertSqlSafe(insert.clone()))
            .bind(feature.geometry.as_ref().map(|(wkb, bounds)| blob(wkb, *bounds)))
            .bind(feature.code)
            .bind(feature.name)
            .bind(feature.parent)
            .bind(feature.cell.and_then(Cell::number))
            .bind(feature.cell.and_then(state))
            .bind(feature.status)
            .bind(feature.reliability)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    file.close().await?;
    Ok(())
}

/// The rows of the tables about the layer.
async fn describe(connection: &mut SqliteConnection, package: &GeoPackage<'_>) -> Result<(), sqlx::Error> {
    let bounds = package.features.iter().filter_map(|feature| feature.geometry.as_ref()).map(|(_, bounds)| *bounds);
    let all = bounds.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].max(b[3])]);
    let side = |index: usize| all.and_then(|bounds| bounds.get(index).copied());
    sqlx::query("INSERT INTO gpkg_contents VALUES ($1, 'features', $2, $3, $4, $5, $6, $7, $8, 4326)")
        .bind(package.table)
        .bind(package.title)
        .bind(package.description)
        .bind(package.created)
        .bind(side(0))
        .bind(side(2))
        .bind(side(1))
        .bind(side(3))
        .execute(&mut *connection)
        .await?;
    sqlx::query("INSERT INTO gpkg_geometry_columns VALUES ($1, 'geom', 'MULTIPOLYGON', 4326, 0, 0)")
        .bind(package.table)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
            useAsDefault, description, owner, update_time) VALUES ('', '', $1, 'geom', $2, $3, '', 1, $2, '', $4)",
    )
    .bind(package.table)
    .bind(package.title)
    .bind(package.qml)
    .bind(package.created)
    .execute(connection)
    .await?;
    Ok(())
}

fn state(cell: Cell) -> Option<&'static str> {
    match cell {
        Cell::Value(_) => None,
        Cell::State(state) => Some(State::as_str(state)),
    }
}

/// A geometry as GeoPackages keep it (OGC 12-128r18, 2.1.3): `GP`, version, flags (little endian, an envelope of four numbers), SRS,
/// envelope, WKB.
fn blob(wkb: &[u8], bounds: [f64; 4]) -> Vec<u8> {
    let mut blob = vec![b'G', b'P', 0, 0b0000_0011];
    blob.extend(4326_i32.to_le_bytes());
    blob.extend(bounds.map(f64::to_le_bytes).as_flattened());
    blob.extend_from_slice(wkb);
    blob
}
