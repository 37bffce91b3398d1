//! One call: read the inputs, compute, make the results.

use std::ops::Range;
use std::sync::Mutex;

use gradgen_runtime::{Call, Default as Preset, Dim, Error, FunctionInfo, Scalar, Value};
use numpy::PyArrayDyn;
use numpy::ndarray::{ArrayViewD, IxDyn};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat};

use crate::bind::Arguments;
use crate::problem::Problem;
use crate::read::{self, Element};
use crate::signature::{Input, Kind, Output, Shape, Signature};
use crate::workspace::{Buffers, Memory, Workspace, lock, resize};

/// From this many operations on, other threads of Python run while Rust computes.
const LONG: usize = 10_000;

/// Calls the function and returns its outputs by name.
pub(crate) fn call<'py>(
    py: Python<'py>,
    signature: &Signature,
    arguments: &Arguments<'_, 'py>,
) -> PyResult<Bound<'py, PyDict>> {
    let workspace = arguments.workspace(signature)?;
    let workspace = workspace.as_ref().map(|object| Workspace::of(signature, object)).transpose()?;
    let memory = workspace.map(|workspace| &workspace.get().memory);
    match signature.info.call {
        Call::F64(_) => run::<f64>(py, signature, arguments, memory),
        Call::F32(_) => run::<f32>(py, signature, arguments, memory),
        _ => Err(PyTypeError::new_err("a function of an unknown scalar type")),
    }
}

/// A scalar type of functions.
trait Real: Element + Scalar + Default + Into<f64> {
    fn buffers(memory: &Memory) -> Option<&Mutex<Buffers<Self>>>;
    fn value(data: &[Self]) -> Value<'_>;
    fn nearest(value: f64) -> Self;
    fn call(
        info: &FunctionInfo,
        inputs: &[Value<'_>],
        outputs: &mut [&mut [Self]],
        work: &mut [Self],
    ) -> Result<(), Error>;
}

macro_rules! real {
    ($scalar:ty, $variant:ident, $call:ident) => {
        impl Real for $scalar {
            fn buffers(memory: &Memory) -> Option<&Mutex<Buffers<Self>>> {
                match memory {
                    Memory::$variant(buffers) => Some(buffers),
                    _ => None,
                }
            }

            fn value(data: &[Self]) -> Value<'_> {
                Value::$variant(data)
            }

            fn nearest(value: f64) -> Self {
                value as $scalar
            }

            fn call(
                info: &FunctionInfo,
                inputs: &[Value<'_>],
                outputs: &mut [&mut [Self]],
                work: &mut [Self],
            ) -> Result<(), Error> {
                info.$call(inputs, outputs, work)
            }
        }
    };
}

real!(f64, F64, call_f64);
real!(f32, F32, call_f32);

fn run<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    arguments: &Arguments<'_, 'py>,
    memory: Option<&Memory>,
) -> PyResult<Bound<'py, PyDict>> {
    match memory.and_then(T::buffers) {
        // The lock is held while the arguments are read, too: what runs then may call us again.
        Some(buffers) => compute(py, signature, arguments, &mut *lock(signature, buffers)?),
        None => compute(py, signature, arguments, &mut Buffers::<T>::new(signature)?),
    }
}

fn compute<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    arguments: &Arguments<'_, 'py>,
    buffers: &mut Buffers<T>,
) -> PyResult<Bound<'py, PyDict>> {
    let info = signature.info;
    let (mut few, mut many) = ([const { Read::Bool(false) }; FEW], Vec::new());
    let inputs = slots(&mut few, &mut many, signature.inputs.len(), || Read::Bool(false));
    let lengths = read_all(signature, arguments, buffers, inputs)?;
    make_room(signature, &lengths, buffers)?;

    let Buffers { inputs: data, indices, outputs, work } = buffers;
    let (mut few, mut many) = ([Value::Bool(false); FEW], Vec::new());
    let values = slots(&mut few, &mut many, inputs.len(), || Value::Bool(false));
    for (value, input) in values.iter_mut().zip(inputs) {
        *value = input.value(data, indices);
    }
    let (mut few, mut many) = (<[&mut [T]; FEW]>::default(), Vec::new());
    let places = slots(&mut few, &mut many, signature.outputs.len(), Default::default);
    let mut rest = outputs.as_mut_slice();
    for (place, output) in places.iter_mut().zip(&signature.outputs) {
        *place = rest.split_off_mut(..output.shape.resolved_size(&lengths)?).unwrap_or_default();
    }
    let done = if info.operations >= LONG {
        py.detach(|| T::call(info, values, places, work))
    } else {
        T::call(info, values, places, work)
    };
    done.map_err(|error| PyValueError::new_err(format!("{}(): {error}", info.name)))?;
    results(py, signature, &lengths, outputs)
}

/// Where an input lies after it was read.
enum Read {
    Real(Range<usize>),
    Indices(Range<usize>),
    Usize(usize),
    I32(i32),
    Bool(bool),
}

impl Read {
    fn value<'a, T: Real>(&self, data: &'a [T], indices: &'a [usize]) -> Value<'a> {
        match self {
            Self::Real(range) => T::value(data.get(range.clone()).unwrap_or_default()),
            Self::Indices(range) => Value::Indices(indices.get(range.clone()).unwrap_or_default()),
            Self::Usize(value) => Value::Usize(*value),
            Self::I32(value) => Value::I32(*value),
            Self::Bool(value) => Value::Bool(*value),
        }
    }
}

/// Reads all inputs, and returns the run-time lengths that they bring.
fn read_all<T: Real>(
    signature: &Signature,
    arguments: &Arguments<'_, '_>,
    buffers: &mut Buffers<T>,
    inputs: &mut [Read],
) -> PyResult<Vec<usize>> {
    buffers.inputs.clear();
    buffers.indices.clear();
    let mut lengths = vec![None; signature.lengths];
    for (index, (slot, input)) in inputs.iter_mut().zip(&signature.inputs).enumerate() {
        let read = match arguments.input(signature, index)? {
            Some(object) => read_one(&object, input, &mut lengths, buffers),
            None => Ok(preset(input, buffers)),
        };
        *slot = read.map_err(|problem| problem.into_error(signature.info.name, input.info.name))?;
        if let (Some(position), Read::Usize(value)) = (input.length, &*slot) {
            lengths[position] = Some(*value);
        }
    }
    Ok(lengths.into_iter().map(Option::unwrap_or_default).collect())
}

fn read_one<T: Real>(
    object: &Bound<'_, PyAny>,
    input: &Input,
    lengths: &mut [Option<usize>],
    buffers: &mut Buffers<T>,
) -> Result<Read, Problem> {
    let open;
    let shape = match &input.shape {
        Shape::Fixed(shape) => shape,
        Shape::Open(dims) => {
            open = match input.kind {
                Kind::Indices => open_shape::<usize>(object, dims, lengths)?,
                _ => open_shape::<T>(object, dims, lengths)?,
            };
            &open
        }
    };
    Ok(match input.kind {
        Kind::Real => Read::Real(append(object, shape, &mut buffers.inputs)?),
        Kind::Indices => Read::Indices(append(object, shape, &mut buffers.indices)?),
        Kind::Usize => Read::Usize(read::scalar(object)?),
        Kind::I32 => Read::I32(read::scalar(object)?),
        Kind::Bool => Read::Bool(read::scalar(object)?),
    })
}

fn append<T: Element>(
    object: &Bound<'_, PyAny>,
    shape: &[usize],
    into: &mut Vec<T>,
) -> Result<Range<usize>, Problem> {
    let start = into.len();
    let size = shape.iter().fold(1_usize, |size, length| size.saturating_mul(*length));
    into.try_reserve(size).map_err(|_| Problem::memory(size))?;
    read::argument(object, shape, into)?;
    Ok(start..into.len())
}

/// The shape of an input with run-time lengths; those that are new are noted.
fn open_shape<T: Element>(
    object: &Bound<'_, PyAny>,
    dims: &[Dim],
    lengths: &mut [Option<usize>],
) -> Result<Box<[usize]>, Problem> {
    let known: Vec<Option<usize>> = dims.iter().map(|dim| length(*dim, lengths)).collect();
    let shape = read::lengths::<T>(object, &known)?;
    for (dim, length) in dims.iter().zip(&shape) {
        if let Dim::Length(position) = dim {
            lengths[*position] = Some(*length);
        }
    }
    Ok(shape)
}

fn length(dim: Dim, lengths: &[Option<usize>]) -> Option<usize> {
    match dim {
        Dim::Fixed(length) => Some(length),
        Dim::Length(position) => lengths.get(position).copied().flatten(),
        _ => None,
    }
}

/// The default of an input that was left out. That it fits was checked with the signature.
fn preset<T: Real>(input: &Input, buffers: &mut Buffers<T>) -> Read {
    let size = input.shape.size().unwrap_or_default();
    let (data, indices) = (&mut buffers.inputs, &mut buffers.indices);
    match (input.kind, input.info.default) {
        (Kind::Real, Some(Preset::Real(value))) => {
            data.resize(data.len() + size, T::nearest(value));
            Read::Real(data.len() - size..data.len())
        }
        (Kind::Indices, Some(Preset::Integer(value))) => {
            indices.resize(indices.len() + size, value as usize);
            Read::Indices(indices.len() - size..indices.len())
        }
        (Kind::I32, Some(Preset::Integer(value))) => Read::I32(value as i32),
        (Kind::Usize, Some(Preset::Integer(value))) => Read::Usize(value as usize),
        (_, Some(Preset::Bool(value))) => Read::Bool(value),
        // A kind that does not fit: the function refuses it.
        _ => Read::Bool(false),
    }
}

/// Gives the outputs and the scratch their lengths, where those came with the call.
fn make_room<T: Real>(signature: &Signature, lengths: &[usize], buffers: &mut Buffers<T>) -> PyResult<()> {
    if signature.lengths == 0 {
        return Ok(());
    }
    let mut size = 0_usize;
    for output in &signature.outputs {
        size = size.saturating_add(output.shape.resolved_size(lengths)?);
    }
    let scratch = (signature.info.workspace_size)(lengths);
    resize(&mut buffers.outputs, size).and_then(|()| resize(&mut buffers.work, scratch)).map_err(|length| {
        let function = signature.info.name;
        PyValueError::new_err(format!("{function}(): needs {length} scalars, for which there is no memory"))
    })
}

fn results<'py, T: Real>(
    py: Python<'py>,
    signature: &Signature,
    lengths: &[usize],
    mut data: &[T],
) -> PyResult<Bound<'py, PyDict>> {
    let results = PyDict::new(py);
    for output in &signature.outputs {
        let size = output.shape.resolved_size(lengths)?;
        let data = data.split_off(..size).unwrap_or_default();
        results.set_item(&output.name, result(py, output, lengths, data)?)?;
    }
    Ok(results)
}

/// A float for one element, an array for any other number of them.
fn result<'py, T: Real>(
    py: Python<'py>,
    output: &Output,
    lengths: &[usize],
    data: &[T],
) -> PyResult<Bound<'py, PyAny>> {
    if let (Shape::Fixed(_), [value]) = (&output.shape, data) {
        return Ok(PyFloat::new(py, (*value).into()).into_any());
    }
    let shape = output.shape.resolved(lengths);
    let view = ArrayViewD::from_shape(IxDyn(&shape), data)
        .map_err(|error| PyValueError::new_err(format!("output '{}': {error}", output.info.name)))?;
    Ok(PyArrayDyn::from_array(py, &view).into_any())
}

/// So many arguments need no memory of their own.
const FEW: usize = 8;

/// One slot per argument, on the stack if they are few.
fn slots<'a, T>(
    few: &'a mut [T; FEW],
    many: &'a mut Vec<T>,
    count: usize,
    empty: impl FnMut() -> T,
) -> &'a mut [T] {
    if count <= FEW {
        return &mut few[..count];
    }
    many.resize_with(count, empty);
    many
}
