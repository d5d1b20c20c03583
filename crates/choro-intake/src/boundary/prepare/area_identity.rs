//! Finds each area's code, names and parent, in the file's fields or in a crosswalk.

use super::{clean_text::clean, code_lookup::CodeLookup};
use crate::{
    boundary::{
        error::BoundaryError,
        features::{area_fault::AreaFault, feature::FeatureCollection, field_text::FieldText},
        options::{FieldOrColumn, Options},
        report::{Reason, Unlocated},
    },
    crosswalk_file,
};
use choro_model::{AreaCode, Lang, Names};
use std::collections::BTreeMap;

/// What Natural Earth, and all that is made of it, writes where an area has no code.
const MISSING: &str = "-99";

/// What an area is called.
#[derive(Debug, Clone, PartialEq)]
pub struct AreaIdentity {
    pub code: AreaCode,
    pub names: Names,
    pub parent: Option<AreaCode>,
}

impl AreaIdentity {
    /// Its code and first name, for reports.
    pub fn unlocated(&self) -> Unlocated {
        Unlocated { code: self.code.to_string(), name: self.names.0.values().next().cloned() }
    }
}

/// Identifies areas by the operator's options.
pub struct AreaIdentities<'a> {
    options: &'a Options,
    crosswalk: Option<CodeLookup>,
    undetermined: Option<Lang>,
}

impl<'a> AreaIdentities<'a> {
    /// Reads the crosswalk and checks that every field asked for is there.
    pub fn new(options: &'a Options, source: &FeatureCollection, path: &str) -> Result<Self, BoundaryError> {
        let crosswalk = options.crosswalk.as_ref().map(|spec| {
            let table = crosswalk_file::read(&spec.path)?;
            let from: Vec<usize> = spec.from.iter().map(|column| table.column(column)).collect::<Result<_, _>>()?;
            let to = table.column(&spec.to)?;
            CodeLookup::new(table, &from, to)
        });
        let identities = Self { options, crosswalk: crosswalk.transpose()?, undetermined: Lang::new("und").ok() };
        for field in options.names.iter().map(|(_, field)| field).chain(&options.parent) {
            match (field, &identities.crosswalk) {
                (FieldOrColumn::File(_), _) => {}
                (FieldOrColumn::Crosswalk(column), Some(crosswalk)) => _ = crosswalk.table.column(column)?,
                (FieldOrColumn::Crosswalk(column), None) => {
                    return Err(BoundaryError::NoCrosswalk { column: column.clone() });
                }
            }
        }
        match options.fields().find(|name| !source.fields.iter().any(|field| field == name)) {
            Some(absent) => Err(BoundaryError::absent_field(path, absent, &source.fields)),
            None => Ok(identities),
        }
    }

    /// An area's identity, or why it cannot have one.
    pub fn identity(&self, properties: &BTreeMap<String, FieldText>) -> Result<AreaIdentity, AreaFault> {
        let texts = self.options.code.0.iter().map(|field| {
            let value = properties.get(field).unwrap_or(&FieldText::Null);
            clean(value.code(field)?, field)?
                .ok_or_else(|| AreaFault::new(Reason::NoCode, format!("its code field {field:?} is empty")))
        });
        let text = texts.collect::<Result<Vec<_>, _>>()?.join("+");
        match &self.crosswalk {
            None => self.assemble(&text, Some(properties), None),
            Some(crosswalk) => {
                let row = crosswalk.row(&text)?;
                self.assemble(crosswalk.code(row), Some(properties), Some((crosswalk, row)))
            }
        }
    }

    /// The areas that only the crosswalk knows, with their rows.
    pub fn absent(&self) -> Vec<(usize, Result<AreaIdentity, AreaFault>)> {
        let Some(crosswalk) = &self.crosswalk else { return Vec::new() };
        let label = |row: usize| self.assemble(crosswalk.code(row), None, Some((crosswalk, row)));
        crosswalk.absent.iter().map(|row| (*row, label(*row))).collect()
    }

    fn assemble(
        &self,
        code: &str,
        properties: Option<&BTreeMap<String, FieldText>>,
        row: Option<(&CodeLookup, usize)>,
    ) -> Result<AreaIdentity, AreaFault> {
        let value = |field: &FieldOrColumn| match field {
            FieldOrColumn::File(name) => {
                properties.and_then(|p| p.get(name)).map_or(Ok(None), |field| clean(field.text(name)?, name))
            }
            FieldOrColumn::Crosswalk(column) => {
                row.map_or(Ok(None), |(crosswalk, row)| clean(crosswalk.cell(row, column), column))
            }
        };
        let code = clean(code, "code")?.ok_or_else(|| AreaFault::new(Reason::NoCode, "its code is empty"))?;
        if code == MISSING {
            return Err(AreaFault::new(Reason::NoCode, format!("its code is {MISSING}, which stands for none")));
        }
        let code = area_code(&code)?;
        let mut names = Names::default();
        for (lang, field) in &self.options.names {
            if let (Some(lang), Some(name)) = (lang.as_ref().or(self.undetermined.as_ref()), value(field)?) {
                names.0.insert(lang.clone(), name);
            }
        }
        let parent = self.options.parent.as_ref().map(&value).transpose()?.flatten();
        Ok(AreaIdentity { code, names, parent: parent.as_deref().map(area_code).transpose()? })
    }

    /// A name for the report of an area that cannot be identified.
    pub fn name(&self, properties: &BTreeMap<String, FieldText>) -> Option<String> {
        let files = self.options.names.iter().filter_map(|(_, field)| match field {
            FieldOrColumn::File(name) => Some(name),
            FieldOrColumn::Crosswalk(_) => None,
        });
        let text = |field: &String| properties.get(field)?.text(field).ok().filter(|text| !text.is_empty());
        files.chain(&self.options.code.0).find_map(text).map(|text| text.chars().take(80).collect())
    }
}

fn area_code(text: &str) -> Result<AreaCode, AreaFault> {
    AreaCode::new(text).map_err(|error| AreaFault::new(Reason::BadCode, error.to_string()))
}
