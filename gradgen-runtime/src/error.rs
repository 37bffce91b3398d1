//! The one error type of generated code.

use core::fmt;

/// Why a call was refused. Nothing has been written when a function returns an error.
///
/// ```
/// use gradgen_runtime::Error;
///
/// let error = Error::workspace(12, 10);
/// assert_eq!(error.to_string(), "workspace has 10 scalars, expected at least 12");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// An array argument has the wrong number of elements.
    Length {
        /// The argument.
        argument: &'static str,
        /// How many elements it must have.
        expected: usize,
        /// How many it has.
        got: usize,
    },
    /// The workspace is too short.
    Workspace {
        /// How many scalars are needed.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// An index computed from the arguments lies outside its array.
    Index {
        /// The array, as the function's author named it.
        array: &'static str,
        /// The array's length.
        length: usize,
        /// The index.
        index: usize,
    },
    /// An integer argument is used where its value has no meaning (a division by zero).
    Value {
        /// What was computed.
        operation: &'static str,
        /// What the operand must be.
        expected: &'static str,
    },
    /// A loop was not done after as many iterations as its author stated.
    Bound {
        /// The number of iterations that were stated.
        limit: u64,
    },
    /// The function has no value for these arguments: it panics, or yields `None` or an error.
    Undefined {
        /// 0 where it panics; else which of the places in the function's text it is that yields `None` or an
        /// error, counted from 1.
        reason: usize,
    },
    /// A [`Call`](crate::Call) got the wrong number of inputs or outputs.
    Count {
        /// `"inputs"` or `"outputs"`.
        what: &'static str,
        /// How many the function has.
        expected: usize,
        /// How many were given.
        got: usize,
    },
    /// A [`Call`](crate::Call) got a [`Value`](crate::Value) of the wrong kind.
    Kind {
        /// The argument.
        argument: &'static str,
        /// The kind it must have.
        expected: &'static str,
        /// The kind it has.
        got: &'static str,
    },
}

impl Error {
    /// An array argument of the wrong length.
    #[must_use]
    pub const fn length(argument: &'static str, expected: usize, got: usize) -> Self {
        Self::Length { argument, expected, got }
    }

    /// A workspace that is too short.
    #[must_use]
    pub const fn workspace(expected: usize, got: usize) -> Self {
        Self::Workspace { expected, got }
    }

    /// An index outside its array.
    #[must_use]
    pub const fn index(array: &'static str, length: usize, index: usize) -> Self {
        Self::Index { array, length, index }
    }

    /// An operand without meaning for its operation.
    #[must_use]
    pub const fn value(operation: &'static str, expected: &'static str) -> Self {
        Self::Value { operation, expected }
    }

    /// A loop that runs on after as many iterations as were stated.
    #[must_use]
    pub const fn bound(limit: u64) -> Self {
        Self::Bound { limit }
    }

    /// Arguments for which the function has no value.
    #[must_use]
    pub const fn undefined(reason: usize) -> Self {
        Self::Undefined { reason }
    }

    /// Of a function that has no value: which of the places in its text it is that says so, else 0. For
    /// generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn reason(&self) -> usize {
        match self {
            Self::Undefined { reason } => *reason,
            _ => 0,
        }
    }

    /// A wrong number of inputs or outputs.
    #[must_use]
    pub const fn count(what: &'static str, expected: usize, got: usize) -> Self {
        Self::Count { what, expected, got }
    }

    /// A value of the wrong kind.
    #[must_use]
    pub const fn kind(argument: &'static str, expected: &'static str, got: &'static str) -> Self {
        Self::Kind { argument, expected, got }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Length { argument, expected, got } => {
                write!(f, "argument '{argument}' has {got} elements, expected {expected}")
            }
            Self::Workspace { expected, got } => {
                write!(f, "workspace has {got} scalars, expected at least {expected}")
            }
            Self::Index { array, length, index } => {
                write!(f, "index {index} is outside of '{array}', which has {length} elements")
            }
            Self::Value { operation, expected } => {
                write!(f, "{operation}: the operand must be {expected}")
            }
            Self::Bound { limit } => {
                write!(f, "a loop was not done after the {limit} iterations that were stated")
            }
            Self::Undefined { reason: 0 } => {
                write!(f, "the function has no value for these arguments: it panics")
            }
            Self::Undefined { .. } => {
                write!(f, "the function has no value for these arguments: it yields `None` or an error")
            }
            Self::Count { what, expected, got } => {
                write!(f, "{got} {what} were given, expected {expected}")
            }
            Self::Kind { argument, expected, got } => {
                write!(f, "argument '{argument}' is {got}, expected {expected}")
            }
        }
    }
}

impl core::error::Error for Error {}
