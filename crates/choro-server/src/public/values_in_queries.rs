//! What stands in queries and is no id: read from its text, or refused with what would be valid.

use crate::serving::{PeriodRange, not_valid_here};
use choro_carto::drawing::Form;
use choro_model::{Encoding, Period, grid::MAX_ZOOM};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, Visitor},
};
use std::{
    fmt::{Display, Formatter},
    marker::PhantomData,
    str::FromStr,
};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema, Type},
};

/// How many periods and ranges of periods one request may name.
pub(super) const MAX_PERIODS: usize = 60;

/// Reads what a text means.
pub(super) fn read<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(text: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);
    impl<T: FromStr<Err: Display>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    text.deserialize_str(Text(PhantomData))
}

/// Reads what a text means, where it is there.
pub(super) fn read_some<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(text: D) -> Result<Option<T>, D::Error> {
    read(text).map(Some)
}

/// Reads how values are shown, where it is said.
pub(super) fn read_kind<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Form>, D::Error> {
    let text = String::deserialize(text)?;
    Form::parse(&text).map(Some).ok_or_else(|| D::Error::custom(not_valid_here("kind", &text)))
}

/// Reads how wide a frame may be, where it is said.
pub(super) fn read_max_width<'de, D: Deserializer<'de>>(text: D) -> Result<Option<u32>, D::Error> {
    pixels(text, "maxwidth")
}

/// Reads how high a frame may be, where it is said.
pub(super) fn read_max_height<'de, D: Deserializer<'de>>(text: D) -> Result<Option<u32>, D::Error> {
    pixels(text, "maxheight")
}

fn pixels<'de, D: Deserializer<'de>>(text: D, name: &str) -> Result<Option<u32>, D::Error> {
    let text = String::deserialize(text)?;
    text.parse().map(Some).map_err(|_| D::Error::custom(format!("{name} is no whole number of pixels")))
}

/// The format of an oEmbed document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum OEmbedFormat {
    /// JSON.
    Json,
    /// XML, which oEmbed knows and Choro does not write. It stands in no document of the interface.
    #[serde(skip)]
    Xml,
}

impl FromStr for OEmbedFormat {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, &'static str> {
        match text {
            "json" => Ok(Self::Json),
            "xml" => Ok(Self::Xml),
            _ => Err("format is not known: there is json"),
        }
    }
}

/// One or more periods and ranges of periods, each once.
#[derive(Debug, Clone, Default)]
pub(super) struct PeriodList {
    pub periods: Vec<Period>,
    pub ranges: Vec<PeriodRange>,
}

impl PeriodList {
    /// The periods that an answer is named by: one alone, or the first and the last.
    pub fn name(&self) -> String {
        let ranges = || self.ranges.iter();
        let first = self.periods.iter().copied().chain(ranges().map(PeriodRange::first)).min();
        let last = self.periods.iter().copied().chain(ranges().map(PeriodRange::last)).max();
        match (first, last) {
            (Some(first), Some(last)) if first != last => format!("{first}--{last}"),
            (first, _) => first.map(|first| first.to_string()).unwrap_or_default(),
        }
    }
}

impl FromStr for PeriodList {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut list = Self::default();
        for part in text.split(',') {
            if list.periods.len() + list.ranges.len() == MAX_PERIODS {
                return Err(format!(
                    "too many periods: expected at most {MAX_PERIODS}; a range such as 2000-01..2023-12 counts as one"
                ));
            }
            if part.contains("..") {
                list.ranges.push(part.parse()?);
                continue;
            }
            let period = part.parse().map_err(|error: choro_model::PeriodError| error.to_string())?;
            if list.periods.contains(&period) {
                return Err(format!("period {period} is given twice"));
            }
            list.periods.push(period);
        }
        Ok(list)
    }
}

impl Serialize for PeriodList {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let periods = self.periods.iter().map(ToString::to_string);
        serializer.collect_seq(periods.chain(self.ranges.iter().map(ToString::to_string)))
    }
}

impl PartialSchema for PeriodList {
    fn schema() -> RefOr<Schema> {
        let item: RefOr<Schema> = ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A period, or all periods of one kind from one to another: 2000-01..2023-12."))
            .pattern(Some(format!("^{period}([.][.]{period})?$", period = Period::PATTERN)))
            .into();
        let periods = ArrayBuilder::new().items(item).min_items(Some(1)).max_items(Some(MAX_PERIODS));
        periods.unique_items(true).into()
    }
}

impl ToSchema for PeriodList {}

/// A zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Zoom(pub u8);

impl FromStr for Zoom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let plain = (1..=2).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_digit())
            && (text.len() == 1 || !text.starts_with('0'));
        let zoom = if plain { text.parse().ok().filter(|zoom| *zoom <= MAX_ZOOM) } else { None };
        zoom.map(Self).ok_or_else(|| format!("zoom is not valid: expected a whole number from 0 to {MAX_ZOOM}"))
    }
}

impl PartialSchema for Zoom {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).maximum(Some(MAX_ZOOM)).examples([4]).into()
    }
}

impl ToSchema for Zoom {}

/// The encoding of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TileEncoding(pub Encoding);

impl FromStr for TileEncoding {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Encoding::ALL.into_iter().find(|encoding| encoding.as_str() == text);
        let got: String = text.chars().take(80).collect();
        let there = Encoding::ALL.map(Encoding::as_str).join(", ");
        known.map(Self).ok_or_else(|| format!("encoding {got:?} is not known: there is {there}"))
    }
}

impl Serialize for TileEncoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zoom_is_a_plain_number_in_range_and_periods_stand_once() {
        for (text, expected) in [("0", Some(0)), ("22", Some(22)), ("01", None), ("+1", None), ("99", None), ("", None)] {
            assert_eq!(text.parse::<Zoom>().ok().map(|zoom| zoom.0), expected, "{text}");
        }
        for (text, expected) in [
            ("2013,2014-Q1", Ok(2)),
            ("2013,2013", Err("period 2013 is given twice")),
            ("2013,", Err("period \"\" is not valid")),
            ("2000-01..2023-12,1999", Ok(2)),
            ("2000..2023-12", Err("2000..2023-12 leads from years to months")),
        ] {
            let read = text.parse::<PeriodList>().map(|list| list.periods.len() + list.ranges.len());
            match expected {
                Ok(count) => assert_eq!(read, Ok(count), "{text}"),
                Err(why) => assert!(read.as_ref().is_err_and(|error| error.starts_with(why)), "{text}: {read:?}"),
            }
        }
    }

    #[test]
    fn a_list_is_named_by_its_first_and_its_last_period() {
        for (text, expected) in [
            ("2014", "2014"),
            ("2014,2013", "2013--2014"),
            ("2000-01..2023-12", "2000-01--2023-12"),
            ("2025,2000-01..2023-12", "2000-01--2025"),
        ] {
            assert_eq!(text.parse::<PeriodList>().unwrap().name(), expected);
        }
        let many = vec!["2014"; 61].join(",");
        let once: Vec<String> = (1900..1961).map(|year| year.to_string()).collect();
        assert!(many.parse::<PeriodList>().unwrap_err().contains("twice"));
        assert!(once.join(",").parse::<PeriodList>().unwrap_err().contains("a range such as"));
    }
}
