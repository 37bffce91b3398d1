//! Forward mode: tangents.

use super::{is_zero, partial, plus, remainder_partial, scale, select};
use crate::ir::{BODY, Call, Graph, Mode, Node, Op, RegionId, Value, Walk};
use crate::passes::{Copier, Marks, Source, live_places, needed};

/// The tangents of `targets`, values of the body, when the `seeds` have theirs. Nothing stands for
/// a tangent that is zero whatever the inputs are. New nodes are put in the current region.
pub fn tangents(graph: &mut Graph, seeds: &[(Value, Value)], targets: &[Value]) -> Vec<Option<Value>> {
    let mut sweep = Forward { tangents: vec![None; graph.len()], visited: vec![false; graph.len()] };
    for &value in graph.inputs() {
        sweep.visited[value.index()] = true;
    }
    for &(value, tangent) in seeds {
        sweep.set(graph, value, Some(tangent));
    }
    let marks = needed(graph, targets);
    sweep.region(graph, BODY, Marks::Some(&marks));
    targets.iter().map(|&target| sweep.tangent(target)).collect()
}

struct Forward {
    /// By value; those of nodes with several results are kept by their projections.
    tangents: Vec<Option<Value>>,
    /// The values whose tangents are known. To ask for another would be to take it for zero.
    visited: Vec<bool>,
}

impl Forward {
    fn tangent(&self, value: Value) -> Option<Value> {
        assert!(self.visited.get(value.index()) == Some(&true), "the tangent of {value} is not known yet");
        self.tangents[value.index()]
    }

    fn set(&mut self, graph: &Graph, value: Value, tangent: Option<Value>) {
        self.visit(value);
        self.tangents[value.index()] = tangent.filter(|&tangent| !is_zero(graph, tangent));
    }

    fn visit(&mut self, value: Value) {
        if self.tangents.len() <= value.index() {
            self.tangents.resize(value.index() + 1, None);
            self.visited.resize(value.index() + 1, false);
        }
        self.visited[value.index()] = true;
    }

    /// The tangent of a value, zeros included.
    fn full(&self, graph: &mut Graph, value: Value) -> Value {
        match graph.node(value).op.clone() {
            // What is not read before it is written has no tangent before that either.
            Op::Scratch(ty, _) => graph.scratch(&ty),
            _ => self.tangent(value).unwrap_or_else(|| graph.zeros_like(value)),
        }
    }

    fn region(&mut self, graph: &mut Graph, region: RegionId, marks: Marks<'_>) {
        // Nodes that are added on the way are not part of the sweep.
        let nodes: Vec<_> = graph.region(region).nodes.clone();
        for value in nodes.into_iter().filter(|&value| marks.has(value)) {
            let node = graph.node(value).clone();
            self.visit(value);
            let origin = graph.set_origin(node.origin);
            match &node.op {
                Op::If => self.branch(graph, value, &node, marks),
                Op::For(walk) => self.repeat(graph, value, &node, *walk, marks),
                Op::Call(call) => self.call(graph, value, &node, call),
                Op::Project(_) | Op::Input(_) | Op::Parameter(_) => {}
                _ => {
                    if node.args.iter().any(|&arg| self.tangent(arg).is_some()) {
                        let tangent = self.rule(graph, value, &node);
                        self.set(graph, value, tangent);
                    }
                }
            }
            graph.set_origin(origin);
        }
    }

    fn rule(&self, graph: &mut Graph, value: Value, node: &Node) -> Option<Value> {
        let args = &node.args;
        let t = |place: usize| self.tangent(args[place]);
        match &node.op {
            Op::Neg => t(0).map(|x| graph.neg(x)),
            Op::Add | Op::Sum => plus(graph, t(0), t(1)),
            Op::Sub => match (t(0), t(1)) {
                (Some(a), Some(b)) => Some(graph.sub(a, b)),
                (None, Some(b)) => Some(graph.neg(b)),
                (a, None) => a,
            },
            Op::Mul => {
                let left = t(0).and_then(|a| scale(graph, a, args[1]));
                let right = t(1).and_then(|b| scale(graph, b, args[0]));
                plus(graph, left, right)
            }
            // (a/b)' = (a' - (a/b) b') / b
            Op::Div => {
                let right = t(1).map(|b| graph.mul(value, b));
                let numerator = match (t(0), right) {
                    (Some(a), Some(b)) => Some(graph.sub(a, b)),
                    (None, Some(b)) => Some(graph.neg(b)),
                    (a, None) => a,
                };
                numerator.map(|numerator| graph.div(numerator, args[1]))
            }
            Op::Rem => {
                let right = t(1).and_then(|b| {
                    let slope = remainder_partial(graph, args, value);
                    scale(graph, b, slope)
                });
                plus(graph, t(0), right)
            }
            Op::Elementary(function) => (0..args.len()).fold(None, |sum, place| {
                let term = t(place).and_then(|tangent| {
                    let slope = partial(graph, *function, args, value, place)?;
                    scale(graph, tangent, slope)
                });
                plus(graph, sum, term)
            }),
            Op::Select => select(graph, args[0], t(1), t(2)),
            Op::Array => {
                let elements = args.iter().map(|&arg| self.full(graph, arg)).collect();
                let element = node.ty.element(1).cloned().expect("an array has elements");
                Some(graph.array(elements, element))
            }
            Op::Splat(length) => t(0).map(|x| graph.splat(x, length.clone())),
            Op::Get => t(0).map(|array| graph.get(array, &args[1..])),
            Op::Set => {
                let array = self.full(graph, args[0]);
                let element = self.full(graph, args[1]);
                Some(graph.set(array, element, &args[2..]))
            }
            // Piecewise constant, or zero by construction.
            Op::Scratch(..) | Op::Stop => None,
            Op::Hold => t(0).map(|x| graph.hold(x)),
            Op::Cast
            | Op::ZerosLike
            | Op::Compare(_)
            | Op::Not
            | Op::Check(..)
            | Op::NonZero
            | Op::Ended(_)
            | Op::Demand => None,
            Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Constant(_) | Op::Length(_) | Op::Zeros(_) => None,
            Op::Input(_) | Op::Parameter(_) | Op::Project(_) | Op::If | Op::For(_) | Op::Call(_) => {
                unreachable!("{:?} is not differentiated by a rule", node.op)
            }
        }
    }

    /// The branches again, with tangents: copies of their nodes are the nodes of a new `if`.
    fn branch(&mut self, graph: &mut Graph, value: Value, node: &Node, marks: Marks<'_>) {
        let projections: Vec<_> = graph
            .projections(value)
            .iter()
            .copied()
            .filter(|&(_, other)| marks.has(other) && graph.ty(other).is_differentiable())
            .collect();
        if projections.is_empty() {
            return;
        }
        let mut regions = vec![];
        for &region in &node.regions {
            let new = graph.open_like(region);
            let mut copier = Copier::new(graph, Source::Same, marks);
            let results = copier.region(region).expect("a copy of what was accepted is accepted");
            self.region(graph, new, Marks::All);
            let yields = projections.iter().map(|&(place, _)| self.full(graph, results[place])).collect();
            regions.push(graph.close(yields));
        }
        let results = graph.branch(node.args[0], regions[0], regions[1]);
        for ((_, projection), tangent) in projections.into_iter().zip(results) {
            self.set(graph, projection, Some(tangent));
        }
    }

    /// The loop again, which carries the tangents of what it carries too. What has one is found by
    /// trying: a carried value that gets a tangent in the body has one from then on.
    fn repeat(&mut self, graph: &mut Graph, value: Value, node: &Node, walk: Walk, marks: Marks<'_>) {
        let needed = match marks {
            Marks::All => (0..node.args.len() - 2).collect(),
            Marks::Some(marks) => live_places(graph, value, marks),
        };
        let initial: Vec<_> = needed.iter().map(|&place| node.args[2 + place]).collect();
        let mut moving: Vec<_> = initial.iter().map(|&initial| self.tangent(initial).is_some()).collect();
        let body = loop {
            let (region, yields, found) = self.iteration(graph, node, &needed, &moving, marks);
            let more: Vec<_> =
                moving.iter().zip(&found).map(|(&moving, found)| moving || found.is_some()).collect();
            if more == moving {
                let tangents = (0..moving.len()).filter(|&place| moving[place]);
                let tangents: Vec<_> = tangents.map(|place| self.full(graph, yields[place])).collect();
                graph.close([yields, tangents].concat());
                break region;
            }
            graph.close(vec![]);
            moving = more;
        };
        let places: Vec<_> = (0..moving.len()).filter(|&place| moving[place]).collect();
        if places.is_empty() {
            return;
        }
        let mut carried = initial.clone();
        carried.extend(places.iter().map(|&place| self.full(graph, initial[place])));
        let results = graph.repeat(walk, node.args[0], node.args[1], &carried, body);
        for (&place, &tangent) in places.iter().zip(&results[initial.len()..]) {
            if let Some(projection) = graph.find_projection(value, needed[place]) {
                self.set(graph, projection, Some(tangent));
            }
        }
    }

    /// A copy of a loop's body with tangents: the region, which is still open, the values that it
    /// yields, and their tangents.
    fn iteration(
        &mut self,
        graph: &mut Graph,
        node: &Node,
        needed: &[usize],
        moving: &[bool],
        marks: Marks<'_>,
    ) -> (RegionId, Vec<Value>, Vec<Option<Value>>) {
        let Op::For(walk) = node.op else { unreachable!("iterations are of loops") };
        let body = node.regions[0];
        let (parameters, results) =
            (graph.region(body).parameters.clone(), graph.region(body).results.clone());
        let region = graph.open_like(body);
        let index = graph.parameter(graph.ty(parameters[0]));
        graph.set_range(index, node.args[0], node.args[1], walk);
        self.set(graph, index, None);
        let types: Vec<_> = needed.iter().map(|&place| graph.ty(parameters[place + 1])).collect();
        let copies: Vec<_> = types.iter().map(|ty| graph.parameter(ty.clone())).collect();
        for ((&copy, ty), &moving) in copies.iter().zip(types).zip(moving) {
            let tangent = moving.then(|| graph.parameter(ty));
            self.set(graph, copy, tangent);
        }
        let mut copier = Copier::new(graph, Source::Same, marks);
        copier.map(parameters[0], index);
        for (&place, &copy) in needed.iter().zip(&copies) {
            copier.map(parameters[place + 1], copy);
        }
        copier.region(body).expect("a copy of what was accepted is accepted");
        let yields: Vec<_> = needed.iter().map(|&place| copier.value(results[place])).collect();
        self.region(graph, region, Marks::All);
        let found = yields.iter().map(|&value| self.tangent(value)).collect();
        (region, yields, found)
    }

    fn call(&mut self, graph: &mut Graph, value: Value, node: &Node, call: &Call) {
        if node.args.iter().all(|&arg| self.tangent(arg).is_none()) {
            return;
        }
        let (mode, results) = match call.mode {
            Mode::Primal => (Mode::Jvp, call.outputs),
            Mode::Forward => (Mode::ForwardJvp, call.outputs + 1),
            Mode::Reverse => (Mode::ReverseJvp, call.references.len()),
            Mode::Jvp | Mode::ForwardJvp | Mode::ReverseJvp => {
                unreachable!("second derivatives are tangents of adjoints")
            }
        };
        let mut args = node.args.clone();
        args.extend(node.args.iter().map(|&arg| self.full(graph, arg)));
        let tangent = graph.call(Call { mode, ..call.clone() }, args);
        for place in 0..results {
            let Some(projection) = graph.find_projection(value, place) else { continue };
            let ty = graph.ty(projection);
            if ty.is_differentiable() {
                let tangent = graph.project(tangent, place, ty);
                self.set(graph, projection, Some(tangent));
            }
        }
    }
}
