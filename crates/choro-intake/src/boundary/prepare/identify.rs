//! Areas as they stand in a file -> identified areas with their rings, and rejects.

use super::{
    area_identity::{AreaIdentities, AreaIdentity},
    unite::{NamedArea, unite},
};
use crate::boundary::{
    features::{area_fault::AreaFault, feature::RawFeature, field_text::FieldText},
    geometry::rings::{DefectNotes, Parts, from_source},
    report::{BoundaryReport, CutText, Reason, RejectedArea},
};
use choro_model::AreaCode;
use std::collections::{BTreeMap, HashMap};

/// An area with a polygon.
pub struct IdentifiedArea {
    /// Its place in the file, from 0.
    pub index: usize,
    /// What it is called.
    pub identity: AreaIdentity,
    /// What is wrong with its rings, as far as it can be mended.
    pub notes: DefectNotes,
}

/// The areas of a file, sorted by whether they have a polygon.
#[derive(Default)]
pub struct IdentifiedAreas {
    /// Those with one.
    pub located: Vec<IdentifiedArea>,
    /// The rings of these, in the same order.
    pub parts: Vec<Parts>,
    /// Those without, and those that only the crosswalk knows.
    pub unlocated: Vec<AreaIdentity>,
}

/// The places of the areas that bear a code. The areas of the crosswalk count on behind those of the file.
type Uses = HashMap<AreaCode, Vec<usize>>;

/// Identifies all areas. Those that cannot be taken go to the report.
pub fn identify(
    areas: Vec<RawFeature>,
    identities: &AreaIdentities<'_>,
    unites: bool,
    report: &mut BoundaryReport,
) -> IdentifiedAreas {
    let mut named: Vec<NamedArea> =
        areas.into_iter().enumerate().map(|(index, area)| NamedArea::new(index, area, identities)).collect();
    if unites {
        report.united = unite(&mut named);
    }
    let mut uses = Uses::new();
    for area in &named {
        if let Ok(identity) = &area.identity {
            uses.entry(identity.code.clone()).or_default().push(area.index);
        }
    }
    let mut found = IdentifiedAreas::default();
    for NamedArea { index, identity, name, area } in named {
        let mut notes = DefectNotes::default();
        let code = identity.as_ref().ok().map(|identity| identity.code.clone());
        let taken = identity.and_then(|identity| {
            unique(index, &identity.code, &uses)?;
            let shape = area.shape?.filter(|shape| !shape.is_empty() || shape.others > 0);
            Ok((identity, shape.map(|shape| from_source(shape, &mut notes)).transpose()?))
        });
        match taken {
            Err(fault) => report.rejected.push(rejected(index, code.as_ref(), name, fault)),
            Ok((identity, rings)) => {
                report.cut_texts.extend(cut_texts(&identity, &area.properties));
                found.add(index, identity, rings, notes);
            }
        }
    }
    found.unlocated.extend(of_crosswalk_alone(identities, &mut uses, report));
    report.without_polygon = found.unlocated.iter().map(AreaIdentity::unlocated).collect();
    found
}

impl IdentifiedAreas {
    fn add(&mut self, index: usize, identity: AreaIdentity, rings: Option<Parts>, notes: DefectNotes) {
        match rings {
            None => self.unlocated.push(identity),
            Some(rings) => {
                self.located.push(IdentifiedArea { index, identity, notes });
                self.parts.push(rings);
            }
        }
    }
}

fn cut_texts(identity: &AreaIdentity, properties: &BTreeMap<String, FieldText>) -> Vec<CutText> {
    let cut = |(field, text): (&String, &FieldText)| match text {
        FieldText::Cut(text) => Some(CutText { code: identity.code.to_string(), field: field.clone(), text: text.clone() }),
        _ => None,
    };
    properties.iter().filter_map(cut).collect()
}

/// The areas that only the crosswalk knows.
fn of_crosswalk_alone(identities: &AreaIdentities<'_>, uses: &mut Uses, report: &mut BoundaryReport) -> Vec<AreaIdentity> {
    let mut unlocated = Vec::new();
    for (row, identity) in identities.absent() {
        let index = report.read + row;
        match identity.and_then(|identity| unique(index, &identity.code, uses).map(|()| identity)) {
            Err(fault) => {
                let detail = format!("row {} of the crosswalk, an area of its own: {}", row + 2, fault.detail);
                report.rejected.push(rejected(index, None, None, AreaFault { detail, ..fault }));
            }
            Ok(identity) => {
                uses.entry(identity.code.clone()).or_default().push(index);
                unlocated.push(identity);
            }
        }
    }
    unlocated
}

/// Refuses an area whose code others have too. None of them is taken, since it would be a guess to which of them the values belong.
fn unique(index: usize, code: &AreaCode, uses: &Uses) -> Result<(), AreaFault> {
    let others: Vec<String> =
        uses.get(code).into_iter().flatten().filter(|other| **other != index).take(5).map(ToString::to_string).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(AreaFault::new(Reason::DuplicateCode, format!("its code {code} is also that of area {}", others.join(", "))))
}

/// The entry of the report for an area that cannot be taken.
pub fn rejected(index: usize, code: Option<&AreaCode>, name: Option<String>, fault: AreaFault) -> RejectedArea {
    let remedy = fault.reason.remedy();
    RejectedArea { index, code: code.map(ToString::to_string), name, reason: fault.reason, detail: fault.detail, remedy }
}
