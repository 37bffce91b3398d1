//! What becomes a statement, what stands inside of an expression, and which array is written in
//! place. Emission only carries this out.

use std::collections::BTreeMap;

use crate::ir::{Atom, BODY, Graph, Length, Node, Op, RegionId, Type, Value};
use crate::passes::{live, live_places};

/// More operators than this in one expression are split.
const OPERATORS: usize = 3;

/// The plan for a function's code.
pub struct Schedule {
    live: Vec<bool>,
    inline: Vec<bool>,
    /// For an array: the value in whose variable it lives.
    storage: Vec<Value>,
    /// Whether a value's variable is written to.
    mutated: Vec<bool>,
}

impl Schedule {
    /// Plans a function.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let live = live(graph, graph.results(), BODY);
        let uses = Uses::count(graph, &live);
        let mut schedule = Self {
            inline: vec![false; graph.len()],
            storage: (0..graph.len()).map(|place| graph.value(place)).collect(),
            mutated: vec![false; graph.len()],
            live,
        };
        schedule.place_arrays(graph, BODY, &uses);
        let mut weights = vec![0; graph.len()];
        schedule.place_scalars(graph, BODY, &uses, &mut weights);
        schedule
    }

    /// Whether the node contributes to the results.
    #[must_use]
    pub fn is_live(&self, value: Value) -> bool {
        self.live[value.index()]
    }

    /// Whether the node stands inside of the expression of its user.
    #[must_use]
    pub fn is_inline(&self, value: Value) -> bool {
        self.inline[value.index()]
    }

    /// The value whose variable holds this one.
    #[must_use]
    pub fn storage(&self, value: Value) -> Value {
        self.storage[value.index()]
    }

    /// The places of what a loop carries that are needed.
    #[must_use]
    pub fn places(&self, graph: &Graph, value: Value) -> Vec<usize> {
        live_places(graph, value, &self.live)
    }

    /// Whether the variable of this value is written to after it has its first value.
    #[must_use]
    pub fn is_mutated(&self, value: Value) -> bool {
        self.mutated[value.index()]
    }

    /// The plan as text: what is written inside of its user's expression, what has a variable, and
    /// which writes go into an array that is there already.
    #[must_use]
    pub fn describe(&self, graph: &Graph) -> String {
        let mut text = String::new();
        for value in (0..graph.len()).map(|place| graph.value(place)).filter(|&value| self.is_live(value)) {
            let what = match (&graph.node(value).op, self.storage(value)) {
                (Op::Set, root) if root != value => format!("written into {root}"),
                (Op::Set, _) => "a copy that is written to".to_owned(),
                _ if self.is_inline(value) => "in an expression".to_owned(),
                (Op::Input(_) | Op::Parameter(_) | Op::Project(_), _) => continue,
                _ if self.is_mutated(value) => "a variable that is written to".to_owned(),
                _ => "a variable".to_owned(),
            };
            text.push_str(&format!("{value}: {what}\n"));
        }
        text
    }

    /// Decides where arrays live: whether a `Set` writes into the array that it starts from, whether
    /// a loop carries its array in the variable that it starts with, whether a branch changes the
    /// array that it was given. That is so when the array has memory of its own and nobody reads it
    /// later.
    fn place_arrays(&mut self, graph: &Graph, region: RegionId, uses: &Uses) {
        for &value in &graph.region(region).nodes {
            if !self.is_live(value) {
                continue;
            }
            let node = graph.node(value);
            match node.op {
                Op::Set => {
                    let array = node.args[0];
                    if self.can_take(graph, array, value, region, uses) {
                        self.take(value, array);
                    } else {
                        // A copy, which is then written to.
                        self.mutated[value.index()] = true;
                    }
                }
                Op::Hold | Op::Sum if matches!(node.ty, Type::Array(..)) => {
                    if self.can_take(graph, node.args[0], value, region, uses) {
                        self.take(value, node.args[0]);
                    } else if node.op == Op::Hold && self.is_view(graph, node.args[0]) {
                        self.storage[value.index()] = self.storage[node.args[0].index()];
                    }
                }
                Op::If => {
                    for &inner in &node.regions {
                        self.place_arrays(graph, inner, uses);
                    }
                    self.place_branch(graph, value);
                }
                Op::For(_) => self.place_loop(graph, value, region, uses),
                _ => {}
            }
        }
    }

    /// Whether nobody needs an array after a node but that node, so that its memory can be written to.
    fn can_take(&self, graph: &Graph, array: Value, by: Value, region: RegionId, uses: &Uses) -> bool {
        let root = self.storage[array.index()];
        let constant = match graph.node(root).op {
            Op::Input(_) | Op::Constant(_) | Op::Zeros(_) | Op::ZerosLike | Op::Get => true,
            // What memory is filled with has none of its own.
            Op::Splat(_) => graph.node(root).ty.is_slice(),
            _ => false,
        };
        !constant && uses.is_last(graph, array, by, region)
    }

    fn take(&mut self, value: Value, array: Value) {
        let root = self.storage[array.index()];
        self.storage[value.index()] = root;
        self.mutated[root.index()] = true;
    }

    /// Whether an array is a part of a tape, which nobody writes to any more.
    fn is_view(&self, graph: &Graph, array: Value) -> bool {
        let node = graph.node(array);
        node.op == Op::Get && matches!(graph.node(self.storage[node.args[0].index()]).op, Op::Scratch(..))
    }

    fn place_branch(&mut self, graph: &Graph, value: Value) {
        let regions = &graph.node(value).regions;
        for &(place, projection) in graph.projections(value) {
            let roots: Vec<_> = regions
                .iter()
                .map(|&inner| self.storage[graph.region(inner).results[place].index()])
                .collect();
            let outside =
                |root: Value| regions.iter().all(|&inner| !graph.is_within(graph.node(root).region, inner));
            if self.is_live(projection)
                && matches!(graph.node(projection).ty, Type::Array(..))
                && roots[0] == roots[1]
                && outside(roots[0])
                && self.mutated[roots[0].index()]
            {
                self.storage[projection.index()] = roots[0];
            }
        }
    }

    fn place_loop(&mut self, graph: &Graph, value: Value, region: RegionId, uses: &Uses) {
        let node = graph.node(value);
        let body = node.regions[0];
        let parameters = &graph.region(body).parameters;
        let mut taken = vec![];
        for place in live_places(graph, value, &self.live) {
            let (initial, parameter) = (node.args[2 + place], parameters[place + 1]);
            let root = self.storage[initial.index()];
            if matches!(graph.node(parameter).ty, Type::Array(..))
                && self.can_take(graph, initial, value, region, uses)
                && !uses.within.contains_key(&(initial, body))
                && !taken.contains(&root)
            {
                taken.push(root);
                self.take(parameter, initial);
            } else {
                self.mutated[parameter.index()] = true;
            }
        }
        self.place_arrays(graph, body, uses);
        for &(place, projection) in graph.projections(value) {
            self.storage[projection.index()] = self.storage[parameters[place + 1].index()];
        }
    }

    fn place_scalars(&mut self, graph: &Graph, region: RegionId, uses: &Uses, weights: &mut [usize]) {
        for &value in &graph.region(region).nodes {
            if !self.is_live(value) {
                continue;
            }
            let node = graph.node(value);
            for &inner in &node.regions {
                self.place_scalars(graph, inner, uses, weights);
            }
            let weight: usize = operators(node)
                + node
                    .args
                    .iter()
                    .filter(|arg| self.is_inline(**arg))
                    .map(|arg| weights[arg.index()])
                    .sum::<usize>();
            // The elements of an array are expressions of their own.
            weights[value.index()] = if node.op == Op::Array { 0 } else { weight };
            let once = uses.count[value.index()] <= 1 && uses.inside[value.index()];
            // What is only returned needs no name for that.
            let returned = once && uses.last[value.index()].is_none() && region == BODY;
            self.inline[value.index()] = !self.reads_written(node)
                && match &node.op {
                    // A root is computed once.
                    Op::Length(length) if is_derived(length) => false,
                    Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Constant(_) | Op::Length(_) => true,
                    Op::Input(_) | Op::Parameter(_) | Op::Project(_) | Op::Set => false,
                    Op::If
                    | Op::For(_)
                    | Op::Call(_)
                    | Op::NonZero
                    | Op::Ended(_)
                    | Op::Demand
                    | Op::Scratch(..) => false,
                    Op::Hold | Op::Stop => !matches!(node.ty, Type::Array(..)),
                    _ if is_part_of_slice(graph, node) => false,
                    Op::Zeros(ty) if !ty.is_slice() => !self.mutated[value.index()],
                    // A checked index is the index.
                    Op::Check(..) => false,
                    Op::Get => self.reads_fixed(graph, node) && weight == 0 && node.ty == Type::Real,
                    Op::Select | Op::Splat(_) | Op::Zeros(_) | Op::ZerosLike | Op::Sum => false,
                    Op::Array => once && node.name.is_none() && !self.mutated[value.index()],
                    _ => returned || (once && node.name.is_none() && weight < OPERATORS),
                };
        }
    }

    /// Whether a node reads an array that a statement writes to. It is read where the node stands,
    /// not where the expression of its user does: the statement may come in between.
    fn reads_written(&self, node: &Node) -> bool {
        node.args.iter().any(|&arg| self.mutated[self.storage(arg).index()])
    }

    /// Whether an element can be read anywhere: of an array that no statement writes to.
    fn reads_fixed(&self, graph: &Graph, node: &Node) -> bool {
        let root = self.storage[node.args[0].index()];
        !self.mutated[root.index()] && !matches!(graph.node(root).op, Op::Array | Op::Parameter(_))
    }
}

fn is_derived(length: &Length) -> bool {
    length.size().and_then(|size| size.atom()).is_some_and(|atom| matches!(atom, Atom::Derived { .. }))
}

/// Whether a node reads an array whose length only run time knows, or yields one: that takes a
/// statement.
fn is_part_of_slice(graph: &Graph, node: &Node) -> bool {
    let reads = matches!(node.op, Op::Get) && graph.node(node.args[0]).ty.is_slice();
    reads || node.ty.is_slice()
}

/// How many operators a node adds to an expression.
fn operators(node: &Node) -> usize {
    match node.op {
        Op::Get | Op::Array | Op::Input(_) | Op::Parameter(_) | Op::Real(_) | Op::Int(_) | Op::Bool(_) => 0,
        Op::Constant(_) | Op::Length(_) | Op::Project(_) => 0,
        _ => 1,
    }
}

/// Who uses a value.
struct Uses {
    count: Vec<usize>,
    /// Whether all users stand in the value's own region, and none of them is a region's result
    /// from further in.
    inside: Vec<bool>,
    /// The last user among the nodes of the value's own region (a node counts for its regions);
    /// none if it is a result of its region.
    last: Vec<Option<Value>>,
    /// The same for the regions inside of the value's own in which it is used.
    within: BTreeMap<(Value, RegionId), Option<Value>>,
}

impl Uses {
    fn count(graph: &Graph, live: &[bool]) -> Self {
        let mut uses = Self {
            count: vec![0; graph.len()],
            inside: vec![true; graph.len()],
            last: vec![None; graph.len()],
            within: BTreeMap::new(),
        };
        uses.region(graph, BODY, live, &mut vec![]);
        uses
    }

    fn region(
        &mut self,
        graph: &Graph,
        region: RegionId,
        live: &[bool],
        around: &mut Vec<(RegionId, Value)>,
    ) {
        for &value in graph.region(region).nodes.iter().filter(|value| live[value.index()]) {
            let node = graph.node(value);
            for &arg in &node.args {
                self.add(graph, arg, region, Some(value), around);
            }
            for &inner in &node.regions {
                around.push((region, value));
                self.region(graph, inner, live, around);
                around.pop();
            }
        }
        for &result in graph.region(region).results.iter().filter(|result| live[result.index()]) {
            self.add(graph, result, region, None, around);
        }
    }

    fn add(
        &mut self,
        graph: &Graph,
        value: Value,
        region: RegionId,
        user: Option<Value>,
        around: &[(RegionId, Value)],
    ) {
        let home = graph.node(value).region;
        self.count[value.index()] += 1;
        if home == region {
            self.last[value.index()] = user;
        } else {
            self.inside[value.index()] = false;
            let at = around.iter().find(|(outer, _)| *outer == home).map(|(_, node)| *node);
            self.last[value.index()] = at;
            self.within.insert((value, region), user);
            for (outer, node) in around.iter().rev().take_while(|(outer, _)| *outer != home) {
                self.within.insert((value, *outer), Some(*node));
            }
        }
    }

    /// Whether a node of some region is the last that uses a value: in the value's own region, or in
    /// the branch of an `if` that is.
    fn is_last(&self, graph: &Graph, value: Value, user: Value, region: RegionId) -> bool {
        let home = graph.node(value).region;
        let (mut at, mut last) = (region, user);
        while at != home {
            if self.within.get(&(value, at)) != Some(&Some(last)) {
                return false;
            }
            let (Some(owner), Some(parent)) = (graph.owner(at), graph.region(at).parent) else {
                return false;
            };
            if graph.node(owner).op != Op::If {
                return false;
            }
            (at, last) = (parent, owner);
        }
        self.last[value.index()] == Some(last)
    }
}
