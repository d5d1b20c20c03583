//! A set of sixty thousand areas: what its size rules out is said when it is published and where it is asked for, never told as
//! damage.

use crate::{
    harness::{Server, Workspace},
    squares,
};
use std::fmt::Write as _;

const INDICATORS: &str = "
[[indicator]]
id = 'rate'
name = { en = 'Rate' }
unit = { id = 'PS_PER_1K', name = { en = 'per 1,000' } }
kind = 'rate'
decimals = 1
persons = false
source = 'invented'
licence = 'CC0-1.0'
";
const MAPPING: &str = "
area = { column = 'area' }
indicator = { value = 'rate' }
period = { value = '2020' }
value = { column = 'rate' }
";
const COLUMNS: usize = 300;
const AREAS: usize = COLUMNS * 200;

#[test]
fn of_sixty_thousand_areas_pictures_are_drawn_and_the_page_says_where_its_table_is() {
    if std::env::var_os("CHORO_TEST_DATABASE").is_some() {
        // No database is asked for a picture, so it is drawn once.
        return;
    }
    let workspace = Workspace::on(None, INDICATORS);
    workspace.configure("[boundary_sets.squares]\ngrids = [\"WebMercatorQuad\"]\nmax_zoom = 1");
    workspace.write("squares.geojson", squares::geojson(COLUMNS, AREAS / COLUMNS, 0.25));
    let rates: String = (0..AREAS).fold("area,rate\n".to_owned(), |mut rates, area| {
        writeln!(rates, "A{area:05},{}.5", area % 977).unwrap();
        rates
    });
    workspace.write("rates.csv", rates);
    workspace.write("rates.toml", MAPPING);
    workspace.ok(&["import", "boundaries", "squares.geojson", "--set", "squares", "--vintage", "1", "--code", "code"]);
    workspace.ok(&["import", "observations", "rates.csv", "--set", "squares", "--mapping", "rates.toml"]);
    let said = workspace.ok(&["publish"]);
    let told =
        "squares 1 has 60000 areas: its page has no first map and no table, which end at 20000; its script shows the map\n";
    assert!(said.contains(told), "{said}");
    // A build for debugging takes longer than the usual ten seconds.
    let mut command = workspace.command(&["serve", "--addr", "127.0.0.1:0"]);
    let server = Server::run(command.env("CHORO_REQUEST_TIMEOUT_S", "120"));
    let page = server.get("/?set=squares");
    let text = page.text();
    assert_eq!(page.status, 200, "{text}");
    assert!(!text.contains("first-map") && text.contains("The table would be too long for a page"), "{} bytes", text.len());
    assert!(text.len() < 100_000, "{} bytes", text.len());
    let picture = server.get("/picture.png?set=squares");
    assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/png")), "{}", picture.text());
    let drawing = server.get("/picture.svg?set=squares").text();
    assert_eq!(drawing.matches("data-code=").count(), AREAS);
    assert_eq!(server.get("/oembed?url=x").status, 404, "what is not ours");
    println!("a drawing of {AREAS} areas takes {} bytes, the server {:.0} MB", drawing.len(), server.memory() / 1e6);
}
