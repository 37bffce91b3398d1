//! The meaning of a program: a tree walk in any number system.
//!
//! It follows Rust's order of evaluation. It shares nothing with the compiler under test.

use crate::{
    Arithmetic, Binary, Block, Expression, Function, If, Method, Pattern, Place, Program, Statement, Type,
};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<N> {
    /// `f64`.
    Real(N),
    /// `usize` or `i32`.
    Integer(i64),
    /// `bool`.
    Bool(bool),
    /// An array.
    Array(Vec<Self>),
    /// A tuple.
    Tuple(Vec<Self>),
}

/// Why a program has no value: only programs that the generator did not make, such as a shrinker's
/// candidates, come here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

type Result<T> = std::result::Result<T, Fault>;

fn fault<T>(message: impl Into<String>) -> Result<T> {
    Err(Fault(message.into()))
}

impl<N: Copy> Value<N> {
    /// The value of this type whose scalars the iterator yields, row-major. A slice of scalars takes
    /// all of them.
    ///
    /// # Errors
    /// Too few scalars, or one of another kind.
    pub fn from_scalars(kind: &Type, scalars: &mut impl Iterator<Item = Self>) -> Result<Self> {
        Ok(match kind {
            Type::Array(element, length) => Self::Array(
                (0..*length).map(|_| Self::from_scalars(element, scalars)).collect::<Result<_>>()?,
            ),
            Type::Slice(_) => Self::Array(scalars.collect()),
            Type::Tuple(elements) => Self::Tuple(
                elements.iter().map(|kind| Self::from_scalars(kind, scalars)).collect::<Result<_>>()?,
            ),
            _ => scalars.next().ok_or_else(|| Fault("too few scalars".into()))?,
        })
    }

    /// The floats inside, row-major.
    #[must_use]
    pub fn reals(&self) -> Vec<N> {
        match self {
            Self::Real(number) => vec![*number],
            Self::Array(elements) | Self::Tuple(elements) => elements.iter().flat_map(Self::reals).collect(),
            Self::Integer(_) | Self::Bool(_) => Vec::new(),
        }
    }
}

/// Runs the program's main function. What comes back are its outputs, in the order of
/// [`Function::outputs`].
///
/// # Errors
/// An ill-formed program.
pub fn run<A: Arithmetic>(
    program: &Program,
    arithmetic: &mut A,
    inputs: &[Value<A::Number>],
) -> Result<Vec<Value<A::Number>>> {
    call(program, arithmetic, program.main(), inputs.to_vec())
}

fn call<A: Arithmetic>(
    program: &Program,
    arithmetic: &mut A,
    function: &Function,
    inputs: Vec<Value<A::Number>>,
) -> Result<Vec<Value<A::Number>>> {
    if inputs.len() != function.parameters.len() {
        return fault(format!("{} takes {} inputs", function.name, function.parameters.len()));
    }
    let names = function.parameters.iter().map(|parameter| parameter.name.clone());
    let mut frame = Frame { program, arithmetic, variables: names.zip(inputs).collect(), jump: None };
    for (position, parameter) in function.parameters.iter().enumerate() {
        for (element, name) in parameter.pattern.iter().enumerate() {
            let value = Frame::<A>::part(frame.variables[position].1.clone(), element as i64)?;
            frame.variables.push((name.clone(), value));
        }
    }
    let result = frame.body(&function.body)?;
    let mut outputs = match (result, &function.result) {
        (None, None) => Vec::new(),
        (Some(Value::Tuple(elements)), Some(Type::Tuple(_))) => elements,
        (Some(value), Some(_)) => vec![value],
        _ => return fault("a result is missing"),
    };
    for (parameter, (_, value)) in function.parameters.iter().zip(frame.variables) {
        if parameter.passing.is_output() {
            outputs.push(value);
        }
    }
    Ok(outputs)
}

/// How a turn of a loop ends before its body does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Jump {
    Break,
    Continue,
}

struct Frame<'a, A: Arithmetic> {
    program: &'a Program,
    arithmetic: &'a mut A,
    variables: Vec<(String, Value<A::Number>)>,
    /// Set from a jump to the end of the turn.
    jump: Option<Jump>,
}

impl<A: Arithmetic> Frame<'_, A> {
    /// The statements of a block and its value; its variables are gone afterwards.
    fn block(&mut self, block: &Block) -> Result<Option<Value<A::Number>>> {
        let depth = self.variables.len();
        let value = self.body(block)?;
        self.variables.truncate(depth);
        Ok(value)
    }

    fn body(&mut self, block: &Block) -> Result<Option<Value<A::Number>>> {
        for statement in &block.statements {
            // A jump in the middle of an expression leaves it without a value.
            match self.statement(statement) {
                _ if self.jump.is_some() => return Ok(None),
                done => done?,
            }
        }
        block.value.as_ref().map(|value| self.expression(value)).transpose()
    }

    fn statement(&mut self, statement: &Statement) -> Result<()> {
        match statement {
            Statement::Let { pattern, value, .. } => {
                let value = self.expression(value)?;
                self.bind(pattern, value)?;
            }
            Statement::Assign { place, operator, value } => {
                let value = self.expression(value)?;
                self.assign(place, *operator, value)?;
            }
            Statement::AssignTuple { places, value } => {
                let Value::Tuple(values) = self.expression(value)? else { return fault("no tuple") };
                for (place, value) in places.iter().zip(values) {
                    self.assign(place, None, value)?;
                }
            }
            Statement::If(branch) => {
                self.branch(branch)?;
            }
            Statement::Block(block) => {
                self.block(block)?;
            }
            Statement::For { variable, start, end, inclusive, reversed, step, flipped, body } => {
                let (start, end) = (self.integer(start)?, self.integer(end)?);
                let end = if *inclusive { end + 1 } else { end };
                let mut trips: Vec<i64> = (start..end).collect();
                if *reversed {
                    trips.reverse();
                }
                trips = trips.into_iter().step_by(*step).collect();
                if *flipped {
                    trips.reverse();
                }
                for trip in trips {
                    let depth = self.variables.len();
                    self.variables.push((variable.clone(), Value::Integer(trip)));
                    self.block(body)?;
                    self.variables.truncate(depth);
                    if self.jump.take() == Some(Jump::Break) {
                        break;
                    }
                }
            }
            Statement::While { condition, bound, body } => self.repeat(condition.as_ref(), *bound, body)?,
            Statement::Break => self.jump = Some(Jump::Break),
            Statement::Continue => self.jump = Some(Jump::Continue),
        }
        Ok(())
    }

    fn repeat(&mut self, condition: Option<&Expression>, bound: usize, body: &Block) -> Result<()> {
        for turn in 0.. {
            if let Some(condition) = condition
                && !self.bool(condition)?
            {
                break;
            }
            if turn == bound {
                return fault("a loop that goes on");
            }
            self.block(body)?;
            if self.jump.take() == Some(Jump::Break) {
                break;
            }
        }
        Ok(())
    }

    fn bind(&mut self, pattern: &Pattern, value: Value<A::Number>) -> Result<()> {
        match (pattern, value) {
            (Pattern::Wildcard, _) => Ok(()),
            (Pattern::Name { name, .. }, value) => {
                self.variables.push((name.clone(), value));
                Ok(())
            }
            (Pattern::Tuple(patterns), Value::Tuple(values))
            | (Pattern::Array(patterns), Value::Array(values))
                if patterns.len() == values.len() =>
            {
                patterns.iter().zip(values).try_for_each(|(pattern, value)| self.bind(pattern, value))
            }
            _ => fault("a pattern does not fit its value"),
        }
    }

    fn assign(&mut self, place: &Place, operator: Option<Binary>, value: Value<A::Number>) -> Result<()> {
        let indices = place.indices.iter().map(|index| self.integer(index)).collect::<Result<Vec<i64>>>()?;
        let old = self.place(&place.name, &indices)?.clone();
        let new = match operator {
            None => value,
            Some(operator) => self.binary(operator, old, value)?,
        };
        *self.place(&place.name, &indices)? = new;
        Ok(())
    }

    fn place(&mut self, name: &str, indices: &[i64]) -> Result<&mut Value<A::Number>> {
        let variable = self.variables.iter_mut().rev().find(|(known, _)| known == name);
        let mut place = match variable {
            Some((_, value)) => value,
            None => return fault(format!("no variable {name}")),
        };
        for index in indices {
            place = match place {
                Value::Array(elements) => usize::try_from(*index)
                    .ok()
                    .and_then(|index| elements.get_mut(index))
                    .ok_or_else(|| Fault(format!("index {index} outside of {name}")))?,
                _ => return fault(format!("{name} is no array")),
            };
        }
        Ok(place)
    }

    fn branch(&mut self, branch: &If) -> Result<Option<Value<A::Number>>> {
        if self.bool(&branch.condition)? {
            self.block(&branch.then)
        } else {
            branch.otherwise.as_ref().map_or(Ok(None), |block| self.block(block))
        }
    }

    fn expression(&mut self, expression: &Expression) -> Result<Value<A::Number>> {
        Ok(match expression {
            Expression::Real(value) => Value::Real(self.arithmetic.constant(*value)),
            Expression::Constant(constant) => Value::Real(self.arithmetic.constant(constant.value())),
            Expression::Index(value) | Expression::Int(value) => Value::Integer(*value),
            Expression::Bool(value) => Value::Bool(*value),
            Expression::Name(name) => self.place(name, &[])?.clone(),
            Expression::Element(base, index) => {
                let base = self.expression(base)?;
                let index = self.integer(index)?;
                Self::part(base, index)?
            }
            Expression::Field(base, index) => {
                let base = self.expression(base)?;
                Self::part(base, *index as i64)?
            }
            Expression::Len(name) => match self.place(name, &[])? {
                Value::Array(elements) => Value::Integer(elements.len() as i64),
                _ => return fault(format!("{name} has no length")),
            },
            Expression::Length(length) => Value::Integer(*length as i64),
            Expression::Negate(value) => match self.expression(value)? {
                Value::Real(x) => Value::Real(self.arithmetic.negate(x)),
                Value::Integer(x) => Value::Integer(-x),
                _ => return fault("negation"),
            },
            Expression::Not(value) => Value::Bool(!self.bool(value)?),
            Expression::Binary(operator, a, b) => {
                let a = self.expression(a)?;
                let b = self.expression(b)?;
                self.binary(*operator, a, b)?
            }
            Expression::Compare(comparison, a, b) => {
                let a = self.expression(a)?;
                let b = self.expression(b)?;
                Value::Bool(match (a, b) {
                    (Value::Real(a), Value::Real(b)) => {
                        comparison.holds(&self.arithmetic.value(a), &self.arithmetic.value(b))
                    }
                    (Value::Integer(a), Value::Integer(b)) => comparison.holds(&a, &b),
                    _ => return fault("comparison"),
                })
            }
            Expression::And(a, b) => Value::Bool(self.bool(a)? && self.bool(b)?),
            Expression::Or(a, b) => Value::Bool(self.bool(a)? || self.bool(b)?),
            Expression::Method { method, arguments, .. } => self.method(*method, arguments)?,
            Expression::Array(elements) => Value::Array(self.expressions(elements)?),
            Expression::Tuple(elements) => Value::Tuple(self.expressions(elements)?),
            Expression::Repeat(value, length) => Value::Array(vec![self.expression(value)?; *length]),
            Expression::Cast(value, kind) => self.cast(value, kind)?,
            Expression::Block(block) => {
                self.block(block)?.ok_or_else(|| Fault("a block has no value".into()))?
            }
            Expression::If(branch) => {
                self.branch(branch)?.ok_or_else(|| Fault("an if has no value".into()))?
            }
            Expression::Call { name, arguments } => {
                let arguments = self.expressions(arguments)?;
                self.call(name, arguments)?
            }
        })
    }

    fn call(&mut self, name: &str, arguments: Vec<Value<A::Number>>) -> Result<Value<A::Number>> {
        let program = self.program;
        let function = program.function(name).ok_or_else(|| Fault(format!("no function {name}")))?;
        let mut outputs = call(program, self.arithmetic, function, arguments)?;
        Ok(match function.result {
            Some(Type::Tuple(_)) => Value::Tuple(outputs),
            _ => outputs.pop().ok_or_else(|| Fault(format!("{name} has no result")))?,
        })
    }

    fn expressions(&mut self, expressions: &[Expression]) -> Result<Vec<Value<A::Number>>> {
        expressions.iter().map(|expression| self.expression(expression)).collect()
    }

    fn part(value: Value<A::Number>, index: i64) -> Result<Value<A::Number>> {
        match value {
            Value::Array(elements) | Value::Tuple(elements) => usize::try_from(index)
                .ok()
                .and_then(|index| elements.get(index).cloned())
                .ok_or_else(|| Fault(format!("index {index} is outside"))),
            _ => fault("neither array nor tuple"),
        }
    }

    fn binary(
        &mut self,
        operator: Binary,
        a: Value<A::Number>,
        b: Value<A::Number>,
    ) -> Result<Value<A::Number>> {
        Ok(match (a, b) {
            (Value::Real(a), Value::Real(b)) => Value::Real(self.arithmetic.binary(operator, a, b)),
            (Value::Integer(a), Value::Integer(b)) => Value::Integer(
                match operator {
                    Binary::Add => a.checked_add(b),
                    Binary::Subtract => a.checked_sub(b),
                    Binary::Multiply => a.checked_mul(b),
                    Binary::Divide => a.checked_div(b),
                    Binary::Remainder => a.checked_rem(b),
                }
                .ok_or_else(|| Fault("integer arithmetic".into()))?,
            ),
            _ => return fault("arithmetic"),
        })
    }

    fn method(&mut self, method: Method, arguments: &[Expression]) -> Result<Value<A::Number>> {
        let values = self.expressions(arguments)?;
        if let (Method::Powi, [Value::Real(x), Value::Integer(exponent)]) = (method, values.as_slice()) {
            let exponent = i32::try_from(*exponent).map_err(|_| Fault("exponent".into()))?;
            return Ok(Value::Real(self.arithmetic.power(*x, exponent)));
        }
        let numbers: Vec<A::Number> = values.iter().flat_map(Value::reals).collect();
        if numbers.len() != method.arity() || values.len() != method.arity() {
            return fault(format!("arguments of {}", method.name()));
        }
        if method == Method::Clamp {
            let (low, high) = (self.arithmetic.value(numbers[1]), self.arithmetic.value(numbers[2]));
            if low > high || low.is_nan() || high.is_nan() {
                return fault("a clamp without room");
            }
        }
        Ok(if method == Method::SinCos {
            let sin = self.arithmetic.method(Method::Sin, &numbers);
            let cos = self.arithmetic.method(Method::Cos, &numbers);
            Value::Tuple(vec![Value::Real(sin), Value::Real(cos)])
        } else {
            Value::Real(self.arithmetic.method(method, &numbers))
        })
    }

    fn cast(&mut self, value: &Expression, kind: &Type) -> Result<Value<A::Number>> {
        match (self.expression(value)?, kind) {
            (Value::Integer(value), Type::Real) => Ok(Value::Real(self.arithmetic.constant(value as f64))),
            (Value::Integer(value), Type::Int) => Ok(Value::Integer(value)),
            (Value::Integer(value), Type::Index) if value >= 0 => Ok(Value::Integer(value)),
            (Value::Bool(value), Type::Index | Type::Int) => Ok(Value::Integer(i64::from(value))),
            _ => fault("cast"),
        }
    }

    fn integer(&mut self, expression: &Expression) -> Result<i64> {
        match self.expression(expression)? {
            Value::Integer(value) => Ok(value),
            _ => fault("an integer is missing"),
        }
    }

    fn bool(&mut self, expression: &Expression) -> Result<bool> {
        match self.expression(expression)? {
            Value::Bool(value) => Ok(value),
            _ => fault("a bool is missing"),
        }
    }
}
