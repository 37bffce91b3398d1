//! Functions that are common where derivatives are: special functions, functions of vectors, distances to sets.
//!
//! All have derivatives of first and second order, at `f64` and `f32`, with and without `std`. They are called
//! as any function with `#[gradgen]`, under any import. By its full path, `gradgen::math::erf(x)`, or through a
//! `use` in a [`#[gradgen::module]`](macro@crate::module), a function is run in the place of its call instead,
//! and shares what it computes with what is around it; the results are the same.
//!
//! # A set of your own
//!
//! The gradient of half the squared distance to a convex set is `x - P(x)`, whatever the projection `P` is computed
//! by. So a function of yours that projects is enough, with [`custom(...)`](crate#derivatives-of-your-own); for second
//! derivatives also what is taken away from a direction, `v - P'(x) v`:
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// By how much all absolute values are reduced until their sum is 1.
//! fn threshold(x: &[f64; 3]) -> f64 {
//!     let mut sorted = x.map(f64::abs);
//!     sorted.sort_by(|a, b| b.total_cmp(a));
//!     let (mut sum, mut threshold) = (0.0, 0.0_f64);
//!     for (i, v) in sorted.into_iter().enumerate() {
//!         sum += v;
//!         threshold = threshold.max((sum - 1.0) / (i + 1) as f64);
//!     }
//!     threshold
//! }
//!
//! /// The nearest point whose absolute values add up to 1 at most.
//! fn project(x: &[f64; 3]) -> [f64; 3] {
//!     let threshold = threshold(x);
//!     x.map(|v| (v.abs() - threshold).max(0.0).copysign(v))
//! }
//!
//! #[gradgen(gradient, hvp, custom(gradient = away, hvp = curvature))]
//! fn half_squared_distance(x: &[f64; 3]) -> f64 {
//!     0.5 * away(x).iter().map(|v| v * v).sum::<f64>()
//! }
//!
//! fn away(x: &[f64; 3]) -> [f64; 3] {
//!     let nearest = project(x);
//!     std::array::from_fn(|i| x[i] - nearest[i])
//! }
//!
//! fn curvature(x: &[f64; 3], v: &[f64; 3]) -> [f64; 3] {
//!     let threshold = threshold(x);
//!     if threshold <= 0.0 {
//!         return [0.0; 3];
//!     }
//!     let kept = (0..3).filter(|&i| x[i].abs() > threshold);
//!     let along: f64 = kept.clone().map(|i| v[i] * x[i].signum()).sum();
//!     let shift = along / kept.count() as f64;
//!     std::array::from_fn(|i| if x[i].abs() > threshold { shift * x[i].signum() } else { v[i] })
//! }
//!
//! // In a test: what is given is compared with differences.
//! half_squared_distance_check(&[2.0, -1.5, 0.1])?;
//!
//! /// A penalty in a cost.
//! #[gradgen(gradient, hessian)]
//! fn cost(x: &[f64; 3]) -> f64 {
//!     x[0] * x[1] + 10.0 * half_squared_distance(x)
//! }
//!
//! assert_eq!(cost_grad(&[2.0, -1.0, 0.5]), [9.0, -8.0, 5.0]);
//! # Ok::<(), gradgen::Mismatch>(())
//! ```
//!
//! Where the projection is itself a function that `#[gradgen]` reads, as [`projection_to_simplex`] is, half the squared
//! length of `x - P(x)` has all derivatives as it stands.
//!
//! # Accuracy
//!
//! Values, first and second derivatives of functions of one and two numbers have a relative error below 2e-14 in
//! `f64`, compared with [mpmath] at 60 digits over the whole range of their arguments, or what stands with the
//! function. In `f32` they are computed in `f64` and rounded; their derivatives have a relative error below 1e-6.
//! What is a sum has the rounding errors of one. At the ends of a domain, at infinity too, stand the limits of value
//! and derivatives; outside is NaN, and what is NaN yields NaN. Where a function has a kink, its derivative is
//! said with the function.
//!
//! DLMF is the NIST *Digital Library of Mathematical Functions*.
//!
//! [mpmath]: https://mpmath.org
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// Expected improvement below `best` of a normal variable.
//! #[gradgen(gradient)]
//! pub fn improvement(mean: f64, deviation: f64, best: f64) -> f64 {
//!     let z = (best - mean) / deviation;
//!     deviation * (z * gradgen::math::normal_cdf(z) + gradgen::math::normal_pdf(z))
//! }
//!
//! let by_mean = improvement_grad_mean(1.0, 0.5, 1.2);
//! assert!((by_mean + gradgen::math::normal_cdf(0.4)).abs() < 1e-15);
//! ```

use crate::Scalar;
use crate::scalar;

gradgen_macros::library!();
