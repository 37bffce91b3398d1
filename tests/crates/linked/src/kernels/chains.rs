//! What the program that is linked runs, beside other kernels.

use gradgen::gradgen;

/// A tape as long as the input, in the workspace.
#[gradgen(gradient(*), hvp(x))]
pub fn chain(x: &[f64], start: f64) -> f64 {
    let mut z = start;
    for i in 0..x.len() {
        z = (z * x[i] + 0.3).sin();
    }
    z * z
}

/// Functions of `libm`, in single precision.
#[gradgen(gradient, hessian)]
pub fn single(x: f32, y: f32) -> f32 {
    (x * y).exp() + x.powf(y) + y.atan2(x)
}

/// An index that may be outside.
#[gradgen(gradient)]
pub fn picked(x: &[f64; 4], at: usize) -> f64 {
    x[at] * x[at]
}
