//! The derivatives that can be requested, from the two modes.

use super::{adjoints, tangents};
use crate::ir::{Graph, Int, Length, Type, Value, Walk};
use crate::passes::with_tapes;

/// What a part of a sibling yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The function itself.
    Primal,
    /// The gradient of a scalar output.
    Gradient,
    /// The matrix of first derivatives.
    Jacobian,
    /// The matrix of second derivatives of a scalar output.
    Hessian,
    /// The Hessian times a direction.
    Hvp,
    /// The Jacobian times a tangent.
    Jvp,
    /// A cotangent times the Jacobian.
    Vjp,
}

/// One derivative: of all outputs, by some of the inputs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which one.
    pub kind: Kind,
    /// The inputs by which is differentiated, by position; two of a Hessian are a mixed block.
    pub wrt: Vec<usize>,
}

/// Where an output of a sibling comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The part.
    pub kind: Kind,
    /// The primal's output, by position. A VJP is of all outputs together.
    pub output: Option<usize>,
    /// The primal's inputs, by position.
    pub inputs: Vec<usize>,
}

/// A function that yields the parts, in order.
#[derive(Clone, Debug)]
pub struct Derived {
    /// The function.
    pub graph: Graph,
    /// For each result of the graph, what it is.
    pub products: Vec<Product>,
    /// The tangents (or directions) among the inputs, by the input that they belong to; they
    /// follow the primal's inputs.
    pub tangents: Vec<usize>,
    /// The cotangents among the inputs, by the output that they belong to; they come last.
    pub cotangents: Vec<usize>,
}

/// What a sibling with these parts yields, in order, and what it takes beside the primal's inputs:
/// the inputs that move, and the outputs that have cotangents.
#[must_use]
pub fn products(parts: &[Part], outputs: usize) -> (Vec<Product>, Vec<usize>, Vec<usize>) {
    let mut products = vec![];
    let mut tangents = vec![];
    let mut cotangents = vec![];
    for part in parts {
        let product = |output, inputs: &[usize]| Product { kind: part.kind, output, inputs: inputs.to_vec() };
        let each_input =
            |output| part.wrt.iter().map(move |&place| product(output, &[place])).collect::<Vec<_>>();
        match part.kind {
            Kind::Primal => products.extend((0..outputs).map(|output| product(Some(output), &[]))),
            Kind::Jvp => products.extend((0..outputs).map(|output| product(Some(output), &[]))),
            Kind::Gradient | Kind::Hvp => products.extend(each_input(Some(0))),
            Kind::Vjp => products.extend(each_input(None)),
            Kind::Jacobian => products.extend((0..outputs).flat_map(|output| each_input(Some(output)))),
            Kind::Hessian => products.push(product(Some(0), &part.wrt)),
        }
        if matches!(part.kind, Kind::Jvp | Kind::Hvp) {
            let new: Vec<_> = part.wrt.iter().filter(|place| !tangents.contains(*place)).copied().collect();
            tangents.extend(new);
        }
        if part.kind == Kind::Vjp {
            cotangents = (0..outputs).collect();
        }
    }
    (products, tangents, cotangents)
}

/// What a Jacobian is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweeps {
    /// Whatever is less work.
    Any,
    /// Columns, by forward mode: there is no other.
    Forward,
    /// Rows, by reverse mode: there is no other.
    Reverse,
}

/// Builds the function that yields `parts`, from the primal. Everything that the parts have in
/// common is there once.
#[must_use]
pub fn derive(primal: &Graph, parts: &[Part]) -> Derived {
    derive_by(primal, parts, Sweeps::Any)
}

/// As [`derive()`], where one of the modes may be missing.
#[must_use]
pub fn derive_by(primal: &Graph, parts: &[Part], sweeps: Sweeps) -> Derived {
    let reversible = super::irreversible(primal).is_none();
    let taped;
    let primal = if reversible && parts.iter().any(|part| !matches!(part.kind, Kind::Primal | Kind::Jvp)) {
        taped = with_tapes(primal);
        &taped
    } else {
        primal
    };
    let mut graph = primal.clone();
    let inputs = primal.inputs().to_vec();
    let outputs = primal.results().to_vec();
    let (products, tangents, cotangents) = products(parts, outputs.len());
    let tangent_inputs: Vec<_> =
        tangents.iter().map(|&place| graph.input(primal.ty(inputs[place]))).collect();
    let cotangent_inputs: Vec<_> =
        cotangents.iter().map(|&place| graph.input(primal.ty(outputs[place]))).collect();
    let directions = tangents.iter().zip(tangent_inputs).map(|(&place, value)| (place, value)).collect();
    let mut building = Building {
        sweeps: if reversible { sweeps } else { Sweeps::Forward },
        graph,
        inputs,
        outputs,
        directions,
        cotangents: cotangent_inputs,
        results: vec![],
    };
    for part in parts {
        building.part(part);
    }
    let Building { mut graph, results, .. } = building;
    debug_assert_eq!(results.len(), products.len(), "one value for each product");
    graph.set_results(results);
    Derived { graph, products, tangents, cotangents }
}

struct Building {
    /// What Jacobians are made of.
    sweeps: Sweeps,
    graph: Graph,
    inputs: Vec<Value>,
    outputs: Vec<Value>,
    directions: Vec<(usize, Value)>,
    cotangents: Vec<Value>,
    /// In the order of [`products`].
    results: Vec<Value>,
}

impl Building {
    fn values(&self, wrt: &[usize]) -> Vec<Value> {
        wrt.iter().map(|&place| self.inputs[place]).collect()
    }

    /// The derivatives, with zeros in the shape of `like` where nothing stands for them.
    fn full(&mut self, derivatives: Vec<Option<Value>>, like: &[Value]) -> Vec<Value> {
        let pairs = derivatives.into_iter().zip(like);
        pairs.map(|(derivative, &value)| derivative.unwrap_or_else(|| self.graph.zeros_like(value))).collect()
    }

    fn part(&mut self, part: &Part) {
        let wrt = self.values(&part.wrt);
        let outputs = self.outputs.clone();
        let values = match part.kind {
            Kind::Primal => outputs,
            Kind::Gradient => self.gradient(&wrt),
            Kind::Vjp => {
                let seeds: Vec<_> = outputs.into_iter().zip(self.cotangents.clone()).collect();
                let found = adjoints(&mut self.graph, &seeds, &wrt);
                self.full(found, &wrt)
            }
            Kind::Jvp => {
                let seeds = self.seeds(&part.wrt);
                let found = tangents(&mut self.graph, &seeds, &outputs);
                self.full(found, &outputs)
            }
            Kind::Hvp => {
                let gradient = self.gradient(&wrt);
                let seeds = self.seeds(&part.wrt);
                let found = tangents(&mut self.graph, &seeds, &gradient);
                self.full(found, &gradient)
            }
            Kind::Jacobian => self.jacobian(&part.wrt),
            Kind::Hessian => vec![self.hessian(part.wrt[0], part.wrt[part.wrt.len() - 1])],
        };
        self.results.extend(values);
    }

    /// The directions in which these inputs move.
    fn seeds(&self, wrt: &[usize]) -> Vec<(Value, Value)> {
        let moves = self.directions.iter().filter(|(place, _)| wrt.contains(place));
        moves.map(|&(place, direction)| (self.inputs[place], direction)).collect()
    }

    /// The gradient of the one scalar output.
    fn gradient(&mut self, wrt: &[Value]) -> Vec<Value> {
        let one = self.graph.real(1.0);
        let found = adjoints(&mut self.graph, &[(self.outputs[0], one)], wrt);
        self.full(found, wrt)
    }

    /// Rows by reverse mode where the outputs are fewer, else columns by forward mode.
    fn jacobian(&mut self, wrt: &[usize]) -> Vec<Value> {
        let size = |graph: &Graph, values: &[Value]| values.iter().map(|&value| graph.ty(value).size()).sum();
        let columns: Option<usize> = size(&self.graph, &self.values(wrt));
        let rows: Option<usize> = size(&self.graph, &self.outputs);
        let by_rows = match (self.sweeps, rows, columns) {
            (Sweeps::Forward, ..) => false,
            (Sweeps::Reverse, ..) => true,
            (Sweeps::Any, Some(rows), Some(columns)) => rows < columns,
            (Sweeps::Any, rows, _) => rows.is_some(),
        };
        let mut blocks = vec![];
        for output in 0..self.outputs.len() {
            blocks.extend(if by_rows { self.rows(output, wrt) } else { self.columns(output, wrt) });
        }
        blocks
    }

    /// A Jacobian's blocks of one output by each of some inputs, by reverse mode.
    fn rows(&mut self, output: usize, wrt: &[usize]) -> Vec<Value> {
        let (output, inputs) = (self.outputs[output], self.values(wrt));
        let zeros: Vec<_> = inputs.iter().map(|&input| self.zero_block(output, input)).collect();
        for_each_element(&mut self.graph, output, zeros, |graph, seed, path, blocks| {
            let adjoints = adjoints(graph, &[(output, seed)], &inputs);
            let rows = blocks.iter().zip(adjoints);
            rows.map(|(&block, row)| row.map_or(block, |row| graph.set(block, row, path))).collect()
        })
    }

    /// A Jacobian's blocks of one output by each of some inputs, by forward mode.
    fn columns(&mut self, output: usize, wrt: &[usize]) -> Vec<Value> {
        let output = self.outputs[output];
        wrt.iter()
            .map(|&place| {
                let input = self.inputs[place];
                let zeros = vec![self.zero_block(output, input)];
                let blocks = for_each_element(&mut self.graph, input, zeros, |graph, seed, path, blocks| {
                    let tangent = tangents(graph, &[(input, seed)], &[output]);
                    match tangent[0] {
                        Some(tangent) => vec![set_column(graph, blocks[0], tangent, path)],
                        None => blocks.to_vec(),
                    }
                });
                blocks[0]
            })
            .collect()
    }

    /// The block of the Hessian with the elements of `row` outermost: tangents of the gradient.
    fn hessian(&mut self, row: usize, column: usize) -> Value {
        let (x, w) = (self.inputs[row], self.inputs[column]);
        let gradient = self.gradient(&[w])[0];
        let zeros = vec![self.zero_block(x, w)];
        let symmetric = row == column;
        let blocks = for_each_element(&mut self.graph, x, zeros, |graph, seed, path, blocks| {
            let tangent = tangents(graph, &[(x, seed)], &[gradient]);
            let Some(tangent) = tangent[0] else { return blocks.to_vec() };
            match graph.literal_indices(path) {
                Some(place) if symmetric => vec![set_symmetric(graph, blocks[0], tangent, &place)],
                _ => vec![graph.set(blocks[0], tangent, path)],
            }
        });
        blocks[0]
    }

    /// Zeros with the axes of one value and then those of another.
    fn zero_block(&mut self, outer: Value, inner: Value) -> Value {
        let ty = crate::ir::nest(&self.graph.ty(outer), self.graph.ty(inner));
        self.graph.zeros(&ty)
    }
}

/// Axes with no more elements than this are spelled out.
const SPELLED: usize = 32;

/// Runs `body` with a one in the place of each element of `value` in turn, and zeros elsewhere:
/// with the seed, the element's indices and what the run before left. Short axes are spelled out, so that zeros in the seed are structure; others become loops.
fn for_each_element(
    graph: &mut Graph,
    value: Value,
    initial: Vec<Value>,
    mut body: impl FnMut(&mut Graph, Value, &[Value], &[Value]) -> Vec<Value>,
) -> Vec<Value> {
    let ty = graph.ty(value);
    let mut path = vec![];
    each_axis(graph, &ty, &ty, &mut path, initial, &mut body)
}

/// What [`for_each_element`] runs: seed, indices, what is carried.
type Body<'a> = dyn FnMut(&mut Graph, Value, &[Value], &[Value]) -> Vec<Value> + 'a;

fn each_axis(
    graph: &mut Graph,
    whole: &Type,
    ty: &Type,
    path: &mut Vec<Value>,
    mut carried: Vec<Value>,
    body: &mut Body<'_>,
) -> Vec<Value> {
    match ty {
        Type::Array(element, Length::Fixed(length)) if *length <= SPELLED => {
            for place in 0..*length {
                path.push(graph.usize(place));
                carried = each_axis(graph, whole, element, path, carried, body);
                path.pop();
            }
            carried
        }
        Type::Array(element, length) => {
            let (start, end) = (graph.usize(0), graph.length(length));
            graph.open();
            path.push(graph.parameter(Type::Int(Int::Usize)));
            let inside = carried.iter().map(|&value| graph.ty(value)).collect::<Vec<_>>();
            let inside = inside.into_iter().map(|ty| graph.parameter(ty)).collect();
            let results = each_axis(graph, whole, element, path, inside, body);
            path.pop();
            let region = graph.close(results);
            graph.repeat(Walk::default(), start, end, &carried, region)
        }
        _ => {
            let (one, zeros) = (graph.real(1.0), graph.zeros(whole));
            let seed = graph.set(zeros, one, path);
            body(graph, seed, path, &carried)
        }
    }
}

/// Sets the elements of a block at `(every index of column, path)`.
fn set_column(graph: &mut Graph, block: Value, column: Value, path: &[Value]) -> Value {
    let ty = graph.ty(column);
    set_axis(graph, &ty, block, column, &mut vec![], path)
}

fn set_axis(
    graph: &mut Graph,
    ty: &Type,
    block: Value,
    column: Value,
    row: &mut Vec<Value>,
    path: &[Value],
) -> Value {
    match ty {
        Type::Array(element, Length::Fixed(length)) if *length <= SPELLED => {
            (0..*length).fold(block, |block, place| {
                row.push(graph.usize(place));
                let block = set_axis(graph, element, block, column, row, path);
                row.pop();
                block
            })
        }
        Type::Array(element, length) => {
            let (start, end) = (graph.usize(0), graph.length(length));
            graph.open();
            row.push(graph.parameter(Type::Int(Int::Usize)));
            let ty = graph.ty(block);
            let inside = graph.parameter(ty);
            let result = set_axis(graph, element, inside, column, row, path);
            row.pop();
            let region = graph.close(vec![result]);
            graph.repeat(Walk::default(), start, end, &[block], region)[0]
        }
        _ => {
            let element = graph.get(column, row);
            if super::is_zero(graph, element) {
                return block;
            }
            let indices: Vec<_> = row.iter().chain(path).copied().collect();
            graph.set(block, element, &indices)
        }
    }
}

/// Sets a row of a symmetric block from its diagonal on, and the column likewise.
fn set_symmetric(graph: &mut Graph, block: Value, row: Value, path: &[usize]) -> Value {
    let ty = graph.ty(row);
    let Some(others) = paths(&ty) else {
        let path: Vec<_> = path.iter().map(|&place| graph.usize(place)).collect();
        return graph.set(block, row, &path);
    };
    let upper = others.into_iter().filter(|other| other.as_slice() >= path);
    upper.fold(block, |block, other| {
        let indices = |graph: &mut Graph, a: &[usize], b: &[usize]| {
            a.iter().chain(b).map(|&place| graph.usize(place)).collect::<Vec<_>>()
        };
        let place = indices(graph, &other, &[]);
        let element = graph.get(row, &place);
        if super::is_zero(graph, element) {
            return block;
        }
        let (there, back) = (indices(graph, path, &other), indices(graph, &other, path));
        let block = graph.set(block, element, &there);
        if there == back { block } else { graph.set(block, element, &back) }
    })
}

/// The indices of every scalar, in order, if all lengths are literals.
fn paths(ty: &Type) -> Option<Vec<Vec<usize>>> {
    match ty {
        Type::Array(element, Length::Fixed(length)) if *length <= SPELLED => {
            let inner = paths(element)?;
            Some(
                (0..*length)
                    .flat_map(|place| inner.iter().map(move |rest| [&[place], &rest[..]].concat()))
                    .collect(),
            )
        }
        Type::Array(..) => None,
        _ => Some(vec![vec![]]),
    }
}
