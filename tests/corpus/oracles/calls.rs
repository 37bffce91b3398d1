//! Oracles of the calls: the callee's formula in place.

use super::number::Number;

fn bowl<D: Number>(a: D, b: D, steepness: D) -> D {
    a * (a + steepness * b.square())
}

pub(crate) fn through<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b, w) = (x[0], x[1], x[2]);
    vec![w * bowl(b, a, w).sin() + bowl(a, b, D::constant(3.0))]
}

pub(crate) fn deeper<D: Number>(x: &[D], none: &[i32]) -> Vec<D> {
    let outer = through(&[x[0] * x[1], x[0], x[1]], none)[0];
    vec![outer * x[0] * (x[0] + x[1].square() / 2.0)]
}

pub(crate) fn in_polar<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let unit = if parameters[0] == 1 { 180.0 / std::f64::consts::PI } else { 1.0 };
    vec![(x[0].square() + x[1].square()) * x[1].angle(x[0]) * unit]
}

pub(crate) fn across_modules<D: Number>(x: &[D], none: &[i32]) -> Vec<D> {
    let corner = x[1] * (x[0] + x[3]);
    let series = super::loops::exponential_series(&x[3..], none)[0];
    vec![super::branches::piecewise(&[corner], none)[0] + x[0] * x[3] * x[3] * x[0].sin() * series]
}

pub(crate) fn iterated<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (mut a, mut b) = (x[0], x[1]);
    for steepness in [0.0, 0.1, 0.2, 0.3] {
        (a, b) = (bowl(a, b, D::constant(steepness)) / 2.0, a - b);
    }
    vec![a, b]
}

pub(crate) fn called_sometimes<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![if x[0].real() > x[1].real() { bowl(x[0], x[1], x[0]) } else { x[0] * x[1] }]
}
