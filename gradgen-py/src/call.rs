//! One call: read the inputs, compute, make the results.

use std::mem::MaybeUninit;
use std::ops::Range;

use gradgen_runtime::{Call, Default as Given, Dim, Error, Value};
use numpy::PyArrayDyn;
use pyo3::exceptions::{PyFloatingPointError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat};

use crate::arguments::Arguments;
use crate::batch::{Batch, Shapes};
use crate::function::Function;
use crate::ndarray;
use crate::out::Out;
use crate::problem::Problem;
use crate::quick::{self, To};
use crate::read::{self, Element, Rules};
use crate::real::Real;
use crate::settings::{Data, Nan, Options, Preset, Selection};
use crate::signature::{Input, Kind, Output, Shape, Signature};
use crate::sizes::LONG;
use crate::wording;
use crate::workspace::{Buffers, Memory, Workspace, lock, resize};

/// Calls the function and returns its outputs by name.
pub(crate) fn call<'py>(
    py: Python<'py>,
    function: &Function,
    arguments: &Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let workspace =
        arguments.workspace.as_ref().map(|object| Workspace::of(signature, object)).transpose()?;
    let memory = workspace.map(|workspace| &workspace.get().memory);
    match signature.info.call {
        Call::F64(_) => run::<f64>(py, function, arguments, memory),
        Call::F32(_) => run::<f32>(py, function, arguments, memory),
        _ => Err(PyTypeError::new_err("a function of an unknown scalar type")),
    }
}

/// What the function itself says.
pub(crate) fn refused(signature: &Signature, error: &Error) -> PyErr {
    PyValueError::new_err(format!("{}(): {error}", signature.info.name))
}

fn run<'py, T: Real>(
    py: Python<'py>,
    function: &Function,
    arguments: &Arguments<'_, 'py>,
    memory: Option<&Memory>,
) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let simple = arguments.out.is_none() && arguments.options == Options::default();
    let to = To::New(&function.settings.selection);
    match memory.and_then(T::buffers) {
        // The lock is held while the arguments are read, too: what runs then may call us again.
        Some(buffers) => {
            let mut buffers = lock(signature, buffers)?;
            if simple && let Some(results) = quick::call::<T>(py, signature, arguments.inputs, to)? {
                return Ok(results);
            }
            compute(py, function, arguments, &mut *buffers)
        }
        None => {
            if simple && let Some(results) = quick::call::<T>(py, signature, arguments.inputs, to)? {
                return Ok(results);
            }
            compute(py, function, arguments, &mut Buffers::<T>::new(signature)?)
        }
    }
}

fn compute<'py, T: Real>(
    py: Python<'py>,
    function: &Function,
    arguments: &Arguments<'_, 'py>,
    buffers: &mut Buffers<T>,
) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let (inputs, lengths) = read_all(function, arguments, buffers)?;
    let batch = Batch::new(signature, &inputs)?;
    let shapes = Shapes::new(signature, &batch, &lengths)?;
    let out = Out::<T>::read(function, arguments, &shapes)?;
    let arrays = new_arrays::<T>(py, function, &batch, &shapes, &out)?;
    make_room(signature, &batch, &shapes, &inputs, &lengths, &arrays, buffers)?;

    let Buffers { inputs: data, indices, outputs, work } = buffers;
    let mut rest = outputs.as_mut_slice();
    let mut places = Vec::with_capacity(arrays.len());
    for (array, size) in arrays.iter().zip(&shapes.sizes) {
        places.push(match array {
            // SAFETY: `new_arrays` made it, nobody has seen it, and each has one place.
            Some(array) => unsafe { ndarray::contents(array) },
            None => open(rest.split_off_mut(..*size).unwrap_or_default()),
        });
    }
    let columns = Columns { inputs: &inputs, data, indices };
    let rows = batch.run(py, signature, &columns, &mut places, work);
    rows?;
    // SAFETY: every element was written, or was a zero before (see `new_arrays`).
    let places: Vec<&[T]> = places.into_iter().map(|place| unsafe { &*written(place) }).collect();
    if arguments.options.nan == Nan::Raise {
        look_for_nan(signature, &shapes, &places)?;
    }
    out.write(signature, &shapes, &places)?;
    results(py, function, &batch, out, &arrays, &places)
}

/// Numbers as a place for numbers. Nobody puts anything else there.
fn open<T>(place: &mut [T]) -> &mut [MaybeUninit<T>] {
    // SAFETY: the layout is the same, and what is written there are numbers.
    unsafe { &mut *(std::ptr::from_mut(place) as *mut [MaybeUninit<T>]) }
}

/// A place as the numbers that stand there.
///
/// # Safety
/// All of them do.
pub(crate) unsafe fn written<T>(place: &mut [MaybeUninit<T>]) -> &mut [T] {
    // SAFETY: by the caller; the layout is the same.
    unsafe { &mut *(std::ptr::from_mut(place) as *mut [T]) }
}

/// Where an input lies after it was read.
pub(crate) struct Read {
    pub(crate) kind: Kind,
    /// Among the floats, or among the integers.
    pub(crate) range: Range<usize>,
    /// The lengths of the axes before the function's own.
    pub(crate) batch: Box<[usize]>,
    /// Elements of one row.
    pub(crate) size: usize,
}

/// All inputs, with their elements.
pub(crate) struct Columns<'a, T> {
    pub(crate) inputs: &'a [Read],
    pub(crate) data: &'a [T],
    indices: &'a [usize],
}

impl<'a, T: Real> Columns<'a, T> {
    /// One row of an input.
    #[inline]
    pub(crate) fn value(&self, input: &Read, row: usize) -> Value<'a> {
        let start = input.range.start + row * input.size;
        if input.kind == Kind::Real {
            return T::value(self.data.get(start..start + input.size).unwrap_or_default());
        }
        let own = self.indices.get(start..start + input.size).unwrap_or_default();
        let integer = || own.first().copied().unwrap_or_default();
        match input.kind {
            Kind::Usize => Value::Usize(integer()),
            Kind::I32 => Value::I32(integer() as i32),
            Kind::Bool => Value::Bool(integer() != 0),
            Kind::Real | Kind::Indices => Value::Indices(own),
        }
    }
}

/// Reads all inputs, and returns the run-time lengths that they bring.
fn read_all<T: Real>(
    function: &Function,
    arguments: &Arguments<'_, '_>,
    buffers: &mut Buffers<T>,
) -> PyResult<(Vec<Read>, Vec<usize>)> {
    let signature = &function.core.signature;
    buffers.inputs.clear();
    buffers.indices.clear();
    let mut lengths = vec![None; signature.lengths];
    let mut inputs = Vec::with_capacity(signature.inputs.len());
    let rules = Rules { casting: arguments.options.casting, strict: arguments.options.strict };
    for (index, input) in signature.inputs.iter().enumerate() {
        let read = match (arguments.inputs[index], function.settings.preset(index)) {
            (Some(object), _) => read_one(&object, input, rules, &mut lengths, buffers),
            (None, Some(preset)) => again(preset, input, &mut lengths, buffers),
            (None, None) => Ok(default(input, buffers)),
        };
        let read = read.map_err(|problem| problem.into_error(signature.info.name, input.info.name))?;
        if let (Some(position), true) = (input.length, read.batch.is_empty()) {
            lengths[position] = buffers.indices.get(read.range.start).copied();
        }
        inputs.push(read);
    }
    Ok((inputs, lengths.into_iter().map(Option::unwrap_or_default).collect()))
}

/// Reads one input before the call; its shape, which has no axes but its own.
pub(crate) fn read_alone<T: Real>(
    function: &Function,
    index: usize,
    object: &Bound<'_, PyAny>,
    buffers: &mut Buffers<T>,
) -> PyResult<Box<[usize]>> {
    let signature = &function.core.signature;
    let input = &signature.inputs[index];
    let options = function.settings.options;
    let rules = Rules { casting: options.casting, strict: options.strict };
    let mut lengths = vec![None; signature.lengths];
    let read = read_one(object, input, rules, &mut lengths, buffers).and_then(|read| {
        if read.batch.is_empty() {
            return Ok(read);
        }
        let shape = wording::shape(read.batch.iter().copied().chain([read.size]).map(Some));
        Err(Problem::shape(format!("has axes before its own, {shape}, which is for calls only")))
    });
    read.map_err(|problem| problem.into_error(signature.info.name, input.info.name))?;
    let dims = input.info.shape.iter();
    Ok(dims.map(|dim| length(*dim, &lengths).unwrap_or_default()).collect())
}

fn read_one<T: Real>(
    object: &Bound<'_, PyAny>,
    input: &Input,
    rules: Rules,
    lengths: &mut [Option<usize>],
    buffers: &mut Buffers<T>,
) -> Result<Read, Problem> {
    let known: Vec<Option<usize>> = match &input.shape {
        Shape::Fixed(shape) => shape.iter().copied().map(Some).collect(),
        Shape::Open(dims) => dims.iter().map(|dim| length(*dim, lengths)).collect(),
    };
    let shape = match input.kind {
        Kind::Real => read::shape::<T>(object, &known)?,
        Kind::Indices | Kind::Usize => read::shape::<usize>(object, &known)?,
        Kind::I32 => read::shape::<i32>(object, &known)?,
        Kind::Bool => read::shape::<bool>(object, &known)?,
    };
    let (batch, own) = shape.split_at(shape.len() - known.len());
    if let Shape::Open(dims) = &input.shape {
        for (dim, length) in dims.iter().zip(own) {
            if let Dim::Length(position) = dim {
                lengths[*position] = Some(*length);
            }
        }
    }
    let range = match input.kind {
        Kind::Real => append(object, &shape, rules, &mut buffers.inputs)?,
        Kind::Indices | Kind::Usize => append(object, &shape, rules, &mut buffers.indices)?,
        Kind::I32 => converted(object, &shape, rules, &mut buffers.indices, |value: i32| value as usize)?,
        Kind::Bool => converted(object, &shape, rules, &mut buffers.indices, |value: bool| value.into())?,
    };
    Ok(Read { kind: input.kind, range, batch: batch.into(), size: own.iter().product() })
}

fn append<T: Element>(
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    rules: Rules,
    into: &mut Vec<T>,
) -> Result<Range<usize>, Problem> {
    let start = into.len();
    let size = shape.iter().fold(1_usize, |size, length| size.saturating_mul(*length));
    into.try_reserve(size).map_err(|_| Problem::memory(size))?;
    read::argument(object, shape, rules, into)?;
    Ok(start..into.len())
}

/// As [`append`], for integers and booleans that are kept among the indices.
fn converted<T: Element>(
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    rules: Rules,
    into: &mut Vec<usize>,
    index: impl Fn(T) -> usize,
) -> Result<Range<usize>, Problem> {
    let mut values = Vec::new();
    let range = append(object, shape, rules, &mut values)?;
    let start = into.len();
    into.try_reserve(values.len()).map_err(|_| Problem::memory(values.len()))?;
    into.extend(values.into_iter().map(index));
    Ok(start..start + range.len())
}

fn length(dim: Dim, lengths: &[Option<usize>]) -> Option<usize> {
    match dim {
        Dim::Fixed(length) => Some(length),
        Dim::Length(position) => lengths.get(position).copied().flatten(),
        _ => None,
    }
}

/// What an input was given before the call.
fn again<T: Real>(
    preset: &Preset,
    input: &Input,
    lengths: &mut [Option<usize>],
    buffers: &mut Buffers<T>,
) -> Result<Read, Problem> {
    if let Shape::Open(dims) = &input.shape {
        let got = preset.shape.iter();
        for (dim, got) in dims.iter().zip(got) {
            match (dim, length(*dim, lengths)) {
                (_, Some(expected)) if expected != *got => {
                    return Err(Problem::shape(format!("was given {got} elements, expected {expected}")));
                }
                (Dim::Length(position), None) => lengths[*position] = Some(*got),
                _ => {}
            }
        }
    }
    let (data, indices) = (&mut buffers.inputs, &mut buffers.indices);
    let before = (data.len(), indices.len());
    match &preset.data {
        Data::F64(values) => data.extend(values.iter().map(|value| T::nearest(*value))),
        Data::Indices(values) => indices.extend(values),
        Data::Usize(value) => indices.push(*value),
        Data::I32(value) => indices.push(*value as usize),
        Data::Bool(value) => indices.push((*value).into()),
    }
    let range = match input.kind {
        Kind::Real => before.0..data.len(),
        _ => before.1..indices.len(),
    };
    Ok(Read { kind: input.kind, size: range.len(), range, batch: [].into() })
}

/// The default of an input that was left out. That it fits was checked with the signature.
fn default<T: Real>(input: &Input, buffers: &mut Buffers<T>) -> Read {
    let (data, indices) = (&mut buffers.inputs, &mut buffers.indices);
    let (start, size) = if input.kind == Kind::Real {
        let Some(Given::Real(value)) = input.info.default else { return empty(input) };
        let start = data.len();
        data.resize(start + input.size, T::nearest(value));
        (start, input.size)
    } else {
        let value = match input.info.default {
            Some(Given::Integer(value)) => value as usize,
            Some(Given::Bool(value)) => value.into(),
            _ => return empty(input),
        };
        let start = indices.len();
        indices.resize(start + input.size, value);
        (start, input.size)
    };
    Read { kind: input.kind, range: start..start + size, batch: [].into(), size }
}

/// Nothing, which the function refuses.
fn empty(input: &Input) -> Read {
    Read { kind: input.kind, range: 0..0, batch: [].into(), size: 0 }
}

/// Arrays for the outputs that are returned as such and that the caller has no place for: of zeros, but for
/// functions of a few numbers, whose loop writes every element and reads none.
fn new_arrays<'py, T: Real>(
    py: Python<'py>,
    function: &Function,
    batch: &Batch,
    shapes: &Shapes,
    out: &Out<'py, T>,
) -> PyResult<Vec<Option<Bound<'py, PyArrayDyn<T>>>>> {
    let mut arrays = Vec::with_capacity(shapes.shapes.len());
    for (index, shape) in shapes.shapes.iter().enumerate() {
        let output = &function.core.signature.outputs[index];
        let wanted = function.settings.selection.has(index) && out.array(index).is_none();
        arrays.push(match wanted && !(batch.is_single() && is_float(output)) {
            true if function.core.signature.quick.is_some() => Some(ndarray::empty::<T>(py, shape)?),
            true => Some(ndarray::zeros::<T>(py, shape)?),
            false => None,
        });
    }
    Ok(arrays)
}

/// Whether an output is a float in Python: one element, always.
pub(crate) fn is_float(output: &Output) -> bool {
    output.size == 1 && matches!(output.shape, Shape::Fixed(_))
}

/// Gives the outputs that have no array, and the scratch, their lengths.
fn make_room<T: Real>(
    signature: &Signature,
    batch: &Batch,
    shapes: &Shapes,
    inputs: &[Read],
    lengths: &[usize],
    arrays: &[Option<Bound<'_, PyArrayDyn<T>>>],
    buffers: &mut Buffers<T>,
) -> PyResult<()> {
    let without = shapes.sizes.iter().zip(arrays).filter(|(_, array)| array.is_none());
    let size = without.fold(0_usize, |sum, (size, _)| sum.saturating_add(*size));
    let columns = Columns { inputs, data: &buffers.inputs, indices: &buffers.indices };
    let scratch = batch.workspace(signature, &columns, lengths);
    resize(&mut buffers.outputs, size).and_then(|()| resize(&mut buffers.work, scratch)).map_err(|length| {
        let function = signature.info.name;
        PyValueError::new_err(format!("{function}(): needs {length} scalars, for which there is no memory"))
    })
}

fn look_for_nan<T: Real>(signature: &Signature, shapes: &Shapes, places: &[&[T]]) -> PyResult<()> {
    for ((output, place), shape) in signature.outputs.iter().zip(places).zip(&shapes.shapes) {
        if let Some(index) = place.iter().position(|value| Into::<f64>::into(*value).is_nan()) {
            let name = output.info.name;
            let spot = wording::spot(index, shape);
            return Err(PyFloatingPointError::new_err(format!(
                "{}(): output '{name}'{spot} is not a number",
                signature.info.name
            )));
        }
    }
    Ok(())
}

fn results<'py, T: Real>(
    py: Python<'py>,
    function: &Function,
    batch: &Batch,
    out: Out<'py, T>,
    arrays: &[Option<Bound<'py, PyArrayDyn<T>>>],
    places: &[&[T]],
) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let selection = &function.settings.selection;
    let one = |index: usize| -> PyResult<Bound<'py, PyAny>> {
        if let Some(array) = out.array(index).or(arrays[index].as_ref()) {
            return Ok(array.clone().into_any());
        }
        match (places[index], batch.is_single()) {
            ([value], true) => Ok(PyFloat::new(py, (*value).into()).into_any()),
            _ => Err(PyValueError::new_err("an output has no place")),
        }
    };
    if let Selection::One(index) = selection {
        return one(*index);
    }
    if let Some(dict) = out.complete(function) {
        return Ok(dict.into_any());
    }
    let results = PyDict::new(py);
    for (index, output) in signature.outputs.iter().enumerate() {
        if selection.has(index) {
            results.set_item(&output.name, one(index)?)?;
        }
    }
    Ok(results.into_any())
}

/// Whether a call takes so long that other threads should run meanwhile.
pub(crate) fn is_long(signature: &Signature, rows: usize) -> bool {
    rows > 1 || signature.info.operations >= LONG
}
