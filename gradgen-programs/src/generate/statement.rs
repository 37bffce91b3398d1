//! Statements.

use super::{Maker, discrete::binary, locals::Local};
use crate::{Binary, Block, Expression, If, Method, Pattern, Place, Statement, Type};
use arbitrary::Result;

const NAMES: [&str; 16] =
    ["a", "b", "s", "t", "acc", "x", "w", "z", "p", "q", "y", "tmp", "v1", "out", "work", "r"];

#[derive(Clone, Copy)]
enum Kind {
    Scalar,
    Array,
    Pair,
    Parts,
    Discrete,
    Assign,
    Update,
    Swap,
    Chain,
    Branch,
    Loop,
    While,
    Jump,
    Block,
}

fn whole(name: &str) -> Place {
    Place { name: name.into(), indices: Vec::new() }
}

fn read(place: &Place) -> Expression {
    let name = Expression::Name(place.name.clone());
    place
        .indices
        .iter()
        .fold(name, |base, index| Expression::Element(Box::new(base), Box::new(index.clone())))
}

impl Maker<'_, '_> {
    /// Adds a statement, or a few that belong together.
    pub(super) fn statement(&mut self, statements: &mut Vec<Statement>) -> Result<()> {
        self.operations -= 1;
        let compound = if self.operations > 10 { 1 } else { 0 };
        let kind = self.weighted(&[
            (5, Kind::Scalar),
            (4, Kind::Array),
            (2, Kind::Pair),
            (1, Kind::Parts),
            (2, Kind::Discrete),
            (5, Kind::Assign),
            (5, Kind::Update),
            (1, Kind::Swap),
            (2, Kind::Chain),
            (5 * compound, Kind::Branch),
            (9 * compound, Kind::Loop),
            (3 * u32::from(self.features.loop_forms && self.in_loop), Kind::Jump),
            (4 * compound * u32::from(self.features.loop_forms), Kind::While),
            (compound, Kind::Block),
        ])?;
        let made = match kind {
            Kind::Scalar => self.let_value(Type::Real)?,
            Kind::Array => {
                let kind = if self.features.long_loops && self.chance(25)? {
                    Type::Real.array(self.range(9, 12)? as usize)
                } else {
                    self.array_type(4)?
                };
                self.let_value(kind)?
            }
            Kind::Pair => self.let_pair()?,
            Kind::Parts => self.let_parts()?,
            Kind::Discrete => self.let_discrete()?,
            Kind::Assign => self.assign(None)?,
            Kind::Update => {
                let operator = self.pick(&[
                    Binary::Add,
                    Binary::Subtract,
                    Binary::Multiply,
                    Binary::Add,
                    Binary::Divide,
                    Binary::Remainder,
                ])?;
                self.assign(Some(operator))?
            }
            Kind::Swap => return self.swap(statements),
            Kind::Chain => return self.chain(statements),
            Kind::Branch => self.branch()?,
            Kind::Loop => self.any_loop()?,
            Kind::Jump => self.jump()?,
            Kind::While => return self.while_loop(statements),
            Kind::Block => {
                let count = self.range(1, 2)?;
                Statement::Block(self.body(count)?)
            }
        };
        statements.push(made);
        Ok(())
    }

    fn new_name(&mut self) -> Result<String> {
        // Now and then it shadows something.
        let known: Vec<String> = self
            .locals
            .visible()
            .iter()
            .filter(|local| local.kind != Type::Index)
            .map(|local| local.name.clone())
            .collect();
        let name = if self.chance(30)? && !known.is_empty() {
            self.pick(&known)?
        } else {
            self.pick(&NAMES)?.into()
        };
        Ok(if self.reserved.contains(&name) { format!("{name}_") } else { name })
    }

    fn let_value(&mut self, kind: Type) -> Result<Statement> {
        let value = self.value(&kind, 2)?;
        self.let_named(kind, value, 50)
    }

    fn let_named(&mut self, kind: Type, value: Expression, mutable: u8) -> Result<Statement> {
        let (name, mutable) = (self.new_name()?, self.chance(mutable)?);
        self.locals.add(Local::new(&name, kind.clone(), mutable));
        let written = self.chance(35)?.then_some(kind);
        Ok(Statement::Let { pattern: Pattern::Name { name, mutable }, kind: written, value })
    }

    fn let_pair(&mut self) -> Result<Statement> {
        if self.features.fields && self.chance(30)? {
            let second = if self.chance(50)? { Type::Real.array(2) } else { Type::Real };
            return self.let_value(Type::Tuple(vec![Type::Real, second]));
        }
        let value = if self.chance(40)? {
            let argument = self.real(1)?;
            Expression::Method { method: Method::SinCos, arguments: vec![argument], path: self.chance(20)? }
        } else {
            match self.call(&Type::Tuple(vec![Type::Real, Type::Real]))? {
                Some(call) => call,
                None => Expression::Tuple(vec![self.real(1)?, self.real(1)?]),
            }
        };
        let parts = vec![self.part(Type::Real)?, self.part(Type::Real)?];
        Ok(Statement::Let { pattern: Pattern::Tuple(parts), kind: None, value })
    }

    /// A part of a pattern. The names of one pattern differ, since no name occurs twice among the
    /// candidates that it is drawn from.
    fn part(&mut self, kind: Type) -> Result<Pattern> {
        if self.chance(10)? {
            return Ok(Pattern::Wildcard);
        }
        let name = format!("{}{}", self.pick(&NAMES)?, self.locals.depth());
        let mutable = self.chance(40)?;
        self.locals.add(Local::new(&name, kind, mutable));
        Ok(Pattern::Name { name, mutable })
    }

    /// `let [a, b] = array;`
    fn let_parts(&mut self) -> Result<Statement> {
        let length = self.range(1, 3)? as usize;
        let kind = Type::Real.array(length);
        if self.named_lengths.contains(&length) {
            return self.let_value(kind);
        }
        let value = self.value(&kind, 1)?;
        let parts = (0..length).map(|_| self.part(Type::Real)).collect::<Result<_>>()?;
        Ok(Statement::Let { pattern: Pattern::Array(parts), kind: None, value })
    }

    fn let_discrete(&mut self) -> Result<Statement> {
        let (kind, value, range) = match self.weighted(
            &[(4, Type::Bool), (4, Type::Index), (2, Type::Int)]
                .each_ref()
                .map(|(weight, kind)| (*weight, kind)),
        )? {
            Type::Index => {
                let (value, range) = self.bounded_index(4)?;
                (Type::Index, value, range)
            }
            Type::Int => {
                let (value, range) = self.int()?;
                (Type::Int, value, range)
            }
            _ => (Type::Bool, self.condition(1)?, (0, 1)),
        };
        let name = format!("{}{}", self.pick(&["flag", "k", "m"])?, self.locals.depth());
        let mutable = kind == Type::Bool && self.chance(40)?
            || kind == Type::Index && self.features.mutable_indices && self.chance(40)?;
        let runtime = kind == Type::Index && self.is_runtime(&value);
        let range = if mutable { (0, range.1) } else { range };
        let written = self.chance(50)?.then(|| kind.clone());
        self.locals.add(Local { range, runtime, ..Local::new(&name, kind, mutable) });
        Ok(Statement::Let { pattern: Pattern::Name { name, mutable }, kind: written, value })
    }

    fn is_runtime(&self, value: &Expression) -> bool {
        match value {
            Expression::Name(name) => {
                self.locals.visible().iter().any(|local| local.name == *name && local.runtime)
            }
            Expression::Binary(_, a, b) => self.is_runtime(a) || self.is_runtime(b),
            _ => false,
        }
    }

    /// A place to write, and its type.
    fn place(&mut self) -> Result<Option<(Place, Type)>> {
        let locals: Vec<Local> = self
            .locals
            .writable()
            .into_iter()
            .filter(|l| !matches!(l.kind, Type::Tuple(_)))
            .cloned()
            .collect();
        if locals.is_empty() {
            return Ok(None);
        }
        let local = self.pick(&locals)?;
        let mut place = whole(&local.name);
        let mut kind = local.kind;
        while let Type::Array(element, length) = &kind {
            if self.chance(20)? {
                break;
            }
            place.indices.push(self.index(*length)?);
            kind = element.as_ref().clone();
        }
        Ok(Some((place, kind)))
    }

    /// An assignment; a new variable where there is none to assign to.
    pub(super) fn assign(&mut self, operator: Option<Binary>) -> Result<Statement> {
        let Some((place, kind)) = self.place()? else {
            let value = self.real(2)?;
            return self.let_named(Type::Real, value, 100);
        };
        match kind {
            Type::Real => self.assign_real(place, operator),
            Type::Index => {
                let most =
                    self.locals.writable().iter().find(|l| l.name == place.name).map_or(0, |l| l.range.1);
                let value = self.bounded_index(most)?.0;
                Ok(Statement::Assign { place, operator: None, value })
            }
            Type::Int => Ok(Statement::Assign { place, operator: None, value: Expression::Int(2) }),
            _ => {
                let value = self.value(&kind, 1)?;
                Ok(Statement::Assign { place, operator: None, value })
            }
        }
    }

    fn assign_real(&mut self, place: Place, operator: Option<Binary>) -> Result<Statement> {
        let value = self.real(2)?;
        let value = match operator {
            Some(Binary::Divide | Binary::Remainder) => self.positive(value)?,
            // What grows in a loop is kept small.
            Some(Binary::Multiply) if self.trips > 1 => {
                Expression::Method { method: Method::Sin, arguments: vec![value], path: false }
            }
            None if self.chance(50)? => {
                let old = binary(Binary::Multiply, Expression::Real(0.5), read(&place));
                binary(Binary::Add, old, value)
            }
            _ => value,
        };
        Ok(Statement::Assign { place, operator, value })
    }

    /// `let t = a; a = b; b = t;`, or `(a, b) = (b, a);`
    fn swap(&mut self, statements: &mut Vec<Statement>) -> Result<()> {
        let writable: Vec<Local> = self.locals.writable().into_iter().cloned().collect();
        let kinds: Vec<&Type> = writable.iter().map(|local| &local.kind).collect();
        let twice =
            |kind: &Type| kind.is_differentiable() && kinds.iter().filter(|k| **k == kind).count() > 1;
        let paired: Vec<Local> = writable.iter().filter(|local| twice(&local.kind)).cloned().collect();
        if paired.is_empty() {
            statements.push(self.assign(None)?);
            return Ok(());
        }
        let first = self.pick(&paired)?;
        let partners: Vec<Local> = paired.into_iter().filter(|local| local.kind == first.kind).collect();
        let (a, b) = (first.name, self.pick(&partners)?.name);
        if self.chance(50)? {
            let value = Expression::Tuple(vec![Expression::Name(b.clone()), Expression::Name(a.clone())]);
            statements.push(Statement::AssignTuple { places: vec![whole(&a), whole(&b)], value });
            return Ok(());
        }
        let kept = format!("kept{}", self.locals.depth());
        self.locals.add(Local::new(&kept, first.kind, false));
        let pattern = Pattern::Name { name: kept.clone(), mutable: false };
        statements.push(Statement::Let { pattern, kind: None, value: Expression::Name(a.clone()) });
        let assign = |to: &str, from: &str| Statement::Assign {
            place: whole(to),
            operator: None,
            value: Expression::Name(from.into()),
        };
        statements.extend([assign(&a, &b), assign(&b, &kept)]);
        Ok(())
    }

    /// Variables that each use the one before twice: small as a graph, exponential as a tree.
    fn chain(&mut self, statements: &mut Vec<Statement>) -> Result<()> {
        let start = self.real(1)?;
        statements.push(self.let_named(Type::Real, start, 0)?);
        for _ in 0..self.range(2, 5)? {
            let last = self.locals.visible()[0].name.clone();
            let twice = Expression::Name(last);
            let operator = self.pick(&[Binary::Multiply, Binary::Add])?;
            let square = binary(operator, twice.clone(), twice);
            let other = self.leaf()?;
            let sum = binary(Binary::Add, square, other);
            let method = self.pick(&[Method::Sin, Method::Tanh, Method::Cos, Method::Atan])?;
            let value = Expression::Method { method, arguments: vec![sum], path: false };
            statements.push(self.let_named(Type::Real, value, 0)?);
        }
        Ok(())
    }

    fn branch(&mut self) -> Result<Statement> {
        Ok(Statement::If(self.if_statement(1)?))
    }

    fn if_statement(&mut self, chain: u32) -> Result<If> {
        let condition = Box::new(self.condition(2)?);
        let count = self.range(1, 2)?;
        let then = self.body(count)?;
        let otherwise = match self.weighted(&[(5, 0), (4, 1), (2, 2)])? {
            1 => {
                let count = self.range(1, 2)?;
                Some(self.body(count)?)
            }
            2 if chain > 0 => {
                let branch = Statement::If(self.if_statement(chain - 1)?);
                Some(Block { statements: vec![branch], value: None })
            }
            _ => None,
        };
        Ok(If { condition, then, otherwise })
    }

    /// A block of statements that begins with a write, if there is anything to write.
    pub(super) fn body(&mut self, count: i64) -> Result<Block> {
        let known = self.locals.depth();
        let mut statements = Vec::new();
        let operator = self.pick(&[None, Some(Binary::Add), Some(Binary::Multiply)])?;
        statements.push(self.assign(operator)?);
        for _ in 1..count {
            self.statement(&mut statements)?;
        }
        self.locals.leave(known);
        Ok(Block { statements, value: None })
    }
}
