//! Runs a graph: slowly, by the definition of each operation. An oracle for emission, and for
//! random programs.

use crate::ir::{
    Atom, BODY, Call, Comparison, DerivedSize, Graph, Length, Node, Op, Polynomial, RegionId, Scalar, Type,
    Walk,
};
use crate::passes::{live, live_places};

/// A value at run time.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number of the function's scalar type.
    Real(f64),
    /// An integer.
    Int(i128),
    /// A truth value.
    Bool(bool),
    /// An array.
    Array(Vec<Value>),
    /// The results of a node that has several.
    Several(Vec<Value>),
}

/// Why a graph can't be run to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// An index outside of its array.
    Index {
        /// The array.
        array: String,
        /// The index.
        index: i128,
    },
    /// An integer division by zero.
    Division,
    /// A loop that was run more often than it says.
    Unended,
    /// The function has no value there.
    Missing,
    /// A constant, length or callee that only rustc knows.
    Unknown(String),
}

/// What the graph refers to and does not contain.
pub trait World {
    /// A constant of the user's.
    fn constant(&self, text: &str) -> Option<Value>;

    /// A call of another function.
    ///
    /// # Errors
    /// What the callee reports.
    fn call(&self, callee: &str, call: &Call, args: &[Value]) -> Result<Vec<Value>, Failure>;
}

/// A world without anything in it.
pub struct Nothing;

impl World for Nothing {
    fn constant(&self, _: &str) -> Option<Value> {
        None
    }

    fn call(&self, callee: &str, _: &Call, _: &[Value]) -> Result<Vec<Value>, Failure> {
        Err(Failure::Unknown(callee.to_owned()))
    }
}

/// The results of a graph for some inputs.
///
/// # Errors
/// An index out of bounds, a division by zero, or what the world does not know.
pub fn interpret(graph: &Graph, inputs: &[Value], world: &dyn World) -> Result<Vec<Value>, Failure> {
    let marks = live(graph, graph.results(), BODY);
    let mut machine = Machine { graph, inputs, world, values: vec![None; graph.len()], marks };
    machine.conditions()?;
    machine.region(BODY)
}

struct Machine<'a> {
    graph: &'a Graph,
    inputs: &'a [Value],
    world: &'a dyn World,
    values: Vec<Option<Value>>,
    marks: Vec<bool>,
}

impl Machine<'_> {
    fn region(&mut self, region: RegionId) -> Result<Vec<Value>, Failure> {
        let graph = self.graph;
        for &value in &graph.region(region).nodes {
            if self.marks[value.index()] && !matches!(graph.node(value).op, Op::Parameter(_)) {
                let result = self.node(value, graph.node(value))?;
                self.values[value.index()] = Some(result);
            }
        }
        // A result that nobody uses has no value.
        let results = graph.region(region).results.iter();
        Ok(results
            .map(|result| self.values[result.index()].clone().unwrap_or(Value::Several(vec![])))
            .collect())
    }

    /// What the sizes have to fulfil.
    fn conditions(&self) -> Result<(), Failure> {
        for condition in self.graph.conditions() {
            let is_run =
                condition.guards.iter().try_fold(true, |all, guard| Ok(all && self.size(guard)? > 0))?;
            if is_run && self.size(&condition.margin)? < 0 {
                return Err(Failure::Index { array: condition.array.clone(), index: -1 });
            }
        }
        Ok(())
    }

    fn size(&self, size: &Polynomial) -> Result<i128, Failure> {
        let mut sum = 0;
        for (product, coefficient) in size.terms() {
            let mut term = coefficient;
            for &atom in product {
                term *= self.atom(atom)?;
            }
            sum += term;
        }
        Ok(sum)
    }

    fn value(&self, value: crate::ir::Value) -> Value {
        self.values[value.index()].clone().expect("a verified graph computes before it uses")
    }

    fn real(&self, value: crate::ir::Value) -> f64 {
        match self.value(value) {
            Value::Real(real) => real,
            #[expect(clippy::cast_precision_loss, reason = "an exponent")]
            Value::Int(int) => int as f64,
            other => unreachable!("{other:?} is no number"),
        }
    }

    fn int(&self, value: crate::ir::Value) -> i128 {
        match self.value(value) {
            Value::Int(int) => int,
            other => unreachable!("{other:?} is no integer"),
        }
    }

    fn bool(&self, value: crate::ir::Value) -> bool {
        match self.value(value) {
            Value::Bool(bool) => bool,
            other => unreachable!("{other:?} is no truth value"),
        }
    }

    fn length(&self, length: &Length) -> Result<usize, Failure> {
        match length {
            Length::Fixed(length) => Ok(*length),
            Length::Symbol(symbol) => {
                let text = &self.graph.symbols[*symbol as usize].text;
                match self.world.constant(text) {
                    Some(Value::Int(length)) => Ok(usize::try_from(length).unwrap_or(0)),
                    _ => Err(Failure::Unknown(text.clone())),
                }
            }
            Length::Size(size) => self.size(size).map(|size| usize::try_from(size).unwrap_or(0)),
            Length::Variable(_) | Length::Unknown => Err(Failure::Unknown("a length".to_owned())),
        }
    }

    fn atom(&self, atom: Atom) -> Result<i128, Failure> {
        match atom {
            Atom::Symbol(symbol) => self.length(&Length::Symbol(symbol)).map(|length| length as i128),
            Atom::Length(place) => match &self.inputs[place] {
                Value::Array(elements) => Ok(elements.len() as i128),
                other => unreachable!("{other:?} has no length"),
            },
            Atom::Input(place) => match self.inputs[place] {
                Value::Int(value) => Ok(value),
                ref other => unreachable!("{other:?} is no size"),
            },
            Atom::Derived { place, .. } => match &self.graph.derived()[place as usize] {
                DerivedSize::Root(size) => Ok(self.size(size)?.max(0).isqrt() + 1),
                DerivedSize::Whole(size) => self.size(size),
            },
            Atom::Value(value) => Ok(self.int(value)),
        }
    }

    /// Values that a function which reads them before it writes them would show.
    fn scratch(&self, ty: &Type) -> Result<Value, Failure> {
        Ok(match ty {
            Type::Array(element, length) => Value::Array(vec![self.scratch(element)?; self.length(length)?]),
            Type::Int(_) => Value::Int(-77),
            Type::Bool => Value::Bool(true),
            _ => Value::Real(f64::NAN),
        })
    }

    fn path(&self, indices: &[crate::ir::Value]) -> Vec<usize> {
        indices.iter().map(|&index| usize::try_from(self.int(index)).unwrap_or(usize::MAX)).collect()
    }

    fn node(&mut self, value: crate::ir::Value, node: &Node) -> Result<Value, Failure> {
        let args = &node.args;
        let int = matches!(node.ty, Type::Int(_));
        Ok(match &node.op {
            Op::Input(place) => self.inputs[*place].clone(),
            Op::Real(bits) => Value::Real(f64::from_bits(*bits)),
            Op::Int(value) => Value::Int(*value),
            Op::Bool(value) => Value::Bool(*value),
            Op::Constant(symbol) => {
                let text = &self.graph.symbols[*symbol as usize].text;
                self.world.constant(text).ok_or_else(|| Failure::Unknown(text.clone()))?
            }
            Op::Length(length) => Value::Int(self.length(length)? as i128),
            Op::Neg | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem if int => self.integer(node)?,
            Op::Neg => Value::Real(-self.real(args[0])),
            Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem => self.arithmetic(node),
            Op::Elementary(function) => {
                let arguments: Vec<_> = args.iter().map(|&arg| self.real(arg)).collect();
                Value::Real(self.elementary(function.row(), &arguments))
            }
            Op::Compare(comparison) => Value::Bool(self.compare(*comparison, args)),
            Op::Not => Value::Bool(!self.bool(args[0])),
            Op::Cast => self.cast(node),
            Op::Select => self.value(if self.bool(args[0]) { args[1] } else { args[2] }),
            Op::Array => Value::Array(args.iter().map(|&arg| self.value(arg)).collect()),
            Op::Splat(length) => Value::Array(vec![self.value(args[0]); self.length(length)?]),
            Op::Zeros(ty) => self.zeros(ty)?,
            Op::Scratch(ty, _) => self.scratch(ty)?,
            Op::Hold | Op::Stop => self.value(args[0]),
            Op::ZerosLike => zeros_like(&self.value(args[0])),
            Op::Get => self.path(&args[1..]).into_iter().try_fold(self.value(args[0]), element)?,
            Op::Set => {
                let mut array = self.value(args[0]);
                replace(&mut array, &self.path(&args[2..]), self.value(args[1]))?;
                array
            }
            Op::Sum => sum(self.value(args[0]), &self.value(args[1])),
            Op::Check(length, array) => {
                let index = self.int(args[0]);
                if index < 0 || index >= self.length(length)? as i128 {
                    return Err(Failure::Index { array: array.clone(), index });
                }
                Value::Int(index)
            }
            Op::Ended(_) if self.bool(args[0]) => return Err(Failure::Unended),
            Op::Ended(_) => Value::Bool(false),
            Op::Demand if !self.bool(args[0]) => return Err(Failure::Missing),
            Op::Demand => Value::Bool(true),
            Op::NonZero => match self.int(args[0]) {
                0 => return Err(Failure::Division),
                value => Value::Int(value),
            },
            Op::If => {
                let place = usize::from(!self.bool(args[0]));
                Value::Several(self.region(node.regions[place])?)
            }
            Op::For(walk) => Value::Several(self.repeat(value, node, *walk)?),
            Op::Call(call) => {
                let arguments: Vec<_> = args.iter().map(|&arg| self.value(arg)).collect();
                let callee = &self.graph.symbols[call.callee as usize].text;
                Value::Several(self.world.call(callee, call, &arguments)?)
            }
            Op::Project(place) => match self.value(args[0]) {
                Value::Several(values) => values[*place].clone(),
                other => unreachable!("{other:?} has one result"),
            },
            Op::Parameter(_) => unreachable!("parameters are set where the region is entered"),
        })
    }

    fn repeat(&mut self, value: crate::ir::Value, node: &Node, walk: Walk) -> Result<Vec<Value>, Failure> {
        let (start, end) = (self.int(node.args[0]), self.int(node.args[1]));
        let body = node.regions[0];
        let parameters = &self.graph.region(body).parameters;
        let places = live_places(self.graph, value, &self.marks);
        // What nobody uses has no value.
        let mut carried = vec![Value::Several(vec![]); node.args.len() - 2];
        for &place in &places {
            carried[place] = self.value(node.args[2 + place]);
        }
        for turn in 0..walk.count(start, end) {
            if walk.until && carried[0] == Value::Bool(false) {
                break;
            }
            let at = walk.at(start, end, turn);
            self.values[parameters[0].index()] = Some(Value::Int(at));
            for &place in &places {
                self.values[parameters[place + 1].index()] = Some(carried[place].clone());
            }
            carried = self.region(body)?;
        }
        Ok(carried)
    }

    fn arithmetic(&self, node: &Node) -> Value {
        let (a, b) = (self.real(node.args[0]), self.real(node.args[1]));
        let exact = match node.op {
            Op::Add => a + b,
            Op::Sub => a - b,
            Op::Mul => a * b,
            Op::Div => a / b,
            _ => a % b,
        };
        // One operation on f32 values, done in f64 and rounded once more, is the f32 operation.
        Value::Real(self.graph.scalar().round(exact))
    }

    fn integer(&self, node: &Node) -> Result<Value, Failure> {
        let Type::Int(ty) = node.ty else { unreachable!("asked for integers only") };
        let a = self.int(node.args[0]);
        let b = node.args.get(1).map_or(0, |&arg| self.int(arg));
        Ok(Value::Int(ty.wrap(match node.op {
            Op::Neg => -a,
            Op::Add => a + b,
            Op::Sub => a - b,
            Op::Mul => a * b,
            Op::Div => a.checked_div(b).ok_or(Failure::Division)?,
            _ => a.checked_rem(b).ok_or(Failure::Division)?,
        })))
    }

    fn elementary(&self, row: &crate::ir::elementary::Row, arguments: &[f64]) -> f64 {
        match self.graph.scalar() {
            Scalar::F64 | Scalar::Generic(_) => (row.f64)(arguments),
            Scalar::F32 => {
                #[expect(clippy::cast_possible_truncation, reason = "the values are of type f32")]
                let arguments: Vec<_> = arguments.iter().map(|&value| value as f32).collect();
                f64::from((row.f32)(&arguments))
            }
        }
    }

    fn compare(&self, comparison: Comparison, args: &[crate::ir::Value]) -> bool {
        match (self.value(args[0]), self.value(args[1])) {
            (Value::Real(a), Value::Real(b)) => comparison.holds(&a, &b),
            (Value::Int(a), Value::Int(b)) => comparison.holds(&a, &b),
            (Value::Bool(a), Value::Bool(b)) => comparison.holds(&a, &b),
            (a, b) => unreachable!("{a:?} and {b:?} are not compared"),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "what `as` does")]
    fn cast(&self, node: &Node) -> Value {
        match (self.value(node.args[0]), &node.ty) {
            (Value::Int(int), Type::Real) => match self.graph.scalar() {
                Scalar::F64 | Scalar::Generic(_) => Value::Real(int as f64),
                Scalar::F32 => Value::Real(f64::from(int as f32)),
            },
            (Value::Int(int), Type::Int(ty)) => Value::Int(ty.wrap(int)),
            (Value::Bool(bool), Type::Int(_)) => Value::Int(i128::from(bool)),
            (Value::Real(real), Type::Int(int)) => {
                let (least, most) = int.range();
                Value::Int((real as i128).clamp(least, most))
            }
            (value, _) => value,
        }
    }

    fn zeros(&self, ty: &Type) -> Result<Value, Failure> {
        Ok(match ty {
            Type::Array(element, length) => Value::Array(vec![self.zeros(element)?; self.length(length)?]),
            _ => Value::Real(0.0),
        })
    }
}

fn element(array: Value, place: usize) -> Result<Value, Failure> {
    match array {
        Value::Array(mut elements) if place < elements.len() => Ok(elements.swap_remove(place)),
        _ => Err(Failure::Index { array: "array".to_owned(), index: place as i128 }),
    }
}

fn replace(array: &mut Value, path: &[usize], new: Value) -> Result<(), Failure> {
    let Some((&place, rest)) = path.split_first() else {
        *array = new;
        return Ok(());
    };
    match array {
        Value::Array(elements) if place < elements.len() => replace(&mut elements[place], rest, new),
        _ => Err(Failure::Index { array: "array".to_owned(), index: place as i128 }),
    }
}

fn zeros_like(value: &Value) -> Value {
    match value {
        Value::Array(elements) => Value::Array(elements.iter().map(zeros_like).collect()),
        _ => Value::Real(0.0),
    }
}

fn sum(a: Value, b: &Value) -> Value {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            Value::Array(a.into_iter().zip(b).map(|(a, b)| sum(a, b)).collect())
        }
        (Value::Real(a), Value::Real(b)) => Value::Real(a + b),
        (a, _) => a,
    }
}
