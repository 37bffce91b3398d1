//! What `tests/linked.rs` links: every sibling of every kernel of the project, with neither the standard library
//! nor an operating system below it. Panics and memory from the heap lead to functions that nobody has, so what
//! can reach them does not link.
#![cfg(feature = "alone")]
#![no_std]
#![allow(clippy::needless_range_loop, clippy::manual_memcpy, reason = "kernels are written so")]
#![allow(unused_imports, reason = "not every kernel needs all of the prelude")]

extern crate alloc;
// What kernels name as the standard library's is in `core`.
extern crate core as std;

mod figures;
mod platform;

/// What every file sees with the standard library.
mod std_prelude {
    pub(crate) use alloc::vec;
    pub(crate) use alloc::vec::Vec;
    pub(crate) use num_traits::Float as _;
}

/// All kernels.
#[allow(missing_docs, reason = "those of tests have none")]
pub mod kernels {
    include!(concat!(env!("OUT_DIR"), "/kernels.rs"));
}

/// All siblings.
mod siblings {
    include!(concat!(env!("OUT_DIR"), "/siblings.rs"));
}

/// What must not link: an index out of bounds.
#[unsafe(no_mangle)]
extern "C" fn control_panics(place: usize) -> u8 {
    b"bounds"[place]
}

/// What must not link: memory from the heap.
#[unsafe(no_mangle)]
extern "C" fn control_allocates(length: usize) -> usize {
    core::hint::black_box(&alloc::vec![length; length]).len()
}
