//! Functions over any float.

use core::fmt::{Debug, Display};
use core::iter::Sum;
use core::ops::{AddAssign, Mul};

use derivatives::gradgen;
use num_traits::{Float, FloatConst, FromPrimitive};

/// Uses every elementary function.
#[gradgen(
    gradient, gradient(*), jacobian, hessian, hessian(x, w), jvp, jvp(*), vjp, vjp(*), hvp, hvp(*),
    bundle(f, grad(x), jf(w), hessian(x), hvp(x), jvp(x), vjp(w)), crate = derivatives
)]
#[must_use]
pub fn elementary<T: Float + FloatConst>(x: T, w: T) -> T {
    let (one, eight) = (T::one(), T::from(8).unwrap_or_else(T::one));
    let (sine, cosine) = x.sin_cos();
    let trigonometric =
        sine * cosine + x.tan() + (x / eight).asin() + (w / eight).acos() + x.atan() + x.atan2(w);
    let hyperbolic =
        x.sinh() + x.cosh() * x.tanh() + x.asinh() + (w * w + T::PI()).acosh() + (x / eight).atanh();
    let exponential = x.exp() + x.exp2() * x.exp_m1() + (x * x).ln_1p();
    let square = x.mul_add(x, one);
    let logarithmic = square.ln() + square.log2() * square.log10() + square.log(w * w + T::E());
    let powers = square.sqrt() + x.cbrt() + square.powi(-2) + square.powf(w) + x.hypot(w) + square.recip();
    let kinks = x.abs() * x.signum() + x.copysign(w) + x.max(w) * x.min(w) + x.clamp(-one, one);
    let steps = x.floor() + x.ceil() * x.round() + x.trunc() + x.fract() * x;
    let angles = x.to_degrees() + x.to_radians() + x % T::FRAC_PI_2();
    trigonometric + hyperbolic + exponential + logarithmic + powers + kinks + steps + angles
}

/// Loops, branches and parameters, with a clause.
#[gradgen(
    gradient, hessian, jvp, vjp, hvp, bundle(f, grad(x), hvp(x)), default(flag = true), rename(scale = "factor"),
    crate = derivatives
)]
#[must_use]
pub fn control<const N: usize, T>(x: &[T; N], scale: T, index: usize, power: i32, flag: bool) -> T
where
    T: Float + AddAssign + Sum + Debug + Display + Default + Send + Sync + 'static,
    for<'a> T: Sum<&'a T>,
    for<'a> &'a T: Mul<&'a T, Output = T>,
{
    let mut total = T::default();
    for round in 0..N {
        if x[round] > T::zero() && (flag || total < scale) {
            total += x[round] * x[round];
        } else if !flag {
            total = total - x[index] * scale;
        }
    }
    total.powi(power) + x[index]
}

/// Several outputs, some of them through parameters.
#[gradgen(jacobian, jacobian(*), jvp(*), vjp(*), bundle(f, jf(*)), outputs(cost, end), crate = derivatives)]
pub fn several<T: Float>(x: &[[T; 2]; 2], control: T, state: &mut [T; 2], log: &mut T) -> (T, [T; 2]) {
    state[0] = state[0] + control;
    state[1] = state[0] * x[1][0];
    *log = state[1].exp();
    (x[0][0] * x[1][1] + control, *state)
}

/// Slices.
#[gradgen(gradient, hvp, jvp, crate = derivatives)]
#[must_use]
pub fn slices<T: Float + FromPrimitive>(x: &[T], y: &[T]) -> T {
    let mut state = T::zero();
    for i in 0..x.len() {
        state = (state * x[i] + y[i]).tanh();
    }
    state * T::from_usize(x.len()).unwrap_or_else(T::one)
}

/// A lifetime with a name.
#[gradgen(gradient, crate = derivatives)]
#[must_use]
pub fn named<'a, T: Float + 'a, const N: usize>(x: &'a [T; N], scale: &'a T) -> T
where
    for<'b> &'b T: Mul<&'b T, Output = T>,
{
    x[0] * x[N - 1] * *scale
}

/// Calls.
#[gradgen(gradient, hvp, crate = derivatives)]
#[must_use]
pub fn calls<T: Float + FloatConst>(x: &[T; 2]) -> T {
    elementary(x[0], x[1]) * elementary::<T>(x[1], x[0])
}

/// Calls in one type.
#[gradgen(gradient, hvp, crate = derivatives)]
#[must_use]
pub fn called(x: &[f32; 2]) -> f32 {
    elementary(x[0], x[1]) + calls(x)
}

#[gradgen(gradient, crate = derivatives)]
fn private<T: Float>(x: T) -> T {
    x * x
}

/// Calls siblings of any float.
#[must_use]
pub fn slope<T: Float + derivatives::Scalar>(x: T) -> T {
    private_grad(x).sin() + T::zero().max(T::one())
}
