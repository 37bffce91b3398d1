//! Names as rustc tells them apart: text and hygiene.

use proc_macro2::{Ident, Span};

/// An identifier's text and the macro expansion that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: String,
    context: String,
}

impl Name {
    /// The same with another text.
    pub(super) fn with_text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    pub(super) fn new(ident: &Ident) -> Self {
        Self { text: plain(ident), context: context(ident.span()) }
    }
}

/// The text of an identifier without `r#`.
#[must_use]
pub fn plain(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").map_or(text.clone(), str::to_owned)
}

/// The expansion that a span belongs to. There is no other access to it on stable Rust than the
/// debug text, `#3 bytes(10..12)`. Where that text is another one, all spans are of one expansion:
/// then two variables that differ by hygiene alone cannot be told apart, as in plain functions
/// there are none.
pub(super) fn context(span: Span) -> String {
    let text = format!("{span:?}");
    match text.split_once(' ') {
        Some((context, _)) if context.starts_with('#') => context.to_owned(),
        _ => String::new(),
    }
}
