//! A function, as Python sees it.

use gradgen_runtime::FunctionInfo;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::bind::Arguments;
use crate::call::call;
use crate::describe;
use crate::signature::Signature;

// A function compiled from Rust: it takes its inputs by position or by keyword, and returns a dict
// of its outputs. (No doc comment: it would hide the getter `__doc__` of the single functions.)
#[pyclass(frozen, module = "gradgen")]
pub(crate) struct Function {
    pub(crate) signature: Signature,
    module: Py<PyString>,
}

impl Function {
    pub(crate) fn new(module: &Bound<'_, PyString>, info: &'static FunctionInfo) -> PyResult<Self> {
        Ok(Self { signature: Signature::new(module.py(), info)?, module: module.clone().unbind() })
    }
}

#[pymethods]
impl Function {
    #[pyo3(signature = (*args, **kwargs))]
    pub(crate) fn __call__<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        let arguments = Arguments::bind(&self.signature, args, kwargs)?;
        call(py, &self.signature, &arguments)
    }

    #[getter]
    fn __name__(&self) -> &'static str {
        self.signature.info.name
    }

    #[getter]
    fn __qualname__(&self) -> &'static str {
        self.signature.info.name
    }

    #[getter]
    fn __module__<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.module.bind(py)
    }

    #[getter]
    fn __doc__(&self) -> String {
        describe::docstring(&self.signature)
    }

    #[getter]
    fn __text_signature__(&self) -> String {
        describe::text_signature(&self.signature)
    }

    #[getter]
    fn __signature__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        // An input may have a name that is a keyword of Python; then there is no such signature.
        describe::inspect_signature(py, &self.signature)
            .map_err(|error| PyAttributeError::new_err(error.value(py).to_string()))
    }

    /// Pickles and copies by name, as functions do.
    fn __reduce__(&self) -> &'static str {
        self.signature.info.name
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let text = describe::text_signature(&self.signature);
        format!("<function {}.{}{text}>", self.module.bind(py), self.signature.info.name)
    }
}
