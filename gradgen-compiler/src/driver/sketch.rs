//! A function before it is complete.

use quote::{ToTokens, format_ident};
use syn::ItemFn;

use super::chain::chain;
use super::finish::{checked, finish};
use crate::diagnostics::Diagnostics;
use crate::differentiate::{Kind, Part, Sweeps, derive_by, irreversible, products};
use crate::fields::Split;
use crate::frontend::{Attribute, Body, Passing, Sibling, Signature, Unused, plain};
use crate::ir::Graph;
use crate::model::{Chain, Compiled, Function, Leaves, Reverse, ports};
use crate::passes::{derive_sizes, live, tile};

/// What is known of a function before its body.
pub(super) struct Sketch {
    pub(super) item: ItemFn,
    pub(super) attribute: Attribute,
    pub(super) signature: Signature,
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
    pub(super) fn incomplete(self, requests: Vec<Sibling>) -> Function {
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
    pub(super) fn complete_by_fields(
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

    pub(super) fn complete(
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
