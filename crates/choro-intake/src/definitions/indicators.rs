//! Indicators as data: `indicators.toml` and, beside it, `code_lists/ID.csv`.

use super::{
    code_lists,
    indicator_entry::{IndicatorEntry, indicator},
};
use choro_model::{CodeList, DimensionId, Indicator, IndicatorError, IndicatorId, Kind, ReliableFrom, nearest_key_hint};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// Largest file of indicators and of a code list, bytes.
const MAX_BYTES: u64 = 16 << 20;
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IndicatorsFile {
    #[serde(default)]
    indicator: Vec<IndicatorEntry>,
}

/// Reads `indicators.toml` and the code lists in the folder `code_lists` beside it.
pub fn read(path: &Path) -> Result<Vec<Indicator>, IndicatorError> {
    let place = path.display().to_string();
    let text = bounded(path).map_err(|what| IndicatorError { place: place.clone(), what })?;
    let folder = path.parent().unwrap_or(Path::new("")).join("code_lists");
    parse(&text, &place, |id| bounded(&folder.join(format!("{id}.csv"))))
}

fn bounded(path: &Path) -> Result<String, String> {
    let error = |e: std::io::Error| format!("{} cannot be read: {e}", path.display());
    let size = std::fs::metadata(path).map_err(error)?.len();
    if size > MAX_BYTES {
        return Err(format!("{} has {size} bytes, more than the limit of {MAX_BYTES}", path.display()));
    }
    std::fs::read_to_string(path).map_err(error)
}

/// Reads indicators from texts: `code_list` gives the CSV of a code list by its id, or says why there is none. `place` stands in
/// messages where the file's path would.
///
/// `persons` defaults to true for counts, so that a forgotten key never publishes small cells.
pub fn parse(
    text: &str,
    place: &str,
    mut code_list: impl FnMut(&str) -> Result<String, String>,
) -> Result<Vec<Indicator>, IndicatorError> {
    let file: IndicatorsFile = toml::from_str(text).map_err(|e| syntax(text, place, &e))?;
    let mut lists: BTreeMap<String, Arc<CodeList>> = BTreeMap::new();
    let mut indicators: Vec<Indicator> = Vec::with_capacity(file.indicator.len());
    for entry in file.indicator {
        let id: String = entry.id.chars().take(80).collect();
        let error = |what: String| IndicatorError { place: format!("{place}: indicator {id}"), what };
        let indicator = indicator(entry, &mut |id| {
            if let Some(list) = lists.get(id) {
                return Ok(Arc::clone(list));
            }
            let list = Arc::new(load(id, &mut code_list)?);
            lists.insert(id.to_owned(), Arc::clone(&list));
            Ok(list)
        });
        let indicator = indicator.map_err(error)?;
        if indicators.iter().any(|other| other.id == indicator.id) {
            return Err(error("the id stands there twice: rename or remove one".to_owned()));
        }
        indicators.push(indicator);
    }
    for indicator in &indicators {
        let error = |what| IndicatorError { place: format!("{place}: indicator {}", indicator.id), what };
        check_sums(indicator, &indicators).map_err(error)?;
        check_base(indicator, &indicators).map_err(error)?;
    }
    Ok(indicators)
}

/// Refuses sums and means over areas where they mean nothing.
fn check_sums(indicator: &Indicator, all: &[Indicator]) -> Result<(), String> {
    if indicator.additive && indicator.kind != Kind::Count {
        return Err("additive = true, but only a count can be summed over areas: remove it".to_owned());
    }
    let Some(weights) = &indicator.weighted_by else { return Ok(()) };
    if indicator.kind == Kind::Count {
        return Err("weighted_by stands at a count: a count is summed (additive = true) or not at all".to_owned());
    }
    match all.iter().find(|other| other.id == *weights) {
        Some(other) if other.additive => Ok(()),
        Some(_) => {
            Err(format!("weighted_by names {weights}, which is not additive: set additive = true there, or name another"))
        }
        None => Err(format!("weighted_by names {weights}, {}", unknown(weights, all))),
    }
}

/// Refuses a base that says nothing of how much is behind a value.
fn check_base(indicator: &Indicator, all: &[Indicator]) -> Result<(), String> {
    let Some(ReliableFrom { base, .. }) = &indicator.reliable_from else { return Ok(()) };
    if indicator.kind == Kind::Count {
        return Err(
            "reliable_from stands at a count, which has no base: set it at the rates and shares made of it".to_owned()
        );
    }
    match all.iter().find(|other| other.id == *base) {
        Some(other) if other.kind == Kind::Count => Ok(()),
        Some(_) => {
            Err(format!("reliable_from names {base} as the base, which is no count: name what the values are divided by"))
        }
        None => Err(format!("reliable_from names {base}, {}", unknown(base, all))),
    }
}

/// Says of an id that the file has none of it, and which is like it.
fn unknown(id: &IndicatorId, all: &[Indicator]) -> String {
    let near = choro_model::nearest(id.as_str(), all.iter().map(|other| other.id.as_str()));
    let hint = near.map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
    format!("which is not in this file{hint}")
}

/// A syntax error or an unknown key, with its line and, so far as can be told, its indicator.
fn syntax(text: &str, place: &str, error: &toml::de::Error) -> IndicatorError {
    let at = error.span().map_or(0, |span| span.start);
    let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    let indicator = indicator_at(text, at).map(|id| format!(": indicator {id}")).unwrap_or_default();
    let hint = nearest_key_hint(error.message()).map(|hint| format!("; {hint}")).unwrap_or_default();
    IndicatorError { place: format!("{place}: line {line}{indicator}"), what: format!("{}{hint}", error.message()) }
}

/// The id of the `[[indicator]]` that a place of the text lies in. Where a key is missing, the place is the heading itself.
fn indicator_at(text: &str, at: usize) -> Option<&str> {
    let starts: Vec<usize> = text.match_indices("[[indicator]]").map(|(start, _)| start).collect();
    let own = starts.iter().rposition(|start| *start <= at)?;
    let entry = text.get(*starts.get(own)?..starts.get(own + 1).copied().unwrap_or(text.len()))?;
    let id = entry.lines().find_map(|line| line.trim_start().strip_prefix("id")?.trim_start().strip_prefix('='))?;
    let id = id.trim().split(['"', '\'']).nth(1)?;
    (!id.is_empty()).then_some(id)
}

fn load(id: &str, code_list: &mut impl FnMut(&str) -> Result<String, String>) -> Result<CodeList, String> {
    // The id becomes a file name: it must not leave the folder.
    DimensionId::new(id).map_err(|e| format!("code list id {:?} is not valid: expected {}", e.got, e.expected))?;
    code_lists::parse(id, &code_list(id)?, &format!("code_lists/{id}.csv"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
[[indicator]]
id = "arrivals"
name = { en = "Arrivals", ru = "Прибывшие" }
unit = { id = "PS", name = { en = "persons" } }
kind = "count"
decimals = 0
dimensions = [{ id = "sex", name = { en = "Sex" }, code_list = "sex", total = "_T" }]
source = "invented"
licence = "CC0-1.0"
"#;

    fn sex(id: &str) -> Result<String, String> {
        match id {
            "sex" => Ok("code,name_en\n_T,Total\nF,Female\nM,Male\n".to_owned()),
            _ => Err(format!("code_lists/{id}.csv cannot be read: no such file")),
        }
    }

    #[test]
    fn an_indicator_is_read_with_its_code_list_and_counts_persons_unless_it_says_not() {
        let indicators = parse(GOOD, "indicators.toml", sex).unwrap();
        let [arrivals] = &indicators[..] else { unreachable!() };
        assert_eq!(arrivals.dimensions[0].code_list.items.len(), 3);
        assert!(arrivals.persons && !arrivals.declared_public && !arrivals.diverging);
        let things = format!("{GOOD}persons = false\n");
        assert!(!parse(&things, "indicators.toml", sex).unwrap()[0].persons);
    }

    #[test]
    fn sums_and_means_over_areas_are_declared_and_must_mean_something() {
        let people = GOOD.replace("\"arrivals\"", "\"population\"") + "additive = true\n";
        let rate = GOOD.replace("\"count\"", "\"rate\"") + "weighted_by = \"population\"\n";
        let both = parse(&(people.clone() + &rate), "i.toml", sex).unwrap();
        assert!(both[0].additive && both[1].weighted_by.as_ref() == Some(&both[0].id));
        assert!(!parse(GOOD, "i.toml", sex).unwrap()[0].additive, "moves between parts are none of the whole");
        for (text, expected) in [
            (GOOD.replace("\"count\"", "\"rate\"") + "additive = true\n", "only a count can be summed"),
            (rate.clone(), "is not in this file"),
            (people.replace("additive = true", "") + &rate, "which is not additive: set additive = true there"),
            (people.clone() + &rate.replace("\"population\"", "\"populatin\""), "did you mean \"population\"?"),
            (people + &GOOD.replace("decimals", "weighted_by = \"population\"\ndecimals"), "a count is summed"),
        ] {
            let message = parse(&text, "i.toml", sex).unwrap_err().to_string();
            assert!(message.contains(expected) && message.contains("i.toml: indicator arrivals"), "{message}");
        }
    }

    #[test]
    fn a_rate_says_from_which_base_on_it_is_reliable_and_the_base_is_a_count_of_the_file() {
        let rate = |from: &str| {
            let rate = GOOD.replace("\"arrivals\"", "\"rate\"").replace("\"count\"", "\"rate\"");
            format!("{GOOD}{rate}reliable_from = {from}\n")
        };
        let read = parse(&rate("{ base = \"arrivals\", value = 1000 }"), "i.toml", sex).unwrap();
        let from = read[1].reliable_from.as_ref().unwrap();
        assert_eq!((from.base.as_str(), from.value.get()), ("arrivals", 1000.0));
        assert_eq!(read[0].reliable_from, None);
        let parts = parse(&rate("{ base = \"arrivals\", value = 0.5 }"), "i.toml", sex).unwrap();
        assert_eq!(parts[1].reliable_from.as_ref().unwrap().value.get(), 0.5, "thousands of persons, say");
        for (text, expected) in [
            (rate("{ base = \"arivals\", value = 1000 }"), "did you mean \"arrivals\"?"),
            (rate("{ base = \"rate\", value = 1000 }"), "which is no count"),
            (rate("{ base = \"arrivals\", value = 0 }"), "expected a number above zero"),
            (rate("{ base = \"arrivals\", value = -5 }"), "expected a number above zero"),
            (rate("{ base = \"arrivals\", value = inf }"), "expected a number above zero"),
            (rate("{ base = \"arrivals\" }"), "missing field `value`"),
            (rate("{ bsae = \"arrivals\", value = 1 }"), "did you mean \"base\"?"),
            (format!("{GOOD}reliable_from = {{ base = \"arrivals\", value = 9 }}\n"), "stands at a count"),
        ] {
            let message = parse(&text, "i.toml", sex).unwrap_err().to_string();
            assert!(message.contains(expected) && message.starts_with("i.toml"), "{message}");
        }
    }

    #[test]
    fn every_error_names_file_indicator_and_remedy() {
        for (from, to, expected) in [
            ("decimals = 0", "decimls = 0", "did you mean \"decimals\"?"),
            ("decimals = 0", "decimals = 10", "expected 0 to 9"),
            ("decimals = 0", "", "missing field `decimals`"),
            ("code_list = \"sex\"", "code_list = \"../sex\"", "is not valid"),
            ("code_list = \"sex\"", "code_list = \"age\"", "code_lists/age.csv"),
            ("total = \"_T\"", "total = \"T\"", "correct total"),
            ("id = \"sex\"", "id = \"period\"", "rename it"),
            ("id = \"sex\"", "id = \"fbclid\"", "which is ignored: rename it"),
            ("id = \"sex\"", "id = \"v\"", "which is ignored: rename it"),
            ("id = \"sex\"", "id = \"utm_source\"", "which is ignored: rename it"),
            ("id = \"sex\"", "id = \"Sex\"", "dimension id"),
            ("kind = \"count\"", "kind = \"number\"", "count"),
            ("source = \"invented\"", "source = \" \"", "say who made"),
            ("id = \"arrivals\"", "id = \"arr/ivals\"", "indicator id"),
        ] {
            let text = GOOD.replacen(from, to, 1);
            assert_ne!(text, GOOD, "{from}");
            let message = parse(&text, "indicators.toml", sex).unwrap_err().to_string();
            assert!(message.contains(expected) && message.starts_with("indicators.toml"), "{message}");
            assert!(message.contains("indicator arr") || message.contains("line"), "{message}");
        }
        // An error names its own indicator, and its own line.
        let second = GOOD.replace("\"arrivals\"", "\"departures\"");
        for (wrong, expected) in [
            (second.replace("decimals = 0\n", ""), "i.toml: line 12: indicator departures: missing field `decimals`"),
            (
                second.replace("decimals = 0", "decimls = 0"),
                "i.toml: line 17: indicator departures: unknown field `decimls`",
            ),
            (second.replace("id = \"departures\"\n", ""), "i.toml: line 12: missing field `id`"),
            (second.replace("kind = \"count\"", "kind = \"number\""), "i.toml: line 16: indicator departures: "),
        ] {
            for text in [format!("{GOOD}{wrong}"), format!("{GOOD}{wrong}{}", GOOD.replace("arrivals", "third"))] {
                let message = parse(&text, "i.toml", sex).unwrap_err().to_string();
                assert!(message.starts_with(expected), "{message}");
            }
        }
        let twice = format!("{GOOD}{GOOD}");
        assert!(
            parse(&twice, "i.toml", sex).unwrap_err().to_string().contains("indicator arrivals: the id stands there twice")
        );
        assert_eq!(parse("", "i.toml", sex).unwrap(), [], "boundaries can be published before anything is measured");
    }
}
