//! Breaks in a series whose figures are restated or summed: a figure has one flag, and its parts may have several.

use super::*;

/// Which areas have a change across a break.
fn across(server: &Server, set: &str, [from, period, borders]: [&str; 3]) -> Vec<u64> {
    let legend = server.json(&format!("/legends/people.json?set={set}&from={from}&period={period}&borders={borders}"));
    let flags = legend["flags"].as_array().unwrap();
    let rows = flags.iter().filter(|entry| entry["flag"] == "B").flat_map(|entry| entry["rows"].as_array().unwrap());
    rows.map(|row| row.as_u64().unwrap()).collect()
}

#[test]
fn a_break_of_a_part_is_told_of_what_is_made_of_it_also_where_the_figure_is_provisional_or_estimated() {
    // A and B became C; D was divided into E and F; G stayed.
    let workspace = workspace(&[("2010", "A B D G"), ("2020", "C E F G")]);
    workspace.write("links.csv", "from,to,weight\nA,C,1\nB,C,1\nD,E,0.5\nD,F,0.5\nG,G,1\n");
    workspace.ok(&["import", "correspondence", "links.csv", "--set", "areas", "--from", "2010", "--to", "2020"]);
    for (period, figures) in [
        ("2013", "A 10 B 20 D 30 G 40"),
        ("2014", "A 10/B B 20/P D 30 G 40/P"),
        ("2015", "A 10 B 20 D 30 G 40"),
        ("2016", "A 10 B 20 D 30/B G 40"),
        ("2017", "A 10 B 20 D 30 G 40/B"),
        ("2018", "A 10/P B 20/P D 30/P G 40/P"),
    ] {
        values(&workspace, "areas", "2010", ("people", period), figures);
    }
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    for (way, expected) in [
        // On the borders of the source each area tells for itself.
        (["2013", "2015", "2010"], &[0][..]),
        (["2015", "2017", "2010"], &[2, 3]),
        // C is provisional, and A, of which it is made, breaks. G is provisional too, and what it was. Of what E and F were estimated a
        // release does not say.
        (["2013", "2015", "2020"], &[0, 1, 2]),
        // E and F are estimates of parts of D.
        (["2015", "2016", "2020"], &[1, 2]),
        (["2016", "2017", "2020"], &[1, 2, 3]),
        // Provisional figures of which no part breaks, and a break at the earlier of the two.
        (["2017", "2018", "2020"], &[]),
        (["2014", "2015", "2020"], &[]),
    ] {
        assert_eq!(across(&server, "areas", way), expected, "{way:?}");
    }
}

#[test]
fn a_break_of_a_part_is_told_of_a_sum_that_is_provisional_and_of_no_other() {
    let workspace = workspace(&[("1", "N/D1 S/D1 E/D2 W/D2")]);
    boundaries(&workspace, "districts", "1", "D1 D2");
    workspace.set("boundary_sets.areas", "parent_set = \"districts\"");
    workspace.configure("[boundary_sets.districts]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1");
    for (period, figures) in
        [("2013", "N 10 S 20 E 30 W 40"), ("2014", "N 10/B S 20/P E 30/P W 40/P"), ("2015", "N 10 S 20 E 30 W 40")]
    {
        values(&workspace, "areas", "1", ("people", period), figures);
    }
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    assert_eq!(cells(&server, "districts", ("people", "2014"), "1"), expected("D1 30/P D2 70/P"));
    assert_eq!(across(&server, "districts", ["2013", "2015", "1"]), [0]);
    assert_eq!(across(&server, "areas", ["2013", "2015", "1"]), [1], "N, the second by its code");
}
