//! Statistics of Russia.

use super::{File, Set, figure};

const BY_EMISS_NAME: Option<&str> = Some("russia_adm1/region_codes.csv:name_emiss=iso_3166_2");

pub const EMISS_RATE: File = File {
    name: "russia_stats/emiss_migration_rate_2012_2017.xls",
    set: Set::Subjects,
    mapping: "../emiss_migration_rate.toml",
    crosswalk: BY_EMISS_NAME,
    observations: 85 * 6,
    matched: 85,
    restored: 0,
    joint: 0,
    misses: &[],
    note: "two subjects take the rows without their okrugs; two have no polygon",
    // Rows 33 and 101.
    figures: &[
        figure("net_migration_rate", "RU-LEN", "2014", Some(120.35)),
        figure("net_migration_rate", "RU-CHU", "2017", Some(-132.3)),
    ],
};

pub const EMISS_POPULATION: File = File {
    name: "russia_stats/emiss_population_2012_2017.xls",
    set: Set::Subjects,
    mapping: "emiss_population.toml",
    crosswalk: BY_EMISS_NAME,
    observations: 85 * 6,
    matched: 85,
    restored: 0,
    joint: 0,
    misses: &[],
    note: "as above; the unit stands in the first column",
    // Rows 7, 30 (not the larger total of row 28), 42, 102.
    figures: &[
        figure("population", "RU-BEL", "2012", Some(1_536_073.0)),
        figure("population", "RU-ARK", "2013", Some(1_159_506.0)),
        figure("population", "UA-43", "2014", None),
        figure("population", "RU-CHU", "2017", Some(49_822.0)),
    ],
};

pub const EMISS_NATURAL_INCREASE: File = File {
    name: "russia_stats/emiss_natural_increase_2007_2023.xls",
    set: Set::Subjects,
    mapping: "emiss_natural_increase.toml",
    crosswalk: BY_EMISS_NAME,
    observations: 85 * 17,
    matched: 85,
    restored: 0,
    joint: 0,
    misses: &[],
    note: "as above; the rows without okrugs have other names here",
    // Rows 29, 73 (empty in 2023), 99.
    figures: &[
        figure("natural_increase", "RU-ARK", "2020", Some(-7297.0)),
        figure("natural_increase", "RU-KHM", "2023", None),
        figure("natural_increase", "RU-CHU", "2007", Some(206.0)),
    ],
};

pub const MVD_REGIONS: File = File {
    name: "russia_stats/mvd_migration_2016.xls",
    set: Set::Subjects,
    mapping: "mvd_regions.toml",
    crosswalk: Some("russia_adm1/region_codes.csv:name_mvd=iso_3166_2"),
    observations: 85 * 8,
    matched: 83,
    restored: 0,
    joint: 1,
    misses: &[],
    note: "one row counts a city and the oblast around it together: both are missing",
    // Rows 24, 36 (without the okrug, which has row 37), 40, 105.
    figures: &[
        figure("registered", "RU-MOW", "2016", Some(3_270_254.0)),
        figure("first_registered&purpose=WORK", "RU-MOW", "2016", Some(1_670_626.0)),
        figure("deregistered", "RU-ARK", "2016", Some(22_308.0)),
        figure("registered", "RU-SPE", "2016", None),
        figure("first_registered&purpose=TOURISM", "RU-CHU", "2016", Some(101.0)),
    ],
};

pub const MVD_COUNTRIES: File = File {
    name: "russia_stats/mvd_migration_2016.xls",
    set: Set::World,
    mapping: "mvd_countries.toml",
    crosswalk: None,
    observations: 236 * 2,
    matched: 236,
    restored: 0,
    joint: 0,
    misses: &[
        "Абхазия",
        "Бонэйр, Синт-Эстатиус и Саба",
        "Гваделупа",
        "Гибралтар",
        "Кокосовые (Килинг) острова",
        "Майотта",
        "Малые Тихоокеанские Отдаленные острова Соединенных Штатов",
        "Мартиника",
        "Нагорно-Карабахская Республика",
        "Остров Буве",
        "Остров Рождества",
        "Приднестровская Молдавская Республика",
        "Реюньон",
        "Сент-Пьер и Микелон",
        "Токелау",
        "Тувалу",
        "Французская Гвиана",
        "Шпицберген и Ян Майен",
        "Южная Осетия",
    ],
    note: "its second sheet, by citizenship: the map draws some territories within other countries or not at all, and the table \
           has one under two names",
    // Rows 108, 206 (the second name of row 202), 234.
    figures: &[
        figure("registered", "CHN", "2016", Some(1_288_519.0)),
        figure("deregistered", "UZB", "2016", Some(2_226_164.0)),
        figure("registered", "SPM", "2016", Some(0.0)),
        figure("registered", "RUS", "2016", None),
    ],
};

pub const ARCTIC_INDICATORS: File = File {
    name: "russia_stats/arctic_municipal_indicators_1939_2022.csv",
    set: Set::Arctic,
    mapping: "arctic_indicators.toml",
    crosswalk: None,
    observations: 73 * 19 * 6,
    matched: 73,
    restored: 0,
    joint: 0,
    misses: &["11851000", "77701000"],
    note: "two towns have no polygon; 6 of the 64 columns are taken, and only rows of municipalities; four codes have lost \
           their leading zero, in the table as on the map",
    // Rows 1007, 1008 and 304.
    figures: &[
        figure("arrivals", "4729000", "2021", Some(11_955.0)),
        figure("arrivals", "47608000", "2021", Some(836.0)),
        figure("departures", "47608000", "2021", Some(1287.0)),
        figure("net_migration&reach=INTL", "47608000", "2021", Some(-6.0)),
        figure("arrivals", "47608000", "2022", None),
    ],
};
