//! Copying loops. Loops over one range are copied as one, in which equal values are carried once;
//! loops of known range can be unrolled.

use super::copy::{Copier, Marks, Refusal};
use super::live::{live_places, region_operations};
use super::rotate::Rotation;
use crate::ir::{Node, Op, RegionId, Value, Walk};

/// So often is the body of a loop written out at most, …
const UNROLLED_TRIPS: usize = 6;

/// … and so many operations may come of it.
const UNROLLED_OPERATIONS: usize = 500;

impl Copier<'_> {
    /// Copies loops over one range as one. What has one value throughout is carried once; what no
    /// iteration changes is no part of the loop.
    pub(super) fn loops(&mut self, members: &[Value]) -> Result<(), Refusal> {
        let first = self.from().node(members[0]).clone();
        let Op::For(walk) = first.op else { unreachable!("these are loops") };
        let (start, end) = (self.value(first.args[0]), self.value(first.args[1]));
        if let [value] = *members
            && self.unrolls(first.regions[0], walk, start, end)
        {
            return self.unrolled(value, &first, walk, start, end);
        }
        if let [value] = *members
            && let Some(tiles) = self.tiles(&first, walk, start, end)
        {
            return self.tiled(value, &first, walk, start, &tiles);
        }
        if let [value] = *members
            && self.rotates
        {
            let rotations = Rotation::of(self.from(), value, walk, self.marks);
            if !rotations.is_empty() {
                return self.rotated(value, &first, walk, [start, end], &rotations);
            }
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
    pub(super) fn index(&mut self, members: &[Value], start: Value, end: Value, walk: Walk) -> Value {
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

    pub(super) fn name_like(&mut self, copy: Value, like: Value) {
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
    pub(super) fn places(&self, value: Value) -> Vec<usize> {
        match self.marks {
            Marks::All => (0..self.from().node(value).args.len() - 2).collect(),
            Marks::Some(marks) => live_places(self.from(), value, marks),
        }
    }

    /// Gives a projection of a loop what it is.
    pub(super) fn finish_place(&mut self, value: Value, place: usize, result: Value) {
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
                    copier.enter(self.slots[slot].parameter, copy);
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
