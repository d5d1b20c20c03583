//! Addresses of what a page shows.

use crate::serving::select::map_view::MapView;

/// Addresses of what a view shows.
pub(in crate::serving::answers) struct PageLinks {
    base: String,
    query: String,
}

impl PageLinks {
    /// `base`: where the public reaches the server; empty where nobody said.
    pub fn new(view: &MapView, base: String) -> Self {
        Self { base, query: view.query() }
    }

    /// The address of a path with the view's query.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}?{}", self.base, self.query)
    }

    /// Where clients learn how to embed the page.
    pub fn oembed(&self) -> String {
        let page: String = url::form_urlencoded::byte_serialize(self.to("/").as_bytes()).collect();
        format!("{}/oembed?url={page}&format=json", self.base)
    }
}
