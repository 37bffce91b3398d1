//! Elements that a turn of a loop hands to the next one are carried, and not written to memory to be read
//! again: `a[i + 1] += …; … a[i] …` in a loop over `i`.

use std::collections::BTreeMap;

use super::copy::{Copier, Marks, Refusal};
use super::live::live_places;
use super::rebuild::changed;
use crate::ir::{Atom, Comparison, Graph, Int, Node, Op, RegionId, Type, Value, Walk};

const USIZE: Type = Type::Int(Int::Usize);

/// The same function in which loops carry such elements.
#[must_use]
pub fn rotate(from: &Graph) -> Graph {
    changed(from, |copier| copier.rotates = true)
}

/// An array of which a turn uses two neighbours, one of which is the next turn's.
pub(super) struct Rotation {
    place: usize,
    /// What is added to the loop's variable for the first of the two.
    offset: i128,
    /// The indices that follow that one: for each of these there are two neighbours.
    lanes: Vec<Vec<i128>>,
}

/// Of two neighbours: that which no later turn uses, and that which the next one does.
const EARLY: usize = 0;
const LATE: usize = 1;

/// The versions of an array in a body, with what is known of the elements of each.
type Versions = BTreeMap<Value, Vec<[Option<Value>; 2]>>;

impl Rotation {
    /// Those of a loop.
    pub(super) fn of(graph: &Graph, value: Value, walk: Walk, marks: Marks<'_>) -> Vec<Self> {
        let body = graph.node(value).regions[0];
        let plain = Walk { reverse: walk.reverse, ..Walk::default() };
        if walk != plain || graph.ty(graph.region(body).parameters[0]) != USIZE {
            return vec![];
        }
        let places = match marks {
            Marks::All => (0..graph.node(value).args.len() - 2).collect(),
            Marks::Some(marks) => live_places(graph, value, marks),
        };
        places
            .into_iter()
            .filter_map(|place| Self::of_place(graph, body, place, walk.reverse, marks))
            .collect()
    }

    fn of_place(
        graph: &Graph,
        body: RegionId,
        place: usize,
        reverse: bool,
        marks: Marks<'_>,
    ) -> Option<Self> {
        let region = graph.region(body);
        let (parameter, result) = (region.parameters[place + 1], region.results[place]);
        if !matches!(graph.ty(parameter), Type::Array(..)) {
            return None;
        }
        let mut versions = vec![parameter];
        // For each lane, what is added to the loop's variable, and whether it is written there.
        let mut uses: BTreeMap<Vec<i128>, BTreeMap<i128, bool>> = BTreeMap::new();
        for &value in region.nodes.iter().filter(|&&value| marks.has(value)) {
            let node = graph.node(value);
            let is_version = |value: &Value| versions.contains(value);
            if node.regions.iter().any(|&inner| mentions(graph, inner, &versions)) {
                return None;
            }
            if !node.args.iter().any(is_version) {
                continue;
            }
            let (indices, written) = match node.op {
                Op::Get if node.ty == Type::Real => (&node.args[1..], false),
                Op::Set if is_version(&node.args[0]) && graph.ty(node.args[1]) == Type::Real => {
                    (&node.args[2..], true)
                }
                _ => return None,
            };
            let (&first, rest) = indices.split_first()?;
            // What is checked in the loop may not be there before it.
            if matches!(graph.node(first).op, Op::Check(..)) {
                return None;
            }
            let variable = Atom::Value(region.parameters[0]);
            let offset = graph.polynomial(first).minus(&variable.into()).constant()?;
            let rest: Vec<_> = rest.iter().map(|&index| graph.as_int(index)).collect::<Option<_>>()?;
            *uses.entry(rest).or_default().entry(offset).or_default() |= written;
            if written {
                versions.push(value);
            }
        }
        // A copy that goes its own way is another array.
        let is_next = |pair: &[Value]| graph.node(pair[1]).args[0] == pair[0];
        if versions.last() != Some(&result) || !versions.windows(2).all(is_next) {
            return None;
        }
        let offset = *uses.values().next()?.keys().next()?;
        // Both neighbours are there in every turn, and that which the next one uses is written to.
        let late = offset + i128::from(!reverse);
        let is_pair = |offsets: &BTreeMap<i128, bool>| {
            offsets.keys().copied().eq([offset, offset + 1]) && offsets[&late]
        };
        let mut others = region.results.iter().enumerate().filter(|&(at, _)| at != place);
        let alone = !others.any(|(_, other)| versions.contains(other));
        (alone && uses.values().all(is_pair)).then(|| Self {
            place,
            offset,
            lanes: uses.into_keys().collect(),
        })
    }
}

/// Whether a region uses some values.
fn mentions(graph: &Graph, region: RegionId, values: &[Value]) -> bool {
    let region = graph.region(region);
    region.results.iter().any(|result| values.contains(result))
        || region.nodes.iter().any(|&node| {
            let node = graph.node(node);
            node.args.iter().any(|arg| values.contains(arg))
                || node.regions.iter().any(|&inner| mentions(graph, inner, values))
        })
}

impl Copier<'_> {
    /// Copies a loop as one that carries elements of arrays.
    pub(super) fn rotated(
        &mut self,
        value: Value,
        node: &Node,
        walk: Walk,
        [start, end]: [Value; 2],
        rotations: &[Rotation],
    ) -> Result<(), Refusal> {
        let places = self.places(value);
        let initial: Vec<_> = places.iter().map(|&place| self.value(node.args[2 + place])).collect();
        let body = node.regions[0];
        let (parameters, results) =
            (self.from().region(body).parameters.clone(), self.from().region(body).results.clone());
        let position = |rotation: &Rotation| places.iter().position(|&place| place == rotation.place);
        let positions: Vec<_> = rotations.iter().filter_map(position).collect();
        // The neighbours that the first turn has, and those that the last one leaves: if there is a turn.
        let [first, last] = if walk.reverse { [end, start] } else { [start, end] };
        let runs = self.to.as_int(start).zip(self.to.as_int(end)).is_some_and(|(start, end)| start < end);
        let runs = (!runs).then(|| self.to.compare(Comparison::Lt, start, end));
        let mut carried = initial.clone();
        for (rotation, &position) in rotations.iter().zip(&positions) {
            for lane in &rotation.lanes {
                let indices = self.element(first, rotation.offset, lane);
                carried.push(self.if_run(runs, |graph| graph.get(initial[position], &indices), None));
            }
        }

        self.to.open();
        let index = self.index(&[value], start, end, walk);
        let mut copies = vec![];
        for &place in &places {
            let copy = self.to.parameter(self.from().ty(parameters[place + 1]));
            self.name_like(copy, parameters[place + 1]);
            self.map(parameters[place + 1], copy);
            copies.push(copy);
        }
        let mut versions = Versions::new();
        for rotation in rotations {
            let lanes = rotation.lanes.iter().map(|_| [Some(self.to.parameter(Type::Real)), None]);
            versions.insert(parameters[rotation.place + 1], lanes.collect());
        }
        for node in self.from().region(body).nodes.clone() {
            if self.marks.has(node) && !self.handed(node, walk, body, rotations, &mut versions) {
                self.visit(node)?;
            }
        }
        let is_rotated = |position: usize| positions.contains(&position);
        let yields = places.iter().zip(&copies).enumerate();
        let yields = yields.map(
            |(position, (&place, &copy))| {
                if is_rotated(position) { copy } else { self.value(results[place]) }
            },
        );
        let mut yields: Vec<_> = yields.collect();
        let early = i128::from(walk.reverse);
        for (rotation, &position) in rotations.iter().zip(&positions) {
            let mut array = copies[position];
            for (lane, known) in rotation.lanes.iter().zip(&versions[&results[rotation.place]]) {
                let indices = self.element(index, rotation.offset + early, lane);
                let element = known[EARLY].expect("it was there before the turn");
                array = self.to.set(array, element, &indices);
            }
            yields[position] = array;
        }
        let lates = rotations.iter().flat_map(|rotation| &versions[&results[rotation.place]]);
        yields.extend(lates.map(|known| known[LATE].expect("it is written in every turn")));
        let region = self.to.close(yields);
        let mut all = self.to.repeat(walk, start, end, &carried, region);

        let mut handed = all.split_off(places.len()).into_iter();
        for (rotation, &position) in rotations.iter().zip(&positions) {
            for lane in &rotation.lanes {
                let indices = self.element(last, rotation.offset, lane);
                let (array, element) = (all[position], handed.next().expect("one for each lane"));
                all[position] = self.if_run(runs, |graph| graph.set(array, element, &indices), Some(array));
            }
        }
        for (place, result) in places.into_iter().zip(all) {
            self.finish_place(value, place, result);
        }
        Ok(())
    }

    /// A value under a condition, or else another one (zero).
    fn if_run(
        &mut self,
        condition: Option<Value>,
        value: impl FnOnce(&mut Graph) -> Value,
        other: Option<Value>,
    ) -> Value {
        let Some(condition) = condition else { return value(self.to) };
        self.to.open();
        let value = value(self.to);
        let run = self.to.close(vec![value]);
        if self.to.as_real(value) == Some(0.0) {
            return self.to.real(0.0);
        }
        let other = other.unwrap_or_else(|| self.to.real(0.0));
        self.to.open();
        let skipped = self.to.close(vec![other]);
        self.to.branch(condition, run, skipped)[0]
    }

    /// The indices of an element.
    fn element(&mut self, at: Value, offset: i128, lane: &[i128]) -> Vec<Value> {
        let distance = self.to.int(offset.abs(), USIZE);
        let first = match offset {
            0 => at,
            ..0 => self.to.sub(at, distance),
            _ => self.to.add(at, distance),
        };
        let rest = lane.iter().map(|&index| self.to.int(index, USIZE));
        std::iter::once(first).chain(rest.collect::<Vec<_>>()).collect()
    }

    /// Whether a node of the body is a use of an element that is carried; then it is what that is.
    fn handed(
        &mut self,
        value: Value,
        walk: Walk,
        body: RegionId,
        rotations: &[Rotation],
        versions: &mut Versions,
    ) -> bool {
        let node = self.from().node(value).clone();
        let Some(array) = node.args.first().filter(|_| matches!(node.op, Op::Get | Op::Set)).copied() else {
            return false;
        };
        let Some(known) = versions.get(&array).cloned() else { return false };
        let indices = if node.op == Op::Set { &node.args[2..] } else { &node.args[1..] };
        let rest: Vec<_> = indices[1..].iter().filter_map(|&index| self.from().as_int(index)).collect();
        let variable = Atom::Value(self.from().region(body).parameters[0]);
        let offset = self.from().polynomial(indices[0]).minus(&variable.into()).constant();
        let found = rotations.iter().find_map(|rotation| {
            let lane = rotation.lanes.iter().position(|lane| *lane == rest)?;
            let root = self.from().region(body).parameters[rotation.place + 1];
            let second = offset == Some(rotation.offset + 1);
            (self.root(array, body) == root).then_some((root, lane, usize::from(second != walk.reverse)))
        });
        let (root, lane, which) = found.expect("all uses of a version are those of a lane");
        if node.op == Op::Set {
            let mut next = known;
            next[lane][which] = Some(self.value(node.args[1]));
            versions.insert(value, next);
            return true;
        }
        let element = known[lane][which].unwrap_or_else(|| {
            let indices: Vec<_> = indices.iter().map(|&index| self.value(index)).collect();
            let copy = self.value(root);
            self.to.get(copy, &indices)
        });
        self.map(value, element);
        true
    }

    /// The parameter that a version in a body comes from.
    fn root(&self, mut array: Value, body: RegionId) -> Value {
        while let node = self.from().node(array)
            && node.op == Op::Set
            && node.region == body
        {
            array = node.args[0];
        }
        array
    }
}
