//! The call that nearly every call is: few arguments of known size, all of them floats or arrays of the
//! function's own dtype. It needs no memory but the stack, and runs no Python code; whatever does not fit,
//! it leaves to the [call](crate::call) that understands everything, before anything has happened.

use gradgen_runtime::Value;
use numpy::{PyArrayDyn, PyUntypedArray};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyTuple};

use crate::arguments::Object;
use crate::call::refused;
use crate::known::Known;
use crate::ndarray;
use crate::real::Real;
use crate::settings::{Data, Selection};
use crate::signature::{FEW, Quick, Shape, Signature};
use crate::sizes::Stack;
use crate::state::State;

/// Where results go that the caller has arrays for.
pub(crate) struct Places<'a, 'py> {
    /// One for every output.
    pub(crate) arrays: &'a [Py<PyAny>],
    /// What the call returns.
    pub(crate) result: &'a Bound<'py, PyAny>,
}

/// Where results go.
#[derive(Clone, Copy)]
pub(crate) enum To<'a, 'py> {
    /// These outputs, to floats and new arrays.
    New(&'a Selection),
    /// All of them.
    Places(&'a Places<'a, 'py>),
}

/// Calls the function, if that is as simple as it can be.
pub(crate) fn call<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    inputs: &[Option<Object<'_, 'py>>],
    to: To<'_, 'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let Some(Quick { sizes, work }) = &signature.quick else { return Ok(None) };
    let known = Known::get(py)?;
    let mut memory = Stack::<T>::new();
    let memory = memory.zeros(sizes.inputs.total + sizes.outputs.total + work);
    let (mut data, rest) = memory.split_at_mut(sizes.inputs.total);
    let (mut results, work) = rest.split_at_mut(sizes.outputs.total);
    let mut values = [Value::Bool(false); FEW];
    for ((value, input), object) in values.iter_mut().zip(&signature.inputs).zip(inputs) {
        let (place, others) = data.split_at_mut(input.size);
        let (Some(object), Shape::Fixed(shape)) = (object, &input.shape) else { return Ok(None) };
        if !read(known, object, shape, place) {
            return Ok(None);
        }
        *value = T::value(place);
        data = others;
    }
    if let To::Places(places) = to
        && !fit::<T>(py, known, signature, inputs, places)
    {
        return Ok(None);
    }
    let mut places = <[&mut [T]; FEW]>::default();
    for (place, output) in places.iter_mut().zip(&signature.outputs) {
        *place = results.split_off_mut(..output.size).unwrap_or_default();
    }
    let places = &mut places[..signature.outputs.len()];
    T::call(signature.info, &values[..signature.inputs.len()], places, work)
        .map_err(|error| refused(signature, &error))?;
    Ok(Some(match to {
        To::New(selection) => fresh(py, known, signature, selection, places)?,
        To::Places(given) => fill(py, given, places),
    }))
}

/// Calls a function with a memory: `given` are the inputs that are not state. What the state becomes is kept, if
/// `keeps`; the other outputs are returned.
pub(crate) fn advance<'py, T: Real>(
    py: Python<'py>,
    state: &State,
    given: &[Option<Object<'_, 'py>>],
    keeps: bool,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let signature = &state.core.signature;
    let Some(Quick { sizes, work }) = &signature.quick else { return Ok(None) };
    let known = Known::get(py)?;
    if state.is_busy() {
        return Err(state.in_use());
    }
    let mut memory = Stack::<T>::new();
    let memory = memory.zeros(sizes.inputs.total + sizes.outputs.total + work);
    let (mut data, rest) = memory.split_at_mut(sizes.inputs.total);
    let (mut results, work) = rest.split_at_mut(sizes.outputs.total);
    let mut values = [Value::Bool(false); FEW];
    let mut given = given.iter();
    let mut kept = state.values();
    for (index, (value, input)) in values.iter_mut().zip(&signature.inputs).enumerate() {
        let (place, others) = data.split_at_mut(input.size);
        match state.kept.iter().position(|kept| kept.input == index) {
            Some(which) => {
                let Data::F64(old) = &kept[which].data else { return Ok(None) };
                place.iter_mut().zip(old).for_each(|(place, old)| *place = T::nearest(*old));
            }
            None => {
                let (Some(Some(object)), Shape::Fixed(shape)) = (given.next(), &input.shape) else {
                    return Ok(None);
                };
                if !read(known, object, shape, place) {
                    return Ok(None);
                }
            }
        }
        *value = T::value(place);
        data = others;
    }
    let mut places = <[&mut [T]; FEW]>::default();
    for (place, output) in places.iter_mut().zip(&signature.outputs) {
        *place = results.split_off_mut(..output.size).unwrap_or_default();
    }
    let places = &mut places[..signature.outputs.len()];
    T::call(signature.info, &values[..signature.inputs.len()], places, work)
        .map_err(|error| refused(signature, &error))?;
    if keeps {
        for (place, now) in state.kept.iter().zip(kept.iter_mut()) {
            if let Data::F64(now) = &mut now.data {
                now.iter_mut().zip(&*places[place.output]).for_each(|(now, new)| *now = (*new).into());
            }
        }
    }
    // New objects can have Python's collector run code, which may ask for the state.
    drop(kept);
    if signature.outputs.len() == state.kept.len() {
        return Ok(Some(py.None().into_bound(py)));
    }
    fresh(py, known, signature, &state.others, places).map(Some)
}

/// The results, in new arrays.
fn fresh<'py, T: Real>(
    py: Python<'py>,
    known: &Known,
    signature: &Signature,
    selection: &Selection,
    places: &[&mut [T]],
) -> PyResult<Bound<'py, PyAny>> {
    let object = |index: usize| {
        let place = &*places[index];
        match (place, &signature.outputs[index].shape) {
            ([value], _) => Ok(PyFloat::new(py, (*value).into()).into_any()),
            (_, Shape::Fixed(shape)) => Ok(ndarray::filled(py, known, shape, place)?.into_any()),
            (_, Shape::Open(_)) => Err(PyValueError::new_err("an output has no size")),
        }
    };
    if let Selection::One(index) = selection {
        return object(*index);
    }
    let results = PyDict::new(py);
    for (index, output) in signature.outputs.iter().enumerate() {
        if selection.has(index) {
            results.set_item(output.name.bind(py), object(index)?)?;
        }
    }
    Ok(results.into_any())
}

/// Whether the results can be written to arrays of the caller's.
fn fit<'py, T: Real>(
    py: Python<'py>,
    known: &Known,
    signature: &Signature,
    inputs: &[Option<Object<'_, 'py>>],
    given: &Places<'_, 'py>,
) -> bool {
    given.arrays.iter().zip(&signature.outputs).all(|(array, output)| {
        let array = array.bind(py);
        let Shape::Fixed(shape) = &output.shape else { return false };
        ndarray::takes::<T>(known, array, shape) && !overlaps(array, inputs)
    })
}

/// Writes the results to arrays of the caller's.
fn fill<'py, T: Real>(py: Python<'py>, given: &Places<'_, 'py>, places: &[&mut [T]]) -> Bound<'py, PyAny> {
    for (array, place) in given.arrays.iter().zip(places) {
        // That it is one, `fit` has seen.
        if let Ok(array) = array.bind(py).cast::<PyArrayDyn<T>>() {
            ndarray::fill(array, place);
        }
    }
    given.result.clone()
}

fn overlaps(array: &Bound<'_, PyAny>, inputs: &[Option<Object<'_, '_>>]) -> bool {
    let Ok(array) = array.cast::<PyUntypedArray>() else { return true };
    inputs
        .iter()
        .flatten()
        .any(|input| input.cast::<PyUntypedArray>().is_ok_and(|input| ndarray::may_overlap(array, &input)))
}

/// Reads an argument of this shape, if that takes no more than copying.
#[inline]
fn read<T: Real>(known: &Known, object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    if ndarray::copy_to(known, object, shape, into) {
        return true;
    }
    // One number will do for one element, whatever the shape.
    if let [place] = into
        && let Some(value) = number(known, object)
    {
        *place = value;
        return true;
    }
    nested(known, object, shape, into)
}

/// The lists in a list, or what else holds numbers.
fn nested<T: Real>(known: &Known, object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    match shape {
        [length] if *length == into.len() => numbers(known, object, into),
        [length, inner @ ..] => {
            let Ok(rows) = object.cast_exact::<PyList>() else { return false };
            let size = into.len().checked_div(*length).unwrap_or(0);
            rows.len() == *length
                && size > 0
                && into.chunks_exact_mut(size).enumerate().all(|(index, place)| {
                    rows.get_item(index).is_ok_and(|row| read_row(known, &row, inner, place))
                })
        }
        [] => false,
    }
}

/// One of the rows in a list.
fn read_row<T: Real>(known: &Known, object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    ndarray::copy_to(known, object, shape, into) || nested(known, object, shape, into)
}

/// A list or a tuple of numbers.
fn numbers<T: Real>(known: &Known, object: &Bound<'_, PyAny>, into: &mut [T]) -> bool {
    let mut places = into.iter_mut().enumerate();
    let take = |item: PyResult<Object<'_, '_>>, place: &mut T| {
        item.ok().and_then(|item| number(known, &item)).map(|value| *place = value).is_some()
    };
    if let Ok(list) = object.cast_exact::<PyList>() {
        list.len() == places.len()
            && places.all(|(index, place)| {
                list.get_item(index).is_ok_and(|item| take(Ok(item.as_borrowed()), place))
            })
    } else if let Ok(tuple) = object.cast_exact::<PyTuple>() {
        tuple.len() == places.len()
            && places.all(|(index, place)| take(tuple.get_borrowed_item(index), place))
    } else {
        false
    }
}

/// A float of Python's, one of NumPy's, or an integer that is one.
fn number<T: Real>(known: &Known, object: &Bound<'_, PyAny>) -> Option<T> {
    let value = if let Ok(float) = object.cast_exact::<PyFloat>() {
        float.value()
    } else if let Ok(integer) = object.cast_exact::<PyInt>() {
        integer.extract().ok()?
    } else {
        return T::foreign(known, object);
    };
    let near = T::nearest(value);
    let wide: f64 = near.into();
    // What becomes infinite was too large, which is for others to say.
    (wide.is_infinite() == value.is_infinite()).then_some(near)
}
