//! Functions whose loops stay loops, against num-dual to second order.
//!
//! The kernels are those of the benchmarks, at small sizes. What `check` calls, it calls through the table,
//! with workspaces that fit to the scalar.
#![allow(unreachable_pub, reason = "kernels are written as in a library")]
#![allow(clippy::needless_range_loop, reason = "loops over indices are what is tested")]

mod check;
mod checkpoint;
mod conditions;
mod control;
mod lengths;
mod linear;
mod oracle;
mod sibling;
mod simulations;
mod statistics;
