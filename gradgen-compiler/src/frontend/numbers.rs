//! Numbers of another type than the scalar type: literals, constants and arithmetic on them, where the scalar
//! type is a type parameter. They stay what rustc makes of them until they are converted.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprMethodCall};

use super::body::Lowering;
use super::conversions::literal;
use super::ranges::source_text;
use super::signature::bare;
use super::terms::Term;
use crate::ir::{Elementary, Int, Op, Scalar, Type, Value};

/// A number that is not in the scalar type.
pub(super) struct Foreign {
    value: Value,
    /// As written, for a message.
    tokens: TokenStream,
}

impl Lowering<'_> {
    /// Whether a literal is of another type than the scalar type: of `f64`, where that is a type parameter.
    pub(super) fn has_foreign_literals(&self) -> bool {
        match self.graph.scalar() {
            Scalar::F64 => false,
            Scalar::F32 => self.parameter.is_some(),
            Scalar::Generic(_) => true,
        }
    }

    /// A number as rustc reads it.
    pub(super) fn foreign_literal(
        &mut self,
        at: impl ToTokens,
        suffix: &str,
        digits: &str,
        negative: bool,
    ) -> Term {
        let at = at.to_token_stream();
        let number = match (digits.parse::<f64>(), digits.parse::<f32>()) {
            (_, Ok(number)) if suffix == "f32" && number.is_finite() => Literal::f32_suffixed(number),
            (Ok(number), _) if suffix != "f32" && number.is_finite() => Literal::f64_suffixed(number),
            _ => return self.fail(at, "this number is outside of the range of its type"),
        };
        let sign = negative.then(|| quote!(-));
        let value = self.foreign(&quote!(#sign #number));
        self.foreign.push(Foreign { value, tokens: at });
        Term::One(value)
    }

    fn foreign(&mut self, tokens: &TokenStream) -> Value {
        let (symbol, ty) = (self.symbol(tokens), self.graph.fresh_type());
        self.graph.constant(symbol, ty)
    }

    /// `n as f64` of an integer, where that is not the scalar type.
    pub(super) fn foreign_cast(&mut self, cast: &syn::ExprCast) -> Option<Term> {
        let to_f64 = is_word(&cast.ty, "f64");
        if !self.has_foreign_literals() || !(to_f64 || is_word(&cast.ty, "f32")) {
            return None;
        }
        let Some(value) = self.single(&cast.expr) else { return Some(Term::Poison) };
        let (ty, to) = (self.graph.ty(value), &cast.ty);
        if let Some(tokens) = self.foreign_tokens(value) {
            let tokens = in_parentheses(tokens);
            return Some(Term::One(self.foreign(&quote!(#tokens as #to))));
        }
        if self.graph.is_integer(&ty) && to_f64 {
            let ty = self.graph.fresh_type();
            let value = self.graph.cast(value, ty);
            self.foreign.push(Foreign { value, tokens: cast.to_token_stream() });
            return Some(Term::One(value));
        }
        let name = self.name_of_scalar();
        let message = format!("convert to `{name}` at once, `{name}::from(n).unwrap()`");
        Some(self.fail(cast, message))
    }

    /// `2.0.sqrt()`, of a number that is not in the scalar type: a constant again.
    pub(super) fn foreign_method(&mut self, call: &ExprMethodCall, receiver: Value) -> Option<Term> {
        if !self.has_foreign_literals() {
            return None;
        }
        let tokens = self.foreign_tokens(receiver)?;
        let name = &call.method;
        Elementary::named(&name.to_string())?;
        let mut args = vec![];
        for argument in &call.args {
            let value = self.single(argument)?;
            args.push(match self.graph.as_int(value) {
                Some(_) => argument.to_token_stream(),
                None => self.foreign_tokens(value)?,
            });
        }
        let tokens = in_parentheses(tokens);
        Some(Term::One(self.foreign(&quote!(#tokens.#name(#(#args),*)))))
    }

    /// Whether a value is a number, or arithmetic on some, that is not in the scalar type: its expression.
    fn foreign_tokens(&self, value: Value) -> Option<TokenStream> {
        let ty = self.graph.ty(value);
        if !matches!(ty, Type::Variable(_)) || self.graph.is_integer(&ty) || !self.is_constant(value) {
            return None;
        }
        let node = self.graph.node(value);
        let of = |place: usize| self.foreign_tokens(node.args[place]).map(in_parentheses);
        Some(match node.op {
            Op::Constant(symbol) => self.symbol_tokens(symbol),
            Op::Neg => {
                let x = of(0)?;
                quote!(-#x)
            }
            ref op => {
                let (a, b) = (of(0)?, of(1)?);
                match op {
                    Op::Add => quote!(#a + #b),
                    Op::Sub => quote!(#a - #b),
                    Op::Mul => quote!(#a * #b),
                    Op::Div => quote!(#a / #b),
                    Op::Rem => quote!(#a % #b),
                    _ => return None,
                }
            }
        })
    }

    /// Whether a value is annotated as the `f64` that it is, though that is not the scalar type.
    pub(super) fn is_annotated_number(&self, term: &Term, ty: &syn::Type) -> bool {
        let Term::One(value) = term else { return false };
        self.has_foreign_literals() && is_word(ty, "f64") && self.is_foreign(*value)
    }

    /// Whether a value is a number that is not in the scalar type, as far as that is known.
    fn is_foreign(&self, value: Value) -> bool {
        let ty = self.graph.ty(value);
        if !matches!(ty, Type::Variable(_)) || self.graph.is_integer(&ty) {
            return false;
        }
        let node = self.graph.node(value);
        match node.op {
            Op::Cast => true,
            Op::Select => self.is_foreign(node.args[1]) && self.is_foreign(node.args[2]),
            Op::Get => {
                let array = self.graph.node(node.args[0]);
                match array.op {
                    Op::Constant(_) => true,
                    Op::Array | Op::Splat(_) => array.args.iter().all(|&element| self.is_foreign(element)),
                    _ => false,
                }
            }
            _ => self.is_constant(value),
        }
    }

    /// The type of a table of numbers that are not in the scalar type.
    pub(super) fn foreign_array(&mut self, ty: &syn::Type) -> Option<Type> {
        let syn::Type::Array(array) = bare(ty) else { return None };
        if !self.has_foreign_literals() {
            return None;
        }
        let element = if is_word(&array.elem, "f64") || is_word(&array.elem, "f32") {
            self.graph.fresh_type()
        } else {
            self.foreign_array(&array.elem)?
        };
        Some(Type::array(element, self.length(&array.len)))
    }

    /// A value in the scalar type, rounded once. Nothing, if it is not made of numbers and of integers.
    pub(super) fn as_scalar(&mut self, value: Value) -> Option<Value> {
        let ty = self.graph.ty(value);
        if ty == Type::Real {
            return Some(value);
        }
        if self.graph.is_integer(&ty) {
            if let Type::Variable(_) = ty {
                self.graph.unify(&ty, &Type::Int(Int::I32));
            }
            return Some(self.graph.cast(value, Type::Real));
        }
        let (runtime, scalar) = (self.runtime.clone(), self.scalar_tokens());
        if let Some(tokens) = self.foreign_tokens(value) {
            if let Ok(number) = syn::parse2::<Expr>(tokens.clone())
                && let Some(number) = literal(&number, false)
            {
                return Some(self.graph.real(number));
            }
            let symbol = self.symbol(&quote!(#runtime::scalar::cast::<#scalar, _>(#tokens)));
            return Some(self.graph.constant(symbol, Type::Real));
        }
        let node = self.graph.node(value).clone();
        match node.op {
            Op::Cast if matches!(ty, Type::Variable(_)) => Some(self.graph.cast(node.args[0], Type::Real)),
            Op::Select => {
                let (a, b) = (self.as_scalar(node.args[1])?, self.as_scalar(node.args[2])?);
                Some(self.graph.select(node.args[0], a, b))
            }
            Op::Project(place) => self.branches_as_scalar(node.args[0], place),
            Op::Get => {
                let array = self.array_as_scalar(node.args[0])?;
                Some(self.graph.get(array, &node.args[1..]))
            }
            _ => None,
        }
    }

    /// Of `if c { 0.5 } else { 2.0 }`.
    fn branches_as_scalar(&mut self, branch: Value, place: usize) -> Option<Value> {
        let node = self.graph.node(branch).clone();
        let (Op::If, &[then, otherwise]) = (&node.op, &node.regions[..]) else { return None };
        let [a, b] = [then, otherwise].map(|region| self.graph.region(region).results[place]);
        self.foreign_tokens(a).and(self.foreign_tokens(b))?;
        let (a, b) = (self.as_scalar(a)?, self.as_scalar(b)?);
        Some(self.graph.select(node.args[0], a, b))
    }

    fn array_as_scalar(&mut self, array: Value) -> Option<Value> {
        let node = self.graph.node(array).clone();
        match node.op {
            Op::Array => {
                let elements: Option<Vec<_>> =
                    node.args.iter().map(|&element| self.as_scalar(element)).collect();
                Some(self.graph.array(elements?, Type::Real))
            }
            Op::Splat(length) => {
                let element = self.as_scalar(node.args[0])?;
                Some(self.graph.splat(element, length))
            }
            Op::Constant(symbol) => {
                let (runtime, scalar) = (self.runtime.clone(), self.scalar_tokens());
                let (tokens, ty) = (self.symbol_tokens(symbol), with_reals(&self.graph.ty(array))?);
                let converted = self.symbol(&quote!(#runtime::scalar::cast_array::<#scalar, _>(#tokens)));
                Some(self.graph.constant(converted, ty))
            }
            _ => None,
        }
    }

    /// The scalar type, as a type.
    fn scalar_tokens(&self) -> TokenStream {
        match self.graph.scalar() {
            Scalar::Generic(symbol) => self.symbol_tokens(symbol),
            Scalar::F64 => quote!(f64),
            Scalar::F32 => quote!(f32),
        }
    }

    /// The scalar type's name where the code stands.
    pub(super) fn name_of_scalar(&self) -> String {
        let parameter = self.parameter.as_ref().map(|parameter| parameter.ident.to_string());
        parameter.unwrap_or_else(|| self.graph.scalar_name().to_owned())
    }

    /// Numbers that are calculated with as if they were in the scalar type.
    pub(super) fn refuse_unconverted(&mut self) {
        let name = self.name_of_scalar();
        for Foreign { value, tokens } in std::mem::take(&mut self.foreign) {
            if self.graph.ty(value) == Type::Real {
                let number = match syn::parse2::<Expr>(tokens.clone()) {
                    Ok(Expr::Cast(cast)) => source_text(&cast.expr),
                    _ => tokens.to_string(),
                };
                let message = format!(
                    "this is an f64 and no value of `{name}`: write `{name}::from({number}).unwrap()`"
                );
                self.fail(tokens, message);
            }
        }
    }
}

fn in_parentheses(tokens: TokenStream) -> TokenStream {
    if tokens.clone().into_iter().count() == 1 { tokens } else { quote!((#tokens)) }
}

/// The type of an array with the scalar type in the place of its elements' type, if that is not known.
fn with_reals(ty: &Type) -> Option<Type> {
    match ty {
        Type::Array(element, length) => Some(Type::array(with_reals(element)?, length.clone())),
        Type::Variable(_) => Some(Type::Real),
        _ => None,
    }
}

pub(super) fn is_word(ty: &syn::Type, word: &str) -> bool {
    matches!(bare(ty), syn::Type::Path(path) if path.path.is_ident(word))
}
