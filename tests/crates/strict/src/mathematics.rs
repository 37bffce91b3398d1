//! The functions of `gradgen::math`, where gradgen has another name and no other crate is known.

use derivatives::gradgen;

/// Functions of one and two numbers, run where they are called.
#[gradgen(gradient, gradient(*), hessian, hessian(x, w), jvp(*), vjp(*), hvp(*), bundle(f, grad(*)), crate = derivatives)]
#[must_use]
pub fn special(x: f64, w: f64) -> f64 {
    let errors = derivatives::math::erf(x) * derivatives::math::erfc(w);
    let gammas = derivatives::math::gamma(w)
        + derivatives::math::ln_gamma(x)
        + derivatives::math::digamma(w) * derivatives::math::trigamma(x);
    let betas = derivatives::math::beta(x, w) + derivatives::math::ln_beta(x, 2.0);
    let logistics =
        derivatives::math::logistic(x) + derivatives::math::log_logistic(x) * derivatives::math::softplus(w);
    let p = derivatives::math::logistic(w);
    let inverses = derivatives::math::logit(p) + derivatives::math::normal_quantile(p);
    let normal = derivatives::math::normal_pdf(x) * derivatives::math::normal_cdf(w);
    let waves =
        derivatives::math::sinc(x) + derivatives::math::bessel_j0(w) * derivatives::math::bessel_j1(x);
    errors
        + gammas
        + betas
        + logistics
        + inverses
        + normal
        + waves
        + derivatives::math::smoothstep(0.0, 2.0, x)
        - derivatives::math::lerp(x, w, 0.25)
}

/// Functions of slices.
#[gradgen(gradient, gradient(*), hvp, jvp(*), crate = derivatives)]
#[must_use]
pub fn vectors(x: &[f64], w: &[f64]) -> f64 {
    let sums = derivatives::math::sum(x) * derivatives::math::mean(w)
        + derivatives::math::dot(x, w)
        + derivatives::math::product(w);
    let norms = derivatives::math::norm1(x)
        + derivatives::math::norm2(x)
        + derivatives::math::norm2_squared(w)
        + derivatives::math::norm_inf(w);
    sums + norms * derivatives::math::norm_p(x, 3.0)
        + derivatives::math::max(x) * derivatives::math::min(w)
        + derivatives::math::log_sum_exp(x)
}

/// Functions of arrays, and distances to sets.
#[gradgen(gradient, hessian, hvp, crate = derivatives)]
#[must_use]
pub fn sets(x: &[f64; 3]) -> f64 {
    let shares: [f64; 3] = derivatives::math::softmax(x);
    let z: [f64; 3] = derivatives::math::log_softmax(x);
    let a = [shares, z, [1.0, 0.0, 2.0]];
    let c: [f64; 3] = derivatives::math::cross(&shares, &z);
    let image: [f64; 3] = derivatives::math::mat_vec(&a, &c);
    let forms = derivatives::math::quad_form(x, &a) + derivatives::math::bilinear_form(&image, &a, x);
    let round = derivatives::math::half_squared_distance_to_ball(x, 0.5)
        + derivatives::math::half_squared_distance_to_second_order_cone(&x[..2], x[2]);
    let flat = derivatives::math::half_squared_distance_to_infinity_ball(x, 0.5)
        + derivatives::math::half_squared_distance_to_box(x, &[0.0; 3], &shares)
        + derivatives::math::half_squared_distance_to_halfspace(x, &shares, 0.25);
    forms + round + flat + derivatives::math::half_squared_distance_to_simplex(x)
}

/// Imported in a module that is read as a whole.
#[derivatives::module(crate = derivatives)]
pub mod imported {
    use derivatives::gradgen;
    use derivatives::math::{self, erf, normal_cdf};

    /// Functions of two numbers.
    #[gradgen(gradient, hessian, hvp(*), crate = derivatives)]
    #[must_use]
    pub fn special(x: f32, w: f32) -> f32 {
        erf(x) * normal_cdf(w) + math::ln_beta(x, w)
    }
}
