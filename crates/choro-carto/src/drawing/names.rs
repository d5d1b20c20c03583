//! Names on the map: the largest areas first, none over another, none beyond the frame.

use super::{
    frame::Frame,
    text::{FAMILY, Weight, width},
    xml::escape,
};
use choro_tiles::skeleton::Shape;
use std::fmt::Write;

/// Height of the letters in pixels.
const SIZE: f64 = 10.0;
/// Room around a name in pixels.
const ROOM: f64 = 2.0;

/// The name of an area, and where it belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct AreaName<'a> {
    pub text: &'a str,
    /// The middle of the name, in pixels of the frame.
    pub at: [f64; 2],
    /// Square pixels of the area.
    pub area: f64,
}

/// Left, top, right, bottom.
type NameBox = [f64; 4];

/// The names that find room, as SVG.
pub(super) fn names(mut names: Vec<AreaName<'_>>, frame: &Frame) -> String {
    names.sort_by(|a, b| b.area.total_cmp(&a.area));
    let mut taken: Vec<NameBox> = Vec::new();
    let mut out = String::new();
    for name in names {
        let half = width(name.text, SIZE, Weight::Regular) / 2.0 + ROOM;
        let [x, y] = name.at;
        let place = [x - half, y - SIZE / 2.0 - ROOM, x + half, y + SIZE / 2.0 + ROOM];
        let inside = place[0] >= 0.0 && place[1] >= 0.0 && place[2] <= frame.width && place[3] <= frame.height;
        // A name much wider than its area would be read as a neighbour's.
        let own = name.area.sqrt() * 1.6 >= half;
        if inside && own && !taken.iter().any(|other| meet(&place, other)) {
            taken.push(place);
            let _ = write!(out, "<text x=\"{x:.1}\" y=\"{:.1}\">{}</text>", y + SIZE * 0.36, escape(name.text));
        }
    }
    if out.is_empty() {
        return out;
    }
    format!(
        "<g font-family=\"{FAMILY}\" font-stretch=\"condensed\" font-size=\"{SIZE}\" text-anchor=\"middle\" fill=\"#1d2329\" \
         stroke=\"#ffffff\" stroke-width=\"2.4\" stroke-opacity=\"0.85\" stroke-linejoin=\"round\" paint-order=\"stroke\">{out}</g>"
    )
}

fn meet(a: &NameBox, b: &NameBox) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

/// Square pixels of an area.
pub(super) fn area(shapes: &[Shape], frame: &Frame) -> f64 {
    let twice = |ring: &choro_tiles::skeleton::Ring| {
        let points: Vec<_> = ring.iter().map(|point| frame.point(point.map(f64::from))).collect();
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>()
    };
    shapes.iter().flatten().map(twice).sum::<f64>().abs() / 2.0
}
