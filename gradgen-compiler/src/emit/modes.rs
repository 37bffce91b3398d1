//! What callers can do with a function: go through it forward, in reverse, and twice. Only rustc sees both a
//! caller and what it calls, so this is said with traits.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::respan;
use crate::frontend::without_arguments;
use crate::ir::Mode;
use crate::model::Compiled;
use crate::passes::calls;

/// A way to go through a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// The value alone.
    Call,
    /// Forward mode.
    Forward,
    /// Reverse mode.
    Reverse,
    /// Second order.
    Twice,
}

impl Way {
    const ALL: [Self; 4] = [Self::Call, Self::Forward, Self::Reverse, Self::Twice];

    /// The trait of the functions that can be gone through.
    fn name(self) -> Ident {
        let name = match self {
            Self::Call => "Callable",
            Self::Forward => "Forward",
            Self::Reverse => "Reversible",
            Self::Twice => "Twice",
        };
        Ident::new(name, Span::call_site())
    }

    /// Whether a call is one.
    const fn is(self, mode: Mode) -> bool {
        match self {
            Self::Call => true,
            Self::Forward => matches!(mode, Mode::Jvp | Mode::ForwardJvp),
            Self::Reverse => {
                matches!(mode, Mode::Forward | Mode::Reverse | Mode::ForwardJvp | Mode::ReverseJvp)
            }
            Self::Twice => matches!(mode, Mode::ForwardJvp | Mode::ReverseJvp),
        }
    }
}

impl Emitter<'_> {
    /// The ways through this function that are open as far as it goes itself: of those that are closed rustc
    /// says why. What nobody can call at all says that alone, and so does what has no first order.
    fn own_ways(&self, there: &[Mode]) -> Vec<Way> {
        let has = |modes: &[Mode]| modes.iter().all(|mode| there.contains(mode));
        let is_open = |way: &Way| match way {
            Way::Call => has(&[Mode::Primal]) || self.refuses_slices(),
            _ if !has(&[Mode::Primal]) => true,
            Way::Forward => has(&[Mode::Jvp]),
            Way::Reverse => has(&[Mode::Forward, Mode::Reverse]),
            Way::Twice => !has(&[Mode::Jvp, Mode::Reverse]) || has(&[Mode::ForwardJvp, Mode::ReverseJvp]),
        };
        Way::ALL.into_iter().filter(is_open).collect()
    }

    /// That callers can go through the function, if one can go through all functions that it calls itself;
    /// and that one can, where a sibling does.
    pub(super) fn ways(&self, there: &[Mode]) -> TokenStream {
        let (callees, lints) = (self.callees(), self.lints());
        let own = self.own_ways(there).into_iter().map(|way| {
            // Whether what it calls can be called, it asks itself.
            self.way(way, if way == Way::Call { &[] } else { &callees })
        });
        let needed = self.needed_ways();
        let check = (!needed.is_empty()).then(|| {
            quote! {
                #lints
                const _: () = {
                    #[allow(dead_code)]
                    fn __ways() where #(#needed),* {}
                };
            }
        });
        quote!(#(#own)* #check)
    }

    /// That callers can go through the function whatever it calls: for one with errors, which are all that is
    /// to be seen.
    pub(super) fn all_ways(&self) -> TokenStream {
        Way::ALL.into_iter().map(|way| self.way(way, &[])).collect()
    }

    /// That a way through the function is open where it is through all of these.
    fn way(&self, way: Way, callees: &[TokenStream]) -> TokenStream {
        let (name, runtime, lints, way) = (self.function.ident(), &self.runtime, self.lints(), way.name());
        let (generics, arguments) = (self.generic_parameters(), self.generic_arguments());
        let calls = callees.iter().map(|callee| quote!(#callee: #runtime::chain::#way<__L>));
        let bounds: Vec<_> = self.predicates().into_iter().chain(calls).collect();
        let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds),*));
        quote! {
            #lints
            impl<__L, #(#generics),*> #runtime::chain::#way<__L> for #name #arguments #bounds {}
        }
    }

    /// The function itself and its siblings.
    fn everything(&self) -> impl Iterator<Item = &Compiled> {
        std::iter::once(&self.function.primal).chain(&self.function.siblings)
    }

    /// The bounds that they set on what they call, where the message is to point to.
    fn needed_ways(&self) -> Vec<TokenStream> {
        if self.function.attribute.custom.is_some() {
            return vec![];
        }
        let runtime = &self.runtime;
        let calls: BTreeSet<(u32, Mode)> =
            self.everything().flat_map(|compiled| calls(&compiled.graph)).collect();
        let mut bounds: Vec<TokenStream> = vec![];
        for way in Way::ALL {
            for &(symbol, _) in calls.iter().filter(|(_, mode)| way.is(*mode)) {
                let (callee, name) = (self.callee(symbol), way.name());
                let span =
                    callee.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
                let bound = respan(quote!(#callee: #runtime::chain::#name<()>), span);
                if !bounds.iter().any(|known| known.to_string() == bound.to_string()) {
                    bounds.push(bound);
                }
            }
        }
        bounds
    }

    /// The companion of a callee, whatever the lengths are that it is called with.
    fn callee(&self, symbol: u32) -> TokenStream {
        let path = syn::parse2(self.types.symbols[symbol as usize].clone()).map(without_arguments);
        path.map_or_else(|_| TokenStream::new(), |path| quote!(#path))
    }

    /// The functions that are called, each once.
    fn callees(&self) -> Vec<TokenStream> {
        if self.function.attribute.custom.is_some() {
            return vec![];
        }
        let symbols: BTreeSet<_> =
            calls(&self.function.primal.graph).into_iter().map(|(symbol, _)| symbol).collect();
        let mut callees: Vec<TokenStream> = vec![];
        for symbol in symbols {
            let callee = self.callee(symbol);
            if !callees.iter().any(|known| known.to_string() == callee.to_string()) {
                callees.push(callee);
            }
        }
        callees
    }
}
