//! The table of elementary functions: one row each, and the only place that knows them, but for the runtime's
//! functions of that name for code that is generic over floats.
//!
//! From a row follow the frontend's lookup, both modes of differentiation to any order, the
//! interpreter, the emitted call with and without `std`, the documentation's table and the tests.
//! Partial derivatives are arithmetic on the arguments `x` and the result `y`; they are the
//! standard ones (Abramowitz & Stegun, chapters 4 and 6), and where a row prefers one form over
//! an equal one, it says why.

use std::f64::consts::{FRAC_2_SQRT_PI, LN_2, LN_10, PI};

use super::Comparison::{Eq, Gt};
use super::Expression;
use gradgen_runtime::scalar as special;

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
        &TABLE[self.0 as usize]
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
        self.row().core != Special
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
        (0..TABLE.len()).filter_map(|row| u8::try_from(row).ok().map(Self))
    }
}

/// Makes the table and a constant for each row. The value is written once for both scalar types.
macro_rules! table {
    ($($constant:ident $name:literal {
        doc: $doc:literal,
        domain: $domain:literal,
        formula: $formula:literal,
        partials: [$($partial:expr),+],
        value: |$arguments:ident| $value:expr,
        core: $core:expr,
        points: [$($point:expr),+],
    })+) => {
        /// The rows.
        pub static TABLE: &[Row] = &[$(Row {
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

        #[allow(clippy::upper_case_acronyms, non_camel_case_types, reason = "the names of the rows")]
        enum Place { $($constant),+ }

        impl Elementary {
            $(#[doc = $doc] pub const $constant: Self = Self(Place::$constant as u8);)+
        }
    };
}

/// The square root of 2 pi.
const SQRT_TAU: f64 = 2.506_628_274_631_000_5;

use Core::{Libm, Method, Runtime, Special};
type E = Elementary;

table! {
    SIN "sin" {
        doc: "Sine, of radians.",
        domain: "all reals",
        formula: "cos x",
        partials: [Some(|x, _| E::COS.of(x[0], &[]))],
        value: |a| a[0].sin(),
        core: Libm("sin"),
        points: [[0.3], [-2.0], [7.5]],
    }
    COS "cos" {
        doc: "Cosine, of radians.",
        domain: "all reals",
        formula: "-sin x",
        partials: [Some(|x, _| -E::SIN.of(x[0], &[]))],
        value: |a| a[0].cos(),
        core: Libm("cos"),
        points: [[0.3], [-2.0], [7.5]],
    }
    TAN "tan" {
        doc: "Tangent, of radians.",
        domain: "all reals but odd multiples of pi/2",
        formula: "1 + y^2",
        partials: [Some(|_, y| 1.0 + y * y)],
        value: |a| a[0].tan(),
        core: Libm("tan"),
        points: [[0.3], [-1.0], [2.0]],
    }
    ASIN "asin" {
        doc: "Inverse sine.",
        domain: "-1 < x < 1; infinite at -1 and 1",
        // (1 - x)(1 + x) keeps the digits that 1 - x^2 loses near -1 and 1.
        formula: "1 / sqrt((1 - x)(1 + x))",
        partials: [Some(|x, _| 1.0 / E::SQRT.of((1.0 - x[0]) * (1.0 + x[0]), &[]))],
        value: |a| a[0].asin(),
        core: Libm("asin"),
        points: [[0.3], [-0.9], [0.999]],
    }
    ACOS "acos" {
        doc: "Inverse cosine.",
        domain: "-1 < x < 1; infinite at -1 and 1",
        formula: "-1 / sqrt((1 - x)(1 + x))",
        partials: [Some(|x, _| -(1.0 / E::SQRT.of((1.0 - x[0]) * (1.0 + x[0]), &[])))],
        value: |a| a[0].acos(),
        core: Libm("acos"),
        points: [[0.3], [-0.9], [0.999]],
    }
    ATAN "atan" {
        doc: "Inverse tangent.",
        domain: "all reals",
        formula: "1 / (1 + x^2)",
        partials: [Some(|x, _| 1.0 / (1.0 + x[0] * x[0]))],
        value: |a| a[0].atan(),
        core: Libm("atan"),
        points: [[0.3], [-2.0], [40.0]],
    }
    ATAN2 "atan2" {
        doc: "Angle of the point (b, a): `a.atan2(b)`.",
        domain: "all but (0, 0), where the result is NaN",
        formula: "b / (a^2 + b^2), -a / (a^2 + b^2)",
        partials: [
            Some(|x, _| x[1] / (x[0] * x[0] + x[1] * x[1])),
            Some(|x, _| -(x[0] / (x[0] * x[0] + x[1] * x[1])))
        ],
        value: |a| a[0].atan2(a[1]),
        core: Libm("atan2"),
        points: [[0.3, 0.8], [-2.0, -0.5], [1.0, -3.0]],
    }
    SINH "sinh" {
        doc: "Hyperbolic sine.",
        domain: "all reals",
        formula: "cosh x",
        partials: [Some(|x, _| E::COSH.of(x[0], &[]))],
        value: |a| a[0].sinh(),
        core: Libm("sinh"),
        points: [[0.3], [-2.0]],
    }
    COSH "cosh" {
        doc: "Hyperbolic cosine.",
        domain: "all reals",
        formula: "sinh x",
        partials: [Some(|x, _| E::SINH.of(x[0], &[]))],
        value: |a| a[0].cosh(),
        core: Libm("cosh"),
        points: [[0.3], [-2.0]],
    }
    TANH "tanh" {
        doc: "Hyperbolic tangent.",
        domain: "all reals",
        // (1 - y)(1 + y) is exact where 1 - y^2 cancels, and costs no call as 1 / cosh^2 does.
        formula: "(1 - y)(1 + y)",
        partials: [Some(|_, y| (1.0 - y) * (1.0 + y))],
        value: |a| a[0].tanh(),
        core: Libm("tanh"),
        points: [[0.3], [-2.0], [4.0]],
    }
    ASINH "asinh" {
        doc: "Inverse hyperbolic sine.",
        domain: "all reals",
        formula: "1 / sqrt(x^2 + 1)",
        partials: [Some(|x, _| 1.0 / E::SQRT.of(x[0] * x[0] + 1.0, &[]))],
        value: |a| a[0].asinh(),
        core: Libm("asinh"),
        points: [[0.3], [-2.0], [50.0]],
    }
    ACOSH "acosh" {
        doc: "Inverse hyperbolic cosine.",
        domain: "x > 1; infinite at 1",
        formula: "1 / (sqrt(x - 1) sqrt(x + 1))",
        partials: [Some(|x, _| 1.0 / (E::SQRT.of(x[0] - 1.0, &[]) * E::SQRT.of(x[0] + 1.0, &[])))],
        value: |a| a[0].acosh(),
        core: Libm("acosh"),
        points: [[1.3], [4.0]],
    }
    ATANH "atanh" {
        doc: "Inverse hyperbolic tangent.",
        domain: "-1 < x < 1",
        formula: "1 / ((1 - x)(1 + x))",
        partials: [Some(|x, _| 1.0 / ((1.0 - x[0]) * (1.0 + x[0])))],
        value: |a| a[0].atanh(),
        core: Libm("atanh"),
        points: [[0.3], [-0.9]],
    }
    EXP "exp" {
        doc: "`e` to the power of x.",
        domain: "all reals",
        formula: "y",
        partials: [Some(|_, y| y)],
        value: |a| a[0].exp(),
        core: Libm("exp"),
        points: [[0.3], [-2.0], [5.0]],
    }
    EXP2 "exp2" {
        doc: "2 to the power of x.",
        domain: "all reals",
        formula: "y ln 2",
        partials: [Some(|_, y| y * LN_2)],
        value: |a| a[0].exp2(),
        core: Libm("exp2"),
        points: [[0.3], [-2.0], [5.0]],
    }
    EXP_M1 "exp_m1" {
        doc: "`e^x - 1`, accurate near 0.",
        domain: "all reals",
        // y + 1 would cost less and loses every digit for x far below 0.
        formula: "e^x",
        partials: [Some(|x, _| E::EXP.of(x[0], &[]))],
        value: |a| a[0].exp_m1(),
        core: Libm("expm1"),
        points: [[0.3], [-2.0], [1e-9]],
    }
    LN "ln" {
        doc: "Natural logarithm.",
        domain: "x > 0; infinite at 0",
        formula: "1 / x",
        partials: [Some(|x, _| 1.0 / x[0])],
        value: |a| a[0].ln(),
        core: Libm("log"),
        points: [[0.3], [7.0]],
    }
    LN_1P "ln_1p" {
        doc: "`ln(1 + x)`, accurate near 0.",
        domain: "x > -1",
        formula: "1 / (1 + x)",
        partials: [Some(|x, _| 1.0 / (1.0 + x[0]))],
        value: |a| a[0].ln_1p(),
        core: Libm("log1p"),
        points: [[0.3], [-0.7], [1e-9]],
    }
    LOG "log" {
        doc: "Logarithm to a base: `x.log(base)`.",
        domain: "x > 0, base > 0, base not 1",
        formula: "1 / (x ln b), -y / (b ln b)",
        partials: [
            Some(|x, _| 1.0 / (x[0] * E::LN.of(x[1], &[]))),
            Some(|x, y| -(y / (x[1] * E::LN.of(x[1], &[]))))
        ],
        value: |a| a[0].log(a[1]),
        core: Runtime("log"),
        points: [[0.3, 3.0], [7.0, 0.4]],
    }
    LOG2 "log2" {
        doc: "Logarithm to base 2.",
        domain: "x > 0",
        formula: "1 / (x ln 2)",
        partials: [Some(|x, _| 1.0 / (x[0] * LN_2))],
        value: |a| a[0].log2(),
        core: Libm("log2"),
        points: [[0.3], [7.0]],
    }
    LOG10 "log10" {
        doc: "Logarithm to base 10.",
        domain: "x > 0",
        formula: "1 / (x ln 10)",
        partials: [Some(|x, _| 1.0 / (x[0] * LN_10))],
        value: |a| a[0].log10(),
        core: Libm("log10"),
        points: [[0.3], [7.0]],
    }
    SQRT "sqrt" {
        doc: "Square root.",
        domain: "x > 0; infinite at 0",
        formula: "1 / (2 y)",
        partials: [Some(|_, y| 0.5 / y)],
        value: |a| a[0].sqrt(),
        core: Libm("sqrt"),
        points: [[0.3], [7.0]],
    }
    CBRT "cbrt" {
        doc: "Cube root.",
        domain: "all reals but 0, where it is infinite",
        formula: "1 / (3 y^2)",
        partials: [Some(|_, y| 1.0 / (3.0 * (y * y)))],
        value: |a| a[0].cbrt(),
        core: Libm("cbrt"),
        points: [[0.3], [-7.0]],
    }
    POWI "powi" {
        doc: "An integer power.",
        domain: "all reals for n >= 0, all but 0 for n < 0; 0 for n = 0 everywhere",
        formula: "n x^(n-1), and 0 for n = 0",
        partials: [
            Some(|x, _| {
                let slope = x[1].as_real() * E::POWI.of(x[0], &[x[1].previous()]);
                x[1].is_int(0).select(slope.number(0.0), slope)
            }),
            None
        ],
        value: |a| a[0].powi(a[1] as i32),
        core: Runtime("powi"),
        points: [[0.3, 3.0], [-1.7, 4.0], [1.2, -2.0], [0.8, 0.0], [0.7, 1.0]],
    }
    POWF "powf" {
        doc: "A real power: `x.powf(p)`.",
        domain: "x > 0; by p at x = 0, p > 0: 0; by x for p = 0: 0",
        formula: "p x^(p-1), y ln x",
        partials: [
            Some(|x, _| {
                // 0 times infinity at x = p = 0, and there only: a wider guard would hide that the
                // slope depends on p.
                let slope = x[1] * E::POWF.of(x[0], &[x[1] - 1.0]);
                x[0].is(0.0).select(x[1].is(0.0).select(slope.number(0.0), slope), slope)
            }),
            Some(|x, y| {
                let slope = y * E::LN.of(x[0], &[]);
                let zero = slope.number(0.0);
                x[0].is(0.0).select(x[1].compare(Gt, zero).select(zero, slope), slope)
            })
        ],
        value: |a| a[0].powf(a[1]),
        core: Libm("pow"),
        points: [[0.3, 2.5], [7.0, -1.2], [1.5, 0.4]],
    }
    HYPOT "hypot" {
        doc: "Length of the vector (a, b): `a.hypot(b)`.",
        domain: "all but (0, 0), where the result is NaN",
        formula: "a / y, b / y",
        partials: [Some(|x, y| x[0] / y), Some(|x, y| x[1] / y)],
        value: |a| a[0].hypot(a[1]),
        core: Libm("hypot"),
        points: [[0.3, 0.8], [-2.0, 1.5]],
    }
    RECIP "recip" {
        doc: "Reciprocal.",
        domain: "all reals but 0",
        formula: "-y^2",
        partials: [Some(|_, y| -(y * y))],
        value: |a| a[0].recip(),
        core: Method,
        points: [[0.3], [-2.0]],
    }
    ABS "abs" {
        doc: "Absolute value.",
        domain: "all reals; 0 at 0",
        formula: "signum x, and 0 at 0",
        partials: [Some(|x, _| x[0].is(0.0).select(x[0].number(0.0), E::SIGNUM.of(x[0], &[])))],
        value: |a| a[0].abs(),
        core: Method,
        points: [[0.3], [-2.0]],
    }
    SIGNUM "signum" {
        doc: "1 with the sign of x.",
        domain: "all reals; 0 at 0",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].signum(),
        core: Method,
        points: [[0.3], [-2.0]],
    }
    COPYSIGN "copysign" {
        doc: "The first argument with the sign of the second.",
        domain: "all reals; 0 at a = 0",
        formula: "signum a signum b (0 at a = 0), 0",
        partials: [
            Some(|x, _| {
                let slope = E::SIGNUM.of(x[0], &[]) * E::SIGNUM.of(x[1], &[]);
                x[0].is(0.0).select(slope.number(0.0), slope)
            }),
            Some(|x, _| x[0].number(0.0))
        ],
        value: |a| a[0].copysign(a[1]),
        core: Method,
        points: [[0.3, -1.0], [-2.0, -3.0], [-0.4, 2.0]],
    }
    MAX "max" {
        doc: "The larger of two; the other one if one is NaN.",
        domain: "all reals; at a tie the first argument counts",
        formula: "1 for the one taken, 0 for the other",
        partials: [Some(first_taken), Some(second_taken)],
        value: |a| a[0].max(a[1]),
        core: Method,
        points: [[0.3, 0.8], [2.0, -1.0]],
    }
    MIN "min" {
        doc: "The smaller of two; the other one if one is NaN.",
        domain: "all reals; at a tie the first argument counts",
        formula: "1 for the one taken, 0 for the other",
        partials: [Some(first_taken), Some(second_taken)],
        value: |a| a[0].min(a[1]),
        core: Method,
        points: [[0.3, 0.8], [2.0, -1.0]],
    }
    MUL_ADD "mul_add" {
        doc: "`a * b + c` rounded once: `a.mul_add(b, c)`.",
        domain: "all reals",
        formula: "b, a, 1",
        partials: [Some(|x, _| x[1]), Some(|x, _| x[0]), Some(|x, _| x[0].number(1.0))],
        value: |a| a[0].mul_add(a[1], a[2]),
        core: Libm("fma"),
        points: [[0.3, 0.8, -1.0], [2.0, -1.0, 0.5]],
    }
    FLOOR "floor" {
        doc: "The largest integer not above.",
        domain: "all reals; 0 at the jumps too",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].floor(),
        core: Libm("floor"),
        points: [[0.3], [-2.5]],
    }
    CEIL "ceil" {
        doc: "The smallest integer not below.",
        domain: "all reals; 0 at the jumps too",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].ceil(),
        core: Libm("ceil"),
        points: [[0.3], [-2.5]],
    }
    ROUND "round" {
        doc: "The nearest integer, halves away from 0.",
        domain: "all reals; 0 at the jumps too",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].round(),
        core: Libm("round"),
        points: [[0.3], [-2.7]],
    }
    TRUNC "trunc" {
        doc: "The integer part.",
        domain: "all reals; 0 at the jumps too",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].trunc(),
        core: Libm("trunc"),
        points: [[0.3], [-2.7]],
    }
    FRACT "fract" {
        doc: "The fractional part.",
        domain: "all reals; 1 at the jumps too",
        formula: "1",
        partials: [Some(|x, _| x[0].number(1.0))],
        value: |a| a[0].fract(),
        core: Runtime("fract"),
        points: [[0.3], [-2.7]],
    }
    TO_DEGREES "to_degrees" {
        doc: "Radians to degrees.",
        domain: "all reals",
        formula: "180 / pi",
        partials: [Some(|x, _| x[0].number(180.0 / PI))],
        value: |a| a[0].to_degrees(),
        core: Method,
        points: [[0.3], [-2.0]],
    }
    TO_RADIANS "to_radians" {
        doc: "Degrees to radians.",
        domain: "all reals",
        formula: "pi / 180",
        partials: [Some(|x, _| x[0].number(PI / 180.0))],
        value: |a| a[0].to_radians(),
        core: Method,
        points: [[0.3], [-2.0]],
    }
    ERF "erf" {
        doc: "The error function.",
        domain: "all reals",
        formula: "2 / sqrt(pi) e^(-x^2)",
        partials: [Some(|x, _| FRAC_2_SQRT_PI * E::EXP.of(-(x[0] * x[0]), &[]))],
        value: |a| special::erf(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [0.0]],
    }
    ERFC "erfc" {
        doc: "`1 - erf(x)`, accurate where that is small.",
        domain: "all reals",
        formula: "-2 / sqrt(pi) e^(-x^2)",
        partials: [Some(|x, _| -(FRAC_2_SQRT_PI * E::EXP.of(-(x[0] * x[0]), &[])))],
        value: |a| special::erfc(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [3.0]],
    }
    GAMMA "gamma" {
        doc: "The gamma function.",
        domain: "all reals but 0, -1, -2, …",
        formula: "y digamma x",
        partials: [Some(|x, y| y * E::DIGAMMA.of(x[0], &[]))],
        value: |a| special::gamma(a[0]),
        core: Special,
        points: [[0.6], [4.5], [-2.5]],
    }
    LN_GAMMA "ln_gamma" {
        doc: "Logarithm of the absolute value of the gamma function.",
        domain: "all reals but 0, -1, -2, …",
        formula: "digamma x",
        partials: [Some(|x, _| E::DIGAMMA.of(x[0], &[]))],
        value: |a| special::ln_gamma(a[0]),
        core: Special,
        points: [[0.6], [4.5], [-2.5]],
    }
    DIGAMMA "digamma" {
        doc: "The derivative of `ln_gamma`.",
        domain: "all reals but 0, -1, -2, …",
        formula: "polygamma(x, 1)",
        partials: [Some(|x, _| E::POLYGAMMA.of(x[0], &[x[0].order(1)]))],
        value: |a| special::digamma(a[0]),
        core: Special,
        points: [[0.6], [4.5], [-2.5]],
    }
    POLYGAMMA "polygamma" {
        doc: "The n-th derivative of `digamma`.",
        domain: "all reals but 0, -1, -2, …; NaN for x < 0 and n > 7",
        formula: "polygamma(x, n + 1)",
        partials: [Some(|x, _| E::POLYGAMMA.of(x[0], &[x[1].next()])), None],
        value: |a| special::polygamma(a[0], a[1] as i32),
        core: Special,
        points: [[0.6, 1.0], [4.5, 2.0], [-2.5, 1.0], [30.0, 3.0]],
    }
    LOGISTIC "logistic" {
        doc: "`1 / (1 + e^-x)`.",
        domain: "all reals",
        // 1 - y loses every digit for large x.
        formula: "y logistic(-x)",
        partials: [Some(|x, y| y * E::LOGISTIC.of(-x[0], &[]))],
        value: |a| special::logistic(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [5.0]],
    }
    SOFTPLUS "softplus" {
        doc: "`ln(1 + e^x)`.",
        domain: "all reals",
        formula: "logistic x",
        partials: [Some(|x, _| E::LOGISTIC.of(x[0], &[]))],
        value: |a| special::softplus(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [5.0]],
    }
    NORMAL_QUANTILE "normal_quantile" {
        doc: "The number below which a standard normal variable is with probability x.",
        domain: "0 < x < 1; infinite at 0 and 1",
        formula: "sqrt(2 pi) e^(y^2 / 2)",
        partials: [Some(|_, y| SQRT_TAU * E::EXP.of(0.5 * (y * y), &[]))],
        value: |a| special::normal_quantile(a[0]),
        core: Special,
        points: [[0.3], [0.5], [0.8]],
    }
    BESSEL_J "bessel_j" {
        doc: "Bessel function of the first kind of order n.",
        domain: "all reals",
        formula: "(bessel_j(x, n - 1) - bessel_j(x, n + 1)) / 2",
        partials: [
            Some(|x, _| {
                0.5 * (E::BESSEL_J.of(x[0], &[x[1].previous()]) - E::BESSEL_J.of(x[0], &[x[1].next()]))
            }),
            None
        ],
        value: |a| special::bessel_j(a[0], a[1] as i32),
        core: Special,
        points: [[0.3, 0.0], [4.5, 1.0], [-2.5, 2.0], [30.0, 0.0]],
    }
    SPHERICAL_BESSEL "spherical_bessel" {
        doc: "Spherical Bessel function of order n, for n = 0 `sin(x) / x`.",
        domain: "all reals",
        // Without a quotient, so that nothing cancels at 0.
        formula: "(n j(x, n - 1) - (n + 1) j(x, n + 1)) / (2n + 1)",
        partials: [
            Some(|x, _| {
                let n = x[1].as_real();
                let above = (n + 1.0) * E::SPHERICAL_BESSEL.of(x[0], &[x[1].next()]);
                let below = n * E::SPHERICAL_BESSEL.of(x[0], &[x[1].previous()]);
                x[1].is_int(0).select(-above, (below - above) / (2.0 * n + 1.0))
            }),
            None
        ],
        value: |a| special::spherical_bessel(a[0], a[1] as i32),
        core: Special,
        points: [[0.3, 0.0], [4.5, 1.0], [-2.5, 2.0], [1e-3, 0.0]],
    }
}

/// 1 where `max` or `min` took the first argument. At a tie both are equal to the result, and the
/// first is the one; a NaN is never equal, so the other argument is.
fn first_taken<'g>(x: &[Expression<'g>], y: Expression<'g>) -> Expression<'g> {
    x[0].compare(Eq, y).select(y.number(1.0), y.number(0.0))
}

/// 1 where `max` or `min` took the second argument.
fn second_taken<'g>(x: &[Expression<'g>], y: Expression<'g>) -> Expression<'g> {
    x[0].compare(Eq, y).select(y.number(0.0), y.number(1.0))
}
