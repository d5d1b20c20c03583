//! Queries: every parameter known, given once, not empty, and well formed.

use super::{
    path::{decode, pieces},
    problem::Problem,
    routes::{Param, Route},
};
use std::borrow::Cow;

/// More parameters than any request needs.
const MAX_PARAMETERS: usize = 40;
/// Characters of a foreign name in an error.
const SHOWN: usize = 40;

/// The parameters of a request.
#[derive(Debug, Default)]
pub(super) struct Query<'a> {
    known: Vec<(&'static str, Cow<'a, str>)>,
    dimensions: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl Query<'_> {
    /// The value of a parameter of the table.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.known.iter().find(|(n, _)| *n == name).map(|(_, value)| value.as_ref())
    }

    /// All parameters as they were given.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let known = self.known.iter().map(|(name, value)| ((*name).to_owned(), value.to_string()));
        known.chain(self.dimensions.iter().map(|(name, value)| (name.to_string(), value.to_string()))).collect()
    }

    /// Further dimensions and their codes.
    pub fn dimensions(&self) -> Vec<(&str, &str)> {
        self.dimensions.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect()
    }
}

/// The parameters of a query, as the route's table has them.
pub(super) fn parse<'a>(route: &Route, query: Option<&'a str>) -> Result<Query<'a>, Problem> {
    let mut parsed = Query::default();
    let pairs = query.filter(|query| !query.is_empty()).into_iter().flat_map(|query| pieces(query, b'&'));
    for (index, pair) in pairs.enumerate() {
        if index == MAX_PARAMETERS {
            return Err(Problem::query(format!("too many parameters: expected at most {MAX_PARAMETERS}")));
        }
        let name = pieces(pair, b'=').next().unwrap_or_default();
        let value = pair.get(name.len() + 1..).unwrap_or_default();
        let name = decode(name).ok_or_else(|| Problem::query("a parameter's name is not valid percent-encoded UTF-8"))?;
        let value = decode(value).ok_or_else(|| {
            let shown = shown(&name);
            Problem::parameter(
                &shown,
                format!("the value of {shown:?} is not valid percent-encoded UTF-8 without control characters"),
            )
        })?;
        parsed.push(route, name, value)?;
    }
    match route.query.iter().find(|param| param.required && parsed.get(param.name).is_none()) {
        Some(Param { name, about, example, .. }) => {
            Err(Problem::parameter(name, format!("parameter {name} is missing: {about} E.g. {name}={example}")))
        }
        None => Ok(parsed),
    }
}

/// The parameters of a page's own URL, each once: a page shows what it can, so what is malformed is left out, and the page's use
/// case says what it does not know.
pub(super) fn lenient(query: Option<&str>) -> Vec<(String, String)> {
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

impl<'a> Query<'a> {
    fn push(&mut self, route: &Route, name: Cow<'a, str>, value: Cow<'a, str>) -> Result<(), Problem> {
        let known = route.query.iter().find(|param| param.name == name);
        if known.is_none() && !(route.dimensions && is_dimension(&name)) {
            let shown = shown(&name);
            return Err(Problem::parameter(
                &shown,
                format!("parameter {shown:?} is not known here: there is {}", valid(route)),
            ));
        }
        if self.get(&name).is_some() || self.dimensions.iter().any(|(n, _)| *n == name) {
            let shown = shown(&name);
            return Err(Problem::parameter(&shown, format!("parameter {shown:?} is given twice: give it once")));
        }
        if value.is_empty() {
            let shown = shown(&name);
            return Err(Problem::parameter(&shown, format!("parameter {shown:?} is empty: give a value or leave it out")));
        }
        match known {
            Some(param) => self.known.push((param.name, value)),
            None => self.dimensions.push((name, value)),
        }
        Ok(())
    }
}

/// A foreign name as an error shows it.
fn shown(name: &str) -> String {
    name.chars().take(SHOWN).collect()
}

/// Whether a name may be that of a dimension: the release decides whether it is.
fn is_dimension(name: &str) -> bool {
    choro_model::DimensionId::is_valid(name)
}

fn valid(route: &Route) -> String {
    let mut names: Vec<_> = route.query.iter().map(|param| param.name).collect();
    if route.dimensions {
        names.push("the dimensions of the indicator");
    }
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
