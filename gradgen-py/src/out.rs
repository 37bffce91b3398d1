//! `out=`: arrays of the caller's that results are written to.

use numpy::npyffi::NPY_ARRAY_WRITEABLE;
use numpy::{PyArrayDyn, PyArrayMethods as _, PyUntypedArray, PyUntypedArrayMethods as _};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::arguments::{Arguments, Object};
use crate::batch::Shapes;
use crate::function::Function;
use crate::ndarray;
use crate::read;
use crate::real::Real;
use crate::settings::Selection;
use crate::signature::{OUT, Signature};
use crate::wording;

/// The arrays, one for every output that has one.
pub(crate) struct Out<'py, T> {
    arrays: Vec<Option<Bound<'py, PyArrayDyn<T>>>>,
    /// The dict that they came in.
    dict: Option<Bound<'py, PyDict>>,
}

impl<'py, T: Real> Out<'py, T> {
    /// Finds the arrays and checks them: dtype, shape, that they can be written, and that they share no
    /// memory with inputs or with each other.
    pub(crate) fn read(
        function: &Function,
        arguments: &Arguments<'_, 'py>,
        shapes: &Shapes,
    ) -> PyResult<Self> {
        let signature = &function.core.signature;
        let mut out = Self { arrays: Vec::new(), dict: None };
        let Some(object) = arguments.out else { return Ok(out) };
        out.arrays.resize_with(signature.outputs.len(), || None);
        for (index, object) in find(function, &object, &mut out.dict)? {
            let name = place(signature, index, out.dict.is_some());
            out.arrays[index] = Some(check::<T>(signature, &name, &object, &shapes.shapes[index])?);
        }
        out.check_memory(signature, arguments.inputs)?;
        Ok(out)
    }

    fn check_memory(&self, signature: &Signature, inputs: &[Option<Object<'_, '_>>]) -> PyResult<()> {
        for (index, array) in self.arrays.iter().enumerate() {
            let Some(array) = array else { continue };
            let array = array.as_untyped();
            let name = || place(signature, index, self.dict.is_some());
            for (input, object) in signature.inputs.iter().zip(inputs) {
                let Some(Ok(other)) = object.as_ref().map(|object| object.cast::<PyUntypedArray>()) else {
                    continue;
                };
                if ndarray::may_overlap(array, &other) {
                    let text = format!("shares memory with argument '{}'", input.info.name);
                    return Err(PyValueError::new_err(format!(
                        "{}(): {} {text}",
                        signature.info.name,
                        name()
                    )));
                }
            }
            for (earlier, other) in self.arrays[..index].iter().enumerate() {
                let Some(other) = other else { continue };
                if ndarray::may_overlap(array, other.as_untyped()) {
                    let text = format!("shares memory with {}", place(signature, earlier, true));
                    return Err(PyValueError::new_err(format!(
                        "{}(): {} {text}",
                        signature.info.name,
                        name()
                    )));
                }
            }
        }
        Ok(())
    }

    /// The array for this output.
    pub(crate) fn array(&self, output: usize) -> Option<&Bound<'py, PyArrayDyn<T>>> {
        self.arrays.get(output)?.as_ref()
    }

    /// The caller's dict, if all that is returned is in it.
    pub(crate) fn complete(&self, function: &Function) -> Option<Bound<'py, PyDict>> {
        let wanted = |output: &usize| function.settings.selection.has(*output);
        let all = (0..function.core.signature.outputs.len())
            .filter(wanted)
            .all(|index| self.array(index).is_some());
        self.dict.clone().filter(|_| all)
    }

    /// Writes the results, after all of them are known.
    pub(crate) fn write(&self, signature: &Signature, shapes: &Shapes, places: &[&[T]]) -> PyResult<()> {
        for (index, array) in self.arrays.iter().enumerate() {
            let Some(array) = array else { continue };
            // Another thread may have changed it while this one computed.
            let name = place(signature, index, self.dict.is_some());
            check::<T>(signature, &name, array.as_any(), &shapes.shapes[index])?;
        }
        for (array, place) in self.arrays.iter().zip(places) {
            if let Some(array) = array {
                ndarray::fill(array, place);
            }
        }
        Ok(())
    }
}

/// What a message calls the place of an output.
fn place(signature: &Signature, output: usize, named: bool) -> String {
    let argument = signature.extra(OUT);
    if named {
        format!("{argument}['{}']", signature.outputs[output].info.name)
    } else {
        format!("argument '{argument}'")
    }
}

/// The objects for outputs: one array, or a dict of them.
fn find<'py>(
    function: &Function,
    object: &Bound<'py, PyAny>,
    dict: &mut Option<Bound<'py, PyDict>>,
) -> PyResult<Vec<(usize, Bound<'py, PyAny>)>> {
    let signature = &function.core.signature;
    let (name, argument) = (signature.info.name, signature.extra(OUT));
    let wanted = (0..signature.outputs.len()).filter(|output| function.settings.selection.has(*output));
    let wanted: Vec<usize> = wanted.collect();
    if let Ok(given) = object.cast::<PyDict>() {
        *dict = Some(given.clone());
        let mut found = Vec::with_capacity(given.len());
        for (key, value) in given.iter() {
            let Ok(key) = key.cast::<PyString>() else {
                return Err(PyTypeError::new_err(format!(
                    "{name}(): the keys of '{argument}' must be names of outputs"
                )));
            };
            let key = key.to_string_lossy();
            let index = signature.output(&key).filter(|index| wanted.contains(index)).ok_or_else(|| {
                let names: Vec<&str> =
                    wanted.iter().map(|index| signature.outputs[*index].info.name).collect();
                let meant = match wording::nearest(&key, names.iter().copied()) {
                    Some(near) => format!("Did you mean '{near}'?"),
                    None => format!("The outputs are {}", wording::names(&names)),
                };
                PyValueError::new_err(format!(
                    "{name}(): '{argument}' has a place for '{}', which is no output. {meant}",
                    wording::cut(&key)
                ))
            })?;
            found.push((index, value));
        }
        if let Selection::One(_) = function.settings.selection {
            *dict = None;
        }
        return Ok(found);
    }
    match wanted.as_slice() {
        [one] => Ok(vec![(*one, object.clone())]),
        _ if object.is_instance_of::<PyUntypedArray>() => Err(PyTypeError::new_err(format!(
            "{name}(): argument '{argument}' is an array, expected a dict of arrays: there are {} outputs",
            wanted.len()
        ))),
        _ => Err(PyTypeError::new_err(format!(
            "{name}(): argument '{argument}' is {}, expected a dict of arrays",
            wording::article(object)
        ))),
    }
}

fn check<'py, T: Real>(
    signature: &Signature,
    place: &str,
    object: &Bound<'py, PyAny>,
    shape: &[usize],
) -> PyResult<Bound<'py, PyArrayDyn<T>>> {
    let name = signature.info.name;
    let expected = T::get_dtype(object.py());
    let kind = |got: String| {
        PyTypeError::new_err(format!("{name}(): {place} is {got}, expected an array of dtype {expected}"))
    };
    let Ok(array) = object.cast::<PyUntypedArray>() else { return Err(kind(wording::article(object))) };
    if read::is_masked(object)? {
        return Err(kind("a masked array".to_owned()));
    }
    let Ok(typed) = object.cast::<PyArrayDyn<T>>() else {
        return Err(kind(format!("an array of dtype {}", array.dtype())));
    };
    if array.shape() != shape {
        let got = wording::shape(array.shape().iter().copied().map(Some));
        let expected = wording::shape(shape.iter().copied().map(Some));
        return Err(PyValueError::new_err(format!("{name}(): {place} has shape {got}, expected {expected}")));
    }
    // SAFETY: it is an array, as its type says.
    if unsafe { (*array.as_array_ptr()).fields.flags } & NPY_ARRAY_WRITEABLE == 0 {
        return Err(PyValueError::new_err(format!("{name}(): {place} is read-only")));
    }
    Ok(typed.clone())
}
