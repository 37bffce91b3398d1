//! The methods of floats.

use std::f64::consts::{LN_2, LN_10, PI};

use super::Core::{Libm, Method, Runtime};
use super::Elementary as E;
use super::{Elementary, Row};
use crate::ir::Comparison::{Eq, Gt};
use crate::ir::Expression;

rows! {
    from 0;
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
        // It costs no call as 1 / cosh^2 does. (1 - y)(1 + y) has no more digits, as y is rounded, and its own
        // derivative has none near 0.
        formula: "1 - y^2",
        partials: [Some(|_, y| 1.0 - y * y)],
        value: |a| a[0].tanh(),
        core: Libm("tanh"),
        points: [[0.3], [-2.0], [4.0]],
    }
    ASINH "asinh" {
        doc: "Inverse hyperbolic sine.",
        domain: "all reals",
        // x^2 overflows where the derivative is small, but not 0.
        formula: "1 / hypot(x, 1)",
        partials: [Some(|x, _| 1.0 / E::HYPOT.of(x[0], &[x[0].number(1.0)]))],
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
    MIDPOINT "midpoint" {
        doc: "Half the sum of two, where that is too large as well.",
        domain: "all reals",
        formula: "1 / 2 for each",
        partials: [Some(|x, _| x[0].number(0.5)), Some(|x, _| x[0].number(0.5))],
        value: |a| a[0].midpoint(a[1]),
        core: Method,
        points: [[0.3, 0.8], [2.0, -1.0]],
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
    ROUND_TIES_EVEN "round_ties_even" {
        doc: "The nearest integer, halves to the even one.",
        domain: "all reals; 0 at the jumps too",
        formula: "0",
        partials: [Some(|x, _| x[0].number(0.0))],
        value: |a| a[0].round_ties_even(),
        core: Libm("rint"),
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
