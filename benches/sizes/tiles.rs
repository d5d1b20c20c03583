//! Bytes of the tiles of a selection, 5 % of it missing, in each coding; beside one compression of the whole tile.

use crate::common::{
    release::{self, Gaps, Part, Release, Series, ZOOMS},
    sets::{Areas, GRID},
};
use anyhow::Context as _;
use choro_bundle::{
    Coding, Column, Prefixes, QUALITY, Quality, Skeleton,
    encode::splice::{Spliced, Tail},
};
use choro_model::{Encoding, grid::TileCoord};

/// How many times the bytes of a whole compression a tile may have, by its tail.
const STORED_TARGET: f64 = 1.35;
const COMPRESSED_TARGET: f64 = 1.05;
/// Bytes of PostGIS's tiles of the 83 subjects with one value, simplified to one unit, gzip: of zooms 0 and 3.
const POSTGIS: [(u8, f64); 2] = [(0, 17_266.0), (3, 7_629.0)];
const POSTGIS_TARGET: f64 = 0.45;

/// Bytes of a tile, or their means.
#[derive(Default)]
struct Sizes {
    identity: f64,
    stored: f64,
    compressed: f64,
    brotli: f64,
    zstd: f64,
    /// The whole tile at gzip's level 6.
    whole: f64,
}

impl Sizes {
    fn add(&mut self, other: &Self, weight: f64) {
        self.identity += other.identity * weight;
        self.stored += other.stored * weight;
        self.compressed += other.compressed * weight;
        self.brotli += other.brotli * weight;
        self.zstd += other.zstd * weight;
        self.whole += other.whole * weight;
    }
}

pub fn print(areas: Areas) -> anyhow::Result<()> {
    let (dir, set) = (tempfile::tempdir()?, areas.load()?);
    let series = [Gaps::Scattered, Gaps::Nowhere].map(|gaps| Series { gaps, years: 2024..2025, sexes: 1, ages: 1 });
    let release = release::build(dir.path(), &[Part { areas, set: &set, zooms: ZOOMS, mlt: true, series: &series }])?;
    let skeleton = release.bundle.vintage(areas.id(), None).and_then(|vintage| vintage.skeleton(GRID)).context("tiles")?;
    println!("\n{}: mean bytes of a tile of one selection, 5 % of its values missing\n", areas.id());
    println!(
        "| zoom | tiles | identity | gzip, stored | gzip, compressed | br | zstd | gzip 6 of the whole | stored | compressed |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    let column = release.column(release.draw(areas, Gaps::Scattered)?)?;
    let mut all = Sizes::default();
    for zoom in ZOOMS.min..=ZOOMS.max {
        let tiles = of_zoom(skeleton, zoom);
        let sizes = mean(skeleton, &tiles, &column)?;
        line(&zoom.to_string(), tiles.len(), &sizes);
        all.add(&sizes, tiles.len() as f64);
    }
    line("all, sum", skeleton.tiles().count(), &all);
    println!("| target | | | | | | | | {STORED_TARGET} | {COMPRESSED_TARGET} |");
    encodings(&release, areas)?;
    if areas == Areas::Subjects { against_postgis(&release) } else { Ok(()) }
}

fn line(name: &str, tiles: usize, sizes: &Sizes) {
    let Sizes { identity, stored, compressed, brotli, zstd, whole } = sizes;
    println!(
        "| {name} | {tiles} | {identity:.0} | {stored:.0} | {compressed:.0} | {brotli:.0} | {zstd:.0} | {whole:.0} | {:.2} | {:.2} |",
        stored / whole,
        compressed / whole
    );
}

/// Both encodings of the tiles, over all of them.
fn encodings(release: &Release, areas: Areas) -> anyhow::Result<()> {
    let vintage = release.bundle.vintage(areas.id(), None).context("the borders")?;
    println!("\n| encoding | gaps | identity | gzip, stored | gzip, compressed | br | zstd | gzip 6 of the whole |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    for (gaps, named) in [(Gaps::Scattered, "scattered"), (Gaps::Nowhere, "none")] {
        let column = release.column(release.draw(areas, gaps)?)?;
        for encoding in Encoding::ALL {
            let skeleton = vintage.skeleton_as(GRID, encoding).context("tiles")?;
            let tiles: Vec<_> = skeleton.tiles().collect();
            let Sizes { identity, stored, compressed, brotli, zstd, whole } = mean(skeleton, &tiles, &column)?;
            let name = encoding.as_str();
            println!(
                "| {name} | {named} | {identity:.0} | {stored:.0} | {compressed:.0} | {brotli:.0} | {zstd:.0} | {whole:.0} |"
            );
        }
    }
    Ok(())
}

/// The whole tiles of a selection without gaps, as a peer compresses them. Theirs have no layer of labels.
fn against_postgis(release: &Release) -> anyhow::Result<()> {
    let vintage = release.bundle.vintage(Areas::Subjects.id(), None).context("the borders")?;
    let column = release.column(release.draw(Areas::Subjects, Gaps::Nowhere)?)?;
    let mut gzip = Prefixes::new(Quality { gzip: 6, ..QUALITY })?;
    println!(
        "\n| encoding | zoom | bytes, gzip 6 of the whole, no gaps | layer areas alone | PostGIS at one unit | ratio | alone | target |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|");
    for (encoding, (zoom, theirs)) in Encoding::ALL.into_iter().flat_map(|encoding| POSTGIS.map(|zoom| (encoding, zoom))) {
        let skeleton = vintage.skeleton_as(GRID, encoding).context("tiles")?;
        let tiles = of_zoom(skeleton, zoom);
        let [mut whole, mut alone] = [0, 0];
        for coord in &tiles {
            let tile = bytes(skeleton, *coord, &column, Tail::Stored, Coding::Identity)?;
            whole += gzip.whole(&tile, Coding::Gzip)?.len();
            alone += gzip.whole(areas_layer(&tile, encoding)?, Coding::Gzip)?.len();
        }
        let [whole, alone] = [whole, alone].map(|sum| sum as f64 / tiles.len() as f64);
        let [ratio, ratio_alone] = [whole, alone].map(|ours| ours / theirs);
        println!(
            "| {} | {zoom} | {whole:.0} | {alone:.0} | {theirs} | {ratio:.2} | {ratio_alone:.2} | {POSTGIS_TARGET} |",
            encoding.as_str()
        );
    }
    Ok(())
}

/// A tile is its layers end to end: in MVT (2.1, 4.1) field 3, a length, the layer; in MLT a length and the layer.
fn areas_layer(mut tile: &[u8], encoding: Encoding) -> anyhow::Result<&[u8]> {
    let field = usize::from(encoding == Encoding::Mvt);
    while !tile.is_empty() {
        let rest = &tile[field..];
        let digits = rest.iter().position(|byte| byte & 0x80 == 0).context("a length")? + 1;
        let length = rest[..digits].iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let (layer, after) = tile.split_at(field + digits + length);
        // Its name is among its first fields.
        if layer.windows(6).take(24).any(|six| six == b"\x05areas") {
            return Ok(layer);
        }
        tile = after;
    }
    anyhow::bail!("a tile without areas")
}

fn of_zoom(skeleton: &Skeleton, zoom: u8) -> Vec<TileCoord> {
    skeleton.tiles().filter(|tile| tile.z() == zoom).collect()
}

fn mean(skeleton: &Skeleton, tiles: &[TileCoord], column: &Column) -> anyhow::Result<Sizes> {
    let mut whole = Prefixes::new(Quality { gzip: 6, ..QUALITY })?;
    let mut all = Sizes::default();
    for coord in tiles {
        all.add(&sizes(skeleton, *coord, column, &mut whole)?, 1.0 / tiles.len() as f64);
    }
    Ok(all)
}

fn bytes(skeleton: &Skeleton, coord: TileCoord, column: &Column, tail: Tail, coding: Coding) -> anyhow::Result<Vec<u8>> {
    let spliced = Spliced::new(skeleton, coord, Some(column), tail).context("a tile")?;
    // Where a coding was left out the tile goes out as it is.
    let coding = if spliced.size(coding).is_some() { coding } else { Coding::Identity };
    Ok(spliced.bytes(coding)?.concat())
}

fn sizes(skeleton: &Skeleton, coord: TileCoord, column: &Column, whole: &mut Prefixes) -> anyhow::Result<Sizes> {
    let size = |tail, coding| Ok::<_, anyhow::Error>(bytes(skeleton, coord, column, tail, coding)?.len() as f64);
    let identity = bytes(skeleton, coord, column, Tail::Stored, Coding::Identity)?;
    Ok(Sizes {
        identity: identity.len() as f64,
        stored: size(Tail::Stored, Coding::Gzip)?,
        compressed: size(Tail::Compressed, Coding::Gzip)?,
        brotli: size(Tail::Stored, Coding::Brotli)?,
        zstd: size(Tail::Stored, Coding::Zstd)?,
        whole: whole.whole(&identity, Coding::Gzip)?.len() as f64,
    })
}
