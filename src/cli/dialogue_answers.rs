//! A question of a proposal -> its answer from the terminal.

use choro_intake::statistics::propose::{Answer, DimensionChoice, Question, Wants};
use choro_model::Period;
use dialoguer::{Input, MultiSelect, Select};
use std::collections::BTreeMap;

/// The choice that leaves a question to an editor.
const STOP: &str = "stop here: I will write it into the mapping by hand";
const MEANINGS: [&str; 4] = ["missing", "secrecy", "zero", "invalid"];
/// The powers of ten that are usual, with their names.
const POWERS: [(i32, &str); 4] =
    [(0, "the indicator's own unit: as they are"), (3, "thousands"), (6, "millions"), (9, "billions (10 to the 9th)")];

/// What the operator does with a question.
pub enum Reply {
    /// It is answered.
    Answer(Answer),
    /// Another sheet is meant.
    OtherSheet(String),
    /// It is left to an editor.
    Stop,
}

/// Asks.
pub fn reply(question: &Question, left: usize) -> anyhow::Result<Reply> {
    let prompt = format!("[{left} open] {question}");
    let answer = match &question.wants {
        Wants::Sheet(others) => return sheet(&prompt, others),
        Wants::Indicator(ids) => choose(&prompt, ids)?.and_then(|at| ids.get(at).cloned()).map(Answer::Indicator),
        Wants::Period => period(&prompt)?.map(Answer::Period),
        Wants::Periods(texts) => periods(&prompt, texts)?,
        Wants::Power => power(&prompt)?,
        Wants::Columns(columns) => self::columns(&prompt, columns)?,
        Wants::Dimension(column, texts, choices) => dimension(&prompt, *column, texts, choices)?,
        Wants::Marks(marks) => each(&prompt, marks, &MEANINGS.map(str::to_owned))?.map(Answer::Marks),
        Wants::Consent => choose(&prompt, &["it is right as it was read".to_owned()])?.map(|_| Answer::AsDrafted),
    };
    Ok(answer.map_or(Reply::Stop, Reply::Answer))
}

/// The number of one of these, or `None` for the last choice, which stops.
fn choose(prompt: &str, items: &[String]) -> anyhow::Result<Option<usize>> {
    let all = items.iter().map(String::as_str).chain([STOP]);
    let chosen = Select::new().with_prompt(prompt).items(all).default(0).interact()?;
    Ok(Some(chosen).filter(|chosen| *chosen < items.len()))
}

/// The sheet that was looked at, or another.
fn sheet(prompt: &str, others: &[String]) -> anyhow::Result<Reply> {
    let names = others.iter().map(|name| format!("the sheet {name}"));
    let names: Vec<String> = std::iter::once("the sheet above".to_owned()).chain(names).collect();
    let Some(chosen) = choose(prompt, &names)? else { return Ok(Reply::Stop) };
    let other = chosen.checked_sub(1).and_then(|at| others.get(at));
    Ok(other.map_or(Reply::Answer(Answer::AsDrafted), |name| Reply::OtherSheet(name.clone())))
}

/// A period that is one; an empty line stops.
fn period(prompt: &str) -> anyhow::Result<Option<String>> {
    let is_one = |text: &String| -> Result<(), String> {
        if text.is_empty() { Ok(()) } else { text.parse::<Period>().map(drop).map_err(|error| error.to_string()) }
    };
    let prompt = format!("{prompt} (empty: {STOP})");
    let text: String = Input::new().with_prompt(prompt).allow_empty(true).validate_with(is_one).interact_text()?;
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn periods(prompt: &str, texts: &[String]) -> anyhow::Result<Option<Answer>> {
    let mut periods = BTreeMap::new();
    for text in texts {
        let Some(period) = period(&format!("{prompt}\nperiod of {text:?}"))? else { return Ok(None) };
        periods.insert(text.clone(), period);
    }
    Ok(Some(Answer::Periods(periods)))
}

fn power(prompt: &str) -> anyhow::Result<Option<Answer>> {
    let names = POWERS.map(|(_, name)| name.to_owned());
    Ok(choose(prompt, &names)?.and_then(|at| POWERS.get(at)).map(|(power, _)| Answer::Power(*power)))
}

/// Columns to mark with the space bar; none: stop.
fn columns(prompt: &str, columns: &[(usize, String)]) -> anyhow::Result<Option<Answer>> {
    let prompt = format!("{prompt} (space marks, none: {STOP})");
    let chosen = MultiSelect::new().with_prompt(prompt).items(columns.iter().map(|(_, name)| name)).interact()?;
    let chosen: Vec<usize> = chosen.into_iter().filter_map(|at| columns.get(at)).map(|(column, _)| *column).collect();
    Ok(Some(chosen).filter(|chosen| !chosen.is_empty()).map(Answer::Columns))
}

fn dimension(prompt: &str, column: usize, texts: &[String], choices: &[DimensionChoice]) -> anyhow::Result<Option<Answer>> {
    let names = choices.iter().map(|choice| format!("the dimension {}", choice.id));
    let names: Vec<String> = ["it tells nothing about the values: leave it".to_owned()].into_iter().chain(names).collect();
    let Some(chosen) = choose(prompt, &names)? else { return Ok(None) };
    let Some(choice) = chosen.checked_sub(1).and_then(|at| choices.get(at)) else { return Ok(Some(Answer::AsDrafted)) };
    let codes = each(&format!("column of {}", choice.id), texts, &choice.codes)?;
    Ok(codes.map(|codes| Answer::Dimension(column, choice.id.clone(), codes)))
}

/// One of the choices for each text.
fn each(prompt: &str, texts: &[String], choices: &[String]) -> anyhow::Result<Option<BTreeMap<String, String>>> {
    let mut meanings = BTreeMap::new();
    for text in texts {
        let chosen = choose(&format!("{prompt}\nwhat {text:?} stands for"), choices)?;
        let Some(meaning) = chosen.and_then(|at| choices.get(at)) else { return Ok(None) };
        meanings.insert(text.clone(), meaning.clone());
    }
    Ok(Some(meanings))
}
