//! Pictures of a large area and of nine small ones beside it, which are shown once more in an inset.

use super::{Circles, Form, Frame, MapDrawing, Sheet, Size, png};
use crate::style::{Legend, Symbols, legend};
use choro_bundle::{AreaRow, AreaTable};
use choro_figures::classify::{Classification, Options, classify};
use choro_model::{
    Cell, Flag, Flags, Indicator, Lang, Names, Reliability,
    grid::{Grid, TileCoord},
};
use choro_tiles::skeleton::Outline;
use serde_json::json;

/// Left, top and side of each area in units of the tile of zoom 0.
fn squares() -> Vec<[i32; 3]> {
    let small = (0..9).map(|i| [200 + i % 3 * 50, 1800 + i / 3 * 50, 45]);
    [[800, 1000, 2400]].into_iter().chain(small).collect()
}

/// What the areas have, in the same order.
const VALUES: [f64; 10] = [3e6, 900_000.0, -400_000.0, 25_000.0, 150_000.0, 1.0, 40_000.0, 60_000.0, 700_000.0, 80_000.0];

struct World {
    outline: Outline,
    grid: Grid,
    areas: AreaTable,
    cells: Vec<Cell>,
    classes: Classification,
    legend: Legend,
    flags: Vec<Flags>,
    lang: Lang,
}

impl World {
    fn new() -> Self {
        let mut tile = mvt::Tile::new(4096);
        let mut layer = tile.create_layer("areas");
        for ([x, y, side], id) in squares().iter().zip(1..) {
            let mut encoder = mvt::GeomEncoder::<f32>::new(mvt::GeomType::Polygon);
            for (dx, dy) in [(0, 0), (*side, 0), (*side, *side), (0, *side)] {
                encoder.add_point((x + dx) as f32, (y + dy) as f32).unwrap();
            }
            let mut feature = layer.into_feature(encoder.encode().unwrap());
            feature.set_id(id);
            layer = feature.into_layer();
        }
        tile.add_layer(layer).unwrap();
        let mut outline = Outline::new(0, squares().len(), [0.0, 1.0]);
        outline.add(TileCoord::new(0, 0, 0).unwrap(), &tile.to_bytes().unwrap()).unwrap();
        let (grid, lang) = (Grid::web_mercator().unwrap(), Lang::new("en").unwrap());
        let row = |(index, [x, y, side]): (usize, &[i32; 3])| {
            let middle = |corner: &i32| (f64::from(*corner) + f64::from(*side) / 2.0) / 4096.0;
            let label = grid.unproject(middle(x), middle(y));
            AreaRow {
                code: format!("A{index}").parse().unwrap(),
                names: Names::default(),
                parent: None,
                label,
                bounds: None,
            }
        };
        let areas = AreaTable::new(squares().iter().enumerate().map(row).collect());
        let indicator = indicator();
        let classes = classify(&VALUES, &indicator, &Options::default()).unwrap();
        let symbols = Symbols::new(&VALUES, &indicator, &lang);
        let legend = Legend { symbols, ..legend(&classes, &indicator, &lang) };
        let cells = VALUES.map(Cell::Value).into();
        Self { outline, grid, areas, cells, classes, legend, flags: Vec::new(), lang }
    }

    fn svg(&self, size: Size) -> String {
        let sheet = Sheet {
            size,
            title: "People",
            subtitle: "",
            warnings: &[],
            note: "",
            source: &[],
            summary: "",
            legend: &self.legend,
            form: Form::Symbols,
            cells: &self.cells,
            lang: &self.lang,
        };
        sheet.svg(|[width, height], circles| self.map(Frame::across(&self.outline, width, height), circles))
    }

    fn map<'a>(&'a self, frame: Frame, circles: Option<Circles<'a>>) -> MapDrawing<'a> {
        MapDrawing {
            outline: &self.outline,
            frame,
            grid: &self.grid,
            areas: &self.areas,
            cells: &self.cells,
            classes: &self.classes,
            circles,
            flags: &self.flags,
            selected: None,
            titles: &[],
            labels: None,
        }
    }
}

fn indicator() -> Indicator {
    serde_json::from_value(json!({
        "id": "people", "name": {}, "note": {}, "unit": {"id": "PS", "name": {}}, "kind": "count", "decimals": 0, "dimensions": [],
        "diverging": false, "persons": false, "declared_public": false, "source": "s", "licence": "l",
    }))
    .unwrap()
}

/// A circle of a drawing.
#[derive(Debug)]
struct Drawn {
    /// Where it begins in the text.
    at: usize,
    /// The area's; none in a legend.
    code: Option<usize>,
    centre: [f64; 2],
    radius: f64,
    fill: String,
}

fn circles(svg: &str) -> Vec<Drawn> {
    let of = |(at, _): (usize, &str)| {
        let element = &svg[at..at + svg[at..].find('>').unwrap()];
        let attribute = |name: &str| {
            let text = element.split_once(&format!(" {name}=\""))?.1;
            Some(text[..text.find('"').unwrap()].to_owned())
        };
        let number = |name: &str| attribute(name).unwrap().parse().unwrap();
        let code = attribute("data-code").map(|code| code[1..].parse().unwrap());
        let centre = [number("cx"), number("cy")];
        Drawn { at, code, centre, radius: number("r"), fill: attribute("fill").unwrap() }
    };
    svg.match_indices("<circle ").map(of).collect()
}

#[test]
fn a_circle_of_the_legend_is_as_large_as_that_of_its_value_on_the_map_and_in_the_inset() {
    let world = World::new();
    let symbols = world.legend.symbols.as_ref().unwrap();
    for size in Size::ALL {
        let svg = world.svg(size);
        let inset = svg.find("class=\"inset\"").unwrap_or_else(|| panic!("no inset in {size:?}"));
        let end = inset + svg[inset..].find("</svg>").unwrap();
        let all = circles(&svg);
        let (shown, map): (Vec<&Drawn>, Vec<&Drawn>) = all.iter().partition(|circle| circle.code.is_none());
        let largest = map.iter().find(|circle| circle.code == Some(0)).unwrap();
        let scale = largest.radius / symbols.radius(VALUES[0]);
        let check = |what: &str, radius: f64, value: f64| {
            // Two decimals are printed.
            let expected = symbols.max_radius * scale * (value.abs() / symbols.max).sqrt();
            assert!((radius - expected).abs() < 0.011, "{size:?}, {what}, {value}: {radius} instead of {expected}");
        };
        for circle in &map {
            let place = if (inset..end).contains(&circle.at) { "inset" } else { "map" };
            check(place, circle.radius, VALUES[circle.code.unwrap()]);
        }
        assert!(map.iter().filter(|circle| (inset..end).contains(&circle.at)).count() >= 9, "{size:?}");
        assert_eq!(shown.len(), symbols.circles.len());
        for (circle, entry) in shown.iter().zip(&symbols.circles) {
            check(&entry.label, circle.radius, entry.value);
            let after = &svg[circle.at..];
            assert!(svg.contains(&format!(">{}</text>", entry.label)), "{size:?}: {after}");
            assert_eq!(circle.fill, symbols.colour(entry.value).to_string());
        }
        let losses: Vec<_> = symbols.circles.iter().filter(|entry| entry.value < 0.0).collect();
        assert!(matches!(&losses[..], [loss] if loss.value == -400_000.0 && loss.label == "\u{2212}400,000"), "{losses:?}");
    }
}

#[test]
fn the_pixels_of_a_circle_in_the_legend_are_as_many_as_on_the_map() {
    let world = World::new();
    for size in Size::ALL {
        let svg = world.svg(size);
        let all = circles(&svg);
        let shown = all.iter().find(|circle| circle.code.is_none()).unwrap();
        let drawn = all.iter().find(|circle| circle.code == Some(0)).unwrap();
        let picture = resvg::tiny_skia::Pixmap::decode_png(&png(&svg, size.density()).unwrap()).unwrap();
        let across = |circle: &Drawn, [left, top]: [f64; 2]| {
            let [x, y] = [circle.centre[0] + left, circle.centre[1] + top].map(|at| (at * size.density()) as u32);
            let is_blue = |x: u32| picture.pixel(x, y).is_some_and(|pixel| pixel.blue() > pixel.red().saturating_add(50));
            assert!(is_blue(x), "{size:?}: {circle:?}");
            (x..).take_while(|x| is_blue(*x)).count() + (0..x).rev().take_while(|x| is_blue(*x)).count()
        };
        let [on_map, in_legend] = [(drawn, map_at(&svg)), (shown, legend_at(&svg, shown.at))].map(|(c, at)| across(c, at));
        assert!(on_map.abs_diff(in_legend) <= 2, "{size:?}: {on_map} and {in_legend} pixels");
        // The white line around a circle covers 0.4 pixels of it.
        let expected = 2.0 * (shown.radius - 0.4) * size.density();
        assert!((in_legend as f64 - expected).abs() <= 2.5, "{size:?}: {in_legend} instead of {expected}");
    }
}

/// Where the map begins in a picture.
fn map_at(svg: &str) -> [f64; 2] {
    let map = svg.split_once("<svg x=\"").unwrap().1;
    let (x, rest) = map.split_once("\" y=\"").unwrap();
    [x, rest.split_once('"').unwrap().0].map(|number| number.parse().unwrap())
}

/// Where what stands at a place of the legend's text counts from: the sum of the two moves before it.
fn legend_at(svg: &str, at: usize) -> [f64; 2] {
    let moves = svg[..at].rmatch_indices("<g transform=\"translate(").take(2).map(|(start, found)| {
        let text = &svg[start + found.len()..];
        let (x, y) = text[..text.find(')').unwrap()].split_once(' ').unwrap();
        [x, y].map(|number| number.parse::<f64>().unwrap())
    });
    moves.fold([0.0, 0.0], |sum, [x, y]| [sum[0] + x, sum[1] + y])
}

#[test]
fn on_a_page_a_circle_of_the_legend_is_a_part_of_the_maps_width() {
    let world = World::new();
    let symbols = world.legend.symbols.as_ref().unwrap();
    for width in [960.0, 320.0] {
        let circles = Circles::for_width(symbols, width);
        let entries = super::entries(&world.legend, Some(circles), &world.cells, width);
        for (entry, circle) in entries.iter().zip(&symbols.circles) {
            let attribute = |name: &str| {
                let text = entry.sign.split_once(&format!("{name}=\"")).unwrap().1;
                text[..text.find('"').unwrap()].to_owned()
            };
            let percent: f64 = attribute("width").strip_suffix('%').unwrap().parse().unwrap();
            let wide: f64 = attribute("viewBox").split(' ').nth(2).unwrap().parse().unwrap();
            let radius: f64 = attribute(" r").parse().unwrap();
            // However wide the browser makes the map, the circle keeps its part of it.
            let of_map = radius / wide * percent / 100.0;
            assert!((of_map - circles.radius(circle.value) / width).abs() < 1e-4, "{}: {of_map}", entry.label);
            assert!(entry.is_circle && !attribute("viewBox").is_empty());
        }
    }
}

#[test]
fn an_area_that_is_not_to_be_relied_on_is_dotted_however_small_it_is() {
    let mut world = World::new();
    let small_base: Flags = [Flag::Reliability(Reliability::SmallBase)].into_iter().collect();
    let frame = Frame::across(&world.outline, 600.0, 600.0);
    // Of 0, the large area, and 4, one of the crowd.
    world.flags = (0..10).map(|row| if row == 0 || row == 4 { small_base } else { Flags::NONE }).collect();
    let svg = world.map(frame, None).svg();
    let (map, inset) = svg.split_once("class=\"inset\"").unwrap();
    let dotted = |part: &str| {
        let group = part.split_once("<g class=\"unreliable\"").unwrap().1.split_once("</g>").unwrap().0;
        (group.matches("<path ").count(), part.matches("<g class=\"dot\"").count())
    };
    assert_eq!(dotted(map), (2, 1), "the small one has a dot of its own, since the pattern may miss it");
    assert_eq!(dotted(inset).0, 1, "the large one lies beyond it");
    world.flags = Vec::new();
    let plain = world.map(frame, None).svg();
    assert!(!plain.contains("class=\"unreliable\"") && !plain.contains("class=\"dot\""));
}
