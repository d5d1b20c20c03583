//! Publishing when it may not or cannot be done: the old release stays.

use super::{Case, says};
use crate::{
    harness::{PROGRAM, Workspace, fixture},
    numbers,
};
use std::{
    fs::File,
    process::{Child, Command, Stdio},
    time::Duration,
};

fn publish<'a>(given: &'a str, words: &'a [&'a str]) -> Case<'a> {
    Case { given, file: ("", Vec::new()), arguments: vec!["publish"], code: 1, words }
}

#[test]
fn nothing_to_publish_is_said() {
    let workspace = Workspace::new("");
    let before = workspace.state();
    publish("an empty workspace", &["nothing to publish", "choro import boundaries"]).check(&workspace, &before);
}

#[test]
fn small_counts_of_persons_are_refused_by_name_until_they_are_declared_public() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    workspace.ok(&["import", "observations", "counts.csv", "--set", "areas", "--mapping", "counts.toml"]);
    let before = workspace.state();
    let words =
        ["arrivals", "2022", "2 cells of 1 to 4 (03 = 4, 04 = 1)", "declared_public = true", "nothing was published"];
    publish("counts of 1 to 4", &words).check(&workspace, &before);
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
    let declared = fixture("indicators.toml").replace("persons = true", "persons = true\ndeclared_public = true");
    workspace.write("indicators.toml", declared);
    workspace.ok(&["publish"]);
    let values = workspace.serve().get("/values/areas.csv?indicator=arrivals&period=2022");
    assert_eq!(values.status, 200, "{}", values.text());
}

/// Rows of `area;sex;value`, withheld ones as `c`.
fn by_sex(workspace: &Workspace, rows: &str) {
    workspace.write("sexes.csv", format!("area;sex;value\n{}\n", rows.replace(' ', "\n")));
    let mapping = "area = { column = \"area\" }\nindicator = { value = \"people\" }\nperiod = { value = \"2022\" }\n\
                   dimensions.sex = { column = \"sex\" }\nvalue = { column = \"value\" }\nmarks = { secrecy = [\"c\"] }\n";
    workspace.write("sexes.toml", mapping);
    workspace.ok(&["import", "observations", "sexes.csv", "--set", "areas", "--mapping", "sexes.toml"]);
}

/// That the provider has declared the table public says that its small cells are, and not that the withheld ones are.
#[test]
fn a_withheld_cell_that_the_total_and_the_other_parts_tell_is_refused_by_name_until_another_is_withheld_too() {
    let workspace = Workspace::invented();
    let people = "\n[[indicator]]\nid = \"people\"\nname = { en = \"Inhabitants\" }\nunit = { id = \"PS\" }\nkind = \"count\"\ndecimals = 0\n\
                  dimensions = [{ id = \"sex\", name = { en = \"Sex\" }, code_list = \"sex\", total = \"_T\" }]\n\
                  persons = true\ndeclared_public = true\nsource = \"invented\"\nlicence = \"CC0\"\n";
    workspace.write("indicators.toml", fixture("indicators.toml") + people);
    by_sex(&workspace, "01;_T;12077 01;F;c 01;M;11011 02;_T;90 02;F;40 02;M;50");
    let before = workspace.state();
    let words = [
        "nothing was published",
        "indicator people, 2022",
        "1 withheld cells can be computed from a sum whose other cells are public (01 F by _T = F + M)",
        "withhold a second cell of each sum in the source",
    ];
    publish("total and men beside withheld women", &words).check(&workspace, &before);
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
    let said = workspace.fails(&["publish"], 1);
    assert!(!["12077", "11011", "1066"].iter().any(|number| said.contains(number)), "a number is told: {said}");
    by_sex(&workspace, "01;_T;12077 01;F;c 01;M;c 02;_T;90 02;F;40 02;M;50");
    workspace.ok(&["publish"]);
    let server = workspace.serve();
    let women = server.get("/values/areas.csv?indicator=people&period=2022&sex=F").text();
    assert!(women.lines().any(|line| line.starts_with("01,") && line.contains("secrecy")), "{women}");
}

#[test]
fn a_second_publisher_is_told_to_wait_and_the_old_release_stays() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let before = workspace.state();
    let lock = File::options().write(true).open(workspace.path("releases/.lock")).unwrap();
    lock.lock().unwrap();
    publish("two publishers", &["another publish is running", ".lock", "wait until it ends"]).check(&workspace, &before);
    drop(lock);
    workspace.ok(&["publish"]);
}

/// Real processes: the first one is halted while it writes, so that the second meets it for certain.
#[test]
fn of_two_publishers_the_second_is_refused_while_the_first_writes_and_the_first_ends_well() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let signal = |signal: &str, child: &Child| {
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    };
    let mut met = false;
    for figure in 20..40 {
        import_figure(&workspace, figure);
        let old = workspace.current();
        let mut first = spawn(&workspace);
        while workspace.leftovers().is_empty() && first.try_wait().unwrap().is_none() {}
        if workspace.leftovers().is_empty() {
            continue; // It was faster than the look for what it writes.
        }
        signal("-STOP", &first);
        met = !workspace.leftovers().is_empty() && workspace.current() == old;
        if met {
            let before = workspace.state();
            publish("a publisher beside another", &["another publish is running"]).check(&workspace, &before);
        }
        signal("-CONT", &first);
        let said = first.wait_with_output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        whole_and_current(&workspace, figure);
        if met {
            return;
        }
    }
    assert!(met, "no publisher was halted while it wrote");
}

#[test]
fn of_publishers_at_once_at_least_one_publishes_and_the_others_say_why_not() {
    let workspace = Workspace::invented();
    for figure in 20..25 {
        import_figure(&workspace, figure);
        let running = [(); 3].map(|()| spawn(&workspace));
        let ended = running.map(|child| child.wait_with_output().unwrap());
        for output in &ended {
            let said = String::from_utf8_lossy(&output.stderr);
            let refused = output.status.code() == Some(1) && said.contains("another publish is running");
            assert!(output.status.success() || refused, "{:?}: {said}", output.status);
        }
        assert!(ended.iter().any(|output| output.status.success()));
        whole_and_current(&workspace, figure);
    }
}

fn spawn(workspace: &Workspace) -> Child {
    workspace.command(&["publish"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Imports the rates with another figure for area 04 in 2022.
fn import_figure(workspace: &Workspace, figure: u32) {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
}

/// The current release is whole and has the figure, and nothing half-written is left.
fn whole_and_current(workspace: &Workspace, figure: u32) {
    assert!(workspace.ok(&["check"]).contains(&workspace.current()));
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
    let values = workspace.serve().get("/values/areas.csv?indicator=arrival_rate&period=2022").text();
    assert!(values.lines().any(|line| line.starts_with("04,") && line.contains(&format!(",{figure}"))), "{values}");
}

/// A limit on the size of files gives at some place each of the write errors that a full disk gives: every limit from nothing
/// to enough is tried.
#[test]
fn a_disk_that_fills_while_publishing_leaves_the_old_release_current_and_whole() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let old = workspace.current();
    let server = workspace.serve();
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12", "04;13"));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    // Other zooms: the tiles, too, are written anew.
    workspace.set("boundary_sets.areas", "max_zoom = 7");
    for (refused, kilobytes) in (0..16).chain((16..512).step_by(8)).enumerate() {
        let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec '{PROGRAM}' publish");
        let output = workspace.shell(&script).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{kilobytes} KB: {said}");
        if output.status.success() {
            assert!(refused > 3, "the limit has never been felt");
            assert_ne!(workspace.current(), old);
            assert_eq!(workspace.leftovers(), Vec::<String>::new());
            server.until("the next release", |server| server.json("/catalog.json")["release"] != old.as_str());
            numbers::say(4, "publishes refused, each at another limit, with nothing changed", refused, "");
            return;
        }
        assert_eq!(output.status.code(), Some(1), "{kilobytes} KB: {said}");
        assert_eq!(workspace.current(), old, "{kilobytes} KB: {said}");
        assert_eq!(workspace.leftovers(), Vec::<String>::new(), "{kilobytes} KB: {said}");
        let why = ["the current release stays: make room", "the disk is full", "or the disk full?"];
        assert!(why.iter().any(|why| said.contains(why)), "{kilobytes} KB: {said}");
        assert_eq!(said.matches("os error").count().max(1), 1, "{kilobytes} KB: the reason is said twice: {said}");
        says("a full disk", &workspace.ok(&["check"]), &[&old]);
        assert_eq!(server.json("/catalog.json")["release"], old.as_str(), "{kilobytes} KB");
    }
    panic!("no limit was enough");
}

#[test]
fn what_a_killed_publisher_has_left_is_gone_after_the_next_publish() {
    let workspace = Workspace::invented();
    std::fs::create_dir_all(workspace.path("releases/.writing-killed/tiles")).unwrap();
    workspace.write("releases/.writing-killed/tiles/half", "half a file");
    workspace.write("releases/.current-killed", "half");
    workspace.ok(&["publish"]);
    assert_eq!(workspace.leftovers(), Vec::<String>::new());
}

/// Taking a file over from the release before must not take its damage over.
#[test]
fn a_damaged_file_of_the_old_release_is_not_taken_over_into_the_next() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let file = workspace.path(&format!("releases/{}/values/areas/1/arrival_rate/2021.parquet", workspace.current()));
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let said = workspace.fails(&["check"], 1);
    says("a damaged file", &said, &["2021.parquet is damaged", "restore the bundle from a copy or publish again"]);
    // The id of a release holds the second in which it was made.
    std::thread::sleep(Duration::from_millis(1100));
    let damaged = workspace.current();
    workspace.ok(&["publish"]);
    workspace.ok(&["check", "--bundle", &format!("releases/{}", workspace.current())]);
    let said = workspace.fails(&["check"], 1);
    says("a damaged old release", &said, &["2021.parquet is damaged", &format!("choro releases withdraw {damaged}")]);
    workspace.ok(&["releases", "withdraw", &damaged]);
    workspace.ok(&["check"]);
}
