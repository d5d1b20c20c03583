//! How many classes a map has.

use super::error::ClassifyError;
use serde::Serialize;
use std::{fmt, str::FromStr};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// How many classes there may be at most: 3 to 9, by default 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ClassCount(u8);

impl ClassCount {
    /// The fewest.
    pub const LEAST: u8 = 3;
    /// The most.
    pub const MOST: u8 = 9;

    /// Checks a number of classes.
    ///
    /// # Errors
    /// They are too few or too many.
    pub fn new(classes: u8) -> Result<Self, ClassifyError> {
        let there = (Self::LEAST..=Self::MOST).contains(&classes);
        if there { Ok(Self(classes)) } else { Err(ClassifyError::ClassCount(classes)) }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for ClassCount {
    fn default() -> Self {
        Self(5)
    }
}

impl fmt::Display for ClassCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// One digit.
impl FromStr for ClassCount {
    type Err = ClassifyError;

    fn from_str(text: &str) -> Result<Self, ClassifyError> {
        match text.as_bytes() {
            [digit @ b'0'..=b'9'] => Self::new(digit - b'0'),
            _ => Err(ClassifyError::ClassCountText),
        }
    }
}

impl PartialSchema for ClassCount {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(Self::LEAST))
            .maximum(Some(Self::MOST))
            .examples([5])
            .into()
    }
}

impl ToSchema for ClassCount {}
