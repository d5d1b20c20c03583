//! The one integration binary: each file is a topic.

// `cfg(test)` is always true here; it tells clippy that helpers, too, are tests (clippy.toml, allow-unwrap-in-tests).

/// Countries of every shape without a setting.
#[cfg(test)]
mod any_country;
/// The page in Chromium.
#[cfg(test)]
mod browser;
/// Every boundary file of the real data, to the map or to a report that says why not.
#[cfg(test)]
mod data_boundaries;
/// Boundaries in every format, encoding and archive.
#[cfg(test)]
mod data_boundaries_formats;
/// Boundary files made to do harm.
#[cfg(test)]
mod data_boundaries_hostile;
/// One data set in every boundary format.
#[cfg(test)]
mod data_boundaries_matrix;
/// Boundaries in a PostGIS table.
#[cfg(test)]
mod data_boundaries_postgis;
/// Every statistics file of the real data: its join rate, its misses, its figures on the map.
#[cfg(test)]
mod data_tables;
/// PostgreSQL beside SQLite: the same releases from both, announcements, no password shown.
#[cfg(test)]
mod databases;
/// The demo: its catalogue and tiles, and its map in a browser.
#[cfg(test)]
mod demo;
/// The dialogue about a file without a mapping, at a terminal.
#[cfg(test)]
mod dialogue;
/// Both encodings of tiles of real boundaries.
#[cfg(test)]
mod encodings;
/// Addresses that pages and documents give.
#[cfg(test)]
mod every_address;
/// A program that is shown another time.
#[cfg(test)]
mod faketime;
/// The database gone, slow, cut off, read-only in the middle.
#[cfg(test)]
mod faults;
/// The features of tiles as decoders that are not ours read them.
#[cfg(test)]
#[path = "../common/features.rs"]
mod features;
/// Boundary files as they come.
#[cfg(test)]
mod field_geometry;
/// The proposals for all tables at hand, scored against what a person wrote down.
#[cfg(test)]
mod field_proposals;
/// Workbooks and text files as clerks have them.
#[cfg(test)]
mod field_sheets;
/// Tables as offices write them: what is asked about, and what is stored once it is mended.
#[cfg(test)]
mod field_tables;
/// The fuzz targets for a moment.
#[cfg(test)]
mod fuzz;
/// A grid of the operator's own.
#[cfg(test)]
mod grids;
/// Runs the program, serves a workspace, asks it.
#[cfg(test)]
mod harness;
/// What the database keeps of what was imported and published.
#[cfg(test)]
mod history;
/// Files made to take more than an import may: each is refused with the limit named, in bounded memory.
#[cfg(test)]
mod import_limits;
/// Sets of very many areas.
#[cfg(test)]
mod large_sets;
/// Statistics files that are longer than memory.
#[cfg(test)]
mod large_tables;
/// The ranks of ARCHITECTURE.md.
#[cfg(test)]
mod layers;
/// Many clients, slow clients, strange clients: what must hold under load.
#[cfg(test)]
mod load;
/// The log as a machine reads it.
#[cfg(test)]
mod logs;
/// docs/operations.md as an operator types it.
#[cfg(test)]
mod manual;
/// How much memory a process takes.
#[cfg(test)]
#[path = "../common/memory.rs"]
mod memory;
/// A light load whose every answer is compared.
#[cfg(test)]
mod mix;
/// Figures that are measured and not asserted.
#[cfg(test)]
mod numbers;
/// Releases in object storage.
#[cfg(test)]
mod object_storage;
/// The OpenAPI document, as programs that are not ours read it.
#[cfg(test)]
mod openapi;
/// Releases, checks, copies, figures about the server.
#[cfg(test)]
mod operating;
/// Requests as programs of others send them.
#[cfg(test)]
mod others;
/// A PostgreSQL server of the tests' own.
#[cfg(test)]
#[path = "../common/postgres.rs"]
mod postgres;
/// A way to the database that can be slowed down, cut and blocked.
#[cfg(test)]
mod proxy;
/// The whole way on real files: subjects of Russia with EMISS figures, municipalities.
#[cfg(test)]
mod real;
/// What the program says and does not do when it is given nonsense.
#[cfg(test)]
mod refusals;
/// Releases: switching, refusing, stopping.
#[cfg(test)]
mod releases;
/// The tables of docs/reliability.md.
#[cfg(test)]
mod reliability;
/// Boundary files that reach for other files, or swell.
#[cfg(test)]
mod sandbox;
/// The attacks of docs/security.md.
#[cfg(test)]
mod security;
/// Who made a release, and which one is the later.
#[cfg(test)]
mod signing;
/// Documents and headers as a client sees them.
#[cfg(test)]
mod snapshots;
/// Made-up areas.
#[cfg(test)]
#[path = "../common/squares.rs"]
mod squares;
/// What entity tags and public hashes tell.
#[cfg(test)]
mod tags;
/// Reads and writes that fail or wait.
#[cfg(test)]
mod tracer;
/// The viewer on zero and the three absences.
#[cfg(test)]
mod viewer;
/// Vintages side by side, restated figures, and levels.
#[cfg(test)]
mod vintages;
/// Tables in docs/ that tests write.
#[cfg(test)]
mod written;
