//! Expressions: a value and what stands inline in it, with no more parentheses than it needs.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Math;
use super::code::Code;
use crate::ir::elementary::Core;
use crate::ir::{Elementary, Length, Op, Scalar, Type, Value};

/// How tightly an expression binds, as in the Rust reference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    Comparison,
    Sum,
    Product,
    Cast,
    Unary,
    Method,
}

impl Code<'_> {
    /// The expression of a value. An array that is passed by reference stays one.
    pub(super) fn expression(&mut self, value: Value) -> TokenStream {
        self.operand(value, Binding::Or)
    }

    /// The expression of a value, in parentheses if it binds less tightly.
    fn operand(&mut self, value: Value, least: Binding) -> TokenStream {
        if let Some(ident) = self.variable(value) {
            return quote!(#ident);
        }
        let (tokens, binding) = self.bare(value);
        if binding < least { quote!((#tokens)) } else { tokens }
    }

    /// The operation of a node that gets a variable.
    pub(super) fn operation(&mut self, value: Value) -> TokenStream {
        self.bare(value).0
    }

    fn bare_or_variable(&mut self, value: Value) -> (TokenStream, Binding) {
        match self.variable(value) {
            Some(ident) => (quote!(#ident), Binding::Method),
            None => self.bare(value),
        }
    }

    fn bare(&mut self, value: Value) -> (TokenStream, Binding) {
        let graph = self.graph;
        let node = graph.node(value);
        let args = &node.args;
        match &node.op {
            Op::Input(place) => {
                let argument = &self.arguments[*place];
                let ident = &argument.ident;
                if argument.by_reference && !matches!(node.ty, Type::Array(..)) {
                    (quote!(*#ident), Binding::Unary)
                } else {
                    (quote!(#ident), Binding::Method)
                }
            }
            Op::Real(bits) => self.real(f64::from_bits(*bits)),
            // Of a loop without an end of its own; not every `usize` has 64 bits.
            Op::Int(value) if *value == i128::from(u64::MAX) => (quote!(usize::MAX), Binding::Method),
            Op::Int(value) => {
                let literal = Literal::u128_unsuffixed(value.unsigned_abs());
                if *value < 0 {
                    (quote!(-#literal), Binding::Unary)
                } else {
                    (quote!(#literal), Binding::Method)
                }
            }
            Op::Bool(value) => (quote!(#value), Binding::Method),
            Op::Constant(symbol) => {
                // A cast among the user's constants is an expression.
                let tokens = &self.types.symbols[*symbol as usize];
                let binding = if graph.symbols[*symbol as usize].text.contains(" as ") {
                    Binding::Cast
                } else {
                    Binding::Method
                };
                (quote!(#tokens), binding)
            }
            Op::Length(length) => {
                let tokens = self.types.length(length);
                (quote!(#tokens), Binding::Or)
            }
            Op::Neg | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem => self.arithmetic(value),
            Op::Compare(comparison) => {
                let symbol: TokenStream = comparison.symbol().parse().unwrap_or_default();
                let (a, b) = (self.operand(args[0], Binding::Sum), self.operand(args[1], Binding::Sum));
                // `a as usize < b` would start type arguments.
                (quote!(#a #symbol #b), Binding::Comparison)
            }
            Op::Not => {
                let x = self.operand(args[0], Binding::Unary);
                (quote!(!#x), Binding::Unary)
            }
            Op::Cast if matches!(self.types.scalar, Scalar::Generic(_)) => {
                (self.generic_cast(args[0], &node.ty), Binding::Method)
            }
            Op::Cast => {
                let (x, ty) = (self.operand(args[0], Binding::Cast), self.types.ty(&node.ty));
                (quote!((#x as #ty)), Binding::Method)
            }
            Op::Select => {
                let condition = self.expression(args[0]);
                let (a, b) = (self.owned(args[1]), self.owned(args[2]));
                (quote!(if #condition { #a } else { #b }), Binding::Or)
            }
            Op::Elementary(function) => self.elementary(*function, args),
            Op::Array => {
                let elements: Vec<_> = args.iter().map(|&arg| self.owned(arg)).collect();
                (quote!([#(#elements),*]), Binding::Method)
            }
            Op::Splat(length) => {
                let (element, length) = (self.owned(args[0]), self.types.length(length));
                (quote!([#element; #length]), Binding::Method)
            }
            Op::Zeros(ty) => (self.zeros(ty), Binding::Method),
            Op::Get => {
                let array = match self.variable(args[0]) {
                    None => self.literals(args[0]).unwrap_or_else(|| self.operand(args[0], Binding::Method)),
                    Some(ident) => quote!(#ident),
                };
                let indices: Vec<_> = args[1..].iter().map(|&index| self.expression(index)).collect();
                (quote!(#array #([#indices])*), Binding::Method)
            }
            Op::Stop if matches!(node.ty, Type::Array(..)) => (self.owned(args[0]), Binding::Unary),
            Op::Hold | Op::Stop => self.bare_or_variable(args[0]),
            Op::ZerosLike => {
                let (runtime, like) = (self.runtime, self.borrowed(args[0]));
                (quote!(#runtime::chain::zero(#like)), Binding::Method)
            }
            Op::Sum => {
                let (runtime, a, b) = (self.runtime, self.borrowed(args[0]), self.borrowed(args[1]));
                (quote!(#runtime::chain::sum(#a, #b)), Binding::Method)
            }
            op => unreachable!("{op:?} is a statement or an input"),
        }
    }

    /// An array of literals, the first with its type: it may be the receiver of a method later.
    fn literals(&mut self, array: Value) -> Option<TokenStream> {
        let node = self.graph.node(array);
        if node.op != Op::Array {
            return None;
        }
        let (&first, rest) = node.args.split_first()?;
        let first = match self.graph.node(first).op {
            Op::Real(bits) => self.number(f64::from_bits(bits), true),
            Op::Int(value) if value >= 0 => {
                let (literal, ty) =
                    (Literal::u128_unsuffixed(value.unsigned_abs()), &self.graph.node(first).ty);
                let ty = self.types.ty(ty);
                quote!((#literal as #ty))
            }
            _ => return None,
        };
        let rest: Vec<_> = rest.iter().map(|&element| self.owned(element)).collect();
        Some(quote!([#first #(, #rest)*]))
    }

    fn borrowed(&mut self, value: Value) -> TokenStream {
        let expression = self.owned(value);
        quote!(&#expression)
    }

    fn real(&self, value: f64) -> (TokenStream, Binding) {
        if let Scalar::Generic(_) = self.types.scalar {
            return (self.number(value, false), Binding::Method);
        }
        for (constant, name) in [(std::f64::consts::LN_2, "LN_2"), (std::f64::consts::LN_10, "LN_10")] {
            if value == self.types.scalar.round(constant) {
                let (scalar, name) = (self.types.scalar(), Ident::new(name, Span::call_site()));
                return (quote!(::core::#scalar::consts::#name), Binding::Method);
            }
        }
        (self.number(value, false), if value.is_sign_negative() { Binding::Unary } else { Binding::Method })
    }

    pub(super) fn zeros(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Array(element, length) => {
                let (element, size) = (self.zeros(element), self.types.length(length));
                if let Length::Size(_) = length {
                    quote!([#element; { #size }])
                } else {
                    quote!([#element; #size])
                }
            }
            _ => self.types.zero(self.runtime),
        }
    }

    fn arithmetic(&mut self, value: Value) -> (TokenStream, Binding) {
        let node = self.graph.node(value);
        let args = &node.args;
        if let Type::Int(_) = node.ty {
            return self.integer(&node.op, args);
        }
        let (symbol, left, right) = match node.op {
            Op::Neg => {
                let x = self.operand(args[0], Binding::Unary);
                return (quote!(-#x), Binding::Unary);
            }
            Op::Add => (quote!(+), Binding::Sum, Binding::Product),
            Op::Sub => (quote!(-), Binding::Sum, Binding::Product),
            Op::Mul => (quote!(*), Binding::Product, Binding::Cast),
            Op::Div => (quote!(/), Binding::Product, Binding::Cast),
            _ => (quote!(%), Binding::Product, Binding::Cast),
        };
        let b = self.operand(args[1], right);
        // Two literals that were not folded, as `1e300 * 1e300`: nothing else says what type they have.
        let a = match (self.graph.as_real(args[0]), self.graph.as_real(args[1])) {
            (Some(number), Some(_)) => self.number(number, true),
            _ => self.operand(args[0], left),
        };
        (quote!(#a #symbol #b), left)
    }

    /// An integer as the receiver of a method.
    pub(super) fn receiver(&mut self, value: Value) -> TokenStream {
        self.operand(value, Binding::Method)
    }

    /// Integer arithmetic wraps, as it does in the user's function without overflow checks.
    fn integer(&mut self, op: &Op, args: &[Value]) -> (TokenStream, Binding) {
        // Of a `usize` by a literal nothing can go wrong.
        if let (Op::Div | Op::Rem, Some(1..)) =
            (op, args.get(1).and_then(|&divisor| self.graph.as_int(divisor)))
            && self.graph.ty(args[0]) == Type::Int(crate::ir::Int::Usize)
        {
            let symbol = if *op == Op::Div { quote!(/) } else { quote!(%) };
            let (a, b) = (self.operand(args[0], Binding::Product), self.operand(args[1], Binding::Cast));
            return (quote!(#a #symbol #b), Binding::Product);
        }
        let method = match op {
            Op::Neg => "wrapping_neg",
            Op::Add => "wrapping_add",
            Op::Sub => "wrapping_sub",
            Op::Mul => "wrapping_mul",
            Op::Div => "wrapping_div",
            _ => "wrapping_rem",
        };
        let method = Ident::new(method, Span::call_site());
        let ty = self.types.ty(&self.graph.node(args[0]).ty);
        let first = match self.graph.as_int(args[0]) {
            Some(_) => {
                let literal = self.operand(args[0], Binding::Unary);
                quote!((#literal as #ty))
            }
            None => self.operand(args[0], Binding::Method),
        };
        let rest: Vec<_> = args[1..].iter().map(|&arg| self.expression(arg)).collect();
        (quote!(#first.#method(#(#rest),*)), Binding::Method)
    }

    /// `x as T` where one of the types is a type parameter.
    fn generic_cast(&mut self, x: Value, to: &Type) -> TokenStream {
        let (runtime, scalar, from) = (self.runtime, self.types.scalar(), self.graph.ty(x));
        match (from, to) {
            (Type::Real, Type::Int(crate::ir::Int::I32)) => {
                let x = self.expression(x);
                quote!(#runtime::scalar::to_i32(#x))
            }
            (Type::Real, _) => {
                let x = self.expression(x);
                quote!(#runtime::scalar::to_usize(#x))
            }
            (_, Type::Real) => {
                let x = self.expression(x);
                quote!(#runtime::scalar::cast::<#scalar, _>(#x))
            }
            _ => {
                let (x, ty) = (self.operand(x, Binding::Cast), self.types.ty(to));
                quote!((#x as #ty))
            }
        }
    }

    fn elementary(&mut self, function: Elementary, args: &[Value]) -> (TokenStream, Binding) {
        let row = function.row();
        if let Scalar::Generic(_) = self.types.scalar {
            let (runtime, name) = (self.runtime, Ident::new(row.name, Span::call_site()));
            let args: Vec<_> = args.iter().map(|&arg| self.expression(arg)).collect();
            return (quote!(#runtime::scalar::#name(#(#args),*)), Binding::Method);
        }
        let rest: Vec<_> = args[1..].iter().map(|&arg| self.expression(arg)).collect();
        if row.core == Core::Special {
            let first = match self.graph.as_real(args[0]) {
                Some(number) => self.number(number, true),
                None => self.expression(args[0]),
            };
            let (runtime, name) = (self.runtime, Ident::new(row.name, Span::call_site()));
            return (quote!(#runtime::scalar::#name(#first #(, #rest)*)), Binding::Method);
        }
        if self.target.math == Math::Std || row.core == Core::Method {
            let name = Ident::new(row.name, Span::call_site());
            let receiver = match self.graph.as_real(args[0]) {
                // A method of a literal needs the literal's type.
                Some(number) if number.is_sign_negative() => {
                    let number = self.number(number, true);
                    quote!((#number))
                }
                Some(number) => self.number(number, true),
                None => self.operand(args[0], Binding::Method),
            };
            return (quote!(#receiver.#name(#(#rest),*)), Binding::Method);
        }
        let first = self.expression(args[0]);
        let runtime = self.runtime;
        let path = match row.core {
            Core::Libm(name) => {
                let suffix = if self.types.scalar == Scalar::F32 { "f" } else { "" };
                let name = Ident::new(&format!("{name}{suffix}"), Span::call_site());
                quote!(#runtime::libm::#name)
            }
            Core::Runtime(name) => {
                let name = Ident::new(name, Span::call_site());
                quote!(#runtime::core_math::#name)
            }
            Core::Method | Core::Special => unreachable!("methods of core are called above"),
        };
        let separator = (!rest.is_empty()).then(|| quote!(,));
        (quote!(#path(#first #separator #(#rest),*)), Binding::Method)
    }
}
