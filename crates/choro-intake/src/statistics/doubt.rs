//! Doubts: what an import asks about before it stores.
//!
//! A file that was cut off at a line end is a good file of fewer rows. Nothing in it is wrong, so nothing can be rejected; but it
//! is unlike what was there before, and whoever imports it says that this is meant. A doubt that is not grave is only told.

use choro_model::nearest;
use serde::Serialize;
use std::{fmt, str::FromStr};

/// Something that may be meant or a mishap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// What it is, by which it is accepted.
    pub kind: DoubtKind,
    /// Whether nothing is stored before it is accepted. It follows from the kind.
    pub grave: bool,
    /// Where and how it shows.
    pub what: String,
}

impl Doubt {
    /// A doubt with what shows it.
    pub fn new(kind: DoubtKind, what: impl Into<String>) -> Self {
        Self { kind, grave: kind.is_grave(), what: what.into() }
    }
}

/// What kind of doubt it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoubtKind {
    /// The last line has no end, and the others have one.
    NoLineEnd,
    /// The last row has fewer cells than all others.
    ShortRow,
    /// The last value is shorter than all above it.
    ShortValue,
    /// A quoted cell never closes.
    OpenQuote,
    /// Lines that look like rows are one quoted cell.
    RowsInAQuote,
    /// Rows or columns that are read are hidden in the workbook.
    HiddenCells,
    /// Cells are struck out, or nothing but superscript, and so are taken as empty.
    StruckOut,
    /// A value stands in merged cells, so for several rows or columns.
    MergedValues,
    /// Numbers are shown in percent, thousands or millions, and what the mapping says of powers of ten may not be meant so.
    ScaledFormat,
    /// Numbers are shown as something else than they are.
    ShownOtherwise,
    /// All formulas have the result zero, so they may never have been computed.
    ZeroFormulas,
    /// The file has fewer rows than the last one by the same mapping.
    FewerRows,
    /// Areas that an earlier file had have no row.
    FewerAreas,
    /// A column that is not read has the name or the code of another area than the one that was matched.
    OtherNames,
    /// A column that is not read has another containing area than that of the area that was matched.
    OtherParents,
    /// A column that is not read tells the figures of one selection apart, or says that they are those of a part.
    UnreadDimension,
    /// A column that is not read says one thing of all rows, or a few things of rows of one area.
    UnreadColumn,
    /// Values with decimals, of a count that has none.
    Fractions,
    /// Every value with a decimal sign has three digits behind it, as behind a sign between thousands.
    ThousandsSign,
    /// Numbers in powers of ten, which may have lost their last digits.
    RoundedNumbers,
    /// Values that are a thousand times those of another period, or a thousandth of them.
    Thousandfold,
    /// Periods such as `2011-12`, which may be months or years that end in the next calendar year.
    SplitYears,
    /// Years that are none of ours, as those of the Buddhist calendar.
    OtherCalendar,
    /// Days that are the same in each year or month, as a spreadsheet writes years and months.
    DaysForYears,
    /// One indicator has periods of several kinds, as months beside years.
    MixedPeriods,
    /// An indicator has periods of another kind than before.
    OtherPeriods,
}

impl DoubtKind {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::NoLineEnd,
        Self::ShortRow,
        Self::ShortValue,
        Self::OpenQuote,
        Self::RowsInAQuote,
        Self::HiddenCells,
        Self::StruckOut,
        Self::MergedValues,
        Self::ScaledFormat,
        Self::ShownOtherwise,
        Self::ZeroFormulas,
        Self::FewerRows,
        Self::FewerAreas,
        Self::OtherNames,
        Self::OtherParents,
        Self::UnreadDimension,
        Self::UnreadColumn,
        Self::Fractions,
        Self::ThousandsSign,
        Self::RoundedNumbers,
        Self::Thousandfold,
        Self::SplitYears,
        Self::OtherCalendar,
        Self::DaysForYears,
        Self::MixedPeriods,
        Self::OtherPeriods,
    ];

    /// Its name, by which it is accepted.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoLineEnd => "no-line-end",
            Self::ShortRow => "short-row",
            Self::ShortValue => "short-value",
            Self::OpenQuote => "open-quote",
            Self::RowsInAQuote => "rows-in-a-quote",
            Self::HiddenCells => "hidden-cells",
            Self::StruckOut => "struck-out",
            Self::MergedValues => "merged-values",
            Self::ScaledFormat => "scaled-format",
            Self::ShownOtherwise => "shown-otherwise",
            Self::ZeroFormulas => "zero-formulas",
            Self::FewerRows => "fewer-rows",
            Self::FewerAreas => "fewer-areas",
            Self::OtherNames => "other-names",
            Self::OtherParents => "other-parents",
            Self::UnreadDimension => "unread-dimension",
            Self::UnreadColumn => "unread-column",
            Self::Fractions => "fractions",
            Self::ThousandsSign => "thousands-sign",
            Self::RoundedNumbers => "rounded-numbers",
            Self::Thousandfold => "thousandfold",
            Self::SplitYears => "split-years",
            Self::OtherCalendar => "other-calendar",
            Self::DaysForYears => "days-for-years",
            Self::MixedPeriods => "mixed-periods",
            Self::OtherPeriods => "other-periods",
        }
    }

    /// Whether nothing is stored before it is accepted. The others are told, and the import goes on.
    #[must_use]
    pub const fn is_grave(self) -> bool {
        !matches!(self, Self::UnreadColumn | Self::RoundedNumbers)
    }

    /// Whether a file that was cut off on its way looks like this, so that fetching it again may mend it.
    #[must_use]
    pub const fn is_of_a_cut_file(self) -> bool {
        matches!(
            self,
            Self::NoLineEnd | Self::ShortRow | Self::ShortValue | Self::OpenQuote | Self::FewerRows | Self::FewerAreas
        )
    }
}

/// A name of no doubt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no doubt {got:?}{hint}; they are {known}")]
pub struct UnknownDoubt {
    got: String,
    hint: String,
    known: String,
}

impl fmt::Display for DoubtKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for DoubtKind {
    type Err = UnknownDoubt;

    fn from_str(text: &str) -> Result<Self, UnknownDoubt> {
        let names = || Self::ALL.into_iter().map(Self::as_str);
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or_else(|| UnknownDoubt {
            got: text.chars().take(60).collect(),
            hint: nearest(text, names()).map(|near| format!(", did you mean {near}?")).unwrap_or_default(),
            known: names().collect::<Vec<_>>().join(", "),
        })
    }
}
