//! What the fragments of a page are made of.

use super::links::PageLinks;
use crate::serving::answers::scene::Scene;
use choro_model::{
    Cell,
    words::{Words, words},
};

/// What fragments are made of.
pub(super) struct DrawnPage<'a> {
    pub scene: &'a Scene,
    pub links: &'a PageLinks,
    /// Size of the map at most, in pixels.
    pub width: f64,
    pub height: f64,
}

impl DrawnPage<'_> {
    pub fn words(&self) -> &'static Words {
        words(&self.scene.view.lang)
    }

    pub fn print(&self, cell: Cell) -> String {
        match cell {
            Cell::Value(value) => self.scene.print(value),
            Cell::State(state) => self.words().state(state).to_owned(),
        }
    }
}
