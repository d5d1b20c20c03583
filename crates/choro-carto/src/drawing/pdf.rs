//! SVG -> PDF, by krilla: vectors, text that can be selected and read, title and language.

use super::{error::DrawingError, raster::tree};
use krilla::{Document, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt, SvgSettings};

/// Points of PDF in a CSS pixel.
const POINTS: f32 = 0.75;

/// The picture as a document of one page.
///
/// # Errors
/// The text is no SVG, or the document cannot be written.
pub fn pdf(svg: &str, title: &str, lang: &str) -> Result<Vec<u8>, DrawingError> {
    let tree = tree(svg)?;
    let failed = |reason: String| DrawingError::Write { format: "PDF", reason };
    let size = krilla::geom::Size::from_wh(tree.size().width() * POINTS, tree.size().height() * POINTS);
    let size = size.ok_or_else(|| failed("the drawing has no size".to_owned()))?;
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).language(lang.to_owned()).creator("Choro".to_owned()));
    let settings =
        PageSettings::from_wh(size.width(), size.height()).ok_or_else(|| failed("the page has no size".to_owned()))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface
        .draw_svg(&tree, size, SvgSettings::default())
        .ok_or_else(|| failed("the drawing cannot be placed".to_owned()))?;
    surface.finish();
    page.finish();
    document.finish().map_err(|error| failed(format!("{error:?}")))
}
