//! Expressions with floats in them.

use super::{Maker, discrete::binary, locals::Local};
use crate::{Binary, Block, Constant, Expression, If, Statement, Type};
use arbitrary::Result;

#[derive(Clone, Copy)]
enum Real {
    Leaf,
    Sum,
    Difference,
    Product,
    Quotient,
    Remainder,
    Minus,
    Elementary,
    Twice,
    Choice,
    Block,
    Call,
}

impl Maker<'_, '_> {
    /// An `f64`.
    pub(super) fn real(&mut self, depth: u32) -> Result<Expression> {
        self.operations -= 1;
        if depth == 0 || self.operations <= 0 {
            return self.leaf();
        }
        let choice = self.weighted(&[
            (3, Real::Leaf),
            (6, Real::Sum),
            (4, Real::Difference),
            (7, Real::Product),
            (3, Real::Quotient),
            (1, Real::Remainder),
            (2, Real::Minus),
            (9, Real::Elementary),
            (2, Real::Twice),
            (2, Real::Choice),
            (1, Real::Block),
            (2, Real::Call),
        ])?;
        let below = depth - 1;
        Ok(match choice {
            Real::Sum => binary(Binary::Add, self.real(below)?, self.real(below)?),
            Real::Difference => binary(Binary::Subtract, self.real(below)?, self.real(below)?),
            Real::Product => binary(Binary::Multiply, self.real(below)?, self.real(below)?),
            Real::Quotient => {
                let (numerator, denominator) = (self.real(below)?, self.leaf()?);
                let denominator = if self.chance(96)? { self.positive(denominator)? } else { denominator };
                binary(Binary::Divide, numerator, denominator)
            }
            Real::Remainder => {
                let a = self.real(below)?;
                let b = if self.chance(50)? { Expression::Real(1.5) } else { self.leaf()? };
                let b = self.positive(b)?;
                binary(Binary::Remainder, a, b)
            }
            Real::Minus => Expression::Negate(Box::new(self.real(below)?)),
            Real::Elementary => {
                let argument = self.real(below)?;
                self.elementary(argument)?
            }
            Real::Twice => {
                let frozen = self.locals.freeze();
                let operand = self.real(below)?;
                self.locals.thaw(frozen);
                let operator = self.pick(&[Binary::Multiply, Binary::Add, Binary::Subtract])?;
                binary(operator, operand.clone(), operand)
            }
            Real::Choice => Expression::If(self.choice(&Type::Real, below)?),
            Real::Block => Expression::Block(self.value_block(&Type::Real, below)?),
            Real::Call => match self.call(&Type::Real)? {
                Some(call) => call,
                None => self.real(below)?,
            },
            Real::Leaf => self.leaf()?,
        })
    }

    /// A variable, an element, a literal.
    pub(super) fn leaf(&mut self) -> Result<Expression> {
        match self.weighted(&[(20, 0), (4, 1), (1, 2), (2, 3)])? {
            1 => return self.literal(),
            2 => {
                return Ok(Expression::Constant(self.pick(&Constant::ALL)?));
            }
            3 => {
                if let Some(cast) = self.cast()? {
                    return Ok(cast);
                }
            }
            _ => {}
        }
        let locals: Vec<Local> =
            self.locals.visible().into_iter().filter(|l| self.reads(l)).cloned().collect();
        if locals.is_empty() {
            return self.literal();
        }
        let local = if self.chance(40)? { locals[0].clone() } else { self.pick(&locals)? };
        self.scalar_of(Expression::Name(local.name), &local.kind)
    }

    /// Scalars of a few variables, of those above all that have been written.
    pub(super) fn terms(&mut self) -> Result<Vec<Expression>> {
        let mut locals: Vec<Local> =
            self.locals.visible().into_iter().filter(|l| self.reads(l)).cloned().collect();
        locals.sort_by_key(|local| !local.mutable);
        let mut terms = Vec::new();
        for local in locals.into_iter().take(self.range(1, 4)? as usize) {
            terms.push(self.scalar_of(Expression::Name(local.name), &local.kind)?);
        }
        Ok(terms)
    }

    fn reads(&self, local: &Local) -> bool {
        match &local.kind {
            Type::Tuple(_) => self.features.fields,
            Type::Slice(element) => **element == Type::Real && !self.within(&local.name).is_empty(),
            kind => kind.is_differentiable(),
        }
    }

    /// A float inside of a variable.
    fn scalar_of(&mut self, base: Expression, kind: &Type) -> Result<Expression> {
        match kind {
            Type::Array(element, length) => {
                let index = self.index(*length)?;
                self.scalar_of(Expression::Element(Box::new(base), Box::new(index)), element)
            }
            Type::Slice(_) => {
                let Expression::Name(name) = &base else { return Ok(base) };
                let index = self.slice_index(name)?;
                Ok(Expression::Element(Box::new(base), Box::new(index)))
            }
            Type::Tuple(kinds) => {
                let field = self.range(0, kinds.len() as i64 - 1)? as usize;
                self.scalar_of(Expression::Field(Box::new(base), field), &kinds[field])
            }
            _ => Ok(base),
        }
    }

    fn literal(&mut self) -> Result<Expression> {
        let value = self.pick(&[0.5, 1.0, 2.0, 0.25, 1.5, 3.0, 0.1, 0.0, 0.7])?;
        let literal = Expression::Real(value);
        Ok(if self.chance(15)? { Expression::Negate(Box::new(literal)) } else { literal })
    }

    fn cast(&mut self) -> Result<Option<Expression>> {
        if self.chance(20)?
            && let Some(length) = self.slice_length()?
        {
            return Ok(Some(Expression::Cast(Box::new(length), Type::Real)));
        }
        let integers: Vec<String> = self
            .locals
            .visible()
            .into_iter()
            .filter(|local| matches!(local.kind, Type::Index | Type::Int))
            .map(|local| local.name.clone())
            .collect();
        if integers.is_empty() {
            return Ok(None);
        }
        let name = self.pick(&integers)?;
        let inner = if self.chance(30)? { self.bounded_index(9)?.0 } else { Expression::Name(name) };
        Ok(Some(Expression::Cast(Box::new(inner), Type::Real)))
    }

    /// A value of this type.
    pub(super) fn value(&mut self, kind: &Type, depth: u32) -> Result<Expression> {
        match kind {
            Type::Real => self.real(depth),
            Type::Index => Ok(self.bounded_index(3)?.0),
            Type::Int => Ok(self.int()?.0),
            Type::Bool => self.condition(1),
            Type::Tuple(kinds) => {
                let elements = kinds.iter().map(|kind| self.value(kind, depth)).collect::<Result<_>>()?;
                Ok(Expression::Tuple(elements))
            }
            Type::Array(element, length) => self.array(kind, element, *length, depth),
            Type::Slice(_) => unreachable!("no value is a slice"),
        }
    }

    fn array(&mut self, kind: &Type, element: &Type, length: usize, depth: u32) -> Result<Expression> {
        let below = depth.saturating_sub(1);
        let same: Vec<String> =
            self.locals.visible().iter().filter(|l| l.kind == *kind).map(|l| l.name.clone()).collect();
        let nested: Vec<(String, usize)> = self
            .locals
            .visible()
            .iter()
            .filter_map(|local| match &local.kind {
                Type::Array(row, rows) if **row == *kind => Some((local.name.clone(), *rows)),
                _ => None,
            })
            .collect();
        match self.weighted(&[(5, 0), (4, 1), (2, 2), (2, 3), (1, 4), (2, 5)])? {
            1 if !same.is_empty() => return Ok(Expression::Name(self.pick(&same)?)),
            2 if !nested.is_empty() => {
                let (name, rows) = self.pick(&nested)?;
                let index = self.index(rows)?;
                return Ok(Expression::Element(Box::new(Expression::Name(name)), Box::new(index)));
            }
            3 => return Ok(Expression::Repeat(Box::new(self.value(element, below.min(1))?), length)),
            4 if depth > 0 => return Ok(Expression::If(self.choice(kind, below)?)),
            5 => {
                if let Some(call) = self.call(kind)? {
                    return Ok(call);
                }
            }
            _ => {}
        }
        if length > 4 || self.named_lengths.contains(&length) {
            return Ok(Expression::Repeat(Box::new(self.value(element, below)?), length));
        }
        let elements = (0..length).map(|_| self.value(element, below)).collect::<Result<_>>()?;
        Ok(Expression::Array(elements))
    }

    /// `if` with values.
    fn choice(&mut self, kind: &Type, depth: u32) -> Result<If> {
        let condition = Box::new(self.condition(1)?);
        let then = self.value_block(kind, depth)?;
        let otherwise = if depth > 0 && self.chance(20)? {
            let branch = Expression::If(self.choice(kind, depth - 1)?);
            Block { statements: Vec::new(), value: Some(Box::new(branch)) }
        } else {
            self.value_block(kind, depth)?
        };
        Ok(If { condition, then, otherwise: Some(otherwise) })
    }

    /// A block with a value, now and then with statements before it.
    fn value_block(&mut self, kind: &Type, depth: u32) -> Result<Block> {
        let (known, frozen) = (self.locals.depth(), self.locals.freeze());
        if self.features.writes_in_expressions {
            self.locals.thaw(frozen);
        }
        let mut statements: Vec<Statement> = Vec::new();
        if self.operations > 0 && self.chance(30)? {
            self.statement(&mut statements)?;
        }
        let value = Some(Box::new(self.value(kind, depth)?));
        self.locals.thaw(frozen);
        self.locals.leave(known);
        Ok(Block { statements, value })
    }

    /// A call of an earlier function with this result, if there is one.
    pub(super) fn call(&mut self, kind: &Type) -> Result<Option<Expression>> {
        let fitting: Vec<usize> = (0..self.functions.len())
            .filter(|position| self.functions[*position].result.as_ref() == Some(kind))
            .collect();
        if fitting.is_empty() || self.operations <= 0 {
            return Ok(None);
        }
        self.operations -= 5;
        let function = &self.functions[self.pick(&fitting)?];
        // A reference to a variable must not meet a write to it.
        let frozen = self.locals.freeze();
        let mut arguments = Vec::new();
        for parameter in &function.parameters {
            arguments.push(self.argument(&parameter.kind, parameter.range)?);
        }
        self.locals.thaw(frozen);
        Ok(Some(Expression::Call { name: function.name.clone(), arguments }))
    }

    fn argument(&mut self, kind: &Type, range: (i64, i64)) -> Result<Expression> {
        match kind {
            Type::Index => Ok(self.bounded_index(range.1)?.0),
            Type::Int => {
                let (value, (low, high)) = self.int()?;
                let inside = low >= range.0 && high <= range.1;
                Ok(if inside { value } else { Expression::Int(1) })
            }
            _ => self.value(kind, 1),
        }
    }
}
