//! The error function, and the normal distribution.

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_2_SQRT_PI};

use super::gaussian::{gaussian, product};
use super::{ln, sqrt};

/// The square root of 2 pi.
const SQRT_TAU: f64 = 2.506_628_274_631_000_5;

/// What is missing in [`FRAC_1_SQRT_2`] to the root of 1/2.
const REST_OF_ROOT: f64 = -4.833_646_656_726_457e-17;

/// The error function.
#[must_use]
pub fn erf(x: f64) -> f64 {
    libm::erf(x)
}

/// `1 - erf(x)`, accurate where that is small.
#[must_use]
pub fn erfc(x: f64) -> f64 {
    libm::erfc(x)
}

/// The probability that a standard normal variable is at most x.
///
/// `erfc(-x / sqrt(2)) / 2`, where what the quotient loses by rounding is put back by the first term of Taylor's
/// series: in the left tail it would be as many units of the result as `x^2`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    if x.abs() > 64.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (scaled, rest) = product(x, FRAC_1_SQRT_2);
    let rest = rest + x * REST_OF_ROOT;
    0.5 * (libm::erfc(-scaled) + rest * FRAC_2_SQRT_PI * gaussian(scaled, 1))
}

/// The x below which a standard normal variable is with probability p.
///
/// A first guess (Abramowitz & Stegun 26.2.23, error below 4.5e-4) and steps of Halley's method, each of which
/// triples the digits.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.0 {
        return f64::NEG_INFINITY;
    }
    if p == 1.0 {
        return f64::INFINITY;
    }
    if p == 0.5 {
        return 0.0;
    }
    // Exact, for p >= 1/2.
    let tail = if p <= 0.5 { p } else { 1.0 - p };
    let x = below_median(tail, p - 0.5);
    if p <= 0.5 { x } else { -x }
}

/// The quantile of a tail of at most 1/2, of which the distance to 1/2 is known up to its sign.
fn below_median(tail: f64, distance: f64) -> f64 {
    let t = sqrt(-2.0 * ln(tail));
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = above / below - t;
    let distance = if distance < 0.0 { distance } else { -distance };
    for _ in 0..3 {
        // Near the median the tail has no digits of the distance to it.
        let error = if distance > -0.25 {
            0.5 * libm::erf(x * FRAC_1_SQRT_2) - distance
        } else {
            normal_cdf(x) - tail
        };
        let step = error / tail_density(x);
        x -= step / (1.0 + 0.5 * x * step);
    }
    x
}

/// The density, which is not 0 where a tail is not.
fn tail_density(x: f64) -> f64 {
    let density = gaussian(x, 2) / SQRT_TAU;
    if density > 0.0 { density } else { f64::MIN_POSITIVE }
}
