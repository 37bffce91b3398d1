#[gradgen(jacobian(x), vjp(*), outputs(cost, end))]
fn polar(x: &[f64; 2], scale: f64) -> (f64, [f64; 2]) {
    let radius = x[0].hypot(x[1]);
    (scale * radius, [radius, x[1].atan2(x[0])])
}

// Beside it:

/// The Jacobian by `x` of [`polar`](fn@polar).
///
/// Returns, in order:
/// * `jacobian_cost`: `[f64; 2]`, row-major.
/// * `jacobian_end`: `[[f64; 2]; 2]`, row-major.
///
/// 11 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn polar_jf_x(x: &[f64; 2], scale: f64) -> ([f64; 2], [[f64; 2]; 2]) {
    let __radius = x[0].hypot(x[1]);
    let __t_1 = x[0] / __radius;
    let __t_2 = x[1] / __radius;
    let __t_3 = x[1] * x[1] + x[0] * x[0];
    ([__t_1 * scale, __t_2 * scale], [[__t_1, __t_2], [-(x[1] / __t_3), x[0] / __t_3]])
}

/// A cotangent times the Jacobian by `x` and `scale` (VJP) of [`polar`](fn@polar).
///
/// Beside the function's own arguments:
/// * `cotangent_cost`: cotangent of the output `cost`, `f64`.
/// * `cotangent_end`: cotangent of the output `end`, `[f64; 2]`, row-major.
///
/// Returns, in order:
/// * `vjp_x`: `[f64; 2]`, row-major.
/// * `vjp_scale`: `f64`.
///
/// 17 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn polar_vjp(
    x: &[f64; 2],
    scale: f64,
    cotangent_cost: f64,
    cotangent_end: &[f64; 2],
) -> ([f64; 2], f64) {
    let __radius = x[0].hypot(x[1]);
    let __t_1 = x[1] * x[1] + x[0] * x[0];
    let __d_radius = cotangent_end[0] + cotangent_cost * scale;
    let __t_2 = __d_radius * (x[0] / __radius) - cotangent_end[1] * (x[1] / __t_1);
    let __t_3 = cotangent_end[1] * (x[0] / __t_1) + __d_radius * (x[1] / __radius);
    ([__t_2, __t_3], cotangent_cost * __radius)
}
