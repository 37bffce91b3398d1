//! Inputs that are not differentiated: counts, exponents, switches.

use gradgen::gradgen;

/// An exponent from outside.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, w),
    hvp(*),
    jvp(*),
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x)),
    outputs(cost)
)]
pub fn weighted(x: &[f64; 2], w: f64, power: i32) -> f64 {
    if x[0] > 0.0 { w * x[0] * x[1].powi(power) } else { w * w * x[1] }
}

/// Casts, and integer arithmetic on parameters.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn casts(x: f64, n: i32, count: usize) -> f64 {
    let half = count / 2;
    let odd = count % 2 == 1;
    let scale = (n - 3) as f64 * 0.5 + (3 * half + 1) as f64;
    if odd { scale * x * x } else { x.powi(n) / scale }
}

/// How far a loop counts.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn partial_sum(x: &[f64; 4], count: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..4 {
        if i < count {
            s += x[i] * x[i] * x[3 - i];
        }
    }
    s
}

/// Switches, combined with a comparison of active values.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn switched(x: &[f64; 2], mirrored: bool, clipped: bool) -> [f64; 2] {
    let mut y = [x[0] * x[1], x[1].exp()];
    if mirrored && !clipped || x[0] > 1.0 {
        y = [y[1], y[0]];
    }
    if clipped {
        y[0] = y[0].min(0.75);
    }
    y
}

/// An index from outside, which may be wrong.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn picked(x: &[f64; 4], at: usize) -> f64 {
    x[at] * x[at] * x[3 - at % 2]
}

/// A division by a parameter, which may be zero.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn shares(x: &[f64; 2], parts: usize) -> f64 {
    let share = (12 / parts) as f64;
    (share * x[0]).sin() * x[1]
}
