//! Why an argument was refused.

use std::fmt;

use pyo3::PyErr;
use pyo3::exceptions::{PyTypeError, PyValueError};

/// Why an argument was refused, and at which element.
///
/// It knows neither the function nor the argument: those who do add them in
/// [`into_error`](Self::into_error). Nothing is formatted before something is wrong.
pub(crate) enum Problem {
    /// Raised by Python code that the conversion ran, or by the interpreter.
    Raised(PyErr),
    /// The wrong kind of object.
    Kind(Spot, String),
    /// The wrong shape; an empty text leaves the words to who sees the whole argument.
    Shape(Spot, String),
    /// The right kind of object with a value that means nothing here.
    Value(Spot, String),
}

/// The position of an element, innermost index first; empty for the argument itself.
#[derive(Default)]
pub(crate) struct Spot(Vec<usize>);

impl Problem {
    pub(crate) fn kind(text: impl Into<String>) -> Self {
        Self::Kind(Spot::default(), text.into())
    }

    pub(crate) fn shape(text: impl Into<String>) -> Self {
        Self::Shape(Spot::default(), text.into())
    }

    pub(crate) fn value(text: impl Into<String>) -> Self {
        Self::Value(Spot::default(), text.into())
    }

    /// So many elements that memory cannot hold them.
    pub(crate) fn memory(elements: usize) -> Self {
        Self::value(format!("has {elements} elements, for which there is no memory"))
    }

    /// The same problem, seen from the sequence that has the element at `index`.
    pub(crate) fn within(mut self, index: usize) -> Self {
        match &mut self {
            Self::Raised(_) => {}
            Self::Kind(spot, _) | Self::Shape(spot, _) | Self::Value(spot, _) => spot.0.push(index),
        }
        self
    }

    /// The same problem, seen from the array in which the element has this position, row-major.
    pub(crate) fn at(mut self, mut position: usize, shape: &[usize]) -> Self {
        for length in shape.iter().rev() {
            self = self.within(position % length.max(&1));
            position /= length.max(&1);
        }
        self
    }

    /// The exception to raise.
    pub(crate) fn into_error(self, function: &str, argument: &str) -> PyErr {
        match self {
            Self::Raised(error) => error,
            Self::Kind(spot, text) => {
                PyTypeError::new_err(format!("{function}(): argument '{argument}'{spot} {text}"))
            }
            Self::Shape(spot, text) | Self::Value(spot, text) => {
                PyValueError::new_err(format!("{function}(): argument '{argument}'{spot} {text}"))
            }
        }
    }
}

impl From<PyErr> for Problem {
    fn from(error: PyErr) -> Self {
        Self::Raised(error)
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().rev().try_for_each(|index| write!(f, "[{index}]"))
    }
}
