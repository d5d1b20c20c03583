//! Values of a JSON text as texts: properties, ids, and small values as they stand.

use crate::boundary::features::{field_text::FieldText, meter::Meter};
use serde::{
    Deserialize as _,
    de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value as JsonValue;
use std::{collections::BTreeMap, fmt};

/// Reads the properties that somebody asks for as texts; the others are there by their names alone. `None` if `null` stands for all of
/// them.
pub struct PropertiesSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_, '_> {
    type Value = Option<BTreeMap<String, FieldText>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_, '_> {
    type Value = Option<BTreeMap<String, FieldText>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of properties")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            let text = if self.0.wants(&name) {
                map.next_value_seed(FieldSeed(self.0))?
            } else {
                map.next_value::<IgnoredAny>()?;
                FieldText::Null
            };
            let counted = self.0.property(text.length());
            self.0.tell(counted)?;
            texts.insert(name, text);
        }
        Ok(Some(texts))
    }
}

/// Reads a value as the text of a field.
pub struct FieldSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for FieldSeed<'_, '_> {
    type Value = FieldText;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<FieldText, D::Error> {
        let mut out = String::new();
        Ok(match (CompactJson { out: &mut out, meter: self.0, inner: false }).deserialize(deserializer)? {
            Written::Text => FieldText::Text(out),
            Written::Null => FieldText::Null,
            Written::Number(number) => FieldText::number(number),
        })
    }
}

/// Reads a small value as it stands.
pub struct SmallValueSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for SmallValueSeed<'_, '_> {
    type Value = JsonValue;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<JsonValue, D::Error> {
        let mut out = String::new();
        CompactJson { out: &mut out, meter: self.0, inner: true }.deserialize(deserializer)?;
        JsonValue::deserialize(&mut serde_json::Deserializer::from_str(&out)).map_err(D::Error::custom)
    }
}

/// What was read.
enum Written {
    /// The text that was written.
    Text,
    /// `null`, which stands alone.
    Null,
    /// A number with a fraction or an exponent, which stands alone, or a whole one that 64 bits do not hold. It is not written.
    Number(f64),
}

/// Writes a value as compact JSON while it is read. A text that stands alone is written without quotes.
struct CompactJson<'m, 'a> {
    out: &'m mut String,
    meter: &'m mut Meter<'a>,
    /// Whether it is a part of another value.
    inner: bool,
}

impl<'a> CompactJson<'_, 'a> {
    fn push<E: Error>(self, text: &str) -> Result<Written, E> {
        let measured = self.meter.property_length(self.out.len() + text.len());
        self.meter.tell(measured)?;
        self.out.push_str(text);
        Ok(Written::Text)
    }

    fn part(&mut self) -> CompactJson<'_, 'a> {
        CompactJson { out: &mut *self.out, meter: &mut *self.meter, inner: true }
    }
}

impl<'de> DeserializeSeed<'de> for CompactJson<'_, '_> {
    type Value = Written;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Written, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CompactJson<'_, '_> {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Written, E> {
        if self.inner { self.push("null") } else { Ok(Written::Null) }
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Written, E> {
        self.push(if truth { "true" } else { "false" })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Written, E> {
        self.push(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Written, E> {
        self.push(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Written, E> {
        if self.inner { self.push(&JsonValue::from(number).to_string()) } else { Ok(Written::Number(number)) }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Written, E> {
        if self.inner { self.push(&JsonValue::from(text).to_string()) } else { self.push(text) }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Written, A::Error> {
        self.part().push("[")?;
        let start = self.out.len();
        loop {
            let before = self.out.len();
            if before > start {
                self.part().push(",")?;
            }
            if list.next_element_seed(self.part())?.is_none() {
                self.out.truncate(before);
                return self.push("]");
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Written, A::Error> {
        self.part().push("{")?;
        let mut first = true;
        while let Some(name) = map.next_key::<String>()? {
            let comma = if std::mem::take(&mut first) { "" } else { "," };
            self.part().push(&format!("{comma}{}:", JsonValue::from(name)))?;
            map.next_value_seed(self.part())?;
        }
        self.push("}")
    }
}
