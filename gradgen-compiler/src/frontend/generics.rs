//! What stands in `<…>` and behind `where`: const generics, which are lengths, and one type parameter, which is
//! the scalar type.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{GenericParam, Generics, TypeParam, TypeParamBound, WherePredicate};

use super::bounded::{Known, names};
use super::context::Context;
use super::parameters::Parameters;
use super::signature::bare;
use crate::diagnostics::Diagnostics;

/// The type parameter that is the function's scalar type.
#[derive(Clone)]
pub struct Parameter {
    /// Its name.
    pub ident: Ident,
    /// How many const generics stand before it.
    pub place: usize,
    /// Its bounds, as written.
    pub bounds: Vec<TypeParamBound>,
    /// What stands behind `where`.
    pub predicates: Vec<WherePredicate>,
    /// The traits among the bounds.
    traits: Vec<Known>,
    /// Why its methods are not understood. A function with such a parameter is refused; one that is run where
    /// it is called, only if it calls a method.
    refused: Option<String>,
}

impl Parameter {
    /// The type parameter of a function that is run where it is called, if it may be of numbers.
    pub(super) fn of_inlined(
        generics: &Generics,
        parameters: &Parameters,
        context: &Context,
    ) -> Option<Self> {
        let mut found: Option<Self> = None;
        for ty in generics.type_params() {
            if parameters.has_function(&ty.ident) || has_elements(ty, generics) {
                continue;
            }
            if let Some(first) = &mut found {
                first.refused = Some(several(&first.ident, &ty.ident));
                continue;
            }
            let mut parameter = Self::new(ty, 0);
            parameter.predicates = predicates(generics);
            let (traits, refused) = traits(&parameter, context);
            parameter.traits = traits;
            parameter.refused = refused.into_iter().next().map(|(_, message)| message);
            found = Some(parameter);
        }
        found
    }

    fn new(ty: &TypeParam, place: usize) -> Self {
        Self {
            ident: ty.ident.clone(),
            place,
            bounds: ty.bounds.iter().filter(|bound| !is_local_lifetime(bound)).cloned().collect(),
            predicates: vec![],
            traits: vec![],
            refused: None,
        }
    }

    /// A bound that depends on a lifetime of the function's.
    fn mentioning(&self, lifetime: &str) -> Option<TokenStream> {
        let bounds = self.bounds.iter().map(ToTokens::to_token_stream);
        let predicates = self.predicates.iter().map(ToTokens::to_token_stream);
        // With `for<'a>` before it, it is another one.
        let is_free = |tokens: &TokenStream| {
            let text = tokens.to_string();
            let ends =
                |at: usize| !text[at..].starts_with(|next: char| next.is_alphanumeric() || next == '_');
            let mentions = text.match_indices(lifetime).any(|(at, _)| ends(at + lifetime.len()));
            mentions && !text.contains("for <") && !text.contains("for<")
        };
        bounds.chain(predicates).find(is_free)
    }

    /// Whether a bound has a method or constant.
    #[must_use]
    pub fn promises(&self, item: &str) -> bool {
        self.refused.is_none() && self.traits.iter().any(|known| known.promises(item))
    }

    /// Why none of its methods is understood.
    #[must_use]
    pub fn refused(&self) -> Option<&str> {
        self.refused.as_deref()
    }

    /// Whether `T::from(x)` is that of `From`, whose value is no option, and which floats it takes.
    #[must_use]
    pub fn converts_from(&self) -> Option<From> {
        if self.traits.iter().any(|known| known.name() != "From" && known.promises("from")) {
            return None;
        }
        let mut found = None;
        for known in self.traits.iter().filter(|known| known.name() == "From") {
            let argument =
                known.path().segments.last().map(|last| last.arguments.to_token_stream().to_string());
            let from = match argument.as_deref() {
                Some("< f32 >") => From::F32,
                _ => From::Other,
            };
            found = if found.is_none() { Some(from) } else { Some(From::Other) };
        }
        found
    }

    /// The traits among the bounds.
    #[must_use]
    pub fn traits(&self) -> &[Known] {
        &self.traits
    }
}

/// What literals are that `T::from` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// `f32`.
    F32,
    /// What rustc finds.
    Other,
}

/// The parameters of a function that are no lifetimes, which are of no interest to the siblings: their
/// results are values.
#[derive(Default)]
pub(super) struct Read {
    pub(super) lengths: Vec<Ident>,
    pub(super) parameter: Option<Parameter>,
    pub(super) failed: bool,
}

pub(super) fn read(generics: &Generics, context: &Context, diagnostics: &mut Diagnostics) -> Read {
    let mut read = Read::default();
    let mut fail = |at: &dyn ToTokens, message: String| {
        diagnostics.error(at, message);
        read.failed = true;
    };
    let mut parameter: Option<Parameter> = None;
    for generic in &generics.params {
        match generic {
            GenericParam::Lifetime(_) => {}
            GenericParam::Const(constant) if is_usize(&constant.ty) => {
                read.lengths.push(constant.ident.clone())
            }
            GenericParam::Const(constant) => {
                fail(&constant.ty, "a const generic is a length, of type usize".to_owned());
            }
            GenericParam::Type(ty) => {
                if let Some(first) = &parameter {
                    fail(ty, several(&first.ident, &ty.ident));
                    continue;
                }
                parameter = Some(Parameter::new(ty, read.lengths.len()));
            }
        }
    }
    match &mut parameter {
        Some(parameter) => {
            parameter.predicates = predicates(generics);
            let (traits, refused) = traits(parameter, context);
            parameter.traits = traits;
            for (at, message) in refused {
                fail(&at, message);
            }
            for lifetime in generics.lifetimes() {
                let name = lifetime.lifetime.to_string();
                if let Some(at) = parameter.mentioning(&name) {
                    let message =
                        format!("the siblings have no lifetime `{name}`: write `for<{name}>` before this");
                    fail(&at, message);
                }
            }
        }
        None => {
            for predicate in predicates(generics) {
                let message = "a `where` clause is understood where it says something of the scalar type";
                fail(&predicate, message.to_owned());
            }
        }
    }
    read.parameter = parameter;
    read
}

/// Why a second type parameter is not understood.
fn several(first: &Ident, second: &Ident) -> String {
    format!(
        "`{first}` and `{second}`: one scalar type is used throughout, so one type parameter is understood; write \
         the function for `{first}` alone"
    )
}

/// Whether a type parameter is of something that has elements, and so not of numbers.
fn has_elements(ty: &TypeParam, generics: &Generics) -> bool {
    const TRAITS: [&str; 9] = [
        "Iterator",
        "IntoIterator",
        "ExactSizeIterator",
        "DoubleEndedIterator",
        "AsRef",
        "AsMut",
        "Index",
        "IndexMut",
        "Deref",
    ];
    let of_elements = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|last| TRAITS.iter().any(|name| last.ident == name))
        }
        _ => false,
    };
    let is_own = |predicate: &WherePredicate| match predicate {
        WherePredicate::Type(predicate) => {
            matches!(bare(&predicate.bounded_ty), syn::Type::Path(path) if path.path.is_ident(&ty.ident))
                && predicate.bounds.iter().any(of_elements)
        }
        _ => false,
    };
    ty.bounds.iter().any(of_elements) || predicates(generics).iter().any(is_own)
}

/// What stands behind `where`, but for lifetimes.
fn predicates(generics: &Generics) -> Vec<WherePredicate> {
    let predicates = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    predicates.filter_map(without_lifetimes).collect()
}

fn is_usize(ty: &syn::Type) -> bool {
    matches!(bare(ty), syn::Type::Path(path) if path.path.is_ident("usize"))
}

fn is_local_lifetime(bound: &TypeParamBound) -> bool {
    matches!(bound, TypeParamBound::Lifetime(lifetime) if lifetime.ident != "static")
}

/// A predicate without what it says of lifetimes; nothing, if that is all.
fn without_lifetimes(predicate: &WherePredicate) -> Option<WherePredicate> {
    let WherePredicate::Type(predicate) = predicate else { return None };
    let mut predicate = predicate.clone();
    predicate.bounds = predicate.bounds.into_iter().filter(|bound| !is_local_lifetime(bound)).collect();
    (!predicate.bounds.is_empty()).then_some(WherePredicate::Type(predicate))
}

/// The traits that say what methods of the type mean, and what is not understood among them.
fn traits(parameter: &Parameter, context: &Context) -> (Vec<Known>, Vec<(TypeParamBound, String)>) {
    let (mut traits, mut refused) = (vec![], vec![]);
    // A bundle stands for the traits that it requires; one that requires itself is rustc's to refuse.
    let mut seen = BTreeSet::new();
    let mut pending: Vec<_> = bounds(parameter).into_iter().rev().collect();
    while let Some((bound, at, is_own)) = pending.pop() {
        let TypeParamBound::Trait(bound) = &bound else { continue };
        let name = bound.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        let bundle = context.bundle(&bound.path);
        match (bundle, Known::named(&bound.path)) {
            (Some(bundle), _) => {
                if seen.insert(name) {
                    pending.extend(bundle.iter().map(|bound| (bound.clone(), at.clone(), is_own)));
                }
            }
            (None, Some(known)) if is_own => traits.push(known),
            (None, Some(_)) => {}
            (None, None) => refused.push((at, unknown(&name, &parameter.ident))),
        }
    }
    (traits, refused)
}

/// The bounds of a type parameter, each with the place where it stands; those of references to it too, which
/// are not its own.
fn bounds(parameter: &Parameter) -> Vec<(TypeParamBound, TypeParamBound, bool)> {
    let own = parameter.bounds.iter().map(|bound| (bound.clone(), bound.clone(), true));
    let stated = parameter.predicates.iter().flat_map(|predicate| {
        let WherePredicate::Type(predicate) = predicate else { return vec![] };
        let (of, is_reference) = match bare(&predicate.bounded_ty) {
            syn::Type::Reference(reference) => (bare(&reference.elem), true),
            ty => (ty, false),
        };
        let is_of = matches!(of, syn::Type::Path(path) if path.path.is_ident(&parameter.ident));
        let bounds = predicate.bounds.iter().filter(|_| is_of);
        bounds.map(|bound| (bound.clone(), bound.clone(), !is_reference)).collect()
    });
    own.chain(stated).collect()
}

/// Why a bound is not understood.
fn unknown(name: &str, parameter: &Ident) -> String {
    if name == "Into" {
        return format!(
            "a conversion out of `{parameter}` is not understood, since derivatives stay in one scalar type: convert \
             numbers into it, `{parameter}::from(2.0).unwrap()`, and leave this bound out"
        );
    }
    format!(
        "the trait `{name}` is not understood, so a method could mean anything: write the traits of `num_traits` that \
         it stands for ({}) and those of the standard library",
        names()
    )
}
