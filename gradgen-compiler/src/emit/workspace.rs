//! The workspace of a sibling: how large it is, and what is taken from it; and what is checked before.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::Emitter;
use super::code::Code;
use super::memory::{flatten, scalars};
use super::sibling::ignore;
use super::types::Types;
use crate::frontend::plain;
use crate::ir::{Atom, Graph, Polynomial, Type};
use crate::model::Compiled;

/// The sizes that make up a workspace.
pub(super) type Pieces = Vec<Polynomial>;

impl Emitter<'_> {
    pub(super) fn workspace(&self, compiled: &Compiled, sizes: &[Pieces]) -> TokenStream {
        let name = self.ident(&format!("{}_workspace", compiled.name));
        let visibility = self.function.visibility();
        let names = self.size_names();
        let mut tokens = vec![TokenStream::new(); self.function.signature.inputs.len()];
        for (place, ident) in &names {
            tokens[*place] = quote!(#ident);
        }
        let types = Types { lengths: &tokens, integers: &tokens, ..self.types };
        let used = |place: usize| sizes.iter().flatten().any(|size| self.depends(size, place));
        let unused: Vec<_> =
            names.iter().filter(|(place, _)| !used(*place)).map(|(_, ident)| ident.clone()).collect();
        let unused = ignore(&unused);
        let lengths = names.iter().map(|(_, ident)| ident);
        let sum = |pieces: &Pieces| {
            let sizes = pieces.iter().map(|size| types.size(size));
            sizes.reduce(|a, b| quote!(#a.saturating_add(#b))).unwrap_or_default()
        };
        let expressions: Vec<_> = sizes.iter().map(sum).collect();
        let size = match &expressions[..] {
            [] => quote!(0),
            [one] => one.clone(),
            [a, b, ..] => quote! {
                let __run = #a;
                let __check = #b;
                if __check > __run { __check } else { __run }
            },
        };
        let documentation = self.workspace_documentation(compiled, sizes);
        let (lints, generics) = (self.lints(), self.generic_lengths());
        quote! {
            #(#[doc = #documentation])*
            #[must_use]
            #lints
            #visibility const fn #name #generics(#(#lengths: usize),*) -> usize {
                #unused
                #size
            }
        }
    }

    /// Whether a size follows from that of an input.
    fn depends(&self, size: &Polynomial, place: usize) -> bool {
        size.atoms().into_iter().any(|atom| match atom {
            Atom::Length(of) | Atom::Input(of) => of == place,
            Atom::Derived { place: derived, .. } => {
                self.depends(self.function.derived[derived as usize].of(), place)
            }
            Atom::Symbol(_) | Atom::Value(_) => false,
        })
    }

    /// The names of the sizes that `…_workspace` takes.
    fn size_names(&self) -> Vec<(usize, Ident)> {
        let signature = &self.function.signature;
        let mut taken: Vec<String> = signature
            .generics
            .iter()
            .map(plain)
            .chain(signature.inputs.iter().map(|input| input.name()))
            .collect();
        signature
            .sizes()
            .map(|place| {
                let input = &signature.inputs[place];
                if !input.ty.is_slice() {
                    return (place, input.ident.clone());
                }
                let mut name = format!("{}_len", input.name());
                while taken.contains(&name) {
                    name.push('_');
                }
                taken.push(name.clone());
                (place, Ident::new(&name, input.ident.span()))
            })
            .collect()
    }

    /// The sizes of a call, as `…_workspace` takes them.
    fn size_arguments(&self) -> Vec<TokenStream> {
        let signature = &self.function.signature;
        signature
            .sizes()
            .map(|place| match &signature.inputs[place].ty {
                Type::Array(_, length) => self.types.length(length),
                _ => self.types.integers[place].clone(),
            })
            .collect()
    }

    /// What the workspace is called: `work`, unless an argument is.
    pub(super) fn workspace_argument(&self, compiled: &Compiled) -> Ident {
        let mut name = "work".to_owned();
        while compiled.inputs.iter().chain(&compiled.outputs).any(|port| port.name == name) {
            name.push('_');
        }
        Ident::new(&name, Span::call_site())
    }

    /// How many scalars of workspace a sibling needs: for the check before, and for what it does.
    pub(super) fn workspace_sizes(&self, compiled: &Compiled) -> Vec<Pieces> {
        let outputs = self.outputs(compiled);
        let size = |code: &Code<'_>| {
            // A difference is zero where it would be less, which it is not in a sum.
            let buffers = code.workspace();
            let sizes = buffers.iter().map(|buffer| scalars(&buffer.ty));
            let (plain, differences): (Vec<_>, Vec<_>) = sizes.partition(Polynomial::is_never_negative);
            let sum = plain.into_iter().fold(Polynomial::default(), |sum, size| sum.plus(&size));
            let pieces = std::iter::once(sum).filter(|sum| *sum != Polynomial::default()).chain(differences);
            pieces.collect::<Pieces>()
        };
        let mut sizes = vec![size(&self.code(compiled, &outputs))];
        if self.is_flat(&self.code(compiled, &outputs))
            && let Some(checks) = validation(&compiled.graph)
        {
            let arguments = self.arguments(&checks, &compiled.inputs, false);
            sizes.push(size(&Code::new(
                &checks,
                self.types,
                self.target,
                &self.runtime,
                arguments,
                true,
                &[],
                false,
            )));
        }
        sizes.retain(|size| !size.is_empty());
        sizes
    }

    /// The memory that the code needs, from the workspace.
    pub(super) fn take(&self, compiled: &Compiled, code: &Code<'_>) -> TokenStream {
        let buffers = code.workspace();
        if buffers.is_empty() {
            return TokenStream::new();
        }
        let (runtime, work) = (&self.runtime, self.workspace_argument(compiled));
        let name = self.ident(&format!("{}_workspace", compiled.name));
        let turbofish = self.turbofish_of_lengths();
        let sizes = self.size_arguments();
        let error = quote! {
            return ::core::result::Result::Err(#runtime::Error::workspace(#name #turbofish (#(#sizes),*), __given));
        };
        let takes = buffers.iter().map(|buffer| {
            let ident = &buffer.ident;
            let (lengths, element) = flatten(&buffer.ty);
            let element = self.types.ty(&element);
            if lengths.is_empty() {
                return quote! {
                    let ::core::option::Option::Some(#ident) = #runtime::memory::array::<#element>(&mut __rest)
                    else { #error };
                };
            }
            let count = lengths
                .iter()
                .fold(Polynomial::from(1), |size, length| size.times(&length.size().unwrap_or_default()));
            let count = self.types.size(&count);
            quote! {
                let ::core::option::Option::Some(#ident) =
                    #runtime::memory::slice::<#element>(&mut __rest, #count)
                else { #error };
            }
        });
        quote! {
            let __given = #work.len();
            let mut __rest = &mut *#work;
            #(#takes)*
        }
    }

    /// What can refuse a call in the middle is run before anything is written.
    pub(super) fn validation(&self, compiled: &Compiled) -> TokenStream {
        let Some(checks) = validation(&compiled.graph) else { return TokenStream::new() };
        let arguments = self.arguments(&checks, &compiled.inputs, false);
        let mut code =
            Code::new(&checks, self.types, self.target, &self.runtime, arguments, true, &[], false);
        code.conditions_are_checked = true;
        let taken = self.take(compiled, &code);
        let (statements, _) = code.body();
        let items = self.items();
        quote!({ #items #taken #statements })
    }

    /// The lengths of what is added to the function's own arguments.
    pub(super) fn lengths(&self, compiled: &Compiled) -> TokenStream {
        let runtime = &self.runtime;
        let inputs = compiled.inputs.iter().map(|port| (port, self.input_ident(port)));
        let outputs = compiled.outputs.iter().zip(self.outputs(compiled));
        inputs
            .chain(outputs)
            .filter(|(port, _)| port.ty.is_slice())
            .filter_map(|(port, ident)| {
                let (lengths, _) = flatten(&port.ty);
                let size = lengths
                    .iter()
                    .fold(Polynomial::from(1), |size, length| size.times(&length.size().unwrap_or_default()));
                let expected = self.types.size(&size);
                let itself = quote!(#ident.len());
                if expected.to_string() == itself.to_string() {
                    return None;
                }
                let name = &port.name;
                Some(quote! {
                    if #itself != #expected {
                        return ::core::result::Result::Err(#runtime::Error::length(#name, #expected, #itself));
                    }
                })
            })
            .collect()
    }
}

/// The part of a function that can refuse a call, without the rest.
fn validation(graph: &Graph) -> Option<Graph> {
    let mut checks = graph.clone();
    checks.set_results(vec![]);
    let checks = crate::passes::normalise(&checks, false, usize::MAX).ok()?;
    let has_checks = (0..checks.len()).any(|place| checks.node(checks.value(place)).checks);
    has_checks.then_some(checks)
}
