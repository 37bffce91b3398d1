//! The table of elementary functions: one row each, and the only place that knows them, but for the runtime's
//! functions of that name for code that is generic over floats. `standard` has the rows of the methods of floats,
//! `special` those that `gradgen::math` is made of.
//!
//! From a row follow the frontend's lookup, both modes of differentiation to any order, the
//! interpreter, the emitted call with and without `std`, the documentation's table and the tests.
//! Partial derivatives are arithmetic on the arguments `x` and the result `y`; they are the
//! standard ones (Abramowitz & Stegun, chapters 4 and 6), and where a row prefers one form over
//! an equal one, it says why.

use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10, PI};

use super::Expression;

/// Makes rows and a constant for each, numbered from a first one. The value is written once for both scalar types.
macro_rules! rows {
    (from $first:expr; $($constant:ident $name:literal {
        doc: $doc:literal,
        domain: $domain:literal,
        formula: $formula:literal,
        partials: [$($partial:expr),+],
        value: |$arguments:ident| $value:expr,
        core: $core:expr,
        points: [$($point:expr),+],
    })+) => {
        pub(super) static ROWS: [Row; COUNT] = [$(Row {
            name: $name,
            doc: $doc,
            domain: $domain,
            formula: $formula,
            partials: &[$($partial),+],
            f64: |$arguments: &[f64]| $value,
            f32: |$arguments: &[f32]| $value,
            core: $core,
            points: &[$(&$point),+],
        }),+];

        pub(super) const COUNT: usize = [$($name),+].len();

        #[allow(clippy::upper_case_acronyms, non_camel_case_types, reason = "the names of the rows")]
        enum Place { $($constant),+ }

        impl Elementary {
            $(#[doc = $doc] pub const $constant: Self = Self($first + Place::$constant as u8);)+
        }
    };
}

mod special;
mod standard;

/// Constants that have names. Rounded to `f32` each is the constant of that name there; a test compares them.
pub const NAMED: [(&str, f64); 19] = [
    ("E", std::f64::consts::E),
    ("FRAC_1_PI", std::f64::consts::FRAC_1_PI),
    ("FRAC_1_SQRT_2", std::f64::consts::FRAC_1_SQRT_2),
    ("FRAC_2_PI", std::f64::consts::FRAC_2_PI),
    ("FRAC_2_SQRT_PI", FRAC_2_SQRT_PI),
    ("FRAC_PI_2", std::f64::consts::FRAC_PI_2),
    ("FRAC_PI_3", std::f64::consts::FRAC_PI_3),
    ("FRAC_PI_4", std::f64::consts::FRAC_PI_4),
    ("FRAC_PI_6", std::f64::consts::FRAC_PI_6),
    ("FRAC_PI_8", std::f64::consts::FRAC_PI_8),
    ("LN_10", LN_10),
    ("LN_2", LN_2),
    ("LOG10_2", std::f64::consts::LOG10_2),
    ("LOG10_E", std::f64::consts::LOG10_E),
    ("LOG2_10", std::f64::consts::LOG2_10),
    ("LOG2_E", std::f64::consts::LOG2_E),
    ("PI", PI),
    ("SQRT_2", std::f64::consts::SQRT_2),
    ("TAU", std::f64::consts::TAU),
];

/// A partial derivative from arguments and result.
pub type Partial = for<'g> fn(&[Expression<'g>], Expression<'g>) -> Expression<'g>;

/// What is known of a function.
pub struct Row {
    /// The method of `f64` and `f32`, or the name in `gradgen::math`.
    pub name: &'static str,
    /// One sentence.
    pub doc: &'static str,
    /// Where it is differentiable, and what holds where it isn't.
    pub domain: &'static str,
    /// The partial derivatives in words of mathematics.
    pub formula: &'static str,
    /// The partial derivative for each argument; an integer argument has none.
    pub partials: &'static [Option<Partial>],
    /// The value in `f64`.
    pub f64: fn(&[f64]) -> f64,
    /// The value in `f32`.
    pub f32: fn(&[f32]) -> f32,
    /// How code without `std` gets it.
    pub core: Core,
    /// Points inside of the domain, for tests.
    pub points: &'static [&'static [f64]],
}

/// How code without `std` gets a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Core {
    /// It is a method in `core`.
    Method,
    /// The `libm` crate's function of this name, with an `f` behind it for `f32`.
    Libm(&'static str),
    /// A function of the runtime.
    Runtime(&'static str),
    /// With `std` too it is a function of the runtime, and no method of floats: one that `gradgen::math` has.
    Special,
}

/// A function, by its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Elementary(u8);

impl Elementary {
    /// The function's row.
    #[must_use]
    pub fn row(self) -> &'static Row {
        let place = self.0 as usize;
        standard::ROWS.get(place).unwrap_or_else(|| &special::ROWS[place - standard::COUNT])
    }

    /// The method of floats of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|function| function.row().name == name && function.is_method())
    }

    /// The function of this name, also one that is no method.
    #[must_use]
    pub fn in_library(name: &str) -> Option<Self> {
        Self::all().find(|function| function.row().name == name)
    }

    /// Whether it is a method of floats.
    #[must_use]
    pub fn is_method(self) -> bool {
        self.row().core != Core::Special
    }

    /// The function of these arguments, the first of which is a real.
    fn of<'g>(self, first: Expression<'g>, more: &[Expression<'g>]) -> Expression<'g> {
        first.apply(self, more)
    }

    /// Whether it is as fast to compute as to read from memory.
    #[must_use]
    pub fn is_cheap(self) -> bool {
        const CHEAP: [&str; 13] = [
            "abs",
            "signum",
            "max",
            "min",
            "floor",
            "ceil",
            "round",
            "trunc",
            "fract",
            "copysign",
            "mul_add",
            "to_radians",
            "powi",
        ];
        CHEAP.contains(&self.row().name)
    }

    /// All functions.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..standard::COUNT + special::COUNT).filter_map(|row| u8::try_from(row).ok().map(Self))
    }
}
