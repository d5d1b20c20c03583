//! Periods that can be read in two ways, or in none.

use super::{CASE, Case, Table, check};

const CASES: &[Case] = &[
    Case {
        given: "years that end in the next one, as months",
        table: Table::Fixture("c03_fiscal_wide.csv"),
        mapping: "c03.toml",
        code: 5,
        says: &["split-years: 2009-10, 2010-11, 2011-12 are read as months"],
        typed: &["period.values = { \"2009-10\" = \"2009\", \"2010-11\" = \"2010\", \"2011-12\" = \"2011\" }"],
        stored: &[
            ("N1 arrivals 2009 _T", 410.0),
            ("N1 arrivals 2010 _T", 420.0),
            ("N1 arrivals 2011 _T", 430.0),
            ("N2 arrivals 2009 _T", 95.0),
            ("N2 arrivals 2010 _T", 118.0),
            ("N2 arrivals 2011 _T", 120.0),
            ("N3 arrivals 2009 _T", 234.0),
            ("N3 arrivals 2010 _T", 241.0),
            ("N3 arrivals 2011 _T", 250.0),
            ("N4 arrivals 2009 _T", 77.0),
            ("N4 arrivals 2010 _T", 80.0),
            ("N4 arrivals 2011 _T", 82.0),
        ],
        ..CASE
    },
    Case {
        given: "years that end in the next one, of which one is no month",
        table: Table::Text("split.csv", "Region,2011-12,2012-13\nNorthland,1,2\n"),
        mapping: "header_row = 1\narea = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:C'] }",
        code: 1,
        says: &["it is a year that begins in 2012 and ends in 2013"],
        typed: &["period.values = { \"2011-12\" = \"2011\", \"2012-13\" = \"2012\" }"],
        stored: &[("N1 arrivals 2011 _T", 1.0), ("N1 arrivals 2012 _T", 2.0)],
        ..CASE
    },
    Case {
        given: "real months",
        table: Table::Text("months.csv", "Region,2011-10,2011-11,2011-12\nNorthland,1,2,3\n"),
        mapping: "c03.toml",
        says_not: &["DOUBTS"],
        stored: &[("N1 arrivals 2011-10 _T", 1.0), ("N1 arrivals 2011-11 _T", 2.0), ("N1 arrivals 2011-12 _T", 3.0)],
        ..CASE
    },
    Case {
        given: "sums since January, nine months among them",
        table: Table::Fixture("c17_cumulative.csv"),
        mapping: "c17.toml",
        code: 1,
        says: &["column D \"январь-сентябрь 2016\"", "it is 9 months"],
        says_not: &["observations"],
        typed: &["value.columns = [\"B:C\", \"E\"]"],
        then: &["--accept", "mixed-periods"],
        stored: &[
            ("N1 arrivals 2016-Q1 _T", 100.0),
            ("N1 arrivals 2016-S1 _T", 210.0),
            ("N1 arrivals 2016 _T", 450.0),
            ("N2 arrivals 2016-Q1 _T", 10.0),
            ("N2 arrivals 2016-S1 _T", 21.0),
            ("N2 arrivals 2016 _T", 45.0),
            ("N3 arrivals 2016-Q1 _T", 20.0),
            ("N3 arrivals 2016-S1 _T", 40.0),
            ("N3 arrivals 2016 _T", 80.0),
        ],
        ..CASE
    },
    Case {
        given: "sums since January of three kinds",
        table: Table::Text("sums.csv", "Region;I квартал 2016;1 полугодие 2016;2016 год\nNorthland;100;210;450\n"),
        mapping: "c03.toml",
        code: 5,
        says: &[
            "mixed-periods: arrivals has years (2016), half-years (2016-S1), quarters (2016-Q1)",
            "\"I квартал 2016\" is 2016-Q1",
        ],
        ..CASE
    },
    Case {
        given: "months by their names",
        table: Table::Fixture("c17c_months.csv"),
        mapping: "c03.toml",
        says: &["\"Jan 2014\" is 2014-01"],
        says_not: &["DOUBTS"],
        stored: &[
            ("N1 arrivals 2014-01 _T", 80.0),
            ("N1 arrivals 2015-01 _T", 90.0),
            ("N1 arrivals 2016-01 _T", 100.0),
            ("N2 arrivals 2014-01 _T", 8.0),
            ("N2 arrivals 2015-01 _T", 9.0),
            ("N2 arrivals 2016-01 _T", 10.0),
            ("N3 arrivals 2014-01 _T", 16.0),
            ("N3 arrivals 2015-01 _T", 18.0),
            ("N3 arrivals 2016-01 _T", 20.0),
        ],
        ..CASE
    },
    Case {
        given: "years of the Buddhist calendar",
        table: Table::Fixture("c33_thai.csv"),
        mapping: "c33.toml",
        code: 5,
        says: &["other-calendar", "Buddhist"],
        typed: &["period.values = { \"2556\" = \"2013\", \"2557\" = \"2014\", \"2558\" = \"2015\" }"],
        stored: &[
            ("N1 arrivals 2013 _T", 410.0),
            ("N1 arrivals 2014 _T", 420.0),
            ("N1 arrivals 2015 _T", 430.0),
            ("N2 arrivals 2013 _T", 95.0),
            ("N2 arrivals 2014 _T", 118.0),
            ("N2 arrivals 2015 _T", 120.0),
            ("N3 arrivals 2013 _T", 234.0),
            ("N3 arrivals 2014 _T", 241.0),
            ("N3 arrivals 2015 _T", 250.0),
        ],
        ..CASE
    },
    Case {
        given: "days for years",
        table: Table::Fixture("c10_year_dates.csv"),
        mapping: "c10.toml",
        code: 5,
        says: &["days-for-years"],
        typed: &["period.values = { \"2013-01-01\" = \"2013\", \"2014-01-01\" = \"2014\", \"2015-01-01\" = \"2015\" }"],
        stored: &[
            ("N1 arrivals 2013 _T", 410.0),
            ("N1 arrivals 2014 _T", 415.0),
            ("N1 arrivals 2015 _T", 419.0),
            ("N2 arrivals 2013 _T", 95.0),
            ("N2 arrivals 2014 _T", 100.0),
            ("N2 arrivals 2015 _T", 104.0),
            ("N3 arrivals 2013 _T", 234.0),
            ("N3 arrivals 2014 _T", 239.0),
            ("N3 arrivals 2015 _T", 243.0),
        ],
        ..CASE
    },
    Case {
        given: "a year above its months",
        table: Table::Fixture("c35_year_over_month.csv"),
        mapping: "c35.toml",
        says_not: &["DOUBTS"],
        stored: &[
            ("N1 arrivals 2014-01 _T", 100.0),
            ("N1 arrivals 2014-02 _T", 110.0),
            ("N1 arrivals 2014-03 _T", 120.0),
            ("N1 arrivals 2015-01 _T", 130.0),
            ("N1 arrivals 2015-02 _T", 140.0),
            ("N1 arrivals 2015-03 _T", 150.0),
            ("N2 arrivals 2014-01 _T", 10.0),
            ("N2 arrivals 2014-02 _T", 11.0),
            ("N2 arrivals 2014-03 _T", 12.0),
            ("N2 arrivals 2015-01 _T", 13.0),
            ("N2 arrivals 2015-02 _T", 14.0),
            ("N2 arrivals 2015-03 _T", 15.0),
            ("N3 arrivals 2014-01 _T", 20.0),
            ("N3 arrivals 2014-02 _T", 21.0),
            ("N3 arrivals 2014-03 _T", 22.0),
            ("N3 arrivals 2015-01 _T", 23.0),
            ("N3 arrivals 2015-02 _T", 24.0),
            ("N3 arrivals 2015-03 _T", 25.0),
        ],
        ..CASE
    },
    Case {
        given: "a year beside its quarter",
        table: Table::Text(
            "beside.csv",
            "region,year,quarter,value\nNorthland,2014,1,5\nNorthland,2014,2,6\nIsles,2014,1,7\n",
        ),
        mapping: "area = { column = 1 }\nindicator = { value = 'arrivals' }\nperiod = { column = ['year', 'quarter'] }\nvalue = { column = 'value' }",
        says_not: &["DOUBTS"],
        stored: &[("N1 arrivals 2014-Q1 _T", 5.0), ("N1 arrivals 2014-Q2 _T", 6.0), ("N2 arrivals 2014-Q1 _T", 7.0)],
        ..CASE
    },
];

#[test]
fn a_period_is_read_as_what_it_says_or_left_open_and_never_shortened_to_its_year() {
    CASES.iter().for_each(check);
}
