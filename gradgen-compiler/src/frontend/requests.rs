//! Requests resolved against the signature: which siblings there are, what they are called and
//! what they yield.

use proc_macro2::{Ident, Span};

use super::attribute::{Inputs, Request, RequestPart};
use super::input_options::unknown_input;
use super::names::plain;
use super::{Attribute, Signature};
use crate::diagnostics::Diagnostics;
use crate::differentiate::{Kind, Part};

/// A sibling to be made.
#[derive(Clone, Debug)]
pub struct Sibling {
    /// Its name.
    pub name: String,
    /// The request's place.
    pub span: Span,
    /// What it yields.
    pub parts: Vec<Part>,
    /// Whether it is a bundle: then the value form returns a tuple.
    pub bundle: bool,
}

/// All siblings, in the order of the requests; what is wrong is reported and left out.
pub fn siblings(
    function: &Ident,
    attribute: &Attribute,
    signature: &Signature,
    diagnostics: &mut Diagnostics,
) -> Vec<Sibling> {
    let mut resolver = Resolver { function: plain(function), signature, diagnostics };
    let mut siblings: Vec<Sibling> = vec![];
    for request in &attribute.requests {
        for sibling in resolver.request(request) {
            if let Some(known) = siblings.iter().find(|known| known.name == sibling.name) {
                let what = if known.parts == sibling.parts {
                    "is requested twice"
                } else {
                    "would be two functions"
                };
                resolver.diagnostics.error_at(sibling.span, format!("`{}` {what}", sibling.name));
            } else {
                siblings.push(sibling);
            }
        }
    }
    siblings
}

struct Resolver<'a> {
    function: String,
    signature: &'a Signature,
    diagnostics: &'a mut Diagnostics,
}

/// The word in a sibling's name.
const fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Primal => "f",
        Kind::Gradient => "grad",
        Kind::Jacobian => "jf",
        Kind::Hessian => "hessian",
        Kind::Hvp => "hvp",
        Kind::Jvp => "jvp",
        Kind::Vjp => "vjp",
    }
}

impl Resolver<'_> {
    fn request(&mut self, request: &Request) -> Vec<Sibling> {
        if request.bundle {
            return self.bundle(request).into_iter().collect();
        }
        let part = &request.parts[0];
        if !self.fits(part) {
            return vec![];
        }
        let all: Vec<_> = self.signature.differentiable().collect();
        let named = match &part.inputs {
            Inputs::Bare => all.iter().map(|&place| (vec![place], vec![place])).collect(),
            Inputs::All => vec![(all, vec![])],
            Inputs::Named(names) => {
                self.named(names, part.kind).into_iter().map(|wrt| (wrt.clone(), wrt)).collect::<Vec<_>>()
            }
        };
        let sibling = |(wrt, suffix): (Vec<usize>, Vec<usize>)| Sibling {
            name: self.name(&[label(part.kind)], &suffix),
            span: part.word.span(),
            parts: vec![Part { kind: part.kind, wrt }],
            bundle: false,
        };
        named.into_iter().map(sibling).collect()
    }

    fn bundle(&mut self, request: &Request) -> Option<Sibling> {
        let mut parts: Vec<Part> = vec![];
        let mut suffix = vec![];
        if request.parts.is_empty() {
            self.diagnostics
                .error_at(request.span, "the bundle is empty: write for example `bundle(f, grad(x))`");
            return None;
        }
        for part in &request.parts {
            if !self.fits(part) {
                return None;
            }
            let all: Vec<_> = self.signature.differentiable().collect();
            let wrt = match &part.inputs {
                Inputs::Bare if part.kind == Kind::Primal => vec![],
                Inputs::Named(names) if part.kind == Kind::Primal => {
                    self.diagnostics.error(&names[0], "`f` is the function itself: it takes no inputs here");
                    return None;
                }
                Inputs::Bare if all.len() > 1 => {
                    let message = format!("which inputs? Write for example `{}(*)`", part.word);
                    self.diagnostics.error(&part.word, message);
                    return None;
                }
                Inputs::Bare | Inputs::All => all,
                Inputs::Named(names) => {
                    let wrt = self.named(names, part.kind)?;
                    suffix.extend(
                        wrt.iter().filter(|place| !suffix.contains(*place)).copied().collect::<Vec<_>>(),
                    );
                    wrt
                }
            };
            let part_here = Part { kind: part.kind, wrt };
            if parts.contains(&part_here) {
                self.diagnostics.error(&part.word, format!("`{}` stands twice in this bundle", part.word));
                return None;
            }
            parts.push(part_here);
        }
        let labels: Vec<_> = parts.iter().map(|part| label(part.kind)).collect();
        let name = self.name(&labels, &suffix);
        Some(Sibling { name, span: request.span, parts, bundle: true })
    }

    /// `f_grad_x`; without the input where there is only one to choose from.
    fn name(&self, labels: &[&str], suffix: &[usize]) -> String {
        let mut words = vec![self.function.clone()];
        words.extend(labels.iter().map(|&label| label.to_owned()));
        if self.signature.differentiable().count() > 1 {
            words.extend(suffix.iter().map(|&place| self.signature.inputs[place].name()));
        }
        words.join("_")
    }

    /// Whether the derivative exists for this function.
    fn fits(&mut self, part: &RequestPart) -> bool {
        let outputs = &self.signature.outputs;
        let scalar = outputs.len() == 1 && outputs[0].ty == crate::ir::Type::Real;
        if matches!(part.kind, Kind::Gradient | Kind::Hessian | Kind::Hvp) && !scalar {
            let instead = if part.kind == Kind::Gradient {
                "`jacobian` or `vjp`"
            } else {
                "`jacobian`, `jvp` or `vjp`"
            };
            let what = if outputs.len() == 1 { "an array" } else { "several outputs" };
            let message = format!(
                "`{}` needs one scalar output, and this function has {what}: use {instead}",
                part.word
            );
            self.diagnostics.error(&part.word, message);
            return false;
        }
        if matches!(part.inputs, Inputs::All) && part.kind == Kind::Hessian {
            let message =
                "`hessian` takes one input, or two for a mixed block: `hessian(x)`, `hessian(x, w)`";
            self.diagnostics.error(&part.word, message);
            return false;
        }
        if part.kind != Kind::Primal && self.signature.differentiable().next().is_none() {
            let message = "no input is differentiable: derivatives are by inputs of type f64 or f32, and arrays of them";
            self.diagnostics.error(&part.word, message);
            return false;
        }
        true
    }

    fn named(&mut self, names: &[Ident], kind: Kind) -> Option<Vec<usize>> {
        let mut places = vec![];
        for name in names {
            let text = plain(name);
            match self.signature.inputs.iter().position(|input| input.name() == text) {
                None => self.diagnostics.error(name, unknown_input(name, &self.signature.inputs)),
                Some(place) if !self.signature.inputs[place].is_taken() => {
                    let message =
                        format!("`{name}` is only written, and no input: one cannot differentiate by it");
                    self.diagnostics.error(name, message);
                }
                Some(place) if !self.signature.inputs[place].is_differentiable() => {
                    let message = format!(
                        "`{name}` is an integer or boolean parameter: one cannot differentiate by it"
                    );
                    self.diagnostics.error(name, message);
                }
                Some(place) if places.contains(&place) => {
                    self.diagnostics.error(name, format!("`{name}` is named twice"));
                }
                Some(place) => places.push(place),
            }
        }
        if kind == Kind::Hessian && names.len() > 2 {
            self.diagnostics.error(&names[2], "`hessian` takes one input, or two for a mixed block");
            return None;
        }
        (places.len() == names.len()).then_some(places)
    }
}
