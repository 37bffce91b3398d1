//! The pipeline.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident};
use syn::ItemFn;

use crate::conditions::decided_later;
use crate::diagnostics::Diagnostics;
use crate::differentiate::{
    Halves, Kind, Part, Sweeps, adjoints, derive_by, irreversible, products, split, tangents,
};
use crate::emit::{Target, emit, stubs};
use crate::fields::Split;
use crate::frontend::{
    Attribute, Body, Context, Passing, Sibling, Signature, Unused, call_of_companion, lower, plain,
    refuse_attributes, siblings, with_lengths, without_bounds,
};
use crate::ir::{Graph, Op, Value, verify};
use crate::model::{Chain, Compiled, Function, Leaves, Reverse, Sized, ports};
use crate::passes::{
    Refusal, derive_sizes, forget_overwritten, live, merge, normalise, read_first, read_from_before,
    read_from_newest, rotate, size_outputs, tile, with_tapes,
};

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

/// What is known of a function before its body.
struct Sketch {
    item: ItemFn,
    attribute: Attribute,
    signature: Signature,
}

impl Sketch {
    fn primal_request(&self) -> Sibling {
        Sibling {
            name: plain(&self.item.sig.ident),
            span: self.item.sig.ident.span(),
            parts: vec![Part { kind: Kind::Primal, wrt: vec![] }],
            bundle: false,
        }
    }

    /// Without graphs: for the signatures of the siblings.
    fn incomplete(self, requests: Vec<Sibling>) -> Function {
        let compiled = |sibling: Sibling| {
            let (products, tangents, cotangents) = products(&sibling.parts, self.signature.outputs.len());
            let (inputs, outputs) = ports(&self.signature, &sibling.parts, &tangents, &cotangents, &products);
            let graph = Graph::new(self.signature.scalar);
            let Sibling { name, span, parts, bundle } = sibling;
            Compiled { name, span, parts, bundle, inputs, outputs, products, graph }
        };
        let primal = compiled(self.primal_request());
        let siblings = requests.into_iter().map(compiled).collect();
        let empty = || Graph::new(self.signature.scalar);
        let reverse = Some(Reverse {
            forward: empty(),
            forward_jvp: empty(),
            reverse: empty(),
            reverse_jvp: empty(),
            stored: vec![],
        });
        let chain = Some(Chain { jvp: empty(), reverse });
        let symbols = self.signature.symbols.iter().map(|(_, tokens)| tokens.clone()).collect();
        let uses = vec![true; self.signature.inputs.len()];
        let Self { item, attribute, signature } = self;
        let (derived, items, traits) = (vec![], vec![], vec![]);
        let (errors, bindings) = (vec![], vec![]);
        Function {
            item,
            attribute,
            signature,
            symbols,
            derived,
            items,
            errors,
            bindings,
            traits,
            uses,
            primal,
            siblings,
            chain,
            leaves: None,
            sized: None,
        }
    }

    /// A function of structs: what is compiled is one of their fields.
    fn complete_by_fields(
        self,
        requests: Vec<Sibling>,
        body: Body,
        limit: usize,
        diagnostics: &mut Diagnostics,
    ) -> Function {
        let split = Split::new(&self.signature, &body);
        split.refuse_unknown_fields(&self.signature, diagnostics);
        let by_fields =
            requests.iter().filter_map(|request| split.request(request, &self.signature, diagnostics));
        let by_fields: Vec<_> = by_fields.collect();
        if !diagnostics.is_empty() {
            return self.incomplete(requests);
        }
        let mut item = self.item.clone();
        let prefix = split.prefix();
        item.sig.ident = format_ident!("{prefix}{}", plain(&item.sig.ident), span = item.sig.ident.span());
        item.vis = syn::Visibility::Inherited;
        let attribute = self.attribute.of_fields();
        let sketch = Self { item, attribute, signature: split.signature.clone() };
        let function = sketch.complete(by_fields, body, limit, diagnostics);
        let mut whole = self.incomplete(requests);
        whole.uses = split.uses(&function.uses, whole.signature.inputs.len());
        whole.chain = None;
        let own = std::iter::once(&mut whole.primal).chain(&mut whole.siblings);
        for (own, leaf) in own.zip(std::iter::once(&function.primal).chain(&function.siblings)) {
            own.graph = leaf.graph.clone();
        }
        whole.symbols = function.symbols.clone();
        whole.derived = function.derived.clone();
        whole.leaves = Some(Box::new(Leaves {
            function,
            inputs: split.inputs,
            outputs: split.outputs,
            handed_on: split.handed_on,
        }));
        whole
    }

    fn complete(
        self,
        requests: Vec<Sibling>,
        body: Body,
        limit: usize,
        diagnostics: &mut Diagnostics,
    ) -> Function {
        let graph = body.graph;
        let forward = |part: &Part| matches!(part.kind, Kind::Primal | Kind::Jvp | Kind::Jacobian);
        if let Some((origin, message)) = irreversible(&graph)
            && !requests.iter().flat_map(|request| &request.parts).all(forward)
        {
            diagnostics.error_at(body.spans[origin as usize], message);
            return self.incomplete(requests);
        }
        // What reverse mode goes back through.
        let mut tiled = if self.attribute.checkpoint { tile(&graph) } else { graph.clone() };
        derive_sizes(&mut tiled);
        checked(&tiled);
        let marks = live(&graph, graph.results(), crate::ir::BODY);
        let depends: Vec<bool> = graph.inputs().iter().map(|input| marks[input.index()]).collect();
        self.report_unused(&depends, diagnostics);
        let custom = self.attribute.custom.as_ref();
        let sweeps =
            custom.map_or(Sweeps::Any, |custom| match (custom.forward(&self.signature), custom.reverse()) {
                (None, _) => Sweeps::Reverse,
                (_, None) => Sweeps::Forward,
                _ => Sweeps::Any,
            });
        let mut compiled = |sibling: Sibling| {
            let source = if sibling.parts.iter().all(forward) { &graph } else { &tiled };
            let mut derived = derive_by(source, &sibling.parts, sweeps);
            derived.graph = finish(&derived.graph);
            if derived.graph.len() > limit.saturating_mul(50) {
                let message = format!(
                    "`{}` has {} operations: raise the limit with `limit = …`",
                    sibling.name,
                    derived.graph.len()
                );
                diagnostics.error_at(sibling.span, message);
            }
            if let Some(custom) = custom
                && let Some(missing) = custom.missing(&derived.graph, &self.signature)
            {
                diagnostics.error_at(sibling.span, format!("`{}` {missing}", sibling.name));
            }
            Compiled::new(sibling, derived, &self.signature)
        };
        let primal = compiled(self.primal_request());
        let siblings = requests.into_iter().map(&mut compiled).collect();
        // A result whose length only run time knows can't be returned to a caller's chain rule.
        let is_read = custom.is_none() && !self.signature.has_slices() && !self.signature.is_of_fields;
        let chain = is_read.then(|| chain(&graph, &tiled, &self.signature));
        let Self { item, attribute, signature } = self;
        Function {
            item,
            attribute,
            signature,
            symbols: body.symbols,
            derived: tiled.derived().to_vec(),
            items: body.items,
            errors: body.errors,
            bindings: body.bindings,
            traits: body.traits,
            uses: depends,
            primal,
            siblings,
            chain,
            leaves: None,
            sized: None,
        }
    }

    fn report_unused(&self, depends: &[bool], diagnostics: &mut Diagnostics) {
        if self.attribute.unused != Unused::Error {
            return;
        }
        for (input, used) in self.signature.inputs.iter().zip(depends) {
            if !used && input.passing != Passing::Mutable {
                let message = format!("no output depends on `{}`", input.name());
                diagnostics.error(input.ident.to_token_stream(), message);
            }
        }
    }
}

/// A derived graph as it is emitted.
fn finish(graph: &Graph) -> Graph {
    let mut finished = rotate(&gather(graph));
    read_first(&mut finished);
    checked(&finished);
    refuse_unfilled(&finished);
    finished
}

/// A derived graph in which what belongs together is one.
fn gather(graph: &Graph) -> Graph {
    checked(graph);
    let merged = merge(graph);
    checked(&merged);
    let mut finished = normalise(&merged, false, usize::MAX).unwrap_or(merged);
    read_from_newest(&mut finished);
    checked(&finished);
    finished
}

/// A tape that is read and that nobody fills would be a derivative that is silently wrong: in every
/// build the macro stops.
fn refuse_unfilled(graph: &Graph) {
    let marks = live(graph, graph.results(), crate::ir::BODY);
    for value in (0..graph.len()).filter(|&place| marks[place]).map(|place| graph.value(place)) {
        let node = graph.node(value);
        let is_scratch = |value: &Value| matches!(graph.node(*value).op, Op::Scratch(..));
        let reads = !matches!(node.op, Op::For(_) | Op::Set) && node.args.iter().any(is_scratch);
        assert!(!reads, "{value} reads a tape that nobody fills, in\n{graph}");
    }
    let read = graph.results().iter().any(|result| matches!(graph.node(*result).op, Op::Scratch(..)));
    assert!(!read, "a tape that nobody fills is a result, in\n{graph}");
}

/// The verifier runs after every pass of a debug build.
fn checked(graph: &Graph) {
    if cfg!(debug_assertions)
        && let Err(broken) = verify(graph)
    {
        panic!("{broken}, in\n{graph}");
    }
}

/// The functions that callers' chain rules call.
fn chain(primal: &Graph, tiled: &Graph, signature: &Signature) -> Chain {
    let inputs: Vec<Value> = primal.inputs().to_vec();
    let outputs: Vec<Value> = primal.results().to_vec();
    let wrt: Vec<Value> = signature.differentiable().map(|place| inputs[place]).collect();
    let new_inputs = |graph: &mut Graph, like: &[Value]| -> Vec<Value> {
        like.iter().map(|&value| graph.input(primal.ty(value))).collect()
    };
    let full = |graph: &mut Graph, found: Vec<Option<Value>>, like: &[Value]| -> Vec<Value> {
        found
            .into_iter()
            .zip(like)
            .map(|(value, &like)| value.unwrap_or_else(|| graph.zeros_like(like)))
            .collect()
    };
    let pairs = |a: &[Value], b: &[Value]| -> Vec<(Value, Value)> {
        a.iter().copied().zip(b.iter().copied()).collect()
    };

    let mut jvp = primal.clone();
    let moves = new_inputs(&mut jvp, &wrt);
    let found = tangents(&mut jvp, &pairs(&wrt, &moves), &outputs);
    let results = full(&mut jvp, found, &outputs);
    jvp.set_results(results);

    let jvp = finish(&jvp);
    if irreversible(primal).is_some() {
        return Chain { jvp, reverse: None };
    }
    Chain { jvp, reverse: Some(halves(tiled, signature)) }
}

/// Reverse mode for callers.
fn halves(primal: &Graph, signature: &Signature) -> Reverse {
    let mut both = with_tapes(primal);
    let outputs: Vec<Value> = both.results().to_vec();
    let wrt: Vec<Value> = signature.differentiable().map(|place| both.inputs()[place]).collect();
    let cotangents: Vec<Value> = outputs.iter().map(|&value| both.input(both.ty(value))).collect();
    let seeds: Vec<_> = outputs.iter().copied().zip(cotangents).collect();
    let found = adjoints(&mut both, &seeds, &wrt);
    let mut results = filled(&mut both, found, &wrt);
    results.extend(&outputs);
    both.set_results(results);
    // What a generic function stores would have a length that callers can't say.
    let Halves { forward, reverse, stored } =
        split(&gather(&both), outputs.len(), outputs.len(), signature.generics.is_empty());
    let own: Vec<_> = signature.differentiable().collect();
    let count = signature.inputs.len();
    let added: Vec<_> = (count..reverse.inputs().len()).collect();
    Reverse {
        forward_jvp: finish(&moved(&forward, &own)),
        reverse_jvp: finish(&moved(&reverse, &[own, added].concat())),
        forward: finish(&forward),
        reverse: finish(&reverse),
        stored,
    }
}

/// The tangents of a graph's results, from tangents of some of its inputs that follow the inputs.
fn moved(graph: &Graph, by: &[usize]) -> Graph {
    let mut graph = graph.clone();
    let results = graph.results().to_vec();
    let seeds: Vec<_> = by
        .iter()
        .map(|&place| {
            let value = graph.inputs()[place];
            (value, graph.input(graph.ty(value)))
        })
        .collect();
    let found = tangents(&mut graph, &seeds, &results);
    let results = filled(&mut graph, found, &results);
    graph.set_results(results);
    graph
}

/// With zeros where there is nothing.
fn filled(graph: &mut Graph, found: Vec<Option<Value>>, like: &[Value]) -> Vec<Value> {
    found
        .into_iter()
        .zip(like)
        .map(|(value, &like)| value.unwrap_or_else(|| graph.zeros_like(like)))
        .collect()
}
