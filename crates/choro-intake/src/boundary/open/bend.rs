//! Edges that are straight in the file's reference system, and bend in longitude and latitude: they get further vertices, so that the
//! edges that are stored follow the ground. An edge gets the same ones in both directions, so neighbours stay together.

use crate::boundary::error::BoundaryError;
use geo::Coord;

/// How far a stored edge may lie from the edge of the file, degrees: a metre and less.
const TOLERANCE: f64 = 1e-5;
/// Shorter edges bend less than that, degrees.
const SHORT: f64 = 0.02;
/// Edges between longitudes that differ by so much are divided in any case, degrees. A larger difference is that of two positions
/// beside the antimeridian.
const WIDE: std::ops::Range<f64> = 90.0..355.0;
/// How often an edge is halved.
const HALVINGS: usize = 10;

/// A way to longitude and latitude.
pub type Way<'a> = dyn Fn(&[Coord<f64>]) -> Result<Vec<Coord<f64>>, BoundaryError> + 'a;

/// A position in the file, and in longitude and latitude.
#[derive(Clone, Copy)]
struct Placed {
    from: Coord<f64>,
    to: Coord<f64>,
}

/// Brings the positions of rings to longitude and latitude, and divides the edges that bend.
pub fn transform(rings: &mut [&mut Vec<Coord<f64>>], way: &Way<'_>) -> Result<(), BoundaryError> {
    let all: Vec<Coord<f64>> = rings.iter().flat_map(|ring| ring.iter().copied()).collect();
    let mut places = way(&all)?.into_iter();
    let mut placed: Vec<Vec<Placed>> = rings
        .iter()
        .map(|ring| ring.iter().zip(places.by_ref()).map(|(from, to)| Placed { from: *from, to }).collect())
        .collect();
    // An edge of which no half bends is not looked at again.
    let mut open: Vec<Vec<bool>> = placed.iter().map(|ring| vec![true; ring.len()]).collect();
    for _ in 0..HALVINGS {
        if !halve(&mut placed, &mut open, way)? {
            break;
        }
    }
    for (ring, placed) in rings.iter_mut().zip(placed) {
        **ring = placed.into_iter().map(|place| place.to).collect();
    }
    Ok(())
}

/// Halves the open edges that bend; `open` says by the first vertex of each edge whether it may bend. Says whether there were any.
fn halve(rings: &mut [Vec<Placed>], open: &mut [Vec<bool>], way: &Way<'_>) -> Result<bool, BoundaryError> {
    let mut middles = Vec::new();
    for (ring, open) in rings.iter().zip(open.iter_mut()) {
        for (pair, open) in ring.windows(2).zip(open.iter_mut()) {
            *open = *open && matches!(pair, [a, b] if is_long(a.to, b.to));
            if let ([a, b], true) = (pair, *open) {
                middles.push((a.from + b.from) / 2.0);
            }
        }
    }
    let places = way(&middles)?;
    let mut middles = middles.into_iter().zip(places).map(|(from, to)| Placed { from, to });
    let mut any = false;
    for (ring, open) in rings.iter_mut().zip(open.iter_mut()) {
        let (mut whole, mut flags) = (Vec::with_capacity(ring.len()), Vec::with_capacity(ring.len()));
        let next = ring.iter().skip(1).map(Some).chain([None]);
        for ((a, b), is_open) in ring.iter().zip(next).zip(open.iter()) {
            let bent = b.filter(|_| *is_open).and_then(|b| middles.next().filter(|middle| bends(a.to, middle.to, b.to)));
            whole.push(*a);
            flags.push(bent.is_some());
            if let Some(middle) = bent {
                whole.push(middle);
                flags.push(true);
                any = true;
            }
        }
        (*ring, *open) = (whole, flags);
    }
    Ok(any)
}

fn is_long(a: Coord<f64>, b: Coord<f64>) -> bool {
    (east(a, b).abs()).max((b.y - a.y).abs()) > SHORT
}

/// How far `b` lies to the east of `a` the short way round, degrees.
fn east(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (b.x - a.x + 180.0).rem_euclid(360.0) - 180.0
}

/// Whether the middle belongs to the edge. `a` and `b` may change places.
fn bends(a: Coord<f64>, middle: Coord<f64>, b: Coord<f64>) -> bool {
    // Rounding must not make a difference between the two directions.
    let (a, b) = if (b.x, b.y) < (a.x, a.y) { (b, a) } else { (a, b) };
    // It tells which way round the earth the edge leads.
    if WIDE.contains(&(b.x - a.x)) {
        return true;
    }
    // Where a longitude is not finite there is nothing to compare, and the area is rejected.
    let (x, y) = (east(a, b), b.y - a.y);
    let (to_x, to_y) = (east(a, middle), middle.y - a.y);
    let length = x.hypot(y);
    length > 0.0 && (x * to_y - y * to_x).abs() / length > TOLERANCE
}
