//! NumPy arrays: any dtype that is real, any strides, any alignment, any byte order.

use numpy::npyffi::NPY_CASTING;
use numpy::npyffi::array::PY_ARRAY_API;
use numpy::{Element as _, PyArrayDescr, PyArrayDescrMethods as _, PyArrayDyn};
use numpy::{PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::PyDict;

use super::{Element, Rules, nested};
use crate::ndarray;
use crate::problem::Problem;
use crate::settings::Casting;
use crate::wording;

/// Appends the elements of an array, which must have this shape, row-major.
pub(super) fn elements<T: Element>(
    array: &Bound<'_, PyUntypedArray>,
    shape: &[usize],
    rules: Rules,
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    if array.shape() != shape {
        let got = wording::shape(array.shape().iter().copied().map(Some));
        let expected = wording::shape(shape.iter().copied().map(Some));
        return Err(Problem::shape(format!("has shape {got}, expected {expected}")));
    }
    if let Ok(array) = array.cast::<PyArrayDyn<T>>() {
        return ndarray::append(array, into);
    }
    check_cast::<T>(&array.dtype(), rules)?;
    if !T::IS_FLOAT {
        return nested(&list(array)?, shape, rules, into);
    }
    let wide = as_f64(array)?;
    let mut values = Vec::new();
    ndarray::append(&wide, &mut values)?;
    into.try_reserve(values.len()).map_err(|_| Problem::memory(values.len()))?;
    for (position, value) in values.into_iter().enumerate() {
        into.push(T::of_f64(value).map_err(|problem| problem.at(position, shape))?);
    }
    Ok(())
}

/// Whether NumPy's rule allows the conversion. Integers are judged by their values, not by their dtype.
pub(super) fn check_cast<T: Element>(from: &Bound<'_, PyArrayDescr>, rules: Rules) -> Result<(), Problem> {
    if !T::IS_FLOAT && !rules.strict {
        return Ok(());
    }
    let casting = match rules.casting {
        _ if rules.strict => NPY_CASTING::NPY_NO_CASTING,
        Casting::No => NPY_CASTING::NPY_NO_CASTING,
        Casting::Equiv => NPY_CASTING::NPY_EQUIV_CASTING,
        Casting::Safe => NPY_CASTING::NPY_SAFE_CASTING,
        Casting::SameKind => NPY_CASTING::NPY_SAME_KIND_CASTING,
        Casting::Unsafe => NPY_CASTING::NPY_UNSAFE_CASTING,
    };
    let py = from.py();
    let to = T::get_dtype(py);
    // SAFETY: both are dtypes, and the function only compares them.
    let allowed =
        unsafe { PY_ARRAY_API.PyArray_CanCastTypeTo(py, from.as_dtype_ptr(), to.as_dtype_ptr(), casting) };
    if allowed != 0 {
        return Ok(());
    }
    Err(Problem::kind(if rules.strict {
        format!("has dtype {from}, expected {to} (strict)")
    } else {
        format!(
            "has dtype {from}, which cannot be cast to {to} according to the rule '{}'",
            rules.casting.word()
        )
    }))
}

/// The array as one of `f64`, converted by NumPy.
fn as_f64<'py>(array: &Bound<'py, PyUntypedArray>) -> Result<Bound<'py, PyArrayDyn<f64>>, Problem> {
    // The method of `ndarray` itself: a subclass could answer with anything.
    static ASTYPE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = array.py();
    let astype = method(py, &ASTYPE, "astype")?;
    let keywords = PyDict::new(py);
    keywords.set_item("subok", false)?;
    let wide = astype.call((array, f64::get_dtype(py), "C"), Some(&keywords))?;
    wide.cast_into().map_err(|_| Problem::kind("has a dtype that NumPy does not convert"))
}

/// The array as Python numbers in nested lists, or one number: its elements are then checked like any
/// others.
pub(super) fn list<'py>(array: &Bound<'py, PyUntypedArray>) -> Result<Bound<'py, PyAny>, Problem> {
    static TOLIST: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(method(array.py(), &TOLIST, "tolist")?.call1((array,))?)
}

fn method<'a, 'py>(
    py: Python<'py>,
    place: &'a PyOnceLock<Py<PyAny>>,
    name: &str,
) -> Result<&'a Bound<'py, PyAny>, Problem> {
    let method = place
        .get_or_try_init(py, || py.import("numpy")?.getattr("ndarray")?.getattr(name).map(Bound::unbind))?;
    Ok(method.bind(py))
}

/// Whether the dtype is one of real numbers. Objects, text, dates and complex numbers are not.
pub(super) fn is_real(array: &Bound<'_, PyUntypedArray>) -> bool {
    matches!(array.dtype().kind(), b'f' | b'i' | b'u' | b'b')
}
