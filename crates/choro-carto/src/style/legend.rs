//! The legend: every look on the map in words.

use super::{
    flags::FlagEntry,
    look::{Look, look},
    number::{decimals_of, number},
    symbols::Symbols,
};
use choro_figures::classify::{Class, Classification, Colour, Method, Scope};
use choro_model::words::{Words, words};
use choro_model::{Indicator, IndicatorId, Lang, Period, State};
use serde::Serialize;
use utoipa::ToSchema;

/// A legend in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Legend {
    /// The indicator.
    pub indicator: IndicatorId,
    /// Its name.
    #[schema(example = "Net migration rate")]
    pub title: String,
    /// Its unit.
    #[schema(example = "per 10,000 inhabitants")]
    pub unit: String,
    /// The language of the texts.
    pub lang: Lang,
    /// How the breaks were found.
    pub method: Method,
    /// The earlier period, where the legend is of differences: of the later period's values less those of this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub from: Option<Period>,
    /// The periods compared, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub change_label: Option<String>,
    /// From which values.
    pub scope: Scope,
    /// The scope in words.
    #[schema(example = "all periods")]
    pub scope_label: &'static str,
    /// Id of the palette.
    #[schema(example = "purple-orange")]
    pub palette: &'static str,
    /// Decimals of the labels: the indicator's, or more where breaks need them.
    pub decimals: u8,
    /// How many values the breaks were found from, if not from all.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sampled: Option<usize>,
    /// The classes from the lowest to the highest.
    pub classes: Vec<ClassEntry>,
    /// The entry of a true zero.
    #[schema(required = true)]
    pub zero: Option<ZeroEntry>,
    /// The states.
    pub states: Vec<StateEntry>,
    /// What is to be known of some values, beside their class.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<FlagEntry>,
    /// Sentences about all values: whose figures they were made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(example = json!(["Restated from the boundaries of 2010."]))]
    pub notes: Vec<String>,
    /// Proportional symbols, where there are values to draw.
    #[schema(required = true)]
    pub symbols: Option<Symbols>,
    /// What the map shows, in a sentence or two.
    #[schema(example = "Areas with data: 2.")]
    pub summary: String,
}

/// One class.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ClassEntry {
    /// Lower limit, part of the class.
    pub lo: f64,
    /// Upper limit, part of the last class only.
    pub hi: f64,
    /// Both in words.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// How many values it holds, in the scope.
    pub count: usize,
}

/// A true zero.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ZeroEntry {
    /// Its words.
    pub label: String,
    /// Its colour.
    pub colour: Colour,
    /// How many values are zero, in the scope.
    pub count: usize,
}

/// A state.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StateEntry {
    /// The state as it stands in tiles.
    pub state: State,
    /// Its words.
    pub label: &'static str,
    /// How it looks.
    #[serde(flatten)]
    pub look: Look,
}

/// The legend of `classification` in `lang`.
#[must_use]
pub fn legend(classification: &Classification, indicator: &Indicator, lang: &Lang) -> Legend {
    let words = words(lang);
    let decimals = decimals_of(classification.inner(), indicator.decimals);
    let print = Print { classification, indicator, lang, decimals, words };
    let last = classification.classes.len().saturating_sub(1);
    let entry = |(index, class): (usize, &Class)| ClassEntry {
        lo: class.lo,
        hi: class.hi,
        label: print.class(class, index == 0, index == last),
        colour: class.colour,
        count: class.count,
    };
    Legend {
        indicator: indicator.id.clone(),
        title: indicator.name.pick(lang, indicator.id.as_str()).to_owned(),
        unit: indicator.unit.name.pick(lang, &indicator.unit.id).to_owned(),
        lang: lang.clone(),
        method: classification.method,
        from: None,
        change_label: None,
        scope: classification.scope,
        scope_label: match classification.scope {
            Scope::All => &words.legend_breaks_all_periods,
            Scope::Period => &words.legend_breaks_this_period,
        },
        palette: classification.palette,
        decimals,
        sampled: classification.sampled,
        classes: classification.classes.iter().enumerate().map(entry).collect(),
        zero: classification.zero.as_ref().map(|zero| ZeroEntry {
            label: number(0.0, indicator.decimals, lang),
            colour: zero.colour,
            count: zero.count,
        }),
        states: State::ALL.map(|state| StateEntry { state, label: words.state(state), look: look(state) }).into(),
        flags: Vec::new(),
        notes: Vec::new(),
        symbols: None,
        summary: String::new(),
    }
}

impl Legend {
    /// The legend of the differences between two periods.
    #[must_use]
    pub fn of_change(self, from: Period, to: Period) -> Self {
        let words = words(&self.lang);
        let label = words.legend_change(&from.to_string(), &to.to_string());
        Self { from: Some(from), change_label: Some(label), scope_label: &words.legend_breaks_change, ..self }
    }
}

struct Print<'a> {
    classification: &'a Classification,
    indicator: &'a Indicator,
    lang: &'a Lang,
    decimals: u8,
    words: &'static Words,
}

impl Print<'_> {
    /// A limit; above zero with a plus sign where the indicator diverges.
    fn limit(&self, value: f64) -> String {
        let plus = if self.indicator.diverging && value > 0.0 { "+" } else { "" };
        format!("{plus}{}", number(value, self.decimals, self.lang))
    }

    /// The class in words. Zero is excluded in words where it has an entry of its own.
    fn class(&self, class: &Class, first: bool, last: bool) -> String {
        let words = self.words;
        let own_zero = self.classification.zero.is_some();
        let (lo, hi) = (&self.limit(class.lo), &self.limit(class.hi));
        let above_zero = own_zero && class.lo == 0.0;
        match (self.classification.open, first, last) {
            (true, true, _) => return words.legend_class_under(hi),
            (true, _, true) if above_zero => return words.legend_class_above(lo),
            (true, _, true) => return words.legend_class_and_over(lo),
            _ if class.lo == class.hi => return lo.clone(),
            _ => {}
        }
        let holds_upper = last && !(own_zero && class.hi == 0.0);
        match (above_zero, holds_upper) {
            (false, true) => words.legend_class_from_to(lo, hi),
            (false, false) => words.legend_class_from_to_under(lo, hi),
            (true, true) => words.legend_class_above_to(lo, hi),
            (true, false) => words.legend_class_above_to_under(lo, hi),
        }
    }
}
