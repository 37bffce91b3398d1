//! The function's signature: inputs, outputs, their types and names.

use std::collections::BTreeSet;
use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{FnArg, ItemFn, Pat, ReturnType};

use super::context::{Context, renamed};
use super::generics::{self, Parameter};
use super::names::plain;
use super::{Attribute, Body, attribute};
use crate::diagnostics::Diagnostics;
use crate::ir::{Graph, Int, Scalar, Symbol, Type};

/// What an enum is outside of Rust: the number of a variant.
const CHOICE: Type = Type::Int(Int::I32);

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

pub(super) struct Reader<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) scalar: Option<(Scalar, Ident)>,
    pub(super) symbols: Vec<(Symbol, TokenStream)>,
    pub(super) generics: Vec<Ident>,
    /// The type parameter, and what it is as a scalar type.
    pub(super) parameter: Option<(Parameter, Scalar)>,
    /// The position of the input whose type is read, while there is one.
    pub(super) place: Option<usize>,
    pub(super) failed: bool,
    pub(super) context: Rc<Context>,
    /// The path of the crate `gradgen`.
    pub(super) runtime: TokenStream,
    /// What `Self` means, of a method.
    pub(super) itself: Option<syn::Path>,
}

impl Reader<'_> {
    pub(super) fn fail(&mut self, at: impl ToTokens, message: impl Into<String>) {
        self.diagnostics.error(at, message);
        self.failed = true;
    }

    fn refuse_qualifiers(&mut self, item: &ItemFn) {
        let sig = &item.sig;
        if let Some(token) = &sig.asyncness {
            self.fail(token, "an `async` function has no derivative");
        }
        if let syn::Safety::Unsafe(token) = &sig.safety {
            self.fail(token, "an `unsafe` function is not understood: its siblings would be safe to call");
        }
        if let Some(dots) = &sig.variadic {
            self.fail(dots, "a variadic function has no derivative");
        }
    }

    fn read_generics(&mut self, item: &ItemFn) {
        let read = generics::read(&item.sig.generics, &self.context, self.diagnostics);
        self.failed |= read.failed;
        self.generics = read.lengths;
        self.parameter = read.parameter.map(|parameter| {
            let symbol = self.symbol(parameter.ident.to_token_stream());
            (parameter, Scalar::Generic(symbol))
        });
    }

    pub(super) fn names_parameter(&self, path: &syn::Path) -> bool {
        self.parameter.as_ref().is_some_and(|(parameter, _)| path.is_ident(&parameter.ident))
    }

    fn refuse_unused_parameter(&mut self, scalar: Scalar) {
        if let Some((parameter, ty)) = &self.parameter
            && *ty != scalar
            && !self.failed
        {
            let ident = parameter.ident.clone();
            let message = format!(
                "a type parameter is understood as the function's scalar type, and no input or output is of type \
                 `{ident}`"
            );
            self.fail(&ident, message);
        }
    }

    fn input(&mut self, argument: &FnArg, place: usize) -> Option<Input> {
        let own;
        let argument = match argument {
            FnArg::Typed(argument) => argument,
            // What a method of a block with the attribute was made into.
            FnArg::Receiver(receiver) => match &receiver.kind {
                syn::ReceiverKind::Typed(colon, ty) if self.itself.is_some() => {
                    own = receiver_pattern(receiver, *colon, ty);
                    &own
                }
                _ => {
                    self.fail(
                        argument,
                        "a method is understood in a block with `#[gradgen]`: `#[gradgen] impl S { … }`",
                    );
                    return None;
                }
            },
        };
        let (ty, passing) = match bare(&argument.ty) {
            syn::Type::Reference(reference) if reference.mutability.is_some() => {
                (&*reference.elem, Passing::Mutable)
            }
            syn::Type::Reference(reference) => (&*reference.elem, Passing::Shared),
            ty => (ty, Passing::Value),
        };
        let structure = self.structure(ty);
        let is_choice = structure.as_ref().is_some_and(|ty| self.is_enum(ty));
        let ty = match &structure {
            Some(_) if is_choice => CHOICE,
            Some(structure) => self.flat_type(structure),
            None => self.ty(ty, passing != Passing::Mutable)?,
        };
        let ident = self.parameter_name(&argument.pat, place)?;
        if passing == Passing::Mutable && !ty.is_differentiable() {
            self.fail(
                &argument.ty,
                "a `&mut` parameter is an output, and outputs are floats or arrays of them",
            );
        }
        let pattern = (*argument.pat).clone();
        Some(Input {
            state: false,
            ident,
            pattern,
            ty,
            passing,
            default: None,
            rename: None,
            structure,
            is_choice,
            is_split: false,
            read: false,
        })
    }

    fn parameter_name(&mut self, pattern: &Pat, place: usize) -> Option<Ident> {
        match pattern {
            Pat::Ident(ident) if ident.subpat.is_none() && ident.by_ref.is_none() => {
                Some(ident.ident.clone())
            }
            Pat::Wild(wild) => Some(Ident::new(&format!("unused_{place}"), wild.underscore_token.span)),
            Pat::Paren(inner) => self.parameter_name(&inner.pat, place),
            Pat::Reference(inner) => self.parameter_name(&inner.pat, place),
            Pat::Slice(slice) => {
                let names: Option<Vec<_>> =
                    slice.elems.iter().map(|element| self.parameter_name(element, place)).collect();
                let names = names?;
                let joined = names.iter().map(plain).collect::<Vec<_>>().join("_");
                names.first().map(|first| format_ident!("{joined}", span = first.span()))
            }
            Pat::Tuple(tuple) => {
                let names: Option<Vec<_>> =
                    tuple.elems.iter().map(|element| self.parameter_name(element, place)).collect();
                let names = names?;
                let joined = names.iter().map(plain).collect::<Vec<_>>().join("_");
                names.first().map(|first| format_ident!("{joined}", span = first.span()))
            }
            Pat::Struct(pattern) => Some(name_of_type(&pattern.path)),
            Pat::TupleStruct(pattern) => Some(name_of_type(&pattern.path)),
            other => {
                self.fail(other, "a parameter is a name or an array of names, like `x` or `[x, y]`");
                None
            }
        }
    }

    /// The returned outputs, and whether they are a tuple.
    fn outputs(&mut self, output: &ReturnType) -> (Vec<Output>, bool) {
        let ReturnType::Type(_, ty) = output else { return (vec![], false) };
        let ty = Wrapper::of(ty).map_or(&**ty, |(_, inner)| inner);
        match bare(ty) {
            syn::Type::Tuple(tuple) => {
                let outputs = tuple.elems.iter().filter_map(|element| self.returned(element)).collect();
                (outputs, !tuple.elems.is_empty())
            }
            ty => (self.returned(ty).into_iter().collect(), false),
        }
    }

    fn returned(&mut self, ty: &syn::Type) -> Option<Output> {
        let structure = self.structure(ty);
        if structure.as_ref().is_some_and(|ty| self.is_enum(ty)) {
            self.fail(
                ty,
                "an enum is no output: outputs are floats, arrays of them, and structs or tuples of these",
            );
            return None;
        }
        let ty = match &structure {
            Some(structure) => self.flat_type(structure),
            None => self.ty(ty, false)?,
        };
        Some(Output { name: String::new(), ty, parameter: None, structure })
    }
}

fn receiver_pattern(receiver: &syn::Receiver, colon_token: syn::Token![:], ty: &syn::Type) -> syn::PatType {
    let pattern = syn::PatIdent {
        attrs: vec![],
        by_ref: None,
        mutability: receiver.mutability,
        ident: Ident::new("self", receiver.self_token.span),
        subpat: None,
    };
    syn::PatType { attrs: vec![], pat: Box::new(Pat::Ident(pattern)), colon_token, ty: Box::new(ty.clone()) }
}

/// What a parameter is called that is taken apart: `LinkLengths` gives `link_lengths`.
fn name_of_type(path: &syn::Path) -> Ident {
    let last = path.segments.last().map_or_else(|| format_ident!("structure"), |last| last.ident.clone());
    let mut name = String::new();
    for letter in plain(&last).chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    format_ident!("{name}", span = last.span())
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

/// Names that were made from patterns give way to names that are the user's own.
fn keep_apart(inputs: &mut [Input]) {
    for place in 0..inputs.len() {
        if matches!(inputs[place].pattern, Pat::Ident(_)) {
            continue;
        }
        let taken = |name: &Ident| {
            let mut others = inputs.iter().enumerate().filter(|(other, _)| *other != place);
            others.any(|(_, input)| input.name() == plain(name))
        };
        let mut name = inputs[place].ident.clone();
        while taken(&name) {
            name = format_ident!("{name}_", span = name.span());
        }
        inputs[place].ident = name;
    }
}

/// Outputs that are returned are called what `outputs(…)` says, else `y`, or `y0`, `y1`, ….
fn name_outputs(
    outputs: &mut [Output],
    attribute: &Attribute,
    inputs: &[Input],
    diagnostics: &mut Diagnostics,
) {
    let returned = outputs.iter().filter(|output| output.parameter.is_none()).count();
    if let Some(names) = &attribute.outputs {
        let all = names.len() == outputs.len();
        if names.len() != returned && !all {
            let at = names.last().map_or_else(TokenStream::new, ToTokens::to_token_stream);
            let message = format!("{} names for {returned} returned outputs", names.len());
            diagnostics.error(at, message);
        }
        for (place, name) in names.iter().enumerate() {
            if names[..place].iter().any(|known| known == name) {
                diagnostics.error(name, format!("two outputs are called `{name}`"));
            }
            let mut name = plain(name);
            while outputs.iter().take(place).any(|output| output.name == name) {
                name.push('_');
            }
            if let Some(output) = outputs.get_mut(place) {
                output.name = name;
            }
        }
    } else {
        for (place, output) in outputs.iter_mut().take(returned).enumerate() {
            output.name = if returned == 1 { "y".to_owned() } else { format!("y{place}") };
        }
    }
    // An output may not be called what an input of the same call is called.
    for output in outputs.iter_mut().filter(|output| output.parameter.is_none()) {
        while inputs.iter().any(|input| input.name() == output.name) {
            output.name.push('_');
        }
    }
}

fn apply_options(attribute: &Attribute, inputs: &mut [Input], diagnostics: &mut Diagnostics) {
    apply_states(attribute, inputs, diagnostics);
    for (name, literal) in &attribute.defaults {
        match inputs.iter_mut().find(|input| input.ident == *name) {
            None => diagnostics.error(name, unknown_input(name, inputs)),
            Some(input) if input.default.is_some() => {
                diagnostics.error(name, format!("`{name}` has two defaults"));
            }
            Some(input) => match default_value(&input.ty, literal) {
                Some(default) => input.default = Some(default),
                None => diagnostics.error(&literal.literal, format!("this is no value of `{name}`")),
            },
        }
    }
    // The default of a state is what it begins with.
    if let Some(place) = inputs.iter().position(|input| input.default.is_some() && !input.state)
        && let Some(later) =
            inputs[place..].iter().find(|input| input.default.is_none() && input.passing != Passing::Mutable)
    {
        let message = format!(
            "`{}` has no default and follows `{}`, which has one: callers could not leave it out",
            later.ident, inputs[place].ident
        );
        let at = later.ident.clone();
        diagnostics.error(at, message);
    }
    for (name, rename) in &attribute.renames {
        let value = rename.value();
        if syn::parse_str::<Ident>(&value).is_err() {
            diagnostics.error(rename, "a name is an identifier");
        }
        if inputs.iter().any(|input| input.rename.as_deref().unwrap_or(&input.name()) == value) {
            diagnostics.error(rename, format!("another input is called `{value}`"));
        }
        match inputs.iter_mut().find(|input| input.ident == *name) {
            None => diagnostics.error(name, unknown_input(name, inputs)),
            Some(input) if input.rename.is_some() => {
                diagnostics.error(name, format!("`{name}` is renamed twice"))
            }
            Some(input) => input.rename = Some(value),
        }
    }
}

fn apply_states(attribute: &Attribute, inputs: &mut [Input], diagnostics: &mut Diagnostics) {
    for name in &attribute.states {
        match inputs.iter_mut().find(|input| input.ident == *name) {
            None => diagnostics.error(name, unknown_input(name, inputs)),
            Some(input) if input.passing != Passing::Mutable => {
                let message =
                    format!("`{name}` is no `&mut` parameter: a state is what a call reads and then writes");
                diagnostics.error(name, message);
            }
            Some(input) if input.state => diagnostics.error(name, format!("`{name}` is named twice")),
            Some(input) => input.state = true,
        }
    }
}

/// The message for a name that no input has.
pub(super) fn unknown_input(name: &Ident, inputs: &[Input]) -> String {
    let names: Vec<_> = inputs.iter().map(|input| format!("`{}`", input.name())).collect();
    format!("no input is called `{name}`: the inputs are {}", names.join(", "))
}

fn default_value(ty: &Type, literal: &attribute::Literal) -> Option<TokenStream> {
    let mut scalar = ty;
    while let Type::Array(element, _) = scalar {
        scalar = element;
    }
    let sign = literal.negative.then(|| quote!(-));
    match (scalar, &literal.literal) {
        (Type::Real, syn::Lit::Float(value)) => {
            let value: f64 = value.base10_parse().ok()?;
            Some(quote!(Real(#sign #value)))
        }
        (Type::Real, syn::Lit::Int(value)) => {
            let value: f64 = value.base10_digits().parse().ok()?;
            Some(quote!(Real(#sign #value)))
        }
        (Type::Int(Int::Usize), syn::Lit::Int(_)) if literal.negative => None,
        (Type::Int(_), syn::Lit::Int(value)) => {
            let value: i64 = value.base10_parse().ok()?;
            Some(quote!(Integer(#sign #value)))
        }
        (Type::Bool, syn::Lit::Bool(value)) => Some(quote!(Bool(#value))),
        _ => None,
    }
}
