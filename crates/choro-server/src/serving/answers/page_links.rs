//! Addresses that a page links to.

use crate::serving::select::map_view::MapView;

/// Addresses of what a view shows, all with the query of the view.
pub(super) struct PageLinks {
    base: String,
    query: String,
}

impl PageLinks {
    /// `base`: the address of the server without a slash at the end.
    pub fn new(view: &MapView, base: String) -> Self {
        Self { base, query: view.query() }
    }

    /// The address of a path with the view's query.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}?{}", self.base, self.query)
    }

    /// The address of the page's oEmbed document.
    pub fn oembed(&self) -> String {
        let page: String = url::form_urlencoded::byte_serialize(self.to("/").as_bytes()).collect();
        format!("{}/oembed?url={page}&format=json", self.base)
    }
}
