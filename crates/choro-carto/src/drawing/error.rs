//! What can go wrong when a picture is drawn.

/// Why a picture could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    /// The SVG that was written is refused by the renderer.
    #[error("the drawing is not valid SVG: {0}")]
    Svg(String),
    /// The picture could not be written.
    #[error("the picture could not be written as {format}: {reason}")]
    Write {
        /// The format.
        format: &'static str,
        /// What the writer says.
        reason: String,
    },
}
