//! Oracles of the branches.

use super::number::{Number, sum};

pub(crate) fn piecewise<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let x = x[0];
    vec![match x.real() {
        at if at < -1.0 => x.powi(3),
        at if at > 0.5 => x * x.sin(),
        _ => x * 2.0 - 1.0,
    }]
}

pub(crate) fn huber<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (residual, delta) = (x[0].magnitude(), x[1]);
    let inner = residual.smaller(delta);
    vec![inner.square() / 2.0 + delta * (residual - inner)]
}

pub(crate) fn quadrants<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b) = (x[0], x[1]);
    let inside = a.real().hypot(b.real()) < 1.0;
    vec![match (a.real() > 0.0, b.real() > 0.0, inside) {
        (true, true, true) => a * b,
        (true, true, false) => a + b.square(),
        (false, _, false) => a.exp() * b,
        _ if b.real() > 0.5 => a.exp() * b,
        _ => a * (-b + 1.0),
    }]
}

pub(crate) fn adjusted<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let p = x[0] * x[1];
    let (a, b) = if p.real() > x[2].real() { (p - x[2].square(), x[2] * x[0]) } else { (p, x[2]) };
    vec![if b.real() < 0.0 { a * a.cos() } else { (a * 2.0 + b) * b }]
}

pub(crate) fn ordered<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (small, large) = (x[0].smaller(x[1]), x[0].larger(x[1]));
    vec![small.square() * large + large.sin()]
}

pub(crate) fn reflected<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let last = x[2].magnitude();
    if x[0].real() > x[1].real() { vec![x[1] * x[2], x[1] * x[0], last] } else { vec![x[0], x[1], last] }
}

pub(crate) fn compared<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let (a, b) = (x[0], x[1]);
    let choose = |condition: bool, yes: D, no: D| if condition { yes } else { no };
    let (ar, br) = (a.real(), b.real());
    vec![sum([
        choose(ar < br, a.square(), a * b),
        choose(ar <= 0.5, a.sin(), b.cos()),
        choose(ar > -br, a * b.square(), b),
        choose(br >= 0.25, b.square(), a.powi(3)),
        choose(ar >= br, a, a * b * 2.0),
        choose(ar > br, b.powi(3), a * b),
    ])]
}

pub(crate) fn blocks<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let p = x[0] * x[1];
    vec![(p * p.exp() + x[0]).square() * x[0]]
}

pub(crate) fn rectified<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    let units = x.iter().enumerate().map(|(i, unit)| match (unit.real() > 0.0, i) {
        (true, _) => *unit,
        (false, 2) => *unit * x[0] / 2.0,
        (false, _) => *unit / 100.0,
    });
    // s + 1 is multiplied by unit + 1 in every pass.
    vec![units.fold(D::constant(1.0), |product, unit| product * (unit + 1.0)) - 1.0]
}

pub(crate) fn soft_clamp<D: Number>(x: &[D], _: &[i32]) -> Vec<D> {
    x.iter()
        .map(|x| {
            let size = x.magnitude();
            let clamped = if size.real() > 1.0 { size.ln() + 1.0 } else { size };
            if x.real() < 0.0 { -clamped } else { clamped }
        })
        .collect()
}
