//! The hidden functions of a companion, through which callers differentiate: the function itself,
//! its tangents, and reverse mode in two halves. `__forward` computes the outputs and a tape of what
//! `__reverse` needs of the function's values, so that nothing is computed again below a caller.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::{Argument, Code, can_fail};
use super::sibling::ignore;
use super::types::tuple;
use crate::frontend::Passing;
use crate::ir::{BODY, Graph, Length, Mode, Op, Type};
use crate::passes::live;

/// All hidden functions.
pub(super) const MODES: [Mode; 6] =
    [Mode::Primal, Mode::Jvp, Mode::Forward, Mode::ForwardJvp, Mode::Reverse, Mode::ReverseJvp];

/// The name of a hidden function.
pub(crate) fn method(mode: Mode) -> Ident {
    let name = match mode {
        Mode::Primal => "__primal",
        Mode::Jvp => "__jvp",
        Mode::Forward => "__forward",
        Mode::ForwardJvp => "__forward_jvp",
        Mode::Reverse => "__reverse",
        Mode::ReverseJvp => "__reverse_jvp",
    };
    Ident::new(name, Span::call_site())
}

/// A parameter of a hidden function.
pub(super) struct Parameter {
    pub(super) ident: Ident,
    pub(super) ty: TokenStream,
    /// Whether it is an input of the graph as it is.
    in_graph: bool,
}

/// A local name that is no user's.
fn local(text: &str) -> Ident {
    Ident::new(&format!("__{text}"), Span::mixed_site())
}

impl Emitter<'_> {
    /// The parameters of a hidden function: the primal's, then what the mode adds, by reference.
    pub(super) fn hidden_parameters(&self, mode: Mode) -> Vec<Parameter> {
        let signature = &self.function.signature;
        let types = self.types;
        let mut parameters = vec![];
        for input in &signature.inputs {
            if input.is_taken() {
                let ty = match &input.structure {
                    Some(structure) => quote!(#structure),
                    None => types.ty(&input.ty),
                };
                let ident = input.ident.clone();
                let by_reference = input.passing != Passing::Value;
                let ty = if by_reference { quote!(&#ty) } else { ty };
                parameters.push(Parameter { ident, ty, in_graph: true });
            }
        }
        let mut add = |prefix: &str, name: &str, ty: TokenStream, in_graph: bool| {
            // The names are only seen inside; the prefix keeps them from the user's.
            let ident = if name.is_empty() { local(prefix) } else { local(&format!("{prefix}_{name}")) };
            parameters.push(Parameter { ident, ty: quote!(&#ty), in_graph });
        };
        let tangent = |structure: &Option<syn::Type>, ty: &Type| match structure {
            Some(structure) => quote!(#structure),
            None => types.tangent(ty),
        };
        let inputs = |prefix: &str, add: &mut dyn FnMut(&str, &str, TokenStream, bool)| {
            for input in &signature.inputs {
                if input.is_taken() {
                    let ty = tangent(&input.structure, &input.ty);
                    add(prefix, &input.name(), ty, input.is_differentiable());
                }
            }
        };
        let outputs = |prefix: &str, add: &mut dyn FnMut(&str, &str, TokenStream, bool)| {
            for output in &signature.outputs {
                add(prefix, &output.name, tangent(&output.structure, &output.ty), true);
            }
        };
        let tape = self.tape_type();
        match mode {
            Mode::Primal | Mode::Forward => {}
            Mode::Jvp | Mode::ForwardJvp => inputs("v", &mut add),
            Mode::Reverse => {
                add("tape", "", tape, false);
                outputs("c", &mut add);
            }
            Mode::ReverseJvp => {
                add("tape", "", tape.clone(), false);
                outputs("c", &mut add);
                inputs("v", &mut add);
                add("v_tape", "", tape, false);
                outputs("v_c", &mut add);
            }
        }
        parameters
    }

    pub(super) fn hidden(&self, mode: Mode, graph: &Graph) -> Option<TokenStream> {
        let parameters = self.hidden_parameters(mode);
        let arguments = self.hidden_arguments(mode, graph, &parameters);
        let own = can_fail(graph);
        let reserved = [local("tape"), local("v_tape")];
        let fallible = self.is_fallible(graph);
        let mut code =
            Code::new(graph, self.types, self.target, &self.runtime, arguments, fallible, &reserved, false);
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
        let used = code.used_inputs();
        let unpacked = self.unpack(mode, &code.arguments, &used);
        let (types, results, packed) = self.hidden_results(mode, results);
        let statements = quote!(#tapes #unpacked #statements #packed);
        let (ty, result) = (tuple(&types), tuple(&results));
        let (name, visibility, runtime) = (method(mode), self.function.visibility(), &self.runtime);
        let unpacks = |ident: &Ident| {
            let name = ident.to_string();
            (name == "__tape" || name == "__v_tape") && unpacked.to_string().contains(&name)
        };
        let mentioned = |ident: &Ident| {
            unpacks(ident)
                || code.arguments.iter().zip(&used).any(|(argument, used)| *used && argument.ident == *ident)
        };
        let unused =
            parameters.iter().map(|parameter| parameter.ident.clone()).filter(|ident| !mentioned(ident));
        let unused = ignore(&unused.collect::<Vec<_>>());
        let parameters_code = parameters.iter().map(|Parameter { ident, ty, .. }| quote!(#ident: #ty));
        let error =
            if own || fallible { quote!(#runtime::Error) } else { quote!(#runtime::chain::CannotFail) };
        let items = self.items();
        let assertions = (mode == Mode::Primal).then(|| self.constants_are_numbers(graph));
        let lengths = self.own_lengths();
        Some(quote! {
            #[doc(hidden)]
            #[inline]
            #visibility fn #name #lengths(#(#parameters_code),*) -> ::core::result::Result<#ty, #error> {
                #unused
                #items
                #assertions
                #statements
                ::core::result::Result::Ok(#result)
            }
        })
    }

    /// `<const __L0: usize>`: of arrays that stand for slices.
    fn own_lengths(&self) -> TokenStream {
        let lengths = self.lengths;
        if lengths.is_empty() { TokenStream::new() } else { quote!(<#(const #lengths: usize),*>) }
    }

    /// Whether there is no form of the function that callers could call.
    pub(super) fn refuses_slices(&self) -> bool {
        self.function.signature.is_called_by_nobody() && self.function.sized.is_none()
    }

    /// A hidden function that there can't be. It is there for callers that are not used in this mode themselves:
    /// they compile, and [cannot be gone through](Self::ways) either. One that takes slices nobody can call: no
    /// type implements the trait, whose message says why.
    pub(super) fn refused(&self, mode: Mode) -> TokenStream {
        if !self.refuses_slices() {
            return self.hidden_stub(mode);
        }
        let (name, visibility, runtime) = (method(mode), self.function.visibility(), &self.runtime);
        let others = self.hidden_parameters(mode).into_iter().skip(1).map(|parameter| parameter.ty);
        quote! {
            #[doc(hidden)]
            #visibility fn #name<__T: #runtime::chain::TakesNoSlices, __R>(
                __argument: __T, #(_: #others),*
            ) -> ::core::result::Result<__R, #runtime::chain::CannotFail> {
                ::core::result::Result::Err(#runtime::chain::TakesNoSlices::never(&__argument))
            }
        }
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

    /// How the inputs of a hidden function's graph are reached: the function's own, and in reverse
    /// mode what was on the tape, which has variables of its own.
    fn hidden_arguments(&self, mode: Mode, graph: &Graph, parameters: &[Parameter]) -> Vec<Argument> {
        let own = self.function.signature.inputs.iter().map(|input| Argument {
            ident: input.ident.clone(),
            by_reference: input.passing != Passing::Value,
        });
        let taken = self.function.primal.inputs.len();
        let added = |parameter: &Parameter| Argument { ident: parameter.ident.clone(), by_reference: true };
        let stored = |prefix: &str| {
            (0..self.stored().len())
                .map(|place| Argument { ident: local(&format!("{prefix}_{place}")), by_reference: false })
                .collect::<Vec<_>>()
        };
        let mut arguments: Vec<_> = own.collect();
        if matches!(mode, Mode::Reverse | Mode::ReverseJvp) {
            arguments.extend(stored("s"));
        }
        for parameter in parameters.iter().skip(taken) {
            if parameter.in_graph {
                arguments.push(added(parameter));
            } else if parameter.ident == local("v_tape") {
                arguments.extend(stored("v_s"));
            }
        }
        debug_assert_eq!(arguments.len(), graph.inputs().len(), "an argument for every input: {mode:?}");
        arguments
    }

    /// What is on the tape.
    fn stored(&self) -> &[Type] {
        let reverse = self.function.chain.as_ref().and_then(|chain| chain.reverse.as_ref());
        reverse.map_or(&[], |reverse| &reverse.stored)
    }

    /// How many scalars a stored value has.
    fn stored_size(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Array(_, Length::Symbol(symbol)) => self.types.symbols[*symbol as usize].clone(),
            ty => {
                let size = Literal::usize_unsuffixed(ty.size().unwrap_or(1));
                quote!(#size)
            }
        }
    }

    /// The constant that says how long the tape is. It is never empty: rows without elements could not
    /// be found in a workspace.
    pub(super) fn tape_size(&self) -> TokenStream {
        let visibility = self.function.visibility();
        let sizes = self.stored().iter().map(|ty| self.stored_size(ty));
        let size = sizes.reduce(|a, b| quote!(#a + #b)).unwrap_or_else(|| quote!(1));
        quote! {
            #[doc(hidden)]
            #visibility const __TAPE: usize = #size;
        }
    }

    /// The type of the tape. A generic function stores nothing.
    fn tape_type(&self) -> TokenStream {
        let (scalar, name) = (self.types.scalar(), self.function.ident());
        if self.stored().is_empty() { quote!([#scalar; 1]) } else { quote!([#scalar; <#name>::__TAPE]) }
    }

    /// The values of the tape as variables, those that are used.
    fn unpack(&self, mode: Mode, arguments: &[Argument], used: &[bool]) -> TokenStream {
        if !matches!(mode, Mode::Reverse | Mode::ReverseJvp) {
            return TokenStream::new();
        }
        let runtime = &self.runtime;
        let mut code = TokenStream::new();
        for (prefix, tape) in [("s", local("tape")), ("v_s", local("v_tape"))] {
            let mut at = quote!(0);
            for (place, ty) in self.stored().iter().enumerate() {
                let ident = local(&format!("{prefix}_{place}"));
                let is_used =
                    arguments.iter().zip(used).any(|(argument, used)| *used && argument.ident == ident);
                let size = self.stored_size(ty);
                if is_used {
                    code.extend(match ty {
                        Type::Real => quote!(let #ident = #tape[#at];),
                        ty => {
                            let ty = self.types.ty(ty);
                            quote!(let #ident: #ty = #runtime::chain::part(#tape, #at);)
                        }
                    });
                }
                at = quote!(#at + #size);
            }
        }
        code
    }

    /// The tape of the stored values, as statements.
    fn pack(&self, values: &[TokenStream]) -> TokenStream {
        let (runtime, tape, ty) = (&self.runtime, local("tape"), self.tape_type());
        if self.stored().is_empty() {
            let zero = self.types.zero(&self.runtime);
            return quote!(let #tape: #ty = [#zero];);
        }
        if self.stored().iter().all(|ty| *ty == Type::Real) {
            return quote!(let #tape: #ty = [#(#values),*];);
        }
        let name = self.function.ident();
        let zero = self.types.zero(&self.runtime);
        let mut code = quote!(let mut #tape: #ty = [#zero; <#name>::__TAPE];);
        let mut at = quote!(0);
        for (ty, value) in self.stored().iter().zip(values) {
            code.extend(match ty {
                Type::Real => quote!(#tape[#at] = #value;),
                _ => quote!(#runtime::chain::put(&mut #tape, #at, &#value);),
            });
            let size = self.stored_size(ty);
            at = quote!(#at + #size);
        }
        code
    }

    /// Types and expressions of a hidden function's results, and statements before them: of those by
    /// input, `()` for inputs that have no derivative.
    pub(super) fn hidden_results(
        &self,
        mode: Mode,
        results: Vec<TokenStream>,
    ) -> (Vec<TokenStream>, Vec<TokenStream>, TokenStream) {
        let signature = &self.function.signature;
        if matches!(mode, Mode::Reverse | Mode::ReverseJvp) {
            let mut found = results.into_iter();
            let (types, values) = signature
                .inputs
                .iter()
                .filter(|input| input.is_taken())
                .map(|input| {
                    let value = if input.is_differentiable() { found.next() } else { None };
                    (self.types.tangent(&input.ty), value.unwrap_or_else(|| quote!(())))
                })
                .unzip();
            return (types, values, TokenStream::new());
        }
        let mut types: Vec<_> = signature.outputs.iter().map(|output| self.types.ty(&output.ty)).collect();
        let mut values = results;
        if matches!(mode, Mode::Primal | Mode::Jvp) {
            return (types, values, TokenStream::new());
        }
        let stored = values.split_off(types.len().min(values.len()));
        let packed = self.pack(&stored);
        types.push(self.tape_type());
        let tape = local("tape");
        values.push(quote!(#tape));
        (types, values, packed)
    }
}

impl Emitter<'_> {
    /// The signatures of the hidden functions, over bodies that are never run.
    pub(super) fn hidden_stubs(&self) -> TokenStream {
        if self.function.signature.is_called_by_nobody() {
            return TokenStream::new();
        }
        let identity = self.identity();
        let functions: TokenStream = MODES.into_iter().map(|mode| self.hidden_stub(mode)).collect();
        let tape = self.tape_size();
        quote!(#identity #tape #functions)
    }

    /// The signature of a hidden function, over a body that is never run.
    fn hidden_stub(&self, mode: Mode) -> TokenStream {
        let parameters = self.hidden_parameters(mode);
        let idents: Vec<_> = parameters.iter().map(|parameter| parameter.ident.clone()).collect();
        let unused = ignore(&idents);
        let parameters = parameters.iter().map(|Parameter { ident, ty, .. }| quote!(#ident: #ty));
        let types = self.hidden_results(mode, vec![]).0;
        let (ty, name, runtime) = (tuple(&types), method(mode), &self.runtime);
        let (visibility, lengths) = (self.function.visibility(), self.own_lengths());
        quote! {
            #[doc(hidden)]
            #visibility fn #name #lengths(#(#parameters),*)
                -> ::core::result::Result<#ty, #runtime::chain::CannotFail>
            {
                #unused
                ::core::unreachable!()
            }
        }
    }
}
