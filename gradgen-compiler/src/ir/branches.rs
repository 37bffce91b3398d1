//! Constructors of nodes with regions and with several results.

use super::{Graph, Length, Op, RegionId, Type, Value, Walk};

impl Graph {
    /// The results of two regions, one of which is run. Both are closed, with the same number of
    /// results, of the same types.
    ///
    /// Only what differs goes through a node: short arrays element by element, longer ones by the
    /// elements that were written, where that can be seen.
    pub fn branch(&mut self, condition: Value, then: RegionId, otherwise: RegionId) -> Vec<Value> {
        let pairs: Vec<_> = self
            .region(then)
            .results
            .iter()
            .copied()
            .zip(self.region(otherwise).results.iter().copied())
            .collect();
        let plans: Vec<_> = pairs.into_iter().map(|pair| self.plan(pair, then, otherwise)).collect();
        let mut through = Through::default();
        for plan in &plans {
            plan.collect(&mut through);
        }
        self.regions[then.index()].results = through.pairs.iter().map(|pair| pair.0).collect();
        self.regions[otherwise.index()].results = through.pairs.iter().map(|pair| pair.1).collect();
        let regions = vec![then, otherwise];
        let node = match self.twin(&Op::If, &[condition], &regions) {
            Some(known) => known,
            None => self.append(Op::If, vec![condition], regions, Type::Several),
        };
        plans.into_iter().map(|plan| self.carry_out(plan, condition, node, &through)).collect()
    }

    /// How a pair of results becomes one value.
    fn plan(&mut self, pair: (Value, Value), then: RegionId, otherwise: RegionId) -> Plan {
        let (a, b) = (self.hoist_literal(pair.0), self.hoist_literal(pair.1));
        if a == b {
            return Plan::Same(a);
        }
        let outside = |graph: &Self, value: Value| {
            let region = graph.node(value).region;
            !graph.is_within(region, then) && !graph.is_within(region, otherwise)
        };
        let (x, y) = (self.node(a), self.node(b));
        let pure = x.regions.is_empty() && !x.checks && !matches!(x.op, Op::Parameter(_) | Op::Project(_));
        if pure
            && x.op == y.op
            && x.args == y.args
            && x.ty == y.ty
            && x.args.iter().all(|&arg| outside(self, arg))
        {
            let (op, args, ty) = (x.op.clone(), x.args.clone(), x.ty.clone());
            return Plan::Same(self.push(op, args, ty));
        }
        if let Type::Array(element, length) = self.ty(a) {
            let Length::Fixed(length) = length else { return Plan::Region(a, b) };
            if length <= super::arrays::LITERAL {
                let places: Vec<_> = (0..length).collect();
                let elements = self.element_plans((a, b), &places, then, otherwise);
                return Plan::Elements((*element).clone(), elements);
            }
            // An element that is there whatever the condition is.
            if let Some((base, places)) = self.written(a, b, &outside)
                && places.iter().all(|&place| place < length)
            {
                let elements = self.element_plans((a, b), &places, then, otherwise);
                return Plan::Writes(base, places.into_iter().zip(elements).collect());
            }
        } else if outside(self, a) && outside(self, b) && self.ty(a).size() == Some(1) {
            return Plan::Select(a, b);
        }
        Plan::Region(a, b)
    }

    /// A plan for each of some elements of a pair of arrays.
    fn element_plans(
        &mut self,
        pair: (Value, Value),
        places: &[usize],
        then: RegionId,
        otherwise: RegionId,
    ) -> Vec<Plan> {
        let here = self.current;
        places
            .iter()
            .map(|&place| {
                let place = self.usize(place);
                self.current = then;
                let a = self.get(pair.0, &[place]);
                self.current = otherwise;
                let b = self.get(pair.1, &[place]);
                self.current = here;
                self.plan((a, b), then, otherwise)
            })
            .collect()
    }

    /// The array from around both regions of which two arrays differ only by writes at literal
    /// places, and those places of the outermost axis.
    fn written(
        &self,
        a: Value,
        b: Value,
        outside: &dyn Fn(&Self, Value) -> bool,
    ) -> Option<(Value, Vec<usize>)> {
        let mut places = std::collections::BTreeSet::new();
        let mut base = |mut array: Value| {
            while !outside(self, array) {
                let node = self.node(array);
                if node.op != Op::Set {
                    return None;
                }
                places.insert(usize::try_from(self.as_int(node.args[2])?).ok()?);
                array = node.args[0];
            }
            Some(array)
        };
        let (a, b) = (base(a)?, base(b)?);
        (a == b).then(|| (a, places.into_iter().collect()))
    }

    fn carry_out(&mut self, plan: Plan, condition: Value, node: Value, through: &Through) -> Value {
        match plan {
            Plan::Same(value) => value,
            Plan::Select(a, b) => self.select(condition, a, b),
            Plan::Region(a, b) => {
                let ty = self.ty(a);
                self.project(node, through.places[&(a, b)], ty)
            }
            Plan::Elements(element, plans) => {
                let elements =
                    plans.into_iter().map(|plan| self.carry_out(plan, condition, node, through)).collect();
                self.array(elements, element)
            }
            Plan::Writes(base, plans) => plans.into_iter().fold(base, |array, (place, plan)| {
                let element = self.carry_out(plan, condition, node, through);
                let place = self.usize(place);
                self.set(array, element, &[place])
            }),
        }
    }

    /// Whether a value is a number or truth value that stands in the text.
    #[must_use]
    pub fn is_literal(&self, value: Value) -> bool {
        matches!(self.node(value).op, Op::Real(_) | Op::Int(_) | Op::Bool(_))
    }

    /// A literal inside a branch, taken out of it: literals are seen from everywhere.
    pub fn hoist_literal(&mut self, value: Value) -> Value {
        let node = self.node(value);
        match node.op {
            Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Zeros(_) => {
                let (op, ty) = (node.op.clone(), node.ty.clone());
                self.push(op, vec![], ty)
            }
            _ => value,
        }
    }

    /// One result of a node that has several.
    pub fn project(&mut self, node: Value, place: usize, ty: Type) -> Value {
        self.push(Op::Project(place), vec![node], ty)
    }

    /// The projections of a node that has several results, with their places.
    #[must_use]
    pub fn projections(&self, node: Value) -> &[(usize, Value)] {
        self.projections.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The projection of a node at a place, if there is one.
    #[must_use]
    pub fn find_projection(&self, node: Value, place: usize) -> Option<Value> {
        self.projections(node).iter().find(|(known, _)| *known == place).map(|(_, value)| *value)
    }

    /// Sets the results of a region that is closed.
    pub fn set_region_results(&mut self, region: RegionId, results: Vec<Value>) {
        self.regions[region.index()].results = results;
    }

    /// A `for` over a closed region, whose parameters are the integer and what is carried.
    pub fn repeat(
        &mut self,
        walk: Walk,
        start: Value,
        end: Value,
        initial: &[Value],
        body: RegionId,
    ) -> Vec<Value> {
        if let Some(&index) = self.region(body).parameters.first() {
            self.set_range(index, start, end, walk);
        }
        let mut args = vec![start, end];
        args.extend_from_slice(initial);
        let node = match self.twin(&Op::For(walk), &args, &[body]) {
            Some(known) => known,
            None => self.append(Op::For(walk), args, vec![body], Type::Several),
        };
        let types: Vec<_> = initial.iter().map(|&value| self.ty(value)).collect();
        types.into_iter().enumerate().map(|(place, ty)| self.project(node, place, ty)).collect()
    }

    /// The tape of a call that has one.
    pub fn tape_of(&mut self, value: Value) -> Value {
        let Op::Call(call) = &self.node(value).op else { unreachable!("only calls have tapes") };
        let (place, length) = (call.outputs, Length::Symbol(call.tape));
        self.project(value, place, Type::array(Type::Real, length))
    }

    /// A node of the current region with equal arguments and regions.
    fn twin(&self, op: &Op, args: &[Value], regions: &[RegionId]) -> Option<Value> {
        let here = self.region(self.current()).nodes.iter().rev().copied();
        here.filter(|&value| self.node(value).op == *op && self.node(value).args == args).find(|&value| {
            let mut map = std::collections::BTreeMap::new();
            let others = self.node(value).regions.clone();
            regions.iter().zip(others).all(|(&a, b)| self.is_twin(a, b, &mut map))
        })
    }

    /// Whether regions are equal, node by node.
    fn is_twin(&self, a: RegionId, b: RegionId, map: &mut std::collections::BTreeMap<Value, Value>) -> bool {
        let (x, y) = (self.region(a), self.region(b));
        if x.nodes.len() != y.nodes.len() || x.results.len() != y.results.len() {
            return false;
        }
        for (&left, &right) in x.nodes.iter().zip(&y.nodes) {
            let (m, n) = (self.node(left), self.node(right));
            let same = |map: &std::collections::BTreeMap<Value, Value>| {
                m.args.len() == n.args.len()
                    && m.args.iter().zip(&n.args).all(|(x, y)| map.get(x).unwrap_or(x) == y)
            };
            // One that repeats checks does not stand in for one that makes them.
            let alike = m.op == n.op
                && m.ty == n.ty
                && m.regions.len() == n.regions.len()
                && (n.checks || !m.checks)
                && same(map);
            if !alike || !m.regions.iter().zip(&n.regions).all(|(&x, &y)| self.is_twin(x, y, map)) {
                return false;
            }
            map.insert(left, right);
        }
        x.results.iter().zip(&y.results).all(|(x, y)| map.get(x).unwrap_or(x) == y)
    }

    /// A call: the node of which each result is a projection.
    pub fn call(&mut self, call: super::Call, args: Vec<Value>) -> Value {
        self.push(Op::Call(call), args, Type::Several)
    }
}

/// How a pair of results of two regions becomes one value.
enum Plan {
    /// Both are this.
    Same(Value),
    /// Both are there before the node.
    Select(Value, Value),
    /// Through the node.
    Region(Value, Value),
    /// Element by element, of this type.
    Elements(Type, Vec<Plan>),
    /// An array from around both, with some elements replaced.
    Writes(Value, Vec<(usize, Plan)>),
}

impl Plan {
    /// What goes through the node.
    fn collect(&self, through: &mut Through) {
        match self {
            Self::Same(_) | Self::Select(..) => {}
            Self::Region(a, b) => {
                through.places.entry((*a, *b)).or_insert_with(|| {
                    through.pairs.push((*a, *b));
                    through.pairs.len() - 1
                });
            }
            Self::Elements(_, plans) => plans.iter().for_each(|plan| plan.collect(through)),
            Self::Writes(_, plans) => plans.iter().for_each(|(_, plan)| plan.collect(through)),
        }
    }
}

/// The pairs of results that go through a node, each once.
#[derive(Default)]
struct Through {
    pairs: Vec<(Value, Value)>,
    places: std::collections::BTreeMap<(Value, Value), usize>,
}
