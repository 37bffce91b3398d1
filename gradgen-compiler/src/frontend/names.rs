//! Names as rustc tells them apart: text and hygiene.

use std::collections::{BTreeMap, BTreeSet};

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

/// The variables in sight, by name. Scopes are entered and left in turn.
#[derive(Clone, Default)]
pub(super) struct Scopes {
    /// The texts of the names of each scope, the innermost last.
    open: Vec<Vec<String>>,
    /// The variables of a text, the innermost last.
    known: BTreeMap<String, Vec<(Name, usize)>>,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This variable.
    Variable(usize),
    /// Nothing that is known; but a variable of the same text comes from another macro.
    Ambiguous,
    /// No variable.
    Unknown,
}

impl Scopes {
    pub(super) fn enter(&mut self) {
        self.open.push(vec![]);
    }

    pub(super) fn leave(&mut self) {
        for text in self.open.pop().unwrap_or_default() {
            if let Some(variables) = self.known.get_mut(&text) {
                variables.pop();
            }
        }
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn declare(&mut self, name: Name, variable: usize) {
        if let Some(scope) = self.open.last_mut() {
            scope.push(name.text.clone());
        }
        self.known.entry(name.text.clone()).or_default().push((name, variable));
    }

    pub(super) fn find(&self, name: &Name) -> Meaning {
        let variables = self.known.get(&name.text).map_or(&[][..], Vec::as_slice);
        match variables.iter().rev().find(|(known, _)| known == name) {
            Some((_, variable)) => Meaning::Variable(*variable),
            None if variables.is_empty() => Meaning::Unknown,
            None => Meaning::Ambiguous,
        }
    }

    /// The variable that had the name first: a parameter.
    pub(super) fn first(&self, name: &Name) -> Option<usize> {
        self.known.get(&name.text)?.iter().find(|(known, _)| known == name).map(|(_, variable)| *variable)
    }

    /// The same names as far as they mean some variables.
    pub(super) fn only(&self, some: &BTreeSet<usize>) -> Self {
        let mut only = Self::default();
        only.enter();
        for (name, variable) in self.known.values().flatten().filter(|(_, variable)| some.contains(variable))
        {
            only.declare(name.clone(), *variable);
        }
        only
    }

    /// All variables in sight, oldest first.
    pub(super) fn visible(&self) -> Vec<usize> {
        let mut all: Vec<_> = self.known.values().flatten().map(|(_, variable)| *variable).collect();
        all.sort_unstable();
        all
    }
}
