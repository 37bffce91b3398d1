//! Types and lengths of the graph's values.

use std::rc::Rc;

use super::polynomial::{Atom, Polynomial};

/// The floating-point type of a function: one throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `f64`.
    F64,
    /// `f32`.
    F32,
    /// A type parameter, which is one of these, by its place in [`Graph::symbols`](super::Graph::symbols).
    Generic(u32),
}

impl Scalar {
    /// The nearest value of this type. A number is rounded to a type parameter where it becomes a value
    /// of it, which is later.
    #[must_use]
    pub fn round(self, value: f64) -> f64 {
        match self {
            Self::F64 | Self::Generic(_) => value,
            #[expect(clippy::cast_possible_truncation, reason = "rounding is the purpose")]
            Self::F32 => f64::from(value as f32),
        }
    }

    /// Whether a number is the same in all types that this may be. Arithmetic on such numbers can be done in
    /// `f64`: rounded once more it is that of `f32`.
    #[must_use]
    pub fn is_exact(self, value: f64) -> bool {
        match self {
            Self::F64 => true,
            Self::F32 | Self::Generic(_) => Self::F32.round(value) == value,
        }
    }
}

/// The integer types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// `usize`.
    Usize,
    /// `i32`.
    I32,
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i64`.
    I64,
    /// `isize`.
    Isize,
    /// `u8`.
    U8,
    /// `u16`.
    U16,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
}

impl Int {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Usize,
        Self::I32,
        Self::I8,
        Self::I16,
        Self::I64,
        Self::Isize,
        Self::U8,
        Self::U16,
        Self::U32,
        Self::U64,
    ];

    /// The Rust name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usize => "usize",
            Self::I32 => "i32",
            Self::I8 => "i8",
            Self::I16 => "i16",
            Self::I64 => "i64",
            Self::Isize => "isize",
            Self::U8 => "u8",
            Self::U16 => "u16",
            Self::U32 => "u32",
            Self::U64 => "u64",
        }
    }

    /// How many bits it has at most.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::I8 | Self::U8 => 8,
            Self::I16 | Self::U16 => 16,
            Self::I32 | Self::U32 => 32,
            Self::Usize | Self::Isize | Self::I64 | Self::U64 => 64,
        }
    }

    /// Whether there are negative ones.
    #[must_use]
    pub const fn is_signed(self) -> bool {
        matches!(self, Self::I8 | Self::I16 | Self::I32 | Self::I64 | Self::Isize)
    }

    /// The smallest and the largest one.
    #[must_use]
    pub const fn range(self) -> (i128, i128) {
        let half = 1_i128 << (self.bits() - 1);
        if self.is_signed() { (-half, half - 1) } else { (0, 2 * half - 1) }
    }

    /// What integer arithmetic without overflow checks keeps of a result.
    #[must_use]
    pub const fn wrap(self, value: i128) -> i128 {
        let size = 1_i128 << self.bits();
        let low = value.rem_euclid(size);
        if low > self.range().1 { low - size } else { low }
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// The function's scalar type.
    Real,
    /// `bool`.
    Bool,
    /// An integer.
    Int(Int),
    /// An array; nested arrays are arrays of arrays.
    Array(Rc<Type>, Length),
    /// Not known yet: to be found by use. Only while the graph is built.
    Variable(u32),
    /// The result of a call, or a constant, that is passed on without being looked into.
    Opaque,
    /// The pair of results of a region, or of a call: only its projections are used.
    Several,
}

/// How many elements an array has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Length {
    /// A literal.
    Fixed(usize),
    /// A constant or const generic of the user's, by its place in
    /// [`Graph::symbols`](super::Graph::symbols).
    Symbol(u32),
    /// A polynomial of the sizes that inputs have at run time, and of constants.
    Size(Rc<Polynomial>),
    /// Not known yet. Only while the graph is built.
    Variable(u32),
    /// That of a call's result which nothing here determines.
    Unknown,
}

impl Length {
    /// The shortest way to say a size.
    #[must_use]
    pub fn of(size: Polynomial) -> Self {
        if let Some(length) = size.constant().and_then(|length| usize::try_from(length).ok()) {
            return Self::Fixed(length);
        }
        match size.atom() {
            Some(Atom::Symbol(symbol)) => Self::Symbol(symbol),
            _ => Self::Size(Rc::new(size)),
        }
    }

    /// The length as a polynomial, where it is known.
    #[must_use]
    pub fn size(&self) -> Option<Polynomial> {
        match self {
            Self::Fixed(length) => Some(Polynomial::from(*length as i128)),
            Self::Symbol(symbol) => Some(Polynomial::from(Atom::Symbol(*symbol))),
            Self::Size(size) => Some((**size).clone()),
            Self::Variable(_) | Self::Unknown => None,
        }
    }

    /// With another size in the place of one.
    pub(super) fn replace_size(&self, size: Atom, by: &Polynomial) -> Self {
        match self {
            Self::Size(of) => Self::of(of.replace(size, by)),
            other => other.clone(),
        }
    }

    /// Whether rustc knows it.
    #[must_use]
    pub fn is_static(&self) -> bool {
        match self {
            Self::Fixed(_) | Self::Symbol(_) => true,
            Self::Size(size) => size
                .atoms()
                .iter()
                .all(|atom| matches!(atom, Atom::Symbol(_) | Atom::Derived { fixed: true, .. })),
            Self::Variable(_) | Self::Unknown => false,
        }
    }
}

impl Type {
    /// An array of `length` elements.
    #[must_use]
    pub fn array(element: Self, length: Length) -> Self {
        Self::Array(Rc::new(element), length)
    }

    /// How many scalars it has, if that is a literal.
    #[must_use]
    pub fn size(&self) -> Option<usize> {
        match self {
            Self::Real | Self::Bool | Self::Int(_) => Some(1),
            Self::Array(element, Length::Fixed(length)) => element.size()?.checked_mul(*length),
            _ => None,
        }
    }

    /// Whether its values can depend differentiably on others.
    #[must_use]
    pub fn is_differentiable(&self) -> bool {
        match self {
            Self::Real | Self::Opaque | Self::Several | Self::Variable(_) => true,
            Self::Bool | Self::Int(_) => false,
            Self::Array(element, _) => element.is_differentiable(),
        }
    }

    /// Whether every length in it is one that can be written down.
    #[must_use]
    pub fn is_known(&self) -> bool {
        match self {
            Self::Real | Self::Bool | Self::Int(_) => true,
            Self::Array(element, length) => length.size().is_some() && element.is_known(),
            _ => false,
        }
    }

    /// Whether a value of it lives in memory of a size that only run time knows.
    #[must_use]
    pub fn is_slice(&self) -> bool {
        match self {
            Self::Array(element, length) => {
                (matches!(length, Length::Size(_)) && !length.is_static()) || element.is_slice()
            }
            _ => false,
        }
    }

    /// With another size in the place of one.
    pub(super) fn replace_size(&self, size: Atom, by: &Polynomial) -> Self {
        match self {
            Self::Array(element, length) => {
                Self::array(element.replace_size(size, by), length.replace_size(size, by))
            }
            other => other.clone(),
        }
    }

    /// The type after `depth` indices.
    #[must_use]
    pub fn element(&self, depth: usize) -> Option<&Self> {
        match (self, depth) {
            (_, 0) => Some(self),
            (Self::Array(element, _), _) => element.element(depth - 1),
            _ => None,
        }
    }
}

/// The type with the axes of one type and then those of another: of a block of derivatives.
#[must_use]
pub fn nest(outer: &Type, inner: Type) -> Type {
    match outer {
        Type::Array(element, length) => Type::array(nest(element, inner), length.clone()),
        _ => inner,
    }
}
