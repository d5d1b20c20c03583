//! What the operator says about a boundary file.

use super::limits::Limits;
use choro_model::{CrosswalkSpec, Lang, SetId, VintageId};
use std::{convert::Infallible, fmt, str::FromStr};

/// How to read a boundary file.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The boundary set that it becomes.
    pub set: SetId,
    /// The edition of its borders.
    pub vintage: VintageId,
    /// Where each area's code stands.
    pub code: CodeFrom,
    /// Where its names stand, with their languages; a name without language is kept as `und`, undetermined.
    pub names: Vec<(Option<Lang>, FieldOrColumn)>,
    /// Where the code of the containing area stands.
    pub parent: Option<FieldOrColumn>,
    /// A table that turns the text of the code fields into the code.
    pub crosswalk: Option<CrosswalkSpec>,
    /// The coordinate reference system, where the file names none or a wrong one.
    pub crs: Option<String>,
    /// The encoding of a shapefile's texts, where its files name none or a wrong one; any that GDAL knows, e.g. `CP866`.
    pub encoding: Option<String>,
    /// The layer (GDAL), object (TopoJSON) or file of an archive, where there are several.
    pub layer: Option<String>,
    /// Which areas of the file are taken; all, where nothing is said.
    pub filter: Vec<FieldEquals>,
    /// Whether areas of one code are parts of one area.
    pub unite: bool,
    /// Who made the boundaries.
    pub source: String,
    /// Under which licence.
    pub licence: String,
    /// What the import may cost.
    pub limits: Limits,
}

impl Options {
    /// The options that an import cannot do without; everything else is empty and set field by field.
    #[must_use]
    pub fn new(set: SetId, vintage: VintageId, code: CodeFrom) -> Self {
        Self {
            set,
            vintage,
            code,
            names: Vec::new(),
            parent: None,
            crosswalk: None,
            crs: None,
            encoding: None,
            layer: None,
            filter: Vec::new(),
            unite: false,
            source: String::new(),
            licence: String::new(),
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// The fields of the file that the options name.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        let labels = self.names.iter().map(|(_, field)| field).chain(&self.parent).filter_map(FieldOrColumn::of_file);
        let filters = self.filter.iter().map(|filter| filter.field.as_str());
        self.code.0.iter().map(String::as_str).chain(labels).chain(filters)
    }
}

/// `FIELD=VALUE`: only areas of which the field holds that text are taken. Of several values for one field any will do; of several
/// fields each must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldEquals {
    /// The field.
    pub field: String,
    /// The text.
    pub value: String,
}

impl FromStr for FieldEquals {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=').map(|(field, value)| (field.trim(), value.trim())) {
            Some((field, value)) if !field.is_empty() => Ok(Self { field: field.to_owned(), value: value.to_owned() }),
            _ => Err(format!("filter {text:?} names no field: expected FIELD=VALUE")),
        }
    }
}

/// The fields whose texts, joined by `+`, are an area's code. With a crosswalk, the joined text is looked up there.
///
/// ```
/// use choro_intake::boundary::CodeFrom;
/// assert_eq!("file+index".parse::<CodeFrom>().unwrap().0, ["file", "index"]);
/// assert!("file+".parse::<CodeFrom>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeFrom(pub Vec<String>);

impl FromStr for CodeFrom {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let fields: Vec<String> = text.split('+').map(|field| field.trim().to_owned()).collect();
        if fields.iter().any(String::is_empty) {
            return Err(format!("code {text:?} names an empty field: expected FIELD[+FIELD..]"));
        }
        Ok(Self(fields))
    }
}

impl fmt::Display for CodeFrom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("+"))
    }
}

/// Where a name or a parent stands: `FIELD` of the file, or `crosswalk:COLUMN`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldOrColumn {
    /// A field of the boundary file.
    File(String),
    /// A column of the crosswalk.
    Crosswalk(String),
}

impl FieldOrColumn {
    fn of_file(&self) -> Option<&str> {
        match self {
            Self::File(name) => Some(name),
            Self::Crosswalk(_) => None,
        }
    }
}

impl FromStr for FieldOrColumn {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.strip_prefix("crosswalk:") {
            Some(column) => Self::Crosswalk(column.trim().to_owned()),
            None => Self::File(text.trim().to_owned()),
        })
    }
}
