//! Functions with a memory: what they read and then overwrite is kept between calls.

use std::cell::Cell;
use std::ffi::CStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::LocalKey;

use gradgen_runtime::Call;
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFloat, PyString, PyTuple};

use crate::describe;
use crate::function::Function;
use crate::quick;
use crate::settings::{Preset, Selection, Settings};
use crate::signature::FEW;
use crate::state::{State, kept};
use crate::vary;
use crate::vectorcall::{self, Callable, Class};
use crate::wording;

/// A function with its state: calls read the state, and write what it becomes.
#[pyclass(frozen, subclass, weakref, module = "gradgen", name = "StatefulBase")]
pub(crate) struct Stateful {
    function: Py<Function>,
    state: Mutex<Py<State>>,
    frozen: AtomicBool,
}

/// The function with a state of these values; what is not given is the default, or zero.
pub(crate) fn stateful<'py>(
    function: &Bound<'py, Function>,
    initial: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
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
            None => {
                let start = input
                    .info
                    .default
                    .map_or(Ok(PyFloat::new(py, 0.0).into_any()), |default| describe::object(py, default))?;
                py.import("numpy")?.call_method1("full", (PyTuple::new(py, lengths)?, start))?
            }
        };
        values.push(vary::value(plain, place.input, &value.into_any())?);
    }
    let state = State::new(core.clone(), kept, values);
    for (key, _) in initial.into_iter().flatten() {
        state.place(&key.extract::<String>()?)?;
    }
    let stateful = Stateful {
        function: function.clone().unbind(),
        state: Mutex::new(Py::new(py, state)?),
        frozen: AtomicBool::new(false),
    };
    vectorcall::object(py, stateful)
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
        for (key, _) in kwargs.into_iter().flatten() {
            if let Ok(key) = key.cast::<PyString>()
                && state.place(&key.to_string_lossy()).is_ok()
            {
                return Err(PyTypeError::new_err(format!(
                    "{}() got an unexpected keyword argument '{}', which is the state: write `.state['{}'] = …`",
                    core.signature.info.name,
                    key.to_string_lossy(),
                    key.to_string_lossy()
                )));
            }
        }
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
            // It is our own, and can only be one for each row.
            values.push(state.read(index, &value).map_err(|_| {
                let name = core.signature.info.name;
                PyValueError::new_err(format!(
                    "{name}(): axes before an argument's own make a batch, and a call with a state has none"
                ))
            })?);
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
    #[new]
    fn new() -> PyResult<Self> {
        vectorcall::pending()
    }

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
        let _turn = state.turn()?;
        let (results, values) = self.compute(py, state, args, kwargs)?;
        if !self.frozen() {
            state.values().clone_from(&values);
        }
        Ok(results)
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
    fn copy<'py>(&self, py: Python<'py>, state: Option<&Bound<'_, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
        let copy = Self {
            function: self.function.clone_ref(py),
            state: Mutex::new(Py::new(py, self.shared(py).get().copied())?),
            frozen: AtomicBool::new(self.frozen()),
        };
        if let Some(state) = state {
            copy.set_state(py, state)?;
        }
        vectorcall::object(py, copy)
    }

    fn __copy__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.copy(py, None)
    }

    fn __deepcopy__<'py>(&self, py: Python<'py>, _memo: &Bound<'_, PyAny>) -> PyResult<Bound<'py, PyAny>> {
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

    #[getter]
    fn __module__<'py>(&self, py: Python<'py>) -> &Bound<'py, PyString> {
        self.function.get().core.module.bind(py)
    }

    /// Becomes `__doc__` in `vectorcall`.
    #[getter(_doc)]
    fn __doc__(&self, py: Python<'_>) -> String {
        describe::stateful_docstring(self.shared(py).get())
    }

    #[getter]
    fn __signature__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        describe::stateful_signature(py, self.shared(py).get())
    }

    /// What else is asked for is the function's: its name, its shapes, its derivatives.
    fn __getattr__<'py>(&self, py: Python<'py>, name: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
        self.function.bind(py).getattr(name)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.function)
    }
}

impl Stateful {
    /// The call on the stack, of nothing but numbers and arrays; `None` if it is not that simple.
    fn quick<'a, 'py: 'a>(
        &self,
        py: Python<'py>,
        count: usize,
        argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny>,
    ) -> PyResult<Option<Bound<'py, PyAny>>> {
        let state = self.shared(py);
        let state = state.get();
        let signature = &state.core.signature;
        if count > FEW || count + state.kept.len() != signature.inputs.len() {
            return Ok(None);
        }
        let mut inputs = [None; FEW];
        for (index, input) in inputs.iter_mut().enumerate().take(count) {
            *input = Some(argument(index));
        }
        match signature.info.call {
            Call::F64(_) => quick::advance::<f64>(py, state, &inputs[..count], !self.frozen()),
            Call::F32(_) => quick::advance::<f32>(py, state, &inputs[..count], !self.frozen()),
            _ => Ok(None),
        }
    }
}

thread_local! {
    static PENDING: Cell<Option<Stateful>> = const { Cell::new(None) };
}

impl Callable for Stateful {
    const CLASS_NAME: &'static CStr = c"gradgen.Stateful";
    const OWN: &'static [(&'static str, &'static str)] = &[("__doc__", "_doc"), ("__module__", "__module__")];

    fn class() -> &'static PyOnceLock<Class> {
        static CLASS: PyOnceLock<Class> = PyOnceLock::new();
        &CLASS
    }

    fn pending() -> &'static LocalKey<Cell<Option<Self>>> {
        &PENDING
    }

    fn call<'a, 'py: 'a>(
        &self,
        py: Python<'py>,
        count: usize,
        argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
        named: usize,
        name: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
    ) -> PyResult<Bound<'py, PyAny>> {
        if named == 0
            && let Some(results) = self.quick(py, count, argument)?
        {
            return Ok(results);
        }
        Python::attach(|_| {
            let args = PyTuple::new(py, (0..count).map(argument))?;
            let kwargs = PyDict::new(py);
            for index in 0..named {
                kwargs.set_item(name(index), argument(count + index))?;
            }
            self.__call__(py, &args, Some(&kwargs))
        })
    }
}
