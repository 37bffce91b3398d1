#[gradgen(jvp)]
fn newton(a: f64) -> f64 {
    let mut root = 1.0;
    for _ in 0..3 {
        root = 0.5 * (root + a / root);
    }
    root
}

// Beside it:

/// The Jacobian by `a` times a tangent (JVP) of [`newton`](fn@newton).
///
/// Beside the function's own arguments:
/// * `v_a`: tangent of `a`, `f64`.
///
/// Returns:
/// * `jvp_y`: `f64`.
///
/// 17 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn newton_jvp(a: f64, v_a: f64) -> f64 {
    let __root = 0.5 * (1.0 + a);
    let __t_1 = a / __root;
    let __root_2 = 0.5 * (__root + __t_1);
    let __t_2 = 0.5 * v_a;
    let __t_3 = (v_a - __t_1 * __t_2) / __root;
    let __t_4 = 0.5 * (__t_2 + __t_3);
    let __t_5 = v_a - a / __root_2 * __t_4;
    0.5 * (__t_4 + __t_5 / __root_2)
}
