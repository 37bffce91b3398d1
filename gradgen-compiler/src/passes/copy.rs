//! Copying nodes, from one graph to another or within one. Every node goes through its
//! constructor again, so a copy is simplified by what is known where it arrives; dead nodes stay
//! behind; branches whose condition is known are taken.

use std::collections::BTreeSet;

use super::merge::Order;
use crate::ir::{BODY, Call, Graph, Mode, Node, Op, RegionId, Value};
use crate::map::Map;

/// Why a graph can't be copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An index that is never inside of its array.
    Bounds {
        /// Of the index.
        origin: u32,
        /// The index.
        index: i128,
        /// The array's length.
        length: usize,
        /// The array.
        array: String,
    },
    /// More nodes than the limit.
    Limit {
        /// Of the loop that was unrolled, or the function's.
        origin: u32,
    },
    /// A division by a zero that is known.
    Zero {
        /// Of the division.
        origin: u32,
    },
}

/// Which nodes are copied.
#[derive(Clone, Copy)]
pub(crate) enum Marks<'a> {
    /// All.
    All,
    /// Those that are marked.
    Some(&'a [bool]),
}

impl Marks<'_> {
    pub(crate) fn has(self, value: Value) -> bool {
        match self {
            Self::All => true,
            Self::Some(marks) => marks.get(value.index()) == Some(&true),
        }
    }
}

/// Where the nodes come from.
pub(crate) enum Source<'a> {
    /// Another graph.
    Other(&'a Graph),
    /// The graph in which the copies are put. What is not copied stands for itself.
    Same,
}

/// A copy that is being made.
pub(crate) struct Copier<'a> {
    pub(crate) to: &'a mut Graph,
    source: Source<'a>,
    pub(super) marks: Marks<'a>,
    map: Map<Value, Value>,
    pub(super) unroll: bool,
    /// Whether calls get tapes.
    pub(super) taped: bool,
    /// Whether what is copied was run before, so that its checks were made.
    pub(crate) quiet: bool,
    /// Whether calls whose tapes nobody uses lose them. Before loops are merged this would make equal
    /// calls different.
    pub(super) untaped: bool,
    pub(super) limit: usize,
    /// Whether loops carry the elements that a turn hands to the next one.
    pub(super) rotates: bool,
    /// Whether long loops are divided into tiles.
    pub(super) tiles: bool,
    /// Arrays of which nothing is read that was not written before.
    pub(super) overwritten: BTreeSet<Value>,
    /// The order of the nodes of some regions; of the others it is that in which they stand.
    pub(super) order: Order,
}

impl<'a> Copier<'a> {
    /// `marks` says which nodes are copied.
    pub(crate) fn new(to: &'a mut Graph, source: Source<'a>, marks: Marks<'a>) -> Self {
        Self {
            to,
            source,
            marks,
            map: Map::default(),
            unroll: false,
            taped: false,
            untaped: false,
            quiet: false,
            limit: usize::MAX,
            rotates: false,
            tiles: false,
            overwritten: BTreeSet::new(),
            order: Order::new(),
        }
    }

    /// The copy of a value.
    pub(crate) fn value(&self, value: Value) -> Value {
        match self.map.get(&value) {
            Some(copy) => *copy,
            _ => {
                // Also where debug assertions are off: another value in its place would be a wrong derivative.
                assert!(matches!(self.source, Source::Same), "{value} has no copy");
                value
            }
        }
    }

    /// Sets the copy of a value.
    pub(crate) fn map(&mut self, value: Value, copy: Value) {
        self.map.insert(value, copy);
    }

    pub(super) fn from(&self) -> &Graph {
        match self.source {
            Source::Other(graph) => graph,
            Source::Same => self.to,
        }
    }

    fn values(&self, values: &[Value]) -> Vec<Value> {
        values.iter().map(|&value| self.value(value)).collect()
    }

    /// Copies a whole function, and yields the copies of its results.
    pub(super) fn function(&mut self) -> Result<Vec<Value>, Refusal> {
        for input in self.from().inputs().to_vec() {
            let ty = self.from().ty(input);
            let copy = self.to.input(ty);
            self.enter(input, copy);
        }
        self.region(BODY)
    }

    /// Sets the copy of an input or a parameter. What an array held that is overwritten is not looked at:
    /// memory that only run time knows the size of is not even cleared.
    pub(super) fn enter(&mut self, value: Value, copy: Value) {
        let copy = if self.overwritten.contains(&value) {
            let ty = self.to.ty(copy);
            if ty.is_slice() { self.to.scratch(&ty) } else { self.to.zeros(&ty) }
        } else {
            copy
        };
        self.map(value, copy);
    }

    /// Copies the nodes of a region into the current one, and yields the copies of its results.
    pub(crate) fn region(&mut self, region: RegionId) -> Result<Vec<Value>, Refusal> {
        self.nodes_of(region)?;
        let results: Vec<_> = self.from().region(region).results.clone();
        Ok(results.iter().map(|&value| self.map.get(&value).copied().unwrap_or(value)).collect())
    }

    /// Copies the nodes of a region into the current one.
    pub(super) fn nodes_of(&mut self, region: RegionId) -> Result<(), Refusal> {
        match self.order.get(&region).cloned() {
            Some(units) => {
                for unit in units {
                    match unit[..] {
                        [value] => self.visit(value)?,
                        _ => self.together(&unit)?,
                    }
                }
            }
            None => {
                for place in 0..self.from().region(region).nodes.len() {
                    self.visit(self.from().region(region).nodes[place])?;
                }
            }
        }
        Ok(())
    }

    pub(super) fn visit(&mut self, value: Value) -> Result<(), Refusal> {
        if !self.marks.has(value) {
            return Ok(());
        }
        let node = self.from().node(value).clone();
        let origin = self.to.set_origin(node.origin);
        let repeats = self.quiet || (node.op.is_check() && !node.checks);
        let quiet = self.to.set_quiet(repeats);
        let copied = self.node(value, &node);
        self.to.set_quiet(quiet);
        self.to.set_origin(origin);
        copied
    }

    fn node(&mut self, value: Value, node: &Node) -> Result<(), Refusal> {
        let copy = match &node.op {
            // Mapped by whoever starts the copy or opens the region.
            Op::Input(_) | Op::Parameter(_) => return Ok(()),
            // Mapped with the node that they are projections of.
            Op::Project(_) if !self.is_call(node.args[0]) => return Ok(()),
            Op::If => return self.branches(&[value]),
            Op::For(_) => return self.loops(&[value]),
            Op::Call(call) => {
                let args = self.values(&node.args);
                let mode = self.mode(value, call);
                let copy = self.to.call(Call { mode, ..call.clone() }, args);
                if self.taped {
                    self.to.tape_of(copy);
                }
                copy
            }
            op => {
                let args = self.values(&node.args);
                self.to.make(op, args, &node.ty)
            }
        };
        if self.to.len() > self.limit {
            return Err(Refusal::Limit { origin: node.origin });
        }
        self.refuse_known_failure(copy)?;
        if let Some(name) = node.name {
            self.to.set_name(copy, name);
        }
        self.map(value, copy);
        Ok(())
    }

    /// A call whose tape nobody uses needs none.
    fn mode(&self, value: Value, call: &Call) -> Mode {
        let is_used = || self.projections(value).iter().any(|&(place, _)| place == call.outputs);
        match call.mode {
            Mode::Primal if self.taped => Mode::Forward,
            Mode::Forward if self.untaped && !is_used() => Mode::Primal,
            Mode::ForwardJvp if self.untaped && !is_used() => Mode::Jvp,
            mode => mode,
        }
    }

    fn is_call(&self, value: Value) -> bool {
        matches!(self.from().node(value).op, Op::Call(_))
    }

    /// An index that is a literal by now and outside of its array, or a divisor that is zero.
    fn refuse_known_failure(&self, copy: Value) -> Result<(), Refusal> {
        let node = self.to.node(copy);
        let Some(&operand) = node.args.first() else { return Ok(()) };
        match (&node.op, self.to.as_int(operand)) {
            (Op::Check(crate::ir::Length::Fixed(length), array), Some(index)) => {
                Err(Refusal::Bounds { origin: node.origin, index, length: *length, array: array.clone() })
            }
            (Op::NonZero, Some(_)) => Err(Refusal::Zero { origin: node.origin }),
            _ => Ok(()),
        }
    }

    /// Opens the copy of a region. In the same graph it sees what the region saw; in another one
    /// everything that is there.
    pub(super) fn open(&mut self, region: RegionId) {
        match self.source {
            Source::Other(_) => self.to.open(),
            Source::Same => self.to.open_like(region),
        };
    }

    /// The live projections of a node, with their places.
    pub(super) fn projections(&self, node: Value) -> Vec<(usize, Value)> {
        self.from().projections(node).iter().copied().filter(|&(_, value)| self.marks.has(value)).collect()
    }

    pub(super) fn finish(&mut self, projections: &[(usize, Value)], results: &[Value]) {
        for (&(_, value), &result) in projections.iter().zip(results) {
            if let Some(name) = self.from().node(value).name {
                self.to.set_name(result, name);
            }
            self.map(value, result);
        }
    }

    /// Copies branches on one condition as one.
    fn branches(&mut self, members: &[Value]) -> Result<(), Refusal> {
        let first = self.from().node(members[0]).clone();
        let condition = self.value(first.args[0]);
        let projections: Vec<_> = members.iter().map(|&member| self.projections(member)).collect();
        let results = if let Some(holds) = self.to.as_bool(condition) {
            self.arms(members, usize::from(!holds), &projections)?
        } else {
            let mut regions = vec![];
            for (side, &region) in first.regions.iter().enumerate() {
                self.open(region);
                let results = self.arms(members, side, &projections)?;
                regions.push(self.to.close(results));
            }
            self.to.branch(condition, regions[0], regions[1])
        };
        self.finish(&projections.concat(), &results);
        Ok(())
    }

    /// Copies one side of branches, and yields the copies of what is used of their results.
    fn arms(
        &mut self,
        members: &[Value],
        side: usize,
        projections: &[Vec<(usize, Value)>],
    ) -> Result<Vec<Value>, Refusal> {
        let mut kept = vec![];
        for (&member, projections) in members.iter().zip(projections) {
            let region = self.from().node(member).regions[side];
            let results = self.region(region)?;
            kept.extend(projections.iter().map(|&(place, _)| results[place]));
        }
        Ok(kept)
    }

    /// Copies nodes as one.
    fn together(&mut self, members: &[Value]) -> Result<(), Refusal> {
        let node = self.from().node(members[0]);
        let origin = node.origin;
        let is_branch = node.op == Op::If;
        let origin = self.to.set_origin(origin);
        let copied = if is_branch { self.branches(members) } else { self.loops(members) };
        self.to.set_origin(origin);
        copied
    }
}
