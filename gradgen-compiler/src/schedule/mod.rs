//! What becomes a statement, what stands inside of an expression, and which array is written in
//! place. Emission only carries this out.

use crate::ir::{BODY, Graph, Node, Op, RegionId, Type, Value};
use crate::passes::live;

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

    /// Decides for every `Set` whether it can write into the array that it starts from: when that
    /// has a variable of its own in the same region, and nobody reads it later.
    fn place_arrays(&mut self, graph: &Graph, region: RegionId, uses: &Uses) {
        for &value in &graph.region(region).nodes {
            if !self.is_live(value) {
                continue;
            }
            let node = graph.node(value);
            for &inner in &node.regions {
                self.place_arrays(graph, inner, uses);
            }
            if node.op == Op::Set {
                let array = node.args[0];
                let root = self.storage[array.index()];
                let own = !matches!(graph.node(root).op, Op::Input(_) | Op::Constant(_))
                    && graph.node(array).region == region;
                if own && uses.last[array.index()] == Some(value) {
                    self.storage[value.index()] = root;
                    self.mutated[root.index()] = true;
                } else {
                    // A copy, which is then written to.
                    self.mutated[value.index()] = true;
                }
            }
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
                    Op::Real(_) | Op::Int(_) | Op::Bool(_) | Op::Constant(_) | Op::Length(_) => true,
                    Op::Input(_) | Op::Parameter(_) | Op::Project(_) | Op::Set => false,
                    Op::If | Op::For(_) | Op::Call(_) | Op::NonZero => false,
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
}

impl Uses {
    fn count(graph: &Graph, live: &[bool]) -> Self {
        let mut uses = Self {
            count: vec![0; graph.len()],
            inside: vec![true; graph.len()],
            last: vec![None; graph.len()],
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
        }
    }
}
