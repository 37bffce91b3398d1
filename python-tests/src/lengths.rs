//! Lengths that come with the call, and workspaces that follow from them.

use gradgen::gradgen;
use num_traits::Float;

/// Half the sum of squared residuals of linear equations.
#[gradgen(gradient(x), bundle(f, grad(x)))]
pub(crate) fn residuals(a: &[f64], b: &[f64], x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..b.len() {
        let mut residual = -b[i];
        for j in 0..x.len() {
            residual += a[i * x.len() + j] * x[j];
        }
        sum += 0.5 * residual * residual;
    }
    sum
}

/// A tape as long as an argument says.
#[gradgen(gradient)]
pub(crate) fn iterated(x: &[f64], n: usize) -> f64 {
    let mut y = 1.0;
    for k in 0..n {
        y = (y * x[k % x.len()]).sin() + 0.5;
    }
    y
}

/// An output that is as long as the input.
#[gradgen(vjp, jacobian)]
pub(crate) fn squares(x: &[f64], y: &mut [f64]) {
    for i in 0..x.len() {
        y[i] = x[i] * x[i];
    }
}

/// A function over any float, of which Python gets one.
#[gradgen(gradient, hessian)]
pub(crate) fn energy<T: Float, const N: usize>(x: &[T; N], stiffness: T) -> T {
    let mut sum = T::zero();
    for &v in x {
        sum = sum + stiffness * v * v * v;
    }
    sum * T::from(0.1).unwrap()
}

/// Adds to a total that it keeps.
#[gradgen]
pub(crate) fn accumulate(total: &mut [f64; 1], x: f64) {
    total[0] += x;
}

/// Adds to a total that the attribute declares.
#[gradgen(gradient(x), state(total), default(total = 1.5))]
pub(crate) fn tally(total: &mut f64, x: f64) {
    *total += x * x;
}

/// The mean of all numbers so far, and how many there were; the scale is no state.
#[gradgen(state(mean, count), outputs(before), rename(mean = "average"))]
pub(crate) fn mean(mean: &mut [f64; 2], count: &mut f64, x: &[f64; 2], scale: &mut f64) -> f64 {
    let before = *count;
    *count += 1.0;
    for i in 0..2 {
        mean[i] += (x[i] * *scale - mean[i]) / *count;
    }
    *scale *= 2.0;
    before
}

/// A filter that says what it was and becomes something between.
#[gradgen(outputs(before))]
pub(crate) fn smooth(level: &mut [f64; 2], x: &[f64; 2]) -> f64 {
    let before = level[0] + level[1];
    level[0] = 0.5 * (level[0] + x[0]);
    level[1] = 0.5 * (level[1] + x[1]);
    before
}
