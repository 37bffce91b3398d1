//! Transformations of a graph that change its form and not what it computes.

mod copy;
mod live;
mod merge;

pub(crate) use copy::{Copier, Marks, Source};
pub use copy::{Refusal, normalise};
pub use live::{first_loop, live, needed, operations};
pub use merge::merge_branches;
