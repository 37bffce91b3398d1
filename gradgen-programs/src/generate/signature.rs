//! Parameters and results.

use super::Maker;
use crate::{Parameter, Passing, Type};
use arbitrary::Result;

/// Names of parameters; the last ones are those that generated code likes to use itself.
const NAMES: [&str; 16] =
    ["x", "w", "a", "b", "u", "p", "q", "z", "state", "theta", "y", "work", "v0", "out", "core", "v_x"];

/// How many scalars all differentiable inputs may have together.
const INPUT_SIZE: usize = 7;

impl Maker<'_, '_> {
    pub(super) fn signature(&mut self, is_main: bool) -> Result<(Vec<Parameter>, Option<Type>)> {
        let mut parameters = vec![self.parameter(0, INPUT_SIZE)?];
        for _ in 1..self.weighted(&[(5, 2), (3, 1), (4, 3), (2, 4)])? {
            let used: usize = parameters.iter().map(|parameter| parameter.kind.size()).sum();
            let parameter = match self.weighted(&[(6, 0), (2, 1), (2, 2), (1, 3)])? {
                0 if used < INPUT_SIZE => self.parameter(parameters.len(), INPUT_SIZE - used)?,
                1 => self.discrete_parameter(parameters.len(), Type::Index, (0, 3))?,
                2 => self.discrete_parameter(parameters.len(), Type::Int, (-2, 3))?,
                _ => self.discrete_parameter(parameters.len(), Type::Bool, (0, 1))?,
            };
            parameters.push(parameter);
        }
        if is_main && self.features.slices && self.chance(25)? {
            parameters.push(self.slice(parameters.len(), Type::Real)?);
            if self.chance(40)? {
                let kind = if self.chance(60)? { Type::Index } else { Type::Real };
                parameters.push(self.slice(parameters.len(), kind)?);
            }
        }
        let through_places = is_main && self.features.outputs && self.chance(15)?;
        if through_places {
            for _ in 0..self.range(1, 2)? {
                let kind = self.array_type(4)?;
                let passing = self.pick(&[Passing::Output, Passing::InOut])?;
                let name = self.parameter_name(parameters.len())?;
                parameters.push(Parameter { name, pattern: Vec::new(), kind, passing, range: (0, 0) });
            }
            if self.chance(60)? {
                return Ok((parameters, None));
            }
        }
        let result = self.result_type()?;
        Ok((parameters, Some(result)))
    }

    fn parameter_name(&mut self, position: usize) -> Result<String> {
        // Apart by position, so that no two are equal.
        let row = usize::try_from(self.weighted(&[(4, 0), (3, 1), (2, 2), (1, 3)])?).unwrap_or(0);
        let name = NAMES[4 * row + position % 4];
        Ok(if position < 4 { name.into() } else { format!("{name}{position}") })
    }

    fn parameter(&mut self, position: usize, room: usize) -> Result<Parameter> {
        let kind = if self.chance(65)? { self.array_type(room.min(4))? } else { Type::Real };
        let passing = match kind {
            Type::Real => {
                self.weighted(&[(6, Passing::Value), (3, Passing::MutableValue), (2, Passing::Reference)])?
            }
            _ => {
                self.weighted(&[(6, Passing::Reference), (2, Passing::Value), (3, Passing::MutableValue)])?
            }
        };
        let name = self.parameter_name(position)?;
        let mut parameter = Parameter { name, pattern: Vec::new(), kind, passing, range: (0, 0) };
        if let Type::Array(element, length) = &parameter.kind
            && **element == Type::Real
            && !self.named_lengths.contains(length)
            && self.chance(12)?
        {
            parameter.pattern = (0..*length).map(|place| format!("{}{place}", parameter.name)).collect();
            parameter.name = parameter.pattern.join("_");
        }
        Ok(parameter)
    }

    fn discrete_parameter(&mut self, position: usize, kind: Type, range: (i64, i64)) -> Result<Parameter> {
        let name = self.parameter_name(position)?;
        let passing = if kind == Type::Bool || self.chance(80)? || !self.features.mutable_indices {
            Passing::Value
        } else {
            Passing::MutableValue
        };
        Ok(Parameter { name, pattern: Vec::new(), kind, passing, range })
    }

    fn slice(&mut self, position: usize, element: Type) -> Result<Parameter> {
        let (name, kind) = (self.parameter_name(position)?, Type::Slice(Box::new(element)));
        Ok(Parameter { name, pattern: Vec::new(), kind, passing: Passing::Reference, range: (0, 3) })
    }

    /// An array of at most this many scalars, if they are enough for the shape.
    pub(super) fn array_type(&mut self, room: usize) -> Result<Type> {
        let room = room.max(1) as i64;
        if room >= 4 && self.chance(25)? {
            let (rows, columns) = self.pick(&[(2, 2), (1, 3), (3, 1), (1, 1)])?;
            return Ok(Type::Real.array(columns).array(rows));
        }
        let length = self.range(1, room)?;
        Ok(Type::Real.array(length as usize))
    }

    fn result_type(&mut self) -> Result<Type> {
        Ok(match self.weighted(&[(12, 0), (4, 1), (3, 2)])? {
            0 => Type::Real,
            1 => self.array_type(4)?,
            _ => {
                let second = if self.chance(50)? { self.array_type(3)? } else { Type::Real };
                let first = if self.chance(25)? { self.array_type(3)? } else { Type::Real };
                Type::Tuple(vec![first, second])
            }
        })
    }
}
