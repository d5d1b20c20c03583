//! What a picture shows, read by the decoder of tiny-skia.

/// Width, height and the colours of a PNG.
pub fn pixels(png: &[u8]) -> (u32, u32, std::collections::BTreeSet<[u8; 3]>) {
    let picture = resvg::tiny_skia::Pixmap::decode_png(png).unwrap();
    let colours = picture.pixels().iter().map(|pixel| [pixel.red(), pixel.green(), pixel.blue()]).collect();
    (picture.width(), picture.height(), colours)
}
