//! What the value of an expression consists of, while the body is read.

use std::rc::Rc;

use super::closures::Closure;
use super::options::Maybe;
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
    /// An array of structs or tuples: one of them, with an array in the place of each value.
    Rows(Rc<Term>),
    /// A parameter that is a struct, or a field of one, which is looked at when it is used.
    Record(Rc<Record>),
    /// What is run where it is called.
    Closure(Rc<Closure>),
    /// What an iterator goes through, or a part of an array.
    Sequence(Rc<Sequence>),
    /// A place that is written to through a reference.
    Reference(Place),
    /// An option, or a result.
    Maybe(Box<Maybe>),
    /// None, since what is around it is left before there is one.
    Never,
    /// None yet: that of a variable before it is assigned to.
    Unset,
    /// What stands for the value of an expression that was reported.
    Poison,
}

/// A part of a parameter that is a struct.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Record {
    /// The parameter.
    pub(super) input: usize,
    /// The fields that lead there.
    pub(super) path: Vec<String>,
}

/// A field of a struct by its name; a tuple struct's are called 0, 1, ….
pub(super) type Field = (String, Term);

impl Term {
    pub(super) const UNIT: Self = Self::Tuple(vec![]);

    pub(super) fn is_unit(&self) -> bool {
        matches!(self, Self::Tuple(terms) if terms.is_empty())
    }

    /// Whether some value in it is not there yet.
    pub(super) fn is_unset(&self) -> bool {
        match self {
            Self::Unset => true,
            Self::Tuple(terms) => terms.iter().any(Self::is_unset),
            Self::Struct(_, fields) => fields.iter().any(|(_, term)| term.is_unset()),
            Self::Maybe(maybe) => maybe.value.is_unset() || maybe.other.is_unset(),
            _ => false,
        }
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
            (Self::Rows(a), Self::Rows(b)) => a.is_like(b),
            (Self::Record(a), Self::Record(b)) => a == b,
            (Self::Closure(a), Self::Closure(b)) => Rc::ptr_eq(a, b),
            (Self::Sequence(a), Self::Sequence(b)) => a.is_like(b),
            (Self::Reference(a), Self::Reference(b)) => a.is_like(b),
            (Self::Maybe(a), Self::Maybe(b)) => {
                a.kind == b.kind && a.value.is_like(&b.value) && a.other.is_like(&b.other)
            }
            (Self::Unset, Self::Unset) => true,
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
        Term::Rows(row) => flat(row),
        // What it captured is in variables, what is read of it is an input.
        Term::Closure(_) | Term::Record(_) => Some(vec![]),
        Term::Sequence(sequence) => Some(sequence.values()),
        Term::Reference(place) => {
            let mut values = vec![];
            place.clone().each_value(&mut |value| values.push(*value));
            Some(values)
        }
        Term::Maybe(maybe) => {
            let (value, other) = (flat(&maybe.value)?, flat(&maybe.other)?);
            Some([vec![maybe.holds], value, other].concat())
        }
        Term::Unset => Some(vec![]),
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
        Term::Rows(row) => Term::Rows(Rc::new(refill(row, values))),
        Term::Closure(_) | Term::Record(_) => term.clone(),
        Term::Sequence(sequence) => Term::Sequence(Rc::new(sequence.with_values(values))),
        Term::Reference(place) => {
            let mut place = place.clone();
            place.each_value(&mut |value| *value = values.next().unwrap_or(*value));
            Term::Reference(place)
        }
        Term::Maybe(maybe) => {
            let holds = values.next().unwrap_or(maybe.holds);
            let (value, other) = (refill(&maybe.value, values), refill(&maybe.other, values));
            Term::Maybe(Box::new(Maybe { holds, value, other, kind: maybe.kind }))
        }
        Term::Unset => Term::Unset,
        Term::Never | Term::Poison => Term::Poison,
    }
}
