//! Names of local variables in generated code.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Span};

/// Every local variable starts with this, and its span is that of the macro: hygiene alone does
/// not keep a `let` from meaning a constant of the user's.
const PREFIX: &str = "__";

/// Names that differ from each other.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeMap<String, usize>,
}

impl Names {
    /// A name after a variable of the user's, or a plain number.
    pub(super) fn local(&mut self, after: Option<&str>) -> Ident {
        let base = after.unwrap_or("t");
        let count = self.taken.entry(base.to_owned()).or_insert(0);
        *count += 1;
        let text = match (after, *count) {
            (Some(_), 1) => format!("{PREFIX}{base}"),
            (_, count) => format!("{PREFIX}{base}_{count}"),
        };
        Ident::new(&text, Span::mixed_site())
    }
}

/// An identifier, raw if it is a keyword.
pub(super) fn identifier(text: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(text) {
        Ok(_) => Ident::new(text, span),
        Err(_) => Ident::new_raw(text, span),
    }
}
