//! Calls of other functions, and values as what they take: by reference, or owned.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use super::code::{Code, respan};
use crate::ir::{Call, Mode, Node, Op, Value};

impl Code<'_> {
    pub(super) fn call(&mut self, value: Value, node: &Node, call: &Call) -> TokenStream {
        let inputs = call.references.len();
        let args: Vec<_> = node
            .args
            .iter()
            .enumerate()
            .map(|(place, &arg)| {
                if place >= inputs {
                    self.tangent_reference(arg)
                } else if call.references[place] {
                    self.reference(arg)
                } else {
                    self.owned(arg)
                }
            })
            .collect();
        let count = match call.mode {
            Mode::Primal | Mode::Jvp => call.outputs,
            Mode::Forward | Mode::ForwardJvp => call.outputs + 1,
            Mode::Reverse | Mode::ReverseJvp => inputs,
        };
        let projections = self.projections(value, count);
        let pattern = self.pattern(&projections);
        let (callee, runtime) = (&self.types.symbols[call.callee as usize], self.runtime);
        let mut method = super::hidden::method(call.mode);
        // Where rustc has something to say about the callee, it says it there.
        let span = callee.clone().into_iter().last().map_or_else(Span::call_site, |token| token.span());
        method.set_span(span.resolved_at(method.span()));
        let called = quote_spanned!(span=> #callee::#method(#(#args),*));
        let arguments = &args[..inputs];
        let identity = (!call.own && self.identified.insert(call.callee))
            .then(|| quote_spanned!(span=> #callee::__is(#callee, #(#arguments),*);));
        if self.fallible {
            quote!(#identity let #pattern = #called?;)
        } else {
            let value = respan(quote!(#runtime::chain::value(#called)), span);
            quote!(#identity let #pattern = #value;)
        }
    }

    /// A reference to a value.
    fn reference(&mut self, value: Value) -> TokenStream {
        if let Op::Input(place) = self.graph.node(value).op
            && self.arguments[place].by_reference
        {
            let ident = &self.arguments[place].ident;
            return quote!(#ident);
        }
        let expression = self.expression(value);
        if self.views.contains(&self.schedule.storage(value)) {
            return expression;
        }
        if self.buffer(value).is_some() {
            return quote!(&*#expression);
        }
        match self.graph.node(value).op {
            Op::Get | Op::Array | Op::Zeros(_) | Op::Input(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_) => {
                quote!(&#expression)
            }
            _ if self.variable(value).is_some() => quote!(&#expression),
            _ => quote!(&(#expression)),
        }
    }

    /// A reference to a tangent; there is none of integers and truth values.
    fn tangent_reference(&mut self, value: Value) -> TokenStream {
        if self.graph.node(value).ty.is_differentiable() { self.reference(value) } else { quote!(&()) }
    }

    /// The expression of a value as an owned one.
    pub(super) fn owned(&mut self, value: Value) -> TokenStream {
        if let Some(buffer) = self.buffer(value) {
            let ident = &buffer.ident;
            return quote!(*#ident);
        }
        if self.views.contains(&self.schedule.storage(value)) {
            let ident = self.variable(value);
            return quote!(*#ident);
        }
        if let Op::Input(place) = self.graph.node(value).op
            && self.arguments[place].by_reference
        {
            let ident = &self.arguments[place].ident;
            return quote!(*#ident);
        }
        self.expression(value)
    }
}
