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
use crate::known::Known;
use crate::lanes::Lane;
use crate::ndarray;
use crate::quick::{self, Places, To};
use crate::settings::{Options, Selection};
use crate::signature::{FEW, OUT, Shape, Signature};
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
    /// Where the elements of all of these are, inputs first, if they are arrays that are read and written as
    /// they lie. They share no memory then, which was checked.
    addresses: Option<Box<[usize]>>,
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
        let places = arguments.out.as_ref().and_then(|out| given(this, out));
        let arrays = places.as_ref().map_or(&[][..], |(arrays, _)| arrays);
        let addresses = plain(py, &this.core.signature, &inputs, arrays);
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
fn given(function: &Function, out: &Bound<'_, PyAny>) -> Option<(Vec<Py<PyAny>>, Py<PyAny>)> {
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

/// Where the elements of all arguments are, if they are arrays that can be read and written as they lie.
fn plain(
    py: Python<'_>,
    signature: &Signature,
    inputs: &[Py<PyAny>],
    arrays: &[Py<PyAny>],
) -> Option<Box<[usize]>> {
    let complete = inputs.len() == signature.inputs.len() && arrays.len() == signature.outputs.len();
    if signature.quick.is_none() || !complete {
        return None;
    }
    let known = Known::get(py).ok()?;
    places(py, known, signature, inputs, arrays).map(|place| Some(place?.addr())).collect()
}

/// Where the elements of every argument are, or nothing for an argument that is something else.
#[inline]
fn places<'a>(
    py: Python<'a>,
    known: &'a Known,
    signature: &'a Signature,
    inputs: &'a [Py<PyAny>],
    arrays: &'a [Py<PyAny>],
) -> impl Iterator<Item = Option<*mut u8>> + 'a {
    let find = move |object: &Py<PyAny>, shape: &Shape, write: bool| {
        let (object, Shape::Fixed(shape)) = (object.bind_borrowed(py), shape) else { return None };
        match signature.info.call {
            Call::F64(_) => Some(ndarray::plain::<f64>(known, &object, shape, write)?.cast()),
            Call::F32(_) => Some(ndarray::plain::<f32>(known, &object, shape, write)?.cast()),
            _ => None,
        }
    };
    let inputs =
        inputs.iter().zip(&signature.inputs).map(move |(object, input)| find(object, &input.shape, false));
    let arrays =
        arrays.iter().zip(&signature.outputs).map(move |(object, output)| find(object, &output.shape, true));
    inputs.chain(arrays)
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
        if self.in_place(py, signature, arrays)? {
            return Ok(Some(result.bind(py).clone()));
        }
        let mut inputs = [None; FEW];
        for (slot, input) in inputs.iter_mut().zip(&self.inputs) {
            *slot = Some(input.bind_borrowed(py));
        }
        let inputs = &inputs[..self.inputs.len()];
        let places = Places { arrays, result: result.bind(py) };
        match signature.info.call {
            Call::F64(_) => quick::call::<f64>(py, signature, inputs, To::Places(&places)),
            Call::F32(_) => quick::call::<f32>(py, signature, inputs, To::Places(&places)),
            _ => Ok(None),
        }
    }

    /// The call from array to array, if all of them are as they were.
    fn in_place(&self, py: Python<'_>, signature: &Signature, arrays: &[Py<PyAny>]) -> PyResult<bool> {
        let (Some(addresses), Some(quick)) = (&self.addresses, &signature.quick) else { return Ok(false) };
        let known = Known::get(py)?;
        let mut lanes = [Lane { start: std::ptr::null_mut(), step: 0 }; 2 * FEW];
        let found = places(py, known, signature, &self.inputs, arrays);
        for ((lane, place), address) in lanes.iter_mut().zip(found).zip(addresses) {
            match place {
                Some(place) if place.addr() == *address => lane.start = place,
                _ => return Ok(false),
            }
        }
        let lanes = &lanes[..addresses.len()];
        // SAFETY: one row of every argument, in arrays of its shape, which the object keeps alive; no Python
        // code runs meanwhile. They share no memory, as when they were bound, for they lie where they lay.
        let done = unsafe {
            match signature.info.call {
                Call::F64(_) => signature.run::<f64>(quick, lanes, 1),
                Call::F32(_) => signature.run::<f32>(quick, lanes, 1),
                _ => return Ok(false),
            }
        };
        done.map(|()| true).map_err(|refused| call::refused(signature, &refused.error))
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
