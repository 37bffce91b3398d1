//! From the user's text to a model and a graph. After this phase nothing of the text is looked at
//! again: what is accepted is understood, what is not understood is an error at its token.

mod attribute;
mod body;
mod bounded;
mod bounds;
mod calls;
mod closures;
mod consumers;
mod context;
mod control;
mod conversions;
mod expressions;
mod fragments;
mod frames;
mod generics;
mod iterators;
mod loops;
mod methods;
mod names;
mod other_attributes;
mod parameters;
mod parts;
mod paths;
mod patterns;
mod places;
mod ranges;
mod requests;
mod sequences;
mod signature;
mod terms;
mod trait_methods;
mod vectors;

pub use attribute::{Attribute, Unused};
pub use body::{Body, lower};
pub use bounded::Known;
pub use bounds::without_bounds;
pub(crate) use calls::without_arguments;
pub use context::Context;
pub use fragments::hold_together;
pub use generics::Parameter;
pub use names::plain;
pub(crate) use other_attributes::is_ours;
pub use other_attributes::{is_conditional, refuse_attributes};
pub use requests::{Sibling, siblings};
pub use signature::{Input, Output, Passing, Signature};
