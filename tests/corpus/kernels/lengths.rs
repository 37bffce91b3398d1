//! Arrays whose lengths are constants: the attribute sees a path and no number.

use gradgen::gradgen;

const ROWS: usize = 2;
const COLUMNS: usize = 3;

/// The callee of this module.
#[gradgen]
fn bent(u: &[f64; COLUMNS], at: f64) -> f64 {
    f64::atan2(at, 2.0 + u[1] * u[2]) * u[0].sin()
}

/// A callee with an array for a result.
#[gradgen]
fn mirrored(u: &[f64; COLUMNS]) -> [f64; COLUMNS] {
    [u[2] * u[0], u[1].exp(), u[0]]
}

/// One value in every place.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn repeated(x: f64) -> f64 {
    let u = [x * x; COLUMNS];
    bent(&u, x) + u[2]
}

/// An array that is passed on, filled, and passed on again.
#[gradgen(
    gradient,
    gradient(*),
    hessian,
    hessian(x, scale),
    hvp,
    hvp(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, grad(x), hessian(x), hvp(x))
)]
pub fn passed_on(x: &[f64; COLUMNS], scale: f64) -> f64 {
    let mut u = mirrored(x);
    u[1] *= scale;
    let v = mirrored(&u);
    bent(&v, scale) * bent(x, u[0]) + bent(&[scale; COLUMNS], v[2])
}

/// A choice between arrays, one of which is zero.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
pub fn chosen(x: &[f64; COLUMNS]) -> f64 {
    let u = if x[0] > 0.0 { *x } else { [0.0; COLUMNS] };
    let v = if x[1] > x[2] { mirrored(&u) } else { [x[1]; COLUMNS] };
    bent(&v, x[2]) + u[0] * u[1]
}

/// A nested array, by rows and by elements.
#[gradgen(gradient, hessian, hvp, jvp, vjp, bundle(f, grad(m), hessian(m), hvp(m)))]
pub fn by_rows(m: &[[f64; COLUMNS]; ROWS]) -> f64 {
    let first = m[0];
    let mut n = *m;
    n[1] = mirrored(&first);
    n[0][2] = m[1][0] * m[1][1];
    bent(&n[0], m[0][1]) * bent(&n[1], n[0][2])
}

/// Outputs of constant lengths, one of them repeated, one of them zero.
#[gradgen(
    jacobian,
    jacobian(*),
    jvp,
    jvp(*),
    vjp,
    vjp(*),
    bundle(f, jf(x), jvp(x), vjp(x)),
    outputs(wide, same, nothing)
)]
pub fn filled(x: &[f64; COLUMNS], w: f64) -> ([[f64; COLUMNS]; ROWS], [f64; ROWS], [f64; COLUMNS]) {
    let product = w * x[0] * x[1];
    ([mirrored(x), [product; COLUMNS]], [product.sin(); ROWS], [0.0; COLUMNS])
}
