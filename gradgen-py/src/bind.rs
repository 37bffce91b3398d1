//! From positional and keyword arguments to one object per parameter, in CPython's words.

use std::fmt::Write as _;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::signature::Signature;
use crate::wording;

/// The arguments of one call. It is certain that every name exists, that nothing is given twice,
/// and that everything without a default is there.
pub(crate) struct Arguments<'a, 'py> {
    positional: &'a Bound<'py, PyTuple>,
    keywords: Option<&'a Bound<'py, PyDict>>,
}

impl<'a, 'py> Arguments<'a, 'py> {
    pub(crate) fn bind(
        signature: &Signature,
        positional: &'a Bound<'py, PyTuple>,
        keywords: Option<&'a Bound<'py, PyDict>>,
    ) -> PyResult<Self> {
        let keywords = keywords.filter(|keywords| !keywords.is_empty());
        let arguments = Self { positional, keywords };
        if let Some(keywords) = keywords
            && arguments.count_keywords(signature, keywords)? != keywords.len()
        {
            arguments.check_keywords(signature, keywords)?;
        }
        let given = positional.len();
        if given > signature.inputs.len() + 1 {
            return Err(too_many(signature, given));
        }
        if given < signature.inputs.len() {
            arguments.check_missing(signature)?;
        }
        Ok(arguments)
    }

    /// The object for the input at this position; `None` leaves it to the default.
    pub(crate) fn input(&self, signature: &Signature, index: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.get(index, &signature.inputs[index].name)
    }

    /// The workspace, unless it is left out or `None`.
    pub(crate) fn workspace(&self, signature: &Signature) -> PyResult<Option<Bound<'py, PyAny>>> {
        let workspace = self.get(signature.inputs.len(), &signature.workspace)?;
        Ok(workspace.filter(|object| !object.is_none()))
    }

    fn get(&self, index: usize, name: &Py<PyString>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if index < self.positional.len() {
            return self.positional.get_item(index).map(Some);
        }
        match self.keywords {
            Some(keywords) => keywords.get_item(name),
            None => Ok(None),
        }
    }

    /// How many of the parameters that are left are among the keywords.
    fn count_keywords(&self, signature: &Signature, keywords: &Bound<'py, PyDict>) -> PyResult<usize> {
        let names = signature.inputs.iter().map(|input| &input.name).chain([&signature.workspace]);
        let mut count = 0;
        for name in names.skip(self.positional.len()) {
            count += usize::from(keywords.contains(name)?);
        }
        Ok(count)
    }

    /// Finds the keyword that is not a parameter, or one that was given by position.
    fn check_keywords(&self, signature: &Signature, keywords: &Bound<'py, PyDict>) -> PyResult<()> {
        let py = keywords.py();
        let function = signature.info.name;
        let workspace = signature.workspace.to_cow(py)?;
        let parameters = signature.parameters(&workspace);
        for key in keywords.keys() {
            let key = key
                .cast::<PyString>()
                .map_err(|_| PyTypeError::new_err(format!("{function}() keywords must be strings")))?;
            let key = key.to_string_lossy();
            let Some(index) = parameters.iter().position(|parameter| *parameter == key) else {
                return Err(unexpected(function, &key, &parameters));
            };
            if index < self.positional.len() {
                return Err(PyTypeError::new_err(format!(
                    "{function}() got multiple values for argument '{key}'"
                )));
            }
        }
        Ok(())
    }

    fn check_missing(&self, signature: &Signature) -> PyResult<()> {
        let mut missing = Vec::new();
        for (index, input) in signature.inputs.iter().enumerate() {
            if input.info.default.is_none() && self.input(signature, index)?.is_none() {
                missing.push(input.info.name);
            }
        }
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
}

fn unexpected(function: &str, key: &str, parameters: &[&str]) -> PyErr {
    let mut text = format!("{function}() got an unexpected keyword argument '{}'", wording::cut(key));
    let _ = match wording::nearest(key, parameters.iter().copied()) {
        Some(parameter) => write!(text, ". Did you mean '{parameter}'?"),
        None => write!(text, ". The arguments are {}", wording::names(parameters)),
    };
    PyTypeError::new_err(text)
}

fn too_many(signature: &Signature, given: usize) -> PyErr {
    let least = signature.inputs.iter().filter(|input| input.info.default.is_none()).count();
    PyTypeError::new_err(format!(
        "{}() takes from {least} to {} positional arguments but {given} were given",
        signature.info.name,
        signature.inputs.len() + 1
    ))
}
