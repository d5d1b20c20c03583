//! Names with texts as serde reads a struct of them.
//!
//! ```text
//! [("classes", "5"), ("sex", "F")]   struct { classes: u8, .. }   -> classes = 5, left over: sex=F
//! ```

use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor, value::StrDeserializer};
use std::{borrow::Cow, fmt};

/// A name and its text.
pub type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Why they are no such struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A name that must be there is not.
    Missing(&'static str),
    /// A text is none of its type's.
    Value {
        /// The name.
        name: String,
        /// What is wrong with it.
        detail: String,
    },
    /// Something else.
    Other(String),
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(name) => write!(f, "{name} is missing"),
            Self::Value { detail, .. } | Self::Other(detail) => f.write_str(detail),
        }
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Other(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

/// Names with texts; those that the struct does not have are left over.
pub struct NamedTexts<'p, 'a> {
    pairs: &'p [Pair<'a>],
    left: &'p mut Vec<usize>,
}

impl<'p, 'a> NamedTexts<'p, 'a> {
    /// `left`: the places of what the struct does not have.
    pub fn new(pairs: &'p [Pair<'a>], left: &'p mut Vec<usize>) -> Self {
        Self { pairs, left }
    }
}

impl<'de> Deserializer<'de> for NamedTexts<'_, '_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Wrong> {
        Err(Wrong::Other("a struct of named texts was expected".to_owned()))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_map(Fields { pairs: self.pairs, left: self.left, fields, next: 0 })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

struct Fields<'p, 'a> {
    pairs: &'p [Pair<'a>],
    left: &'p mut Vec<usize>,
    fields: &'static [&'static str],
    next: usize,
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        while let Some((name, _)) = self.pairs.get(self.next) {
            self.next += 1;
            if self.fields.contains(&name.as_ref()) {
                let name: StrDeserializer<'_, Wrong> = name.as_ref().into_deserializer();
                return seed.deserialize(name).map(Some);
            }
            self.left.push(self.next - 1);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let pair = self.next.checked_sub(1).and_then(|index| self.pairs.get(index));
        let (name, text) = pair.ok_or_else(|| Wrong::Other("a value was asked for before its name".to_owned()))?;
        seed.deserialize(Text(text)).map_err(|wrong| match wrong {
            Wrong::Other(detail) => Wrong::Value { name: name.to_string(), detail },
            other => other,
        })
    }
}

/// One text.
struct Text<'t>(&'t str);

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_str(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        enum identifier ignored_any
    }
}
