//! The value forms of a function that yields an option or a result: theirs is one too.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::can_fail_otherwise;
use crate::frontend::Wrapper;
use crate::ir::{BODY, Graph, Op};
use crate::passes::live;

impl Emitter<'_> {
    pub(super) const fn wrapper(&self) -> Option<&Wrapper> {
        self.function.signature.wrapper.as_ref()
    }

    /// Whether a call can be refused although the function yields something.
    fn is_refused(&self, graph: &Graph) -> bool {
        self.function.attribute.fallible || can_fail_otherwise(graph)
    }

    /// The type that a value form returns.
    pub(super) fn returned_type(&self, ty: TokenStream, graph: &Graph, fallible: bool) -> TokenStream {
        let runtime = &self.runtime;
        match self.wrapper() {
            None if fallible => quote!(::core::result::Result<#ty, #runtime::Error>),
            None => ty,
            Some(wrapper) => {
                let ty = wrapper.wrap(&ty);
                if self.is_refused(graph) { quote!(::core::result::Result<#ty, #runtime::Error>) } else { ty }
            }
        }
    }

    /// What a value form returns: from a call of the hidden function that has the body, the names of what that
    /// returns, and what becomes of them.
    pub(super) fn wrapped_result(
        &self,
        call: &TokenStream,
        fallible: bool,
        (pattern, result): (&TokenStream, &TokenStream),
        graph: &Graph,
    ) -> TokenStream {
        let Some(wrapper) = self.wrapper() else { return result.clone() };
        let (ok, err) = (quote!(::core::result::Result::Ok), quote!(::core::result::Result::Err));
        let found = match wrapper {
            Wrapper::Option => quote!(::core::option::Option::Some),
            Wrapper::Result(_) => ok.clone(),
        };
        let refused = self.is_refused(graph);
        if !fallible {
            return quote!(let #pattern = #call; #found(#result));
        }
        let missing = match wrapper {
            Wrapper::Option => quote!(::core::option::Option::None),
            Wrapper::Result(_) => match self.error_of(graph) {
                Some(error) => quote!(#err(#error)),
                // Only other reasons are left.
                None => {
                    return quote!(match #call { #ok(#pattern) => #ok(#found(#result)), #err(__error) => #err(__error) });
                }
            },
        };
        let (found, missing) = if refused {
            (quote!(#ok(#found(#result))), quote!(#ok(#missing)))
        } else {
            (quote!(#found(#result)), missing)
        };
        let others = refused.then(|| quote!(#err(error) => #err(error),));
        let runtime = &self.runtime;
        let reason = match (wrapper, refused) {
            (Wrapper::Option, true) => quote!(#err(#runtime::Error::Undefined { reason: 1.. })),
            (Wrapper::Option, false) => quote!(#err(_)),
            (Wrapper::Result(_), true) => quote!(#err(#runtime::Error::Undefined { reason: __reason @ 1.. })),
            (Wrapper::Result(_), false) => quote!(#err(__error)),
        };
        quote!(match #call { #ok(#pattern) => #found, #reason => #missing, #others })
    }

    /// The user's error, by its number.
    fn error_of(&self, graph: &Graph) -> Option<TokenStream> {
        let errors = self.function.errors.iter().enumerate();
        let reasons = reasons(graph);
        let mut errors: Vec<_> = errors
            .map(|(place, error)| (place + 1, error))
            .filter(|(number, _)| reasons.as_ref().is_none_or(|all| all.contains(&(*number as i128))))
            .collect();
        let (_, last) = errors.pop()?;
        if errors.is_empty() {
            return Some(last.clone());
        }
        let arms = errors.into_iter().map(|(number, error)| {
            let number = Literal::usize_unsuffixed(number);
            quote!(#number => #error,)
        });
        let number = if self.is_refused(graph) {
            quote!(__reason)
        } else {
            let runtime = &self.runtime;
            quote!(#runtime::Error::reason(&__error))
        };
        Some(quote!(match #number { #(#arms)* _ => #last }))
    }
}

/// The numbers of the errors that a function may yield, where they are known.
fn reasons(graph: &Graph) -> Option<BTreeSet<i128>> {
    let marks = live(graph, graph.results(), BODY);
    let mut open = vec![];
    for value in (0..graph.len()).filter(|&place| marks[place]).map(|place| graph.value(place)) {
        if graph.node(value).op == Op::Demand {
            open.push(graph.node(value).args[1]);
        }
    }
    let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
    while let Some(value) = open.pop() {
        if !seen.insert(value) {
            continue;
        }
        let node = graph.node(value);
        match &node.op {
            Op::Int(number) => {
                found.insert(*number);
            }
            Op::Select => open.extend(&node.args[1..]),
            Op::Project(place) if graph.node(node.args[0]).op == Op::If => {
                let regions = &graph.node(node.args[0]).regions;
                open.extend(regions.iter().map(|&region| graph.region(region).results[*place]));
            }
            _ => return None,
        }
    }
    Some(found)
}
