//! The pipeline: one file in, one set and its report out.

use super::{
    audit::seams,
    error::BoundaryError,
    features::feature::{FeatureCollection, SourceCrs},
    geometry::rings::{DefectNotes, Parts, to_geo},
    mend::{
        area_change::AreaChange,
        enclaves,
        repair::{Mended, mend},
        t_junctions,
    },
    open::{read::read, shown, take_frames, to_degrees},
    options::Options,
    prepare::{
        area_identity::{AreaIdentities, AreaIdentity},
        filter::filter,
        identify::{IdentifiedArea, IdentifiedAreas, identify, rejected},
        longitude,
    },
    report::{BoundaryReport, GeometryDefect, RemeasuredArea, Repair},
};
use choro_model::{Area, AreaCode, BoundarySet, Names};
use std::{collections::BTreeMap, io::Read, path::Path};

/// A boundary set and the report of its import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What could be taken.
    pub set: BoundarySet,
    /// What could not, what was mended, and what was found.
    pub report: BoundaryReport,
}

/// Imports a boundary file. The caller decides what to do with an import that has rejects.
///
/// # Errors
///
/// Where the file cannot be trusted as a whole.
pub fn import(path: &Path, options: &Options) -> Result<Import, BoundaryError> {
    taken(read(path, options)?, shown(path), options)
}

/// Imports what `choro-gdal` writes about a file. `place` is the file's name in messages.
///
/// # Errors
///
/// Those of [`import`].
pub fn import_frames(stream: impl Read, place: &str, options: &Options) -> Result<Import, BoundaryError> {
    taken(take_frames(stream, place, options)?, place.to_owned(), options)
}

fn taken(mut source: FeatureCollection, place: String, options: &Options) -> Result<Import, BoundaryError> {
    if source.areas.is_empty() {
        return Err(BoundaryError::Empty { path: place });
    }
    let identities = AreaIdentities::new(options, &source, &place)?;
    let filtered = filter(&mut source, options, &place)?;
    let crs = to_degrees(&mut source, &place, options)?;
    let (read, written) = (source.areas.len(), source.crs != SourceCrs::Transformed);
    let mut report = BoundaryReport { path: place, format: source.format, crs, read, filtered, ..Default::default() };
    let identified = identify(source.areas, &identities, options.unite, &mut report);
    let IdentifiedAreas { mut located, mut parts, unlocated } = identified;
    for (area, found) in longitude::unwrap(&mut parts, written) {
        located.get_mut(area).into_iter().for_each(|area| area.notes.add(found.defect, found.at));
    }
    for (area, at) in enclaves::cut_out(&mut parts) {
        located.get_mut(area).into_iter().for_each(|area| area.notes.add(GeometryDefect::Enclave, at));
    }
    report.tied = t_junctions::tie(&mut parts);
    let located = mend_all(located, parts, &mut report);
    let codes: Vec<&AreaCode> = located.iter().map(|(identity, _)| &identity.code).collect();
    let shapes: Vec<&Parts> = located.iter().map(|(_, parts)| parts).collect();
    seams::audit(&codes, &shapes, &options.limits, &mut report)?;
    measure(&shapes, &mut report);
    report.rejected.sort_by_key(|reject| reject.index);
    Ok(Import { set: assemble(located, unlocated, options), report })
}

fn mend_all(identified: Vec<IdentifiedArea>, parts: Vec<Parts>, report: &mut BoundaryReport) -> Vec<(AreaIdentity, Parts)> {
    let mut located = Vec::with_capacity(parts.len());
    for (mut area, rings) in identified.into_iter().zip(parts) {
        let code = area.identity.code.clone();
        match mend(rings, &mut area.notes) {
            Err(fault) => {
                let name = area.identity.unlocated().name;
                report.rejected.push(rejected(area.index, Some(&code), name, fault));
            }
            Ok(Mended { parts, dissolved, change }) => {
                report.dissolved.extend(dissolved.then(|| code.to_string()));
                report.repaired.extend(repairs(&code, &area.notes));
                report
                    .remeasured
                    .extend(change.filter(|_| !area.notes.0.is_empty()).map(|change| remeasured(&code, change)));
                located.push((area.identity, parts));
            }
        }
    }
    located
}

fn repairs<'a>(code: &'a AreaCode, notes: &'a DefectNotes) -> impl Iterator<Item = Repair> + 'a {
    notes.0.iter().map(|(problem, (count, at))| Repair {
        code: code.to_string(),
        problem: *problem,
        count: *count,
        lon: at.x,
        lat: at.y,
        mended: problem.mended(),
    })
}

fn remeasured(code: &AreaCode, change: AreaChange) -> RemeasuredArea {
    RemeasuredArea { code: code.to_string(), before_km2: change.before_km2, after_km2: change.after_km2 }
}

fn measure(shapes: &[&Parts], report: &mut BoundaryReport) {
    report.taken = shapes.len();
    let positions = || shapes.iter().copied().flatten().flatten().flatten();
    report.vertices = positions().count();
    report.longitudes = positions().map(|c| c.x).fold(None, |span: Option<(f64, f64)>, x| {
        let (west, east) = span.unwrap_or((x, x));
        Some((west.min(x), east.max(x)))
    });
}

fn assemble(located: Vec<(AreaIdentity, Parts)>, unlocated: Vec<AreaIdentity>, options: &Options) -> BoundarySet {
    let with = located.into_iter().map(|(identity, parts)| (identity, Some(to_geo(parts))));
    let without = unlocated.into_iter().map(|identity| (identity, None));
    let areas: BTreeMap<AreaCode, Area> = with
        .chain(without)
        .map(|(AreaIdentity { code, names, parent }, geometry)| (code.clone(), Area { code, names, parent, geometry }))
        .collect();
    BoundarySet {
        id: options.set.clone(),
        vintage: options.vintage.clone(),
        names: Names::default(),
        source: options.source.clone(),
        licence: options.licence.clone(),
        areas: areas.into_values().collect(),
    }
}
