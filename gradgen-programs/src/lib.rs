//! Random programs for testing, and what they compute.
//!
//! A [`Program`] is a small tree that prints as Rust ([`mod@print`]) and that [`evaluate`] runs in any
//! number system: in `f64` exactly as rustc would, and in dual numbers for its derivatives
//! ([`derivatives`]). None of it shares code with the compiler that is tested with it.
//! [`generate`] makes programs from bytes, with a taste for what is hard on such a compiler.

mod arithmetic;
mod ast;
mod manner;
mod method;
mod scope;

pub mod batch;
pub mod cases;
pub mod derivatives;
pub mod evaluate;
pub mod generate;
pub mod print;
pub mod requests;
pub mod seeds;
pub mod shrink;

pub use arithmetic::{Arithmetic, Dual, Parts, Plain};
pub use ast::{
    Binary, Block, Comparison, Constant, Expression, Function, If, LONGEST_SLICE, Parameter, Passing,
    Pattern, Place, Program, Statement, Type,
};
pub use manner::Manner;
pub use method::Method;
pub use scope::{Scope, Variable, check};
