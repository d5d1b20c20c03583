//! Tables that cannot be taken as they are: the cause is named, and what the report says works when it is typed.

use super::{CASE, Case, Table, check};

const WIDE: &str =
    "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }";
const POPULATION: &str = "decimal = ','\narea = { column = 1 }\nindicator = { value = 'population' }\nperiod = { header_row = 1 }\nvalue = { column = 2 }";

const STATES: &str = "area = { column = 'id' }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['2014'] }";
const STATES_BY_NUMBERS: &str = "area = { column = 'id', restore = ['leading-zeros:2'] }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['2014'] }";
const STATE_FIGURES: [(&str, f64); 6] = [
    ("01 arrivals 2014 _T", 10.0),
    ("02 arrivals 2014 _T", 20.0),
    ("04 arrivals 2014 _T", 30.0),
    ("05 arrivals 2014 _T", 40.0),
    ("06 arrivals 2014 _T", 50.0),
    ("08 arrivals 2014 _T", 60.0),
];

const CASES: &[Case] = &[
    Case {
        given: "codes with decimals and without zeros",
        table: Table::Fixture("c18_float_codes.csv"),
        set: "de",
        mapping: "c18.toml",
        code: 4,
        says: &["\"1001.0\": no such code or name; nearest: 01001 Flensburg (code turned into a decimal number, 1.00)"],
        typed: &["area.restore = [\"leading-zeros:5\"]"],
        stored: &[
            ("01001 population 2014", 85942.0),
            ("01002 population 2014", 246_306.0),
            ("02000 population 2014", 1_787_408.0),
            ("16077 population 2014", 92344.0),
        ],
        ..CASE
    },
    Case {
        given: "codes that were rounded",
        table: Table::Fixture("c19_scientific.csv"),
        set: "de",
        mapping: POPULATION,
        code: 4,
        says: &["codes such as \"4,7E+10\" were rounded by a spreadsheet, and their last digits are lost"],
        says_not: &["restore", "fetch"],
        ..CASE
    },
    Case {
        given: "codes as powers of ten, with all their digits",
        table: Table::Text("powers.csv", "ags;2014\n1,001E+03;5\n1.6077E4;6\n"),
        set: "de",
        mapping: POPULATION,
        code: 4,
        typed: &["area.restore = [\"leading-zeros:5\"]"],
        stored: &[("01001 population 2014", 5.0), ("16077 population 2014", 6.0)],
        ..CASE
    },
    Case {
        given: "likewise, and one of them twice",
        table: Table::Fixture("c19b.csv"),
        set: "de",
        mapping: "area = { column = 1, restore = ['leading-zeros:5'] }\nindicator = { value = 'population' }\nperiod = { header_row = 1 }\nvalue = { column = 2 }",
        code: 3,
        says: &["CONTRADICTIONS", "16077 population 2014: row 3 column 2: 6, row 4 column 2: 7"],
        ..CASE
    },
    Case {
        given: "signs around numbers",
        table: Table::Fixture("c21_signs.csv"),
        mapping: "c21.toml",
        code: 3,
        says: &[
            "\"(410)\": value.brackets: if brackets stand for a minus",
            "\"12-\": value.minus_behind",
            "\"+5%\": value.percent: it is a percentage, and the indicator is a count",
            "take the character U+200B out of the cell",
        ],
        says_not: &["declare footnote signs"],
        typed: &["negative = [\"(12)\"]", "thousands = \"'\"", "marks.footnotes = { \"a\" = \"\" }"],
        then: &["--skip-rejects"],
        stored: &[
            ("N1 net 2014", -410.0),
            ("N2 net 2014", -95.0),
            ("N3 net 2014", 1234.0),
            ("N4 net 2014", 1234.0),
            ("N4 net 2015", 1234.0),
            ("N5 net 2015", 5.0),
        ],
        ..CASE
    },
    Case {
        given: "a minus behind its number, which is declared to be a footnote",
        table: Table::Fixture("c21_signs.csv"),
        mapping: "c21f.toml",
        code: 3,
        says: &["\"12-\": value.minus_behind", "\"(410)\": value.brackets", "\"+5%\": value.percent"],
        typed: &["negative = [\"12-\"]"],
        then: &["--skip-rejects"],
        stored: &[("N1 net 2015", -12.0), ("N2 net 2014", -95.0), ("N3 net 2014", 1234.0), ("N4 net 2014", 1234.0)],
        ..CASE
    },
    Case {
        given: "thousands by an apostrophe",
        table: Table::Fixture("c21_signs.csv"),
        mapping: "c21g.toml",
        code: 3,
        then: &["--skip-rejects"],
        stored: &[("N2 net 2014", -95.0), ("N3 net 2014", 1234.0), ("N4 net 2014", 1234.0), ("N4 net 2015", 1234.0)],
        ..CASE
    },
    Case {
        given: "percentages of a share",
        table: Table::Text("percent.csv", "region;2014\nNorthland;12,5%\nIsles;+5 %\n"),
        mapping: "decimal = ','\narea = { column = 1 }\nindicator = { value = 'share' }\nperiod = { header_row = 1 }\nvalue = { column = 2 }",
        says_not: &["DOUBTS", "rejected"],
        stored: &[("N1 share 2014", 12.5), ("N2 share 2014", 5.0)],
        ..CASE
    },
    Case {
        given: "thousands between points twice",
        table: Table::Text("millions.csv", "region;2014\nNorthland;1.234.567\nIsles;1.234\n"),
        mapping: WIDE,
        code: 5,
        says: &["value.thousands: '.' stands between thousands: write decimal = \",\" and thousands = \".\" in the mapping"],
        typed: &["decimal = \",\"", "thousands = \".\""],
        stored: &[("N1 arrivals 2014 _T", 1_234_567.0), ("N2 arrivals 2014 _T", 1234.0)],
        ..CASE
    },
    Case {
        given: "a row of units below the headings",
        table: Table::Fixture("c26_units.csv"),
        mapping: "c26.toml",
        code: 3,
        says: &["row 2 holds no figures; if it is a heading, as one of units"],
        says_not: &["last_row"],
        typed: &["first_row = 3"],
        stored: &[
            ("N1 arrivals 2014 _T", 410.0),
            ("N1 arrivals 2015 _T", 420.0),
            ("N2 arrivals 2014 _T", 95.0),
            ("N2 arrivals 2015 _T", 118.0),
            ("N3 arrivals 2014 _T", 234.0),
            ("N3 arrivals 2015 _T", 241.0),
        ],
        ..CASE
    },
    Case {
        given: "a row of units that has a label",
        table: Table::Text("units.csv", "region;2014\nЕдиница;человек\nNorthland;410\n"),
        mapping: WIDE,
        code: 3,
        typed: &["first_row = 3"],
        stored: &[("N1 arrivals 2014 _T", 410.0)],
        ..CASE
    },
    Case {
        given: "a column of changes among the years",
        table: Table::Fixture("c34_change.csv"),
        mapping: "decimal = ','\narea = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        code: 1,
        says: &["column D \"Change 2015, %\"", "to leave out what is no period"],
        typed: &["value.columns = [\"B:C\"]"],
        stored: &[
            ("N1 arrivals 2014 _T", 410.0),
            ("N1 arrivals 2015 _T", 420.0),
            ("N2 arrivals 2014 _T", 95.0),
            ("N2 arrivals 2015 _T", 118.0),
            ("N3 arrivals 2014 _T", 234.0),
            ("N3 arrivals 2015 _T", 241.0),
        ],
        ..CASE
    },
    Case {
        given: "powers of ten",
        table: Table::Fixture("c44_exp.csv"),
        mapping: WIDE,
        code: 3,
        says: &["rounded-numbers", "\"2D3\": value.exponent: if D stands before a power of ten, write 2E3 in its place"],
        then: &["--skip-rejects"],
        stored: &[("N1 arrivals 2014 _T", 100_000.0), ("N2 arrivals 2014 _T", 410.0)],
        ..CASE
    },
    Case {
        given: "a code and a name in one cell, below a heading that is no period",
        table: Table::Fixture("c45_code_name.csv"),
        set: "de",
        mapping: "c45.toml",
        code: 1,
        says: &["column B \"total\"", "if the whole file is of one period, write it as period.value"],
        ..CASE
    },
    Case {
        given: "a code and a name in one cell",
        table: Table::Fixture("c45_code_name.csv"),
        set: "de",
        mapping: "short.toml",
        code: 4,
        says: &["nearest: 01001 Flensburg (part of the label, 1.00)"],
        typed: &["area.split = [\"()\", \" \"]"],
        stored: &[("01001 population 2014", 100.0), ("01002 population 2014", 200.0), ("02000 population 2014", 300.0)],
        ..CASE
    },
    Case {
        given: "two names in one cell, parted by a sign that was taken for that between cells",
        table: Table::Fixture("c28_bilingual.csv"),
        mapping: "c28.toml",
        code: 1,
        says: &["if that is wrong, write delimiter = \",\""],
        ..CASE
    },
    Case {
        given: "two names in one cell",
        table: Table::Fixture("c28_bilingual.csv"),
        mapping: "delimiter = ','\narea = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B'] }",
        code: 4,
        typed: &["area.split = [\"|\"]"],
        stored: &[("N1 arrivals 2014 _T", 410.0), ("N2 arrivals 2014 _T", 95.0), ("N3 arrivals 2014 _T", 234.0)],
        ..CASE
    },
    Case {
        given: "two names in one cell, with a slash",
        table: Table::Fixture("c28b_bilingual_slash.csv"),
        mapping: "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B'] }",
        code: 4,
        typed: &["area.split = [\"/\"]"],
        stored: &[("N1 arrivals 2014 _T", 410.0), ("N2 arrivals 2014 _T", 95.0), ("N3 arrivals 2014 _T", 234.0)],
        ..CASE
    },
    Case {
        given: "numbers that only look like codes, beside names",
        table: Table::Fixture("c38_numeric_state_ids.csv"),
        set: "states",
        mapping: STATES,
        code: 4,
        says: &["\"1\": no such code or name; nearest: 01 Alabama (leading zeros lost, 1.00)"],
        typed: &["area.column = \"B\""],
        stored: &STATE_FIGURES,
        ..CASE
    },
    Case {
        given: "likewise, with zeros put before the numbers: Arkansas would become Arizona",
        table: Table::Fixture("c38_numeric_state_ids.csv"),
        set: "states",
        mapping: STATES_BY_NUMBERS,
        code: 5,
        says: &["other-names", "row 5 \"4\" is 04 Arizona, and there stands \"Arkansas\""],
        typed: &["area.column = \"B\""],
        stored: &STATE_FIGURES,
        ..CASE
    },
    Case {
        given: "codes in two columns of digits",
        table: Table::Text("parts.csv", "STATE,COUNTY,2014\n1,1,10\n2,0,20\n16,77,30\n"),
        set: "de",
        mapping: "area = { column = ['STATE', 'COUNTY'] }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['2014'] }",
        code: 4,
        typed: &["area.widths = [2, 3]"],
        stored: &[("01001 arrivals 2014 _T", 10.0), ("02000 arrivals 2014 _T", 20.0), ("16077 arrivals 2014 _T", 30.0)],
        ..CASE
    },
];

#[test]
fn each_remedy_works_when_it_is_typed() {
    CASES.iter().for_each(check);
}
