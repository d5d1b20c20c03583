//! Which combination of codes is shown where a query leaves dimensions out.
//!
//! `sex` has `_T M F` and `age` has `_T Y0 Y1`. Where `F Y0`, `F _T` and `M Y1` have values, a query that names neither dimension
//! shows `F _T`, which comes nearest to totals, and one that names `Y0` shows `F Y0`.

use choro_model::{Code, Indicator, Period, Selection, SelectionError};
use rustc_hash::FxHashMap;

/// The combinations of codes that have values in some periods, in an order in which the usual one is found at once. A catalogue may
/// list many thousands, and each tile asks for one.
#[derive(Debug)]
pub struct KnownCombinations {
    /// The nearest to totals first, then by the places of their codes in the code lists.
    codes: Vec<Vec<Code>>,
    /// For each dimension and each of its codes: where in `codes` it stands, in order.
    places: Vec<FxHashMap<Code, Vec<usize>>>,
}

impl KnownCombinations {
    /// Puts combinations of an indicator's codes in order.
    #[must_use]
    pub fn new(indicator: &Indicator, codes: &[Vec<Code>]) -> Self {
        let places_in_lists: Vec<FxHashMap<&Code, usize>> = indicator
            .dimensions
            .iter()
            .map(|dimension| dimension.code_list.items.iter().zip(0..).map(|(item, place)| (&item.code, place)).collect())
            .collect();
        let mut codes = codes.to_vec();
        codes.sort_by_cached_key(|codes| {
            let parts = indicator.dimensions.iter().zip(codes).filter(|(dimension, code)| dimension.total != **code).count();
            let place = |(list, code): (&FxHashMap<&Code, usize>, &Code)| list.get(code).copied().unwrap_or(usize::MAX);
            (parts, places_in_lists.iter().zip(codes).map(place).collect::<Vec<_>>())
        });
        let mut places = vec![FxHashMap::<Code, Vec<usize>>::default(); indicator.dimensions.len()];
        for (at, codes) in codes.iter().enumerate() {
            for (of_dimension, code) in places.iter_mut().zip(codes) {
                of_dimension.entry(code.clone()).or_default().push(at);
            }
        }
        Self { codes, places }
    }

    /// Whether a combination is among them.
    #[must_use]
    pub fn has(&self, codes: &[Code]) -> bool {
        self.first_with(&codes.iter().enumerate().collect::<Vec<_>>()).is_some_and(|found| found == codes)
    }

    /// Whether any of them has this code of a dimension, which is given by its place.
    #[must_use]
    pub fn has_code(&self, dimension: usize, code: &Code) -> bool {
        self.places.get(dimension).is_some_and(|places| places.contains_key(code))
    }

    /// The first combination that has all of these codes, each with the place of its dimension. Only combinations that have the
    /// rarest of the codes are looked at.
    fn first_with(&self, named: &[(usize, &Code)]) -> Option<&Vec<Code>> {
        let fits = |codes: &Vec<Code>| named.iter().all(|(at, code)| codes.get(*at) == Some(*code));
        if named.is_empty() {
            return self.codes.first();
        }
        let places = named.iter().map(|(at, code)| self.places.get(*at)?.get(*code));
        let rarest = places.collect::<Option<Vec<_>>>()?.into_iter().min_by_key(|places| places.len())?;
        rarest.iter().filter_map(|at| self.codes.get(*at)).find(|codes| fits(codes))
    }

    /// The combination that shares most codes with `asked`, then the one nearest to totals.
    fn nearest(&self, asked: &[Code]) -> Option<&Vec<Code>> {
        let others = |codes: &Vec<Code>| codes.iter().zip(asked).filter(|(code, asked)| code != asked).count();
        if self.has(asked) { None } else { self.codes.iter().min_by_key(|codes| others(codes)) }
    }
}

/// The selection of a query that names some dimensions. One left out takes its total; where that has no values, the codes that come
/// nearest to totals, then those that stand first in the code lists. A query that names a combination without values keeps it.
/// `there`: the combinations that have values in the period; `None`: all have.
///
/// # Errors
/// A dimension or a code that the indicator does not have.
pub fn usual_selection(
    indicator: &Indicator,
    period: Period,
    given: &[(&str, &str)],
    there: Option<&KnownCombinations>,
) -> Result<Selection, SelectionError> {
    let asked = Selection::new(indicator, period, given)?;
    let Some(there) = there else { return Ok(asked) };
    let is_named = |id: &str| given.iter().any(|(named, _)| *named == id);
    let each = indicator.dimensions.iter().zip(&asked.codes).enumerate();
    let named: Vec<(usize, &Code)> =
        each.filter(|(_, (dimension, _))| is_named(dimension.id.as_str())).map(|(at, (_, code))| (at, code)).collect();
    if named.len() == asked.codes.len() {
        return Ok(asked);
    }
    // What is asked for, totals included, comes first among what has the named codes, if it is there.
    let found = there.first_with(&named).cloned();
    Ok(Selection { codes: found.unwrap_or_else(|| asked.codes.clone()), ..asked })
}

/// The selection with values that has most of the codes that are asked for, then the one nearest to totals. `there`: the combinations
/// that have values in the period; `None`: all have.
#[must_use]
pub fn nearest_selection(asked: Selection, there: Option<&KnownCombinations>) -> Selection {
    let found = there.and_then(|there| there.nearest(&asked.codes)).cloned();
    Selection { codes: found.unwrap_or_else(|| asked.codes.clone()), ..asked }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::combinations::are_all;
    use choro_model::{CodeItem, CodeList, Dimension, DimensionId, Kind, Names, Unit};
    use proptest::prelude::*;
    use std::sync::Arc;

    fn dimension(id: &str, codes: &[&str]) -> Dimension {
        let item = |code: &&str| CodeItem { code: Code::new(code).unwrap(), name: Names::default(), parent: None };
        Dimension {
            id: DimensionId::new(id).unwrap(),
            name: Names::default(),
            code_list: Arc::new(CodeList { id: id.to_owned(), items: codes.iter().map(item).collect() }),
            total: Code::new("_T").unwrap(),
        }
    }

    fn indicator() -> Indicator {
        Indicator {
            id: "arrivals".parse().unwrap(),
            name: Names::default(),
            note: Names::default(),
            theme: Names::default(),
            keywords: Names::default(),
            unit: Unit { id: "PS".to_owned(), name: Names::default() },
            kind: Kind::Count,
            decimals: 0,
            dimensions: vec![dimension("sex", &["_T", "M", "F"]), dimension("age", &["_T", "Y0", "Y1"])],
            diverging: false,
            additive: false,
            weighted_by: None,
            reliable_from: None,
            persons: false,
            declared_public: false,
            source: String::new(),
            licence: String::new(),
        }
    }

    fn known(there: &[[&str; 2]]) -> KnownCombinations {
        let codes: Vec<_> = there.iter().map(|codes| codes.map(|code| Code::new(code).unwrap()).to_vec()).collect();
        KnownCombinations::new(&indicator(), &codes)
    }

    fn text(selection: &Selection) -> String {
        selection.codes.iter().map(Code::as_str).collect::<Vec<_>>().join(" ")
    }

    /// The codes of the selection that a query means where these combinations have values.
    fn codes(there: &[[&str; 2]], given: &[(&str, &str)]) -> String {
        text(&usual_selection(&indicator(), "2020".parse().unwrap(), given, Some(&known(there))).unwrap())
    }

    #[test]
    fn a_dimension_that_is_left_out_takes_its_total_or_the_first_code_that_has_values() {
        for (there, given, expected) in [
            (&[["_T", "_T"], ["F", "_T"]][..], &[][..], "_T _T"),
            (&[["F", "_T"], ["M", "_T"]], &[], "M _T"),
            (&[["F", "Y0"], ["F", "_T"], ["M", "Y1"]], &[], "F _T"),
            (&[["F", "Y0"], ["M", "Y1"]], &[("age", "Y0")], "F Y0"),
            (&[["F", "Y0"], ["M", "Y1"]], &[("age", "_T")], "_T _T"),
            (&[["F", "Y0"], ["M", "Y1"]], &[("sex", "M"), ("age", "Y0")], "M Y0"),
        ] {
            assert_eq!(codes(there, given), expected, "{there:?} {given:?}");
        }
        assert!(!are_all(&indicator(), &[]));
    }

    /// How many codes are no totals, then where the codes stand in their lists: what the order of combinations means.
    fn farness(codes: &[&str]) -> (usize, Vec<usize>) {
        let lists = [["_T", "M", "F"], ["_T", "Y0", "Y1"]];
        let places: Vec<_> =
            lists.iter().zip(codes).map(|(list, code)| list.iter().position(|c| c == code).unwrap()).collect();
        (places.iter().filter(|place| **place > 0).count(), places)
    }

    proptest! {
        #[test]
        fn what_is_found_by_places_is_what_a_look_at_all_finds(
            there in proptest::collection::vec(
                (proptest::sample::select(vec!["_T", "M", "F"]), proptest::sample::select(vec!["_T", "Y0", "Y1"])), 1..9),
            sex in proptest::option::of(proptest::sample::select(vec!["_T", "M", "F"])),
            age in proptest::option::of(proptest::sample::select(vec!["_T", "Y0", "Y1"])),
        ) {
            let there: Vec<[&str; 2]> = there.into_iter().map(|(sex, age)| [sex, age]).collect();
            let given: Vec<(&str, &str)> = [("sex", sex), ("age", age)].into_iter().filter_map(|(id, code)| Some((id, code?))).collect();
            let asked = [sex.unwrap_or("_T"), age.unwrap_or("_T")];
            let fits = |codes: &&[&str; 2]| sex.is_none_or(|sex| codes[0] == sex) && age.is_none_or(|age| codes[1] == age);
            let usual = if there.contains(&asked) { Some(&asked) } else { there.iter().filter(fits).min_by_key(|c| farness(*c)) };
            prop_assert_eq!(codes(&there, &given), usual.unwrap_or(&asked).join(" "));
            let others = |codes: &[&str; 2]| codes.iter().zip(&asked).filter(|(a, b)| a != b).count();
            let nearest = there.iter().min_by_key(|codes| (others(codes), farness(*codes))).unwrap();
            let known = known(&there);
            let asked_codes: Vec<Code> = asked.iter().map(|code| Code::new(code).unwrap()).collect();
            prop_assert_eq!(known.has(&asked_codes), there.contains(&asked));
            prop_assert_eq!(known.has_code(0, &asked_codes[0]), there.iter().any(|codes| codes[0] == asked[0]));
            let selection = Selection { indicator: indicator().id, period: "2020".parse().unwrap(), codes: asked_codes };
            prop_assert_eq!(text(&nearest_selection(selection, Some(&known))), nearest.join(" "));
        }
    }
}
