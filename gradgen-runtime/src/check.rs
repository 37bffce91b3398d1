//! Derivatives that a user gives, compared with differences of the function: what `f_check` beside such a
//! function runs.
//!
//! The differences are central ones with steps that are halved, extrapolated to a step of zero (Ridders,
//! “Accurate computation of F′(x) and F′(x)F″(x)”, Advances in Engineering Software 4, 1982). Of all
//! extrapolations that one is taken which differs least from those it is made of, the rounding of the
//! function's value counted in. That is also how far it is trusted.

use core::cell::Cell;
use core::fmt;

use crate::elements::Elements;
use crate::{Scalar, scalar};

/// How often a step is halved.
const HALVINGS: usize = 32;
/// How many extrapolations are made of one step and those before it.
const COLUMNS: usize = 5;

/// A derivative that a user gave is not what differences of the function say: the worst entry.
///
/// It is displayed as a sentence:
///
/// ```text
/// the derivative that `slope` gives is wrong: d y / d x[1] of `f` is 2.5 by differences, ± 1e-10, and 2 by `slope`
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Mismatch {
    /// The function.
    pub function: &'static str,
    /// What was given for it, as written in the attribute.
    pub given: &'static str,
    /// What changes: an output of the function, or an element of its gradient.
    pub of: Place,
    /// With what.
    pub by: Place,
    /// The entry that was given.
    pub got: f64,
    /// The entry by differences.
    pub expected: f64,
    /// How far the two may lie apart. It is infinite where the differences are no good: the function has a jump
    /// at this point, or is not defined beside it.
    pub tolerance: f64,
}

/// A place in a derivative.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Place {
    /// A scalar.
    Scalar(&'static str),
    /// An element of an array, counted row by row.
    Element(&'static str, usize),
    /// All elements together, each with a weight of its own: what is given is not linear.
    Mixed,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scalar(name) => f.write_str(name),
            Self::Element(name, place) => write!(f, "{name}[{place}]"),
            Self::Mixed => f.write_str("(a mixture of all)"),
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, given, of, by, got, expected, tolerance } = self;
        if tolerance.is_infinite() {
            return write!(
                f,
                "`{given}` cannot be checked at this point: d {of} / d {by} of `{function}` is {expected} by \
                 differences, which do not settle, and {got} by `{given}`; choose a point away from jumps and \
                 the edge of the domain"
            );
        }
        write!(
            f,
            "the derivative that `{given}` gives is wrong: d {of} / d {by} of `{function}` is {expected} by \
             differences, ± {tolerance:e}, and {got} by `{given}`"
        )
    }
}

impl core::error::Error for Mismatch {}

/// The names of arguments, and how many elements each has; none where it is a scalar.
pub type Names<'a> = &'a [(&'static str, Option<usize>)];

/// A comparison that is going on, at a point.
pub struct Check<'a, X, F> {
    function: &'static str,
    inputs: Names<'a>,
    outputs: Names<'a>,
    at: X,
    value: F,
    worst: Option<(f64, Mismatch)>,
}

/// A derivative by differences, for each element of the value.
struct Slope<Y> {
    slope: Y,
    error: Y,
    /// The size of the function's values from which it is.
    size: Y,
}

impl<'a, S, X, Y, F> Check<'a, X, F>
where
    S: Scalar + Elements<Scalar = S>,
    X: Elements<Scalar = S>,
    Y: Elements<Scalar = S>,
    F: Fn(X) -> Y,
{
    /// Of a function, at a point.
    pub fn new(function: &'static str, inputs: Names<'a>, outputs: Names<'a>, at: X, value: F) -> Self {
        Self { function, inputs, outputs, at, value, worst: None }
    }

    /// Compares a gradient.
    #[must_use]
    pub fn gradient(mut self, given: &'static str, gradient: impl Fn(X) -> X) -> Self {
        let got = gradient(self.at);
        for column in 0..X::LEN {
            let slope = slope(self.at, column, &self.value);
            let by = find(self.inputs, column);
            self.compare(given, find(self.outputs, 0), by, got.element(column), &slope, 0);
        }
        self
    }

    /// Compares tangents of the outputs.
    #[must_use]
    pub fn jvp(mut self, given: &'static str, jvp: impl Fn(X, X) -> Y) -> Self {
        let mut mixed = Slope { slope: Y::ZERO, error: Y::ZERO, size: Y::ZERO };
        for column in 0..X::LEN {
            let slope = slope(self.at, column, &self.value);
            let got = jvp(self.at, unit(column));
            for row in 0..Y::LEN {
                self.compare(
                    given,
                    find(self.outputs, row),
                    find(self.inputs, column),
                    got.element(row),
                    &slope,
                    row,
                );
            }
            mixed.add(&slope, weight(column));
        }
        let got = jvp(self.at, weights());
        for row in 0..Y::LEN {
            self.compare(given, find(self.outputs, row), Place::Mixed, got.element(row), &mixed, row);
        }
        self
    }

    /// Compares cotangents of the inputs.
    #[must_use]
    pub fn vjp(mut self, given: &'static str, vjp: impl Fn(X, Y) -> X) -> Self {
        let got_mixed = vjp(self.at, weights());
        for column in 0..X::LEN {
            let slope = slope(self.at, column, &self.value);
            let by = find(self.inputs, column);
            let mut mixed = Slope { slope: S::ZERO, error: S::ZERO, size: S::ZERO };
            for row in 0..Y::LEN {
                let got = vjp(self.at, unit(row)).element(column);
                self.compare(given, find(self.outputs, row), by, got, &slope, row);
                let one = Slope {
                    slope: slope.slope.element(row),
                    error: slope.error.element(row),
                    size: slope.size.element(row),
                };
                mixed.add(&one, weight(row));
            }
            self.compare(given, Place::Mixed, by, got_mixed.element(column), &mixed, 0);
        }
        self
    }

    /// Compares products of the Hessian with differences of a gradient.
    #[must_use]
    pub fn hvp(mut self, given: &'static str, gradient: impl Fn(X) -> X, hvp: impl Fn(X, X) -> X) -> Self {
        let mut mixed = Slope { slope: X::ZERO, error: X::ZERO, size: X::ZERO };
        for column in 0..X::LEN {
            let slope = slope(self.at, column, &gradient);
            let got = hvp(self.at, unit(column));
            for row in 0..X::LEN {
                let (of, by) = (find(self.inputs, row), find(self.inputs, column));
                self.compare(given, of, by, got.element(row), &slope, row);
            }
            mixed.add(&slope, weight(column));
        }
        let got = hvp(self.at, weights());
        for row in 0..X::LEN {
            self.compare(given, find(self.inputs, row), Place::Mixed, got.element(row), &mixed, row);
        }
        self
    }

    /// What came of it.
    ///
    /// # Errors
    /// The worst entry that does not agree.
    pub fn finish(self) -> Result<(), Mismatch> {
        match self.worst {
            Some((_, worst)) => Err(worst),
            None => Ok(()),
        }
    }

    fn compare<V: Elements<Scalar = S>>(
        &mut self,
        given: &'static str,
        of: Place,
        by: Place,
        got: S,
        slope: &Slope<V>,
        row: usize,
    ) {
        let (got, expected) = (number(got), number(slope.slope.element(row)));
        let (error, size) = (number(slope.error.element(row)), number(slope.size.element(row)));
        let epsilon: f64 = number(S::__either(f64::EPSILON, f32::EPSILON));
        // A user's derivative is rounded too.
        let root = number(S::__either(1e-7, 2e-3));
        let allowed = 10.0 * error + root * expected.abs().max(got.abs()) + 100.0 * epsilon * size;
        let apart = (got - expected).abs();
        let limit = f64::max(0.01 * expected.abs().max(got.abs()), root * size);
        let settled = expected.is_finite() && 10.0 * error <= limit;
        let badness = if apart.is_finite() && settled { apart / allowed } else { f64::INFINITY };
        // Zero by zero is no difference.
        let agrees = badness <= 1.0 || (apart == 0.0 && settled);
        if !agrees && self.worst.as_ref().is_none_or(|(worst, _)| badness > *worst) {
            let function = self.function;
            let tolerance = if settled { allowed } else { f64::INFINITY };
            self.worst = Some((badness, Mismatch { function, given, of, by, got, expected, tolerance }));
        }
    }
}

impl<Y: Elements> Slope<Y> {
    fn add(&mut self, other: &Self, weight: Y::Scalar) {
        let abs = if weight < Y::Scalar::default() { -weight } else { weight };
        for row in 0..Y::LEN {
            let plus = |a: &Y, b: &Y, factor| a.element(row) + b.element(row) * factor;
            self.slope.set_element(row, plus(&self.slope, &other.slope, weight));
            self.error.set_element(row, plus(&self.error, &other.error, abs));
            self.size.set_element(row, plus(&self.size, &other.size, abs));
        }
    }
}

/// The weight of an element in a mixture.
fn weight<S: Scalar>(place: usize) -> S {
    let size = [1.0, 0.75, 1.25, 0.5, 1.5][place % 5];
    scalar::number(if place.is_multiple_of(2) { size } else { -size })
}

fn weights<V: Elements>() -> V {
    let mut vector = V::ZERO;
    (0..V::LEN).for_each(|place| vector.set_element(place, weight(place)));
    vector
}

fn unit<V: Elements>(place: usize) -> V {
    let mut vector = V::ZERO;
    vector.set_element(place, scalar::number(1.0));
    vector
}

/// The argument that an element belongs to.
fn find(names: Names<'_>, mut place: usize) -> Place {
    for &(name, length) in names {
        match length {
            None if place == 0 => return Place::Scalar(name),
            Some(length) if place < length => return Place::Element(name, place),
            length => place -= length.unwrap_or(1),
        }
    }
    Place::Mixed
}

fn number<S: Scalar>(value: S) -> f64 {
    let found = Cell::new(0.0);
    value.__unary(
        |value| {
            found.set(value);
            value
        },
        |value| {
            found.set(f64::from(value));
            value
        },
    );
    found.get()
}

fn abs<S: Scalar>(value: S) -> S {
    value.__unary(f64::abs, f32::abs)
}

fn larger<S: Scalar>(a: S, b: S) -> S {
    if a > b { a } else { b }
}

/// How a function changes with an element of its argument.
fn slope<S, X, Y>(at: X, place: usize, value: &impl Fn(X) -> Y) -> Slope<Y>
where
    S: Scalar,
    X: Elements<Scalar = S>,
    Y: Elements<Scalar = S>,
{
    let x = at.element(place);
    let one = scalar::number(1.0);
    let unknown: S = scalar::number(f64::INFINITY);
    let mut best = Slope { slope: Y::ZERO, error: Y::ZERO, size: Y::ZERO };
    (0..Y::LEN).for_each(|row| {
        best.slope.set_element(row, scalar::number(f64::NAN));
        best.error.set_element(row, unknown);
    });
    let eighth: S = scalar::number(0.125);
    let moved = |x: S| {
        let mut at = at;
        at.set_element(place, x);
        value(at)
    };
    improve(x, eighth * larger(abs(x), one), &moved, &mut best);
    if abs(x) < scalar::number(1e-3) && x != S::default() {
        improve(x, eighth * abs(x), &moved, &mut best);
    }
    best
}

/// Looks for a better slope with steps from one on.
fn improve<S: Scalar, Y: Elements<Scalar = S>>(
    x: S,
    mut step: S,
    value: &impl Fn(S) -> Y,
    best: &mut Slope<Y>,
) {
    let half = scalar::number(0.5);
    let mut before: [Y; COLUMNS] = [Y::ZERO; COLUMNS];
    for halving in 0..HALVINGS {
        let (low, high) = (x - step, x + step);
        let width = high - low;
        // A step that is nothing beside the argument.
        if width <= S::default() {
            return;
        }
        let (below, above) = (value(low), value(high));
        let mut now: [Y; COLUMNS] = [Y::ZERO; COLUMNS];
        for row in 0..Y::LEN {
            let (below, above) = (below.element(row), above.element(row));
            let size = larger(abs(below), abs(above));
            let epsilon: S = S::__either(f64::EPSILON, f32::EPSILON);
            let rounding = epsilon * size / width;
            let mut last = (above - below) / width;
            now[0].set_element(row, last);
            let mut power = 1.0;
            for column in 1..COLUMNS.min(halving + 1) {
                power *= 4.0;
                let factor: S = scalar::number(1.0 / (power - 1.0));
                let old = before[column - 1].element(row);
                let new = last + (last - old) * factor;
                now[column].set_element(row, new);
                let error = larger(abs(new - last), abs(new - old)) + rounding;
                if error < best.error.element(row) {
                    best.slope.set_element(row, new);
                    best.error.set_element(row, error);
                    best.size.set_element(row, size);
                }
                last = new;
            }
        }
        before = now;
        step *= half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope_of(x: f64, function: impl Fn(f64) -> f64) -> Slope<f64> {
        slope(x, 0, &function)
    }

    #[test]
    fn slopes_are_exact_to_many_digits() {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-10 * b.abs();
        assert!(close(slope_of(2.0, |x| x * x * x).slope, 12.0));
        assert!(close(slope_of(1e-6, |x| 1.0 / x).slope, -1e12));
        assert!(close(slope_of(1e8, |x| x * x).slope, 2e8));
        assert!(close(slope_of(3.0, |x| 1e10 + 1e5 * x).slope, 1e5));
    }

    #[test]
    fn a_jump_is_noticed() {
        let jump = |x: f64| if x >= 0.0 { 1.0 } else { 0.0 };
        let check = Check::new("f", &[("x", None)], &[("y", None)], 0.0, jump);
        let found = check.gradient("slope", |_| 0.0).finish().unwrap_err();
        assert!(!found.expected.is_finite() || found.expected > 1.0);
    }

    #[test]
    fn what_is_not_linear_is_noticed() {
        let check = Check::new("f", &[("x", Some(2))], &[("y", None)], [1.0, 2.0], |x: [f64; 2]| x[0] * x[1]);
        let wrong = |x: [f64; 2], v: [f64; 2]| {
            (x[1] * v[0] + x[0] * v[1]) * if v[0] * v[1] == 0.0 { 1.0 } else { 2.0 }
        };
        let found = check.jvp("along", wrong).finish().unwrap_err();
        assert_eq!(found.by, Place::Mixed);
    }

    #[test]
    fn single_precision() {
        let check = |factor: f32| {
            Check::new("f", &[("x", None)], &[("y", None)], 0.7_f32, |x: f32| x * x * x)
                .gradient("slope", move |x| factor * x * x)
                .finish()
        };
        assert_eq!(check(3.0), Ok(()));
        let found = check(3.1).unwrap_err();
        assert!((found.expected - 1.47).abs() < 1e-3);
    }
}
