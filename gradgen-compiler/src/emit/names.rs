//! Names of local variables in generated code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};

/// Every local variable starts with this, and its span is that of the macro: hygiene alone does
/// not keep a `let` from meaning a constant of the user's.
const PREFIX: &str = "__";

/// Names that differ from each other, whatever the user's variables are called.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// How often a name was asked for, so that the next free one is found at once.
    asked: BTreeMap<String, usize>,
}

impl Names {
    /// Names that differ from these too.
    pub(super) fn beside<'a>(idents: impl Iterator<Item = &'a Ident>) -> Self {
        Self { taken: idents.map(ToString::to_string).collect(), asked: BTreeMap::new() }
    }

    /// A name after a variable of the user's, or a plain number.
    pub(super) fn local(&mut self, after: Option<&str>) -> Ident {
        let base = after.unwrap_or("t");
        let asked = self.asked.entry(base.to_owned()).or_insert(0);
        loop {
            *asked += 1;
            let text = match (after, *asked) {
                (Some(_), 1) => format!("{PREFIX}{base}"),
                (_, count) => format!("{PREFIX}{base}_{count}"),
            };
            if self.taken.insert(text.clone()) {
                return Ident::new(&text, Span::mixed_site());
            }
        }
    }
}

/// An identifier, raw if it is a keyword.
pub(super) fn identifier(text: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(text) {
        Ok(_) => Ident::new(text, span),
        Err(_) => Ident::new_raw(text, span),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `t` numbered, and a variable that is called like that.
    #[test]
    fn names_differ_whatever_the_user_calls_his_variables() {
        let argument = Ident::new("__v_x", Span::call_site());
        let mut names = Names::beside([&argument].into_iter());
        let asked = [Some("t_1"), None, Some("t"), Some("t"), Some("t_2"), None, Some("v_x"), Some("v_x")];
        let given: BTreeSet<_> = asked.iter().map(|after| names.local(*after).to_string()).collect();
        assert_eq!(given.len(), asked.len(), "{given:?}");
        assert!(!given.contains("__v_x"));
    }
}
