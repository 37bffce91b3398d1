//! The gamma function and its logarithmic derivatives.

use core::f64::consts::PI;

use super::{exp, floor, ln, tan};

/// As many derivatives of the cotangent are known.
const REFLECTED: usize = 8;

/// From here on the series in powers of 1/x has all digits.
pub(super) const FAR: f64 = 16.0;

/// The Bernoulli numbers B2, B4, … (DLMF 24.2.i).
pub(super) const BERNOULLI: [f64; 10] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
    -174_611.0 / 330.0,
];

/// The gamma function; NaN at its poles but 0, where it is infinite.
#[must_use]
pub fn gamma(x: f64) -> f64 {
    libm::tgamma(x)
}

/// The logarithm of the absolute value of the gamma function.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The derivative of `ln_gamma`: minus infinity at 0, infinity at -0, NaN at its other poles, where it has another
/// sign on either side.
#[must_use]
pub fn digamma(x: f64) -> f64 {
    polygamma(x, 0)
}

/// The n-th derivative of `digamma`; NaN left of 0 for n > 7. At its poles it is infinite where it has one sign on
/// both sides, for odd n and at 0 and -0; else NaN.
///
/// Left of 0 by reflection (DLMF 5.15.6), else by going up (5.15.5) to where the series in powers of 1/x holds
/// (5.11.2, 5.15.8 and their derivatives).
#[must_use]
pub fn polygamma(x: f64, n: i32) -> f64 {
    if n < 0 || x.is_nan() {
        return f64::NAN;
    }
    if x > 0.0 {
        return right(x, n);
    }
    let order = n.unsigned_abs() as usize;
    let is_even = order.is_multiple_of(2);
    if x == 0.0 {
        return if is_even { -f64::INFINITY.copysign(x) } else { f64::INFINITY };
    }
    if order >= REFLECTED || x.is_infinite() {
        return f64::NAN;
    }
    if x == floor(x) {
        return if is_even { f64::NAN } else { f64::INFINITY };
    }
    // psi_n(1 - x) = (-1)^n (psi_n(x) + (d/dx)^n pi cot(pi x))
    let reflected = right(1.0 - x, n);
    let reflected = if is_even { reflected } else { -reflected };
    reflected - cotangent(x, order)
}

/// The n-th derivative of `pi cot(pi x)`: a polynomial in c = cot(pi x), whose derivative by x is
/// `-pi (1 + c^2)`.
fn cotangent(x: f64, n: usize) -> f64 {
    // The distance to the nearest pole has the digits.
    let near = x - floor(x + 0.5);
    let c = if near.abs() == 0.5 { 0.0 } else { 1.0 / tan(PI * near) };
    // Powers of it may be infinite, but not it itself, or 0 times it were NaN.
    let c = c.clamp(f64::MIN, f64::MAX);
    let mut polynomial = [0.0; REFLECTED + 2];
    polynomial[1] = PI;
    for _ in 0..n {
        let mut next = [0.0; REFLECTED + 2];
        for (power, coefficient) in polynomial.iter().enumerate().skip(1) {
            let slope = -PI * power as f64 * coefficient;
            next[power - 1] += slope;
            if let Some(above) = next.get_mut(power + 1) {
                *above += slope;
            }
        }
        polynomial = next;
    }
    polynomial.iter().rev().fold(0.0, |sum, coefficient| sum * c + coefficient)
}

/// Of x > 0.
fn right(x: f64, n: i32) -> f64 {
    let far = FAR + f64::from(n);
    let (mut x, mut sum) = (x, 0.0);
    while x < far {
        sum += 1.0 / power(x, n.saturating_add(1));
        x += 1.0;
    }
    if n == 0 {
        return series(x, 0) - sum;
    }
    let sign = if n % 2 == 0 { -1.0 } else { 1.0 };
    sign * (factorial(n) * sum + series(x, n))
}

pub(super) fn factorial(n: i32) -> f64 {
    gamma(f64::from(n) + 1.0)
}

/// The series without its sign.
fn series(x: f64, n: i32) -> f64 {
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    if n == 0 {
        let mut sum = 0.0;
        for (k, bernoulli) in BERNOULLI.iter().enumerate().rev() {
            sum = (sum + bernoulli / (2.0 * (k as f64 + 1.0))) * square;
        }
        return ln(x) - 0.5 * inverse - sum;
    }
    // (n-1)!/x^n + n!/(2 x^(n+1)) + sum of B_2k (2k+n-1)!/((2k)! x^(2k+n))
    let order = f64::from(n);
    let first = gamma(order) * power(inverse, n);
    let mut term = first * order * 0.5 * (order + 1.0) * square;
    let mut sum = first + first * order * 0.5 * inverse;
    for (k, bernoulli) in BERNOULLI.iter().enumerate() {
        sum += bernoulli * term;
        let two_k = 2.0 * (k as f64 + 1.0);
        term *= (two_k + order) * (two_k + order + 1.0) / ((two_k + 1.0) * (two_k + 2.0)) * square;
    }
    sum
}

pub(super) fn power(x: f64, n: i32) -> f64 {
    if n > 60 { exp(f64::from(n) * ln(x)) } else { (0..n).fold(1.0, |power, _| power * x) }
}
