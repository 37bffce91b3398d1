//! A function for libraries that call C: SciPy's integrators, through `scipy.LowLevelCallable`.

use std::ffi::{CStr, c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gradgen_runtime::{Call, Value};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::batch::slots;
use crate::core::Core;
use crate::function::Function;
use crate::settings::{Data, Selection, Settings};
use crate::signature::{FEW, Kind, Shape};
use crate::sizes::MUCH;
use crate::wording;

/// What the C function gets as its data.
struct Target {
    core: Arc<Core>,
    settings: Settings,
    /// The output that is returned.
    output: usize,
    /// How many numbers the caller passes.
    arguments: usize,
}

/// The forms that SciPy has for a function of numbers. The data is ours: what SciPy calls ends in `void *`
/// whether the user wrote it or not.
const FORMS: [(&str, Form); 4] = [
    ("double (double)", Form::One),
    ("double (double, void *)", Form::One),
    ("double (int, double *)", Form::Many),
    ("double (int, double *, void *)", Form::Many),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    One,
    Many,
}

impl Form {
    /// What SciPy reads in the capsule.
    fn signature(self) -> &'static CStr {
        match self {
            Self::One => c"double (double, void *)",
            Self::Many => c"double (int, double *, void *)",
        }
    }

    fn address(self) -> *mut c_void {
        match self {
            Self::One => one as *mut c_void,
            Self::Many => many as *mut c_void,
        }
    }
}

/// A `scipy.LowLevelCallable` of this form: the inputs that are not given, one after the other, are its
/// numbers.
pub(crate) fn callable<'py>(py: Python<'py>, function: &Function, form: &str) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let name = signature.info.name;
    let words: String = form.chars().filter(|letter| !letter.is_whitespace()).collect();
    let same = |known: &str| known.chars().filter(|letter| !letter.is_whitespace()).eq(words.chars());
    let Some((_, form)) = FORMS.iter().find(|(known, _)| same(known)) else {
        let known: Vec<&str> = FORMS.iter().map(|(known, _)| *known).collect();
        return Err(PyValueError::new_err(format!(
            "{name}.lowlevel(): '{}' is none of {}",
            wording::cut(form),
            wording::alternatives(&known)
        )));
    };
    let target = target(function)?;
    if *form == Form::One && target.arguments != 1 {
        return Err(PyValueError::new_err(format!(
            "{name}.lowlevel(): there are {} numbers to pass, expected 1; partial() gives inputs before",
            target.arguments
        )));
    }
    let data = Box::into_raw(Box::new(target));
    // SAFETY: the pointer comes from a box, which the capsule's destructor takes back; the address is a
    // function's, which needs none. Signatures live forever.
    let (address, data) = unsafe {
        let data = ffi::PyCapsule_New(data.cast(), std::ptr::null(), Some(release));
        let data = Bound::from_owned_ptr_or_err(py, data)?;
        let address = ffi::PyCapsule_New(form.address(), form.signature().as_ptr(), None);
        (Bound::from_owned_ptr_or_err(py, address)?, data)
    };
    let keywords = PyDict::new(py);
    keywords.set_item("user_data", data)?;
    py.import("scipy")?.getattr("LowLevelCallable")?.call((address,), Some(&keywords))
}

fn target(function: &Function) -> PyResult<Target> {
    let signature = &function.core.signature;
    let name = signature.info.name;
    let refuse = |text: String| PyTypeError::new_err(format!("{name}.lowlevel(): {text}"));
    if !matches!(signature.info.call, Call::F64(_)) {
        return Err(refuse("the function is not one of float64".to_owned()));
    }
    let mut arguments = 0;
    for (index, input) in signature.inputs.iter().enumerate() {
        let given = function.settings.preset(index).is_some();
        match (input.kind, &input.shape) {
            _ if given => {}
            (Kind::Real, Shape::Fixed(_)) => arguments += input.size,
            _ => {
                let input = input.info.name;
                return Err(refuse(format!(
                    "input '{input}' is no numbers of known count; partial() can give it"
                )));
            }
        }
    }
    let output = match (&function.settings.selection, &*signature.outputs) {
        (Selection::One(one), _) => *one,
        (_, [_]) => 0,
        (_, outputs) => {
            return Err(refuse(format!("there are {} outputs; select() takes one", outputs.len())));
        }
    };
    if signature.outputs[output].size != 1 || signature.workspace_size().is_none() {
        return Err(refuse(format!("output '{}' is not one number", signature.outputs[output].info.name)));
    }
    Ok(Target { core: function.core.clone(), settings: function.settings.clone(), output, arguments })
}

/// # Safety
/// The capsule is one of [`callable`]'s with a [`Target`], and ends now.
unsafe extern "C" fn release(capsule: *mut ffi::PyObject) {
    // SAFETY: by the caller; the pointer came from a box.
    unsafe {
        let data = ffi::PyCapsule_GetPointer(capsule, std::ptr::null());
        if !data.is_null() {
            // A `Target` has objects of Python inside; the interpreter is at work, as it destroys one.
            Python::attach(|_| drop(Box::from_raw(data.cast::<Target>())));
        }
    }
}

/// # Safety
/// `data` is a [`Target`]'s.
unsafe extern "C" fn one(x: f64, data: *mut c_void) -> f64 {
    // SAFETY: by the caller.
    evaluate(&[x], unsafe { &*data.cast::<Target>() })
}

/// # Safety
/// `x` points to `count` numbers, `data` is a [`Target`]'s.
unsafe extern "C" fn many(count: c_int, x: *const f64, data: *mut c_void) -> f64 {
    if count < 1 || x.is_null() {
        return f64::NAN;
    }
    // SAFETY: by the caller.
    unsafe { evaluate(std::slice::from_raw_parts(x, count as usize), &*data.cast::<Target>()) }
}

/// The output, or NaN where the function refuses or the numbers are too many or too few.
fn evaluate(x: &[f64], target: &Target) -> f64 {
    let outcome = catch_unwind(AssertUnwindSafe(|| output(x, target)));
    outcome.ok().flatten().unwrap_or(f64::NAN)
}

fn output(mut x: &[f64], target: &Target) -> Option<f64> {
    let signature = &target.core.signature;
    if x.len() != target.arguments {
        return None;
    }
    let (mut few, mut many) = ([Value::Bool(false); FEW], Vec::new());
    let values = slots(&mut few, &mut many, signature.inputs.len(), || Value::Bool(false));
    for (index, (value, input)) in values.iter_mut().zip(&signature.inputs).enumerate() {
        *value = match target.settings.preset(index).map(|preset| &preset.data) {
            None => Value::F64(x.split_off(..input.size)?),
            Some(Data::F64(data)) => Value::F64(data),
            Some(Data::Indices(data)) => Value::Indices(data),
            Some(Data::Usize(value)) => Value::Usize(*value),
            Some(Data::I32(value)) => Value::I32(*value),
            Some(Data::Bool(value)) => Value::Bool(*value),
        };
    }
    let outputs: usize = signature.outputs.iter().map(|output| output.size).sum();
    let work = signature.workspace_size()?;
    let (mut stack, mut heap) = ([0.0; MUCH], Vec::new());
    let memory = if outputs + work <= MUCH {
        &mut stack[..outputs + work]
    } else {
        heap.resize(outputs + work, 0.0);
        &mut heap
    };
    let (mut rest, work) = memory.split_at_mut(outputs);
    let (mut few, mut many) = (<[&mut [f64]; FEW]>::default(), Vec::new());
    let places = slots(&mut few, &mut many, signature.outputs.len(), Default::default);
    for (place, output) in places.iter_mut().zip(&signature.outputs) {
        *place = rest.split_off_mut(..output.size)?;
    }
    signature.info.call_f64(values, places, work).ok()?;
    places[target.output].first().copied()
}
