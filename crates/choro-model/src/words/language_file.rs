//! The messages of one file of `texts/`, in the format of Project Fluent.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};

/// A file that was read, with the plural rules of its language.
pub(super) struct LanguageFile(FluentBundle<FluentResource>);

impl LanguageFile {
    /// Reads a file. Lines that are no messages are left out here; a test refuses a file that has such lines.
    pub fn read(tag: &str, text: &str) -> Self {
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(understood, _)| understood);
        let mut bundle = FluentBundle::new_concurrent(vec![tag.parse().unwrap_or_default()]);
        // Marks around what is put in would be part of labels and titles.
        bundle.set_use_isolating(false);
        let added = bundle.add_builtins();
        debug_assert!(added.is_ok(), "no function has been added before");
        bundle.add_resource_overriding(resource);
        Self(bundle)
    }

    /// The text of a message, filled in. `None` where the file has no such message, or where the message asks for a value that is
    /// not among `values`.
    pub fn text(&self, id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let message = self.0.get_message(id)?;
        let mut errors = Vec::new();
        let text = self.0.format_pattern(message.value()?, Some(values), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}
