//! Calls of a function and its siblings with the answers that are due.

use crate::{
    Program, Type,
    derivatives::{Derivatives, Point, derivatives, point},
    evaluate::{Fault, Value},
    requests::{Output, Request, Sibling, Vectors},
};

/// One call.
#[derive(Clone, Debug)]
pub struct Case {
    /// What is called.
    pub sibling: Sibling,
    /// The arguments, those that the derivative adds after those of the function.
    pub arguments: Vec<Argument>,
    /// What is to come out, in order.
    pub outputs: Vec<Output>,
}

/// An argument.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Its name, as long as no parameter of that name is in the way.
    pub name: String,
    /// Its type.
    pub kind: Type,
    /// Its value.
    pub value: Value<f64>,
}

/// Calls, and how many could not be compared.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    /// The calls.
    pub calls: Vec<Case>,
    /// Calls that were left out since the point is ill-conditioned for them.
    pub skipped: usize,
}

/// The function itself and all siblings at a few points.
///
/// # Errors
/// An ill-formed program.
pub fn cases(program: &Program, requests: &[Request], seed: u64, points: u64) -> Result<Cases, Fault> {
    let function = program.main();
    let itself = Sibling { name: function.name.clone(), value: true, parts: Vec::new() };
    let siblings: Vec<Sibling> = std::iter::once(itself)
        .chain(requests.iter().flat_map(|request| request.siblings(function)))
        .collect();
    let second = siblings.iter().any(Sibling::is_second_order);
    let mut cases = Cases::default();
    for number in 0..points {
        let seed = seed.wrapping_mul(64).wrapping_add(number);
        let point = point(program, seed)?;
        let found = derivatives(program, &point, second)?;
        let vectors = Vectors::new(&found, seed);
        for sibling in &siblings {
            let usable = sibling.parts.is_empty()
                || if sibling.is_second_order() { found.second } else { found.first };
            if usable {
                cases.calls.push(case(program, sibling, &point, &found, &vectors)?);
            } else {
                cases.skipped += 1;
            }
        }
    }
    Ok(cases)
}

fn case(
    program: &Program,
    sibling: &Sibling,
    point: &Point,
    found: &Derivatives,
    vectors: &Vectors,
) -> Result<Case, Fault> {
    let function = program.main();
    let inputs = function.parameters.iter().zip(point).filter(|(parameter, _)| parameter.passing.is_input());
    let mut arguments: Vec<Argument> = inputs
        .map(|(parameter, value)| Argument {
            name: parameter.name.clone(),
            kind: parameter.kind.clone(),
            value: value.clone(),
        })
        .collect();
    let (inputs, takes_cotangents) = sibling.added();
    let directions = inputs.iter().map(|input| {
        let parameter = &function.parameters[*input];
        let before: usize = found.inputs[..*input].iter().map(Vec::len).sum();
        let count = found.inputs[*input].len();
        let kind = match &parameter.kind {
            Type::Slice(_) => &Type::Real.array(count),
            kind => kind,
        };
        argument(format!("v_{}", parameter.name), kind, &vectors.directions[before..][..count])
    });
    let mut directions = directions.collect::<Result<Vec<_>, _>>()?;
    let mut cotangents = Vec::new();
    if takes_cotangents {
        let mut before = 0;
        for (name, kind) in crate::requests::output_names(function).iter().zip(function.outputs()) {
            cotangents.push(argument(format!("cotangent_{name}"), &kind, &vectors.cotangents[before..])?);
            before += kind.size();
        }
    }
    arguments.append(&mut directions);
    arguments.append(&mut cotangents);
    let outputs = sibling.expected(function, found, vectors);
    Ok(Case { sibling: sibling.clone(), arguments, outputs })
}

fn argument(name: String, kind: &Type, numbers: &[f64]) -> Result<Argument, Fault> {
    let mut scalars = numbers.iter().map(|number| Value::Real(*number));
    Ok(Argument { name, kind: kind.clone(), value: Value::from_scalars(kind, &mut scalars)? })
}

impl Case {
    /// The first difference between the outputs, each as its floats, and what is due.
    #[must_use]
    pub fn difference(&self, got: &[Vec<f64>]) -> Option<String> {
        if got.len() != self.outputs.len() {
            return Some(format!("{} outputs, expected {}", got.len(), self.outputs.len()));
        }
        for (output, got) in self.outputs.iter().zip(got) {
            let right = output.scalars.len() == got.len()
                && output.scalars.iter().zip(got).all(|(expected, got)| expected.is_met_by(*got));
            if !right {
                let want: Vec<f64> = output.scalars.iter().map(|expected| expected.value).collect();
                return Some(format!("{}: got {got:?}, expected {want:?}", output.name));
            }
        }
        None
    }
}
