//! What can be requested of a function, and what the answers are to be: names, arguments, shapes
//! and, from the oracle's derivatives, numbers.

mod expected;

use crate::{Function, Type};
use arbitrary::{Result, Unstructured};
use std::collections::BTreeSet;

pub use expected::{Expected, Output, Vectors, output_names};

/// A kind of derivative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Of one scalar output.
    Gradient,
    /// Of anything.
    Jacobian,
    /// The second derivative of one scalar output.
    Hessian,
    /// Tangents of outputs from tangents of inputs.
    Jvp,
    /// Cotangents of inputs from cotangents of outputs.
    Vjp,
    /// The Hessian of one scalar output times a direction.
    Hvp,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Gradient, Self::Jacobian, Self::Hessian, Self::Jvp, Self::Vjp, Self::Hvp];

    /// As a request is written.
    #[must_use]
    pub const fn request(self) -> &'static str {
        match self {
            Self::Gradient => "gradient",
            Self::Jacobian => "jacobian",
            Self::Hessian => "hessian",
            Self::Jvp => "jvp",
            Self::Vjp => "vjp",
            Self::Hvp => "hvp",
        }
    }

    /// In the name of a sibling, and in a bundle.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Gradient => "grad",
            Self::Jacobian => "jf",
            _ => self.request(),
        }
    }

    /// Whether it needs one scalar output.
    #[must_use]
    pub const fn needs_scalar(self) -> bool {
        matches!(self, Self::Gradient | Self::Hessian | Self::Hvp)
    }

    /// Whether it takes a tangent or a direction for every input.
    #[must_use]
    pub const fn takes_directions(self) -> bool {
        matches!(self, Self::Jvp | Self::Hvp)
    }
}

/// The inputs of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inputs {
    /// None written: each on its own.
    Each,
    /// `(*)`.
    All,
    /// These parameters, by position.
    Named(Vec<usize>),
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// `gradient(x)` and its kind.
    Single(Kind, Inputs),
    /// `bundle(f, grad(x))`.
    Bundle {
        /// Whether the value is part of it.
        value: bool,
        /// Kinds and parameters.
        parts: Vec<(Kind, Vec<usize>)>,
    },
}

/// A function that a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sibling {
    /// Its name.
    pub name: String,
    /// Whether the value is its first output.
    pub value: bool,
    /// Kinds and the positions of the parameters.
    pub parts: Vec<(Kind, Vec<usize>)>,
}

fn names(function: &Function, inputs: &[usize]) -> Vec<String> {
    inputs.iter().map(|input| function.parameters[*input].name.clone()).collect()
}

fn differentiable(function: &Function) -> Vec<usize> {
    let parameters = function.parameters.iter().enumerate();
    parameters
        .filter(|(_, parameter)| parameter.passing.is_input() && parameter.kind.is_differentiable())
        .map(|(position, _)| position)
        .collect()
}

/// Whether gradients and Hessians exist.
#[must_use]
pub fn is_scalar(function: &Function) -> bool {
    function.outputs() == [Type::Real]
}

impl Request {
    /// As it is written.
    #[must_use]
    pub fn text(&self, function: &Function) -> String {
        let list = |inputs: &[usize]| names(function, inputs).join(", ");
        match self {
            Self::Single(kind, Inputs::Each) => kind.request().into(),
            Self::Single(kind, Inputs::All) => format!("{}(*)", kind.request()),
            Self::Single(kind, Inputs::Named(inputs)) => format!("{}({})", kind.request(), list(inputs)),
            Self::Bundle { value, parts } => {
                let labels = parts.iter().map(|(kind, inputs)| format!("{}({})", kind.label(), list(inputs)));
                let labels: Vec<String> = value.then(|| "f".into()).into_iter().chain(labels).collect();
                format!("bundle({})", labels.join(", "))
            }
        }
    }

    /// The functions it asks for.
    #[must_use]
    pub fn siblings(&self, function: &Function) -> Vec<Sibling> {
        let all = differentiable(function);
        match self {
            Self::Single(kind, Inputs::Each) => {
                all.iter().map(|input| sibling(function, false, vec![(*kind, vec![*input])], false)).collect()
            }
            Self::Single(kind, Inputs::All) => vec![sibling(function, false, vec![(*kind, all)], true)],
            Self::Single(kind, Inputs::Named(inputs)) => {
                vec![sibling(function, false, vec![(*kind, inputs.clone())], false)]
            }
            Self::Bundle { value, parts } => vec![sibling(function, *value, parts.clone(), false)],
        }
    }
}

fn sibling(function: &Function, value: bool, parts: Vec<(Kind, Vec<usize>)>, all: bool) -> Sibling {
    let mut name = vec![function.name.clone()];
    if value {
        name.push("f".into());
    }
    name.extend(parts.iter().map(|(kind, _)| kind.label().into()));
    if !all && differentiable(function).len() > 1 {
        let mut mentioned = Vec::new();
        for input in parts.iter().flat_map(|(_, inputs)| inputs) {
            if !mentioned.contains(input) {
                mentioned.push(*input);
            }
        }
        name.extend(names(function, &mentioned));
    }
    Sibling { name: name.join("_"), value, parts }
}

/// A few requests for a function, no two of which ask for functions of one name.
///
/// # Errors
/// Those of [`Unstructured`].
pub fn requests(bytes: &mut Unstructured<'_>, function: &Function, most: usize) -> Result<Vec<Request>> {
    let kinds: Vec<Kind> =
        Kind::ALL.into_iter().filter(|kind| is_scalar(function) || !kind.needs_scalar()).collect();
    let inputs = differentiable(function);
    let mut taken = BTreeSet::new();
    let mut requests = Vec::new();
    for _ in 0..bytes.int_in_range(1..=most.max(1))? {
        let request = request(bytes, &kinds, &inputs)?;
        let siblings = request.siblings(function);
        if siblings.iter().all(|sibling| !taken.contains(&sibling.name)) {
            taken.extend(siblings.into_iter().map(|sibling| sibling.name));
            requests.push(request);
        }
    }
    Ok(requests)
}

fn request(bytes: &mut Unstructured<'_>, kinds: &[Kind], inputs: &[usize]) -> Result<Request> {
    if bytes.int_in_range(0..=2)? == 2 {
        let value = bytes.int_in_range(0..=3)? != 0;
        let mut parts: Vec<(Kind, Vec<usize>)> = Vec::new();
        for _ in 0..bytes.int_in_range(if value { 1..=3 } else { 2..=3 })? {
            let kind = kinds[bytes.choose_index(kinds.len())?];
            // Two labels of one kind are one too many, and the directions of two are one argument.
            let clash = |(other, _): &(Kind, Vec<usize>)| {
                *other == kind || other.takes_directions() && kind.takes_directions()
            };
            if !parts.iter().any(clash) {
                parts.push((kind, some(bytes, inputs, kind)?));
            }
        }
        if value || parts.len() > 1 {
            return Ok(Request::Bundle { value, parts });
        }
    }
    let kind = kinds[bytes.choose_index(kinds.len())?];
    let inputs = match bytes.int_in_range(0..=3)? {
        0 => Inputs::Each,
        1 if kind != Kind::Hessian => Inputs::All,
        _ => Inputs::Named(some(bytes, inputs, kind)?),
    };
    Ok(Request::Single(kind, inputs))
}

/// One input or several, in any order.
fn some(bytes: &mut Unstructured<'_>, inputs: &[usize], kind: Kind) -> Result<Vec<usize>> {
    let mut left = inputs.to_vec();
    let most = if kind == Kind::Hessian { left.len().min(2) } else { left.len() };
    let count = if bytes.int_in_range(0..=1)? == 0 { 1 } else { bytes.int_in_range(1..=most)? };
    (0..count).map(|_| Ok(left.remove(bytes.choose_index(left.len())?))).collect()
}
