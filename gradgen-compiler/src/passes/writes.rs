//! Which elements of an array a part of the function replaces.

use std::collections::BTreeSet;

use crate::ir::{Graph, Op, Polynomial, RegionId, Value};

/// A part of what replaces elements of an array: a `Set`, a loop, or a branch.
#[derive(Clone, Debug)]
pub struct Write {
    /// The indices that everything it writes to begins with.
    pub prefix: Vec<Value>,
    /// The array before.
    pub previous: Value,
}

/// What makes one array of another, the last part first, if these are all replacements of elements
/// whose first indices are known before `region` is run, or follow from what `determined` accepts.
#[must_use]
pub fn writes(
    graph: &Graph,
    region: RegionId,
    from: Value,
    to: Value,
    determined: &dyn Fn(Value) -> bool,
) -> Option<Vec<Write>> {
    let mut found = vec![];
    let mut at = to;
    while at != from {
        let node = graph.node(at);
        if node.region != region {
            return None;
        }
        let write = match node.op {
            Op::Set => Write { prefix: node.args[2..].to_vec(), previous: node.args[0] },
            Op::Project(place) => {
                let (lists, previous) = inside(graph, node.args[0], place)?;
                Write { prefix: common(&lists), previous }
            }
            _ => return None,
        };
        let known = write.prefix.iter().take_while(|&&index| determined(index)).count();
        if known == 0 {
            return None;
        }
        at = write.previous;
        found.push(Write { prefix: write.prefix[..known].to_vec(), ..write });
    }
    Some(found)
}

/// The indices of all writes that make one array of another, whatever is known of them.
#[must_use]
pub fn all_writes(graph: &Graph, from: Value, to: Value) -> Option<Vec<Vec<Value>>> {
    let mut lists = vec![];
    let mut at = to;
    while at != from {
        let node = graph.node(at);
        match node.op {
            Op::Hold => at = node.args[0],
            Op::Set => {
                lists.push(node.args[2..].to_vec());
                at = node.args[0];
            }
            Op::Project(place) => {
                let (more, previous) = inside(graph, node.args[0], place)?;
                lists.extend(more);
                at = previous;
            }
            _ => return None,
        }
    }
    Some(lists)
}

/// All arrays that stand between one and what writes make of it, in loops and branches too.
pub(super) fn versions_between(graph: &Graph, from: Value, to: Value) -> Option<BTreeSet<Value>> {
    let mut found = BTreeSet::new();
    let mut at = to;
    while at != from {
        found.insert(at);
        let node = graph.node(at);
        at = match node.op {
            Op::Hold | Op::Set => node.args[0],
            Op::Project(place) => {
                let owner = graph.node(node.args[0]);
                let (_, previous) = inside(graph, node.args[0], place)?;
                for &region in &owner.regions {
                    let region = graph.region(region);
                    let start = if owner.op == Op::If { previous } else { region.parameters[place + 1] };
                    found.insert(start);
                    found.extend(versions_between(graph, start, region.results[place])?);
                }
                previous
            }
            _ => return None,
        };
    }
    Some(found)
}

/// The writes inside of a loop or a branch, and the array that they start from.
fn inside(graph: &Graph, owner: Value, place: usize) -> Option<(Vec<Vec<Value>>, Value)> {
    let node = graph.node(owner);
    match node.op {
        Op::For(_) => {
            let region = graph.region(node.regions[0]);
            let lists = all_writes(graph, region.parameters[place + 1], region.results[place])?;
            Some((lists, node.args[2 + place]))
        }
        Op::If => {
            let mut lists = vec![];
            let mut starts = vec![];
            for &inner in &node.regions {
                let result = graph.region(inner).results[place];
                let start = start_of(graph, result, inner)?;
                lists.extend(all_writes(graph, start, result)?);
                starts.push(start);
            }
            (starts[0] == starts[1]).then(|| (lists, starts[0]))
        }
        _ => None,
    }
}

/// The array from around a region that writes in it start from.
fn start_of(graph: &Graph, result: Value, region: RegionId) -> Option<Value> {
    let mut at = result;
    while graph.is_within(graph.node(at).region, region) {
        let node = graph.node(at);
        at = match node.op {
            Op::Set | Op::Hold => node.args[0],
            Op::Project(place) => inside(graph, node.args[0], place)?.1,
            _ => return None,
        };
    }
    Some(at)
}

/// The indices that all lists begin with.
fn common(lists: &[Vec<Value>]) -> Vec<Value> {
    let Some((first, others)) = lists.split_first() else { return vec![] };
    let same = |place: &usize| others.iter().all(|list| list.get(*place) == first.get(*place));
    (0..first.len()).take_while(same).map(|place| first[place]).collect()
}

/// Whether an element that is read is none of those that are written to; of writes in a loop, in any
/// turn of it.
#[must_use]
pub fn is_apart(graph: &Graph, body: Option<RegionId>, written: &[Vec<Value>], read: &[Value]) -> bool {
    let bounds = |value: Value| {
        let value = graph.polynomial(value);
        match body {
            Some(body) => Some((graph.extreme(&value, body, false)?, graph.extreme(&value, body, true)?)),
            None => Some((value.clone(), value)),
        }
    };
    written.iter().all(|written| never_meet(graph, &bounds, written, read))
}

/// Whether the elements at some indices are never those at others, from the lowest and the highest value of
/// each index.
pub(super) fn never_meet(
    graph: &Graph,
    bounds: &dyn Fn(Value) -> Option<(Polynomial, Polynomial)>,
    a: &[Value],
    b: &[Value],
) -> bool {
    let before = |a: &Polynomial, b: &Polynomial| graph.is_positive(&b.minus(a));
    a.iter().zip(b).any(|(&a, &b)| match (bounds(a), bounds(b)) {
        (Some((first, last)), Some((low, high))) => before(&last, &low) || before(&high, &first),
        _ => false,
    })
}
