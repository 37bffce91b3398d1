//! Functions in other processes: by module, name and the hash of their signature, and what they were told.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::describe;
use crate::function::Function;
use crate::settings::Selection;
use crate::vary;

/// The name of the module's function that makes functions of what was pickled.
pub(crate) const RESTORE: &str = "_restore";

/// What `pickle` keeps: the function that restores, and its arguments.
pub(crate) fn reduce<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyTuple>> {
    let info = function.core.signature.info;
    let restore = py.import(function.core.module.bind(py))?.getattr(RESTORE)?;
    let state = if function.is_plain() { None } else { Some(state(py, function)?) };
    (restore, (info.name, info.signature_hash, state)).into_pyobject(py)
}

/// Options, selected outputs and whether it is one by itself, what is given, defaults.
fn state<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyTuple>> {
    let signature = &function.core.signature;
    let settings = &function.settings;
    let options = PyDict::new(py);
    options.set_item("casting", settings.options.casting.word())?;
    options.set_item("strict", settings.options.strict)?;
    options.set_item("nan", settings.options.nan.word())?;
    let selected: Vec<&str> = match &settings.selection {
        Selection::All => vec![],
        Selection::Some(outputs) => outputs.iter().map(|index| signature.outputs[*index].info.name).collect(),
        Selection::One(one) => vec![signature.outputs[*one].info.name],
    };
    let (given, defaults) = (PyDict::new(py), PyDict::new(py));
    for (index, input) in signature.inputs.iter().enumerate() {
        if let Some(preset) = settings.preset(index) {
            let into = if preset.hidden { &given } else { &defaults };
            into.set_item(&input.name, describe::preset_object(py, preset)?)?;
        }
    }
    (options, selected, given, defaults).into_pyobject(py)
}

/// The function with this name, if its signature is still the same, told the same.
pub(crate) fn restore<'py>(
    function: &Bound<'py, Function>,
    hash: u64,
    state: Option<&Bound<'py, PyTuple>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let info = function.get().core.signature.info;
    if info.signature_hash != hash {
        return Err(PyValueError::new_err(format!(
            "{} was pickled with another signature ({hash:016x}) than it has now ({:016x}): its inputs or outputs \
             have changed since",
            info.name, info.signature_hash
        )));
    }
    let Some(state) = state else { return Ok(function.clone().into_any()) };
    type State<'py> = (Bound<'py, PyDict>, Vec<String>, Bound<'py, PyDict>, Bound<'py, PyDict>);
    let (options, selected, given, defaults): State<'py> = state.extract()?;
    let mut result = function.clone().into_any();
    let again = |result: Bound<'py, PyAny>| {
        result.cast_into::<Function>().map_err(|_| PyTypeError::new_err("not a function of gradgen"))
    };
    if !given.is_empty() {
        result = vary::preset(py, again(result)?.get(), Some(&given), true)?;
    }
    if !defaults.is_empty() {
        result = vary::preset(py, again(result)?.get(), Some(&defaults), false)?;
    }
    if !selected.is_empty() {
        result = vary::select(again(result)?.get(), &PyTuple::new(py, selected)?)?;
    }
    result.call_method("with_options", (), Some(&options))
}
