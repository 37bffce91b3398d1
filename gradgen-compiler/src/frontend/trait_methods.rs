//! Methods of floats that are no elementary functions: questions about them, and what the traits of the
//! operators and of `num_traits` add.

use proc_macro2::Ident;
use syn::Expr;

use super::body::Lowering;
use super::terms::Term;
use crate::ir::Comparison::{Eq, Ge, Lt, Ne};
use crate::ir::{Comparison, Elementary, Scalar, Value};

/// Methods that `f64` and `f32` have by traits only. Where the bounds of a type parameter do not say so, a
/// trait in scope could mean anything by them.
pub(super) const OF_TRAITS: [&str; 11] =
    ["is_zero", "is_one", "is_positive", "is_negative", "inv", "neg", "add", "sub", "mul", "div", "rem"];

/// What takes a value out of the scalar type, or its bits apart.
const LEAVING: [&str; 16] = [
    "to_f64",
    "to_f32",
    "to_usize",
    "to_isize",
    "to_i32",
    "to_i64",
    "to_u32",
    "to_u64",
    "to_i8",
    "to_i16",
    "to_i128",
    "to_u8",
    "to_u16",
    "to_u128",
    "as_",
    "integer_decode",
];

impl Lowering<'_> {
    /// A method of a float that is not in the table of elementary functions; nothing, if it is not known.
    pub(super) fn trait_method(
        &mut self,
        name: &Ident,
        receiver: Option<Value>,
        args: &[&Expr],
    ) -> Option<Term> {
        let text = name.to_string();
        if LEAVING.contains(&text.as_str()) && self.parameter.is_some() {
            return Some(self.refuse_leaving(name));
        }
        Some(match text.as_str() {
            "is_nan" => self.comparison_of(name, receiver, args, |this, x| this.graph.compare(Ne, x, x)),
            "is_zero" => self.comparison_of(name, receiver, args, |this, x| this.compared(Eq, x, 0.0)),
            "is_one" => self.comparison_of(name, receiver, args, |this, x| this.compared(Eq, x, 1.0)),
            "is_sign_negative" | "is_negative" => {
                self.comparison_of(name, receiver, args, |this, x| this.signed(Lt, x))
            }
            "is_sign_positive" | "is_positive" => {
                self.comparison_of(name, receiver, args, |this, x| this.signed(Ge, x))
            }
            "is_finite" => self.comparison_of(name, receiver, args, Self::finite),
            "is_infinite" => self.comparison_of(name, receiver, args, |this, x| {
                let (is_finite, no) = (this.finite(x), this.graph.bool(false));
                let is_number = this.graph.compare(Eq, x, x);
                this.graph.select(is_finite, no, is_number)
            }),
            "is_normal" => self.comparison_of(name, receiver, args, |this, x| {
                let (is_finite, large) = (this.finite(x), this.above_subnormal(Ge, x));
                let no = this.graph.bool(false);
                this.graph.select(is_finite, large, no)
            }),
            "is_subnormal" => self.comparison_of(name, receiver, args, |this, x| {
                let (small, other) = (this.above_subnormal(Lt, x), this.compared(Ne, x, 0.0));
                let no = this.graph.bool(false);
                this.graph.select(small, other, no)
            }),
            "inv" => return self.elementary_by_name("recip", name, receiver, args),
            "neg" => {
                let Some(x) = self.receiver(name, receiver, args, 0) else { return Some(Term::Poison) };
                self.at(name.span());
                Term::One(self.graph.neg(x))
            }
            "add" | "sub" | "mul" | "div" | "rem" => self.operator(name, receiver, args),
            _ => return None,
        })
    }

    fn refuse_leaving(&mut self, name: &Ident) -> Term {
        let scalar = self.graph.scalar_name();
        let message = match name.to_string().as_str() {
            "to_usize" | "to_i32" => format!("the value of this is an option: write `{name}().unwrap()`"),
            text => format!(
                "`{text}` leaves the scalar type `{scalar}`: derivatives stay in one scalar type; convert numbers \
                 into it instead, `{scalar}::from(2.0).unwrap()`, or to an index with `to_usize().unwrap()`"
            ),
        };
        self.fail(name, message)
    }

    fn comparison_of(
        &mut self,
        name: &Ident,
        receiver: Option<Value>,
        args: &[&Expr],
        compare: impl FnOnce(&mut Self, Value) -> Value,
    ) -> Term {
        let Some(x) = self.receiver(name, receiver, args, 0) else { return Term::Poison };
        self.at(name.span());
        Term::One(compare(self, x))
    }

    fn compared(&mut self, comparison: Comparison, x: Value, number: f64) -> Value {
        let number = self.graph.real(number);
        self.graph.compare(comparison, x, number)
    }

    /// Its size beside that of the smallest number that has all its digits.
    fn above_subnormal(&mut self, comparison: Comparison, x: Value) -> Value {
        let size = self.graph.elementary(Elementary::ABS, &[x]);
        let least = match self.graph.scalar() {
            Scalar::F32 => f64::from(f32::MIN_POSITIVE),
            _ => f64::MIN_POSITIVE,
        };
        self.compared(comparison, size, least)
    }

    /// By the sign bit, which zeros and NaNs have too.
    fn signed(&mut self, comparison: Comparison, x: Value) -> Value {
        let one = self.graph.real(1.0);
        let sign = self.graph.elementary(Elementary::COPYSIGN, &[one, x]);
        self.compared(comparison, sign, 0.0)
    }

    /// Of infinities and NaNs the difference to themselves is NaN.
    fn finite(&mut self, x: Value) -> Value {
        let difference = self.graph.sub(x, x);
        self.compared(Eq, difference, 0.0)
    }

    fn operator(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        let a = self.receiver(name, receiver, args, 1);
        let b = args.first().and_then(|argument| self.real(argument));
        let (Some(a), Some(b)) = (a, b) else { return Term::Poison };
        self.at(name.span());
        Term::One(match name.to_string().as_str() {
            "add" => self.graph.add(a, b),
            "sub" => self.graph.sub(a, b),
            "mul" => self.graph.mul(a, b),
            "div" => self.graph.div(a, b),
            _ => self.graph.rem(a, b),
        })
    }
}
