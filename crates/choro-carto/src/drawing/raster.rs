//! SVG -> PNG, by resvg and tiny-skia.

use super::{error::DrawingError, text::fonts};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

/// The tree of an SVG with the fonts that pictures carry; nothing outside of it is read.
pub(super) fn tree(svg: &str) -> Result<Tree, DrawingError> {
    let mut options = Options { fontdb: fonts(), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    Tree::from_str(svg, &options).map_err(|error| DrawingError::Svg(error.to_string()))
}

/// The picture with so many pixels for each of the drawing's.
///
/// # Errors
/// The text is no SVG, or the picture would have no pixel.
pub fn png(svg: &str, density: f64) -> Result<Vec<u8>, DrawingError> {
    let tree = tree(svg)?;
    let failed = |reason: String| DrawingError::Write { format: "PNG", reason };
    let length = |pixels: f32| (f64::from(pixels) * density).round() as u32;
    let (width, height) = (length(tree.size().width()), length(tree.size().height()));
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| failed(format!("{width} x {height} pixels")))?;
    let scale = density as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(error.to_string()))
}
