//! The names of siblings and of their arguments, stated a second time: from the part of a sibling's
//! name behind the function's own follow its inputs, its outputs, their shapes and their values.

use gradgen::Role;

use super::reference::Reference;
use super::typed::Kind;

/// An input of the primal.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Where its scalars begin among the scalars of all differentiable inputs.
    pub(crate) at: usize,
}

/// An output of the primal.
#[derive(Clone, Debug)]
pub(crate) struct Output {
    pub(crate) name: &'static str,
    pub(crate) shape: Vec<usize>,
    /// Where its scalars begin among the scalars of all outputs.
    pub(crate) at: usize,
}

/// What a function takes and gives.
#[derive(Clone, Debug)]
pub(crate) struct Primal {
    pub(crate) inputs: Vec<Input>,
    pub(crate) outputs: Vec<Output>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Label {
    Value,
    Gradient,
    Jacobian,
    Hessian,
    Jvp,
    Vjp,
    Hvp,
}

/// The words that a sibling's name is made of.
const LABELS: [(&str, Label); 7] = [
    ("f", Label::Value),
    ("grad", Label::Gradient),
    ("jf", Label::Jacobian),
    ("hessian", Label::Hessian),
    ("jvp", Label::Jvp),
    ("vjp", Label::Vjp),
    ("hvp", Label::Hvp),
];

/// A sibling: what it computes, with respect to which differentiable inputs.
#[derive(Clone, Debug)]
pub(crate) struct Sibling {
    labels: Vec<Label>,
    inputs: Vec<Input>,
}

/// An argument of a sibling, as its table is to tell it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Argument {
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) shape: Vec<usize>,
    /// What it points at: an input's or output's first scalar, for tangents and cotangents.
    pub(crate) at: usize,
}

/// An output of a sibling with the value that it must have.
#[derive(Clone, Debug)]
pub(crate) struct ExpectedOutput {
    pub(crate) name: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) data: Vec<f64>,
}

/// The directions along which products are taken at a point.
#[derive(Clone, Debug)]
pub(crate) struct Directions {
    /// One per input scalar.
    pub(crate) tangent: Vec<f64>,
    /// One per output scalar.
    pub(crate) cotangent: Vec<f64>,
}

pub(crate) fn size(shape: &[usize]) -> usize {
    shape.iter().product()
}

impl Input {
    fn shape(&self) -> &[usize] {
        match &self.kind {
            Kind::Real(shape) => shape,
            _ => &[],
        }
    }

    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.at..self.at + size(self.shape())
    }
}

impl Output {
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.at..self.at + size(&self.shape)
    }
}

impl Primal {
    pub(crate) fn differentiable(&self) -> Vec<Input> {
        self.inputs.iter().filter(|input| matches!(input.kind, Kind::Real(_))).cloned().collect()
    }

    /// The arguments of the primal itself.
    pub(crate) fn arguments(&self) -> Vec<Argument> {
        let role = |kind: &Kind| if matches!(kind, Kind::Real(_)) { Role::Input } else { Role::Parameter };
        self.inputs
            .iter()
            .map(|input| Argument {
                name: input.name.into(),
                role: role(&input.kind),
                shape: input.shape().to_vec(),
                at: input.at,
            })
            .collect()
    }

    /// Reads the name of a sibling: labels, then inputs; none means the only one, or all.
    pub(crate) fn sibling(&self, suffix: &str) -> Sibling {
        let mut rest = suffix;
        let mut labels = Vec::new();
        while let Some((word, label)) =
            LABELS.iter().find(|(word, label)| starts_with(rest, word) && !labels.contains(label))
        {
            labels.push(*label);
            rest = rest[word.len()..].trim_start_matches('_');
        }
        assert!(!labels.is_empty(), "{suffix} names no derivative");
        let all = self.differentiable();
        let mut inputs = Vec::new();
        while !rest.is_empty() {
            let input = all.iter().find(|input| starts_with(rest, input.name));
            let input = input.unwrap_or_else(|| panic!("{rest} of {suffix} names no differentiable input"));
            inputs.push(input.clone());
            rest = rest[input.name.len()..].trim_start_matches('_');
        }
        if inputs.is_empty() {
            inputs = all;
        }
        Sibling { labels, inputs }
    }
}

/// Whether the underscore-separated list begins with the word.
fn starts_with(list: &str, word: &str) -> bool {
    list.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

impl Sibling {
    fn has(&self, labels: &[Label]) -> bool {
        self.labels.iter().any(|label| labels.contains(label))
    }

    /// What comes behind the primal's inputs: tangents or directions, then cotangents.
    pub(crate) fn added_inputs(&self, primal: &Primal) -> Vec<Argument> {
        let mut added = Vec::new();
        if self.has(&[Label::Jvp, Label::Hvp]) {
            let role = if self.has(&[Label::Jvp]) { Role::Tangent } else { Role::Direction };
            added.extend(self.inputs.iter().map(|input| Argument {
                name: format!("v_{}", input.name),
                role,
                shape: input.shape().to_vec(),
                at: input.at,
            }));
        }
        if self.has(&[Label::Vjp]) {
            added.extend(primal.outputs.iter().map(|output| Argument {
                name: format!("cotangent_{}", output.name),
                role: Role::Cotangent,
                shape: output.shape.clone(),
                at: output.at,
            }));
        }
        added
    }

    /// The outputs in order with the values that they must have.
    pub(crate) fn outputs(
        &self,
        primal: &Primal,
        reference: &Reference,
        directions: &Directions,
    ) -> Vec<ExpectedOutput> {
        self.labels.iter().flat_map(|label| self.of_label(*label, primal, reference, directions)).collect()
    }

    fn of_label(
        &self,
        label: Label,
        primal: &Primal,
        reference: &Reference,
        directions: &Directions,
    ) -> Vec<ExpectedOutput> {
        let Directions { tangent, cotangent } = directions;
        let jacobian = &reference.jacobian;
        let several = self.inputs.len() > 1;
        let wrt = |input: &Input| if several { format!("_{}", input.name) } else { String::new() };
        let mut outputs = Vec::new();
        let mut push =
            |name: String, shape: Vec<usize>, data| outputs.push(ExpectedOutput { name, shape, data });
        match label {
            Label::Value => {
                for output in &primal.outputs {
                    let data = reference.value[output.range()].to_vec();
                    push(output.name.into(), output.shape.clone(), data);
                }
            }
            Label::Gradient | Label::Jacobian => {
                let kind = if label == Label::Gradient { "gradient" } else { "jacobian" };
                for output in &primal.outputs {
                    for input in &self.inputs {
                        let rows = output.range().flat_map(|o| &jacobian[o][input.range()]);
                        let shape = [&output.shape, input.shape()].concat();
                        push(format!("{kind}_{}{}", output.name, wrt(input)), shape, rows.copied().collect());
                    }
                }
            }
            Label::Hessian => {
                let (first, last) = (&self.inputs[0], &self.inputs[self.inputs.len() - 1]);
                assert!(self.inputs.len() <= 2, "a Hessian has two sides");
                let rows = first.range().flat_map(|i| &reference.hessian[0][i][last.range()]);
                let inputs: String = self.inputs.iter().map(wrt).collect();
                let shape = [first.shape(), last.shape()].concat();
                push(format!("hessian_{}{inputs}", primal.outputs[0].name), shape, rows.copied().collect());
            }
            Label::Jvp => {
                for output in &primal.outputs {
                    let data = output.range().map(|o| self.along(&jacobian[o], tangent)).collect();
                    push(format!("jvp_{}", output.name), output.shape.clone(), data);
                }
            }
            Label::Vjp => {
                for input in &self.inputs {
                    let column = |i: usize| cotangent.iter().zip(jacobian).map(|(c, row)| c * row[i]).sum();
                    let data = input.range().map(column).collect();
                    push(format!("vjp_{}", input.name), input.shape().to_vec(), data);
                }
            }
            Label::Hvp => {
                for input in &self.inputs {
                    let data = input.range().map(|i| self.along(&reference.hessian[0][i], tangent)).collect();
                    let name = format!("hvp_{}{}", primal.outputs[0].name, wrt(input));
                    push(name, input.shape().to_vec(), data);
                }
            }
        }
        outputs
    }

    /// The inner product over the inputs that this sibling differentiates with respect to.
    fn along(&self, row: &[f64], tangent: &[f64]) -> f64 {
        self.inputs.iter().flat_map(Input::range).map(|i| row[i] * tangent[i]).sum()
    }

    /// How many of the outputs, in front, are the primal's: these are equal to the last bit.
    pub(crate) fn values(&self, primal: &Primal) -> usize {
        if self.labels[0] == Label::Value { primal.outputs.len() } else { 0 }
    }
}
