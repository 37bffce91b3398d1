//! What every derived graph goes through before it is emitted.

use crate::ir::{Graph, Op, Value, verify};
use crate::passes::{live, merge, normalise, read_first, read_from_newest, rotate};

/// A derived graph as it is emitted.
pub(super) fn finish(graph: &Graph) -> Graph {
    let mut finished = rotate(&gather(graph));
    read_first(&mut finished);
    checked(&finished);
    refuse_unfilled(&finished);
    finished
}

/// A derived graph in which what belongs together is one.
pub(super) fn gather(graph: &Graph) -> Graph {
    checked(graph);
    let merged = merge(graph);
    checked(&merged);
    let mut finished = normalise(&merged, false, usize::MAX).unwrap_or(merged);
    read_from_newest(&mut finished);
    checked(&finished);
    finished
}

/// A tape that is read and that nobody fills would be a derivative that is silently wrong: in every
/// build the macro stops.
fn refuse_unfilled(graph: &Graph) {
    let marks = live(graph, graph.results(), crate::ir::BODY);
    for value in (0..graph.len()).filter(|&place| marks[place]).map(|place| graph.value(place)) {
        let node = graph.node(value);
        let is_scratch = |value: &Value| matches!(graph.node(*value).op, Op::Scratch(..));
        let reads = !matches!(node.op, Op::For(_) | Op::Set) && node.args.iter().any(is_scratch);
        assert!(!reads, "{value} reads a tape that nobody fills, in\n{graph}");
    }
    let read = graph.results().iter().any(|result| matches!(graph.node(*result).op, Op::Scratch(..)));
    assert!(!read, "a tape that nobody fills is a result, in\n{graph}");
}

/// The verifier runs after every pass of a debug build.
pub(super) fn checked(graph: &Graph) {
    if cfg!(debug_assertions)
        && let Err(broken) = verify(graph)
    {
        panic!("{broken}, in\n{graph}");
    }
}
