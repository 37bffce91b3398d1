//! Python extensions from functions with `#[gradgen]`.
//!
//! [`PythonModule`] on a unit struct makes the module of a Python extension. Everything it needs
//! to know it reads from the functions' tables, [`Differentiable::INFO`]:
//!
//! ```
//! use gradgen_py::{Differentiable, FunctionInfo};
//! # use gradgen_runtime::{ArgInfo, Call, Dim, Dtype, Error, Role, Value};
//! # fn call(inputs: &[Value<'_>], outputs: &mut [&mut [f64]], _: &mut [f64]) -> Result<(), Error> {
//! #     let [x] = inputs else { return Err(Error::count("inputs", 1, inputs.len())) };
//! #     let [[y]] = outputs else { return Err(Error::count("outputs", 1, outputs.len())) };
//! #     let [a, b] = x.real::<[f64; 2]>("x")?;
//! #     *y = a * a + b * b;
//! #     Ok(())
//! # }
//!
//! // Written by `#[gradgen]` beside `fn energy(x: &[f64; 2]) -> f64`.
//! struct energy;
//! impl Differentiable for energy {
//!     const INFO: &'static FunctionInfo = &FunctionInfo::new(
//!         "energy",
//!         // …
//! #         "kernels::energy",
//! #         &[ArgInfo::new("x", &[Dim::Fixed(2)], Dtype::F64, Role::Input)],
//! #         &[ArgInfo::new("y", &[], Dtype::F64, Role::Output)],
//! #         |_| 0,
//! #         Call::F64(call),
//!     );
//! }
//!
//! /// Energies and their derivatives.
//! #[derive(gradgen_py::PythonModule)]
//! #[python(name = "kernels", functions(energy))]
//! struct Kernels;
//! # fn main() {}
//! ```
//!
//! In a `cdylib` that maturin builds, this is the whole crate:
//!
//! ```python
//! >>> import kernels
//! >>> kernels.energy([3.0, 4.0])
//! {'y': 25.0}
//! >>> kernels.energy(x=np.array([3, 4])[::-1])
//! {'y': 25.0}
//! >>> kernels.energy([3.0])
//! ValueError: energy(): argument 'x' has shape (1,), expected (2,)
//! ```
//!
//! # The module
//!
//! The functions stand in the order of the list, each followed by its siblings. Beside them stand
//! `all_functions()`, `function_info(name)`, `workspace_for_function(name)`,
//! `call(name, *args, **kwargs)`, `__version__` (of the crate) and `__all__`.
//!
//! # Arguments
//!
//! Arguments go by position, by keyword, or mixed; the last one, `workspace`, may always be left
//! out (it is called `workspace_` where an input has that name).
//!
//! * Floats: lists, tuples and other sequences, nested as the shape asks; NumPy arrays of a float,
//!   integer or boolean dtype, of any strides, alignment, byte order and writability; objects with
//!   `__array__`; `memoryview`, `array.array`, `range`. An input of one element takes a scalar, too. The shape must match.
//!   Elements are whatever `float()` takes, but text.
//! * Functions of `f32` take the same and round to nearest; a finite number that `f32` cannot
//!   hold is a `ValueError`.
//! * `usize` and `i32`: what `operator.index` takes, within the range of the type. `bool`: a bool
//!   of Python or NumPy. `&[usize]`: as floats, with integers for elements.
//!
//! Lengths are compared before the first element is read, and elements are copied one by one into
//! memory that Rust owns. So no array of Python is ever borrowed, and code that runs during the
//! conversion (`__float__`, `__getitem__`) can do what it likes to its own objects.
//! What such code raises passes through unchanged; everything else is a `TypeError` for the wrong
//! kind of object and a `ValueError` for a wrong shape or value.
//!
//! # Results
//!
//! A dict from output names to values: Python floats for outputs of one element, NumPy arrays of
//! the function's dtype and the output's shape for all others. Every call makes new arrays.
//!
//! # Threads
//!
//! A call holds the interpreter's lock, except that one of many operations releases it while Rust
//! computes. A workspace serves one call at a time; a second one is refused with a `RuntimeError`,
//! not queued.
//!
//! # What is deliberately absent
//!
//! * Broadcasting: an input has one shape. A loop over rows is a loop in Rust.
//! * A fast path that borrows NumPy's memory: copying a hundred numbers costs less than the
//!   checks that would make borrowing sound.

mod bind;
mod call;
mod describe;
mod function;
mod module;
mod problem;
mod read;
mod signature;
mod wording;
mod workspace;

pub use gradgen_macros::PythonModule;
pub use gradgen_runtime::{Differentiable, FunctionInfo};
pub use module::build;
pub use pyo3;
