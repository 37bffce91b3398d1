//! Bessel functions of integer order, and the spherical ones.

use super::{cos, sin};

/// The Bessel function of the first kind of order n.
#[must_use]
pub fn bessel_j(x: f64, n: i32) -> f64 {
    libm::jn(n, x)
}

/// The spherical Bessel function of order n; of order 0 it is `sin x / x`. NaN for n < 0.
///
/// By going up in the order where that is stable (DLMF 10.51.1), else by its series (10.53.1).
#[must_use]
pub fn spherical_bessel(x: f64, n: i32) -> f64 {
    if n < 0 {
        return f64::NAN;
    }
    if x.is_infinite() {
        return 0.0;
    }
    if x.abs() < f64::from(n) + 1.0 {
        return by_series(x, n);
    }
    let mut before = cos(x) / x;
    let mut now = sin(x) / x;
    for order in 0..n {
        let next = (2.0 * f64::from(order) + 1.0) / x * now - before;
        before = now;
        now = next;
    }
    now
}

/// `x^n / (2n+1)!!` times the sum of `(-x^2/2)^k / (k! (2n+3)(2n+5)…(2n+2k+1))`.
fn by_series(x: f64, n: i32) -> f64 {
    let mut first = 1.0;
    for order in 1..=n {
        first *= x / (2.0 * f64::from(order) + 1.0);
    }
    let step = -0.5 * x * x;
    let (mut term, mut sum, mut k) = (1.0, 1.0, 1.0);
    let order = 2.0 * f64::from(n) + 1.0;
    for _ in 0..60 {
        term *= step / (k * (order + 2.0 * k));
        sum += term;
        k += 1.0;
        if term.abs() < 1e-18 {
            break;
        }
    }
    first * sum
}
