//! Branches on one condition become one branch, and what came of one loop becomes one loop again.
//!
//! A derivative runs the branches and loops of the function again, next to the function's own.
//! Where neither needs a result of the other, both can be run at once, and what they have in common
//! is there once.

use std::collections::{BTreeMap, BTreeSet};

use super::live::{live, live_places};
use super::rebuild::changed;
use crate::ir::{BODY, Graph, Op, RegionId, Value, Walk};

/// What nodes have to have in common to be merged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// Branches: the condition.
    Branch(Value),
    /// Loops: start, end, direction, and the user's loop that they come from.
    Loop(Value, Value, Walk, u32),
}

impl Key {
    fn of(graph: &Graph, value: Value) -> Option<Self> {
        let node = graph.node(value);
        match node.op {
            Op::If => Some(Self::Branch(node.args[0])),
            Op::For(walk) if !walk.until => Some(Self::Loop(node.args[0], node.args[1], walk, node.origin)),
            _ => None,
        }
    }
}

/// The order in which the nodes of regions are copied: nodes that are copied together stand
/// together.
pub(super) type Order = BTreeMap<RegionId, Vec<Vec<Value>>>;

/// Merges branches and loops, and then those that stand in merged branches, as long as there are any.
#[must_use]
pub fn merge(graph: &Graph) -> Graph {
    let mut graph = graph.clone();
    loop {
        let marks = live(&graph, graph.results(), BODY);
        let mut order = Order::new();
        plan(&graph, BODY, &marks, &mut order);
        if order.values().flatten().all(|unit| unit.len() == 1) {
            return graph;
        }
        graph = changed(&graph, |copier| copier.order = order);
    }
}

/// Finds what can be merged in a region and in those inside of it.
fn plan(graph: &Graph, region: RegionId, marks: &[bool], order: &mut Order) {
    let nodes: Vec<_> =
        graph.region(region).nodes.iter().copied().filter(|value| marks[value.index()]).collect();
    let mut groups = Groups::default();
    for &value in &nodes {
        groups.visit(graph, value, marks);
        for &inner in &graph.node(value).regions {
            plan(graph, inner, marks, order);
        }
    }
    if groups.members.iter().any(|members| members.len() > 1) {
        order.insert(region, groups.order(graph, &nodes, marks));
    }
}

/// The branches and loops of a region, in groups that are merged.
#[derive(Default)]
struct Groups {
    members: Vec<Vec<Value>>,
    /// The groups whose results a group needs, by way of others too.
    needs: Vec<Bits>,
    of: BTreeMap<Value, usize>,
    /// For each node, the groups whose results it needs directly, or by way of plain nodes.
    behind: BTreeMap<Value, Bits>,
    /// The groups of a kind.
    on: BTreeMap<Key, Vec<usize>>,
}

impl Groups {
    fn visit(&mut self, graph: &Graph, value: Value, marks: &[bool]) {
        let mut behind = Bits::default();
        for used in dependencies(graph, value, marks) {
            if let Some(group) = self.of.get(&used) {
                behind.insert(*group);
            } else if let Some(further) = self.behind.get(&used) {
                behind.extend(further);
            }
        }
        if let Some(key) = Key::of(graph, value) {
            self.join(key, value, &behind);
        }
        if !behind.is_empty() {
            self.behind.insert(value, behind);
        }
    }

    /// Puts a node into the first group of its kind that nothing it needs depends on.
    fn join(&mut self, key: Key, value: Value, behind: &Bits) {
        let mut needs = behind.clone();
        for group in behind.iter() {
            needs.extend(&self.needs[group]);
        }
        let on = self.on.entry(key).or_default();
        let group = match on.iter().copied().find(|&group| !needs.has(group)) {
            Some(group) => {
                self.members[group].push(value);
                self.needs[group].extend(&needs);
                let all = self.needs[group].clone();
                for needs in self.needs.iter_mut().filter(|needs| needs.has(group)) {
                    needs.extend(&all);
                }
                group
            }
            None => {
                self.members.push(vec![value]);
                self.needs.push(needs);
                on.push(self.members.len() - 1);
                self.members.len() - 1
            }
        };
        self.of.insert(value, group);
    }

    /// An order in which every node, and every group as a whole, comes after what it needs.
    fn order(&self, graph: &Graph, nodes: &[Value], marks: &[bool]) -> Vec<Vec<Value>> {
        let here: BTreeSet<_> = nodes.iter().copied().collect();
        let mut done = BTreeSet::new();
        let mut order = vec![];
        for &first in nodes {
            // Depth first, without recursion: a unit is put out when it is met the second time.
            let mut work = vec![(self.unit(first), false)];
            while let Some((unit, ready)) = work.pop() {
                if done.contains(&unit[0]) {
                    continue;
                }
                if ready {
                    done.extend(unit.iter().copied());
                    order.push(unit);
                    continue;
                }
                let mut needed: Vec<_> =
                    unit.iter().flat_map(|&value| dependencies(graph, value, marks)).collect();
                needed.retain(|value| here.contains(value) && !done.contains(value));
                work.push((unit, true));
                work.extend(needed.into_iter().rev().map(|value| (self.unit(value), false)));
            }
        }
        order
    }

    fn unit(&self, value: Value) -> Vec<Value> {
        self.of.get(&value).map_or_else(|| vec![value], |&group| self.members[group].clone())
    }
}

/// The values that a node uses, in its regions too.
fn dependencies(graph: &Graph, value: Value, marks: &[bool]) -> Vec<Value> {
    let node = graph.node(value);
    let mut used = arguments(graph, value, marks);
    let mut regions = node.regions.clone();
    while let Some(region) = regions.pop() {
        let region = graph.region(region);
        used.extend(&region.results);
        for &inner in region.nodes.iter().filter(|inner| marks[inner.index()]) {
            used.extend(arguments(graph, inner, marks));
            regions.extend(&graph.node(inner).regions);
        }
    }
    used.retain(|value| marks[value.index()]);
    used
}

/// The arguments of a node; of what a loop carries, those that are needed.
fn arguments(graph: &Graph, value: Value, marks: &[bool]) -> Vec<Value> {
    let args = &graph.node(value).args;
    match graph.node(value).op {
        Op::For(_) => {
            let carried = live_places(graph, value, marks).into_iter().map(|place| args[2 + place]);
            args[..2].iter().copied().chain(carried).collect()
        }
        _ => args.clone(),
    }
}

/// A set of small numbers.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn insert(&mut self, place: usize) {
        if self.0.len() <= place / 64 {
            self.0.resize(place / 64 + 1, 0);
        }
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    fn extend(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len() * 64).filter(|&place| self.has(place))
    }
}
