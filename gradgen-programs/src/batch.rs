//! Many programs as one crate: a module for each, and a `main` that prints every difference.

use crate::{
    Function, Passing, Program, Type,
    cases::{Argument, Case},
    derivatives::{Point, values},
    evaluate::{Fault, Value},
    print,
    requests::Request,
};
use std::fmt::Write as _;

/// What the modules share: the text of a module `harness`.
pub const HARNESS: &str = include_str!("batch/harness.rs");

/// Needed beside it for modules with derivatives: the text of a module `calls`.
pub const CALLS: &str = include_str!("batch/calls.rs");

/// What stands before everything else in a batch.
pub const HEAD: &str = "\
#![allow(warnings, arithmetic_overflow, unconditional_panic)]
mod harness;
";

/// Numbers as a call that restores every bit.
#[must_use]
pub fn bits(numbers: &[f64]) -> String {
    let list: Vec<String> = numbers.iter().map(|number| format!("{:#x}", number.to_bits())).collect();
    format!("bits(&[{}])", list.join(", "))
}

/// A module with a program and a function `check` that compares its values.
///
/// # Errors
/// An ill-formed program.
pub fn plain_module(name: &str, program: &Program, points: &[Point]) -> Result<String, Fault> {
    let mut text = format!("mod {name} {{\nuse crate::harness::*;\n\n");
    // rustc alone knows nothing of bounds.
    let program_text = print::program(program, |_| String::new());
    for line in program_text.lines().filter(|line| !line.trim_start().starts_with("#[gradgen::bound")) {
        let _ = writeln!(text, "{line}");
    }
    text += "\npub fn check() {\n";
    for point in points {
        let want = values(program, point)?.concat();
        let call = print::call(program.main(), point);
        let _ = writeln!(text, "    same_bits({name:?}, &flat({call}), &{});", bits(&want));
    }
    text += "}\n}\n";
    Ok(text)
}

/// The `main` that runs the checks of these modules.
#[must_use]
pub fn main(modules: &[String]) -> String {
    let mut text = "fn main() {\n    std::panic::set_hook(Box::new(|_| {}));\n".to_owned();
    for module in modules {
        let _ = writeln!(text, "    harness::guarded({module:?}, {module}::check);");
    }
    text += "    println!(\"done\");\n}\n";
    text
}

/// A module with a program and its attributes, and a function `check` that compares the function
/// and its siblings with the cases of the file `cases.txt`. The value forms of siblings are called
/// that `has_value_form` says have one.
#[must_use]
pub fn derivative_module(
    name: &str,
    program: &Program,
    requests: &[Request],
    cases: &[Case],
    has_value_form: impl Fn(&str) -> bool,
) -> String {
    let function = program.main();
    let mut text = format!("mod {name} {{\nuse crate::{{calls, harness::*}};\nuse gradgen::gradgen;\n\n");
    text += &attributed(program, requests);
    let names = !takes_names(function);
    let generics = print::turbofish(function);
    let companion = format!("subject{}", generics.trim_start_matches(':'));
    let _ = writeln!(text, "\npub fn check() {{");
    let _ = writeln!(text, "    let info = <{companion} as gradgen::Differentiable>::INFO;");
    let _ = writeln!(text, "    calls::check({name:?}, info, {names});");
    let mut seen = Vec::new();
    for case in cases.iter().filter(|case| !case.sibling.parts.is_empty()) {
        let sibling = &case.sibling.name;
        if !seen.contains(&sibling) && has_value_form(sibling) {
            seen.push(sibling);
            let call = format!("{sibling}{generics}({})", arguments(program, case).join(", "));
            let _ = writeln!(text, "    calls::form({name:?}, info, {sibling:?}, &flat({call}));");
        }
    }
    text += "}\n}\n";
    text
}

/// The program as its user writes it: the last function with the requests, the others with a bare
/// attribute.
#[must_use]
pub fn attributed(program: &Program, requests: &[Request]) -> String {
    print::program(program, |function| format!("#[gradgen({})]\n", options(program, function, requests)))
}

/// What stands in a function's attribute.
#[must_use]
pub fn options(program: &Program, function: &Function, requests: &[Request]) -> String {
    let is_main = function.name == program.main().name;
    let texts = requests.iter().filter(|_| is_main).map(|request| request.text(function));
    let fallible = calls_fallible(program, function).then(|| "fallible".into());
    // Half of them, told by their text.
    let tiled = print::function(&[], function).len().is_multiple_of(2);
    let checkpoint = tiled.then(|| "checkpoint = \"sqrt\"".into());
    texts.chain(fallible).chain(checkpoint).collect::<Vec<_>>().join(", ")
}

/// Whether a function calls one that may refuse a call, for an index outside of an array: any that
/// has integer parameters or loops, or calls such a one.
fn calls_fallible(program: &Program, function: &Function) -> bool {
    let position = program.functions.iter().position(|known| known.name == function.name).unwrap_or(0);
    let earlier = &program.functions[..position];
    let text = print::function(earlier, function);
    earlier.iter().enumerate().any(|(position, callee)| {
        let integers = callee.parameters.iter().any(|p| matches!(p.kind, Type::Index | Type::Int));
        let text_of_callee = print::function(&earlier[..position], callee);
        let loops = ["for ", "while ", "loop {"].iter().any(|word| text_of_callee.contains(word));
        text.contains(&format!("{}(", callee.name)) && (integers || loops || calls_fallible(program, callee))
    })
}

/// Whether a parameter has a name that added arguments or outputs would have: then these have
/// others than [`Case`] says.
#[must_use]
pub fn takes_names(function: &Function) -> bool {
    let added = ["y", "work", "v_", "cotangent"];
    function.parameters.iter().any(|parameter| added.iter().any(|start| parameter.name.starts_with(start)))
}

/// The arguments of a sibling's value form.
fn arguments(program: &Program, case: &Case) -> Vec<String> {
    let parameters = program.main().parameters.iter().filter(|parameter| parameter.passing.is_input());
    let mut passing = parameters.map(|parameter| parameter.passing);
    let text = |argument: &Argument| {
        let literal = print::literal(&argument.value);
        let by_value = match passing.next() {
            Some(passing) => matches!(passing, Passing::Value | Passing::MutableValue),
            None => argument.kind == Type::Real,
        };
        if by_value { literal } else { format!("&{literal}") }
    };
    case.arguments.iter().map(text).collect()
}

fn integers(value: &Value<f64>) -> String {
    let Value::Array(elements) = value else { return String::new() };
    elements.iter().map(|element| format!(" {}", print::literal(element))).collect()
}

/// The lines of the file `cases.txt` for one call.
#[must_use]
pub fn lines(module: &str, case: &Case) -> String {
    let hex = |numbers: &mut dyn Iterator<Item = f64>| -> String {
        numbers.map(|number| format!(" {:x}", number.to_bits())).collect()
    };
    let mut text = format!("case {module} {}\n", case.sibling.name);
    for argument in &case.arguments {
        let _ = match (&argument.value, &argument.kind) {
            (Value::Integer(value), Type::Index) => writeln!(text, "usize {value}"),
            (Value::Integer(value), _) => writeln!(text, "i32 {value}"),
            (Value::Bool(value), _) => writeln!(text, "bool {value}"),
            (value, Type::Slice(element)) if **element == Type::Index => {
                writeln!(text, "indices{}", integers(value))
            }
            (value, Type::Slice(_)) => writeln!(text, "slice{}", hex(&mut value.reals().into_iter())),
            (value, _) => writeln!(text, "reals{}", hex(&mut value.reals().into_iter())),
        };
    }
    for output in &case.outputs {
        let shape: Vec<String> = output.shape.iter().map(usize::to_string).collect();
        let _ = writeln!(text, "output {} {}", output.name, shape.join("x"));
        let _ = writeln!(text, "values{}", hex(&mut output.scalars.iter().map(|scalar| scalar.value)));
        let _ =
            writeln!(text, "tolerances{}", hex(&mut output.scalars.iter().map(|scalar| scalar.tolerance)));
    }
    text
}
