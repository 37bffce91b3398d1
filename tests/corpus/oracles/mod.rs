//! The kernels a second time: generic over the number, all inputs and all outputs in flat lists,
//! written from the formulas and not from the kernels' statements.

pub(crate) mod number;

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
