//! The heads of `for` loops: ranges, walked in any way, and what is stated about how long they are.

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Lit, RangeLimits};

use super::body::Lowering;
use super::bounds::Bound;
use super::signature::bare_expression;
use crate::ir::{Comparison, Int, Type, Value, Walk};

const USIZE: Type = Type::Int(Int::Usize);

/// A range of integers, and how it is walked.
#[derive(Clone, Copy)]
pub(super) struct Range {
    pub(super) start: Value,
    pub(super) end: Value,
    pub(super) walk: Walk,
    /// What the loop's variable is where the range is not the user's, but starts at 0: of each integer
    /// so many-fold, from there on.
    pub(super) from: Option<(Value, i128)>,
    /// Whether the range is longer than was stated.
    pub(super) excess: Option<Value>,
}

/// An expression as a person writes it.
pub(super) fn source_text(expression: &Expr) -> String {
    let text = expression.to_token_stream().to_string();
    text.replace(" . ", ".").replace(" ()", "()")
}

impl Lowering<'_> {
    /// `a..b`.
    pub(super) fn plain_range(&mut self, range: &syn::ExprRange) -> Option<Range> {
        let (Some(start), Some(end)) = (&range.start, &range.end) else {
            self.fail(range, "a range needs a start and an end");
            return None;
        };
        let (start, end) = (self.single(start), self.single(end));
        let (start, end) = (start?, end?);
        let (from, to) = (self.graph.ty(start), self.graph.ty(end));
        if !self.graph.unify(&from, &to) || matches!(from, Type::Real | Type::Bool | Type::Array(..)) {
            self.fail(range, "the bounds of a range are integers of one type");
            return None;
        }
        if self.is_constant(start) || self.is_constant(end) {
            self.graph.prefer_usize(&from);
        }
        if let Type::Variable(_) = self.graph.ty(start)
            && !self.graph.is_integer(&from)
        {
            self.graph.expect(start, &USIZE);
        }
        for (value, text) in [(start, &range.start), (end, &range.end)] {
            if let Some(text) = text {
                self.at(text.span());
                self.graph.require_difference(value, &source_text(text));
            }
        }
        let inclusive = matches!(range.limits, RangeLimits::Closed(_));
        let walk = Walk { inclusive, ..Walk::default() };
        Some(Range { start, end, walk, from: None, excess: None })
    }

    /// The argument of `step_by`.
    pub(super) fn step(&mut self, step: &Expr) -> Option<usize> {
        let message = match bare_expression(step) {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(number) if matches!(number.suffix(), "" | "usize") => {
                    match number.base10_parse::<usize>() {
                        Ok(0) => "a step of 0 goes nowhere: a step is at least 1",
                        Ok(step) => return Some(step),
                        Err(_) => "this integer is too large",
                    }
                }
                _ => "a step is an integer of type usize: `step_by(2)`",
            },
            Expr::Path(path) if self.known_size(&path.path).is_some_and(|size| size > 0) => {
                return self.known_size(&path.path);
            }
            _ => {
                "a step is a literal, or a constant of the body or of a `#[gradgen::module]`: `step_by(2)`; for another \
                 one, count with a `while` loop"
            }
        };
        self.fail(step, message);
        None
    }

    /// A walk of which only every so many-th integer is met.
    pub(super) fn stepped(&mut self, walk: Walk, step: usize, call: &ExprMethodCall) -> Option<Walk> {
        if walk.flipped && step > 1 {
            self.fail(
                &call.method,
                "a step after `.step_by(…).rev()` is not understood: write one `step_by`",
            );
            return None;
        }
        match walk.step.checked_mul(step) {
            Some(step) => Some(Walk { step, ..walk }),
            None => {
                self.fail(&call.args[0], "this integer is too large");
                None
            }
        }
    }

    /// The range of which is stated that it has no more than so many turns: as one that starts at 0
    /// and whose end is seen to be no larger.
    pub(super) fn stated(&mut self, range: Range, bound: &Bound) -> Range {
        let Range { start, end, walk, .. } = range;
        if let (Some(start), Some(end), Some(most)) =
            (self.graph.as_int(start), self.graph.as_int(end), self.graph.as_int(bound.value))
        {
            let turns = walk.count(start, end);
            if turns > most {
                self.fail(
                    &bound.argument,
                    format!("this loop has {turns} iterations, more than are stated here"),
                );
            }
            return range;
        }
        if let Type::Variable(_) = self.graph.ty(start) {
            self.graph.expect(start, &USIZE);
        }
        let most = match walk.step {
            1 => bound.value,
            step => {
                let step = self.graph.usize(step);
                self.graph.mul(bound.value, step)
            }
        };
        let from_zero = self.graph.as_int(start) == Some(0) && self.graph.ty(start) == USIZE;
        let (size, inclusive) =
            if from_zero { (end, walk.inclusive) } else { (self.integers(&range), false) };
        // Up to an end that is included there is one integer more than it says.
        let beyond = if inclusive { Comparison::Ge } else { Comparison::Gt };
        let excess = self.graph.compare(beyond, size, most);
        let fewer = self.graph.compare(Comparison::Lt, size, most);
        let end = self.graph.select(fewer, size, most);
        let zero = self.graph.usize(0);
        let from = (!from_zero).then_some((start, 1));
        Range { start: zero, end, walk: Walk { inclusive, ..walk }, from, excess: Some(excess) }
    }

    /// How many integers a range has.
    fn integers(&mut self, range: &Range) -> Value {
        let &Range { start, end, walk, .. } = range;
        let ty = self.graph.ty(start);
        let comparison = if walk.inclusive { Comparison::Le } else { Comparison::Lt };
        let some = self.graph.compare(comparison, start, end);
        let mut count = self.graph.sub(end, start);
        if walk.inclusive {
            let one = self.graph.int(1, ty.clone());
            count = self.graph.add(count, one);
        }
        let zero = self.graph.int(0, ty);
        let count = self.graph.select(some, count, zero);
        self.graph.cast(count, USIZE)
    }

    /// The loop's variable, from that of the range.
    pub(super) fn loop_variable(&mut self, index: Value, from: Option<(Value, i128)>) -> Value {
        let Some((from, step)) = from else { return index };
        let ty = self.graph.ty(from);
        let index = self.graph.cast(index, ty.clone());
        let way = match step.abs() {
            1 => index,
            size => {
                let size = self.graph.int(size, ty);
                self.graph.mul(index, size)
            }
        };
        if step < 0 { self.graph.sub(from, way) } else { self.graph.add(from, way) }
    }

    /// A range of literals of which not every integer is met, as that of the turns.
    pub(super) fn by_turns(&mut self, range: Range) -> Range {
        let Range { start, end, walk, .. } = range;
        let (Some(first), Some(last)) = (self.graph.as_int(start), self.graph.as_int(end)) else {
            return range;
        };
        let count = walk.count(first, last);
        let (at, next) = (walk.at(first, last, 0), walk.at(first, last, 1));
        let ty = self.graph.ty(start);
        let from = (self.graph.int(at, ty.clone()), next - at);
        let (start, end) = (self.graph.int(0, ty.clone()), self.graph.int(count, ty));
        Range { start, end, walk: Walk::default(), from: Some(from), excess: None }
    }
}
