//! Numbers as values of the scalar type: `T::from(2.0).unwrap()` and its kin.

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Expr, ExprMethodCall, Lit};

use super::body::Lowering;
use super::generics::From;
use super::numbers::is_word;
use super::options::Which;
use super::paths::Path;
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Int, Type};

/// What takes the value out of an option, or panics.
const TAKING: [&str; 2] = ["unwrap", "expect"];

/// Conversions out of the scalar type, to integers that are understood.
const TRUNCATING: [(&str, Int); 2] = [("to_usize", Int::Usize), ("to_i32", Int::I32)];

impl Lowering<'_> {
    /// `x.to_usize().unwrap()`; nothing, if the call is of something else.
    pub(super) fn truncation(&mut self, call: &ExprMethodCall) -> Option<Term> {
        let Expr::MethodCall(inner) = bare_expression(&call.receiver) else { return None };
        if !TAKING.iter().any(|name| call.method == name) || !inner.args.is_empty() {
            return None;
        }
        let (_, int) = *TRUNCATING.iter().find(|(name, _)| inner.method == name)?;
        if !self.is_promised(&inner.method.to_string()) {
            return None;
        }
        let value = self.real(&inner.receiver);
        self.at(inner.method.span());
        Some(value.map_or(Term::Poison, |value| Term::One(self.graph.cast(value, Type::Int(int)))))
    }

    /// Whether the value of `T::from(x)` is no option.
    fn converts_plainly(&self, path: &Path) -> bool {
        path.of_trait.as_ref().map_or_else(
            || self.parameter.as_ref().is_none_or(|parameter| parameter.converts_from().is_some()),
            |known| known.name() == "From",
        )
    }

    /// `T::from(x)`: an option that has a value, unless it is the function of `From`.
    pub(super) fn call_of_conversion(&mut self, path: &Path, argument: &Expr) -> Term {
        let name = path.name.to_string();
        if name == "from" && self.converts_plainly(path) {
            let is_f32 =
                self.parameter.as_ref().and_then(|parameter| parameter.converts_from()) == Some(From::F32);
            return self.conversion(&path.name, argument, is_f32);
        }
        match self.conversion(&path.name, argument, name.ends_with("f32")) {
            Term::Poison => Term::Poison,
            term => self.some(term, Which::Option),
        }
    }

    /// `x.into()`, of a number.
    pub(super) fn number_into_scalar(&mut self, call: &ExprMethodCall) -> Option<Term> {
        let parameter = self.parameter.clone()?;
        if call.method != "into" || !call.args.is_empty() {
            return None;
        }
        let from = parameter.converts_from();
        if let Some(from) = from
            && self.is_number(&call.receiver)
        {
            return Some(self.conversion(&call.method, &call.receiver, from == From::F32));
        }
        let message = format!(
            "`into` is understood of numbers, where `{0}: From<f32>`: `2.0.into()`; a value of `{0}` stays one, since \
             derivatives stay in one scalar type",
            parameter.ident
        );
        Some(self.fail(&call.method, message))
    }

    /// A number as a value of the scalar type, rounded once.
    fn conversion(&mut self, name: &Ident, argument: &Expr, is_f32: bool) -> Term {
        self.at(name.span());
        if let Some(number) = literal(argument, is_f32) {
            return Term::One(self.graph.real(number));
        }
        if self.is_number(argument) {
            let (runtime, scalar) = (self.runtime.clone(), self.graph.scalar_name().to_owned());
            let scalar = Ident::new(&scalar, name.span());
            let argument = argument.to_token_stream();
            let symbol = self.symbol(&quote!(#runtime::scalar::cast::<#scalar, _>(#argument)));
            return Term::One(self.graph.constant(symbol, Type::Real));
        }
        let Some(value) = self.single(argument) else { return Term::Poison };
        self.at(name.span());
        if let Some(value) = self.as_scalar(value) {
            return Term::One(value);
        }
        if self.graph.expect(value, &Type::Real) {
            return Term::One(value);
        }
        let found = self.graph.type_text(&self.graph.ty(value));
        self.fail(
            argument,
            format!("this is understood as {found}; numbers are converted to the scalar type"),
        )
    }

    /// Whether an expression consists of literals and constants: then rustc has its value and its type.
    fn is_number(&mut self, expression: &Expr) -> bool {
        match bare_expression(expression) {
            Expr::Lit(literal) => matches!(literal.lit, Lit::Float(_) | Lit::Int(_)),
            Expr::Path(path) => {
                path.qself.is_none()
                    && path.path.get_ident().is_none_or(|ident| self.find(ident).is_none())
                    && !self.is_parameter(&path.path)
            }
            Expr::Unary(unary) => matches!(unary.op, syn::UnOp::Neg(_)) && self.is_number(&unary.expr),
            Expr::Binary(binary) => {
                use syn::BinOp::{Add, Div, Mul, Rem, Sub};
                matches!(binary.op, Add(_) | Sub(_) | Mul(_) | Div(_) | Rem(_))
                    && self.is_number(&binary.left)
                    && self.is_number(&binary.right)
            }
            Expr::Cast(cast) => {
                let of_numbers = ["f64", "f32", "usize", "i32", "u32", "i64", "u64"];
                of_numbers.iter().any(|word| is_word(&cast.ty, word)) && self.is_number(&cast.expr)
            }
            Expr::Index(index) => {
                matches!(bare_expression(&index.index), Expr::Lit(_))
                    && matches!(bare_expression(&index.expr), Expr::Path(_) | Expr::Index(_))
                    && self.is_number(&index.expr)
            }
            _ => false,
        }
    }

    /// Whether a path begins with the type parameter: what it names is of that type.
    fn is_parameter(&self, path: &syn::Path) -> bool {
        let parameter = self.parameter.as_ref().map(|parameter| &parameter.ident);
        path.segments.first().is_some_and(|first| Some(&first.ident) == parameter)
    }
}

/// Whether a function is a conversion of a number to the scalar type.
pub(super) fn is_conversion(name: &str) -> bool {
    matches!(name, "from" | "cast") || name.strip_prefix("from_").is_some_and(is_number_type)
}

fn is_number_type(name: &str) -> bool {
    ["f64", "f32", "usize", "isize", "i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"]
        .contains(&name)
}

/// The value of a literal, maybe behind a sign; of an `f32` where it is one.
pub(super) fn literal(expression: &Expr, is_f32: bool) -> Option<f64> {
    match bare_expression(expression) {
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => {
            literal(&unary.expr, is_f32).map(|value| -value)
        }
        Expr::Lit(literal) => {
            let (digits, suffix) = match &literal.lit {
                Lit::Float(float) => (float.base10_digits(), float.suffix()),
                Lit::Int(int) => (int.base10_digits(), int.suffix()),
                _ => return None,
            };
            let value = if suffix == "f32" || (suffix.is_empty() && is_f32) {
                digits.parse::<f32>().ok().map(f64::from)
            } else {
                digits.parse::<f64>().ok()
            };
            // An integer that no `f64` has is rounded to the scalar type once, by rustc.
            value.filter(|value| {
                value.is_finite() && (matches!(literal.lit, Lit::Float(_)) || value.abs() < 9e15)
            })
        }
        _ => None,
    }
}
