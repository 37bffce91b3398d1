//! What is kept of an iteration, what is computed again, and what can be put back.

use std::collections::BTreeMap;

use crate::ir::{Graph, Mode, Op, Polynomial, RegionId, Type, Value};
use crate::passes::{Write, is_apart, writes};

/// The values of a loop's body that are kept rather than computed again: what takes longer than to
/// read them from memory.
pub(super) fn expensive(graph: &Graph, body: RegionId, marks: &[bool]) -> Vec<Value> {
    let nodes = graph.region(body).nodes.iter().copied();
    nodes
        .filter(|&value| marks[value.index()])
        .filter(|&value| match (graph.ty(value), &graph.node(value).op) {
            (_, Op::Project(place)) if is_tape(graph, value, *place) => true,
            (Type::Real, _) => true,
            _ => false,
        })
        .filter(|&value| match graph.node(value).op {
            // What a loop yields, or a call.
            Op::Project(_) => !matches!(graph.node(graph.node(value).args[0]).op, Op::If),
            // What follows from nothing in the loop is best computed before it.
            _ if !graph.node(value).args.iter().any(|&arg| graph.is_within(graph.node(arg).region, body)) => {
                false
            }
            Op::Elementary(function) => !function.is_cheap(),
            Op::Div => true,
            _ => false,
        })
        .collect()
}

/// Whether a projection is the tape of a call.
fn is_tape(graph: &Graph, value: Value, place: usize) -> bool {
    matches!(&graph.node(graph.node(value).args[0]).op, Op::Call(call) if call.mode == Mode::Forward && call.outputs == place)
}

/// The tapes of the calls that are needed are too.
pub(super) fn mark_tapes(graph: &Graph, body: RegionId, marks: &mut [bool]) {
    for &value in &graph.region(body).nodes {
        if let Op::Project(place) = graph.node(value).op
            && is_tape(graph, value, place)
            && marks[graph.node(value).args[0].index()]
        {
            marks[value.index()] = true;
        }
    }
}

/// The writes that make an iteration's result of what it started from, the last first, if these are
/// all, at indices that the loop's variable determines. A value that is no array has none, and of one
/// that is hardly larger than what is replaced, all is kept.
pub(super) fn undoable(graph: &Graph, body: RegionId, parameter: Value, result: Value) -> Option<Vec<Write>> {
    let ty = graph.ty(parameter);
    let Type::Array(..) = ty else { return None };
    let found = writes(graph, body, parameter, result, &|index| is_determined(graph, body, index))?;
    if !found.iter().all(|write| is_always_there(graph, body, &ty, write)) {
        return None;
    }
    let rows: Vec<_> = found.iter().map(|write| ty.element(write.prefix.len())).collect();
    if found.is_empty() || !rows.iter().all(|row| row.is_some_and(Type::is_known)) {
        return None;
    }
    let replaced: Option<usize> = rows.into_iter().map(|row| row.and_then(Type::size)).sum();
    let short = ty.size().zip(replaced).is_some_and(|(size, replaced)| size <= 4 * replaced);
    (!short).then_some(found)
}

/// Whether an element can be read in every turn, also in one that does not write to it.
fn is_always_there(graph: &Graph, body: RegionId, ty: &Type, write: &Write) -> bool {
    let is_done = |value: &Value| {
        let node = graph.node(*value);
        node.op == Op::Set && node.args[0] == write.previous && node.args[2..].starts_with(&write.prefix)
    };
    // A write of the body's own: there the index was checked, or is known to be inside.
    if graph.region(body).nodes.iter().any(is_done) {
        return true;
    }
    write.prefix.iter().enumerate().all(|(depth, &index)| {
        let Some(Type::Array(_, length)) = ty.element(depth) else { return false };
        let (index, one) = (graph.polynomial(index), Polynomial::from(1));
        length.size().is_some_and(|length| {
            graph.is_positive(&index.plus(&one)) && graph.is_positive(&length.minus(&index))
        })
    })
}

/// Whether a value follows from the loop's variable and what is around the loop.
fn is_determined(graph: &Graph, body: RegionId, value: Value) -> bool {
    let node = graph.node(value);
    if !graph.is_within(node.region, body) {
        return true;
    }
    match node.op {
        Op::Parameter(place) => node.region == body && place == 0,
        _ => {
            node.regions.is_empty()
                && node.ty != Type::Several
                && !matches!(node.op, Op::Project(_))
                && node.args.iter().all(|&arg| is_determined(graph, body, arg))
        }
    }
}

/// Where an iteration writes a value to, in the arrays that are filled (by their places): the first
/// that has it in a place which the loop's variable determines.
pub(super) fn written_to(
    graph: &Graph,
    body: RegionId,
    filled: &[usize],
    value: Value,
) -> Option<(usize, Write)> {
    filled.iter().find_map(|&place| {
        let (parameter, result) =
            (graph.region(body).parameters[place + 1], graph.region(body).results[place]);
        let found = writes(graph, body, parameter, result, &|index| is_determined(graph, body, index))?;
        let mut at = result;
        for (number, write) in found.iter().enumerate() {
            let node = graph.node(std::mem::replace(&mut at, write.previous));
            // What a loop writes to is not known as well.
            if node.op != Op::Set || write.prefix.len() != node.args.len() - 2 {
                return None;
            }
            let is_left =
                |later: &Write| is_apart(graph, None, std::slice::from_ref(&later.prefix), &write.prefix);
            if node.args[1] == value && found[..number].iter().all(is_left) {
                return Some((place, Write { prefix: write.prefix.clone(), previous: write.previous }));
            }
        }
        None
    })
}

/// The indices of a write, from another variable of the loop.
pub(super) fn indices_again(graph: &mut Graph, write: &Write, old: Value, new: Value) -> Vec<Value> {
    let body = graph.node(old).region;
    let mut map = BTreeMap::from([(old, new)]);
    write.prefix.iter().map(|&index| again(graph, body, index, &mut map)).collect()
}

fn again(graph: &mut Graph, body: RegionId, value: Value, map: &mut BTreeMap<Value, Value>) -> Value {
    let node = graph.node(value).clone();
    if !graph.is_within(node.region, body) {
        return value;
    }
    if let Some(&known) = map.get(&value) {
        return known;
    }
    let args = node.args.iter().map(|&arg| again(graph, body, arg, map)).collect();
    let copy = graph.make(&node.op, args, &node.ty);
    map.insert(value, copy);
    copy
}
