//! Derivatives without the standard library. Where no crate links it, `x.sin()` exists only as a
//! method of a trait, and generated code can't use it.
#![cfg(feature = "alone")]
#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

pub mod mathematics;

use gradgen::gradgen;

/// What the standard library has as methods of `f64`.
trait Float {
    fn sin(self) -> f64;
    fn cos(self) -> f64;
    fn sin_cos(self) -> (f64, f64);
    fn tan(self) -> f64;
    fn asin(self) -> f64;
    fn acos(self) -> f64;
    fn atan(self) -> f64;
    fn atan2(self, other: f64) -> f64;
    fn sinh(self) -> f64;
    fn cosh(self) -> f64;
    fn tanh(self) -> f64;
    fn asinh(self) -> f64;
    fn acosh(self) -> f64;
    fn atanh(self) -> f64;
    fn exp(self) -> f64;
    fn exp2(self) -> f64;
    fn exp_m1(self) -> f64;
    fn ln(self) -> f64;
    fn ln_1p(self) -> f64;
    fn log(self, base: f64) -> f64;
    fn log2(self) -> f64;
    fn log10(self) -> f64;
    fn sqrt(self) -> f64;
    fn cbrt(self) -> f64;
    fn powi(self, power: i32) -> f64;
    fn powf(self, power: f64) -> f64;
    fn hypot(self, other: f64) -> f64;
    fn mul_add(self, a: f64, b: f64) -> f64;
    fn floor(self) -> f64;
    fn ceil(self) -> f64;
    fn round(self) -> f64;
    fn trunc(self) -> f64;
    fn fract(self) -> f64;
}

macro_rules! float {
    ($($name:ident($($argument:ident),*) = $function:ident),*) => {
        impl Float for f64 {
            $(fn $name(self, $($argument: f64),*) -> f64 {
                libm::$function(self, $($argument),*)
            })*

            fn sin_cos(self) -> (f64, f64) {
                (libm::sin(self), libm::cos(self))
            }

            fn log(self, base: f64) -> f64 {
                libm::log(self) / libm::log(base)
            }

            fn powi(self, power: i32) -> f64 {
                libm::pow(self, f64::from(power))
            }

            fn fract(self) -> f64 {
                self - libm::trunc(self)
            }
        }
    };
}

float!(
    sin() = sin,
    cos() = cos,
    tan() = tan,
    asin() = asin,
    acos() = acos,
    atan() = atan,
    atan2(other) = atan2,
    sinh() = sinh,
    cosh() = cosh,
    tanh() = tanh,
    asinh() = asinh,
    acosh() = acosh,
    atanh() = atanh,
    exp() = exp,
    exp2() = exp2,
    exp_m1() = expm1,
    ln() = log,
    ln_1p() = log1p,
    log2() = log2,
    log10() = log10,
    sqrt() = sqrt,
    cbrt() = cbrt,
    powf(power) = pow,
    hypot(other) = hypot,
    mul_add(a, b) = fma,
    floor() = floor,
    ceil() = ceil,
    round() = round,
    trunc() = trunc
);

/// Every elementary function.
#[gradgen(gradient, gradient(*), hessian, hessian(x, w), jvp(*), vjp(*), hvp(*), bundle(f, grad(*)))]
#[must_use]
pub fn elementary(x: f64, w: f64) -> f64 {
    let (sine, cosine) = x.sin_cos();
    let square = x.mul_add(x, 1.0);
    sine * cosine
        + x.sin() * x.cos()
        + x.tan()
        + (x / 8.0).asin()
        + (w / 8.0).acos()
        + x.atan()
        + x.atan2(w)
        + x.sinh()
        + x.cosh() * x.tanh()
        + x.asinh()
        + (w * w + 2.0).acosh()
        + (x / 9.0).atanh()
        + x.exp()
        + x.exp2() * x.exp_m1()
        + square.ln_1p()
        + square.ln()
        + square.log2() * square.log10()
        + square.log(w * w + 2.0)
        + square.sqrt()
        + x.cbrt()
        + square.powi(-2)
        + square.powf(w)
        + x.hypot(w)
        + square.recip()
        + x.abs() * x.signum()
        + x.copysign(w)
        + x.max(w) * x.min(w)
        + x.clamp(-1.0, 1.0)
        + x.floor()
        + x.ceil() * x.round()
        + x.trunc()
        + x.fract() * x
        + x % 0.75
        + x.to_degrees()
        + x.to_radians()
}

/// Loops and branches, in single precision.
#[gradgen(gradient, hessian, hvp)]
#[must_use]
pub fn control(x: &[f32; 3], index: usize) -> f32 {
    let mut total = 0.0;
    for i in 0..3 {
        if x[i] > 0.0 {
            total += x[i] * x[index];
        }
    }
    total
}

/// Every elementary function, of any float.
pub mod generic {
    use gradgen::gradgen;
    use num_traits::{Float, FloatConst};

    /// Every elementary function.
    #[gradgen(gradient, gradient(*), hessian, hessian(x, w), jvp(*), vjp(*), hvp(*), bundle(f, grad(*)))]
    #[must_use]
    pub fn elementary<T: Float + FloatConst>(x: T, w: T) -> T {
        let (sine, cosine) = x.sin_cos();
        let square = x.mul_add(x, T::one());
        let curved =
            sine * cosine + x.tan() + (x / T::PI()).asin() + (w / T::PI()).acos() + x.atan() + x.atan2(w);
        let hyperbolic = x.sinh() + x.cosh() * x.tanh() + x.asinh() + (w * w + T::PI()).acosh() + x.atanh();
        let exponential = x.exp() + x.exp2() * x.exp_m1() + square.ln_1p();
        let logarithmic = square.ln() + square.log2() * square.log10() + square.log(w * w + T::PI());
        let powers =
            square.sqrt() + x.cbrt() + square.powi(-2) + square.powf(w) + x.hypot(w) + square.recip();
        let kinks = x.abs() * x.signum() + x.copysign(w) + x.max(w) * x.min(w) + x.clamp(-T::one(), T::one());
        let steps =
            x.floor() + x.ceil() * x.round() + x.trunc() + x.fract() * x + x.to_degrees() + x.to_radians();
        curved + hyperbolic + exponential + logarithmic + powers + kinks + steps
    }

    /// In one type.
    #[gradgen(gradient)]
    #[must_use]
    pub fn single(x: &[f32; 2]) -> f32 {
        elementary(x[0], x[1])
    }

    /// With a workspace.
    #[gradgen(gradient, hvp)]
    #[must_use]
    pub fn slices<T: Float>(x: &[T]) -> T {
        let mut state = T::one();
        for i in 0..x.len() {
            state = (state * x[i]).tanh() + T::from(i).unwrap_or_else(T::one);
        }
        state
    }
}

/// A function beside a trait with no other method than the one that it uses: what its derivatives
/// need besides has to come from elsewhere.
macro_rules! alone {
    ($($name:ident($($argument:ident),*) = $function:ident;)*) => {
        $(
            /// One elementary function.
            pub mod $name {
                trait Alone {
                    fn $name(self, $($argument: f64),*) -> f64;
                }

                impl Alone for f64 {
                    fn $name(self, $($argument: f64),*) -> f64 {
                        libm::$function(self, $($argument),*)
                    }
                }

                /// The function.
                #[gradgen::gradgen(gradient, hessian, jvp(*), vjp(*), hvp)]
                #[must_use]
                pub fn f(x: f64, $($argument: f64),*) -> f64 {
                    x.$name($($argument),*)
                }
            }
        )*
    };
}

alone! {
    sin() = sin;
    cos() = cos;
    tan() = tan;
    asin() = asin;
    acos() = acos;
    atan2(y) = atan2;
    sinh() = sinh;
    cosh() = cosh;
    acosh() = acosh;
    exp_m1() = expm1;
    exp2() = exp2;
    ln() = log;
    sqrt() = sqrt;
    cbrt() = cbrt;
    powf(y) = pow;
    hypot(y) = hypot;
}
