//! Names of local variables in generated code.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};

/// Every local variable starts with this, and its span is that of the macro: hygiene alone does
/// not keep a `let` from meaning a constant of the user's.
const PREFIX: &str = "__";

/// Names that differ from each other.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// How often a name was asked for: where the search for a free one starts.
    asked: BTreeMap<String, usize>,
}

impl Names {
    /// No variable will be called like an argument.
    pub(super) fn reserve(&mut self, argument: &Ident) {
        self.taken.insert(argument.to_string());
    }

    /// A name after a variable of the user's, or a plain number. It may look like a number after
    /// a name of the user's (`x_2`, `t_1`), so it is compared with all that were given.
    pub(super) fn local(&mut self, after: Option<&str>) -> Ident {
        let base = after.unwrap_or("t");
        let count = self.asked.entry(base.to_owned()).or_insert(0);
        let text = loop {
            *count += 1;
            let text = match (after, *count) {
                (Some(_), 1) => format!("{PREFIX}{base}"),
                (_, count) => format!("{PREFIX}{base}_{count}"),
            };
            if self.taken.insert(text.clone()) {
                break text;
            }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_given_twice() {
        let mut names = Names::default();
        names.reserve(&Ident::new("__v_x", Span::call_site()));
        let mut given = vec!["__v_x".to_owned()];
        for after in ["a_2", "a", "a", "a_3", "a", "v_x", "t_1", "t", "s_0", "s", "s_0", "s_0_2"] {
            given.push(names.local(Some(after)).to_string());
            given.push(names.local(None).to_string());
        }
        let distinct: BTreeSet<_> = given.iter().collect();
        assert_eq!(distinct.len(), given.len(), "{given:?}");
    }
}
