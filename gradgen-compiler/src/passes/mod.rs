//! Transformations of a graph that change its form and not what it computes.

mod carried;
mod copy;
mod live;
mod loops;
mod merge;
mod overwritten;
mod reads;
mod rebuild;
mod rotate;
mod settled;
mod tiles;
mod writes;

pub use carried::{read_from_before, read_from_newest};
pub use copy::Refusal;
pub(crate) use copy::{Copier, Marks, Source};
pub use live::{calls, live, live_places, needed, needed_without, operations};
pub use merge::merge;
pub use overwritten::size_outputs;
pub use reads::read_first;
pub use rebuild::{extract, forget_overwritten, normalise, with_tapes};
pub use rotate::rotate;
pub use settled::{Block, kept};
pub use tiles::{derive_sizes, tile};
pub use writes::{Write, all_writes, is_apart, writes};
