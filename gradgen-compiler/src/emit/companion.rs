//! The companion: the type that stands beside the function and carries its table and the
//! functions through which callers differentiate.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::hidden::{MODES, method};
use super::{Emitter, Sizes};
use crate::ir::Mode;

impl Emitter<'_> {
    pub(super) fn companion(&self) -> TokenStream {
        let function = self.function;
        let (name, visibility, runtime) = (function.ident(), function.visibility(), &self.runtime);
        let (info, lints) = (self.info(), self.lints());
        // Callers of a function of slices see one of arrays.
        let sized = function.sized.as_ref().map(|sized| (sized, Sizes::new(&sized.function)));
        let sized = sized.as_ref().map(|(sized, sizes)| Emitter {
            lengths: &sized.lengths,
            ..Emitter::new(&sized.function, sizes, self.target)
        });
        let callee = sized.as_ref().unwrap_or(self);
        let functions = callee.hidden_functions();
        let given = function.attribute.custom.as_ref().map(|custom| self.given(custom));
        let hidden = functions.iter().map(|(_, code)| code);
        let is_there = |mode: &Mode| functions.iter().any(|(known, _)| known == mode);
        let refused = MODES.iter().filter(|mode| !is_there(mode)).map(|&mode| callee.refused(mode));
        let (identity, entries, tape) = (self.identity(), self.entries(), self.tape_size());
        let ways = self.ways(&functions.iter().map(|(mode, _)| *mode).collect::<Vec<_>>());
        let (generics, arguments) = (self.generics_with_defaults(), self.generic_arguments());
        let (parameters, predicates, fields) =
            (self.generics(), self.where_clause(), self.companion_fields());
        // Rustc could not know of which lengths these are.
        let methods = functions.iter().filter(|_| callee.lengths.is_empty()).map(|(mode, _)| method(*mode));
        // Nobody has to call what stands here.
        let uses = parameters.is_empty().then(|| {
            quote! {
                #[allow(deprecated)]
                const _: () = {
                    let _ = #name;
                    let _ = <#name as #runtime::Differentiable>::INFO;
                    #(let _ = #name::#methods;)*
                };
            }
        });
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
            #visibility struct #name #generics { #fields }

            #[doc(hidden)]
            #lints
            #[allow(dead_code)]
            impl #parameters #name #arguments #predicates {
                #identity
                #entries
                #tape
                #given
                #(#hidden)*
                #(#refused)*
            }

            #lints
            impl #parameters #runtime::Differentiable for #name #arguments #predicates {
                const INFO: &'static #runtime::FunctionInfo = #info;
            }
            #ways
            #uses
        }
    }

    /// The functions that callers call. What would need memory whose size is known at run time only, they have
    /// to do without.
    fn hidden_functions(&self) -> Vec<(Mode, TokenStream)> {
        if let Some(custom) = &self.function.attribute.custom {
            return self.custom_hidden(custom);
        }
        let Some(chain) = &self.function.chain else { return vec![] };
        let mut functions = vec![(Mode::Primal, &self.function.primal.graph), (Mode::Jvp, &chain.jvp)];
        if let Some(reverse) = &chain.reverse {
            functions.extend([
                (Mode::Forward, &reverse.forward),
                (Mode::ForwardJvp, &reverse.forward_jvp),
                (Mode::Reverse, &reverse.reverse),
                (Mode::ReverseJvp, &reverse.reverse_jvp),
            ]);
        }
        functions.into_iter().filter_map(|(mode, graph)| Some((mode, self.hidden(mode, graph)?))).collect()
    }

    /// A check that a caller means this function. A glob import can bring a companion into a scope
    /// where the function of that name is another one; then the caller's value and derivative
    /// would be of two functions. Names are known at run time only, so debug builds check.
    pub(super) fn identity(&self) -> TokenStream {
        let (name, visibility) = (self.function.ident(), self.function.visibility());
        let parameters = self.hidden_parameters(Mode::Primal);
        let types = parameters.iter().map(|parameter| &parameter.ty);
        if !self.generic_parameters().is_empty() {
            // The arguments tell rustc which lengths are meant; of what is called only the type is
            // looked at.
            let taken = self.function.item.sig.inputs.iter().filter_map(|input| match input {
                syn::FnArg::Typed(input) => Some(without_lifetimes(input.ty.to_token_stream())),
                syn::FnArg::Receiver(_) => None,
            });
            let output = without_lifetimes(self.function.item.sig.output.to_token_stream());
            // Nobody has to call the user's function.
            let turbofish = self.turbofish();
            return quote! {
                #[doc(hidden)]
                #[allow(dead_code, deprecated)]
                #[inline]
                #visibility fn __is(_: fn(#(#taken),*) #output, #(_: #types),*) {
                    let _ = #name #turbofish;
                }
            };
        }
        let message = format!(
            "`{name}` is one function as a value and another one as a type: import the one that is meant by its name"
        );
        quote! {
            #[doc(hidden)]
            #[allow(dead_code, deprecated)]
            #[inline]
            #visibility fn __is<F>(function: F, #(_: #types),*) {
                ::core::debug_assert!(
                    ::core::any::type_name_of_val(&function) == ::core::any::type_name_of_val(&#name),
                    #message
                );
            }
        }
    }
}

/// A type without the names of lifetimes, which are the function's own.
fn without_lifetimes(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = vec![];
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(quote) if quote.as_char() == '\'' => {
                if let Some(TokenTree::Ident(name)) = tokens.peek()
                    && name == "static"
                {
                    kept.push(quote.into());
                } else {
                    tokens.next();
                }
            }
            TokenTree::Group(group) => {
                let mut new = Group::new(group.delimiter(), without_lifetimes(group.stream()));
                new.set_span(group.span());
                kept.push(new.into());
            }
            token => kept.push(token),
        }
    }
    kept.into_iter().collect()
}
