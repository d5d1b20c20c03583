//! What the workspace's database keeps of what was imported and published.

use crate::harness::{Workspace, block_on, fixture};
use choro_model::AreaCode;
use choro_store::{Store, TableKey};

/// Imports another figure for area 04 in 2022 and publishes; the release.
fn publish_next(workspace: &Workspace, figure: &str) -> String {
    workspace.write("rates.csv", fixture("rates.csv").replace("04;12;10", &format!("04;12;{figure}")));
    workspace.ok(&["import", "observations", "rates.csv", "--set", "areas", "--mapping", "rates.toml"]);
    workspace.ok(&["publish"]);
    workspace.current()
}

fn rates() -> TableKey {
    TableKey {
        set: "areas".parse().unwrap(),
        vintage: "1".parse().unwrap(),
        indicator: "arrival_rate".parse().unwrap(),
        period: "2022".parse().unwrap(),
    }
}

/// `RELEASE 04 = 10 by rates.csv 5` for each release that has published the table.
fn told(workspace: &Workspace) -> Vec<String> {
    block_on(async {
        let store = Store::open(&workspace.place(), false).await.unwrap();
        let area = AreaCode::new("04").unwrap();
        let mut told = Vec::new();
        for edition in store.editions(&rates()).await.unwrap() {
            let cell = store.published_cell(&edition.release, &rates(), &[], &area).await.unwrap().unwrap();
            let (revision, number) = (cell.revision.unwrap(), cell.figure.cell.number().unwrap());
            assert_eq!(revision.figure, cell.figure, "nothing was made of it");
            let source = revision.source;
            told.push(format!("{} 04 = {number} by {} {}", edition.release, source.file_name, source.row.unwrap()));
        }
        store.close().await;
        told
    })
}

#[test]
fn what_a_release_has_published_is_known_after_it_was_withdrawn_or_deleted() {
    let workspace = Workspace::invented();
    workspace.ok(&["publish"]);
    let first = workspace.current();
    let [second, third] = ["11", "12"].map(|figure| publish_next(&workspace, figure));
    let before = told(&workspace);
    let expected = [(&first, 10), (&second, 11), (&third, 12)];
    assert_eq!(before, expected.map(|(release, number)| format!("{release} 04 = {number} by rates.csv 5")));
    workspace.ok(&["releases", "withdraw", &second]);
    assert_eq!(told(&workspace), before);
    workspace.set("server", "keep_releases = 1");
    let fourth = publish_next(&workspace, "12");
    assert!(!workspace.path("releases").join(&first).exists(), "the first one was deleted");
    // The fourth is what the third was: the row is that of the import which brought the figure.
    assert_eq!(told(&workspace), [before, vec![format!("{fourth} 04 = 12 by rates.csv 5")]].concat());
}

#[test]
fn a_backup_carries_what_was_published() {
    let workspace = Workspace::invented_on(None);
    workspace.ok(&["publish"]);
    publish_next(&workspace, "11");
    let copy = workspace.path("copy");
    workspace.ok(&["backup", copy.to_str().unwrap()]);
    let restored = Workspace::restored(|folder| {
        workspace.ok(&["restore", copy.to_str().unwrap(), folder.to_str().unwrap()]);
    });
    assert_eq!((told(&restored).len(), told(&restored)), (2, told(&workspace)));
}
