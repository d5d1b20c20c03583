//! The font of pictures: how wide a text is, and where its lines break.

use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use std::sync::{Arc, LazyLock};

/// What SVG asks for: the font that pictures carry, else what most systems have of the same width.
pub(super) const FAMILY: &str = "DejaVu Sans, Arial, sans-serif";

/// Regular or bold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

impl Weight {
    fn font(self) -> Option<FontRef<'static>> {
        static FONTS: LazyLock<[Option<FontRef<'static>>; 2]> =
            LazyLock::new(|| bytes().map(|font| FontRef::new(font).ok()));
        FONTS.get(self as usize).cloned().flatten()
    }
}

/// DejaVu Sans Condensed: Latin, Cyrillic and more, narrow enough for the names of places.
fn bytes() -> [&'static [u8]; 2] {
    [dejavu::sans_condensed::regular(), dejavu::sans_condensed::bold()]
}

/// The fonts for the renderer.
pub(super) fn fonts() -> Arc<resvg::usvg::fontdb::Database> {
    static FONTS: LazyLock<Arc<resvg::usvg::fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = resvg::usvg::fontdb::Database::new();
        bytes().into_iter().for_each(|font| fonts.load_font_data(font.to_vec()));
        fonts.set_sans_serif_family("DejaVu Sans");
        Arc::new(fonts)
    });
    Arc::clone(&FONTS)
}

/// The width of a line in pixels, without kerning.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let Some(font) = weight.font() else { return text.chars().count() as f64 * size * 0.6 };
    let metrics = font.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let map = font.charmap();
    text.chars()
        .map(|letter| f64::from(metrics.advance_width(map.map(letter).unwrap_or_default()).unwrap_or_default()))
        .sum()
}

/// The lines of a text that is at most so wide. A word that is wider is broken.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, most: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    let fits = |line: &str| width(line, size, weight) <= most;
    for word in text.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if fits(&longer) {
            lines.pop();
            lines.push(longer);
            continue;
        }
        if line.is_empty() {
            lines.pop();
        }
        lines.extend(pieces(word, fits));
    }
    lines
}

/// A word in pieces that fit.
fn pieces(word: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for letter in word.chars() {
        let longer = pieces.last().map_or_else(String::new, |piece| format!("{piece}{letter}"));
        if fits(&longer) || longer.chars().count() == 1 {
            pieces.pop();
            pieces.push(longer);
        } else {
            pieces.push(letter.to_string());
        }
    }
    pieces
}

/// At most so many lines; the last one says by an ellipsis that there were more.
pub(super) fn at_most(mut lines: Vec<String>, count: usize) -> Vec<String> {
    if lines.len() > count {
        lines.truncate(count);
        if let Some(last) = lines.last_mut() {
            last.push('\u{2026}');
        }
    }
    lines
}
