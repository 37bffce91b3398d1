//! Classes and dtypes of NumPy that every call compares with, looked up once.

use numpy::npyffi::{NpyTypes, get_type_object};
use numpy::{Element as _, PyArrayDescr};
use pyo3::ffi::PyTypeObject;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyType;

/// What is known of NumPy.
pub(crate) struct Known {
    array: Py<PyType>,
    float64: Py<PyType>,
    pub(crate) f64: Py<PyArrayDescr>,
    pub(crate) f32: Py<PyArrayDescr>,
}

impl Known {
    /// All of it.
    ///
    /// # Errors
    /// NumPy is missing, or something of it.
    pub(crate) fn get(py: Python<'_>) -> PyResult<&'static Self> {
        static KNOWN: PyOnceLock<Known> = PyOnceLock::new();
        KNOWN.get_or_try_init(py, || {
            let class = |name: &str| PyResult::Ok(py.import("numpy")?.getattr(name)?.cast_into::<PyType>()?);
            // First, for without NumPy it is an exception, where its table would panic.
            let float64 = class("float64")?.unbind();
            Ok(Self {
                // SAFETY: NumPy's table has the class, as its module does; whoever replaced that does not
                // replace this one. It is never freed.
                array: unsafe {
                    let class = get_type_object(py, NpyTypes::PyArray_Type).cast();
                    Bound::from_borrowed_ptr(py, class).cast_into::<PyType>()?.unbind()
                },
                float64,
                f64: f64::get_dtype(py).unbind(),
                f32: f32::get_dtype(py).unbind(),
            })
        })
    }

    /// `numpy.ndarray`.
    pub(crate) fn array(&self) -> *mut PyTypeObject {
        self.array.as_ptr().cast()
    }

    /// `numpy.float64`.
    pub(crate) fn float64(&self) -> *mut PyTypeObject {
        self.float64.as_ptr().cast()
    }
}
