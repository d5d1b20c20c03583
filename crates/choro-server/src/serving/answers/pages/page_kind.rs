//! The kinds of pages.

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The viewer.
    Viewer,
    /// What other sites show in a frame; with choices or without.
    Embed {
        /// Whether a reader may choose another period.
        controls: bool,
    },
    /// The viewer in a frame on another site.
    Full,
}

impl PageKind {
    /// Whether it is made of the viewer's page.
    #[must_use]
    pub const fn is_viewer(self) -> bool {
        matches!(self, Self::Viewer | Self::Full)
    }
}
