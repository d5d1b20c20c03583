//! Paths: segments by name, each decoded once and never again.

use super::{
    named_texts::{NamedTexts, Wrong},
    texts::{decode, pieces},
};
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use hyper::http::request::Parts;
use serde::de::DeserializeOwned;
use std::{borrow::Cow, sync::Arc};

/// Segments of the longest path, with the empty one before the first slash.
const MOST_SEGMENTS: usize = 12;

/// A path as the public reads it: a segment is fixed, `{name}` or `{name}.suffix`.
#[derive(Debug, Clone)]
pub struct Template(Arc<[Segment]>);

#[derive(Debug)]
enum Segment {
    Fixed(String),
    Named { name: String, suffix: String },
}

/// The named segments of a path with their texts, in order.
pub type Names<'t, 'p> = Vec<(Cow<'t, str>, Cow<'p, str>)>;

impl Template {
    /// Of `/areas/{set}.geojson`.
    #[must_use]
    pub fn new(path: &str) -> Self {
        let segment = |text: &str| match text.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            Some((name, suffix)) => Segment::Named { name: name.to_owned(), suffix: suffix.to_owned() },
            None => Segment::Fixed(text.to_owned()),
        };
        Self(path.split('/').map(segment).collect())
    }

    /// The named segments of a path, if it has this form. A name but `code` has no slash: area codes of the field do, and are looked
    /// up in a table.
    #[must_use]
    pub fn names<'t, 'p>(&'t self, path: &'p str) -> Option<Names<'t, 'p>> {
        let mut segments = pieces(path, b'/').take(MOST_SEGMENTS);
        let mut names = Vec::with_capacity(self.0.len());
        for pattern in self.0.iter() {
            let segment = segments.next()?;
            match pattern {
                Segment::Fixed(fixed) => (fixed == segment).then_some(())?,
                Segment::Named { name, suffix } => {
                    let text = decode(segment.strip_suffix(suffix.as_str())?)?;
                    let is_plain = !text.is_empty() && (name == "code" || !text.bytes().any(|b| b == b'/' || b == b'\\'));
                    is_plain.then(|| names.push((Cow::Borrowed(name.as_str()), text)))?;
                }
            }
        }
        segments.next().is_none().then_some(names)
    }

    /// The named segments of the path of a request whose handler was found by its template.
    ///
    /// # Errors
    /// The path has another form: 404.
    pub fn names_of(parts: &Parts) -> Result<Names<'_, '_>, Problem> {
        let template = parts.extensions.get::<Self>();
        template.and_then(|template| template.names(parts.uri.path())).ok_or_else(Problem::nothing)
    }

    /// The path for a router: names by their place, since several endings may share a route.
    #[must_use]
    pub fn route(&self) -> String {
        let texts = self.0.iter().enumerate().map(|(index, segment)| match segment {
            Segment::Fixed(text) => text.clone(),
            Segment::Named { .. } => format!("{{{index}}}"),
        });
        texts.collect::<Vec<_>>().join("/")
    }
}

/// The named segments of the path, as the struct `T` has them. What is malformed is not found.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> Path<T> {
    /// Reads the names of a path.
    ///
    /// # Errors
    /// A segment is no text of its type: 404.
    pub fn read(names: &Names<'_, '_>) -> Result<Self, Problem> {
        let path = T::deserialize(NamedTexts::new(names, &mut Vec::new())).map_err(|wrong| match wrong {
            Wrong::Value { detail, .. } | Wrong::Other(detail) => Problem::not_found(detail),
            Wrong::Missing(name) => Problem::internal(format!("the path has no segment {name}")),
        })?;
        Ok(Self(path))
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(&Template::names_of(parts)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_form_of_its_template_or_none() {
        for (template, path, expected) in [
            ("/areas/{set}.geojson", "/areas/ru-subjects.geojson", Some("set=ru-subjects")),
            ("/areas/{set}.geojson", "/areas/ru-subjects.json", None),
            ("/areas/{set}/{code}", "/areas/ru/a%2Fb%20c+d", Some("set=ru code=a/b c+d")),
            ("/areas/{set}/{code}", "/areas/r%2Fu/a", None),
            ("/areas/{set}/{code}", "/areas/ru/", None),
            ("/areas/{set}/{code}", "/areas/ru/a/b", None),
            ("/areas/{set}/{code}", "/areas/ru/%zz", None),
            ("/health/live", "/health/live", Some("")),
            ("/health/live", "/health/live/", None),
        ] {
            let template = Template::new(template);
            let names = template.names(path);
            let names = names.map(|names| names.iter().map(|(n, text)| format!("{n}={text}")).collect::<Vec<_>>().join(" "));
            assert_eq!(names.as_deref(), expected, "{path}");
        }
        assert_eq!(Template::new("/tiles/{set}/{grid}.json").route(), "/tiles/{2}/{3}");
    }
}
