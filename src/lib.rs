//! Exact derivatives of plain Rust functions, compiled beside them.
#![no_std]
#![forbid(unsafe_code)]

pub use gradgen_macros::gradgen;
pub use gradgen_runtime::{ArgInfo, Default, Differentiable, Dim, Dtype, Error, FunctionInfo, Role};
#[doc(hidden)]
pub use gradgen_runtime::{Call, Flat, Value, chain, place};
#[cfg(feature = "libm")]
#[doc(hidden)]
pub use gradgen_runtime::{core_math, libm};
