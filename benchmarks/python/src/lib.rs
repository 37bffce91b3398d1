//! What a call from Python costs: the module `speed` of gradgen-py, and `hand`, the same functions
//! written with PyO3 and rust-numpy as one would for these very arguments.
#![forbid(unsafe_code)]

mod hand;

use gradgen::gradgen;

/// Twice a number.
#[gradgen]
pub fn twice(x: f64) -> f64 {
    2.0 * x
}

/// Two arrays of two arrays.
#[gradgen(outputs(state, rest))]
pub fn split(x: &[f64; 8], w: &[f64; 2]) -> ([f64; 4], [f64; 4]) {
    (
        [x[0] * w[0], x[1] * w[0], x[2] * w[0], x[3] * w[0]],
        [x[4] * w[1], x[5] * w[1], x[6] * w[1], x[7] * w[1]],
    )
}

/// Three matrices: the product, the sum and the difference.
#[gradgen(outputs(product, sum, difference))]
#[allow(clippy::type_complexity, reason = "the attribute reads types as they are written")]
pub fn matrices(a: &[[f64; 2]; 2], b: &[[f64; 2]; 2]) -> ([[f64; 2]; 2], [[f64; 2]; 2], [[f64; 2]; 2]) {
    let (mut product, mut sum, mut difference) = ([[0.0; 2]; 2], [[0.0; 2]; 2], [[0.0; 2]; 2]);
    for i in 0..2 {
        for j in 0..2 {
            product[i][j] = a[i][0] * b[0][j] + a[i][1] * b[1][j];
            sum[i][j] = a[i][j] + b[i][j];
            difference[i][j] = a[i][j] - b[i][j];
        }
    }
    (product, sum, difference)
}

/// Weighted energy of `sin x`.
#[gradgen(bundle(f, grad(x)), outputs(a))]
pub fn magic(x: &[f64; 2], w: &[f64; 1]) -> f64 {
    let s = [x[0].sin(), x[1].sin()];
    (s[0] * s[0] + s[1] * s[1]) * w[0]
}

/// Adds to a total.
#[gradgen(state(total))]
pub fn accumulate(total: &mut f64, x: f64) {
    *total += x;
}

/// Functions to call.
#[derive(gradgen_py::PythonModule)]
#[python(name = "speed", functions(twice, split, matrices, magic, accumulate))]
struct Speed;
