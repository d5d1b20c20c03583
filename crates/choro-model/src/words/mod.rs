//! The program's own words on maps, pictures and pages: English and Russian; every other language gets the English ones.

use crate::{
    id::Lang,
    observation::{ObsStatus, State},
};

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    /// Before the upper limit of the lowest open class.
    pub under: &'static str,
    /// Before a lower limit that is not part of the class.
    pub above: &'static str,
    /// Before a lower limit that is part of the class.
    pub from: &'static str,
    /// Before an upper limit that is part of the class.
    pub to: &'static str,
    /// Before an upper limit that is not.
    pub to_under: &'static str,
    /// After the lower limit of the highest open class.
    pub and_over: &'static str,
    /// Breaks hold for all periods.
    pub all_periods: &'static str,
    /// Breaks hold for the period shown.
    pub this_period: &'static str,
    /// Breaks hold for the two periods compared.
    pub this_change: &'static str,
    /// [`State::Missing`].
    pub missing: &'static str,
    /// [`State::Secrecy`].
    pub secrecy: &'static str,
    /// [`State::Invalid`].
    pub invalid: &'static str,
    /// Before the first and before the second of two periods compared.
    pub change: [&'static str; 2],
    /// How many areas have a value.
    pub with_data: &'static str,
    /// The lowest value.
    pub lowest: &'static str,
    /// The highest value.
    pub highest: &'static str,
    /// The middle value.
    pub median: &'static str,
    /// Where the figures come from.
    pub source: &'static str,
    /// On what terms.
    pub licence: &'static str,
    /// Which release.
    pub release: &'static str,
    /// Of when the borders are.
    pub borders: &'static str,
    /// An indicator.
    pub indicator: &'static str,
    /// A period.
    pub period: &'static str,
    /// A boundary set.
    pub set: &'static str,
    /// Sends the form.
    pub show: &'static str,
    /// Code of an area.
    pub code: &'static str,
    /// An area.
    pub area: &'static str,
    /// A value.
    pub value: &'static str,
    /// The note of a value.
    pub note: &'static str,
    /// The value comes after a break in the series.
    pub series_break: &'static str,
    /// The value is an estimate.
    pub estimated: &'static str,
    /// The value is not final.
    pub provisional: &'static str,
    /// What a table of values is called.
    pub table: &'static str,
    /// Leads to the viewer.
    pub open_map: &'static str,
    /// There is nothing to show.
    pub nothing: &'static str,
    /// Before what a page did not understand.
    pub not_understood: &'static str,
    /// In place of a table that would be too long.
    pub too_many: &'static str,
}

const EN: Words = Words {
    under: "under ",
    above: "above ",
    from: "",
    to: " to ",
    to_under: " to under ",
    and_over: " and over",
    all_periods: "breaks from all periods",
    this_period: "breaks from this period",
    this_change: "breaks from the two periods compared",
    missing: "no data",
    secrecy: "confidential",
    invalid: "cannot occur",
    change: ["change from ", " to "],
    with_data: "Areas with data",
    lowest: "Lowest",
    highest: "Highest",
    median: "Median",
    source: "Source",
    licence: "Licence",
    release: "Release",
    borders: "Boundaries of",
    indicator: "Indicator",
    period: "Period",
    set: "Boundaries",
    show: "Show",
    code: "Code",
    area: "Area",
    value: "Value",
    note: "Note",
    series_break: "break in the series",
    estimated: "estimated",
    provisional: "provisional",
    table: "Table",
    open_map: "Open the full map",
    nothing: "There is nothing to show: the release holds no indicator with boundaries.",
    not_understood: "Not understood, and shown as usual:",
    too_many: "The table would be too long for a page: the file of values has it.",
};

const RU: Words = Words {
    under: "менее ",
    above: "более ",
    from: "от ",
    to: " до ",
    to_under: " до менее ",
    and_over: " и более",
    all_periods: "границы классов по всем периодам",
    this_period: "границы классов по этому периоду",
    this_change: "границы классов по двум сравниваемым периодам",
    missing: "нет данных",
    secrecy: "конфиденциально",
    invalid: "явление невозможно",
    change: ["изменение с ", " по "],
    with_data: "Территорий с данными",
    lowest: "Наименьшее",
    highest: "Наибольшее",
    median: "Медиана",
    source: "Источник",
    licence: "Лицензия",
    release: "Выпуск",
    borders: "Границы на",
    indicator: "Показатель",
    period: "Период",
    set: "Границы",
    show: "Показать",
    code: "Код",
    area: "Территория",
    value: "Значение",
    note: "Примечание",
    series_break: "разрыв ряда",
    estimated: "оценка",
    provisional: "предварительно",
    table: "Таблица",
    open_map: "Открыть карту целиком",
    nothing: "Показать нечего: в выпуске нет показателей с границами.",
    not_understood: "Не распознано и показано как обычно:",
    too_many: "Таблица слишком длинна для страницы: она есть в файле значений.",
};

/// The words of a language.
#[must_use]
pub fn words(lang: &Lang) -> &'static Words {
    if lang.as_str().split('-').next() == Some("ru") { &RU } else { &EN }
}

impl Words {
    /// Why there is no value.
    #[must_use]
    pub const fn state(&self, state: State) -> &'static str {
        match state {
            State::Missing => self.missing,
            State::Secrecy => self.secrecy,
            State::Invalid => self.invalid,
        }
    }

    /// What is to be known of a value.
    #[must_use]
    pub const fn status(&self, status: ObsStatus) -> &'static str {
        match status {
            ObsStatus::B => self.series_break,
            ObsStatus::E => self.estimated,
            ObsStatus::P => self.provisional,
        }
    }

    /// What a difference is of.
    #[must_use]
    pub fn change(&self, from: &str, to: &str) -> String {
        let [before, between] = self.change;
        format!("{before}{from}{between}{to}")
    }
}
