#[gradgen(gradient(*))]
fn squares(a: &[f64], b: &[f64], m: usize) -> f64 {
    let mut s = 0.0;
    for i in 0..b.len() {
        let mut r = -b[i];
        for j in 0..m {
            r += a[i * m + j] * a[i * m + j];
        }
        s += r * r;
    }
    s
}

// Beside it:

/// The gradient by `a` and `b` of [`squares`](fn@squares).
///
/// Writes:
/// * `gradient_y_a`: `[f64; a.len()]`, row-major.
/// * `gradient_y_b`: `[f64; b.len()]`, row-major.
///
/// `work` has at least [`squares_grad_workspace`] scalars.
///
/// # Errors
/// An index or divisor that follows from the arguments is out of range. Nothing is written then.
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
fn squares_grad_into(
    a: &[f64],
    b: &[f64],
    m: usize,
    gradient_y_a: &mut [f64],
    gradient_y_b: &mut [f64],
    work: &mut [f64],
) -> ::core::result::Result<(), ::gradgen::Error> {
    let _ = &work;
    if gradient_y_a.len() != a.len() {
        return ::core::result::Result::Err(
            ::gradgen::Error::length("gradient_y_a", a.len(), gradient_y_a.len()),
        );
    }
    if gradient_y_b.len() != b.len() {
        return ::core::result::Result::Err(
            ::gradgen::Error::length("gradient_y_b", b.len(), gradient_y_b.len()),
        );
    }
    if m > 0_usize && b.len() > 0_usize && a.len() < b.len().saturating_mul(m) {
        return ::core::result::Result::Err(
            ::gradgen::Error::length("a", b.len().saturating_mul(m), a.len()),
        );
    }
    gradient_y_a.fill(0.0);
    gradient_y_b.fill(0.0);
    for __t_1 in 0..b.len() {
        let ::core::option::Option::Some(&__t_2) = b.get(__t_1) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index("b", b.len(), __t_1),
            );
        };
        let __r = -__t_2;
        let mut __r_2: f64 = __r;
        let ::core::option::Option::Some(__a) = ::gradgen::memory::window(
            a,
            m.wrapping_mul(__t_1),
            m,
        ) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index("a", a.len(), m.wrapping_mul(__t_1)),
            );
        };
        for __j in 0..m {
            let ::core::option::Option::Some(&__t_3) = __a.get(__j) else {
                return ::core::result::Result::Err(
                    ::gradgen::Error::index("a", __a.len(), __j),
                );
            };
            let __r_3 = __r_2 + __t_3 * __t_3;
            __r_2 = __r_3;
        }
        let __d_r = __r_2 + __r_2;
        let ::core::option::Option::Some(__a_2) = ::gradgen::memory::window(
            a,
            m.wrapping_mul(__t_1),
            m,
        ) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index("a", a.len(), m.wrapping_mul(__t_1)),
            );
        };
        let ::core::option::Option::Some(__t_5) = ::gradgen::memory::window_mut(
            gradient_y_a,
            m.wrapping_mul(__t_1),
            m,
        ) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index(
                    "array",
                    gradient_y_a.len(),
                    m.wrapping_mul(__t_1),
                ),
            );
        };
        for __t_4 in 0..m {
            let __t_6 = __t_1.wrapping_mul(m).wrapping_add(__t_4);
            let ::core::option::Option::Some(&__t_7) = __a_2.get(__t_4) else {
                return ::core::result::Result::Err(
                    ::gradgen::Error::index("a", __a_2.len(), __t_4),
                );
            };
            let __t_8 = __d_r * __t_7;
            let ::core::option::Option::Some(&__t_9) = __t_5.get(__t_4) else {
                return ::core::result::Result::Err(
                    ::gradgen::Error::index("array", __t_5.len(), __t_4),
                );
            };
            let ::core::option::Option::Some(__place) = __t_5.get_mut(__t_4) else {
                return ::core::result::Result::Err(
                    ::gradgen::Error::index("array", __t_5.len(), __t_4),
                );
            };
            *__place = __t_9 + (__t_8 + __t_8);
        }
        let ::core::option::Option::Some(&__t_10) = gradient_y_b.get(__t_1) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index("array", gradient_y_b.len(), __t_1),
            );
        };
        let ::core::option::Option::Some(__place_2) = gradient_y_b.get_mut(__t_1) else {
            return ::core::result::Result::Err(
                ::gradgen::Error::index("array", gradient_y_b.len(), __t_1),
            );
        };
        *__place_2 = __t_10 - __d_r;
    }
    ::core::result::Result::Ok(())
}

/// Scalars of workspace that [`squares_grad_into`] needs: none.
#[must_use]
#[allow(clippy::all, clippy::pedantic, clippy::nursery)]
const fn squares_grad_workspace(a_len: usize, b_len: usize, m: usize) -> usize {
    let _ = (a_len, b_len, m);
    0
}
