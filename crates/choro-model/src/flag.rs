//! What is to be known of a value beside its number: its observation status, and whether its base is large enough.
//!
//! ```text
//! A  12.5  P             provisional
//! B  90.0  P small_base  provisional, and of 11 inhabitants
//! ```

use super::observation::{ObsStatus, Reliability};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// One thing to be known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Flag {
    /// Its observation status.
    Status(ObsStatus),
    /// What its base says of it.
    Reliability(Reliability),
}

impl Flag {
    /// All flags in the order of a legend.
    pub const ALL: [Self; 5] = [
        Self::Status(ObsStatus::P),
        Self::Status(ObsStatus::E),
        Self::Status(ObsStatus::B),
        Self::Reliability(Reliability::SmallBase),
        Self::Reliability(Reliability::UnknownBase),
    ];

    /// The flag as it stands in files and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status(status) => status.as_str(),
            Self::Reliability(reliability) => reliability.as_str(),
        }
    }

    /// The flag of a name, the inverse of [`Self::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flag| flag.as_str() == text)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Status(ObsStatus::P) => 1,
            Self::Status(ObsStatus::E) => 2,
            Self::Status(ObsStatus::B) => 4,
            Self::Reliability(Reliability::SmallBase) => 8,
            Self::Reliability(Reliability::UnknownBase) => 16,
        }
    }
}

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
        let text = String::deserialize(text)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("unknown flag {text:?}")))
    }
}

impl PartialSchema for Flag {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "What is to be known of a value: P provisional, E estimated, B break in the series (SDMX OBS_STATUS), small_base: of a \
                 base too small to rely on, unknown_base: of a base that is not known.",
            ))
            .enum_values(Some(Self::ALL.map(Self::as_str)))
            .into()
    }
}

impl ToSchema for Flag {}

/// All that is to be known of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

impl Flags {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// What an observation says of itself.
    #[must_use]
    pub fn of(status: Option<ObsStatus>, reliability: Option<Reliability>) -> Self {
        status.map(Flag::Status).into_iter().chain(reliability.map(Flag::Reliability)).collect()
    }

    /// What is to be known of a value that is made of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether there is nothing to be known.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this is to be known.
    #[must_use]
    pub const fn has(self, flag: Flag) -> bool {
        self.0 & flag.bit() != 0
    }

    /// Whether the base of the value is too small, or not known.
    #[must_use]
    pub fn is_unreliable(self) -> bool {
        Reliability::ALL.into_iter().any(|reliability| self.has(Flag::Reliability(reliability)))
    }

    /// Each flag, in the order of a legend.
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.has(*flag))
    }
}

impl FromIterator<Flag> for Flags {
    fn from_iter<I: IntoIterator<Item = Flag>>(flags: I) -> Self {
        flags.into_iter().fold(Self::NONE, |all, flag| Self(all.0 | flag.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_the_flags_that_were_put_in_and_no_others() {
        for (at, flag) in Flag::ALL.into_iter().enumerate() {
            assert_eq!(Flag::parse(flag.as_str()), Some(flag));
            let alone: Flags = [flag].into_iter().collect();
            assert_eq!(alone.iter().collect::<Vec<_>>(), [flag]);
            let rest: Flags = Flag::ALL.into_iter().skip(at + 1).collect();
            assert!(!rest.has(flag) && rest.and(alone).has(flag));
            assert_eq!(alone.is_unreliable(), matches!(flag, Flag::Reliability(_)), "{flag:?}");
        }
        assert_eq!(Flags::of(Some(ObsStatus::B), None).iter().collect::<Vec<_>>(), [Flag::Status(ObsStatus::B)]);
        assert!(Flags::of(None, None).is_empty() && Flag::parse("U").is_none());
    }
}
