//! What is computed of observations: classes of values (`classify`), values on other borders and of the areas above (`restate`), and what
//! may be published (`disclosure`).

pub mod classify;
pub mod disclosure;
pub mod restate;
