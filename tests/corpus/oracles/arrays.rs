//! Oracles of the arrays.

use super::number::{Number, dot, product, sum};

pub(crate) fn literals<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[0] * x[1] + x[0].square() * x[1] * 2.0 + 1.0]
}

pub(crate) fn apart<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![(x[0] + x[1] + x[2]).square() * x[0] * x[1] * x[2]]
}

pub(crate) fn transposed_square<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    [0, 3, 1, 4, 2, 5].map(|at: usize| x[at].square()).to_vec()
}

pub(crate) fn rotated_rows<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![x[2], x[3], x[4], x[5], x[0] * x[3], x[1]]
}

pub(crate) fn matrix_product<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    product(&x[..4], &x[4..], 2)
}

pub(crate) fn contracted<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let t = |i: usize, j: usize, k: usize| x[4 * i + 2 * j + k];
    let terms = (0..8).map(|at| {
        let (i, j, k) = (at >> 2, at >> 1 & 1, at & 1);
        t(i, j, k) * t(j, k, i) * (i as f64 + 1.0)
    });
    vec![sum(terms)]
}

pub(crate) fn scaled_form<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let v = [x[4], -x[4] + 1.0];
    let off = x[1] * x[2];
    let rows = [x[0].square() * v[0] + off * v[1], off * v[0] + x[3].square() * v[1]];
    vec![dot(&v, &rows)]
}

pub(crate) fn by_pattern<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let b = x[0] * x[1];
    vec![(b + x[2]) * x[3].sin() * b]
}
