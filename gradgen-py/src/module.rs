//! The module: the functions, and the helpers that know them all.

use std::sync::Arc;

use gradgen_runtime::FunctionInfo;
use pyo3::exceptions::{PyImportError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::core::Core;
use crate::describe;
use crate::function::Function;
use crate::known::Known;
use crate::listed::{Compiled, Functions, Own};
use crate::pickle;
use crate::stubs;
use crate::wording;
use crate::workspace::Workspace;

/// Fills a module with functions, each followed by its siblings, and with the helpers
/// `all_functions`, `function_info`, `workspace_for_function`, `call`, `__version__`, `__all__`.
///
/// [`PythonModule`](macro@crate::PythonModule) calls it; a `#[pymodule]` written by hand may, too:
///
/// ```
/// use gradgen_py::FunctionInfo;
/// use gradgen_py::pyo3::prelude::*;
///
/// const TABLES: &[&FunctionInfo] = &[/* <energy as Differentiable>::INFO */];
///
/// #[pymodule(gil_used = true)]
/// fn energies(module: &Bound<'_, PyModule>) -> PyResult<()> {
///     gradgen_py::build(module, TABLES, env!("CARGO_PKG_VERSION"))
/// }
/// # fn main() {}
/// ```
///
/// The module must be declared to need the interpreter's lock (`gil_used = true`): reading an
/// array relies on it.
///
/// # Errors
/// An `ImportError` if two functions have one name or a helper's name, if a table describes
/// something that Python cannot pass, or if NumPy is missing.
pub fn build(
    module: &Bound<'_, PyModule>,
    functions: &[&'static FunctionInfo],
    version: &str,
) -> PyResult<()> {
    fill(module, functions.iter().copied(), version, |_| Own::default())
}

/// As [`build`], of functions that are known as a type: each has code of its own where that is faster.
///
/// # Errors
/// As for [`build`].
pub fn build_listed<L: Functions>(module: &Bound<'_, PyModule>, version: &str) -> PyResult<()> {
    let functions = L::LISTS.iter().flat_map(|list| list.iter().copied());
    fill(module, functions, version, Compiled::<L>::own)
}

fn fill(
    module: &Bound<'_, PyModule>,
    functions: impl Iterator<Item = &'static FunctionInfo>,
    version: &str,
    own: fn(usize) -> Own,
) -> PyResult<()> {
    let py = module.py();
    // Without NumPy the first conversion would panic; here its absence is an ordinary exception.
    Known::get(py)?;
    let name = module.name()?;
    let mut table = Table { functions: Vec::new() };
    for primal in functions {
        table.check_name(primal)?;
        let function = Core::new(&name, primal, own(table.functions.len()))?;
        table.functions.push(function.clone());
        let mut siblings = Vec::with_capacity(primal.siblings.len());
        for sibling in primal.siblings {
            table.check_name(sibling)?;
            let sibling = Core::new(&name, sibling, own(table.functions.len()))?;
            table.functions.push(sibling.clone());
            siblings.push(sibling);
        }
        let _ = function.siblings.set(siblings.into());
    }
    for function in &table.functions {
        module.add(function.signature.info.name, function.shown(py)?)?;
    }
    for helper in [
        wrap_pyfunction!(all_functions, module)?,
        wrap_pyfunction!(function_info, module)?,
        wrap_pyfunction!(workspace_for_function, module)?,
        wrap_pyfunction!(call, module)?,
        wrap_pyfunction!(restore, module)?,
        wrap_pyfunction!(module_stubs, module)?,
    ] {
        module.add_function(helper)?;
    }
    module.setattr("__version__", version)?;
    // The package around the extension gets what `import *` brings: the version, too.
    let names: Vec<&str> = table.names().chain(HELPERS).chain(["__version__"]).collect();
    module.setattr("__all__", names)?;
    module.setattr(TABLE, Py::new(py, table)?)
}

/// The names that no function can have.
pub(crate) const HELPERS: [&str; 4] = ["all_functions", "function_info", "workspace_for_function", "call"];

/// The attribute through which the helpers of a module find its functions.
const TABLE: &str = "__gradgen__";

/// All functions of a module, in order.
#[pyclass(frozen, module = "gradgen")]
struct Table {
    functions: Vec<Arc<Core>>,
}

impl Table {
    fn of<'py>(module: &Bound<'py, PyModule>) -> PyResult<Bound<'py, Self>> {
        module
            .getattr(TABLE)?
            .cast_into()
            .map_err(|_| PyRuntimeError::new_err(format!("the attribute {TABLE} of the module was replaced")))
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.functions.iter().map(|function| function.signature.info.name)
    }

    fn check_name(&self, info: &FunctionInfo) -> PyResult<()> {
        let name = info.name;
        if HELPERS.contains(&name) || name == pickle::RESTORE || name.starts_with("__") {
            return Err(PyImportError::new_err(format!(
                "a function of a Python module cannot be called '{name}': the module has its own"
            )));
        }
        match self.functions.iter().find(|other| other.signature.info.name == name) {
            None => Ok(()),
            Some(other) => Err(PyImportError::new_err(format!(
                "two functions are called '{name}': {} and {}",
                other.signature.info.rust_name, info.rust_name
            ))),
        }
    }

    fn get(&self, module: &Bound<'_, PyModule>, name: &Bound<'_, PyAny>) -> PyResult<&Arc<Core>> {
        let Ok(name) = name.cast::<PyString>() else {
            return Err(PyTypeError::new_err(format!(
                "argument 'name' is {}, expected the name of a function",
                wording::article(name)
            )));
        };
        let name = &*name.to_string_lossy();
        let found = self.functions.iter().find(|function| function.signature.info.name == name);
        found.ok_or_else(|| {
            let module = module.name().map_or_else(|_| "the module".to_owned(), |name| name.to_string());
            let module = module.rsplit('.').next().unwrap_or_default();
            let meant = match wording::nearest(name, self.names()) {
                Some(near) => format!("Did you mean '{near}'?"),
                None => "all_functions() lists them".to_owned(),
            };
            PyValueError::new_err(format!("{module} has no function '{}'. {meant}", wording::cut(name)))
        })
    }
}

/// The names of all functions, each followed by its derivatives.
#[pyfunction]
#[pyo3(pass_module)]
fn all_functions(module: &Bound<'_, PyModule>) -> PyResult<Vec<&'static str>> {
    Ok(Table::of(module)?.get().names().collect())
}

/// What a function takes and returns, as a dict: names, flat sizes, shapes, dtypes and roles of
/// inputs and outputs, defaults, the size of its workspace, its documentation.
#[pyfunction]
#[pyo3(pass_module)]
fn function_info<'py>(
    module: &Bound<'py, PyModule>,
    name: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyDict>> {
    let table = Table::of(module)?;
    let function = table.get().get(module, name)?.object(module.py())?;
    describe::function_info(module.py(), function.cast::<Function>()?.get())
}

/// Memory that calls of this function can share, one after the other, as their last argument.
#[pyfunction]
#[pyo3(pass_module)]
fn workspace_for_function(module: &Bound<'_, PyModule>, name: &Bound<'_, PyAny>) -> PyResult<Workspace> {
    let table = Table::of(module)?;
    Workspace::new(&table.get().get(module, name)?.signature)
}

/// Calls the function of this name.
#[pyfunction]
#[pyo3(pass_module, signature = (name, /, *args, **kwargs))]
fn call<'py>(
    module: &Bound<'py, PyModule>,
    name: &Bound<'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let table = Table::of(module)?;
    table.get().get(module, name)?.shown(module.py())?.call(args, kwargs)
}

/// Makes a function of what was pickled.
#[pyfunction]
#[pyo3(pass_module, name = "_restore", signature = (name, signature_hash, state=None, /))]
fn restore<'py>(
    module: &Bound<'py, PyModule>,
    name: &Bound<'py, PyAny>,
    signature_hash: u64,
    state: Option<&Bound<'py, PyTuple>>,
) -> PyResult<Bound<'py, PyAny>> {
    let table = Table::of(module)?;
    let function = table.get().get(module, name)?.object(module.py())?;
    pickle::restore(function.cast::<Function>()?, signature_hash, state)
}

/// The text of the module's `.pyi`.
#[pyfunction]
#[pyo3(pass_module, name = "__stubs__")]
fn module_stubs(module: &Bound<'_, PyModule>) -> PyResult<String> {
    let doc: Option<String> = module.getattr("__doc__")?.extract()?;
    Ok(stubs::text_of(&doc.unwrap_or_default(), &Table::of(module)?.get().functions))
}
