#[gradgen(hessian(x, w))]
fn coupled(x: &[f64; 2], w: &[f64; 3]) -> f64 {
    (x[0] * w[0] + x[1] * w[1]).sin() + w[2] * w[2]
}

// Beside it:

/// The mixed block of the Hessian by `x` and `w` of [`coupled`](fn@coupled).
///
/// Returns:
/// * `hessian_y_x_w`: `[[f64; 3]; 2]`, row-major.
///
/// 15 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn coupled_hessian_x_w(x: &[f64; 2], w: &[f64; 3]) -> [[f64; 3]; 2] {
    let __t_1 = x[0] * w[0] + x[1] * w[1];
    let __t_2 = __t_1.sin();
    let __t_3 = __t_1.cos();
    let __t_4 = w[0] * __t_2;
    let __t_5 = w[1] * __t_2;
    [
        [__t_3 - __t_4 * x[0], -(__t_4 * x[1]), 0.0],
        [-(__t_5 * x[0]), __t_3 - __t_5 * x[1], 0.0],
    ]
}
