//! Proposed mappings.

use super::{super::*, csv, indicators, real};
use choro_model::{Indicator, Lang};

/// Indicators whose names stand in the titles of the real files.
fn titled() -> Vec<Indicator> {
    let mut indicators = indicators();
    for (indicator, name) in indicators.iter_mut().zip(["Коэффициент миграционного прироста", "Численность населения"])
    {
        indicator.name.0.insert(Lang::new("ru").unwrap(), name.to_owned());
    }
    indicators
}

fn proposal(path: &str) -> Option<(CellTable, Proposal)> {
    let table = file::read(&real(path)?, &TableOptions::default()).unwrap();
    let proposal = propose(&table, &titled(), &|label| label.contains("область") || label.contains("край"));
    Some((table, proposal))
}

#[test]
fn the_proposals_for_real_files_work_as_they_are() {
    for (path, rows, cells, first) in [
        ("russia_stats/emiss_migration_rate_2012_2017.xls", 98, 98 * 6, ("net_migration_rate", "2012")),
        ("russia_stats/emiss_population_2012_2017.xls", 98, 98 * 6, ("population", "2012")),
        ("eaeu/kazakhstan_internal_migration_2022.csv", 20, 20 * 2, ("arrivals", "2022")),
    ] {
        let Some((table, proposal)) = proposal(path) else { continue };
        assert_eq!(proposal.open, Vec::<String>::new(), "{path}: {}", proposal.toml);
        let intake = read(&table, &proposal.mapping.unwrap(), &titled()).unwrap();
        assert!(intake.rejects.is_empty(), "{path}: {:?}", intake.rejects.list);
        assert_eq!((intake.rows, intake.cells.len()), (rows, cells), "{path}: {}", proposal.toml);
        let cell = intake.cells.all()[0];
        let selection = &intake.selections[cell.selection as usize];
        assert_eq!((selection.indicator.as_str(), selection.period.to_string().as_str()), first);
        for cell in intake.cells.all() {
            let source = table.get(cell.row as usize - 1, cell.column as usize - 1);
            assert_eq!(
                cell.cell.number().map(|n| n.to_string()).unwrap_or_default(),
                source.to_string(),
                "{path}: {cell:?}"
            );
        }
    }
}

#[test]
fn what_a_file_does_not_say_is_left_open() {
    let proposal = propose(&csv("area;a;b\nNorth;1,5;2\nSouth;2,25;3\n"), &indicators(), &|_| false);
    assert_eq!((proposal.open.len(), proposal.mapping), (2, None));
    assert!(
        proposal.toml.contains("decimal = \",\"") && proposal.toml.contains("# FILL IN indicator.value"),
        "{}",
        proposal.toml
    );
    let nothing = propose(&csv("only\ntext\nhere\n"), &indicators(), &|_| false);
    assert!(nothing.mapping.is_none() && nothing.open[0].contains("right file and sheet"));
}
