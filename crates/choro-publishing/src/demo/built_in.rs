//! The boundary sets that are part of the program: each a file, and its `boundary.toml`, which says all that an import asks
//! an operator for. boundaries/README.md tells how both were made.

use crate::error::WorkbenchError;
use choro_intake::boundary::{CodeFrom, FieldOrColumn, Options};
use choro_model::{Lang, LevelId, Names, SetId, VintageId};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A boundary set that is part of the program.
pub(super) struct BuiltIn {
    manifest: &'static str,
    /// The boundaries.
    pub bytes: &'static [u8],
    /// What the demo's settings say of it besides; the world has no place in a conic grid of Russia.
    tiles: &'static str,
}

pub(super) const SETS: [BuiltIn; 2] = [
    BuiltIn {
        manifest: include_str!("../../../../boundaries/eaeu-subjects/2013/boundary.toml"),
        bytes: include_bytes!("../../../../boundaries/eaeu-subjects/2013/eaeu-subjects.topo.json"),
        tiles: "grids = [\"RussiaAlbersQuad\", \"WebMercatorQuad\"]\nmlt = true\n",
    },
    BuiltIn {
        manifest: include_str!("../../../../boundaries/world-countries/2018/boundary.toml"),
        bytes: include_bytes!("../../../../boundaries/world-countries/2018/world-countries.topo.json"),
        tiles: "grids = [\"WebMercatorQuad\"]\nmax_zoom = 6\nmlt = true\n",
    },
];

/// What `boundary.toml` says, as far as an import asks.
#[derive(Debug, Deserialize)]
pub(super) struct Manifest {
    pub id: SetId,
    vintage: VintageId,
    pub names: Names,
    level: LevelId,
    parent_set: Option<SetId>,
    source: String,
    licence: String,
    /// The name of the file.
    pub file: String,
    code_field: String,
    name_fields: BTreeMap<Lang, String>,
    parent_field: Option<String>,
}

impl BuiltIn {
    pub fn manifest(&self) -> Result<Manifest, WorkbenchError> {
        toml::from_str(self.manifest).map_err(WorkbenchError::Manifest)
    }

    /// Its table of choro.toml.
    pub fn settings(&self) -> Result<String, WorkbenchError> {
        let Manifest { id, level, parent_set, .. } = self.manifest()?;
        let parent = parent_set.map(|set| format!("parent_set = \"{set}\"\n")).unwrap_or_default();
        Ok(format!("\n[boundary_sets.{id}]\n{}default_lang = \"en\"\nlevel = \"{level}\"\n{parent}", self.tiles))
    }
}

impl Manifest {
    /// How its file is imported.
    pub fn options(&self) -> Options {
        let mut options = Options::new(self.id.clone(), self.vintage.clone(), CodeFrom(vec![self.code_field.clone()]));
        let name = |(lang, field): (&Lang, &String)| (Some(lang.clone()), FieldOrColumn::File(field.clone()));
        options.names = self.name_fields.iter().map(name).collect();
        options.parent = self.parent_field.clone().map(FieldOrColumn::File);
        options.source.clone_from(&self.source);
        options.licence.clone_from(&self.licence);
        options
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use choro_intake::boundary;
    use choro_model::{BoundarySet, hex};
    use sha2::{Digest as _, Sha256};
    use std::collections::BTreeSet;

    /// Reads a set as the demo does.
    fn import(built_in: &BuiltIn) -> BoundarySet {
        let (manifest, folder) = (built_in.manifest().unwrap(), tempfile::tempdir().unwrap());
        let path = folder.path().join(&manifest.file);
        std::fs::write(&path, built_in.bytes).unwrap();
        let import = boundary::import(&path, &manifest.options()).unwrap();
        assert!(import.report.rejected.is_empty(), "{}", import.report.to_text());
        import.set
    }

    /// `AM`: two capital letters.
    fn iso_3166_1(code: &str) -> bool {
        code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// `AM-AG`: a country, and one to three capital letters and digits.
    fn iso_3166_2(code: &str) -> bool {
        let part =
            |part: &str| matches!(part.len(), 1..=3) && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        code.split_once('-').is_some_and(|(country, rest)| iso_3166_1(country) && part(rest))
    }

    #[test]
    fn each_file_is_the_one_that_its_boundary_toml_describes() {
        for built_in in &SETS {
            let (stated, set): (toml::Table, _) = (built_in.manifest.parse().unwrap(), import(built_in));
            let id = &set.id;
            assert_eq!(stated["sha256"].as_str(), Some(hex(&Sha256::digest(built_in.bytes)).as_str()), "{id}");
            assert_eq!(stated["areas"].as_integer(), i64::try_from(set.areas.len()).ok(), "{id}");
            assert_eq!(stated["source"].as_str(), Some(set.source.as_str()), "{id}");
            assert_eq!(stated["licence"].as_str(), Some(set.licence.as_str()), "{id}");
            // The embedded text is that of the folder which bears the set's name and vintage.
            let folder = format!("{}/../../boundaries/{id}/{}", env!("CARGO_MANIFEST_DIR"), set.vintage);
            assert_eq!(std::fs::read_to_string(format!("{folder}/boundary.toml")).unwrap(), built_in.manifest, "{id}");
        }
    }

    #[test]
    fn codes_are_unique_and_iso_3166_and_parents_are_areas_of_the_set_above() {
        let [subjects, countries] = SETS.each_ref().map(import);
        let countries_codes: BTreeSet<_> = countries.areas.iter().map(|area| area.code.clone()).collect();
        for (set, areas, form) in [(&subjects, 125, iso_3166_2 as fn(&str) -> bool), (&countries, 238, iso_3166_1)] {
            let codes: BTreeSet<_> = set.areas.iter().map(|area| &area.code).collect();
            assert_eq!((set.areas.len(), codes.len()), (areas, areas), "{}", set.id);
            for area in &set.areas {
                assert!(form(area.code.as_str()), "{} is not of the form", area.code);
                let langs: Vec<&str> = area.names.0.keys().map(Lang::as_str).collect();
                assert_eq!(langs, ["en", "ru"], "{}: {:?}", area.code, area.names);
                assert!(area.names.0.values().all(|name| !name.trim().is_empty()), "{}: {:?}", area.code, area.names);
                let parent = area.parent.as_ref();
                assert_eq!(parent.map(|code| code.as_str()), area.code.as_str().split_once('-').map(|(country, _)| country));
                assert!(parent.is_none_or(|code| countries_codes.contains(code)), "{}: {parent:?}", area.code);
            }
        }
    }
}
