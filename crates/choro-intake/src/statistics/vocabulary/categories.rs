//! Words of columns that break figures down: what the column is called, what stands for all, and what for a part.

use super::folded::folded;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What figures are broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breakdown {
    /// Men and women.
    Sex,
    /// Age.
    Age,
    /// Citizenship.
    Citizenship,
    /// Country of birth, or where a move began or ended.
    Origin,
    /// Level of education.
    Education,
    /// Work.
    Employment,
    /// Family.
    MaritalStatus,
    /// Ethnic group.
    Ethnicity,
    /// Why somebody moves.
    Reason,
    /// Town or country. An area may be one of both as a whole.
    Residence,
}

/// What the column of each breakdown is called, the names parted by commas. More may follow behind a sign: `Age (years)`.
const HEADINGS: [(Breakdown, &str); 10] = [
    (Breakdown::Sex, "sex, gender, пол, Geschlecht, sexe, sexo, sesso, genre, género, płeć, стать, cinsiyet, жынысы"),
    (
        Breakdown::Age,
        "age, age group, agegroup, age class, возраст, возрастная группа, Alter, Altersgruppe, Altersklasse, âge, tranche d'âge, \
         groupe d'âge, edad, grupo de edad, età, classe di età, idade, faixa etária, wiek, вік, вікова група, yaş, жас",
    ),
    (
        Breakdown::Citizenship,
        "citizen, citizenship, nationality, гражданство, страна гражданства, Staatsangehörigkeit, nationalité, nacionalidad, \
         cittadinanza, nacionalidade, obywatelstwo, громадянство, азаматтығы",
    ),
    (
        Breakdown::Origin,
        "origin, country of origin, country of birth, c_birth, birthplace, partner, counterpart area, destination, country of \
         destination, страна рождения, страна выхода, страна происхождения, страна назначения, место рождения, Herkunftsland, \
         Geburtsland, Zielland, pays de naissance, pays d'origine, país de nacimiento, país de origen, paese di nascita, kraj urodzenia",
    ),
    (
        Breakdown::Education,
        "education, education level, isced11, образование, уровень образования, Bildung, éducation, educación",
    ),
    (Breakdown::Employment, "employment, employment status, labour force status, wstatus, занятость, Erwerbsstatus, emploi"),
    (
        Breakdown::MaritalStatus,
        "marital status, marsta, семейное положение, Familienstand, état civil, estado civil, stato civile",
    ),
    (Breakdown::Ethnicity, "ethnicity, ethnic group, race, национальность, этническая группа, etnia"),
    (
        Breakdown::Reason,
        "reason, reason of migration, purpose, purpose of entry, причина, причина миграции, цель, цель въезда, Wanderungsgrund, \
         motif, motivo",
    ),
    (
        Breakdown::Residence,
        "residence, urban rural, urban/rural, type of settlement, degurba, locality, тип местности, тип поселения, город/село, \
         местность, Gebietstyp, milieu",
    ),
];

/// What stands for all.
const TOTALS: &str = "_T, T, _Z, total, totals, all, all ages, all persons, persons, both, both sexes, total population, everyone, \
     всего, итого, все, всё население, все население, оба пола, все возрасты, insgesamt, gesamt, zusammen, alle, ensemble, tous, \
     les deux sexes, tout âge, todos, ambos sexos, ambos, totale, tutti, maschi e femmine, totaal, ogółem, razem, celkem, összesen, \
     усього, разом, toplam, барлығы, екі жыныс, _O, 合計, 总计";

/// What stands for a part, by its words alone.
const PARTS: &str = "male, males, female, females, men, women, man, woman, boys, girls, мужчины, женщины, мужской, женский, муж, жен, \
     мужчин, женщин, Männer, Frauen, männlich, weiblich, hommes, femmes, homme, femme, masculin, féminin, hombres, mujeres, hombre, \
     mujer, varones, uomini, donne, maschi, femmine, homens, mulheres, mężczyźni, kobiety, чоловіки, жінки, erkek, kadın, ерлер, \
     әйелдер, urban, rural, городское население, сельское население, городское, сельское, городская местность, сельская местность, \
     Stadt, Land, urbain, urbano, rurale, nationals, foreigners, native-born, foreign-born, foreign, Ausländer, Deutsche, иностранцы, \
     étrangers, extranjeros, stranieri";

struct Words {
    headings: Vec<(String, Breakdown)>,
    totals: FxHashMap<String, ()>,
    parts: FxHashMap<String, ()>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let list = |words: &'static str| words.split(',').map(|word| folded(word.trim()));
    Words {
        headings: HEADINGS.into_iter().flat_map(|(kind, words)| list(words).map(move |word| (word, kind))).collect(),
        totals: list(TOTALS).map(|word| (word, ())).collect(),
        parts: list(PARTS).map(|word| (word, ())).collect(),
    }
});

/// What a column of this heading breaks figures down by.
pub fn breakdown(heading: &str) -> Option<Breakdown> {
    let heading = folded(&heading.replace('_', " "));
    let is = |(word, _): &&(String, Breakdown)| {
        let word = word.replace('_', " ");
        heading == word || heading.strip_prefix(&word).is_some_and(|rest| rest.trim_start().starts_with(['(', ',', ':']))
    };
    WORDS.headings.iter().find(is).map(|(_, kind)| *kind)
}

/// Whether a text stands for all of a breakdown together.
pub fn is_total(text: &str) -> bool {
    text.trim().is_empty() || WORDS.totals.contains_key(&folded(text.trim()))
}

/// Whether a text stands for a part, whatever its column is called: a word of sex or residence, or an age.
pub fn is_part(text: &str) -> bool {
    WORDS.parts.contains_key(&folded(text.trim())) || is_age(text)
}

/// Whether a text is an age: `Y15-24`, `Y_GE65`, `65+`, `0-14 лет`. A bare `15-24` may be a code.
fn is_age(text: &str) -> bool {
    let text = folded(text.trim());
    let number = |text: &str| text.parse::<u8>().is_ok_and(|age| age < 130);
    let coded = ["y_ge", "y_lt", "y"].into_iter().find_map(|prefix| text.strip_prefix(prefix));
    let bare = coded.unwrap_or(&text).trim_end_matches(|c: char| c.is_alphabetic() || c == ' ' || c == '.');
    let is_named = coded.is_some() || bare.len() < text.len();
    match bare.split_once(['-', '\u{2013}', '\u{2014}']) {
        Some((from, to)) => is_named && number(from.trim()) && number(to.trim()),
        None => bare.strip_suffix('+').is_some_and(|age| number(age.trim())) || (coded.is_some() && number(bare)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_totals_and_parts_are_known_in_several_languages() {
        for (heading, expected) in [
            ("sex", Some(Breakdown::Sex)),
            ("SEX", Some(Breakdown::Sex)),
            ("Пол", Some(Breakdown::Sex)),
            ("Geschlecht", Some(Breakdown::Sex)),
            ("Age group", Some(Breakdown::Age)),
            ("AGE_GROUP", Some(Breakdown::Age)),
            ("Возраст (лет)", Some(Breakdown::Age)),
            ("c_birth", Some(Breakdown::Origin)),
            ("Country of birth", Some(Breakdown::Origin)),
            ("Agency", None),
            ("Уровень", None),
            ("Тип", None),
            ("region", None),
            ("", None),
        ] {
            assert_eq!(breakdown(heading), expected, "{heading}");
        }
        for text in ["_T", "Total", "ВСЕГО", "Оба пола", "insgesamt", "", " "] {
            assert!(is_total(text) && !is_part(text), "{text}");
        }
        for text in ["female", "Женщины", "Männer", "Y15-24", "65+", "Y_GE65", "0-14 лет", "65+ years", "Y15"] {
            assert!(is_part(text) && !is_total(text), "{text}");
        }
        for text in ["F", "15-24", "2014-15", "150-200", "12", "North", "A-1", "2009-2010", "1+1"] {
            assert!(!is_part(text), "{text}");
        }
    }
}
