//! Functions of every shape, whose siblings must not trip any lint.

use derivatives::gradgen;

/// Uses every elementary function.
#[gradgen(
    gradient, gradient(*), jacobian, hessian, hessian(x, w), jvp, jvp(*), vjp, vjp(*), hvp, hvp(*),
    bundle(f, grad(x), jf(w), hessian(x), hvp(x), jvp(x), vjp(w)), crate = derivatives
)]
#[must_use]
pub fn elementary(x: f64, w: f64) -> f64 {
    let (sine, cosine) = x.sin_cos();
    let trigonometric = sine * cosine + x.tan() + (x / 8.0).asin() + (w / 8.0).acos() + x.atan() + x.atan2(w);
    let hyperbolic = x.sinh() + x.cosh() * x.tanh() + x.asinh() + (w * w + 2.0).acosh() + (x / 9.0).atanh();
    let exponential = x.exp() + x.exp2() * x.exp_m1() + (x * x).ln_1p();
    let square = x.mul_add(x, 1.0);
    let logarithmic = square.ln() + square.log2() * square.log10() + square.log(w * w + 2.0);
    let powers = square.sqrt() + x.cbrt() + square.powi(-2) + square.powf(w) + x.hypot(w) + square.recip();
    let kinks = x.abs() * x.signum() + x.copysign(w) + x.max(w) * x.min(w) + x.clamp(-1.0, 1.0);
    let steps = x.floor() + x.ceil() * x.round() + x.trunc() + x.fract() * x;
    let angles = x.to_degrees() + x.to_radians() + x % 0.75;
    trigonometric + hyperbolic + exponential + logarithmic + powers + kinks + steps + angles
}

const ROUNDS: usize = 3;
const WEIGHTS: [f64; ROUNDS] = [0.5, 1.5, -2.0];

/// Loops, branches, arrays, parameters, constants.
#[gradgen(
    gradient, hessian, jvp, vjp, hvp, bundle(f, grad(x), hvp(x)), default(flag = true), rename(scale = "factor"),
    crate = derivatives
)]
#[must_use]
pub fn control(x: &[f64; ROUNDS], scale: f64, index: usize, power: i32, flag: bool) -> f64 {
    let mut state = [[0.0; 2]; 2];
    let mut total = core::f64::consts::PI;
    for round in 0..3 {
        if x[round] > 0.0 && (flag || total < 10.0) {
            state[round % 2][0] += x[round] * WEIGHTS[0];
            total += state[0][0];
        } else if !flag {
            total -= x[index] * scale;
        } else {
            total *= 0.5;
        }
    }
    let best = if state[0][0] > state[1][0] { state[0][0] } else { state[1][0] };
    total.powi(power) + best * x[index]
}

/// Several outputs, some of them through parameters.
#[gradgen(jacobian, jacobian(*), jvp(*), vjp(*), bundle(f, jf(*)), outputs(cost, end), crate = derivatives)]
pub fn several(x: &[[f32; 2]; 2], control: f32, state: &mut [f32; 2], log: &mut f32) -> (f32, [f32; 2]) {
    state[0] += control * 0.1;
    state[1] = state[0] * x[1][0];
    *log = state[1].exp();
    (x[0][0] * x[1][1] + control, *state)
}

/// Calls.
#[gradgen(gradient, hessian, hvp, crate = derivatives)]
#[must_use]
pub fn caller(x: f64) -> f64 {
    elementary(x, inner(x)) + inner(x * 0.5)
}

#[gradgen(crate = derivatives)]
fn inner(x: f64) -> f64 {
    x * 0.5
}

/// Calls of what can be refused.
#[gradgen(gradient, fallible, crate = derivatives)]
#[must_use]
pub fn refusable(x: &[f64; ROUNDS]) -> f64 {
    control(x, 1.0, 2, 2, true) + control(&[x[2], 0.5, 1.0], 2.0, 1, 2, false)
}

/// No derivative at all, and more arguments than clippy likes.
#[gradgen(crate = derivatives)]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "this is what is tested")]
#[expect(clippy::many_single_char_names, reason = "this is what is tested")]
pub fn many(a: f64, b: f64, c: f64, d: f64, e: f64, f: f64, g: f64, h: f64, i: f64) -> f64 {
    a + b + c + d + e + f + g + h + i
}

/// Inputs without any use.
#[gradgen(gradient(*), jvp(*), vjp(*), hessian, crate = derivatives)]
#[must_use]
pub const fn unused(_x: &[f64; 2], _: f64, [a, _b]: &[f64; 2]) -> f64 {
    *a
}

/// Constant.
#[gradgen(gradient, hessian, bundle(f, grad(x)), crate = derivatives)]
#[must_use]
pub const fn constant(x: f64) -> f64 {
    let _ = x;
    1.0
}

crate::differentiable! {
    /// Made by a macro.
    pub fn squared(x) = x * x
}

/// Replaced.
#[gradgen(gradient, bundle(f, grad(x)), crate = derivatives)]
#[deprecated = "use `squared`"]
#[must_use]
pub fn outdated(x: f64) -> f64 {
    x * x
}

/// Names from mathematics.
#[gradgen(gradient, jacobian, hessian, jvp(*), vjp(*), hvp, outputs(J), crate = derivatives)]
#[expect(non_snake_case, reason = "this is what is tested")]
#[must_use]
pub fn quadratic_Form(A: &[[f64; 2]; 2], x: &[f64; 2]) -> f64 {
    let Ax_0 = A[0][0] * x[0] + A[0][1] * x[1];
    let Ax_1 = A[1][0] * x[0] + A[1][1] * x[1];
    Ax_0 * x[0] + Ax_1 * x[1]
}

/// Derivatives of its own.
#[gradgen(
    gradient, hessian(x), jvp(*), vjp(*), hvp(*), crate = derivatives,
    custom(jvp = own::along, vjp = own::back, gradient = own::slopes, jacobian = own::slopes, hvp = own::curvature)
)]
#[must_use]
pub fn sum_of_squares<const N: usize>(x: &[f32; N], w: f32, _k: usize) -> f32 {
    x.iter().map(|x| x * x * w).sum()
}

mod own {
    pub(super) fn along<const N: usize>(x: &[f32; N], w: f32, k: usize, v: &[f32; N], v_w: f32) -> f32 {
        let (by_x, by_w) = slopes(x, w, k);
        by_x.iter().zip(v).map(|(slope, v)| slope * v).sum::<f32>() + by_w * v_w
    }

    pub(super) fn back<const N: usize>(x: &[f32; N], w: f32, k: usize, c: f32) -> ([f32; N], f32) {
        let (by_x, by_w) = slopes(x, w, k);
        (by_x.map(|slope| slope * c), by_w * c)
    }

    pub(super) fn slopes<const N: usize>(x: &[f32; N], w: f32, _: usize) -> ([f32; N], f32) {
        (x.map(|x| 2.0 * w * x), x.iter().map(|x| x * x).sum())
    }

    pub(super) fn curvature<const N: usize>(
        x: &[f32; N],
        w: f32,
        _: usize,
        v: &[f32; N],
        v_w: f32,
    ) -> ([f32; N], f32) {
        let mut by_x = *v;
        by_x.iter_mut().zip(x).for_each(|(v, x)| *v = 2.0 * (w * *v + x * v_w));
        (by_x, x.iter().zip(v).map(|(x, v)| 2.0 * x * v).sum())
    }
}

/// Calls it.
#[gradgen(gradient, hessian, crate = derivatives)]
#[must_use]
pub fn of_squares(x: &[f32; 2]) -> f32 {
    let sum: f32 = sum_of_squares(x, x[0], 3);
    sum * x[1]
}
