//! The `crs` member of GeoJSON's first edition (2008), in the spellings of the field.
//!
//! ```text
//! {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
//! {"type": "EPSG", "properties": {"code": 3857}}
//! "EPSG:3857"
//! ```

use crate::boundary::features::{crs, feature::SourceCrs};
use serde_json::Value;

/// The reference system that the member names, or why it names none.
pub fn read(member: &Value) -> Result<SourceCrs, String> {
    let at = |pointer: &str| member.pointer(pointer);
    let code = at("/properties/code").map(|code| match code {
        Value::String(code) => code.trim().to_owned(),
        other => other.to_string(),
    });
    let kind = at("/type").and_then(Value::as_str).unwrap_or_default();
    let name = match (member, kind, code) {
        (Value::String(name), ..) => name.clone(),
        (_, authority, Some(code)) if authority.eq_ignore_ascii_case("EPSG") => format!("EPSG:{code}"),
        (_, "link", _) => return Err("its crs member is a link, which is not followed".to_owned()),
        _ => match at("/properties/name").or_else(|| at("/name")).and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => return Err(format!("its crs member {:.80} names none", member.to_string())),
        },
    };
    crs::from_name(&name).ok_or_else(|| format!("its crs member says {name:.80?}, which is no spelling of one"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_spelling_of_the_field_is_read_or_refused_by_name() {
        let named = |name: &str| json!({"type": "name", "properties": {"name": name}});
        for (member, expected) in [
            (json!({"type": "EPSG", "properties": {"code": "4326"}}), SourceCrs::Degrees),
            (json!({"type": "EPSG", "properties": {"code": 3857}}), SourceCrs::Named("EPSG:3857".to_owned())),
            (json!("EPSG:4326"), SourceCrs::Degrees),
            (named("urn:ogc:def:crs:OGC:1.3:CRS84"), SourceCrs::Degrees),
            (named("EPSG:900913"), SourceCrs::Named("EPSG:3857".to_owned())),
        ] {
            assert_eq!(read(&member), Ok(expected), "{member}");
        }
        for (member, word) in [
            (json!({"type": "link", "properties": {"href": "http://example.com/crs/42"}}), "link"),
            (json!({"type": "name", "properties": {}}), "names none"),
            (named("hello"), "hello"),
        ] {
            assert!(read(&member).is_err_and(|error| error.contains(word)), "{member}");
        }
    }
}
