use super::*;
use choro_figures::classify::vision::{Vision, difference};
use choro_figures::classify::{
    BreakRule, ClassCount, Classification, Colour, ManualBreaks, Method, Options, classify, palettes,
};
use choro_model::{
    Cell, Encoding, GridId, Indicator, IndicatorId, Kind, Lang, Names, Period, PeriodKind, ReleaseId, SetId, State, Unit,
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn names(en: &str, ru: &str) -> Names {
    Names([(lang("en"), en.to_owned()), (lang("ru"), ru.to_owned())].into())
}

fn lang(tag: &str) -> Lang {
    Lang::new(tag).unwrap()
}

fn at_most(classes: u8) -> Options {
    Options { classes: ClassCount::new(classes).unwrap(), ..Options::default() }
}

/// The style of a choropleth as clients read it.
fn filled(input: &StyleInput<'_>) -> Value {
    serde_json::to_value(maplibre(CHOROPLETH, input).unwrap()).unwrap()
}

fn indicator(diverging: bool, decimals: u8) -> Indicator {
    Indicator {
        id: IndicatorId::new(if diverging { "net_migration_rate" } else { "arrivals" }).unwrap(),
        name: if diverging {
            names("Net migration rate", "Коэффициент миграционного прироста")
        } else {
            names("Arrivals", "Прибывшие")
        },
        note: Names::default(),
        theme: Names::default(),
        keywords: Names::default(),
        unit: Unit {
            id: "PS".to_owned(),
            name: if diverging {
                names("per 10,000 inhabitants", "на 10 000 жителей")
            } else {
                names("persons", "человек")
            },
        },
        kind: if diverging { Kind::Rate } else { Kind::Count },
        decimals,
        dimensions: Vec::new(),
        diverging,
        additive: false,
        weighted_by: None,
        reliable_from: None,
        persons: false,
        declared_public: false,
        source: String::new(),
        licence: String::new(),
    }
}

struct Case {
    set: SetId,
    grid: GridId,
    release: ReleaseId,
    lang: Lang,
}

impl Case {
    fn new(grid: &str, tag: &str) -> Self {
        Self {
            set: SetId::new("islands").unwrap(),
            grid: GridId::new(grid).unwrap(),
            release: ReleaseId::new("2026-11-22-1f3a9c0d").unwrap(),
            lang: lang(tag),
        }
    }

    fn input<'a>(&'a self, indicator: &'a Indicator, classification: &'a Classification) -> StyleInput<'a> {
        StyleInput {
            flags: &[],
            notes: &[],
            encoding: Encoding::Mvt,
            tiles: "https://maps.example.org/tiles/islands/g/{z}/{x}/{y}.mvt?indicator=arrivals&period=2014",
            set: &self.set,
            grid: &self.grid,
            mercator: self.grid.as_str() == "WebMercatorQuad",
            indicator,
            period: Period::year(2014).unwrap(),
            classification,
            attribution: "Statistics office <of> \"A & B\"",
            lang: &self.lang,
            bounds: [10.0, 40.0, 30.0, 60.0],
            minzoom: 0,
            maxzoom: 8,
            release: &self.release,
        }
    }
}

/// The properties of a feature: a value or a state.
type Feature = Result<f64, State>;

/// What a client makes of the expressions that styles use, read from the style specification.
fn evaluate(expression: &Value, feature: Feature) -> Value {
    let Some(items) = expression.as_array() else { return expression.clone() };
    let arg = |i: usize| evaluate(&items[i], feature);
    match items[0].as_str().expect("an operator") {
        "get" => match (items[1].as_str(), feature) {
            (Some("value"), Ok(value)) => json!(value),
            (Some("state"), Err(state)) => json!(state),
            _ => Value::Null,
        },
        "has" => json!(items[1] == "value" && feature.is_ok()),
        "!" => json!(arg(1) == json!(false)),
        "==" => json!(arg(1).as_f64() == arg(2).as_f64()),
        "match" => {
            let input = arg(1);
            let pairs = items[2..items.len() - 1].chunks(2);
            pairs
                .into_iter()
                .find(|pair| pair[0] == input)
                .map_or_else(|| items[items.len() - 1].clone(), |pair| pair[1].clone())
        }
        "case" => {
            let branch = items[1..items.len() - 1].chunks(2).find(|pair| evaluate(&pair[0], feature) == json!(true));
            evaluate(branch.map_or(&items[items.len() - 1], |pair| &pair[1]), feature)
        }
        "step" => {
            let input = arg(1).as_f64().expect("a number");
            let passed = items[3..].chunks(2).take_while(|stop| stop[0].as_f64().unwrap() <= input).last();
            passed.map_or_else(|| items[2].clone(), |stop| stop[1].clone())
        }
        other => panic!("unknown operator {other}"),
    }
}

/// The colour that the legend gives for a feature.
fn legend_colour(legend: &Legend, feature: Feature) -> Colour {
    let value = match feature {
        Err(state) => return legend.states.iter().find(|entry| entry.state == state).unwrap().look.colour,
        Ok(value) => value,
    };
    if let (Some(zero), true) = (&legend.zero, value == 0.0) {
        return zero.colour;
    }
    let last = legend.classes.len() - 1;
    let within = |i: usize, e: &ClassEntry| e.lo <= value && (value < e.hi || i == last && value <= e.hi);
    legend.classes.iter().enumerate().find(|(i, e)| within(*i, e)).unwrap().1.colour
}

proptest! {
    #[test]
    fn style_legend_and_class_give_every_value_the_same_colour(
        values in prop::collection::vec((-500..500_i32).prop_map(|v| f64::from(v) / 10.0), 1..60),
        method in prop::sample::select(vec![Method::Quantile, Method::Equal, Method::Ckmeans]),
        classes in 3_u8..=9, diverging: bool,
    ) {
        let indicator = indicator(diverging, 1);
        let options = Options { breaks: BreakRule::new(method, None).unwrap(), ..at_most(classes) };
        let c = classify(&values, &indicator, &options).unwrap();
        let case = Case::new("WebMercatorQuad", "en");
        let style = filled(&case.input(&indicator, &c));
        let fill = &style["layers"][1]["paint"]["fill-color"];
        let legend = legend(&c, &indicator, &case.lang);
        for value in values.iter().chain(c.inner()).copied() {
            let expected = c.colour_of(value).unwrap();
            prop_assert_eq!(evaluate(fill, Ok(value)), json!(expected), "style at {}", value);
            prop_assert_eq!(legend_colour(&legend, Ok(value)), expected, "legend at {}", value);
        }
        for state in State::ALL {
            prop_assert_eq!(evaluate(fill, Err(state)), json!(legend_colour(&legend, Err(state))));
        }
    }
}

#[test]
fn an_absent_value_is_caught_before_any_step() {
    let indicator = indicator(false, 0);
    let c = classify(&[0.0, 1.0, 2.0, 3.0], &indicator, &Options::default()).unwrap();
    let style = filled(&Case::new("WebMercatorQuad", "en").input(&indicator, &c));
    let fill = style["layers"][1]["paint"]["fill-color"].as_array().unwrap().clone();
    assert_eq!(fill[..2], [json!("case"), json!(["!", ["has", "value"]])]);
    assert_eq!(fill[3], json!(["==", ["get", "value"], 0]));
    assert_eq!(fill[5][0], "step");
}

#[test]
fn selections_of_one_value_or_none_still_make_a_style() {
    let indicator = indicator(false, 0);
    for (values, expected) in [(vec![], "#d6d6d6"), (vec![0.0], "#d6d6d6"), (vec![5.0, 5.0], "#")] {
        let c = classify(&values, &indicator, &Options::default()).unwrap();
        let style = filled(&Case::new("WebMercatorQuad", "en").input(&indicator, &c));
        let fill = style["layers"][1]["paint"]["fill-color"].as_array().unwrap().clone();
        assert!(fill.last().unwrap().as_str().unwrap().starts_with(expected), "{values:?}: {fill:?}");
    }
}

#[test]
fn bounds_stand_only_where_clients_read_them_as_meant() {
    let indicator = indicator(false, 0);
    let c = classify(&[1.0], &indicator, &Options::default()).unwrap();
    let mercator = Case::new("WebMercatorQuad", "en");
    let conic = Case::new("IslandsAlbersQuad", "en");
    let style = filled(&mercator.input(&indicator, &c));
    assert_eq!(style["sources"]["choro"]["bounds"], json!([10.0, 40.0, 30.0, 60.0]));
    assert_eq!(style.get("projection"), None);
    let across = StyleInput { bounds: [19.6, 41.2, 190.4, 81.9], ..mercator.input(&indicator, &c) };
    assert_eq!(filled(&across)["sources"]["choro"].get("bounds"), None);
    let style = filled(&conic.input(&indicator, &c));
    assert_eq!(style["sources"]["choro"].get("bounds"), None);
    assert_eq!(style["projection"], json!({"type": "choro:IslandsAlbersQuad"}));
}

#[test]
fn a_source_cannot_bring_markup_into_a_style() {
    let indicator = indicator(false, 0);
    let c = classify(&[1.0], &indicator, &Options::default()).unwrap();
    let style = filled(&Case::new("WebMercatorQuad", "en").input(&indicator, &c));
    assert_eq!(style["sources"]["choro"]["attribution"], "Statistics office &lt;of&gt; &quot;A &amp; B&quot;");
}

#[test]
fn an_unknown_placeholder_is_named() {
    let indicator = indicator(false, 0);
    let c = classify(&[1.0], &indicator, &Options::default()).unwrap();
    let case = Case::new("WebMercatorQuad", "en");
    let e = maplibre(r#"{"a": ["{{colour}}"]}"#, &case.input(&indicator, &c)).expect_err("unknown");
    assert!(
        e.to_string().starts_with("style template has the unknown placeholder {{colour}}: expected one of name,"),
        "{e}"
    );
    assert!(maplibre("{", &case.input(&indicator, &c)).is_err());
}

#[test]
fn legends_speak_the_language_asked_for() {
    type Words<'a> = (bool, u8, &'a [f64], Options, &'a str, &'a [&'a str]);
    let cases: [Words<'_>; 11] = [
        (
            false,
            0,
            &[0.0, 1.0, 5.0, 2500.0, 3000.0],
            at_most(3),
            "en",
            &["above 0 to under 4", "4 to under 2,800", "2,800 and over"],
        ),
        (
            false,
            1,
            &[1.0, 5.0, 2500.0, 3000.0],
            at_most(3),
            "ru",
            &["менее 4,0", "от 4,0 до менее 2\u{a0}800,0", "2\u{a0}800,0 и более"],
        ),
        (
            true,
            1,
            &[-40.0, -3.0, 3.0, 12.0],
            Options { breaks: BreakRule::Manual(ManualBreaks::new(vec![-10.0, 0.0, 10.0]).unwrap()), ..Options::default() },
            "en",
            &["under −10.0", "−10.0 to under 0.0", "above 0.0 to under +10.0", "+10.0 and over"],
        ),
        (true, 0, &[-40.0, -3.0], at_most(3), "ru", &["менее −20", "от −20 до менее 0"]),
        (
            false,
            0,
            &[0.0, 1.0, 5.0, 2500.0, 3000.0],
            at_most(3),
            "de",
            &["above 0 to under 4", "4 to under 2.800", "2.800 and over"],
        ),
        (false, 0, &[7.0], Options::default(), "en", &["7"]),
        (false, 0, &[0.2, 0.4], Options::default(), "en", &["under 0.4", "0.4 and over"]),
        (false, 0, &[0.0, 5.0, 5.0], Options::default(), "en", &["5"]),
        (true, 0, &[5.0], Options::default(), "en", &["above 0 to +5"]),
        (true, 0, &[-5.0], Options::default(), "en", &["−5 to under 0"]),
        (
            false,
            0,
            &[1e-13, 2e-13, 1e15, 2e15],
            at_most(4),
            "ru",
            &[
                "менее 2\u{a0}×\u{a0}10⁻¹³",
                "от 2\u{a0}×\u{a0}10⁻¹³ до менее 500\u{a0}000\u{a0}000\u{a0}000\u{a0}000",
                "от 500\u{a0}000\u{a0}000\u{a0}000\u{a0}000 до менее 1,5\u{a0}×\u{a0}10¹⁵",
                "1,5\u{a0}×\u{a0}10¹⁵ и более",
            ],
        ),
    ];
    for (diverging, decimals, values, options, tag, expected) in cases {
        let indicator = indicator(diverging, decimals);
        let c = classify(values, &indicator, &options).unwrap();
        let legend = legend(&c, &indicator, &lang(tag));
        let labels: Vec<_> = legend.classes.iter().map(|entry| entry.label.as_str()).collect();
        assert_eq!(labels, expected, "{:?}", c.breaks);
    }
}

#[test]
fn numbers_have_a_true_minus_and_the_form_of_their_language() {
    let cases = [
        (-1234.56, 1, "en", "−1,234.6"),
        (-1234.56, 1, "ru", "−1\u{a0}234,6"),
        (-0.04, 1, "en", "−0.04"),
        (9.95, 1, "en", "10.0"),
        (1e-13, 1, "ru", "1\u{a0}×\u{a0}10⁻¹³"),
        (-1.2345e-13, 1, "ru", "−1,235\u{a0}×\u{a0}10⁻¹³"),
        (1e15, 0, "en", "1\u{a0}×\u{a0}10¹⁵"),
        (999.0, 0, "ru", "999"),
        (1e6, 0, "en", "1,000,000"),
        (-1e300, 2, "en", "−1\u{a0}×\u{a0}10³⁰⁰"),
        (0.5, 0, "en", "1"),
        (2.0, 12, "ru", "2,000000000000"),
        (123_456_789_012_345.6, 1, "en", "123,456,789,012,345.6"),
        (-12345.6, 1, "sl", "−12.345,6"),
        (1234.0, 0, "es", "1234"),
        (12345.0, 0, "es", "12.345"),
        (1_234_567.0, 0, "hi", "12,34,567"),
        (-0.5, 1, "fa", "\u{200e}−۰٫۵"),
        (1234.5, 1, "de-AT", "1\u{a0}234,5"),
        (1234.5, 1, "qaa", "1,234.5"),
        (1234.5, 1, "en-nothing1", "1,234.5"),
    ];
    for (value, decimals, tag, expected) in cases {
        assert_eq!(number(value, decimals, &lang(tag)), expected);
    }
}

/// What a reader takes a printed number for.
fn read(printed: &str) -> f64 {
    let plain: String = printed.chars().filter(|letter| !matches!(letter, ',' | '+')).collect();
    plain.replace('\u{2212}', "-").parse().unwrap()
}

proptest! {
    #[test]
    fn no_number_is_printed_on_the_other_side_of_a_break_or_as_zero(
        values in prop::collection::vec((-50_000..50_000_i32).prop_map(|v| f64::from(v) / 1000.0), 1..60),
        method in prop::sample::select(vec![Method::Quantile, Method::Equal, Method::Ckmeans]),
        classes in 3_u8..=9, diverging: bool, decimals in 0_u8..3,
    ) {
        let indicator = indicator(diverging, decimals);
        let options = Options { breaks: BreakRule::new(method, None).unwrap(), ..at_most(classes) };
        let c = classify(&values, &indicator, &options).unwrap();
        let form = NumberForm { decimals, limits: c.inner(), signed: diverging, lang: &lang("en") };
        for value in values {
            let printed = form.print(value);
            prop_assert_eq!(c.class_of(read(&printed)), c.class_of(value), "{} of {} in {:?}", printed, value, c.breaks);
            prop_assert_eq!(read(&printed) == 0.0, value == 0.0);
        }
        for limit in c.inner() {
            prop_assert_eq!(read(&form.exact(*limit)), *limit);
        }
    }
}

#[test]
fn a_summary_says_among_what_and_names_ties() {
    type Case<'a> = (&'a [Cell], &'a str);
    let value = Cell::Value;
    let missing = Cell::State(State::Missing);
    let cases: [Case<'_>; 6] = [
        (
            &[value(0.7), value(0.1), missing],
            "Areas with data: 2 of 3. Lowest of them: 0.1 (B). Highest of them: 0.7 (A). Median of them, unweighted: 0.4. No data: 1.",
        ),
        (
            &[value(2.0), value(2.0), value(5.0)],
            "Areas with data: 3 of 3. Lowest of them: 2.0 (A, B). Highest of them: 5.0 (C). Median of them, unweighted: 2.0.",
        ),
        (
            &[value(0.0); 4],
            "Areas with data: 4 of 4. Lowest of them: 0.0 (A, B and 2 more). Highest of them: 0.0 (A, B and 2 more). \
             Median of them, unweighted: 0.0.",
        ),
        (
            &[value(9.96), missing, missing],
            "Areas with data: 1 of 3. Lowest of them: 9.96 (A). Highest of them: 9.96 (A). \
             No median: fewer than half of the areas have data. No data: 2.",
        ),
        (&[missing, missing], "Areas with data: 0 of 2. No data: 2."),
        (&[], "Areas with data: 0 of 0."),
    ];
    for (cells, expected) in cases {
        let form = NumberForm { decimals: 1, limits: &[10.0], signed: false, lang: &lang("en") };
        let flagged = Flagged { flags: &[], is_change: false, lang: form.lang };
        assert_eq!(summary(&Summary { cells, names: &["A", "B", "C", "D"], flagged, form }), expected);
    }
}

#[test]
fn quantiles_that_are_not_of_equal_counts_say_so() {
    let indicator = indicator(false, 0);
    let label = |values: &[f64], options: &Options, tag: &str| {
        let legend = legend(&classify(values, &indicator, options).unwrap(), &indicator, &lang(tag));
        (legend.equal_counts, legend.scope_label)
    };
    let (even, tied) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 2.0, 2.0, 2.0, 2.0, 3.0]);
    let all = "breaks from all periods".to_owned();
    assert_eq!(label(&even, &at_most(3), "en"), (Some(true), all.clone()));
    let unequal = "breaks from all periods; not of equal counts: 1, 4, 1 values from the lowest class up".to_owned();
    assert_eq!(label(&tied, &at_most(3), "en"), (Some(false), unequal));
    let unequal = "границы классов по всем периодам; число значений в классах различно, от нижнего к верхнему: 1, 4, 1";
    assert_eq!(label(&tied, &at_most(3), "ru"), (Some(false), unequal.to_owned()));
    let equal_steps = Options { breaks: BreakRule::new(Method::Equal, None).unwrap(), ..at_most(3) };
    assert_eq!(label(&tied, &equal_steps, "en"), (None, all));
    assert_eq!(label(&[], &at_most(3), "en").0, None);
}

#[test]
fn a_legend_of_one_kind_of_periods_says_which() {
    let indicator = indicator(false, 0);
    let c = classify(&[1.0, 2.0, 3.0], &indicator, &at_most(3)).unwrap();
    for (kind, tag, expected) in [
        (PeriodKind::Quarter, "en", "breaks from all quarters"),
        (PeriodKind::Year, "ru", "границы классов по всем годам"),
        (PeriodKind::Month, "ru", "границы классов по всем месяцам"),
    ] {
        assert_eq!(legend(&c, &indicator, &lang(tag)).of_kind(kind).scope_label, expected);
    }
    let (from, to) = ("2013-Q4".parse().unwrap(), "2014-Q1".parse().unwrap());
    let change = |tag| legend(&c, &indicator, &lang(tag)).of_change(from, to).change_label.unwrap();
    assert_eq!(change("en"), "change from Q4 2013 to Q1 2014");
    assert_eq!(change("ru"), "изменение: IV квартал 2013 г. → I квартал 2014 г.");
}

#[test]
fn states_look_unlike_each_other_and_unlike_every_class_and_zero() {
    let states = State::ALL.map(|state| look(state).colour);
    for vision in Vision::ALL {
        for (i, a) in states.iter().enumerate() {
            for b in &states[..i] {
                assert!(difference(vision, *a, *b) >= 12.0, "{a} {b} under {vision:?}");
            }
        }
        for palette in palettes() {
            for n in 3..=9_u8 {
                let indicator = indicator(palette.diverging(), 0);
                let values: Vec<f64> = if palette.diverging() {
                    (-90..=90).map(f64::from).collect()
                } else {
                    (0..=90).map(f64::from).collect()
                };
                let options = Options { palette: Some(palette), ..at_most(n) };
                let c = classify(&values, &indicator, &options).unwrap();
                for (state, colour) in State::ALL.iter().zip(states) {
                    for other in c.classes.iter().map(|class| class.colour).chain([palette.zero]) {
                        let d = difference(vision, colour, other);
                        assert!(
                            d >= 6.0,
                            "{} with {n} classes: {state} {colour} and {other} differ by {d:.1} under {vision:?}",
                            palette.id
                        );
                    }
                }
            }
        }
    }
}

/// The styles and legends that the specification's own validator reads (tests/browser/styles.mjs).
#[test]
fn the_styles_that_the_validator_reads_are_what_the_server_makes() {
    let rates: Vec<f64> = (-30..=60).map(|v| f64::from(v) * 1.5).collect();
    let counts: Vec<f64> = (0..=90).map(|v| f64::from(v * v)).collect();
    let made = [
        ("net_migration_rate", true, 1, rates, "IslandsAlbersQuad", "ru"),
        ("arrivals", false, 0, counts, "WebMercatorQuad", "en"),
    ];
    for (name, diverging, decimals, values, grid, tag) in made {
        let indicator = indicator(diverging, decimals);
        let c = classify(&values, &indicator, &Options::default()).unwrap();
        let case = Case::new(grid, tag);
        let text = serde_json::to_string_pretty(&json!({
            "style": filled(&case.input(&indicator, &c)),
            "legend": legend(&c, &indicator, &case.lang),
        }));
        let path = format!("{}/../../tests/browser/fixtures/{name}.json", env!("CARGO_MANIFEST_DIR"));
        let text = text.unwrap() + "\n";
        if std::env::var_os("CHORO_BLESS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, text, "{path} is out of date: run this test with CHORO_BLESS=1 and read the difference");
    }
}
