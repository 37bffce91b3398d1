//! Kernels with loops, and what their derivatives are measured against.
//!
//! `cargo xtask bench` runs the measurements. Every opponent computes the same numbers, which is checked
//! before anything is timed.

#![forbid(unsafe_code)]

pub mod cases;
pub mod dual;
pub mod hand;
pub mod harness;
pub mod inputs;
pub mod kernels;
