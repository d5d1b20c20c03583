//! The legend: every look on the map in words.

use super::{
    flags::FlagEntry,
    look::{Look, look},
    number::{NumberForm, decimals_of},
    symbols::Symbols,
};
use choro_figures::classify::{Class, Classification, Colour, Method, Scope};
use choro_model::words::{Words, words};
use choro_model::{Indicator, IndicatorId, Lang, Period, PeriodKind, State};
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
    /// The scope in words, and the counts of the classes where they ought to be equal and are not.
    #[schema(example = "breaks from all periods")]
    pub scope_label: String,
    /// Whether the classes hold equal counts of values (give or take one); of quantiles alone. They do not where equal values stay
    /// together, where breaks were moved to readable numbers, and where breaks are alike on both sides of zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub equal_counts: Option<bool>,
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
    /// Lower limit, part of the class. The lowest class is open below; its lower limit is the lowest value in the scope, or what lies
    /// below that: zero where the values are above it, or a break of one's own.
    pub lo: f64,
    /// Upper limit, not part of the class. The highest class is open above; its upper limit is the highest value in the scope, or what
    /// lies above that, and part of it.
    pub hi: f64,
    /// The limits in words. The lowest class has no lower limit there, the highest no upper one.
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
    let inner = classification.inner();
    let decimals = decimals_of(inner, indicator.decimals);
    let form = NumberForm { decimals, limits: inner, signed: indicator.diverging, lang };
    let labels = ClassLabels { own_zero: classification.zero.is_some(), form, words };
    let last = classification.classes.len().saturating_sub(1);
    let entry = |(index, class): (usize, &Class)| ClassEntry {
        lo: class.lo,
        hi: class.hi,
        label: labels.label(class, index == 0, index == last),
        colour: class.colour,
        count: class.count,
    };
    let scope = match classification.scope {
        Scope::All => &words.legend_breaks_all_periods,
        Scope::Period => &words.legend_breaks_this_period,
    };
    let legend = Legend {
        indicator: indicator.id.clone(),
        title: indicator.name.pick(lang, indicator.id.as_str()).to_owned(),
        unit: indicator.unit.name.pick(lang, &indicator.unit.id).to_owned(),
        lang: lang.clone(),
        method: classification.method,
        from: None,
        change_label: None,
        scope: classification.scope,
        scope_label: String::new(),
        equal_counts: classification.equal_counts(),
        palette: classification.palette,
        decimals,
        sampled: classification.sampled,
        classes: classification.classes.iter().enumerate().map(entry).collect(),
        zero: classification.zero.as_ref().map(|zero| ZeroEntry {
            label: NumberForm { decimals: indicator.decimals, ..form }.print(0.0),
            colour: zero.colour,
            count: zero.count,
        }),
        states: State::ALL.map(|state| StateEntry { state, label: words.state(state), look: look(state) }).into(),
        flags: Vec::new(),
        notes: Vec::new(),
        symbols: None,
        summary: String::new(),
    };
    legend.with_scope(scope)
}

impl Legend {
    /// The legend of the differences between two periods.
    #[must_use]
    pub fn of_change(self, from: Period, to: Period) -> Self {
        let words = words(&self.lang);
        let label = words.legend_change(&words.period_name(from), &words.period_name(to));
        Self { from: Some(from), change_label: Some(label), ..self.with_scope(&words.legend_breaks_change) }
    }

    /// The legend where the breaks come from all periods of a kind, and there are periods of other kinds.
    #[must_use]
    pub fn of_kind(self, kind: PeriodKind) -> Self {
        let words = words(&self.lang);
        self.with_scope(words.breaks_of_kind(kind))
    }

    /// Says which values the breaks come from, and the counts of the classes where equal ones are expected and are not there.
    fn with_scope(self, scope: &str) -> Self {
        let scope_label = if self.equal_counts == Some(false) {
            let counts: Vec<String> = self.classes.iter().map(|class| class.count.to_string()).collect();
            words(&self.lang).legend_unequal_counts(scope, &counts.join(", "))
        } else {
            scope.to_owned()
        };
        Self { scope_label, ..self }
    }
}

/// The labels of classes. The outermost classes are open, since what a legend holds for may go on beyond the values at hand, such as
/// those of one period where the breaks come from all.
struct ClassLabels<'a> {
    /// Whether zero has an entry of its own, so that no class holds it.
    own_zero: bool,
    form: NumberForm<'a>,
    words: &'static Words,
}

impl ClassLabels<'_> {
    /// A class in words. Zero is excluded in words where it has an entry of its own.
    fn label(&self, class: &Class, first: bool, last: bool) -> String {
        let words = self.words;
        let (lo, hi) = (&self.form.exact(class.lo), &self.form.exact(class.hi));
        let zero = &self.form.exact(0.0);
        // Below the lowest class is nothing but zero where no value is negative.
        let above_zero = self.own_zero && (class.lo == 0.0 || first && class.lo > 0.0);
        let under_zero = self.own_zero && last && class.hi <= 0.0;
        match (first, last) {
            (true, true) => self.only(class, above_zero, under_zero),
            (true, false) if above_zero && class.hi > 0.0 => words.legend_class_above_to_under(zero, hi),
            (true, false) => words.legend_class_under(hi),
            (false, true) if under_zero => words.legend_class_from_to_under(lo, zero),
            (false, true) if above_zero => words.legend_class_above(zero),
            (false, true) => words.legend_class_and_over(lo),
            (false, false) if above_zero => words.legend_class_above_to_under(zero, hi),
            (false, false) => words.legend_class_from_to_under(lo, hi),
        }
    }

    /// The only class of a legend, from the lowest value to the highest.
    fn only(&self, class: &Class, above_zero: bool, under_zero: bool) -> String {
        let words = self.words;
        let (lo, hi) = (&self.form.print(class.lo), &self.form.print(class.hi));
        match () {
            () if class.lo == class.hi => lo.clone(),
            () if above_zero && class.lo == 0.0 => words.legend_class_above_to(lo, hi),
            () if under_zero && class.hi == 0.0 => words.legend_class_from_to_under(lo, hi),
            () => words.legend_class_from_to(lo, hi),
        }
    }
}
