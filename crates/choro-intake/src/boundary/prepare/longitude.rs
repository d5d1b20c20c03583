//! The antimeridian is no border: one continuous run of longitudes for a whole set.
//!
//! A square around 180 comes in three forms, and all of them must become one ring from 179 to 181:
//!
//! ```text
//! cut at 180         179..180 and -180..-179
//! running on         179..181
//! jumping            179, -179, -179, 179
//! ```
//!
//! Each ring is unwrapped: a step of more than half a turn goes the other way round. Then the widest gap of longitudes is found in
//! which the set has nothing. The circle is cut there, and every ring is shifted into the resulting frame. The halves of what was cut
//! at 180 now meet edge to edge, and `mend` dissolves the line between them. A set without a gap, such as the world, gets a frame for
//! each area. Longitudes change only by whole turns, so shared vertices stay shared.

use super::{
    antimeridian::{ON_MERIDIAN, pull, snap},
    pole,
};
use crate::boundary::{
    geometry::rings::{Parts, Ring},
    report::GeometryDefect,
};
use geo::Coord;

/// The narrowest gap at which the circle is cut, degrees.
const GAP: f64 = 1.0;
/// An edge over more than so many degrees of longitude is taken the short way, across the antimeridian: its ends lie in the quarter of
/// the circle around it. One over more than half of the circle, and less, is taken as it is written. Both are told.
const ACROSS: f64 = 270.0;
/// An edge over more than so many degrees can only be meant the short way.
const SURELY_ACROSS: f64 = 350.0;

/// What was found in an area.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FoundEdge {
    pub defect: GeometryDefect,
    pub at: Coord<f64>,
}

/// Brings all areas into one frame. Where there is none, each area gets its own. `written` says that the file has longitudes; else
/// they come from another reference system, and its edges are short. Says what was found, and in which area.
pub fn unwrap(areas: &mut [Parts], written: bool) -> Vec<(usize, FoundEdge)> {
    let mut found = Vec::new();
    for (index, ring) in
        areas.iter_mut().enumerate().flat_map(|(index, parts)| parts.iter_mut().flatten().map(move |ring| (index, ring)))
    {
        unwrap_ring(ring, written, &mut |defect, at| found.push((index, FoundEdge { defect, at })));
    }
    let spans: Vec<(f64, f64)> = areas.iter().flat_map(spans).collect();
    match frame(spans) {
        Some(start) => areas.iter_mut().for_each(|parts| shift(parts, start)),
        None => {
            for parts in areas.iter_mut() {
                if let Some(start) = frame(spans_of(parts)) {
                    shift(parts, start);
                }
            }
        }
    }
    pull(areas);
    snap(areas);
    found
}

fn spans_of(parts: &Parts) -> Vec<(f64, f64)> {
    spans(parts).collect()
}

fn spans(parts: &Parts) -> impl Iterator<Item = (f64, f64)> + '_ {
    parts.iter().filter_map(|part| part.first()).map(|ring| span(ring))
}

/// Westernmost and easternmost longitude.
fn span(ring: &[Coord<f64>]) -> (f64, f64) {
    ring.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(west, east), c| (west.min(c.x), east.max(c.x)))
}

/// Follows a ring around the circle. A ring that goes round a pole is closed along it. One that runs along the pole already stays as
/// it is (Antarctica), and so does one that would become a line (a rectangle from -180 to 180).
fn unwrap_ring(ring: &mut Ring, written: bool, tell: &mut impl FnMut(GeometryDefect, Coord<f64>)) {
    let mut turns = Vec::with_capacity(ring.len());
    let (mut turn, mut before, mut told) = (0.0, ring.first().copied().unwrap_or_default(), Vec::new());
    for c in ring.iter().chain(ring.first()) {
        let step = c.x - before.x;
        let taken_as_written = written && step.abs() < ACROSS;
        if step.abs() > 180.0 && taken_as_written {
            told.push((GeometryDefect::WideEdge, before));
        } else if step.abs() > 180.0 {
            turn -= (step / 360.0).round();
            told.extend((written && step.abs() < SURELY_ACROSS).then_some((GeometryDefect::AcrossAntimeridian, before)));
        }
        turns.push(turn);
        before = *c;
    }
    let around = turns.pop().unwrap_or_default();
    if around != 0.0 {
        if let Some(closed) = pole::closed(ring, &turns, around) {
            tell(GeometryDefect::AroundPole, ring.first().copied().unwrap_or_default());
            *ring = closed;
        }
        return;
    }
    told.into_iter().for_each(|(defect, at)| tell(defect, at));
    if turns.iter().all(|turn| *turn == 0.0) {
        return;
    }
    let unwrapped: Ring = ring.iter().zip(&turns).map(|(c, turn)| Coord { x: c.x + 360.0 * turn, y: c.y }).collect();
    let (west, east) = span(&unwrapped);
    if east - west > ON_MERIDIAN {
        *ring = unwrapped;
    }
}

/// Where the frame of 360 degrees begins. It begins in the middle of the widest gap, so that the middle of what is covered lies within
/// -180..180. `None` if no gap is wide enough.
fn frame(mut spans: Vec<(f64, f64)>) -> Option<f64> {
    for (west, east) in &mut spans {
        let turns = (*west / 360.0).floor() * 360.0;
        (*west, *east) = (*west - turns, *east - turns);
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = spans.first()?.0;
    let (mut covered, mut widest) = (first, (f64::NEG_INFINITY, 0.0));
    // What runs beyond 360 covers the beginning of the circle as well.
    let beyond = spans.iter().map(|(_, east)| east - 360.0).fold(f64::NEG_INFINITY, f64::max);
    let mut gap = |from: f64, to: f64| {
        if to - from > widest.0 {
            widest = (to - from, from);
        }
    };
    for (west, east) in &spans {
        gap(covered.max(beyond), *west);
        covered = covered.max(*east);
    }
    gap(covered, first + 360.0);
    let (width, from) = widest;
    if width <= GAP {
        return None;
    }
    let start = from + width / 2.0;
    // The middle of what is covered lies opposite to the middle of the gap.
    let middle = start + 180.0;
    Some(start - 360.0 * ((middle - 180.0) / 360.0).ceil())
}

/// Shifts every ring by whole turns into the frame.
fn shift(parts: &mut Parts, start: f64) {
    for ring in parts.iter_mut().flatten() {
        let turns = ((span(ring).0 - start) / 360.0).floor();
        if turns != 0.0 {
            ring.iter_mut().for_each(|c| c.x -= 360.0 * turns);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(lons: [f64; 4]) -> Ring {
        lons.iter().zip([0.0, 0.0, 1.0, 1.0]).map(|(x, y)| Coord { x: *x, y }).collect()
    }

    fn longitudes(rings: &[[f64; 4]]) -> Vec<(f64, f64)> {
        let mut areas: Vec<Parts> = rings.iter().map(|lons| vec![vec![square(*lons)]]).collect();
        unwrap(&mut areas, true);
        areas.iter().map(|parts| span(&parts[0][0])).collect()
    }

    #[test]
    fn the_circle_is_cut_at_the_widest_gap_of_the_set() {
        for (rings, expected) in [
            // Far east and far west of one land, the three forms.
            (
                vec![[20.0, 100.0, 100.0, 20.0], [179.0, 180.0, 180.0, 179.0], [-180.0, -179.0, -179.0, -180.0]],
                vec![(20.0, 100.0), (179.0, 180.0), (180.0, 181.0)],
            ),
            (vec![[20.0, 100.0, 100.0, 20.0], [179.0, 181.0, 181.0, 179.0]], vec![(20.0, 100.0), (179.0, 181.0)]),
            (vec![[20.0, 100.0, 100.0, 20.0], [179.0, -179.0, -179.0, 179.0]], vec![(20.0, 100.0), (179.0, 181.0)]),
            // A land of the western hemisphere, and one in the form 0..360.
            (vec![[-100.0, -90.0, -90.0, -100.0]], vec![(-100.0, -90.0)]),
            (vec![[250.0, 260.0, 260.0, 250.0]], vec![(-110.0, -100.0)]),
            (vec![[172.0, 173.0, 173.0, 172.0], [-130.0, -60.0, -60.0, -130.0]], vec![(-188.0, -187.0), (-130.0, -60.0)]),
        ] {
            assert_eq!(longitudes(&rings), expected, "{rings:?}");
        }
    }

    #[test]
    fn what_goes_all_the_way_round_stays_as_it_is() {
        assert_eq!(longitudes(&[[-180.0, 180.0, 180.0, -180.0]]), [(-180.0, 180.0)]);
        // -180 and on in steps, back in one leap along the pole.
        let mut ring: Ring = (-18..=18).map(|i| Coord { x: f64::from(i) * 10.0, y: -70.0 }).collect();
        ring.extend([Coord { x: 180.0, y: -90.0 }, Coord { x: -180.0, y: -90.0 }]);
        let mut areas = vec![vec![vec![ring.clone()]]];
        unwrap(&mut areas, true);
        assert_eq!(areas[0][0][0], ring);
    }

    #[test]
    fn a_set_around_the_world_gets_a_frame_for_each_area() {
        let world = [
            [-180.0, -60.0, -60.0, -180.0],
            [-60.0, 60.0, 60.0, -60.0],
            [60.0, 180.0, 180.0, 60.0],
            [177.0, -178.0, -178.0, 177.0],
        ];
        assert_eq!(longitudes(&world), [(-180.0, -60.0), (-60.0, 60.0), (60.0, 180.0), (177.0, 182.0)]);
    }
}
