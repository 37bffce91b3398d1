//! The functions of `gradgen::math`: their text, which is run where they are called by their full path, and
//! the functions of floats that only this text calls, `scalar::exp(x)`.

use std::rc::Rc;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprPath, File};

use super::body::Lowering;
use super::closures::Closure;
use super::context::Context;
use super::names::plain;
use super::terms::Term;
use crate::ir::{Elementary, Type};

/// The text.
const TEXT: [&str; 3] = [
    include_str!("../../library/scalars.rs"),
    include_str!("../../library/vectors.rs"),
    include_str!("../../library/sets.rs"),
];

/// The items of the text.
///
/// # Errors
///
/// Where it is no Rust, which a test finds.
pub fn library_items() -> syn::Result<Vec<syn::Item>> {
    let mut items = vec![];
    for text in TEXT {
        items.extend(syn::parse_str::<File>(text)?.items);
    }
    Ok(items)
}

/// Whether there is a function of this name.
pub(super) fn is_in_library(name: &str) -> bool {
    let items = library_items().unwrap_or_default();
    items.iter().any(|item| matches!(item, syn::Item::Fn(function) if function.sig.ident == name))
}

/// The tokens as if they stood at a place.
fn moved(tokens: TokenStream, span: Span) -> TokenStream {
    let to_place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), moved(group.stream(), span)).into();
        }
        token.set_span(span);
        token
    };
    tokens.into_iter().map(to_place).collect()
}

/// Gives the trait of scalar types in a function's bounds another path.
fn bound_by(function: &mut syn::ItemFn, scalar: &syn::TypeParamBound) {
    for parameter in function.sig.generics.type_params_mut() {
        for bound in &mut parameter.bounds {
            if matches!(bound, syn::TypeParamBound::Trait(bound) if bound.path.is_ident("Scalar")) {
                *bound = scalar.clone();
            }
        }
    }
}

/// The value of a float's literal.
fn literal(number: &Expr) -> Option<f64> {
    match number {
        Expr::Unary(negated) => literal(&negated.expr).map(std::ops::Neg::neg),
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Float(number) => number.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}

impl Context {
    /// What is known in the library's text.
    #[must_use]
    pub fn of_library(items: &[syn::Item]) -> Self {
        Self { is_library: true, ..Self::of(items) }
    }
}

impl Lowering<'_> {
    /// A function that only the library's text calls.
    pub(super) fn function_of_library_text(&mut self, callee: &ExprPath, args: &[&Expr]) -> Option<Term> {
        if !self.context.is_library {
            return None;
        }
        let [module, name] = &callee.path.segments.iter().collect::<Vec<_>>()[..] else { return None };
        if module.ident != "scalar" {
            return None;
        }
        let name = &name.ident;
        self.at(name.span());
        let (text, number) = (name.to_string(), args.first());
        Some(match (text.as_str(), number) {
            ("zero", None) => Term::One(self.graph.real(0.0)),
            ("one", None) => Term::One(self.graph.real(1.0)),
            ("infinity", None) => Term::One(self.graph.real(f64::INFINITY)),
            ("stop", Some(value)) => {
                let Some(value) = self.real(value) else { return Some(Term::Poison) };
                self.at(name.span());
                Term::One(self.graph.stop(value))
            }
            ("cast", Some(count)) => {
                let Some(count) = self.single(count) else { return Some(Term::Poison) };
                Term::One(self.graph.cast(count, Type::Real))
            }
            ("number", Some(number)) => Term::One(self.graph.real(literal(number)?)),
            (text, Some(first)) => {
                let function = Elementary::in_library(text)?;
                let first = self.real(first);
                self.elementary(function, name, first, &args[1..])
            }
            _ => return None,
        })
    }

    /// The name of the function of `gradgen::math` that a path is: as it stands, or through an import. (That of
    /// the attribute imports no module of its name.)
    fn name_in_library(&self, path: &syn::Path) -> Option<Ident> {
        self.named_in_library(path).or_else(|| {
            let first = plain(&path.segments.first()?.ident);
            if path.leading_colon.is_some() || self.renamed.contains(&first) {
                return None;
            }
            let mut whole = self.context.imports.get(&first)?.clone();
            whole.segments.extend(path.segments.iter().skip(1).cloned());
            self.named_in_library(&whole)
        })
    }

    fn named_in_library(&self, path: &syn::Path) -> Option<Ident> {
        let name = path.segments.last()?.ident.clone();
        let before = path.segments.iter().take(path.segments.len() - 1);
        let before: Vec<_> = before.map(|segment| segment.ident.to_string()).collect();
        let ours = self.runtime.clone().into_iter().filter_map(|token| match token {
            TokenTree::Ident(ident) => Some(ident.to_string()),
            _ => None,
        });
        let ours: Vec<_> = ours.chain(["math".to_owned()]).collect();
        (before == ours || before == ["gradgen", "math"]).then_some(name)
    }

    /// A function of `gradgen::math`, to be run where it is called. That the path is really of that one, rustc
    /// checks.
    pub(super) fn library_function(&mut self, path: &syn::Path) -> Option<Rc<Closure>> {
        let name = self.name_in_library(path)?;
        if self.library.is_none() {
            let mut library = Context::of_library(&library_items().ok()?);
            // Where it is called the trait may have no name.
            let runtime = self.runtime.clone();
            let scalar = syn::parse2::<syn::TypeParamBound>(quote!(#runtime::Scalar)).ok()?;
            library.functions.values_mut().for_each(|function| bound_by(function, &scalar));
            self.library = Some(Rc::new(library));
        }
        let library = self.library.clone()?;
        let function = library.functions.get(&plain(&name))?;
        let function: syn::ItemFn = syn::parse2(moved(function.to_token_stream(), name.span())).ok()?;
        let arguments = function.sig.generics.params.iter().map(|parameter| match parameter {
            syn::GenericParam::Const(_) => quote!(1),
            _ => quote!(f64),
        });
        let arguments: Vec<_> = arguments.collect();
        let around = std::mem::replace(&mut self.context, library);
        let closure = self.module_function_text(&function);
        self.context = around;
        let runtime = self.runtime.clone();
        // The user may have imported what is named here by its full path.
        let check = quote_spanned! {name.span()=>
            #[allow(unused_qualifications)]
            const _: () = #runtime::chain::same::<#path<#(#arguments),*>, #runtime::math::#name<#(#arguments),*>>();
        };
        if let Ok(check) = syn::parse2(check) {
            self.require(check);
        }
        closure
    }
}
