//! `f.grad("x")`: a derivative by what it is, among those that stand beside the function.

use gradgen_runtime::{Dtype, Role};
use pyo3::exceptions::{PyAttributeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyString, PyTuple};

use crate::function::Function;
use crate::settings::{Preset, Selection, Settings};
use crate::vectorcall;
use crate::wording;

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Derivative {
    Grad,
    Jacobian,
    Hessian,
    Jvp,
    Vjp,
    Hvp,
    ValueAndGrad,
}

impl Derivative {
    /// What may stand between the function's name and the inputs'.
    fn labels(self) -> &'static [&'static str] {
        match self {
            Self::Grad => &["grad"],
            Self::Jacobian => &["jf"],
            Self::Hessian => &["hessian"],
            Self::Jvp => &["jvp"],
            Self::Vjp => &["vjp"],
            Self::Hvp => &["hvp"],
            // The Jacobian of one number is its gradient.
            Self::ValueAndGrad => &["f_grad", "f_jf"],
        }
    }

    /// The request in the attribute that makes it.
    fn request(self, inputs: &str) -> String {
        let word = match self {
            Self::Grad => "gradient",
            Self::Jacobian => "jacobian",
            Self::Hessian => "hessian",
            Self::Jvp => "jvp",
            Self::Vjp => "vjp",
            Self::Hvp => "hvp",
            Self::ValueAndGrad => return format!("bundle(f, grad({inputs}))"),
        };
        format!("{word}({inputs})")
    }

    fn words(self) -> &'static str {
        match self {
            Self::Grad => "gradient",
            Self::Jacobian => "Jacobian",
            Self::Hessian => "Hessian",
            Self::Jvp => "JVP",
            Self::Vjp => "VJP",
            Self::Hvp => "HVP",
            Self::ValueAndGrad => "value with gradient",
        }
    }
}

/// The sibling that computes this derivative by these inputs, or by the only one.
pub(crate) fn find<'py>(
    function: &Function,
    derivative: Derivative,
    inputs: &Bound<'py, PyTuple>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = inputs.py();
    let info = function.core.signature.info;
    let name = info.name;
    let all = info.inputs.iter().filter(|input| input.role == Role::Input);
    let all: Vec<&str> =
        all.filter(|input| matches!(input.dtype, Dtype::F64 | Dtype::F32)).map(|input| input.name).collect();
    let by = names(function, inputs, &all)?;
    let suffix: String = by.iter().map(|input| format!("_{}", rust_name(function, input))).collect();
    let mut candidates = Vec::new();
    for label in derivative.labels() {
        candidates.push(format!("{name}_{label}{suffix}"));
        // With one input, or with all of them in one sweep, the name has no suffix.
        if all.len() == 1 || by == all || by.is_empty() {
            candidates.push(format!("{name}_{label}"));
        }
    }
    let siblings = function.core.siblings();
    let found = candidates
        .iter()
        .find_map(|candidate| siblings.iter().find(|sibling| sibling.signature.info.name == candidate));
    let Some(sibling) = found else {
        let inputs = if by.is_empty() { "*".to_owned() } else { by.join(", ") };
        let request = derivative.request(&inputs);
        return Err(PyAttributeError::new_err(format!(
            "{name} has no {} by {inputs}: #[gradgen({request})] on the function in Rust would emit it",
            derivative.words()
        )));
    };
    // What the function was told about its inputs, its derivative is told, too.
    let mut settings =
        Settings { options: function.settings.options, selection: Selection::All, presets: Box::default() };
    if !function.settings.presets.is_empty() {
        let presets = sibling.signature.inputs.iter().map(|input| -> Option<Preset> {
            function.settings.preset(function.core.signature.input(input.info.name)?).cloned()
        });
        settings.presets = presets.collect();
    }
    let plain = Function { core: sibling.clone(), settings: Settings::default() };
    vectorcall::with_settings(py, &plain, settings)
}

/// The part of a sibling's name: siblings are named in Rust, where the input may have another name.
fn rust_name<'a>(function: &Function, input: &'a str) -> &'a str {
    function
        .core
        .signature
        .info
        .inputs
        .iter()
        .find(|other| other.name == input)
        .map_or(input, |other| other.rust_name)
}

/// The inputs that were named, each of them one that has derivatives.
fn names(
    function: &Function,
    inputs: &Bound<'_, PyTuple>,
    all: &[&'static str],
) -> PyResult<Vec<&'static str>> {
    let info = function.core.signature.info;
    let mut names = Vec::with_capacity(inputs.len());
    for input in inputs.iter() {
        let Ok(input) = input.cast::<PyString>() else {
            return Err(PyTypeError::new_err(format!(
                "{}: {} is no name of an input",
                info.name,
                wording::article(&input)
            )));
        };
        let input = input.to_string_lossy();
        let Some(known) = all.iter().find(|known| **known == input) else {
            let given = wording::cut(&input);
            let text = if info.inputs.iter().any(|other| other.name == input) {
                format!("{}: '{given}' is an input without derivatives", info.name)
            } else {
                let meant = match wording::nearest(&input, all.iter().copied()) {
                    Some(near) => format!("Did you mean '{near}'?"),
                    None => format!("Those with derivatives are {}", wording::names(all)),
                };
                format!("{} has no input '{given}'. {meant}", info.name)
            };
            return Err(PyValueError::new_err(text));
        };
        names.push(*known);
    }
    if names.is_empty() && all.len() == 1 {
        names.push(all[0]);
    }
    Ok(names)
}
