#[gradgen(gradient)]
fn wave(x: f64, t: f64) -> f64 {
    (x - t).sin() * (-t).exp()
}

// Beside it:

/// The gradient by `x` of [`wave`](fn@wave).
///
/// Returns:
/// * `gradient_y`: `f64`.
///
/// 5 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn wave_grad_x(x: f64, t: f64) -> f64 {
    ::gradgen::libm::exp(-t) * ::gradgen::libm::cos(x - t)
}

/// The gradient by `t` of [`wave`](fn@wave).
///
/// Returns:
/// * `gradient_y`: `f64`.
///
/// 9 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn wave_grad_t(x: f64, t: f64) -> f64 {
    let __t_1 = x - t;
    let __t_2 = ::gradgen::libm::exp(-t);
    let __t_3 = -(::gradgen::libm::sin(__t_1) * __t_2);
    __t_3 - __t_2 * ::gradgen::libm::cos(__t_1)
}
