//! Oracles of the functions of `f32`, in `f64`.

use super::number::{Number, dot};

pub(crate) fn ripple<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let r = (dot(x, x) + 1.0).sqrt();
    vec![r.sin() / r + x[0] / 4.0]
}

pub(crate) fn neuron<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let (x, w) = x.split_at(3);
    vec![(dot(x, w) + 0.1).tanh() * f64::from(parameters[0])]
}

pub(crate) fn two_links<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let both = x[0] + x[1];
    vec![x[0].cos() * 0.5 + both.cos() * 0.4, x[0].sin() * 0.5 + both.sin() * 0.4]
}

pub(crate) fn drag<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let x = x[0];
    if x.real().abs() < 0.5 {
        return vec![x];
    }
    let force = x * x.magnitude() * (0.5 * 1.225 * std::f64::consts::FRAC_PI_4);
    vec![force / 2.0 + x.cbrt()]
}
