//! The sixth phase: the tables of a group become files of the bundle and entries of its catalogue.

use super::tables::{Absent, Protected, ProtectedTable, Written};
use choro_bundle::{Build, BundleError, Origin, Unavailable, ValuesInput};
use choro_model::{SetId, VintageId};

/// Writes what may be published of a group, and says in the catalogue what there is not.
pub(super) fn write<'a>(build: &mut Build, protected: Protected<'a>) -> Result<Written<'a>, BundleError> {
    let tables = protected.tables.iter().map(Entry::Table);
    let mut entries: Vec<Entry<'_>> = tables.chain(protected.absent.iter().map(Entry::Absent)).collect();
    entries.sort_by_key(Entry::place);
    for entry in entries {
        match entry {
            Entry::Table(ProtectedTable { table, indicator, origin, gaps, reliability }) => {
                build.add_values(ValuesInput { table, indicator, origin: origin.as_ref(), gaps, reliability })?;
            }
            Entry::Absent(absent) => build.unavailable(unavailable(absent)),
        }
    }
    Ok(Written { tables: protected.tables, last_import: protected.last_import })
}

/// What the catalogue is told.
enum Entry<'p> {
    Table(&'p ProtectedTable<'p>),
    Absent(&'p Absent<'p>),
}

impl<'p> Entry<'p> {
    /// Where it stands in the catalogue: the vintage of the figures first, then the other ones in their order.
    fn place(&self) -> (&'p SetId, bool, &'p VintageId) {
        match self {
            Self::Table(ProtectedTable { table, origin, .. }) => {
                (table.set(), matches!(origin, Some(Origin::Restated { .. })), table.vintage())
            }
            Self::Absent(absent) => (absent.set, true, absent.vintage),
        }
    }
}

fn unavailable<'p>(absent: &'p Absent<'_>) -> Unavailable<'p> {
    Unavailable {
        set: absent.set,
        vintage: absent.vintage,
        from: (&absent.from.0, &absent.from.1),
        indicator: absent.indicator,
        period: absent.period,
        reason: &absent.reason,
    }
}
