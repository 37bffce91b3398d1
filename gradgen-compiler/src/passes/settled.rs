//! What a loop leaves of an array as a turn read it.
//!
//! Reverse mode meets the turns from the last to the first. Where a turn reads only what no later one
//! writes to, the array that the loop ends with has all that is read in any turn: nothing of it has to be
//! kept, or put back.

use super::overwritten::{Versions, is_ordered, polynomials};
use super::writes::{all_writes, is_apart, never_meet, versions_between};
use crate::ir::{Atom, Graph, Op, Polynomial, RegionId, Type, Value};

/// If a turn of a loop reads of an array only what no later turn writes to, and of what it writes to
/// itself only what it has written by then: the versions that the turn makes of which all that is read is
/// in the array after it too. If it writes to an element twice, these are none.
#[must_use]
pub fn kept(graph: &Graph, owner: Value, place: usize) -> Option<Vec<Value>> {
    let node = graph.node(owner);
    let Op::For(walk) = node.op else { return None };
    let body = graph.region(node.regions[0]);
    let (before, result) = (body.parameters[place + 1], body.results[place]);
    let written = all_writes(graph, before, result)?;
    let block = Block::of(graph, node.regions[0], &written)?;
    let mut versions = Versions::of(graph, before);
    if walk.step == 1 && !walk.flipped {
        let Some(Type::Array(_, length)) = graph.ty(before).element(block.row.len()).cloned() else {
            return None;
        };
        let earlier = if walk.reverse {
            (block.first.plus(&block.step), length.size()?)
        } else {
            (Polynomial::default(), block.first)
        };
        versions.assume(before, &block.row, earlier);
    }
    versions.settled = Some(Settled { body: node.regions[0], written });
    versions.follow(node.regions[0])?;
    if !body.results.iter().all(|&other| other == result || versions.is_whole(other)) {
        return None;
    }
    let all: Vec<_> = versions.all().filter(|&version| version != before).collect();
    // A copy that goes its own way is another array.
    let made = versions_between(graph, before, result)?;
    if !all.iter().all(|version| made.contains(version)) {
        return None;
    }
    let once = is_written_once(graph, node.regions[0], node.regions[0], &all);
    Some(if once { all } else { vec![] })
}

/// The part of an array that all writes of a turn go to, and those of no other turn: `step` places of one
/// row.
pub struct Block {
    /// The indices of the row.
    pub row: Vec<Polynomial>,
    /// The first place.
    pub first: Polynomial,
    /// How many there are, and how far the next turn moves on.
    pub step: Polynomial,
}

impl Block {
    /// That of some writes in a loop's body, by their indices.
    #[must_use]
    pub fn of(graph: &Graph, body: RegionId, written: &[Vec<Value>]) -> Option<Self> {
        let variable = Atom::Value(graph.region(body).parameters[0]);
        let is_around = |of: &Polynomial| {
            let is_inside = |atom: Atom| match atom {
                Atom::Value(value) => graph.is_within(graph.node(value).region, body),
                _ => false,
            };
            !of.atoms().into_iter().any(is_inside)
        };
        let mut block: Option<Self> = None;
        for indices in written {
            let mut row = polynomials(graph, indices);
            let first = |index: &Polynomial| graph.extreme_of_turn(index, body, false);
            let moves =
                |index: &Polynomial| first(index).is_some_and(|first| first.atoms().contains(&variable));
            let level = row.iter().position(moves)?;
            row.truncate(level + 1);
            let at = row.pop()?;
            let (first, last) = (first(&at)?, graph.extreme_of_turn(&at, body, true)?);
            let (step, _) = first.split(variable)?;
            if !row.iter().chain([&step]).all(is_around) || !is_ordered(graph, &Polynomial::default(), &step)
            {
                return None;
            }
            let block = block.get_or_insert_with(|| Self {
                row: row.clone(),
                first: first.clone(),
                step: step.clone(),
            });
            let end = block.first.plus(&block.step);
            let inside = is_ordered(graph, &block.first, &first) && graph.is_positive(&end.minus(&last));
            if block.row != row || block.step != step || !inside {
                return None;
            }
        }
        block
    }
}

/// The elements that no turn of a loop writes to.
pub(super) struct Settled {
    body: RegionId,
    written: Vec<Vec<Value>>,
}

impl Settled {
    pub(super) fn has(&self, graph: &Graph, indices: &[Value]) -> bool {
        is_apart(graph, Some(self.body), &self.written, indices)
    }
}

/// Whether no element is written to twice in a turn, by the nodes of a region of it.
fn is_written_once(graph: &Graph, body: RegionId, region: RegionId, versions: &[Value]) -> bool {
    let mut before: Vec<Vec<Value>> = vec![];
    for &value in graph.region(region).nodes.iter() {
        let node = graph.node(value);
        let writes = match node.op {
            Op::Set if versions.contains(&value) => vec![node.args[2..].to_vec()],
            Op::If | Op::For(_) => {
                let Some(writes) = written_inside(graph, body, value, versions) else { return false };
                writes
            }
            _ => continue,
        };
        if !writes.iter().all(|write| before.iter().all(|other| are_apart(graph, body, write, other))) {
            return false;
        }
        before.extend(writes);
    }
    true
}

/// The indices of all writes to the versions of an array inside of a loop or a branch, if none of these
/// is written to twice there.
fn written_inside(
    graph: &Graph,
    body: RegionId,
    owner: Value,
    versions: &[Value],
) -> Option<Vec<Vec<Value>>> {
    let node = graph.node(owner);
    let mut all = vec![];
    for &inner in &node.regions {
        let mut writes = vec![];
        for &value in &graph.region(inner).nodes {
            let node = graph.node(value);
            match node.op {
                Op::Set if versions.contains(&value) => writes.push(node.args[2..].to_vec()),
                Op::If | Op::For(_) => writes.extend(written_inside(graph, body, value, versions)?),
                _ => {}
            }
        }
        let is_loop = matches!(node.op, Op::For(_));
        if !is_written_once(graph, body, inner, versions)
            || (is_loop && !writes.is_empty() && Block::of(graph, inner, &writes).is_none())
        {
            return None;
        }
        all.extend(writes);
    }
    Some(all)
}

/// Whether two writes of a turn never go to the same element.
fn are_apart(graph: &Graph, body: RegionId, a: &[Value], b: &[Value]) -> bool {
    let range = |index: Value| {
        let index = graph.polynomial(index);
        Some((graph.extreme_of_turn(&index, body, false)?, graph.extreme_of_turn(&index, body, true)?))
    };
    never_meet(graph, &range, a, b)
}
