//! Nouns for kinds of areas: they stand in many names, and say little about which area is meant.

use super::folded::folded;
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

/// The nouns, with their usual abbreviations and endings.
const NOUNS: &str = "\
    area areas administrative autonomous borough boroughs canton cantons city cities commune communes council county counties \
    department departments district districts division divisions federal governorate governorates island islands metropolitan \
    municipal municipality municipalities nation oblast oblasts okrug okrugs parish parishes prefecture prefectures province \
    provinces raion rayon region regions regional republic rural state states subject territory territories town township urban \
    voivodeship voivodship ward krai kray kraj krais \
    область области обл край края республика республики респ округ округа автономная автономный автономного ао район района р-н рн \
    губерния губернии уезд уезда волость волости город города городской городского г гор поселок поселка посёлок пгт село сельское \
    сельский сельсовет поселение поселения муниципальный муниципального муниципальное образование образования субъект федерации \
    федеральный федерального территория территории улус кожуун станица народная \
    облыс облысы ауданы қаласы вобласць раён область обласць громада громади \
    land länder kreis landkreis kreisfreie stadt regierungsbezirk bezirk bundesland gemeinde kanton provinz hansestadt \
    landeshauptstadt \
    région département arrondissement commune ville province communauté territoire canton \
    región provincia comunidad autónoma departamento municipio estado ciudad cantón distrito partido \
    regione comune città metropolitana libero consorzio \
    região estado município província freguesia \
    województwo powiat gmina miasto kraj okres obec megye járás judet județ comuna oblasti općina županija opština \
    il ili ilçe vilayeti vilayet bölgesi \
    maakunta kunta län kommun fylke kommune landsdel \
    of and the de du des del della di da do dos von und der die das";

static WORDS: LazyLock<FxHashSet<String>> = LazyLock::new(|| NOUNS.split_whitespace().map(folded).collect());

/// Whether a word is a noun for a kind of area, or one of the small words between such.
#[must_use]
pub fn is_area_noun(word: &str) -> bool {
    WORDS.contains(&folded(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_known_whatever_their_case_and_accents() {
        for word in ["область", "ОБЛАСТЬ", "oblast", "Province", "región", "Region", "Kreis", "губерния", "województwo"]
        {
            assert!(is_area_noun(word), "{word}");
        }
        for word in ["Тверь", "Northland", "A", "status", ""] {
            assert!(!is_area_noun(word), "{word}");
        }
    }
}
