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
//! # Functions
//!
//! A function is an object with a name, a docstring in numpydoc's form and a signature, and with
//!
//! * `inputs` and `outputs`, shapes by name, `n_in`, `n_out`, `defaults`, `dtype`, `workspace_size`,
//!   `signature` (as NumPy writes it for generalised ufuncs), `dump()`;
//! * its derivatives: `f.grad("x")`, `f.jacobian`, `f.hessian`, `f.jvp`, `f.vjp`, `f.hvp`,
//!   `f.value_and_grad` are the siblings that the attribute emitted, or an error that says what
//!   would emit them;
//! * variations: `f.select("a")` returns the output itself, `f.select("a", "b")` a dict of these;
//!   `f.partial(w=…)` has an input given, `f.with_defaults(w=…)` has another default,
//!   `f.with_options(…)` other rules. They read values when they are made.
//!
//! All of them can be compared, hashed and pickled: by module, name and the hash of the signature, and a
//! pickle of another signature is refused.
//!
//! # Arguments
//!
//! Arguments go by position, by keyword, or mixed; the last one, `workspace`, may always be left
//! out (it is called `workspace_` where an input has that name, and so are the others that every
//! function has).
//!
//! * Floats: lists, tuples and other sequences, nested as the shape asks; NumPy arrays of a float,
//!   integer or boolean dtype, of any strides, alignment, byte order and writability; objects with
//!   `__array__`; `memoryview`, `array.array`, `range`. An input of one element takes a scalar, too.
//!   Elements are whatever `float()` takes, but text.
//! * Functions of `f32` take the same and round to nearest; a finite number that `f32` cannot
//!   hold is a `ValueError`.
//! * `usize` and `i32`: what `operator.index` takes, within the range of the type. `bool`: a bool
//!   of Python or NumPy. `&[usize]`: as floats, with integers for elements.
//!
//! `casting` is NumPy's rule for arrays of another dtype, `'safe'` where nothing is said; Python's own
//! numbers have no dtype, and integer inputs are judged by their values. `strict=True` takes nothing but the
//! very dtype and shape. Complex numbers, objects, text, dates and masked arrays are always refused.
//!
//! Lengths are compared before the first element is read, and elements are copied one by one into
//! memory that Rust owns. So no array of Python is ever borrowed, and code that runs during the
//! conversion (`__float__`, `__getitem__`) can do what it likes to its own objects.
//! What such code raises passes through unchanged; everything else is a `TypeError` for the wrong
//! kind of object and a `ValueError` for a wrong shape or value.
//!
//! # Batches
//!
//! Arrays, and lists in lists, may have axes before an input's own. They are broadcast as NumPy does it,
//! every output has them before its own axes, and one call computes all rows.
//!
//! ```python
//! >>> kernels.energy(np.ones((1000, 2)))["y"].shape
//! (1000,)
//! ```
//!
//! `f.ufunc` is the function as one of NumPy's generalised ufuncs. Both run a loop that was compiled for the
//! very function, where that is one of a few numbers (up to 128) and the module is made by the derive.
//!
//! `f.lowlevel("double (int, double *)")` is a `scipy.LowLevelCallable` for `quad` and `nquad`: the inputs that
//! `partial` has not given are its numbers, and no Python runs.
//!
//! `f.address` is a function of C's, for `ctypes`, `cffi`, numba and other languages, of functions whose sizes are
//! known when Rust compiles:
//!
//! ```c
//! int f(const void *const *inputs, void *const *outputs, void *work);
//! ```
//!
//! There is a pointer for every input and output, to its elements, row-major, of its dtype; `work` has
//! `f.workspace_size` scalars. It returns 0, or 1 if the function refuses the call, and then writes nothing, or
//! −1 for a null pointer. It needs no lock, and any number of threads can call it.
//!
//! # Results
//!
//! A dict from output names to values: Python floats for outputs of one element, NumPy arrays of
//! the function's dtype and the output's shape for all others. A call makes new arrays, or writes to those
//! in `out`: a dict of arrays by output, or one array where there is one output. They must have the
//! dtype and the shape, and share no memory with inputs or each other; they are written to after
//! everything else has succeeded. `nan="raise"` makes a result that is not a number a `FloatingPointError`.
//!
//! `f.bind(x, w=w, out=out)` is the call as an object: it keeps the arrays, reads them anew each time, and
//! costs less than a call with arguments.
//!
//! # Threads
//!
//! A call holds the interpreter's lock, except that a batch, or a call of many operations, releases it while
//! Rust computes. A call without a workspace shares nothing with others. A workspace serves one call at a
//! time; a second one is refused with a `RuntimeError`, not queued.
//!
//! Builds of Python without the lock cannot load such a module: the stable ABI of 3.10 is not theirs. It also
//! says `gil_used = true`, since arrays are read, and their shapes compared, on the word that no other thread
//! changes them meanwhile, which is what the lock gives. `f.address` needs no lock.
//!
//! # State
//!
//! A parameter of `&mut` that a function reads and then writes can be kept between calls. With `state(total)` in
//! the attribute the module's object keeps it (`default(total = 1.0)` is what it begins with, else 0), and
//! `f.function` is the function without a memory; of other functions `f.stateful(total=0.0)` makes such an
//! object. It is called with the other inputs, and returns the other outputs, or `None` if there are none.
//! `acc.state` is a mapping that can be read, written with checks, and shared with others; `acc.peek(…)` leaves
//! the state as it is, as all calls do while `acc.frozen = True`; `copy.copy(acc)` has a state of its own.
//!
//! # Checks
//!
//! `f.check(x, w)` compares the value and all derivatives with differences and reports the worst element;
//! `gradgen_py.testing.check_derivatives(f, points)`, of the package in `python/`, does that at many points and
//! raises. `f.profile(x, w)` says what a call costs and how much of it is Rust's.
//!
//! # Type checkers
//!
//! Every module has the text of its stub: `python -c "from xyz import xyz; print(xyz.__stubs__())" > xyz.pyi`.
//! maturin puts a file of this name beside `Cargo.toml` into the wheel, with `py.typed`.
//!
//! # One wheel for all versions
//!
//! Modules are built for the stable ABI of Python 3.10. It has no *vectorcall* by name before 3.12, but the
//! slot through which a class has it has been there since 3.9, so nothing is lost: measured, a call of a
//! function with two arrays takes 0.13 µs, of which NumPy takes most for the results. See `vectorcall.rs`.
//!
//! # What is deliberately absent
//!
//! * Borrowing NumPy's memory for the time of a call: copying a hundred numbers costs less than the
//!   checks that would make borrowing sound.

mod address;
mod arguments;
mod batch;
mod bound;
mod call;
mod core;
mod derivatives;
mod describe;
mod function;
mod gufunc;
mod known;
mod lanes;
mod listed;
mod lowlevel;
mod module;
mod ndarray;
mod out;
mod pickle;
mod problem;
mod quick;
mod read;
mod real;
mod settings;
mod signature;
mod sizes;
mod state;
mod stateful;
mod stubs;
mod tools;
mod vary;
mod vectorcall;
mod wording;
mod workspace;

pub use gradgen_macros::PythonModule;
pub use gradgen_runtime::{Differentiable, FunctionInfo};
pub use listed::Functions;
pub use module::{build, build_listed};
pub use pyo3;
