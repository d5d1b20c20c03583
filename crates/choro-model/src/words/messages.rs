//! The messages that the server takes from `texts/`: those of the groups `## Shared: ...` and `## Server: ...`. Each is named by its
//! id, with `_` for `-`. A test compares this list with the files.

use super::language_file::LanguageFile;
use fluent_bundle::FluentArgs;
use std::sync::Arc;

/// Makes [`Words`]: a field for each message without variables, a method for each message with some, and for the tests the list of
/// all of them.
macro_rules! words {
    (
        { $($(#[$text_doc:meta])* $text:ident,)* }
        { $($(#[$doc:meta])* $message:ident($($variable:ident: $type:ty),+),)* }
    ) => {
        /// The words of one language.
        pub struct Words {
            $($(#[$text_doc])* pub $text: String,)*
            /// The language's own file, and those that have what it lacks.
            files: Vec<Arc<LanguageFile>>,
        }

        impl Words {
            /// The words of these files; of a message that several have, the first one's.
            pub(super) fn new(files: Vec<Arc<LanguageFile>>) -> Self {
                let text = |name| filled(&files, name, &FluentArgs::new());
                Self { $($text: text(stringify!($text)),)* files }
            }

            $(
                $(#[$doc])*
                #[must_use]
                pub fn $message(&self, $($variable: $type),+) -> String {
                    let mut values = FluentArgs::new();
                    $(values.set(stringify!($variable), $variable);)+
                    filled(&self.files, stringify!($message), &values)
                }
            )*
        }

        /// Each message by its name, with its variables.
        #[cfg(test)]
        pub(super) const MESSAGES: &[(&str, &[&str])] = &[
            $((stringify!($text), &[]),)*
            $((stringify!($message), &[$(stringify!($variable)),+]),)*
        ];
    };
}

/// The message of the first file that has it; its id where none does.
fn filled(files: &[Arc<LanguageFile>], name: &str, values: &FluentArgs<'_>) -> String {
    let id = name.replace('_', "-");
    files.iter().find_map(|file| file.text(&id, values)).unwrap_or(id)
}

words! {
    {
        /// There is nothing to show.
        nothing_to_show,
        /// A period.
        period,
        /// What a table of values is called.
        table,
        /// The code of an area.
        column_code,
        /// An area.
        column_area,
        /// A value.
        column_value,
        /// The note of a value.
        column_note,
        /// The value comes after a break in the series.
        status_break,
        /// The value is an estimate.
        status_estimated,
        /// The value is not final.
        status_provisional,
        /// The base of the value is too small to rely on it.
        flag_small_base,
        /// The base of the value is not known.
        flag_unknown_base,
        /// The series breaks between the two periods compared.
        change_break,
        /// One of the two periods compared is estimated.
        change_estimated,
        /// One of the two periods compared is provisional.
        change_provisional,
        /// The colours of a map stand for counts.
        count_warning,
        /// Breaks hold for all periods.
        legend_breaks_all_periods,
        /// Breaks hold for all years; there are other periods too.
        legend_breaks_all_years,
        /// Breaks hold for all half-years; there are other periods too.
        legend_breaks_all_semesters,
        /// Breaks hold for all periods of four months; there are other periods too.
        legend_breaks_all_trimesters,
        /// Breaks hold for all quarters; there are other periods too.
        legend_breaks_all_quarters,
        /// Breaks hold for all months; there are other periods too.
        legend_breaks_all_months,
        /// Breaks hold for all weeks; there are other periods too.
        legend_breaks_all_weeks,
        /// Breaks hold for all days; there are other periods too.
        legend_breaks_all_days,
        /// Breaks hold for the period shown.
        legend_breaks_this_period,
        /// Breaks hold for the two periods compared.
        legend_breaks_change,
        /// [`State::Missing`](crate::State::Missing).
        state_missing,
        /// [`State::Secrecy`](crate::State::Secrecy).
        state_secrecy,
        /// [`State::Invalid`](crate::State::Invalid).
        state_invalid,
        /// There is no median, since too few areas have a value.
        summary_no_median,
        /// In brackets after a choice that the indicator has no values for.
        no_values,
        /// An indicator.
        page_indicator,
        /// A boundary set.
        page_boundaries,
        /// Sends the form.
        page_show,
        /// Leads to the viewer.
        page_open_map,
        /// Before what a page did not understand.
        page_not_understood,
        /// In place of a table that would be too long.
        page_table_too_long,
    }
    {
        /// A year.
        period_year(year: &str),
        /// A half of a year.
        period_semester(part: u8, year: &str),
        /// Four months.
        period_trimester(part: u8, year: &str),
        /// A quarter.
        period_quarter(part: u8, year: &str),
        /// A month.
        period_month(month: u8, year: &str),
        /// A week.
        period_week(week: u8, year: &str),
        /// A day.
        period_day(day: u8, month: u8, year: &str),
        /// The lowest class, open below.
        legend_class_under(to: &str),
        /// The highest class, open above.
        legend_class_and_over(from: &str),
        /// The highest class, open above and without its lower limit.
        legend_class_above(from: &str),
        /// A class with both limits.
        legend_class_from_to(from: &str, to: &str),
        /// A class without its upper limit.
        legend_class_from_to_under(from: &str, to: &str),
        /// A class without its lower limit.
        legend_class_above_to(from: &str, to: &str),
        /// A class without both limits.
        legend_class_above_to_under(from: &str, to: &str),
        /// What the differences between two periods are called.
        legend_change(from: &str, to: &str),
        /// What the breaks come from, and how many values each class holds where equal counts are expected.
        legend_unequal_counts(scope: &str, counts: &str),
        /// How many areas of all have a value.
        summary_with_data(count: usize, of: usize),
        /// How many areas the map's projection does not hold, and the first of them.
        outside_missing(count: usize, areas: &str),
        /// How many areas the edge of the map cuts, and the first of them.
        outside_cut(count: usize, areas: &str),
        /// Some areas, and how many there are more.
        more_areas(areas: &str, more: usize),
        /// The lowest value and its area.
        summary_lowest(value: &str, area: &str),
        /// The highest value and its area.
        summary_highest(value: &str, area: &str),
        /// The middle value.
        summary_median(value: &str),
        /// How many areas are [`State::Missing`](crate::State::Missing).
        summary_missing(count: usize),
        /// How many areas are [`State::Secrecy`](crate::State::Secrecy).
        summary_secrecy(count: usize),
        /// How many areas are [`State::Invalid`](crate::State::Invalid).
        summary_invalid(count: usize),
        /// How many areas have a flag.
        summary_flagged(flag: &str, count: usize),
        /// The figures were restated from other borders.
        origin_restated(vintage: &str),
        /// The figures are sums of the areas of another set.
        origin_aggregated(set: &str, vintage: &str),
        /// How many areas have an entry of a legend.
        legend_flagged(flag: &str, count: usize),
        /// Where the figures come from and on what terms.
        sources_figures(source: &str, licence: &str),
        /// Of when the borders are, where they come from and on what terms.
        sources_borders(vintage: &str, source: &str, licence: &str),
        /// Which release the figures are published in, and its day.
        sources_release(release: &str, date: &str),
    }
}
