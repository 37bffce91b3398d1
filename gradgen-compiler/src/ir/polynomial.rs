//! Integer polynomials over sizes and loop variables: lengths, trip counts, and what is known of an
//! index when the macro runs.

use std::collections::BTreeMap;

use super::Value;

/// An integer that is not negative and that only run time, or rustc, knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    /// The length of the slice that is the input at this position.
    Length(usize),
    /// The `usize` that is the input at this position.
    Input(usize),
    /// A constant or const generic, by its place in [`Graph::symbols`](super::Graph::symbols).
    Symbol(u32),
    /// A size that is no polynomial, or that no array can have, by its place in
    /// [`Graph::derived`](super::Graph::derived).
    Derived {
        /// The place.
        place: u32,
        /// Whether rustc knows it where it looks for the length of an array.
        fixed: bool,
    },
    /// Another `usize` of the graph, as the variable of a loop.
    Value(Value),
}

/// A size made of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DerivedSize {
    /// The first integer whose square is more than this.
    Root(Polynomial),
    /// This itself: what const generics make together is no length of an array.
    Whole(Polynomial),
}

impl DerivedSize {
    /// What it is made of.
    #[must_use]
    pub const fn of(&self) -> &Polynomial {
        match self {
            Self::Root(size) | Self::Whole(size) => size,
        }
    }
}

/// A sum of products of atoms, with integer coefficients. Zero coefficients are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Polynomial {
    /// By product, its factors in order.
    terms: BTreeMap<Vec<Atom>, i128>,
}

impl From<i128> for Polynomial {
    fn from(value: i128) -> Self {
        let mut sum = Self::default();
        sum.add_term(vec![], value);
        sum
    }
}

impl From<Atom> for Polynomial {
    fn from(atom: Atom) -> Self {
        let mut sum = Self::default();
        sum.add_term(vec![atom], 1);
        sum
    }
}

impl Polynomial {
    fn add_term(&mut self, product: Vec<Atom>, coefficient: i128) {
        let sum = self.terms.get(&product).copied().unwrap_or(0).saturating_add(coefficient);
        if sum == 0 {
            self.terms.remove(&product);
        } else {
            self.terms.insert(product, sum);
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Self {
        let mut sum = self.clone();
        for (product, &coefficient) in &other.terms {
            sum.add_term(product.clone(), coefficient);
        }
        sum
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.plus(&other.times(&Self::from(-1)))
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        let mut sum = Self::default();
        for (a, &x) in &self.terms {
            for (b, &y) in &other.terms {
                let mut product = [&a[..], &b[..]].concat();
                product.sort_unstable();
                sum.add_term(product, x.saturating_mul(y));
            }
        }
        sum
    }

    /// The number that it is, if it has no atoms.
    #[must_use]
    pub fn constant(&self) -> Option<i128> {
        match self.terms.len() {
            0 => Some(0),
            1 => self.terms.get(&[][..]).copied(),
            _ => None,
        }
    }

    /// The atom that it is, if it is one.
    #[must_use]
    pub fn atom(&self) -> Option<Atom> {
        match self.terms.iter().next() {
            Some((product, 1)) if self.terms.len() == 1 && product.len() == 1 => Some(product[0]),
            _ => None,
        }
    }

    /// Products and their coefficients, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&[Atom], i128)> {
        self.terms.iter().map(|(product, &coefficient)| (&product[..], coefficient))
    }

    /// All atoms, each once.
    #[must_use]
    pub fn atoms(&self) -> Vec<Atom> {
        let mut atoms: Vec<_> = self.terms.keys().flatten().copied().collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    }

    /// Whether it is at least zero whatever its atoms are.
    #[must_use]
    pub fn is_never_negative(&self) -> bool {
        self.terms.values().all(|&coefficient| coefficient >= 0)
    }

    /// Whether it is at most zero whatever its atoms are.
    #[must_use]
    pub fn is_never_positive(&self) -> bool {
        self.terms.values().all(|&coefficient| coefficient <= 0)
    }

    /// The terms that are added, and those that are taken away, both with positive coefficients.
    #[must_use]
    pub fn parts(&self) -> (Self, Self) {
        let part = |sign: i128| Self {
            terms: self
                .terms
                .iter()
                .filter(|(_, coefficient)| coefficient.signum() == sign)
                .map(|(product, &coefficient)| (product.clone(), coefficient.saturating_abs()))
                .collect(),
        };
        (part(1), part(-1))
    }

    /// The coefficient of an atom and the rest, if the atom stands in no product with itself.
    #[must_use]
    pub fn split(&self, atom: Atom) -> Option<(Self, Self)> {
        let (mut factor, mut rest) = (Self::default(), Self::default());
        for (product, &coefficient) in &self.terms {
            match product.iter().filter(|&&other| other == atom).count() {
                0 => rest.add_term(product.clone(), coefficient),
                1 => {
                    let others = product.iter().copied().filter(|&other| other != atom).collect();
                    factor.add_term(others, coefficient);
                }
                _ => return None,
            }
        }
        Some((factor, rest))
    }

    /// With another polynomial in the place of an atom.
    #[must_use]
    pub fn replace(&self, atom: Atom, by: &Self) -> Self {
        let mut sum = Self::default();
        for (product, &coefficient) in &self.terms {
            let mut term = Self::from(coefficient);
            for &factor in product {
                term = if factor == atom { term.times(by) } else { term.times(&Self::from(factor)) };
            }
            sum = sum.plus(&term);
        }
        sum
    }

    /// The highest number of atoms in a product.
    #[must_use]
    pub fn degree(&self) -> usize {
        self.terms.keys().map(Vec::len).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_are_kept_in_one_form() {
        let (n, m) = (Polynomial::from(Atom::Input(0)), Polynomial::from(Atom::Length(1)));
        let one = Polynomial::from(1);
        // (n + 1)(m - 1) = n m - n + m - 1
        let product = n.plus(&one).times(&m.minus(&one));
        let same = n.times(&m).minus(&n).plus(&m).minus(&one);
        assert_eq!(product, same);
        assert_eq!(product.minus(&same), Polynomial::default());
        assert_eq!(product.degree(), 2);
        assert_eq!(product.split(Atom::Input(0)), Some((m.minus(&one), m.minus(&one))));
        assert_eq!(product.replace(Atom::Input(0), &Polynomial::from(3)), m.minus(&one).times(&4.into()));
        assert!(!product.is_never_negative());
        assert_eq!(n.times(&n).split(Atom::Input(0)), None);
    }
}
