//! What the struct that a query is read into says of its parameters, for the words of problems.

use crate::problem::Problem;
use choro_model::nearest;
use utoipa::{IntoParams, openapi::path::ParameterIn};

/// Characters of a client's name in an error.
const SHOWN: usize = 40;

/// A name that no parameter of a struct has.
pub(super) fn unknown<T: IntoParams>(name: &str, has_dimensions: bool) -> Problem {
    let shown = shown(name);
    let mut names: Vec<_> = parameters::<T>().map(|(name, ..)| name).collect();
    if has_dimensions {
        names.push("the dimensions of the indicator".to_owned());
    }
    let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let hint = nearest_parameter::<T>(name).map(|near| format!("; did you mean {near:?}?")).unwrap_or_default();
    Problem::parameter(&shown, format!("parameter {shown:?} is not known here: there is {there}{hint}"))
}

/// The names of all parameters of a struct, for a list of them.
#[must_use]
pub fn parameter_names<T: IntoParams>() -> String {
    parameters::<T>().map(|(name, ..)| name).collect::<Vec<_>>().join(", ")
}

/// The parameter of a struct whose name is nearest to a wrong one, if one is near enough to be what was meant.
#[must_use]
pub fn nearest_parameter<T: IntoParams>(name: &str) -> Option<String> {
    let names: Vec<_> = parameters::<T>().map(|(name, ..)| name).collect();
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// A parameter that must be there is not.
pub(super) fn missing<T: IntoParams>(name: &str) -> Problem {
    let described = parameters::<T>().find(|(known, ..)| known == name);
    let (_, about, example) = described.unwrap_or_default();
    Problem::parameter(name, format!("parameter {name} is missing: {about} E.g. {name}={example}"))
}

/// Name, meaning and example of each parameter.
fn parameters<T: IntoParams>() -> impl Iterator<Item = (String, String, String)> {
    T::into_params(|| Some(ParameterIn::Query)).into_iter().map(|parameter| {
        let document = serde_json::to_value(&parameter).unwrap_or_default();
        let text = |key: &str| match document.get(key) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        (parameter.name, text("description"), text("example"))
    })
}

/// A client's name for a parameter as an error shows it.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(SHOWN).collect()
}
