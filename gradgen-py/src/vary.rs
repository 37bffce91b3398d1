//! The same function, told something before the call: `select`, `partial`, `with_defaults`.

use gradgen_runtime::Call;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::call;
use crate::function::Function;
use crate::settings::{Data, Preset, Selection};
use crate::signature::Kind;
use crate::vectorcall;
use crate::wording;
use crate::workspace::Buffers;

/// With these outputs only.
pub(crate) fn select<'py>(function: &Function, outputs: &Bound<'py, PyTuple>) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let name = signature.info.name;
    let mut selected = Vec::with_capacity(outputs.len());
    for output in outputs.iter() {
        let Ok(text) = output.cast::<PyString>() else {
            let got = wording::article(&output);
            return Err(PyTypeError::new_err(format!("{name}.select(): {got} is no name of an output")));
        };
        let text = text.to_string_lossy();
        let index = signature.output(&text).ok_or_else(|| {
            let names: Vec<&str> = signature.outputs.iter().map(|output| output.info.name).collect();
            let meant = match wording::nearest(&text, names.iter().copied()) {
                Some(near) => format!("Did you mean '{near}'?"),
                None => format!("The outputs are {}", wording::names(&names)),
            };
            PyValueError::new_err(format!("{name} has no output '{}'. {meant}", wording::cut(&text)))
        })?;
        if selected.contains(&index) {
            return Err(PyValueError::new_err(format!("{name}.select(): '{text}' is given twice")));
        }
        selected.push(index);
    }
    let mut settings = function.settings.clone();
    settings.selection = match selected.as_slice() {
        [] => return Err(PyTypeError::new_err(format!("{name}.select() needs the name of an output"))),
        [one] => Selection::One(*one),
        _ => Selection::Some(selected.into()),
    };
    vectorcall::with_settings(outputs.py(), function, settings)
}

/// With these inputs given. They are read now; what becomes of the objects later does not matter.
pub(crate) fn preset<'py>(
    py: Python<'py>,
    function: &Function,
    inputs: Option<&Bound<'py, PyDict>>,
    hidden: bool,
) -> PyResult<Bound<'py, PyAny>> {
    let signature = &function.core.signature;
    let mut settings = function.settings.clone();
    for (key, value) in inputs.into_iter().flatten() {
        let key = key.cast::<PyString>()?.to_string_lossy().into_owned();
        let index = signature.input(&key).ok_or_else(|| {
            let names: Vec<&str> = signature.inputs.iter().map(|input| input.info.name).collect();
            let meant = match wording::nearest(&key, names.iter().copied()) {
                Some(near) => format!("Did you mean '{near}'?"),
                None => format!("The inputs are {}", wording::names(&names)),
            };
            PyTypeError::new_err(format!(
                "{} has no input '{}'. {meant}",
                signature.info.name,
                wording::cut(&key)
            ))
        })?;
        if settings.presets.is_empty() {
            settings.presets = vec![None; signature.inputs.len()].into();
        }
        let preset = match signature.info.call {
            Call::F32(_) => read::<f32>(function, index, &value, hidden)?,
            _ => read::<f64>(function, index, &value, hidden)?,
        };
        settings.presets[index] = Some(preset);
    }
    let first = |left_out: bool| {
        let may =
            |index: usize| signature.inputs[index].info.default.is_some() || settings.preset(index).is_some();
        (0..signature.inputs.len())
            .filter(|index| !settings.is_hidden(*index))
            .find(|index| may(*index) == left_out)
    };
    if !hidden && let (Some(with), true) = (first(true), inputs.is_some()) {
        let names = &signature.inputs;
        let later = (with..names.len())
            .find(|index| names[*index].info.default.is_none() && settings.preset(*index).is_none());
        if let Some(without) = later {
            return Err(PyValueError::new_err(format!(
                "{}: '{}' has no default and follows '{}', which would have one; partial() takes it out of the positions",
                signature.info.name, names[without].info.name, names[with].info.name
            )));
        }
    }
    vectorcall::with_settings(py, function, settings)
}

/// One input, read before a call.
pub(crate) fn value(function: &Function, index: usize, value: &Bound<'_, PyAny>) -> PyResult<Preset> {
    match function.core.signature.info.call {
        Call::F32(_) => read::<f32>(function, index, value, false),
        _ => read::<f64>(function, index, value, false),
    }
}

fn read<T: crate::real::Real>(
    function: &Function,
    index: usize,
    value: &Bound<'_, PyAny>,
    hidden: bool,
) -> PyResult<Preset> {
    let input = &function.core.signature.inputs[index];
    let mut buffers = Buffers::<T>::default();
    let read = call::read_alone(function, index, value, &mut buffers)?;
    let size = buffers.inputs.len().max(buffers.indices.len());
    let integer = buffers.indices.first().copied().unwrap_or_default();
    let data = match input.kind {
        Kind::Real => Data::F64(buffers.inputs.iter().map(|value| (*value).into()).collect()),
        Kind::Indices => Data::Indices(buffers.indices.into()),
        Kind::Usize => Data::Usize(integer),
        Kind::I32 => Data::I32(integer as i32),
        Kind::Bool => Data::Bool(integer != 0),
    };
    if size == 0 && input.size != 0 {
        return Err(PyValueError::new_err("a value is missing"));
    }
    Ok(Preset { shape: read, data, hidden })
}
