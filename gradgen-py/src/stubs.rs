//! What type checkers and editors know of a module: its `.pyi`, from the tables.

use std::fmt::Write as _;
use std::sync::Arc;

use gradgen_runtime::{Dtype, FunctionInfo};

use crate::core::Core;
use crate::describe;
use crate::function::Function;
use crate::module;
use crate::settings::Settings;
use crate::signature::{CASTING, NAN, OUT, STRICT, WORKSPACE};
use crate::state;

/// What is the same in every module.
const HEAD: &str = include_str!("stubs_head.pyi");

/// The stub of a module with these functions.
pub(crate) fn text_of(doc: &str, functions: &[Arc<Core>]) -> String {
    let mut text = String::new();
    if !doc.trim().is_empty() {
        let _ = writeln!(text, "{}\n", quoted(doc.trim(), ""));
    }
    text.push_str(HEAD);
    let names: Vec<&str> = functions.iter().map(|core| core.signature.info.name).collect();
    let _ = writeln!(text, "__all__ = [");
    for name in names.into_iter().chain(module::HELPERS).chain(["__version__"]) {
        let _ = writeln!(text, "    \"{name}\",");
    }
    text.push_str("]\n\n");
    for core in functions.iter().filter(|core| !state::is_declared(core)) {
        text.push_str(&class(core));
    }
    for core in functions {
        let name = core.signature.info.name;
        if is_name(name) {
            let class = if state::is_declared(core) { "Stateful" } else { name };
            let _ = writeln!(text, "{name}: _{class}");
        }
    }
    text
}

/// The class of one function, and the type of its results.
fn class(core: &Arc<Core>) -> String {
    let signature = &core.signature;
    let info = signature.info;
    let name = info.name;
    let mut text = String::new();
    if !is_name(name) {
        return text;
    }
    let outputs: Vec<_> =
        info.outputs.iter().map(|output| (output.name, result_type(info, output.shape.is_empty()))).collect();
    if outputs.iter().all(|(output, _)| is_name(output)) {
        let _ = writeln!(text, "class _{name}_results(TypedDict):");
        for (output, kind) in &outputs {
            let _ = writeln!(text, "    {output}: {kind}");
        }
        if outputs.is_empty() {
            text.push_str("    pass\n");
        }
        text.push('\n');
    } else {
        let _ = writeln!(text, "_{name}_results = dict[str, Any]\n");
    }
    let function = Function { core: core.clone(), settings: Settings::default() };
    let _ = writeln!(text, "@final\nclass _{name}(_Function):");
    let _ = writeln!(text, "{}", quoted(&describe::docstring(&function), "    "));
    let _ = writeln!(text, "    def __call__(\n        self,");
    let required = signature.inputs.iter().rposition(|input| input.info.default.is_none());
    let mut positional = true;
    for (index, input) in signature.inputs.iter().enumerate() {
        // Behind a name that is no parameter of Python's, everything goes by position.
        positional &= is_name(input.info.name);
        if !positional {
            break;
        }
        let default = if required.is_none_or(|last| index > last) { " = ..." } else { "" };
        let _ = writeln!(text, "        {}: ArrayLike{default},", input.info.name);
    }
    if positional {
        let _ = writeln!(text, "        {}: _Workspace | None = ...,", signature.extra(WORKSPACE));
        let _ = writeln!(text, "        *,");
        let _ = writeln!(text, "        {}: _Out | None = ...,", signature.extra(OUT));
        let _ = writeln!(text, "        {}: _Casting = ...,", signature.extra(CASTING));
        let _ = writeln!(text, "        {}: bool = ...,", signature.extra(STRICT));
        let _ = writeln!(text, "        {}: _Nan = ...,", signature.extra(NAN));
    } else {
        let _ = writeln!(text, "        *args: Any,\n        **kwargs: Any,");
    }
    let _ = writeln!(text, "    ) -> _{name}_results: ...\n");
    text
}

/// The type of an output. A float is one only where no argument has further axes, which types do not
/// tell.
fn result_type(info: &FunctionInfo, scalar: bool) -> &'static str {
    match (scalar, info.dtype()) {
        (true, _) => "Any",
        (false, Dtype::F32) => "NDArray[np.float32]",
        (false, _) => "NDArray[np.float64]",
    }
}

/// Whether Python takes it for a name.
fn is_name(name: &str) -> bool {
    let starts = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    starts
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
        && !KEYWORDS.contains(&name)
}

/// Names that are none.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// A docstring.
fn quoted(text: &str, indent: &str) -> String {
    let text = text.trim_end().replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let mut lines = text.lines();
    let mut quoted = format!("{indent}\"\"\"{}", lines.next().unwrap_or_default());
    let mut several = false;
    for line in lines {
        several = true;
        quoted.push('\n');
        if !line.is_empty() {
            let _ = write!(quoted, "{indent}{line}");
        }
    }
    quoted.push_str(&if several { format!("\n{indent}\"\"\"") } else { "\"\"\"".to_owned() });
    quoted
}
