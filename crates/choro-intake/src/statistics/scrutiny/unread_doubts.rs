//! The doubts about columns that are not read.

use super::{
    left_out_dimension::{code, dimension_of, is_total_of, only, read_by, read_from},
    unread_columns::UnreadColumn,
};
use crate::statistics::{
    doubt::{Doubt, DoubtKind},
    vocabulary::categories::{Breakdown, breakdown, is_part, is_total},
};
use choro_model::Dimension;
use rustc_hash::FxHashSet;

/// Most texts that are named in a doubt.
const NAMED: usize = 3;
/// A column of more texts than this is one of categories only if each stands beside several labels.
const FEW: usize = 20;
/// A column of more texts than this is none of categories.
const MANY: usize = 1_000;

/// The doubts about parts that would pass for the whole. Columns that they tell of are marked.
///
/// `left_out` are the dimensions of the file's indicators that the mapping does not name.
pub fn grave(columns: &mut [UnreadColumn], left_out: &[&Dimension]) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    for column in columns.iter_mut().filter(|column| !column.is_settled) {
        let what = parted(column, left_out).or_else(|| part(column, left_out));
        column.is_settled = what.is_some();
        doubts.extend(what.map(|what| Doubt::new(DoubtKind::UnreadDimension, what)));
    }
    doubts
}

/// The doubt about a row of headings that is not read, and says that the figures below it are those of parts. `row` counts from 1, `heading`
/// stands above the labels, and `texts` above the figures.
pub fn of_heading(row: u32, heading: &str, texts: Vec<String>, left_out: &[&Dimension]) -> Option<Doubt> {
    let column = UnreadColumn { heading: heading.to_owned(), texts, ..UnreadColumn::default() };
    let dimension = dimension_of(&column, left_out);
    let is_all = |text: &String| is_total(text) || dimension.is_some_and(|dimension| is_total_of(dimension, text));
    let part = column.texts.iter().find(|text| !is_all(text))?;
    let is_known = |text: &String| match dimension {
        Some(dimension) => code(dimension, text).is_some(),
        None => is_part(text) || is_total(text),
    };
    if !column.texts.iter().all(is_known) {
        return None;
    }
    let remedy = match dimension {
        Some(dimension) => read_from(&column, dimension, &format!("header_row = {row}")),
        None => "give the indicator such a dimension in indicators.toml, and read it by dimensions".to_owned(),
    };
    let what = format!(
        "row {row} is not read, and says {part:?} above the figures: those of a part would pass for those of all; {remedy}"
    );
    Some(Doubt::new(DoubtKind::UnreadDimension, what))
}

/// What is told of a column that says one thing of all rows, or several of the rows of one label.
pub fn mild(column: &UnreadColumn) -> Option<Doubt> {
    let labels = labels(column);
    if column.is_settled || labels < 2 {
        return None;
    }
    let what = match &column.texts[..] {
        [text] if column.has_blanks || is_total(text) => return None,
        [text] => format!("column {} is not read; it says {text:?} in all rows", column.name),
        texts if texts.len() <= FEW && column.pairs.len() > labels => {
            format!("column {} is not read; it says {} of rows of one area", column.name, named(texts))
        }
        _ => return None,
    };
    Some(Doubt::new(DoubtKind::UnreadColumn, what))
}

/// Rows of one figure that differ in the column.
fn parted(column: &UnreadColumn, left_out: &[&Dimension]) -> Option<String> {
    let (first, second) = column.parted?;
    let is_of_categories =
        column.texts.len() <= FEW || (column.texts.len() <= MANY && column.pairs.len() >= 2 * column.texts.len());
    let text = column.texts.first().filter(|_| is_of_categories)?;
    let remedy = match dimension_of(column, left_out) {
        Some(dimension) => read_by(column, dimension),
        None => "read it by dimensions, or as a part of the label by area.column".to_owned(),
    };
    Some(format!(
        "column {} is not read, and rows of one area and selection differ in it, as rows {first} and {second} do; it says {}: \
         {remedy}, or keep the rows of one text by {}",
        column.name,
        named(&column.texts),
        only(column, text)
    ))
}

/// A column that says that its figures are those of a part.
fn part(column: &UnreadColumn, left_out: &[&Dimension]) -> Option<String> {
    let dimension = dimension_of(column, left_out);
    let kind = breakdown(&column.heading);
    let is_all = |text: &&String| is_total(text) || dimension.is_some_and(|dimension| is_total_of(dimension, text));
    let parts: Vec<String> = column.texts.iter().filter(|text| !is_all(text)).cloned().collect();
    let by_words = column.texts.iter().all(|text| is_part(text) || is_total(text));
    // An area may be urban or rural as a whole.
    let is_of_areas = column.texts.len() > 1 && column.pairs.len() == labels(column);
    let is_certain = dimension.is_some() || kind.is_some_and(|kind| kind != Breakdown::Residence || !is_of_areas);
    if parts.is_empty() || !(is_certain || (by_words && !is_of_areas)) {
        return None;
    }
    let remedy = match (dimension, column.texts.iter().find(|text| is_all(text))) {
        (Some(dimension), _) => read_by(column, dimension),
        (None, Some(total)) => format!("keep the rows of all by {}", only(column, total)),
        (None, None) => "give the indicator such a dimension in indicators.toml, and read it by dimensions".to_owned(),
    };
    Some(format!(
        "column {} is not read, and says {}: the figures of a part would pass for those of all; {remedy}",
        column.name,
        named(&parts)
    ))
}

fn labels(column: &UnreadColumn) -> usize {
    column.pairs.iter().map(|pair| pair.label).collect::<FxHashSet<_>>().len()
}

/// The first texts.
fn named(texts: &[String]) -> String {
    let first = texts.iter().take(NAMED).map(|text| format!("{text:?}")).collect::<Vec<_>>().join(", ");
    match texts.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{first} and {more} more"),
        None => first,
    }
}

#[cfg(test)]
mod tests {
    use crate::statistics::{
        read,
        tests::{csv, indicators, mapping},
    };

    /// The grave doubts about a table with the columns `area` and `v`.
    fn doubts(text: &str, indicator: &str) -> Vec<String> {
        let how = format!(
            "area = {{ column = 'area' }}\nindicator = {{ value = '{indicator}' }}\nperiod = {{ value = 2014 }}\nvalue = {{ column = 'v' }}\n"
        );
        let intake = read(&csv(text), &mapping(&how), &indicators()).unwrap();
        intake.doubts.into_iter().map(|doubt| format!("{}: {}", doubt.kind, doubt.what)).collect()
    }

    #[test]
    fn a_part_that_would_pass_for_the_whole_is_doubted_with_the_line_that_reads_it() {
        for (text, indicator, expected) in [
            ("area,sex,v\nN,F,1\nS,F,2\n", "arrivals_by_sex", "read it by dimensions.sex = { column = \"B\" }"),
            ("area,Пол,v\nN,F,1\nS,F,2\n", "arrivals_by_sex", "read it by dimensions.sex = { column = \"B\" }"),
            ("area,x,v\nN,F,1\nS,M,2\n", "arrivals_by_sex", "read it by dimensions.sex = { column = \"B\" }"),
            ("area,sex,v\nN,women,1\nS,women,2\n", "arrivals_by_sex", "say in its values which code each text stands for"),
            ("area,sex,v\nN,F,1\nS,F,2\n", "arrivals", "give the indicator such a dimension"),
            ("area,Возраст,v\nN,15-24,1\nS,15-24,2\n", "arrivals", "column B \"Возраст\" is not read, and says \"15-24\""),
            ("area,group,v\nN,женщины,1\nS,женщины,2\n", "arrivals", "says \"женщины\""),
            ("area,group,v\nN,Y15-24,1\nS,Y15-24,2\n", "arrivals", "says \"Y15-24\""),
            (
                "area,citizen,v\nN,Total,1\nN,Georgia,2\nS,Total,1\n",
                "arrivals",
                "rows of one area and selection differ in it, as rows 2 and 3",
            ),
            (
                "area,origin,v\nN,all,1\nS,Georgia,2\n",
                "arrivals",
                "keep the rows of all by only = [{ column = \"B\", values = [\"all\"] }]",
            ),
            ("area,kind,v\nN,in,1\nN,out,2\n", "arrivals", "rows 2 and 3 do; it says \"in\", \"out\""),
        ] {
            let found = doubts(text, indicator);
            assert!(
                found.len() == 1 && found[0].starts_with("unread-dimension") && found[0].contains(expected),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn totals_and_what_an_area_is_as_a_whole_are_no_parts() {
        for text in [
            "area,sex,v\nN,_T,1\nS,_T,2\n",
            "area,Пол,v\nN,Оба пола,1\nS,Оба пола,2\n",
            "area,degurba,v\nN,urban,1\nS,rural,2\n",
            "area,type,v\nN,urban,1\nS,rural,2\n",
            "area,name,v\nN,North,1\nS,South,2\n",
            "area,note,v\nN,,1\nS,revised,2\n",
        ] {
            assert_eq!(doubts(text, "arrivals_by_sex"), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_row_of_headings_that_is_not_read_and_says_a_part_is_doubted_with_the_line_that_reads_it() {
        let how = |indicator: &str, more: &str| {
            format!(
                "area = {{ column = 1 }}\nindicator = {{ value = '{indicator}' }}\nperiod = {{ header_row = 1 }}\nvalue = {{ columns = ['B:'] }}\n{more}"
            )
        };
        let doubts = |text: &str, indicator: &str, more: &str| -> Vec<String> {
            let intake = read(&csv(text), &mapping(&how(indicator, more)), &indicators()).unwrap();
            intake.doubts.into_iter().map(|doubt| doubt.what).collect()
        };
        let women = "area,2013,2014\nsex,F,F\nN,1,2\n";
        assert_eq!(
            doubts(women, "arrivals_by_sex", "first_row = 3"),
            [
                "row 2 is not read, and says \"F\" above the figures: those of a part would pass for those of all; read it by dimensions.sex = { header_row = 2 }"
            ]
        );
        let words = "area,2013,2014\n,женщины,женщины\nN,1,2\n";
        assert!(doubts(words, "arrivals", "first_row = 3")[0].contains("says \"женщины\" above the figures"));
        for (text, more) in [
            (women, "first_row = 3\ndimensions = { sex = { header_row = 2 } }"),
            ("area,2013,2014\n,persons,persons\nN,1,2\n", "first_row = 3"),
            ("area,2013,2014\n,_T,_T\nN,1,2\n", "first_row = 3"),
        ] {
            assert_eq!(doubts(text, "arrivals_by_sex", more), [""; 0], "{text}");
        }
    }
}
