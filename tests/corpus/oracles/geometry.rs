//! Oracles of vectors, matrices and cameras.

use super::number::{Number, dot, product};

fn cross<D: Number>(a: &[D], b: &[D]) -> [D; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub(crate) fn cross_product<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    cross(&x[..3], &x[3..]).to_vec()
}

pub(crate) fn angle_between<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b) = x.split_at(3);
    vec![(dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()).acos()]
}

pub(crate) fn turned<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let [w, a, b, c, ..] = *x else { panic!("seven inputs") };
    let rows = [
        w * w + a * a - b * b - c * c,
        (a * b - w * c) * 2.0,
        (a * c + w * b) * 2.0,
        (a * b + w * c) * 2.0,
        w * w - a * a + b * b - c * c,
        (b * c - w * a) * 2.0,
        (a * c - w * b) * 2.0,
        (b * c + w * a) * 2.0,
        w * w - a * a - b * b + c * c,
    ];
    rows.chunks(3).map(|row| dot(row, &x[4..]) / dot(&x[..4], &x[..4])).collect()
}

pub(crate) fn reprojection<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let [tx, ty, focal, k1, k2, px, py, pz, u, v] = *x else { panic!("ten inputs") };
    let (a, b) = ((px + tx) / (pz + 4.0), (py + ty) / (pz + 4.0));
    let r2 = a.square() + b.square();
    let scale = focal * (r2 * k1 + r2.square() * k2 + 1.0);
    vec![scale * a - u, scale * b - v]
}

pub(crate) fn determinant<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![dot(&x[..3], &cross(&x[3..6], &x[6..]))]
}

pub(crate) fn inverse<D: Number>(x: &[D], none: &[i32]) -> Vec<D> {
    let (a, b, c) = (&x[..3], &x[3..6], &x[6..]);
    let columns = [cross(b, c), cross(c, a), cross(a, b)];
    let determinant = determinant(x, none)[0];
    let y: Vec<D> = (0..9).map(|at| columns[at % 3][at / 3] / determinant).collect();
    let unit = product(x, &y, 3);
    assert!((unit[0].real() - 1.0).abs() + unit[1].real().abs() < 1e-9, "an inverse");
    y
}

pub(crate) fn log_determinant<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    // Cholesky reads the lower triangle only.
    let symmetric = [x[0], x[3], x[6], x[3], x[4], x[7], x[6], x[7], x[8]];
    vec![determinant(&symmetric, &[])[0].ln()]
}

pub(crate) fn great_circle<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let place = |latitude: D, longitude: D| {
        let unit = std::f64::consts::PI / 180.0;
        let (a, b) = (latitude * unit, longitude * unit);
        [a.cos() * b.cos(), a.cos() * b.sin(), a.sin()]
    };
    let (from, to) = (place(x[0], x[1]), place(x[2], x[3]));
    vec![dot(&from, &to).acos()]
}
