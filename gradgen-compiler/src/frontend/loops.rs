//! Loops. `while` and `loop` are loops over a range too, with a truth value among what they carry:
//! whether there is another turn. `break` and `continue` set it, and one that says whether the rest
//! of this turn is run; what follows them in the text is run if it is.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, Expr, ExprForLoop, ExprLoop, ExprWhile, Label, Lifetime, Stmt};

use super::body::{Access, Lowering, Shape, Variable, VariableId};
use super::bounds::Bound;
use super::names::Scopes;
use super::ranges::Range;
use super::sequences::{Form, Item, Sequence, Source};
use super::terms::{Term, flat, refill};
use crate::ir::{Int, Type, Value, Walk};

/// A loop whose body is being read.
pub(super) struct Loop {
    label: Option<String>,
    /// Holds whether the rest of this turn is run, …
    running: VariableId,
    /// … and whether there is another one.
    going: VariableId,
    /// Whether the loop looks at that.
    until: bool,
}

/// A loop before its body is read.
struct Head {
    span: Span,
    label: Option<String>,
    range: Range,
    /// Whether there is a first turn, if not the range alone says how many there are.
    going: Option<Value>,
}

impl Lowering<'_> {
    /// `for i in a..b { }`.
    pub(super) fn for_loop(&mut self, repeat: &ExprForLoop) -> Term {
        let span = repeat.for_token.span;
        let bound = self.bound(&repeat.attrs);
        let sequence = self.iterable(&repeat.expr);
        let label = label_text(repeat.label.as_ref());
        self.at(span);
        let body = |this: &mut Self, (term, form): Item| {
            this.scopes.enter();
            this.bind_item(&repeat.pat, term, &form);
            this.block(&repeat.body, &Shape::Single);
            this.scopes.leave();
        };
        let Some(sequence) = sequence else {
            self.not_run(label, |this| body(this, (Term::Poison, Form::VALUE)));
            return Term::UNIT;
        };
        let kept = self.kept.len();
        let sequence = self.started(&sequence);
        let term = self.for_items(repeat, &sequence, bound.as_ref(), &body);
        self.kept.truncate(kept);
        term
    }

    /// The loop itself, over the items of a sequence.
    fn for_items(
        &mut self,
        repeat: &ExprForLoop,
        sequence: &Sequence,
        bound: Option<&Bound>,
        body: &dyn Fn(&mut Self, Item),
    ) -> Term {
        let (span, label) = (repeat.for_token.span, label_text(repeat.label.as_ref()));
        let Sequence { start, end, walk, .. } = *sequence;
        if let Source::Chain(..) | Source::Flat(_) = sequence.source {
            if has_jump(repeat.body.to_token_stream()) || bound.is_some() {
                let message = "`break`, `continue` and bounds are not understood in a loop that goes through several \
                               sequences: write one loop for each";
                return self.fail(&repeat.expr, message);
            }
            self.each(sequence, &mut |this, item| body(this, item));
            return Term::UNIT;
        }
        let mut range = Range { start, end, walk, from: None, excess: None };
        if let Some(bound) = bound {
            range = self.stated(range, bound);
        }
        let going = may_end(&repeat.body, label.as_deref()).then(|| self.graph.bool(true));
        if going.is_some() && range.walk.step != 1 && range.from.is_none() {
            range = self.by_turns(range);
        }
        let (from, excess) = (range.from, range.excess);
        let going = self.turns(Head { span, label, range, going }, |this, index| {
            let index = this.loop_variable(index, from);
            this.meet(sequence, index, &mut |this, item| body(this, item));
        });
        if let (Some(excess), Some(bound)) = (excess, bound) {
            let no = self.graph.bool(false);
            let unended = going.map_or(excess, |going| self.graph.select(going, excess, no));
            self.graph.ended(unended, bound.length.clone());
        }
        Term::UNIT
    }

    /// `while c { }`: the condition is read before the loop and at the end of each turn.
    pub(super) fn while_loop(&mut self, repeat: &ExprWhile) -> Term {
        let label = label_text(repeat.label.as_ref());
        let bound = self.bound(&repeat.attrs);
        let errors = self.diagnostics.messages().count();
        let first = match &*repeat.cond {
            Expr::Let(_) => {
                self.fail(&repeat.cond, "`while let` is not understood");
                None
            }
            condition => self.condition(condition),
        };
        let again = self.diagnostics.messages().count() == errors;
        self.at(repeat.while_token.span);
        self.counted(repeat.while_token.span, label, bound, first, |this| {
            this.block(&repeat.body, &Shape::Single);
            if again {
                this.test_again(&repeat.cond);
            }
        })
    }

    /// `loop { }`.
    pub(super) fn endless_loop(&mut self, repeat: &ExprLoop) -> Term {
        let label = label_text(repeat.label.as_ref());
        let bound = self.bound(&repeat.attrs);
        let errors = self.diagnostics.messages().count();
        if !may_end(&repeat.body, label.as_deref()) {
            self.fail(repeat.loop_token, "this loop never ends: nothing in it is a `break`");
        }
        self.at(repeat.loop_token.span);
        let first = self.graph.bool(true);
        let term = self.counted(repeat.loop_token.span, label, bound, Some(first), |this| {
            this.block(&repeat.body, &Shape::Single);
        });
        // One that has a value, or has no end, was reported.
        if self.diagnostics.messages().count() == errors { term } else { Term::Poison }
    }

    /// A loop that only a truth value ends, or the bound that is stated.
    fn counted(
        &mut self,
        span: Span,
        label: Option<String>,
        bound: Option<Bound>,
        first: Option<Value>,
        body: impl FnOnce(&mut Self),
    ) -> Term {
        let Some(first) = first else {
            self.not_run(label, body);
            return Term::UNIT;
        };
        let usize = Type::Int(Int::Usize);
        let start = self.graph.usize(0);
        let end = match &bound {
            Some(bound) => bound.value,
            None => self.graph.int(i128::from(u64::MAX), usize),
        };
        let range = Range { start, end, walk: Walk::default(), from: None, excess: None };
        let going = self.turns(Head { span, label, range, going: Some(first) }, |this, _| body(this));
        if let (Some(going), Some(bound)) = (going, bound) {
            self.graph.ended(going, bound.length);
        }
        Term::UNIT
    }

    /// The condition of a `while` at the end of a turn, also where a `continue` ended it, but not
    /// where a `break` did.
    fn test_again(&mut self, condition: &Expr) {
        let Some(&Loop { running, going, .. }) = self.loops.last() else { return };
        self.variables[running].term = Term::One(self.graph.bool(true));
        let test = |this: &mut Self| this.condition(condition).map_or(Term::Poison, Term::One);
        let term = match self.variables[going].term {
            Term::One(value) if self.graph.as_bool(value) == Some(true) => test(self),
            Term::One(value) => {
                let no = Term::One(self.graph.bool(false));
                self.only_if(value, true, no, test)
            }
            _ => Term::Poison,
        };
        self.variables[going].term = term;
    }

    /// A loop of which nothing is known but its body: its errors are of interest all the same.
    fn not_run(&mut self, label: Option<String>, body: impl FnOnce(&mut Self)) {
        let before = self.snapshot();
        self.graph.open();
        self.enter_loop(label, true);
        body(self);
        self.leave_loop();
        self.graph.close(vec![]);
        self.poison_changed(&before);
    }

    /// A loop, which carries all that can change; whether there would be another turn after it.
    fn turns(&mut self, head: Head, body: impl FnOnce(&mut Self, Value)) -> Option<Value> {
        let Head { span, label, range, going } = head;
        let Range { start, end, mut walk, .. } = range;
        walk.until = going.is_some();
        let carried = self.carried();
        let before: Vec<_> = carried.iter().map(|&id| self.variables[id].term.clone()).collect();
        self.graph.open();
        let index = self.graph.parameter(self.graph.ty(start));
        self.graph.set_range(index, start, end, walk);
        let mut initial = vec![];
        if let Some(going) = going {
            self.graph.parameter(Type::Bool);
            initial.push(going);
        }
        for &id in &carried {
            self.carry(id, &mut initial);
        }
        self.enter_loop(label, walk.until);
        body(self, index);
        let again = self.leave_loop();
        let mut yields = vec![];
        if walk.until {
            yields.push(again.unwrap_or_else(|| self.graph.bool(true)));
        }
        let mut poisoned = vec![];
        for (&id, before) in carried.iter().zip(&before) {
            let Some(old) = flat(before) else { continue };
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
        self.at(span);
        let mut results = self.graph.repeat(walk, start, end, &initial, body).into_iter();
        let going = if walk.until { results.next() } else { None };
        for (id, before) in carried.into_iter().zip(before) {
            if flat(&before).is_some() {
                let term = refill(&before, &mut results);
                let name = self.variables[id].name;
                self.name(&term, name);
                self.variables[id].term = if poisoned.contains(&id) { Term::Poison } else { term };
            }
        }
        going
    }

    /// The variables that a loop can change, oldest first: those in sight, and what is kept of the
    /// loops around it that a jump out of it can end a turn of.
    fn carried(&self) -> Vec<VariableId> {
        let mut carried = self.scopes.visible();
        carried.extend(self.suspended.iter().flat_map(Scopes::visible));
        carried.extend(&self.kept);
        carried.retain(|&id| self.variables[id].mutable);
        let first = self.loops.iter().position(|around| around.label.is_some()).unwrap_or(self.loops.len());
        carried.extend(self.loops[first..].iter().flat_map(|around| [around.running, around.going]));
        carried.sort_unstable();
        carried.dedup();
        carried
    }

    /// A loop over the integers of a sequence.
    pub(super) fn turns_of(
        &mut self,
        span: Span,
        sequence: &Sequence,
        body: &mut dyn FnMut(&mut Self, Value),
    ) {
        let Sequence { start, end, walk, .. } = *sequence;
        let range = Range { start, end, walk, from: None, excess: None };
        self.turns(Head { span, label: None, range, going: None }, |this, index| body(this, index));
    }

    /// What is computed to see of what kind it is, and for nothing else.
    pub(super) fn aside(&mut self, look: impl FnOnce(&mut Self)) {
        let before: Vec<_> = self.variables.iter().map(|variable| variable.term.clone()).collect();
        let (writes, conditions) = (self.writes.len(), self.graph.conditions().len());
        self.graph.open();
        look(self);
        self.graph.close(vec![]);
        self.graph.forget_conditions(conditions);
        self.writes.truncate(writes);
        for (variable, term) in self.variables.iter_mut().zip(before) {
            variable.term = term;
        }
    }

    /// Gives a variable parameters of the body that is open, and notes what it held before.
    fn carry(&mut self, id: VariableId, initial: &mut Vec<Value>) {
        let term = self.variables[id].term.clone();
        let Some(values) = flat(&term) else { return };
        let mut parameters = vec![];
        for value in values {
            parameters.push(self.graph.parameter(self.graph.ty(value)));
            initial.push(value);
        }
        self.variables[id].term = refill(&term, &mut parameters.into_iter());
    }

    /// Starts a turn.
    fn enter_loop(&mut self, label: Option<String>, until: bool) {
        let (running, going) = (self.flag("running"), self.flag("going"));
        self.loops.push(Loop { label, running, going, until });
    }

    /// Ends a turn: whether there is another one.
    fn leave_loop(&mut self) -> Option<Value> {
        let innermost = self.loops.pop()?;
        let going = flat(&self.variables[innermost.going].term);
        for flag in [innermost.running, innermost.going] {
            self.variables[flag].term = Term::UNIT;
        }
        going?.first().copied()
    }

    /// A variable that the text does not have.
    fn flag(&mut self, name: &str) -> VariableId {
        let name = self.graph.intern_name(name);
        let term = Term::One(self.graph.bool(true));
        self.variables.push(Variable { term, mutable: true, access: Access::Owned, name });
        self.changing.push(self.variables.len() - 1);
        self.variables.len() - 1
    }

    /// Whether it is certain that the rest of the turn is run.
    pub(super) fn is_running(&self) -> bool {
        let running = self.loops.last().map(|innermost| &self.variables[innermost.running].term);
        match running {
            Some(Term::One(running)) => self.graph.as_bool(*running) == Some(true),
            _ => true,
        }
    }

    /// What is run only if the turn has not ended.
    pub(super) fn if_running(&mut self, run: impl FnOnce(&mut Self) -> Term) -> Term {
        let Some(flag) = self.loops.last().map(|innermost| innermost.running) else { return run(self) };
        let before = self.variables[flag].term.clone();
        let Term::One(running) = before else { return run(self) };
        self.only_if(running, true, Term::Never, |this| {
            this.variables[flag].term = Term::One(this.graph.bool(true));
            let term = run(this);
            if this.is_running() {
                this.variables[flag].term = before;
            }
            term
        })
    }

    /// `break`.
    pub(super) fn break_loop(&mut self, jump: &syn::ExprBreak) -> Term {
        if let Some(value) = &jump.expr {
            return self.fail(
                value,
                "a loop with a value is not understood: assign to a variable before the `break`",
            );
        }
        self.jump(jump, jump.label.as_ref(), true)
    }

    /// `break` or `continue`: the turn ends, of the loops inside of the one that is meant too.
    pub(super) fn jump(&mut self, at: impl ToTokens, label: Option<&Lifetime>, ends: bool) -> Term {
        let target = match label {
            None => self.loops.len().checked_sub(1),
            Some(label) => {
                let label = label.ident.to_string();
                self.loops.iter().rposition(|around| around.label.as_ref() == Some(&label))
            }
        };
        let Some(target) = target else {
            return self.fail(at, "there is no such loop around this");
        };
        let no = self.graph.bool(false);
        for (place, around) in self.loops.iter().enumerate().skip(target) {
            self.variables[around.running].term = Term::One(no);
            if ends || place > target {
                debug_assert!(around.until, "what ends a loop is found before its body is read");
                self.variables[around.going].term = Term::One(no);
            }
        }
        Term::Never
    }

    /// The term of an expression whose value is used.
    pub(super) fn yielded(&mut self, term: Term, at: &Expr) -> Term {
        match term {
            Term::Never => self.fail(
                at,
                "`break` and `continue` are understood as statements, and as the branch of an `if`",
            ),
            term => term,
        }
    }
}

fn label_text(label: Option<&Label>) -> Option<String> {
    label.map(|label| label.name.ident.to_string())
}

/// Whether something in a loop's body can end the loop: a `break`, or a jump out of a loop around it.
fn may_end(body: &Block, label: Option<&str>) -> bool {
    Exits { own: label, inner: vec![] }.block(body)
}

/// A search for what ends a loop.
struct Exits<'a> {
    own: Option<&'a str>,
    /// The labels of the loops inside of it around what is looked at.
    inner: Vec<Option<String>>,
}

impl Exits<'_> {
    fn block(&mut self, block: &Block) -> bool {
        block.stmts.iter().any(|statement| match statement {
            Stmt::Expr(expression, _) => self.expression(expression),
            Stmt::Local(local) => local.init.as_ref().is_some_and(|init| self.expression(&init.expr)),
            Stmt::Item(_) | Stmt::Macro(_) => false,
        })
    }

    fn expression(&mut self, expression: &Expr) -> bool {
        match expression {
            Expr::Break(jump) => self.ends(jump.label.as_ref(), true),
            Expr::Continue(jump) => self.ends(jump.label.as_ref(), false),
            Expr::Block(block) => self.block(&block.block),
            Expr::If(branch) => {
                self.expression(&branch.cond)
                    || self.block(&branch.then_branch)
                    || branch.else_branch.as_ref().is_some_and(|(_, otherwise)| self.expression(otherwise))
            }
            Expr::ForLoop(inner) => {
                self.expression(&inner.expr) || self.inside(inner.label.as_ref(), &inner.body)
            }
            Expr::While(inner) => {
                self.expression(&inner.cond) || self.inside(inner.label.as_ref(), &inner.body)
            }
            Expr::Loop(inner) => self.inside(inner.label.as_ref(), &inner.body),
            Expr::Lit(_) | Expr::Path(_) => false,
            // In other places a jump is no part of what is understood; taking one for an end where it
            // is none does no harm.
            other => has_jump(other.to_token_stream()),
        }
    }

    fn inside(&mut self, label: Option<&Label>, body: &Block) -> bool {
        self.inner.push(label_text(label));
        let found = self.block(body);
        self.inner.pop();
        found
    }

    fn ends(&self, label: Option<&Lifetime>, is_break: bool) -> bool {
        match label.map(|label| label.ident.to_string()) {
            None => is_break && self.inner.is_empty(),
            Some(label) if self.inner.contains(&Some(label.clone())) => false,
            Some(label) => is_break || self.own != Some(&label),
        }
    }
}

fn has_jump(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => has_jump(group.stream()),
        TokenTree::Ident(word) => word == "break" || word == "continue",
        _ => false,
    })
}
