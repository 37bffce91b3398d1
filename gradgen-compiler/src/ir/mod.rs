//! The graph: typed values in static single assignment, in regions.
//!
//! A [`Graph`] is a function. Its nodes stand in regions: the body, the two branches of an `if`,
//! the body of a `for`. A node sees the values of its own region and of those around it. Equal
//! nodes are one node (per region and what surrounds it), and the constructors simplify, so that
//! common subexpressions are shared and constants are folded by construction.
//!
//! Arrays are values: [`Op::Set`] yields a new array. Emission turns that into assignments.
//!
//! There are no spans and nothing of `syn` here. A node's `origin` is an index that the frontend
//! gives a meaning, so that later phases can point at a token.

mod arrays;
mod branches;
mod build;
pub mod elementary;
mod expression;
mod op;
mod polynomial;
mod print;
mod ranges;
mod types;
mod unify;
mod verify;

pub use elementary::{Elementary, NAMED};
pub use expression::Expression;
pub use op::{Call, Comparison, Mode, Op, Walk};
pub use polynomial::{Atom, DerivedSize, Polynomial};
pub use ranges::Condition;
pub use types::{Int, Length, Scalar, Type, nest};
pub use verify::verify;

use crate::map::Map;

/// A value: the result of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(u32);

/// A region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(u32);

/// The body of a function.
pub const BODY: RegionId = RegionId(0);

/// One operation.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it does.
    pub op: Op,
    /// Its arguments.
    pub args: Vec<Value>,
    /// Its regions: two of an `If`, one of a `For`.
    pub regions: Vec<RegionId>,
    /// The type of its result.
    pub ty: Type,
    /// Where it stands.
    pub region: RegionId,
    /// Whether it has to be run even if nobody uses its result: it can refuse the call.
    pub checks: bool,
    /// Where it comes from; the frontend knows what the number means.
    pub origin: u32,
    /// The user's variable that holds it, if there is one.
    pub name: Option<u32>,
}

/// A sequence of nodes with parameters and results.
#[derive(Clone, Debug)]
pub struct Region {
    /// The region around it.
    pub parent: Option<RegionId>,
    /// Its parameters.
    pub parameters: Vec<Value>,
    /// Its nodes, each after those that it uses.
    pub nodes: Vec<Value>,
    /// Its results.
    pub results: Vec<Value>,
    /// The node whose region it is, once that is there.
    pub owner: Option<Value>,
    /// Values of the regions around it are seen if they are older than this.
    pub sees: u32,
}

/// Where a symbol stands in the user's text is nothing the graph knows: it has its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The text of the path or expression.
    pub text: String,
    /// Whether it is a const generic: then no array can be as long as an expression of it.
    pub generic: bool,
}

/// What makes two nodes equal.
type Key = (RegionId, Op, Vec<Value>, Type);

/// A function.
#[derive(Clone, Debug)]
pub struct Graph {
    scalar: Scalar,
    nodes: Vec<Node>,
    regions: Vec<Region>,
    /// The region in which new nodes are put.
    current: RegionId,
    /// The origin of new nodes.
    origin: u32,
    inputs: Vec<Value>,
    index: Map<Key, Value>,
    /// The projections of each node that has several results, by place.
    projections: Map<Value, Vec<(usize, Value)>>,
    /// Constants, lengths and callees that only rustc can look into.
    pub symbols: Vec<Symbol>,
    /// Names of the user's variables.
    pub names: Vec<String>,
    name_places: Map<String, u32>,
    unifier: unify::Unifier,
    /// Start and end of what the variable of a loop runs through.
    ranges: Map<Value, (Value, Value, Walk)>,
    /// What the sizes have to fulfil, or a call is refused.
    conditions: Vec<Condition>,
    /// Sizes that are made of others.
    derived: Vec<DerivedSize>,
    /// How many pieces of scratch there are.
    scratches: u32,
    /// Whether checks are made again that were made before: then they need not be run for themselves.
    quiet: bool,
}

impl Value {
    /// The number of the value.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl RegionId {
    /// The number of the region.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Graph {
    /// A function without inputs or results yet.
    #[must_use]
    pub fn new(scalar: Scalar) -> Self {
        let body = Region {
            parent: None,
            parameters: vec![],
            nodes: vec![],
            results: vec![],
            owner: None,
            sees: u32::MAX,
        };
        Self {
            scalar,
            nodes: vec![],
            regions: vec![body],
            current: BODY,
            origin: 0,
            inputs: vec![],
            index: Map::default(),
            projections: Map::default(),
            symbols: vec![],
            names: vec![],
            name_places: Map::default(),
            unifier: unify::Unifier::default(),
            ranges: Map::default(),
            conditions: vec![],
            derived: vec![],
            scratches: 0,
            quiet: false,
        }
    }

    /// A function without inputs or results yet, over the symbols and names of another.
    #[must_use]
    pub fn like(other: &Self) -> Self {
        Self {
            symbols: other.symbols.clone(),
            names: other.names.clone(),
            name_places: other.name_places.clone(),
            conditions: other.conditions.clone(),
            derived: other.derived.clone(),
            scratches: other.scratches,
            ..Self::new(other.scalar)
        }
    }

    /// The floating-point type.
    #[must_use]
    pub const fn scalar(&self) -> Scalar {
        self.scalar
    }

    /// The name of the floating-point type.
    #[must_use]
    pub fn scalar_name(&self) -> &str {
        match self.scalar {
            Scalar::F64 => "f64",
            Scalar::F32 => "f32",
            Scalar::Generic(symbol) => self.symbols.get(symbol as usize).map_or("T", |symbol| &symbol.text),
        }
    }

    /// The node that yields a value.
    #[must_use]
    pub fn node(&self, value: Value) -> &Node {
        &self.nodes[value.index()]
    }

    /// The value with this number.
    #[must_use]
    pub fn value(&self, index: usize) -> Value {
        debug_assert!(index < self.nodes.len());
        Value(u32::try_from(index).expect("a graph has fewer than 2^32 nodes"))
    }

    /// How many nodes there are, dead ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are no nodes.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A region.
    #[must_use]
    pub fn region(&self, id: RegionId) -> &Region {
        &self.regions[id.index()]
    }

    /// The inputs in order.
    #[must_use]
    pub fn inputs(&self) -> &[Value] {
        &self.inputs
    }

    /// The results of the function.
    #[must_use]
    pub fn results(&self) -> &[Value] {
        &self.regions[0].results
    }

    /// Sets the results of the function.
    pub fn set_results(&mut self, results: Vec<Value>) {
        self.regions[0].results = results;
    }

    /// The type of a value, as far as it is known.
    #[must_use]
    pub fn ty(&self, value: Value) -> Type {
        self.unifier.resolve(&self.node(value).ty)
    }

    /// The origin of nodes made from now on; returns the one before.
    pub const fn set_origin(&mut self, origin: u32) -> u32 {
        std::mem::replace(&mut self.origin, origin)
    }

    /// Whether checks made from now on repeat others; returns what was said before.
    pub(crate) const fn set_quiet(&mut self, quiet: bool) -> bool {
        std::mem::replace(&mut self.quiet, quiet)
    }

    /// Names a value after a variable, unless it has a name or is an input.
    pub fn set_name(&mut self, value: Value, name: u32) {
        let node = &mut self.nodes[value.index()];
        if node.name.is_none() && !matches!(node.op, Op::Input(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_)) {
            node.name = Some(name);
        }
    }

    /// The place of a name in [`names`](Self::names).
    pub fn intern_name(&mut self, name: &str) -> u32 {
        if let Some(&place) = self.name_places.get(name) {
            return place;
        }
        let place = u32::try_from(self.names.len()).expect("a function has fewer than 2^32 names");
        self.names.push(name.to_owned());
        self.name_places.insert(name.to_owned(), place);
        place
    }

    /// The region in which new nodes are put.
    #[must_use]
    pub const fn current(&self) -> RegionId {
        self.current
    }

    /// Starts a region inside the current one; new nodes go there until [`close`](Self::close).
    pub fn open(&mut self) -> RegionId {
        self.open_seeing(u32::try_from(self.nodes.len()).expect("a graph has fewer than 2^32 nodes"))
    }

    /// As [`open`](Self::open), for a copy of a region: the copy sees of what is around it what the
    /// region saw. So equal nodes that came later stay apart, and a sweep over the copy meets no
    /// node that a sweep over the region would not have met.
    pub fn open_like(&mut self, region: RegionId) -> RegionId {
        self.open_seeing(self.region(region).sees)
    }

    fn open_seeing(&mut self, sees: u32) -> RegionId {
        let id = RegionId(u32::try_from(self.regions.len()).expect("fewer than 2^32 regions"));
        self.regions.push(Region {
            parent: Some(self.current),
            parameters: vec![],
            nodes: vec![],
            results: vec![],
            owner: None,
            sees,
        });
        self.current = id;
        id
    }

    /// Ends the current region with its results.
    pub fn close(&mut self, results: Vec<Value>) -> RegionId {
        let id = self.current;
        self.regions[id.index()].results = results;
        self.current = self.regions[id.index()].parent.expect("the body of a function is not closed");
        id
    }

    /// Goes on with a region that was closed, and that no node has yet.
    pub(crate) fn reopen(&mut self, region: RegionId) {
        debug_assert_eq!(self.region(region).parent, Some(self.current), "a region around it");
        self.current = region;
    }

    /// Puts a value in the place of an equal one in a region and those inside of it.
    pub(crate) fn replace_uses(&mut self, region: RegionId, old: Value, new: Value) {
        let exchange = |values: &mut Vec<Value>| {
            for value in values.iter_mut().filter(|value| **value == old) {
                *value = new;
            }
        };
        exchange(&mut self.regions[region.index()].results);
        for value in self.region(region).nodes.clone() {
            exchange(&mut self.nodes[value.index()].args);
            for inner in self.node(value).regions.clone() {
                self.replace_uses(inner, old, new);
            }
        }
    }

    /// Exchanges an argument of a node for an equal one, in a way that the node's result stays what it
    /// is.
    pub(crate) fn set_argument(&mut self, value: Value, place: usize, argument: Value) {
        self.nodes[value.index()].args[place] = argument;
    }

    /// Puts another size in the place of one that it is equal to.
    pub(crate) fn replace_size(&mut self, size: Atom, by: &Polynomial) {
        for node in &mut self.nodes {
            node.ty = node.ty.replace_size(size, by);
            match &mut node.op {
                Op::Length(length) | Op::Splat(length) | Op::Check(length, _) | Op::Ended(length) => {
                    *length = length.replace_size(size, by);
                }
                Op::Zeros(ty) | Op::Scratch(ty, _) => *ty = ty.replace_size(size, by),
                _ => {}
            }
        }
        for condition in &mut self.conditions {
            condition.margin = condition.margin.replace(size, by);
            condition.length = condition.length.take().map(|length| length.replace(size, by));
            for guard in &mut condition.guards {
                *guard = guard.replace(size, by);
            }
        }
        self.conditions.retain(|condition| !condition.margin.is_never_negative());
    }

    /// The sizes that are made of others.
    #[must_use]
    pub fn derived(&self) -> &[DerivedSize] {
        &self.derived
    }

    /// A size that is made of others.
    pub(crate) fn derive_size(&mut self, size: DerivedSize) -> Polynomial {
        let is_fixed = |atom: Atom| match atom {
            Atom::Symbol(symbol) => !self.symbols[symbol as usize].generic,
            _ => false,
        };
        let fixed = size.of().atoms().into_iter().all(is_fixed);
        let known = self.derived.iter().position(|known| *known == size);
        let place = known.unwrap_or(self.derived.len());
        if known.is_none() {
            self.derived.push(size);
        }
        let place = u32::try_from(place).expect("a function has fewer than 2^32 sizes");
        Atom::Derived { place, fixed }.into()
    }

    /// Gives the nodes of a region another order, in which each still comes after what it uses.
    pub(crate) fn set_order(&mut self, region: RegionId, nodes: Vec<Value>) {
        debug_assert_eq!(self.region(region).nodes.len(), nodes.len(), "the same nodes");
        self.regions[region.index()].nodes = nodes;
    }

    /// The node whose region this is.
    #[must_use]
    pub fn owner(&self, region: RegionId) -> Option<Value> {
        self.region(region).owner
    }

    /// Adds a parameter to the current region.
    pub fn parameter(&mut self, ty: Type) -> Value {
        let place = self.regions[self.current.index()].parameters.len();
        let value = self.append(Op::Parameter(place), vec![], vec![], ty);
        self.regions[self.current.index()].parameters.push(value);
        value
    }

    /// Adds an input.
    pub fn input(&mut self, ty: Type) -> Value {
        debug_assert_eq!(self.current, BODY, "inputs belong to the body");
        let value = self.append(Op::Input(self.inputs.len()), vec![], vec![], ty);
        self.inputs.push(value);
        value
    }

    /// Adds an input while regions are open.
    pub fn late_input(&mut self, ty: Type) -> Value {
        let current = std::mem::replace(&mut self.current, BODY);
        let value = self.input(ty);
        self.current = current;
        value
    }

    /// Whether a region is inside of another, or that other itself.
    #[must_use]
    pub fn is_within(&self, inner: RegionId, outer: RegionId) -> bool {
        let mut at = Some(inner);
        while let Some(id) = at {
            if id == outer {
                return true;
            }
            at = self.region(id).parent;
        }
        false
    }

    /// Makes any node: through the constructor of its operation, where it has one.
    pub(crate) fn make(&mut self, op: &Op, args: Vec<Value>, ty: &Type) -> Value {
        match (op, &args[..]) {
            (Op::Neg, &[x]) => self.neg(x),
            (Op::Add, &[a, b]) => self.add(a, b),
            (Op::Sub, &[a, b]) => self.sub(a, b),
            (Op::Mul, &[a, b]) => self.mul(a, b),
            (Op::Div, &[a, b]) => self.div(a, b),
            (Op::Rem, &[a, b]) => self.rem(a, b),
            (Op::Elementary(function), args) => self.elementary(*function, args),
            (Op::Compare(comparison), &[a, b]) => self.compare(*comparison, a, b),
            (Op::Not, &[x]) => self.not(x),
            (Op::Cast, &[x]) => self.cast(x, ty.clone()),
            (Op::Select, &[c, a, b]) => self.select(c, a, b),
            (Op::Get, [array, indices @ ..]) => self.get(*array, indices),
            (Op::Set, [array, element, indices @ ..]) => self.set(*array, *element, indices),
            (Op::Sum, &[a, b]) => self.sum(a, b),
            (Op::ZerosLike, &[x]) => self.zeros_like(x),
            (Op::Check(length, array), &[index]) => self.check(index, length.clone(), array),
            (Op::Scratch(ty, _), _) => self.scratch(ty),
            (Op::NonZero, &[x]) => self.non_zero(x),
            (Op::Ended(limit), &[going]) => self.ended(going, limit.clone()),
            (Op::Demand, &[holds, reason]) => self.demand(holds, reason),
            _ => self.push(op.clone(), args, ty.clone()),
        }
    }

    /// A node without simplification: the one that there is already, or a new one.
    pub(crate) fn push(&mut self, op: Op, args: Vec<Value>, ty: Type) -> Value {
        if let Some(known) = self.find(&op, &args, &ty) {
            self.nodes[known.index()].checks |= op.is_check() && !self.quiet;
            return known;
        }
        let key = (self.current, op.clone(), args.clone(), ty.clone());
        let value = self.append(op, args, vec![], ty);
        self.index.insert(key, value);
        value
    }

    /// A node of this operation, these arguments and this type that is seen from the current region.
    pub(crate) fn find(&self, op: &Op, args: &[Value], ty: &Type) -> Option<Value> {
        let mut key = (self.current, op.clone(), args.to_vec(), ty.clone());
        let mut limit = u32::MAX;
        loop {
            if let Some(&known) = self.index.get(&key)
                && known.0 < limit
            {
                return Some(known);
            }
            let region = self.region(key.0);
            limit = limit.min(region.sees);
            key.0 = region.parent?;
        }
    }

    /// A new node.
    fn append(&mut self, op: Op, args: Vec<Value>, regions: Vec<RegionId>, ty: Type) -> Value {
        let value = Value(u32::try_from(self.nodes.len()).expect("a graph has fewer than 2^32 nodes"));
        if let Op::Project(place) = op {
            self.projections.entry(args[0]).push((place, value));
        }
        let checks = (op.is_check() && !self.quiet)
            || regions.iter().any(|&id| self.region(id).nodes.iter().any(|&node| self.node(node).checks));
        for &region in &regions {
            self.regions[region.index()].owner = Some(value);
        }
        self.nodes.push(Node {
            op,
            args,
            regions,
            ty,
            region: self.current,
            checks,
            origin: self.origin,
            name: None,
        });
        self.regions[self.current.index()].nodes.push(value);
        value
    }

    /// Replaces every type by what is known of it at the end of building; what nothing determines
    /// becomes opaque.
    pub fn settle_types(&mut self) {
        for place in 0..self.nodes.len() {
            let ty = self.unifier.settle(&self.nodes[place].ty);
            self.nodes[place].ty = ty;
            self.nodes[place].op = self.unifier.settle_op(&self.nodes[place].op);
        }
    }
}
