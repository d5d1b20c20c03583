//! Templates of styles: JSON with placeholders.
//!
//! A placeholder is a whole string, `"{{name}}"`, and any JSON value takes its place. Where that is null, the member that
//! holds the placeholder goes too.

use serde_json::{Map, Value};

/// What is wrong with a template.
#[derive(Debug, thiserror::Error)]
pub enum StyleError {
    /// It is not JSON, or no style.
    #[error("style template is not the JSON of a style: {0}")]
    Json(#[from] serde_json::Error),
    /// A placeholder is not known.
    #[error("style template has the unknown placeholder {{{{{got}}}}}: expected one of {valid}")]
    Placeholder {
        /// Its name.
        got: String,
        /// The names that there are.
        valid: String,
    },
}

/// The template with its placeholders filled in.
pub(super) fn fill(template: &str, values: &Map<String, Value>) -> Result<Value, StyleError> {
    let mut style: Value = serde_json::from_str(template)?;
    visit(&mut style, values)?;
    Ok(style)
}

/// Depth is bounded: `serde_json` refuses templates nested deeper than 128.
fn visit(node: &mut Value, values: &Map<String, Value>) -> Result<(), StyleError> {
    match node {
        Value::String(text) => {
            if let Some(name) = text.strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) {
                *node = values.get(name).cloned().ok_or_else(|| unknown(name, values))?;
            }
        }
        Value::Array(items) => {
            for item in items {
                visit(item, values)?;
            }
        }
        Value::Object(members) => {
            for member in members.values_mut() {
                visit(member, values)?;
            }
            members.retain(|_, value| !value.is_null());
        }
        _ => {}
    }
    Ok(())
}

fn unknown(name: &str, values: &Map<String, Value>) -> StyleError {
    let valid: Vec<_> = values.keys().map(String::as_str).collect();
    StyleError::Placeholder { got: name.chars().take(40).collect(), valid: valid.join(", ") }
}
