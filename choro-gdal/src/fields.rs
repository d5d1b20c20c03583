//! The fields of a feature as texts: the digits that stand in the source, never the form in which GDAL would show them.

use anyhow::Result;
use gdal::vector::{Feature, FieldValue, Layer, LayerAccess as _};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A field of which the text is wanted.
struct Wanted {
    index: usize,
    name: String,
}

/// The fields of a layer.
pub struct Fields {
    /// The names of all of them.
    pub names: Vec<String>,
    wanted: Vec<Wanted>,
    /// Fields of which the texts have leading zeros, in a file of which a schema may make numbers.
    with_zeros: BTreeSet<String>,
}

impl Fields {
    /// Those of a layer. Without `wanted` all of them are. `with_zeros` names those of which the texts have leading zeros.
    pub fn of(layer: &Layer<'_>, wanted: &[String], with_zeros: BTreeSet<String>) -> Self {
        let names: Vec<String> = layer.defn().fields().map(|field| field.name()).collect();
        let is_wanted = |name: &String| wanted.is_empty() || wanted.contains(name);
        let numbered = names.iter().enumerate().filter(|(_, name)| is_wanted(name));
        let wanted = numbered.map(|(index, name)| Wanted { index, name: name.clone() }).collect();
        Self { names, wanted, with_zeros }
    }

    /// The texts of a feature, and the number of its record.
    pub fn read(&self, feature: &Feature<'_>) -> Result<Value> {
        let mut properties = Map::new();
        for Wanted { index, name } in &self.wanted {
            // Of two fields of one name nobody can say which is meant.
            let twice = properties.contains_key(name);
            if let Some(text) = self.text(feature, *index, name)? {
                let unclear = json!({ "unreadable": "two fields of the file have this name: rename one of them" });
                properties.insert(name.clone(), if twice { unclear } else { text });
            }
        }
        Ok(json!({ "fid": feature.fid().map(|id| id.to_string()), "fields": properties }))
    }

    fn text(&self, feature: &Feature<'_>, index: usize, name: &str) -> Result<Option<Value>> {
        // A number that is not there would be a zero; its text is empty.
        let Some(shown) = feature.field_as_string(index)?.filter(|text| !text.is_empty()) else { return Ok(None) };
        Ok(Some(match feature.field(index)? {
            Some(FieldValue::IntegerValue(_) | FieldValue::Integer64Value(_) | FieldValue::RealValue(_))
                if self.with_zeros.contains(name) =>
            {
                json!({ "unreadable": format!(
                    "{shown} is made a number by a schema, and leading zeros are lost: give the field the type of a text"
                ) })
            }
            Some(FieldValue::IntegerValue(number)) => number.to_string().into(),
            // What does not fit is cut to the largest number by GDAL.
            Some(FieldValue::Integer64Value(i64::MAX | i64::MIN)) => {
                json!({ "unreadable": "its number has more digits than 64 bits hold: store it as text" })
            }
            Some(FieldValue::Integer64Value(number)) => number.to_string().into(),
            Some(FieldValue::RealValue(number)) if number.is_finite() => json!({ "number": number }),
            _ => shown.into(),
        }))
    }
}
