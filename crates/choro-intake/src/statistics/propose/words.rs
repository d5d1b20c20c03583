//! Words of titles and headings by what they say, in the languages that are known so far. A language is added here and nowhere else.
//!
//! `"тыс"` in a list of beginnings fits `тысяч` and `тыс.`; a list of whole words fits the word alone.

/// The twelve months by their full names, in lower case. A word of three letters or more with which one begins is its short form.
const MONTHS: [&[&str]; 12] = [
    &["january", "январь", "января", "januar", "janvier", "enero", "janeiro", "қаңтар"],
    &["february", "февраль", "февраля", "februar", "février", "febrero", "fevereiro", "ақпан"],
    &["march", "март", "марта", "märz", "mars", "marzo", "março", "наурыз"],
    &["april", "апрель", "апреля", "avril", "abril", "сәуір"],
    &["may", "май", "мая", "mai", "mayo", "maio", "мамыр"],
    &["june", "июнь", "июня", "juni", "juin", "junio", "junho", "маусым"],
    &["july", "июль", "июля", "juli", "juillet", "julio", "julho", "шілде"],
    &["august", "август", "августа", "août", "agosto", "тамыз"],
    &["september", "сентябрь", "сентября", "septembre", "septiembre", "setembro", "қыркүйек"],
    &["october", "октябрь", "октября", "oktober", "octobre", "octubre", "outubro", "қазан"],
    &["november", "ноябрь", "ноября", "novembre", "noviembre", "novembro", "қараша"],
    &["december", "декабрь", "декабря", "dezember", "décembre", "diciembre", "dezembro", "желтоқсан"],
];
const QUARTERS: [&str; 8] = ["quarter", "quarters", "quartal", "trimestre", "trimester", "квартал", "кварталы", "кв"];
const HALVES: [&str; 6] = ["полугодие", "полугодия", "half", "semester", "semestre", "halbjahr"];
/// A period that grows: from the year's beginning to a day.
const CUMULATIVE: [&str; 9] = ["ytd", "cumulative", "нарастающим", "itogom", "through", "until", "to", "по", "bis"];
/// Words that stand beside a year and say nothing.
const YEARS: [&str; 20] = [
    "year", "years", "год", "года", "году", "годы", "г", "гг", "jahr", "año", "ano", "année", "an", "rok", "жыл", "in",
    "за", "в", "period", "time",
];
/// Headings that say that values stand below them, and no more.
const GENERIC: [&str; 22] = [
    "value",
    "values",
    "val",
    "obs",
    "obs_value",
    "observation",
    "total",
    "number",
    "count",
    "всего",
    "итого",
    "значение",
    "значения",
    "показатель",
    "wert",
    "anzahl",
    "insgesamt",
    "valeur",
    "valor",
    "data",
    "n",
    "количество",
];
/// Texts that stand for all of a dimension.
const TOTALS: [&str; 14] = [
    "total",
    "_t",
    "all",
    "всего",
    "итого",
    "все",
    "both",
    "both sexes",
    "оба пола",
    "insgesamt",
    "gesamt",
    "ensemble",
    "t",
    "tot",
];
const RANKS: [&str; 14] =
    ["rank", "ranking", "place", "position", "место", "мест", "ранг", "рейтинг", "№", "no.", "platz", "rang", "n°", "#"];
const INDICATORS: [&str; 5] = ["indicator", "показатель", "indikator", "indicateur", "series"];
const TABLES: [&str; 5] = ["table", "таблица", "tabelle", "tableau", "tabla"];
/// Words after which a title names where, when or by what something is counted.
const PREPOSITIONS: [&str; 22] = [
    "by", "in", "of", "for", "on", "at", "from", "to", "per", "по", "в", "за", "на", "до", "из", "с", "nach", "im", "par",
    "en", "por", "with",
];

/// A text in lower case, cut into runs of letters and runs of digits.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = None;
    for c in text.to_lowercase().chars() {
        let kind = if c.is_alphabetic() || c == '_' { Some(true) } else { c.is_numeric().then_some(false) };
        match (kind, words.last_mut()) {
            (Some(_), Some(word)) if kind == last => word.push(c),
            (Some(_), _) => words.push(c.to_string()),
            (None, _) => {}
        }
        last = kind;
    }
    words
}

fn is_one(list: &[&str], word: &str) -> bool {
    list.contains(&word)
}

/// The month, from 1, whose name or short form this word is.
pub fn month(word: &str) -> Option<usize> {
    let named = |names: &&[&str]| names.iter().any(|name| name.starts_with(word));
    let found = MONTHS.iter().position(named).map(|index| index + 1);
    found.filter(|_| word.chars().count() >= 3)
}

/// The quarter that a text names with the word for it: `Q1`, `I квартал`, `2nd quarter`. `Some(None)`: a quarter, but which?
pub fn quarter(words: &[String]) -> Option<Option<u8>> {
    let named = |word: &String| is_one(&QUARTERS, word) || word == "q";
    let at = words.iter().position(named)?;
    let beside =
        [at.checked_sub(1), at.checked_sub(2), Some(at + 1)].into_iter().flatten().filter_map(|index| words.get(index));
    let mut numbers = beside.filter_map(|word| quarter_number(word));
    let first = numbers.next();
    Some(first.filter(|_| numbers.next().is_none()))
}

fn quarter_number(word: &str) -> Option<u8> {
    ["1", "2", "3", "4"]
        .iter()
        .position(|n| *n == word)
        .or_else(|| ["i", "ii", "iii", "iv"].iter().position(|n| *n == word))
        .and_then(|index| u8::try_from(index + 1).ok())
}

/// Whether a word names half a year.
pub fn is_half(word: &str) -> bool {
    is_one(&HALVES, word)
}

/// Whether a word says that a period goes from a beginning to an end.
pub fn is_cumulative(word: &str) -> bool {
    is_one(&CUMULATIVE, word)
}

/// Whether a word may stand beside a year without a meaning of its own.
pub fn is_year_word(word: &str) -> bool {
    is_one(&YEARS, word)
}

/// Whether a heading says no more than that figures stand below it.
pub fn is_generic(heading: &str) -> bool {
    words(heading).iter().all(|word| is_one(&GENERIC, word) || is_year_word(word))
}

/// Whether a text stands for all of a dimension.
pub fn is_total(text: &str) -> bool {
    is_one(&TOTALS, &text.to_lowercase())
}

/// Whether a heading stands over places in an order.
pub fn is_rank(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.split(|c: char| c.is_whitespace() || c == ',' || c == '(').any(|word| is_one(&RANKS, word))
        || lower.starts_with('№')
}

/// Whether a heading stands over indicators.
pub fn is_indicator_word(heading: &str) -> bool {
    words(heading).iter().any(|word| is_one(&INDICATORS, word))
}

/// Whether a text begins as the title of a table does: `Table 2.`.
pub fn is_table_title(text: &str) -> bool {
    matches!(&words(text)[..], [table, number, ..] if is_one(&TABLES, table) && number.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word leads to where, when or by what is counted.
pub fn is_preposition(word: &str) -> bool {
    is_one(&PREPOSITIONS, word)
}
