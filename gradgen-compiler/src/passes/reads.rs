//! Reads of an array come before the write that ends it, so that the write needs no copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::{BODY, Graph, Op, RegionId, Type, Value};

/// Puts reads of elements before the writes of other elements of the same array, where their
/// indices are known by then.
pub fn read_first(graph: &mut Graph) {
    region(graph, BODY);
}

fn region(graph: &mut Graph, id: RegionId) {
    let nodes = graph.region(id).nodes.clone();
    let mut reads: BTreeMap<Value, Vec<Value>> = BTreeMap::new();
    for &value in &nodes {
        let node = graph.node(value);
        if node.op == Op::Get && !node.ty.is_slice() {
            reads.entry(node.args[0]).or_default().push(value);
        }
    }
    let mut order = Order { here: nodes.iter().copied().collect(), done: BTreeSet::new(), nodes: vec![] };
    for &value in &nodes {
        let node = graph.node(value);
        for inner in node.regions.clone() {
            region(graph, inner);
        }
        for array in replaced(graph, value) {
            for &read in reads.get(&array).into_iter().flatten() {
                order.try_put(graph, read);
            }
        }
        order.put(value);
    }
    graph.set_order(id, order.nodes);
}

/// The arrays of which a node may make others in their place.
fn replaced(graph: &Graph, value: Value) -> Vec<Value> {
    let node = graph.node(value);
    match node.op {
        Op::Set => vec![node.args[0]],
        Op::For(_) => node.args[2..].to_vec(),
        Op::If => {
            let inner = node.regions.iter().flat_map(|&inner| &graph.region(inner).nodes);
            inner.flat_map(|&inner| replaced(graph, inner)).collect()
        }
        _ => vec![],
    }
}

struct Order {
    here: BTreeSet<Value>,
    done: BTreeSet<Value>,
    nodes: Vec<Value>,
}

impl Order {
    fn put(&mut self, value: Value) {
        if self.done.insert(value) {
            self.nodes.push(value);
        }
    }

    /// Whether a value is there, or could be: an integer that only others make up.
    fn is_ready(&self, graph: &Graph, value: Value) -> bool {
        let node = graph.node(value);
        !self.here.contains(&value)
            || self.done.contains(&value)
            || (matches!(node.ty, Type::Int(_))
                && matches!(
                    node.op,
                    Op::Int(_) | Op::Add | Op::Sub | Op::Mul | Op::Length(_) | Op::Constant(_)
                )
                && node.args.iter().all(|&arg| self.is_ready(graph, arg)))
    }

    /// Puts a read here, with the computation of its indices, if that is possible.
    fn try_put(&mut self, graph: &Graph, read: Value) {
        let args = &graph.node(read).args;
        let array_is_there = !self.here.contains(&args[0]) || self.done.contains(&args[0]);
        if array_is_there && args[1..].iter().all(|&index| self.is_ready(graph, index)) {
            for &index in &args[1..] {
                self.put_with_arguments(graph, index);
            }
            self.put(read);
            self.put_on_tape(graph, read);
        }
    }

    /// What is read only to be kept on a tape is kept at once.
    fn put_on_tape(&mut self, graph: &Graph, read: Value) {
        let keeps: Vec<_> = self
            .here
            .iter()
            .copied()
            .filter(|&value| {
                let node = graph.node(value);
                node.op == Op::Set && node.args[1] == read && !self.done.contains(&value)
            })
            .collect();
        for keep in keeps {
            let args = &graph.node(keep).args;
            let is_there = |value: &Value| !self.here.contains(value) || self.done.contains(value);
            if is_there(&args[0]) && args[2..].iter().all(is_there) {
                self.put(keep);
            }
        }
    }

    fn put_with_arguments(&mut self, graph: &Graph, value: Value) {
        if self.here.contains(&value) && !self.done.contains(&value) {
            for &arg in &graph.node(value).args {
                self.put_with_arguments(graph, arg);
            }
            self.put(value);
        }
    }
}
