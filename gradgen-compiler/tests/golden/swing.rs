#[gradgen(gradient)]
fn swing<T: Float + FloatConst, const N: usize>(x: &[T; N], damping: T) -> T
where
    T: AddAssign,
{
    let mut sum = T::zero();
    for i in 0..N {
        sum += T::from(0.5).unwrap() * x[i].powi(2) + (T::PI() * x[i]).cos();
    }
    sum * damping / T::from(N).unwrap()
}

// Beside it:

/// The gradient by `x` of [`swing`](fn@swing).
///
/// Returns:
/// * `gradient_y`: `[T; N]`, row-major.
///
/// 11 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn swing_grad_x<T: Float + FloatConst + ::gradgen::Scalar, const N: usize>(
    x: &[T; N],
    damping: T,
) -> [T; N]
where
    T: AddAssign,
{
    const {
        ::core::assert!(
            swing_grad_x_workspace:: < N > ().saturating_mul(::core::mem::size_of:: < T >
            ()) <= 65536usize,
            "the workspace is too large for the stack: call `swing_grad_x_into`"
        )
    };
    let mut gradient_y: [T; N] = [::gradgen::scalar::zero::<T>(); N];
    swing::<T, N>::__swing_grad_x(x, damping, &mut gradient_y);
    gradient_y
}

/// The gradient by `damping` of [`swing`](fn@swing).
///
/// Returns:
/// * `gradient_y`: `T`.
///
/// 8 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn swing_grad_damping<T: Float + FloatConst + ::gradgen::Scalar, const N: usize>(
    x: &[T; N],
    damping: T,
) -> T
where
    T: AddAssign,
{
    let _ = damping;
    let mut __sum: T = ::gradgen::scalar::zero::<T>();
    for __i in 0..N {
        let __t_1 = ::gradgen::scalar::number::<T>(0.5)
            * ::gradgen::scalar::powi(x[__i], 2)
            + ::gradgen::scalar::cos(
                ::gradgen::scalar::number::<T>(::core::f64::consts::PI) * x[__i],
            );
        let __sum_2 = __sum + __t_1;
        __sum = __sum_2;
    }
    let __t_2 = ::gradgen::scalar::one::<T>() / ::gradgen::scalar::cast::<T, _>(N)
        * __sum;
    __t_2
}

/// The gradient by `damping` of [`swing`](fn@swing).
///
/// Writes:
/// * `gradient_y`: `T`.
///
/// `work` has at least [`swing_grad_damping_workspace`] scalars.
///
/// # Errors
/// The workspace is too short, or a length is not what it must be. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn swing_grad_damping_into<T: Float + FloatConst + ::gradgen::Scalar, const N: usize>(
    x: &[T; N],
    damping: T,
    gradient_y: &mut T,
    work: &mut [T],
) -> ::core::result::Result<(), ::gradgen::Error>
where
    T: AddAssign,
{
    let _ = &work;
    *gradient_y = swing_grad_damping::<T, N>(x, damping);
    ::core::result::Result::Ok(())
}
