#[gradgen(bundle(f, grad(x), hessian(x)), outputs(loss))]
fn fit(x: &[f64; 2], t: f64, measured: f64) -> f64 {
    let decay = (-x[1] * t).exp();
    let residual = x[0] * decay - measured;
    residual * residual
}

// Beside it:

/// The value, the gradient by `x` and the Hessian by `x` of [`fit`](fn@fit), in one sweep.
///
/// Returns, in order:
/// * `loss`: `f64`.
/// * `gradient_loss`: `[f64; 2]`, row-major.
/// * `hessian_loss`: `[[f64; 2]; 2]`, row-major.
///
/// 29 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn fit_f_grad_hessian_x(
    x: &[f64; 2],
    t: f64,
    measured: f64,
) -> (f64, [f64; 2], [[f64; 2]; 2]) {
    let __decay = (-(x[1] * t)).exp();
    let __residual = x[0] * __decay - measured;
    let __d_residual = __residual + __residual;
    let __d_decay = __d_residual * x[0];
    let __t_1 = -(__d_decay * __decay * t);
    let __t_2 = __decay + __decay;
    let __t_3 = (__t_2 * x[0] + __d_residual) * __decay;
    let __t_4 = -(__t_3 * t);
    let __t_5 = t * __decay;
    let __t_6 = __t_5 * x[0];
    let __t_7 = (-__t_6 - __t_6) * x[0];
    let __t_8 = __t_7 * __decay - __t_5 * __d_decay;
    (
        __residual * __residual,
        [__d_residual * __decay, __t_1],
        [[__t_2 * __decay, __t_4], [__t_4, -(__t_8 * t)]],
    )
}

/// The value, the gradient by `x` and the Hessian by `x` of [`fit`](fn@fit), in one sweep.
///
/// Writes:
/// * `loss`: `f64`.
/// * `gradient_loss`: `[f64; 2]`, row-major.
/// * `hessian_loss`: `[[f64; 2]; 2]`, row-major.
///
/// `work` has at least [`fit_f_grad_hessian_x_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn fit_f_grad_hessian_x_into(
    x: &[f64; 2],
    t: f64,
    measured: f64,
    loss: &mut f64,
    gradient_loss: &mut [f64; 2],
    hessian_loss: &mut [[f64; 2]; 2],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    (*loss, *gradient_loss, *hessian_loss) = fit_f_grad_hessian_x(x, t, measured);
    ::core::result::Result::Ok(())
}
