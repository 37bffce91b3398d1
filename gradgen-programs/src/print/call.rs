//! Calls with literal arguments.

use crate::{Function, Passing, derivatives::Point, evaluate::Value};

/// A value as a literal.
#[must_use]
pub fn literal(value: &Value<f64>) -> String {
    let list = |elements: &[Value<f64>]| elements.iter().map(literal).collect::<Vec<_>>().join(", ");
    match value {
        Value::Real(value) => format!("{value:?}"),
        Value::Integer(value) => value.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Array(elements) => format!("[{}]", list(elements)),
        Value::Tuple(elements) => format!("({})", list(elements)),
    }
}

/// The arguments of a call; what goes through `&mut` is a variable of the parameter's name.
#[must_use]
pub fn arguments(function: &Function, point: &Point) -> Vec<String> {
    let argument = |(parameter, value): (&crate::Parameter, &Value<f64>)| match parameter.passing {
        Passing::Value | Passing::MutableValue => literal(value),
        Passing::Reference => format!("&{}", literal(value)),
        Passing::Output | Passing::InOut => format!("&mut {}", parameter.name),
    };
    function.parameters.iter().zip(point).map(argument).collect()
}

/// A block whose value is a tuple of the result and of what comes back through `&mut`, in the
/// order of [`Function::outputs`].
#[must_use]
pub fn call(function: &Function, point: &Point) -> String {
    let mut lets = String::new();
    let mut outputs = Vec::new();
    for (parameter, value) in function.parameters.iter().zip(point) {
        if parameter.passing.is_output() {
            lets += &format!("let mut {} = {}; ", parameter.name, literal(value));
            outputs.push(parameter.name.clone());
        }
    }
    let name = function.name.clone() + &super::turbofish(function);
    let call = format!("{name}({})", arguments(function, point).join(", "));
    match (outputs.is_empty(), &function.result) {
        (true, _) => call,
        (false, Some(_)) => format!("{{ {lets}let result = {call}; (result, {}) }}", outputs.join(", ")),
        (false, None) => format!("{{ {lets}{call}; ({},) }}", outputs.join(", ")),
    }
}
