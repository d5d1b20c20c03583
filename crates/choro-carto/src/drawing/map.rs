//! The map itself: every area in the colour of its class or the look of its state, circles where they are asked for.

use super::{
    circles::Circles,
    frame::Frame,
    inset::{Inset, inset},
    names::{self, AreaName},
    path::{STEPS, path},
    xml::escape,
};
use crate::style::{Pattern, look};
use choro_bundle::AreaTable;
use choro_figures::classify::{Classification, Colour};
use choro_model::{Cell, Flags, Lang, State, grid::Grid};
use choro_tiles::skeleton::Outline;
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write};
use utoipa::ToSchema;

/// The sea, and whatever is not an area of the set.
pub(super) const GROUND: &str = "#eaf0f3";
/// An area under circles.
const BLANK: Colour = Colour::hex(0xf7_f8_f8);
const BORDER: &str = "#3d4650";

/// How values are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Areas in the colour of their class.
    Choropleth,
    /// Circles as large as the values.
    Symbols,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Choropleth, Self::Symbols];

    /// Its name in URLs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Choropleth => "choropleth",
            Self::Symbols => "symbols",
        }
    }

    /// The form of a name, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == text)
    }
}

/// What a map is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct MapDrawing<'a> {
    /// The areas.
    pub outline: &'a Outline,
    /// Where they lie in the picture.
    pub frame: Frame,
    /// The grid of the outline.
    pub grid: &'a Grid,
    /// Their codes and names.
    pub areas: &'a AreaTable,
    /// The values, one for each area.
    pub cells: &'a [Cell],
    /// The classes of the values.
    pub classes: &'a Classification,
    /// The circles that values are shown as; `None`: areas have the colours of their classes.
    pub circles: Option<Circles<'a>>,
    /// What is to be known of each value; empty: nothing. Areas whose values are not to be relied on are dotted.
    pub flags: &'a [Flags],
    /// The row of the area that stands out.
    pub selected: Option<usize>,
    /// What is said of each area when it is pointed at, one text for each; empty: nothing.
    pub titles: &'a [String],
    /// Names are written on the map in this language.
    pub labels: Option<&'a Lang>,
}

impl MapDrawing<'_> {
    /// What stands inside an `svg` element of the frame's size, ground, patterns and inset included. Each area is a `path` with
    /// its code as `data-code`; those of one look stand in one group. In the inset the code is `data-inset`.
    #[must_use]
    pub fn svg(&self) -> String {
        let Frame { width, height, .. } = self.frame;
        let mut out = patterns();
        let _ = write!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{GROUND}\"/>{}", self.body("data-code"));
        if let Some(inset) = inset(self.outline, &self.frame) {
            self.draw_inset(&mut out, &inset);
        }
        out.push_str(&self.names());
        out
    }

    /// Areas, selection and circles.
    fn body(&self, attribute: &str) -> String {
        let mut out = format!(
            "<g class=\"areas\" transform=\"scale({})\" fill-rule=\"evenodd\" stroke=\"{BORDER}\" stroke-opacity=\"0.6\" \
             stroke-width=\"{}\" stroke-linejoin=\"round\">",
            1.0 / STEPS,
            0.5 * STEPS
        );
        for (fill, paths) in self.groups(attribute) {
            let _ = write!(out, "<g fill=\"{fill}\">{paths}</g>");
        }
        out.push_str("</g>");
        out.push_str(&self.dots());
        out.push_str(&self.selection());
        out.push_str(&self.circles());
        out
    }

    /// The inset with a line around it, and one around what it shows. Its areas are larger than on the map; its circles are not,
    /// since they are read by the same legend.
    fn draw_inset(&self, out: &mut String, inset: &Inset) {
        let larger = MapDrawing { frame: inset.frame, ..*self };
        let ([x, y], Frame { width, height, .. }) = (inset.at, inset.frame);
        let [left, top, right, bottom] = inset.shows;
        let _ = write!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"none\" stroke=\"{BORDER}\"/><svg \
             class=\"inset\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" overflow=\"hidden\"><rect \
             width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{GROUND}\"/>{}<rect width=\"{width:.1}\" height=\"{height:.1}\" \
             fill=\"none\" stroke=\"{BORDER}\" stroke-width=\"2\"/></svg>",
            right - left,
            bottom - top,
            larger.body("data-inset")
        );
    }

    /// The paths by the fill that they share.
    fn groups(&self, attribute: &str) -> BTreeMap<String, String> {
        let mut groups: BTreeMap<String, String> = BTreeMap::new();
        for (row, shapes) in self.outline.areas().enumerate() {
            let data = path(shapes, &self.frame);
            let (Some(area), false) = (self.areas.rows().get(row), data.is_empty()) else { continue };
            let group = groups.entry(self.fill(row)).or_default();
            let code = escape(area.code.as_str());
            let _ = match self.titles.get(row) {
                Some(title) => {
                    write!(group, "<path {attribute}=\"{code}\" d=\"{data}\"><title>{}</title></path>", escape(title))
                }
                None => write!(group, "<path {attribute}=\"{code}\" d=\"{data}\"/>"),
            };
        }
        groups
    }

    fn fill(&self, row: usize) -> String {
        match self.cells.get(row) {
            Some(Cell::Value(_)) if self.circles.is_some() => BLANK.to_string(),
            Some(Cell::Value(value)) => self.classes.colour_of(*value).unwrap_or(BLANK).to_string(),
            Some(Cell::State(state)) => paint(*state),
            None => paint(State::Missing),
        }
    }

    /// The areas whose values are not to be relied on, once more with dots. They are no part of what can be pointed at.
    fn dots(&self) -> String {
        let is_dotted = |row: usize| self.flags.get(row).is_some_and(|flags| flags.is_unreliable());
        let dotted = || self.outline.areas().enumerate().filter(|(row, _)| is_dotted(*row));
        let paths: String = dotted()
            .map(|(_, shapes)| path(shapes, &self.frame))
            .filter(|data| !data.is_empty())
            .map(|data| format!("<path d=\"{data}\"/>"))
            .collect();
        if paths.is_empty() {
            return paths;
        }
        let small = dotted().filter(|(_, shapes)| names::area(shapes, &self.frame) < SURELY_DOTTED);
        let lone: String = small.filter_map(|(row, _)| self.anchor(row)).map(dot).collect();
        format!(
            "<g class=\"unreliable\" transform=\"scale({})\" fill=\"{DOTS}\" fill-rule=\"evenodd\" pointer-events=\"none\">{paths}</g>{lone}",
            1.0 / STEPS
        )
    }

    /// The selected area once more, with a line that is seen on every colour.
    fn selection(&self) -> String {
        let shapes = self.selected.and_then(|row| self.outline.area(row));
        let data = shapes.map(|shapes| path(shapes, &self.frame)).unwrap_or_default();
        if data.is_empty() {
            return data;
        }
        let line = |colour: &str, width: f64| {
            format!("<path d=\"{data}\" stroke=\"{colour}\" stroke-width=\"{}\"/>", width * STEPS)
        };
        format!(
            "<g class=\"selected\" transform=\"scale({})\" fill=\"none\" stroke-linejoin=\"round\">{}{}</g>",
            1.0 / STEPS,
            line("#ffffff", 4.0),
            line("#000000", 2.0)
        )
    }

    /// Circles, the largest first, so that none hides a smaller one.
    fn circles(&self) -> String {
        let Some(circles) = self.circles else { return String::new() };
        let value = |(row, cell): (usize, &Cell)| Some((row, cell.number().filter(|value| *value != 0.0)?));
        let mut values: Vec<(usize, f64)> = self.cells.iter().enumerate().filter_map(value).collect();
        values.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        let mut out = String::from("<g class=\"symbols\" stroke=\"#ffffff\" stroke-width=\"0.8\" fill-opacity=\"0.75\">");
        for (row, value) in values {
            let (Some([x, y]), Some(area)) = (self.anchor(row), self.areas.rows().get(row)) else { continue };
            let radius = circles.radius(value);
            if self.frame.sees([x, y], radius) {
                let (code, colour) = (escape(area.code.as_str()), circles.colour(value));
                let _ = write!(
                    out,
                    "<circle data-code=\"{code}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.2}\" fill=\"{colour}\"/>"
                );
            }
        }
        out.push_str("</g>");
        out
    }

    fn names(&self) -> String {
        let Some(lang) = self.labels else { return String::new() };
        let area_name = |(row, shapes): (usize, &[choro_tiles::skeleton::Shape])| {
            let text = self.areas.rows().get(row)?.names.pick(lang, "");
            let at = self.anchor(row).filter(|_| !text.is_empty())?;
            Some(AreaName { text, at, area: names::area(shapes, &self.frame) })
        };
        names::names(self.outline.areas().enumerate().filter_map(area_name).collect(), &self.frame)
    }

    /// The point inside an area where its circle and its name stand, in pixels of the frame.
    fn anchor(&self, row: usize) -> Option<[f64; 2]> {
        let [lon, lat] = self.areas.rows().get(row)?.label?;
        let units = self.outline.units();
        let shapes = self.outline.area(row)?;
        let columns = || shapes.iter().flatten().flatten().map(|point| f64::from(point[0]) / units);
        let (west, east) = (columns().fold(f64::INFINITY, f64::min), columns().fold(f64::NEG_INFINITY, f64::max));
        let [x, y] = self.grid.project(lon, lat)?;
        // In a grid that wraps an area may lie beyond its edge, while its point is written within -180..180.
        let turn = [0.0, 1.0, -1.0].into_iter().find(|turn| (west..=east).contains(&(x + turn)))?;
        Some(self.frame.fraction([x + turn, y]))
    }
}

/// Square pixels of an area on which some of the pattern's dots lie for sure. A smaller one may fall between them.
const SURELY_DOTTED: f64 = 150.0;

/// A dot of its own at a point of the frame, like those of the pattern.
fn dot([x, y]: [f64; 2]) -> String {
    let round = |radius: f64| {
        let (left, across) = (x - radius, 2.0 * radius);
        format!("M{left:.1} {y:.1}a{radius} {radius} 0 1 0 {across} 0a{radius} {radius} 0 1 0-{across} 0z")
    };
    format!(
        "<g class=\"dot\" pointer-events=\"none\"><path d=\"{}\" fill=\"#ffffff\"/><path d=\"{}\" fill=\"#1d2329\"/></g>",
        round(1.7),
        round(1.05)
    )
}

/// The fill of dots.
pub(super) const DOTS: &str = "url(#choro-unreliable)";

/// The fill of a state.
pub(super) fn paint(state: State) -> String {
    let look = look(state);
    if look.pattern.is_some() { format!("url(#choro-{state})") } else { look.colour.to_string() }
}

/// The patterns of the states, lines one way or the other, and of values that are not to be relied on.
pub(super) fn patterns() -> String {
    let mut out = String::from("<defs>");
    for state in State::ALL {
        let look = look(state);
        let (Some(pattern), Some(line)) = (look.pattern, look.outline) else { continue };
        let data = match pattern {
            Pattern::Hatch => "M-1 5L5 11M-1-1L11 11M5-1L11 5",
            Pattern::Counterhatch => "M-1 5L5-1M-1 11L11-1M5 11L11 5",
            Pattern::Dots => continue,
        };
        // Areas are drawn ten times as large and made smaller, and their patterns with them.
        let _ = write!(
            out,
            "<pattern id=\"choro-{state}\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"scale({STEPS}) scale(0.7)\"><path d=\"M0 0h10v10H0z\" fill=\"{}\" stroke=\"none\"/><path d=\"{data}\" \
             fill=\"none\" stroke=\"{line}\" stroke-opacity=\"1\" stroke-width=\"1.6\"/></pattern>",
            look.colour
        );
    }
    // A ring of white, so that dots are seen on dark colours.
    let _ = write!(
        out,
        "<pattern id=\"choro-unreliable\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" patternTransform=\"scale({STEPS}) \
         scale(0.7)\"><path d=\"M2.6 5a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0z\" fill=\"#ffffff\" stroke=\"none\"/><path \
         d=\"M3.5 5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0z\" fill=\"#1d2329\" stroke=\"none\"/></pattern>"
    );
    out.push_str("</defs>");
    out
}
