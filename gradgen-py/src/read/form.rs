//! What kind of thing an object is, before anything is read from it.

use numpy::{PyArrayDescr, PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyByteArray, PyBytes, PyComplex, PyDict, PyFloat, PyInt, PyList, PyMemoryView, PyString, PyTuple, PyType,
};

use crate::known::Known;
use crate::problem::Problem;
use crate::wording;

/// What an object can be read as.
pub(super) enum Form<'py> {
    /// A NumPy array, or what `__array__` made of the object.
    Array(Bound<'py, PyUntypedArray>),
    /// A sequence and the length it claims.
    Sequence(usize),
    /// Something that converts to a number.
    Number,
    /// Nothing that holds numbers: text, mappings, `None`, complex numbers.
    Other,
}

impl<'py> Form<'py> {
    pub(super) fn of(object: &Bound<'py, PyAny>) -> Result<Self, Problem> {
        if object.is_exact_instance_of::<PyFloat>() || object.is_instance_of::<PyInt>() {
            return Ok(Self::Number);
        }
        if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
            return Ok(Self::Sequence(length(object)?));
        }
        if let Ok(array) = object.cast::<PyUntypedArray>() {
            if is_masked(object)? {
                return Ok(Self::Other);
            }
            return Ok(Self::Array(array.clone()));
        }
        if is_foreign(object) {
            return Ok(Self::Other);
        }
        if object.is_instance_of::<PyFloat>() {
            return Ok(Self::Number);
        }
        if object.is_instance(scalar_type(object.py())?)? {
            return Ok(if has_real_dtype(object)? { Self::Number } else { Self::Other });
        }
        Self::by_protocol(object)
    }

    /// The form of an object of some class of the user's. Like the interpreter, it asks the class.
    fn by_protocol(object: &Bound<'py, PyAny>) -> Result<Self, Problem> {
        let class = object.get_type();
        // A view of memory with several axes has no items of its own, only NumPy can index it.
        if class.hasattr("__array__")? || object.is_instance_of::<PyMemoryView>() {
            let array = object.py().import("numpy")?.call_method1("asarray", (object,))?;
            return Ok(match array.cast_into::<PyUntypedArray>() {
                Ok(array) if !is_masked(&array)? => Self::Array(array),
                _ => Self::Other,
            });
        }
        let is_sequence = class.hasattr("__len__")? && class.hasattr("__getitem__")?;
        if is_sequence && !class.hasattr("keys")? {
            return Ok(Self::Sequence(length(object)?));
        }
        let is_number = class.hasattr("__float__")? || class.hasattr("__index__")?;
        Ok(if is_number && !is_sequence { Self::Number } else { Self::Other })
    }
}

/// Kinds that have items or numbers, but not what a function of numbers means.
fn is_foreign(object: &Bound<'_, PyAny>) -> bool {
    object.is_none()
        || object.is_instance_of::<PyString>()
        || object.is_instance_of::<PyBytes>()
        || object.is_instance_of::<PyByteArray>()
        || object.is_instance_of::<PyComplex>()
        || object.is_instance_of::<PyDict>()
}

fn length(object: &Bound<'_, PyAny>) -> Result<usize, Problem> {
    object.len().map_err(|error| {
        if error.is_instance_of::<PyOverflowError>(object.py()) {
            Problem::shape("has more elements than memory can hold")
        } else {
            error.into()
        }
    })
}

/// `numpy.generic`, the class of NumPy's scalars.
fn scalar_type(py: Python<'_>) -> Result<&Bound<'_, PyType>, Problem> {
    static GENERIC: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    Ok(GENERIC.import(py, "numpy", "generic")?)
}

/// Whether a scalar of NumPy is real: complex ones convert with a mere warning, dates silently.
fn has_real_dtype(scalar: &Bound<'_, PyAny>) -> Result<bool, Problem> {
    let kind: String = scalar.getattr("dtype")?.getattr("kind")?.extract()?;
    Ok(matches!(kind.as_str(), "f" | "i" | "u" | "b"))
}

/// The dtype of a scalar of NumPy.
pub(super) fn scalar_dtype<'py>(
    object: &Bound<'py, PyAny>,
) -> Result<Option<Bound<'py, PyArrayDescr>>, Problem> {
    if !object.is_instance(scalar_type(object.py())?)? {
        return Ok(None);
    }
    Ok(object.getattr("dtype")?.cast_into().ok())
}

/// Whether it is an array some elements of which do not count: what they are, nobody has said.
pub(crate) fn is_masked(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    static MASKED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    if object.get_type_ptr() == Known::get(object.py())?.array() {
        return Ok(false);
    }
    object.is_instance(MASKED.import(object.py(), "numpy.ma", "MaskedArray")?)
}

/// What the object is, for a message.
pub(super) fn article(object: &Bound<'_, PyAny>) -> String {
    match object.cast::<PyUntypedArray>() {
        Ok(_) if is_masked(object).unwrap_or(false) => "a masked array".to_owned(),
        Ok(array) => format!("an array of dtype {}", array.dtype()),
        Err(_) => wording::article(object),
    }
}
