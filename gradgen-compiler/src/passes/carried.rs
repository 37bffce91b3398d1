//! Reads of an array at elements that nobody wrote to in between.
//!
//! Such an element can be read from the array as it was before, or as it is now. That it is read
//! from the oldest array is what differentiation wants to see: then it depends on no turn of a loop.
//! That it is read from the newest one is what emission wants: then there is one array in one place.

use std::collections::BTreeMap;

use super::live;
use super::writes::{all_writes, is_apart};
use crate::ir::{BODY, Graph, Op, RegionId, Type, Value};

/// Of an array that a loop carries, reads what it does not write to from the array before the loop.
pub fn read_from_before(graph: &mut Graph) {
    before(graph, BODY);
}

fn before(graph: &mut Graph, region: RegionId) {
    for value in graph.region(region).nodes.clone() {
        for inner in graph.node(value).regions.clone() {
            before(graph, inner);
        }
        for next in versions(graph, value) {
            if let (Some(parameter), Some(body)) = (next.within, next.body) {
                let step = BTreeMap::from([(parameter, Version { value: next.from, ..next })]);
                exchange(graph, body, &step);
            }
        }
    }
}

/// Reads from the newest array that has the element.
pub fn read_from_newest(graph: &mut Graph) {
    let marks = live(graph, graph.results(), BODY);
    newest(graph, BODY, &BTreeMap::new(), &marks);
}

/// The next version of an array: what a node makes of it.
#[derive(Clone)]
struct Version {
    from: Value,
    value: Value,
    /// Of a loop: the array as an iteration has it, and the body.
    within: Option<Value>,
    body: Option<RegionId>,
    /// The indices that are written to.
    written: Vec<Vec<Value>>,
}

/// The arrays that a node makes new versions of.
fn versions(graph: &Graph, value: Value) -> Vec<Version> {
    let node = graph.node(value);
    match node.op {
        Op::Set => {
            let written = vec![node.args[2..].to_vec()];
            vec![Version { from: node.args[0], value, within: None, body: None, written }]
        }
        Op::Hold if matches!(node.ty, Type::Array(..)) => {
            vec![Version { from: node.args[0], value, within: None, body: None, written: vec![] }]
        }
        Op::For(_) => {
            let region = graph.region(node.regions[0]);
            let places = node.args[2..].iter().enumerate().filter_map(|(place, &from)| {
                let parameter = region.parameters[place + 1];
                let literal = matches!(graph.node(from).op, Op::Zeros(_) | Op::Scratch(..));
                if !matches!(graph.ty(parameter), Type::Array(..)) || literal {
                    return None;
                }
                let written = all_writes(graph, parameter, region.results[place])?;
                let value = graph.find_projection(value, place).unwrap_or(from);
                Some(Version { from, value, within: Some(parameter), body: Some(node.regions[0]), written })
            });
            places.collect()
        }
        _ => vec![],
    }
}

/// `known` has the newer version of each array that there is one of when the region is entered.
/// Versions that nobody needs are none.
fn newest(graph: &mut Graph, region: RegionId, known: &BTreeMap<Value, Version>, marks: &[bool]) {
    let mut known = known.clone();
    for value in graph.region(region).nodes.clone() {
        redirect(graph, value, &known);
        let next = versions(graph, value);
        for inner in graph.node(value).regions.clone() {
            let mut inside = known.clone();
            for version in &next {
                if let Some(parameter) = version.within.filter(|parameter| marks[parameter.index()]) {
                    inside.insert(version.from, Version { value: parameter, ..version.clone() });
                }
            }
            newest(graph, inner, &inside, marks);
        }
        for version in next {
            if version.value != version.from && marks[version.value.index()] {
                known.insert(version.from, version);
            }
        }
    }
}

/// Makes a read one of the newest version that has the element.
fn redirect(graph: &mut Graph, value: Value, known: &BTreeMap<Value, Version>) {
    while graph.node(value).op == Op::Get {
        let node = graph.node(value);
        let Some(version) = known.get(&node.args[0]) else { break };
        if !is_apart(graph, version.body, &version.written, &node.args[1..]) {
            break;
        }
        graph.set_argument(value, 0, version.value);
    }
}

fn exchange(graph: &mut Graph, region: RegionId, known: &BTreeMap<Value, Version>) {
    for value in graph.region(region).nodes.clone() {
        redirect(graph, value, known);
        for inner in graph.node(value).regions.clone() {
            exchange(graph, inner, known);
        }
    }
}
