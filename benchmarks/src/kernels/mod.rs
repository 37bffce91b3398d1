//! What is differentiated: plain functions with loops, as a person writes them for their value alone.
//!
//! Matrices of run-time size are flat and row-major.

#![allow(clippy::needless_range_loop, reason = "loops over indices are what these kernels are about")]
#![allow(clippy::manual_memcpy, reason = "and those over elements, too")]

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
