//! Oracles of the functions with integer and boolean inputs.

use super::number::{Number, sum};

pub(crate) fn weighted<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let (a, b, w) = (x[0], x[1], x[2]);
    if a.real() <= 0.0 {
        return vec![w.square() * b];
    }
    let size = (0..parameters[0].abs()).fold(D::constant(1.0), |power, _| power * b);
    vec![if parameters[0] < 0 { w * a / size } else { w * a * size }]
}

pub(crate) fn casts<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let (n, count) = (parameters[0], parameters[1]);
    let scale = 0.5 * (f64::from(n) - 3.0) + f64::from(count / 2 * 3 + 1);
    vec![if count % 2 == 1 { x[0].square() * scale } else { x[0].powi(n) / scale }]
}

pub(crate) fn partial_sum<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let count = parameters[0] as usize;
    vec![sum(x.iter().zip(x.iter().rev()).take(count).map(|(x, other)| x.square() * *other))]
}

pub(crate) fn switched<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let (mirrored, clipped) = (parameters[0] == 1, parameters[1] == 1);
    let mut y = vec![x[0] * x[1], x[1].exp()];
    if x[0].real() > 1.0 || (mirrored, clipped) == (true, false) {
        y.reverse();
    }
    if clipped && y[0].real() > 0.75 {
        y[0] = D::constant(0.75);
    }
    y
}

pub(crate) fn picked<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    let at = parameters[0] as usize;
    vec![x[at].square() * [x[3], x[2]][at % 2]]
}

pub(crate) fn shares<D: Number>(x: &[D], parameters: &[i32]) -> Vec<D> {
    vec![(x[0] * f64::from(12 / parameters[0])).sin() * x[1]]
}
