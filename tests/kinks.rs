//! Where a function has no derivative, the derivative is still defined: one test per row of the
//! table of kinks. A branch that is not taken never reaches the result, not even as NaN.

use gradgen::gradgen;

/// The value; then the gradient by all first-order siblings, which must agree; then the Hessian
/// along the direction (1, 1, …), which must be finite and equal to the sum of the Hessian's rows.
macro_rules! gradient {
    ($f:ident, $x:expr) => {{
        let x = $x;
        pastey::paste! {
            let gradient = [<$f _grad>](&x);
            let (value, together, hessian, hvp) = [<$f _f_grad_hessian_hvp>](&x, &x.map(|_| 1.0));
            assert!(value == $f(&x) || value.is_nan() && $f(&x).is_nan());
            assert_eq!(together, gradient, "bundle");
            assert_eq!([<$f _vjp>](&x, 1.0), gradient, "vjp");
            for i in 0..x.len() {
                let mut unit = x.map(|_| 0.0);
                unit[i] = 1.0;
                let along = [<$f _jvp>](&x, &unit);
                assert_eq!(along, gradient[i], "jvp along {i}");
                assert_eq!(hvp[i], hessian[i].iter().sum::<f64>(), "hvp {i}");
            }
        }
        gradient
    }};
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn absolute(x: &[f64; 2]) -> f64 {
    x[0].abs() * 3.0 + x[1].abs() * x[1]
}

#[test]
fn abs_at_zero_is_0() {
    assert_eq!(gradient!(absolute, [0.0, 0.0]), [0.0, 0.0]);
    assert_eq!(gradient!(absolute, [-0.0, -0.0]), [0.0, 0.0]);
    assert_eq!(gradient!(absolute, [-1e-300, 2.0]), [-3.0, 4.0]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn larger(x: &[f64; 2]) -> f64 {
    x[0].max(x[1])
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn smaller(x: &[f64; 2]) -> f64 {
    f64::min(x[0], x[1])
}

#[test]
fn max_and_min_at_a_tie_take_the_first() {
    for tie in [[2.0, 2.0], [0.0, 0.0], [0.0, -0.0], [-0.0, 0.0]] {
        assert_eq!(gradient!(larger, tie), [1.0, 0.0]);
        assert_eq!(gradient!(smaller, tie), [1.0, 0.0]);
    }
}

#[test]
fn max_and_min_ignore_nan() {
    assert_eq!(gradient!(larger, [f64::NAN, 1.0]), [0.0, 1.0]);
    assert_eq!(gradient!(larger, [1.0, f64::NAN]), [1.0, 0.0]);
    assert_eq!(gradient!(smaller, [f64::NAN, 1.0]), [0.0, 1.0]);
    assert_eq!(gradient!(smaller, [1.0, f64::NAN]), [1.0, 0.0]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn clamped(x: &[f64; 3]) -> f64 {
    x[0].clamp(x[1], x[2])
}

#[test]
fn clamp_at_a_bound_takes_the_value() {
    assert_eq!(gradient!(clamped, [1.0, 1.0, 2.0]), [1.0, 0.0, 0.0]);
    assert_eq!(gradient!(clamped, [2.0, 1.0, 2.0]), [1.0, 0.0, 0.0]);
    assert_eq!(gradient!(clamped, [0.5, 1.0, 2.0]), [0.0, 1.0, 0.0]);
    assert_eq!(gradient!(clamped, [2.5, 1.0, 2.0]), [0.0, 0.0, 1.0]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn jumps(x: &[f64; 5]) -> f64 {
    x[0].floor() + x[1].ceil() + x[2].round() + x[3].trunc() + x[4].signum()
}

#[test]
fn floor_ceil_round_trunc_signum_at_their_jumps_are_0() {
    assert_eq!(gradient!(jumps, [1.0, 2.0, 0.5, -1.0, 0.0]), [0.0; 5]);
    assert_eq!(gradient!(jumps, [-1.0, -2.0, -1.5, 0.0, -0.0]), [0.0; 5]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn fractions(x: &[f64; 2]) -> f64 {
    x[0].fract() + x[1] % 0.5
}

#[test]
fn fract_and_remainder_at_their_jumps_are_1() {
    assert_eq!(gradient!(fractions, [2.0, 1.5]), [1.0, 1.0]);
    assert_eq!(gradient!(fractions, [-2.0, 0.0]), [1.0, 1.0]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn signed(x: &[f64; 2]) -> f64 {
    x[0].copysign(x[1])
}

#[test]
fn copysign_of_zero_is_0() {
    assert_eq!(gradient!(signed, [0.0, 1.0]), [0.0, 0.0]);
    assert_eq!(gradient!(signed, [-0.0, -1.0]), [0.0, 0.0]);
    assert_eq!(gradient!(signed, [2.0, -0.0]), [-1.0, 0.0]);
    assert_eq!(gradient!(signed, [-2.0, 0.0]), [-1.0, 0.0]);
}

#[gradgen(gradient, jvp(*), vjp(*))]
fn root(x: f64) -> f64 {
    x.sqrt()
}

#[gradgen(gradient, jvp(*), vjp(*))]
fn logarithm(x: f64) -> f64 {
    x.ln()
}

#[test]
fn sqrt_and_ln_at_zero_are_what_ieee_gives() {
    assert_eq!(
        (root_grad(0.0), root_jvp(0.0, 1.0), root_vjp(0.0, 1.0)),
        (f64::INFINITY, f64::INFINITY, f64::INFINITY)
    );
    assert_eq!((logarithm_grad(0.0), logarithm_jvp(0.0, 1.0)), (f64::INFINITY, f64::INFINITY));
    assert_eq!(logarithm_vjp(0.0, 1.0), f64::INFINITY);
    assert!(root_grad(-1.0).is_nan());
}

#[gradgen(gradient, gradient(*), hessian(x), hessian(x, y), jvp(*), vjp(*))]
fn power(x: f64, y: f64) -> f64 {
    x.powf(y)
}

#[test]
fn powf_of_zero_by_its_exponent_is_0() {
    for y in [0.5, 1.0, 2.0, 3.5] {
        assert_eq!(power_grad_y(0.0, y), 0.0);
    }
    for y in [1.0, 2.0, 3.5] {
        assert_eq!(power_jvp(0.0, y, 0.0, 1.0), 0.0);
    }
    assert_eq!(power_grad(0.0, 2.0), (0.0, 0.0));
    assert_eq!(power_grad(0.0, 1.0), (1.0, 0.0));
    assert_eq!(power_vjp(0.0, 3.0, 1.0), (0.0, 0.0));
    assert_eq!(power_hessian_x(0.0, 2.0), 2.0);
    assert_eq!(power_hessian_x(0.0, 3.0), 0.0);
    assert_eq!(power_grad_x(3.0, 0.0), 0.0);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn real_power(x: &[f64; 2]) -> f64 {
    x[0].powf(2.0) + x[1].powf(1.0)
}

#[test]
fn a_constant_real_exponent_does_not_ask_for_a_logarithm() {
    assert_eq!(gradient!(real_power, [-2.0, -3.0]), [-4.0, 1.0]);
    assert_eq!(gradient!(real_power, [0.0, 0.0]), [0.0, 1.0]);
    assert_eq!(real_power_f_grad_hessian_hvp(&[0.0, 0.0], &[1.0, 1.0]).2, [[2.0, 0.0], [0.0, 0.0]]);
}

#[gradgen(gradient, hessian, hvp, jvp, vjp)]
fn integer_power(x: f64, n: i32) -> f64 {
    x.powi(n)
}

#[gradgen(gradient, hessian, jvp, vjp)]
fn literal_powers(x: f64) -> f64 {
    x.powi(0) + x.powi(1) + x.powi(2) + x.powi(3)
}

#[test]
fn powi_of_zero_has_no_negative_powers() {
    for (n, first, second) in [(0, 0.0, 0.0), (1, 1.0, 0.0), (2, 0.0, 2.0), (3, 0.0, 0.0)] {
        assert_eq!(integer_power_grad(0.0, n), first, "{n}");
        assert_eq!(integer_power_jvp(0.0, n, 1.0), first, "{n}");
        assert_eq!(integer_power_vjp(0.0, n, 1.0), first, "{n}");
        assert_eq!(integer_power_hessian(0.0, n), second, "{n}");
        assert_eq!(integer_power_hvp(0.0, n, 1.0), second, "{n}");
    }
    assert_eq!((literal_powers_grad(0.0), literal_powers_hessian(0.0)), (1.0, 2.0));
    assert_eq!((literal_powers_jvp(0.0, 1.0), literal_powers_vjp(0.0, 1.0)), (1.0, 1.0));
}

/// What is not taken divides by zero, or leaves a function's domain.
#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn guarded(x: &[f64; 3]) -> f64 {
    let quotient = if x[0] == 0.0 { 0.0 } else { x[1].sin() / x[0] };
    let root = if x[1] > 0.0 { x[1].sqrt() } else { 0.0 };
    let mut logarithm = 0.0;
    if x[2] > 0.0 {
        logarithm = x[2].ln() * x[0];
    }
    quotient + root + logarithm + x[0]
}

#[test]
fn the_branch_that_is_not_taken_does_not_reach_the_result() {
    assert_eq!(gradient!(guarded, [0.0, 0.0, 0.0]), [1.0, 0.0, 0.0]);
    assert_eq!(gradient!(guarded, [0.0, -4.0, -1.0]), [1.0, 0.0, 0.0]);
    assert_eq!(gradient!(guarded, [0.0, 4.0, 1.0]), [1.0, 0.25, 0.0]);
}

#[gradgen(gradient, jvp, vjp, bundle(f, grad(x), hessian(x), hvp(x)))]
fn branched(x: &[f64; 2]) -> f64 {
    if x[0] > x[1] {
        2.0 * x[0]
    } else if x[0] >= x[1] {
        3.0 * x[1]
    } else {
        5.0 * x[0]
    }
}

#[test]
fn at_a_tie_the_derivative_is_that_of_the_branch_taken() {
    assert_eq!(gradient!(branched, [1.0, 1.0]), [0.0, 3.0]);
    assert_eq!(gradient!(branched, [2.0, 1.0]), [2.0, 0.0]);
    assert_eq!(gradient!(branched, [1.0, 2.0]), [5.0, 0.0]);
}

/// Terms that look as if they could be simplified; in floating point they can't.
#[allow(clippy::eq_op, reason = "`a - a` is NaN for an infinite `a`")]
#[gradgen(jacobian, bundle(f, jf(x)))]
fn not_simplified(x: &[f64; 3]) -> [f64; 12] {
    let [a, b, c] = *x;
    [
        a + 0.0,
        0.0 * a,
        a - a,
        (a * a).sqrt(),
        (a * a).ln(),
        a / 3.0,
        a + b + c,
        a + (b + c),
        a * b * c,
        a * (b * c),
        a / a,
        -(a - b),
    ]
}

#[test]
fn values_are_those_of_the_source_to_the_last_bit() {
    let bits = |y: [f64; 12]| y.map(|y| if y.is_nan() { u64::MAX } else { y.to_bits() });
    let values =
        [0.0, -0.0, 1.0, -1.0 / 3.0, 0.1, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 1e-310, 1.7e308];
    for a in values {
        for b in values {
            let x = [a, b, 0.7];
            let mut y = [f64::NAN; 12];
            let mut work = vec![f64::NAN; not_simplified_workspace()];
            not_simplified_into(&x, &mut y, &mut work).unwrap();
            assert_eq!(bits(y), bits(not_simplified(&x)), "{x:?}");
            assert_eq!(bits(not_simplified_f_jf(&x).0), bits(not_simplified(&x)), "{x:?}");
        }
    }
}
