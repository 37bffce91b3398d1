//! The call that nearly every call is: few arguments of known size, all of them floats or arrays of the
//! function's own dtype. It needs no memory but the stack, and runs no Python code; whatever does not fit,
//! it leaves to the [call](crate::call) that understands everything, before anything has happened.

use gradgen_runtime::Value;
use numpy::{PyArrayDyn, PyUntypedArray};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyList, PyTuple};

use crate::arguments::Object;
use crate::call::refused;
use crate::ndarray;
use crate::real::Real;
use crate::settings::Selection;
use crate::signature::{FEW, Quick, Shape, Signature};
use crate::sizes::MUCH;

/// Where results go that the caller has arrays for.
pub(crate) struct Places<'a, 'py> {
    /// One for every output.
    pub(crate) arrays: &'a [Py<PyAny>],
    /// What the call returns.
    pub(crate) result: &'a Bound<'py, PyAny>,
    /// Whether it is known that they share no memory with inputs.
    pub(crate) apart: bool,
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
    let Some(quick) = &signature.quick else { return Ok(None) };
    if quick.sizes.inputs.total + quick.sizes.outputs.total + quick.work <= LITTLE {
        on_stack::<T, LITTLE>(py, signature, quick, inputs, to)
    } else {
        on_stack::<T, MUCH>(py, signature, quick, inputs, to)
    }
}

/// As many scalars need not even be cleared in a loop.
const LITTLE: usize = 24;

fn on_stack<'py, T: Real, const N: usize>(
    py: Python<'py>,
    signature: &Signature,
    quick: &Quick,
    inputs: &[Option<Object<'_, 'py>>],
    to: To<'_, 'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    let mut memory = [T::default(); N];
    let (mut data, rest) = memory.split_at_mut(quick.sizes.inputs.total);
    let (scratch, rest) = rest.split_at_mut(quick.sizes.outputs.total);
    let work = &mut rest[..quick.work];
    let mut values = [Value::Bool(false); FEW];
    for ((value, input), object) in values.iter_mut().zip(&signature.inputs).zip(inputs) {
        let (place, others) = data.split_at_mut(input.size);
        let (Some(object), Shape::Fixed(shape)) = (object, &input.shape) else { return Ok(None) };
        if !read(object, shape, place) {
            return Ok(None);
        }
        *value = T::value(place);
        data = others;
    }
    let values = &values[..signature.inputs.len()];
    match to {
        To::New(selection) => fresh(py, signature, selection, values, scratch, work).map(Some),
        To::Places(places) => given(py, signature, values, scratch, work, inputs, places),
    }
}

/// Computes into new arrays.
fn fresh<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    selection: &Selection,
    values: &[Value<'_>],
    mut scratch: &mut [T],
    work: &mut [T],
) -> PyResult<Bound<'py, PyAny>> {
    let mut arrays = [const { None::<Bound<'py, PyArrayDyn<T>>> }; FEW];
    for (index, (array, output)) in arrays.iter_mut().zip(&signature.outputs).enumerate() {
        if let (false, Shape::Fixed(shape), true) = (output.size == 1, &output.shape, selection.has(index)) {
            *array = Some(ndarray::zeros(py, shape)?);
        }
    }
    let mut places = <[&mut [T]; FEW]>::default();
    for ((place, array), output) in places.iter_mut().zip(&arrays).zip(&signature.outputs) {
        *place = match array {
            // SAFETY: the array was made above, and each has one place.
            Some(array) => unsafe { ndarray::contents(array) },
            None => scratch.split_off_mut(..output.size).unwrap_or_default(),
        };
    }
    let places = &mut places[..signature.outputs.len()];
    T::call(signature.info, values, places, work).map_err(|error| refused(signature, &error))?;
    if let Selection::One(index) = selection {
        return Ok(match &arrays[*index] {
            Some(array) => array.clone().into_any(),
            None => PyFloat::new(py, places[*index][0].into()).into_any(),
        });
    }
    let results = PyDict::new(py);
    for (index, ((output, array), place)) in signature.outputs.iter().zip(&arrays).zip(places).enumerate() {
        let name = output.name.bind(py);
        match array {
            Some(array) => results.set_item(name, array)?,
            None if selection.has(index) => results.set_item(name, PyFloat::new(py, place[0].into()))?,
            None => {}
        }
    }
    Ok(results.into_any())
}

/// Computes into arrays of the caller's.
fn given<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    values: &[Value<'_>],
    scratch: &mut [T],
    work: &mut [T],
    inputs: &[Option<Object<'_, 'py>>],
    given: &Places<'_, 'py>,
) -> PyResult<Option<Bound<'py, PyAny>>> {
    for (array, output) in given.arrays.iter().zip(&signature.outputs) {
        let array = array.bind(py);
        let Shape::Fixed(shape) = &output.shape else { return Ok(None) };
        if !ndarray::takes::<T>(array, shape) || !given.apart && overlaps(array, inputs) {
            return Ok(None);
        }
    }
    let mut places = <[&mut [T]; FEW]>::default();
    let mut rest = &mut *scratch;
    for (place, output) in places.iter_mut().zip(&signature.outputs) {
        *place = rest.split_off_mut(..output.size).unwrap_or_default();
    }
    let places = &mut places[..signature.outputs.len()];
    T::call(signature.info, values, places, work).map_err(|error| refused(signature, &error))?;
    for (array, place) in given.arrays.iter().zip(places) {
        // That it is one, `takes` has seen.
        if let Ok(array) = array.bind(py).cast::<PyArrayDyn<T>>() {
            ndarray::fill(array, place);
        }
    }
    Ok(Some(given.result.clone()))
}

fn overlaps(array: &Bound<'_, PyAny>, inputs: &[Option<Object<'_, '_>>]) -> bool {
    let Ok(array) = array.cast::<PyUntypedArray>() else { return true };
    inputs
        .iter()
        .flatten()
        .any(|input| input.cast::<PyUntypedArray>().is_ok_and(|input| ndarray::may_overlap(array, &input)))
}

/// Reads an argument of this shape, if that takes no more than copying.
fn read<T: Real>(object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    // One number will do for one element, whatever the shape.
    if let [place] = into
        && let Some(value) = number(object)
    {
        *place = value;
        return true;
    }
    nested(object, shape, into)
}

/// The array, or the lists in a list.
fn nested<T: Real>(object: &Bound<'_, PyAny>, shape: &[usize], into: &mut [T]) -> bool {
    if ndarray::copy_to(object, shape, into) {
        return true;
    }
    match shape {
        [length] if *length == into.len() => numbers(object, into),
        [length, inner @ ..] => {
            let Ok(rows) = object.cast_exact::<PyList>() else { return false };
            let size = into.len().checked_div(*length).unwrap_or(0);
            rows.len() == *length
                && size > 0
                && into
                    .chunks_exact_mut(size)
                    .enumerate()
                    .all(|(index, place)| rows.get_item(index).is_ok_and(|row| nested(&row, inner, place)))
        }
        [] => false,
    }
}

/// A list or a tuple of numbers.
fn numbers<T: Real>(object: &Bound<'_, PyAny>, into: &mut [T]) -> bool {
    let mut places = into.iter_mut().enumerate();
    let take = |item: PyResult<Object<'_, '_>>, place: &mut T| {
        item.ok().and_then(|item| number(&item)).map(|value| *place = value).is_some()
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
fn number<T: Real>(object: &Bound<'_, PyAny>) -> Option<T> {
    let value = if let Ok(float) = object.cast_exact::<PyFloat>() {
        float.value()
    } else if let Ok(integer) = object.cast_exact::<PyInt>() {
        integer.extract().ok()?
    } else {
        return T::foreign(object);
    };
    let near = T::nearest(value);
    let wide: f64 = near.into();
    // What becomes infinite was too large, which is for others to say.
    (wide.is_infinite() == value.is_infinite()).then_some(near)
}
