//! What callers can do with a function: go through it forward, in reverse, and twice. Only rustc sees both a
//! caller and what it calls, so this is said with traits.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::respan;
use crate::frontend::without_arguments;
use crate::ir::Mode;
use crate::passes::calls;

/// A way to go through a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    /// Forward mode.
    Forward,
    /// Reverse mode.
    Reverse,
    /// Second order.
    Twice,
}

impl Way {
    const ALL: [Self; 3] = [Self::Forward, Self::Reverse, Self::Twice];

    /// The trait of the functions that can be gone through.
    fn name(self) -> Ident {
        let name = match self {
            Self::Forward => "Forward",
            Self::Reverse => "Reversible",
            Self::Twice => "Twice",
        };
        Ident::new(name, Span::call_site())
    }

    /// Whether a call is one.
    const fn is(self, mode: Mode) -> bool {
        match self {
            Self::Forward => matches!(mode, Mode::Jvp | Mode::ForwardJvp),
            Self::Reverse => {
                matches!(mode, Mode::Forward | Mode::Reverse | Mode::ForwardJvp | Mode::ReverseJvp)
            }
            Self::Twice => matches!(mode, Mode::ForwardJvp | Mode::ReverseJvp),
        }
    }
}

impl Emitter<'_> {
    /// The ways through this function that are open as far as it goes itself.
    fn own_ways(&self, is_complete: bool) -> Vec<Way> {
        let signature = &self.function.signature;
        if let Some(custom) = &self.function.attribute.custom {
            let (forward, reverse) = (custom.forward(signature).is_some(), custom.reverse().is_some());
            // Where there is no first order, that is what is said.
            let open = [forward, reverse, !reverse || custom.is_twice()];
            return Way::ALL.into_iter().zip(open).filter(|(_, open)| *open).map(|(way, _)| way).collect();
        }
        // What refuses slices says that alone.
        let is_open = |way: &Way| *way != Way::Reverse || is_complete || signature.is_called_by_nobody();
        Way::ALL.into_iter().filter(is_open).collect()
    }

    /// That callers can go through the function, if one can go through all functions that it calls itself;
    /// and that one can, where a sibling does.
    pub(super) fn ways(&self, is_complete: bool) -> TokenStream {
        let (name, runtime, lints) = (self.function.ident(), &self.runtime, self.lints());
        let (generics, arguments) = (self.generic_parameters(), self.generic_arguments());
        let predicates = self.predicates();
        let callees = self.callees();
        let own = self.own_ways(is_complete).into_iter().map(|way| {
            let way = way.name();
            let calls = callees.iter().map(|callee| quote!(#callee: #runtime::chain::#way<__L>));
            let bounds: Vec<_> = predicates.iter().cloned().chain(calls).collect();
            let bounds = (!bounds.is_empty()).then(|| quote!(where #(#bounds),*));
            quote! {
                #lints
                impl<__L, #(#generics),*> #runtime::chain::#way<__L> for #name #arguments
                #bounds {}
            }
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

    /// The bounds that siblings set on what they call, where the message is to point to.
    fn needed_ways(&self) -> Vec<TokenStream> {
        if self.function.attribute.custom.is_some() {
            return vec![];
        }
        let runtime = &self.runtime;
        let calls: BTreeSet<(u32, Mode)> =
            self.function.siblings.iter().flat_map(|sibling| calls(&sibling.graph)).collect();
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
