//! What one element may be: a float, an integer, a boolean.

use pyo3::exceptions::{PyOverflowError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt};

use numpy::PyArrayDescrMethods as _;

use super::form;
use crate::known::Known;
use crate::problem::Problem;

/// A type that inputs have elements of.
pub(crate) trait Element: numpy::Element + Copy {
    /// One of them, in a message.
    const SINGULAR: &'static str;
    /// Several of them.
    const PLURAL: &'static str;

    /// Whether it is a float.
    const IS_FLOAT: bool;

    /// Whether a number need not be converted.
    fn is_exact(object: &Bound<'_, PyAny>) -> bool;

    /// The value of a scalar of NumPy's, where that is quick and no cast.
    fn foreign(_: &Known, _: &Bound<'_, PyAny>) -> Option<Self> {
        None
    }

    /// The value of a float.
    fn of_f64(value: f64) -> Result<Self, Problem> {
        Err(Problem::kind(format!("is {value}, expected {}", Self::SINGULAR)))
    }

    /// The value of an object of the one class that nearly every element has; `None` for others.
    fn quick(object: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>>;

    /// The value of a number of any class.
    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem>;
}

impl Element for f64 {
    const SINGULAR: &'static str = "a number";
    const PLURAL: &'static str = "numbers";

    const IS_FLOAT: bool = true;

    fn is_exact(object: &Bound<'_, PyAny>) -> bool {
        object.is_exact_instance_of::<PyFloat>() || has_dtype::<Self>(object)
    }

    fn foreign(known: &Known, object: &Bound<'_, PyAny>) -> Option<Self> {
        if object.get_type_ptr() != known.float64() {
            return None;
        }
        // `numpy.float64` is a subclass of `float`.
        object.cast::<PyFloat>().ok().map(|float| float.value())
    }

    fn of_f64(value: f64) -> Result<Self, Problem> {
        Ok(value)
    }

    fn quick(object: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>> {
        object.cast_exact::<PyFloat>().ok().map(|float| Ok(float.value()))
    }

    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem> {
        object.extract().map_err(|error: PyErr| {
            if object.is_instance_of::<PyInt>() && error.is_instance_of::<PyOverflowError>(object.py()) {
                Problem::value("is an integer too large for a float")
            } else if error.is_instance_of::<PyValueError>(object.py()) {
                // A number that has no float, as the signalling NaN of `decimal`.
                let reason = error.value(object.py());
                Problem::value(format!("is {} that is no float: {reason}", form::article(object)))
            } else {
                error.into()
            }
        })
    }
}

impl Element for f32 {
    const SINGULAR: &'static str = f64::SINGULAR;
    const PLURAL: &'static str = f64::PLURAL;

    const IS_FLOAT: bool = true;

    fn is_exact(object: &Bound<'_, PyAny>) -> bool {
        has_dtype::<Self>(object)
    }

    fn of_f64(value: f64) -> Result<Self, Problem> {
        narrow(value)
    }

    fn quick(object: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>> {
        f64::quick(object).map(|value| narrow(value?))
    }

    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem> {
        narrow(f64::number(object)?)
    }
}

/// Whether a scalar of NumPy's has this very dtype.
fn has_dtype<T: Element>(object: &Bound<'_, PyAny>) -> bool {
    form::scalar_dtype(object)
        .ok()
        .flatten()
        .is_some_and(|dtype| dtype.is_equiv_to(&T::get_dtype(object.py())))
}

/// The nearest `f32`.
fn narrow(wide: f64) -> Result<f32, Problem> {
    let narrow = wide as f32;
    if narrow.is_infinite() && wide.is_finite() {
        return Err(Problem::value(format!("is {wide:e}, which is too large for a float32")));
    }
    Ok(narrow)
}

impl Element for usize {
    const SINGULAR: &'static str = "an integer";
    const PLURAL: &'static str = "integers";

    const IS_FLOAT: bool = false;

    fn is_exact(object: &Bound<'_, PyAny>) -> bool {
        object.is_exact_instance_of::<PyInt>() || has_dtype::<Self>(object)
    }

    fn quick(_: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>> {
        None
    }

    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem> {
        integer(object, "an index, 0 or more")
    }
}

impl Element for i32 {
    const SINGULAR: &'static str = "an integer";
    const PLURAL: &'static str = "integers";

    const IS_FLOAT: bool = false;

    fn is_exact(object: &Bound<'_, PyAny>) -> bool {
        object.is_exact_instance_of::<PyInt>() || has_dtype::<Self>(object)
    }

    fn quick(_: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>> {
        None
    }

    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem> {
        integer(object, "an integer of 32 bits, from -2147483648 to 2147483647")
    }
}

/// What `operator.index` makes of an object, if the type can hold it.
fn integer<'py, T>(object: &Bound<'py, PyAny>, expected: &str) -> Result<T, Problem>
where
    T: for<'a> FromPyObject<'a, 'py, Error = PyErr>,
{
    let py = object.py();
    object.extract().map_err(|error: PyErr| {
        if error.is_instance_of::<PyOverflowError>(py) {
            let got = object.extract::<i128>().map_or_else(
                |_| "is an integer of more than 128 bits".to_owned(),
                |value| format!("is {value}"),
            );
            Problem::value(format!("{got}, expected {expected}"))
        } else if error.is_instance_of::<PyTypeError>(py) {
            Problem::kind(format!("is {}, expected an integer", form::article(object)))
        } else {
            error.into()
        }
    })
}

impl Element for bool {
    const SINGULAR: &'static str = "a bool";
    const PLURAL: &'static str = "bools";

    const IS_FLOAT: bool = false;

    fn is_exact(object: &Bound<'_, PyAny>) -> bool {
        object.is_exact_instance_of::<PyBool>() || has_dtype::<Self>(object)
    }

    fn quick(object: &Bound<'_, PyAny>) -> Option<Result<Self, Problem>> {
        object.cast::<PyBool>().ok().map(|object| Ok(object.is_true()))
    }

    fn number(object: &Bound<'_, PyAny>) -> Result<Self, Problem> {
        // Also a bool of NumPy; integers are refused, for `0` and `2` would both be someone's mistake.
        object.extract().map_err(|_| Problem::kind(format!("is {}, expected a bool", form::article(object))))
    }
}
