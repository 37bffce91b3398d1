//! What a function says of itself: signature, docstring, `function_info`.

use std::fmt::Write as _;

use gradgen_runtime::{ArgInfo, Default, Dim, Dtype, Role};
use pyo3::IntoPyObjectExt as _;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString, PyTuple};

use crate::function::Function;
use crate::ndarray;
use crate::settings::{Data, Preset, Selection};
use crate::signature::{CASTING, Input, NAN, OUT, STRICT, Shape, Signature, WORKSPACE};
use crate::state::State;
use crate::wording;

/// `(x, w=1.0, workspace=None, *, out=None)`.
pub(crate) fn text_signature(function: &Function) -> String {
    let signature = &function.core.signature;
    let mut words = Vec::new();
    for (index, input) in visible(function) {
        words.push(match shown_default(function, index) {
            Some(default) => format!("{}={}", input.info.name, default.text),
            None => input.info.name.to_owned(),
        });
    }
    words.push(format!("{}=None", signature.extra(WORKSPACE)));
    words.push("*".to_owned());
    for (index, input) in signature.inputs.iter().enumerate() {
        if function.settings.is_hidden(index) {
            let default = preset(function, index).map_or_else(|| "...".to_owned(), |default| default.text);
            words.push(format!("{}={default}", input.info.name));
        }
    }
    words.push(format!("{}=None", signature.extra(OUT)));
    format!("({})", words.join(", "))
}

/// The inputs that go by position.
fn visible(function: &Function) -> impl Iterator<Item = (usize, &Input)> {
    let inputs = function.core.signature.inputs.iter().enumerate();
    inputs.filter(|(index, _)| !function.settings.is_hidden(*index))
}

/// The same as an `inspect.Signature`.
pub(crate) fn inspect_signature<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyAny>> {
    let inspect = py.import("inspect")?;
    let parameter = inspect.getattr("Parameter")?;
    let anywhere = parameter.getattr("POSITIONAL_OR_KEYWORD")?;
    let by_keyword = parameter.getattr("KEYWORD_ONLY")?;
    let with_default = |name: &Py<PyString>, kind: &Bound<'py, PyAny>, default: Bound<'py, PyAny>| {
        let keywords = PyDict::new(py);
        keywords.set_item("default", default)?;
        parameter.call((name, kind), Some(&keywords))
    };
    let signature = &function.core.signature;
    let none = || py.None().into_bound(py);
    let mut parameters = Vec::with_capacity(signature.inputs.len() + 2);
    for (index, input) in visible(function) {
        parameters.push(match shown_default(function, index) {
            Some(default) => with_default(&input.name, &anywhere, default.object(py)?)?,
            None => parameter.call1((&input.name, &anywhere))?,
        });
    }
    parameters.push(with_default(&signature.extras[WORKSPACE], &anywhere, none())?);
    for (index, input) in signature.inputs.iter().enumerate() {
        if let (true, Some(default)) = (function.settings.is_hidden(index), preset(function, index)) {
            parameters.push(with_default(&input.name, &by_keyword, default.object(py)?)?);
        }
    }
    parameters.push(with_default(&signature.extras[OUT], &by_keyword, none())?);
    inspect.getattr("Signature")?.call1((parameters,))
}

/// A value that an input may have without being given.
struct Shown<'a> {
    text: String,
    value: Result<Default, &'a Preset>,
}

impl Shown<'_> {
    fn object<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match self.value {
            Ok(default) => object(py, default),
            Err(preset) => preset_object(py, preset),
        }
    }
}

/// The value that an input has when it is left out.
fn preset(function: &Function, index: usize) -> Option<Shown<'_>> {
    if let Some(preset) = function.settings.preset(index) {
        return Some(Shown { text: preset_text(preset), value: Err(preset) });
    }
    let default = function.core.signature.inputs[index].info.default?;
    Some(Shown { text: literal(default), value: Ok(default) })
}

/// The default of an input, where Python's syntax can show it: not before an input without one.
fn shown_default(function: &Function, index: usize) -> Option<Shown<'_>> {
    let may = visible(function).filter(|(other, _)| *other >= index);
    may.into_iter().all(|(other, _)| function.may_be_left_out(other)).then(|| preset(function, index))?
}

/// The value as an object of Python's.
pub(crate) fn preset_object<'py>(py: Python<'py>, preset: &Preset) -> PyResult<Bound<'py, PyAny>> {
    match &preset.data {
        Data::F64(values) if preset.shape.is_empty() && values.len() == 1 => values[0].into_bound_py_any(py),
        Data::F64(values) => {
            let array = ndarray::zeros::<f64>(py, &preset.shape)?;
            ndarray::fill(&array, values);
            Ok(array.into_any())
        }
        Data::Indices(values) => values.to_vec().into_bound_py_any(py),
        Data::Usize(value) => value.into_bound_py_any(py),
        Data::I32(value) => value.into_bound_py_any(py),
        Data::Bool(value) => value.into_bound_py_any(py),
    }
}

fn preset_text(preset: &Preset) -> String {
    let list = |words: Vec<String>| match preset.shape.is_empty() {
        true => words.concat(),
        false => format!("[{}]", words.join(", ")),
    };
    match &preset.data {
        Data::F64(values) => list(values.iter().map(|value| literal(Default::Real(*value))).collect()),
        Data::Indices(values) => list(values.iter().map(ToString::to_string).collect()),
        Data::Usize(value) => value.to_string(),
        Data::I32(value) => value.to_string(),
        Data::Bool(value) => literal(Default::Bool(*value)),
    }
}

/// `<gradgen energy(x[2], w[1]) -> (cost, state)>`.
pub(crate) fn repr(function: &Function) -> String {
    let signature = &function.core.signature;
    let sized = |info: &ArgInfo| {
        let dims: Vec<String> = info.shape.iter().map(|dim| length(*dim)).collect();
        if dims.is_empty() { info.name.to_owned() } else { format!("{}[{}]", info.name, dims.join(", ")) }
    };
    let inputs: Vec<String> = visible(function).map(|(_, input)| sized(input.info)).collect();
    let selected =
        signature.outputs.iter().enumerate().filter(|(index, _)| function.settings.selection.has(*index));
    let outputs: Vec<String> = selected.map(|(_, output)| sized(output.info)).collect();
    let outputs = match outputs.as_slice() {
        [one] => one.clone(),
        _ => format!("({})", outputs.join(", ")),
    };
    format!("<gradgen {}({}) -> {outputs}>", signature.info.name, inputs.join(", "))
}

/// A length; one that comes with the call has a letter: `n`, then `n1` and so on.
fn length(dim: Dim) -> String {
    match dim {
        Dim::Fixed(length) => length.to_string(),
        Dim::Length(0) => "n".to_owned(),
        Dim::Length(position) => format!("n{position}"),
        _ => "?".to_owned(),
    }
}

/// `(2),(1)->(),()`.
pub(crate) fn gufunc_signature(signature: &Signature) -> String {
    let side = |arguments: &[ArgInfo]| {
        let words: Vec<String> = arguments
            .iter()
            .map(|info| {
                let dims: Vec<String> = info.shape.iter().map(|dim| length(*dim)).collect();
                format!("({})", dims.join(","))
            })
            .collect();
        words.join(",")
    };
    format!("{}->{}", side(signature.info.inputs), side(signature.info.outputs))
}

/// The shapes of the inputs.
pub(crate) fn inputs<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for input in &function.core.signature.inputs {
        dict.set_item(&input.name, PyTuple::new(py, input.shape.known())?)?;
    }
    Ok(dict)
}

/// The shapes of the outputs that a call returns.
pub(crate) fn outputs<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (index, output) in function.core.signature.outputs.iter().enumerate() {
        if function.settings.selection.has(index) {
            dict.set_item(&output.name, PyTuple::new(py, output.shape.known())?)?;
        }
    }
    Ok(dict)
}

/// What inputs are when they are left out.
pub(crate) fn defaults<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (index, input) in function.core.signature.inputs.iter().enumerate() {
        if let Some(default) = preset(function, index) {
            dict.set_item(&input.name, default.object(py)?)?;
        }
    }
    Ok(dict)
}

/// The function's dtype, of NumPy.
pub(crate) fn dtype_object<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyAny>> {
    py.import("numpy")?.getattr("dtype")?.call1((dtype(function.core.signature.info.dtype()),))
}

/// The docstring, in numpydoc's form: the function's own words, then its arguments and results.
pub(crate) fn docstring(function: &Function) -> String {
    let signature = &function.core.signature;
    let info = signature.info;
    let mut text = without_links(info.doc.trim());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str("Parameters\n----------\n");
    for (index, input) in signature.inputs.iter().enumerate() {
        let _ = write!(text, "{} : {}", input.info.name, describe(input.info, &input.shape));
        if let Some(default) = preset(function, index) {
            let _ = write!(text, ", default {}", default.text);
        }
        text.push_str(if input.info.unused { " (unused)\n" } else { "\n" });
    }
    let _ = write!(
        text,
        "{} : what `workspace_for_function(\"{}\")` returns, optional\n\
         {} : dict of arrays by output, or the array of the only one, optional\n    \
         Where results are written to; by keyword only.\n",
        signature.extra(WORKSPACE),
        info.name,
        signature.extra(OUT)
    );
    text.push_str(match function.settings.selection {
        Selection::One(_) => "\nReturns\n-------\n",
        _ => "\nReturns\n-------\ndict\n",
    });
    for (index, output) in signature.outputs.iter().enumerate() {
        let words = describe(output.info, &output.shape);
        let name = output.info.name;
        let _ = match function.settings.selection {
            Selection::One(one) if one == index => writeln!(text, "{name} : {words}"),
            Selection::One(_) => Ok(()),
            _ if function.settings.selection.has(index) => writeln!(text, "    '{name}' : {words}"),
            _ => Ok(()),
        };
    }
    let _ = write!(
        text,
        "\nOther Parameters\n----------------\n\
         {} : {{'no', 'equiv', 'safe', 'same_kind', 'unsafe'}}, default '{}'\n    \
         Which conversions of arrays are made.\n\
         {} : bool, default {}\n    \
         Whether arguments must have the very dtype and shape.\n\
         {} : {{'ignore', 'raise'}}, default '{}'\n    \
         What becomes of a result that is not a number.\n",
        signature.extra(CASTING),
        function.settings.options.casting.word(),
        signature.extra(STRICT),
        if function.settings.options.strict { "True" } else { "False" },
        signature.extra(NAN),
        function.settings.options.nan.word(),
    );
    text.push_str("\nNotes\n-----\nAxes before an argument's own make a batch, and are broadcast.\n");
    let siblings = signature.siblings();
    if !siblings.is_empty() {
        let _ = write!(text, "\nSee Also\n--------\n{}\n", siblings.join(", "));
    }
    text
}

/// The signature of a function with a memory: what it keeps is no parameter.
pub(crate) fn stateful_signature<'py>(py: Python<'py>, state: &State) -> PyResult<Bound<'py, PyAny>> {
    let inspect = py.import("inspect")?;
    let parameter = inspect.getattr("Parameter")?;
    let anywhere = parameter.getattr("POSITIONAL_OR_KEYWORD")?;
    let mut parameters = Vec::new();
    for input in given(state) {
        let keywords = PyDict::new(py);
        if let Some(default) = input.info.default {
            keywords.set_item("default", object(py, default)?)?;
        }
        parameters.push(parameter.call((&input.name, &anywhere), Some(&keywords))?);
    }
    inspect.getattr("Signature")?.call1((parameters,))
}

/// The inputs that calls give, not the state.
fn given(state: &State) -> impl Iterator<Item = &Input> {
    let inputs = state.core.signature.inputs.iter().enumerate();
    inputs.filter(|(index, _)| state.kept.iter().all(|kept| kept.input != *index)).map(|(_, input)| input)
}

/// The docstring of a function with a memory.
pub(crate) fn stateful_docstring(state: &State) -> String {
    let signature = &state.core.signature;
    let mut text = without_links(signature.info.doc.trim());
    text.push_str("\n\nParameters\n----------\n");
    for input in given(state) {
        let _ = writeln!(text, "{} : {}", input.info.name, describe(input.info, &input.shape));
    }
    text.push_str("\nAttributes\n----------\nstate : mapping\n");
    for kept in &state.kept {
        let input = &signature.inputs[kept.input];
        let _ = writeln!(text, "    '{}' : {}", input.info.name, describe(input.info, &input.shape));
    }
    text.push_str("\nReturns\n-------\n");
    let outputs = signature.outputs.iter().enumerate();
    let mut others =
        outputs.filter(|(index, _)| state.kept.iter().all(|kept| kept.output != *index)).peekable();
    text.push_str(if others.peek().is_some() { "dict, from the old state\n" } else { "None\n" });
    for (_, output) in others {
        let _ = writeln!(text, "    '{}' : {}", output.info.name, describe(output.info, &output.shape));
    }
    text
}

/// All that is known of the function, as text.
pub(crate) fn dump(function: &Function) -> String {
    let signature = &function.core.signature;
    let info = signature.info;
    let mut text = format!("{}{}\n", info.name, text_signature(function));
    let _ = writeln!(
        text,
        "  gradgen-py {}, {} {}",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::ARCH,
        std::env::consts::OS
    );
    let _ = writeln!(text, "  Rust: {}, signature {:016x}", info.rust_name, info.signature_hash);
    let _ = writeln!(
        text,
        "  {}, {} operations, {}",
        dtype(info.dtype()),
        info.operations,
        gufunc_signature(signature)
    );
    match signature.workspace_size() {
        Some(size) => {
            let _ = writeln!(text, "  workspace: {size} scalars");
        }
        None => text.push_str("  workspace: depends on the call\n"),
    }
    let options = function.settings.options;
    let _ = writeln!(
        text,
        "  casting {}, strict {}, nan {}",
        options.casting.word(),
        options.strict,
        options.nan.word()
    );
    for (index, input) in signature.inputs.iter().enumerate() {
        let given = match preset(function, index) {
            Some(default) if function.settings.is_hidden(index) => format!(", given {}", default.text),
            Some(default) => format!(", default {}", default.text),
            None => String::new(),
        };
        let unused = if input.info.unused { ", unused" } else { "" };
        let _ = writeln!(
            text,
            "  in  {} : {}, {}{given}{unused}",
            input.info.name,
            describe(input.info, &input.shape),
            role(input.info.role)
        );
    }
    for output in &signature.outputs {
        let _ = writeln!(text, "  out {} : {}", output.info.name, describe(output.info, &output.shape));
    }
    for sibling in info.siblings {
        let _ = writeln!(text, "  derivative {} ({} operations)", sibling.name, sibling.operations);
    }
    text
}

/// Markdown in which links to items of Rust, which lead nowhere from Python, are their text.
pub(crate) fn without_links(markdown: &str) -> String {
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
pub(crate) fn function_info<'py>(py: Python<'py>, function: &Function) -> PyResult<Bound<'py, PyDict>> {
    let signature = &function.core.signature;
    let info = signature.info;
    let dict = PyDict::new(py);
    dict.set_item("name", info.name)?;
    dict.set_item("rust_name", info.rust_name)?;
    dict.set_item("doc", info.doc)?;
    dict.set_item("signature", text_signature(function))?;
    dict.set_item("dtype", dtype(info.dtype()))?;
    dict.set_item("workspace_size", signature.workspace_size())?;
    dict.set_item("operations", info.operations)?;
    dict.set_item("signature_hash", info.signature_hash)?;
    dict.set_item("siblings", signature.siblings())?;
    let inputs: Vec<_> = signature.inputs.iter().map(|input| (input.info, &input.shape)).collect();
    arguments(&dict, "input", &inputs)?;
    let outputs: Vec<_> = signature.outputs.iter().map(|output| (output.info, &output.shape)).collect();
    arguments(&dict, "output", &outputs)?;
    dict.set_item("defaults", defaults(py, function)?)?;
    let unused: Vec<_> = info.inputs.iter().filter(|input| input.unused).map(|input| input.name).collect();
    dict.set_item("unused_inputs", unused)?;
    let states: Vec<_> = info.inputs.iter().filter(|input| input.state).map(|input| input.name).collect();
    dict.set_item("state_inputs", states)?;
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

pub(crate) fn object(py: Python<'_>, default: Default) -> PyResult<Bound<'_, PyAny>> {
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
