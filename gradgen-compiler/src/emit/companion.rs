//! The companion: the type that stands beside the function and carries its table and the
//! functions through which callers differentiate.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::{Argument, Code, can_fail};
use super::sibling::ignore;
use super::types::tuple;
use crate::frontend::Passing;
use crate::ir::{BODY, Graph, Mode, Op, Type};
use crate::passes::live;

/// The name of a companion's function.
pub(crate) fn method(mode: Mode) -> Ident {
    let name = match mode {
        Mode::Primal => "__primal",
        Mode::Jvp => "__jvp",
        Mode::Vjp => "__vjp",
        Mode::VjpJvp => "__vjp_jvp",
    };
    Ident::new(name, Span::call_site())
}

/// A parameter of a hidden function.
struct Parameter {
    ident: Ident,
    ty: TokenStream,
    by_reference: bool,
    /// Whether it is an input of the graph.
    in_graph: bool,
}

impl Emitter<'_> {
    pub(super) fn companion(&self) -> TokenStream {
        let function = self.function;
        let (name, visibility, runtime) = (function.ident(), function.visibility(), &self.runtime);
        let (info, lints) = (self.info(), self.lints());
        let functions = match &function.chain {
            Some(chain) => {
                let mut functions = vec![(Mode::Primal, &function.primal.graph), (Mode::Jvp, &chain.jvp)];
                if let Some(reverse) = &chain.reverse {
                    functions.extend([(Mode::Vjp, &reverse.vjp), (Mode::VjpJvp, &reverse.vjp_jvp)]);
                }
                functions
            }
            None => vec![],
        };
        // What would need memory whose size is known at run time only, callers have to do without.
        let functions: Vec<_> = functions
            .into_iter()
            .filter_map(|(mode, graph)| Some((mode, self.hidden(mode, graph)?)))
            .collect();
        let hidden = functions.iter().map(|(_, code)| code);
        let identity = function.chain.as_ref().map(|_| self.identity());
        let (generics, arguments) = (self.generics(), self.generic_arguments());
        let methods = functions.iter().map(|(mode, _)| method(*mode));
        // Nobody has to call what stands here.
        let uses = function.signature.generics.is_empty().then(|| {
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
            #visibility struct #name #generics {}

            #[doc(hidden)]
            #lints
            #[allow(dead_code)]
            impl #generics #name #arguments {
                #identity
                #(#hidden)*
            }

            #lints
            impl #generics #runtime::Differentiable for #name #arguments {
                const INFO: &'static #runtime::FunctionInfo = #info;
            }
            #uses
        }
    }

    /// A check that a caller means this function. A glob import can bring a companion into a scope
    /// where the function of that name is another one; then the caller's value and derivative
    /// would be of two functions. Names are known at run time only, so debug builds check.
    pub(super) fn identity(&self) -> TokenStream {
        let (name, visibility) = (self.function.ident(), self.function.visibility());
        let parameters = self.hidden_parameters(Mode::Primal);
        let types = parameters.iter().map(|parameter| &parameter.ty);
        if !self.function.signature.generics.is_empty() {
            // The arguments tell rustc which lengths are meant; of what is called only the type is
            // looked at.
            let taken = self.function.item.sig.inputs.iter().filter_map(|input| match input {
                syn::FnArg::Typed(input) => Some(&input.ty),
                syn::FnArg::Receiver(_) => None,
            });
            let output = &self.function.item.sig.output;
            return quote! {
                #[doc(hidden)]
                #[inline]
                #visibility fn __is(_: fn(#(#taken),*) #output, #(_: #types),*) {}
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

    /// The parameters of a hidden function: the primal's, then what the mode adds, by reference.
    fn hidden_parameters(&self, mode: Mode) -> Vec<Parameter> {
        let signature = &self.function.signature;
        let types = self.types;
        let mut parameters = vec![];
        for input in &signature.inputs {
            if input.is_taken() {
                let (ident, ty) = (input.ident.clone(), types.ty(&input.ty));
                let by_reference = input.passing != Passing::Value;
                let ty = if by_reference { quote!(&#ty) } else { ty };
                parameters.push(Parameter { ident, ty, by_reference, in_graph: true });
            }
        }
        let mut add = |prefix: &str, name: &str, ty: TokenStream, in_graph: bool| {
            // The names are only seen inside; the prefix keeps them from the user's.
            let ident = Ident::new(&format!("__{prefix}_{name}"), Span::mixed_site());
            parameters.push(Parameter { ident, ty: quote!(&#ty), by_reference: true, in_graph });
        };
        let inputs = |prefix: &str, add: &mut dyn FnMut(&str, &str, TokenStream, bool)| {
            for input in &signature.inputs {
                if input.is_taken() {
                    add(prefix, &input.name(), types.tangent(&input.ty), input.is_differentiable());
                }
            }
        };
        let outputs = |prefix: &str, add: &mut dyn FnMut(&str, &str, TokenStream, bool)| {
            for output in &signature.outputs {
                add(prefix, &output.name, types.tangent(&output.ty), true);
            }
        };
        match mode {
            Mode::Primal => {}
            Mode::Jvp => inputs("v", &mut add),
            Mode::Vjp => outputs("c", &mut add),
            Mode::VjpJvp => {
                outputs("c", &mut add);
                inputs("v", &mut add);
                outputs("v_c", &mut add);
            }
        }
        parameters
    }

    fn hidden(&self, mode: Mode, graph: &Graph) -> Option<TokenStream> {
        let parameters = self.hidden_parameters(mode);
        let count = self.function.signature.inputs.len();
        let mut added =
            parameters.iter().skip(self.function.primal.inputs.len()).filter(|parameter| parameter.in_graph);
        let arguments: Vec<_> = (0..graph.inputs().len())
            .map(|place| match self.function.signature.inputs.get(place) {
                Some(input) => {
                    Argument { ident: input.ident.clone(), by_reference: input.passing != Passing::Value }
                }
                None => match added.next() {
                    Some(parameter) => {
                        Argument { ident: parameter.ident.clone(), by_reference: parameter.by_reference }
                    }
                    None => unreachable!("input {place} of a graph over {count} inputs has a parameter"),
                },
            })
            .collect();
        let own = can_fail(graph);
        let fallible = self.is_fallible(graph);
        let mut code = Code::new(graph, self.types, self.target, &self.runtime, arguments, fallible, &[]);
        if code.workspace().iter().any(|buffer| buffer.ty.is_slice()) {
            return None;
        }
        let tapes: TokenStream = code
            .workspace()
            .into_iter()
            .map(|buffer| {
                let (ident, ty, zeros) = (&buffer.ident, self.types.ty(&buffer.ty), code.zeros(&buffer.ty));
                quote!(let #ident: &mut #ty = &mut #zeros;)
            })
            .collect();
        let (statements, results) = code.body();
        let statements = quote!(#tapes #statements);
        let (types, results) = self.hidden_results(mode, results);
        let (ty, result) = (tuple(&types), tuple(&results));
        let (name, visibility, runtime) = (method(mode), self.function.visibility(), &self.runtime);
        let used = code.used_inputs();
        let mentioned = |ident: &Ident| {
            code.arguments.iter().zip(&used).any(|(argument, used)| *used && argument.ident == *ident)
        };
        let unused =
            parameters.iter().map(|parameter| parameter.ident.clone()).filter(|ident| !mentioned(ident));
        let unused = ignore(&unused.collect::<Vec<_>>());
        let parameters_code = parameters.iter().map(|Parameter { ident, ty, .. }| quote!(#ident: #ty));
        let error =
            if own || fallible { quote!(#runtime::Error) } else { quote!(#runtime::chain::CannotFail) };
        let items = self.items();
        let assertions = (mode == Mode::Primal).then(|| self.constants_are_numbers(graph));
        Some(quote! {
            #[doc(hidden)]
            #[inline]
            #visibility fn #name(#(#parameters_code),*) -> ::core::result::Result<#ty, #error> {
                #unused
                #items
                #assertions
                #statements
                ::core::result::Result::Ok(#result)
            }
        })
    }

    /// A constant of a type with operators of its own could mean anything: rustc is made to check
    /// that the user's constants have the types that they were taken to have.
    fn constants_are_numbers(&self, graph: &Graph) -> TokenStream {
        let marks = live(graph, graph.results(), BODY);
        let constants =
            (0..graph.len()).filter(|&place| marks[place]).map(|place| graph.node(graph.value(place)));
        constants
            .filter_map(|node| match (&node.op, &node.ty) {
                // An integer's own type is rustc's to know: what is emitted fits them all.
                (Op::Constant(symbol), Type::Int(_)) => {
                    let path = &self.types.symbols[*symbol as usize];
                    Some(quote!(let _ = #path as i128;))
                }
                (Op::Constant(symbol), Type::Real | Type::Bool) => {
                    let (ty, path) = (self.types.ty(&node.ty), &self.types.symbols[*symbol as usize]);
                    Some(quote!(let _: #ty = #path;))
                }
                _ => None,
            })
            .collect()
    }

    /// Types and expressions of a hidden function's results: of those by input, `()` for inputs
    /// that have no derivative.
    fn hidden_results(&self, mode: Mode, results: Vec<TokenStream>) -> (Vec<TokenStream>, Vec<TokenStream>) {
        let signature = &self.function.signature;
        if matches!(mode, Mode::Primal | Mode::Jvp) {
            return (signature.outputs.iter().map(|output| self.types.ty(&output.ty)).collect(), results);
        }
        let mut found = results.into_iter();
        signature
            .inputs
            .iter()
            .filter(|input| input.is_taken())
            .map(|input| {
                let value = if input.is_differentiable() { found.next() } else { None };
                (self.types.tangent(&input.ty), value.unwrap_or_else(|| quote!(())))
            })
            .unzip()
    }
}

impl Emitter<'_> {
    /// The signatures of the hidden functions, over bodies that are never run.
    pub(super) fn hidden_stubs(&self) -> TokenStream {
        if self.function.signature.has_slices() {
            return TokenStream::new();
        }
        let modes = [Mode::Primal, Mode::Jvp, Mode::Vjp, Mode::VjpJvp];
        let identity = self.identity();
        let functions: TokenStream = modes
            .into_iter()
            .map(|mode| {
                let parameters = self.hidden_parameters(mode);
                let idents: Vec<_> = parameters.iter().map(|parameter| parameter.ident.clone()).collect();
                let unused = ignore(&idents);
                let parameters = parameters.iter().map(|Parameter { ident, ty, .. }| quote!(#ident: #ty));
                let (types, _) = self.hidden_results(mode, vec![]);
                let (ty, name, runtime) = (tuple(&types), method(mode), &self.runtime);
                let visibility = self.function.visibility();
                quote! {
                    #visibility fn #name(#(#parameters),*)
                        -> ::core::result::Result<#ty, #runtime::chain::CannotFail>
                    {
                        #unused
                        ::core::unreachable!()
                    }
                }
            })
            .collect();
        quote!(#identity #functions)
    }
}
