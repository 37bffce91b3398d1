//! Special functions, which are no methods of floats.

use std::f64::consts::FRAC_2_SQRT_PI;

use gradgen_runtime::scalar as special;

use super::Core::Special;
use super::Elementary as E;
use super::{Elementary, Row};

/// The square root of 2 pi.
const SQRT_TAU: f64 = 2.506_628_274_631_000_5;

/// They follow on those of floats.
#[expect(clippy::cast_possible_truncation, reason = "fewer than 256 rows")]
const FIRST: u8 = super::standard::COUNT as u8;

rows! {
    from FIRST;
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
