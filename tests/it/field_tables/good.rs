//! Good tables with things beside them: nothing is asked.

use super::{CASE, Case, Table, check};

const WIDE: &str = "area = { column = 'code' }\nindicator = { value = 'arrivals' }\nperiod = { header_row = 1 }\nvalue = { columns = ['2013:2014'] }";

const CASES: &[Case] = &[
    Case {
        given: "names beside codes, and what is said of all rows",
        table: Table::Fixture("c15_worldbank.csv"),
        set: "world",
        mapping: "c15.toml",
        // Two labels are no countries.
        code: 3,
        says: &["doubts that are only told: 1", "unread-column: column D \"Indicator Code\" is not read"],
        says_not: &["DOUBTS"],
        ..CASE
    },
    Case {
        given: "SDMX-CSV with headings of ids and names",
        table: Table::Fixture("c12c_unicef.csv"),
        says_not: &["DOUBTS", "rejected"],
        stored: &[("N1 arrivals 2014 _T", 410_000.0), ("N2 arrivals 2014 _T", 95_000.0)],
        ..CASE
    },
    Case {
        given: "SDMX-CSV in another order, with attributes",
        table: Table::Text(
            "order.csv",
            "REF_AREA,OBS_VALUE,NOTE_SOURCE,SEX,TIME_PERIOD,UPPER_BOUND,INDICATOR,DATAFLOW\n\
             N1,410,ABC,F,2014,420.5,ARRIVALS,XX:DF(1.0)\nN2,95,DEF,_T,2014,99.5,ARRIVALS,XX:DF(1.0)\n",
        ),
        says_not: &["DOUBTS", "rejected"],
        stored: &[("N1 arrivals 2014 F", 410.0), ("N2 arrivals 2014 _T", 95.0)],
        ..CASE
    },
    Case {
        given: "minus signs of three kinds",
        table: Table::Fixture("c40_neg_thousands.csv"),
        mapping: "c40.toml",
        says_not: &["DOUBTS", "rejected"],
        stored: &[("N1 net 2014", -1234.0), ("N2 net 2014", -95.0), ("N3 net 2014", -234.0)],
        ..CASE
    },
    Case {
        given: "names, notes, sources and other figures beside the figures",
        table: Table::Text(
            "beside.csv",
            "code,name,source,2013,2014,change,note\nN1,Northland,office,410,420,2.4,\nN2,Isles,census,95,118,24.2,revised\n\
             N3,Eastmark,office,234,241,3.0,\nN4,Westmark,office,77,80,3.9,see below\n",
        ),
        mapping: WIDE,
        says_not: &["DOUBTS"],
        ..CASE
    },
    Case {
        given: "balances that pass through zero",
        table: Table::Text("net.csv", "code,2013,2014\nN1,-410,420\nN2,30,-31000\nN3,234,-241\nN4,0,80\n"),
        mapping: "area = { column = 1 }\nindicator = { value = 'net' }\nperiod = { header_row = 1 }\nvalue = { columns = ['B:'] }",
        says_not: &["DOUBTS"],
        ..CASE
    },
];

#[test]
fn nothing_is_asked_about_a_good_table() {
    CASES.iter().for_each(check);
}
