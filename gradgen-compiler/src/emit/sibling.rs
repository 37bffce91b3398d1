//! A sibling's two forms and its workspace.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::Emitter;
use super::code::{Argument, Code, can_fail};
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
        let ty = self.types.ty(&port.ty);
        match (port.role, port.input) {
            (Role::Input, Some(place)) => match self.function.signature.inputs[place].passing {
                Passing::Value => ty,
                Passing::Shared | Passing::Mutable => quote!(&#ty),
            },
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
    fn has_value_form(&self, compiled: &Compiled) -> bool {
        let scalars = compiled.outputs.iter().map(|port| port.ty.size()).sum::<Option<usize>>();
        let bytes = if self.types.scalar == crate::ir::Scalar::F64 { 8 } else { 4 };
        scalars.is_none_or(|scalars| scalars.saturating_mul(bytes) <= VALUE_FORM)
    }

    /// The function's own two added forms.
    pub(super) fn primal(&self) -> TokenStream {
        let compiled = &self.function.primal;
        let (name, method) = (self.function.ident(), super::companion::method(crate::ir::Mode::Primal));
        let arguments: Vec<_> = compiled.inputs.iter().map(|port| self.input_ident(port)).collect();
        let call = quote!(#name::#method(#(#arguments),*));
        let runtime = &self.runtime;
        let call = if self.is_fallible(&compiled.graph) {
            quote!(#call?)
        } else {
            quote!(#runtime::chain::value(#call))
        };
        let into = self.form_into(compiled, |outputs| {
            let targets: Vec<_> = outputs.iter().map(|output| quote!(*#output)).collect();
            let target = tuple(&targets);
            quote!(#target = #call;)
        });
        let workspace = self.workspace(compiled);
        quote!(#into #workspace)
    }

    /// All forms of a sibling.
    pub(super) fn sibling(&self, compiled: &Compiled) -> TokenStream {
        let fallible = self.is_fallible(&compiled.graph);
        let arguments = self.arguments(&compiled.graph, &compiled.inputs, false);
        let mut code =
            Code::new(&compiled.graph, self.types, self.target, &self.runtime, &arguments, fallible);
        let (statements, results) = code.body();
        let unused = self.unused_inputs(compiled, &arguments, &code.used_inputs());
        let items = self.items();
        let statements = quote!(#unused #items #statements);
        let value_form = self.has_value_form(compiled);
        let name = self.ident(&compiled.name);
        let into = self.form_into(compiled, |outputs| {
            let targets: Vec<_> = outputs.iter().map(|output| quote!(*#output)).collect();
            if value_form {
                let inputs: Vec<_> = compiled.inputs.iter().map(|port| self.input_ident(port)).collect();
                let question = fallible.then(|| quote!(?));
                let target = structure(compiled, self.function.signature.returns_tuple, &targets);
                quote!(#target = #name(#(#inputs),*)#question;)
            } else {
                let stores = targets.iter().zip(&results).map(|(target, result)| quote!(#target = #result;));
                quote!(#statements #(#stores)*)
            }
        });
        let value = value_form.then(|| self.value_form(compiled, &statements, &results, fallible));
        let workspace = self.workspace(compiled);
        quote!(#value #into #workspace)
    }

    fn value_form(
        &self,
        compiled: &Compiled,
        statements: &TokenStream,
        results: &[TokenStream],
        fallible: bool,
    ) -> TokenStream {
        let returns_tuple = self.function.signature.returns_tuple;
        let types: Vec<_> = compiled.outputs.iter().map(|port| self.types.ty(&port.ty)).collect();
        let (ty, result) =
            (structure(compiled, returns_tuple, &types), structure(compiled, returns_tuple, results));
        let (runtime, visibility) = (&self.runtime, self.function.visibility());
        let (ty, result) = if fallible {
            (
                quote!(::core::result::Result<#ty, #runtime::Error>),
                quote!(::core::result::Result::Ok(#result)),
            )
        } else {
            (ty, result)
        };
        let documentation = self.value_documentation(compiled, fallible);
        let must_use = (!fallible).then(|| quote!(#[must_use]));
        let (name, parameters) = (self.ident(&compiled.name), self.parameters(&compiled.inputs));
        let lints = self.lints();
        quote! {
            #(#[doc = #documentation])*
            #must_use
            #lints
            #[inline]
            #visibility fn #name(#(#parameters),*) -> #ty {
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

    fn form_into(&self, compiled: &Compiled, body: impl FnOnce(&[Ident]) -> TokenStream) -> TokenStream {
        let name = self.ident(&format!("{}_into", compiled.name));
        let mut parameters = self.parameters(&compiled.inputs);
        let outputs: Vec<_> =
            compiled.outputs.iter().map(|port| identifier(&port.name, Span::call_site())).collect();
        for (port, ident) in compiled.outputs.iter().zip(&outputs) {
            let ty = self.types.ty(&port.ty);
            parameters.push(quote!(#ident: &mut #ty));
        }
        let work = self.workspace_argument(compiled);
        let (scalar, runtime, visibility) = (self.types.scalar(), &self.runtime, self.function.visibility());
        let body = body(&outputs);
        let documentation = self.documentation_into(compiled);
        let lints = self.lints();
        quote! {
            #(#[doc = #documentation])*
            #lints
            #[inline]
            #visibility fn #name(#(#parameters,)* #work: &mut [#scalar])
                -> ::core::result::Result<(), #runtime::Error>
            {
                let _ = #work;
                #body
                ::core::result::Result::Ok(())
            }
        }
    }

    /// What the workspace is called: `work`, unless an argument is.
    pub(super) fn workspace_argument(&self, compiled: &Compiled) -> Ident {
        let mut name = "work".to_owned();
        while compiled.inputs.iter().chain(&compiled.outputs).any(|port| port.name == name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }

    /// The workspace: none, as long as all code is free of loops that need a tape. It takes the
    /// value of every `usize` input, as the run-time lengths could depend on it.
    fn workspace(&self, compiled: &Compiled) -> TokenStream {
        let name = self.ident(&format!("{}_workspace", compiled.name));
        let visibility = self.function.visibility();
        let lengths: Vec<_> = compiled
            .inputs
            .iter()
            .filter(|port| port.ty == Type::Int(crate::ir::Int::Usize))
            .map(|port| self.input_ident(port))
            .collect();
        let unused = ignore(&lengths);
        let documentation = self.workspace_documentation(compiled);
        let lints = self.name_lints();
        quote! {
            #(#[doc = #documentation])*
            #[must_use]
            #lints
            #visibility const fn #name(#(#lengths: usize),*) -> usize {
                #unused
                0
            }
        }
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

impl Emitter<'_> {
    /// The signatures of a sibling's forms, over bodies that are never run.
    pub(super) fn stub(&self, compiled: &Compiled) -> TokenStream {
        let into = self.form_into(compiled, |outputs| {
            let unused = ignore(&[&self.input_idents(compiled)[..], outputs].concat());
            quote!(#unused ::core::unreachable!();)
        });
        let unused = ignore(&self.input_idents(compiled));
        let is_primal = compiled.parts.iter().all(|part| part.kind == Kind::Primal) && !compiled.bundle;
        let value = (!is_primal).then(|| {
            let results = compiled.outputs.iter().map(|_| quote!(::core::unreachable!())).collect::<Vec<_>>();
            let value = self.value_form(compiled, &unused, &results, self.function.attribute.fallible);
            quote!(#[allow(dead_code, unreachable_code, clippy::diverging_sub_expression)] #value)
        });
        let workspace = self.workspace(compiled);
        quote! {
            #value
            #[allow(dead_code, unreachable_code)]
            #into
            #[allow(dead_code)]
            #workspace
        }
    }

    fn input_idents(&self, compiled: &Compiled) -> Vec<Ident> {
        compiled.inputs.iter().map(|port| self.input_ident(port)).collect()
    }
}
