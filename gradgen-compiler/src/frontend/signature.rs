//! The function's signature: inputs, outputs, their types and names.

use std::collections::BTreeSet;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{ItemFn, Pat, ReturnType};

use super::context::{Context, renamed};
use super::generics::Parameter;
use super::input_options::{apply_options, keep_apart, name_outputs};
use super::names::plain;
use super::reader::Reader;
use super::{Attribute, Body};
use crate::diagnostics::Diagnostics;
use crate::ir::{Graph, Int, Scalar, Symbol, Type};

/// What an enum is outside of Rust: the number of a variant.
pub(super) const CHOICE: Type = Type::Int(Int::I32);

/// How an input is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    /// By value.
    Value,
    /// By `&`.
    Shared,
    /// By `&mut`: an output, and an input where it is read first.
    Mutable,
}

/// An input.
#[derive(Clone)]
pub struct Input {
    /// The parameter's name, or one made from its pattern.
    pub ident: Ident,
    /// The pattern, where the parameter has one, with its own name.
    pub pattern: Pat,
    /// The type behind the reference.
    pub ty: Type,
    /// How it is passed.
    pub passing: Passing,
    /// What callers outside Rust may leave out.
    pub default: Option<TokenStream>,
    /// The name outside Rust.
    pub rename: Option<String>,
    /// Whether callers outside Rust keep it between calls.
    pub state: bool,
    /// The type, where it is a struct or a tuple. The function's graph then has the fields that it reads as
    /// inputs of their own.
    pub structure: Option<syn::Type>,
    /// Whether that type is an enum.
    pub is_choice: bool,
    /// Whether the fields are there for it.
    pub is_split: bool,
    /// Of a `&mut` parameter: whether the function reads it before it writes it. Known when the
    /// body is understood.
    pub read: bool,
}

impl Input {
    /// The name without `r#`.
    #[must_use]
    pub fn name(&self) -> String {
        plain(&self.ident)
    }

    /// Whether generated functions take it: all but a `&mut` parameter that is only written.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        !self.is_split && (self.passing != Passing::Mutable || self.read)
    }

    /// Whether one can differentiate by it.
    #[must_use]
    pub fn is_differentiable(&self) -> bool {
        self.is_taken() && self.ty.is_differentiable()
    }
}

/// An output.
#[derive(Clone)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The `&mut` parameter that it is, by position.
    pub parameter: Option<usize>,
    /// The type, where it is a struct or a tuple in a tuple.
    pub structure: Option<syn::Type>,
}

/// What a function's result is in.
#[derive(Clone)]
pub enum Wrapper {
    /// An `Option`.
    Option,
    /// A `Result`: the path of its type, with what it is a result of as first argument.
    Result(syn::Path),
}

impl Wrapper {
    /// The wrapper that a type is, and the type in it.
    #[must_use]
    pub fn of(ty: &syn::Type) -> Option<(Self, &syn::Type)> {
        let syn::Type::Path(path) = bare(ty) else { return None };
        let last = path.path.segments.last()?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
        let Some(syn::GenericArgument::Type(inner)) = arguments.args.first() else { return None };
        match last.ident.to_string().as_str() {
            "Option" => Some((Self::Option, inner)),
            "Result" => Some((Self::Result(path.path.clone()), inner)),
            _ => None,
        }
    }

    /// The type with another one in it.
    #[must_use]
    pub fn wrap(&self, inner: &TokenStream) -> TokenStream {
        match self {
            Self::Option => quote!(::core::option::Option<#inner>),
            Self::Result(path) => {
                let mut path = path.clone();
                if let Some(last) = path.segments.last_mut()
                    && let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments
                    && let Some(first) = arguments.args.first_mut()
                {
                    *first = syn::GenericArgument::Type(syn::Type::Verbatim(inner.clone()));
                }
                quote!(#path)
            }
        }
    }
}

/// A signature that is understood.
#[derive(Clone)]
pub struct Signature {
    /// The floating-point type.
    pub scalar: Scalar,
    /// The inputs, `&mut` parameters included.
    pub inputs: Vec<Input>,
    /// The returned outputs, then the `&mut` parameters.
    pub outputs: Vec<Output>,
    /// Whether the return type is a tuple, so that one output is still a tuple.
    pub returns_tuple: bool,
    /// What the returned outputs are in.
    pub wrapper: Option<Wrapper>,
    /// The lengths and constants that only rustc knows: text and tokens.
    pub symbols: Vec<(Symbol, TokenStream)>,
    /// The const generics.
    pub generics: Vec<Ident>,
    /// The type parameter that is the scalar type.
    pub parameter: Option<Parameter>,
    /// The path of the crate `gradgen`.
    pub runtime: TokenStream,
    /// What is known of the names around the function.
    pub context: Rc<Context>,
    /// The names of these that have another meaning inside of the function.
    pub renamed: BTreeSet<String>,
    /// What `Self` means, of a method.
    pub itself: Option<syn::Path>,
    /// Whether it is that of a function of fields.
    pub is_of_fields: bool,
}

impl Signature {
    /// Reads a function's signature, or reports what is not understood in it.
    pub fn parse(item: &ItemFn, attribute: &Attribute, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut reader = Reader {
            diagnostics,
            scalar: None,
            symbols: vec![],
            generics: vec![],
            parameter: None,
            place: None,
            failed: false,
            context: attribute.context.clone(),
            runtime: attribute.runtime(),
            itself: attribute.itself.clone(),
        };
        reader.refuse_qualifiers(item);
        reader.read_generics(item);
        if reader.failed {
            return None;
        }
        let mut inputs = vec![];
        for (place, argument) in item.sig.inputs.iter().enumerate() {
            reader.place = Some(place);
            inputs.extend(reader.input(argument, place));
        }
        reader.place = None;
        keep_apart(&mut inputs);
        // Two names that differ by the macros they come from; what is named twice in one is rustc's.
        for (place, input) in inputs.iter().enumerate() {
            if inputs[..place].iter().any(|earlier| earlier.name() == input.name()) {
                let message = format!("two inputs are called `{}`: rename one of them", input.name());
                reader.diagnostics.error(&input.ident, message);
                reader.failed = true;
            }
        }
        let wrapper = match &item.sig.output {
            ReturnType::Type(_, ty) => Wrapper::of(ty).map(|(wrapper, _)| wrapper),
            ReturnType::Default => None,
        };
        let (mut outputs, returns_tuple) = reader.outputs(&item.sig.output);
        for (place, input) in inputs.iter().enumerate().filter(|(_, input)| input.passing == Passing::Mutable)
        {
            let (name, ty, structure) = (input.name(), input.ty.clone(), input.structure.clone());
            outputs.push(Output { name, ty, parameter: Some(place), structure });
        }
        if outputs.is_empty() && !reader.failed {
            reader.fail(
                &item.sig.ident,
                "the function has no output: return a float, or write to a `&mut` parameter",
            );
        }
        name_outputs(&mut outputs, attribute, &inputs, reader.diagnostics);
        let scalar = reader.scalar.as_ref().map_or(Scalar::F64, |found| found.0);
        reader.refuse_unused_parameter(scalar);
        apply_options(attribute, &mut inputs, reader.diagnostics);
        let Reader { symbols, generics, parameter, failed, .. } = reader;
        let runtime = attribute.runtime();
        let (context, renamed) = (attribute.context.clone(), renamed(item));
        (!failed).then_some(Self {
            scalar,
            inputs,
            outputs,
            returns_tuple,
            wrapper,
            symbols,
            generics,
            parameter: parameter.map(|(parameter, _)| parameter),
            runtime,
            context,
            renamed,
            itself: attribute.itself.clone(),
            is_of_fields: false,
        })
    }

    /// Notes of each `&mut` parameter whether the results depend on its value before, and how long it
    /// is.
    pub fn find_read(&mut self, graph: &Graph) {
        let marks = crate::passes::live(graph, graph.results(), crate::ir::BODY);
        for (input, value) in self.inputs.iter_mut().zip(graph.inputs()) {
            input.read = input.passing == Passing::Mutable && marks[value.index()];
            input.ty = graph.ty(*value);
        }
        for output in &mut self.outputs {
            if let Some(place) = output.parameter {
                output.ty = self.inputs[place].ty.clone();
            }
        }
    }

    /// Refuses states whose value before a call nothing depends on.
    pub fn check_states(&self, attribute: &Attribute, diagnostics: &mut Diagnostics) {
        for input in self.inputs.iter().filter(|input| input.state && !input.read && !input.is_split) {
            let written = attribute.states.iter().find(|name| **name == input.ident);
            let message = format!(
                "`{}` is written before it is read: no call depends on what it was, so it keeps nothing",
                input.name()
            );
            diagnostics.error(written.unwrap_or(&input.ident), message);
        }
    }

    /// Notes of each `&mut` parameter that is a struct whether a field of it is read.
    pub fn find_read_fields(&mut self, body: &Body) {
        let read = body.input_leaves.iter().map(|part| part.place);
        let read: BTreeSet<_> = read.chain(body.handed_on.iter().map(|handed_on| handed_on.input)).collect();
        for (place, input) in self.inputs.iter_mut().enumerate() {
            if input.passing == Passing::Mutable && input.structure.is_some() {
                input.read = read.contains(&place);
            }
        }
    }

    /// Notes which parameters turned out to be enums.
    pub fn find_choices(&mut self, choices: &BTreeSet<usize>) {
        for &place in choices {
            self.inputs[place].is_choice = true;
            self.inputs[place].ty = CHOICE;
        }
    }

    /// Whether a parameter or a result is a struct.
    #[must_use]
    pub fn has_structures(&self) -> bool {
        self.inputs.iter().any(|input| input.structure.is_some())
            || self.outputs.iter().any(|output| output.structure.is_some())
    }

    /// Whether what is compiled is a function of fields: of structs, or a method.
    #[must_use]
    pub fn is_split(&self) -> bool {
        self.has_structures() || self.itself.is_some()
    }

    /// Whether callers have no chain rule for it.
    #[must_use]
    pub fn is_called_by_nobody(&self) -> bool {
        self.has_slices() || self.is_split()
    }

    /// Whether a length is known at run time only.
    #[must_use]
    pub fn has_slices(&self) -> bool {
        self.inputs.iter().any(|input| input.ty.is_slice())
    }

    /// The positions of the inputs whose lengths, or values, are the sizes that `…_workspace` takes.
    pub fn sizes(&self) -> impl Iterator<Item = usize> {
        let is_size = |input: &Input| input.ty.is_slice() || input.ty == Type::Int(Int::Usize);
        self.inputs.iter().enumerate().filter(move |(_, input)| is_size(input)).map(|(place, _)| place)
    }

    /// Of these, those of what generated functions take: what the metadata counts. The others' lengths
    /// follow from them.
    pub fn taken_sizes(&self) -> impl Iterator<Item = usize> {
        self.sizes().filter(|&place| self.inputs[place].is_taken())
    }

    /// The positions of the differentiable inputs.
    pub fn differentiable(&self) -> impl Iterator<Item = usize> {
        self.inputs.iter().enumerate().filter(|(_, input)| input.is_differentiable()).map(|(place, _)| place)
    }
}

/// A type without the parentheses around it, or those that a macro's fragment has.
pub(super) fn bare(ty: &syn::Type) -> &syn::Type {
    match ty {
        syn::Type::Paren(inner) => bare(&inner.elem),
        syn::Type::Group(inner) => bare(&inner.elem),
        ty => ty,
    }
}

/// An expression without the parentheses around it, or those that a macro's fragment has.
pub(super) fn bare_expression(expression: &syn::Expr) -> &syn::Expr {
    match expression {
        syn::Expr::Paren(inner) => bare_expression(&inner.expr),
        syn::Expr::Group(inner) => bare_expression(&inner.expr),
        expression => expression,
    }
}
