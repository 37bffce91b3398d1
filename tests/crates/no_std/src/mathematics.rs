//! The functions of `gradgen::math`, without the standard library.

use gradgen::gradgen;

/// Functions of one and two numbers, run where they are called.
#[gradgen(gradient, gradient(*), hessian, hessian(x, w), jvp(*), vjp(*), hvp(*), bundle(f, grad(*)))]
#[must_use]
pub fn special(x: f64, w: f64) -> f64 {
    let errors = gradgen::math::erf(x) * gradgen::math::erfc(w);
    let gammas = gradgen::math::gamma(w)
        + gradgen::math::ln_gamma(x)
        + gradgen::math::digamma(w) * gradgen::math::trigamma(x);
    let betas = gradgen::math::beta(x, w) + gradgen::math::ln_beta(x, 2.0);
    let logistics = gradgen::math::logistic(x) + gradgen::math::log_logistic(x) * gradgen::math::softplus(w);
    let p = gradgen::math::logistic(w);
    let inverses = gradgen::math::logit(p) + gradgen::math::normal_quantile(p);
    let normal = gradgen::math::normal_pdf(x) * gradgen::math::normal_cdf(w);
    let waves = gradgen::math::sinc(x) + gradgen::math::bessel_j0(w) * gradgen::math::bessel_j1(x);
    errors + gammas + betas + logistics + inverses + normal + waves + gradgen::math::smoothstep(0.0, 2.0, x)
        - gradgen::math::lerp(x, w, 0.25)
}

/// Functions of slices.
#[gradgen(gradient, gradient(*), hvp, jvp(*))]
#[must_use]
pub fn vectors(x: &[f64], w: &[f64]) -> f64 {
    let sums =
        gradgen::math::sum(x) * gradgen::math::mean(w) + gradgen::math::dot(x, w) + gradgen::math::product(w);
    let norms = gradgen::math::norm1(x)
        + gradgen::math::norm2(x)
        + gradgen::math::norm2_squared(w)
        + gradgen::math::norm_inf(w);
    sums + norms * gradgen::math::norm_p(x, 3.0)
        + gradgen::math::max(x) * gradgen::math::min(w)
        + gradgen::math::log_sum_exp(x)
}

/// Functions of arrays, and distances to sets.
#[gradgen(gradient, hessian, hvp)]
#[must_use]
pub fn sets(x: &[f64; 3]) -> f64 {
    let shares: [f64; 3] = gradgen::math::softmax(x);
    let z: [f64; 3] = gradgen::math::log_softmax(x);
    let a = [shares, z, [1.0, 0.0, 2.0]];
    let c: [f64; 3] = gradgen::math::cross(&shares, &z);
    let image: [f64; 3] = gradgen::math::mat_vec(&a, &c);
    let forms = gradgen::math::quad_form(x, &a) + gradgen::math::bilinear_form(&image, &a, x);
    let round = gradgen::math::half_squared_distance_to_ball(x, 0.5)
        + gradgen::math::half_squared_distance_to_second_order_cone(&x[..2], x[2]);
    let flat = gradgen::math::half_squared_distance_to_infinity_ball(x, 0.5)
        + gradgen::math::half_squared_distance_to_box(x, &[0.0; 3], &shares)
        + gradgen::math::half_squared_distance_to_halfspace(x, &shares, 0.25);
    forms + round + flat + gradgen::math::half_squared_distance_to_simplex(x)
}

/// Imported in a module that is read as a whole.
#[gradgen::module]
pub mod imported {
    use gradgen::gradgen;
    use gradgen::math::{self, erf, normal_cdf};

    /// Functions of two numbers.
    #[gradgen(gradient, hessian, hvp(*))]
    #[must_use]
    pub fn special(x: f32, w: f32) -> f32 {
        erf(x) * normal_cdf(w) + math::ln_beta(x, w)
    }
}
