//! A sibling's two forms.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::Emitter;
use super::code::{Argument, Code, can_fail, can_fail_otherwise};
use super::memory::flatten;
use super::names::identifier;
use super::types::tuple;
use crate::differentiate::Kind;
use crate::frontend::Passing;
use crate::ir::{Graph, Type};
use crate::model::{Compiled, Port, Role};

/// Bytes of results that the value form returns at most.
const VALUE_FORM: usize = 64 * 1024;

impl Emitter<'_> {
    pub(super) fn ident(&self, name: &str) -> Ident {
        identifier(name, self.function.ident().span())
    }

    /// The name of an input as a parameter of a sibling.
    pub(super) fn input_ident(&self, port: &Port) -> Ident {
        match (port.role, port.input) {
            (Role::Input, Some(place)) => self.function.signature.inputs[place].ident.clone(),
            _ => identifier(&port.name, Span::call_site()),
        }
    }

    /// The type of an input as a parameter of a sibling.
    fn input_type(&self, port: &Port) -> TokenStream {
        let ty = self.place_type(port);
        match (port.role, port.input) {
            _ if port.ty.is_slice() => quote!(&#ty),
            (Role::Input, Some(place)) => match self.function.signature.inputs[place].passing {
                Passing::Value => ty,
                Passing::Shared | Passing::Mutable => quote!(&#ty),
            },
            _ if port.structure.is_some() => quote!(&#ty),
            _ => self.types.argument(&port.ty),
        }
    }

    /// `x: &[f64; 2], w: f64`.
    pub(super) fn parameters(&self, inputs: &[Port]) -> Vec<TokenStream> {
        let parameter = |port: &Port| {
            let (ident, ty) = (self.input_ident(port), self.input_type(port));
            quote!(#ident: #ty)
        };
        inputs.iter().map(parameter).collect()
    }

    /// How the graph's inputs are reached. Those that the sibling does not take have no part in it.
    pub(super) fn arguments(
        &self,
        graph: &Graph,
        inputs: &[Port],
        tangents_by_reference: bool,
    ) -> Vec<Argument> {
        let mut added = inputs.iter().filter(|port| port.role != Role::Input);
        let count = self.function.signature.inputs.len();
        (0..graph.inputs().len())
            .map(|place| {
                if let Some(input) = self.function.signature.inputs.get(place) {
                    let ident = input.ident.clone();
                    return Argument { ident, by_reference: input.passing != Passing::Value };
                }
                match added.next() {
                    Some(port) => Argument {
                        ident: self.input_ident(port),
                        by_reference: tangents_by_reference || matches!(port.ty, Type::Array(..)),
                    },
                    None => unreachable!("input {place} of a graph over {count} inputs has a port"),
                }
            })
            .collect()
    }

    /// The constants and imports of the user's body; the code may need only some of them.
    pub(super) fn items(&self) -> TokenStream {
        let items = self.function.items.iter();
        items.map(|item| quote!(#[allow(dead_code, unused_imports)] #item)).collect()
    }

    /// Whether a call can be refused for another reason than the workspace.
    pub(super) fn is_fallible(&self, graph: &Graph) -> bool {
        self.function.attribute.fallible || can_fail(graph)
    }

    /// Whether there is a value form.
    pub(super) fn has_value_form(&self, compiled: &Compiled, code: &Code<'_>) -> bool {
        if self.is_flat(code) {
            return false;
        }
        let places = compiled.outputs.iter().map(|port| &port.ty);
        let scratch = code.workspace();
        let scalars = places.chain(scratch.iter().map(|buffer| &buffer.ty)).map(Type::size);
        let scalars = scalars.sum::<Option<usize>>();
        let bytes = if self.types.scalar == crate::ir::Scalar::F32 { 4 } else { 8 };
        scalars.is_none_or(|scalars| scalars.saturating_mul(bytes) <= VALUE_FORM)
    }

    /// The function's own two added forms.
    pub(super) fn primal(&self) -> TokenStream {
        let compiled = &self.function.primal;
        let outputs = self.outputs(compiled);
        if self.function.signature.is_of_fields || self.is_flat(&self.code(compiled, &outputs)) {
            let into = self.form_of_slices(compiled, self.code(compiled, &outputs), &outputs);
            let workspace = self.workspace(compiled, &self.workspace_sizes(compiled));
            return quote!(#into #workspace);
        }
        let (name, method) = (self.function.ident(), super::hidden::method(crate::ir::Mode::Primal));
        let arguments: Vec<_> = compiled.inputs.iter().map(|port| self.input_ident(port)).collect();
        let turbofish = self.turbofish();
        let call = quote!(#name #turbofish::#method(#(#arguments),*));
        let runtime = &self.runtime;
        let call = if self.is_fallible(&compiled.graph) {
            quote!(#call?)
        } else {
            quote!(#runtime::chain::value(#call))
        };
        let into = self.form_into(compiled, None, |outputs| {
            let targets: Vec<_> = outputs.iter().map(|output| quote!(*#output)).collect();
            let target = tuple(&targets);
            quote!(#target = #call;)
        });
        let workspace = self.workspace(compiled, &[]);
        quote!(#into #workspace)
    }

    /// All forms of a sibling.
    pub(super) fn sibling(&self, compiled: &Compiled) -> TokenStream {
        let outputs = self.outputs(compiled);
        let code = self.code(compiled, &outputs);
        let value_form = self.has_value_form(compiled, &code);
        let forms = if self.is_flat(&code) {
            self.form_of_slices(compiled, code, &outputs)
        } else if code.workspace().is_empty() && !code.has_outputs_in_place() && self.wrapper().is_none() {
            self.forms_without_workspace(compiled, code, value_form)
        } else {
            self.forms_with_workspace(compiled, code, value_form)
        };
        let workspace = self.workspace(compiled, &self.workspace_sizes(compiled));
        quote!(#forms #workspace)
    }

    /// Whether there is only the form in which the caller owns everything: some length is known at run
    /// time only.
    pub(super) fn is_flat(&self, code: &Code<'_>) -> bool {
        self.function.signature.has_slices() || code.workspace().iter().any(|buffer| buffer.ty.is_slice())
    }

    /// The names of the outputs as parameters.
    pub(super) fn outputs(&self, compiled: &Compiled) -> Vec<Ident> {
        compiled.outputs.iter().map(|port| identifier(&port.name, Span::call_site())).collect()
    }

    pub(super) fn code<'c>(&'c self, compiled: &'c Compiled, outputs: &[Ident]) -> Code<'c> {
        let fallible = self.is_fallible(&compiled.graph);
        let arguments = self.arguments(&compiled.graph, &compiled.inputs, false);
        let mut code = Code::new(
            &compiled.graph,
            self.types,
            self.target,
            &self.runtime,
            arguments,
            fallible,
            outputs,
            !fallible && compiled.parts.iter().any(|part| part.kind != Kind::Primal),
        );
        code.fallible |= self.is_flat(&code);
        code
    }

    /// The value form has the body, and the other one calls it; or the other way round, where the
    /// results are too large to be returned.
    fn forms_without_workspace(
        &self,
        compiled: &Compiled,
        mut code: Code<'_>,
        value_form: bool,
    ) -> TokenStream {
        let fallible = code.fallible;
        let (statements, results) = code.body();
        let statements = self.with_items(compiled, &code, &statements);
        let name = self.ident(&compiled.name);
        let turbofish = self.turbofish();
        let into = self.form_into(compiled, None, |outputs| {
            let targets: Vec<_> = outputs.iter().map(|output| quote!(*#output)).collect();
            if value_form {
                let inputs: Vec<_> = compiled.inputs.iter().map(|port| self.input_ident(port)).collect();
                let question = fallible.then(|| quote!(?));
                let target = structure(compiled, self.function.signature.returns_tuple, &targets);
                quote!(#target = #name #turbofish (#(#inputs),*)#question;)
            } else {
                let stores = targets.iter().zip(&results).map(|(target, result)| quote!(#target = #result;));
                quote!(#statements #(#stores)*)
            }
        });
        let value = value_form.then(|| {
            let result = structure(compiled, self.function.signature.returns_tuple, &results);
            self.value_form(compiled, &statements, &result, fallible)
        });
        quote!(#value #into)
    }

    /// A hidden function has the body, and takes its workspace as arrays; the two forms find these
    /// on the stack and in the caller's workspace.
    fn forms_with_workspace(&self, compiled: &Compiled, mut code: Code<'_>, value_form: bool) -> TokenStream {
        let fallible = code.fallible;
        let buffers: Vec<_> = code.workspace().into_iter().cloned().collect();
        let (statements, results) = code.body();
        let statements = self.with_items(compiled, &code, &statements);
        // Some results are written where they belong, the others are returned.
        let outputs = self.outputs(compiled);
        let (places, returned): (Vec<_>, Vec<_>) =
            (0..outputs.len()).partition(|&place| code.is_in_place(place));
        let pick = |all: &[TokenStream]| returned.iter().map(|&place| all[place].clone()).collect::<Vec<_>>();
        let types: Vec<_> = compiled.outputs.iter().map(|port| self.types.ty(&port.ty)).collect();
        let (ty, result) = (tuple(&pick(&types)), tuple(&pick(&results)));
        let (ty, result) = self.wrapped(ty, &result, fallible);
        let body = identifier(&format!("__{}", compiled.name), Span::call_site());
        let parameters = self.parameters(&compiled.inputs);
        let written: Vec<_> = places.iter().map(|&place| &outputs[place]).collect();
        let written_types: Vec<_> = places.iter().map(|&place| &types[place]).collect();
        let tapes: Vec<_> = buffers.iter().map(|buffer| &buffer.ident).collect();
        let tape_types: Vec<_> = buffers.iter().map(|buffer| self.types.ty(&buffer.ty)).collect();
        let (generics, arguments, predicates) =
            (self.generics(), self.generic_arguments(), self.where_clause());
        let (companion, lints) = (self.function.ident(), self.lints());
        // A function of fields has no companion.
        let is_free = self.function.signature.is_of_fields;
        let own_generics = is_free.then(|| quote!(#generics));
        let own_predicates = is_free.then(|| quote!(#predicates));
        let function = quote! {
            #[inline]
            fn #body #own_generics(
                #(#parameters,)* #(#written: &mut #written_types,)* #(#tapes: &mut #tape_types),*
            ) -> #ty #own_predicates {
                #statements
                #result
            }
        };
        let hidden = if is_free {
            quote!(#lints #function)
        } else {
            quote!(#lints impl #generics #companion #arguments #predicates { #function })
        };
        let inputs: Vec<_> = compiled.inputs.iter().map(|port| self.input_ident(port)).collect();
        let turbofish = self.turbofish();
        let call = if is_free { quote!(#body #turbofish) } else { quote!(#companion #turbofish::#body) };
        let question = fallible.then(|| quote!(?));
        let value = value_form.then(|| {
            let assertion = self.stack_assertion(compiled);
            let zeros = buffers.iter().map(|buffer| code.zeros(&buffer.ty));
            let written_zeros = places.iter().map(|&place| code.zeros(&compiled.outputs[place].ty));
            let all: Vec<_> = outputs.iter().map(|output| quote!(#output)).collect();
            let pattern = tuple(&pick(&all));
            let bound = (!returned.is_empty()).then(|| quote!(let #pattern =));
            let call = quote!(#call(#(#inputs,)* #(&mut #written,)* #(&mut #tapes),*));
            let bound = self.wrapper().is_none().then(|| quote!(#bound #call #question;));
            let statements = quote! {
                #assertion
                #(let mut #written: #written_types = #written_zeros;)*
                #(let mut #tapes: #tape_types = #zeros;)*
                #bound
            };
            let result = structure(compiled, self.function.signature.returns_tuple, &all);
            let result = match self.wrapper() {
                None => self.wrapped(TokenStream::new(), &result, fallible).1,
                Some(_) => self.wrapped_result(&call, fallible, (&pattern, &result), &compiled.graph),
            };
            self.value_form_of(compiled, &statements, &result, fallible)
        });
        let takes = self.take(compiled, &code);
        let into = self.form_into(compiled, None, |outputs| {
            let targets: Vec<_> = outputs.iter().map(|output| quote!(*#output)).collect();
            let target = tuple(&pick(&targets));
            let assigned = (!returned.is_empty()).then(|| quote!(#target =));
            quote!(#takes #assigned #call(#(#inputs,)* #(#written,)* #(#tapes),*)#question;)
        });
        quote!(#hidden #value #into)
    }

    /// Where a length is known at run time only, there is but one form.
    fn form_of_slices(&self, compiled: &Compiled, mut code: Code<'_>, outputs: &[Ident]) -> TokenStream {
        let checks = self.lengths(compiled);
        let conditions = code.conditions();
        let validation = self.validation(compiled);
        let taken = self.take(compiled, &code);
        code.conditions_are_checked = true;
        let (statements, results) = code.body();
        let statements = self.with_items(compiled, &code, &statements);
        let stores: TokenStream = compiled
            .graph
            .results()
            .iter()
            .zip(outputs)
            .zip(results)
            .enumerate()
            .map(|(place, ((&result, output), expression))| {
                if code.is_in_place(place) {
                    TokenStream::new()
                } else if !compiled.graph.ty(result).is_slice() {
                    quote!(*#output = #expression;)
                } else {
                    code.store(output, result)
                }
            })
            .collect();
        let body = quote!(#checks #conditions #validation #taken #statements #stores);
        self.form_into(compiled, Some(&code), |_| body)
    }

    /// The body with the user's items before it, and with a mention of what it does not use.
    fn with_items(&self, compiled: &Compiled, code: &Code<'_>, statements: &TokenStream) -> TokenStream {
        let unused = self.unused_inputs(compiled, &code.arguments, &code.used_inputs());
        let items = self.items();
        quote!(#unused #items #statements)
    }

    /// With const generics, the value form's stack use is checked where it is called.
    fn stack_assertion(&self, compiled: &Compiled) -> TokenStream {
        if self.function.signature.generics.is_empty() {
            return TokenStream::new();
        }
        let (workspace, turbofish) =
            (self.ident(&format!("{}_workspace", compiled.name)), self.turbofish_of_lengths());
        let (scalar, limit) = (self.types.scalar(), VALUE_FORM);
        let message = format!("the workspace is too large for the stack: call `{}_into`", compiled.name);
        let sizes = self.function.signature.sizes().map(|_| quote!(0));
        quote! {
            const {
                ::core::assert!(
                    #workspace #turbofish (#(#sizes),*).saturating_mul(::core::mem::size_of::<#scalar>()) <= #limit,
                    #message
                )
            };
        }
    }

    fn value_form(
        &self,
        compiled: &Compiled,
        statements: &TokenStream,
        result: &TokenStream,
        fallible: bool,
    ) -> TokenStream {
        let result = self.wrapped(TokenStream::new(), result, fallible).1;
        self.value_form_of(compiled, statements, &result, fallible)
    }

    /// A result's type and expression, as a `Result` where the function can refuse a call.
    fn wrapped(&self, ty: TokenStream, result: &TokenStream, fallible: bool) -> (TokenStream, TokenStream) {
        if !fallible {
            return (ty, result.clone());
        }
        let runtime = &self.runtime;
        (quote!(::core::result::Result<#ty, #runtime::Error>), quote!(::core::result::Result::Ok(#result)))
    }

    pub(super) fn value_form_of(
        &self,
        compiled: &Compiled,
        statements: &TokenStream,
        result: &TokenStream,
        fallible: bool,
    ) -> TokenStream {
        let types: Vec<_> = compiled.outputs.iter().map(|port| self.place_type(port)).collect();
        let ty = structure(compiled, self.function.signature.returns_tuple, &types);
        let is_option = matches!(self.wrapper(), Some(crate::frontend::Wrapper::Option));
        let ty = self.returned_type(ty, &compiled.graph, fallible);
        let visibility = self.function.visibility();
        let documentation = self.value_documentation(compiled, fallible);
        let must_use =
            (!fallible || is_option && !can_fail_otherwise(&compiled.graph)).then(|| quote!(#[must_use]));
        let (name, parameters) = (self.ident(&compiled.name), self.parameters(&compiled.inputs));
        let (lints, generics, predicates) = (self.lints(), self.generics(), self.where_clause());
        quote! {
            #(#[doc = #documentation])*
            #must_use
            #lints
            #[inline]
            #visibility fn #name #generics(#(#parameters),*) -> #ty #predicates {
                #statements
                #result
            }
        }
    }

    /// `let _ = (w, power);` for the inputs that the code does not mention.
    fn unused_inputs(&self, compiled: &Compiled, arguments: &[Argument], used: &[bool]) -> TokenStream {
        let mentioned = |ident: &Ident| {
            arguments.iter().zip(used).any(|(argument, used)| *used && argument.ident == *ident)
        };
        let unused =
            compiled.inputs.iter().map(|port| self.input_ident(port)).filter(|ident| !mentioned(ident));
        ignore(&unused.collect::<Vec<_>>())
    }

    pub(super) fn form_into(
        &self,
        compiled: &Compiled,
        code: Option<&Code<'_>>,
        body: impl FnOnce(&[Ident]) -> TokenStream,
    ) -> TokenStream {
        let name = self.ident(&format!("{}_into", compiled.name));
        let mut parameters = self.parameters(&compiled.inputs);
        let outputs = self.outputs(compiled);
        for (port, ident) in compiled.outputs.iter().zip(&outputs) {
            let ty = self.place_type(port);
            parameters.push(quote!(#ident: &mut #ty));
        }
        let work = self.workspace_argument(compiled);
        let (scalar, runtime, visibility) = (self.types.scalar(), &self.runtime, self.function.visibility());
        let body = body(&outputs);
        let documentation = self.documentation_into(compiled);
        let (lints, generics, predicates) = (self.lints(), self.generics(), self.where_clause());
        let inline = code.is_none().then(|| quote!(#[inline]));
        quote! {
            #(#[doc = #documentation])*
            #lints
            #inline
            #visibility fn #name #generics(#(#parameters,)* #work: &mut [#scalar])
                -> ::core::result::Result<(), #runtime::Error> #predicates
            {
                let _ = &#work;
                #body
                ::core::result::Result::Ok(())
            }
        }
    }

    /// The type of an argument behind a reference, or of a result.
    pub(super) fn place_type(&self, port: &Port) -> TokenStream {
        match &port.structure {
            Some(structure) => quote!(#structure),
            None => self.port_type(&port.ty),
        }
    }

    /// The type of a place for an output: lengths that only run time knows make it flat.
    pub(super) fn port_type(&self, ty: &Type) -> TokenStream {
        if ty.is_slice() {
            let element = self.types.ty(&flatten(ty).1);
            return quote!([#element]);
        }
        self.types.ty(ty)
    }
}

pub(super) fn ignore(idents: &[Ident]) -> TokenStream {
    match idents {
        [] => TokenStream::new(),
        [one] => quote!(let _ = #one;),
        several => quote!(let _ = (#(#several),*);),
    }
}

/// Arranges one item per output as the value form returns them: parts in order; in a part one
/// element per output, in an output one per input; a single element is not a tuple.
pub(super) fn structure<T: ToTokens>(compiled: &Compiled, returns_tuple: bool, items: &[T]) -> TokenStream {
    let mut items = items.iter().map(ToTokens::to_token_stream);
    let mut products = compiled.products.iter().peekable();
    let mut parts = vec![];
    for part in &compiled.parts {
        let width = match part.kind {
            Kind::Gradient | Kind::Hvp | Kind::Vjp | Kind::Jacobian => part.wrt.len(),
            Kind::Primal | Kind::Jvp | Kind::Hessian => 1,
        };
        let mut outputs = vec![];
        let mut last = None;
        while let Some(product) = products.peek()
            && product.kind == part.kind
            && (last.is_none() || last < product.output)
        {
            last = product.output.or(Some(usize::MAX));
            let row: Vec<_> = (0..width)
                .filter_map(|_| {
                    products.next();
                    items.next()
                })
                .collect();
            outputs.push(tuple(&row));
        }
        let one = matches!(part.kind, Kind::Primal) && returns_tuple && outputs.len() == 1;
        parts.push(if one { quote!((#(#outputs,)*)) } else { tuple(&outputs) });
    }
    tuple(&parts)
}
