//! The areas above and below an area, over all sets.

use crate::serving::release::open_release::Release;
use choro_bundle::{AreaRow, CatalogSet, Vintage, encode::area::Relative};

/// How many areas above an area are named at most. It also ends a circle of parents.
const MAX_PARENTS: usize = 16;

/// An area in a vintage of a set.
#[derive(Clone, Copy)]
struct AreaInSet<'r> {
    set: &'r CatalogSet,
    vintage: &'r Vintage,
    area: &'r AreaRow,
}

impl<'r> AreaInSet<'r> {
    fn relative(self) -> Relative<'r> {
        Relative { set: &self.set.id, vintage: self.vintage.id(), area: self.area }
    }

    /// The area above: in the parent set where there is one, otherwise in the same set.
    fn above(self, release: &'r Release) -> Option<Self> {
        let code = self.area.parent.as_ref()?.as_str();
        let (set, vintage) = match &self.set.parent_set {
            None => (self.set, self.vintage),
            Some(parent) => {
                let set = release.set(parent.as_str())?;
                (set, release.bundle().vintage(parent.as_str(), Some(parent_vintage(self.set, self.vintage)?))?)
            }
        };
        let area = vintage.areas().rows().get(vintage.areas().index(code)?)?;
        Some(Self { set, vintage, area })
    }
}

/// The vintage of the parent set that has the parents of a vintage's areas.
fn parent_vintage<'r>(set: &'r CatalogSet, vintage: &Vintage) -> Option<&'r str> {
    let entry = set.vintages.iter().find(|entry| entry.id == *vintage.id())?;
    entry.parent_vintage.as_ref().map(|id| id.as_str())
}

/// The areas above an area, the nearest first.
pub(super) fn parents<'r>(
    release: &'r Release,
    set: &'r CatalogSet,
    vintage: &'r Vintage,
    area: &'r AreaRow,
) -> Vec<Relative<'r>> {
    let first = AreaInSet { set, vintage, area };
    let chain = std::iter::successors(first.above(release), |place| place.above(release));
    chain.take(MAX_PARENTS).map(AreaInSet::relative).collect()
}

/// The areas directly below an area, ordered by set and code. Of a set below, its newest vintage that belongs to this vintage is
/// used.
pub(super) fn children<'r>(
    release: &'r Release,
    set: &'r CatalogSet,
    vintage: &'r Vintage,
    area: &'r AreaRow,
) -> Vec<Relative<'r>> {
    let mut below: Vec<(&CatalogSet, &Vintage)> = Vec::new();
    if set.parent_set.is_none() {
        below.push((set, vintage));
    }
    for child in release.catalog().boundary_sets.iter().filter(|child| child.parent_set.as_ref() == Some(&set.id)) {
        let here = |entry: &&choro_bundle::CatalogVintage| entry.parent_vintage.as_ref() == Some(vintage.id());
        let newest = child.vintages.iter().rev().find(here);
        let newest = newest.and_then(|entry| release.bundle().vintage(child.id.as_str(), Some(entry.id.as_str())));
        below.extend(newest.map(|vintage| (child, vintage)));
    }
    let of_set = |(set, vintage): (&'r CatalogSet, &'r Vintage)| {
        let rows = vintage.areas().rows().iter().filter(|row| row.parent.as_ref() == Some(&area.code));
        rows.map(move |area| AreaInSet { set, vintage, area }.relative())
    };
    below.into_iter().flat_map(of_set).collect()
}
