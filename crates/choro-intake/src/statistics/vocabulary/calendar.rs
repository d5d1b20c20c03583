//! Words of months, quarters, half-years and years.

use super::folded::folded;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word of a calendar means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CalendarWord {
    /// The month of this number.
    Month(u8),
    /// A number in words, or in Roman digits: `first`, `II`.
    Ordinal(u8),
    /// Quarter.
    Quarter,
    /// Half a year.
    Half,
    /// Months that are counted: `9 months`.
    Months,
    /// What stands beside the number of a month: `M07`, `1月`.
    MonthNumber,
    /// A year of the Buddhist calendar.
    Buddhist,
    /// A year of a budget, which may begin in any month.
    Fiscal,
    /// From one to another: `to`.
    To,
    /// It adds nothing: `year`, `of`.
    Filler,
}

/// The words of each month, January first. English, Russian, German, French, Spanish, Portuguese, Italian, Polish, Ukrainian,
/// Turkish, Kazakh. No word may stand for two months: `listopad` is October in one language and November in another, and is left out.
const MONTHS: [&str; 12] = [
    "January Jan январь января янв Januar Jänner janvier janv enero ene janeiro gennaio gen styczeń stycznia січень січня Ocak қаңтар",
    "February Feb февраль февраля фев февр Februar février févr fév febrero fevereiro fev febbraio luty lutego лютий лютого Şubat ақпан",
    "March Mar март марта мар März Maerz mars marzo março marzec marca березень березня Mart наурыз",
    "April Apr апрель апреля апр avril avr abril abr aprile kwiecień kwietnia квітень квітня Nisan сәуір",
    "May май мая Mai mayo maio maggio mag maj maja травень травня Mayıs мамыр",
    "June Jun июнь июня июн Juni juin junio junho giugno giu czerwiec czerwca червень червня Haziran маусым",
    "July Jul июль июля июл Juli juillet juil julio julho luglio lug lipiec lipca липень липня Temmuz шілде",
    "August Aug август августа авг août agosto ago sierpień sierpnia серпень серпня Ağustos тамыз",
    "September Sep Sept сентябрь сентября сен сент septembre septiembre setiembre setembro set settembre wrzesień września вересень \
     вересня Eylül қыркүйек",
    "October Oct октябрь октября окт Oktober Okt octobre octubre outubro out ottobre ott październik października жовтень жовтня \
     Ekim қазан",
    "November Nov ноябрь ноября ноя нояб novembre noviembre novembro Kasım қараша",
    "December Dec декабрь декабря дек Dezember Dez décembre déc diciembre dic dezembro dicembre grudzień grudnia грудень грудня \
     Aralık желтоқсан",
];

/// First, second, third, fourth.
const ORDINALS: [&str; 4] = [
    "I first первый первое erstes premier première primer primero primo primeiro pierwszy pierwsze перший перше",
    "II second второй второе zweites deuxième segundo secondo drugi drugie другий друге",
    "III third третий drittes troisième tercer tercero terzo terceiro trzeci третій",
    "IV fourth четвёртый viertes quatrième cuarto quarto czwarty четвертий",
];

/// The other words. Endings of numbers, as in `1st` and `1-й`, add nothing.
const OTHERS: [(CalendarWord, &str); 8] = [
    (
        CalendarWord::Quarter,
        "Q qtr quarter квартал квартала кварталы кв Quartal trimestre trim kwartał kw kvartal çeyrek тоқсан 季度",
    ),
    (CalendarWord::Half, "H S half semester полугодие полугодия Halbjahr Hj semestre semestr półrocze півріччя жартыжылдық"),
    (CalendarWord::Months, "months месяцев месяца мес Monate mois meses mesi miesięcy місяців"),
    (CalendarWord::MonthNumber, "M month месяц 月 월"),
    (CalendarWord::Buddhist, "พ พศ BE"),
    (CalendarWord::Fiscal, "FY fiscal финансовый"),
    (CalendarWord::To, "to through по до bis à al"),
    (
        CalendarWord::Filler,
        "year год года году годы г гг Jahr année an año ano anno rok roku рік року yıl yılı жыл 年 년 ศ ปี of in the за в на de du del \
         im й ый ий ое е я st nd rd th er",
    ),
];

static WORDS: LazyLock<FxHashMap<String, CalendarWord>> =
    LazyLock::new(|| all().flat_map(|(meaning, words)| words.split(' ').map(move |word| (folded(word), meaning))).collect());

/// Every list, with what its words mean.
fn all() -> impl Iterator<Item = (CalendarWord, &'static str)> {
    let months = (1..).zip(MONTHS).map(|(number, words)| (CalendarWord::Month(number), words));
    let ordinals = (1..).zip(ORDINALS).map(|(number, words)| (CalendarWord::Ordinal(number), words));
    months.chain(ordinals).chain(OTHERS)
}

/// What a folded word means, if it is one of a calendar.
pub fn meaning(word: &str) -> Option<CalendarWord> {
    WORDS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        for (expected, words) in all() {
            for word in words.split(' ') {
                assert_eq!(meaning(&folded(word)), Some(expected), "{word}");
            }
        }
    }
}
