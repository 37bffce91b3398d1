/// The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0 to x.
///
/// Derivative: `2/sqrt(pi) e^(-x^2)`.
#[gradgen]
pub fn erf<T: Scalar>(x: T) -> T {
    scalar::erf(x)
}

/// `1 - erf(x)`, accurate where that is small.
///
/// Derivative: `-2/sqrt(pi) e^(-x^2)`.
#[gradgen]
pub fn erfc<T: Scalar>(x: T) -> T {
    scalar::erfc(x)
}

/// The gamma function, for all reals but 0, -1, -2 and so on.
///
/// Derivative: `gamma(x) digamma(x)`.
#[gradgen]
pub fn gamma<T: Scalar>(x: T) -> T {
    scalar::gamma(x)
}

/// The logarithm of the absolute value of the gamma function.
///
/// Derivative: `digamma(x)`.
#[gradgen]
pub fn ln_gamma<T: Scalar>(x: T) -> T {
    scalar::ln_gamma(x)
}

/// The derivative of [`ln_gamma`](fn@ln_gamma).
///
/// Derivative: `trigamma(x)`.
#[gradgen]
pub fn digamma<T: Scalar>(x: T) -> T {
    scalar::digamma(x)
}

/// The derivative of [`digamma`](fn@digamma).
#[gradgen]
pub fn trigamma<T: Scalar>(x: T) -> T {
    scalar::polygamma(x, 1)
}

/// The beta function `gamma(a) gamma(b) / gamma(a + b)`, for positive a and b.
#[gradgen]
pub fn beta<T: Scalar>(a: T, b: T) -> T {
    scalar::exp(scalar::ln_beta(a, b))
}

/// The logarithm of [`beta`](fn@beta), for positive a and b.
///
/// Derivatives: `digamma(a) - digamma(a + b)`, `digamma(b) - digamma(a + b)`.
#[gradgen]
pub fn ln_beta<T: Scalar>(a: T, b: T) -> T {
    scalar::ln_beta(a, b)
}

/// The logistic function `1 / (1 + e^-x)`, which never overflows.
///
/// Derivative: `logistic(x) logistic(-x)`.
#[gradgen]
pub fn logistic<T: Scalar>(x: T) -> T {
    scalar::logistic(x)
}

/// The logarithm of [`logistic`](fn@logistic), accurate for any x.
///
/// Derivative: `logistic(-x)`.
#[gradgen]
pub fn log_logistic<T: Scalar>(x: T) -> T {
    -scalar::softplus(-x)
}

/// `ln(1 + e^x)`, which never overflows.
///
/// Derivative: `logistic(x)`.
#[gradgen]
pub fn softplus<T: Scalar>(x: T) -> T {
    scalar::softplus(x)
}

/// The inverse of [`logistic`](fn@logistic): `ln(p / (1 - p))`, for `0 < p < 1`.
#[gradgen]
pub fn logit<T: Scalar>(p: T) -> T {
    scalar::logit(p)
}

/// `sin(x) / x`, and 1 at 0. It is smooth there, and its derivatives are accurate there too.
#[gradgen]
pub fn sinc<T: Scalar>(x: T) -> T {
    scalar::spherical_bessel(x, 0)
}

/// The density of the standard normal distribution.
#[gradgen]
pub fn normal_pdf<T: Scalar>(x: T) -> T {
    scalar::gaussian(x, 2) * scalar::number(0.398_942_280_401_432_7)
}

/// The probability that a standard normal variable is at most x; accurate in both tails.
///
/// Derivative: the density.
#[gradgen]
pub fn normal_cdf<T: Scalar>(x: T) -> T {
    scalar::normal_cdf(x)
}

/// The inverse of [`normal_cdf`](fn@normal_cdf), for `0 < p < 1`; infinite at 0 and 1.
///
/// Derivative: `1 / density(normal_quantile(p))`.
#[gradgen]
pub fn normal_quantile<T: Scalar>(p: T) -> T {
    scalar::normal_quantile(p)
}

/// The Bessel function of the first kind of order 0.
///
/// Derivative: `-J1(x)`.
#[gradgen]
pub fn bessel_j0<T: Scalar>(x: T) -> T {
    scalar::bessel_j(x, 0)
}

/// The Bessel function of the first kind of order 1.
///
/// Derivative: `(J0(x) - J2(x)) / 2`.
#[gradgen]
pub fn bessel_j1<T: Scalar>(x: T) -> T {
    scalar::bessel_j(x, 1)
}

/// `a + (b - a) t`: a at `t = 0`, and b at 1 but for rounding.
#[gradgen]
pub fn lerp<T: Scalar>(a: T, b: T, t: T) -> T {
    a + (b - a) * t
}

/// 0 up to a, 1 from b on, and `3t^2 - 2t^3` between, where t goes from 0 to 1. Second derivatives jump at a
/// and b.
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
