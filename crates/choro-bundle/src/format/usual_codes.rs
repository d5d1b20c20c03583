//! Which combination of codes is shown where a query leaves dimensions out.

use super::catalog::CatalogPeriods;
use choro_model::{Code, Dimension, Indicator, Period, Selection, SelectionError};

impl CatalogPeriods {
    /// The selection of a query that names some dimensions. One left out takes its total; where that has no values, the codes that come
    /// nearest to totals, then those that stand first in the code lists. A query that names a combination without values keeps it.
    ///
    /// # Errors
    ///
    /// A dimension or a code that the indicator does not have.
    pub fn selection(
        &self,
        indicator: &Indicator,
        period: Period,
        given: &[(&str, &str)],
    ) -> Result<Selection, SelectionError> {
        let asked = Selection::new(indicator, period, given)?;
        let fits = |codes: &[Code]| {
            let mut each = indicator.dimensions.iter().zip(codes).zip(&asked.codes);
            each.all(|((dimension, code), asked)| code == asked || !given.iter().any(|(id, _)| *id == dimension.id.as_str()))
        };
        let found = self
            .combinations(period)
            .filter(|all| !all.contains(&asked.codes))
            .and_then(|all| all.iter().filter(|codes| fits(codes)).min_by_key(|codes| farness(indicator, codes)));
        Ok(found.map_or(asked.clone(), |codes| Selection { codes: codes.clone(), ..asked }))
    }

    /// The combination with values that has most of the codes that are asked for, then the one nearest to totals.
    #[must_use]
    pub fn nearest(&self, indicator: &Indicator, asked: &Selection) -> Selection {
        let others = |codes: &Vec<Code>| codes.iter().zip(&asked.codes).filter(|(code, asked)| code != asked).count();
        let found = self
            .combinations(asked.period)
            .and_then(|all| all.iter().min_by_key(|codes| (others(codes), farness(indicator, codes))));
        found.map_or(asked.clone(), |codes| Selection { codes: codes.clone(), ..asked.clone() })
    }

    /// The combinations that have values in a period; `None`: all have.
    #[must_use]
    pub fn combinations(&self, period: Period) -> Option<&[Vec<Code>]> {
        self.combinations.iter().find(|entry| entry.periods.contains(&period)).map(|entry| entry.codes.as_slice())
    }
}

/// How many codes are no totals, then where the codes stand in their lists.
fn farness(indicator: &Indicator, codes: &[Code]) -> (usize, Vec<usize>) {
    let each = || indicator.dimensions.iter().zip(codes);
    let parts = each().filter(|(dimension, code)| dimension.total != **code).count();
    let place = |(dimension, code): (&Dimension, &Code)| {
        dimension.code_list.items.iter().position(|item| item.code == *code).unwrap_or(usize::MAX)
    };
    (parts, each().map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::combinations::{CatalogCombinations, are_all};
    use choro_model::{CodeItem, CodeList, DimensionId, Kind, Names, Unit};
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

    /// The codes of the selection that a query means where these combinations have values.
    fn codes(there: &[[&str; 2]], given: &[(&str, &str)]) -> String {
        let (indicator, period) = (indicator(), "2020".parse().unwrap());
        let mut entry = CatalogPeriods::new(&"s".parse().unwrap(), &"2020".parse().unwrap());
        let codes = there.iter().map(|codes| codes.map(|code| Code::new(code).unwrap()).to_vec()).collect();
        entry.combinations = vec![CatalogCombinations { periods: vec![period], codes }];
        let selection = entry.selection(&indicator, period, given).unwrap();
        selection.codes.iter().map(Code::as_str).collect::<Vec<_>>().join(" ")
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
}
