//! An inset: the part of the map where small areas crowd, once more and larger, in a corner that is free.
//!
//! Nothing about a country is known here. Areas of a few pixels are counted around each of them; where most crowd is what the
//! inset shows, if there are enough of them and somewhere at the border of the frame nothing lies.

use super::{crowd, frame::Frame};
use choro_tiles::skeleton::{Outline, Shape};

/// An area of fewer pixels across cannot be read.
const SMALL: f64 = 15.0;
/// Fewer small areas need no inset.
const LEAST: usize = 6;
/// Side of what is looked at, as a part of the frame's width.
const REACH: f64 = 0.11;
/// The most that an inset takes of the frame: width, height.
const ROOM: [f64; 2] = [0.26, 0.4];
/// How much larger it is at most.
const MOST: f64 = 5.0;
/// An inset that is larger by less is none.
const WORTHWHILE: f64 = 1.6;
/// Pixels between inset and frame, and around what it shows.
const GAP: f64 = 6.0;
/// Side of the cells in which room is looked for.
const CELL: f64 = 8.0;

/// Left, top, right, bottom in pixels.
pub(super) type Rect = [f64; 4];

/// An inset: where it stands in the frame, what of the frame it shows, and how.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Inset {
    /// Its upper left corner in the frame.
    pub at: [f64; 2],
    /// What it shows, in pixels of the frame.
    pub shows: Rect,
    /// The map in it.
    pub frame: Frame,
}

/// The inset of a drawing; `None`: it needs none, or has no room for one.
pub(super) fn inset(outline: &Outline, frame: &Frame) -> Option<Inset> {
    let boxes: Vec<Rect> = outline.areas().filter_map(|shapes| around(shapes, frame)).collect();
    let small: Vec<Rect> = boxes.iter().filter(|b| (b[2] - b[0]).max(b[3] - b[1]) < SMALL).copied().collect();
    let reach = frame.width * REACH / 2.0;
    let near = |a: &Rect, b: &Rect| {
        let ([ax, ay], [bx, by]) = (middle(a), middle(b));
        (ax - bx).abs() <= reach && (ay - by).abs() <= reach
    };
    let crowds = crowd::crowds(&small.iter().map(middle).collect::<Vec<_>>(), reach);
    let (centre, _) = small.iter().zip(crowds).max_by_key(|(_, crowd)| *crowd).filter(|(_, crowd)| *crowd >= LEAST)?;
    let shown = small.iter().filter(|other| near(centre, other)).copied().reduce(union)?;
    let shows = [shown[0] - GAP, shown[1] - GAP, shown[2] + GAP, shown[3] + GAP];
    let (width, height) = (shows[2] - shows[0], shows[3] - shows[1]);
    let most = (frame.width * ROOM[0] / width).min(frame.height * ROOM[1] / height).min(MOST);
    let ground = Ground::of(outline, frame, &shows);
    let sizes = std::iter::successors(Some(most), |larger| Some(larger * 0.85)).take_while(|larger| *larger >= WORTHWHILE);
    sizes.into_iter().find_map(|larger| {
        let at = ground.room(frame, [width * larger, height * larger])?;
        Some(Inset { at, shows, frame: frame.part(shows, larger) })
    })
}

/// Which parts of a frame are free of areas, in cells.
struct Ground {
    columns: usize,
    rows: usize,
    taken: Vec<bool>,
}

impl Ground {
    fn of(outline: &Outline, frame: &Frame, shows: &Rect) -> Self {
        let cells = |length: f64| (length / CELL).ceil().max(1.0) as usize;
        let (columns, rows) = (cells(frame.width), cells(frame.height));
        let mut ground = Self { columns, rows, taken: vec![false; columns * rows] };
        for shapes in outline.areas() {
            let rings: Vec<Vec<[f64; 2]>> =
                shapes.iter().flatten().map(|ring| ring.iter().map(|p| frame.point(p.map(f64::from))).collect()).collect();
            ground.fill(&rings);
        }
        ground.take([shows[0], shows[1]], [shows[2], shows[3]]);
        ground
    }

    /// Takes the cells whose middle lies in an area (even-odd), and those of its vertices: an island may miss every middle.
    fn fill(&mut self, rings: &[Vec<[f64; 2]>]) {
        rings.iter().flatten().for_each(|point| self.take(*point, *point));
        let heights = || rings.iter().flatten().map(|point| point[1] / CELL);
        let first = heights().fold(f64::INFINITY, f64::min).floor().max(0.0);
        let last = heights().fold(f64::NEG_INFINITY, f64::max).ceil().clamp(0.0, self.rows as f64);
        // Without a ring `first` is greater than `last`, and there is nothing to do.
        for row in first as usize..last as usize {
            let y = (row as f64 + 0.5) * CELL;
            let edges = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
            let crossed = edges.filter(|(a, b)| (a[1] > y) != (b[1] > y));
            let mut crossings: Vec<f64> = crossed.map(|(a, b)| a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])).collect();
            crossings.sort_by(f64::total_cmp);
            for pair in crossings.chunks_exact(2) {
                self.take([pair[0], y], [pair[1], y]);
            }
        }
    }

    /// Takes the cells from one point to another that lies right and below.
    fn take(&mut self, from: [f64; 2], to: [f64; 2]) {
        for cell in self.cells(from, to) {
            if let Some(taken) = self.taken.get_mut(cell) {
                *taken = true;
            }
        }
    }

    /// The cells of a rectangle, as far as they lie in the frame.
    fn cells(&self, from: [f64; 2], to: [f64; 2]) -> impl Iterator<Item = usize> + use<> {
        let span = |low: f64, high: f64, count: usize| {
            let cell = |at: f64| (at / CELL).floor();
            let (low, high) = (cell(low).max(0.0), cell(high).min(count as f64 - 1.0));
            if low <= high { (low as usize)..(high as usize + 1) } else { 0..0 }
        };
        let columns = self.columns;
        let across = span(from[0], to[0], columns);
        span(from[1], to[1], self.rows).flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }

    /// The first place along the frame's border that is free: corners first, then what lies between them.
    fn room(&self, frame: &Frame, [width, height]: [f64; 2]) -> Option<[f64; 2]> {
        let (right, bottom) = (frame.width - width - GAP, frame.height - height - GAP);
        let steps = |most: f64| std::iter::successors(Some(GAP), |at| Some(at + CELL)).take_while(move |at| *at <= most);
        let corners = [[GAP, GAP], [GAP, bottom], [right, bottom], [right, GAP]];
        let between =
            steps(bottom).flat_map(|y| [[GAP, y], [right, y]]).chain(steps(right).flat_map(|x| [[x, bottom], [x, GAP]]));
        let free = |at: &[f64; 2]| {
            let mut cells = self.cells(*at, [at[0] + width, at[1] + height]);
            cells.all(|cell| self.taken.get(cell) == Some(&false))
        };
        corners.into_iter().chain(between).filter(|at| at[0] >= GAP && at[1] >= GAP).find(free)
    }
}

/// The box around an area; `None` where it has no shape or is not seen.
fn around(shapes: &[Shape], frame: &Frame) -> Option<Rect> {
    let points = shapes.iter().flatten().flatten().map(|point| frame.point(point.map(f64::from)));
    let rect = points.map(|[x, y]| [x, y, x, y]).reduce(union)?;
    (rect[2] > 0.0 && rect[3] > 0.0 && rect[0] < frame.width && rect[1] < frame.height).then_some(rect)
}

fn union(a: Rect, b: Rect) -> Rect {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn middle(rect: &Rect) -> [f64; 2] {
    [f64::midpoint(rect[0], rect[2]), f64::midpoint(rect[1], rect[3])]
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_model::grid::TileCoord;

    /// An outline of squares, each with its left upper corner and its side in tile units of zoom 0.
    fn outline(squares: &[[i32; 3]]) -> Outline {
        let mut tile = mvt::Tile::new(4096);
        let mut layer = tile.create_layer("areas");
        for ([x, y, side], id) in squares.iter().zip(1..) {
            let mut encoder = mvt::GeomEncoder::<f32>::new(mvt::GeomType::Polygon);
            for (dx, dy) in [(0, 0), (*side, 0), (*side, *side), (0, *side)] {
                encoder.add_point((x + dx) as f32, (y + dy) as f32).unwrap();
            }
            let mut feature = layer.into_feature(encoder.encode().unwrap());
            feature.set_id(id);
            layer = feature.into_layer();
        }
        tile.add_layer(layer).unwrap();
        let mut outline = Outline::new(0, squares.len(), [0.0, 1.0]);
        outline.add(TileCoord::new(0, 0, 0).unwrap(), &tile.to_bytes().unwrap()).unwrap();
        outline
    }

    /// A large area with a crowd of nine small ones beside it.
    fn crowd() -> Vec<[i32; 3]> {
        let small = (0..9).map(|i| [200 + i % 3 * 50, 1800 + i / 3 * 50, 45]);
        [[800, 1000, 2400]].into_iter().chain(small).collect()
    }

    #[test]
    fn a_crowd_of_small_areas_is_shown_larger_where_it_hides_none() {
        let outline = outline(&crowd());
        let frame = Frame::at(&outline, [0.5, 0.5], 960.0, 960.0, 960.0);
        let inset = inset(&outline, &frame).unwrap();
        assert!(inset.frame.width > 1.5 * (inset.shows[2] - inset.shows[0]), "{inset:?}");
        let [left, top] = inset.at;
        let (right, bottom) = (left + inset.frame.width, top + inset.frame.height);
        for square in crowd() {
            let [x, y, side] = square.map(|units| f64::from(units) * 960.0 / 4096.0);
            assert!(x >= right || y >= bottom || x + side <= left || y + side <= top, "{square:?}: {inset:?}");
        }
    }

    #[test]
    fn no_inset_where_nothing_crowds_or_nothing_is_free() {
        let alone = outline(&crowd()[..4]);
        assert_eq!(inset(&alone, &Frame::at(&alone, [0.5, 0.5], 960.0, 960.0, 960.0)), None);
        let full = outline(&crowd().into_iter().chain([[0, 0, 4096]]).collect::<Vec<_>>());
        assert_eq!(inset(&full, &Frame::at(&full, [0.5, 0.5], 960.0, 960.0, 960.0)), None);
    }
}
