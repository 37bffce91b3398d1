#[gradgen(gradient, hvp)]
fn chain(x: &[f64; 2]) -> f64 {
    let spring = potential(x[1] - x[0], 2.0);
    spring * spring
}

// Beside it:

/// The gradient by `x` of [`chain`](fn@chain).
///
/// Returns:
/// * `gradient_y`: `[f64; 2]`, row-major.
///
/// 5 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn chain_grad(x: &[f64; 2]) -> [f64; 2] {
    let __t_1 = x[1] - x[0];
    potential::__is(potential, __t_1, 2.0);
    let (__spring, __t_2) = ::gradgen::chain::value(potential::__forward(__t_1, 2.0));
    let __d_spring = __spring + __spring;
    let (__t_3, _) = ::gradgen::chain::value(
        potential::__reverse(__t_1, 2.0, &__t_2, &__d_spring),
    );
    [-__t_3, __t_3]
}

/// The Hessian by `x` times a direction of [`chain`](fn@chain).
///
/// Beside the function's own arguments:
/// * `v_x`: direction in `x`, `[f64; 2]`, row-major.
///
/// Returns:
/// * `hvp_y`: `[f64; 2]`, row-major.
///
/// 8 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn chain_hvp(x: &[f64; 2], v_x: &[f64; 2]) -> [f64; 2] {
    let __t_1 = x[1] - x[0];
    potential::__is(potential, __t_1, 2.0);
    let (__spring, __t_2) = ::gradgen::chain::value(potential::__forward(__t_1, 2.0));
    let __d_spring = __spring + __spring;
    let __t_3 = v_x[1] - v_x[0];
    let (__t_4, __t_5) = ::gradgen::chain::value(
        potential::__forward_jvp(__t_1, 2.0, &__t_3, &0.0),
    );
    let (__t_6, _) = ::gradgen::chain::value(
        potential::__reverse_jvp(
            __t_1,
            2.0,
            &__t_2,
            &__d_spring,
            &__t_3,
            &0.0,
            &__t_5,
            &(__t_4 + __t_4),
        ),
    );
    [-__t_6, __t_6]
}
