//! `f.check(…)` and `f.profile(…)`: in Python, since they call the function as anyone would.

use std::ffi::CStr;

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::describe;
use crate::function::Function;

/// The same file that the package `gradgen_py` has.
const SOURCE: &str = concat!(include_str!("../python/gradgen_py/testing.py"), "\0");

/// The module, compiled when it is first needed.
fn module(py: Python<'_>) -> PyResult<&Bound<'_, PyModule>> {
    static MODULE: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    let module = MODULE.get_or_try_init(py, || {
        let source = CStr::from_bytes_with_nul(SOURCE.as_bytes()).unwrap_or_default();
        PyModule::from_code(py, source, c"gradgen_py/testing.py", c"gradgen_testing").map(Bound::unbind)
    })?;
    Ok(module.bind(py))
}

/// The value and all derivatives against differences.
pub(crate) fn check<'py>(
    function: &Bound<'py, Function>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let core = &function.get().core;
    let siblings = core.siblings().iter().map(|sibling| sibling.object(py)).collect::<PyResult<Vec<_>>>()?;
    let info = describe::function_info(py, function.get())?;
    let kwargs = kwargs.map_or_else(|| PyDict::new(py), Clone::clone);
    // The module's own object: it returns all outputs, and takes all inputs.
    let plain = core.object(py)?;
    module(py)?.getattr("check")?.call1((plain, PyList::new(py, siblings)?, info, args, kwargs))
}

/// What a call costs.
pub(crate) fn profile<'py>(
    function: &Bound<'py, Function>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let kwargs = kwargs.map_or_else(|| PyDict::new(py), Clone::clone);
    let operations = function.get().core.signature.info.operations;
    module(py)?.getattr("profile")?.call1((function, args, kwargs, operations))
}
