//! The compiler behind `#[gradgen]`: from a Rust function to its derivatives, as an ordinary
//! library that can be tested, fuzzed and printed.
//!
//! [`expand`] is what the macro calls. The phases, in order:
//!
//! 1. [`frontend`]: attribute and function → signature, requests and a [graph](ir);
//! 2. [`passes`]: loops of known range unrolled, dead nodes removed;
//! 3. [`differentiate`]: a graph for each sibling;
//! 4. [`schedule`] and [`emit`]: Rust.
//!
//! There are two barriers. Nothing is differentiated before everything is understood, and once
//! emission starts nothing can fail.

mod conditions;
pub mod diagnostics;
pub mod differentiate;
mod driver;
pub mod emit;
mod fields;
pub mod frontend;
pub mod interpret;
pub mod ir;
mod map;
mod methods;
pub mod model;
mod module;
pub mod passes;
pub mod python;
pub mod schedule;
pub mod structs;

pub use driver::{Outcome, compile};
pub use emit::{Math, Target};
pub use methods::expand;
pub use module::{library, module};
