//! A function of structs as one of their fields: its signature, and what is asked of it.

use proc_macro2::Ident;
use quote::format_ident;
use syn::Pat;

use crate::diagnostics::Diagnostics;
use crate::differentiate::{self, Kind};
use crate::frontend::{
    Body, ELEMENT, HandedOn, Input, Output, Part, Passing, Question, Sibling, Signature, plain,
};
use crate::ir::{Int, Type};
use crate::model::Leaf;

/// The function of fields.
pub(crate) struct Split {
    pub(crate) signature: Signature,
    pub(crate) inputs: Vec<Leaf>,
    pub(crate) outputs: Vec<Leaf>,
    pub(crate) handed_on: Vec<HandedOn>,
}

impl Split {
    /// Of a function whose body is understood.
    pub(crate) fn new(whole: &Signature, body: &Body) -> Self {
        let mut signature = whole.clone();
        let mut inputs: Vec<Leaf> =
            (0..whole.inputs.len()).map(|place| Leaf { place, path: vec![], question: None }).collect();
        for input in &mut signature.inputs {
            input.is_split = input.structure.is_some();
        }
        let fields = body.graph.inputs().iter().skip(whole.inputs.len());
        for (Part { place, path, question }, &value) in body.input_leaves.iter().zip(fields) {
            let mut words = path.clone();
            words.extend(question.as_ref().map(Question::name));
            let ident = field_ident(&signature, *place, &words);
            signature.inputs.push(field_input(ident, body.graph.ty(value)));
            inputs.push(Leaf { place: *place, path: path.clone(), question: question.clone() });
        }
        let mut outputs = vec![];
        signature.outputs.clear();
        for ((place, path), &value) in body.result_leaves.iter().zip(body.graph.results()) {
            let output = &whole.outputs[*place];
            let mut name = joined(&output.name, path);
            while signature.outputs.iter().any(|other| other.name == name) {
                name.push('_');
            }
            let ty = body.graph.ty(value);
            let parameter = output.parameter.filter(|_| output.structure.is_none());
            signature.outputs.push(Output { name, ty, parameter, structure: None });
            outputs.push(Leaf { place: *place, path: path.clone(), question: None });
        }
        signature.returns_tuple = true;
        signature.is_of_fields = true;
        Self { signature, inputs, outputs, handed_on: body.handed_on.clone() }
    }

    /// What stands before the names of functions of fields.
    pub(crate) fn prefix(&self) -> String {
        match self.signature.itself.as_ref().and_then(|itself| itself.get_ident()) {
            Some(ty) => format!("__{}_", plain(ty)),
            None => "__".to_owned(),
        }
    }

    /// Fields of which nothing says what they are: rustc would find something else.
    pub(crate) fn refuse_unknown_fields(&self, whole: &Signature, diagnostics: &mut Diagnostics) {
        for (input, leaf) in self.signature.inputs.iter().zip(&self.inputs) {
            let is_size = input.ty == Type::Int(Int::Usize);
            if leaf.path.is_empty() || leaf.question.is_some() || is_known(&input.ty) && !is_size {
                continue;
            }
            let parameter = &whole.inputs[leaf.place];
            let axes = leaf.path.iter().filter(|&step| step == ELEMENT).count();
            let is_array = matches!(input.ty.element(axes), Some(Type::Array(..)));
            let example = if is_array { "[f64; 3]" } else { "f64" };
            let place = place_text(&parameter.name(), &leaf.path);
            if is_size {
                let message = format!(
                    "`{place}` is a usize, which may be a length: pass it to the function as a parameter of its own"
                );
                diagnostics.error(&parameter.ident, message);
                continue;
            }
            let message = format!(
                "what `{place}` is, is not known here: give it to a variable with a type, `let a: {example} = {place};`, \
                 or put the struct and the function in `#[gradgen::module]`"
            );
            diagnostics.error(&parameter.ident, message);
        }
    }

    /// A request by structs as one by their fields; what structs have no derivative of is reported.
    pub(crate) fn request(
        &self,
        request: &Sibling,
        whole: &Signature,
        diagnostics: &mut Diagnostics,
    ) -> Option<Sibling> {
        let mut parts = vec![];
        for part in &request.parts {
            let by_struct = part.wrt.iter().any(|&place| whole.inputs[place].structure.is_some());
            let of_struct = whole.outputs.iter().any(|output| output.structure.is_some());
            let one = whole.outputs.len() == 1 && whole.outputs[0].ty == Type::Real;
            let message = match part.kind {
                Kind::Hessian if by_struct => {
                    "the Hessian by a struct is no struct: use `hvp`, the Hessian times a direction"
                }
                Kind::Jacobian if of_struct || (by_struct && !one) => {
                    "the Jacobian of or by a struct is no struct: use `jvp` or `vjp`"
                }
                _ => {
                    parts.push(self.part(part));
                    continue;
                }
            };
            diagnostics.error_at(request.span, message);
            return None;
        }
        for part in &request.parts {
            let unread = part.wrt.iter().find(|&&place| !self.leaves_of(place).any(|_| true));
            if let Some(&place) = unread {
                let input = &whole.inputs[place];
                let message = format!("no output depends on `{}`: none of its fields is read", input.name());
                diagnostics.error_at(request.span, message);
                return None;
            }
        }
        Some(Sibling { name: format!("{}{}", self.prefix(), request.name), parts, ..request.clone() })
    }

    fn part(&self, part: &differentiate::Part) -> differentiate::Part {
        let wrt = part.wrt.iter().flat_map(|&place| self.leaves_of(place)).collect();
        differentiate::Part { kind: part.kind, wrt }
    }

    /// The inputs that are one, or its fields.
    fn leaves_of(&self, place: usize) -> impl Iterator<Item = usize> {
        let is_own = move |leaf: &Leaf| leaf.place == place;
        let all = self.inputs.iter().enumerate().filter(move |(_, leaf)| is_own(leaf)).map(|(leaf, _)| leaf);
        all.filter(|&leaf| self.signature.inputs[leaf].is_differentiable())
    }

    /// Whether an output depends on an input, from the same of the fields.
    pub(crate) fn uses(&self, by_fields: &[bool], count: usize) -> Vec<bool> {
        let of =
            |place: usize| self.inputs.iter().zip(by_fields).any(|(leaf, used)| leaf.place == place && *used);
        (0..count).map(of).collect()
    }
}

/// A name for what a path leads to.
fn joined(name: &str, path: &[String]) -> String {
    let steps = path.iter().map(String::as_str).filter(|&step| step != ELEMENT);
    std::iter::once(name).chain(steps).collect::<Vec<_>>().join("_")
}

/// How a path is written.
fn place_text(name: &str, path: &[String]) -> String {
    path.iter().fold(name.to_owned(), |place, step| match step.as_str() {
        ELEMENT => format!("{place}[0]"),
        field => format!("{place}.{field}"),
    })
}

/// Whether a type can be written down.
fn is_known(ty: &Type) -> bool {
    match ty {
        Type::Array(element, length) => is_known(element) && length.size().is_some(),
        Type::Real | Type::Bool | Type::Int(_) => true,
        _ => false,
    }
}

/// `p_mass`, unless an input is called so.
fn field_ident(signature: &Signature, place: usize, path: &[String]) -> Ident {
    let input = &signature.inputs[place];
    let mut name = joined(&input.name(), path);
    while signature.inputs.iter().any(|other| plain(&other.ident) == name) {
        name.push('_');
    }
    format_ident!("{name}", span = input.ident.span())
}

fn field_input(ident: Ident, ty: Type) -> Input {
    let passing = if let Type::Array(..) = ty { Passing::Shared } else { Passing::Value };
    let pattern = Pat::Ident(syn::PatIdent {
        attrs: vec![],
        by_ref: None,
        mutability: None,
        ident: ident.clone(),
        subpat: None,
    });
    Input {
        state: false,
        ident,
        pattern,
        ty,
        passing,
        default: None,
        rename: None,
        structure: None,
        is_choice: false,
        is_split: false,
        read: false,
    }
}
