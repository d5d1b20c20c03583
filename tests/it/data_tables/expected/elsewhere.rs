//! Statistics of Kazakhstan, of Eurostat and of the United Kingdom.

use super::{Figure, File, Set, figure};

const fn kazakhstan(
    name: &'static str,
    mapping: &'static str,
    periods: u64,
    note: &'static str,
    figures: &'static [Figure],
) -> File {
    File {
        name,
        set: Set::Kazakhstan,
        mapping,
        crosswalk: None,
        observations: 20 * 3 * periods,
        matched: 20,
        restored: 0,
        joint: 0,
        misses: &[],
        note,
        figures,
    }
}

pub const KAZAKHSTAN_2022: File = kazakhstan(
    "eaeu/kazakhstan_internal_migration_2022.csv",
    "kazakhstan_2022.toml",
    1,
    "12 names are spelt otherwise than on the map: a crosswalk",
    // Rows 5 and 20: the region and the city of one name.
    &[
        figure("arrivals", "KZ19", "2022", Some(80_064.0)),
        figure("arrivals", "KZ75", "2022", Some(129_864.0)),
        figure("net_migration", "KZ10", "2022", Some(-6403.0)),
    ],
);

pub const KAZAKHSTAN_2023: File = kazakhstan(
    "eaeu/kazakhstan_internal_migration_2023.csv",
    "kazakhstan_2023.toml",
    1,
    "as above",
    // Rows 5 and 20.
    &[figure("departures", "KZ19", "2023", Some(96_542.0)), figure("departures", "KZ75", "2023", Some(122_416.0))],
);

pub const KAZAKHSTAN_2024: File = kazakhstan(
    "eaeu/kazakhstan_internal_migration_2024.csv",
    "kazakhstan_2024.toml",
    12,
    "as above, by month",
    // Rows 4, 40, 241.
    &[
        figure("arrivals", "KZ10", "2024-03", Some(1785.0)),
        figure("arrivals", "KZ19", "2024-03", Some(9598.0)),
        figure("net_migration", "KZ79", "2024-12", Some(990.0)),
    ],
);

/// Codes of editions after 2016, and of overseas regions that the map leaves out.
const NEWER_NUTS: &[&str] = &[
    "BE224", "BE225", "BE328", "BE329", "BE32A", "BE32B", "BE32C", "BE32D", "EE009", "EE00A", "ES703", "ES704", "ES705",
    "ES706", "ES707", "ES708", "ES709", "FRY10", "FRY20", "FRY30", "FRY40", "FRY50", "HR021", "HR022", "HR023", "HR024",
    "HR025", "HR026", "HR027", "HR028", "HR050", "HR061", "HR062", "HR063", "HR064", "HR065", "ITG2D", "ITG2E", "ITG2F",
    "ITG2G", "ITG2H", "NO020", "NO074", "NO081", "NO082", "NO091", "NO092", "NO0A1", "NO0A2", "NO0A3", "NO0B1", "NO0B2",
    "PT200", "PT300",
];

const fn nuts(name: &'static str, mapping: &'static str, note: &'static str, figures: &'static [Figure]) -> File {
    File {
        name,
        set: Set::Nuts3,
        mapping,
        crosswalk: None,
        observations: 1154,
        matched: 1154,
        restored: 6,
        joint: 0,
        misses: NEWER_NUTS,
        note,
        figures,
    }
}

pub const NUTS_NET_MIGRATION: File = nuts(
    "eurostat/CH08_M04_avgcruderate_netmig.csv",
    "nuts_net_migration.toml",
    "`Dec-01` to `Dec-06` were `DEC01` to `DEC06`; codes of later editions and of overseas regions are not on the map",
    // Rows 204, 429, 434, 515.
    &[
        figure("crude_net_migration", "DE254", "2019", Some(6.4)),
        figure("crude_net_migration", "DEC01", "2019", Some(6.9)),
        figure("crude_net_migration", "DEC06", "2019", Some(5.1)),
        figure("crude_net_migration", "EL303", "2019", Some(9.0)),
    ],
);

pub const NUTS_NATURAL_CHANGE: File = nuts(
    "eurostat/CH08_M03_avgcrudrate_natchange.csv",
    "nuts_natural_change.toml",
    "as above",
    // Rows 204, 429.
    &[
        figure("crude_natural_change", "DE254", "2019", Some(-1.1)),
        figure("crude_natural_change", "DEC01", "2019", Some(-4.9)),
    ],
);

pub const NUTS_POPULATION_CHANGE: File = nuts(
    "eurostat/CH08_M01_avg_popchange.csv",
    "nuts_population_change.toml",
    "as above",
    // Rows 434, 515.
    &[figure("population_change", "DEC06", "2019", Some(-0.2)), figure("population_change", "EL303", "2019", Some(0.4))],
);

const fn uk(
    name: &'static str,
    set: Set,
    mapping: &'static str,
    regions: usize,
    observations: u64,
    figures: &'static [Figure],
) -> File {
    File {
        name,
        set,
        mapping,
        crosswalk: None,
        observations,
        matched: regions,
        restored: 0,
        joint: 0,
        misses: &[],
        note: "every row joins; the table has one country of the map",
        figures,
    }
}

pub const UK_INTERNAL_2: File = uk(
    "eurostat/net_migration_rate_internal.nuts2.csv",
    Set::Nuts2,
    "uk_internal.toml",
    41,
    410,
    &[figure("net_internal_migration_rate", "UKI3", "2018", Some(-8.53))],
);

pub const UK_INTERNAL_3: File = uk(
    "eurostat/net_migration_rate_internal.nuts3.csv",
    Set::Nuts3,
    "uk_internal.toml",
    172,
    1720,
    &[
        figure("net_internal_migration_rate", "UKI31", "2018", Some(-10.32)),
        figure("net_internal_migration_rate", "UKM50", "2009", Some(0.89)),
        // Seven regions have no figures.
        figure("net_internal_migration_rate", "UKJ13", "2018", None),
    ],
);

pub const UK_INTERNATIONAL_2: File = uk(
    "eurostat/net_migration_rate_international.nuts2.csv",
    Set::Nuts2,
    "uk_international.toml",
    41,
    410,
    &[figure("net_international_migration_rate", "UKI3", "2018", Some(16.17))],
);

pub const UK_INTERNATIONAL_3: File = uk(
    "eurostat/net_migration_rate_international.nuts3.csv",
    Set::Nuts3,
    "uk_international.toml",
    172,
    1720,
    &[figure("net_international_migration_rate", "UKI31", "2018", Some(35.08))],
);
