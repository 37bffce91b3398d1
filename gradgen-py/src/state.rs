//! Functions with a memory: parameters that a function reads and then overwrites are kept between calls.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::{PyKeyError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};

use crate::core::Core;
use crate::describe;
use crate::function::Function;
use crate::settings::{Preset, Selection, Settings};
use crate::vary;
use crate::wording;

/// One parameter that is kept: its places among inputs and outputs.
#[derive(Clone, Copy)]
struct Kept {
    input: usize,
    output: usize,
}

/// The parameters of `&mut` that are read first: `total` among the inputs is `total_out` among the outputs, of
/// the same shape.
fn kept(core: &Core) -> Vec<Kept> {
    let outputs = &core.signature.outputs;
    let inputs = core.signature.inputs.iter().enumerate();
    let pairs = inputs.filter_map(|(input, argument)| {
        let same = |output: &crate::signature::Output| {
            output.info.name.strip_suffix("_out") == Some(argument.info.name)
                && output.info.shape == argument.info.shape
        };
        Some(Kept { input, output: outputs.iter().position(same)? })
    });
    pairs.collect()
}

/// The values that a stateful function keeps. Several can share one.
#[pyclass(frozen, module = "gradgen")]
pub(crate) struct State {
    core: Arc<Core>,
    kept: Vec<Kept>,
    values: Mutex<Vec<Preset>>,
    busy: AtomicBool,
}

impl State {
    /// Nothing but numbers, so a panic elsewhere does not matter.
    fn values(&self) -> MutexGuard<'_, Vec<Preset>> {
        self.values.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn name(&self, index: usize) -> &'static str {
        self.core.signature.inputs[self.kept[index].input].info.name
    }

    fn place(&self, name: &str) -> PyResult<usize> {
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
    fn read(&self, index: usize, value: &Bound<'_, PyAny>) -> PyResult<Preset> {
        let function = Function { core: self.core.clone(), settings: Settings::default() };
        vary::value(&function, self.kept[index].input, value)
    }

    fn copied(&self) -> Self {
        Self {
            core: self.core.clone(),
            kept: self.kept.clone(),
            values: Mutex::new(self.values().clone()),
            busy: AtomicBool::new(false),
        }
    }
}

#[pymethods]
impl State {
    fn __getitem__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
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
    fn keys(&self) -> Vec<&'static str> {
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

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let dict = PyDict::new(py);
        for name in self.keys() {
            dict.set_item(name, self.__getitem__(py, name)?)?;
        }
        Ok(format!("<state of {}: {}>", self.core.signature.info.name, dict.repr()?.to_string_lossy()))
    }
}

/// A function with its state: calls read the state, and write what it becomes.
#[pyclass(frozen, weakref, module = "gradgen")]
pub(crate) struct Stateful {
    function: Py<Function>,
    state: Mutex<Py<State>>,
    frozen: AtomicBool,
}

/// The function with a state of these values; what is not given is zero, or the default.
pub(crate) fn stateful<'py>(
    function: &Bound<'py, Function>,
    initial: Option<&Bound<'py, PyDict>>,
) -> PyResult<Stateful> {
    let py = function.py();
    let core = &function.get().core;
    let name = core.signature.info.name;
    let kept = kept(core);
    if kept.is_empty() {
        return Err(PyTypeError::new_err(format!(
            "{name} keeps no state: it has no parameter of `&mut` that it reads before it writes"
        )));
    }
    if !function.get().is_plain() {
        return Err(PyTypeError::new_err(format!("a variation of {name} keeps no state")));
    }
    let plain = function.get();
    let mut values = Vec::with_capacity(kept.len());
    for place in &kept {
        let input = &core.signature.inputs[place.input];
        let given = initial.map(|initial| initial.get_item(&input.name)).transpose()?.flatten();
        let lengths = input.shape.known().into_iter().map(|length| length.unwrap_or(0));
        let value = match given {
            Some(value) => value,
            None => py.import("numpy")?.call_method1("zeros", (PyTuple::new(py, lengths)?,))?,
        };
        values.push(vary::value(plain, place.input, &value.into_any())?);
    }
    let state = State { core: core.clone(), kept, values: Mutex::new(values), busy: AtomicBool::new(false) };
    for (key, _) in initial.into_iter().flatten() {
        state.place(&key.extract::<String>()?)?;
    }
    Ok(Stateful {
        function: function.clone().unbind(),
        state: Mutex::new(Py::new(py, state)?),
        frozen: AtomicBool::new(false),
    })
}

impl Stateful {
    fn shared(&self, py: Python<'_>) -> Py<State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone_ref(py)
    }

    /// The outputs that are not state, and the new state.
    fn compute<'py>(
        &self,
        py: Python<'py>,
        state: &State,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<(Bound<'py, PyAny>, Vec<Preset>)> {
        let core = &self.function.get().core;
        let mut presets = vec![None; core.signature.inputs.len()];
        for (place, value) in state.kept.iter().zip(state.values().iter()) {
            presets[place.input] = Some(Preset { hidden: true, ..value.clone() });
        }
        let settings = Settings { presets: presets.into(), selection: Selection::All, ..Settings::default() };
        let function = Function { core: core.clone(), settings };
        let results = function.__call__(py, args, kwargs)?.cast_into::<PyDict>()?;
        let mut values = Vec::with_capacity(state.kept.len());
        for (index, place) in state.kept.iter().enumerate() {
            let name = &core.signature.outputs[place.output].name;
            let value = results.get_item(name)?.ok_or_else(|| PyKeyError::new_err("an output is missing"))?;
            values.push(state.read(index, &value)?);
        }
        let others = PyDict::new(py);
        for (index, output) in core.signature.outputs.iter().enumerate() {
            if state.kept.iter().all(|place| place.output != index)
                && let Some(value) = results.get_item(&output.name)?
            {
                others.set_item(&output.name, value)?;
            }
        }
        let others = if others.is_empty() { py.None().into_bound(py) } else { others.into_any() };
        Ok((others, values))
    }
}

#[pymethods]
impl Stateful {
    /// Calls the function with the inputs that are not state; the state becomes what it writes.
    #[pyo3(signature = (*args, **kwargs))]
    fn __call__<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let state = self.shared(py);
        let state = state.get();
        if state.busy.swap(true, Ordering::Acquire) {
            return Err(PyRuntimeError::new_err(format!(
                "{}(): the state is in use by another call",
                state.core.signature.info.name
            )));
        }
        let outcome = self.compute(py, state, args, kwargs);
        if let Ok((_, values)) = &outcome
            && !self.frozen.load(Ordering::Relaxed)
        {
            state.values().clone_from(values);
        }
        state.busy.store(false, Ordering::Release);
        outcome.map(|(results, _)| results)
    }

    /// What a call would return; the state remains.
    #[pyo3(signature = (*args, **kwargs))]
    fn peek<'py>(
        &self,
        py: Python<'py>,
        args: &Bound<'py, PyTuple>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let state = self.shared(py);
        Ok(self.compute(py, state.get(), args, kwargs)?.0)
    }

    /// The state: a mapping from names to values, which checks what is put into it.
    #[getter]
    fn state(&self, py: Python<'_>) -> Py<State> {
        self.shared(py)
    }

    /// Another's state, which is then shared, or a dict of values.
    #[setter]
    fn set_state(&self, py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let core = &self.function.get().core;
        if let Ok(state) = value.cast::<State>() {
            if !Arc::ptr_eq(&state.get().core, core) {
                return Err(PyTypeError::new_err(format!(
                    "the state is one of {}, expected one of {}",
                    state.get().core.signature.info.name,
                    core.signature.info.name
                )));
            }
            *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state.clone().unbind();
            return Ok(());
        }
        let Ok(values) = value.cast::<PyDict>() else {
            let got = wording::article(value);
            return Err(PyTypeError::new_err(format!("a state is a State or a dict of values, not {got}")));
        };
        // All of them are read before one is written.
        let state = self.shared(py);
        let state = state.get();
        let mut read = Vec::with_capacity(values.len());
        for (name, value) in values {
            let index = state.place(&name.extract::<String>()?)?;
            read.push((index, state.read(index, &value)?));
        }
        let mut values = state.values();
        for (index, value) in read {
            values[index] = value;
        }
        Ok(())
    }

    /// Whether calls leave the state as it is.
    #[getter]
    fn frozen(&self) -> bool {
        self.frozen.load(Ordering::Relaxed)
    }

    #[setter]
    fn set_frozen(&self, frozen: bool) {
        self.frozen.store(frozen, Ordering::Relaxed);
    }

    /// The function without a state.
    #[getter]
    fn function<'py>(&self, py: Python<'py>) -> &Bound<'py, Function> {
        self.function.bind(py)
    }

    /// Another one with a state of its own: a copy of this one's, or the one that is given.
    #[pyo3(signature = (*, state=None))]
    fn copy(&self, py: Python<'_>, state: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        let copy = Self {
            function: self.function.clone_ref(py),
            state: Mutex::new(Py::new(py, self.shared(py).get().copied())?),
            frozen: AtomicBool::new(self.frozen()),
        };
        if let Some(state) = state {
            copy.set_state(py, state)?;
        }
        Ok(copy)
    }

    fn __copy__(&self, py: Python<'_>) -> PyResult<Self> {
        self.copy(py, None)
    }

    fn __deepcopy__(&self, py: Python<'_>, _memo: &Bound<'_, PyAny>) -> PyResult<Self> {
        self.copy(py, None)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let state = self.shared(py);
        let values = PyDict::new(py);
        for name in state.get().keys() {
            values.set_item(name, state.get().__getitem__(py, name)?)?;
        }
        let make = self.function.bind(py).getattr("stateful")?;
        let make = py.import("functools")?.getattr("partial")?.call((make,), Some(&values))?;
        (make, PyTuple::empty(py)).into_pyobject(py)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let frozen = if self.frozen() { ", frozen" } else { "" };
        let state = self.shared(py).get().__repr__(py)?;
        let name = self.function.get().core.signature.info.name;
        Ok(format!("<gradgen {name} with {}{frozen}>", state.trim_matches(['<', '>'])))
    }
}
