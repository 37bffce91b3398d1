//! A function as one of NumPy's generalised ufuncs: the same rows, called by NumPy.

use std::ffi::{CString, c_char, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gradgen_runtime::{Call, Dim, Value};
use numpy::PyArrayDescrMethods as _;
use numpy::npyffi::{PY_UFUNC_API, PyUFuncGenericFunction, npy_intp};
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;

use crate::batch::slots;
use crate::core::Core;
use crate::describe;
use crate::function::Function;
use crate::lanes::Lane;
use crate::read::Element;
use crate::real::Real;
use crate::signature::{FEW, Kind, Quick, Signature};

/// What NumPy's loop gets to know of the function. It lives as long as the process, as does the ufunc.
struct Plan {
    core: Arc<Core>,
    /// The axes of all arguments, inputs first.
    axes: Vec<Vec<Axis>>,
}

/// One axis of an argument.
enum Axis {
    Fixed(usize),
    /// The length with this position among those that NumPy passes, and among the call's.
    Open {
        dimension: usize,
        length: usize,
    },
}

/// The ufunc, made when it is asked for.
pub(crate) fn ufunc<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyAny>> {
    let name = function.core.signature.info.name;
    if !function.is_plain() {
        return Err(PyAttributeError::new_err(format!(
            "a variation of {name} has no ufunc: the one of the function itself takes all inputs"
        )));
    }
    let ufunc = function.core.ufunc.get_or_try_init(py, || make(py, &function.core).map(Bound::unbind))?;
    Ok(ufunc.bind(py).clone())
}

fn make<'py>(py: Python<'py>, core: &Arc<Core>) -> PyResult<Bound<'py, PyAny>> {
    let signature = &core.signature;
    let info = signature.info;
    let plan = Plan { core: core.clone(), axes: axes(signature)? };
    let mut types = Vec::with_capacity(info.inputs.len() + info.outputs.len());
    for input in &signature.inputs {
        types.push(match input.kind {
            Kind::Real if matches!(info.call, Call::F32(_)) => number::<f32>(py),
            Kind::Real => number::<f64>(py),
            Kind::Indices | Kind::Usize => number::<usize>(py),
            Kind::I32 => number::<i32>(py),
            Kind::Bool => number::<bool>(py),
        });
    }
    let (scalar, function): (c_char, PyUFuncGenericFunction) = match info.call {
        Call::F32(_) => (number::<f32>(py), Some(each_row::<f32>)),
        _ => (number::<f64>(py), Some(each_row::<f64>)),
    };
    types.extend(info.outputs.iter().map(|_| scalar));
    let text = |text: String| CString::new(text).unwrap_or_default().into_raw();
    // A ufunc keeps pointers to all of this and is never freed.
    let functions = Box::leak(Box::new([function]));
    let data = Box::leak(Box::new([std::ptr::from_mut(Box::leak(Box::new(plan))).cast::<c_void>()]));
    let types = types.leak();
    // SAFETY: one loop with its data, as many types as arguments, texts that end in zero; all of them live
    // forever. NumPy reads them only.
    unsafe {
        let ufunc = PY_UFUNC_API.PyUFunc_FromFuncAndDataAndSignature(
            py,
            functions.as_mut_ptr(),
            data.as_mut_ptr(),
            types.as_mut_ptr(),
            1,
            info.inputs.len() as c_int,
            info.outputs.len() as c_int,
            NO_IDENTITY,
            text(info.name.to_owned()),
            text(describe::without_links(info.doc.trim())),
            0,
            text(describe::gufunc_signature(signature)),
        );
        Bound::from_owned_ptr_or_err(py, ufunc)
    }
}

/// `PyUFunc_None`.
const NO_IDENTITY: c_int = -1;

/// NumPy's number of a dtype.
fn number<T: Element>(py: Python<'_>) -> c_char {
    T::get_dtype(py).num() as c_char
}

/// The axes of all arguments. NumPy numbers the different lengths in the order in which they are met.
fn axes(signature: &Signature) -> PyResult<Vec<Vec<Axis>>> {
    let info = signature.info;
    let none = |reason: &str| PyAttributeError::new_err(format!("{} has no ufunc: {reason}", info.name));
    let mut met: Vec<Dim> = Vec::new();
    let mut number = |dim: &Dim| {
        met.iter().position(|other| other == dim).unwrap_or_else(|| {
            met.push(*dim);
            met.len() - 1
        })
    };
    let is_value = |position: usize| signature.inputs.iter().any(|input| input.length == Some(position));
    let mut axes = Vec::new();
    for argument in info.inputs.iter().chain(info.outputs) {
        let mut own = Vec::with_capacity(argument.shape.len());
        for dim in argument.shape {
            let dimension = number(dim);
            own.push(match dim {
                Dim::Fixed(0) => return Err(none("NumPy has none with an axis of length 0")),
                Dim::Length(length) if is_value(*length) => {
                    return Err(none("the length of an array is the value of an input"));
                }
                Dim::Length(length) => Axis::Open { dimension, length: *length },
                Dim::Fixed(length) => Axis::Fixed(*length),
                _ => return Err(none("an axis has an unknown kind of length")),
            });
        }
        axes.push(own);
    }
    if info.inputs.is_empty() || axes.len() > MAX_ARGUMENTS {
        return Err(none("NumPy allows 1 to 32 arguments"));
    }
    Ok(axes)
}

/// What every version of NumPy allows.
const MAX_ARGUMENTS: usize = 32;

/// The rows of a call of the ufunc: NumPy's inner loop.
///
/// # Safety
/// NumPy's: `args` has a pointer for each argument, `dimensions` the number of rows and the different
/// lengths, `steps` the bytes from row to row of each argument and then those along each of its axes, and
/// `data` is the [`Plan`] that the ufunc was made with.
unsafe extern "C" fn each_row<T: Real>(
    args: *mut *mut c_char,
    dimensions: *mut npy_intp,
    steps: *mut npy_intp,
    data: *mut c_void,
) {
    // SAFETY: the plan was leaked, and is shared only.
    let plan = unsafe { &*data.cast::<Plan>() };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        // SAFETY: passed on as NumPy promised it.
        unsafe { rows::<T>(plan, args, dimensions, steps) }
    }));
    if outcome.is_err() {
        signal_invalid();
    }
}

/// # Safety
/// As for [`each_row`].
unsafe fn rows<T: Real>(
    plan: &Plan,
    args: *mut *mut c_char,
    dimensions: *mut npy_intp,
    steps: *mut npy_intp,
) {
    let signature = &plan.core.signature;
    let count = plan.axes.len();
    // SAFETY: NumPy's promise; the different lengths follow the number of rows.
    let dimension = |index: usize| unsafe { *dimensions.add(index) }.max(0) as usize;
    let mut lengths = vec![0; signature.lengths];
    let mut at = count;
    let mut arguments = Vec::with_capacity(count);
    for (index, axes) in plan.axes.iter().enumerate() {
        let mut shape = Vec::with_capacity(axes.len());
        for axis in axes {
            shape.push(match axis {
                Axis::Fixed(length) => *length,
                Axis::Open { dimension: number, length } => {
                    lengths[*length] = dimension(1 + number);
                    lengths[*length]
                }
            });
        }
        let size = shape.iter().product();
        // SAFETY: NumPy's promise; steps along axes follow those from row to row, in the same order.
        let argument = unsafe {
            let strides = (0..shape.len()).map(|axis| *steps.add(at + axis)).collect();
            Strided { start: *args.add(index), step: *steps.add(index), shape, strides, size }
        };
        at += axes.len();
        arguments.push(argument);
    }
    if let Some(quick) = &signature.quick
        && arguments.iter().all(Strided::is_plain::<T>)
    {
        // SAFETY: a pointer and a step for every argument, whose elements in a row are neighbours.
        unsafe { few::<T>(signature, quick, &arguments, dimension(0)) };
        return;
    }
    let (inputs, outputs) = arguments.split_at_mut(signature.inputs.len());
    let mut memory = Memory::<T>::new(signature, inputs, outputs);
    for _ in 0..dimension(0) {
        // SAFETY: every argument is at a row of its own.
        let done = unsafe { memory.read(signature, inputs, &mut lengths) }
            && memory.call(signature, inputs, outputs, &lengths);
        if !done {
            memory.outputs.fill(T::nearest(f64::NAN));
            signal_invalid();
        }
        let mut results = memory.outputs.iter();
        for output in &mut *outputs {
            let mut write = |place: *mut T| {
                if let Some(value) = results.next() {
                    // SAFETY: an element of the output in this row, which NumPy lets its loop write.
                    unsafe { place.write_unaligned(*value) };
                }
            };
            // SAFETY: shape and steps are NumPy's.
            unsafe {
                crate::ndarray::visit(output.start.cast::<T>(), &output.shape, &output.strides, &mut write)
            };
        }
        for argument in inputs.iter_mut().chain(&mut *outputs) {
            argument.start = argument.start.wrapping_byte_offset(argument.step);
        }
    }
}

/// The rows of a function of a few numbers.
///
/// # Safety
/// NumPy's promise: elements of inputs can be read, and those of outputs written, in every row.
unsafe fn few<T: Real>(signature: &Signature, quick: &Quick, arguments: &[Strided], count: usize) {
    let mut lanes = [Lane { start: std::ptr::null_mut(), step: 0 }; 2 * FEW];
    let lanes = &mut lanes[..arguments.len()];
    for (lane, argument) in lanes.iter_mut().zip(arguments) {
        *lane = Lane { start: argument.start.cast(), step: argument.step };
    }
    let mut left = count;
    // SAFETY: by the caller.
    while let Err(refused) = unsafe { signature.run::<T>(quick, lanes, left) } {
        for lane in &mut *lanes {
            lane.start = lane.start.wrapping_offset(lane.step * refused.row as isize);
        }
        for (lane, size) in lanes[signature.inputs.len()..].iter().zip(quick.sizes.outputs.each()) {
            for index in 0..*size {
                // SAFETY: by the caller.
                unsafe { lane.start.cast::<T>().add(index).write_unaligned(T::nearest(f64::NAN)) };
            }
        }
        signal_invalid();
        for lane in &mut *lanes {
            lane.start = lane.start.wrapping_offset(lane.step);
        }
        left -= refused.row + 1;
    }
}

/// An argument at one row.
struct Strided {
    start: *mut c_char,
    step: isize,
    shape: Vec<usize>,
    strides: Vec<isize>,
    size: usize,
}

/// What a row is computed from and into.
struct Memory<T> {
    reals: Vec<T>,
    integers: Vec<usize>,
    outputs: Vec<T>,
    work: Vec<T>,
}

impl<T: Real> Memory<T> {
    fn new(signature: &Signature, inputs: &[Strided], outputs: &[Strided]) -> Self {
        let total = |real: bool| {
            let kinds = signature.inputs.iter().zip(inputs);
            kinds
                .filter(|(input, _)| (input.kind == Kind::Real) == real)
                .map(|(_, argument)| argument.size)
                .sum()
        };
        Self {
            reals: Vec::with_capacity(total(true)),
            integers: Vec::with_capacity(total(false)),
            outputs: vec![T::default(); outputs.iter().map(|output| output.size).sum()],
            work: Vec::new(),
        }
    }

    /// Reads a row of all inputs.
    ///
    /// # Safety
    /// The inputs are at a row, which NumPy lets its loop read.
    unsafe fn read(&mut self, signature: &Signature, inputs: &[Strided], lengths: &mut [usize]) -> bool {
        self.reals.clear();
        self.integers.clear();
        for (input, argument) in signature.inputs.iter().zip(inputs) {
            // SAFETY: the element type is the one that the ufunc was made with.
            unsafe {
                match input.kind {
                    Kind::Real => argument.elements(|value: T| self.reals.push(value)),
                    Kind::Indices | Kind::Usize => {
                        argument.elements(|value: usize| self.integers.push(value))
                    }
                    Kind::I32 => argument.elements(|value: i32| self.integers.push(value as usize)),
                    // A byte, since not every byte is a `bool` of Rust.
                    Kind::Bool => argument.elements(|value: u8| self.integers.push((value != 0).into())),
                }
            }
            if let (Some(position), Some(value)) = (input.length, self.integers.last()) {
                lengths[position] = *value;
            }
        }
        let size = (signature.info.workspace_size)(lengths);
        let more = size.saturating_sub(self.work.len());
        if self.work.try_reserve(more).is_err() {
            return false;
        }
        self.work.resize(size.max(self.work.len()), T::default());
        true
    }

    fn call(
        &mut self,
        signature: &Signature,
        inputs: &[Strided],
        outputs: &[Strided],
        lengths: &[usize],
    ) -> bool {
        let (mut reals, mut integers) = (self.reals.as_slice(), self.integers.as_slice());
        let (mut few, mut many) = ([Value::Bool(false); FEW], Vec::new());
        let values = slots(&mut few, &mut many, inputs.len(), || Value::Bool(false));
        for ((value, input), argument) in values.iter_mut().zip(&signature.inputs).zip(inputs) {
            if input.kind == Kind::Real {
                *value = T::value(reals.split_off(..argument.size).unwrap_or_default());
                continue;
            }
            let own = integers.split_off(..argument.size).unwrap_or_default();
            let first = own.first().copied().unwrap_or_default();
            *value = match input.kind {
                Kind::Usize => Value::Usize(first),
                Kind::I32 => Value::I32(first as i32),
                Kind::Bool => Value::Bool(first != 0),
                Kind::Real | Kind::Indices => Value::Indices(own),
            };
        }
        let mut rest = self.outputs.as_mut_slice();
        let (mut few, mut many) = (<[&mut [T]; FEW]>::default(), Vec::new());
        let places = slots(&mut few, &mut many, outputs.len(), Default::default);
        for (place, output) in places.iter_mut().zip(outputs) {
            *place = rest.split_off_mut(..output.size).unwrap_or_default();
        }
        let size = (signature.info.workspace_size)(lengths).min(self.work.len());
        T::entry(signature.info).is_some_and(|entry| entry(values, places, &mut self.work[..size]).is_ok())
    }
}

impl Strided {
    /// Whether the elements of a row are neighbours, in order.
    fn is_plain<T>(&self) -> bool {
        let mut step = size_of::<T>();
        self.shape.iter().zip(&self.strides).rev().all(|(length, stride)| {
            let is_plain = *length == 1 || *stride == step as isize;
            step *= length;
            is_plain
        })
    }

    /// The elements of the row.
    ///
    /// # Safety
    /// They can be read and are of this type, at any alignment.
    unsafe fn elements<T>(&self, mut take: impl FnMut(T)) {
        // SAFETY: by the caller.
        let mut read = |place: *mut T| take(unsafe { place.read_unaligned() });
        // SAFETY: shape and steps are NumPy's.
        unsafe { crate::ndarray::visit(self.start.cast::<T>(), &self.shape, &self.strides, &mut read) };
    }
}

/// A row without a result: the flag of floating-point arithmetic that NumPy asks for after the loop, and
/// about which it warns as `numpy.errstate` says.
fn signal_invalid() {
    std::hint::black_box(std::hint::black_box(f64::INFINITY) - std::hint::black_box(f64::INFINITY));
}
