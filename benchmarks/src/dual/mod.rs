//! The kernels over any number, for num-dual: an opponent, and what the others are checked with.
//!
//! Inputs that are differentiated by stand in one slice, one after the other.
#![allow(clippy::needless_range_loop, reason = "several arrays are indexed alike")]

mod number;
mod sweep;

pub mod bundle_adjustment;
pub mod cholesky;
pub mod control;
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

pub use number::Number;
pub use sweep::{duals, gradient, hessian_times, hyper_duals, jacobian, vjp};
