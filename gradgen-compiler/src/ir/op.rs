//! What a node of the graph does.

use super::elementary::Elementary;
use super::types::{Length, Type};

/// An operation. Its arguments are [`Node::args`](super::Node::args), its regions
/// [`Node::regions`](super::Node::regions).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// The input at this position.
    Input(usize),
    /// The parameter at this position of the region in which the node stands.
    Parameter(usize),
    /// A number, as the bits of an `f64`.
    Real(u64),
    /// An integer.
    Int(i128),
    /// A truth value.
    Bool(bool),
    /// A constant of the user's, by its place in [`Graph::symbols`](super::Graph::symbols).
    Constant(u32),
    /// A length as a `usize`.
    Length(Length),
    /// `-x`, of a real or an integer.
    Neg,
    /// `a + b`, of reals or integers; so the four that follow.
    Add,
    /// `a - b`.
    Sub,
    /// `a * b`.
    Mul,
    /// `a / b`.
    Div,
    /// `a % b`.
    Rem,
    /// A row of the table of elementary functions.
    Elementary(Elementary),
    /// A comparison of two reals, integers or truth values.
    Compare(Comparison),
    /// `!x`.
    Not,
    /// `x as T`, to the node's type.
    Cast,
    /// `if c { a } else { b }` of two values that are there already.
    Select,
    /// An array from its elements.
    Array,
    /// An array of equal elements.
    Splat(Length),
    /// Zeros of a type whose lengths can be written down.
    Zeros(Type),
    /// Zeros in the shape of a value.
    ZerosLike,
    /// The element at the indices that follow the array.
    Get,
    /// The array (first) with the element at the indices (third and on) replaced (by the second).
    Set,
    /// The element-wise sum of two arrays, or of two values of unknown type.
    Sum,
    /// The index (first), after a check that it lies below the length of the named array.
    Check(Length, String),
    /// The value, after whatever is known of how it came about is forgotten: a read of an element of
    /// it stays one. Differentiation stops there.
    Hold,
    /// The value, which counts as a constant: differentiation stops there, in both modes.
    Stop,
    /// An array without values yet; the number tells it from others.
    Scratch(Type, u32),
    /// The integer divisor, after a check that it is not zero.
    NonZero,
    /// Whether a loop that may only be run so often has ended: a check of the first argument, which
    /// says that there is another turn.
    Ended(Length),
    /// A check that the first argument is true: elsewhere the function has no value, for the reason that the
    /// second says, a number.
    Demand,
    /// Two regions, one of which is run.
    If,
    /// A region run for each integer of a range: arguments start, end and initial values of what
    /// is carried; the region's parameters are the integer and what is carried.
    For(Walk),
    /// A call of another differentiable function.
    Call(Call),
    /// One result of an `If`, a `For` or a `Call`.
    Project(usize),
}

impl Op {
    /// Whether it can refuse a call.
    #[must_use]
    pub const fn is_check(&self) -> bool {
        matches!(self, Self::Check(..) | Self::NonZero | Self::Ended(_) | Self::Demand)
    }
}

/// How a range is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Walk {
    /// From the last to the first.
    pub reverse: bool,
    /// The end belongs to the range. It may be the largest integer of its type, so it is not
    /// replaced by the next one.
    pub inclusive: bool,
    /// Only every so many-th integer is met, counted in the direction of `reverse`.
    pub step: usize,
    /// And what is met then, is met in the opposite order.
    pub flipped: bool,
    /// The first value that is carried says whether there is another turn.
    pub until: bool,
}

impl Default for Walk {
    fn default() -> Self {
        Self { reverse: false, inclusive: false, step: 1, flipped: false, until: false }
    }
}

impl Walk {
    /// How often a body is run.
    #[must_use]
    pub fn count(self, start: i128, end: i128) -> i128 {
        let integers = (end - start + i128::from(self.inclusive)).max(0);
        let step = self.step.max(1) as i128;
        (integers + step - 1) / step
    }

    /// The integer of the `turn`th run.
    #[must_use]
    pub fn at(self, start: i128, end: i128, turn: i128) -> i128 {
        let turn = if self.flipped { self.count(start, end) - 1 - turn } else { turn };
        let offset = turn * self.step.max(1) as i128;
        if self.reverse { end + i128::from(self.inclusive) - 1 - offset } else { start + offset }
    }

    /// The same integers in the opposite order.
    #[must_use]
    pub const fn reversed(self) -> Self {
        if self.step == 1 {
            Self { reverse: !self.reverse, ..self }
        } else {
            Self { flipped: !self.flipped, ..self }
        }
    }
}

/// A call through a companion.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// The callee, by its place in [`Graph::symbols`](super::Graph::symbols).
    pub callee: u32,
    /// How many scalars its tape has, by its place in [`Graph::symbols`](super::Graph::symbols).
    pub tape: u32,
    /// Which of its functions.
    pub mode: Mode,
    /// For each argument of the callee: whether it is passed by reference.
    pub references: Vec<bool>,
    /// How many outputs the callee has.
    pub outputs: usize,
    /// Whether it is one of the function's own companion, whose derivatives are given and need no tape.
    pub own: bool,
}

/// The function of a companion that a call means, and so what its arguments and results are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Arguments → outputs.
    Primal,
    /// Arguments, their tangents → tangents of the outputs.
    Jvp,
    /// Arguments → outputs, and a tape for [`Reverse`](Self::Reverse).
    Forward,
    /// Arguments, their tangents → tangents of the outputs and of the tape.
    ForwardJvp,
    /// Arguments, tape, cotangents of the outputs → cotangents of the arguments.
    Reverse,
    /// Arguments, tape, cotangents, and the tangents of all these → tangents of the cotangents of
    /// the arguments.
    ReverseJvp,
}

/// The comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    /// The comparison of two ordered values.
    #[must_use]
    pub fn holds<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Eq => a == b,
            Self::Ne => a != b,
            Self::Lt => a < b,
            Self::Le => a <= b,
            Self::Gt => a > b,
            Self::Ge => a >= b,
        }
    }

    /// The Rust operator.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }
}
