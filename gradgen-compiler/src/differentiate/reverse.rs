//! Reverse mode: adjoints.

use std::collections::{BTreeMap, BTreeSet};

use super::{is_zero, partial, plus, remainder_partial, scale, select};
use crate::ir::{BODY, Call, Graph, Length, Mode, Node, Op, RegionId, Type, Value, Walk};
use crate::passes::{all_writes, is_apart};

/// The adjoints of the `wrt` values when the `seeds` have theirs: a vector–Jacobian product.
/// Nothing stands for an adjoint that is zero whatever the inputs are. New nodes are put in the
/// current region.
pub fn adjoints(graph: &mut Graph, seeds: &[(Value, Value)], wrt: &[Value]) -> Vec<Option<Value>> {
    let mut sweep = Reverse {
        active: vec![],
        wrt: wrt.iter().copied().collect(),
        pending: BTreeMap::new(),
        versions: BTreeMap::new(),
        restored: BTreeMap::new(),
        doubles: vec![],
    };
    sweep.find_active(graph);
    for &(value, seed) in seeds {
        sweep.add(graph, value, seed);
    }
    sweep.region(graph, BODY);
    wrt.iter()
        .map(|value| sweep.pending.remove(value).and_then(|adjoint| adjoint.whole(graph, *value)))
        .collect()
}

/// Of an array with more elements than this, the adjoint is never made anew for a branch.
pub(super) const LARGE: usize = 32;

/// What has come together of a value's adjoint: a whole, and elements of it, to be added up.
#[derive(Clone, Debug, Default)]
pub(super) struct Adjoint {
    pub(super) whole: Option<Value>,
    pub(super) elements: BTreeMap<Vec<usize>, Value>,
    /// Of a node with several results: by result.
    pub(super) results: BTreeMap<usize, Value>,
}

impl Adjoint {
    /// As one value.
    pub(super) fn whole(self, graph: &mut Graph, of: Value) -> Option<Value> {
        if self.elements.is_empty() {
            return self.whole;
        }
        let array = self.whole.unwrap_or_else(|| graph.zeros_like(of));
        Some(self.elements.into_iter().fold(array, |array, (path, element)| {
            let indices: Vec<_> = path.into_iter().map(|place| graph.usize(place)).collect();
            let known = graph.get(array, &indices);
            let sum = if is_zero(graph, known) { element } else { graph.sum(known, element) };
            graph.set(array, sum, &indices)
        }))
    }
}

pub(super) struct Reverse {
    /// Whether a value depends on what is differentiated by.
    active: Vec<bool>,
    pub(super) wrt: BTreeSet<Value>,
    pub(super) pending: BTreeMap<Value, Adjoint>,
    /// What came of an array: the next arrays, with what was written to them.
    pub(super) versions: BTreeMap<Value, Vec<Version>>,
    /// Arrays that the sweep has again, after it took back what was written to them.
    pub(super) restored: BTreeMap<Value, Value>,
    /// Results of loops that are copies of others, and those results of the others.
    pub(super) doubles: Vec<(Value, Value)>,
}

/// An array that another one became.
#[derive(Clone)]
pub(super) struct Version {
    pub(super) value: Value,
    /// The body of the loop that wrote to it.
    pub(super) body: Option<RegionId>,
    pub(super) written: Vec<Vec<Value>>,
}

impl Reverse {
    pub(super) fn is_active(&self, value: Value) -> bool {
        self.active[value.index()]
    }

    /// Fills in `active` for the nodes that are new. What a loop carries can become active by what
    /// an iteration makes of it, which comes later: then once more.
    pub(super) fn find_active(&mut self, graph: &Graph) {
        let new = self.active.len()..graph.len();
        for place in new.clone() {
            self.find_version(graph, graph.value(place));
        }
        self.active.resize(graph.len(), false);
        loop {
            let mut again = false;
            for place in new.clone() {
                if !self.active[place] && self.becomes_active(graph, graph.value(place)) {
                    self.active[place] = true;
                    let node = graph.node(graph.value(place));
                    again |= !node.regions.is_empty() || graph.owner(node.region).is_some();
                }
            }
            if !again {
                break;
            }
        }
    }

    fn find_version(&mut self, graph: &Graph, value: Value) {
        let node = graph.node(value);
        let (from, body, written) = match node.op {
            Op::Set => (node.args[0], None, Some(vec![node.args[2..].to_vec()])),
            Op::Project(place) if matches!(node.ty, Type::Array(..)) => {
                let owner = graph.node(node.args[0]);
                let Op::For(_) = owner.op else { return };
                let region = graph.region(owner.regions[0]);
                let written = all_writes(graph, region.parameters[place + 1], region.results[place]);
                (owner.args[2 + place], Some(owner.regions[0]), written)
            }
            _ => return,
        };
        if let Some(written) = written {
            self.versions.entry(from).or_default().push(Version { value, body, written });
        }
    }

    /// The newest array, older than a value, that has the same element and an adjoint already: to that
    /// the adjoint of the element is added. There is then no second array of adjoints.
    fn newest(&self, graph: &Graph, array: Value, indices: &[Value], than: Value) -> Value {
        let mut best = array;
        let mut work = vec![array];
        while let Some(at) = work.pop() {
            let has_adjoint = self.pending.get(&at).is_some_and(|adjoint| adjoint.whole.is_some());
            if has_adjoint && at > best {
                best = at;
            }
            for version in self.versions.get(&at).into_iter().flatten() {
                if version.value < than
                    && self.is_active(version.value)
                    && is_apart(graph, version.body, &version.written, indices)
                {
                    work.push(version.value);
                }
            }
        }
        best
    }

    fn becomes_active(&self, graph: &Graph, value: Value) -> bool {
        let node = graph.node(value);
        if self.wrt.contains(&value) {
            return true;
        }
        let is_active = |value: &Value| self.active[value.index()];
        let depends = match node.op {
            Op::ZerosLike | Op::Zeros(_) | Op::Scratch(..) | Op::Hold | Op::Stop => false,
            Op::Parameter(place) => graph.owner(node.region).is_some_and(|owner| {
                let results = &graph.region(node.region).results;
                let initial = &graph.node(owner).args[1..];
                place > 0 && (is_active(&initial[place]) || is_active(&results[place - 1]))
            }),
            _ => {
                let inside = node.regions.iter().any(|&region| {
                    let region = graph.region(region);
                    region.nodes.iter().any(is_active) || region.results.iter().any(is_active)
                });
                inside || node.args.iter().any(is_active)
            }
        };
        depends && graph.ty(value).is_differentiable()
    }

    /// Adds to the adjoint of a value.
    pub(super) fn add(&mut self, graph: &mut Graph, value: Value, adjoint: Value) {
        if self.is_active(value) && !is_zero(graph, adjoint) {
            let known = self.pending.entry(value).or_default();
            known.whole = plus(graph, known.whole, Some(adjoint));
        }
    }

    pub(super) fn add_some(&mut self, graph: &mut Graph, value: Value, adjoint: Option<Value>) {
        if let Some(adjoint) = adjoint {
            self.add(graph, value, adjoint);
        }
    }

    /// Adds to the adjoint of one element of an array.
    pub(super) fn add_element(&mut self, graph: &mut Graph, array: Value, path: &[usize], adjoint: Value) {
        if path.is_empty() {
            self.add(graph, array, adjoint);
        } else if self.is_active(array) && !is_zero(graph, adjoint) {
            let known = self.pending.entry(array).or_default();
            let sum = plus(graph, known.elements.get(path).copied(), Some(adjoint));
            known.elements.insert(path.to_vec(), sum.unwrap_or(adjoint));
        }
    }

    /// Takes the pending adjoints of the nodes of a region back to what they depend on, newest
    /// first. What belongs to values from around the region stays pending.
    pub(super) fn region(&mut self, graph: &mut Graph, region: RegionId) {
        let mut outside = BTreeMap::new();
        while let Some((value, adjoint)) = self.pending.pop_last() {
            if self.wrt.contains(&value) || graph.node(value).region != region {
                let before = outside.insert(value, adjoint);
                debug_assert!(before.is_none(), "{value} is older than everything in its users' region");
                continue;
            }
            let node = graph.node(value).clone();
            let origin = graph.set_origin(node.origin);
            self.node(graph, value, &node, adjoint);
            graph.set_origin(origin);
        }
        self.pending = outside;
    }

    fn node(&mut self, graph: &mut Graph, value: Value, node: &Node, mut adjoint: Adjoint) {
        match &node.op {
            Op::If => return self.branch(graph, node, &adjoint),
            Op::For(walk) => return self.repeat(graph, value, node, *walk, &adjoint),
            Op::Call(call) => return self.call(graph, value, node, call, &adjoint),
            Op::Array => {
                for (path, element) in std::mem::take(&mut adjoint.elements) {
                    self.add_element(graph, node.args[path[0]], &path[1..], element);
                }
            }
            Op::Set => self.written_elements(graph, node, &mut adjoint),
            _ => {}
        }
        let Some(whole) = adjoint.whole(graph, value) else { return };
        if let Some(name) = node.name {
            let name = format!("d_{}", graph.names[name as usize]);
            let name = graph.intern_name(&name);
            graph.set_name(whole, name);
        }
        if matches!(node.ty, Type::Real) {
            self.scalar_rule(graph, value, node, whole);
        } else {
            self.array_rule(graph, value, node, whole);
        }
    }

    /// Of the adjoint's elements, those that a `Set` at literal indices wrote go to what was
    /// written, the others to the array before.
    fn written_elements(&mut self, graph: &mut Graph, node: &Node, adjoint: &mut Adjoint) {
        let Some(written) = graph.literal_indices(&node.args[2..]) else { return };
        let overlaps = |path: &[usize]| path.len() < written.len() && written.starts_with(path);
        if adjoint.elements.keys().any(|path| overlaps(path)) {
            return;
        }
        for (path, element) in std::mem::take(&mut adjoint.elements) {
            match path.strip_prefix(&written[..]) {
                Some(rest) => self.add_element(graph, node.args[1], rest, element),
                None => self.add_element(graph, node.args[0], &path, element),
            }
        }
    }

    fn scalar_rule(&mut self, graph: &mut Graph, value: Value, node: &Node, d: Value) {
        let args = &node.args;
        match &node.op {
            Op::Neg => {
                let d = graph.neg(d);
                self.add(graph, args[0], d);
            }
            Op::Add => {
                self.add(graph, args[0], d);
                self.add(graph, args[1], d);
            }
            Op::Sub => {
                self.add(graph, args[0], d);
                let d = graph.neg(d);
                self.add(graph, args[1], d);
            }
            Op::Mul => {
                for (place, other) in [(0, 1), (1, 0)] {
                    if self.is_active(args[place]) {
                        let product = scale(graph, d, args[other]);
                        self.add_some(graph, args[place], product);
                    }
                }
            }
            Op::Div => {
                let quotient = graph.div(d, args[1]);
                self.add(graph, args[0], quotient);
                if self.is_active(args[1]) {
                    let product = graph.mul(quotient, value);
                    let d = graph.neg(product);
                    self.add(graph, args[1], d);
                }
            }
            Op::Rem => {
                self.add(graph, args[0], d);
                if self.is_active(args[1]) {
                    let slope = remainder_partial(graph, args, value);
                    let product = scale(graph, d, slope);
                    self.add_some(graph, args[1], product);
                }
            }
            Op::Elementary(function) => {
                for (place, &arg) in args.iter().enumerate() {
                    if self.is_active(arg)
                        && let Some(slope) = partial(graph, *function, args, value, place)
                    {
                        let product = scale(graph, d, slope);
                        self.add_some(graph, arg, product);
                    }
                }
            }
            _ => self.array_rule(graph, value, node, d),
        }
    }

    fn array_rule(&mut self, graph: &mut Graph, value: Value, node: &Node, d: Value) {
        let args = &node.args;
        match &node.op {
            Op::Select => {
                let (a, b) = (select(graph, args[0], Some(d), None), select(graph, args[0], None, Some(d)));
                self.add_some(graph, args[1], a);
                self.add_some(graph, args[2], b);
            }
            Op::Sum => {
                self.add(graph, args[0], d);
                self.add(graph, args[1], d);
            }
            Op::Get => self.read(graph, value, args, d),
            Op::Set => {
                let element = graph.get(d, &args[2..]);
                self.add(graph, args[1], element);
                if self.is_active(args[0]) {
                    let zeros = graph.zeros_like(args[1]);
                    let rest = graph.set(d, zeros, &args[2..]);
                    self.add(graph, args[0], rest);
                }
            }
            Op::Array => {
                for (place, &arg) in args.iter().enumerate() {
                    let place = graph.usize(place);
                    let element = graph.get(d, &[place]);
                    self.add(graph, arg, element);
                }
            }
            Op::Splat(length) => {
                let total = total(graph, d, length);
                self.add_some(graph, args[0], total);
            }
            Op::Project(place) => {
                let several = self.pending.entry(args[0]).or_default();
                several.results.insert(*place, d);
            }
            // Piecewise constant, or without arguments to differentiate by.
            Op::Scratch(..) | Op::Hold | Op::Stop => {}
            Op::Cast
            | Op::ZerosLike
            | Op::Compare(_)
            | Op::Not
            | Op::Check(..)
            | Op::NonZero
            | Op::Ended(_)
            | Op::Demand => {}
            Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Constant(_) | Op::Length(_) | Op::Zeros(_) => {}
            Op::Input(_) | Op::Parameter(_) => {}
            op => unreachable!("{op:?} is not differentiated by this rule"),
        }
    }

    /// The adjoint of an element goes to its place in the array's.
    fn read(&mut self, graph: &mut Graph, value: Value, args: &[Value], d: Value) {
        let array = self.newest(graph, args[0], &args[1..], value);
        if let Some(path) = graph.literal_indices(&args[1..]) {
            return self.add_element(graph, array, &path, d);
        }
        if self.is_active(array) {
            let known = self.pending.remove(&array).unwrap_or_default().whole(graph, array);
            let known = known.unwrap_or_else(|| graph.zeros_like(array));
            let element = graph.get(known, &args[1..]);
            let sum = if is_zero(graph, element) { d } else { graph.sum(element, d) };
            let whole = graph.set(known, sum, &args[1..]);
            self.pending.insert(array, Adjoint { whole: Some(whole), ..Adjoint::default() });
        }
    }

    fn call(&mut self, graph: &mut Graph, value: Value, node: &Node, call: &Call, adjoint: &Adjoint) {
        debug_assert_eq!(call.mode, Mode::Forward, "second derivatives are tangents of adjoints");
        let mut args = node.args.clone();
        let tape = if call.own {
            graph.zeros(&Type::array(Type::Real, Length::Fixed(1)))
        } else {
            graph.tape_of(value)
        };
        args.push(tape);
        for place in 0..call.outputs {
            let cotangent = adjoint.results.get(&place).copied().unwrap_or_else(|| {
                let output = graph
                    .find_projection(value, place)
                    .unwrap_or_else(|| graph.project(value, place, Type::Opaque));
                graph.zeros_like(output)
            });
            args.push(cotangent);
        }
        let vjp = graph.call(Call { mode: Mode::Reverse, ..call.clone() }, args);
        for (place, &arg) in node.args.iter().enumerate() {
            if self.is_active(arg) {
                let ty = graph.ty(arg);
                let d = graph.project(vjp, place, ty);
                self.add(graph, arg, d);
            }
        }
    }
}

/// The sum of the elements of an array.
fn total(graph: &mut Graph, array: Value, length: &Length) -> Option<Value> {
    if let Length::Fixed(length) = length
        && *length <= LARGE
    {
        let elements = graph.read_elements(array, *length);
        return elements
            .into_iter()
            .filter(|&element| !is_zero(graph, element))
            .collect::<Vec<_>>()
            .into_iter()
            .fold(None, |sum, element| plus(graph, sum, Some(element)));
    }
    let element = graph.ty(array).element(1).cloned()?;
    let (zero, start, end) = (graph.zeros(&element), graph.usize(0), graph.length(length));
    graph.open();
    let place = graph.parameter(Type::Int(crate::ir::Int::Usize));
    let sum = graph.parameter(element);
    let term = graph.get(array, &[place]);
    let sum = graph.sum(sum, term);
    let body = graph.close(vec![sum]);
    graph.repeat(Walk::default(), start, end, &[zero], body).first().copied()
}
