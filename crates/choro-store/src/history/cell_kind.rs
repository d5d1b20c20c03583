//! What a cell is, and its flag, as one byte: 0 a value, from 1 a state; and 16 times the flag from 1.

use choro_model::{Cell, Figure, ObsStatus, State};

/// The flags, by their numbers from 1.
const FLAGS: [ObsStatus; 3] = [ObsStatus::B, ObsStatus::E, ObsStatus::P];

/// The byte of a figure.
pub(super) fn byte(figure: Figure) -> u8 {
    let state = if let Cell::State(state) = figure.cell { number_of(&State::ALL, &state) } else { 0 };
    state | figure.status.map_or(0, |flag| number_of(&FLAGS, &flag)) << 4
}

/// The figure of a byte; `number` is its value, if it is one. `None`: no figure has this byte.
pub(super) fn figure(number: f64, kind: u8) -> Option<Figure> {
    let cell = if kind & 15 == 0 { Cell::value(number)? } else { Cell::State(of_number(&State::ALL, kind & 15)?) };
    let status = if kind >> 4 == 0 { None } else { Some(of_number(&FLAGS, kind >> 4)?) };
    Some(Figure { cell, status })
}

fn number_of<T: PartialEq>(list: &[T], item: &T) -> u8 {
    (1..).zip(list).find(|(_, known)| *known == item).map_or(0, |(number, _)| number)
}

fn of_number<T: Copy>(list: &[T], number: u8) -> Option<T> {
    list.get(usize::from(number).checked_sub(1)?).copied()
}
