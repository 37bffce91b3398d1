//! Which nodes a function needs.

use crate::ir::{BODY, Graph, Op, RegionId, Value};

/// For each node, whether it contributes to `roots` or can refuse the call.
#[must_use]
pub fn live(graph: &Graph, roots: &[Value], region: RegionId) -> Vec<bool> {
    let mut roots = roots.to_vec();
    add_checks(graph, region, &mut roots);
    mark(graph, roots, true)
}

/// For each node, whether it contributes to `roots`. A derivative needs no more: what refuses a
/// call is there already.
#[must_use]
pub fn needed(graph: &Graph, roots: &[Value]) -> Vec<bool> {
    mark(graph, roots.to_vec(), false)
}

fn mark(graph: &Graph, mut work: Vec<Value>, checks: bool) -> Vec<bool> {
    let mut marks = vec![false; graph.len()];
    while let Some(value) = work.pop() {
        if std::mem::replace(&mut marks[value.index()], true) {
            continue;
        }
        let node = graph.node(value);
        work.extend(&node.args);
        match node.op {
            // Of an `if`, only the results that are used.
            Op::Project(place) if graph.node(node.args[0]).op == Op::If => {
                for &inner in &graph.node(node.args[0]).regions {
                    work.push(graph.region(inner).results[place]);
                }
            }
            Op::For(_) => work.extend(node.regions.iter().flat_map(|&inner| &graph.region(inner).results)),
            _ => {}
        }
        if checks {
            for &inner in &node.regions {
                add_checks(graph, inner, &mut work);
            }
        }
    }
    marks
}

fn add_checks(graph: &Graph, region: RegionId, work: &mut Vec<Value>) {
    work.extend(graph.region(region).nodes.iter().filter(|&&value| graph.node(value).checks));
}

/// How many scalar operations one call does, the more expensive branch counted.
#[must_use]
pub fn operations(graph: &Graph) -> usize {
    count(graph, BODY, &live(graph, graph.results(), BODY))
}

fn count(graph: &Graph, region: RegionId, marks: &[bool]) -> usize {
    let nodes = graph.region(region).nodes.iter().filter(|value| marks[value.index()]);
    nodes
        .map(|&value| {
            let node = graph.node(value);
            match &node.op {
                Op::Input(_) | Op::Parameter(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_) => 0,
                Op::Constant(_) | Op::Length(_) | Op::Project(_) | Op::Get | Op::Set | Op::Array => 0,
                Op::Splat(_) | Op::Zeros(_) | Op::ZerosLike => 0,
                Op::If => node.regions.iter().map(|&inner| count(graph, inner, marks)).max().unwrap_or(0),
                Op::For(_) => node.regions.iter().map(|&inner| count(graph, inner, marks)).sum::<usize>(),
                _ => 1,
            }
        })
        .sum()
}

/// The origin of a loop that is still there.
#[must_use]
pub fn first_loop(graph: &Graph) -> Option<u32> {
    (0..graph.len())
        .map(|place| graph.node(graph.value(place)))
        .find(|node| matches!(node.op, Op::For(_)))
        .map(|node| node.origin)
}
