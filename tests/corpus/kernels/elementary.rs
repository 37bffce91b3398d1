//! Every differentiable method of `f64`, called as a method and by its path.

use gradgen::gradgen;

/// Products of different functions, so that second derivatives mix.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn trigonometric(x: &[f64; 3]) -> f64 {
    x[0].sin() * x[1].cos() + x[2].tan() * x[0]
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn trigonometric_paths(x: &[f64; 3]) -> [f64; 3] {
    [f64::sin(x[0]), f64::cos(x[1]), f64::tan(x[2])]
}

/// The pair of sine and cosine, taken apart by a pattern.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn sine_and_cosine(x: f64) -> f64 {
    let (sine, cosine) = x.sin_cos();
    let (double_sine, _) = f64::sin_cos(2.0 * x);
    sine * cosine * cosine - double_sine
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn inverse_trigonometric(x: &[f64; 5]) -> f64 {
    x[0].asin() * x[1].acos() + x[2].atan() * x[3].atan2(x[4])
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn inverse_trigonometric_paths(x: &[f64; 5]) -> [f64; 4] {
    [f64::asin(x[0]), f64::acos(x[1]), f64::atan(x[2]), f64::atan2(x[3], x[4])]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn hyperbolic(x: &[f64; 3]) -> f64 {
    x[0].sinh() * x[1].cosh() + x[1] * x[2].tanh()
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn hyperbolic_paths(x: &[f64; 6]) -> [f64; 6] {
    [
        f64::sinh(x[0]),
        f64::cosh(x[1]),
        f64::tanh(x[2]),
        f64::asinh(x[3]),
        f64::acosh(2.0 + x[4]),
        f64::atanh(0.5 * x[5]),
    ]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn inverse_hyperbolic(x: &[f64; 3]) -> f64 {
    x[0].asinh() * x[1].acosh() * x[2].atanh()
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn exponentials(x: &[f64; 3]) -> f64 {
    x[0].exp() * x[1].exp2() + x[0] * x[2].exp_m1()
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn exponential_paths(x: &[f64; 3]) -> [f64; 3] {
    [f64::exp(x[0]), f64::exp2(x[1]), f64::exp_m1(x[2])]
}

/// The base of a logarithm is active, too.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn logarithms(x: &[f64; 5]) -> f64 {
    x[0].ln() * x[1].ln_1p() + x[2].log(x[0]) * x[3].log2() - x[4].log10() * x[2]
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn logarithm_paths(x: &[f64; 5]) -> [f64; 5] {
    [f64::ln(x[0]), f64::ln_1p(x[1]), f64::log(x[2], 3.0), f64::log2(x[3]), f64::log10(x[4])]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn roots(x: &[f64; 4]) -> f64 {
    x[0].sqrt() * x[1].cbrt() + x[2].recip() * x[3].hypot(x[0])
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn root_paths(x: &[f64; 5]) -> [f64; 4] {
    [f64::sqrt(x[0]), f64::cbrt(x[1]), f64::recip(x[2]), f64::hypot(x[3], x[4])]
}

/// Integer powers have any base, real powers a positive one.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn powers(x: &[f64; 3]) -> f64 {
    x[0].powi(5) * x[1].powi(-2) + x[1].powf(x[2]) + x[1].powf(2.5) * 2.0_f64.powf(x[0])
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn power_paths(x: &[f64; 3]) -> [f64; 4] {
    [f64::powi(x[0], 2), f64::powi(x[0], 0), f64::powf(x[1], x[2]), f64::powi(x[0], 1)]
}

/// Factors that are constant between jumps.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn roundings(x: &[f64; 5]) -> f64 {
    x[0].floor() * x[0] * x[1]
        + x[1].ceil() * x[2].sin()
        + x[2].round() * x[3] * x[3]
        + x[3].trunc() * x[4]
        + x[4].fract() * x[4].fract() * x[0]
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn rounding_paths(x: &[f64; 5]) -> [f64; 5] {
    [f64::floor(x[0]), f64::ceil(x[1]), f64::round(x[2]), f64::trunc(x[3]), f64::fract(x[4])]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn signs(x: &[f64; 3]) -> f64 {
    x[0].abs() * x[1] + x[1].signum() * x[2] * x[2] + (x[2] * x[2] * x[0]).copysign(x[1])
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn sign_paths(x: &[f64; 4]) -> [f64; 3] {
    [f64::abs(x[0]), f64::signum(x[1]), f64::copysign(x[2], x[3])]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn extremes(x: &[f64; 3]) -> f64 {
    x[0].max(x[1]) * x[2].min(x[0] * x[1]) + (x[2] * x[2]).clamp(0.25, 1.5) * x[0]
}

/// The bounds are active, too.
#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn extreme_paths(x: &[f64; 3]) -> [f64; 3] {
    let high = 2.0 + x[2] * x[2];
    [f64::max(x[0], x[1]), f64::min(x[0], x[1]), f64::clamp(4.0 * x[0], x[1], high)]
}

#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn fused_and_degrees(x: &[f64; 3]) -> f64 {
    x[0].mul_add(x[1], x[2] * x[2]) * x[2].to_radians() + (x[0] * x[1]).to_degrees()
}

#[gradgen(jacobian, jvp, vjp, bundle(f, jf(x), jvp(x), vjp(x)))]
pub fn fused_and_degrees_paths(x: &[f64; 3]) -> [f64; 3] {
    [f64::mul_add(x[0], x[1], x[2]), f64::to_degrees(x[0]), f64::to_radians(x[1])]
}
