//! Integers beyond arithmetic: bits by literals, and methods.

use proc_macro2::Ident;
use syn::{BinOp, Expr};

use super::body::Lowering;
use super::terms::Term;
use crate::ir::{Comparison, Int, Type, Value};

impl Lowering<'_> {
    /// `n & 3`, `n << 2`, `n >> 2`: what they are of arithmetic, with a literal on the right.
    pub(super) fn bits(&mut self, op: &BinOp, x: Value, by: Value, at: &syn::ExprBinary) -> Term {
        let ty = self.graph.ty(x);
        let literal = self.graph.as_int(by);
        let power = match (op, literal) {
            (BinOp::Shl(_) | BinOp::Shr(_), Some(bits @ 0..=30)) => Some(1_i128 << bits),
            (BinOp::BitAnd(_), Some(mask @ 0..)) if (mask + 1).count_ones() == 1 => Some(mask + 1),
            _ => None,
        };
        let Some(power) = power else {
            let message = "of the bits of an integer, `n << 2`, `n >> 2` and `n & 3` are understood: by a literal, which \
                           is one less than a power of two for `&`";
            return self.fail(at, message);
        };
        let divisor = self.graph.int(power, ty);
        Term::One(match op {
            BinOp::Shl(_) => self.graph.mul(x, divisor),
            BinOp::BitAnd(_) => self.remainder(x, divisor),
            _ => {
                let rest = self.remainder(x, divisor);
                let whole = if self.is_signed(x) { self.graph.sub(x, rest) } else { x };
                self.graph.div(whole, divisor)
            }
        })
    }

    fn is_signed(&self, x: Value) -> bool {
        !matches!(self.graph.ty(x), Type::Int(int) if !int.is_signed())
    }

    /// The remainder that is never negative, of a divisor that is positive.
    fn remainder(&mut self, x: Value, divisor: Value) -> Value {
        let rest = self.graph.rem(x, divisor);
        if !self.is_signed(x) {
            return rest;
        }
        let zero = self.graph.int(0, self.graph.ty(x));
        let negative = self.graph.compare(Comparison::Lt, rest, zero);
        let more = self.graph.add(rest, divisor);
        self.graph.select(negative, more, rest)
    }

    /// A method of an integer.
    pub(super) fn integer_method(&mut self, name: &Ident, x: Value, args: &[&Expr]) -> Term {
        let ty = self.graph.ty(x);
        let text = name.to_string();
        self.at(name.span());
        let zero = self.graph.int(0, ty.clone());
        match (text.as_str(), args) {
            ("abs", []) => {
                let negative = self.graph.compare(Comparison::Lt, x, zero);
                let negated = self.graph.neg(x);
                return Term::One(self.graph.select(negative, negated, x));
            }
            ("signum", []) => {
                let (one, less) = (self.graph.int(1, ty.clone()), self.graph.int(-1, ty));
                let negative = self.graph.compare(Comparison::Lt, x, zero);
                let positive = self.graph.compare(Comparison::Gt, x, zero);
                let above = self.graph.select(positive, one, zero);
                return Term::One(self.graph.select(negative, less, above));
            }
            _ => {}
        }
        let known = matches!(
            text.as_str(),
            "min"
                | "max"
                | "abs_diff"
                | "rem_euclid"
                | "div_euclid"
                | "is_multiple_of"
                | "saturating_sub"
                | "clamp"
        );
        if !known {
            let message = format!("the method `{text}` of integers is not understood: cast to a float first");
            return self.fail(name, message);
        }
        let mut others = vec![];
        for argument in args {
            let Some(other) = self.single(argument) else { return Term::Poison };
            if !self.graph.expect(other, &ty) {
                return self.fail(argument, "an integer of the same type is expected here");
            }
            others.push(other);
        }
        self.at(name.span());
        match (text.as_str(), &others[..]) {
            ("min", &[other]) => Term::One(self.extreme(Comparison::Lt, x, other)),
            ("max", &[other]) => Term::One(self.extreme(Comparison::Gt, x, other)),
            ("clamp", &[low, high]) => {
                let above = self.extreme(Comparison::Gt, x, low);
                Term::One(self.extreme(Comparison::Lt, above, high))
            }
            ("abs_diff", &[other]) if !self.is_signed(x) => {
                let (more, less) = (self.graph.sub(x, other), self.graph.sub(other, x));
                let below = self.graph.compare(Comparison::Lt, x, other);
                Term::One(self.graph.select(below, less, more))
            }
            ("saturating_sub", &[other]) if !self.is_signed(x) => {
                let difference = self.graph.sub(x, other);
                let below = self.graph.compare(Comparison::Lt, x, other);
                Term::One(self.graph.select(below, zero, difference))
            }
            ("is_multiple_of", &[other]) if self.graph.as_int(other).is_some_and(|other| other > 0) => {
                let rest = self.graph.rem(x, other);
                Term::One(self.graph.compare(Comparison::Eq, rest, zero))
            }
            ("rem_euclid", &[other]) if self.graph.as_int(other).is_some_and(|other| other > 0) => {
                Term::One(self.remainder(x, other))
            }
            ("div_euclid", &[other]) if self.graph.as_int(other).is_some_and(|other| other > 0) => {
                let rest = self.remainder(x, other);
                let whole = self.graph.sub(x, rest);
                Term::One(self.graph.div(whole, other))
            }
            ("is_multiple_of" | "rem_euclid" | "div_euclid", &[_]) => {
                self.fail(name, format!("`{text}` of integers is understood by a literal that is positive"))
            }
            ("abs_diff" | "saturating_sub", &[_]) => {
                self.fail(name, format!("`{text}` is understood of integers without a sign"))
            }
            _ => self.fail(name, format!("`{text}` is given another number of arguments")),
        }
    }

    fn extreme(&mut self, comparison: Comparison, x: Value, other: Value) -> Value {
        let first = self.graph.compare(comparison, x, other);
        self.graph.select(first, x, other)
    }

    /// `c.then(|| x)` and `c.then_some(x)`.
    pub(super) fn then_method(&mut self, condition: Value, name: &Ident, argument: &Expr) -> Term {
        let none = self.none();
        let run = |this: &mut Self| {
            if name == "then_some" {
                return this.expression(argument, &super::body::Shape::Single);
            }
            match this.callable(argument) {
                Some(closure) => this.apply(&closure, vec![], argument),
                None => Term::Poison,
            }
        };
        if name == "then_some" {
            // The value is there in any case.
            let value = run(self);
            return match (self.yielded(value, argument), none) {
                (Term::Poison, _) => Term::Poison,
                (value, Term::Maybe(maybe)) => {
                    Term::Maybe(Box::new(super::options::Maybe { holds: condition, value, ..*maybe }))
                }
                _ => Term::Poison,
            };
        }
        self.only_if(condition, true, none, |this| match run(this) {
            Term::Poison => Term::Poison,
            value => this.some(value, super::options::Which::Option),
        })
    }
}

/// The integer types that values have, by name.
pub(super) fn integer_named(name: &str) -> Option<Int> {
    Int::ALL.into_iter().find(|int| int.name() == name)
}
