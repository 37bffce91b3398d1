//! The procedural macros of gradgen: a thin shell around `gradgen-compiler`.

use gradgen_compiler::{Math, Target, expand};
use proc_macro::TokenStream;

/// Exact derivatives of a function, as functions beside it.
///
/// The crate `gradgen` has the guide.
#[proc_macro_attribute]
pub fn gradgen(attribute: TokenStream, item: TokenStream) -> TokenStream {
    expand(attribute.into(), item.into(), target()).into()
}

/// A module whose functions with `#[gradgen]` know of each other, of its constants and of its types.
///
/// The crate `gradgen` has the guide.
#[proc_macro_attribute]
pub fn module(attribute: TokenStream, item: TokenStream) -> TokenStream {
    gradgen_compiler::module(attribute.into(), item.into(), target()).into()
}

/// The functions of `gradgen::math`: of use in the crate `gradgen` only.
#[doc(hidden)]
#[proc_macro]
pub fn library(_: TokenStream) -> TokenStream {
    gradgen_compiler::library(target()).into()
}

/// What the features ask for.
const fn target() -> Target {
    let math = if cfg!(feature = "std") || !cfg!(feature = "libm") { Math::Std } else { Math::Libm };
    Target { math }
}

/// A struct of floats as an argument and a result of functions with `#[gradgen]`.
///
/// Fields are floats of one type, arrays of them, tuples, and other such structs.
///
/// Behind `#[structure(parameter)]` a field is an enum, an integer or a truth value, which is not differentiated by.
///
/// On an enum whose variants have no data: the enum as a parameter.
#[proc_macro_derive(Gradgen, attributes(structure))]
pub fn structure(input: TokenStream) -> TokenStream {
    gradgen_compiler::structs::derive(input.into()).into()
}

/// The module of a Python extension, from a list of functions with `#[gradgen]`.
///
/// ```ignore
/// /// Energies and their derivatives.
/// #[derive(gradgen_py::PythonModule)]
/// #[python(name = "xyz", functions(energy, kernels::magic))]
/// struct Xyz;
/// ```
///
/// * `functions(…)`: paths of functions. The module has them in this order, each followed by its
///   siblings. Of a generic function stands there which one: `energy::<f64>`, `scan::<f32, 4>`.
/// * `modules(…)`: paths of modules with `#[gradgen::module]`, whose functions follow in their order.
/// * `name = "…"`: the name by which Python imports the module; without it, the struct's name in
///   snake case. It must be the name of the library that Cargo builds.
/// * `crate = path`: where `gradgen_py` is found, if not under that name.
///
/// The struct's documentation becomes the module's, the crate's version its `__version__`.
#[proc_macro_derive(PythonModule, attributes(python))]
pub fn python_module(input: TokenStream) -> TokenStream {
    gradgen_compiler::python::module(input.into()).into()
}
