//! What inputs and outputs are called, and what the attribute says of them by name.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::Pat;

use super::names::plain;
use super::signature::{Input, Output, Passing};
use super::{Attribute, attribute};
use crate::diagnostics::Diagnostics;
use crate::ir::{Int, Type};

/// Names that were made from patterns give way to names that are the user's own.
pub(super) fn keep_apart(inputs: &mut [Input]) {
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
pub(super) fn name_outputs(
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

pub(super) fn apply_options(attribute: &Attribute, inputs: &mut [Input], diagnostics: &mut Diagnostics) {
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
