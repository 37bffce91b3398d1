//! Derivatives of the kernels in reverse mode, as well as they can be written by hand.
//!
//! Three rules make them comparable: values have the bits of the kernel's, so that its sums are not
//! reordered; loops go through what the kernel's go through, one iteration at a time, and are not blocked
//! for the sake of a processor's registers; and nothing is allocated, the caller brings the scratch.
#![allow(clippy::needless_range_loop, reason = "several arrays are indexed alike")]

pub mod bundle_adjustment;
pub mod cholesky;
pub mod control;
pub mod control_second;
pub mod diffusion;
pub mod gram_schmidt;
pub mod k_means;
pub mod lattice;
pub mod least_squares;
pub mod log_sum_exp;
pub mod logistic;
pub mod lstm;
pub mod matrix_chain;
pub mod mixture;
pub mod pendulums;
pub mod predators;
pub mod rosenbrock;
pub mod triangular;
pub mod van_der_pol;

/// The inner product, from the left.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// `y += factor * x`.
fn add_scaled(y: &mut [f64], factor: f64, x: &[f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}
