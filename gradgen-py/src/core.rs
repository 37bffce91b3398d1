//! What all objects of one function share.

use std::sync::{Arc, OnceLock};

use gradgen_runtime::FunctionInfo;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyString;

use crate::function::Function;
use crate::listed::Own;
use crate::settings::Settings;
use crate::signature::Signature;
use crate::state;
use crate::stateful::stateful;
use crate::vectorcall;

/// A function as its module has it.
pub(crate) struct Core {
    pub(crate) signature: Signature,
    pub(crate) module: Py<PyString>,
    /// Its derivatives, in the order of its table; set when the module is built.
    pub(crate) siblings: OnceLock<Box<[Arc<Self>]>>,
    /// The module's object.
    object: PyOnceLock<Py<PyAny>>,
    /// The same with the memory that its attribute declares.
    with_state: PyOnceLock<Py<PyAny>>,
    /// The function as NumPy's.
    pub(crate) ufunc: PyOnceLock<Py<PyAny>>,
}

impl Core {
    pub(crate) fn new(
        module: &Bound<'_, PyString>,
        info: &'static FunctionInfo,
        own: Own,
    ) -> PyResult<Arc<Self>> {
        Ok(Arc::new(Self {
            signature: Signature::new(module.py(), info, own)?,
            module: module.clone().unbind(),
            siblings: OnceLock::new(),
            object: PyOnceLock::new(),
            with_state: PyOnceLock::new(),
            ufunc: PyOnceLock::new(),
        }))
    }

    /// The function as an object.
    pub(crate) fn object<'py>(self: &Arc<Self>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let object = self.object.get_or_try_init(py, || {
            let plain = Function { core: self.clone(), settings: Settings::default() };
            vectorcall::object(py, plain).map(Bound::unbind)
        })?;
        Ok(object.bind(py).clone())
    }

    /// The object that stands in the module: with a state, if the attribute declares one.
    pub(crate) fn shown<'py>(self: &Arc<Self>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let object = self.object(py)?;
        if !state::is_declared(self) {
            return Ok(object);
        }
        let with_state = || stateful(object.cast::<Function>()?, None).map(Bound::unbind);
        Ok(self.with_state.get_or_try_init(py, with_state)?.bind(py).clone())
    }

    /// The derivatives.
    pub(crate) fn siblings(&self) -> &[Arc<Self>] {
        self.siblings.get().map_or(&[], |siblings| siblings)
    }
}
