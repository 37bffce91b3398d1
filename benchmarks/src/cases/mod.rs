//! The contests: who computes what, at which sizes.

mod bundle_adjustment;
mod cholesky;
mod control;
mod diffusion;
mod gram_schmidt;
mod k_means;
mod lattice;
mod least_squares;
mod log_sum_exp;
mod logistic;
mod lstm;
mod matrix_chain;
mod mixture;
mod pendulums;
mod predators;
mod rosenbrock;
mod triangular;
mod van_der_pol;

use crate::harness::Bench;

/// Runs the contests of a kernel.
pub type Case = fn(&mut Bench);

/// All kernels, by name.
pub const CASES: [(&str, Case); 18] = [
    ("pendulums", pendulums::run),
    ("predators", predators::run),
    ("lattice", lattice::run),
    ("van_der_pol", van_der_pol::run),
    ("control", control::run),
    ("mixture", mixture::run),
    ("lstm", lstm::run),
    ("bundle_adjustment", bundle_adjustment::run),
    ("k_means", k_means::run),
    ("least_squares", least_squares::run),
    ("log_sum_exp", log_sum_exp::run),
    ("logistic", logistic::run),
    ("gram_schmidt", gram_schmidt::run),
    ("matrix_chain", matrix_chain::run),
    ("rosenbrock", rosenbrock::run),
    ("triangular", triangular::run),
    ("cholesky", cholesky::run),
    ("diffusion", diffusion::run),
];
