//! Builds a release bundle out of boundary sets and published columns.

use super::{
    AreaRow, BundleError, CatalogGap, CatalogGrid, CatalogSet, CatalogVintage, Origin, Unavailable,
    archive::Archive,
    geometry_file, label,
    open::Contents,
    paths::{skeleton_ending, tiles_path, values_path},
    register,
    skeleton_file::SkeletonWriter,
    values_file,
    writer::{BundleWriter, Made},
};
use choro_figures::disclosure::PublishedTable;
use choro_model::{
    BoundarySet, Encoding, Indicator, Lang, LevelId, Names, PublicKey, ReleaseId, SetId, VintageId,
    grid::{Grid, TILE_SIZE},
    hex,
};
use choro_tiles::{
    skeleton::{AreaLabel, Skeletons},
    topology::Topology,
};
use sha2::{Digest as _, Sha256};
use std::path::Path;

/// How the names of archives end.
const PMTILES: &str = "pmtiles";

/// Part of what every file is made from: raised when the same input would give other bytes.
const RECIPE: &str = "choro-recipe/5";

/// First and last zoom of a set's tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZoomRange {
    /// First zoom.
    pub min: u8,
    /// Last zoom, at most [`choro_tiles::skeleton::MAX_BUILD_ZOOM`].
    pub max: u8,
}

/// A vintage of a boundary set to be published.
#[derive(Debug, Clone, Copy)]
pub struct BoundaryInput<'a> {
    /// The set.
    pub set: &'a SetId,
    /// The vintage.
    pub vintage: &'a VintageId,
    /// The set's names.
    pub names: &'a Names,
    /// Hash of the areas with their geometry: equal means that nothing is built anew.
    pub content_hash: &'a str,
    /// The grids to cut tiles for, the preferred one first.
    pub grids: &'a [&'a Grid],
    /// The zooms of the tiles.
    pub zooms: ZoomRange,
    /// The language of `name` in the tiles.
    pub lang: &'a Lang,
    /// Whether tiles are built as MapLibre Tiles too.
    pub mlt: bool,
}

/// A table to write.
#[derive(Debug, Clone, Copy)]
pub struct ValuesInput<'a> {
    /// The table.
    pub table: &'a PublishedTable,
    /// Its indicator.
    pub indicator: &'a Indicator,
    /// Whose figures it was made of; `None`: they are the source's own.
    pub origin: Option<&'a Origin>,
    /// Areas that have no value although the figures were there.
    pub gaps: &'a [CatalogGap],
}

/// A finished release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Its id.
    pub release: ReleaseId,
    /// Its number.
    pub sequence: u64,
    /// Who signed it.
    pub signed_by: Option<PublicKey>,
    /// SHA-256 of its manifest, hexadecimal.
    pub manifest_sha256: String,
    /// Bytes written anew, the manifest's among them.
    pub written: u64,
    /// Bytes taken over unchanged from the release before.
    pub linked: u64,
}

/// A bundle being built.
#[derive(Debug)]
pub struct Build {
    writer: BundleWriter,
    contents: Contents,
}

impl Build {
    /// Begins a bundle in the folder `releases`; one process at a time may.
    pub fn begin(releases: &Path) -> Result<Self, BundleError> {
        let contents = Contents { boundary_sets: Vec::new(), grids: Vec::new(), indicators: Vec::new() };
        Ok(Self { writer: BundleWriter::begin(releases)?, contents })
    }

    /// Adds a vintage. `load` is called only if something of it has to be built. Returns by grid the codes of the areas that
    /// the grid cannot hold, of the grids that were built now.
    pub fn add_vintage<E: From<BundleError>>(
        &mut self,
        input: BoundaryInput<'_>,
        load: impl FnOnce() -> Result<BoundarySet, E>,
    ) -> Result<Vec<(String, Vec<String>)>, E> {
        let recipe = hash([RECIPE, input.content_hash, input.lang.as_str()]);
        let names = Files::of(input);
        let mut source = Lazy { load: Some(load), loaded: None };
        let mut omitted = Vec::new();
        let fresh = [&names.areas, &names.geometry].map(|name| self.writer.reuse(name, &recipe));
        let [areas_there, geometry_there] = fresh;
        if !(areas_there? && geometry_there?)
            && let Some((set, rows)) = source.obtain()?
        {
            self.write_areas(&names, &recipe, input, set, rows)?;
        }
        for grid in input.grids {
            if self.reuse_grid(input, grid)? {
                continue;
            }
            let Some((set, rows)) = source.obtain()? else { continue };
            let outside = self.write_grid(input, grid, set, rows)?;
            if !outside.is_empty() {
                omitted.push((grid.id().to_string(), outside));
            }
        }
        self.register(input, &names)?;
        Ok(omitted)
    }

    fn write_areas(
        &mut self,
        names: &Files,
        recipe: &str,
        input: BoundaryInput<'_>,
        set: &BoundarySet,
        rows: &[AreaRow],
    ) -> Result<(), BundleError> {
        self.writer.write_bytes(&names.areas, recipe, &json(rows)?)?;
        let polygons = rows.iter().zip(&set.areas).filter_map(|(row, area)| Some((row, area.geometry.as_ref()?)));
        self.writer.write(&names.geometry, recipe, |path| geometry_file::write(path, set.id.as_str(), input.lang, polygons))
    }

    fn reuse_grid(&mut self, input: BoundaryInput<'_>, grid: &Grid) -> Result<bool, BundleError> {
        let recipe = grid_recipe(input, grid);
        for ending in endings(input, grid) {
            if !self.writer.reuse(&path(input, grid, ending), &recipe)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Cuts the tiles of a grid. Returns the codes of the areas that it cannot hold.
    fn write_grid(
        &mut self,
        input: BoundaryInput<'_>,
        grid: &Grid,
        set: &BoundarySet,
        rows: &[AreaRow],
    ) -> Result<Vec<String>, BundleError> {
        let (set_id, vintage, grid_id) = (input.set, input.vintage, grid.id());
        let _span = tracing::debug_span!("cut tiles", set = %set_id, %vintage, grid = %grid_id).entered();
        let recipe = grid_recipe(input, grid);
        let topology = Topology::new(set.areas.iter().map(|area| area.geometry.as_ref()));
        let labels: Vec<AreaLabel> = rows.iter().map(|row| area_label(row, input.lang)).collect();
        let skeletons = Skeletons::new(&topology, grid, &labels);
        let outside = skeletons.outside().filter_map(|area| Some(rows.get(area)?.code.to_string())).collect();
        // All files come from one pass over the tiles; those beside the first are described when they are complete.
        let side = tempfile::tempdir().map_err(BundleError::io("the temporary folder"))?;
        let archive_path = side.path().join("archive.pmtiles");
        let bounds = label::set_bounds(rows);
        let archived = || Archive::create(&archive_path, input.set.as_str(), input.zooms, bounds);
        let mut archive = grid.is_web_mercator().then(archived).transpose()?;
        let mlt_path = side.path().join("tiles.mlt-skeleton");
        let ZoomRange { min, max } = input.zooms;
        let mut mlt = input.mlt.then(|| SkeletonWriter::create(&mlt_path, Encoding::Mlt, min, max)).transpose()?;
        self.writer.write(&path(input, grid, skeleton_ending(Encoding::Mvt)), &recipe, |path| {
            let mut file = SkeletonWriter::create(path, Encoding::Mvt, min, max)?;
            skeletons.build(min..=max, |tile| {
                let plain = file.add(tile)?;
                mlt.as_mut().map(|mlt| mlt.add(tile)).transpose()?;
                archive.as_mut().map_or(Ok(()), |archive| archive.add(tile.coord(), &plain))
            })?;
            file.finish()
        })?;
        let copy = |from: &Path, to: &Path| std::fs::copy(from, to).map(|_| ()).map_err(BundleError::io(to));
        if let Some(mlt) = mlt {
            mlt.finish()?;
            self.writer.write(&path(input, grid, skeleton_ending(Encoding::Mlt)), &recipe, |path| copy(&mlt_path, path))?;
        }
        if let Some(archive) = archive {
            archive.finish()?;
            self.writer.write(&path(input, grid, PMTILES), &recipe, |path| copy(&archive_path, path))?;
        }
        Ok(outside)
    }

    fn register(&mut self, input: BoundaryInput<'_>, names: &Files) -> Result<(), BundleError> {
        let rows: Vec<AreaRow> = self.writer.read_json(&names.areas)?;
        let vintage = CatalogVintage {
            id: input.vintage.clone(),
            areas: rows.len(),
            polygons: rows.iter().filter(|row| row.has_polygon()).count(),
            langs: rows.iter().flat_map(|row| row.names.0.keys().cloned()).collect(),
            source: String::new(),
            licence: String::new(),
            parent_vintage: None,
        };
        for grid in input.grids {
            if !self.contents.grids.iter().any(|known| known.id == *grid.id()) {
                self.contents.grids.push(catalog_grid(grid));
            }
        }
        let bounds = label::unwrapped(label::set_bounds(&rows));
        match self.contents.boundary_sets.iter_mut().find(|set| set.id == *input.set) {
            Some(set) => {
                set.bounds = label::unwrapped(label::join(label::wrapped(set.bounds), label::wrapped(bounds)));
                set.vintages.push(vintage);
            }
            None => self.contents.boundary_sets.push(CatalogSet {
                id: input.set.clone(),
                name: input.names.clone(),
                level: None,
                parent_set: None,
                vintages: vec![vintage],
                grids: input.grids.iter().map(|grid| grid.id().clone()).collect(),
                bounds,
                min_zoom: input.zooms.min,
                max_zoom: input.zooms.max,
                mlt: input.mlt,
            }),
        }
        Ok(())
    }

    /// Says who made the boundaries of the vintage added last, and under which licence.
    pub fn credit(&mut self, source: &str, licence: &str) {
        let last = self.contents.boundary_sets.last_mut().and_then(|set| set.vintages.last_mut());
        if let Some(vintage) = last {
            source.clone_into(&mut vintage.source);
            licence.clone_into(&mut vintage.licence);
        }
    }

    /// Says which tier the set added last is, and where the areas above those of its last vintage are.
    pub fn place(&mut self, level: Option<&LevelId>, above: Option<(&SetId, &VintageId)>) {
        let Some(set) = self.contents.boundary_sets.last_mut() else { return };
        set.level = level.cloned();
        set.parent_set = above.map(|(set, _)| set.clone());
        if let Some(last) = set.vintages.last_mut() {
            last.parent_vintage = above.map(|(_, vintage)| vintage.clone());
        }
    }

    /// Says which indicators there may be: the catalogue lists those of a set in this order, whatever is added first.
    pub fn indicators(&mut self, known: &[Indicator]) {
        register::known(&mut self.contents.indicators, known);
    }

    /// Adds a table; one of equal content is taken over from the release before.
    pub fn add_values(&mut self, input: ValuesInput<'_>) -> Result<(), BundleError> {
        let ValuesInput { table, indicator, origin, .. } = input;
        let name = values_path(table.set().as_str(), table.vintage().as_str(), table.indicator(), table.period());
        let recipe = values_recipe(input);
        if !self.writer.reuse(&name, &recipe)? {
            self.writer.write(&name, &recipe, |path| values_file::write(path, table, &indicator.dimensions, origin))?;
        }
        register::values(&mut self.contents.indicators, input);
        Ok(())
    }

    /// Says in the catalogue why a vintage has no values of a period.
    pub fn unavailable(&mut self, input: Unavailable<'_>) {
        register::unavailable(&mut self.contents.indicators, input);
    }

    /// Completes the bundle and makes it the current release. `created`: RFC 3339 in UTC.
    pub fn finish(self, created: &str) -> Result<Published, BundleError> {
        self.finish_recorded(created, Made::default(), |_| Ok(()))
    }

    /// The same; `record` is called between: the bundle lies complete in its place, and the old release is still current and
    /// stays so when `record` fails.
    pub fn finish_recorded<E: From<BundleError>>(
        mut self,
        created: &str,
        made: Made<'_>,
        record: impl FnOnce(&Published) -> Result<(), E>,
    ) -> Result<Published, E> {
        register::put_in_order(&mut self.contents.indicators);
        let catalog = json(&self.contents)?;
        self.writer.write_bytes("catalog.json", &hash([RECIPE, created]), &catalog)?;
        self.writer.finish(created, made, record)
    }
}

/// The paths of a vintage's own files.
struct Files {
    areas: String,
    geometry: String,
}

impl Files {
    fn of(input: BoundaryInput<'_>) -> Self {
        let folder = format!("boundaries/{}/{}", input.set, input.vintage);
        Self { areas: format!("{folder}/areas.json"), geometry: format!("{folder}/areas.fgb") }
    }
}

type Loaded = (BoundarySet, Vec<AreaRow>);

/// What a build needs of a vintage, loaded when it is needed first.
struct Lazy<F> {
    load: Option<F>,
    loaded: Option<Loaded>,
}

impl<E, F: FnOnce() -> Result<BoundarySet, E>> Lazy<F> {
    /// `None` never comes: it would mean that loading had failed before and was asked for again.
    fn obtain(&mut self) -> Result<Option<&Loaded>, E> {
        if let Some(load) = self.load.take() {
            let set = load()?;
            let rows = set.areas.iter().map(label::row).collect();
            self.loaded = Some((set, rows));
        }
        Ok(self.loaded.as_ref())
    }
}

fn path(input: BoundaryInput<'_>, grid: &Grid, ending: &str) -> String {
    tiles_path(input.set.as_str(), input.vintage.as_str(), grid.id(), ending)
}

/// How the names of the files of a grid end.
fn endings(input: BoundaryInput<'_>, grid: &Grid) -> impl Iterator<Item = &'static str> {
    let further = [(input.mlt, skeleton_ending(Encoding::Mlt)), (grid.is_web_mercator(), PMTILES)];
    let further = further.into_iter().filter_map(|(wanted, ending)| wanted.then_some(ending));
    [skeleton_ending(Encoding::Mvt)].into_iter().chain(further)
}

fn grid_recipe(input: BoundaryInput<'_>, grid: &Grid) -> String {
    let square = format!("{} {:?} {}", grid.crs(), grid.corner(), grid.side());
    let zooms = format!("{}-{}", input.zooms.min, input.zooms.max);
    hash([RECIPE, input.content_hash, input.lang.as_str(), &square, &zooms])
}

fn values_recipe(input: ValuesInput<'_>) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{RECIPE}\n{:?}\n", input.origin));
    input.table.areas().iter().for_each(|area| hash.update(format!("{area}\n")));
    for column in input.table.columns() {
        hash.update(format!("{:?}\n", column.selection()));
        for figure in column.figures() {
            hash.update(format!("{:?} {:?}\n", figure.cell, figure.status));
        }
    }
    short(&hash.finalize())
}

/// Half of a hash is enough to tell inputs apart: a manifest has one for each file.
fn short(digest: &[u8]) -> String {
    hex(digest.get(..16).unwrap_or_default())
}

fn hash<const N: usize>(parts: [&str; N]) -> String {
    short(&Sha256::digest(parts.join("\n")))
}

fn json(value: &(impl serde::Serialize + ?Sized)) -> Result<Vec<u8>, BundleError> {
    serde_json::to_vec(value).map_err(|e| BundleError::damaged("catalog.json", e.to_string()))
}

fn area_label(row: &AreaRow, lang: &Lang) -> AreaLabel {
    AreaLabel {
        code: row.code.to_string(),
        name: row.names.pick(lang, row.code.as_str()).to_owned(),
        names: row.names.0.iter().map(|(lang, name)| (lang.to_string(), name.clone())).collect(),
        point: row.label,
    }
}

fn catalog_grid(grid: &Grid) -> CatalogGrid {
    CatalogGrid {
        id: grid.id().clone(),
        crs: grid.crs().to_owned(),
        corner: grid.corner(),
        side: grid.side(),
        tile_size: TILE_SIZE,
        wraps: grid.wraps(),
    }
}
