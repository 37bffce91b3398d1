//! What is known of integers: between which bounds they stay, and what follows for an index.

use std::collections::BTreeMap;

use super::{
    Atom, BODY, Comparison, DerivedSize, Graph, Int, Length, Op, Polynomial, RegionId, Type, Value, Walk,
};

/// So deep are the operations of an index looked into, …
const DEPTH: usize = 8;

/// … and so many products may come together.
const TERMS: usize = 32;

const USIZE: Type = Type::Int(Int::Usize);

/// What the sizes of the arguments have to fulfil, found from an index that runs through a range, or
/// from a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The array that is indexed, or the difference.
    pub array: String,
    /// This is not negative, …
    pub margin: Polynomial,
    /// … if these are all positive: the loops around the index are run at all.
    pub guards: Vec<Polynomial>,
    /// The array's length, if there is one.
    pub length: Option<Polynomial>,
    /// Where the index stands.
    pub origin: u32,
}

impl Condition {
    /// Whether rustc can check it.
    #[must_use]
    pub fn is_static(&self) -> bool {
        let symbols = |size: &Polynomial| size.atoms().iter().all(|atom| matches!(atom, Atom::Symbol(_)));
        symbols(&self.margin) && self.guards.iter().all(symbols)
    }
}

/// The least value of an integer.
struct Least {
    bound: Polynomial,
    /// Whether it comes about, if all of the loops are run.
    exact: bool,
    /// The variables on which it depends, and whether each is then the highest that it can be.
    at: BTreeMap<Value, bool>,
}

/// What can be said of an index when the macro runs.
pub(super) enum Verdict {
    /// It lies inside of the array.
    Inside,
    /// It does if the sizes fulfil this.
    If(Vec<Condition>),
    /// Only run time tells.
    Unknown,
}

impl Graph {
    /// Says what the parameter of a loop that is open, or a copy of one, runs through.
    pub fn set_range(&mut self, parameter: Value, start: Value, end: Value, walk: Walk) {
        self.ranges.insert(parameter, (start, end, walk));
    }

    /// What the sizes have to fulfil.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Forgets what was asked of the sizes after the first conditions.
    pub fn forget_conditions(&mut self, after: usize) {
        self.conditions.truncate(after);
    }

    /// An integer as a polynomial.
    #[must_use]
    pub fn polynomial(&self, value: Value) -> Polynomial {
        self.polynomial_within(value, DEPTH)
    }

    /// A polynomial as an integer, with other values in the place of some.
    pub(crate) fn integer(&mut self, of: &Polynomial, with: &[(Value, Value)]) -> Value {
        let mut sum = self.usize(0);
        let (plus, minus) = of.parts();
        for (part, adds) in [(plus, true), (minus, false)] {
            for (product, coefficient) in part.terms() {
                let mut term = self.int(coefficient, USIZE);
                for &atom in product {
                    let factor = match atom {
                        Atom::Value(value) => {
                            with.iter().find(|(old, _)| *old == value).map_or(value, |&(_, new)| new)
                        }
                        atom => self.length(&Length::of(atom.into())),
                    };
                    term = if self.as_int(term) == Some(1) { factor } else { self.mul(term, factor) };
                }
                sum = match (adds, self.as_int(sum)) {
                    (true, Some(0)) => term,
                    (true, _) => self.add(sum, term),
                    (false, _) => self.sub(sum, term),
                };
            }
        }
        sum
    }

    fn polynomial_within(&self, value: Value, depth: usize) -> Polynomial {
        let node = self.node(value);
        let of = |place: usize| self.polynomial_within(node.args[place], depth - 1);
        let sum = match &node.op {
            Op::Int(value) => return Polynomial::from(*value),
            Op::Length(length) => return length.size().unwrap_or_else(|| Atom::Value(value).into()),
            Op::Input(place) if self.ty(value) == USIZE => return Atom::Input(*place).into(),
            Op::Constant(symbol) if self.ty(value) == USIZE => return Atom::Symbol(*symbol).into(),
            _ if depth == 0 => return Atom::Value(value).into(),
            Op::Check(..) => of(0),
            Op::Add => of(0).plus(&of(1)),
            Op::Sub => of(0).minus(&of(1)),
            Op::Mul => of(0).times(&of(1)),
            // A variable of type i32 that starts at no less than 0 is the same as a `usize`.
            Op::Cast if self.ty(value) == USIZE && self.is_index(node.args[0]) => of(0),
            _ => return Atom::Value(value).into(),
        };
        if sum.terms().count() > TERMS { Atom::Value(value).into() } else { sum }
    }

    fn is_index(&self, value: Value) -> bool {
        self.ranges
            .get(&value)
            .is_some_and(|&(start, _, _)| self.as_int(start).is_some_and(|start| start >= 0))
    }

    /// A polynomial of sizes that is never above this one, while the loops around it run.
    #[must_use]
    pub fn least(&self, of: &Polynomial) -> Option<Polynomial> {
        self.least_of(of, &|_| true, false).map(|least| least.bound)
    }

    /// The least, or greatest, value while a loop runs, of what is around it.
    #[must_use]
    pub fn extreme(&self, of: &Polynomial, body: RegionId, greatest: bool) -> Option<Polynomial> {
        let inside = |value: Value| self.is_within(self.node(value).region, body);
        if greatest {
            let negative = Polynomial::from(-1);
            let least = self.least_of(&of.times(&negative), &inside, false);
            return least.map(|least| least.bound.times(&negative));
        }
        self.least_of(of, &inside, false).map(|least| least.bound)
    }

    /// As [`extreme`](Self::extreme), for one turn of the loop; a part of a range counts as long as the
    /// other parts.
    #[must_use]
    pub fn extreme_of_turn(&self, of: &Polynomial, body: RegionId, greatest: bool) -> Option<Polynomial> {
        let variable = self.region(body).parameters[0];
        let inside = |value: Value| value != variable && self.is_within(self.node(value).region, body);
        let sign = Polynomial::from(if greatest { -1 } else { 1 });
        self.least_of(&of.times(&sign), &inside, true).map(|least| least.bound.times(&sign))
    }

    /// Whether it is more than zero while the loops around it run.
    #[must_use]
    pub fn is_positive(&self, of: &Polynomial) -> bool {
        let Some(least) = self.least(&of.minus(&1.into())) else { return false };
        // A root is one at least.
        let roots = least.atoms().into_iter().filter(|&atom| {
            matches!(atom, Atom::Derived { place, .. } if matches!(self.derived()[place as usize], DerivedSize::Root(_)))
        });
        let above_one =
            |least: Polynomial, root: Atom| least.replace(root, &Polynomial::from(root).plus(&1.into()));
        roots.fold(least.clone(), above_one).is_never_negative()
    }

    /// The least value over everything that some variables of loops, and other integers, can be, and
    /// whether it is one that comes about: if all of the loops are run.
    fn least_of(&self, of: &Polynomial, varies: &dyn Fn(Value) -> bool, parts: bool) -> Option<Least> {
        let mut least = Least { bound: of.clone(), exact: true, at: BTreeMap::new() };
        // The variables of inner loops are younger than those of outer ones.
        loop {
            let last = least.bound.atoms().into_iter().rev().find_map(|atom| match atom {
                Atom::Value(value) if varies(value) => Some(value),
                _ => None,
            });
            let Some(value) = last else { break };
            let (factor, rest) = least.bound.split(Atom::Value(value))?;
            let highest = factor.is_never_positive();
            let (extreme, comes_about) = if highest {
                self.highest(value, parts)?
            } else if factor.is_never_negative() {
                self.lowest(value)?
            } else {
                return None;
            };
            least.exact &= comes_about;
            least.at.insert(value, highest);
            least.bound = rest.plus(&factor.times(&extreme));
        }
        Some(least)
    }

    /// What an integer is never below, and whether it comes that low.
    fn lowest(&self, value: Value) -> Option<(Polynomial, bool)> {
        match self.ranges.get(&value) {
            Some(&(start, end, walk)) => Some(match self.met(start, end, walk) {
                Some((lowest, _)) => (lowest.into(), true),
                None => (self.polynomial(start), walk.step == 1 || !walk.reverse),
            }),
            None if self.ty(value) == USIZE => Some((Polynomial::default(), false)),
            None => None,
        }
    }

    /// What an integer is never above, and whether it comes that high.
    fn highest(&self, value: Value, parts: bool) -> Option<(Polynomial, bool)> {
        if parts
            && let Some(&(start, end, _)) = self.ranges.get(&value)
            && let Some(length) = self.part(start, end)
        {
            return Some((self.polynomial(start).plus(&length).minus(&1.into()), false));
        }
        match self.ranges.get(&value) {
            Some(&(start, end, walk)) => Some(match self.met(start, end, walk) {
                Some((_, highest)) => (highest.into(), true),
                None => {
                    let beyond = i128::from(!walk.inclusive);
                    (self.polynomial(end).minus(&beyond.into()), walk.step == 1 || walk.reverse)
                }
            }),
            None => {
                let bound = self.upper_bound(value).map(Polynomial::from);
                bound.or_else(|| self.smaller_size(value)).map(|bound| (bound, false))
            }
        }
    }

    /// The size that is one of two integers of which the smaller one is taken.
    fn smaller_size(&self, value: Value) -> Option<Polynomial> {
        let is_size = |size: &Polynomial| !size.atoms().iter().any(|atom| matches!(atom, Atom::Value(_)));
        self.smaller(value)?.into_iter().map(|either| self.polynomial(either)).find(is_size)
    }

    /// The lowest and the highest integer that are met on a walk over a range of literals.
    fn met(&self, start: Value, end: Value, walk: Walk) -> Option<(i128, i128)> {
        let (start, end) = (self.as_int(start)?, self.as_int(end)?);
        let turns = walk.count(start, end);
        let (first, last) = (walk.at(start, end, 0), walk.at(start, end, turns - 1));
        (turns > 0).then(|| (first.min(last), first.max(last)))
    }

    /// Whether an index lies inside of an array.
    pub(super) fn verdict(&self, index: Value, length: &Length, array: &str) -> Verdict {
        if self.ty(index) != USIZE {
            return Verdict::Unknown;
        }
        let Some(length) = length.size() else { return Verdict::Unknown };
        let at = self.polynomial(index);
        let above = length.minus(&at).minus(&1.into());
        let whole = |of: &Polynomial| self.least_of(of, &|_| true, false);
        let (Some(below), Some(above)) = (whole(&at), whole(&above)) else { return Verdict::Unknown };
        let margins: Vec<_> =
            [below, above].into_iter().filter(|least| !least.bound.is_never_negative()).collect();
        if margins.is_empty() {
            return Verdict::Inside;
        }
        // Outside of loops an index is checked where it stands, and the error tells the index.
        let is_static =
            |margin: &Polynomial| margin.atoms().iter().all(|atom| matches!(atom, Atom::Symbol(_)));
        if self.current == BODY && !margins.iter().all(|least| is_static(&least.bound)) {
            return Verdict::Unknown;
        }
        let conditions = margins.into_iter().map(|Least { bound: margin, exact, at }| {
            let guards = self.guards(self.current, at)?;
            // What only may come about is no reason to refuse a call. What always does is an error of the
            // function's.
            if !exact || (guards.is_empty() && margin.constant().is_some()) {
                return None;
            }
            let (array, origin) = (array.to_owned(), self.origin);
            Some(Condition { array, margin, guards, length: Some(length.clone()), origin })
        });
        conditions.collect::<Option<Vec<_>>>().map_or(Verdict::Unknown, Verdict::If)
    }

    /// Asks of the sizes that the difference which is the end of a range, or a length, does not go below
    /// zero, where they decide about that.
    pub fn require_difference(&mut self, difference: Value, text: &str) {
        if self.ty(difference) != USIZE {
            return;
        }
        let Some(Least { bound: margin, exact: true, at }) =
            self.least_of(&self.polynomial(difference), &|_| true, false)
        else {
            return;
        };
        if margin.is_never_negative() {
            return;
        }
        if let Some(guards) = self.guards(self.current, at) {
            let (array, origin) = (text.to_owned(), self.origin);
            self.require(vec![Condition { array, margin, guards, length: None, origin }]);
        }
    }

    /// What is positive if a region is run at all, if nothing else decides about that: how often the
    /// loops around it run, where their variables have the `values` at which something comes about (true
    /// for the highest). An inner loop has to run most often there.
    fn guards(&self, region: RegionId, mut values: BTreeMap<Value, bool>) -> Option<Vec<Polynomial>> {
        let mut guards = vec![];
        let mut at = region;
        while let Some(parent) = self.region(at).parent {
            let &index = self.region(at).parameters.first()?;
            let &(start, end, walk) = self.ranges.get(&index)?;
            if walk.until {
                return None;
            }
            let trips = self.polynomial(end).minus(&self.polynomial(start));
            let trips = trips.plus(&i128::from(walk.inclusive).into());
            let trips = self.most(trips, &mut values)?;
            if trips.constant().is_none_or(|trips| trips <= 0) && !guards.contains(&trips) {
                guards.push(trips);
            }
            at = parent;
        }
        Some(guards)
    }

    /// The greatest value of an integer, that has it where some variables are: at the lowest or the
    /// highest that they can be. Of the others it says where.
    fn most(&self, mut of: Polynomial, at: &mut BTreeMap<Value, bool>) -> Option<Polynomial> {
        loop {
            let last = of.atoms().into_iter().rev().find_map(|atom| match atom {
                Atom::Value(value) => Some(value),
                _ => None,
            });
            let Some(value) = last else { return Some(of) };
            let (factor, rest) = of.split(Atom::Value(value))?;
            let highest = factor.is_never_negative();
            if !highest && !factor.is_never_positive() || *at.entry(value).or_insert(highest) != highest {
                return None;
            }
            let (extreme, comes_about) =
                if highest { self.highest(value, false)? } else { self.lowest(value)? };
            if !comes_about {
                return None;
            }
            of = rest.plus(&factor.times(&extreme));
        }
    }

    /// Adds what an index asks of the sizes.
    pub(super) fn require(&mut self, conditions: Vec<Condition>) {
        for condition in conditions {
            let known = |other: &Condition| {
                other.margin == condition.margin
                    && other.length == condition.length
                    && other.guards == condition.guards
            };
            if !self.conditions.iter().any(known) {
                self.conditions.push(condition);
            }
        }
    }

    /// A size that a `usize` is never above: of sizes only, without subtractions. What a call is
    /// refused for otherwise, bounds it too.
    #[must_use]
    pub fn bound(&self, value: Value) -> Option<Polynomial> {
        let most = self.least(&Polynomial::from(-1).times(&self.polynomial(value)))?;
        let (_, size) = most.parts();
        let atoms = size.atoms();
        Some(atoms.into_iter().fold(size, |size, atom| match self.limit(atom) {
            Some(limit) => size.replace(atom, &limit),
            None => size,
        }))
    }

    /// The length of a range that is a part of another one, of equal length: `first..min(first + length,
    /// end)`.
    #[must_use]
    pub fn part(&self, start: Value, end: Value) -> Option<Polynomial> {
        let [next, _] = self.smaller(end)?;
        // What is beyond the largest integer has come round.
        let node = self.node(next);
        let comes_round = node.op == Op::Select && {
            let condition = self.node(node.args[0]);
            condition.op == Op::Compare(Comparison::Lt) && condition.args == [node.args[2], start]
        };
        let next = if comes_round { node.args[2] } else { next };
        let length = self.polynomial(next).minus(&self.polynomial(start));
        (!length.atoms().iter().any(|atom| matches!(atom, Atom::Value(_)))).then_some(length)
    }

    /// The two integers of which the smaller one is taken.
    #[must_use]
    pub fn smaller(&self, value: Value) -> Option<[Value; 2]> {
        let node = self.node(value);
        if node.op != Op::Select || self.ty(value) != USIZE {
            return None;
        }
        let condition = self.node(node.args[0]);
        (condition.op == Op::Compare(Comparison::Lt) && condition.args == node.args[1..])
            .then(|| [node.args[1], node.args[2]])
    }

    /// What the value of an input is never above.
    fn limit(&self, atom: Atom) -> Option<Polynomial> {
        let Atom::Input(_) = atom else { return None };
        let itself = Polynomial::from(atom);
        let limits =
            self.conditions.iter().filter(|condition| condition.guards.iter().all(|guard| *guard == itself));
        let limits = limits.map(|condition| condition.margin.plus(&itself));
        limits
            .filter(|limit| limit.is_never_negative())
            .find(|limit| limit.atoms().iter().all(|atom| matches!(atom, Atom::Symbol(_))))
    }
}
