//! A release bundle opened for serving.

use super::depot::Depot;
use crate::{
    files::{
        geometry,
        skeleton::{Part, Skeleton},
        values::ValuesFile,
    },
    format::{
        area_table::{AreaRow, AreaTable},
        catalog::{Catalog, CatalogGrid, CatalogIndicator, CatalogPeriods, CatalogSet, Origin},
        coding::Coding,
        column::{CodedColumns, Column},
        error::BundleError,
        fingerprint::Fingerprint,
        manifest::{FileEntry, Manifest},
        paths::{skeleton_ending, tiles_path, values_path},
    },
    signing,
    storage::verified::VerifiedFile,
};
use choro_model::{Encoding, GridId, IndicatorId, Period, PublicKey, ReleaseId, Selection, VintageId, grid::Grid};
use choro_tiles::{
    skeleton::{AreaLabel, Outline, Skeletons},
    topology::Topology,
};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// The catalogue as it lies in the bundle: all but the release, whose id is made from it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Contents {
    pub boundary_sets: Vec<CatalogSet>,
    pub grids: Vec<CatalogGrid>,
    pub indicators: Vec<CatalogIndicator>,
}

/// Open value files kept at most: each holds a file handle and its footer.
const OPEN_VALUES: usize = 256;

/// Where the files of a bundle lie.
#[derive(Debug, Clone)]
enum Location {
    Folder(PathBuf),
    Depot(Arc<Depot>),
}

impl Location {
    /// A file that is read by positions.
    fn file(&self, name: &str, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        match self {
            Self::Folder(dir) => VerifiedFile::open(dir, name, entry),
            Self::Depot(depot) => VerifiedFile::in_depot(Arc::clone(depot), entry),
        }
    }

    /// A file that requests must not wait for.
    fn near_file(&self, name: &str, entry: &FileEntry) -> Result<VerifiedFile, BundleError> {
        match self {
            Self::Folder(dir) => VerifiedFile::open(dir, name, entry),
            Self::Depot(depot) => depot.file(entry),
        }
    }
}

/// A release bundle whose manifest was verified. Files are verified chunk by chunk as they are read.
pub struct Bundle {
    location: Location,
    manifest: Manifest,
    signer: Option<PublicKey>,
    catalog: Catalog,
    vintages: FxHashMap<String, Vec<Vintage>>,
    values: Mutex<FxHashMap<String, Arc<ValuesFile>>>,
}

impl std::fmt::Debug for Bundle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Bundle")
            .field("location", &self.location)
            .field("release", &self.manifest.release)
            .finish_non_exhaustive()
    }
}

impl Bundle {
    /// Opens the bundle in `dir` and verifies its manifest, catalogue, area tables and tile indexes.
    pub fn open(dir: &Path) -> Result<Self, BundleError> {
        let (manifest, signer) = signing::read(dir)?;
        for (name, entry) in &manifest.files {
            VerifiedFile::open(dir, name, entry)?;
        }
        Self::new(Location::Folder(dir.to_owned()), manifest, signer)
    }

    /// Opens a bundle in object storage: fetches what tiles need of it.
    pub(crate) fn open_remote(
        depot: Arc<Depot>,
        manifest: Manifest,
        signer: Option<PublicKey>,
    ) -> Result<Self, BundleError> {
        Self::new(Location::Depot(depot), manifest, signer)
    }

    fn new(location: Location, manifest: Manifest, signer: Option<PublicKey>) -> Result<Self, BundleError> {
        let source = Source { location: &location, manifest: &manifest };
        let contents: Contents = source.json("catalog.json")?;
        let mut vintages = FxHashMap::default();
        for set in &contents.boundary_sets {
            let opened = set.vintages.iter().map(|vintage| Vintage::open(source, set, &vintage.id));
            vintages.insert(set.id.to_string(), opened.collect::<Result<Vec<_>, _>>()?);
        }
        let catalog = Catalog {
            release: manifest.release.clone(),
            created: manifest.created.clone(),
            boundary_sets: contents.boundary_sets,
            grids: contents.grids,
            indicators: contents.indicators,
        };
        Ok(Self { location, manifest, signer, catalog, vintages, values: Mutex::default() })
    }

    /// Which release it is.
    #[must_use]
    pub fn release(&self) -> &ReleaseId {
        &self.manifest.release
    }

    /// Its number among all that was published or gone back to.
    #[must_use]
    pub fn sequence(&self) -> u64 {
        self.manifest.sequence
    }

    /// Who has signed it.
    #[must_use]
    pub fn signer(&self) -> Option<PublicKey> {
        self.signer
    }

    /// What it holds.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// A vintage of a boundary set, by default its newest.
    #[must_use]
    pub fn vintage(&self, set: &str, vintage: Option<&str>) -> Option<&Vintage> {
        let vintages = self.vintages.get(set)?;
        match vintage {
            None => vintages.last(),
            Some(id) => vintages.iter().find(|vintage| vintage.id.as_str() == id),
        }
    }

    /// The column of a selection in a boundary set, in the order of the vintage that the values refer to; `None` if there
    /// is none.
    pub fn column(&self, set: &str, selection: &Selection) -> Result<Option<Column>, BundleError> {
        let vintage = self.vintage_of_values(set, &selection.indicator, selection.period);
        let Some(vintage) = vintage else { return Ok(None) };
        let columns = self.columns(set, vintage.id.as_str(), selection)?;
        Ok(columns.into_iter().find(|(codes, _)| *codes == selection.codes).map(|(_, column)| column))
    }

    /// The columns of the same indicator and period in a vintage that are decoded together with a selection's, by their codes:
    /// reading one costs nearly what reading all does.
    pub fn columns(&self, set: &str, vintage: &str, selection: &Selection) -> Result<CodedColumns, BundleError> {
        let Some(vintage) = self.vintage(set, Some(vintage)) else { return Ok(Vec::new()) };
        let name = values_path(set, vintage.id.as_str(), &selection.indicator, selection.period);
        let file = self.values_file(&name, vintage.areas.rows().len())?;
        let columns = file.map_or(Ok(Vec::new()), |file| file.columns(&selection.codes))?;
        Ok(self.with_origin(columns, set, vintage, selection))
    }

    /// The same, if they can be had without waiting for a disk, and so by a thread that others wait for: of a file that is open,
    /// whose bytes were verified and lie in the system's memory.
    pub fn columns_now(&self, set: &str, vintage: &str, selection: &Selection) -> Option<Result<CodedColumns, BundleError>> {
        let vintage = self.vintage(set, Some(vintage))?;
        let name = values_path(set, vintage.id.as_str(), &selection.indicator, selection.period);
        let file = self.open_values().get(&name).map(Arc::clone)?;
        let columns = file.columns_now(&selection.codes)?;
        Some(columns.map(|columns| self.with_origin(columns, set, vintage, selection)))
    }

    fn with_origin(&self, columns: CodedColumns, set: &str, vintage: &Vintage, selection: &Selection) -> CodedColumns {
        let origin = self.origin(set, vintage, selection);
        columns.into_iter().map(|(codes, column)| (codes, column.of(origin.clone()))).collect()
    }

    fn origin(&self, set: &str, vintage: &Vintage, selection: &Selection) -> Option<Origin> {
        let entry = self.catalog.indicators.iter().find(|entry| entry.indicator.id == selection.indicator)?;
        let here = entry.boundary_sets.iter().find(|p| p.id.as_str() == set && p.vintage == vintage.id)?;
        here.origin(selection.period)
    }

    /// The vintage that the values of an indicator and period refer to, not counting those that were restated.
    #[must_use]
    pub fn vintage_of_values(&self, set: &str, indicator: &IndicatorId, period: Period) -> Option<&Vintage> {
        let entry = self.catalog.indicators.iter().find(|entry| entry.indicator.id == *indicator)?;
        let mut periods = entry.boundary_sets.iter().filter(|p| p.id.as_str() == set);
        let vintage = periods.find(|p| p.periods.contains(&period))?.vintage.as_str();
        self.vintage(set, Some(vintage))
    }

    /// A hash of the values of an indicator and period in a vintage, with what they were made of: equal in two releases means that
    /// their columns are equal. `None`: there are none.
    #[must_use]
    pub fn table_hash(&self, set: &str, entry: &CatalogPeriods, indicator: &IndicatorId, period: Period) -> Option<u128> {
        let file = self.manifest.files.get(&values_path(set, entry.vintage.as_str(), indicator, period))?;
        let origin = format!("{}\n{}\n{:?}", file.sha256, entry.vintage, entry.origin(period));
        Some(Fingerprint::of(origin.as_bytes()).number())
    }

    fn open_values(&self) -> MutexGuard<'_, FxHashMap<String, Arc<ValuesFile>>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn values_file(&self, name: &str, areas: usize) -> Result<Option<Arc<ValuesFile>>, BundleError> {
        let known = self.open_values().get(name).map(Arc::clone);
        if known.is_some() {
            return Ok(known);
        }
        let Some(entry) = self.manifest.files.get(name) else { return Ok(None) };
        let file = Arc::new(ValuesFile::open(self.location.file(name, entry)?, areas)?);
        let mut open = self.open_values();
        if open.len() >= OPEN_VALUES {
            open.clear();
        }
        open.insert(name.to_owned(), Arc::clone(&file));
        Ok(Some(file))
    }

    /// Reads every file whole and compares every hash, those of columns too: what `choro check` does.
    pub fn verify_all(&self) -> Result<(), BundleError> {
        for (name, entry) in &self.manifest.files {
            self.location.file(name, entry)?.verify_all()?;
        }
        for entry in self.catalog.indicators.iter().flat_map(|entry| entry.boundary_sets.iter().map(move |p| (entry, p))) {
            let (indicator, periods) = (&entry.0.indicator.id, entry.1);
            let areas =
                self.vintage(periods.id.as_str(), Some(periods.vintage.as_str())).map_or(0, |v| v.areas.rows().len());
            for period in periods.all() {
                let name = values_path(periods.id.as_str(), periods.vintage.as_str(), indicator, period);
                if let Some(file) = self.values_file(&name, areas)? {
                    file.verify(periods.origin(period).as_ref())?;
                }
            }
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Source<'a> {
    location: &'a Location,
    manifest: &'a Manifest,
}

impl Source<'_> {
    fn entry(&self, name: &str) -> Result<&FileEntry, BundleError> {
        self.manifest.files.get(name).ok_or_else(|| BundleError::Absent { path: name.into() })
    }

    fn file(&self, name: &str) -> Result<VerifiedFile, BundleError> {
        self.location.file(name, self.entry(name)?)
    }

    fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BundleError> {
        let file = self.file(name)?;
        serde_json::from_slice(&file.read_all()?).map_err(|e| BundleError::damaged(file.path(), e.to_string()))
    }
}

/// The areas and tiles of a vintage.
#[derive(Debug)]
pub struct Vintage {
    id: VintageId,
    areas: AreaTable,
    geometry: VerifiedFile,
    skeletons: Vec<(GridId, Skeleton)>,
}

impl Vintage {
    fn open(source: Source<'_>, set: &CatalogSet, id: &VintageId) -> Result<Self, BundleError> {
        let path = format!("boundaries/{}/{id}", set.id);
        let rows: Vec<AreaRow> = source.json(&format!("{path}/areas.json"))?;
        let geometry = source.file(&format!("{path}/areas.fgb"))?;
        let skeleton = |(grid, encoding): (&GridId, Encoding)| {
            let name = tiles_path(set.id.as_str(), id.as_str(), grid, skeleton_ending(encoding));
            let file = source.location.near_file(&name, source.entry(&name)?)?;
            Ok((grid.clone(), Skeleton::open(file.kept(), encoding)?))
        };
        let there = |encoding: &Encoding| *encoding == Encoding::Mvt || set.mlt;
        let encodings = || Encoding::ALL.into_iter().filter(there);
        let files = set.grids.iter().flat_map(|grid| encodings().map(move |encoding| (grid, encoding)));
        let skeletons = files.map(skeleton).collect::<Result<_, BundleError>>()?;
        Ok(Self { id: id.clone(), areas: AreaTable::new(rows), geometry, skeletons })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &VintageId {
        &self.id
    }

    /// Its areas.
    #[must_use]
    pub fn areas(&self) -> &AreaTable {
        &self.areas
    }

    /// Its tiles in a grid, as Mapbox Vector Tiles.
    #[must_use]
    pub fn skeleton(&self, grid: &str) -> Option<&Skeleton> {
        self.skeleton_as(grid, Encoding::Mvt)
    }

    /// Its tiles in a grid and an encoding.
    #[must_use]
    pub fn skeleton_as(&self, grid: &str, encoding: Encoding) -> Option<&Skeleton> {
        let wanted = |(id, skeleton): &&(GridId, Skeleton)| id.as_str() == grid && skeleton.encoding() == encoding;
        self.skeletons.iter().find(wanted).map(|(_, skeleton)| skeleton)
    }

    /// The areas as they are in the tiles of a zoom, each in one piece. `window`: see [`Outline::new`].
    pub fn outline(&self, skeleton: &Skeleton, zoom: u8, window: [f64; 2]) -> Result<Outline, BundleError> {
        let mut outline = Outline::new(zoom, self.areas.rows().len(), window);
        for coord in skeleton.tiles().filter(|coord| coord.z() == zoom) {
            let Some(tile) = skeleton.find(coord) else { continue };
            let mut bytes = Vec::new();
            skeleton.read_into(tile, Part::Plain, Coding::Identity, &mut bytes)?;
            outline.add(coord, &bytes).map_err(|error| BundleError::damaged(self.geometry.path(), error.to_string()))?;
        }
        Ok(outline.joined())
    }

    /// Full geometry in table order: longitude and latitude, longitudes unwrapped. Reads all of it from the disk.
    pub fn geometry(&self) -> Result<Vec<Option<MultiPolygon<f64>>>, BundleError> {
        let mut areas = vec![None; self.areas.rows().len()];
        for (code, polygons) in geometry::read(&self.geometry)? {
            let slot = self.areas.index(&code).and_then(|row| areas.get_mut(row));
            *slot.ok_or_else(|| BundleError::damaged(self.geometry.path(), format!("area {code} is not in the table")))? =
                Some(polygons);
        }
        Ok(areas)
    }

    /// Geometry generalised on shared arcs as the tiles of a Web Mercator zoom are, in table order. Computes it anew.
    pub fn generalised(&self, zoom: u8) -> Result<Vec<Option<MultiPolygon<f64>>>, BundleError> {
        let full = self.geometry()?;
        let grid = Grid::web_mercator().map_err(|e| BundleError::damaged(self.geometry.path(), e.to_string()))?;
        let labels: Vec<AreaLabel> = self.areas.rows().iter().map(anchor).collect();
        let topology = Topology::new(full.iter().map(Option::as_ref));
        let scale =
            f64::from(choro_model::grid::EXTENT) * f64::from(1_u32 << zoom.min(choro_tiles::skeleton::MAX_BUILD_ZOOM));
        let ring = |ring: &choro_tiles::skeleton::Ring| unproject(&grid, ring, scale);
        let polygon = |shape: &choro_tiles::skeleton::Shape| {
            let mut rings = shape.iter().map(ring);
            Some(Polygon::new(rings.next()?, rings.collect()))
        };
        let shapes = Skeletons::new(&topology, &grid, &labels).shapes(zoom.min(choro_tiles::skeleton::MAX_BUILD_ZOOM));
        let areas = shapes
            .iter()
            .zip(full)
            .map(|(shapes, full)| full.map(|_| MultiPolygon(shapes.iter().filter_map(polygon).collect())));
        Ok(areas.collect())
    }
}

fn anchor(row: &AreaRow) -> AreaLabel {
    AreaLabel { code: row.code.to_string(), name: String::new(), names: Vec::new(), point: row.label }
}

/// A ring of tile units as longitudes and latitudes, unwrapped, closed; exteriors counter-clockwise again.
fn unproject(grid: &Grid, ring: &[[i32; 2]], scale: f64) -> LineString<f64> {
    let point = |p: &[i32; 2]| {
        let x = f64::from(p[0]) / scale;
        let turn = x.floor();
        let [lon, lat] = grid.unproject(x - turn, f64::from(p[1]) / scale)?;
        // The left edge is -180 or 180 for the projection; as a fraction of the square it has one meaning.
        let lon = if x - turn == 0.0 { -180.0 } else { lon };
        Some(Coord { x: lon + turn * 360.0, y: lat })
    };
    let mut line: Vec<Coord<f64>> = ring.iter().rev().filter_map(point).collect();
    line.extend(line.first().copied());
    LineString(line)
}
