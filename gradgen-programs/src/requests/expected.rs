//! The arguments and results of a sibling.

use super::{Kind, Sibling, is_scalar};
use crate::{
    Function, Passing, Type,
    derivatives::{Derivatives, Entry},
    seeds::Uniform,
};
use std::ops::Range;

/// Tangents and cotangents for a point.
#[derive(Clone, Debug)]
pub struct Vectors {
    /// One number for every input scalar, over all inputs.
    pub directions: Vec<f64>,
    /// One number for every output scalar, over all outputs.
    pub cotangents: Vec<f64>,
}

impl Vectors {
    /// Numbers in `[-1, 1]`.
    #[must_use]
    pub fn new(derivatives: &Derivatives, seed: u64) -> Self {
        let mut uniform = Uniform::new(seed);
        let mut draw =
            |lists: &[Vec<f64>]| lists.iter().flatten().map(|_| 2.0 * uniform.draw() - 1.0).collect();
        Self { directions: draw(&derivatives.inputs), cotangents: draw(&derivatives.values) }
    }
}

/// An output of a sibling.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its name, as long as no parameter takes it.
    pub name: String,
    /// The lengths of its axes.
    pub shape: Vec<usize>,
    /// Its scalars.
    pub scalars: Vec<Expected>,
}

/// A number to be met.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    /// The number.
    pub value: f64,
    /// How far off is still right. Zero means to the bit.
    pub tolerance: f64,
}

impl Expected {
    /// Whether a result is right.
    #[must_use]
    pub fn is_met_by(self, got: f64) -> bool {
        if self.tolerance == 0.0 {
            got.to_bits() == self.value.to_bits() || got.is_nan() && self.value.is_nan()
        } else {
            (got - self.value).abs() <= self.tolerance
        }
    }
}

/// Relative accuracy that is asked of derivatives.
const RELATIVE: f64 = 1e-9;

/// A weighted sum of derivatives, and what is known of its accuracy.
fn sum(entries: impl Iterator<Item = (f64, Entry)>, scale: f64) -> Expected {
    let (mut value, mut size, mut spread) = (0.0, 0.0, 0.0);
    for (weight, entry) in entries {
        value += weight * entry.value;
        size += (weight * entry.value).abs();
        spread += weight.abs() * entry.spread;
    }
    // The noise is some hundred times that of rounding, but other formulas round otherwise.
    Expected { value, tolerance: RELATIVE * (size + 1e-3 * (1.0 + scale)) + 100.0 * spread }
}

fn largest(entries: &[Vec<Entry>]) -> f64 {
    entries.iter().flatten().fold(0.0, |largest, entry| largest.max(entry.value.abs()))
}

fn ranges(lists: &[Vec<f64>]) -> Vec<Range<usize>> {
    let mut start = 0;
    lists
        .iter()
        .map(|list| {
            let range = start..start + list.len();
            start = range.end;
            range
        })
        .collect()
}

fn shape(kind: &Type) -> Vec<usize> {
    match kind {
        Type::Array(element, length) => {
            let mut dims = vec![*length];
            dims.extend(shape(element));
            dims
        }
        _ => Vec::new(),
    }
}

/// The names of a function's outputs.
#[must_use]
pub fn output_names(function: &Function) -> Vec<String> {
    let mut names = match &function.result {
        Some(Type::Tuple(kinds)) => (0..kinds.len()).map(|position| format!("y{position}")).collect(),
        Some(_) => vec!["y".into()],
        None => Vec::new(),
    };
    for parameter in &function.parameters {
        match parameter.passing {
            Passing::Output => names.push(parameter.name.clone()),
            Passing::InOut => names.push(format!("{}_out", parameter.name)),
            _ => {}
        }
    }
    names
}

impl Sibling {
    /// Whether second derivatives are needed.
    #[must_use]
    pub fn is_second_order(&self) -> bool {
        self.parts.iter().any(|(kind, _)| matches!(kind, Kind::Hessian | Kind::Hvp))
    }

    /// The inputs that take a tangent or direction, and whether cotangents are taken.
    #[must_use]
    pub fn added(&self) -> (Vec<usize>, bool) {
        let mut directions = Vec::new();
        for (kind, inputs) in &self.parts {
            for input in inputs {
                if kind.takes_directions() && !directions.contains(input) {
                    directions.push(*input);
                }
            }
        }
        (directions, self.parts.iter().any(|(kind, _)| *kind == Kind::Vjp))
    }

    /// Everything that is to come out, in order.
    #[must_use]
    pub fn expected(&self, function: &Function, found: &Derivatives, vectors: &Vectors) -> Vec<Output> {
        let case = Case {
            function,
            found,
            vectors,
            inputs: ranges(&found.inputs),
            outputs: ranges(&found.values),
            names: output_names(function),
        };
        let mut outputs = Vec::new();
        if self.value {
            outputs.extend(case.values());
        }
        for (kind, inputs) in &self.parts {
            outputs.extend(case.part(*kind, inputs));
        }
        outputs
    }
}

struct Case<'a> {
    function: &'a Function,
    found: &'a Derivatives,
    vectors: &'a Vectors,
    inputs: Vec<Range<usize>>,
    outputs: Vec<Range<usize>>,
    names: Vec<String>,
}

impl Case<'_> {
    fn values(&self) -> Vec<Output> {
        let kinds = self.function.outputs();
        let exact = |value: &f64| Expected { value: *value, tolerance: 0.0 };
        (0..kinds.len())
            .map(|output| Output {
                name: self.names[output].clone(),
                shape: shape(&kinds[output]),
                scalars: self.found.values[output].iter().map(exact).collect(),
            })
            .collect()
    }

    fn input(&self, position: usize) -> (&str, Vec<usize>, Range<usize>) {
        let parameter = &self.function.parameters[position];
        let range = self.inputs[position].clone();
        let shape = match parameter.kind {
            Type::Slice(_) => vec![range.len()],
            _ => shape(&parameter.kind),
        };
        (&parameter.name, shape, range)
    }

    /// `kind_output`, and the input where there are several.
    fn name(&self, kind: Kind, output: usize, inputs: &[usize], input: usize) -> String {
        let prefix = format!("{}_{}", kind.request(), self.names[output]);
        if inputs.len() > 1 { format!("{prefix}_{}", self.input(input).0) } else { prefix }
    }

    fn part(&self, kind: Kind, inputs: &[usize]) -> Vec<Output> {
        match kind {
            Kind::Gradient | Kind::Jacobian => self.jacobian(kind, inputs),
            Kind::Hessian => vec![self.hessian(inputs)],
            Kind::Hvp => inputs.iter().map(|input| self.hvp(inputs, *input)).collect(),
            Kind::Jvp => (0..self.outputs.len()).map(|output| self.jvp(inputs, output)).collect(),
            Kind::Vjp => inputs.iter().map(|input| self.vjp(*input)).collect(),
        }
    }

    fn jacobian(&self, kind: Kind, inputs: &[usize]) -> Vec<Output> {
        let kinds = self.function.outputs();
        let scale = largest(&self.found.jacobian);
        let mut outputs = Vec::new();
        for (output, rows) in self.outputs.iter().enumerate() {
            for input in inputs {
                let (_, dims, columns) = self.input(*input);
                let entries = rows.clone().flat_map(|row| &self.found.jacobian[row][columns.clone()]);
                outputs.push(Output {
                    name: self.name(kind, output, inputs, *input),
                    shape: shape(&kinds[output]).into_iter().chain(dims).collect(),
                    scalars: entries.map(|entry| sum(std::iter::once((1.0, *entry)), scale)).collect(),
                });
            }
        }
        outputs
    }

    fn hessian(&self, inputs: &[usize]) -> Output {
        debug_assert!(is_scalar(self.function), "Hessians are of scalar functions");
        let (first, second) = (inputs[0], inputs[inputs.len() - 1]);
        let ((a, left, rows), (b, right, columns)) = (self.input(first), self.input(second));
        let scale = largest(&self.found.hessian);
        let entries = rows.flat_map(|row| &self.found.hessian[row][columns.clone()]);
        let suffix = if inputs.len() > 1 { format!("_{a}_{b}") } else { String::new() };
        Output {
            name: format!("hessian_{}{suffix}", self.names[0]),
            shape: left.into_iter().chain(right).collect(),
            scalars: entries.map(|entry| sum(std::iter::once((1.0, *entry)), scale)).collect(),
        }
    }

    fn columns(&self, inputs: &[usize]) -> Vec<usize> {
        inputs.iter().flat_map(|input| self.inputs[*input].clone()).collect()
    }

    fn hvp(&self, inputs: &[usize], input: usize) -> Output {
        let (_, shape, rows) = self.input(input);
        let (columns, scale) = (self.columns(inputs), largest(&self.found.hessian));
        let scalar = |row: usize| {
            let entries = columns
                .iter()
                .map(|column| (self.vectors.directions[*column], self.found.hessian[row][*column]));
            sum(entries, scale)
        };
        Output { name: self.name(Kind::Hvp, 0, inputs, input), shape, scalars: rows.map(scalar).collect() }
    }

    fn jvp(&self, inputs: &[usize], output: usize) -> Output {
        let (columns, scale) = (self.columns(inputs), largest(&self.found.jacobian));
        let scalar = |row: usize| {
            let entries = columns
                .iter()
                .map(|column| (self.vectors.directions[*column], self.found.jacobian[row][*column]));
            sum(entries, scale)
        };
        Output {
            name: format!("jvp_{}", self.names[output]),
            shape: shape(&self.function.outputs()[output]),
            scalars: self.outputs[output].clone().map(scalar).collect(),
        }
    }

    fn vjp(&self, input: usize) -> Output {
        let (name, shape, columns) = self.input(input);
        let scale = largest(&self.found.jacobian);
        let scalar = |column: usize| {
            let rows = self.vectors.cotangents.iter().zip(&self.found.jacobian);
            sum(rows.map(|(weight, row)| (*weight, row[column])), scale)
        };
        Output { name: format!("vjp_{name}"), shape, scalars: columns.map(scalar).collect() }
    }
}
