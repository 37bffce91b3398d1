#[gradgen(gradient)]
fn pick(x: &[f64; 4], place: usize) -> f64 {
    let chosen = x[place];
    chosen * chosen + x[0]
}

// Beside it:

/// The gradient by `x` of [`pick`](fn@pick).
///
/// Returns:
/// * `gradient_y`: `[f64; 4]`, row-major.
///
/// 3 scalar operations; no allocation.
///
/// # Errors
/// An index or divisor that follows from the arguments is out of range. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn pick_grad(
    x: &[f64; 4],
    place: usize,
) -> ::core::result::Result<[f64; 4], ::gradgen::Error> {
    let __t_1 = place;
    if __t_1 >= 4 {
        return ::core::result::Result::Err(::gradgen::Error::index("x", 4, __t_1));
    }
    let __d_chosen = x[__t_1] + x[__t_1];
    let mut __t_2: [f64; 4] = [1.0, 0.0, 0.0, 0.0];
    let __t_3 = __t_2[__t_1];
    __t_2[__t_1] = __t_3 + __d_chosen;
    ::core::result::Result::Ok(__t_2)
}

/// The gradient by `x` of [`pick`](fn@pick).
///
/// Writes:
/// * `gradient_y`: `[f64; 4]`, row-major.
///
/// `work` has at least [`pick_grad_workspace`] scalars.
///
/// # Errors
/// An index or divisor that follows from the arguments is out of range. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn pick_grad_into(
    x: &[f64; 4],
    place: usize,
    gradient_y: &mut [f64; 4],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    *gradient_y = pick_grad(x, place)?;
    ::core::result::Result::Ok(())
}
