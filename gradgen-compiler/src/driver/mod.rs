//! The pipeline. What becomes of a function that is understood is in `sketch`.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ItemFn;

use self::finish::checked;
use self::sketch::Sketch;
use crate::conditions::decided_later;
use crate::diagnostics::Diagnostics;
use crate::emit::{Target, emit, stubs};
use crate::frontend::{
    Attribute, Body, Context, Signature, call_of_companion, lower, refuse_attributes, siblings, with_lengths,
    without_bounds,
};
use crate::model::{Function, Sized};
use crate::passes::{Refusal, forget_overwritten, normalise, read_from_before, size_outputs};

mod chain;
mod finish;
mod sketch;

/// As many nodes may a function's graph have; `limit = …` raises it.
const LIMIT: usize = 20_000;

/// What `#[gradgen(attribute)]` makes of a function of which is known what is around it.
#[must_use]
pub(crate) fn expand_function(
    attribute: &TokenStream,
    item: TokenStream,
    target: Target,
    context: &Rc<Context>,
) -> TokenStream {
    let here = |item: TokenStream| expand_function(attribute, item, target, context);
    let in_module: Option<&dyn Fn(TokenStream) -> TokenStream> =
        if context.is_empty() { None } else { Some(&here) };
    if let Some(later) = decided_later(attribute, &item, in_module) {
        return later;
    }
    let mut diagnostics = Diagnostics::default();
    match compile_in(attribute.clone(), item.clone(), context, &mut diagnostics) {
        Outcome::Understood(function) if diagnostics.is_empty() => emit(&function, target),
        Outcome::Understood(function) => [diagnostics.finish(), stubs(&function)].into_iter().collect(),
        Outcome::Refused => {
            let item = without_bounds(&item).unwrap_or(item);
            [diagnostics.finish(), item].into_iter().collect()
        }
    }
}

/// How far a function was understood.
pub enum Outcome {
    /// Signature and requests at least; everything, if there is no error.
    Understood(Box<Function>),
    /// Not even the signature.
    Refused,
}

/// Attribute and function to the model, with the graphs of all siblings.
pub fn compile(attribute: TokenStream, item: TokenStream, diagnostics: &mut Diagnostics) -> Outcome {
    compile_in(attribute, item, &Rc::default(), diagnostics)
}

/// As [`compile`], of a method of a type.
pub(crate) fn compile_method(
    attribute: TokenStream,
    item: TokenStream,
    ty: &Ident,
    context: &Rc<Context>,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    compile_as(attribute, item, Some(ty.clone().into()), context, diagnostics)
}

/// As [`compile`], of an item of which is known what is around it.
fn compile_in(
    attribute: TokenStream,
    item: TokenStream,
    context: &Rc<Context>,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    compile_as(attribute, item, None, context, diagnostics)
}

fn compile_as(
    attribute: TokenStream,
    item: TokenStream,
    itself: Option<syn::Path>,
    context: &Rc<Context>,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    let bare = without_bounds(&item);
    let item: ItemFn = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => {
            diagnostics.error_at(error.span(), format!("`#[gradgen]` stands on functions: {error}"));
            return Outcome::Refused;
        }
    };
    let sized = with_lengths(&item).map(|(sized, lengths)| (attribute.clone(), sized, lengths));
    let mut attribute = Attribute::parse(attribute, diagnostics);
    attribute.context = context.with_types(&attribute.types);
    attribute.itself = itself;
    let outcome = compile_item(attribute, item, bare, diagnostics);
    match (outcome, sized) {
        (Outcome::Understood(mut function), Some((attribute, item, lengths))) if diagnostics.is_empty() => {
            function.sized = for_callers(attribute, item, lengths, context);
            Outcome::Understood(function)
        }
        (outcome, _) => outcome,
    }
}

/// A function of slices as callers see it: with arrays of any length in their place. There may be none.
fn for_callers(
    attribute: TokenStream,
    item: ItemFn,
    lengths: Vec<Ident>,
    context: &Rc<Context>,
) -> Option<Box<Sized>> {
    let mut unread = Diagnostics::default();
    let mut attribute = Attribute::parse(attribute, &mut unread);
    attribute.context = context.with_types(&attribute.types);
    attribute.requests.clear();
    let bare = without_bounds(&item.to_token_stream());
    let outcome = compile_item(attribute, item, bare, &mut unread);
    match outcome {
        Outcome::Understood(function) if unread.is_empty() && function.chain.is_some() => {
            Some(Box::new(Sized { function: *function, lengths }))
        }
        _ => None,
    }
}

/// As [`compile`], of what is parsed; with the item without what rustc is not to see.
fn compile_item(
    attribute: Attribute,
    mut item: ItemFn,
    bare: Option<TokenStream>,
    diagnostics: &mut Diagnostics,
) -> Outcome {
    refuse_attributes(&mut item, diagnostics);
    let Some(mut signature) = Signature::parse(&item, &attribute, diagnostics) else {
        return Outcome::Refused;
    };
    let limit = attribute.limit.unwrap_or(LIMIT);
    let body = match &attribute.custom {
        Some(custom) => {
            if signature.has_structures() {
                let message = "own derivatives of a function of structs are not understood: give it arrays";
                diagnostics.error(&item.sig.inputs, message);
            }
            custom.check(&item, &attribute, &signature, diagnostics);
            diagnostics.is_empty().then(|| call_of_companion(&item, &signature))
        }
        None => lower(&item, &signature, diagnostics),
    };
    let mut body = body.and_then(|body| simplify(body, limit, diagnostics));
    if let Some(Ok(bare)) = bare.map(syn::parse2::<ItemFn>) {
        item.block = bare.block;
    }
    if let Some(body) = &mut body {
        size_outputs(&mut body.graph);
        let graph = forget_overwritten(&body.graph);
        // What was only handed on is dead now.
        body.graph = normalise(&graph, false, usize::MAX).unwrap_or(graph);
        checked(&body.graph);
        signature.find_read(&body.graph);
        signature.find_read_fields(body);
        signature.check_states(&attribute, diagnostics);
        signature.find_choices(&body.choices());
    }
    if body.is_none() && diagnostics.is_empty() {
        // Nothing may be emitted of what was given up on without a word.
        diagnostics.error(&item.sig.ident, "the body of this function is not understood");
    }
    let requests = siblings(&item.sig.ident, &attribute, &signature, diagnostics);
    let sketch = Sketch { item, attribute, signature };
    Outcome::Understood(Box::new(match body {
        Some(body) if diagnostics.is_empty() && sketch.signature.is_split() => {
            sketch.complete_by_fields(requests, body, limit, diagnostics)
        }
        Some(body) if diagnostics.is_empty() => sketch.complete(requests, body, limit, diagnostics),
        _ => sketch.incomplete(requests),
    }))
}

/// Writes short loops out and removes what is dead.
fn simplify(body: Body, limit: usize, diagnostics: &mut Diagnostics) -> Option<Body> {
    match normalise(&body.graph, true, limit) {
        Ok(mut graph) => {
            read_from_before(&mut graph);
            // What is read now may be known.
            let graph = normalise(&graph, false, usize::MAX).unwrap_or(graph);
            let body = Body { graph, ..body };
            if !body.refuse_unknown_types(diagnostics) {
                return None;
            }
            checked(&body.graph);
            Some(body)
        }
        Err(refusal) => {
            let (origin, message) = explain(&refusal, limit);
            diagnostics.error_at(body.spans[origin as usize], message);
            None
        }
    }
}

fn explain(refusal: &Refusal, limit: usize) -> (u32, String) {
    match refusal {
        Refusal::Bounds { origin, index, length, array } => {
            (*origin, format!("index {index} is outside of `{array}`, which has {length} elements"))
        }
        Refusal::Limit { origin } => (
            *origin,
            format!(
                "the function has more than {limit} operations with its loops written out: raise the limit with \
                 `limit = …`, or make it smaller"
            ),
        ),
        Refusal::Zero { origin } => (*origin, "an integer division by zero".to_owned()),
    }
}
