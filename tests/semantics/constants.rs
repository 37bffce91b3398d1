//! Constants of the user's: of any type, in modules, as lengths, read through variables.

use gradgen::gradgen;

use crate::against_differences;

const N: usize = 3;
const D: i32 = 2;
mod consts {
    pub(super) const N: usize = 2;
    pub(super) const P: f64 = 1.5;
    pub(super) const Q: i32 = 3;
}
mod deep {
    pub(super) mod er {
        pub(crate) const A: [f64; 3] = [1.0, -2.0, 3.0];
        pub(crate) const M: [[f64; 2]; 2] = [[1.0, 2.0], [3.0, 4.0]];
    }
}
static S: f64 = 2.5;
const K: f64 = 1.25;
const W: [f64; 3] = [1.0, 2.0, 4.0];

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn const_mod(x: &[f64; 3]) -> f64 {
    x[2] * consts::P
        + consts::N as f64 * x[0]
        + consts::Q as f64 * x[1]
        + f64::MANTISSA_DIGITS as f64
        + (f64::MAX_EXP - 1024) as f64
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn const_inf(x: &[f64; 3]) -> f64 {
    let k = (N - 1) * 2;
    let m = x[0] * (k as f64)
        + (D - 5) as f64 * x[1]
        + deep::er::A[2] * x[2]
        + deep::er::M[1][0] * x[0]
        + S * x[1];
    m * (N as f64).sqrt() + x[0].powi(D) + x[1].powi(-D + 1)
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn consts_idx(x: &[f64; 3]) -> f64 {
    let mut a = [0.0; N];
    a[1] = x[1] * W[1] + W[2] * x[0];
    for i in 0..3 {
        a[0] += x[i] * W[i] * K;
    }
    a[0] * a[1] + N as f64 * x[2] + std::f64::consts::PI + f64::EPSILON
}

against_differences!(const_mod, const_inf, consts_idx);
