//! Indicators as data: `indicators.toml` and, beside it, `code_lists/ID.csv`.

use super::code_lists;
use choro_model::{
    Code, CodeList, Dimension, DimensionId, Indicator, IndicatorError, IndicatorId, Kind, Names, Unit, nearest_key_hint,
};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// Largest file of indicators and of a code list, bytes.
const MAX_BYTES: u64 = 16 << 20;
/// Most decimals: a double holds 15 to 17 digits in all.
const MAX_DECIMALS: u8 = 9;
/// URL parameters of Choro: a dimension of that name could not be asked for.
const RESERVED: [&str; 25] = [
    "indicator",
    "period",
    "release",
    "borders",
    "lang",
    "method",
    "classes",
    "breaks",
    "scope",
    "palette",
    "set",
    "grid",
    "zoom",
    "encoding",
    "style",
    "from",
    "kind",
    "area",
    "fit",
    "at",
    "size",
    "show",
    "controls",
    "mode",
    "v",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    indicator: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    name: Names,
    #[serde(default)]
    note: Names,
    #[serde(default)]
    theme: Names,
    #[serde(default)]
    keywords: Names,
    unit: Unit,
    kind: Kind,
    decimals: u8,
    #[serde(default)]
    dimensions: Vec<DimensionEntry>,
    #[serde(default)]
    diverging: bool,
    #[serde(default)]
    additive: bool,
    weighted_by: Option<IndicatorId>,
    persons: Option<bool>,
    #[serde(default)]
    declared_public: bool,
    source: String,
    licence: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DimensionEntry {
    id: String,
    #[serde(default)]
    name: Names,
    code_list: String,
    total: String,
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

/// The same from texts: `code_list` gives the CSV of a code list by its id, or says why there is none. `place` stands in
/// messages where the file's path would.
///
/// `persons` defaults to true for counts, so that a forgotten key never publishes small cells.
pub fn parse(
    text: &str,
    place: &str,
    mut code_list: impl FnMut(&str) -> Result<String, String>,
) -> Result<Vec<Indicator>, IndicatorError> {
    let file: File = toml::from_str(text).map_err(|e| syntax(text, place, &e))?;
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
    }
    Ok(indicators)
}

/// Refuses sums and means over areas that mean nothing.
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
        None => {
            let near = choro_model::nearest(weights.as_str(), all.iter().map(|other| other.id.as_str()));
            let hint = near.map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
            Err(format!("weighted_by names {weights}, which is not in this file{hint}"))
        }
    }
}

/// A syntax error or an unknown key, with its line and, so far as can be told, its indicator.
fn syntax(text: &str, place: &str, error: &toml::de::Error) -> IndicatorError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let id = before.rsplit_once("[[indicator]]").and_then(|(_, entry)| entry.split_once("id = \"")?.1.split_once('"'));
    let indicator = id.map(|(id, _)| format!(": indicator {id}")).unwrap_or_default();
    let hint = nearest_key_hint(error.message()).map(|hint| format!("; {hint}")).unwrap_or_default();
    IndicatorError { place: format!("{place}: line {line}{indicator}"), what: format!("{}{hint}", error.message()) }
}

fn load(id: &str, code_list: &mut impl FnMut(&str) -> Result<String, String>) -> Result<CodeList, String> {
    // The id becomes a file name: it must not leave the folder.
    DimensionId::new(id).map_err(|e| format!("code list id {:?} is not valid: expected {}", e.got, e.expected))?;
    code_lists::parse(id, &code_list(id)?, &format!("code_lists/{id}.csv"))
}

type Lists<'a> = &'a mut dyn FnMut(&str) -> Result<Arc<CodeList>, String>;

fn indicator(entry: Entry, lists: Lists<'_>) -> Result<Indicator, String> {
    if entry.decimals > MAX_DECIMALS {
        return Err(format!("decimals = {}: expected 0 to {MAX_DECIMALS}", entry.decimals));
    }
    if entry.source.trim().is_empty() || entry.licence.trim().is_empty() {
        return Err("source and licence must not be empty: say who made the figures and how they may be used".to_owned());
    }
    let mut dimensions: Vec<Dimension> = Vec::new();
    for dimension in entry.dimensions {
        let dimension = self::dimension(dimension, lists)?;
        if dimensions.iter().any(|other| other.id == dimension.id) {
            return Err(format!("dimension {} stands there twice: remove one", dimension.id));
        }
        dimensions.push(dimension);
    }
    Ok(Indicator {
        id: IndicatorId::new(&entry.id).map_err(|e| e.to_string())?,
        name: entry.name,
        note: entry.note,
        theme: entry.theme,
        keywords: entry.keywords,
        unit: entry.unit,
        kind: entry.kind,
        decimals: entry.decimals,
        dimensions,
        diverging: entry.diverging,
        additive: entry.additive,
        weighted_by: entry.weighted_by,
        persons: entry.persons.unwrap_or(entry.kind == Kind::Count),
        declared_public: entry.declared_public,
        source: entry.source,
        licence: entry.licence,
    })
}

fn dimension(entry: DimensionEntry, lists: Lists<'_>) -> Result<Dimension, String> {
    let id = DimensionId::new(&entry.id).map_err(|e| e.to_string())?;
    if RESERVED.contains(&id.as_str()) {
        return Err(format!(
            "dimension {id} has the name of a URL parameter: rename it (reserved: {})",
            RESERVED.join(", ")
        ));
    }
    let code_list = lists(&entry.code_list).map_err(|e| format!("dimension {id}: {e}"))?;
    let total = code_list.items.iter().find(|item| item.code.as_str() == entry.total).map(|item| item.code.clone());
    let total: Code = total.ok_or_else(|| {
        format!(
            "dimension {id}: its total {:?} is not in code_lists/{}.csv: add it there or correct total",
            entry.total, code_list.id
        )
    })?;
    Ok(Dimension { id, name: entry.name, code_list, total })
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
    fn every_error_names_file_indicator_and_remedy() {
        for (from, to, expected) in [
            ("decimals = 0", "decimls = 0", "did you mean \"decimals\"?"),
            ("decimals = 0", "decimals = 10", "expected 0 to 9"),
            ("decimals = 0", "", "missing field `decimals`"),
            ("code_list = \"sex\"", "code_list = \"../sex\"", "is not valid"),
            ("code_list = \"sex\"", "code_list = \"age\"", "code_lists/age.csv"),
            ("total = \"_T\"", "total = \"T\"", "correct total"),
            ("id = \"sex\"", "id = \"period\"", "rename it"),
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
        let twice = format!("{GOOD}{GOOD}");
        assert!(
            parse(&twice, "i.toml", sex).unwrap_err().to_string().contains("indicator arrivals: the id stands there twice")
        );
        assert_eq!(parse("", "i.toml", sex).unwrap(), [], "boundaries can be published before anything is measured");
    }
}
