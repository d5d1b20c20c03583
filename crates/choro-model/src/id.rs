//! Ids: every id is its own type with a fallible constructor, so that ids never mix and a malformed one cannot exist.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{borrow::Borrow, fmt, marker::PhantomData, str::FromStr, sync::Arc};
use utoipa::ToSchema;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind} {got:?} is not valid: expected {expected}")]
pub struct IdError {
    /// Which id was expected, e.g. `area code`.
    pub kind: &'static str,
    /// The text as received, cut to 80 characters.
    pub got: String,
    /// The rule in words.
    pub expected: &'static str,
}

impl IdError {
    pub(super) fn new(kind: &'static str, got: &str, expected: &'static str) -> Self {
        Self { kind, got: got.chars().take(80).collect(), expected }
    }
}

/// Reads an id from a text, whoever owns that.
struct AnId<T>(PhantomData<T>);

impl<T: FromStr<Err = IdError>> de::Visitor<'_> for AnId<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $valid:path, $rule:expr, ($($schema:tt)*)) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, ToSchema)]
        #[schema(value_type = String, $($schema)*)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes a text as an id, or says which rule it breaks.
            pub fn new(text: &str) -> Result<Self, IdError> {
                if $valid(text) { Ok(Self(text.into())) } else { Err(IdError::new($kind, text, $rule)) }
            }

            /// Whether a text is one, without making it.
            #[must_use]
            pub fn is_valid(text: &str) -> bool {
                $valid(text)
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(AnId(PhantomData))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().into()
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

const SLUG: &str = "1 to 64 of a-z 0-9 _ -, beginning with a letter or digit";

/// `^[a-z0-9][a-z0-9_-]{0,63}$`: the ids that stand in URLs as names of our own resources.
fn is_slug(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..=64).contains(&bytes.len())
        && bytes.iter().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'))
        && !matches!(bytes.first(), Some(b'_' | b'-'))
}

/// `^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$`: SDMX ids, letter case kept.
fn is_sdmx(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..=64).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'@' | b'$' | b'.'))
        && bytes.first().is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

/// Letters and digits of any script with `_ - . : / +` between them: codes come from the field, OKTMO to `source+index`.
fn is_area_code(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '+' | ' ' | '(' | ')' | ','))
        && text.trim() == text
}

fn is_lang(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_lowercase()))
        && parts.all(|p| (2..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

id!(
    /// A boundary set, e.g. `ru-subjects`.
    SetId, "boundary set id", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "ru-subjects")
);
id!(
    /// A vintage of a boundary set, e.g. `2014`.
    VintageId, "vintage", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "2014")
);
id!(
    /// A level: a tier of areas, e.g. `district`.
    LevelId, "level", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "district")
);
id!(
    /// An indicator, e.g. `net_migration_rate`.
    IndicatorId, "indicator id", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "net_migration_rate")
);
id!(
    /// A dimension besides area, period and indicator, e.g. `sex`. Lower case, since it is a URL parameter.
    DimensionId, "dimension id", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "sex")
);
id!(
    /// A release, e.g. `2026-11-22-1f3a9c0d5e77b2416c08d94e3a5f7120`.
    ReleaseId, "release id", is_slug, SLUG,
    (pattern = r"^[a-z0-9][a-z0-9_-]{0,63}$", example = "2026-11-22-1f3a9c0d5e77b2416c08d94e3a5f7120")
);
id!(
    /// A code of a code list, e.g. `F` or `Y15T24`.
    Code, "code", is_sdmx, "1 to 64 of A-Z a-z 0-9 _ - @ $ ., beginning with a letter, a digit or _",
    (pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "F")
);
id!(
    /// A grid, e.g. `WebMercatorQuad`: the id of an OGC tile matrix set.
    GridId, "grid id", is_sdmx, "1 to 64 of A-Z a-z 0-9 _ - @ $ ., beginning with a letter, a digit or _",
    (pattern = r"^[A-Za-z0-9_][A-Za-z0-9_.@$-]{0,63}$", example = "WebMercatorQuad")
);
id!(
    /// An area code, e.g. `RU-LEN` or `01234567` (text: leading zeros count).
    AreaCode, "area code", is_area_code, "1 to 128 bytes of letters, digits, space and _ - . : / + ( ) ,",
    (min_length = 1, max_length = 128, example = "RU-LEN")
);
id!(
    /// A language tag, e.g. `ru` or `sr-Latn` (BCP 47, the common part).
    Lang, "language tag", is_lang, "a language tag such as ru, en or sr-Latn",
    (pattern = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", example = "ru")
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_could_leave_their_folder_or_break_a_url_are_refused() {
        for bad in ["", "..", "a/b", "A", "é", "a b", "-a", "a\0", "%2e", &"a".repeat(65)] {
            let e = SetId::new(bad).expect_err(bad);
            assert!(e.to_string().contains(SLUG), "{e}");
        }
        for good in ["ru-subjects", "a", "2014", "a_b-c9"] {
            assert_eq!(SetId::new(good).expect(good).as_str(), good);
        }
    }

    #[test]
    fn area_codes_keep_leading_zeros_and_foreign_letters_and_refuse_control_and_bidi_characters() {
        for good in ["RU-LEN", "01234567", "Анадырский район", "a.geojson+12"] {
            assert_eq!(AreaCode::new(good).expect(good).as_str(), good);
        }
        for bad in ["", " a", "a\n", "a\u{202e}b", "a\"b", "<b>"] {
            assert!(AreaCode::new(bad).is_err(), "{bad:?}");
        }
    }
}
