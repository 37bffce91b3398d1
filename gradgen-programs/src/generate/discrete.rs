//! Indices, integers and conditions.

use super::{Maker, locals::Local};
use crate::{Binary, Comparison, Expression, Type};
use arbitrary::Result;

const COMPARISONS: [Comparison; 6] = [
    Comparison::Less,
    Comparison::Greater,
    Comparison::LessEqual,
    Comparison::GreaterEqual,
    Comparison::Equal,
    Comparison::NotEqual,
];

pub(super) fn binary(operator: Binary, a: Expression, b: Expression) -> Expression {
    Expression::Binary(operator, Box::new(a), Box::new(b))
}

fn name(local: &Local) -> Expression {
    Expression::Name(local.name.clone())
}

impl Maker<'_, '_> {
    fn integers(&self, kind: &Type) -> Vec<Local> {
        self.locals.visible().into_iter().filter(|local| local.kind == *kind).cloned().collect()
    }

    /// The indices of this slice.
    pub(super) fn within(&self, slice: &str) -> Vec<Local> {
        let within = |local: &Local| local.within.as_deref() == Some(slice);
        self.integers(&Type::Index).into_iter().filter(within).collect()
    }

    /// An index of a slice that has one.
    pub(super) fn slice_index(&mut self, slice: &str) -> Result<Expression> {
        let locals = self.within(slice);
        let local = if self.chance(30)? { self.pick(&locals)? } else { locals[0].clone() };
        Ok(match self.weighted(&[(6, 0), (3, 1), (2, 2)])? {
            1 if local.range.0 > 0 => binary(Binary::Subtract, name(&local), Expression::Index(1)),
            2 => {
                let last = binary(Binary::Subtract, Expression::Len(slice.to_owned()), Expression::Index(1));
                binary(Binary::Subtract, last, name(&local))
            }
            _ => name(&local),
        })
    }

    /// The length of a slice, if there is one.
    pub(super) fn slice_length(&mut self) -> Result<Option<Expression>> {
        let slices = self.slices();
        if slices.is_empty() {
            return Ok(None);
        }
        Ok(Some(Expression::Len(self.pick(&slices)?.name)))
    }

    fn slices(&self) -> Vec<Local> {
        let visible = self.locals.visible().into_iter();
        visible.filter(|local| matches!(local.kind, Type::Slice(_))).cloned().collect()
    }

    /// An index from a slice of indices.
    fn gathered(&mut self, length: i64) -> Result<Option<Expression>> {
        let mut slices = self.slices();
        slices.retain(|l| l.kind == Type::Slice(Box::new(Type::Index)) && !self.within(&l.name).is_empty());
        if slices.is_empty() {
            return Ok(None);
        }
        let slice = self.pick(&slices)?;
        let index = self.slice_index(&slice.name)?;
        let element = Expression::Element(Box::new(name(&slice)), Box::new(index));
        Ok(Some(if slice.range.1 < length {
            element
        } else {
            binary(Binary::Remainder, element, Expression::Index(length))
        }))
    }

    /// An index below `length`.
    pub(super) fn index(&mut self, length: usize) -> Result<Expression> {
        let length = length as i64;
        let runtime = self.features.runtime_indices;
        if self.chance(40)?
            && let Some(index) = self.gathered(length)?
        {
            return Ok(index);
        }
        if self.chance(4)?
            && let Some(index) = self.index_of_int(length)?
        {
            return Ok(index);
        }
        let locals: Vec<Local> =
            self.integers(&Type::Index).into_iter().filter(|local| runtime || !local.runtime).collect();
        let literal = if length == 1 { 90 } else { 20 };
        if locals.is_empty() || self.chance(literal)? {
            return Ok(Expression::Index(self.range(0, length - 1)?));
        }
        // The first is the innermost loop variable, more often than not.
        let local = if self.chance(40)? { self.pick(&locals)? } else { locals[0].clone() };
        let (low, high) = local.range;
        let fits = high < length;
        Ok(match self.weighted(&[(8, 0), (4, 1), (4, 2), (2, 3), (1, 4), (1, 5)])? {
            0 if fits => name(&local),
            1 if low > 0 && high - 1 < length => binary(Binary::Subtract, name(&local), Expression::Index(1)),
            2 if high + 1 < length => binary(Binary::Add, name(&local), Expression::Index(1)),
            3 if fits => binary(Binary::Subtract, Expression::Index(length - 1), name(&local)),
            4 if fits => binary(Binary::Divide, name(&local), Expression::Index(2)),
            5 | 0 => {
                let sum = binary(Binary::Add, name(&local), Expression::Index(self.range(1, 3)?));
                binary(Binary::Remainder, sum, Expression::Index(length))
            }
            _ if fits => name(&local),
            _ => binary(Binary::Remainder, name(&local), Expression::Index(length)),
        })
    }

    /// A `usize` and the values it can have, none above `most`.
    pub(super) fn bounded_index(&mut self, most: i64) -> Result<(Expression, (i64, i64))> {
        let locals: Vec<Local> =
            self.integers(&Type::Index).into_iter().filter(|local| local.range.1 <= most).collect();
        if locals.is_empty() || self.chance(30)? {
            let value = self.range(0, most)?;
            return Ok((Expression::Index(value), (value, value)));
        }
        let local = self.pick(&locals)?;
        let (low, high) = local.range;
        Ok(match self.range(0, 3)? {
            1 if high < most => {
                (binary(Binary::Add, name(&local), Expression::Index(1)), (low + 1, high + 1))
            }
            2 if 2 * high <= most => {
                (binary(Binary::Multiply, Expression::Index(2), name(&local)), (2 * low, 2 * high))
            }
            3 if most >= 1 => (binary(Binary::Remainder, name(&local), Expression::Index(2)), (0, 1)),
            _ => (name(&local), (low, high)),
        })
    }

    /// An `i32` of a few units, now and then by arithmetic.
    pub(super) fn int(&mut self) -> Result<(Expression, (i64, i64))> {
        let (a, (low, high)) = self.int_leaf()?;
        Ok(match self.weighted(&[(8, 0), (1, 1), (1, 2), (1, 3), (1, 4)])? {
            1 if high <= 2 => (binary(Binary::Add, a, Expression::Int(1)), (low + 1, high + 1)),
            2 if low >= 0 => (binary(Binary::Subtract, Expression::Int(2), a), (2 - high, 2 - low)),
            3 => (binary(Binary::Remainder, a, Expression::Int(2)), (-1, 1)),
            4 => (binary(Binary::Divide, a, Expression::Int(2)), (low.min(0), high.max(0))),
            _ => (a, (low, high)),
        })
    }

    /// An index made from an `i32` parameter, if there is one.
    fn index_of_int(&mut self, length: i64) -> Result<Option<Expression>> {
        let locals = self.integers(&Type::Int);
        if locals.is_empty() || !self.features.runtime_indices {
            return Ok(None);
        }
        let local = self.pick(&locals)?;
        let shifted = binary(Binary::Add, name(&local), Expression::Int(3));
        let index = Expression::Cast(Box::new(shifted), Type::Index);
        Ok(Some(binary(Binary::Remainder, index, Expression::Index(length))))
    }

    fn int_leaf(&mut self) -> Result<(Expression, (i64, i64))> {
        let locals = self.integers(&Type::Int);
        let indices = self.integers(&Type::Index);
        match self.weighted(&[(4, 0), (4, 1), (2, 2), (1, 3)])? {
            1 if !locals.is_empty() => {
                let local = self.pick(&locals)?;
                Ok((name(&local), local.range))
            }
            2 if !indices.is_empty() => {
                let local = self.pick(&indices)?;
                Ok((Expression::Cast(Box::new(name(&local)), Type::Int), local.range))
            }
            3 => {
                let value = self.range(1, 2)?;
                Ok((Expression::Negate(Box::new(Expression::Int(value))), (-value, -value)))
            }
            _ => {
                let value = self.range(0, 3)?;
                Ok((Expression::Int(value), (value, value)))
            }
        }
    }

    /// A `bool`.
    pub(super) fn condition(&mut self, depth: u32) -> Result<Expression> {
        self.operations -= 1;
        let bools = self.integers(&Type::Bool);
        let choice = if depth == 0 {
            self.weighted(&[(6, 0), (1, 1), (2, 2)])?
        } else {
            self.weighted(&[(10, 0), (2, 1), (3, 2), (2, 3), (2, 4), (1, 5)])?
        };
        Ok(match choice {
            1 if !bools.is_empty() => name(&self.pick(&bools)?),
            2 if self.integers(&Type::Index).len() + self.integers(&Type::Int).len() > 0 => {
                self.integer_comparison()?
            }
            3 => Expression::And(Box::new(self.condition(depth - 1)?), Box::new(self.condition(depth - 1)?)),
            4 => Expression::Or(Box::new(self.condition(depth - 1)?), Box::new(self.condition(depth - 1)?)),
            5 => Expression::Not(Box::new(self.condition(depth - 1)?)),
            _ => self.real_comparison()?,
        })
    }

    fn real_comparison(&mut self) -> Result<Expression> {
        // Equality is rare among floats but for equal inputs.
        let comparison =
            COMPARISONS[self.weighted(&[(8, 0_usize), (8, 1), (3, 2), (3, 3), (1, 4), (1, 5)])?];
        let frozen = self.locals.freeze();
        let a = self.real(1)?;
        let b = if self.chance(50)? { self.leaf()? } else { Expression::Real(0.0) };
        self.locals.thaw(frozen);
        Ok(Expression::Compare(comparison, Box::new(a), Box::new(b)))
    }

    fn integer_comparison(&mut self) -> Result<Expression> {
        let comparison = self.pick(&COMPARISONS)?;
        let (a, b) = if self.integers(&Type::Index).is_empty() || self.chance(30)? {
            (self.int()?.0, Expression::Int(self.range(0, 2)?))
        } else {
            (self.bounded_index(8)?.0, Expression::Index(self.range(0, 2)?))
        };
        Ok(Expression::Compare(comparison, Box::new(a), Box::new(b)))
    }
}
