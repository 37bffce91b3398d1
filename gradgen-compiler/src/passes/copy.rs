//! Copying nodes, from one graph to another or within one. Every node goes through its
//! constructor again, so a copy is simplified by what is known where it arrives; dead nodes stay
//! behind; branches whose condition is known are taken; loops of known range can be unrolled.

use super::live;
use super::merge::Order;
use crate::ir::{BODY, Graph, Node, Op, RegionId, Type, Value, Walk};
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

/// The same function, rebuilt: without dead nodes, with all loops of known range unrolled if
/// `unroll`, in at most `limit` nodes.
///
/// # Errors
/// What can only fail when it is run, and too many nodes.
pub fn normalise(from: &Graph, unroll: bool, limit: usize) -> Result<Graph, Refusal> {
    let mut to = Graph::like(from);
    let marks = live(from, from.results(), BODY);
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    copier.unroll = unroll;
    copier.limit = limit;
    let results = copier.function()?;
    to.set_results(results);
    Ok(to)
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
    marks: Marks<'a>,
    map: Map<Value, Value>,
    unroll: bool,
    limit: usize,
    /// The order of the nodes of some regions; of the others it is that in which they stand.
    pub(super) order: Order,
}

impl<'a> Copier<'a> {
    /// `marks` says which nodes are copied.
    pub(crate) fn new(to: &'a mut Graph, source: Source<'a>, marks: Marks<'a>) -> Self {
        Self { to, source, marks, map: Map::default(), unroll: false, limit: usize::MAX, order: Order::new() }
    }

    /// The copy of a value.
    pub(crate) fn value(&self, value: Value) -> Value {
        match self.map.get(&value) {
            Some(copy) => *copy,
            _ => {
                debug_assert!(matches!(self.source, Source::Same), "{value} has no copy");
                value
            }
        }
    }

    /// Sets the copy of a value.
    pub(crate) fn map(&mut self, value: Value, copy: Value) {
        self.map.insert(value, copy);
    }

    fn from(&self) -> &Graph {
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
            self.map(input, copy);
        }
        self.region(BODY)
    }

    /// Copies the nodes of a region into the current one, and yields the copies of its results.
    pub(crate) fn region(&mut self, region: RegionId) -> Result<Vec<Value>, Refusal> {
        match self.order.remove(&region) {
            Some(units) => {
                for unit in units {
                    match unit[..] {
                        [value] => self.visit(value)?,
                        _ => self.branches(&unit)?,
                    }
                }
            }
            None => {
                for place in 0..self.from().region(region).nodes.len() {
                    self.visit(self.from().region(region).nodes[place])?;
                }
            }
        }
        let results: Vec<_> = self.from().region(region).results.clone();
        Ok(results
            .iter()
            .map(|&value| if self.marks.has(value) { self.value(value) } else { value })
            .collect())
    }

    fn visit(&mut self, value: Value) -> Result<(), Refusal> {
        if !self.marks.has(value) {
            return Ok(());
        }
        let node = self.from().node(value).clone();
        let origin = self.to.set_origin(node.origin);
        let copied = self.node(value, &node);
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
            Op::For(walk) => return self.repeat(value, node, *walk),
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
    fn open(&mut self, region: RegionId) {
        match self.source {
            Source::Other(_) => self.to.open(),
            Source::Same => self.to.open_like(region),
        };
    }

    /// The live projections of a node, with their places.
    fn projections(&self, node: Value) -> Vec<(usize, Value)> {
        self.from().projections(node).iter().copied().filter(|&(_, value)| self.marks.has(value)).collect()
    }

    fn finish(&mut self, projections: &[(usize, Value)], results: &[Value]) {
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

    fn repeat(&mut self, value: Value, node: &Node, walk: Walk) -> Result<(), Refusal> {
        let args = self.values(&node.args);
        let body = node.regions[0];
        let parameters = self.from().region(body).parameters.clone();
        let projections = self.projections(value);
        let results = match (self.to.as_int(args[0]), self.to.as_int(args[1])) {
            (Some(start), Some(end)) if self.unroll => {
                let ty = self.to.ty(args[0]);
                self.iterations(start, end, walk, &ty, body, &parameters, args[2..].to_vec())?
            }
            _ => {
                self.open(body);
                for &parameter in &parameters {
                    let ty = self.from().ty(parameter);
                    let copy = self.to.parameter(ty);
                    self.map(parameter, copy);
                }
                let results = self.region(body)?;
                let body = self.to.close(results);
                self.to.repeat(walk, args[0], args[1], &args[2..], body)
            }
        };
        let kept: Vec<_> = projections.iter().map(|&(place, _)| results[place]).collect();
        self.finish(&projections, &kept);
        Ok(())
    }

    fn iterations(
        &mut self,
        start: i128,
        end: i128,
        walk: Walk,
        ty: &Type,
        body: RegionId,
        parameters: &[Value],
        mut carried: Vec<Value>,
    ) -> Result<Vec<Value>, Refusal> {
        let mut step = |copier: &mut Self, at: i128| -> Result<(), Refusal> {
            let at = copier.to.int(at, ty.clone());
            copier.map(parameters[0], at);
            for (&parameter, &value) in parameters[1..].iter().zip(&carried) {
                copier.map(parameter, value);
            }
            carried = copier.region(body)?;
            // A loop without operations still takes its time to unroll.
            copier.limit = copier.limit.saturating_sub(1);
            if copier.to.len() > copier.limit {
                return Err(Refusal::Limit { origin: copier.to.set_origin(0) });
            }
            Ok(())
        };
        (0..walk.count(start, end)).try_for_each(|turn| step(self, walk.at(start, end, turn)))?;
        Ok(carried)
    }
}
