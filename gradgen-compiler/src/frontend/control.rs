//! Branches and loops.

use syn::spanned::Spanned;
use syn::{BinOp, Expr, Pat, RangeLimits};

use super::body::{Access, Lowering, Shape, Term};
use crate::ir::{Int, Type, Value, Walk};

impl Lowering<'_> {
    /// `a && b` (or `a || b`): `b` is run only where `a` does not decide.
    pub(super) fn short_circuit(&mut self, binary: &syn::ExprBinary, and: bool) -> Term {
        let Some(a) = self.condition(&binary.left) else { return Term::Poison };
        let before = self.snapshot();
        let decided = self.graph.bool(!and);
        self.graph.open();
        let b = self.condition(&binary.right);
        let after = self.snapshot();
        let run = self.graph.close(vec![]);
        self.restore(&before);
        self.graph.open();
        let skipped = self.graph.close(vec![]);
        let (b, decided) = (b.map_or(Term::Poison, Term::One), Term::One(decided));
        self.at(match &binary.op {
            BinOp::And(token) => token.spans[0],
            op => op.span(),
        });
        if and {
            self.join(a, (run, after, b), (skipped, before, decided))
        } else {
            self.join(a, (skipped, before, decided), (run, after, b))
        }
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
            (Term::Tuple(a), _) if a.is_empty() => (Term::UNIT, Term::UNIT),
            (_, Term::Tuple(b)) if b.is_empty() => (Term::UNIT, Term::UNIT),
            pair => pair,
        };
        self.at(branch.if_token.span);
        self.join(condition, (then_region, after_then, then), (otherwise_region, after_otherwise, otherwise))
    }

    /// The values of all variables that can change.
    fn snapshot(&self) -> Vec<Term> {
        self.changing.iter().map(|&id| self.variables[id].term.clone()).collect()
    }

    fn restore(&mut self, snapshot: &[Term]) {
        for (&id, term) in self.changing.iter().zip(snapshot) {
            self.variables[id].term = term.clone();
        }
    }

    fn poison_changed(&mut self, before: &[Term]) {
        for (&id, before) in self.changing.iter().zip(before) {
            if flat(&self.variables[id].term) != flat(before) {
                self.variables[id].term = Term::Poison;
            }
        }
    }

    /// After two branches: each variable's value, and the branches', as results of one node.
    fn join(
        &mut self,
        condition: Value,
        then: (crate::ir::RegionId, Vec<Term>, Term),
        otherwise: (crate::ir::RegionId, Vec<Term>, Term),
    ) -> Term {
        let count = then.1.len().min(otherwise.1.len());
        let mut terms: Vec<(Term, Term)> = then.1.into_iter().zip(otherwise.1).take(count).collect();
        terms.push((then.2, otherwise.2));
        let (mut a, mut b) = (vec![], vec![]);
        for (x, y) in &terms {
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
        value
    }

    /// `for i in a..b { }`.
    pub(super) fn for_loop(&mut self, repeat: &syn::ExprForLoop) -> Term {
        if let Some(label) = &repeat.label {
            self.fail(label, "labels are not understood yet");
        }
        let range = self.range(&repeat.expr);
        let Some((start, end, walk)) = range else {
            // What the body does is of no interest any more, but its errors are.
            let before = self.snapshot();
            self.graph.open();
            self.scopes.enter();
            self.bind(&repeat.pat, Term::Poison, Access::Owned);
            self.block(&repeat.body, &Shape::Single);
            self.scopes.leave();
            self.graph.close(vec![]);
            self.poison_changed(&before);
            return Term::UNIT;
        };
        self.at(repeat.for_token.span);
        let mut carried = self.scopes.visible();
        carried.retain(|&id| self.variables[id].mutable);
        let before: Vec<_> = self.variables.iter().map(|variable| variable.term.clone()).collect();
        self.graph.open();
        let ty = self.graph.ty(start);
        let index = self.graph.parameter(ty);
        self.graph.set_range(index, start, end, walk);
        let mut initial = vec![];
        for &id in &carried {
            let Some(values) = flat(&self.variables[id].term) else { continue };
            let mut parameters = vec![];
            for value in values {
                let ty = self.graph.ty(value);
                parameters.push(self.graph.parameter(ty));
                initial.push(value);
            }
            self.variables[id].term = refill(&self.variables[id].term.clone(), &mut parameters.into_iter());
        }
        self.scopes.enter();
        match &*repeat.pat {
            Pat::Ident(_) | Pat::Wild(_) => self.bind(&repeat.pat, Term::One(index), Access::Owned),
            other => {
                self.fail(other, "the variable of a range is a name");
            }
        }
        self.block(&repeat.body, &Shape::Single);
        self.scopes.leave();
        let mut yields = vec![];
        let mut poisoned = vec![];
        for &id in &carried {
            let Some(old) = flat(&before[id]) else { continue };
            match flat(&self.variables[id].term) {
                Some(new) if new.len() == old.len() => yields.extend(new),
                _ => {
                    poisoned.push(id);
                    yields.extend(old);
                }
            }
        }
        let body = self.graph.close(yields.clone());
        for (&old, &new) in initial.iter().zip(&yields) {
            let (old, new) = (self.graph.ty(old), self.graph.ty(new));
            self.graph.unify(&old, &new);
        }
        self.at(repeat.for_token.span);
        let mut results = self.graph.repeat(walk, start, end, &initial, body).into_iter();
        for id in carried {
            if flat(&before[id]).is_some() {
                let term = refill(&before[id], &mut results);
                let name = self.variables[id].name;
                self.name(&term, name);
                self.variables[id].term = if poisoned.contains(&id) { Term::Poison } else { term };
            }
        }
        Term::UNIT
    }

    /// Start, end and direction of a range.
    fn range(&mut self, head: &Expr) -> Option<(Value, Value, Walk)> {
        match head {
            Expr::Paren(inner) => self.range(&inner.expr),
            Expr::Group(inner) => self.range(&inner.expr),
            Expr::MethodCall(call) if call.method == "rev" && call.args.is_empty() => {
                self.range(&call.receiver).map(|(start, end, walk)| (start, end, walk.reversed()))
            }
            Expr::Range(range) => {
                let (Some(start), Some(end)) = (&range.start, &range.end) else {
                    self.fail(range, "a range needs a start and an end");
                    return None;
                };
                let (start, end) = (self.single(start), self.single(end));
                let (start, end) = (start?, end?);
                let (from, to) = (self.graph.ty(start), self.graph.ty(end));
                if !self.graph.unify(&from, &to) || matches!(from, Type::Real | Type::Bool | Type::Array(..))
                {
                    self.fail(range, "the bounds of a range are integers of one type");
                    return None;
                }
                if self.is_constant(start) || self.is_constant(end) {
                    self.graph.prefer_usize(&from);
                }
                if let Type::Variable(_) = self.graph.ty(start)
                    && !self.graph.is_integer(&from)
                {
                    self.graph.expect(start, &Type::Int(Int::Usize));
                }
                let inclusive = matches!(range.limits, RangeLimits::Closed(_));
                Some((start, end, Walk { inclusive, ..Walk::default() }))
            }
            other => {
                self.fail(other, "`for` is understood over ranges: `0..4`, `1..=4`, `(0..4).rev()`");
                None
            }
        }
    }
}

/// The values of a term, in order; none of a poisoned one.
pub(super) fn flat(term: &Term) -> Option<Vec<Value>> {
    match term {
        Term::One(value) => Some(vec![*value]),
        Term::Tuple(terms) => {
            terms.iter().map(flat).collect::<Option<Vec<_>>>().map(|values| values.concat())
        }
        Term::Poison => None,
    }
}

/// A term of the same form with other values.
fn refill(term: &Term, values: &mut dyn Iterator<Item = Value>) -> Term {
    match term {
        Term::One(_) => values.next().map_or(Term::Poison, Term::One),
        Term::Tuple(terms) => Term::Tuple(terms.iter().map(|term| refill(term, values)).collect()),
        Term::Poison => Term::Poison,
    }
}
