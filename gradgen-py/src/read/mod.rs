//! From a Python object to numbers in memory of our own.
//!
//! What holds for every object, however hostile:
//! * No more elements are read than the shape has, and none before the length fits.
//! * Nothing is borrowed across a call of Python code: every item is fetched anew by its index.
//! * Recursion goes as deep as the shape, not as deep as the object.

mod array;
mod element;
mod form;

use pyo3::prelude::*;
use pyo3::types::{PyList, PyTuple};

use numpy::PyUntypedArrayMethods as _;

pub(crate) use element::Element;
use form::Form;

use crate::problem::Problem;
use crate::settings::Casting;
use crate::wording;

pub(crate) use form::is_masked;

/// Which conversions are made.
#[derive(Clone, Copy, Default)]
pub(crate) struct Rules {
    pub(crate) casting: Casting,
    /// None at all.
    pub(crate) strict: bool,
}

/// Appends the elements of `object` to `into`, row-major.
///
/// `shape` is the shape that `object` must have. A scalar will do for one element.
pub(crate) fn argument<T: Element>(
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    rules: Rules,
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    if rules.strict {
        check_strict::<T>(object, shape)?;
    }
    let outcome = if is_single(shape) && is_scalar(object)? {
        element(object, rules).and_then(|value| push(value, into))
    } else {
        nested(object, shape, rules, into)
    };
    outcome.map_err(|problem| in_full::<T>(problem, object, shape))
}

/// Without conversions, an argument is an array of the very dtype and shape, or a number of the type.
fn check_strict<T: Element>(object: &Bound<'_, PyAny>, shape: &[usize]) -> Result<(), Problem> {
    let exact = match Form::of(object)? {
        Form::Array(array) => return array::check_cast::<T>(&array.dtype(), STRICT),
        Form::Number => T::is_exact(object) && shape.is_empty(),
        Form::Sequence(_) | Form::Other => false,
    };
    if exact {
        return Ok(());
    }
    let dtype = T::get_dtype(object.py());
    let expected = if shape.is_empty() { T::SINGULAR } else { "an array" };
    Err(Problem::kind(format!("is {}, expected {expected} of dtype {dtype} (strict)", form::article(object))))
}

const STRICT: Rules = Rules { casting: Casting::No, strict: true };

/// The shape of an argument: axes of a batch, which the object decides, and those of `own`, in which
/// the object decides where there is `None`. Only lengths are looked at.
pub(crate) fn shape<T: Element>(
    object: &Bound<'_, PyAny>,
    own: &[Option<usize>],
) -> Result<Box<[usize]>, Problem> {
    // A batch is an array, or lists in a list: what only claims to have a length is not asked for rows.
    let form = Form::of(object)?;
    let holds = object.is_instance_of::<PyList>()
        || object.is_instance_of::<PyTuple>()
        || matches!(form, Form::Array(_));
    if let (false, Some(known)) = (holds, own.iter().copied().collect::<Option<Vec<usize>>>()) {
        return Ok(known.into());
    }
    let Found { shape: got, complete } = shape_of(object, own.len())?;
    let Some(extra) = got.len().checked_sub(own.len()).filter(|extra| *extra > 0) else {
        return lengths::<T>(object, &got, own);
    };
    let fits = got[extra..].iter().zip(own).all(|(got, own)| own.is_none_or(|own| own == *got));
    if fits && complete && holds { Ok(got.into()) } else { Err(mismatch::<T>(object, &got, own)?) }
}

/// The lengths of an argument that has no axes but its own.
fn lengths<T: Element>(
    object: &Bound<'_, PyAny>,
    got: &[usize],
    own: &[Option<usize>],
) -> Result<Box<[usize]>, Problem> {
    let mut lengths = Vec::with_capacity(own.len());
    for (axis, expected) in own.iter().enumerate() {
        let length = match (expected, got.get(axis)) {
            (Some(length), _) => *length,
            (None, Some(length)) => *length,
            // An empty outer list says nothing about the inner lengths.
            (None, None) if got.contains(&0) => 0,
            (None, None) => return Err(mismatch::<T>(object, got, own)?),
        };
        lengths.push(length);
    }
    Ok(lengths.into())
}

fn is_single(shape: &[usize]) -> bool {
    !shape.is_empty() && shape.iter().all(|&length| length == 1)
}

fn is_scalar(object: &Bound<'_, PyAny>) -> Result<bool, Problem> {
    Ok(match Form::of(object)? {
        Form::Number => true,
        Form::Array(array) => array.ndim() == 0,
        Form::Sequence(_) | Form::Other => false,
    })
}

fn nested<T: Element>(
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    rules: Rules,
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    let Some((&length, inner)) = shape.split_first() else {
        return push(element(object, rules)?, into);
    };
    match Form::of(object)? {
        Form::Sequence(got) if got == length => items(object, length, inner, rules, into),
        Form::Sequence(got) => Err(Problem::shape(format!("has {got} elements, expected {length}"))),
        Form::Array(array) if array::is_real(&array) => array::elements(&array, shape, rules, into),
        Form::Number => Err(Problem::shape(format!("is a number, expected {length} elements"))),
        Form::Array(_) | Form::Other => {
            let shape = wording::shape(shape.iter().copied().map(Some));
            let got = form::article(object);
            Err(Problem::kind(format!("is {got}, expected {} of shape {shape}", T::PLURAL)))
        }
    }
}

/// The items of a sequence that has just claimed to have `length` of them.
fn items<T: Element>(
    object: &Bound<'_, PyAny>,
    length: usize,
    inner: &[usize],
    rules: Rules,
    into: &mut Vec<T>,
) -> Result<(), Problem> {
    for index in 0..length {
        if index % INTERRUPTIBLE == INTERRUPTIBLE - 1 {
            object.py().check_signals()?;
        }
        let item = item(object, index, length)?;
        nested(&item, inner, rules, into).map_err(|problem| problem.within(index))?;
    }
    Ok(())
}

/// After so many items, a look whether the user wants to stop.
const INTERRUPTIBLE: usize = 1 << 16;

fn item<'py>(object: &Bound<'py, PyAny>, index: usize, length: usize) -> Result<Bound<'py, PyAny>, Problem> {
    let item = if let Ok(list) = object.cast_exact::<PyList>() {
        list.get_item(index)
    } else if let Ok(tuple) = object.cast_exact::<PyTuple>() {
        tuple.get_item(index)
    } else {
        object.get_item(index)
    };
    item.map_err(|error| {
        if error.is_instance_of::<pyo3::exceptions::PyIndexError>(object.py()) {
            Problem::value(format!("ends after {index} elements, but its length was {length}"))
        } else {
            error.into()
        }
    })
}

/// One element that is not a sequence.
fn element<T: Element>(object: &Bound<'_, PyAny>, rules: Rules) -> Result<T, Problem> {
    if let Some(value) = T::quick(object) {
        return value;
    }
    match Form::of(object)? {
        Form::Number => {
            if let Some(dtype) = form::scalar_dtype(object)? {
                array::check_cast::<T>(&dtype, rules)?;
            }
            T::number(object)
        }
        Form::Array(array) if array.ndim() == 0 && array::is_real(&array) => {
            array::check_cast::<T>(&array.dtype(), rules)?;
            let number = array::list(&array)?;
            T::quick(&number).unwrap_or_else(|| T::number(&number))
        }
        Form::Array(array) if array::is_real(&array) => {
            Err(Problem::shape(format!("has {} axes, expected {}", array.ndim(), T::SINGULAR)))
        }
        Form::Sequence(_) => {
            Err(Problem::shape(format!("is {}, expected {}", form::article(object), T::SINGULAR)))
        }
        Form::Array(_) | Form::Other => {
            Err(Problem::kind(format!("is {}, expected {}", form::article(object), T::SINGULAR)))
        }
    }
}

fn push<T>(value: T, into: &mut Vec<T>) -> Result<(), Problem> {
    into.try_reserve(1).map_err(|_| Problem::memory(into.len() + 1))?;
    into.push(value);
    Ok(())
}

/// The problem in terms of the whole argument, where its shape is wrong as a whole.
fn in_full<T: Element>(problem: Problem, object: &Bound<'_, PyAny>, shape: &[usize]) -> Problem {
    let Problem::Shape(..) = problem else { return problem };
    match shape_of(object, shape.len()) {
        Ok(got) if got.shape != shape => {
            let shape: Vec<Option<usize>> = shape.iter().copied().map(Some).collect();
            mismatch::<T>(object, &got.shape, &shape).unwrap_or(problem)
        }
        _ => problem,
    }
}

fn mismatch<T: Element>(
    object: &Bound<'_, PyAny>,
    got: &[usize],
    expected: &[Option<usize>],
) -> Result<Problem, Problem> {
    let expected = match got.len() > expected.len() {
        true => wording::open_shape(expected.iter().copied()),
        false => wording::shape(expected.iter().copied()),
    };
    if got.is_empty() && matches!(Form::of(object)?, Form::Other) {
        let got = form::article(object);
        return Ok(Problem::kind(format!("is {got}, expected {} of shape {expected}", T::PLURAL)));
    }
    let got = wording::shape(got.iter().copied().map(Some));
    Ok(Problem::shape(format!("has shape {got}, expected {expected}")))
}

/// A shape, as far as one looked.
struct Found {
    shape: Vec<usize>,
    /// Whether there is nothing below.
    complete: bool,
}

/// The lengths down the first items: the shape, if nothing is ragged. It ends below `depth`, where
/// it has more axes than a batch of lists may have, so a list that contains itself is no trap.
fn shape_of(object: &Bound<'_, PyAny>, depth: usize) -> Result<Found, Problem> {
    let mut shape = Vec::new();
    let mut object = object.clone();
    while shape.len() <= depth + EXTRA_AXES {
        match Form::of(&object)? {
            Form::Array(array) => {
                shape.extend_from_slice(array.shape());
                return Ok(Found { shape, complete: true });
            }
            Form::Sequence(length) => {
                shape.push(length);
                if length == 0 {
                    return Ok(Found { shape, complete: true });
                }
                object = item(&object, 0, length)?;
            }
            Form::Number | Form::Other => return Ok(Found { shape, complete: true }),
        }
    }
    shape.pop();
    Ok(Found { shape, complete: false })
}

/// How many axes before an argument's own lists may have, and a message shows.
const EXTRA_AXES: usize = 2;
