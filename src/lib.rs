//! Derivatives of plain Rust functions, written by a macro when the function is compiled.
//!
//! [`#[gradgen(...)]`](macro@gradgen) stands on a function of floats and arrays. It reads the
//! function, leaves it as it is, and puts functions beside it that compute the derivatives asked
//! for. What it does not understand is an error at the place where it stands: there is no input
//! for which a derivative is silently wrong because a part of the function was skipped.
//!
//! ```
//! use gradgen::gradgen;
//!
//! /// Squared distance of a point to a circle of radius `r`.
//! #[gradgen(gradient)]
//! fn distance(p: &[f64; 2], r: f64) -> f64 {
//!     let d = p[0].hypot(p[1]) - r;
//!     d * d
//! }
//!
//! // ∂/∂p = 2 d p / |p|, ∂/∂r = -2 d, and d = 3 here.
//! let [x, y] = distance_grad_p(&[3.0, 4.0], 2.0);
//! assert!((x - 3.6).abs() < 1e-14 && (y - 4.8).abs() < 1e-14);
//! assert_eq!(distance_grad_r(&[3.0, 4.0], 2.0), -6.0);
//! ```
//!
//! When this is the right tool: the function can be written in the Rust described
//! [below](#what-is-understood), its derivatives are needed exactly and often, or on a target without
//! an allocator, or from Python. When it is not: the function is only known at run time, or calls code
//! that has no derivative and cannot be given one.
#![doc = include_str!("../docs/guide/requests.md")]
#![doc = include_str!("../docs/guide/options.md")]
#![doc = include_str!("../docs/guide/own_derivatives.md")]
#![doc = include_str!("../docs/guide/forms.md")]
#![doc = include_str!("../docs/guide/loops.md")]
#![doc = include_str!("../docs/guide/leaving_early.md")]
#![doc = include_str!("../docs/guide/iterators_and_closures.md")]
#![doc = include_str!("../docs/guide/structs_and_methods.md")]
#![doc = include_str!("../docs/guide/modules.md")]
#![doc = include_str!("../docs/guide/mathematics.md")]
#![doc = include_str!("../docs/guide/any_float.md")]
#![doc = include_str!("../docs/guide/calls.md")]
#![doc = include_str!("../docs/guide/table.md")]
#![doc = include_str!("../docs/guide/understood.md")]
#![doc = include_str!("../docs/guide/floating_point.md")]
#![doc = include_str!("../docs/guide/no_std.md")]
#![no_std]
#![forbid(unsafe_code)]

pub use gradgen_macros::{Gradgen, gradgen, module};
pub use gradgen_runtime::{
    ArgInfo, Default, Differentiable, Dim, Dtype, Error, FunctionInfo, Mismatch, Parameter, Place, Role,
    Scalar, Structure, stop_gradient,
};
#[doc(hidden)]
pub use gradgen_runtime::{
    Call, Entry, Flat, Value, chain, check, elements, flatten, memory, place, places, read_parameter, room,
    scalar, structure, variant, write_parameter,
};
#[cfg(feature = "libm")]
#[doc(hidden)]
pub use gradgen_runtime::{core_math, libm};

#[cfg(any(feature = "std", feature = "libm"))]
pub mod math;

#[cfg(doc)]
#[doc = include_str!("../docs/functions.md")]
pub mod functions {}

/// The README's example runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
