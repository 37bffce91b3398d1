//! Two functions and their derivatives as the Python extension `xyz`.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

use gradgen::gradgen;

/// A cost and a state that come from one model.
#[gradgen(outputs(cost, state))]
pub fn energy(x: &[f64; 2], w: &[f64; 1]) -> (f64, f64) {
    (x[0] * x[0] + x[1] * x[1] + w[0].exp(), x[0] + x[1])
}

/// Weighted energy of `sin x`.
#[gradgen(gradient, hessian, bundle(f, jf(x), hvp(x)), outputs(a))]
pub fn magic(x: &[f64; 2], w: &[f64; 1]) -> f64 {
    let s = [x[0].sin(), x[1].sin()];
    (s[0] * s[0] + s[1] * s[1]) * w[0]
}

/// Two functions and their derivatives, compiled from Rust.
#[derive(gradgen_py::PythonModule)]
#[python(name = "xyz", functions(energy, magic))]
struct Xyz;
