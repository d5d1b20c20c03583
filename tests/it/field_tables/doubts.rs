//! Tables that can be read, and that may be a mishap.

use super::{CASE, Case, Table, check};

const CASES: &[Case] = &[
    Case {
        given: "thousands between decimal points",
        table: Table::Fixture("c04_dot_thousands.csv"),
        mapping: "c04.toml",
        code: 5,
        says: &["thousands-sign: population", "row 2, column C \"12.345\"", "--accept thousands-sign"],
        typed: &["decimal = \",\"", "thousands = \".\""],
        stored: &[
            ("N1 population 2011", 12345.0),
            ("N2 population 2011", 1234.0),
            ("N3 population 2011", 98765.0),
            ("N4 population 2011", 7801.0),
        ],
        ..CASE
    },
    Case {
        given: "thousands between decimal points, beside a small value",
        table: Table::Fixture("c04c_dot_thousands_small.csv"),
        mapping: "c04.toml",
        code: 5,
        says: &["thousands-sign"],
        typed: &["decimal = \",\"", "thousands = \".\""],
        stored: &[
            ("N1 population 2011", 12345.0),
            ("N2 population 2011", 987.0),
            ("N3 population 2011", 98765.0),
            ("N4 population 2011", 7801.0),
        ],
        ..CASE
    },
    Case {
        given: "three decimals of a share",
        table: Table::Text("shares.csv", "code,2014\nN1,12.345\nN2,9.871\n"),
        mapping: "area = { column = 1 }\nindicator = { value = 'share' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        says_not: &["DOUBTS"],
        stored: &[("N1 share 2014", 12.345), ("N2 share 2014", 9.871)],
        ..CASE
    },
    Case {
        given: "thousands of persons with decimals",
        table: Table::Text("thousands.csv", "code;2014\nN1;410,5\nN2;95,1\n"),
        mapping: "decimal = ','\narea = { column = 1 }\nindicator = { value = 'population' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        code: 5,
        says: &["fractions: population is a count without decimals", "row 2, column B \"410,5\""],
        typed: &["power = { value = 3 }"],
        stored: &[("N1 population 2014", 410_500.0), ("N2 population 2014", 95_100.0)],
        ..CASE
    },
    Case {
        given: "codes of another list beside names",
        table: Table::Fixture("c05_fips.csv"),
        set: "cc",
        mapping: "c05.toml",
        code: 5,
        says: &["other-names", "row 3 \"CH\" is CH Switzerland, and there stands \"China\"", "matched: 5 of 5"],
        typed: &["area.column = \"B\""],
        stored: &[
            ("AT net 2014", 70694.0),
            ("CN net 2014", -1_800_000.0),
            ("DE net 2014", 659_000.0),
            ("NG net 2014", -300_000.0),
            ("NE net 2014", -28_000.0),
        ],
        ..CASE
    },
    Case {
        given: "one namesake's values on the other",
        table: Table::Fixture("c11_namesakes.csv"),
        set: "districts",
        mapping: "c11.toml",
        code: 5,
        says: &[
            "other-parents: column A \"oblast\"",
            "row 8 \"Советский район\" is A-1 Советский район, and there stands \"B\"",
        ],
        ..CASE
    },
    Case {
        given: "a name that two areas have",
        table: Table::Fixture("c11_namesakes.csv"),
        set: "twins",
        mapping: "c11.toml",
        code: 3,
        says: &["several areas have this name; nearest: A-1 Советский район (same name, 1.00), B-1 Советский район"],
        ..CASE
    },
    Case {
        given: "two tables side by side",
        table: Table::Fixture("c27c_side_ranking.csv"),
        mapping: "c27c.toml",
        code: 5,
        says: &["other-names: column D \"Region\"", "row 2 \"Northland\" is N1 Northland, and there stands \"Westmark\""],
        ..CASE
    },
    Case {
        given: "women in a column that is not read",
        table: Table::Fixture("c31_part.csv"),
        mapping: "c31.toml",
        code: 5,
        says: &["unread-dimension: column B \"sex\" is not read, and says \"F\""],
        typed: &["dimensions.sex = { column = \"B\" }"],
        stored: &[("N1 arrivals 2014 F", 200.0), ("N2 arrivals 2014 F", 40.0), ("N3 arrivals 2014 F", 110.0)],
        ..CASE
    },
    Case {
        given: "sexes under words of another language",
        table: Table::Text(
            "пол.csv",
            "region;Пол;2014\nNorthland;Женщины;200\nNorthland;Мужчины;210\nIsles;Женщины;40\nIsles;Мужчины;55\n",
        ),
        mapping: "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['C:'] }",
        code: 5,
        says: &["unread-dimension", "rows 2 and 3"],
        typed: &["dimensions.sex = { column = \"B\", values = { \"Женщины\" = \"F\", \"Мужчины\" = \"M\" } }"],
        stored: &[
            ("N1 arrivals 2014 F", 200.0),
            ("N1 arrivals 2014 M", 210.0),
            ("N2 arrivals 2014 F", 40.0),
            ("N2 arrivals 2014 M", 55.0),
        ],
        ..CASE
    },
    Case {
        given: "an age of which the indicator knows nothing",
        table: Table::Text("age.csv", "region,age,year,value\nNorthland,15-24,2014,20\nIsles,15-24,2014,4\n"),
        mapping: "c31.toml",
        code: 5,
        says: &["unread-dimension: column B \"age\" is not read, and says \"15-24\""],
        ..CASE
    },
    Case {
        given: "the rows of all ages beside those of one",
        table: Table::Text(
            "all.csv",
            "region,age,year,value\nNorthland,Total,2014,200\nNorthland,65+,2014,20\nIsles,Total,2014,40\nIsles,65+,2014,4\n",
        ),
        mapping: "c31.toml",
        code: 5,
        says: &["unread-dimension"],
        typed: &["only = [{ column = \"B\", values = [\"Total\"] }]"],
        stored: &[("N1 arrivals 2014 _T", 200.0), ("N2 arrivals 2014 _T", 40.0)],
        ..CASE
    },
    Case {
        given: "a figure a thousand times that of the year before",
        table: Table::Text("cell.csv", "code,2013,2014\nN1,410,420\nN2,95,118000\nN3,234,241\nN4,77,80\n"),
        mapping: "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        code: 5,
        says: &["thousandfold: arrivals", "N2 has 95 in 2013, and 118000 in 2014"],
        ..CASE
    },
    Case {
        given: "few persons who become many",
        table: Table::Text("camp.csv", "code,2013,2014\nN1,410,420\nN2,9,9500\nN3,234,241\nN4,77,80\n"),
        mapping: "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        says_not: &["DOUBTS"],
        ..CASE
    },
    Case {
        given: "SDMX-CSV of one age, which stands behind the value",
        table: Table::Fixture("c12_sdmx_after.csv"),
        code: 3,
        says: &["AGE may be a dimension, and no indicator has it", "rejected: 3"],
        ..CASE
    },
    Case { given: "likewise", table: Table::Fixture("c12d_sdmx_after.csv"), code: 3, says: &["rejected: 2"], ..CASE },
    Case {
        given: "likewise, before it",
        table: Table::Fixture("c12b_sdmx_before.csv"),
        code: 3,
        says: &["rejected: 1"],
        ..CASE
    },
    Case {
        given: "SDMX-CSV with codes of something that nobody knows",
        table: Table::Text(
            "unknown.csv",
            "DATAFLOW,FREQ,REF_AREA,TIME_PERIOD,OBS_VALUE,LEG_STATUS\nXX:ARRIVALS(1.0),A,N1,2014,410,REG\nXX:ARRIVALS(1.0),A,N2,2014,95,REG\n",
        ),
        code: 5,
        says: &["unread-dimension: column F \"LEG_STATUS\" has codes, as \"REG\""],
        ..CASE
    },
    Case {
        given: "no row of the set",
        table: Table::Fixture("c05_fips.csv"),
        mapping: "c05.toml",
        arguments: &["--skip-rejects"],
        code: 4,
        says: &["nothing was stored: no row found an area", "--set"],
        ..CASE
    },
];

#[test]
fn what_may_be_a_mishap_is_asked_about_and_right_when_it_is_mended_as_the_report_says() {
    CASES.iter().for_each(check);
}
