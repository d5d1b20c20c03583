//! A short dialogue at a terminal about a file that has no mapping: the open questions, ten rows as they will be stored, and the
//! mapping's file.

use super::{
    dialogue_answers::{Reply, reply},
    output::print,
};
use anyhow::Context as _;
use choro_intake::statistics::{Mapping, propose::Proposal};
use choro_model::{Cell, Observation};
use choro_publishing::{ObservationImport, Workbench};
use dialoguer::{Confirm, Input};
use std::{
    io::{IsTerminal as _, stdin, stdout},
    ops::ControlFlow,
    path::{Path, PathBuf},
};

/// How many rows are shown as they will be stored.
const SHOWN: usize = 10;

/// How a dialogue ends.
pub enum Ended {
    /// Not all was answered: the proposal with what is still open.
    Stopped(Box<Proposal>),
    /// Another sheet is meant: the questions begin anew.
    OtherSheet(String),
    /// The mapping is written, and nothing is to be imported.
    Written,
    /// The mapping is written, and the import goes on with it.
    GoOn(PathBuf),
}

/// Whether somebody sits at a terminal, and there is something to ask about.
pub fn is_possible(proposal: &Proposal) -> bool {
    stdin().is_terminal() && stdout().is_terminal() && proposal.has_table()
}

/// Asks what is open, shows what comes of it, and writes the mapping.
pub async fn hold(workbench: &Workbench, file: &Path, how: &ObservationImport, proposal: Proposal) -> anyhow::Result<Ended> {
    print(&format!(
        "There is no --mapping; here are the first rows, > marks the first row of data.\n{}",
        proposal.preview()
    ))?;
    let proposal = match tokio::task::block_in_place(|| ask_all(proposal))? {
        ControlFlow::Continue(proposal) => proposal,
        ControlFlow::Break(ended) => return Ok(ended),
    };
    let Some(mapping) = &proposal.mapping else { return Ok(Ended::Stopped(Box::new(proposal))) };
    // The answers are worth a file even if the values cannot be read by them.
    let shown = shown(workbench, file, how, mapping).await;
    print(&shown.unwrap_or_else(|error| format!("No value can be read by this mapping yet: {error:#}")))?;
    tokio::task::block_in_place(|| written(file, &proposal))
}

/// Asks one question after another, until one is left for an editor or leads to another sheet.
fn ask_all(mut proposal: Proposal) -> anyhow::Result<ControlFlow<Ended, Proposal>> {
    while let Some(question) = proposal.open.first() {
        match reply(question, proposal.open.len())? {
            Reply::Answer(answer) => proposal = proposal.answered(0, answer),
            Reply::OtherSheet(name) => return Ok(ControlFlow::Break(Ended::OtherSheet(name))),
            Reply::Stop => return Ok(ControlFlow::Break(Ended::Stopped(Box::new(proposal)))),
        }
    }
    Ok(ControlFlow::Continue(proposal))
}

/// The first rows as they will be stored.
async fn shown(workbench: &Workbench, file: &Path, how: &ObservationImport, mapping: &Mapping) -> anyhow::Result<String> {
    let first = workbench.first_observations(file, how, mapping, SHOWN).await?;
    if first.is_empty() {
        return Ok("No row would be stored by this mapping: none of its labels finds an area.".to_owned());
    }
    let rows: Vec<String> = first.iter().map(row).collect();
    Ok(format!("The first {} values as they will be stored:\n{}", rows.len(), rows.join("\n")))
}

fn row(observation: &Observation) -> String {
    let codes = observation.codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let value = match observation.cell {
        Cell::Value(number) => number.to_string(),
        Cell::State(state) => state.to_string(),
    };
    format!("  {} | {} {codes} | {} | {value}", observation.area, observation.indicator, observation.period)
}

/// Writes the mapping where the operator says, and asks whether to import.
fn written(file: &Path, proposal: &Proposal) -> anyhow::Result<Ended> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let path: String =
        Input::new().with_prompt("Write the mapping to").default(format!("{name}.mapping.toml")).interact_text()?;
    let path = PathBuf::from(path);
    let is_there = path.try_exists().with_context(|| path.display().to_string())?;
    let question = format!("{} is there already: write it anew?", path.display());
    if is_there && !Confirm::new().with_prompt(question).default(false).interact()? {
        return Ok(Ended::Stopped(Box::new(proposal.clone())));
    }
    std::fs::write(&path, &proposal.toml).with_context(|| path.display().to_string())?;
    print(&format!("written: {}", path.display()))?;
    let go_on = Confirm::new().with_prompt("Import the file by this mapping now?").default(true).interact()?;
    Ok(if go_on { Ended::GoOn(path) } else { Ended::Written })
}
