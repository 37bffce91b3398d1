//! Functions of vectors where they are easily wrong: huge, tiny, equal, infinite and zero elements.

use gradgen::gradgen;

macro_rules! of_three {
    ($($name:ident, $narrow:ident, |$x:ident| $value:expr;)+) => {
        $(
            #[gradgen(gradient, hessian, hvp)]
            fn $name($x: &[f64; 3]) -> f64 {
                $value
            }

            #[gradgen(gradient, hessian)]
            fn $narrow($x: &[f32; 3]) -> f32 {
                $value
            }
        )+
    };
}

of_three! {
    norm2, norm2_in_f32, |x| gradgen::math::norm2(x);
    norm3, norm3_in_f32, |x| gradgen::math::norm_p(x, 3.0);
    norm_of_two, norm_of_two_in_f32, |x| gradgen::math::norm_p(x, 2.0);
    norm_of_one, norm_of_one_in_f32, |x| gradgen::math::norm_p(x, 1.0);
    log_sum_exp, log_sum_exp_in_f32, |x| gradgen::math::log_sum_exp(x);
}

fn assert_near(got: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(got.len(), expected.len());
    for (got, number) in got.iter().zip(expected) {
        let is_near = got == number || (got - number).abs() <= tolerance * number.abs().max(1e-300);
        assert!(is_near, "got {got:?}, expected {number:?} in {expected:?}");
    }
}

// The vector (2, 3, 6) has the length 7, at any scale: the gradient is the same, the Hessian is divided by the scale.
#[test]
fn lengths_neither_overflow_nor_vanish() {
    for scale in [1e-308, 1e-300, 1e-160, 1e-11, 1e-9, 1.0, 1e9, 1e11, 1e160, 2e307] {
        let x = [2.0 * scale, -3.0 * scale, 6.0 * scale];
        assert_near(&[norm2(&x)], &[7.0 * scale], 4e-16);
        assert_near(&norm2_grad(&x), &[2.0 / 7.0, -3.0 / 7.0, 6.0 / 7.0], 1e-15);
        let u = [2.0 / 7.0, -3.0 / 7.0, 6.0 / 7.0];
        let column = [-u[0] * u[1], 1.0 - u[1] * u[1], -u[2] * u[1]].map(|number| number / 7.0 / scale);
        assert_near(&norm2_hvp(&x, &[0.0, 1.0, 0.0]), &column, 1e-14);
        assert_near(&norm2_hessian(&x)[1], &column, 1e-14);
        let cubes = (8.0_f64 + 27.0 + 216.0).cbrt();
        assert_near(&[norm3(&x)], &[cubes * scale], 1e-15);
        let squares = [4.0, -9.0, 36.0].map(|square| square / (cubes * cubes));
        assert_near(&norm3_grad(&x), &squares, 4e-15);
    }
    for scale in [1e-30_f32, 1e-11, 1e-9, 1.0, 1e9, 1e11, 1e30, 4e37] {
        let x = [2.0 * scale, -3.0 * scale, 6.0 * scale];
        assert_near(&[f64::from(norm2_in_f32(&x) / scale)], &[7.0], 3e-7);
        assert_near(&norm2_in_f32_grad(&x).map(f64::from), &[2.0 / 7.0, -3.0 / 7.0, 6.0 / 7.0], 3e-7);
        let curvature = norm2_in_f32_hessian(&x)[1][1] * scale;
        assert_near(&[f64::from(curvature)], &[40.0 / 343.0], 1e-6);
        assert_near(&norm3_in_f32_grad(&x).map(f64::from), &norm3_grad(&[2.0, -3.0, 6.0]), 1e-6);
    }
}

// As of `abs`, in each element: of the derivatives in all directions it is the mean.
#[test]
fn the_derivative_of_a_length_at_zero_is_zero() {
    for function in [norm2_grad, norm3_grad, norm_of_two_grad, norm_of_one_grad] {
        assert_eq!(function(&[0.0, -0.0, 0.0]), [0.0; 3]);
    }
    assert_eq!([norm2(&[0.0; 3]), norm3(&[0.0; 3])], [0.0; 2]);
    assert_eq!((norm2_hessian(&[0.0; 3]), norm3_hessian(&[0.0; 3])), ([[0.0; 3]; 3], [[0.0; 3]; 3]));
    assert_eq!(norm2_in_f32_grad(&[0.0; 3]), [0.0; 3]);
}

#[test]
fn an_element_that_is_zero_has_the_curvature_of_its_neighbours() {
    let x = [0.0, 3.0, -4.0];
    let expected = [[0.2, 0.0, 0.0], [0.0, 16.0 / 125.0, 12.0 / 125.0], [0.0, 12.0 / 125.0, 9.0 / 125.0]];
    for hessian in [norm2_hessian(&x), norm_of_two_hessian(&x)] {
        for (got, expected) in hessian.iter().zip(&expected) {
            assert_near(got, expected, 1e-14);
        }
    }
    assert_eq!(norm3_hessian(&x)[0], [0.0; 3]);
    assert_eq!(norm_of_one_grad(&x), [0.0, 1.0, -1.0]);
    assert_eq!(norm_of_one_hessian(&x), [[0.0; 3]; 3]);
}

#[test]
fn lengths_of_what_is_no_number() {
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    assert_eq!([norm2(&[1.0, -inf, 0.0]), norm3(&[1.0, -inf, 0.0])], [inf; 2]);
    for x in [[nan, 0.0, 0.0], [1e200, nan, 0.0], [1.0, 2.0, nan], [nan; 3]] {
        assert!(norm2(&x).is_nan() && norm3(&x).is_nan(), "{x:?}");
    }
}

#[test]
fn sums_of_exponentials_at_any_size() {
    let inf = f64::INFINITY;
    for (x, value, gradient) in [
        ([1e6; 3], 1e6 + 3.0_f64.ln(), [1.0 / 3.0; 3]),
        ([-1e6; 3], -1e6 + 3.0_f64.ln(), [1.0 / 3.0; 3]),
        ([-750.0, 750.0, 0.0], 750.0, [0.0, 1.0, 0.0]),
        ([1e308, -1e308, 0.0], 1e308, [1.0, 0.0, 0.0]),
        ([-inf, 0.0, 0.0], 2.0_f64.ln(), [0.0, 0.5, 0.5]),
        ([-inf, 7.0, -inf], 7.0, [0.0, 1.0, 0.0]),
    ] {
        assert_near(&[log_sum_exp(&x)], &[value], 1e-15);
        assert_near(&log_sum_exp_grad(&x), &gradient, 1e-15);
        let hessian = log_sum_exp_hessian(&x);
        for i in 0..3 {
            for j in 0..3 {
                let same = if i == j { gradient[i] } else { 0.0 };
                assert!(
                    (hessian[i][j] - (same - gradient[i] * gradient[j])).abs() < 1e-15,
                    "{x:?}: {hessian:?}"
                );
            }
        }
        let narrow = x.map(|number| number as f32);
        if narrow.iter().any(|number| number.is_finite()) && x[0] != 1e308 {
            assert!(
                log_sum_exp_in_f32_grad(&narrow)
                    .iter()
                    .zip(gradient)
                    .all(|(a, b)| (a - b as f32).abs() < 1e-6)
            );
        }
    }
    assert_eq!((log_sum_exp(&[-inf; 3]), log_sum_exp(&[inf, 0.0, -inf])), (-inf, inf));
    assert_eq!(gradgen::math::log_sum_exp::<f64>(&[]), -inf);
    assert!(log_sum_exp(&[f64::NAN, 0.0, inf]).is_nan());
}

#[gradgen(jacobian, vjp)]
fn softmax(x: &[f64; 3]) -> [f64; 3] {
    gradgen::math::softmax(x)
}

#[gradgen(jacobian)]
fn log_softmax(x: &[f64; 3]) -> [f64; 3] {
    gradgen::math::log_softmax(x)
}

#[test]
fn shares_at_any_size() {
    for (x, shares) in [
        ([0.25; 3], [1.0 / 3.0; 3]),
        ([1e300; 3], [1.0 / 3.0; 3]),
        ([-1e300; 3], [1.0 / 3.0; 3]),
        ([750.0, -750.0, 750.0], [0.5, 0.0, 0.5]),
        ([f64::NEG_INFINITY, 1.0, 1.0], [0.0, 0.5, 0.5]),
    ] {
        assert_near(&softmax(&x), &shares, 1e-15);
        let (jacobian, of_logarithm) = (softmax_jf(&x), log_softmax_jf(&x));
        for i in 0..3 {
            for j in 0..3 {
                let same = if i == j { 1.0 } else { 0.0 };
                assert!(
                    (jacobian[i][j] - shares[i] * (same - shares[j])).abs() < 1e-15,
                    "{x:?}: {jacobian:?}"
                );
                assert!((of_logarithm[i][j] - (same - shares[j])).abs() < 1e-15, "{x:?}: {of_logarithm:?}");
            }
        }
    }
    // What is taken out does not take digits with it.
    let y = log_softmax(&[1e10, 1e10 - 2.0, 1e10 - 1000.0]);
    let all = (-2.0_f64).exp().ln_1p();
    assert_near(&y, &[-all, -2.0 - all, -1000.0 - all], 1e-15);
}
