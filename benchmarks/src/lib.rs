//! Kernels with loops, and what their derivatives are measured against.
//!
//! `cargo xtask bench` runs the measurements.

#![forbid(unsafe_code)]

pub mod dual;
pub mod hand;
pub mod inputs;
pub mod kernels;
