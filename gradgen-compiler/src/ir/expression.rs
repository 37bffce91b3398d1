//! Arithmetic on values in the notation of mathematics, for the rows of the table of elementary
//! functions and wherever else a formula is written down.

use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::{Comparison, Elementary, Graph, Value};

/// A value of a graph that is being built.
#[derive(Clone, Copy)]
pub struct Expression<'g> {
    graph: &'g RefCell<&'g mut Graph>,
    value: Value,
}

impl<'g> Expression<'g> {
    /// A value as an expression.
    pub const fn new(graph: &'g RefCell<&'g mut Graph>, value: Value) -> Self {
        Self { graph, value }
    }

    /// The value.
    #[must_use]
    pub const fn value(self) -> Value {
        self.value
    }

    fn with(self, make: impl FnOnce(&mut Graph, Value) -> Value) -> Self {
        let value = make(&mut self.graph.borrow_mut(), self.value);
        Self { graph: self.graph, value }
    }

    /// A number.
    #[must_use]
    pub fn number(self, value: f64) -> Self {
        self.with(|graph, _| graph.real(value))
    }

    /// An elementary function of this value and more.
    #[must_use]
    pub fn apply(self, function: Elementary, more: &[Self]) -> Self {
        let mut args = vec![self.value];
        args.extend(more.iter().map(|argument| argument.value));
        self.with(|graph, _| graph.elementary(function, &args))
    }

    /// A comparison.
    #[must_use]
    pub fn compare(self, comparison: Comparison, other: Self) -> Self {
        self.with(|graph, value| graph.compare(comparison, value, other.value))
    }

    /// `if self { a } else { b }`.
    #[must_use]
    pub fn select(self, a: Self, b: Self) -> Self {
        self.with(|graph, value| graph.select(value, a.value, b.value))
    }

    /// `self == number`, of a real.
    #[must_use]
    pub fn is(self, number: f64) -> Self {
        self.compare(Comparison::Eq, self.number(number))
    }

    /// An integer as a number.
    #[must_use]
    pub fn as_real(self) -> Self {
        self.with(|graph, value| graph.cast(value, super::Type::Real))
    }

    /// `self == number`, of an integer.
    #[must_use]
    pub fn is_int(self, number: i128) -> Self {
        let number = self.with(|graph, value| {
            let ty = graph.ty(value);
            graph.int(number, ty)
        });
        self.compare(Comparison::Eq, number)
    }

    /// `self - 1`, of an integer.
    #[must_use]
    pub fn previous(self) -> Self {
        self.with(|graph, value| {
            let ty = graph.ty(value);
            let one = graph.int(1, ty);
            graph.sub(value, one)
        })
    }

    /// `self + 1`, of an integer.
    #[must_use]
    pub fn next(self) -> Self {
        self.with(|graph, value| {
            let ty = graph.ty(value);
            let one = graph.int(1, ty);
            graph.add(value, one)
        })
    }

    /// An integer of type `i32`.
    #[must_use]
    pub fn order(self, number: i128) -> Self {
        self.with(|graph, _| graph.int(number, super::Type::Int(super::Int::I32)))
    }
}

impl Neg for Expression<'_> {
    type Output = Self;

    fn neg(self) -> Self {
        self.with(Graph::neg)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident) => {
        impl<'g> $trait for Expression<'g> {
            type Output = Self;

            fn $method(self, other: Self) -> Self {
                self.with(|graph, value| graph.$method(value, other.value))
            }
        }

        impl<'g> $trait<f64> for Expression<'g> {
            type Output = Self;

            fn $method(self, other: f64) -> Self {
                self.$method(self.number(other))
            }
        }

        impl<'g> $trait<Expression<'g>> for f64 {
            type Output = Expression<'g>;

            fn $method(self, other: Expression<'g>) -> Expression<'g> {
                other.number(self).$method(other)
            }
        }
    };
}

operator!(Add, add);
operator!(Sub, sub);
operator!(Mul, mul);
operator!(Div, div);
