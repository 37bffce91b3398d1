//! What the value of an expression consists of, while the body is read.

use std::rc::Rc;

use super::closures::Closure;
use super::places::Place;
use super::sequences::Sequence;
use crate::ir::Value;

/// What an expression's value consists of.
#[derive(Clone)]
pub(super) enum Term {
    /// A number, a truth value or an array.
    One(Value),
    /// Several.
    Tuple(Vec<Term>),
    /// A struct.
    Struct(Rc<syn::Path>, Vec<Field>),
    /// What is run where it is called.
    Closure(Rc<Closure>),
    /// What an iterator goes through, or a part of an array.
    Sequence(Rc<Sequence>),
    /// A place that is written to through a reference.
    Reference(Place),
    /// None, since the turn of a loop ends before there is one.
    Never,
    /// What stands for the value of an expression that was reported.
    Poison,
}

/// A field of a struct by its name; a tuple struct's are called 0, 1, ….
pub(super) type Field = (String, Term);

impl Term {
    pub(super) const UNIT: Self = Self::Tuple(vec![]);

    pub(super) fn is_unit(&self) -> bool {
        matches!(self, Self::Tuple(terms) if terms.is_empty())
    }

    /// Whether two terms differ in nothing but their values.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::One(_), Self::One(_)) => true,
            (Self::Tuple(a), Self::Tuple(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_like(b))
            }
            (Self::Struct(_, a), Self::Struct(_, b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.0 == b.0 && a.1.is_like(&b.1))
            }
            (Self::Closure(a), Self::Closure(b)) => Rc::ptr_eq(a, b),
            (Self::Sequence(a), Self::Sequence(b)) => a.is_like(b),
            (Self::Reference(a), Self::Reference(b)) => a.is_like(b),
            _ => false,
        }
    }
}

/// The values of a term, in order; none of a poisoned one.
pub(super) fn flat(term: &Term) -> Option<Vec<Value>> {
    let all = |terms: &mut dyn Iterator<Item = &Term>| {
        terms.map(flat).collect::<Option<Vec<_>>>().map(|values| values.concat())
    };
    match term {
        Term::One(value) => Some(vec![*value]),
        Term::Tuple(terms) => all(&mut terms.iter()),
        Term::Struct(_, fields) => all(&mut fields.iter().map(|(_, term)| term)),
        // What it captured is in variables.
        Term::Closure(_) => Some(vec![]),
        Term::Sequence(sequence) => Some(sequence.values()),
        Term::Reference(place) => {
            let mut values = vec![];
            place.clone().each_value(&mut |value| values.push(*value));
            Some(values)
        }
        Term::Never | Term::Poison => None,
    }
}

/// A term of the same form with other values.
pub(super) fn refill(term: &Term, values: &mut dyn Iterator<Item = Value>) -> Term {
    match term {
        Term::One(_) => values.next().map_or(Term::Poison, Term::One),
        Term::Tuple(terms) => Term::Tuple(terms.iter().map(|term| refill(term, values)).collect()),
        Term::Struct(path, fields) => {
            let fields = fields.iter().map(|(name, term)| (name.clone(), refill(term, values)));
            Term::Struct(path.clone(), fields.collect())
        }
        Term::Closure(_) => term.clone(),
        Term::Sequence(sequence) => Term::Sequence(Rc::new(sequence.with_values(values))),
        Term::Reference(place) => {
            let mut place = place.clone();
            place.each_value(&mut |value| *value = values.next().unwrap_or(*value));
            Term::Reference(place)
        }
        Term::Never | Term::Poison => Term::Poison,
    }
}
