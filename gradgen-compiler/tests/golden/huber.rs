#[gradgen(bundle(f, grad(x)))]
fn huber(x: &[f64; 2], width: f64) -> f64 {
    let r = x[0] - x[1];
    let size = r.abs();
    if size <= width { 0.5 * r * r } else { width * (size - 0.5 * width) }
}

// Beside it:

/// The value and the gradient by `x` of [`huber`](fn@huber), in one sweep.
///
/// Returns, in order:
/// * `y`: `f64`.
/// * `gradient_y`: `[f64; 2]`, row-major.
///
/// 13 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn huber_f_grad_x(x: &[f64; 2], width: f64) -> (f64, [f64; 2]) {
    let __r = x[0] - x[1];
    let __size = __r.abs();
    let __t_1 = __size <= width;
    let (__t_4, __t_5): (f64, f64) = if __t_1 {
        let __t_2 = 0.5 * __r;
        (__t_2 * __r, __t_2 + __t_2)
    } else {
        let __t_3 = width * (__size - 0.5 * width);
        (__t_3, 0.0)
    };
    let __d_size: f64 = if __t_1 { 0.0 } else { width };
    let __t_6: f64 = if __r == 0.0 { 0.0 } else { __d_size * __r.signum() };
    let __d_r = __t_5 + __t_6;
    (__t_4, [__d_r, -__d_r])
}
