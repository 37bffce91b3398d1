//! What a function says of itself: signature, docstring, `function_info`.

use std::fmt::Write as _;

use gradgen_runtime::{ArgInfo, Default, Dtype, Role};
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::signature::{Shape, Signature};
use crate::wording;

/// `(x, w=1.0, workspace=None)`.
pub(crate) fn text_signature(signature: &Signature) -> String {
    let mut text = "(".to_owned();
    for (index, input) in signature.inputs.iter().enumerate() {
        text.push_str(input.info.name);
        if let Some(default) = shown_default(signature, index) {
            let _ = write!(text, "={}", literal(default));
        }
        text.push_str(", ");
    }
    let _ = write!(text, "{}=None)", signature.workspace);
    text
}

/// The same as an `inspect.Signature`.
pub(crate) fn inspect_signature<'py>(py: Python<'py>, signature: &Signature) -> PyResult<Bound<'py, PyAny>> {
    let inspect = py.import("inspect")?;
    let parameter = inspect.getattr("Parameter")?;
    let kind = parameter.getattr("POSITIONAL_OR_KEYWORD")?;
    let with_default = |name: &Bound<'py, PyAny>, default: Bound<'py, PyAny>| {
        let keywords = PyDict::new(py);
        keywords.set_item("default", default)?;
        parameter.call((name, &kind), Some(&keywords))
    };
    let mut parameters = Vec::with_capacity(signature.inputs.len() + 1);
    for (index, input) in signature.inputs.iter().enumerate() {
        let name = input.name.bind(py).as_any();
        parameters.push(match shown_default(signature, index) {
            Some(default) => with_default(name, object(py, default)?)?,
            None => parameter.call1((name, &kind))?,
        });
    }
    parameters.push(with_default(signature.workspace.bind(py).as_any(), py.None().into_bound(py))?);
    inspect.getattr("Signature")?.call1((parameters,))
}

/// The default of an input, where Python's syntax can show it: not before an input without one.
fn shown_default(signature: &Signature, index: usize) -> Option<Default> {
    let tail = &signature.inputs[index..];
    tail.iter().all(|input| input.info.default.is_some()).then(|| tail[0].info.default)?
}

/// The docstring: the function's own words, then its arguments and results.
pub(crate) fn docstring(signature: &Signature) -> String {
    let info = signature.info;
    let mut text = without_links(info.doc.trim());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str("Parameters\n----------\n");
    for input in &signature.inputs {
        let _ = write!(text, "{} : {}", input.info.name, describe(input.info, &input.shape));
        if let Some(default) = input.info.default {
            let _ = write!(text, ", default {}", literal(default));
        }
        text.push_str(if input.info.unused { " (unused)\n" } else { "\n" });
    }
    let _ = writeln!(
        text,
        "{} : what `workspace_for_function(\"{}\")` returns, optional",
        signature.workspace, info.name
    );
    text.push_str("\nReturns\n-------\ndict\n");
    for output in &signature.outputs {
        let _ = writeln!(text, "    '{}' : {}", output.info.name, describe(output.info, &output.shape));
    }
    text
}

/// Markdown in which links to items of Rust, which lead nowhere from Python, are their text.
fn without_links(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some((before, after)) = rest.split_once('[') {
        text.push_str(before);
        rest = after;
        let link = after.split_once("](").and_then(|(label, tail)| Some((label, tail.split_once(')')?)));
        match link {
            Some((label, (target, tail))) if !label.contains(['[', ']']) && !target.contains("://") => {
                text.push_str(label);
                rest = tail;
            }
            _ => text.push('['),
        }
    }
    text + rest
}

fn describe(info: &ArgInfo, shape: &Shape) -> String {
    let known = shape.known();
    if known.is_empty() {
        return match info.dtype {
            Dtype::F64 | Dtype::F32 => "float".to_owned(),
            Dtype::Bool => "bool".to_owned(),
            _ => "int".to_owned(),
        };
    }
    format!("array of {}, shape {}", dtype(info.dtype), wording::shape(known))
}

/// The dictionary that `function_info` returns; a new one each time, so that nobody's changes stay.
pub(crate) fn function_info<'py>(py: Python<'py>, signature: &Signature) -> PyResult<Bound<'py, PyDict>> {
    let info = signature.info;
    let dict = PyDict::new(py);
    dict.set_item("name", info.name)?;
    dict.set_item("rust_name", info.rust_name)?;
    dict.set_item("doc", info.doc)?;
    dict.set_item("signature", text_signature(signature))?;
    dict.set_item("dtype", dtype(info.dtype()))?;
    dict.set_item("workspace_size", signature.workspace_size())?;
    dict.set_item("operations", info.operations)?;
    dict.set_item("signature_hash", info.signature_hash)?;
    dict.set_item("siblings", signature.siblings())?;
    let inputs: Vec<_> = signature.inputs.iter().map(|input| (input.info, &input.shape)).collect();
    arguments(&dict, "input", &inputs)?;
    let outputs: Vec<_> = signature.outputs.iter().map(|output| (output.info, &output.shape)).collect();
    arguments(&dict, "output", &outputs)?;
    let defaults = PyDict::new(py);
    for input in &signature.inputs {
        if let Some(default) = input.info.default {
            defaults.set_item(&input.name, object(py, default)?)?;
        }
    }
    dict.set_item("defaults", defaults)?;
    let unused: Vec<_> = info.inputs.iter().filter(|input| input.unused).map(|input| input.name).collect();
    dict.set_item("unused_inputs", unused)?;
    Ok(dict)
}

/// The entries of all inputs, or of all outputs.
fn arguments(dict: &Bound<'_, PyDict>, what: &str, arguments: &[(&ArgInfo, &Shape)]) -> PyResult<()> {
    let py = dict.py();
    let names: Vec<_> = arguments.iter().map(|(info, _)| info.name).collect();
    let sizes: Vec<_> = arguments.iter().map(|(_, shape)| shape.size()).collect();
    let shapes =
        arguments.iter().map(|(_, shape)| PyTuple::new(py, shape.known())).collect::<PyResult<Vec<_>>>()?;
    let dtypes: Vec<_> = arguments.iter().map(|(info, _)| dtype(info.dtype)).collect();
    let roles: Vec<_> = arguments.iter().map(|(info, _)| role(info.role)).collect();
    dict.set_item(format!("{what}_names"), names)?;
    dict.set_item(format!("{what}_sizes"), sizes)?;
    dict.set_item(format!("{what}_shapes"), shapes)?;
    dict.set_item(format!("{what}_dtypes"), dtypes)?;
    dict.set_item(format!("{what}_roles"), roles)
}

/// NumPy's name of an element type.
fn dtype(dtype: Dtype) -> &'static str {
    match dtype {
        Dtype::F64 => "float64",
        Dtype::F32 => "float32",
        Dtype::Usize => "uintp",
        Dtype::I32 => "int32",
        Dtype::Bool => "bool",
        _ => "unknown",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Input => "input",
        Role::Parameter => "parameter",
        Role::Tangent => "tangent",
        Role::Cotangent => "cotangent",
        Role::Direction => "direction",
        Role::Output => "output",
        _ => "unknown",
    }
}

fn object(py: Python<'_>, default: Default) -> PyResult<Bound<'_, PyAny>> {
    match default {
        Default::Real(value) => value.into_bound_py_any(py),
        Default::Integer(value) => value.into_bound_py_any(py),
        Default::Bool(value) => value.into_bound_py_any(py),
        _ => Ok(py.None().into_bound(py)),
    }
}

/// A default as Python writes it.
fn literal(default: Default) -> String {
    match default {
        Default::Real(value) if value.is_finite() => format!("{value:?}"),
        Default::Real(value) if value.is_nan() => "float('nan')".to_owned(),
        Default::Real(value) => format!("float('{}inf')", if value < 0.0 { "-" } else { "" }),
        Default::Integer(value) => value.to_string(),
        Default::Bool(value) => if value { "True" } else { "False" }.to_owned(),
        _ => "...".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_links;

    #[test]
    fn links_to_items_become_their_text() {
        for (markdown, text) in [
            ("Gradient of [`f`](fn@f), see [g](g).", "Gradient of `f`, see g."),
            ("[page](https://example.org) and [0, 1]", "[page](https://example.org) and [0, 1]"),
            ("in [0, 1], of [`f`](fn@f)", "in [0, 1], of `f`"),
            ("[`f`] and [open](", "[`f`] and [open]("),
        ] {
            assert_eq!(without_links(markdown), text);
        }
    }
}
