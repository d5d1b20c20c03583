//! Values of a JSON text as texts: properties, ids, and small values as they stand.

use crate::boundary::features::meter::Meter;
use serde::{
    Deserialize as _,
    de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value as JsonValue;
use std::{collections::BTreeMap, fmt};

/// Reads properties as texts, without those that are `null`. `None` if `null` stands for all of them.
pub struct PropertiesSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_, '_> {
    type Value = Option<BTreeMap<String, String>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_, '_> {
    type Value = Option<BTreeMap<String, String>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of properties")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut texts = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if let Some(text) = map.next_value_seed(TextSeed(self.0))? {
                let counted = self.0.property(text.len());
                self.0.tell(counted)?;
                texts.insert(name, text);
            }
        }
        Ok(Some(texts))
    }
}

/// Reads a value as text, or `None` where it is `null`. 5.0 is read as 5, since many writers make every number a double.
pub struct TextSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for TextSeed<'_, '_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<String>, D::Error> {
        let mut out = String::new();
        match (CompactJson { out: &mut out, meter: self.0, inner: false }).deserialize(deserializer)? {
            true => Ok(Some(out)),
            false => Ok(None),
        }
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

/// Writes a value as compact JSON while it is read. A text that stands alone is written without quotes, and a whole number without a
/// fraction. The result says whether there was a value.
struct CompactJson<'m, 'a> {
    out: &'m mut String,
    meter: &'m mut Meter<'a>,
    /// Whether it is a part of another value.
    inner: bool,
}

impl<'a> CompactJson<'_, 'a> {
    fn push<E: Error>(self, text: &str) -> Result<bool, E> {
        let measured = self.meter.property_length(self.out.len() + text.len());
        self.meter.tell(measured)?;
        self.out.push_str(text);
        Ok(true)
    }

    fn part(&mut self) -> CompactJson<'_, 'a> {
        CompactJson { out: &mut *self.out, meter: &mut *self.meter, inner: true }
    }
}

impl<'de> DeserializeSeed<'de> for CompactJson<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for CompactJson<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        if self.inner { self.push("null") } else { Ok(false) }
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<bool, E> {
        self.push(if truth { "true" } else { "false" })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<bool, E> {
        self.push(&number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<bool, E> {
        self.push(&number.to_string())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<bool, E> {
        if !self.inner && number.fract() == 0.0 && number.abs() < 1e15 {
            return self.push(&format!("{number:.0}"));
        }
        self.push(&JsonValue::from(number).to_string())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<bool, E> {
        if self.inner { self.push(&JsonValue::from(text).to_string()) } else { self.push(text) }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<bool, A::Error> {
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

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<bool, A::Error> {
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
