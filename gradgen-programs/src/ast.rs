//! The programs: a well-typed subset of Rust as plain data.
//!
//! A tree says no more than its Rust text. Names are resolved as Rust does, innermost binding
//! first, by everything that reads a tree.

use crate::{Manner, Method};

/// Functions in order of definition; each may call those before it. The last one is under test.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The functions, callees first.
    pub functions: Vec<Function>,
}

/// One function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Its parameters in order.
    pub parameters: Vec<Parameter>,
    /// What it returns, `None` where everything goes out through `&mut` parameters.
    pub result: Option<Type>,
    /// What it does.
    pub body: Block,
    /// Lengths that are written as a constant, `LENGTH_3` for 3. Nothing in the body says what they
    /// are in another way.
    pub named_lengths: Vec<usize>,
    /// Whether these constants are the function's const parameters.
    pub generic: bool,
    /// How it is written.
    pub manner: Manner,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name; of one with a pattern, the names in the pattern, joined.
    pub name: String,
    /// The names of `[a, b]: [f64; 2]`.
    pub pattern: Vec<String>,
    /// Its type, without the reference.
    pub kind: Type,
    /// How it is passed.
    pub passing: Passing,
    /// The values it may have if it is an integer: the body relies on them.
    pub range: (i64, i64),
}

/// How a parameter is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// `x: T`.
    Value,
    /// `mut x: T`.
    MutableValue,
    /// `x: &T`.
    Reference,
    /// `x: &mut T`, written as a whole before it is read.
    Output,
    /// `x: &mut T`, read first: an input as well.
    InOut,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `f64`.
    Real,
    /// `usize`.
    Index,
    /// `i32`.
    Int,
    /// `bool`.
    Bool,
    /// `[T; N]`.
    Array(Box<Type>, usize),
    /// `(T, …)`.
    Tuple(Vec<Type>),
    /// `[T]`, behind the reference of a parameter: as long as the caller likes.
    Slice(Box<Type>),
}

/// Statements and a value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What is done.
    pub statements: Vec<Statement>,
    /// The value, `None` for `()`.
    pub value: Option<Box<Expression>>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    /// `let pattern: kind = value;`
    Let {
        /// What is bound.
        pattern: Pattern,
        /// The written type.
        kind: Option<Type>,
        /// The value.
        value: Expression,
    },
    /// `place = value;`, or `place += value;` with an operator.
    Assign {
        /// What is written.
        place: Place,
        /// The operator of a compound assignment.
        operator: Option<Binary>,
        /// The value.
        value: Expression,
    },
    /// `(a, b) = value;`
    AssignTuple {
        /// The places that are written, from left to right.
        places: Vec<Place>,
        /// The value.
        value: Expression,
    },
    /// `if` without a value.
    If(If),
    /// `for variable in start..end { body }`.
    For {
        /// The loop variable, a `usize`.
        variable: String,
        /// The first value.
        start: Expression,
        /// The end.
        end: Expression,
        /// Whether the end belongs to the range: `..=`.
        inclusive: bool,
        /// Whether the range is walked from its end: `.rev()`.
        reversed: bool,
        /// Only every so many-th integer is met: `.step_by(2)`.
        step: usize,
        /// What is met then, is met in the opposite order: `.step_by(2).rev()`.
        flipped: bool,
        /// The body, without a value.
        body: Block,
    },
    /// `while condition { body }`, or `loop { body }` without a condition.
    While {
        /// Whether there is another turn.
        condition: Option<Expression>,
        /// How many there are at most.
        bound: usize,
        /// The body, without a value.
        body: Block,
    },
    /// `break;`
    Break,
    /// `continue;`
    Continue,
    /// A block without a value.
    Block(Block),
}

/// What a `let` binds.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// `name` or `mut name`.
    Name {
        /// The name.
        name: String,
        /// Whether it is `mut`.
        mutable: bool,
    },
    /// `_`.
    Wildcard,
    /// `(a, b)`.
    Tuple(Vec<Self>),
    /// `[a, b]`.
    Array(Vec<Self>),
}

/// What an assignment writes: `name`, `*name` or `name[i][j]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The variable.
    pub name: String,
    /// The indices from the outermost.
    pub indices: Vec<Expression>,
}

/// `if condition { then } else { otherwise }`.
#[derive(Clone, Debug, PartialEq)]
pub struct If {
    /// The condition.
    pub condition: Box<Expression>,
    /// Taken if it holds.
    pub then: Block,
    /// Taken if not; a block that only has an `if` is written `else if`.
    pub otherwise: Option<Block>,
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A floating-point literal; not negative.
    Real(f64),
    /// A `usize` literal.
    Index(i64),
    /// An `i32` literal; not negative.
    Int(i64),
    /// `true` or `false`.
    Bool(bool),
    /// A constant.
    Constant(Constant),
    /// A variable; `*name` where it is a reference.
    Name(String),
    /// `name.len()`.
    Len(String),
    /// One of the function's named lengths.
    Length(usize),
    /// `base[index]`.
    Element(Box<Self>, Box<Self>),
    /// `base.0`.
    Field(Box<Self>, usize),
    /// `-x`.
    Negate(Box<Self>),
    /// `!x`.
    Not(Box<Self>),
    /// `a + b`.
    Binary(Binary, Box<Self>, Box<Self>),
    /// `a < b`.
    Compare(Comparison, Box<Self>, Box<Self>),
    /// `a && b`.
    And(Box<Self>, Box<Self>),
    /// `a || b`.
    Or(Box<Self>, Box<Self>),
    /// `x.sin()`, or `f64::sin(x)`.
    Method {
        /// The function.
        method: Method,
        /// The receiver and the arguments.
        arguments: Vec<Self>,
        /// Whether it is written with its path.
        path: bool,
    },
    /// `[a, b]`.
    Array(Vec<Self>),
    /// `[value; length]`.
    Repeat(Box<Self>, usize),
    /// `(a, b)`.
    Tuple(Vec<Self>),
    /// `value as kind`.
    Cast(Box<Self>, Type),
    /// A block with a value.
    Block(Block),
    /// `if` with values.
    If(If),
    /// `name(arguments)`; arguments of reference parameters are written `&argument`.
    Call {
        /// The function.
        name: String,
        /// The arguments.
        arguments: Vec<Self>,
    },
}

/// An arithmetic operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
    /// `/`.
    Divide,
    /// `%`.
    Remainder,
}

impl Binary {
    /// As it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
    /// `==`.
    Equal,
    /// `!=`.
    NotEqual,
}

impl Comparison {
    /// As it is written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
        }
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds<T: PartialOrd>(self, a: &T, b: &T) -> bool {
        match self {
            Self::Less => a < b,
            Self::LessEqual => a <= b,
            Self::Greater => a > b,
            Self::GreaterEqual => a >= b,
            Self::Equal => a == b,
            Self::NotEqual => a != b,
        }
    }
}

/// How long the slices are that functions are called with, at most.
pub const LONGEST_SLICE: usize = 6;

/// A constant: of `std::f64::consts`, or of the user's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// π.
    Pi,
    /// e.
    E,
    /// √2.
    Sqrt2,
    /// One of the program's.
    Scale,
    /// One of a module of the program's.
    Shift,
}

impl Constant {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Pi, Self::E, Self::Sqrt2, Self::Scale, Self::Shift];

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Pi => "std::f64::consts::PI",
            Self::E => "std::f64::consts::E",
            Self::Sqrt2 => "std::f64::consts::SQRT_2",
            Self::Scale => "SCALE",
            Self::Shift => "fixed::SHIFT",
        }
    }

    /// Its value.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::Pi => std::f64::consts::PI,
            Self::E => std::f64::consts::E,
            Self::Sqrt2 => std::f64::consts::SQRT_2,
            Self::Scale => 1.75,
            Self::Shift => -0.625,
        }
    }
}

impl Type {
    /// `[self; length]`.
    #[must_use]
    pub fn array(self, length: usize) -> Self {
        Self::Array(Box::new(self), length)
    }

    /// How many scalars a value has; at most, for a slice.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Array(element, length) => element.size() * length,
            Self::Slice(element) => element.size() * LONGEST_SLICE,
            Self::Tuple(elements) => elements.iter().map(Self::size).sum(),
            _ => 1,
        }
    }

    /// Whether it is `f64` or an array of them.
    #[must_use]
    pub fn is_differentiable(&self) -> bool {
        match self {
            Self::Real => true,
            Self::Array(element, _) | Self::Slice(element) => element.is_differentiable(),
            _ => false,
        }
    }
}

impl Passing {
    /// Whether the name is a reference inside the function.
    #[must_use]
    pub const fn is_reference(self) -> bool {
        matches!(self, Self::Reference | Self::Output | Self::InOut)
    }

    /// Whether the caller gets something back through it.
    #[must_use]
    pub const fn is_output(self) -> bool {
        matches!(self, Self::Output | Self::InOut)
    }

    /// Whether the function sees what the caller put in.
    #[must_use]
    pub const fn is_input(self) -> bool {
        !matches!(self, Self::Output)
    }

    /// Whether the function may write to it.
    #[must_use]
    pub const fn is_mutable(self) -> bool {
        matches!(self, Self::MutableValue | Self::Output | Self::InOut)
    }
}

impl Program {
    /// The function under test.
    ///
    /// # Panics
    /// A program without functions.
    #[must_use]
    pub fn main(&self) -> &Function {
        self.functions.last().expect("a program has a function")
    }

    /// The function of this name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&Function> {
        self.functions.iter().find(|function| function.name == name)
    }
}

impl Function {
    /// The types of the outputs: the elements of the result, then those of `&mut` parameters.
    #[must_use]
    pub fn outputs(&self) -> Vec<Type> {
        let places = self.parameters.iter().filter(|p| p.passing.is_output()).map(|p| p.kind.clone());
        let results = match &self.result {
            None => Vec::new(),
            Some(Type::Tuple(elements)) => elements.clone(),
            Some(kind) => vec![kind.clone()],
        };
        results.into_iter().chain(places).collect()
    }

    /// The parameters that the function can be differentiated by.
    pub fn differentiable(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|p| p.passing.is_input() && p.kind.is_differentiable())
    }
}
