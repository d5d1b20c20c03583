//! The rules that every strict query keeps to.

use super::{
    known_parameters::{missing, shown, unknown},
    named_texts::{NamedTexts, Pair, Wrong},
    texts::{decode_form, pieces},
};
use crate::problem::Problem;
use choro_model::{DimensionId, is_foreign};
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

/// Parameters of one query: more than any request needs.
pub const MAX_PARAMETERS: usize = 40;

/// Further dimensions of an indicator and their codes; the release decides whether there are such.
pub type Dimensions = Vec<(String, String)>;

/// What a query is read into.
pub trait Parameters: DeserializeOwned + IntoParams {}
impl<T: DeserializeOwned + IntoParams> Parameters for T {}

/// What may stand in a query beside the parameters of a struct.
pub(super) struct QueryRules<'r> {
    /// Names that are no parameters are those of dimensions.
    pub has_dimensions: bool,
    /// Names that are ignored beside the foreign ones.
    pub ignored: &'r [&'r str],
}

impl QueryRules<'_> {
    /// Reads a query.
    pub fn read<T: Parameters>(&self, query: Option<&str>) -> Result<(T, Dimensions), Problem> {
        let pairs = self.decoded(query)?;
        let mut left = Vec::new();
        let read = T::deserialize(NamedTexts::new(&pairs, &mut left));
        let mut dimensions = Vec::with_capacity(left.len());
        for (name, value) in left.into_iter().filter_map(|index| pairs.get(index)) {
            if self.ignores(name) {
                continue;
            }
            if !self.has_dimensions || !DimensionId::is_valid(name) {
                return Err(unknown::<T>(name, self.has_dimensions));
            }
            dimensions.push((name.to_string(), value.to_string()));
        }
        self.each_once(&pairs)?;
        let parameters = read.map_err(|wrong| match wrong {
            Wrong::Missing(name) => missing::<T>(name),
            Wrong::Value { name, detail } => Problem::parameter(&name, detail),
            Wrong::Other(detail) => Problem::query(detail),
        })?;
        Ok((parameters, dimensions))
    }

    fn ignores(&self, name: &str) -> bool {
        is_foreign(name) || self.ignored.contains(&name)
    }

    /// Whether each is given once and not empty, but for what is ignored.
    fn each_once(&self, pairs: &[Pair<'_>]) -> Result<(), Problem> {
        for (index, (name, value)) in pairs.iter().enumerate() {
            let what = if pairs.iter().take(index).any(|(known, _)| known == name) {
                "is given twice: give it once"
            } else if value.is_empty() {
                "is empty: give a value or leave it out"
            } else {
                continue;
            };
            if !self.ignores(name) {
                let shown = shown(name);
                return Err(Problem::parameter(&shown, format!("parameter {shown:?} {what}")));
            }
        }
        Ok(())
    }

    /// The parameters in their order. An ignored one whose value cannot be decoded is left out.
    fn decoded<'q>(&self, query: Option<&'q str>) -> Result<Vec<Pair<'q>>, Problem> {
        let mut pairs: Vec<Pair<'_>> = Vec::with_capacity(4);
        let given = query.filter(|query| !query.is_empty()).into_iter().flat_map(|query| pieces(query, b'&'));
        for pair in given {
            if pairs.len() == MAX_PARAMETERS {
                return Err(Problem::query(format!("too many parameters: expected at most {MAX_PARAMETERS}")));
            }
            let (name, value) = halves(pair);
            let name =
                decode_form(name).ok_or_else(|| Problem::query("a parameter's name is not valid percent-encoded UTF-8"))?;
            match decode_form(value) {
                Some(value) => pairs.push((name, value)),
                None if self.ignores(&name) => {}
                None => {
                    let shown = shown(&name);
                    let what = "is not valid percent-encoded UTF-8 without control characters";
                    return Err(Problem::parameter(&shown, format!("the value of {shown:?} {what}")));
                }
            }
        }
        Ok(pairs)
    }
}

/// What stands before the first equals sign of a pair, and what follows it.
pub(super) fn halves(pair: &str) -> (&str, &str) {
    let name = pieces(pair, b'=').next().unwrap_or_default();
    (name, pair.get(name.len() + 1..).unwrap_or_default())
}
