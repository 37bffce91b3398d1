//! The functions that are differentiated, written as in a library that uses `gradgen`.
#![allow(clippy::needless_range_loop, reason = "loops over indices are one of the forms under test")]

pub(crate) mod arithmetic;
pub(crate) mod arrays;
pub(crate) mod branches;
pub(crate) mod calls;
pub(crate) mod elementary;
pub(crate) mod geometry;
pub(crate) mod landscapes;
pub(crate) mod lengths;
pub(crate) mod loops;
pub(crate) mod mechanics;
pub(crate) mod mutation;
pub(crate) mod outputs;
pub(crate) mod parameters;
pub(crate) mod single;
pub(crate) mod statistics;
