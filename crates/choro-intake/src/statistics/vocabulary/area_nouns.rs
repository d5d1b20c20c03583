//! Nouns for kinds of areas: they stand in many names, and say little about which area is meant.

use super::folded::folded;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The nouns, with their usual abbreviations. A star stands for any ending.
const NOUNS: &str = "\
    area areas administrative autonomous borough boroughs canton cantons city cities commune communes council county counties \
    department* district* division divisions federal governorate* island islands metropolitan municipal* nation oblast* okrug* parish \
    parishes prefecture* province* raion* rayon* region* republic* rural state states subject territor* town township urban \
    voivodeship* ward krai krais kray kraj the of and \
    commonwealth confederation democratic emirate* federation federative islamic kingdom people* plurinational principality sultanate union \
    королевств* княжеств* султанат эмират* союз содружеств* конфедераци* народн* демократическ* исламск* \
    област* обл край края краю республик* респ округ* автономн* ао район* р-н рн губерни* уезд* волост* город города городской \
    городская городское городского гор г посёлок поселк* поселени* пгт село села сельск* сельсовет муниципальн* образовани* \
    субъект* федераци* федеральн* территори* улус* кожуун* станица народная значения республиканск* столиц* \
    облыс* ауданы қаласы вобласць раён область обласць громад* \
    land länder kreis landkreis kreisfreie stadt regierungsbezirk bezirk bundesland gemeinde kanton provinz hansestadt landeshauptstadt \
    der die das von und \
    département* arrondissement* ville communauté territoire du des de le la les \
    provincia* comunidad* autónom* departamento* municipio* estado* ciudad cantón distrito* partido del el los las y \
    regione regioni comune città metropolitana libero consorzio di della \
    região município* freguesia do da dos \
    województwo powiat* gmina* miasto okres* obec megye járás judet* județ comuna opcina općina županija opština \
    il ili ilçe* vilayet* bölgesi maakunta kunta län kommun kommune fylke landsdel";

/// The nouns that are whole words, and the beginnings of the others.
struct Nouns {
    whole: FxHashSet<String>,
    beginnings: Vec<String>,
}

static WORDS: LazyLock<Nouns> = LazyLock::new(|| {
    let (beginnings, whole): (Vec<&str>, Vec<&str>) = NOUNS.split_whitespace().partition(|word| word.ends_with('*'));
    Nouns {
        whole: whole.into_iter().map(folded).collect(),
        beginnings: beginnings.into_iter().map(|word| folded(word.trim_end_matches('*'))).collect(),
    }
});

/// Whether a word is a noun for a kind of area, or one of the small words between such.
#[must_use]
pub fn is_area_noun(word: &str) -> bool {
    let word = folded(word);
    WORDS.whole.contains(&word) || WORDS.beginnings.iter().any(|beginning| word.starts_with(beginning.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_known_whatever_their_case_and_accents() {
        for word in [
            "область",
            "ОБЛАСТЬ",
            "oblast",
            "Province",
            "región",
            "Region",
            "Kreis",
            "губерния",
            "областного",
            "województwo",
        ] {
            assert!(is_area_noun(word), "{word}");
        }
        for word in ["Тверь", "Northland", "A", "status", "Isles", "Селенга", ""] {
            assert!(!is_area_noun(word), "{word}");
        }
    }
}
