//! Queries: every parameter known, given once, not empty, and well formed. Foreign ones may be anything, and are not read.

use super::{
    query_rules::{Dimensions, MAX_PARAMETERS, Parameters, QueryRules, halves},
    texts::{decode_form, pieces},
};
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use choro_model::is_foreign;
use hyper::http::request::Parts;

/// The query, as the struct `T` has it.
#[derive(Debug)]
pub struct Query<T>(pub T);

/// The query, as the struct `T` has it, and further dimensions, each under its own id.
#[derive(Debug)]
pub struct QueryAndDimensions<T>(pub T, pub Dimensions);

impl<T: Parameters> Query<T> {
    /// Reads a query.
    ///
    /// # Errors
    /// A parameter is unknown, repeated, empty, missing or malformed: 400 that names it.
    pub fn read(query: Option<&str>) -> Result<Self, Problem> {
        let (parameters, none) = QueryRules { has_dimensions: false, ignored: &[] }.read::<T>(query)?;
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
        Self::read_ignoring(&[], query)
    }

    /// Reads a query in which dimensions may stand, and beside them parameters of these names, which are ignored.
    ///
    /// # Errors
    /// As [`Query::read`].
    pub fn read_ignoring(ignored: &[&str], query: Option<&str>) -> Result<Self, Problem> {
        let read = QueryRules { has_dimensions: true, ignored }.read(query);
        read.map(|(parameters, dimensions)| Self(parameters, dimensions))
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

/// The parameters of a page's own URL, each once: a page shows what it can, so what is malformed or foreign is left out, and the
/// page's use case says what it does not know.
#[must_use]
pub fn lenient(query: Option<&str>) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let given = query.into_iter().flat_map(|query| pieces(query, b'&')).filter(|pair| !pair.is_empty());
    for pair in given.take(MAX_PARAMETERS) {
        let (name, value) = halves(pair);
        let (Some(name), Some(value)) = (decode_form(name), decode_form(value)) else { continue };
        let is_new = pairs.iter().all(|(known, _)| *known != name);
        if !name.is_empty() && !value.is_empty() && is_new && !is_foreign(&name) {
            pairs.push((name.into_owned(), value.into_owned()));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use utoipa::IntoParams;

    #[derive(Debug, Deserialize, IntoParams)]
    #[into_params(parameter_in = Query)]
    struct Asked {
        indicator: Option<String>,
        period: Option<String>,
    }

    /// What was read, in the order of the struct, then the dimensions.
    fn read(query: &str) -> Result<String, Problem> {
        let QueryAndDimensions(asked, dimensions) = QueryAndDimensions::<Asked>::read_ignoring(&["classes"], Some(query))?;
        let fields = [asked.indicator, asked.period].into_iter().flatten();
        let dimensions = dimensions.into_iter().map(|(id, code)| format!("{id}={code}"));
        Ok(fields.chain(dimensions).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn what_is_foreign_may_be_anything_and_is_not_read() {
        for more in [
            "fbclid=x",
            "fbclid=1&fbclid=2",
            "fbclid=",
            "fbclid",
            "fbclid=%zz",
            "fbclid=%00",
            "utm_source=a&utm_medium=&utm_source=b",
            "utm%5Fsource=%ff",
            "_=1700000000000&v=2&dnt=1",
            "initialWidth=640&childId=map&parentTitle=A+b&parentUrl=https%3A%2F%2Fa.example%2F",
            // The route's own list.
            "classes=7&classes=",
        ] {
            for query in
                [format!("indicator=rate&period=2014&sex=F&{more}"), format!("{more}&indicator=rate&period=2014&sex=F")]
            {
                assert_eq!(read(&query).ok().as_deref(), Some("rate 2014 sex=F"), "{query}");
            }
        }
    }

    #[test]
    fn what_is_unknown_is_named_with_the_nearest_that_is_known() {
        let detail = |query: &str| {
            let problem = Query::<Asked>::read(Some(query)).map(|_| ()).unwrap_err();
            String::from_utf8(problem.document("")).unwrap()
        };
        assert!(
            detail("perod=2014").contains(r#"there is indicator, period; did you mean \"period\"?"#),
            "{}",
            detail("perod=2014")
        );
        assert!(detail("classes=5").contains(r#"there is indicator, period""#), "{}", detail("classes=5"));
        assert!(detail("ref=a").contains(r#""parameter":"ref""#));
    }

    #[test]
    fn a_plus_sign_is_a_blank_in_names_and_values() {
        assert_eq!(read("indicator=a+b&period=c%2Bd").ok().as_deref(), Some("a b c+d"));
        let expected = [("a".to_owned(), "b c".to_owned()), ("d e".to_owned(), "f+g".to_owned())];
        assert_eq!(lenient(Some("a=b+c&d+e=f%2Bg&fbclid=x&utm_source=y&v=1")), expected);
    }
}
