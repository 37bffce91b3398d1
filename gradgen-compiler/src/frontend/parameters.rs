//! The type and const parameters of a function that is run where it is called.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::{GenericArgument, GenericParam, Generics, Type, TypeParamBound, WherePredicate};

use super::body::Lowering;
use super::closures::is_function;
use super::names::plain;
use crate::ir::Length;

/// The parameters of a function, by name.
#[derive(Default)]
pub(super) struct Parameters {
    /// The lengths, in order.
    lengths: Vec<String>,
    /// The types, …
    types: BTreeSet<String>,
    /// … and those of them that are functions.
    functions: BTreeSet<String>,
}

/// What a parameter is in a call.
#[derive(Clone)]
pub(super) enum Argument {
    /// A length.
    Length(Length),
    /// A type, which is found by use.
    Type,
}

impl Parameters {
    pub(super) fn of(generics: &Generics) -> Self {
        let mut parameters = Self::default();
        for parameter in &generics.params {
            match parameter {
                GenericParam::Const(parameter) => parameters.lengths.push(plain(&parameter.ident)),
                GenericParam::Type(parameter) => {
                    let name = plain(&parameter.ident);
                    if parameter.bounds.iter().any(is_call) {
                        parameters.functions.insert(name.clone());
                    }
                    parameters.types.insert(name);
                }
                GenericParam::Lifetime(_) => {}
            }
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let WherePredicate::Type(predicate) = predicate
                && let Type::Path(path) = &predicate.bounded_ty
                && let Some(name) = path.path.get_ident()
                && predicate.bounds.iter().any(is_call)
            {
                parameters.functions.insert(plain(name));
            }
        }
        parameters
    }

    /// Whether a parameter is a function.
    pub(super) fn has_function(&self, name: &Ident) -> bool {
        self.functions.contains(&plain(name))
    }

    /// Whether a type is that of functions.
    pub(super) fn is_function(&self, ty: &Type) -> bool {
        match ty {
            Type::Reference(inner) => self.is_function(&inner.elem),
            Type::Path(path) => {
                path.path.get_ident().is_some_and(|name| self.functions.contains(&plain(name)))
            }
            ty => is_function(ty),
        }
    }
}

pub(super) fn is_call(bound: &TypeParamBound) -> bool {
    match bound {
        TypeParamBound::Trait(bound) => bound
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Fn" || last.ident == "FnMut" || last.ident == "FnOnce"),
        _ => false,
    }
}

impl Lowering<'_> {
    /// What the parameters of a function are in a call: what is stated there, or what its arguments show.
    pub(super) fn arguments_of(&mut self, parameters: &Parameters) -> BTreeMap<String, Argument> {
        let stated = self.stated.take();
        let is_length = |argument: &&GenericArgument| match argument {
            GenericArgument::Const(_) => true,
            GenericArgument::Type(Type::Path(path)) => path.path.get_ident().is_some_and(|name| {
                self.lengths.contains_key(&plain(name)) || self.find_generic(&plain(name))
            }),
            _ => false,
        };
        let lengths: Vec<_> =
            stated.iter().flat_map(|stated| &stated.args).filter(is_length).cloned().collect();
        let mut arguments = BTreeMap::new();
        let all = lengths.len() == parameters.lengths.len();
        for (place, name) in parameters.lengths.iter().enumerate() {
            let length = match lengths.get(place).filter(|_| all) {
                Some(GenericArgument::Const(length)) => self.length(length),
                Some(GenericArgument::Type(Type::Path(path))) => {
                    let path = syn::ExprPath { attrs: vec![], qself: None, path: path.path.clone() };
                    self.length(&syn::Expr::Path(path))
                }
                _ => self.graph.fresh_length(),
            };
            arguments.insert(name.clone(), Argument::Length(length));
        }
        arguments.extend(parameters.types.iter().map(|name| (name.clone(), Argument::Type)));
        arguments
    }

    /// The length that a name stands for in the function that is run here.
    pub(super) fn argument_length(&self, name: &str) -> Option<Length> {
        match self.lengths.get(name)? {
            Argument::Length(length) => {
                let ty = crate::ir::Type::array(crate::ir::Type::Real, length.clone());
                match self.graph.resolve(&ty) {
                    crate::ir::Type::Array(_, length) => Some(length),
                    _ => None,
                }
            }
            Argument::Type => None,
        }
    }
}
