//! Lists of a JSON text that are read item by item, and members that may stand there once.

use serde::de::{DeserializeSeed, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

/// A member that may stand there once.
pub fn once<T, E: Error>(slot: &mut Option<T>, name: &'static str, value: Option<T>) -> Result<(), E> {
    if slot.is_some() {
        return Err(E::duplicate_field(name));
    }
    *slot = value;
    Ok(())
}

/// A list whose items are read one by one, or `null`.
pub struct ListSeed<T>(pub T);

/// How an item of a list is read.
pub trait ReadItem {
    type Item;

    /// The next one.
    fn next<'de, A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<Option<Self::Item>, A::Error>;
}

impl<'de, T: ReadItem> DeserializeSeed<'de> for ListSeed<T> {
    type Value = Option<Vec<T::Item>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: ReadItem> Visitor<'de> for ListSeed<T> {
    type Value = Option<Vec<T::Item>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.0.next(&mut list)? {
            items.push(item);
        }
        Ok(Some(items))
    }
}
