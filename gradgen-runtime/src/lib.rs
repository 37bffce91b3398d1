//! What generated code needs at run time, and nothing else: [`Error`], the metadata tables
//! ([`FunctionInfo`] and its parts), the uniform call ([`Call`], [`Value`]), and the few traits
//! through which a chain rule crosses from one function into another.
//!
//! The crate is `no_std`, does not allocate and has no dependency but `libm`.
//! Users reach it through the crate `gradgen`.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "std")]
extern crate std;

mod call;
pub mod chain;
#[doc(hidden)]
pub mod check;
#[cfg(feature = "libm")]
#[doc(hidden)]
pub mod core_math;
#[doc(hidden)]
pub mod elements;
mod error;
mod flat;
#[doc(hidden)]
pub mod math;
#[doc(hidden)]
pub mod memory;
mod metadata;
mod parameter;
#[doc(hidden)]
pub mod scalar;
mod stop;
mod structure;

pub use call::{Call, Value};
#[doc(hidden)]
pub use call::{Entry, place, places};
pub use check::{Mismatch, Place};
pub use error::Error;
pub use flat::Flat;
pub use metadata::{ArgInfo, Default, Differentiable, Dim, Dtype, FunctionInfo, Role};
pub use parameter::Parameter;
#[doc(hidden)]
pub use parameter::{read_parameter, variant, write_parameter};
pub use scalar::Scalar;
pub use stop::stop_gradient;
pub use structure::Structure;
#[doc(hidden)]
pub use structure::{flatten, room, structure};

#[cfg(feature = "libm")]
#[doc(hidden)]
pub use libm;
