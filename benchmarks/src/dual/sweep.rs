//! Forward mode: a pass of the kernel for each direction.
//!
//! The numbers are the caller's, so that nothing is allocated here.

use num_dual::{Dual64, HyperDual64};

/// Numbers to seed.
pub fn duals(x: &[f64]) -> Vec<Dual64> {
    x.iter().map(|x| Dual64::from_re(*x)).collect()
}

/// Value and gradient.
pub fn gradient(f: impl Fn(&[Dual64]) -> Dual64, x: &mut [Dual64], gradient: &mut [f64]) -> f64 {
    let mut value = 0.0;
    for (i, gradient) in gradient.iter_mut().enumerate() {
        x[i].eps = 1.0;
        let y = f(x);
        x[i].eps = 0.0;
        value = y.re;
        *gradient = y.eps;
    }
    value
}

/// Values in `y`, and the Jacobian by rows.
pub fn jacobian(
    f: impl Fn(&[Dual64], &mut [Dual64]),
    x: &mut [Dual64],
    y: &mut [Dual64],
    jacobian: &mut [f64],
) {
    let width = x.len();
    for i in 0..width {
        x[i].eps = 1.0;
        f(x, y);
        x[i].eps = 0.0;
        for (row, y) in jacobian.chunks_exact_mut(width).zip(y.iter()) {
            row[i] = y.eps;
        }
    }
}

/// Values in `y`, and a cotangent times the Jacobian.
pub fn vjp(
    f: impl Fn(&[Dual64], &mut [Dual64]),
    x: &mut [Dual64],
    y: &mut [Dual64],
    cotangent: &[f64],
    vjp: &mut [f64],
) {
    for (i, vjp) in vjp.iter_mut().enumerate() {
        x[i].eps = 1.0;
        f(x, y);
        x[i].eps = 0.0;
        *vjp = y.iter().zip(cotangent).map(|(y, c)| y.eps * c).sum();
    }
}

/// Numbers to seed, with a direction in their second parts.
pub fn hyper_duals(x: &[f64], direction: &[f64]) -> Vec<HyperDual64> {
    x.iter().zip(direction).map(|(x, v)| HyperDual64::new(*x, 0.0, *v, 0.0)).collect()
}

/// The Hessian times the direction of `x`.
pub fn hessian_times(f: impl Fn(&[HyperDual64]) -> HyperDual64, x: &mut [HyperDual64], product: &mut [f64]) {
    for (i, product) in product.iter_mut().enumerate() {
        x[i].eps1 = 1.0;
        *product = f(x).eps1eps2;
        x[i].eps1 = 0.0;
    }
}
