#[gradgen(gradient(u))]
fn rollout(x0: &[f64; 2], u: &[f64; N]) -> f64 {
    let mut x = *x0;
    let mut cost = 0.0;
    for k in 0..N {
        x = step(&x, u[k]);
        cost += x[0] * x[0] + 0.1 * u[k] * u[k];
    }
    cost
}

// Beside it:

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl rollout {
    #[inline]
    fn __rollout_grad_u(
        x0: &[f64; 2],
        u: &[f64; N],
        gradient_y: &mut [f64; N],
        __tape: &mut [[f64; 2]; N],
        __tape_2: &mut [[f64; <step>::__TAPE]; N],
    ) -> () {
        #[allow(unused_imports)]
        use ::core::iter::Iterator as _;
        let mut __t_1: [f64; 2] = *x0;
        for __t_2 in 0..N {
            __tape[__t_2] = __t_1;
            step::__is(step, &__t_1, u[__t_2]);
            let (__x, __t_3) = ::gradgen::chain::value(
                step::__forward(&__t_1, u[__t_2]),
            );
            __tape_2[__t_2] = __t_3;
            __t_1 = __x;
        }
        let mut __t_4: [f64; 2] = [0.0; 2];
        *gradient_y = [0.0; N];
        for __t_5 in (0..N).rev() {
            let __t_6 = &__tape[__t_5];
            let __t_7 = &__tape_2[__t_5];
            let __t_8 = __t_1[0];
            let __t_9 = 0.1 * u[__t_5];
            let __t_10 = __t_4[0];
            __t_4[0] = __t_10 + (__t_8 + __t_8);
            let (__t_11, __t_12) = ::gradgen::chain::value(
                step::__reverse(__t_6, u[__t_5], __t_7, &__t_4),
            );
            let __t_13 = gradient_y[__t_5];
            let __t_14 = __t_13 + (__t_9 + __t_9 + __t_12);
            gradient_y[__t_5] = __t_14;
            (__t_4, __t_1) = (__t_11, *__t_6);
        }
        ()
    }
}

/// The gradient by `u` of [`rollout`](fn@rollout).
///
/// Returns:
/// * `gradient_y`: `[f64; N]`, row-major.
///
/// 8 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn rollout_grad_u(x0: &[f64; 2], u: &[f64; N]) -> [f64; N] {
    let mut gradient_y: [f64; N] = [0.0; N];
    let mut __tape: [[f64; 2]; N] = [[0.0; 2]; N];
    let mut __tape_2: [[f64; <step>::__TAPE]; N] = [[0.0; <step>::__TAPE]; N];
    rollout::__rollout_grad_u(x0, u, &mut gradient_y, &mut __tape, &mut __tape_2);
    gradient_y
}

/// The gradient by `u` of [`rollout`](fn@rollout).
///
/// Writes:
/// * `gradient_y`: `[f64; N]`, row-major.
///
/// `work` has at least [`rollout_grad_u_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn rollout_grad_u_into(
    x0: &[f64; 2],
    u: &[f64; N],
    gradient_y: &mut [f64; N],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    let __given = work.len();
    let mut __rest = &mut *work;
    let ::core::option::Option::Some(__tape) = ::gradgen::memory::array::<
        [[f64; 2]; N],
    >(&mut __rest) else {
        return ::core::result::Result::Err(
            ::gradgen::Error::workspace(rollout_grad_u_workspace(), __given),
        );
    };
    let ::core::option::Option::Some(__tape_2) = ::gradgen::memory::array::<
        [[f64; <step>::__TAPE]; N],
    >(&mut __rest) else {
        return ::core::result::Result::Err(
            ::gradgen::Error::workspace(rollout_grad_u_workspace(), __given),
        );
    };
    rollout::__rollout_grad_u(x0, u, gradient_y, __tape, __tape_2);
    ::core::result::Result::Ok(())
}
