//! What is said of a value, or of why there is none.

use super::messages::Words;
use crate::observation::{ObsStatus, State};

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
    pub fn status(&self, status: ObsStatus) -> &str {
        match status {
            ObsStatus::B => &self.status_break,
            ObsStatus::E => &self.status_estimated,
            ObsStatus::P => &self.status_provisional,
        }
    }
}
