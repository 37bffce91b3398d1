//! Parameters and results of a signature, as they are read.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::{FnArg, ItemFn, Pat, ReturnType};

use super::context::Context;
use super::generics::{self, Parameter};
use super::names::plain;
use super::signature::{CHOICE, Input, Output, Passing, Wrapper, bare};
use crate::diagnostics::Diagnostics;
use crate::ir::{Scalar, Symbol};

pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) scalar: Option<(Scalar, Ident)>,
    pub(super) symbols: Vec<(Symbol, TokenStream)>,
    pub(super) generics: Vec<Ident>,
    /// The type parameter, and what it is as a scalar type.
    pub(super) parameter: Option<(Parameter, Scalar)>,
    /// The position of the input whose type is read, while there is one.
    pub(super) place: Option<usize>,
    pub(super) failed: bool,
    pub(super) context: Rc<Context>,
    /// The path of the crate `gradgen`.
    pub(super) runtime: TokenStream,
    /// What `Self` means, of a method.
    pub(super) itself: Option<syn::Path>,
}

impl Reader<'_> {
    pub(super) fn fail(&mut self, at: impl ToTokens, message: impl Into<String>) {
        self.diagnostics.error(at, message);
        self.failed = true;
    }

    pub(super) fn refuse_qualifiers(&mut self, item: &ItemFn) {
        let sig = &item.sig;
        if let Some(token) = &sig.asyncness {
            self.fail(token, "an `async` function has no derivative");
        }
        if let syn::Safety::Unsafe(token) = &sig.safety {
            self.fail(token, "an `unsafe` function is not understood: its siblings would be safe to call");
        }
        if let Some(dots) = &sig.variadic {
            self.fail(dots, "a variadic function has no derivative");
        }
    }

    pub(super) fn read_generics(&mut self, item: &ItemFn) {
        let read = generics::read(&item.sig.generics, &self.context, self.diagnostics);
        self.failed |= read.failed;
        self.generics = read.lengths;
        self.parameter = read.parameter.map(|parameter| {
            let symbol = self.symbol(parameter.ident.to_token_stream());
            (parameter, Scalar::Generic(symbol))
        });
    }

    pub(super) fn names_parameter(&self, path: &syn::Path) -> bool {
        self.parameter.as_ref().is_some_and(|(parameter, _)| path.is_ident(&parameter.ident))
    }

    pub(super) fn refuse_unused_parameter(&mut self, scalar: Scalar) {
        if let Some((parameter, ty)) = &self.parameter
            && *ty != scalar
            && !self.failed
        {
            let ident = parameter.ident.clone();
            let message = format!(
                "a type parameter is understood as the function's scalar type, and no input or output is of type \
                 `{ident}`"
            );
            self.fail(&ident, message);
        }
    }

    pub(super) fn input(&mut self, argument: &FnArg, place: usize) -> Option<Input> {
        let own;
        let argument = match argument {
            FnArg::Typed(argument) => argument,
            // What a method of a block with the attribute was made into.
            FnArg::Receiver(receiver) => match &receiver.kind {
                syn::ReceiverKind::Typed(colon, ty) if self.itself.is_some() => {
                    own = receiver_pattern(receiver, *colon, ty);
                    &own
                }
                _ => {
                    self.fail(
                        argument,
                        "a method is understood in a block with `#[gradgen]`: `#[gradgen] impl S { … }`",
                    );
                    return None;
                }
            },
        };
        let (ty, passing) = match bare(&argument.ty) {
            syn::Type::Reference(reference) if reference.mutability.is_some() => {
                (&*reference.elem, Passing::Mutable)
            }
            syn::Type::Reference(reference) => (&*reference.elem, Passing::Shared),
            ty => (ty, Passing::Value),
        };
        let structure = self.structure(ty);
        let is_choice = structure.as_ref().is_some_and(|ty| self.is_enum(ty));
        let ty = match &structure {
            Some(_) if is_choice => CHOICE,
            Some(structure) => self.flat_type(structure),
            None => self.ty(ty, passing != Passing::Mutable)?,
        };
        let ident = self.parameter_name(&argument.pat, place)?;
        if passing == Passing::Mutable && !ty.is_differentiable() {
            self.fail(
                &argument.ty,
                "a `&mut` parameter is an output, and outputs are floats or arrays of them",
            );
        }
        let pattern = (*argument.pat).clone();
        Some(Input {
            state: false,
            ident,
            pattern,
            ty,
            passing,
            default: None,
            rename: None,
            structure,
            is_choice,
            is_split: false,
            read: false,
        })
    }

    fn parameter_name(&mut self, pattern: &Pat, place: usize) -> Option<Ident> {
        match pattern {
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                Some(ident.ident.clone())
            }
            Pat::Wild(wild) => Some(Ident::new(&format!("unused_{place}"), wild.underscore_token.span)),
            Pat::Paren(inner) => self.parameter_name(&inner.pat, place),
            Pat::Reference(inner) => self.parameter_name(&inner.pat, place),
            Pat::Slice(slice) => {
                let names: Option<Vec<_>> =
                    slice.elems.iter().map(|element| self.parameter_name(element, place)).collect();
                let names = names?;
                let joined = names.iter().map(plain).collect::<Vec<_>>().join("_");
                names.first().map(|first| format_ident!("{joined}", span = first.span()))
            }
            Pat::Tuple(tuple) => {
                let names: Option<Vec<_>> =
                    tuple.elems.iter().map(|element| self.parameter_name(element, place)).collect();
                let names = names?;
                let joined = names.iter().map(plain).collect::<Vec<_>>().join("_");
                names.first().map(|first| format_ident!("{joined}", span = first.span()))
            }
            Pat::Struct(pattern) => Some(name_of_type(&pattern.path)),
            Pat::TupleStruct(pattern) => Some(name_of_type(&pattern.path)),
            other => {
                self.fail(other, "a parameter is a name or an array of names, like `x` or `[x, y]`");
                None
            }
        }
    }

    /// The returned outputs, and whether they are a tuple.
    pub(super) fn outputs(&mut self, output: &ReturnType) -> (Vec<Output>, bool) {
        let ReturnType::Type(_, ty) = output else { return (vec![], false) };
        let ty = Wrapper::of(ty).map_or(&**ty, |(_, inner)| inner);
        match bare(ty) {
            syn::Type::Tuple(tuple) => {
                let outputs = tuple.elems.iter().filter_map(|element| self.returned(element)).collect();
                (outputs, !tuple.elems.is_empty())
            }
            ty => (self.returned(ty).into_iter().collect(), false),
        }
    }

    fn returned(&mut self, ty: &syn::Type) -> Option<Output> {
        let structure = self.structure(ty);
        if structure.as_ref().is_some_and(|ty| self.is_enum(ty)) {
            self.fail(
                ty,
                "an enum is no output: outputs are floats, arrays of them, and structs or tuples of these",
            );
            return None;
        }
        let ty = match &structure {
            Some(structure) => self.flat_type(structure),
            None => self.ty(ty, false)?,
        };
        Some(Output { name: String::new(), ty, parameter: None, structure })
    }
}

fn receiver_pattern(receiver: &syn::Receiver, colon_token: syn::Token![:], ty: &syn::Type) -> syn::PatType {
    let pattern = syn::PatIdent {
        attrs: vec![],
        by_ref: None,
        mutability: receiver.mutability,
        ident: Ident::new("self", receiver.self_token.span),
        subpat: None,
    };
    syn::PatType { attrs: vec![], pat: Box::new(Pat::Ident(pattern)), colon_token, ty: Box::new(ty.clone()) }
}

/// What a parameter is called that is taken apart: `LinkLengths` gives `link_lengths`.
fn name_of_type(path: &syn::Path) -> Ident {
    let last = path.segments.last().map_or_else(|| format_ident!("structure"), |last| last.ident.clone());
    let mut name = String::new();
    for letter in plain(&last).chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    format_ident!("{name}", span = last.span())
}
