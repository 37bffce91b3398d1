//! Reverse mode in two halves: what is computed before a cotangent is known, and what is after.

use std::collections::BTreeSet;

use crate::ir::{BODY, Graph, Length, Mode, Op, Type, Value};
use crate::passes::extract;

/// A vector–Jacobian product in two halves.
pub struct Halves {
    /// Inputs → outputs, and what is stored.
    pub forward: Graph,
    /// Inputs, what was stored, cotangents → cotangents of the inputs.
    pub reverse: Graph,
    /// The types of what is stored.
    pub stored: Vec<Type>,
}

/// More operations than this are not done again for a value that could be stored.
const CHEAP: usize = 4;

/// So many values are stored at most.
const LIMIT: usize = 1024;

/// Divides a graph whose last `cotangents` inputs are cotangents, and whose last `outputs` results do
/// not depend on these. Where no length is to be said, nothing is stored.
#[must_use]
pub fn split(graph: &Graph, cotangents: usize, outputs: usize, store: bool) -> Halves {
    let inputs = graph.inputs();
    let (own, late) = inputs.split_at(inputs.len() - cotangents);
    let results = graph.results();
    let (adjoints, values) = results.split_at(results.len() - outputs);
    let stored = if store { choose(graph, late, adjoints) } else { vec![] };
    let forward = extract(graph, own, &[], &[], &[values, &stored].concat());
    let reverse = extract(graph, own, &stored, late, adjoints);
    Halves { forward, reverse, stored: stored.into_iter().map(|value| graph.ty(value)).collect() }
}

/// The values that do not depend on cotangents and that are needed with them: those that are
/// expensive to compute from others and the inputs.
fn choose(graph: &Graph, late: &[Value], adjoints: &[Value]) -> Vec<Value> {
    let depends = dependent(graph, late);
    let crossing = crossing(graph, &depends, adjoints);
    let mut costs = vec![0; graph.len()];
    let mut stored = vec![];
    for value in (0..graph.len()).map(|place| graph.value(place)) {
        let node = graph.node(value);
        if depends[value.index()] || node.region != BODY || !node.regions.is_empty() {
            continue;
        }
        let args = node.args.iter().map(|arg| costs[arg.index()]);
        let cost = args.fold(own_cost(graph, value), usize::saturating_add);
        costs[value.index()] = cost;
        if cost > CHEAP && crossing.contains(&value) && can_be_stored(graph, value) {
            costs[value.index()] = 0;
            stored.push(value);
        }
    }
    if stored.len() > LIMIT { vec![] } else { stored }
}

fn own_cost(graph: &Graph, value: Value) -> usize {
    match graph.node(value).op {
        Op::Input(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Constant(_) | Op::Length(_) => 0,
        Op::Get | Op::Array | Op::Zeros(_) | Op::ZerosLike => 0,
        Op::Elementary(function) if function.is_cheap() => 1,
        Op::Elementary(_) | Op::Div | Op::Rem | Op::Project(_) => CHEAP + 1,
        _ => 1,
    }
}

/// Scalars, the tapes of callees, and short arrays that callees yield.
fn can_be_stored(graph: &Graph, value: Value) -> bool {
    let node = graph.node(value);
    let Op::Project(place) = node.op else { return node.ty == Type::Real };
    let is_short = || match &node.ty {
        Type::Array(element, Length::Fixed(length)) => **element == Type::Real && *length <= SHORT,
        _ => false,
    };
    let owner = graph.node(node.args[0]);
    match &owner.op {
        _ if node.ty == Type::Real => true,
        Op::Call(call) => (call.mode == Mode::Forward && call.outputs == place) || is_short(),
        _ => false,
    }
}

/// An array of so many scalars is stored at most.
const SHORT: usize = 64;

/// For each value, whether it depends on cotangents.
fn dependent(graph: &Graph, late: &[Value]) -> Vec<bool> {
    let mut depends = vec![false; graph.len()];
    for &value in late {
        depends[value.index()] = true;
    }
    loop {
        let mut again = false;
        for value in (0..graph.len()).map(|place| graph.value(place)) {
            let node = graph.node(value);
            let is_late = |value: &Value| depends[value.index()];
            let inside = node.regions.iter().any(|&inner| {
                let region = graph.region(inner);
                region.nodes.iter().any(is_late) || region.results.iter().any(is_late)
            });
            // A loop's parameter depends on what the loop starts with and what a turn makes of it.
            let carried = match (node.op.clone(), graph.owner(node.region)) {
                (Op::Parameter(_), Some(owner)) => graph.node(owner).args.iter().any(is_late),
                _ => false,
            };
            if !depends[value.index()] && (inside || carried || node.args.iter().any(is_late)) {
                depends[value.index()] = true;
                again = graph.owner(node.region).is_some() || again;
            }
        }
        if !again {
            return depends;
        }
    }
}

/// The values of the body that do not depend on cotangents, and that something uses which does.
fn crossing(graph: &Graph, depends: &[bool], adjoints: &[Value]) -> BTreeSet<Value> {
    let mut found: BTreeSet<_> = adjoints.iter().copied().collect();
    for value in (0..graph.len()).map(|place| graph.value(place)) {
        let node = graph.node(value);
        // What stands in a branch or loop that depends on cotangents is run then.
        let mut runs_late = depends[value.index()];
        let mut at = node.region;
        while let Some(owner) = graph.owner(at) {
            runs_late |= depends[owner.index()];
            at = graph.node(owner).region;
        }
        if runs_late {
            found.extend(&node.args);
            for &inner in &node.regions {
                found.extend(&graph.region(inner).results);
            }
        }
    }
    found.retain(|value| !depends[value.index()] && graph.node(*value).region == BODY);
    found
}
