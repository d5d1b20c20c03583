//! A picture that stands alone: title, map, legend, notes, source.

use super::{
    circles::Circles,
    legend::{self, Block},
    map::{Form, MapDrawing},
    text::{self, FAMILY, Weight, at_most, wrap},
    xml::escape,
};
use crate::style::Legend;
use choro_model::{Cell, Lang};
use serde::Serialize;
use std::{fmt::Write, str::FromStr};
use utoipa::ToSchema;

/// Room around everything, as a part of the shorter side.
const MARGIN: f64 = 0.03;
/// Pixels between title, map, legend and notes.
const GAP: f64 = 10.0;
const INK: &str = "#1d2329";
const FAINT: &str = "#4d5761";

/// The size of a picture in CSS pixels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// A4, landscape, at 96 pixels an inch.
    #[default]
    Page,
    /// A4, portrait.
    Portrait,
    /// 1200 x 630, as social sites show links.
    Wide,
    /// 1080 x 1080.
    Square,
}

impl Size {
    /// All sizes.
    pub const ALL: [Self; 4] = [Self::Page, Self::Portrait, Self::Wide, Self::Square];

    /// Its name in URLs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Portrait => "portrait",
            Self::Wide => "wide",
            Self::Square => "square",
        }
    }

    /// Width and height.
    #[must_use]
    pub const fn pixels(self) -> [f64; 2] {
        match self {
            Self::Page => [1123.0, 794.0],
            Self::Portrait => [794.0, 1123.0],
            Self::Wide => [1200.0, 630.0],
            Self::Square => [1080.0, 1080.0],
        }
    }

    /// Pixels of a PNG for each CSS pixel: pages are printed, the others have the size that sites ask for.
    #[must_use]
    pub const fn density(self) -> f64 {
        match self {
            Self::Page | Self::Portrait => 2.0,
            Self::Wide | Self::Square => 1.0,
        }
    }
}

/// There is no size of this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("size is not known: there is {}", Size::ALL.map(Size::as_str).join(", "))]
pub struct UnknownSize;

impl FromStr for Size {
    type Err = UnknownSize;

    fn from_str(text: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.as_str() == text).ok_or(UnknownSize)
    }
}

/// What stands around the map.
#[derive(Debug, Clone)]
pub struct Sheet<'a> {
    /// The size of the whole.
    pub size: Size,
    /// What is shown and when.
    pub title: &'a str,
    /// Unit and breakdown.
    pub subtitle: &'a str,
    /// What must be known before reading the map, a sentence each.
    pub warnings: &'a [String],
    /// What the figures mean.
    pub note: &'a str,
    /// Sources, licences, borders and release, one line each.
    pub source: &'a [String],
    /// A text in place of the drawing, for those who do not see it.
    pub summary: &'a str,
    /// The legend.
    pub legend: &'a Legend,
    /// How values are shown.
    pub form: Form,
    /// The values: the legend names only the states that occur.
    pub cells: &'a [Cell],
    /// The language of all this.
    pub lang: &'a Lang,
}

/// Lines of text and where the first of them stands.
struct Text<'a> {
    lines: &'a [String],
    size: f64,
    weight: Weight,
    colour: &'a str,
}

impl Text<'_> {
    const LEADING: f64 = 1.28;

    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.size * Self::LEADING
    }

    fn draw(&self, out: &mut String, x: f64, top: f64) {
        let bold = if self.weight == Weight::Bold { " font-weight=\"bold\"" } else { "" };
        let (size, colour) = (self.size, self.colour);
        let _ = write!(out, "<g font-size=\"{size}\" fill=\"{colour}\"{bold}>");
        for (line, index) in self.lines.iter().zip(0_u16..) {
            let y = top + size + f64::from(index) * size * Self::LEADING;
            let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(line));
        }
        out.push_str("</g>");
    }
}

impl Sheet<'_> {
    /// The whole picture as SVG. `map` is asked for the map in a frame of the size that is left for it, with the circles that the
    /// legend explains, if values are shown as circles.
    pub fn svg<'m>(&'m self, map: impl FnOnce([f64; 2], Option<Circles<'m>>) -> MapDrawing<'m>) -> String {
        let [width, height] = self.size.pixels();
        let margin = width.min(height) * MARGIN;
        let inner = width - 2.0 * margin;
        let title = at_most(wrap(self.title, 24.0, Weight::Bold, inner), 2);
        let title = Text { lines: &title, size: 24.0, weight: Weight::Bold, colour: INK };
        let subtitle = at_most(wrap(self.subtitle, 15.0, Weight::Regular, inner), 2);
        let subtitle = Text { lines: &subtitle, size: 15.0, weight: Weight::Regular, colour: FAINT };
        let foot = self.foot(inner);
        let foot = Text { lines: &foot, size: 11.0, weight: Weight::Regular, colour: FAINT };
        let warnings: Vec<String> = self.warnings.iter().flat_map(|text| wrap(text, 13.0, Weight::Bold, inner)).collect();
        let warnings = Text { lines: &warnings, size: 13.0, weight: Weight::Bold, colour: INK };
        let top = margin + title.height() + subtitle.height() + warnings.height() + GAP;
        let bottom = height - margin - foot.height() - GAP;
        let beside = width > height;
        // The room for the map depends on the legend, and the legend on the size of its circles. So that is chosen first, by about
        // how wide the map will be, and then holds for both.
        let circles = self.circles(if beside { inner * 0.75 } else { inner });
        let legend = self.legend_block(circles);
        // The map never runs under its legend: wide sheets have it beside, others below.
        let room = match beside {
            true => [inner - legend.width - 2.0 * GAP, bottom - top],
            false => [inner, bottom - top - legend.height - GAP],
        };
        let map = map(room.map(|length| length.max(100.0)), circles);
        let (w, h) = (map.frame.width, map.frame.height);
        let mut out = self.head(width, height);
        title.draw(&mut out, margin, margin);
        subtitle.draw(&mut out, margin, margin + title.height());
        if !warnings.lines.is_empty() {
            warnings.draw(&mut out, margin, margin + title.height() + subtitle.height());
        }
        let _ = write!(
            out,
            "<svg x=\"{margin:.1}\" y=\"{top:.1}\" width=\"{w:.1}\" height=\"{h:.1}\" overflow=\"hidden\">{}</svg>",
            map.svg()
        );
        let [x, y] = if beside { [margin + w + 2.0 * GAP, top] } else { [margin, top + h + GAP] };
        let _ = write!(out, "<g transform=\"translate({x:.1} {y:.1})\">{}</g>", legend.svg);
        foot.draw(&mut out, margin, bottom + GAP);
        out.push_str("</g></svg>\n");
        out
    }

    fn head(&self, width: f64, height: f64) -> String {
        let (lang, title, summary) = (self.lang.as_str(), escape(self.title), escape(self.summary));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" xml:lang=\"{lang}\"><title>{title}</title><desc>{summary}</desc><rect width=\"{width}\" height=\"{height}\" \
             fill=\"#ffffff\"/><g font-family=\"{FAMILY}\" font-stretch=\"condensed\">"
        )
    }

    /// Notes and sources.
    fn foot(&self, inner: f64) -> Vec<String> {
        let lines = |text: &str, count| at_most(wrap(text, 11.0, Weight::Regular, inner), count);
        let note = if self.note.is_empty() { Vec::new() } else { lines(self.note, 3) };
        note.into_iter().chain(self.source.iter().flat_map(|line| lines(line, 2))).collect()
    }

    /// The circles for a map of about this width; `None` where values are not shown as circles.
    fn circles(&self, width: f64) -> Option<Circles<'_>> {
        let symbols = self.legend.symbols.as_ref().filter(|_| self.form == Form::Symbols);
        symbols.map(|symbols| Circles::for_width(symbols, width))
    }

    /// The legend under its unit and what its breaks come from.
    fn legend_block(&self, circles: Option<Circles<'_>>) -> Block {
        let entries = legend::block(self.legend, circles, self.cells);
        let legend = self.legend;
        let scope = if self.form == Form::Choropleth { legend.scope_label.as_str() } else { "" };
        let head = [legend.unit.as_str(), legend.change_label.as_deref().unwrap_or_default(), scope];
        let lines: Vec<String> = head
            .into_iter()
            .filter(|line| !line.is_empty())
            .flat_map(|line| wrap(line, 12.0, Weight::Bold, entries.width.max(190.0)))
            .collect();
        let head = Text { lines: &lines, size: 12.0, weight: Weight::Bold, colour: INK };
        let mut svg = String::new();
        head.draw(&mut svg, 0.0, 0.0);
        let _ = write!(svg, "<g transform=\"translate(0 {:.1})\">{}</g>", head.height() + GAP, entries.svg);
        let words = lines.iter().map(|line| text::width(line, 12.0, Weight::Bold)).fold(0.0, f64::max);
        Block { svg, width: entries.width.max(words), height: head.height() + GAP + entries.height }
    }
}
