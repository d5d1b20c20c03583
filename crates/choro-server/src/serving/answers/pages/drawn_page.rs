//! What the fragments of a page are made of.

use crate::serving::answers::{page_links::PageLinks, scene::Scene};
use choro_carto::drawing::{Circles, Form};
use choro_model::{
    Cell,
    words::{Words, words},
};

/// A scene that is to become a page, with the addresses that the page links to.
pub(super) struct DrawnPage<'a> {
    pub scene: &'a Scene,
    pub links: &'a PageLinks,
    /// The greatest width of the map, in pixels.
    pub width: f64,
    /// The greatest height of the map, in pixels.
    pub height: f64,
}

impl DrawnPage<'_> {
    pub fn words(&self) -> &'static Words {
        words(&self.scene.view.lang)
    }

    /// The circles of the map and of its legend; `None` where values are shown as colours.
    pub fn circles(&self) -> Option<Circles<'_>> {
        let symbols = self.scene.figures.legend.symbols.as_ref().filter(|_| self.scene.form() == Form::Symbols);
        symbols.map(|symbols| Circles::for_width(symbols, self.width))
    }

    pub fn print(&self, cell: Cell) -> String {
        match cell {
            Cell::Value(value) => self.scene.print(value),
            Cell::State(state) => self.words().state(state).to_owned(),
        }
    }
}
