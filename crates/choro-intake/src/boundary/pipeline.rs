//! The pipeline: one file in, one set and its report out.

use super::{
    audit::seams,
    error::BoundaryError,
    features::{
        crs::ToDegrees,
        feature::{AreaFault, FeatureCollection, RawFeature, SourceCrs},
    },
    geometry::rings::{DefectNotes, Parts, from_source, to_geo},
    mend::{enclaves, repair::mend},
    open::{read::read, shown, take_frames},
    options::Options,
    prepare::{
        label::{AreaIdentities, AreaIdentity},
        longitude,
    },
    report::{BoundaryReport, GeometryDefect, Reason, RejectedArea, Repair},
};
use choro_model::{Area, AreaCode, BoundarySet, Names};
use std::{
    collections::{BTreeMap, HashMap},
    io::Read,
    path::Path,
};

/// A boundary set and the report of its import.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What could be taken.
    pub set: BoundarySet,
    /// What could not, what was mended, and what was found.
    pub report: BoundaryReport,
}

/// An area on its way through the pipeline.
struct Candidate {
    index: usize,
    label: AreaIdentity,
    notes: DefectNotes,
}

/// Reads a boundary file. The caller decides what to do with an import that has rejects.
pub fn import(path: &Path, options: &Options) -> Result<Import, BoundaryError> {
    taken(read(path, options)?, shown(path), options)
}

/// The same of what `choro-gdal` writes about a file; `place` is the file's name in messages.
pub fn import_frames(stream: impl Read, place: &str, options: &Options) -> Result<Import, BoundaryError> {
    taken(take_frames(stream, place, options)?, place.to_owned(), options)
}

fn taken(mut source: FeatureCollection, place: String, options: &Options) -> Result<Import, BoundaryError> {
    if source.areas.is_empty() {
        return Err(BoundaryError::Empty { path: place });
    }
    let labels = AreaIdentities::new(options, &source, &place)?;
    let crs = locate(&mut source, &place, options)?;
    let mut report =
        BoundaryReport { path: place, format: source.format, crs, read: source.areas.len(), ..Default::default() };
    let (mut candidates, mut parts, unlocated) = candidates(source.areas, &labels, &mut report);
    longitude::unwrap(&mut parts);
    for (area, at) in enclaves::cut_out(&mut parts) {
        candidates.get_mut(area).into_iter().for_each(|candidate| candidate.notes.add(GeometryDefect::Enclave, at));
    }
    let located = mend_all(candidates, parts, &mut report);
    let codes: Vec<&AreaCode> = located.iter().map(|(label, _)| &label.code).collect();
    let shapes: Vec<&Parts> = located.iter().map(|(_, parts)| parts).collect();
    seams::audit(&codes, &shapes, &options.limits, &mut report)?;
    measure(&shapes, &mut report);
    report.rejected.sort_by_key(|reject| reject.index);
    Ok(Import { set: assemble(located, unlocated, options), report })
}

/// Brings the positions to longitude and latitude; says which reference system they were in.
fn locate(source: &mut FeatureCollection, place: &str, options: &Options) -> Result<String, BoundaryError> {
    let missing = |what: &str| BoundaryError::MissingCrs { path: place.to_owned(), what: what.to_owned() };
    let name = match (&options.crs, &source.crs) {
        // GDAL has already transformed.
        (_, SourceCrs::Degrees) => return Ok("longitude and latitude, WGS 84".to_owned()),
        (Some(name), _) | (None, SourceCrs::Named(name)) => name.clone(),
        (None, SourceCrs::Unknown) => return Err(missing("the file says that it has none (\"crs\": null)")),
        (None, SourceCrs::DegreesByRule) if beyond_degrees(&source.areas) => {
            return Err(missing("its coordinates are no longitudes and latitudes"));
        }
        (None, SourceCrs::DegreesByRule) => return Ok("longitude and latitude, WGS 84, by the format's rule".to_owned()),
    };
    if let Some(way) = ToDegrees::new(&name)? {
        source.areas.iter_mut().filter_map(|area| area.shape.as_mut().ok()?.as_mut()).for_each(|shape| way.apply(shape));
    }
    Ok(name)
}

/// Whether most areas begin where no longitude and latitude can be: one that does is a fault of that area.
fn beyond_degrees(areas: &[RawFeature]) -> bool {
    let firsts = areas.iter().filter_map(|area| area.shape.as_ref().ok()?.as_ref()?.first()?.first()?.first());
    let (mut within, mut beyond) = (0_usize, 0_usize);
    firsts.for_each(|c| if c.x.abs() <= 540.0 && c.y.abs() <= 90.0 { within += 1 } else { beyond += 1 });
    beyond > within
}

fn reject(index: usize, code: Option<&AreaCode>, name: Option<String>, fault: AreaFault) -> RejectedArea {
    let remedy = fault.reason.remedy();
    RejectedArea { index, code: code.map(ToString::to_string), name, reason: fault.reason, detail: fault.detail, remedy }
}

/// Identities and rings of all areas; the second and the first go in step. Last come the labels without polygon.
fn candidates(
    areas: Vec<RawFeature>,
    labels: &AreaIdentities<'_>,
    report: &mut BoundaryReport,
) -> (Vec<Candidate>, Vec<Parts>, Vec<AreaIdentity>) {
    let named: Vec<_> = areas.iter().map(|area| (labels.label(&area.properties), labels.name(&area.properties))).collect();
    let mut uses: HashMap<AreaCode, Vec<usize>> = HashMap::new();
    for (index, (label, _)) in named.iter().enumerate() {
        if let Ok(label) = label {
            uses.entry(label.code.clone()).or_default().push(index);
        }
    }
    let (mut candidates, mut parts, mut unlocated) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (area, (label, name))) in areas.into_iter().zip(named).enumerate() {
        let mut notes = DefectNotes::default();
        let code = label.as_ref().ok().map(|label| label.code.clone());
        let taken = label.and_then(|label| {
            unique(index, &label.code, &uses)?;
            let rings = area.shape?.map(|polygons| from_source(polygons, &mut notes)).transpose()?;
            Ok((label, rings))
        });
        match taken {
            Err(fault) => report.rejected.push(reject(index, code.as_ref(), name, fault)),
            Ok((label, None)) => unlocated.push(label),
            Ok((label, Some(rings))) => {
                candidates.push(Candidate { index, label, notes });
                parts.push(rings);
            }
        }
    }
    for (row, label) in labels.absent() {
        match label.and_then(|label| unique(report.read + row, &label.code, &uses).map(|()| label)) {
            Err(fault) => {
                let detail = format!("row {} of the crosswalk, an area of its own: {}", row + 2, fault.detail);
                report.rejected.push(reject(report.read + row, None, None, AreaFault { detail, ..fault }));
            }
            Ok(label) => {
                uses.entry(label.code.clone()).or_default().push(report.read + row);
                unlocated.push(label);
            }
        }
    }
    report.without_polygon = unlocated.iter().map(AreaIdentity::unlocated).collect();
    (candidates, parts, unlocated)
}

/// None of several areas with one code is taken: which of them the values belong to would be a guess.
fn unique(index: usize, code: &AreaCode, uses: &HashMap<AreaCode, Vec<usize>>) -> Result<(), AreaFault> {
    let others: Vec<String> =
        uses.get(code).into_iter().flatten().filter(|other| **other != index).take(5).map(ToString::to_string).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(AreaFault::new(Reason::DuplicateCode, format!("its code {code} is also that of area {}", others.join(", "))))
}

fn mend_all(candidates: Vec<Candidate>, parts: Vec<Parts>, report: &mut BoundaryReport) -> Vec<(AreaIdentity, Parts)> {
    let mut located = Vec::with_capacity(parts.len());
    for (mut candidate, rings) in candidates.into_iter().zip(parts) {
        let code = candidate.label.code.clone();
        match mend(rings, &mut candidate.notes) {
            Err(fault) => {
                let name = candidate.label.unlocated().name;
                report.rejected.push(reject(candidate.index, Some(&code), name, fault));
            }
            Ok((mended, dissolved)) => {
                report.dissolved.extend(dissolved.then(|| code.to_string()));
                report.repaired.extend(repairs(&code, &candidate.notes));
                located.push((candidate.label, mended));
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
    let with = located.into_iter().map(|(label, parts)| (label, Some(to_geo(parts))));
    let without = unlocated.into_iter().map(|label| (label, None));
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
