//! Functions that are common where derivatives are: special functions, functions of vectors, distances to sets.
//!
//! All have derivatives of first and second order, at `f64` and `f32`, with and without `std`. They are called
//! as any function with `#[gradgen]`, under any import. By its full path, `gradgen::math::erf(x)`, or through a
//! `use` in a [`#[gradgen::module]`](macro@crate::module), a function is run in the place of its call instead,
//! and shares what it computes with what is around it; the results are the same.
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
