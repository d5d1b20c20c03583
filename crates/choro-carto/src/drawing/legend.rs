//! The legend as SVG: one row an entry.

use super::{
    circles::Circles,
    map::{DOTS, paint},
    text::{FAMILY, Weight, width},
    xml::escape,
};
use crate::style::Legend;
use choro_model::{Cell, State, words::words};
use std::fmt::Write;

/// Size of letters in pixels.
const SIZE: f64 = 12.0;
/// Height of a row.
const ROW: f64 = 19.0;
/// Side of a swatch.
const SWATCH: f64 = 14.0;

/// A legend that is drawn, and how much room it takes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub svg: String,
    pub width: f64,
    pub height: f64,
}

/// What a row shows before its words.
enum LegendSign {
    Swatch {
        fill: String,
        line: String,
    },
    Circle {
        radius: f64,
        fill: String,
    },
    /// Words alone.
    Nothing,
}

/// The entries of a legend: circles where the map has some, else classes; of the states only those that occur; what is to be known of
/// some values.
fn rows(legend: &Legend, circles: Option<Circles<'_>>, cells: &[Cell]) -> Vec<(LegendSign, String)> {
    let mut rows = circles.map_or_else(|| classes(legend), self::circles);
    let occurs = |state: State| cells.contains(&Cell::State(state));
    rows.extend(legend.states.iter().filter(|entry| occurs(entry.state)).map(|entry| {
        let line = entry.look.outline.map_or_else(|| "#8a929a".to_owned(), |colour| colour.to_string());
        (LegendSign::Swatch { fill: paint(entry.state), line }, entry.label.to_owned())
    }));
    rows.extend(legend.flags.iter().map(|entry| {
        let sign = match entry.pattern {
            Some(_) => LegendSign::Swatch { fill: DOTS.to_owned(), line: "#8a929a".to_owned() },
            None => LegendSign::Nothing,
        };
        (sign, words(&legend.lang).legend_flagged(&entry.label, entry.count))
    }));
    rows
}

/// The legend as one piece of SVG.
pub(super) fn block(legend: &Legend, circles: Option<Circles<'_>>, cells: &[Cell]) -> Block {
    let rows = rows(legend, circles, cells);
    let mut svg = format!("<g font-family=\"{FAMILY}\" font-stretch=\"condensed\" font-size=\"{SIZE}\" fill=\"#1d2329\">");
    let (mut y, mut most) = (0.0, 0.0_f64);
    let left = rows.iter().map(|(sign, _)| sign.width()).fold(SWATCH, f64::max);
    for (sign, label) in &rows {
        let height = sign.height().max(ROW);
        sign.draw(&mut svg, left / 2.0, y + height / 2.0);
        let _ = write!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            left + 8.0,
            y + height / 2.0 + SIZE * 0.36,
            escape(label)
        );
        most = most.max(left + 8.0 + width(label, SIZE, Weight::Regular));
        y += height;
    }
    svg.push_str("</g>");
    Block { svg, width: most, height: y }
}

/// An entry of a legend for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegendEntry {
    /// What it shows, as SVG.
    pub sign: String,
    /// Whether that is a circle. Its width is then a part of the map's width, so that it grows and shrinks with the map.
    pub is_circle: bool,
    /// Its words.
    pub label: String,
}

/// The entries of a legend for a page on which the map is drawn `map_width` pixels wide and may be scaled by the browser.
#[must_use]
pub fn entries(legend: &Legend, circles: Option<Circles<'_>>, cells: &[Cell], map_width: f64) -> Vec<LegendEntry> {
    rows(legend, circles, cells).into_iter().map(|(sign, label)| entry(&sign, label, map_width)).collect()
}

fn entry(sign: &LegendSign, label: String, map_width: f64) -> LegendEntry {
    let (width, height) = (sign.width() + 2.0, sign.height() + 2.0);
    let is_circle = matches!(sign, LegendSign::Circle { .. });
    // A circle without a height of its own has that of its view box.
    let size = match is_circle {
        true => format!("width=\"{:.4}%\"", 100.0 * width / map_width),
        false => format!("width=\"{width:.0}\" height=\"{height:.0}\""),
    };
    let mut svg = format!("<svg class=\"sign\" {size} viewBox=\"0 0 {width:.2} {height:.2}\" aria-hidden=\"true\">");
    sign.draw(&mut svg, width / 2.0, height / 2.0);
    svg.push_str("</svg>");
    LegendEntry { sign: svg, is_circle, label }
}

/// The classes from the highest down; zero where it belongs among them.
fn classes(legend: &Legend) -> Vec<(LegendSign, String)> {
    let swatch = |colour: choro_figures::classify::Colour, label: &str| {
        (LegendSign::Swatch { fill: colour.to_string(), line: "#8a929a".to_owned() }, label.to_owned())
    };
    let mut rows: Vec<_> = legend.classes.iter().map(|class| swatch(class.colour, &class.label)).collect();
    if let Some(zero) = &legend.zero {
        let below = legend.classes.iter().filter(|class| class.hi <= 0.0).count();
        rows.insert(below, swatch(zero.colour, &zero.label));
    }
    rows.reverse();
    rows
}

/// The circles of the legend, each exactly as large as that of an area of its value on the map.
fn circles(circles: Circles<'_>) -> Vec<(LegendSign, String)> {
    let sign = |circle: &crate::style::Circle| {
        let (radius, fill) = (circles.radius(circle.value), circles.colour(circle.value).to_string());
        (LegendSign::Circle { radius, fill }, circle.label.clone())
    };
    circles.shown().iter().map(sign).collect()
}

impl LegendSign {
    fn width(&self) -> f64 {
        match self {
            Self::Swatch { .. } => SWATCH * 1.5,
            Self::Circle { radius, .. } => 2.0 * radius,
            Self::Nothing => 0.0,
        }
    }

    fn height(&self) -> f64 {
        match self {
            Self::Swatch { .. } => SWATCH,
            Self::Circle { radius, .. } => 2.0 * radius + 3.0,
            Self::Nothing => 0.0,
        }
    }

    /// Draws the sign around a point.
    fn draw(&self, out: &mut String, x: f64, y: f64) {
        let _ = match self {
            Self::Swatch { fill, line } => {
                let (left, top, width) = (x - SWATCH * 0.75, y - SWATCH / 2.0, SWATCH * 1.5);
                // A pattern is made for the map, which is drawn ten times as large.
                write!(
                    out,
                    "<path transform=\"translate({left:.1} {top:.1}) scale(0.1)\" d=\"M0 0h{:.0}v{:.0}H0z\" fill=\"{fill}\" \
                     stroke=\"{line}\" stroke-width=\"8\"/>",
                    width * 10.0,
                    SWATCH * 10.0
                )
            }
            Self::Nothing => Ok(()),
            Self::Circle { radius, fill } => write!(
                out,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\" fill=\"{fill}\" fill-opacity=\"0.75\" stroke=\"#ffffff\" \
                 stroke-width=\"0.8\"/>"
            ),
        };
    }
}
