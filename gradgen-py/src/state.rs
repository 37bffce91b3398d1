//! What functions with a memory keep: the values of parameters that they read and then overwrite.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gradgen_runtime::ArgInfo;
use pyo3::exceptions::{PyKeyError, PyRuntimeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::core::Core;
use crate::describe;
use crate::function::Function;
use crate::settings::{Preset, Selection, Settings};
use crate::vary;
use crate::wording;

/// One parameter that is kept: its places among inputs and outputs.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) input: usize,
    pub(crate) output: usize,
}

/// The parameters that the attribute names in `state(…)`; if it names none, all that could be.
pub(crate) fn kept(core: &Core) -> Vec<Kept> {
    let signature = &core.signature;
    let declared = signature.info.inputs.iter().any(|input| input.state);
    let inputs = signature.info.inputs.iter().enumerate().filter(|(_, input)| input.state || !declared);
    let pairs = inputs.filter_map(|(input, argument)| {
        let output = signature.info.outputs.iter().position(|output| becomes(argument, output))?;
        Some(Kept { input, output })
    });
    pairs.collect()
}

/// Whether an output is what a parameter of `&mut` becomes: `total` among the inputs is `total_out` among the
/// outputs, with a `_` more for each argument that has that name, and of the same shape.
fn becomes(input: &ArgInfo, output: &ArgInfo) -> bool {
    let rest = output.rust_name.strip_prefix(input.rust_name).and_then(|rest| rest.strip_prefix("_out"));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte == b'_')) && output.shape == input.shape
}

/// Whether the attribute says that the function has a memory.
pub(crate) fn is_declared(core: &Core) -> bool {
    core.signature.info.inputs.iter().any(|input| input.state) && !kept(core).is_empty()
}

/// The values that a stateful function keeps. Several can share one.
#[pyclass(frozen, module = "gradgen")]
pub(crate) struct State {
    pub(crate) core: Arc<Core>,
    pub(crate) kept: Vec<Kept>,
    /// The other outputs.
    pub(crate) others: Selection,
    values: Mutex<Vec<Preset>>,
    busy: AtomicBool,
}

/// A call that reads the state and then writes it, while no other one does.
pub(crate) struct Turn<'a>(&'a State);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.busy.store(false, Ordering::Release);
    }
}

impl State {
    pub(crate) fn new(core: Arc<Core>, kept: Vec<Kept>, values: Vec<Preset>) -> Self {
        let outputs = 0..core.signature.outputs.len();
        let others = outputs.filter(|index| kept.iter().all(|kept| kept.output != *index)).collect();
        Self {
            core,
            kept,
            others: Selection::Some(others),
            values: Mutex::new(values),
            busy: AtomicBool::new(false),
        }
    }

    /// The right to a call.
    pub(crate) fn turn(&self) -> PyResult<Turn<'_>> {
        if self.busy.swap(true, Ordering::Acquire) { Err(self.in_use()) } else { Ok(Turn(self)) }
    }

    /// Whether a call reads or writes the state.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire)
    }

    pub(crate) fn in_use(&self) -> PyErr {
        let name = self.core.signature.info.name;
        PyRuntimeError::new_err(format!("{name}(): the state is in use by another call"))
    }

    /// The values. Nothing but numbers, so a panic elsewhere does not matter. No Python code may run while
    /// they are held, since it could ask for them.
    pub(crate) fn values(&self) -> MutexGuard<'_, Vec<Preset>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn name(&self, index: usize) -> &'static str {
        self.core.signature.inputs[self.kept[index].input].info.name
    }

    pub(crate) fn place(&self, name: &str) -> PyResult<usize> {
        (0..self.kept.len()).find(|index| self.name(*index) == name).ok_or_else(|| {
            let names: Vec<&str> = (0..self.kept.len()).map(|index| self.name(index)).collect();
            PyKeyError::new_err(format!(
                "the state of {} has no '{}': it has {}",
                self.core.signature.info.name,
                wording::cut(name),
                wording::names(&names)
            ))
        })
    }

    /// What a value would be as part of the state.
    pub(crate) fn read(&self, index: usize, value: &Bound<'_, PyAny>) -> PyResult<Preset> {
        let function = Function { core: self.core.clone(), settings: Settings::default() };
        vary::value(&function, self.kept[index].input, value)
    }

    pub(crate) fn copied(&self) -> Self {
        Self::new(self.core.clone(), self.kept.clone(), self.values().clone())
    }
}

#[pymethods]
impl State {
    pub(crate) fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let index = self.place(name)?;
        let value = self.values()[index].clone();
        describe::preset_object(py, &value)
    }

    fn __setitem__(&self, name: &str, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let index = self.place(name)?;
        let value = self.read(index, value)?;
        self.values()[index] = value;
        Ok(())
    }

    /// The names.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        (0..self.kept.len()).map(|index| self.name(index)).collect()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        PyList::new(py, self.keys())?.call_method0("__iter__")
    }

    fn __len__(&self) -> usize {
        self.kept.len()
    }

    fn __copy__(&self) -> Self {
        self.copied()
    }

    pub(crate) fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let dict = PyDict::new(py);
        for name in self.keys() {
            dict.set_item(name, self.__getitem__(py, name)?)?;
        }
        Ok(format!("<state of {}: {}>", self.core.signature.info.name, dict.repr()?.to_string_lossy()))
    }
}
