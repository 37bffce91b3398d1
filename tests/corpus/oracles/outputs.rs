//! Oracles of the functions with several outputs: one after the other.

use super::number::{Number, dot};

pub(crate) fn pair<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[3], x[1] * x[2], x[0].sin() * x[3]]
}

pub(crate) fn three_shapes<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b) = (x[0], x[1]);
    let trace = a.square() + b.square();
    vec![trace.sqrt(), a.square(), a * b, a * b, b.square(), a, D::constant(1.0), trace]
}

pub(crate) fn rotation<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0].cos(), -x[0].sin(), x[0].sin(), x[0].cos()]
}

pub(crate) fn written<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[1], dot(x, x)]
}

pub(crate) fn normalised<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let norm = dot(x, x).sqrt();
    vec![norm, x[0] / norm, x[1] / norm, x[2] / norm]
}

pub(crate) fn relaxed<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let step = |from: D, to: D| from + x[3] * from * (to - from);
    let first = step(x[0], x[1]);
    vec![first, step(x[1], x[2]), step(x[2], first)]
}

pub(crate) fn accumulated<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[2] * (x[0] * x[1].sin() + 1.0)]
}

pub(crate) fn partly<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let last = if x[0].real() > 0.0 { x[1].exp() } else { x[4] };
    vec![x[0] * x[1], x[3], last]
}

pub(crate) fn by_either<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    if x[0].real() > 0.0 { vec![x[0].square(), x[1] * x[0].square()] } else { vec![x[1], x[1]] }
}
