#[gradgen(gradient)]
fn sigmoid(x: f32, slope: f32) -> f32 {
    1.0 / (1.0 + (-slope * x).exp())
}

// Beside it:

/// The gradient by `x` of [`sigmoid`](fn@sigmoid).
///
/// Returns:
/// * `gradient_y`: `f32`.
///
/// 8 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn sigmoid_grad_x(x: f32, slope: f32) -> f32 {
    let __t_1 = (-(slope * x)).exp();
    let __t_2 = 1.0 / (1.0 + __t_1);
    __t_2 * __t_2 * __t_1 * slope
}
