/// The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0 to x (DLMF 7.2.1).
///
/// * Domain: all reals; -1 and 1 at infinity.
/// * Derivative: `2/sqrt(pi) e^(-x^2)` (7.10.1).
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::erf;
///
/// #[gradgen(gradient)]
/// fn f(x: f64) -> f64 {
///     erf(x)
/// }
///
/// assert!((f(0.5) - 0.520_499_877_813_046_5).abs() < 1e-15);
/// assert!((f_grad(0.5) - 0.878_782_578_935_444_8).abs() < 1e-15);
/// ```
#[gradgen]
pub fn erf<T: Scalar>(x: T) -> T {
    scalar::erf(x)
}

/// `1 - erf(x)`, with all digits where that is small (DLMF 7.2.2).
///
/// * Domain: all reals; 2 and 0 at infinity.
/// * Accuracy: below the smallest normal number, from x = 26.5 on, as many digits as the number has; 0 from 27.3 on.
/// * Derivative: `-2/sqrt(pi) e^(-x^2)`.
///
/// ```
/// use gradgen::math::{erf, erfc};
///
/// assert!((erfc(10.0_f64) - 2.088_487_583_762_545e-45).abs() < 1e-59);
/// assert_eq!(1.0 - erf(10.0), 0.0);
/// ```
#[gradgen]
pub fn erfc<T: Scalar>(x: T) -> T {
    scalar::erfc(x)
}

/// The gamma function (DLMF 5.2.1); `gamma(n + 1)` is the factorial of n.
///
/// * Domain: all reals but 0, -1, -2 and so on. NaN there, but at 0 infinite with the sign of the 0.
/// * Range: infinite from 171.7 on; 0 far to the left.
/// * Derivative: `gamma(x) digamma(x)` (5.2.2), at 0 minus infinity.
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::{digamma, gamma};
///
/// #[gradgen(gradient)]
/// fn f(x: f64) -> f64 {
///     gamma(x)
/// }
///
/// assert_eq!(f(6.0), 120.0);
/// assert!((f_grad(6.0) - 120.0 * digamma(6.0)).abs() < 1e-12);
/// ```
#[gradgen]
pub fn gamma<T: Scalar>(x: T) -> T {
    scalar::gamma(x)
}

/// The logarithm of the absolute value of the [gamma function](fn@gamma).
///
/// * Domain: all reals but 0, -1, -2 and so on, where it is infinite.
/// * Derivative: `digamma(x)` (DLMF 5.2.2): at 0 minus infinity, at -0 infinity, NaN at the other poles.
///
/// ```
/// use gradgen::math::ln_gamma;
///
/// // The number of ways to order 1000 things has 2568 digits.
/// assert_eq!((ln_gamma(1001.0) / 10.0_f64.ln()).ceil(), 2568.0);
/// ```
#[gradgen]
pub fn ln_gamma<T: Scalar>(x: T) -> T {
    scalar::ln_gamma(x)
}

/// The derivative of [`ln_gamma`](fn@ln_gamma) (DLMF 5.2.2): by its series (5.11.2) after going up (5.5.2), left of 0
/// by reflection (5.5.4).
///
/// * Domain: all reals but 0, -1, -2 and so on. At 0 minus infinity, at -0 infinity, NaN at the others, where it has
///   another sign on either side.
/// * Accuracy: near its zeros, as 1.4616…, an absolute error of 2e-15.
/// * Derivative: `trigamma(x)`.
///
/// ```
/// use gradgen::math::digamma;
///
/// // Minus Euler's constant.
/// assert!((digamma(1.0_f64) + 0.577_215_664_901_532_9).abs() < 1e-15);
/// ```
#[gradgen]
pub fn digamma<T: Scalar>(x: T) -> T {
    scalar::digamma(x)
}

/// The derivative of [`digamma`](fn@digamma) (DLMF 5.15.1), computed as that is (5.15.5, 5.15.6, 5.15.8).
///
/// * Domain: all reals but 0, -1, -2 and so on, where it is infinite.
/// * Derivative: `polygamma(x, 2)`; at 0 and -0 with the sign on that side, NaN at the other poles.
///
/// ```
/// use std::f64::consts::PI;
///
/// use gradgen::math::trigamma;
///
/// assert!((trigamma(1.0) - PI * PI / 6.0).abs() < 1e-15);
/// ```
#[gradgen]
pub fn trigamma<T: Scalar>(x: T) -> T {
    scalar::polygamma(x, 1)
}

/// The beta function `gamma(a) gamma(b) / gamma(a + b)` (DLMF 5.12.1).
///
/// * Domain: positive a and b. Infinite where one is 0, 0 where one is infinite, NaN outside.
/// * Accuracy: the exponential of [`ln_beta`](fn@ln_beta): a relative error of `1e-15 |ln beta|` in value and
///   derivatives, the second ones relative to the largest of them.
/// * Derivatives: `beta (digamma(a) - digamma(a + b))`, `beta (digamma(b) - digamma(a + b))`; NaN where one argument is 0
///   or infinite.
///
/// ```
/// use gradgen::math::beta;
///
/// assert!((beta(3.0_f64, 2.0) - 1.0 / 12.0).abs() < 1e-16);
/// ```
#[gradgen]
pub fn beta<T: Scalar>(a: T, b: T) -> T {
    scalar::exp(scalar::ln_beta(a, b))
}

/// The logarithm of [`beta`](fn@beta). It keeps its digits where one argument is large and the other is not, where the
/// logarithms of gamma functions cancel: terms of their series are subtracted one by one.
///
/// * Domain: positive a and b. Infinite where one is 0, minus infinity where one is infinite, NaN outside.
/// * Accuracy: near its zeros, as (1, 1), an absolute error of 2e-14.
/// * Derivatives: `digamma(a) - digamma(a + b)`, `digamma(b) - digamma(a + b)`.
///
/// ```
/// use gradgen::math::{ln_beta, ln_gamma};
///
/// let b = 1e15;
/// assert!((ln_beta(0.5, b) - 0.5 * (std::f64::consts::PI / b).ln()).abs() < 1e-14);
/// // Of the difference of logarithms no digit is left.
/// assert!((ln_gamma(0.5) + ln_gamma(b) - ln_gamma(0.5 + b) - ln_beta(0.5, b)).abs() > 0.1);
/// ```
#[gradgen]
pub fn ln_beta<T: Scalar>(a: T, b: T) -> T {
    scalar::ln_beta(a, b)
}

/// The logistic function `1 / (1 + e^-x)`, which never overflows.
///
/// * Domain: all reals; 0 and 1 at infinity.
/// * Accuracy: of the second derivative near 0, where it is 0, an absolute error of 2e-15.
/// * Derivative: `logistic(x) logistic(-x)`.
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::logistic;
///
/// #[gradgen(gradient)]
/// fn f(x: f64) -> f64 {
///     logistic(x)
/// }
///
/// assert_eq!((f(0.0), f_grad(0.0)), (0.5, 0.25));
/// assert_eq!(f_grad(700.0), f_grad(-700.0));
/// ```
#[gradgen]
pub fn logistic<T: Scalar>(x: T) -> T {
    scalar::logistic(x)
}

/// The logarithm of [`logistic`](fn@logistic), with all digits on both sides: `-softplus(-x)`.
///
/// * Domain: all reals; minus infinity and 0 at infinity.
/// * Derivative: `logistic(-x)`.
///
/// ```
/// use gradgen::math::log_logistic;
///
/// assert_eq!(log_logistic(-750.0), -750.0);
/// assert_eq!(log_logistic(50.0), -(-50.0_f64).exp());
/// ```
#[gradgen]
pub fn log_logistic<T: Scalar>(x: T) -> T {
    -scalar::softplus(-x)
}

/// `ln(1 + e^x)`, which never overflows: x and a little where x is large.
///
/// * Domain: all reals; 0 and infinity at infinity.
/// * Derivative: `logistic(x)`.
///
/// ```
/// use gradgen::math::softplus;
///
/// assert_eq!(softplus(0.0), 2.0_f64.ln());
/// assert_eq!(softplus(750.0), 750.0);
/// ```
#[gradgen]
pub fn softplus<T: Scalar>(x: T) -> T {
    scalar::softplus(x)
}

/// The inverse of [`logistic`](fn@logistic): `ln(p / (1 - p))`, also near 1/2, where the logarithms of both cancel.
///
/// * Domain: `0 < p < 1`; minus infinity at 0, infinity at 1, NaN outside.
/// * Accuracy: of the second derivative near 1/2, where it is 0, an absolute error of 2e-14.
/// * Derivative: `1 / (p (1 - p))`, infinite at 0 and 1.
///
/// ```
/// use gradgen::math::{logistic, logit};
///
/// assert!((logit(logistic(1e-9_f64)) - 1e-9).abs() < 1e-15);
/// assert_eq!(logit(0.0), f64::NEG_INFINITY);
/// ```
#[gradgen]
pub fn logit<T: Scalar>(p: T) -> T {
    scalar::logit(p)
}

/// `sin(x) / x`, and 1 at 0: the spherical Bessel function of order 0 (DLMF 10.49.3), with pi x for x the `sinc` of
/// signal processing. By its series (10.53.1) near 0, so that it is smooth there, and its derivatives are accurate.
///
/// * Domain: all reals; 0 at infinity.
/// * Derivative: `-j1(x)`, the spherical Bessel function of order 1 (10.51.2); 0 at 0.
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::sinc;
///
/// #[gradgen(hessian)]
/// fn f(x: f64) -> f64 {
///     sinc(x)
/// }
///
/// assert_eq!((f(0.0), f_hessian(0.0)), (1.0, -1.0 / 3.0));
/// ```
#[gradgen]
pub fn sinc<T: Scalar>(x: T) -> T {
    scalar::spherical_bessel(x, 0)
}

/// The density of the standard normal distribution, `e^(-x^2 / 2) / sqrt(2 pi)` (Abramowitz & Stegun 26.2.1). What the
/// square loses by rounding is put back: in the tails it would be as many units of the result as `x^2 / 2`.
///
/// * Domain: all reals; 0 at infinity.
/// * Derivative: `-x normal_pdf(x)`.
///
/// ```
/// use gradgen::math::normal_pdf;
///
/// assert!((normal_pdf(37.3_f64) / 3.062_846_290_695_667e-303 - 1.0).abs() < 1e-14);
/// ```
#[gradgen]
pub fn normal_pdf<T: Scalar>(x: T) -> T {
    scalar::gaussian(x, 2) * scalar::number(0.398_942_280_401_432_7)
}

/// The probability that a standard normal variable is at most x, `erfc(-x / sqrt(2)) / 2` (Abramowitz & Stegun 26.2.29),
/// with all digits in both tails.
///
/// * Domain: all reals; 0 and 1 at infinity.
/// * Derivative: `normal_pdf(x)`.
///
/// ```
/// use gradgen::math::normal_cdf;
///
/// assert_eq!(normal_cdf(0.0), 0.5);
/// assert!((normal_cdf(-37.3_f64) / 8.205_494_844_930_773e-305 - 1.0).abs() < 1e-14);
/// ```
#[gradgen]
pub fn normal_cdf<T: Scalar>(x: T) -> T {
    scalar::normal_cdf(x)
}

/// The inverse of [`normal_cdf`](fn@normal_cdf): a first guess (Abramowitz & Stegun 26.2.23) and steps of Halley's method.
///
/// * Domain: `0 < p < 1`; minus infinity at 0, infinity at 1, NaN outside.
/// * Accuracy: of the derivatives in the tails a relative error of `y^2` units in the last place, with y the result, of at
///   most 4e-13 and 8e-13.
/// * Derivative: `1 / normal_pdf(normal_quantile(p))`, infinite at 0 and 1.
///
/// ```
/// use gradgen::math::normal_quantile;
///
/// assert!((normal_quantile(0.975_f64) - 1.959_963_984_540_054).abs() < 1e-15);
/// ```
#[gradgen]
pub fn normal_quantile<T: Scalar>(p: T) -> T {
    scalar::normal_quantile(p)
}

/// The Bessel function of the first kind of order 0 (DLMF 10.2.2).
///
/// * Domain: all reals; 0 at infinity.
/// * Accuracy: near its zeros an absolute error of 1e-16.
/// * Derivative: `-J1(x)` (10.6.3).
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::{bessel_j0, bessel_j1};
///
/// #[gradgen(gradient)]
/// fn f(x: f64) -> f64 {
///     bessel_j0(x)
/// }
///
/// assert!((f(1.0) - 0.765_197_686_557_966_6).abs() < 1e-15);
/// assert_eq!(f_grad(1.0), -bessel_j1(1.0));
/// ```
#[gradgen]
pub fn bessel_j0<T: Scalar>(x: T) -> T {
    scalar::bessel_j(x, 0)
}

/// The Bessel function of the first kind of order 1 (DLMF 10.2.2).
///
/// * Domain: all reals; 0 at infinity.
/// * Accuracy: near its zeros an absolute error of 1e-16.
/// * Derivative: `(J0(x) - J2(x)) / 2` (10.6.1).
///
/// ```
/// use gradgen::math::bessel_j1;
///
/// assert!((bessel_j1(1.0_f64) - 0.440_050_585_744_933_5).abs() < 1e-15);
/// ```
#[gradgen]
pub fn bessel_j1<T: Scalar>(x: T) -> T {
    scalar::bessel_j(x, 1)
}

/// `a + (b - a) t`: a at `t = 0`, and b at 1 but for rounding.
///
/// * Domain: all finite numbers; t may be outside of 0 and 1.
/// * Derivatives: `1 - t`, `t`, `b - a`.
///
/// ```
/// use gradgen::math::lerp;
///
/// assert_eq!(lerp(2.0, 4.0, 0.25), 2.5);
/// ```
#[gradgen]
pub fn lerp<T: Scalar>(a: T, b: T, t: T) -> T {
    a + (b - a) * t
}

/// 0 up to a, 1 from b on, and `3t^2 - 2t^3` between, where t goes from 0 to 1; for `b < a` from 1 down to 0.
///
/// * Domain: all reals but `a = b = x`, where it is NaN.
/// * Derivative by x: `6 t (1 - t) / (b - a)`, and 0 outside. The second one jumps at a and b, where it is 0.
///
/// ```
/// use gradgen::gradgen;
/// use gradgen::math::smoothstep;
///
/// #[gradgen(gradient(x))]
/// fn f(x: f64) -> f64 {
///     smoothstep(1.0, 3.0, x)
/// }
///
/// assert_eq!([f(0.0), f(2.0), f(4.0)], [0.0, 0.5, 1.0]);
/// assert_eq!([f_grad(1.0), f_grad(2.0), f_grad(3.0)], [0.0, 0.75, 0.0]);
/// ```
#[gradgen]
pub fn smoothstep<T: Scalar>(a: T, b: T, x: T) -> T {
    let t = (x - a) / (b - a);
    if t <= scalar::zero() {
        scalar::zero()
    } else if t >= scalar::one() {
        scalar::one()
    } else {
        t * t * (t * scalar::number(-2.0) + scalar::number(3.0))
    }
}
