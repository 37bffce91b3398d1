//! Functions of the scalar type by their path: `T::sin(x)`, `Float::abs(x)`, `<f64 as Float>::sin(x)`,
//! `num_traits::clamp(x, a, b)`, `T::PI()`.

use std::rc::Rc;

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Expr, ExprPath};

use super::Parameter;
use super::body::Lowering;
use super::bounded::{Known, owner};
use super::closures::Closure;
use super::conversions::is_conversion;
use super::signature::bare;
use super::terms::Term;
use crate::ir::{Elementary, NAMED, Scalar, Type};

/// A path to a function of the scalar type.
pub(super) struct Path {
    /// The function.
    pub(super) name: Ident,
    /// The trait in the path.
    pub(super) of_trait: Option<Known>,
    /// The path as text.
    pub(super) text: String,
    /// Whether it begins with the scalar type.
    by_type: bool,
}

/// Functions of `num_traits` itself, and the methods that they are.
const FREE: [&str; 9] = ["abs", "signum", "clamp", "clamp_min", "clamp_max", "zero", "one", "cast", "float"];

impl Lowering<'_> {
    /// What a path is, if it is one to a function of the scalar type.
    pub(super) fn function_of_scalar(&mut self, path: &ExprPath) -> Option<Path> {
        let last = path.path.segments.last()?;
        let text = path.to_token_stream().to_string().replace(' ', "");
        let found = |of_trait, by_type| Some(Path { name: last.ident.clone(), of_trait, text, by_type });
        let scalar = self
            .parameter
            .as_ref()
            .map_or_else(|| self.graph.scalar_name().to_owned(), |parameter| parameter.ident.to_string());
        if let Some(qself) = &path.qself {
            let is_scalar = matches!(bare(&qself.ty), syn::Type::Path(ty) if ty.path.is_ident(&scalar))
                || matches!(bare(&qself.ty), syn::Type::Infer(_));
            if !is_scalar || qself.position + 1 != path.path.segments.len() {
                return None;
            }
            if qself.position == 0 {
                return found(None, true);
            }
            let known = Known::named(&parent(&path.path))?;
            return found(Some(known), true);
        }
        if path.path.segments.len() < 2 {
            return None;
        }
        let before = parent(&path.path);
        if before.is_ident(&scalar) && self.parameter.is_some() {
            return found(None, true);
        }
        if before.segments.len() == 1
            && matches!(before.segments[0].ident.to_string().as_str(), "num_traits" | "num")
            && FREE.iter().any(|name| last.ident == name)
        {
            return found(None, false);
        }
        // A type could have the name of a trait, but not the functions that are looked for in a trait: rustc
        // is made to check that.
        let known = Known::named(&before).filter(|known| known.promises(&last.ident.to_string()))?;
        found(Some(known), false)
    }

    /// A path that is a value: `T::ZERO`, `<f64>::MAX`, or a function as one, `f64::max`.
    pub(super) fn value_of_scalar(&mut self, path: &ExprPath) -> Option<Term> {
        let segments: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let is_method = |name: &str| name == "from" || Elementary::named(name).is_some();
        if let [ty, method] = &segments[..]
            && self.parameter.is_none()
            && path.qself.is_none()
            && ty == self.graph.scalar_name()
            && is_method(method)
        {
            return Some(Term::Closure(Rc::new(Closure::Path(path.clone()))));
        }
        let found = self.function_of_scalar(path)?;
        let name = found.name.to_string();
        if let ("ZERO" | "ONE", true) = (name.as_str(), self.is_promised(&name) || found.of_trait.is_some()) {
            self.accept(&found);
            self.at(found.name.span());
            return Some(Term::One(self.graph.real(if name == "ONE" { 1.0 } else { 0.0 })));
        }
        if self.parameter.is_none() && found.of_trait.is_none() && !is_method(&name) {
            // `<f64>::MAX`: rustc knows its value, and checks its type.
            let symbol = self.symbol(&path.to_token_stream());
            self.at(found.name.span());
            return Some(Term::One(self.graph.constant(symbol, Type::Real)));
        }
        Some(Term::Closure(Rc::new(Closure::Path(path.clone()))))
    }

    /// A path that is understood: rustc is asked to check that its trait is the one that is meant.
    pub(super) fn accept(&mut self, path: &Path) {
        if let Some(known) = &path.of_trait {
            self.has_to_be(known.clone());
        }
    }

    /// A trait that rustc is asked to check.
    fn has_to_be(&mut self, known: Known) {
        if !self.traits.iter().any(|other| quoted(other) == quoted(&known)) {
            self.traits.push(known);
        }
    }

    /// Goes on with the type parameter of a function that is run here; returns the one before.
    pub(super) fn with_parameter(&mut self, parameter: Option<Rc<Parameter>>) -> Option<Rc<Parameter>> {
        for known in parameter.iter().flat_map(|parameter| parameter.traits()) {
            self.has_to_be(known.clone());
        }
        std::mem::replace(&mut self.parameter, parameter)
    }

    /// Whether the scalar type has a method by its bounds. Of `f64` and `f32`, rustc finds their own methods
    /// before those of traits.
    pub(super) fn is_promised(&self, name: &str) -> bool {
        self.parameter.as_ref().is_some_and(|parameter| parameter.promises(name))
    }

    /// Refuses a method that no bound has: it would be one of a trait in scope, which could do anything.
    pub(super) fn refuse_unpromised(&mut self, name: &Ident) -> Option<Term> {
        let parameter = self.parameter.as_ref()?;
        let text = name.to_string();
        if parameter.promises(&text) {
            return None;
        }
        if let Some(refused) = parameter.refused() {
            let message = refused.to_owned();
            return Some(self.fail(name, message));
        }
        let owner = owner(&text)?;
        let message = format!(
            "`{text}` is no method of the bounds of `{0}`: add one that has it, `{0}: {owner}`",
            parameter.ident
        );
        Some(self.fail(name, message))
    }

    /// A call of a function of the scalar type; nothing, if the path is another one.
    pub(super) fn scalar_function(&mut self, callee: &ExprPath, args: &[&Expr]) -> Option<Term> {
        let path = self.function_of_scalar(callee)?;
        if path.by_type
            && path.of_trait.is_none()
            && let Some(refused) = self.refuse_unpromised(&path.name)
        {
            return Some(refused);
        }
        self.accept(&path);
        let name = path.name.to_string();
        if let [argument] = args
            && is_conversion(&name)
        {
            return Some(self.call_of_conversion(&path, argument));
        }
        let Some((first, rest)) = args.split_first() else { return Some(self.constant_of_scalar(&path)) };
        if let ("clamp_min" | "clamp_max", [bound]) = (name.as_str(), rest) {
            return Some(self.clamp_on_one_side(&path.name, first, bound));
        }
        let receiver = self.real(first);
        Some(self.method_of_real(&path.name, receiver, rest))
    }

    /// `num_traits::clamp_min(x, a)`.
    fn clamp_on_one_side(&mut self, name: &Ident, x: &Expr, bound: &Expr) -> Term {
        use crate::ir::Comparison::{Gt, Lt};
        let (Some(x), Some(bound)) = (self.real(x), self.real(bound)) else { return Term::Poison };
        self.at(name.span());
        let outside = self.graph.compare(if name == "clamp_min" { Lt } else { Gt }, x, bound);
        Term::One(self.graph.select(outside, bound, x))
    }

    /// `T::zero()`, `T::epsilon()`, `T::PI()`.
    fn constant_of_scalar(&mut self, path: &Path) -> Term {
        self.at(path.name.span());
        let name = path.name.to_string();
        let number = match name.as_str() {
            "zero" | "default" => Some(0.0),
            "one" => Some(1.0),
            "neg_zero" => Some(-0.0),
            other => NAMED.iter().find(|(known, _)| *known == other).map(|(_, value)| *value),
        };
        if let Some(number) = number {
            return Term::One(self.graph.real(number));
        }
        let constant = match name.as_str() {
            "epsilon" => "EPSILON",
            "infinity" => "INFINITY",
            "neg_infinity" => "NEG_INFINITY",
            "nan" => "NAN",
            "max_value" => "MAX",
            "min_value" => "MIN",
            "min_positive_value" => "MIN_POSITIVE",
            _ => {
                let message = format!(
                    "`{}()` is not understood: constants are `{scalar}::zero()`, `{scalar}::one()`, the limits as \
                     `{scalar}::epsilon()`, and those of `FloatConst`",
                    path.text,
                    scalar = self.parameter.as_ref().map_or_else(
                        || self.graph.scalar_name().to_owned(),
                        |parameter| parameter.ident.to_string()
                    )
                );
                return self.fail(&path.name, message);
            }
        };
        let scalar = Ident::new(self.graph.scalar_name(), path.name.span());
        let tokens = if let Scalar::Generic(_) = self.graph.scalar() {
            let (runtime, name) = (&self.runtime, &path.name);
            quote!(#runtime::scalar::#name::<#scalar>())
        } else {
            let constant = Ident::new(constant, path.name.span());
            quote!(::core::#scalar::#constant)
        };
        let symbol = self.symbol(&tokens);
        Term::One(self.graph.constant(symbol, Type::Real))
    }
}

/// The path without its last segment.
fn parent(path: &syn::Path) -> syn::Path {
    let mut path = path.clone();
    path.segments.pop();
    if let Some(last) = path.segments.pop() {
        path.segments.push(last);
    }
    path
}

fn quoted(known: &Known) -> String {
    known.path().to_token_stream().to_string()
}
