//! Branches, and how what they change becomes values.

use syn::spanned::Spanned;
use syn::{BinOp, Expr};

use super::body::{Lowering, Shape};
use super::terms::{Term, flat, refill};
use crate::ir::{RegionId, Type, Value};

/// A branch that is closed: its region, what the variables hold at its end, and its value.
type Arm = (RegionId, Vec<Term>, Term);

impl Lowering<'_> {
    /// `a && b` (or `a || b`): `b` is run only where `a` does not decide.
    pub(super) fn short_circuit(&mut self, binary: &syn::ExprBinary, and: bool) -> Term {
        let Some(a) = self.condition(&binary.left) else { return Term::Poison };
        let decided = Term::One(self.graph.bool(!and));
        let span = match &binary.op {
            BinOp::And(token) => token.spans[0],
            op => op.span(),
        };
        self.only_if(a, and, decided, |this| {
            let b = this.condition(&binary.right).map_or(Term::Poison, Term::One);
            this.at(span);
            b
        })
    }

    /// What is run only where a condition `holds`, or only where it does not; elsewhere nothing
    /// changes, and the value is another one.
    pub(super) fn only_if(
        &mut self,
        condition: Value,
        holds: bool,
        otherwise: Term,
        run: impl FnOnce(&mut Self) -> Term,
    ) -> Term {
        let before = self.snapshot();
        self.graph.open();
        let value = run(self);
        let after = self.snapshot();
        let run = (self.graph.close(vec![]), after, value);
        self.restore(&before);
        self.graph.open();
        let skipped = (self.graph.close(vec![]), before, otherwise);
        if holds { self.join(condition, run, skipped) } else { self.join(condition, skipped, run) }
    }

    /// `if … { } else { }`.
    pub(super) fn branch(&mut self, branch: &syn::ExprIf, shape: &Shape) -> Term {
        let condition = match &*branch.cond {
            Expr::Let(_) => {
                self.fail(&branch.cond, "`if let` is not understood");
                None
            }
            condition => self.condition(condition),
        };
        let before = self.snapshot();
        self.graph.open();
        let then = self.block(&branch.then_branch, shape);
        let after_then = self.snapshot();
        let then_region = self.graph.close(vec![]);
        self.restore(&before);
        self.graph.open();
        let otherwise = match &branch.else_branch {
            Some((_, otherwise)) => self.expression(otherwise, shape),
            None => Term::UNIT,
        };
        let after_otherwise = self.snapshot();
        let otherwise_region = self.graph.close(vec![]);
        let Some(condition) = condition else {
            self.poison_changed(&before);
            return Term::Poison;
        };
        // A branch without a tail expression is of no interest beyond its assignments.
        let (then, otherwise) = match (then, otherwise) {
            (a, b) if a.is_unit() || b.is_unit() => (Term::UNIT, Term::UNIT),
            pair => pair,
        };
        self.at(branch.if_token.span);
        self.join(condition, (then_region, after_then, then), (otherwise_region, after_otherwise, otherwise))
    }

    /// The values of all variables that can change.
    pub(super) fn snapshot(&self) -> Vec<Term> {
        self.changing.iter().map(|&id| self.variables[id].term.clone()).collect()
    }

    fn restore(&mut self, snapshot: &[Term]) {
        for (&id, term) in self.changing.iter().zip(snapshot) {
            self.variables[id].term = term.clone();
        }
    }

    pub(super) fn poison_changed(&mut self, before: &[Term]) {
        for (&id, before) in self.changing.iter().zip(before) {
            if flat(&self.variables[id].term) != flat(before) {
                self.variables[id].term = Term::Poison;
            }
        }
    }

    /// After two branches: each variable's value, and the branches', as results of one node.
    fn join(&mut self, condition: Value, then: Arm, otherwise: Arm) -> Term {
        let never = matches!((&then.2, &otherwise.2), (Term::Never, Term::Never));
        let values = self.stand_in(then.2, otherwise.2);
        let mut terms: Vec<(Term, Term)> = then.1.into_iter().zip(otherwise.1).collect();
        terms.push(values);
        let (mut a, mut b) = (vec![], vec![]);
        for (x, y) in &mut terms {
            if flat(x).is_some() && flat(y).is_some() && !x.is_like(y) {
                let span = self.span();
                self.diagnostics.error_at(span, "the branches are understood as values of different forms");
                (*x, *y) = (Term::Poison, Term::Poison);
            }
            let (x, y) = (flat(x), flat(y));
            if x != y
                && let (Some(x), Some(y)) = (x, y)
                && x.len() == y.len()
            {
                a.extend(x);
                b.extend(y);
            }
        }
        for (&x, &y) in a.iter().zip(&b) {
            let (left, right) = (self.graph.ty(x), self.graph.ty(y));
            if !self.graph.unify(&left, &right) {
                let span = self.span();
                self.diagnostics.error_at(span, "the branches are understood as values of different types");
                return Term::Poison;
            }
        }
        self.graph.set_region_results(then.0, a);
        self.graph.set_region_results(otherwise.0, b);
        let mut results = self.graph.branch(condition, then.0, otherwise.0).into_iter();
        let mut joined: Vec<_> = terms
            .into_iter()
            .map(|(x, y)| match (flat(&x), flat(&y)) {
                (Some(a), Some(b)) if a == b => x,
                (Some(a), Some(b)) if a.len() == b.len() => refill(&x, &mut results),
                _ => Term::Poison,
            })
            .collect();
        let value = joined.pop().unwrap_or(Term::Poison);
        for (place, term) in joined.into_iter().enumerate() {
            let id = self.changing[place];
            let name = self.variables[id].name;
            self.name(&term, name);
            self.variables[id].term = term;
        }
        if never { Term::Never } else { value }
    }

    /// The values of two branches. Where one of them leaves the loop's turn, nobody reads its value,
    /// and any of the other's type stands for it.
    fn stand_in(&mut self, a: Term, b: Term) -> (Term, Term) {
        match (a, b) {
            (Term::Never, Term::Never) => (Term::UNIT, Term::UNIT),
            (Term::Never, b) => (self.any_like(&b), b),
            (a, Term::Never) => {
                let b = self.any_like(&a);
                (a, b)
            }
            pair => pair,
        }
    }

    fn any_like(&mut self, term: &Term) -> Term {
        match term {
            Term::One(value) => match self.any_of(&self.graph.ty(*value)) {
                Some(value) => Term::One(value),
                None => {
                    let span = self.span();
                    let message = "the type of this is not known here: give it to a variable with a type, \
                                   `let y: f64 = …;`";
                    self.diagnostics.error_at(span, message);
                    Term::Poison
                }
            },
            Term::Tuple(terms) => Term::Tuple(terms.iter().map(|term| self.any_like(term)).collect()),
            Term::Struct(path, fields) => {
                let fields = fields.iter().map(|(name, term)| (name.clone(), self.any_like(term)));
                Term::Struct(path.clone(), fields.collect())
            }
            Term::Closure(_) | Term::Sequence(_) | Term::Reference(_) => term.clone(),
            Term::Never | Term::Poison => term.clone(),
        }
    }

    /// Some value of a type.
    pub(super) fn any_of(&mut self, ty: &Type) -> Option<Value> {
        match ty {
            Type::Real => Some(self.graph.real(0.0)),
            Type::Bool => Some(self.graph.bool(false)),
            Type::Array(element, length) if length.size().is_some() => {
                let element = self.any_of(element)?;
                Some(self.graph.splat(element, length.clone()))
            }
            _ if self.graph.is_integer(ty) => Some(self.graph.int(0, ty.clone())),
            _ => None,
        }
    }
}
