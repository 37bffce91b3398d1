#[gradgen(gradient)]
fn scan<const M: usize>(x: &[f64; M]) -> f64 {
    let mut y = *x;
    for i in 1..M {
        y[i] += y[i - 1] * x[i];
    }
    y[M - 1]
}

// Beside it:

#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
impl<const M: usize> scan<M> {
    #[inline]
    fn __scan_grad(
        x: &[f64; M],
        gradient_y: &mut [f64; M],
        __tape: &mut [f64; M],
    ) -> () {
        const { ::core::assert!(M >= 1usize, "an index is outside of `y`") };
        #[allow(unused_imports)]
        use ::core::iter::Iterator as _;
        let __t_1 = M.wrapping_sub(1);
        let mut __d_y = [0.0; M];
        __d_y[__t_1] = 1.0;
        let __t_2 = 1 < M;
        let __t_3: f64 = if __t_2 { x[0] } else { 0.0 };
        let mut __t_4: [f64; M] = *x;
        let mut __t_5: f64 = __t_3;
        for __t_6 in 1..M {
            let __t_7 = __t_5 * x[__t_6];
            let __t_8 = __t_4[__t_6];
            __tape[__t_6] = __t_8;
            __t_4[__t_6.wrapping_sub(1)] = __t_5;
            __t_5 = __t_8 + __t_7;
        }
        if __t_2 {
            __t_4[__t_1] = __t_5;
        }
        let __t_9: f64 = if __t_2 { 1.0 } else { 0.0 };
        *gradient_y = [0.0; M];
        let mut __t_10: f64 = __t_9;
        for __t_11 in (1..M).rev() {
            let __t_12 = __tape[__t_11];
            __t_4[__t_11] = __t_12;
            let __t_13 = __t_11.wrapping_sub(1);
            let __t_14 = __t_4[__t_13];
            let __t_15 = __t_10 * x[__t_11];
            let __t_16 = __t_10 * __t_14;
            let __t_17 = gradient_y[__t_11];
            gradient_y[__t_11] = __t_17 + __t_16;
            let __t_18 = __d_y[__t_13];
            __d_y[__t_11] = __t_10;
            __t_10 = __t_18 + __t_15;
        }
        if __t_2 {
            __d_y[0] = __t_10;
        }
        *gradient_y = ::gradgen::chain::sum(&*gradient_y, &__d_y);
        ()
    }
}

/// The gradient by `x` of [`scan`](fn@scan).
///
/// Returns:
/// * `gradient_y`: `[f64; M]`, row-major.
///
/// 12 scalar operations; no allocation.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
#[inline]
fn scan_grad<const M: usize>(x: &[f64; M]) -> [f64; M] {
    const {
        ::core::assert!(
            scan_grad_workspace:: < M > ().saturating_mul(::core::mem::size_of:: < f64 >
            ()) <= 65536usize,
            "the workspace is too large for the stack: call `scan_grad_into`"
        )
    };
    let mut gradient_y: [f64; M] = [0.0; M];
    let mut __tape: [f64; M] = [0.0; M];
    scan::<M>::__scan_grad(x, &mut gradient_y, &mut __tape);
    gradient_y
}
