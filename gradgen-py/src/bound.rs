//! A call whose arguments are given: the same arrays, read and written anew each time.

use std::cell::Cell;
use std::ffi::CStr;
use std::thread::LocalKey;

use gradgen_runtime::Call;
use numpy::PyUntypedArray;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple};

use crate::arguments::Arguments;
use crate::call;
use crate::function::Function;
use crate::ndarray;
use crate::quick::{self, Places, To};
use crate::settings::{Options, Selection};
use crate::signature::{FEW, OUT};
use crate::vectorcall::{self, Callable, Class};

/// A call with its arguments, which it keeps alive. It takes none.
#[pyclass(frozen, subclass, weakref, module = "gradgen", name = "BoundCallBase")]
pub(crate) struct BoundCall {
    function: Py<Function>,
    args: Py<PyTuple>,
    kwargs: Option<Py<PyDict>>,
    /// One for every input, where all of them were given.
    inputs: Vec<Py<PyAny>>,
    /// The arrays for all outputs, and what a call returns, where the results go there.
    places: Option<(Vec<Py<PyAny>>, Py<PyAny>)>,
    /// Where the memory of all of them was when they were seen to share none.
    addresses: Vec<Option<usize>>,
}

/// Checks the arguments with one call, whose results are thrown away, and keeps them.
pub(crate) fn bind<'py>(
    function: &Bound<'py, Function>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let kwargs = kwargs.map(|kwargs| kwargs.copy()).transpose()?;
    let this = function.get();
    let pairs: Vec<_> = kwargs.iter().flatten().collect();
    let keywords = pairs.iter().map(|(key, value)| (key.as_borrowed(), value.as_borrowed()));
    let bound = Arguments::bind(this, args.iter_borrowed(), keywords, |arguments| {
        call::call(py, this, arguments)?;
        let mut inputs = Vec::new();
        let simple = this.settings.presets.is_empty() && arguments.options == Options::default();
        if simple && arguments.inputs.iter().all(Option::is_some) {
            inputs = arguments.inputs.iter().flatten().map(|input| (*input).to_owned().unbind()).collect();
        }
        let places = arguments.out.as_ref().and_then(|out| places(this, out));
        let addresses = addresses(py, &inputs, places.as_ref().map_or(&[], |(arrays, _)| arrays)).collect();
        Ok(BoundCall {
            addresses,
            function: function.clone().unbind(),
            args: args.clone().unbind(),
            kwargs: kwargs.clone().map(Bound::unbind),
            inputs,
            places,
        })
    })?;
    vectorcall::object(py, bound)
}

/// The arrays for all outputs.
fn places(function: &Function, out: &Bound<'_, PyAny>) -> Option<(Vec<Py<PyAny>>, Py<PyAny>)> {
    let outputs = &function.core.signature.outputs;
    if function.settings.selection != Selection::All {
        return None;
    }
    if let Ok(dict) = out.cast::<PyDict>() {
        let arrays =
            outputs.iter().map(|output| dict.get_item(&output.name).ok().flatten().map(Bound::unbind));
        return Some((arrays.collect::<Option<_>>()?, out.clone().unbind()));
    }
    // One output in an array by itself: what is returned is a dict, the same every time.
    let [output] = &**outputs else { return None };
    out.cast::<PyUntypedArray>().ok()?;
    let dict = PyDict::new(out.py());
    dict.set_item(&output.name, out).ok()?;
    Some((vec![out.clone().unbind()], dict.into_any().unbind()))
}

fn addresses<'a>(
    py: Python<'a>,
    inputs: &'a [Py<PyAny>],
    arrays: &'a [Py<PyAny>],
) -> impl Iterator<Item = Option<usize>> + 'a {
    inputs.iter().chain(arrays).map(move |object| ndarray::address(object.bind(py)))
}

#[pymethods]
impl BoundCall {
    #[new]
    fn new() -> PyResult<Self> {
        vectorcall::pending()
    }

    fn __call__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        if let Some(results) = self.quick(py)? {
            return Ok(results);
        }
        self.function.get().__call__(
            py,
            self.args.bind(py),
            self.kwargs.as_ref().map(|kwargs| kwargs.bind(py)),
        )
    }

    /// The function that is called.
    #[getter]
    fn function<'py>(&self, py: Python<'py>) -> &Bound<'py, Function> {
        self.function.bind(py)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let signature = &self.function.get().core.signature;
        let out = match &self.kwargs {
            Some(kwargs) if kwargs.bind(py).contains(&signature.extras[OUT]).unwrap_or(false) => {
                " into the caller's arrays"
            }
            _ => "",
        };
        format!("<gradgen call of {}(){out}>", signature.info.name)
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.args)?;
        visit.call(&self.kwargs)?;
        if let Some((arrays, result)) = &self.places {
            visit.call(result)?;
            for array in arrays {
                visit.call(array)?;
            }
        }
        self.inputs.iter().try_for_each(|input| visit.call(input))
    }
}

impl BoundCall {
    /// The call on the stack, into the arrays; `None` if it is not that simple, or no longer.
    fn quick<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let signature = &self.function.get().core.signature;
        let Some((arrays, result)) = &self.places else { return Ok(None) };
        if self.inputs.is_empty() || self.inputs.len() > FEW {
            return Ok(None);
        }
        let mut inputs = [None; FEW];
        for (slot, input) in inputs.iter_mut().zip(&self.inputs) {
            *slot = Some(input.bind_borrowed(py));
        }
        let inputs = &inputs[..self.inputs.len()];
        let apart = addresses(py, &self.inputs, arrays).eq(self.addresses.iter().copied());
        let places = Places { arrays, result: result.bind(py), apart };
        match signature.info.call {
            Call::F64(_) => quick::call::<f64>(py, signature, inputs, To::Places(&places)),
            Call::F32(_) => quick::call::<f32>(py, signature, inputs, To::Places(&places)),
            _ => Ok(None),
        }
    }
}

thread_local! {
    static PENDING: Cell<Option<BoundCall>> = const { Cell::new(None) };
}

impl Callable for BoundCall {
    const CLASS_NAME: &'static CStr = c"gradgen.BoundCall";
    const OWN: &'static [(&'static str, &'static str)] = &[];

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
        _argument: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
        named: usize,
        _name: impl Fn(usize) -> Borrowed<'a, 'py, PyAny> + Copy,
    ) -> PyResult<Bound<'py, PyAny>> {
        if count + named > 0 {
            let name = self.function.get().core.signature.info.name;
            return Err(PyTypeError::new_err(format!(
                "the call of {name}() has its arguments: it takes none"
            )));
        }
        match self.quick(py)? {
            Some(results) => Ok(results),
            None => Python::attach(|_| self.__call__(py)),
        }
    }
}
