//! A function with everything that is made of it: what emission, metadata and tools read.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{ItemFn, Visibility};

use crate::differentiate::{Derived, Kind, Part, Product};
use crate::frontend::{Attribute, HandedOn, Known, Question, Sibling, Signature};
use crate::ir::{DerivedSize, Graph, Type, nest};

/// A function that is understood.
pub struct Function {
    /// The user's item, as written.
    pub item: ItemFn,
    /// The attribute.
    pub attribute: Attribute,
    /// The signature.
    pub signature: Signature,
    /// The tokens of the graphs' symbols.
    pub symbols: Vec<TokenStream>,
    /// The sizes of the graphs that are made of others.
    pub derived: Vec<DerivedSize>,
    /// The constants and imports that stand in the function's body.
    pub items: Vec<syn::Item>,
    /// The errors that the function yields, by their numbers less one.
    pub errors: Vec<TokenStream>,
    /// Names in patterns that would be no variables if they were those of constants.
    pub bindings: Vec<Ident>,
    /// The traits by whose path the body calls functions.
    pub traits: Vec<Known>,
    /// Whether an output depends on an input.
    pub uses: Vec<bool>,
    /// The function itself and its siblings.
    pub primal: Compiled,
    /// In the order of the requests.
    pub siblings: Vec<Compiled>,
    /// What callers' chain rules call; nothing where a length is known at run time only, or where the user
    /// gives the derivatives.
    pub chain: Option<Chain>,
    /// Where it takes slices: the function that callers see.
    pub sized: Option<Box<Sized>>,
    /// The same as a function of fields, where there are structs among the inputs or outputs.
    pub leaves: Option<Box<Leaves>>,
}

/// A function of structs as one of their fields: what is differentiated and computed.
pub struct Leaves {
    /// The function. Its inputs are those of the other one, of which the structs are not taken, and then the
    /// fields that it reads; its outputs are fields too.
    pub function: Function,
    /// What each of its inputs is.
    pub inputs: Vec<Leaf>,
    /// What each of its outputs is.
    pub outputs: Vec<Leaf>,
    /// What the outputs have of the inputs as it is.
    pub handed_on: Vec<HandedOn>,
}

/// An input or output, or a field of one.
#[derive(Clone)]
pub struct Leaf {
    /// The input or output.
    pub place: usize,
    /// The fields that lead there; none, if it is no field.
    pub path: Vec<String>,
    /// What is asked of it, if it is not the value itself.
    pub question: Option<Question>,
}

/// A function of slices as one of arrays.
pub struct Sized {
    /// The function, with a const generic for the length of each.
    pub function: Function,
    /// These.
    pub lengths: Vec<Ident>,
}

/// One function to emit.
pub struct Compiled {
    /// Its name.
    pub name: String,
    /// Where it was requested.
    pub span: Span,
    /// What it yields.
    pub parts: Vec<Part>,
    /// Whether it is a bundle.
    pub bundle: bool,
    /// Its inputs, in order.
    pub inputs: Vec<Port>,
    /// Its outputs, in order.
    pub outputs: Vec<Port>,
    /// What each output is.
    pub products: Vec<Product>,
    /// The body.
    pub graph: Graph,
}

/// The functions that callers' chain rules call, as graphs over the function's inputs.
pub struct Chain {
    /// Inputs, tangents → tangents of the outputs.
    pub jvp: Graph,
    /// Those of reverse mode, where there is reverse mode.
    pub reverse: Option<Reverse>,
}

/// Reverse mode in two halves, each with its tangents.
pub struct Reverse {
    /// Inputs → outputs, stored values.
    pub forward: Graph,
    /// Inputs, tangents → tangents of the outputs and of the stored values.
    pub forward_jvp: Graph,
    /// Inputs, stored values, cotangents → cotangents of the inputs.
    pub reverse: Graph,
    /// Inputs, stored values, cotangents, the tangents of all these → tangents of the cotangents of
    /// the inputs.
    pub reverse_jvp: Graph,
    /// The types of the stored values.
    pub stored: Vec<Type>,
}

/// An argument of a sibling.
#[derive(Clone)]
pub struct Port {
    /// Its name in Rust.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// What it is.
    pub role: Role,
    /// The primal's input that it is, or that it belongs to.
    pub input: Option<usize>,
    /// The struct or tuple that it is.
    pub structure: Option<syn::Type>,
}

/// What an argument is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// An input of the primal.
    Input,
    /// A tangent.
    Tangent,
    /// A cotangent.
    Cotangent,
    /// A direction of a Hessian–vector product.
    Direction,
    /// An output.
    Output,
}

impl Function {
    /// The user's name of the function.
    #[must_use]
    pub const fn ident(&self) -> &Ident {
        &self.item.sig.ident
    }

    /// The visibility of everything that stands beside it.
    #[must_use]
    pub const fn visibility(&self) -> &Visibility {
        &self.item.vis
    }

    /// The documentation of the user's function.
    #[must_use]
    pub fn documentation(&self) -> String {
        documentation(&self.item)
    }
}

/// The text of an item's documentation.
#[must_use]
pub fn documentation(item: &ItemFn) -> String {
    let mut lines = vec![];
    for attribute in &item.attrs {
        if let syn::Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let syn::Expr::Lit(literal) = &pair.value
            && let syn::Lit::Str(text) = &literal.lit
        {
            lines.extend(
                text.value().split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned()),
            );
        }
    }
    lines.join("\n")
}

/// The ports of a sibling, from its parts: names as the contract says, told apart where they clash.
#[must_use]
pub fn ports(
    signature: &Signature,
    parts: &[Part],
    tangents: &[usize],
    cotangents: &[usize],
    products: &[Product],
) -> (Vec<Port>, Vec<Port>) {
    let mut taken: Vec<String> = vec![];
    let mut unique = |mut name: String| {
        while taken.contains(&name) {
            name.push('_');
        }
        taken.push(name.clone());
        name
    };
    let mut inputs = vec![];
    for (place, input) in signature.inputs.iter().enumerate() {
        if input.is_taken() {
            let name = unique(input.name());
            let (ty, structure) = (input.ty.clone(), input.structure.clone());
            inputs.push(Port { name, ty, role: Role::Input, input: Some(place), structure });
        }
    }
    let directions = parts.iter().all(|part| part.kind != Kind::Jvp);
    for &place in tangents {
        let input = &signature.inputs[place];
        let role = if directions { Role::Direction } else { Role::Tangent };
        let name = unique(format!("v_{}", input.name()));
        let (ty, structure) = (input.ty.clone(), input.structure.clone());
        inputs.push(Port { name, ty, role, input: Some(place), structure });
    }
    for &place in cotangents {
        let output = &signature.outputs[place];
        let name = unique(format!("cotangent_{}", output_name(signature, place)));
        let (ty, structure) = (output.ty.clone(), output.structure.clone());
        inputs.push(Port { name, ty, role: Role::Cotangent, input: None, structure });
    }
    let outputs = products
        .iter()
        .map(|product| {
            let several = parts.iter().any(|part| part.kind == product.kind && part.wrt.len() > 1);
            let name = unique(product_name(signature, product, several));
            let ty = product_type(signature, product);
            let structure = product_structure(signature, product);
            Port { name, ty, role: Role::Output, input: product.inputs.first().copied(), structure }
        })
        .collect();
    (inputs, outputs)
}

/// What an output of the function is called: a `&mut` parameter that is read first is an input of
/// that name, so the output gets another.
fn output_name(signature: &Signature, place: usize) -> String {
    let output = &signature.outputs[place];
    match output.parameter {
        Some(parameter) if signature.inputs[parameter].is_taken() => format!("{}_out", output.name),
        _ => output.name.clone(),
    }
}

fn product_name(signature: &Signature, product: &Product, several: bool) -> String {
    let output = |place: Option<usize>| place.map_or(String::new(), |place| output_name(signature, place));
    let input = |place: usize| signature.inputs[place].name();
    let name = output(product.output);
    match product.kind {
        Kind::Primal => name,
        Kind::Jvp => format!("jvp_{name}"),
        Kind::Vjp => format!("vjp_{}", input(product.inputs[0])),
        Kind::Hessian if product.inputs.len() == 2 => {
            format!("hessian_{name}_{}_{}", input(product.inputs[0]), input(product.inputs[1]))
        }
        kind => {
            let word = match kind {
                Kind::Gradient => "gradient",
                Kind::Jacobian => "jacobian",
                Kind::Hessian => "hessian",
                _ => "hvp",
            };
            if several {
                format!("{word}_{name}_{}", input(product.inputs[0]))
            } else {
                format!("{word}_{name}")
            }
        }
    }
}

fn product_type(signature: &Signature, product: &Product) -> Type {
    let input = |place: usize| signature.inputs[place].ty.clone();
    let output = product.output.map(|place| signature.outputs[place].ty.clone());
    match product.kind {
        Kind::Primal | Kind::Jvp => output.unwrap_or(Type::Real),
        Kind::Gradient | Kind::Hvp | Kind::Vjp => input(product.inputs[0]),
        Kind::Jacobian => nest(&output.unwrap_or(Type::Real), input(product.inputs[0])),
        Kind::Hessian => nest(&input(product.inputs[0]), input(product.inputs[product.inputs.len() - 1])),
    }
}

/// The struct that a derivative is: one by a struct is a struct.
fn product_structure(signature: &Signature, product: &Product) -> Option<syn::Type> {
    match product.kind {
        Kind::Primal | Kind::Jvp => signature.outputs[product.output?].structure.clone(),
        _ => signature.inputs[*product.inputs.first()?].structure.clone(),
    }
}

impl Compiled {
    /// A sibling from its derivation.
    #[must_use]
    pub fn new(sibling: Sibling, derived: Derived, signature: &Signature) -> Self {
        let Derived { graph, products, tangents, cotangents } = derived;
        let (inputs, outputs) = ports(signature, &sibling.parts, &tangents, &cotangents, &products);
        let Sibling { name, span, parts, bundle } = sibling;
        Self { name, span, parts, bundle, inputs, outputs, products, graph }
    }
}
