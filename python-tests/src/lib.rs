//! A Python extension with every kind of argument, for the tests of `gradgen-py`.
//!
//! The tables are written by hand, but for those in `lengths`: what is tested here is what becomes of a
//! table in Python, for any table, also for those that `#[gradgen]` does not write today.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]

mod hostile;
mod kinds;
mod lengths;
mod modules;
mod refused;
mod shapes;

/// Functions of every kind.
#[derive(gradgen_py::PythonModule)]
#[python(modules(modules::curves), functions(
    shapes::transpose,
    shapes::scale,
    shapes::empty,
    shapes::running,
    shapes::outer,
    shapes::many,
    kinds::narrow,
    kinds::mixed,
    kinds::pick,
    kinds::defaults,
    kinds::tangent,
    kinds::named,
    kinds::keyword,
    hostile::out_of_range,
    hostile::half,
    hostile::wait,
    hostile::signal,
    hostile::panics,
    lengths::residuals,
    lengths::iterated,
    lengths::squares,
    lengths::accumulate,
    lengths::smooth,
    lengths::tally,
    lengths::mean,
    lengths::energy::<f32, 3>,
))]
struct Samples;
