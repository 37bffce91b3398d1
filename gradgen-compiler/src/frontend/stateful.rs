//! Stages of a sequence that remember something from one item to the next: `scan`, `map_while`, and `take` and `skip`
//! where items are left out. What they remember is in variables that the text does not have, made when the sequence
//! is gone through.

use std::rc::Rc;

use syn::{Expr, Stmt};

use super::body::{Access, Lowering, VariableId};
use super::closures::Closure;
use super::consumers::Each;
use super::exits::leaves;
use super::options::variant;
use super::places::Place;
use super::sequences::{Form, Item, Sequence, Stage};
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Value};

/// `scan` or `map_while` before it starts.
pub(super) struct Scan {
    closure: Rc<Closure>,
    /// What a scan starts from.
    first: Option<Term>,
    /// Whether the text of the closure shows that it yields something for each item.
    pub(super) total: bool,
}

/// The same while a sequence is gone through.
#[derive(Clone)]
pub(super) struct Scanning {
    closure: Rc<Closure>,
    state: Option<VariableId>,
    /// Holds whether the closure has yielded nothing, if it can.
    ended: Option<VariableId>,
}

/// So many items of those that are left, or those after them.
#[derive(Clone, Copy)]
pub(super) struct Limit {
    pub(super) count: Value,
    pub(super) takes: bool,
    /// Counts them, once the sequence is gone through.
    met: Option<VariableId>,
}

impl Limit {
    pub(super) const fn new(count: Value, takes: bool) -> Self {
        Self { count, takes, met: None }
    }
}

/// Whether a closure's text ends in `Some(…)` and leaves it nowhere else.
fn is_total(closure: &Expr) -> bool {
    let Expr::Closure(closure) = bare_expression(closure) else { return false };
    let value = match &*closure.body {
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(value, None)) => value,
            _ => return false,
        },
        other => other,
    };
    variant(value, "Some").is_some() && !leaves(&closure.body)
}

impl<'d> Lowering<'d> {
    /// `scan(first, |state, item| …)`.
    pub(super) fn scan(&mut self, sequence: &Sequence, first: &Expr, closure: &Expr) -> Option<Sequence> {
        let term = self.expression(first, &super::body::Shape::Single);
        let term = self.yielded(term, first);
        if let Term::Poison = term {
            return None;
        }
        let total = is_total(closure);
        let closure = self.callable(closure)?;
        Some(sequence.with_stage(Stage::Scan(Rc::new(Scan { closure, first: Some(term), total }))))
    }

    /// `map_while(|item| …)`.
    pub(super) fn map_while(&mut self, sequence: &Sequence, closure: &Expr) -> Option<Sequence> {
        let closure = self.callable(closure)?;
        let sequence = super::iterators::cut_short(sequence);
        Some(sequence.with_stage(Stage::Scan(Rc::new(Scan { closure, first: None, total: false }))))
    }

    /// A stage that starts to remember.
    pub(super) fn started_stage(&mut self, stage: &Stage) -> Option<Stage> {
        Some(match stage {
            Stage::Scan(scan) => {
                let state = scan.first.clone().map(|first| self.hidden("state", first));
                let no = self.graph.bool(false);
                let ended = (!scan.total).then(|| self.hidden("ended", Term::One(no)));
                Stage::Scanning(Scanning { closure: scan.closure.clone(), state, ended })
            }
            Stage::Limit(limit) if limit.met.is_none() => {
                let zero = self.graph.usize(0);
                Stage::Limit(Limit { met: Some(self.hidden("met", Term::One(zero))), ..*limit })
            }
            _ => return None,
        })
    }

    /// What a scan yields for an item.
    pub(super) fn pass_scanned(
        &mut self,
        sequence: &Sequence,
        place: usize,
        scanning: &Scanning,
        (item, index): (Item, Value),
        body: Each<'_, 'd>,
    ) {
        let fixed = place < sequence.rearranged;
        let Some(ended) = scanning.ended else {
            let Some((_, value)) = self.scanned(fixed, scanning, item) else { return };
            return self.pass(sequence, place + 1, (value, Form::VALUE), index, body);
        };
        let Term::One(before) = self.variables[ended].term else { return };
        let yes = Term::One(self.graph.bool(true));
        let result = self.only_if(before, false, Term::Tuple(vec![yes, Term::Unset]), |this| {
            match this.scanned(fixed, scanning, item) {
                Some((holds, value)) => Term::Tuple(vec![Term::One(this.graph.not(holds)), value]),
                None => Term::Poison,
            }
        });
        let Term::Tuple(result) = result else { return };
        let [now, value] = &result[..] else { return };
        self.writes.push(ended);
        self.variables[ended].term = now.clone();
        let Term::One(now) = *now else { return };
        if value.is_unset() {
            return;
        }
        let value = value.clone();
        self.only_if(now, false, Term::UNIT, |this| {
            this.pass(sequence, place + 1, (value, Form::VALUE), index, body);
            Term::UNIT
        });
    }

    /// Whether the closure of a scan yields something, and what.
    fn scanned(&mut self, fixed: bool, scanning: &Scanning, item: Item) -> Option<(Value, Term)> {
        let Scanning { closure, state, .. } = scanning;
        let (writes, variables) = (self.writes.len(), self.variables.len());
        let state_item = state.map(|state| (Term::Reference(Place::of(state)), Form::One(Access::Owned)));
        let args = state_item.into_iter().chain([item]).collect();
        let term = self.apply(closure, args, proc_macro2::TokenStream::new());
        // What it remembers is its own.
        let changes = self.writes[writes..].iter().any(|&id| id < variables && Some(id) != *state);
        if changes && fixed {
            self.refuse_rearranged(closure);
        }
        match term {
            Term::Maybe(maybe) => Some((maybe.holds, maybe.value)),
            Term::Poison => None,
            _ => {
                let span = self.span();
                self.fail_at(span, "this takes a closure that yields an option");
                None
            }
        }
    }

    /// An item, if it is among the first ones, or is not.
    pub(super) fn pass_limited(
        &mut self,
        sequence: &Sequence,
        place: usize,
        limit: Limit,
        (item, index): (Item, Value),
        body: Each<'_, 'd>,
    ) {
        let Some(met) = limit.met else { return };
        let Term::One(before) = self.variables[met].term else { return };
        let is_first = self.graph.compare(Comparison::Lt, before, limit.count);
        let one = self.graph.usize(1);
        let more = self.graph.add(before, one);
        self.writes.push(met);
        self.variables[met].term = Term::One(self.graph.select(is_first, more, before));
        self.only_if(is_first, limit.takes, Term::UNIT, |this| {
            this.pass(sequence, place + 1, item, index, body);
            Term::UNIT
        });
    }
}
