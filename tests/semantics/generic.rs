//! Functions over any float: in `f64` against differences, in `f32` against `f64`, and both to the bit in their
//! values.
#![allow(unused_qualifications, reason = "every way to name a function is tested")]

use std::fmt::Debug;
use std::iter::{Product, Sum};
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Sub};

use gradgen::gradgen;
use num_traits::float::FloatCore;
use num_traits::real::Real;
use num_traits::{ConstOne, ConstZero, Float, FloatConst, FromPrimitive, Num, NumAssign, One, Signed};

/// One test for each function, of its values and derivatives in both types.
macro_rules! in_both_types {
    ($($name:ident),* $(,)?) => {
        crate::against_differences!($($name),*);

        #[cfg(test)]
        mod in_f32 {
            $(
                #[test]
                fn $name() {
                    for x in &crate::POINTS {
                        let near = x.map(|x| x as f32);
                        let at = near.map(f64::from);
                        let mut value = 0.0_f32;
                        pastey::paste! {
                            super::[<$name _into>](&near, &mut value, &mut []).expect("nothing is refused");
                            let expected = super::$name::<f32>(&near);
                            assert!(value.to_bits() == expected.to_bits() || value.is_nan() && expected.is_nan());
                            assert_eq!(super::[<$name _f_grad>](&near).0.to_bits(), value.to_bits());
                            crate::generic::assert_near(&super::[<$name _grad>](&near), &super::[<$name _grad>](&at));
                            for (row, expected) in
                                super::[<$name _hessian>](&near).iter().zip(&super::[<$name _hessian>](&at))
                            {
                                crate::generic::assert_near(row, expected);
                            }
                            let (along, along_at) = ([0.5, -1.0, 0.25_f32], [0.5, -1.0, 0.25]);
                            crate::generic::assert_near(
                                &super::[<$name _hvp>](&near, &along),
                                &super::[<$name _hvp>](&at, &along_at),
                            );
                        }
                    }
                }
            )*
        }
    };
}

pub(crate) use in_both_types;

#[track_caller]
pub(crate) fn assert_near(got: &[f32; 3], expected: &[f64; 3]) {
    let scale = expected.iter().fold(1.0, |scale: f64, x| scale.max(x.abs()));
    for (got, expected) in got.iter().zip(expected) {
        assert!((f64::from(*got) - expected).abs() <= 2e-4 * scale, "{got} is not {expected}");
    }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn plain<T: Float>(x: &[T; 3]) -> T {
    let two = T::from(2.0).unwrap();
    let a = T::one() - x[0];
    let b = x[1] - x[0] * x[0];
    a * a + T::from(100).unwrap() * b * b / two + (two * x[2]).sin().exp() + x[0].powi(3) + two.powf(x[1])
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn numbers<T>(x: &[T; 3]) -> T
where
    T: Float + FromPrimitive + FloatConst + Debug + 'static,
{
    const SLOPE: f64 = 0.3;
    const STEPS: usize = 7;
    let tenth = T::from_f64(0.1).unwrap();
    let third = T::from(1.0 / 3.0).expect("a number");
    let count = T::from_usize(STEPS).unwrap() + T::from_i32(-2).unwrap() + T::from_u8(3).unwrap();
    let single = T::from_f32(0.1).unwrap() - T::from(0.1_f32).unwrap_or(T::zero());
    let constants = T::PI() + T::E() * T::FRAC_1_SQRT_2() - T::LN_2() + T::TAU() * T::SQRT_2()
        - T::FRAC_PI_8()
        + T::LOG10_2() * T::LOG2_10();
    // What is folded has to be so in both types.
    let folded =
        tenth * T::from(3.0).unwrap() + T::from(1.5).unwrap() * T::from(0.25).unwrap() / T::from(3).unwrap();
    x[0] * folded / T::from(0.7).unwrap()
        + tenth * x[0] * x[0]
        + third * x[1].sin() * count
        + T::from(SLOPE * 2.0).unwrap() * x[2] * x[1]
        + single * x[0]
        + (constants * x[2]).cos()
        + T::from(std::f64::consts::LN_10).unwrap() * x[0]
        + num_traits::NumCast::from(STEPS).unwrap()
        + T::from(16_777_217).unwrap() * T::from(1e-7).unwrap()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn loops<T: Float + AddAssign + MulAssign>(x: &[T; 3]) -> T {
    let mut state = *x;
    let mut sum = T::zero();
    for i in 0..9 {
        let weight = T::one() / T::from(i + 1).unwrap();
        state[0] += weight * state[1].sin();
        state[1] *= T::from(0.9).unwrap();
        state[2] = state[2] * weight + state[0] * T::from(i as f64).unwrap();
        sum += state[0] * state[2];
    }
    sum
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn branches<T: Float + Signed>(x: &[T; 3]) -> T {
    let size = Float::abs(x[0]);
    let mut y = if x[1] > T::zero() { x[1] * size } else { -x[1] * x[2] };
    if x[2].is_negative() && !x[0].is_zero() {
        y = y * x[2] + T::one();
    }
    if Float::is_sign_negative(x[0]) || x[0].is_infinite() {
        y = y + x[0] * x[0];
    }
    if x[1].is_finite() && !Float::is_nan(x[1]) && x[2].is_positive() && !x[2].is_one() {
        y = y * x[1];
    }
    y
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn by_path<T: Float + Signed + FloatConst>(x: &[T; 3]) -> T {
    let a = T::sin(x[0]) + Float::cos(x[1]) + <T as Float>::tan(x[2] * num_traits::one());
    let b = num_traits::Float::exp(x[0] * T::max_value().recip()) + Float::max(x[0], x[1]);
    let c =
        num_traits::clamp(x[0], -T::one(), <T as One>::one()) + num_traits::abs(x[2]) * <T>::sqrt(T::PI());
    let d = Add::add(a, b) * Mul::mul(c, num_traits::cast(2.0).unwrap()) - Neg::neg(x[1]).add(x[0].mul(x[2]));
    d + num_traits::clamp_min(x[1], T::epsilon()) * num_traits::clamp_max(x[2], Float::min_positive_value())
        + num_traits::zero::<T>()
        + T::from(Float::sin(x[0]).sub(x[1])).unwrap()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn other_names<T: Float>(x: &[T; 3]) -> T {
    let (sine, cosine) = x[0].sin_cos();
    let a = x[0].recip()
        + x[1].mul_add(x[2], x[0])
        + x[0].to_radians()
        + x[1].to_degrees() / T::from(90).unwrap();
    let b = (x[0] / T::from(3).unwrap()).exp_m1() + (x[1] * x[1]).ln_1p() + x[2].neg() + x[1].signum() * x[1];
    let c = x[0].hypot(x[1]) + x[1].atan2(x[2]) + x[2].abs().log(T::from(3).unwrap()) + x[0].copysign(x[1]);
    let d = x[0].tanh()
        + x[1].asinh()
        + x[2].cbrt()
        + x[0].floor() * x[1]
        + x[2].fract()
        + x[1].trunc()
        + x[2].ceil();
    let e = x[2].min(x[0]).max(x[1]) * x[0].clamp(-T::one(), T::one())
        + x[1].abs().log2()
        + x[1].exp2()
        + x[0].round();
    sine * cosine + a * b + c * d + e
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn real<T: Real + NumAssign>(x: &[T; 3]) -> T {
    let mut y = x[0].sqrt().max(T::min_value());
    y = x[1].sin() * x[0].powi(2);
    y += x[2].sinh() * T::from(0.25).unwrap();
    y *= x[1].cosh();
    y
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn core<T: FloatCore>(x: &[T; 3]) -> T {
    let half = T::from(0.5).unwrap();
    (x[0].abs() + x[1].max(x[2]) * half).powi(3) / (x[0] * x[0] + T::one()) + x[2].recip()
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn arithmetic<T>(x: &[T; 3]) -> T
where
    T: Num + Copy + PartialOrd + Neg<Output = T> + Send + Sync,
{
    let two = T::one() + T::one();
    let y = x[0] * x[1] / (two + x[2] * x[2]) - -x[1] * x[1];
    if y < T::zero() { two * y } else { y % two }
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn operators<T: Copy + Add<Output = T> + Sub<Output = T> + Mul<Output = T> + Default>(x: &[T; 3]) -> T {
    T::default() + x[0] * x[1] - x[2] * x[2] * x[0]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn from_f32<T: Copy + From<f32> + Add<Output = T> + Mul<Output = T>>(x: &[T; 3]) -> T {
    let tenth: T = 0.1.into();
    T::from(2.5) * x[0] * x[0] + tenth * x[1] * x[2] + T::from(-0.3f32) * x[1] * x[1]
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn calls<T: Float>(x: &[T; 3]) -> T {
    let a = norm(&[x[0], x[1]], T::from(0.3).unwrap());
    let b = norm::<T, 3>(x, x[1]);
    let mut c = x[0];
    for _ in 0..8 {
        c = T::from(0.5).unwrap() * c + logistic(c) * b;
    }
    a * b + c
}

#[gradgen]
fn norm<T: Float, const N: usize>(x: &[T; N], soft: T) -> T {
    let mut sum = soft * soft;
    for i in 0..N {
        sum = sum + x[i] * x[i];
    }
    sum.sqrt()
}

#[gradgen(gradient)]
fn logistic<T: Float>(x: T) -> T {
    T::one() / (T::one() + (-x).exp())
}

/// Iterators, closures and functions as values.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn iterators<T: Float + Sum + Product + AddAssign>(x: &[T; 3]) -> T {
    let n = T::from(x.len()).unwrap();
    let mean = x.iter().copied().sum::<T>() / n;
    let spread = x.iter().fold(T::zero(), |s, &v| s + (v - mean).powi(2));
    let large = x.iter().cloned().fold(T::neg_infinity(), T::max);
    let small = x.iter().copied().fold(T::infinity(), Float::min);
    let scale = |v: T| v * T::from(0.5).unwrap();
    let product: T = x.iter().map(|v| scale(*v) + T::one()).product();
    let sines: T = x.iter().map(|&v| v).map(Float::sin).sum();
    let mut sum = T::from(1).unwrap();
    for (i, v) in x.iter().enumerate() {
        sum += *v * T::from(i).unwrap();
    }
    (spread + T::one()).sqrt() * sum + large * small + product * sines
}

/// Functions inside of the body with types of their own.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn inner<T: Float + FloatConst + ConstZero + ConstOne>(x: &[T; 3]) -> T {
    fn soft<U: Float + FloatConst>(x: U, width: U) -> U {
        (x * x + width * U::from(0.1).unwrap()).sqrt() + <U as FloatConst>::PI() * U::epsilon()
    }
    fn weighed<U>(x: &[U; 3]) -> U
    where
        U: Num + Copy,
    {
        x[0] * x[1] + x[2] * x[2] * (U::one() + U::one())
    }
    let start = T::ZERO;
    soft(x[0], T::one()) * soft(x[1], T::ONE) + weighed(x) + start
}

/// Numbers that are in `f64` until they are converted.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn foreign<T: Float>(x: &[T; 3]) -> T {
    const SCALE: f64 = 1.7;
    const STEPS: usize = 3;
    fn lit<F: Float>(number: f64) -> F {
        F::from(number).unwrap()
    }
    let half = 0.5;
    let third: f64 = 1.0 / 3.0;
    let n = x.len() as f64;
    let weights = [0.1, half * 0.3, (2.0 * third).sqrt()];
    let mut sum = T::zero();
    for i in 0..x.len() {
        sum = sum + x[i] * x[i] * T::from(weights[i]).unwrap();
    }
    for i in 0..8 {
        let step = if i == 0 { 0.7 } else { -0.2 };
        sum = sum * lit(0.9) + x[i % 3] * T::from(STEPS).unwrap() * T::from(step).unwrap();
    }
    let y = sum * T::from(half * SCALE).unwrap() + T::from(third).unwrap() * x[0].sin() / T::from(n).unwrap();
    y * T::from(-half).unwrap() + T::from(0.1_f32 as f64).unwrap() * x[1] * x[2] * lit::<T>(3.0_f64.sqrt())
}

/// Options of conversions, `match`, and leaving early.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn options<T: Float + FromPrimitive>(x: &[T; 3]) -> T {
    let two = T::from(2.0);
    let third = T::from_f64(0.3).map(|third| third * x[1]);
    if x[0] < T::zero() && x[2] < T::zero() {
        return x[0] * x[2] * two.unwrap();
    }
    let size = match x.len() {
        0 => T::zero(),
        3 => T::from(0.7).unwrap_or_else(T::one) * x[0],
        _ => x[1],
    };
    let Some(four) = T::from(4) else { return T::zero() };
    let y = if let Some(third) = third { third * third } else { T::zero() };
    let mut sum = y * four + size.sin();
    for v in x {
        if *v > T::one() {
            continue;
        }
        sum = sum + v.powi(2) * num_traits::cast(0.1).unwrap();
    }
    sum
}

in_both_types!(
    foreign,
    options,
    iterators,
    inner,
    plain,
    numbers,
    loops,
    branches,
    by_path,
    other_names,
    real,
    core,
    arithmetic,
    operators,
    from_f32,
    calls,
);

/// Generic functions called by others, which compute in one type.
mod callers {
    use super::*;

    #[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
    fn in_f64(x: &[f64; 3]) -> f64 {
        let y = logistic(x[0]) * norm(&[x[1], x[2]], 0.5);
        y * y + logistic::<f64>(x[1] * x[2]) + norm::<f64, 3>(x, y)
    }

    crate::against_differences!(in_f64);

    #[gradgen(gradient(x))]
    fn in_f32(x: &[f32; 2], soft: f32) -> f32 {
        logistic(x[0]) + norm(x, soft) + logistic(0.5)
    }

    #[test]
    fn a_function_of_f32_calls_a_generic_one() {
        let x = [0.3_f32, -1.2];
        let length = (0.09_f64 + 1.44 + 0.25).sqrt();
        let e = (-0.3_f64).exp();
        let expected = [e / (1.0 + e) / (1.0 + e) + 0.3 / length, -1.2 / length];
        for (got, expected) in in_f32_grad_x(&x, 0.5).iter().zip(expected) {
            assert!((f64::from(*got) - expected).abs() < 1e-6, "{got} is not {expected}");
        }
    }
}

/// Tapes of loops in the value form, and their size.
#[gradgen(gradient, hvp, jacobian, vjp)]
fn iterate<T: Float, const N: usize>(x: &[T; N], rounds: usize) -> T {
    let mut y = x[0];
    for _ in 0..12 {
        y = (y * x[N - 1]).sin() + x[0] / T::from(rounds).unwrap();
    }
    y
}

#[test]
fn const_generics_beside_the_type() {
    let x = [0.4, 1.3];
    let gradient = iterate_grad(&x, 3);
    for place in 0..2 {
        let slope = crate::difference(|step| {
            let mut moved = x;
            moved[place] += step;
            iterate(&moved, 3)
        });
        crate::assert_close(gradient[place], slope);
        let slope = crate::difference(|step| iterate_grad(&[x[0] + step, x[1]], 3)[place]);
        crate::assert_close(iterate_hvp(&x, 3, &[1.0, 0.0])[place], slope);
    }
    assert_eq!(iterate_jf(&x, 3), gradient);
    assert_eq!(iterate_vjp(&x, 3, 2.0), gradient.map(|slope| 2.0 * slope));
    let single = iterate_grad::<f32, 2>(&[0.4, 1.3], 3);
    assert!((f64::from(single[1]) - gradient[1]).abs() < 1e-5);
    // No turbofish is needed where only the type would stand in it.
    assert_eq!(plain_grad_workspace(), 0);
    assert!(iterate_grad_workspace::<2>(3) > 0);
}

/// Several outputs, `&mut` parameters, and the scalar by value.
#[gradgen(jacobian, jvp(*), vjp(*), outputs(cost, sides))]
fn outputs<T: Float>(x: &[T; 2], scale: T) -> (T, [T; 2]) {
    (x[0] * x[1] * scale, [x[0] * x[0], scale.sin()])
}

#[gradgen(vjp(*), jacobian(x))]
fn step<T: Float>(x: &mut [T; 2], h: T) {
    let slope = x[1];
    x[1] = x[1] - h * x[0].sin();
    x[0] = x[0] + h * slope;
}

#[test]
fn several_outputs_and_places() {
    let ((cost, sides), _) = (outputs_jf_x(&[2.0_f32, 3.0], 0.5), ());
    assert_eq!((cost, sides), ([1.5, 1.0], [[4.0, 0.0], [0.0, 0.0]]));
    assert_eq!(outputs_jvp(&[2.0, 3.0], 0.5, &[1.0, 0.0], 0.0), (1.5, [4.0, 0.0]));
    let mut after = [0.0_f32; 2];
    step_into(&[0.5, 1.0], 0.25, &mut after, &mut []).expect("lengths fit");
    let mut expected = [0.5, 1.0];
    step(&mut expected, 0.25);
    assert_eq!(after, expected);
    assert_eq!(step_jf_x(&[0.0, 1.0], 0.5), [[1.0, 0.5], [-0.5, 1.0]]);
}

/// What can be refused.
#[gradgen(gradient(x))]
fn interpolate<T: Float>(x: T, table: &[T; 4]) -> T {
    let place = x.floor().to_usize().unwrap();
    let part = x - T::from(place).unwrap();
    table[place] * (T::one() - part) + table[place + 1] * part
}

#[test]
fn an_index_from_a_float() {
    let table = [0.0, 1.0, 4.0, 9.0];
    assert_eq!(interpolate_grad_x(1.25, &table), Ok(3.0));
    assert_eq!(interpolate_grad_x(2.5_f32, &[0.0, 1.0, 4.0, 9.0]), Ok(5.0));
    assert!(interpolate_grad_x(3.5, &table).is_err());
}

#[test]
fn tables_are_those_of_the_type() {
    use gradgen::{Differentiable, Dtype};
    let (double, single) = (<plain<f64> as Differentiable>::INFO, <plain<f32> as Differentiable>::INFO);
    assert_eq!((double.dtype(), single.dtype()), (Dtype::F64, Dtype::F32));
    assert_eq!(double.inputs[0].dtype, Dtype::F64);
    assert_eq!(single.siblings[0].outputs[0].dtype, Dtype::F32);
    assert_ne!(double.signature_hash, single.signature_hash);
    let x = [0.5_f32, 0.25, -1.5];
    let mut gradient = [0.0_f32; 3];
    single.siblings[0]
        .call_f32(&[gradgen::Value::F32(&x)], &mut [&mut gradient], &mut [])
        .expect("the call is right");
    assert_eq!(gradient, plain_grad(&x));
    let mut gradient = [0.0; 3];
    let of_f32 = [gradgen::Value::F32(&x)];
    assert!(double.siblings[0].call_f64(&of_f32, &mut [&mut gradient], &mut []).is_err());
    let length = <iterate<f32, 5> as Differentiable>::INFO.inputs[0].shape;
    assert_eq!(length, [gradgen::Dim::Fixed(5)]);
}

/// The constants that have names are, rounded to `f32`, those of `f32`.
#[test]
fn constants_are_those_of_both_types() {
    macro_rules! compare {
        ($($name:ident)+) => {
            $(assert_eq!(std::f64::consts::$name as f32, <f32 as FloatConst>::$name());
            assert_eq!(std::f64::consts::$name, <f64 as FloatConst>::$name());)+
        };
    }
    compare!(E FRAC_1_PI FRAC_1_SQRT_2 FRAC_2_PI FRAC_2_SQRT_PI FRAC_PI_2 FRAC_PI_3 FRAC_PI_4 FRAC_PI_6 FRAC_PI_8
        LN_10 LN_2 LOG10_2 LOG10_E LOG2_10 LOG2_E PI SQRT_2 TAU);
}
