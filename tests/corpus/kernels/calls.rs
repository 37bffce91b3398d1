//! Calls of other differentiable functions: in the module, in others, under other names.

use gradgen::gradgen;

use super::arrays::matrix_product as times;
use super::branches::piecewise;
use super::outputs;

/// The callee of this module's callers.
#[gradgen]
pub fn bowl(x: &[f64; 2], steepness: f64) -> f64 {
    let mut s = x[0] * x[0];
    s += steepness * x[1] * x[1] * x[0];
    s
}

/// Another callee, with two outputs and a parameter.
#[gradgen]
fn polar(x: f64, y: f64, degrees: bool) -> (f64, f64) {
    let angle = y.atan2(x);
    (x.hypot(y), if degrees { angle.to_degrees() } else { angle })
}

#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, w),
    hvp,
    hvp(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn through(x: &[f64; 2], w: f64) -> f64 {
    w * bowl(&[x[1], x[0]], w).sin() + bowl(x, 3.0)
}

/// Two levels deep.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn deeper(x: &[f64; 2]) -> f64 {
    through(&[x[0] * x[1], x[0]], x[1]) * bowl(x, 0.5)
}

/// The outputs of a callee are taken apart; a parameter is passed on.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn in_polar(x: &[f64; 2], degrees: bool) -> f64 {
    let (radius, angle) = polar(x[0], x[1], degrees);
    radius * radius * angle
}

/// Functions of other modules, under their own name, a path and a new name.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn across_modules(x: &[f64; 4]) -> f64 {
    let a = [[x[0], x[1]], [x[2], x[3]]];
    let square = times(&a, &a);
    let (cost, state) = outputs::pair(&[x[0], x[1], x[2]], x[3]);
    piecewise(square[0][1]) + cost * state[1] * super::loops::exponential_series(x[3])
}

/// The state goes through a callee in every pass of a loop.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn iterated(x: &[f64; 2]) -> [f64; 2] {
    let mut state = *x;
    for k in 0..4 {
        state = [0.5 * bowl(&state, 0.1 * k as f64), state[0] - state[1]];
    }
    state
}

/// A call in one branch only.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn called_sometimes(x: &[f64; 2]) -> f64 {
    if x[0] > x[1] { bowl(x, x[0]) } else { x[0] * x[1] }
}
