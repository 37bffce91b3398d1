//! The corpus: small kernels, one idea each, in plain Rust with their requests; an oracle for each;
//! and the checks that all of them pass. To add a kernel: the function under `kernels`, the same
//! formula for any kind of number under `oracles`, and a line in `derivatives.rs`.

#[macro_use]
pub(crate) mod entry;
pub(crate) mod check;
pub(crate) mod forms;
pub(crate) mod kernels;
pub(crate) mod oracles;
pub(crate) mod points;
pub(crate) mod reference;
pub(crate) mod siblings;
pub(crate) mod typed;
