//! Constants and elementary functions of either scalar type, by name.

use super::Scalar;

macro_rules! constants {
    ($($(#[$doc:meta])* $name:ident $constant:ident;)+) => {
        $($(#[$doc])*
        #[inline]
        #[must_use]
        pub fn $name<T: Scalar>() -> T {
            T::__either(f64::$constant, f32::$constant)
        })+
    };
}

constants! {
    /// The distance from 1 to the next number.
    epsilon EPSILON;
    /// Infinity.
    infinity INFINITY;
    /// Minus infinity.
    neg_infinity NEG_INFINITY;
    /// Not a number.
    nan NAN;
    /// The largest finite number.
    max_value MAX;
    /// The smallest finite number.
    min_value MIN;
    /// The smallest positive number that has all its digits.
    min_positive_value MIN_POSITIVE;
}

/// Makes a function of each line: of the standard library, or of `libm` where that is not there.
macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident($($argument:ident),+) by $apply:ident, $in_f64:ident $in_f32:ident;)+) => {
        $($(#[$doc])*
        #[cfg(any(feature = "std", feature = "libm"))]
        #[inline]
        pub fn $name<T: Scalar>($($argument: T),+) -> T {
            #[cfg(feature = "std")]
            let (in_f64, in_f32) = (f64::$name, f32::$name);
            #[cfg(not(feature = "std"))]
            let (in_f64, in_f32) = (libm::$in_f64, libm::$in_f32);
            T::$apply($($argument,)+ in_f64, in_f32)
        })+
    };
}

/// As above, of functions that `core` has.
macro_rules! core_functions {
    ($($(#[$doc:meta])* $name:ident($($argument:ident),+) by $apply:ident;)+) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name<T: Scalar>($($argument: T),+) -> T {
            T::$apply($($argument,)+ f64::$name, f32::$name)
        })+
    };
}

core_functions! {
    /// The absolute value.
    abs(x) by __unary;
    /// 1 with the sign of `x`.
    signum(x) by __unary;
    /// The first argument with the sign of the second.
    copysign(a, b) by __binary;
    /// Half the sum of two, where that is too large as well.
    midpoint(a, b) by __binary;
    /// The larger of two.
    max(a, b) by __binary;
    /// The smaller of two.
    min(a, b) by __binary;
    /// The reciprocal.
    recip(x) by __unary;
    /// Radians to degrees.
    to_degrees(x) by __unary;
    /// Degrees to radians.
    to_radians(x) by __unary;
}

functions! {
    /// The sine.
    sin(x) by __unary, sin sinf;
    /// The cosine.
    cos(x) by __unary, cos cosf;
    /// The tangent.
    tan(x) by __unary, tan tanf;
    /// The inverse sine.
    asin(x) by __unary, asin asinf;
    /// The inverse cosine.
    acos(x) by __unary, acos acosf;
    /// The inverse tangent.
    atan(x) by __unary, atan atanf;
    /// The angle of the point (b, a).
    atan2(a, b) by __binary, atan2 atan2f;
    /// The hyperbolic sine.
    sinh(x) by __unary, sinh sinhf;
    /// The hyperbolic cosine.
    cosh(x) by __unary, cosh coshf;
    /// The hyperbolic tangent.
    tanh(x) by __unary, tanh tanhf;
    /// The inverse hyperbolic sine.
    asinh(x) by __unary, asinh asinhf;
    /// The inverse hyperbolic cosine.
    acosh(x) by __unary, acosh acoshf;
    /// The inverse hyperbolic tangent.
    atanh(x) by __unary, atanh atanhf;
    /// `e` to the power of `x`.
    exp(x) by __unary, exp expf;
    /// 2 to the power of `x`.
    exp2(x) by __unary, exp2 exp2f;
    /// `e^x - 1`.
    exp_m1(x) by __unary, expm1 expm1f;
    /// The natural logarithm.
    ln(x) by __unary, log logf;
    /// `ln(1 + x)`.
    ln_1p(x) by __unary, log1p log1pf;
    /// The logarithm to base 2.
    log2(x) by __unary, log2 log2f;
    /// The logarithm to base 10.
    log10(x) by __unary, log10 log10f;
    /// The square root.
    sqrt(x) by __unary, sqrt sqrtf;
    /// The cube root.
    cbrt(x) by __unary, cbrt cbrtf;
    /// `x` to the power of `y`.
    powf(x, y) by __binary, pow powf;
    /// The length of the vector (a, b).
    hypot(a, b) by __binary, hypot hypotf;
    /// `a * b + c`, rounded once.
    mul_add(a, b, c) by __ternary, fma fmaf;
    /// The largest integer not above.
    floor(x) by __unary, floor floorf;
    /// The smallest integer not below.
    ceil(x) by __unary, ceil ceilf;
    /// The nearest integer, halves away from 0.
    round(x) by __unary, round roundf;
    /// The nearest integer, halves to the even one.
    round_ties_even(x) by __unary, rint rintf;
    /// The integer part.
    trunc(x) by __unary, trunc truncf;
}

/// Special functions: in `f32` they are those in `f64`, rounded.
macro_rules! special {
    ($($(#[$doc:meta])* $name:ident($($x:ident),+ $(; $n:ident)?) by $apply:ident;)+) => {
        $($(#[$doc])*
        #[inline]
        pub fn $name<T: Scalar>($($x: T),+ $(, $n: i32)?) -> T {
            T::$apply(
                $($x,)+
                |$($x),+| crate::math::$name($($x),+ $(, $n)?),
                |$($x),+| crate::math::$name($(f64::from($x)),+ $(, $n)?) as f32,
            )
        })+
    };
}

special! {
    /// The error function.
    erf(x) by __unary;
    /// `1 - erf(x)`.
    erfc(x) by __unary;
    /// The gamma function.
    gamma(x) by __unary;
    /// The logarithm of the gamma function.
    ln_gamma(x) by __unary;
    /// The derivative of that.
    digamma(x) by __unary;
    /// The n-th derivative of that.
    polygamma(x; n) by __unary;
    /// The logistic function.
    logistic(x) by __unary;
    /// `ln(1 + e^x)`.
    softplus(x) by __unary;
    /// The quantile of the normal distribution.
    normal_quantile(p) by __unary;
    /// The Bessel function of order n.
    bessel_j(x; n) by __unary;
    /// The spherical Bessel function of order n.
    spherical_bessel(x; n) by __unary;
    /// `e^(-x^2 / n)`.
    gaussian(x; n) by __unary;
    /// The probability that a standard normal variable is at most x.
    normal_cdf(x) by __unary;
    /// `ln(p / (1 - p))`.
    logit(x) by __unary;
    /// `|x|^p`.
    abs_pow(x, p) by __binary;
    /// `|x|^p` with the sign of x.
    signed_pow(x, p) by __binary;
    /// The logarithm of the beta function.
    ln_beta(a, b) by __binary;
    /// `polygamma(x, n) - polygamma(x + d, n)`.
    polygamma_difference(x, d; n) by __binary;
}

/// An integer power.
#[cfg(any(feature = "std", feature = "libm"))]
#[inline]
pub fn powi<T: Scalar>(x: T, n: i32) -> T {
    #[cfg(feature = "std")]
    return x.__unary(|x| x.powi(n), |x| x.powi(n));
    #[cfg(not(feature = "std"))]
    return x.__unary(|x| crate::core_math::powi(x, n), |x| crate::core_math::powi(x, n));
}

/// The logarithm to a base.
#[cfg(any(feature = "std", feature = "libm"))]
#[inline]
pub fn log<T: Scalar>(x: T, base: T) -> T {
    #[cfg(feature = "std")]
    return x.__binary(base, f64::log, f32::log);
    #[cfg(not(feature = "std"))]
    return x.__binary(base, crate::core_math::log, crate::core_math::log);
}

/// The fractional part.
#[cfg(any(feature = "std", feature = "libm"))]
#[inline]
pub fn fract<T: Scalar>(x: T) -> T {
    #[cfg(feature = "std")]
    return x.__unary(f64::fract, f32::fract);
    #[cfg(not(feature = "std"))]
    return x.__unary(crate::core_math::fract, crate::core_math::fract);
}
