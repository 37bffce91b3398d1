//! Which nodes a function needs.

use crate::ir::{BODY, Graph, Mode, Node, Op, RegionId, Value};

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

/// As [`needed`], where some values are there already.
#[must_use]
pub fn needed_without(graph: &Graph, roots: &[Value], given: &[Value]) -> Vec<bool> {
    mark_from(graph, roots.to_vec(), given, false)
}

fn mark(graph: &Graph, work: Vec<Value>, checks: bool) -> Vec<bool> {
    mark_from(graph, work, &[], checks)
}

fn mark_from(graph: &Graph, mut work: Vec<Value>, given: &[Value], checks: bool) -> Vec<bool> {
    let mut marks = vec![false; graph.len()];
    while let Some(value) = work.pop() {
        if given.contains(&value) || std::mem::replace(&mut marks[value.index()], true) {
            continue;
        }
        let node = graph.node(value);
        match node.op {
            // Of what a loop carries, only what is used.
            Op::For(walk) => {
                work.extend(&node.args[..2]);
                if walk.until {
                    work.extend(carried(graph, value, 0));
                }
            }
            Op::Parameter(place) if place > 0 => {
                let owner = graph.owner(node.region);
                work.extend(owner.into_iter().flat_map(|owner| carried(graph, owner, place - 1)));
            }
            _ => work.extend(&node.args),
        }
        if let Op::Project(place) = node.op {
            match graph.node(node.args[0]).op {
                // Of an `if`, only the results that are used.
                Op::If => {
                    for &inner in &graph.node(node.args[0]).regions {
                        work.push(graph.region(inner).results[place]);
                    }
                }
                Op::For(_) => work.extend(carried(graph, node.args[0], place)),
                _ => {}
            }
        }
        if checks {
            for &inner in &node.regions {
                add_checks(graph, inner, &mut work);
            }
        }
    }
    marks
}

/// What a value that a loop carries comes from: its first value and what an iteration makes of it.
fn carried(graph: &Graph, owner: Value, place: usize) -> [Value; 2] {
    let node = graph.node(owner);
    [node.args[2 + place], graph.region(node.regions[0]).results[place]]
}

/// The places of what a loop carries that are needed.
#[must_use]
pub fn live_places(graph: &Graph, value: Value, marks: &[bool]) -> Vec<usize> {
    let node = graph.node(value);
    let parameters = &graph.region(node.regions[0]).parameters;
    let is_marked = |value: Value| marks.get(value.index()) == Some(&true);
    let projected = |place: usize| {
        graph.projections(value).iter().any(|&(known, value)| known == place && is_marked(value))
    };
    let until = matches!(node.op, Op::For(walk) if walk.until);
    (0..node.args.len() - 2)
        .filter(|&place| (until && place == 0) || is_marked(parameters[place + 1]) || projected(place))
        .collect()
}

fn add_checks(graph: &Graph, region: RegionId, work: &mut Vec<Value>) {
    work.extend(graph.region(region).nodes.iter().filter(|&&value| graph.node(value).checks));
}

/// What is called, and how, by what is live.
#[must_use]
pub fn calls(graph: &Graph) -> Vec<(u32, Mode)> {
    let marks = live(graph, graph.results(), BODY);
    let live = (0..graph.len()).filter(|&place| marks[place]).map(|place| graph.node(graph.value(place)));
    live.filter_map(|node| match &node.op {
        Op::Call(call) => Some((call.callee, call.mode)),
        _ => None,
    })
    .collect()
}

/// How many scalar operations one call does, the more expensive branch counted, and of a loop one
/// iteration where the number of iterations is not known here.
#[must_use]
pub fn operations(graph: &Graph) -> usize {
    region_operations(graph, BODY, &live(graph, graph.results(), BODY))
}

/// How many operations a region does.
pub(super) fn region_operations(graph: &Graph, region: RegionId, marks: &[bool]) -> usize {
    let nodes = graph.region(region).nodes.iter().filter(|value| marks.get(value.index()) == Some(&true));
    let inner = |node: &Node| -> Vec<usize> {
        node.regions.iter().map(|&inner| region_operations(graph, inner, marks)).collect()
    };
    let counts = nodes.map(|&value| {
        let node = graph.node(value);
        match &node.op {
            Op::Input(_) | Op::Parameter(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_) => 0,
            Op::Constant(_) | Op::Length(_) | Op::Project(_) | Op::Get | Op::Set | Op::Array => 0,
            Op::Splat(_) | Op::Zeros(_) | Op::ZerosLike | Op::Scratch(..) | Op::Hold | Op::Stop => 0,
            Op::If => inner(node).into_iter().max().unwrap_or(0),
            Op::For(walk) => {
                let trips = match (graph.as_int(node.args[0]), graph.as_int(node.args[1])) {
                    (Some(start), Some(end)) => usize::try_from(walk.count(start, end)).unwrap_or(usize::MAX),
                    _ => 1,
                };
                inner(node).into_iter().fold(0, usize::saturating_add).saturating_mul(trips)
            }
            _ => 1,
        }
    });
    counts.fold(0, usize::saturating_add)
}
