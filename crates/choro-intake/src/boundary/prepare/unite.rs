//! Areas of a file under one code: parts of one area, where the operator says so.

use super::area_identity::{AreaIdentities, AreaIdentity};
use crate::boundary::{
    features::{
        area_fault::AreaFault,
        feature::{RawFeature, Shape},
    },
    report::UnitedArea,
};
use choro_model::AreaCode;
use std::collections::{BTreeMap, HashMap};

/// An area of the file, and what it is called.
pub struct NamedArea {
    /// Its place in the file, from 0.
    pub index: usize,
    /// What it is called, or why that cannot be known.
    pub identity: Result<AreaIdentity, AreaFault>,
    /// A name for the report.
    pub name: Option<String>,
    /// As it stands there.
    pub area: RawFeature,
}

impl NamedArea {
    /// Finds what an area is called.
    pub fn new(index: usize, area: RawFeature, identities: &AreaIdentities<'_>) -> Self {
        Self { index, identity: identities.identity(&area.properties), name: identities.name(&area.properties), area }
    }
}

/// Puts areas of one code together in the place of the first.
pub fn unite(areas: &mut Vec<NamedArea>) -> Vec<UnitedArea> {
    let mut firsts: HashMap<AreaCode, usize> = HashMap::new();
    let mut united: BTreeMap<usize, UnitedArea> = BTreeMap::new();
    let mut kept: Vec<NamedArea> = Vec::with_capacity(areas.len());
    for area in areas.drain(..) {
        let code = area.identity.as_ref().ok().map(|identity| identity.code.clone());
        let place = code.as_ref().map(|code| *firsts.entry(code.clone()).or_insert(kept.len()));
        match (code, place.and_then(|place| Some((place, kept.get_mut(place)?)))) {
            (Some(code), Some((place, first))) => {
                let entry = united.entry(place).or_insert_with(|| UnitedArea::new(&code));
                entry.areas += 1;
                entry.differing.extend(differing(first, &area).filter(|text| !entry.differing.contains(text)));
                join(first, area);
            }
            _ => kept.push(area),
        }
    }
    *areas = kept;
    united.into_values().collect()
}

/// What another area of the code is called or belongs to, where the first says something else.
fn differing(first: &NamedArea, other: &NamedArea) -> Option<String> {
    let (Ok(first), Ok(other)) = (&first.identity, &other.identity) else { return None };
    let name = other.names.0.iter().find(|(lang, name)| first.names.0.get(*lang) != Some(*name)).map(|(_, name)| name);
    let parent = other.parent.as_ref().filter(|_| first.parent != other.parent);
    name.map(|name| format!("{name:?}")).or_else(|| parent.map(|parent| format!("parent {parent}")))
}

fn join(first: &mut NamedArea, other: NamedArea) {
    let shape = std::mem::replace(&mut first.area.shape, Ok(None));
    first.area.shape = match (shape, other.area.shape) {
        (Ok(Some(mut one)), Ok(Some(Shape { polygons, others }))) => {
            one.polygons.extend(polygons);
            one.others += others;
            Ok(Some(one))
        }
        (Ok(one), Ok(other)) => Ok(one.or(other)),
        (Err(fault), _) | (_, Err(fault)) => Err(fault),
    };
}
