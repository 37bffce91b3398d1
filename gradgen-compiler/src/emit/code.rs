//! Statements: a region's nodes as `let` and assignments, and calls.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Target;
use super::memory::{Buffer, has_memory, is_large_array};
use super::names::Names;
use super::types::{Types, tuple};
use super::windows::Window;
use crate::ir::{BODY, Graph, Length, Node, Op, RegionId, Type, Value};
use crate::passes::live;
use crate::schedule::Schedule;

/// How an input of the graph is reached in the code.
pub(super) struct Argument {
    pub(super) ident: Ident,
    pub(super) by_reference: bool,
}

/// Code of one function.
pub(super) struct Code<'a> {
    pub(super) graph: &'a Graph,
    pub(super) types: Types<'a>,
    pub(super) target: Target,
    pub(super) runtime: &'a TokenStream,
    pub(super) arguments: Vec<Argument>,
    pub(super) schedule: Schedule,
    /// Whether the function returns a `Result`.
    pub(super) fallible: bool,
    /// Whether what the sizes have to fulfil was checked before.
    pub(super) conditions_are_checked: bool,
    /// What has memory that is given to the code.
    pub(super) buffers: BTreeMap<Value, Buffer>,
    pub(super) names: Names,
    /// The variables that are references to a row of a tape.
    pub(super) views: BTreeSet<Value>,
    /// What is cut out of slices for the loops that are open.
    pub(super) windows: Vec<Window>,
    /// The callees that have been checked to be the functions that are meant.
    pub(super) identified: BTreeSet<u32>,
    pub(super) bound: Vec<Option<Ident>>,
}

/// The tokens of a path and call at another place; what is in the parentheses stays.
pub(super) fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span.resolved_at(token.span()));
            token
        })
        .collect()
}

/// Whether a function's code can refuse a call by itself.
pub(super) fn can_fail(graph: &Graph) -> bool {
    can_fail_otherwise(graph) || is_undefined(graph)
}

/// Whether it can for another reason than that the function yields `None` or an error.
pub(super) fn can_fail_otherwise(graph: &Graph) -> bool {
    graph.conditions().iter().any(|condition| !condition.is_static())
        || some_live(graph, |node| match node.op {
            Op::NonZero | Op::Ended(_) => true,
            Op::Demand => graph.as_int(node.args[1]) == Some(0),
            // Rustc checks what it knows.
            Op::Check(ref length, _) => !(graph.is_static(node.args[0]) && length.is_static()),
            _ => false,
        })
}

/// Whether it can because the function yields `None` or an error.
pub(super) fn is_undefined(graph: &Graph) -> bool {
    some_live(graph, |node| node.op == Op::Demand && graph.as_int(node.args[1]) != Some(0))
}

/// Whether there is such a node among those that are needed.
pub(super) fn some_live(graph: &Graph, found: impl Fn(&Node) -> bool) -> bool {
    let marks = live(graph, graph.results(), BODY);
    (0..graph.len()).filter(|&place| marks[place]).any(|place| found(graph.node(graph.value(place))))
}

impl<'a> Code<'a> {
    pub(super) fn new(
        graph: &'a Graph,
        types: Types<'a>,
        target: Target,
        runtime: &'a TokenStream,
        arguments: Vec<Argument>,
        fallible: bool,
        outputs: &[Ident],
        in_place: bool,
    ) -> Self {
        let names = Names::beside(arguments.iter().map(|argument| &argument.ident).chain(outputs));
        let mut code = Self {
            graph,
            types,
            target,
            runtime,
            arguments,
            schedule: Schedule::new(graph),
            fallible,
            conditions_are_checked: false,
            buffers: BTreeMap::new(),
            names,
            views: BTreeSet::new(),
            windows: vec![],
            identified: BTreeSet::new(),
            bound: vec![None; graph.len()],
        };
        code.find_memory(outputs, in_place);
        code
    }

    /// Finds what needs memory, and takes the outputs for it where they are what becomes of it.
    fn find_memory(&mut self, outputs: &[Ident], in_place: bool) {
        let graph = self.graph;
        for (place, (&result, ident)) in graph.results().iter().zip(outputs).enumerate() {
            let root = self.schedule.storage(result);
            let ty = graph.node(root).ty.clone();
            let fits = (ty.is_slice() && has_memory(graph, &self.schedule, root))
                || (in_place && is_large_array(graph, &self.schedule, root));
            if fits && !self.buffers.contains_key(&root) {
                self.buffers.insert(root, Buffer { ident: ident.clone(), ty, output: Some(place) });
            }
        }
        for value in (0..graph.len()).map(|place| graph.value(place)) {
            if has_memory(graph, &self.schedule, value) && !self.buffers.contains_key(&value) {
                let node = graph.node(value);
                let after = node.name.map(|name| graph.names[name as usize].as_str());
                let ident = self.names.local(Some(after.unwrap_or("tape")));
                self.buffers.insert(value, Buffer { ident, ty: node.ty.clone(), output: None });
            }
        }
    }

    /// What is to be taken from a workspace, in order.
    pub(super) fn workspace(&self) -> Vec<&Buffer> {
        self.buffers.values().filter(|buffer| buffer.output.is_none()).collect()
    }

    /// Whether some result is written where the output is.
    pub(super) fn has_outputs_in_place(&self) -> bool {
        self.buffers.values().any(|buffer| buffer.output.is_some())
    }

    /// Whether the memory of a result is the output.
    pub(super) fn is_in_place(&self, place: usize) -> bool {
        self.buffer(self.graph.results()[place]).is_some_and(|buffer| buffer.output == Some(place))
    }

    /// For each input of the graph, whether the code mentions it.
    pub(super) fn used_inputs(&self) -> Vec<bool> {
        self.graph.inputs().iter().map(|&input| self.schedule.is_live(input)).collect()
    }

    /// The statements of the body, and the expressions of its results.
    pub(super) fn body(&mut self) -> (TokenStream, Vec<TokenStream>) {
        let iterators = self.uses_iterators().then(|| {
            quote! {
                #[allow(unused_imports)]
                use ::core::iter::Iterator as _;
            }
        });
        let conditions = (!self.conditions_are_checked).then(|| self.conditions());
        let statements = self.region(BODY);
        let results = self.graph.results().to_vec();
        let results = results
            .into_iter()
            .map(|result| if self.graph.node(result).ty.is_slice() { quote!() } else { self.owned(result) })
            .collect();
        (quote!(#conditions #iterators #statements), results)
    }

    /// The checks of what the sizes have to fulfil: by rustc, where it knows them.
    pub(super) fn conditions(&self) -> TokenStream {
        let (runtime, types) = (self.runtime, self.types);
        let checks = self.graph.conditions().iter().map(|condition| {
            let (plus, minus) = condition.margin.parts();
            let (plus, minus) = (types.size(&plus), types.size(&minus));
            let guards = condition.guards.iter().map(|guard| {
                let (more, less) = guard.parts();
                let (more, less) = (types.size(&more), types.size(&less));
                quote!(#more > #less)
            });
            let array = &condition.array;
            if condition.is_static() {
                let message = match condition.length {
                    Some(_) => format!("an index is outside of `{array}`"),
                    None => format!("`{array}` is less than 0"),
                };
                let guards = guards.map(|guard| quote!(!(#guard) ||));
                return quote!(const { ::core::assert!(#(#guards)* #plus >= #minus, #message) };);
            }
            let error = match &condition.length {
                Some(length) => {
                    let expected = types.size(&length.minus(&condition.margin));
                    let length = types.size(length);
                    quote!(#runtime::Error::length(#array, #expected, #length))
                }
                None => quote!(#runtime::Error::value(#array, "0 or more")),
            };
            let failure = self.failure(&error);
            quote!(if #(#guards &&)* #plus < #minus { #failure })
        });
        checks.collect()
    }

    pub(super) fn is_used(&self, value: Value) -> bool {
        self.schedule.is_live(value)
    }

    pub(super) fn region(&mut self, region: RegionId) -> TokenStream {
        let nodes = self.graph.region(region).nodes.clone();
        let mut code = TokenStream::new();
        for value in nodes {
            if self.is_used(value) && !self.schedule.is_inline(value) {
                code.extend(self.statement(value));
            }
        }
        code
    }

    /// A variable for a value.
    pub(super) fn bind(&mut self, value: Value) -> Ident {
        let after = self.graph.node(value).name.map(|name| self.graph.names[name as usize].as_str());
        let ident = self.names.local(after);
        self.bound[value.index()] = Some(ident.clone());
        ident
    }

    /// The variable of a value, where it has one.
    pub(super) fn variable(&self, value: Value) -> Option<&Ident> {
        match self.buffer(value) {
            Some(buffer) => Some(&buffer.ident),
            None => self.bound[self.schedule.storage(value).index()].as_ref(),
        }
    }

    fn statement(&mut self, value: Value) -> TokenStream {
        let graph = self.graph;
        let node = graph.node(value);
        match &node.op {
            Op::Input(_) | Op::Parameter(_) | Op::Project(_) | Op::Scratch(..) => TokenStream::new(),
            Op::Zeros(_) | Op::ZerosLike | Op::Splat(_) if node.ty.is_slice() => TokenStream::new(),
            Op::Get if graph.node(node.args[0]).ty.is_slice() => self.get_of_slice(value, node),
            Op::Set if node.ty.is_slice() => self.set_of_slice(value, node),
            Op::Sum if node.ty.is_slice() => self.sum_of_slices(value, node),
            Op::Hold => self.hold(value, node),
            Op::Get if self.is_view(value, node) => {
                let row = self.operation(value);
                let ident = self.bind(value);
                self.views.insert(value);
                quote!(let #ident = &#row;)
            }
            Op::Sum if self.schedule.storage(value) != value => {
                let sum = self.operation(value);
                let star = self.buffer(value).map(|_| quote!(*));
                let ident = self.variable(value);
                quote!(#star #ident = #sum;)
            }
            Op::If => self.branch(value, node),
            Op::For(walk) => self.repeat(value, node, *walk),
            Op::Call(call) => self.call(value, node, call),
            Op::Set => self.set(value, node),
            Op::Check(length, array) => self.check(value, node, length, array),
            Op::Ended(limit) => {
                let going = self.expression(node.args[0]);
                let (runtime, limit) = (self.runtime, self.types.length(limit));
                let failure = self.failure(&quote!(#runtime::Error::bound(#limit as u64)));
                quote!(if #going { #failure })
            }
            Op::Demand => {
                let (holds, reason) = (node.args[0], self.expression(node.args[1]));
                let missing = match self.graph.node(holds).op {
                    Op::Not => self.expression(self.graph.node(holds).args[0]),
                    _ => {
                        let holds = self.expression(holds);
                        quote!(!(#holds))
                    }
                };
                let runtime = self.runtime;
                let failure = self.failure(&quote!(#runtime::Error::undefined(#reason)));
                quote!(if #missing { #failure })
            }
            Op::NonZero => {
                let operand = self.expression(node.args[0]);
                let ident = self.bind(value);
                let runtime = self.runtime;
                let failure = self.failure(&quote!(#runtime::Error::value("division", "not zero")));
                quote!(let #ident = #operand; if #ident == 0 { #failure })
            }
            op => {
                let literal = |&value: &Value| matches!(graph.node(value).op, Op::Real(_) | Op::Int(_));
                let annotated = (matches!(op, Op::Select | Op::Splat(_) | Op::Zeros(_))
                    || (*op == Op::Array && node.args.iter().all(literal)))
                    && node.ty.is_known();
                let expression = self.operation(value);
                let mutable = self.schedule.is_mutated(value).then(|| quote!(mut));
                let ident = self.bind(value);
                let ty = annotated.then(|| {
                    let ty = self.types.ty(&node.ty);
                    quote!(: #ty)
                });
                quote!(let #mutable #ident #ty = #expression;)
            }
        }
    }

    /// Leaves the function with an error.
    pub(super) fn failure(&self, error: &TokenStream) -> TokenStream {
        debug_assert!(self.fallible, "only a function that returns a result can refuse a call");
        quote!(return ::core::result::Result::Err(#error);)
    }

    fn check(&mut self, value: Value, node: &Node, length: &Length, array: &str) -> TokenStream {
        let known = self.graph.is_static(node.args[0]) && length.is_static();
        let (runtime, length) = (self.runtime, self.types.length(length));
        if known {
            let operand = self.static_expression(node.args[0]);
            let message = format!("an index is outside of `{array}`");
            let ident = self.bind(value);
            return quote! {
                const { ::core::assert!(#operand < #length, #message) };
                let #ident = #operand;
            };
        }
        let operand = self.expression(node.args[0]);
        let ident = self.bind(value);
        let failure = self.failure(&quote!(#runtime::Error::index(#array, #length, #ident)));
        quote!(let #ident = #operand; if #ident >= #length { #failure })
    }

    /// An integer that rustc knows, without a variable in it.
    fn static_expression(&self, value: Value) -> TokenStream {
        let node = self.graph.node(value);
        let method = match &node.op {
            Op::Int(value) => {
                let literal = Literal::i128_unsuffixed(*value);
                return quote!((#literal as usize));
            }
            Op::Constant(symbol) => {
                let tokens = &self.types.symbols[*symbol as usize];
                return quote!((#tokens));
            }
            Op::Length(length) => {
                let tokens = self.types.length(length);
                return quote!((#tokens));
            }
            Op::Add => "wrapping_add",
            Op::Sub => "wrapping_sub",
            _ => "wrapping_mul",
        };
        let (a, b) = (self.static_expression(node.args[0]), self.static_expression(node.args[1]));
        let method = Ident::new(method, Span::call_site());
        quote!(#a.#method(#b))
    }

    fn set(&mut self, value: Value, node: &Node) -> TokenStream {
        let (array, element) = (node.args[0], node.args[1]);
        let indices: Vec<_> = node.args[2..].iter().map(|&index| self.expression(index)).collect();
        if self.schedule.storage(value) == value {
            let base = self.owned(array);
            let element = self.owned(element);
            if let Some(buffer) = self.buffers.get(&value) {
                let ident = &buffer.ident;
                return quote!(*#ident = #base; #ident #([#indices])* = #element;);
            }
            let ident = self.bind(value);
            return quote!(let mut #ident = #base; #ident #([#indices])* = #element;);
        }
        let element = self.owned(element);
        let ident = self.variable(value).cloned();
        quote!(#ident #([#indices])* = #element;)
    }

    /// The live projections of a node, by place.
    pub(super) fn projections(&self, value: Value, count: usize) -> Vec<Option<Value>> {
        let mut projections = vec![None; count];
        for &(place, projection) in self.graph.projections(value) {
            if self.is_used(projection) {
                projections[place] = Some(projection);
            }
        }
        projections
    }

    /// A pattern that binds projections, with `_` for what nobody uses.
    pub(super) fn pattern(&mut self, projections: &[Option<Value>]) -> TokenStream {
        let names: Vec<_> = projections
            .iter()
            .map(|projection| match projection {
                Some(value) => {
                    let mutable = self.schedule.is_mutated(*value).then(|| quote!(mut));
                    let ident = self.bind(*value);
                    quote!(#mutable #ident)
                }
                None => quote!(_),
            })
            .collect();
        tuple(&names)
    }

    /// Whether a row is only read, and of a tape that nobody writes to while it is: then it is not
    /// copied.
    fn is_view(&self, value: Value, node: &Node) -> bool {
        let tape = self.schedule.storage(node.args[0]);
        matches!(node.ty, Type::Array(..))
            && matches!(self.graph.node(tape).op, Op::Scratch(..))
            && !self.schedule.is_mutated(value)
            && self.graph.node(node.args[0]).region != self.graph.node(value).region
    }

    fn hold(&mut self, value: Value, node: &Node) -> TokenStream {
        if self.schedule.storage(value) != value {
            // It goes on to live where it lives.
            return TokenStream::new();
        }
        if node.ty.is_slice() {
            return self.fill(value, node.args[0]);
        }
        let held = self.owned(node.args[0]);
        let mutable = self.schedule.is_mutated(value).then(|| quote!(mut));
        let ident = self.bind(value);
        quote!(let #mutable #ident = #held;)
    }
}
