//! Types that are found by use: those of call results and of the user's constants.

use std::rc::Rc;

use super::{Graph, Int, Length, Op, Type, Value};

/// What is known of the type and length variables.
#[derive(Clone, Debug, Default)]
pub(super) struct Unifier {
    types: Vec<Option<Type>>,
    /// Variables that can only stand for integers: those of literals.
    integers: Vec<bool>,
    /// Integers that are of type `usize` if nothing else says what they are.
    lengths_likely: Vec<bool>,
    lengths: Vec<Option<Length>>,
}

impl Unifier {
    fn variable(&mut self, integer: bool) -> Type {
        self.types.push(None);
        self.integers.push(integer);
        self.lengths_likely.push(false);
        Type::Variable(u32::try_from(self.types.len() - 1).expect("fewer than 2^32 types"))
    }

    fn length(&self, length: &Length) -> Length {
        match length {
            Length::Variable(id) => match &self.lengths[*id as usize] {
                Some(known) => self.length(known),
                None => length.clone(),
            },
            _ => length.clone(),
        }
    }

    pub(super) fn resolve(&self, ty: &Type) -> Type {
        match ty {
            Type::Variable(id) => match &self.types[*id as usize] {
                Some(known) => self.resolve(known),
                None => ty.clone(),
            },
            Type::Array(element, length) => Type::Array(Rc::new(self.resolve(element)), self.length(length)),
            _ => ty.clone(),
        }
    }

    pub(super) fn settle(&self, ty: &Type) -> Type {
        match self.resolve(ty) {
            Type::Variable(id) if self.lengths_likely[id as usize] => Type::Int(Int::Usize),
            Type::Variable(id) if self.integers[id as usize] => Type::Int(Int::I32),
            Type::Variable(_) => Type::Opaque,
            Type::Array(element, length) => {
                let length = if matches!(length, Length::Variable(_)) { Length::Unknown } else { length };
                Type::Array(Rc::new(self.settle(&element)), length)
            }
            known => known,
        }
    }

    /// The operation with what is known of the types and lengths in it.
    pub(super) fn settle_op(&self, op: &Op) -> Op {
        let settle = |length: &Length| match self.length(length) {
            Length::Variable(_) => Length::Unknown,
            known => known,
        };
        match op {
            Op::Check(length, array) => Op::Check(settle(length), array.clone()),
            Op::Length(length) => Op::Length(settle(length)),
            Op::Splat(length) => Op::Splat(settle(length)),
            Op::Zeros(ty) => Op::Zeros(self.settle(ty)),
            _ => op.clone(),
        }
    }

    /// Whether two lengths can be one. Of constants that is rustc's to say, which checks the
    /// user's function.
    fn unify_lengths(&mut self, a: &Length, b: &Length) -> bool {
        match (self.length(a), self.length(b)) {
            (Length::Variable(a), Length::Variable(b)) if a == b => {}
            (Length::Variable(id), known) | (known, Length::Variable(id)) => {
                self.lengths[id as usize] = Some(known);
            }
            (Length::Fixed(a), Length::Fixed(b)) => return a == b,
            _ => {}
        }
        true
    }

    fn unify(&mut self, a: &Type, b: &Type) -> bool {
        match (self.resolve(a), self.resolve(b)) {
            (Type::Variable(a), Type::Variable(b)) => {
                if a != b {
                    let integer = self.integers[a as usize] || self.integers[b as usize];
                    self.integers[b as usize] = integer;
                    self.lengths_likely[b as usize] |= self.lengths_likely[a as usize];
                    self.types[a as usize] = Some(Type::Variable(b));
                }
                true
            }
            (Type::Variable(id), known) | (known, Type::Variable(id)) => {
                if self.integers[id as usize] && !matches!(known, Type::Int(_)) {
                    return false;
                }
                self.types[id as usize] = Some(known);
                true
            }
            (Type::Array(a, n), Type::Array(b, m)) => self.unify_lengths(&n, &m) && self.unify(&a, &b),
            (a, b) => a == b,
        }
    }
}

impl Graph {
    /// A type to be found by use.
    pub fn fresh_type(&mut self) -> Type {
        self.unifier.variable(false)
    }

    /// An integer type to be found by use: that of a literal.
    pub fn fresh_integer(&mut self) -> Type {
        self.unifier.variable(true)
    }

    /// Makes an integer type that nothing else determines `usize`: a constant that loops run to is a
    /// length more often than not, and if it is not, rustc says so.
    pub fn prefer_usize(&mut self, ty: &Type) {
        if let Type::Variable(id) = self.unifier.resolve(ty) {
            self.unifier.integers[id as usize] = true;
            self.unifier.lengths_likely[id as usize] = true;
        }
    }

    /// Whether a type that is still to be found can only be an integer.
    #[must_use]
    pub fn is_integer(&self, ty: &Type) -> bool {
        match self.unifier.resolve(ty) {
            Type::Int(_) => true,
            Type::Variable(id) => self.unifier.integers[id as usize],
            _ => false,
        }
    }

    /// A length to be found by use.
    pub fn fresh_length(&mut self) -> Length {
        self.unifier.lengths.push(None);
        Length::Variable(u32::try_from(self.unifier.lengths.len() - 1).expect("fewer than 2^32 lengths"))
    }

    /// A type with what is known of its variables.
    #[must_use]
    pub fn resolve(&self, ty: &Type) -> Type {
        self.unifier.resolve(ty)
    }

    /// Makes two types one; whether that is possible.
    pub fn unify(&mut self, a: &Type, b: &Type) -> bool {
        self.unifier.unify(a, b)
    }

    /// Makes a value's type this one; whether that is possible.
    pub fn expect(&mut self, value: Value, ty: &Type) -> bool {
        let known = self.node(value).ty.clone();
        self.unify(&known, ty)
    }
}
