//! From positional and keyword arguments to one object per parameter, in CPython's words.

use std::fmt::Write as _;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyString;

use crate::function::Function;
use crate::settings::Options;
use crate::signature::{CASTING, EXTRAS, FEW, NAN, OUT, STRICT, Signature, WORKSPACE};
use crate::wording;

/// An argument, which the caller keeps alive.
pub(crate) type Object<'a, 'py> = Borrowed<'a, 'py, PyAny>;

/// The arguments of one call. It is certain that every name exists, that nothing is given twice,
/// and that everything without a default is there.
pub(crate) struct Arguments<'a, 'py> {
    /// One for every input; `None` leaves it to the default.
    pub(crate) inputs: &'a [Option<Object<'a, 'py>>],
    pub(crate) workspace: Option<Object<'a, 'py>>,
    pub(crate) out: Option<Object<'a, 'py>>,
    pub(crate) options: Options,
}

impl<'a, 'py> Arguments<'a, 'py> {
    /// Finds the parameter of every argument, and goes on with them.
    pub(crate) fn bind<R>(
        function: &Function,
        positional: impl ExactSizeIterator<Item = Object<'a, 'py>>,
        keywords: impl Iterator<Item = (Object<'a, 'py>, Object<'a, 'py>)>,
        then: impl FnOnce(&Arguments<'_, 'py>) -> PyResult<R>,
    ) -> PyResult<R> {
        let signature = &function.core.signature;
        let count = signature.inputs.len();
        let (mut few, mut many) = ([None; FEW + EXTRAS.len()], Vec::new());
        let slots: &mut [Option<Object<'_, 'py>>] = if count <= FEW {
            &mut few[..count + EXTRAS.len()]
        } else {
            many.resize(count + EXTRAS.len(), None);
            &mut many
        };
        let given = positional.len();
        by_position(function, positional, slots);
        let mut named = false;
        for (key, value) in keywords {
            let place = by_name(function, &key)?;
            if slots[place].replace(value).is_some() {
                return Err(PyTypeError::new_err(format!(
                    "{}() got multiple values for argument '{}'",
                    signature.info.name,
                    key.cast::<PyString>()?.to_string_lossy()
                )));
            }
            named = true;
        }
        let visible = function.visible();
        if given > visible + 1 {
            return Err(too_many(function, given));
        }
        if given < visible {
            check_missing(function, slots)?;
        }
        let (inputs, extras) = slots.split_at(count);
        let mut options = function.settings.options;
        if named {
            options = options.with(signature, extras[CASTING], extras[STRICT], extras[NAN])?;
        }
        let not_none = |object: &Object<'_, 'py>| !object.is_none();
        then(&Arguments {
            inputs,
            workspace: extras[WORKSPACE].filter(not_none),
            out: extras[OUT].filter(not_none),
            options,
        })
    }
}

fn by_position<'a, 'py>(
    function: &Function,
    positional: impl ExactSizeIterator<Item = Object<'a, 'py>>,
    slots: &mut [Option<Object<'a, 'py>>],
) {
    let count = function.core.signature.inputs.len();
    if function.is_plain() {
        // What is too much is counted, not kept.
        for (slot, object) in slots[..=count].iter_mut().zip(positional) {
            *slot = Some(object);
        }
    } else {
        let places = (0..count).filter(|input| !function.settings.is_hidden(*input)).chain([count]);
        for (place, object) in places.zip(positional) {
            slots[place] = Some(object);
        }
    }
}

/// The place of the parameter of this name.
fn by_name(function: &Function, key: &Bound<'_, PyAny>) -> PyResult<usize> {
    let signature = &function.core.signature;
    let names = || signature.inputs.iter().map(|input| &input.name).chain(&signature.extras);
    // Names in a program are interned, as ours are.
    if let Some(place) = names().position(|name| name.as_ptr() == key.as_ptr()) {
        return Ok(place);
    }
    let key = key
        .cast::<PyString>()
        .map_err(|_| PyTypeError::new_err(format!("{}() keywords must be strings", signature.info.name)))?;
    let key = key.to_string_lossy();
    let extras: Vec<String> = (0..EXTRAS.len()).map(|which| signature.extra(which)).collect();
    let inputs = signature.inputs.iter().map(|input| input.info.name);
    let names: Vec<&str> = inputs.chain(extras.iter().map(String::as_str)).collect();
    names.iter().position(|name| *name == key).ok_or_else(|| unexpected(signature, &key, &names))
}

fn check_missing(function: &Function, slots: &[Option<Object<'_, '_>>]) -> PyResult<()> {
    let signature = &function.core.signature;
    let missing: Vec<&str> = signature
        .inputs
        .iter()
        .enumerate()
        .filter(|(index, _)| slots[*index].is_none() && !function.may_be_left_out(*index))
        .map(|(_, input)| input.info.name)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(PyTypeError::new_err(format!(
        "{}() missing {} required positional argument{}: {}",
        signature.info.name,
        missing.len(),
        if missing.len() == 1 { "" } else { "s" },
        wording::names(&missing)
    )))
}

fn unexpected(signature: &Signature, key: &str, parameters: &[&str]) -> PyErr {
    let function = signature.info.name;
    let mut text = format!("{function}() got an unexpected keyword argument '{}'", wording::cut(key));
    let _ = match wording::nearest(key, parameters.iter().copied()) {
        Some(parameter) => write!(text, ". Did you mean '{parameter}'?"),
        None => write!(text, ". The arguments are {}", wording::names(parameters)),
    };
    PyTypeError::new_err(text)
}

fn too_many(function: &Function, given: usize) -> PyErr {
    let signature = &function.core.signature;
    let visible = (0..signature.inputs.len()).filter(|input| !function.settings.is_hidden(*input));
    let least = visible.filter(|input| !function.may_be_left_out(*input)).count();
    PyTypeError::new_err(format!(
        "{}() takes from {least} to {} positional arguments but {given} were given",
        signature.info.name,
        function.visible() + 1
    ))
}
