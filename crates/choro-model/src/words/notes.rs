//! What is said of a value, or of why there is none.

use super::messages::Words;
use crate::{
    flag::Flag,
    observation::{ObsStatus, Reliability, State},
};

impl Words {
    /// Why there is no value.
    #[must_use]
    pub fn state(&self, state: State) -> &str {
        match state {
            State::Missing => &self.state_missing,
            State::Secrecy => &self.state_secrecy,
            State::Invalid => &self.state_invalid,
        }
    }

    /// How many areas have no value for that reason, as a sentence.
    #[must_use]
    pub fn summary_state(&self, state: State, count: usize) -> String {
        match state {
            State::Missing => self.summary_missing(count),
            State::Secrecy => self.summary_secrecy(count),
            State::Invalid => self.summary_invalid(count),
        }
    }

    /// What is to be known of a value.
    #[must_use]
    pub fn flag(&self, flag: Flag) -> &str {
        match flag {
            Flag::Status(ObsStatus::B) => &self.status_break,
            Flag::Status(ObsStatus::E) => &self.status_estimated,
            Flag::Status(ObsStatus::P) => &self.status_provisional,
            Flag::Reliability(Reliability::SmallBase) => &self.flag_small_base,
            Flag::Reliability(Reliability::UnknownBase) => &self.flag_unknown_base,
        }
    }

    /// What is to be known of a difference, where one of the two figures, or the way from one to the other, has the flag.
    #[must_use]
    pub fn change_flag(&self, flag: Flag) -> &str {
        match flag {
            Flag::Status(ObsStatus::B) => &self.change_break,
            Flag::Status(ObsStatus::E) => &self.change_estimated,
            Flag::Status(ObsStatus::P) => &self.change_provisional,
            Flag::Reliability(_) => self.flag(flag),
        }
    }
}
