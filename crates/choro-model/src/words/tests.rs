//! The files of `texts/` against the list of the server's messages, and which file a language gets.

use super::{
    languages::{FILES, Languages, words},
    messages::MESSAGES,
};
use fluent_syntax::{
    ast::{Entry, Message},
    parser,
    serializer::serialize,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The messages of a file by their ids, each with its group and its variables; and the parts that are no Fluent.
#[derive(Default)]
struct FileOfTexts {
    messages: BTreeMap<String, (String, BTreeSet<String>)>,
    junk: Vec<String>,
}

impl FileOfTexts {
    fn read(text: &str) -> Self {
        let resource = parser::parse(text).unwrap_or_else(|(resource, _)| resource);
        let (mut file, mut group) = (Self::default(), String::new());
        for entry in resource.body {
            match entry {
                Entry::GroupComment(comment) => group = comment.content.join(" "),
                Entry::Message(message) => {
                    file.messages.insert(message.id.name.to_owned(), (group.clone(), variables(message)));
                }
                Entry::Junk { content } => file.junk.push(content.to_owned()),
                _ => {}
            }
        }
        file
    }

    /// The messages that the server takes, with their variables.
    fn of_server(&self) -> BTreeMap<String, BTreeSet<String>> {
        let own = |group: &str| group.starts_with("Server: ") || group.starts_with("Shared: ");
        let messages = self.messages.iter().filter(|(_, (group, _))| own(group));
        messages.map(|(id, (_, variables))| (id.clone(), variables.clone())).collect()
    }
}

/// The names after `$` in a message, wherever they stand in it.
fn variables(message: Message<&str>) -> BTreeSet<String> {
    let message = Message { comment: None, ..message };
    let text = serialize(&fluent_syntax::ast::Resource { body: vec![Entry::Message(message)] });
    let name =
        |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).next().unwrap().to_owned();
    text.split('$').skip(1).map(name).collect()
}

fn files() -> BTreeMap<&'static str, FileOfTexts> {
    FILES.iter().map(|(tag, text)| (*tag, FileOfTexts::read(text))).collect()
}

fn id(name: &str) -> String {
    name.replace('_', "-")
}

#[test]
fn each_file_is_understood() {
    for (tag, file) in files() {
        assert_eq!(file.junk, [""; 0], "texts/{tag}.ftl");
    }
}

#[test]
fn the_english_file_has_the_messages_that_the_server_takes_with_their_variables() {
    let taken =
        MESSAGES.iter().map(|(name, variables)| (id(name), variables.iter().map(|name| (*name).to_owned()).collect()));
    let (taken, english): (BTreeMap<_, BTreeSet<_>>, _) = (taken.collect(), files()["en"].of_server());
    for (id, variables) in &taken {
        assert_eq!(english.get(id), Some(variables), "texts/en.ftl: {id} of messages.rs, in a group for the server");
    }
    let unused: Vec<_> = english.keys().filter(|id| !taken.contains_key(*id)).collect();
    assert!(unused.is_empty(), "texts/en.ftl: messages.rs does not have {unused:?}");
}

#[test]
fn each_file_has_every_message_of_the_server_with_its_variables() {
    let files = files();
    let english = files["en"].of_server();
    for (tag, file) in &files {
        let own = file.of_server();
        for (id, variables) in &english {
            assert_eq!(own.get(id), Some(variables), "texts/{tag}.ftl: {id}");
        }
        let more: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
        assert!(more.is_empty(), "texts/{tag}.ftl: texts/en.ftl does not have {more:?}");
    }
}

#[test]
fn no_message_of_the_server_is_unused() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let code: String = rust_files(crates).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let is_used = |name: &str| {
        let field = format!(".{name}");
        code.match_indices(&field)
            .any(|(at, _)| !code[at + field.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    let unused: Vec<_> = MESSAGES.iter().map(|(name, _)| id(name)).filter(|id| !is_used(&id.replace('-', "_"))).collect();
    assert!(unused.is_empty(), "texts/en.ftl: no code asks for {unused:?}");
}

/// The files of Rust in the `src` folders of all crates, without those that are tests.
fn rust_files(crates: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (vec![], vec![]);
    folders.extend(fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path().join("src")));
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
                found.push(path);
            }
        }
    }
    found
}

#[test]
fn a_language_gets_its_own_file_then_that_of_its_base_then_english() {
    let files = [
        ("en", "period = Period\ntable = Table\npage-show = Show"),
        ("sr", "period = период\ntable = табела"),
        ("sr-Latn", "period = period\nsources-release = { $unknown }"),
    ];
    let languages = Languages::read(files);
    for (tag, expected) in [
        ("sr-Latn", ["period", "табела", "Show"]),
        ("sr-latn-RS", ["period", "табела", "Show"]),
        ("sr-Cyrl", ["период", "табела", "Show"]),
        ("sr", ["период", "табела", "Show"]),
        ("srx", ["Period", "Table", "Show"]),
        ("en-GB", ["Period", "Table", "Show"]),
    ] {
        let words = languages.words(tag);
        assert_eq!([&words.period, &words.table, &words.page_show], expected, "{tag}");
    }
    assert_eq!(languages.words("sr").column_code, "column-code", "a message of no file is its id");
    assert_eq!(
        languages.words("sr-Latn").sources_release("r", "d"),
        "sources-release",
        "a value that the program does not give"
    );
}

#[test]
#[cfg(debug_assertions)]
fn a_count_takes_the_plural_form_of_its_language() {
    let sentence = |tag: &str, count| words(&tag.parse().unwrap()).summary_with_data(count, 2000);
    for (count, expected) in
        [(0, "0 območij"), (1, "1 območje"), (2, "2 območji"), (3, "3 območja"), (5, "5 območij"), (101, "101 območje")]
    {
        assert_eq!(sentence("sl", count), format!("{expected} s podatki."));
    }
    assert_eq!(sentence("en", 1200), "Areas with data: 1200 of 2000.");
    assert_eq!(sentence("ru", 1), "Территорий с данными: 1 из 2000.");
}

#[test]
fn what_is_put_into_a_text_stands_there_as_it_is() {
    let words = words(&"en".parse().unwrap());
    assert_eq!(words.sources_figures("{ $licence }", "<b>"), "Source: { $licence }. Licence: <b>.");
}

#[test]
fn periods_of_every_kind_are_called_as_people_call_them() {
    for (period, en, ru) in [
        ("2014", "2014", "2014 г."),
        ("2014-S1", "first half of 2014", "I полугодие 2014 г."),
        ("2014-T2", "May to August 2014", "май – август 2014 г."),
        ("2014-Q1", "Q1 2014", "I квартал 2014 г."),
        ("2014-Q4", "Q4 2014", "IV квартал 2014 г."),
        ("2014-01", "January 2014", "январь 2014 г."),
        ("2014-W05", "week 5 of 2014", "5-я неделя 2014 г."),
        ("2014-07-01", "1 July 2014", "1 июля 2014 г."),
        ("2014-12-31", "31 December 2014", "31 декабря 2014 г."),
    ] {
        for (lang, expected) in [("en", en), ("ru", ru), ("sl", en)] {
            let name = words(&lang.parse().unwrap()).period_name(period.parse().unwrap());
            assert_eq!(name, expected, "{period} in {lang}");
        }
    }
}
