//! The kinds of pages.

/// The kind of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The viewer, as a page of its own.
    Viewer,
    /// The page that other sites show in a frame.
    Embed {
        /// Whether a reader may choose another period.
        controls: bool,
    },
    /// The viewer, shown in a frame on another site.
    Full,
}

impl PageKind {
    /// Whether it is made of the viewer's template.
    #[must_use]
    pub const fn is_viewer(self) -> bool {
        matches!(self, Self::Viewer | Self::Full)
    }
}
