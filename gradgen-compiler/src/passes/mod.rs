//! Transformations of a graph that change its form and not what it computes.

mod copy;
mod live;
mod merge;
mod reads;

pub(crate) use copy::{Copier, Marks, Source};
pub use copy::{Refusal, normalise};
pub use live::{live, live_places, needed, operations};
pub use merge::merge;
pub use reads::read_first;
