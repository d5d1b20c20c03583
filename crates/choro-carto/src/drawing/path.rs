//! Polygons as SVG path data (SVG 2, 9.3), in tenths of a pixel and as differences, which compress well.

use super::frame::Frame;
use choro_tiles::skeleton::{Ring, Shape};
use std::fmt::Write;

/// Steps in a pixel.
pub(super) const STEPS: f64 = 10.0;

/// The path of an area; empty where nothing of it lies in the frame.
pub(super) fn path(shapes: &[Shape], frame: &Frame) -> String {
    let mut out = String::new();
    for ring in shapes.iter().flatten() {
        let points = steps(ring, frame);
        if seen(&points, frame) {
            push(&mut out, &points);
        }
    }
    out
}

/// The ring in steps, without points that fall together. A ring always keeps its first point, so that none vanishes.
fn steps(ring: &Ring, frame: &Frame) -> Vec<[i64; 2]> {
    let step = |point: &[i32; 2]| frame.point(point.map(f64::from)).map(|c| (c * STEPS).round() as i64);
    let mut points: Vec<_> = ring.iter().map(step).collect();
    points.dedup();
    points
}

/// Whether the box around a ring meets the frame.
fn seen(points: &[[i64; 2]], frame: &Frame) -> bool {
    let limits = [frame.width, frame.height].map(|length| (length * STEPS) as i64);
    [0, 1].into_iter().all(|axis| {
        let along = || points.iter().map(|point| point[axis]);
        along().any(|c| c >= 0) && along().any(|c| c <= limits[axis])
    })
}

fn push(out: &mut String, points: &[[i64; 2]]) {
    let Some([x, y]) = points.first() else { return };
    let _ = write!(out, "M{x} {y}l");
    let mut first = true;
    for pair in points.windows(2) {
        let [[ax, ay], [bx, by]] = pair else { continue };
        for difference in [bx - ax, by - ay] {
            // A minus sign separates as well as a space.
            if !first && difference >= 0 {
                out.push(' ');
            }
            first = false;
            let _ = write!(out, "{difference}");
        }
    }
    if first {
        // One point alone: a dot.
        out.push_str("1 0 0 1-1 0");
    }
    out.push('z');
}
