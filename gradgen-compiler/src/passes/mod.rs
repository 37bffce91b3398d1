//! Transformations of a graph that change its form and not what it computes.

mod carried;
mod copy;
mod live;
mod merge;
mod reads;
mod writes;

pub use carried::{read_from_before, read_from_newest};
pub(crate) use copy::{Copier, Marks, Source};
pub use copy::{Refusal, extract, normalise, with_tapes};
pub use live::{live, live_places, needed, operations};
pub use merge::merge;
pub use reads::read_first;
pub use writes::{Write, all_writes, is_apart, writes};
