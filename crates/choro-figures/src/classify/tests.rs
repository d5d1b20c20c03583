use super::vision::{Vision, difference, lab};
use super::*;
use choro_model::{Indicator, IndicatorId, Kind, Names, Unit};
use proptest::prelude::*;

pub fn indicator(kind: Kind, diverging: bool, decimals: u8) -> Indicator {
    Indicator {
        id: IndicatorId::new("arrivals").unwrap(),
        name: Names::default(),
        note: Names::default(),
        theme: Names::default(),
        keywords: Names::default(),
        unit: Unit { id: "PS".to_owned(), name: Names::default() },
        kind,
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

fn count_of(decimals: u8) -> Indicator {
    indicator(Kind::Count, false, decimals)
}

fn net() -> Indicator {
    indicator(Kind::Rate, true, 1)
}

fn with(method: Method, classes: u8) -> Options {
    Options {
        breaks: BreakRule::new(method, None).unwrap(),
        classes: ClassCount::new(classes).unwrap(),
        ..Options::default()
    }
}

fn manual(breaks: &[f64]) -> Options {
    let breaks = BreakRule::Manual(ManualBreaks::new(breaks.to_vec()).unwrap());
    Options { breaks, ..Options::default() }
}

fn counts(c: &Classification) -> Vec<usize> {
    c.classes.iter().map(|class| class.count).collect()
}

#[test]
fn breaks_of_each_method_are_known_on_small_tables() {
    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    type Case<'a> = (&'a [f64], Method, u8, &'a [f64], &'a [usize]);
    let cases: [Case<'_>; 9] = [
        (&ten, Method::Quantile, 5, &[1.0, 3.0, 5.0, 7.0, 9.0, 10.0], &[2, 2, 2, 2, 2]),
        (&ten, Method::Equal, 3, &[1.0, 4.0, 7.0, 10.0], &[3, 3, 4]),
        (&[1.0, 2.0, 3.0, 50.0, 51.0, 900.0], Method::Ckmeans, 3, &[1.0, 20.0, 500.0, 900.0], &[3, 2, 1]),
        // Ties: a break goes to the nearer end of the run.
        (&[1.0, 2.0, 2.0, 2.0, 2.0, 3.0], Method::Quantile, 3, &[1.0, 2.0, 3.0, 3.0], &[1, 4, 1]),
        // Fewer distinct values than classes.
        (&[1.0, 1.0, 2.0, 2.0], Method::Equal, 5, &[1.0, 1.5, 2.0], &[2, 2]),
        (&[4.0, 4.0, 9.0], Method::Ckmeans, 9, &[4.0, 5.0, 9.0], &[2, 1]),
        (&[7.0, 7.0, 7.0], Method::Quantile, 5, &[7.0, 7.0], &[3]),
        (&[-3.0], Method::Ckmeans, 5, &[-3.0, -3.0], &[1]),
        (&[], Method::Quantile, 5, &[], &[]),
    ];
    for (values, method, classes, breaks, expected) in cases {
        let c = classify(values, &count_of(0), &with(method, classes)).unwrap();
        assert_eq!((&c.breaks[..], &counts(&c)[..]), (breaks, expected), "{method:?} of {values:?}");
    }
}

#[test]
fn only_negative_values_are_classified_like_any_others() {
    let values: Vec<f64> = (1..=10).map(|v| f64::from(-v)).collect();
    let c = classify(&values, &count_of(0), &with(Method::Quantile, 5)).unwrap();
    assert_eq!(counts(&c), [2, 2, 2, 2, 2]);
    assert_eq!(c.zero, None);
    let c = classify(&values, &net(), &with(Method::Quantile, 5)).unwrap();
    assert_eq!((c.breaks.last(), c.classes.len()), (Some(&0.0), 5));
}

#[test]
fn readable_breaks_are_short_numbers() {
    let values: Vec<f64> = (0..890).map(|i| 13.7 + f64::from(i) * f64::from(i) * 0.317).collect();
    for (method, expected) in [
        (Method::Quantile, vec![10_000.0, 40_000.0, 90_000.0, 160_000.0]),
        (Method::Equal, vec![50_000.0, 100_000.0, 150_000.0, 200_000.0]),
    ] {
        let c = classify(&values, &count_of(0), &with(method, 5)).unwrap();
        assert_eq!(c.inner(), expected, "{method:?}");
    }
}

#[test]
fn zero_has_an_entry_of_its_own_where_it_is_the_end_of_the_scale_or_its_middle() {
    let cases = [
        (count_of(0), vec![0.0, 0.0, 1.0, 2.0, 3.0], Some(2)),
        (count_of(0), vec![-0.0, 1.0], Some(1)),
        (count_of(0), vec![1.0, 2.0], None),
        (count_of(0), vec![-1.0, 0.0, 1.0], None),
        (indicator(Kind::Index, false, 1), vec![0.0, 1.0], None),
        (net(), vec![-1.0, 2.0], Some(0)),
        (net(), vec![0.0, 2.0], Some(1)),
        (count_of(0), vec![0.0, 0.0], Some(2)),
    ];
    for (indicator, values, expected) in cases {
        let c = classify(&values, &indicator, &Options::default()).unwrap();
        assert_eq!(c.zero.as_ref().map(|z| z.count), expected, "{values:?}");
        let zeros = c.zero.as_ref().map_or(0, |z| z.count);
        assert_eq!(counts(&c).iter().sum::<usize>() + zeros, values.len(), "{values:?}");
    }
}

#[test]
fn a_diverging_scale_breaks_at_zero_and_means_the_same_distance_by_the_same_depth() {
    let values: Vec<f64> = (-20..=80).map(f64::from).collect();
    for method in [Method::Quantile, Method::Equal, Method::Ckmeans] {
        let c = classify(&values, &net(), &with(method, 9)).unwrap();
        let zero = c.breaks.iter().position(|b| *b == 0.0).expect("a break at zero");
        let above: Vec<f64> = c.inner()[zero..].to_vec();
        let below: Vec<f64> = c.inner()[..zero - 1].iter().rev().map(|b| -b).collect();
        assert!(above.starts_with(&below), "{below:?} {above:?}");
        assert_eq!(c.classes.len(), zero + 5, "{method:?}: the arm above is whole");
        for (rank, low) in c.classes[..zero].iter().rev().enumerate() {
            let (low, high) = (lab(low.colour)[0], lab(c.classes[zero + rank].colour)[0]);
            assert!((low - high).abs() < 5.0, "rank {rank}: lightness {low} and {high}");
        }
    }
}

#[test]
fn no_class_of_a_diverging_scale_has_the_extreme_of_one_side_alone() {
    // 20 and -20 are as deep, although a break might stand at 20.
    for values in [vec![-20.0, -1.0, 1.0, 20.0], vec![-20.0, -19.0, 3.0, 19.0, 20.0, 31.0], vec![-31.0, -20.0, 2.0, 20.0]] {
        for method in [Method::Quantile, Method::Ckmeans] {
            for classes in 3..=9 {
                let c = classify(&values, &net(), &with(method, classes)).unwrap();
                let depth = |value: f64| {
                    let zero = c.breaks.iter().position(|b| *b == 0.0).unwrap();
                    let Some(Slot::Class(class)) = c.class_of(value) else { panic!("{value} has no class") };
                    if value < 0.0 { zero - 1 - class } else { class - zero }
                };
                assert_eq!(depth(-20.0), depth(20.0), "{method:?} with {classes} of {values:?}: {:?}", c.breaks);
            }
        }
    }
}

#[test]
fn the_outer_limits_are_those_of_the_values() {
    let c = classify(&[0.2, 0.4, 30.7], &count_of(0), &with(Method::Equal, 3)).unwrap();
    assert_eq!((c.breaks.first(), c.breaks.last()), (Some(&0.2), Some(&30.7)));
    let c = classify(&[-2.25, 30.7], &net(), &with(Method::Equal, 3)).unwrap();
    assert_eq!((c.breaks.first(), c.breaks.last()), (Some(&-2.25), Some(&30.7)));
}

#[test]
fn quantiles_know_whether_their_counts_are_equal() {
    let ten: Vec<f64> = (1..=10).map(f64::from).collect();
    for (values, method, expected) in [
        (&ten[..], Method::Quantile, Some(true)),
        (&ten[..9], Method::Quantile, Some(true)),
        (&[1.0, 2.0, 2.0, 2.0, 2.0, 3.0], Method::Quantile, Some(false)),
        (&ten[..], Method::Equal, None),
        (&[], Method::Quantile, None),
    ] {
        assert_eq!(classify(values, &count_of(0), &with(method, 5)).unwrap().equal_counts(), expected, "{values:?}");
    }
}

#[test]
fn manual_breaks_keep_their_classes_even_where_they_are_empty() {
    let c = classify(&[12.0, 28.0, 20.0], &count_of(0), &manual(&[10.0, 20.0, 40.0])).unwrap();
    assert_eq!(c.breaks, [10.0, 10.0, 20.0, 40.0, 40.0]);
    assert_eq!(counts(&c), [0, 1, 2, 0]);
    assert_eq!(c.class_of(9.0), Some(Slot::Class(0)));
    assert_eq!(c.class_of(1e9), Some(Slot::Class(3)));
}

#[test]
fn options_that_do_not_fit_are_refused_with_the_remedy() {
    let values = [-3.0, 4.0];
    let cases = [
        (manual(&[-2.0, 2.0]), "add 0"),
        (manual(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0]), "at most 5"),
        (Options { palette: Some(Palette::find("blues").unwrap()), ..Options::default() }, "purple-orange"),
    ];
    for (options, expected) in cases {
        let e = classify(&values, &net(), &options).expect_err(expected).to_string();
        assert!(e.contains(expected), "{e}");
    }
    for (breaks, expected) in [
        (vec![], "there are 0"),
        (vec![0.0; 9], "there are 9"),
        (vec![0.0, 0.0], "0 comes after 0"),
        (vec![f64::NAN], "NaN is not finite"),
    ] {
        let e = ManualBreaks::new(breaks).expect_err(expected).to_string();
        assert!(e.contains(expected), "{e}");
    }
    let breaks = ManualBreaks::new(vec![1.0]).unwrap();
    for (method, breaks, expected) in [
        (Method::Manual, None, "give 1 to 8 ascending numbers"),
        (Method::Equal, Some(breaks), "got method equal: leave breaks out or choose method=manual"),
    ] {
        let e = BreakRule::new(method, breaks).expect_err(expected).to_string();
        assert!(e.contains(expected), "{e}");
    }
    for (classes, expected) in [
        ("2", "classes 2 is not valid: expected 3 to 9"),
        ("10", "classes is not valid: expected a whole number from 3 to 9"),
        ("+5", "classes is not valid: expected a whole number from 3 to 9"),
    ] {
        assert_eq!(classes.parse::<ClassCount>().expect_err(classes).to_string(), expected);
    }
    let e = classify(&[1.0, f64::INFINITY], &net(), &Options::default()).expect_err("infinite");
    assert_eq!(e.to_string(), "value 1 is inf: expected a finite number");
    assert!(Palette::find("rainbow").expect_err("unknown").to_string().contains("blues, lagoon"));
    assert!("jenks".parse::<Method>().is_err() && "now".parse::<Scope>().is_err());
}

#[test]
fn ckmeans_of_many_values_looks_at_a_sample_and_says_so() {
    let values: Vec<f64> = (0..60_000).map(|i| f64::from(i % 1000) + if i % 3 == 0 { 5_000.0 } else { 1.0 }).collect();
    let c = classify(&values, &count_of(0), &with(Method::Ckmeans, 3)).unwrap();
    assert_eq!(c.sampled, Some(CKMEANS_LIMIT));
    assert_eq!(counts(&c).iter().sum::<usize>(), values.len());
    assert_eq!(c.classes.last().unwrap().count, 20_000, "the far cluster is found: {:?}", c.breaks);
}

fn method() -> impl Strategy<Value = Method> {
    prop::sample::select(vec![Method::Quantile, Method::Equal, Method::Ckmeans])
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let number = prop_oneof![
        4 => -1000.0..1000.0_f64,
        3 => (-30..30_i32).prop_map(f64::from),
        2 => (0..300_i32).prop_map(|v| f64::from(v) / 10.0),
        1 => any::<f64>().prop_filter("finite", |v| v.is_finite()),
    ];
    prop::collection::vec(number, 0..120)
}

proptest! {
    #[test]
    fn every_value_belongs_where_its_class_says(
        values in values(), method in method(), classes in 3_u8..=9, diverging: bool, decimals in 0_u8..4,
    ) {
        let indicator = indicator(Kind::Rate, diverging, decimals);
        let c = classify(&values, &indicator, &with(method, classes)).unwrap();
        let most = if diverging { 10 } else { usize::from(classes) };
        prop_assert!(c.classes.len() <= most);
        prop_assert_eq!(c.breaks.len(), if c.classes.is_empty() { 0 } else { c.classes.len() + 1 });
        prop_assert!(c.breaks.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", c.breaks);
        prop_assert!(c.inner().windows(2).all(|pair| pair[0] < pair[1]), "{:?}", c.breaks);
        prop_assert!(c.breaks.iter().all(|b| b.is_finite()));
        let mut found = vec![0; c.classes.len()];
        let mut zeros = 0;
        for value in &values {
            match c.class_of(*value) {
                Some(Slot::Zero) => zeros += 1,
                Some(Slot::Class(i)) => {
                    found[i] += 1;
                    let class = &c.classes[i];
                    let last = i + 1 == c.classes.len();
                    prop_assert!(class.lo <= *value && (*value < class.hi || last && *value <= class.hi), "{value} {class:?}");
                }
                None => prop_assert!(false, "{value} has no class"),
            }
        }
        prop_assert_eq!(found, counts(&c));
        prop_assert_eq!(zeros, c.zero.as_ref().map_or(0, |z| z.count));
        if diverging && !c.classes.is_empty() {
            prop_assert!(c.breaks.contains(&0.0), "{:?}", c.breaks);
        }
        let mirrored: Vec<f64> = values.iter().flat_map(|v| [*v, -v]).collect();
        if diverging {
            let c = classify(&mirrored, &indicator, &with(method, classes)).unwrap();
            let back: Vec<f64> = c.breaks.iter().rev().map(|b| 0.0 - b).collect();
            prop_assert_eq!(&c.breaks, &back, "the same values on both sides have the same breaks there");
        }
        if !diverging && method != Method::Equal {
            prop_assert!(counts(&c).iter().all(|n| *n > 0), "no empty class: {:?}", c);
        }
        let reversed: Vec<f64> = values.iter().rev().copied().collect();
        prop_assert_eq!(c, classify(&reversed, &indicator, &with(method, classes)).unwrap());
    }
}

/// Colours that stand side by side in a legend, for every number of classes.
fn legends() -> Vec<(&'static Palette, Vec<Colour>)> {
    let mut legends = Vec::new();
    for palette in palettes() {
        for n in 1..=9_usize {
            let arm = n.div_ceil(2);
            let breaks: Vec<f64> = if palette.diverging() {
                (0..=2 * arm).map(|i| i as f64 - arm as f64).collect()
            } else {
                (0..=n).map(|i| i as f64).collect()
            };
            legends.push((palette, palette.of(&breaks, palette.diverging()).unwrap()));
        }
    }
    legends
}

#[test]
fn neighbouring_classes_stay_apart_for_readers_who_do_not_see_red_or_green() {
    for (palette, colours) in legends() {
        for pair in colours.windows(2) {
            for vision in Vision::ALL {
                let d = difference(vision, pair[0], pair[1]);
                assert!(
                    d >= 7.0,
                    "{} with {} classes: {} {} differ by {d:.1} under {vision:?}",
                    palette.id,
                    colours.len(),
                    pair[0],
                    pair[1]
                );
            }
        }
    }
}

#[test]
fn lightness_falls_from_zero_outwards() {
    for (palette, colours) in legends() {
        let zero = if palette.diverging() { colours.len() / 2 } else { 0 };
        let (below, above) = colours.split_at(zero);
        for arm in [above.to_vec(), below.iter().rev().copied().collect()] {
            let falls = arm.windows(2).all(|pair| lab(pair[0])[0] > lab(pair[1])[0] + 3.0);
            assert!(falls, "{} with {} classes", palette.id, colours.len());
        }
    }
}

#[test]
fn zero_looks_unlike_every_class() {
    for (palette, colours) in legends() {
        for colour in &colours {
            for vision in Vision::ALL {
                let d = difference(vision, palette.zero, *colour);
                assert!(
                    d >= 7.0,
                    "{} with {} classes: zero {} and {colour} differ by {d:.1} under {vision:?}",
                    palette.id,
                    colours.len(),
                    palette.zero
                );
            }
        }
    }
}
