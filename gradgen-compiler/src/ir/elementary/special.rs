//! Special functions, which are no methods of floats.

use std::f64::consts::FRAC_2_SQRT_PI;

use gradgen_runtime::scalar as special;

use super::Core::Special;
use super::Elementary as E;
use super::{Elementary, Row};
use crate::ir::Comparison::Gt;
use crate::ir::Expression;

/// The square root of 2 pi.
const SQRT_TAU: f64 = 2.506_628_274_631_000_5;

/// 1 by that.
const FRAC_1_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// They follow on those of floats.
#[expect(clippy::cast_possible_truncation, reason = "fewer than 256 rows")]
const FIRST: u8 = super::standard::COUNT as u8;

rows! {
    from FIRST;
    ERF "erf" {
        doc: "The error function.",
        domain: "all reals",
        formula: "2 / sqrt(pi) e^(-x^2)",
        partials: [Some(|x, _| FRAC_2_SQRT_PI * E::GAUSSIAN.of(x[0], &[x[0].order(1)]))],
        value: |a| special::erf(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [0.0]],
    }
    ERFC "erfc" {
        doc: "`1 - erf(x)`, accurate where that is small.",
        domain: "all reals",
        formula: "-2 / sqrt(pi) e^(-x^2)",
        partials: [Some(|x, _| -(FRAC_2_SQRT_PI * E::GAUSSIAN.of(x[0], &[x[0].order(1)])))],
        value: |a| special::erfc(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [3.0]],
    }
    GAMMA "gamma" {
        doc: "The gamma function.",
        domain: "all reals but 0, -1, -2, …",
        formula: "y digamma x",
        // At infinity the second derivative had infinity times 0 in it.
        partials: [Some(|x, y| x[0].is(f64::INFINITY).select(y, y * E::DIGAMMA.of(x[0], &[])))],
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
    }    GAUSSIAN "gaussian" {
        doc: "`e^(-x^2 / n)` for n = 1 and 2.",
        domain: "all reals",
        formula: "-2 x y / n",
        // At infinity 0 times x would be NaN.
        partials: [Some(|x, y| -2.0 / x[1].as_real() * y.is(0.0).select(y, x[0] * y)), None],
        value: |a| special::gaussian(a[0], a[1] as i32),
        core: Special,
        points: [[0.3, 1.0], [-2.0, 2.0], [3.0, 1.0]],
    }
    NORMAL_CDF "normal_cdf" {
        doc: "The probability that a standard normal variable is at most x.",
        domain: "all reals",
        formula: "e^(-x^2 / 2) / sqrt(2 pi)",
        partials: [Some(|x, _| FRAC_1_SQRT_TAU * E::GAUSSIAN.of(x[0], &[x[0].order(2)]))],
        value: |a| special::normal_cdf(a[0]),
        core: Special,
        points: [[0.3], [-2.0], [3.0]],
    }
    LOGIT "logit" {
        doc: "`ln(x / (1 - x))`.",
        domain: "0 < x < 1; infinite at 0 and 1",
        formula: "1 / (x (1 - x))",
        partials: [Some(|x, _| 1.0 / (x[0] * (1.0 - x[0])))],
        value: |a| special::logit(a[0]),
        core: Special,
        points: [[0.3], [0.5], [0.9]],
    }
    ABS_POW "abs_pow" {
        doc: "The absolute value of x to the power of p.",
        domain: "x not 0, or p > 1; by x for x = p = 0: 0; by p at x = 0, p > 0: 0",
        // The second derivative at 0 is a limit then, which the one of powf(|x|, p) is not.
        formula: "p signed_pow(x, p - 1), y ln abs x",
        partials: [
            Some(|x, _| {
                let slope = x[1] * E::SIGNED_POW.of(x[0], &[x[1] - 1.0]);
                // As for powf, at x = p = 0 only.
                x[0].is(0.0).select(x[1].is(0.0).select(slope.number(0.0), slope), slope)
            }),
            Some(by_exponent)
        ],
        value: |a| special::abs_pow(a[0], a[1]),
        core: Special,
        points: [[0.3, 2.5], [-2.0, 3.0], [-0.7, 1.5]],
    }
    SIGNED_POW "signed_pow" {
        doc: "That with the sign of x; 0 at x = 0 for p = 0.",
        domain: "x not 0, or p > 1; by x for x = p = 0: 0; by p at x = 0, p > 0: 0",
        formula: "p abs_pow(x, p - 1), y ln abs x",
        partials: [
            Some(|x, _| {
                let slope = x[1] * E::ABS_POW.of(x[0], &[x[1] - 1.0]);
                // As for powf, at x = p = 0 only.
                x[0].is(0.0).select(x[1].is(0.0).select(slope.number(0.0), slope), slope)
            }),
            Some(by_exponent)
        ],
        value: |a| special::signed_pow(a[0], a[1]),
        core: Special,
        points: [[0.3, 2.5], [-2.0, 3.0], [-0.7, 1.5]],
    }
    LN_BETA "ln_beta" {
        doc: "Logarithm of the beta function.",
        domain: "a > 0, b > 0",
        formula: "polygamma_difference(a, b, 0), polygamma_difference(b, a, 0)",
        partials: [
            Some(|x, _| E::POLYGAMMA_DIFFERENCE.of(x[0], &[x[1], x[0].order(0)])),
            Some(|x, _| E::POLYGAMMA_DIFFERENCE.of(x[1], &[x[0], x[0].order(0)]))
        ],
        value: |a| special::ln_beta(a[0], a[1]),
        core: Special,
        points: [[0.3, 2.5], [4.0, 0.7], [30.0, 20.0]],
    }
    POLYGAMMA_DIFFERENCE "polygamma_difference" {
        doc: "`polygamma(x, n) - polygamma(x + d, n)`.",
        domain: "x > 0, d > 0",
        formula: "polygamma_difference(x, d, n + 1), -polygamma(x + d, n + 1)",
        partials: [
            Some(|x, _| E::POLYGAMMA_DIFFERENCE.of(x[0], &[x[1], x[2].next()])),
            Some(|x, _| -E::POLYGAMMA.of(x[0] + x[1], &[x[2].next()])),
            None
        ],
        value: |a| special::polygamma_difference(a[0], a[1], a[2] as i32),
        core: Special,
        points: [[0.6, 0.7, 0.0], [4.5, 20.0, 1.0], [1.5, 0.3, 2.0]],
    }
}

/// The partial derivative of a power of `|x|` by its exponent.
fn by_exponent<'g>(x: &[Expression<'g>], y: Expression<'g>) -> Expression<'g> {
    let slope = y * E::LN.of(E::ABS.of(x[0], &[]), &[]);
    let zero = slope.number(0.0);
    x[0].is(0.0).select(x[1].compare(Gt, zero).select(zero, slope), slope)
}
