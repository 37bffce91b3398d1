//! Oracles of the arrays of constant length.

use super::number::Number;

fn bent<D: Number>(u: &[D], at: D) -> D {
    at.angle(u[1] * u[2] + 2.0) * u[0].sin()
}

fn mirrored<D: Number>(u: &[D]) -> [D; 3] {
    [u[0] * u[2], u[1].exp(), u[0]]
}

pub(crate) fn repeated<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    vec![bent(&[x[0].square(); 3], x[0]) + x[0].square()]
}

pub(crate) fn passed_on<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (x, scale) = (&x[..3], x[3]);
    let u = [x[0] * x[2], x[1].exp() * scale, x[0]];
    let v = mirrored(&u);
    vec![bent(&v, scale) * bent(x, u[0]) + bent(&[scale; 3], u[0])]
}

pub(crate) fn chosen<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let zero = D::constant(0.0);
    let u = if x[0].real() > 0.0 { [x[0], x[1], x[2]] } else { [zero; 3] };
    let v = if x[1].real() > x[2].real() { mirrored(&u) } else { [x[1]; 3] };
    vec![bent(&v, x[2]) + u[0] * u[1]]
}

pub(crate) fn by_rows<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let corner = x[3] * x[4];
    vec![bent(&[x[0], x[1], corner], x[1]) * bent(&mirrored(&x[..3]), corner)]
}

pub(crate) fn filled<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let product = x[3] * x[0] * x[1];
    [&mirrored(&x[..3])[..], &[product; 3], &[product.sin(); 2], &[D::constant(0.0); 3]].concat()
}
