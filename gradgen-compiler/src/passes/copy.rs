//! Copying nodes, from one graph to another or within one. Every node goes through its
//! constructor again, so a copy is simplified by what is known where it arrives; dead nodes stay
//! behind; branches whose condition is known are taken; loops of known range can be unrolled.

use super::live::{live, live_places, needed_without, region_operations};
use super::merge::Order;
use crate::ir::{BODY, Call, Graph, Mode, Node, Op, RegionId, Value, Walk};
use crate::map::Map;

/// So often is the body of a loop written out at most, …
const UNROLLED_TRIPS: usize = 6;

/// … and so many operations may come of it.
const UNROLLED_OPERATIONS: usize = 500;

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

/// The same function, rebuilt: without dead nodes, with short loops written out if `unroll`, in at
/// most `limit` nodes.
///
/// # Errors
/// What can only fail when it is run, and too many nodes.
pub fn normalise(from: &Graph, unroll: bool, limit: usize) -> Result<Graph, Refusal> {
    let mut to = Graph::like(from);
    let marks = live(from, from.results(), BODY);
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    copier.unroll = unroll;
    copier.untaped = true;
    copier.limit = limit;
    let results = copier.function()?;
    to.set_results(results);
    Ok(to)
}

/// The same function with calls that have tapes, for reverse mode.
#[must_use]
pub fn with_tapes(from: &Graph) -> Graph {
    let mut to = Graph::like(from);
    let marks = live(from, from.results(), BODY);
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    copier.taped = true;
    let results = copier.function().expect("a copy of what was accepted is accepted");
    to.set_results(results);
    to
}

/// The function that yields some values of another, from some of its inputs, then from what is given,
/// then from other inputs.
#[must_use]
pub fn extract(from: &Graph, inputs: &[Value], given: &[Value], late: &[Value], results: &[Value]) -> Graph {
    let mut to = Graph::like(from);
    let marks = needed_without(from, results, given);
    let mut copier = Copier::new(&mut to, Source::Other(from), Marks::Some(&marks));
    for &value in inputs.iter().chain(given).chain(late) {
        let ty = copier.from().ty(value);
        let copy = copier.to.input(ty);
        copier.map(value, copy);
    }
    copier.nodes_of(BODY).expect("a copy of what was accepted is accepted");
    let results = results.iter().map(|&result| copier.value(result)).collect();
    to.set_results(results);
    to
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
    /// Whether calls get tapes.
    taped: bool,
    /// Whether calls whose tapes nobody uses lose them. Before loops are merged this would make equal
    /// calls different.
    untaped: bool,
    limit: usize,
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
            limit: usize::MAX,
            order: Order::new(),
        }
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
        self.nodes_of(region)?;
        let results: Vec<_> = self.from().region(region).results.clone();
        Ok(results.iter().map(|&value| self.map.get(&value).copied().unwrap_or(value)).collect())
    }

    /// Copies the nodes of a region into the current one.
    fn nodes_of(&mut self, region: RegionId) -> Result<(), Refusal> {
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

    /// Copies loops over one range as one. What has one value throughout is carried once; what no
    /// iteration changes is no part of the loop.
    fn loops(&mut self, members: &[Value]) -> Result<(), Refusal> {
        let first = self.from().node(members[0]).clone();
        let Op::For(walk) = first.op else { unreachable!("these are loops") };
        let (start, end) = (self.value(first.args[0]), self.value(first.args[1]));
        if let [value] = *members
            && self.unrolls(first.regions[0], walk, start, end)
        {
            return self.unrolled(value, &first, walk, start, end);
        }
        let mut carried = Carried::find(self, members, walk);
        let all = loop {
            self.open(first.regions[0]);
            let index = self.index(members, start, end, walk);
            let parameters = carried.enter(self);
            for &member in members {
                self.nodes_of(self.from().node(member).regions[0])?;
            }
            let yields = carried.leave(self, &parameters);
            let results = yields.clone().unwrap_or_default();
            let region = self.to.close(results);
            if yields.is_some() {
                let initial = carried.initial();
                break self.to.repeat(walk, start, end, &initial, region);
            }
            debug_assert!(self.to.node(index).op == Op::Parameter(0), "the variable comes first");
        };
        for (slot, value) in carried.results(&all) {
            self.finish_place(slot.member, slot.place, value);
        }
        Ok(())
    }

    /// The variable of loops that are copied as one.
    fn index(&mut self, members: &[Value], start: Value, end: Value, walk: Walk) -> Value {
        let variables: Vec<_> = members
            .iter()
            .map(|&member| self.from().region(self.from().node(member).regions[0]).parameters[0])
            .collect();
        let ty = self.from().ty(variables[0]);
        let index = self.to.parameter(ty);
        self.to.set_range(index, start, end, walk);
        for variable in variables {
            self.name_like(index, variable);
            self.map(variable, index);
        }
        index
    }

    fn name_like(&mut self, copy: Value, like: Value) {
        if let Some(name) = self.from().node(like).name {
            self.to.set_name(copy, name);
        }
    }

    /// Copies a loop as the sequence of its iterations.
    fn unrolled(
        &mut self,
        value: Value,
        node: &Node,
        walk: Walk,
        start: Value,
        end: Value,
    ) -> Result<(), Refusal> {
        let places = self.places(value);
        let all = self.iterations(start, end, walk, node.regions[0], &places, node)?;
        for (place, result) in places.into_iter().zip(all) {
            self.finish_place(value, place, result);
        }
        Ok(())
    }

    /// The places of what a loop carries that are needed.
    fn places(&self, value: Value) -> Vec<usize> {
        match self.marks {
            Marks::All => (0..self.from().node(value).args.len() - 2).collect(),
            Marks::Some(marks) => live_places(self.from(), value, marks),
        }
    }

    /// Gives a projection of a loop what it is.
    fn finish_place(&mut self, value: Value, place: usize, result: Value) {
        let mut projections = self.projections(value);
        projections.retain(|&(known, _)| known == place);
        self.finish(&projections, &vec![result; projections.len()]);
    }

    /// Whether a loop is written out: it is short, and so is what comes of it.
    fn unrolls(&self, body: RegionId, walk: Walk, start: Value, end: Value) -> bool {
        if !self.unroll || walk.until {
            return false;
        }
        let (Some(start), Some(end)) = (self.to.as_int(start), self.to.as_int(end)) else { return false };
        let trips = usize::try_from(walk.count(start, end)).unwrap_or(usize::MAX);
        let all = vec![true; self.from().len()];
        let marks = if let Marks::Some(marks) = self.marks { marks } else { &all };
        trips <= UNROLLED_TRIPS
            && region_operations(self.from(), body, marks).saturating_mul(trips) <= UNROLLED_OPERATIONS
    }

    fn iterations(
        &mut self,
        start: Value,
        end: Value,
        walk: Walk,
        body: RegionId,
        places: &[usize],
        node: &Node,
    ) -> Result<Vec<Value>, Refusal> {
        let region = self.from().region(body);
        let (parameters, results) = (region.parameters.clone(), region.results.clone());
        let ty = self.to.ty(start);
        let (start, end) = (self.to.as_int(start).unwrap_or(0), self.to.as_int(end).unwrap_or(0));
        let mut carried: Vec<_> = places.iter().map(|&place| self.value(node.args[2 + place])).collect();
        for turn in 0..walk.count(start, end) {
            let at = self.to.int(walk.at(start, end, turn), ty.clone());
            self.map(parameters[0], at);
            for (&place, &value) in places.iter().zip(&carried) {
                self.map(parameters[place + 1], value);
            }
            self.nodes_of(body)?;
            carried = places.iter().map(|&place| self.value(results[place])).collect();
        }
        Ok(carried)
    }
}

/// What loops carry, in classes of equal values.
struct Carried {
    until: bool,
    slots: Vec<Slot>,
    /// The classes of slots that an iteration changes.
    classes: Vec<Vec<usize>>,
    /// The slots that keep their first values.
    constant: Vec<usize>,
}

/// A place of what a loop carries.
#[derive(Clone)]
struct Slot {
    member: Value,
    place: usize,
    parameter: Value,
    result: Value,
    initial: Value,
}

impl Carried {
    /// At first, whatever starts with one value is taken for equal.
    fn find(copier: &mut Copier<'_>, members: &[Value], walk: Walk) -> Self {
        let mut slots = vec![];
        for &member in members {
            let node = copier.from().node(member).clone();
            for place in copier.places(member) {
                let region = copier.from().region(node.regions[0]);
                let (parameter, result) = (region.parameters[place + 1], region.results[place]);
                let initial = copier.value(node.args[2 + place]);
                slots.push(Slot { member, place, parameter, result, initial });
            }
        }
        let mut carried = Self { until: walk.until, slots, classes: vec![], constant: vec![] };
        for slot in 0..carried.slots.len() {
            let alike = |other: &Slot, this: &Slot| {
                let scratch = |value: Value| match &copier.to.node(value).op {
                    Op::Scratch(ty, _) => Some(ty.clone()),
                    _ => None,
                };
                other.initial == this.initial
                    || (scratch(other.initial).is_some() && scratch(other.initial) == scratch(this.initial))
            };
            let this = &carried.slots[slot];
            if this.parameter == this.result && !(carried.until && slot == 0) {
                carried.constant.push(slot);
                continue;
            }
            let known = carried
                .classes
                .iter()
                .position(|class| alike(&carried.slots[class[0]], this) && !(carried.until && class[0] == 0));
            match known {
                Some(class) => carried.classes[class].push(slot),
                None => carried.classes.push(vec![slot]),
            }
        }
        carried
    }

    /// Makes the parameters of the body, which is open.
    fn enter(&self, copier: &mut Copier<'_>) -> Vec<Value> {
        for &slot in &self.constant {
            copier.map(self.slots[slot].parameter, self.slots[slot].initial);
        }
        self.classes
            .iter()
            .map(|class| {
                let ty = copier.from().ty(self.slots[class[0]].parameter);
                let copy = copier.to.parameter(ty);
                for &slot in class {
                    copier.name_like(copy, self.slots[slot].parameter);
                    copier.map(self.slots[slot].parameter, copy);
                }
                copy
            })
            .collect()
    }

    /// What the body yields, or nothing if it showed that classes have to be divided.
    fn leave(&mut self, copier: &Copier<'_>, parameters: &[Value]) -> Option<Vec<Value>> {
        let mut yields = vec![];
        let mut divided: Vec<Vec<usize>> = vec![];
        let mut constant = vec![];
        for (class, &parameter) in self.classes.iter().zip(parameters) {
            let mut parts: Vec<(Value, Vec<usize>)> = vec![];
            for &slot in class {
                let result = copier.value(self.slots[slot].result);
                match parts.iter_mut().find(|(known, _)| *known == result) {
                    Some((_, part)) => part.push(slot),
                    None => parts.push((result, vec![slot])),
                }
            }
            let whole = parts.len() == 1;
            for (result, part) in parts {
                if whole && result == parameter && !(self.until && part[0] == 0) {
                    constant.extend(part);
                } else {
                    yields.push(result);
                    divided.push(part);
                }
            }
        }
        let stable = divided.len() == self.classes.len() && constant.is_empty();
        self.classes = divided;
        self.constant.extend(constant);
        stable.then_some(yields)
    }

    fn initial(&self) -> Vec<Value> {
        self.classes.iter().map(|class| self.slots[class[0]].initial).collect()
    }

    /// The values after the loop, by slot.
    fn results(&self, all: &[Value]) -> Vec<(Slot, Value)> {
        let moved = self
            .classes
            .iter()
            .zip(all)
            .flat_map(|(class, &value)| class.iter().map(move |&slot| (self.slots[slot].clone(), value)));
        let kept = self.constant.iter().map(|&slot| (self.slots[slot].clone(), self.slots[slot].initial));
        moved.chain(kept).collect()
    }
}
