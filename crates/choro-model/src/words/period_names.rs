//! Periods as they are called: `Q1 2014`, `I квартал 2014 г.`

use super::messages::Words;
use crate::period::{Period, PeriodKind, YearPart};

impl Words {
    /// What a period is called.
    #[must_use]
    pub fn period_name(&self, period: Period) -> String {
        let year = &period.calendar_year().to_string();
        match period.part() {
            YearPart::Year => self.period_year(year),
            YearPart::Semester(part) => self.period_semester(part, year),
            YearPart::Trimester(part) => self.period_trimester(part, year),
            YearPart::Quarter(part) => self.period_quarter(part, year),
            YearPart::Month(month) => self.period_month(month, year),
            YearPart::Week(week) => self.period_week(week, year),
            YearPart::Day(month, day) => self.period_day(day, month, year),
        }
    }

    /// That breaks come from all periods of a kind.
    #[must_use]
    pub fn breaks_of_kind(&self, kind: PeriodKind) -> &str {
        match kind {
            PeriodKind::Year => &self.legend_breaks_all_years,
            PeriodKind::Semester => &self.legend_breaks_all_semesters,
            PeriodKind::Trimester => &self.legend_breaks_all_trimesters,
            PeriodKind::Quarter => &self.legend_breaks_all_quarters,
            PeriodKind::Month => &self.legend_breaks_all_months,
            PeriodKind::Week => &self.legend_breaks_all_weeks,
            PeriodKind::Day => &self.legend_breaks_all_days,
        }
    }
}
