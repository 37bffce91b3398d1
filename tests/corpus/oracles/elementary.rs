//! Oracles of the elementary functions: by num-dual where it has them, else by their definitions.

use super::number::Number;

pub(crate) fn trigonometric<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sin() * x[1].cos() + x[0] * x[2].sin() / x[2].cos()]
}

pub(crate) fn trigonometric_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sin(), x[1].cos(), x[2].tan()]
}

pub(crate) fn sine_and_cosine<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sin() * x[0].cos().powi(2) - (x[0] * 2.0).sin()]
}

pub(crate) fn inverse_trigonometric<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].asin() * x[1].acos() + x[2].atan() * x[3].angle(x[4])]
}

pub(crate) fn inverse_trigonometric_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].asin(), x[1].acos(), x[2].atan(), x[3].angle(x[4])]
}

pub(crate) fn hyperbolic<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sinh() * x[1].cosh() + x[1] * x[2].tanh()]
}

pub(crate) fn hyperbolic_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sinh(), x[1].cosh(), x[2].tanh(), x[3].asinh(), (x[4] + 2.0).acosh(), (x[5] / 2.0).atanh()]
}

pub(crate) fn inverse_hyperbolic<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].asinh() * x[1].acosh() * x[2].atanh()]
}

pub(crate) fn exponentials<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].exp() * x[1].exp2() + x[0] * x[2].exp_m1()]
}

pub(crate) fn exponential_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].exp(), (x[1] * std::f64::consts::LN_2).exp(), x[2].exp_m1()]
}

pub(crate) fn logarithms<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let to_base = x[2].ln() / x[0].ln();
    vec![x[0].ln() * x[1].ln_1p() + to_base * x[3].log2() - x[4].log10() * x[2]]
}

pub(crate) fn logarithm_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![
        x[0].ln(),
        x[1].ln_1p(),
        x[2].ln() / 3.0_f64.ln(),
        x[3].ln() / std::f64::consts::LN_2,
        x[4].ln() / std::f64::consts::LN_10,
    ]
}

pub(crate) fn roots<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sqrt() * x[1].cbrt() + (x[3].square() + x[0].square()).sqrt() / x[2]]
}

pub(crate) fn root_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].sqrt(), x[1].cbrt(), x[2].recip(), (x[3].square() + x[4].square()).sqrt()]
}

pub(crate) fn powers<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let fifth = x[0] * x[0] * x[0] * x[0] * x[0];
    let real = x[1].powd(x[2]) + x[1].square() * x[1].sqrt() * x[0].exp2();
    vec![fifth / (x[1] * x[1]) + real]
}

pub(crate) fn power_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[0], D::constant(1.0), (x[1].ln() * x[2]).exp(), x[0]]
}

pub(crate) fn roundings<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let fraction = x[4] - x[4].real().trunc();
    vec![
        x[0] * x[1] * x[0].real().floor()
            + x[2].sin() * x[1].real().ceil()
            + x[3].square() * x[2].real().round()
            + x[4] * x[3].real().trunc()
            + fraction.square() * x[0],
    ]
}

pub(crate) fn rounding_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![
        D::constant(x[0].real().floor()),
        D::constant(x[1].real().ceil()),
        D::constant(x[2].real().round()),
        D::constant(x[3].real().trunc()),
        x[4] - x[4].real().trunc(),
    ]
}

pub(crate) fn signs<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let copied = (x[2].square() * x[0]).magnitude() * x[1].real().signum();
    vec![x[0].magnitude() * x[1] + x[2].square() * x[1].real().signum() + copied]
}

pub(crate) fn sign_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].magnitude(), D::constant(x[1].real().signum()), x[2].magnitude() * x[3].real().signum()]
}

fn clamped<D: Number>(x: D, low: D, high: D) -> D {
    x.larger(low).smaller(high)
}

pub(crate) fn extremes<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let clamped = clamped(x[2].square(), D::constant(0.25), D::constant(1.5));
    vec![x[0].larger(x[1]) * x[2].smaller(x[0] * x[1]) + clamped * x[0]]
}

pub(crate) fn extreme_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].larger(x[1]), x[0].smaller(x[1]), clamped(x[0] * 4.0, x[1], x[2].square() + 2.0)]
}

const DEGREES: f64 = 180.0 / std::f64::consts::PI;

pub(crate) fn fused_and_degrees<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![(x[0] * x[1] + x[2].square()) * x[2] / DEGREES + x[0] * x[1] * DEGREES]
}

pub(crate) fn fused_and_degrees_paths<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[1] + x[2], x[0] * DEGREES, x[1] / DEGREES]
}
