//! Differences of the gamma function's logarithms and their derivatives, and the beta function.

use super::gamma::{BERNOULLI, FAR, factorial, power};
use super::{exp_m1, ln, ln_1p, ln_gamma};

/// The logarithm of the beta function, of positive a and b: infinite where one is 0, minus infinite where one is
/// infinite, and NaN outside.
#[must_use]
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (less, more) = if a < b { (a, b) } else { (b, a) };
    // Of the two logarithms near to each other only the difference is needed.
    ln_gamma_right(less) + polygamma_difference(more, less, -1)
}

/// NaN left of 0.
fn ln_gamma_right(x: f64) -> f64 {
    if x < 0.0 { f64::NAN } else { ln_gamma(x) }
}

/// `polygamma(x, n) - polygamma(x + d, n)`, and `ln_gamma(x) - ln_gamma(x + d)` for n = -1, with all digits also
/// where d is small beside x. For positive x and d; NaN for others.
///
/// Each term of what [`polygamma`](super::polygamma) adds up is replaced by its difference.
#[must_use]
pub fn polygamma_difference(x: f64, d: f64, n: i32) -> f64 {
    if !(x >= 0.0 && d >= 0.0) || n < -1 {
        return f64::NAN;
    }
    if d == 0.0 {
        return if x > 0.0 || n == -1 { 0.0 } else { f64::NAN };
    }
    if x.is_infinite() || n < 1 && d.is_infinite() {
        let is_falling = n < 0 || n == 0 && x.is_finite();
        return if is_falling { f64::NEG_INFINITY } else { 0.0 };
    }
    let far = FAR + f64::from(n.max(0));
    let (mut x, mut sum) = (x, 0.0);
    while x < far {
        let ratio = ln_1p(d / x);
        sum += if n < 0 { ratio } else { powers(x, ratio, n.saturating_add(1)) };
        x += 1.0;
    }
    match n {
        -1 => sum + of_logarithms(x, d),
        0 => of_digamma(x, d) - sum,
        _ => {
            let sign = if n % 2 == 0 { -1.0 } else { 1.0 };
            sign * (factorial(n) * sum + of_series(x, d, n))
        }
    }
}

/// `x^-m - (x + d)^-m`, where the logarithm of `(x + d) / x` is known.
fn powers(x: f64, ratio: f64, m: i32) -> f64 {
    -exp_m1(-f64::from(m) * ratio) * power(1.0 / x, m)
}

/// The difference of Stirling's series (DLMF 5.11.1).
fn of_logarithms(x: f64, d: f64) -> f64 {
    let ratio = ln_1p(d / x);
    let (mut sum, mut m) = (0.0, 1_i32);
    for bernoulli in BERNOULLI {
        let power = f64::from(m);
        sum += bernoulli / (power * (power + 1.0)) * powers(x, ratio, m);
        m = m.saturating_add(2);
    }
    sum - (x - 0.5) * ratio - d * ln(x + d) + d
}

/// The difference of its derivative (5.11.2).
fn of_digamma(x: f64, d: f64) -> f64 {
    let ratio = ln_1p(d / x);
    let (mut sum, mut m) = (0.0, 2_i32);
    for bernoulli in BERNOULLI {
        sum += bernoulli / f64::from(m) * powers(x, ratio, m);
        m = m.saturating_add(2);
    }
    -ratio - 0.5 * powers(x, ratio, 1) - sum
}

/// The difference of the n-th derivative of that (5.15.8), without its sign.
fn of_series(x: f64, d: f64, n: i32) -> f64 {
    let ratio = ln_1p(d / x);
    let order = f64::from(n);
    let mut factor = factorial(n.saturating_sub(1));
    let mut sum = factor * powers(x, ratio, n) + 0.5 * factor * order * powers(x, ratio, n.saturating_add(1));
    factor *= 0.5 * order * (order + 1.0);
    let mut m = n.saturating_add(2);
    for bernoulli in BERNOULLI {
        sum += bernoulli * factor * powers(x, ratio, m);
        let two_k = f64::from(m) - order;
        factor *= (two_k + order) * (two_k + order + 1.0) / ((two_k + 1.0) * (two_k + 2.0));
        m = m.saturating_add(2);
    }
    sum
}
