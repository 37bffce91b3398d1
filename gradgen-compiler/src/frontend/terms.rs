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

/// A part of a parameter that is a struct, or an array of structs.
#[derive(Clone)]
pub(super) struct Record {
    /// The parameter.
    pub(super) input: usize,
    /// The fields that lead there, and [`ELEMENT`] where it is an element of an array.
    pub(super) path: Vec<String>,
    /// Which elements.
    pub(super) indices: Vec<Value>,
}

/// The step of a path from an array to an element of it.
pub(crate) const ELEMENT: &str = "[]";

impl Record {
    /// A parameter as a whole.
    pub(super) const fn of(input: usize) -> Self {
        Self { input, path: vec![], indices: vec![] }
    }

    /// One step further.
    pub(super) fn part(&self, step: &str) -> Self {
        let mut part = self.clone();
        part.path.push(step.to_owned());
        part
    }

    /// Whether both are the same part, of all elements that there are.
    pub(super) fn is_at(&self, other: &Self) -> bool {
        self.input == other.input && self.path == other.path
    }

    /// Whether both are the same part, at whatever indices.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.is_at(other) && self.indices.len() == other.indices.len()
    }
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

    /// Whether it has an element of a parameter that is an array of structs.
    pub(super) fn has_indexed_record(&self) -> bool {
        match self {
            Self::Record(record) => !record.indices.is_empty(),
            Self::Rows(row) => row.has_indexed_record(),
            Self::Tuple(terms) => terms.iter().any(Self::has_indexed_record),
            Self::Struct(_, fields) => fields.iter().any(|(_, term)| term.has_indexed_record()),
            _ => false,
        }
    }

    /// Takes nothing for certain of the iterators in it that is not certain of another term's too.
    pub(super) fn weaken(&mut self, other: &Self) {
        match (self, other) {
            (Self::Sequence(this), Self::Sequence(other)) if this.ordered && !other.ordered => {
                Rc::make_mut(this).ordered = false;
            }
            (Self::Tuple(terms), Self::Tuple(others)) => {
                terms.iter_mut().zip(others).for_each(|(term, other)| term.weaken(other));
            }
            (Self::Maybe(this), Self::Maybe(other)) => this.value.weaken(&other.value),
            _ => {}
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
            (Self::Record(a), Self::Record(b)) => a.is_like(b),
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
        // What is read of it is an input.
        Term::Record(record) => Some(record.indices.clone()),
        // What it captured is in variables.
        Term::Closure(_) => Some(vec![]),
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
        Term::Record(record) => {
            let indices = record.indices.iter().map(|&index| values.next().unwrap_or(index)).collect();
            Term::Record(Rc::new(Record { indices, ..(**record).clone() }))
        }
        Term::Closure(_) => term.clone(),
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
