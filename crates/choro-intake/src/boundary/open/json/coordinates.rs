//! Nested arrays of numbers: the coordinates of a JSON text, taken while they are read.

use crate::boundary::{
    features::{area_fault::AreaFault, meter::Meter},
    report::Reason,
};
use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A list of positions, or what else stands there.
pub fn positions(node: Coordinates) -> Result<Vec<Coord<f64>>, AreaFault> {
    let Coordinates::List(list) = node else {
        return Err(AreaFault::new(Reason::Malformed, "coordinates that are no list of positions"));
    };
    let position = |(index, node)| match node {
        Coordinates::Position(position) => Ok(position),
        Coordinates::Other(what) => {
            Err(AreaFault::new(Reason::NotFinite, format!("position {index} holds {what} for a number")))
        }
        _ => Err(AreaFault::new(Reason::Malformed, format!("position {index} has fewer than two numbers"))),
    };
    list.into_iter().enumerate().map(position).collect()
}

/// Nested arrays of numbers. A position is kept as two numbers; further ones, such as a height, are passed over.
#[derive(Debug, Clone)]
pub enum Coordinates {
    Number(f64),
    Position(Coord<f64>),
    List(Vec<Coordinates>),
    Other(&'static str),
}

/// What a JSON text has where there is nothing.
const NULL: &str = "null";

/// Reads nested arrays of numbers; `None` where there is `null`.
pub struct CoordinatesSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl<'de> DeserializeSeed<'de> for CoordinatesSeed<'_, '_> {
    type Value = Option<Coordinates>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Coordinates>, D::Error> {
        let node = AnyCoordinatesSeed(self.0).deserialize(deserializer)?;
        Ok(if matches!(node, Coordinates::Other(NULL)) { None } else { Some(node) })
    }
}

/// Reads one array or whatever stands in its place, `null` as well. What takes room and is no position counts as a ring, since good
/// files have few of these.
pub struct AnyCoordinatesSeed<'m, 'a>(pub &'m mut Meter<'a>);

impl AnyCoordinatesSeed<'_, '_> {
    fn counted<E: Error>(&mut self) -> Result<(), E> {
        let counted = self.0.ring();
        self.0.tell(counted)
    }

    fn other<E: Error>(mut self, what: &'static str) -> Result<Coordinates, E> {
        self.counted()?;
        Ok(Coordinates::Other(what))
    }
}

impl<'de> DeserializeSeed<'de> for AnyCoordinatesSeed<'_, '_> {
    type Value = Coordinates;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Coordinates, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyCoordinatesSeed<'_, '_> {
    type Value = Coordinates;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nested arrays of numbers")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate is a double whichever way it is written")]
    fn visit_i64<E>(self, number: i64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a coordinate is a double whichever way it is written")]
    fn visit_u64<E>(self, number: u64) -> Result<Coordinates, E> {
        Ok(Coordinates::Number(number as f64))
    }

    fn visit_unit<E: Error>(self) -> Result<Coordinates, E> {
        self.other(NULL)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Coordinates, E> {
        self.other("a text")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Coordinates, E> {
        self.other("true or false")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Coordinates, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.other("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Coordinates, A::Error> {
        let first = items.next_element_seed(AnyCoordinatesSeed(self.0))?;
        let second = if first.is_some() { items.next_element_seed(AnyCoordinatesSeed(self.0))? } else { None };
        let mut list = match (first, second) {
            (Some(Coordinates::Number(x)), Some(Coordinates::Number(y))) => {
                let counted = self.0.coordinates(1);
                self.0.tell(counted)?;
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Coordinates::Position(Coord { x, y }));
            }
            // One of two numbers is missing: this is a bad position and no list of lists.
            (Some(Coordinates::Number(_)), Some(Coordinates::Other(what)))
            | (Some(Coordinates::Other(what)), Some(Coordinates::Number(_))) => {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                return Ok(Coordinates::Other(what));
            }
            (first, second) => first.into_iter().chain(second).collect::<Vec<_>>(),
        };
        self.counted()?;
        while let Some(item) = items.next_element_seed(AnyCoordinatesSeed(self.0))? {
            if matches!(item, Coordinates::Number(_)) {
                self.counted()?;
            }
            list.push(item);
        }
        Ok(Coordinates::List(list))
    }
}
