//! Queries: every parameter known, given once, not empty, and well formed.

use super::{
    named_texts::{NamedTexts, Pair, Wrong},
    texts::{decode, pieces},
};
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use choro_model::DimensionId;
use hyper::http::request::Parts;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, openapi::path::ParameterIn};

/// More parameters than any request needs.
const MAX_PARAMETERS: usize = 40;
/// Characters of a foreign name in an error.
const SHOWN: usize = 40;

/// The query, as the struct `T` has it.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The query, as the struct `T` has it, and further dimensions, each under its own id.
#[derive(Debug)]
pub struct QueryAndDimensions<T>(pub T, pub Dimensions);

/// Further dimensions of an indicator and their codes; the release decides whether there are such.
pub type Dimensions = Vec<(String, String)>;

/// What a query is read into.
pub trait Parameters: DeserializeOwned + IntoParams {}
impl<T: DeserializeOwned + IntoParams> Parameters for T {}

impl<T: Parameters> Query<T> {
    /// Reads a query.
    ///
    /// # Errors
    /// A parameter is unknown, repeated, empty, missing or malformed: 400 that names it.
    pub fn read(query: Option<&str>) -> Result<Self, Problem> {
        let (parameters, none) = read::<T>(query, false)?;
        debug_assert!(none.is_empty(), "whatever is unknown was refused");
        Ok(Self(parameters))
    }
}

impl<T: Parameters> QueryAndDimensions<T> {
    /// Reads a query in which dimensions may stand.
    ///
    /// # Errors
    /// As [`Query::read`].
    pub fn read(query: Option<&str>) -> Result<Self, Problem> {
        read(query, true).map(|(parameters, dimensions)| Self(parameters, dimensions))
    }
}

impl<T: Parameters, S: Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query())
    }
}

impl<T: Parameters, S: Sync> FromRequestParts<S> for QueryAndDimensions<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query())
    }
}

fn read<T: Parameters>(query: Option<&str>, has_dimensions: bool) -> Result<(T, Dimensions), Problem> {
    let pairs = decoded(query)?;
    let mut left = Vec::new();
    let read = T::deserialize(NamedTexts::new(&pairs, &mut left));
    let mut dimensions = Vec::with_capacity(left.len());
    for (name, value) in left.into_iter().filter_map(|index| pairs.get(index)) {
        if !has_dimensions || !DimensionId::is_valid(name) {
            return Err(unknown::<T>(name, has_dimensions));
        }
        dimensions.push((name.to_string(), value.to_string()));
    }
    each_once(&pairs)?;
    let parameters = read.map_err(|wrong| match wrong {
        Wrong::Missing(name) => missing::<T>(name),
        Wrong::Value { name, detail } => Problem::parameter(&name, detail),
        Wrong::Other(detail) => Problem::query(detail),
    })?;
    Ok((parameters, dimensions))
}

/// Whether each is given once and not empty.
fn each_once(pairs: &[Pair<'_>]) -> Result<(), Problem> {
    for (index, (name, value)) in pairs.iter().enumerate() {
        let what = if pairs.iter().take(index).any(|(known, _)| known == name) {
            "is given twice: give it once"
        } else if value.is_empty() {
            "is empty: give a value or leave it out"
        } else {
            continue;
        };
        let shown = shown(name);
        return Err(Problem::parameter(&shown, format!("parameter {shown:?} {what}")));
    }
    Ok(())
}

/// The parameters in their order.
fn decoded(query: Option<&str>) -> Result<Vec<Pair<'_>>, Problem> {
    let mut pairs: Vec<Pair<'_>> = Vec::with_capacity(4);
    let given = query.filter(|query| !query.is_empty()).into_iter().flat_map(|query| pieces(query, b'&'));
    for pair in given {
        if pairs.len() == MAX_PARAMETERS {
            return Err(Problem::query(format!("too many parameters: expected at most {MAX_PARAMETERS}")));
        }
        let name = pieces(pair, b'=').next().unwrap_or_default();
        let value = pair.get(name.len() + 1..).unwrap_or_default();
        let name = decode(name).ok_or_else(|| Problem::query("a parameter's name is not valid percent-encoded UTF-8"))?;
        let value = decode(value).ok_or_else(|| {
            let shown = shown(&name);
            let what = "is not valid percent-encoded UTF-8 without control characters";
            Problem::parameter(&shown, format!("the value of {shown:?} {what}"))
        })?;
        pairs.push((name, value));
    }
    Ok(pairs)
}

/// The parameters of a page's own URL, each once: a page shows what it can, so what is malformed is left out, and the page's use
/// case says what it does not know.
#[must_use]
pub fn lenient(query: Option<&str>) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let given = query.into_iter().flat_map(|query| pieces(query, b'&')).filter(|pair| !pair.is_empty());
    for pair in given.take(MAX_PARAMETERS) {
        let name = pieces(pair, b'=').next().unwrap_or_default();
        // Forms of HTML write a space as a plus sign.
        let value = pair.get(name.len() + 1..).unwrap_or_default().replace('+', " ");
        let (name, value) = (decode(name), decode(&value));
        let (Some(name), Some(value)) = (name, value) else { continue };
        if !name.is_empty() && !value.is_empty() && pairs.iter().all(|(known, _)| *known != name) {
            pairs.push((name.into_owned(), value.into_owned()));
        }
    }
    pairs
}

fn unknown<T: IntoParams>(name: &str, has_dimensions: bool) -> Problem {
    let shown = shown(name);
    let mut names: Vec<_> = parameters::<T>().map(|(name, ..)| name).collect();
    if has_dimensions {
        names.push("the dimensions of the indicator".to_owned());
    }
    let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    Problem::parameter(&shown, format!("parameter {shown:?} is not known here: there is {there}"))
}

fn missing<T: IntoParams>(name: &str) -> Problem {
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

/// A foreign name as an error shows it.
fn shown(name: &str) -> String {
    name.chars().take(SHOWN).collect()
}
