//! Longitudes within -180..180, as GeoJSON asks for (RFC 7946, 3.1.9): an area that runs past 180 degrees is cut there.
//!
//! A cut at the line `x = c` keeps one side. Every ring falls apart into chains of kept vertices, which begin and end on the
//! line. Where the interior crosses the line one chain ends and another begins; sorted by latitude, the n-th end belongs to
//! the n-th beginning, since exteriors run counter-clockwise and holes clockwise. Vertices of the source are never moved,
//! and what lies on the line lies on it exactly.
//!
//! ```text
//!     A ----- B | . .        A ----- p |
//!     |         |  C    ->   |         |
//!     E ----- D | . .        E ----- q |
//! ```

use geo::{
    Coord, CoordinatePosition, LineString, MultiPolygon, Orient, Polygon, coordinate_position::CoordPos, orient::Direction,
};

/// How many turns around the world an area may lie away from -180..180; what lies further is not geography.
const MAX_TURNS: f64 = 2.0;

/// The area with every longitude within -180..180.
#[must_use]
pub fn within_180(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    MultiPolygon(area.0.iter().flat_map(polygon_within_180).collect())
}

fn polygon_within_180(polygon: &Polygon<f64>) -> Vec<Polygon<f64>> {
    let longitudes = || polygon.exterior().coords().map(|c| c.x);
    let (west, east) = (longitudes().fold(f64::INFINITY, f64::min), longitudes().fold(f64::NEG_INFINITY, f64::max));
    let first = ((west + 180.0) / 360.0).floor().max(-MAX_TURNS);
    let last = (((east + 180.0) / 360.0).ceil() - 1.0).min(MAX_TURNS).max(first);
    if first == last {
        return if first == 0.0 { vec![polygon.clone()] } else { vec![shifted(polygon, first)] };
    }
    let polygon = polygon.orient(Direction::Default);
    let turns = std::iter::successors(Some(first), |turn| Some(turn + 1.0)).take_while(|turn| *turn <= last);
    turns.flat_map(|turn| part(&polygon, turn)).collect()
}

/// What lies within one turn around the world.
fn part(polygon: &Polygon<f64>, turn: f64) -> Vec<Polygon<f64>> {
    let west = 360.0 * turn - 180.0;
    let beyond = keep(polygon, west, Side::East);
    beyond.iter().flat_map(|p| keep(p, west + 360.0, Side::West)).map(|p| shifted(&p, turn)).collect()
}

fn shifted(polygon: &Polygon<f64>, turn: f64) -> Polygon<f64> {
    use geo::MapCoords;
    polygon.map_coords(|c| Coord { x: (c.x - 360.0 * turn).clamp(-180.0, 180.0), y: c.y })
}

#[derive(Clone, Copy)]
enum Side {
    West,
    East,
}

impl Side {
    /// Whether `x` lies truly on this side of the line.
    fn holds(self, x: f64, line: f64) -> bool {
        match self {
            Self::West => x < line,
            Self::East => x > line,
        }
    }
}

/// The parts of an oriented polygon on one side of a meridian.
fn keep(polygon: &Polygon<f64>, line: f64, side: Side) -> Vec<Polygon<f64>> {
    let mut chains = Vec::new();
    let mut exteriors = Vec::new();
    let mut holes = Vec::new();
    for (index, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
        match cut(ring, line, side) {
            Cut::Whole if index == 0 => exteriors.push(ring.clone()),
            Cut::Whole => holes.push(ring.clone()),
            Cut::Chains(found) => chains.extend(found),
        }
    }
    exteriors.extend(joined(chains));
    let mut parts: Vec<_> = exteriors.into_iter().map(|ring| Polygon::new(ring, Vec::new())).collect();
    for hole in holes {
        let inside = |part: &&mut Polygon<f64>| {
            hole.coords().map(|c| part.coordinate_position(c)).find(|p| *p != CoordPos::OnBoundary)
                != Some(CoordPos::Outside)
        };
        if let Some(part) = parts.iter_mut().find(inside) {
            part.interiors_push(hole);
        }
    }
    parts
}

enum Cut {
    Whole,
    Chains(Vec<Vec<Coord<f64>>>),
}

/// The chains of a closed ring on one side; each begins and ends on the line.
fn cut(ring: &LineString<f64>, line: f64, side: Side) -> Cut {
    let vertices = ring.0.get(1..).unwrap_or_default();
    let holds = |c: &Coord<f64>| side.holds(c.x, line);
    let Some(start) = vertices.iter().position(|c| !holds(c)) else { return Cut::Whole };
    let mut chains: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut open = false;
    let mut before = vertices.get(start).copied().unwrap_or_default();
    for &vertex in vertices.iter().cycle().skip(start + 1).take(vertices.len()) {
        match (open, holds(&vertex)) {
            (false, true) => chains.push(vec![crossing(before, vertex, line), vertex]),
            (true, inside) => {
                let next = if inside { vertex } else { crossing(vertex, before, line) };
                chains.iter_mut().next_back().into_iter().for_each(|chain| chain.push(next));
            }
            (false, false) => {}
        }
        open = holds(&vertex);
        before = vertex;
    }
    Cut::Chains(chains)
}

/// Where the edge from `a` to `b` meets the line. Both parts of an area compute it from the same ends in the same order.
fn crossing(a: Coord<f64>, b: Coord<f64>, line: f64) -> Coord<f64> {
    let (west, east) = if a.x <= b.x { (a, b) } else { (b, a) };
    let y = west.y + (east.y - west.y) * ((line - west.x) / (east.x - west.x));
    Coord { x: line, y: if a.x == line { a.y } else { y } }
}

/// Closes chains along the line into rings.
fn joined(chains: Vec<Vec<Coord<f64>>>) -> Vec<LineString<f64>> {
    let by_latitude = |end: fn(&Vec<Coord<f64>>) -> Option<&Coord<f64>>| {
        let mut order: Vec<usize> = (0..chains.len()).collect();
        let latitude = |index: &usize| chains.get(*index).and_then(end).map_or(0.0, |c| c.y);
        order.sort_by(|a, b| latitude(a).total_cmp(&latitude(b)));
        order
    };
    let mut next = vec![0; chains.len()];
    for (end, beginning) in by_latitude(|chain| chain.last()).into_iter().zip(by_latitude(|chain| chain.first())) {
        if let Some(slot) = next.get_mut(end) {
            *slot = beginning;
        }
    }
    let mut chains: Vec<Option<Vec<Coord<f64>>>> = chains.into_iter().map(Some).collect();
    let mut rings = Vec::new();
    for start in 0..chains.len() {
        let mut ring = Vec::new();
        let mut at = start;
        while let Some(chain) = chains.get_mut(at).and_then(Option::take) {
            ring.extend(chain);
            at = next.get(at).copied().unwrap_or(start);
        }
        if ring.len() > 2 {
            ring.dedup();
            let mut ring = LineString(ring);
            ring.close();
            rings.push(ring);
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, polygon};

    fn square(west: f64, east: f64) -> Polygon<f64> {
        polygon![(x: west, y: 60.0), (x: east, y: 60.0), (x: east, y: 70.0), (x: west, y: 70.0)]
    }

    fn longitudes(area: &MultiPolygon<f64>) -> (f64, f64) {
        use geo::BoundingRect;
        area.bounding_rect().map_or((0.0, 0.0), |rect| (rect.min().x, rect.max().x))
    }

    #[test]
    fn an_area_is_cut_exactly_at_180_and_loses_no_area() {
        for (west, east, parts) in [
            (170.0, 191.0, 2),
            (-190.0, -170.0, 2),
            (185.0, 191.0, 1),
            (170.0, 180.0, 1),
            (180.0, 190.0, 1),
            (-180.0, 180.0, 1),
            (10.0, 20.0, 1),
            (170.0, 560.0, 3),
        ] {
            let cut = within_180(&MultiPolygon(vec![square(west, east)]));
            assert_eq!(cut.0.len(), parts, "{west} to {east}: {cut:?}");
            assert!((cut.unsigned_area() - (east - west) * 10.0).abs() < 1e-9, "{west} to {east}");
            let (least, most) = longitudes(&cut);
            assert!(least >= -180.0 && most <= 180.0, "{least} {most}");
            assert!(parts < 2 || (least == -180.0 && most == 180.0), "{least} {most}");
        }
    }

    #[test]
    fn holes_that_cross_join_the_border_and_holes_beside_stay_holes() {
        let hole = |west: f64, east: f64| {
            LineString::from(vec![(west, 63.0), (west, 66.0), (east, 66.0), (east, 63.0), (west, 63.0)])
        };
        let area = Polygon::new(
            square(170.0, 191.0).exterior().clone(),
            vec![hole(178.0, 182.0), hole(172.0, 174.0), hole(185.0, 186.0)],
        );
        let cut = within_180(&MultiPolygon(vec![area.clone()]));
        assert_eq!(cut.0.iter().map(|p| p.interiors().len()).collect::<Vec<_>>(), [1, 1]);
        assert!((cut.unsigned_area() - area.unsigned_area()).abs() < 1e-9);
    }

    #[test]
    fn a_comb_falls_apart_into_its_teeth() {
        let comb = polygon![(x: 170.0, y: 60.0), (x: 190.0, y: 60.0), (x: 190.0, y: 62.0), (x: 175.0, y: 63.0),
                            (x: 190.0, y: 64.0), (x: 190.0, y: 66.0), (x: 170.0, y: 66.0)];
        let cut = within_180(&MultiPolygon(vec![comb.clone()]));
        assert_eq!(cut.0.len(), 3, "{cut:?}");
        assert!((cut.unsigned_area() - comb.unsigned_area()).abs() < 1e-9);
    }

    proptest::proptest! {
        #[test]
        fn no_star_loses_area_by_the_cut(radii in proptest::collection::vec(1.0..9.0_f64, 3..40), centre in 171.0..189.0_f64) {
            let n = radii.len() as f64;
            let star: LineString<f64> = radii.iter().enumerate().map(|(i, r)| {
                let angle = i as f64 / n * std::f64::consts::TAU;
                (centre + r * angle.cos(), 65.0 + r * angle.sin())
            }).collect();
            let star = Polygon::new(star, Vec::new());
            let cut = within_180(&MultiPolygon(vec![star.clone()]));
            proptest::prop_assert!((cut.unsigned_area() - star.unsigned_area()).abs() < 1e-9);
            let (least, most) = longitudes(&cut);
            proptest::prop_assert!(least >= -180.0 && most <= 180.0);
        }
    }
}
