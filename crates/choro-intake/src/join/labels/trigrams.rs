//! Texts by the groups of three letters in them, so that those which resemble another are found without comparing all.
//!
//! `kiel` has `^^k`, `^ki`, `kie`, `iel`, `el$` and `l$$`. A text with a letter wrong still shares half of them.

use rustc_hash::FxHashMap;

/// Most texts that are looked at for one group of letters in a query. Groups that more texts have tell little.
const MOST: usize = 4_000;

/// Three letters.
type Trigram = [char; 3];

/// Texts by their groups of letters.
#[derive(Debug, Default)]
pub struct TrigramIndex {
    texts: FxHashMap<Trigram, Vec<u32>>,
    /// How many groups each text has.
    lengths: Vec<u16>,
    /// Of the query at hand, how many groups each text shares, and the texts that share any.
    shared: Vec<u16>,
    touched: Vec<u32>,
}

impl TrigramIndex {
    /// Adds a text. Its number is the count of those added before.
    pub fn push(&mut self, text: &str) {
        let number = u32::try_from(self.lengths.len()).unwrap_or(u32::MAX);
        let groups = trigrams(text);
        self.lengths.push(u16::try_from(groups.len()).unwrap_or(u16::MAX));
        self.shared.push(0);
        for group in groups {
            self.texts.entry(group).or_default().push(number);
        }
    }

    /// The numbers of at most `most` texts that share the most groups with a query, by the part of all groups that they share.
    pub fn nearest(&mut self, query: &str, most: usize) -> Vec<usize> {
        let groups = trigrams(query);
        let mut found: Vec<&Vec<u32>> = groups.iter().filter_map(|group| self.texts.get(group)).collect();
        found.sort_by_key(|texts| texts.len());
        // The rarest group counts however many have it, so that no query is without an answer.
        for (nth, texts) in found.iter().enumerate() {
            if nth > 0 && texts.len() > MOST {
                break;
            }
            for number in *texts {
                if let Some(shared) = self.shared.get_mut(*number as usize) {
                    if *shared == 0 {
                        self.touched.push(*number);
                    }
                    *shared += 1;
                }
            }
        }
        let length = u32::try_from(groups.len()).unwrap_or(u32::MAX);
        let mut best: Vec<(u32, u32)> = Vec::with_capacity(most + 1);
        for number in self.touched.drain(..) {
            let at = number as usize;
            let shared = self.shared.get_mut(at).map(std::mem::take).unwrap_or_default();
            let all = self.lengths.get(at).copied().unwrap_or_default();
            // Twice the shared ones of all in both, in thousandths. Of equal ones the first counts.
            let part = 2000 * u32::from(shared) / (u32::from(all) + length).max(1);
            let place = best.partition_point(|(other, first)| *other > part || (*other == part && *first < number));
            if place < most {
                best.insert(place, (part, number));
                best.truncate(most);
            }
        }
        best.into_iter().map(|(_, number)| number as usize).collect()
    }
}

/// The groups of three letters of a text, each once.
fn trigrams(text: &str) -> Vec<Trigram> {
    let letters: Vec<char> = ['^', '^'].into_iter().chain(text.chars()).chain(['$', '$']).collect();
    let mut groups: Vec<Trigram> = letters.windows(3).filter_map(|three| three.try_into().ok()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_nearest_texts_come_first_and_a_query_leaves_nothing_behind() {
        let mut index = TrigramIndex::default();
        ["kiel", "kiew", "tver", "tomsk", "novgorod veliki"].into_iter().for_each(|text| index.push(text));
        for _ in 0..2 {
            assert_eq!(index.nearest("kiel", 2), [0, 1]);
            assert_eq!(index.nearest("tve", 5)[0], 2);
            assert_eq!(index.nearest("veliki novgorod", 1), [4]);
            assert_eq!(index.nearest("xyz", 5), [] as [usize; 0]);
        }
    }

    proptest! {
        #[test]
        fn a_code_with_one_letter_wrong_is_among_the_nearest(codes in prop::collection::btree_set("[0-9A-Z]{6}", 1..12), at in 0_usize..6) {
            let mut index = TrigramIndex::default();
            codes.iter().for_each(|code| index.push(code));
            for (number, code) in codes.iter().enumerate() {
                let mut wrong: Vec<char> = code.chars().collect();
                wrong[at] = '_';
                prop_assert!(index.nearest(&wrong.iter().collect::<String>(), 12).contains(&number));
            }
        }
    }
}
