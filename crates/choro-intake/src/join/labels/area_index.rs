//! The areas of a set by what a spoilt or misspelt label still has of their codes and names.

use super::{
    folding::{fold, skeleton, without_leading_zeros},
    likeness::{ComparedName, may_be_code},
    trigrams::TrigramIndex,
};
use crate::join::known_area::KnownArea;
use rustc_hash::FxHashMap;

/// How many areas that share the most letters with a label are compared with it.
const NEAREST: usize = 12;

/// An area, and the name by which it was found; none where it was its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedArea<'a> {
    pub area: usize,
    pub name: Option<&'a str>,
}

/// A name of an area, prepared for comparison.
#[derive(Debug)]
pub struct IndexedName<'a> {
    pub area: usize,
    pub name: &'a str,
    pub compared: ComparedName,
}

/// The areas of a set by their codes and names.
pub struct AreaIndex<'a> {
    codes: FxHashMap<&'a str, usize>,
    /// By codes of digits without their leading zeros.
    bare: FxHashMap<&'a str, Vec<usize>>,
    /// By what codes and names look like.
    skeletons: FxHashMap<String, Vec<NamedArea<'a>>>,
    /// By the letters of names; each number stands in `names`.
    name_letters: TrigramIndex,
    names: Vec<IndexedName<'a>>,
    /// By the letters of codes, by area.
    code_letters: TrigramIndex,
}

impl<'a> AreaIndex<'a> {
    /// Takes all codes and names.
    pub fn new(areas: &'a [KnownArea]) -> Self {
        let (codes, bare, skeletons, names) = Default::default();
        let (name_letters, code_letters) = Default::default();
        let mut index = Self { codes, bare, skeletons, name_letters, names, code_letters };
        for (number, area) in areas.iter().enumerate() {
            index.add(number, area);
        }
        index
    }

    fn add(&mut self, area: usize, known: &'a KnownArea) {
        let code = known.code.as_str();
        self.codes.entry(code).or_insert(area);
        if let Some(bare) = without_leading_zeros(code).filter(|bare| !bare.is_empty()) {
            self.bare.entry(bare).or_default().push(area);
        }
        let shape = skeleton(code);
        self.code_letters.push(&shape);
        self.skeletons.entry(shape).or_default().push(NamedArea { area, name: None });
        for name in known.names.iter().filter(|name| !name.trim().is_empty()) {
            let named = NamedArea { area, name: Some(name) };
            self.skeletons.entry(skeleton(name)).or_default().push(named);
            let compared = ComparedName::new(&fold(name));
            self.name_letters.push(&compared.core);
            self.names.push(IndexedName { area, name, compared });
        }
    }

    /// The area of a code.
    pub fn by_code(&self, code: &str) -> Option<usize> {
        self.codes.get(code).copied()
    }

    /// The areas of codes of digits that are this one without leading zeros.
    pub fn by_bare_code(&self, bare: &str) -> impl Iterator<Item = usize> {
        self.bare.get(bare).into_iter().flatten().copied()
    }

    /// The areas whose code or name looks like this.
    pub fn by_skeleton(&self, shape: &str) -> impl Iterator<Item = NamedArea<'a>> {
        self.skeletons.get(shape).into_iter().flatten().copied()
    }

    /// Names that share the most letters with one.
    pub fn near_names(&mut self, core: &str) -> Vec<&IndexedName<'a>> {
        let near = self.name_letters.nearest(core, NEAREST);
        near.into_iter().filter_map(|number| self.names.get(number)).collect()
    }

    /// The areas whose codes share the most letters with one; none for a text that looks like no code.
    pub fn near_codes(&mut self, shape: &str) -> Vec<usize> {
        if may_be_code(shape) { self.code_letters.nearest(shape, NEAREST) } else { Vec::new() }
    }
}
