//! Derivatives by hand against dual numbers and differences; values against the kernels.

mod check;
mod integrators;
mod matrices;
mod models;
