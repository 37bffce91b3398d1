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
        let node = graph.node(value);
        if node.op == Op::Set {
            for &read in reads.get(&node.args[0]).into_iter().flatten() {
                order.try_put(graph, read);
            }
        }
        order.put(value);
    }
    graph.set_order(id, order.nodes);
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
                && matches!(node.op, Op::Int(_) | Op::Add | Op::Sub | Op::Mul | Op::Length(_) | Op::Constant(_))
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
