//! `return`, `break` and `continue`. What can be left — a loop, a labelled block, the body of a function — has a
//! truth value that says whether what follows is run, and a variable for the value that it is left with.
//! Where the text shows that a branch leaves, `flow` puts what follows into the other branch, and the truth
//! value is a literal.

use quote::ToTokens;
use syn::{Expr, Lifetime, Type};

use super::body::{Access, Lowering, Shape, Variable, VariableId};
use super::terms::Term;
use crate::ir::{Int, Type as IrType, Value};

/// What can be left by a jump.
pub(super) struct Around {
    pub(super) label: Option<String>,
    pub(super) kind: Kind,
    /// Holds whether what follows in it is run, …
    pub(super) running: VariableId,
    /// … and the value that it was left with.
    pub(super) result: VariableId,
    /// What the text says of that value.
    pub(super) expected: Expected,
}

/// What is known of a value before it is there.
#[derive(Clone)]
pub(super) struct Expected {
    pub(super) shape: Shape,
    pub(super) ty: Option<Type>,
}

impl Expected {
    pub(super) const NOTHING: Self = Self { shape: Shape::Single, ty: None };
}

/// What it is that can be left.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A loop: the variable that holds whether there is another turn, and whether the loop looks at that.
    Loop { going: VariableId, until: bool },
    /// A block with a label.
    Block,
    /// A `loop`, with its value.
    Value,
    /// The body of a function or closure.
    Frame,
}

impl Around {
    /// Its variables that are true where something is run in it.
    pub(super) fn flags(&self) -> impl Iterator<Item = VariableId> + use<> {
        let going = match self.kind {
            Kind::Loop { going, .. } => Some(going),
            Kind::Block | Kind::Value | Kind::Frame => None,
        };
        std::iter::once(self.running).chain(going)
    }
}

impl Lowering<'_> {
    /// A variable that the text does not have, of something that can be left.
    fn unnamed(&mut self, name: &str, term: Term) -> VariableId {
        let name = self.graph.intern_name(name);
        self.variables.push(Variable { term, mutable: true, access: Access::Owned, name });
        self.changing.push(self.variables.len() - 1);
        self.variables.len() - 1
    }

    fn flag(&mut self, name: &str) -> VariableId {
        let yes = Term::One(self.graph.bool(true));
        self.unnamed(name, yes)
    }

    /// Starts a turn.
    pub(super) fn enter_loop(&mut self, label: Option<String>, until: bool) {
        let going = self.flag("going");
        self.enter(label, Kind::Loop { going, until }, Expected::NOTHING);
    }

    /// Ends a turn: whether there is another one.
    pub(super) fn leave_loop(&mut self) -> Option<Value> {
        let innermost = self.around.pop()?;
        let Kind::Loop { going, .. } = innermost.kind else { return None };
        let Term::One(again) = self.variables[going].term else { return None };
        for flag in innermost.flags() {
            self.variables[flag].term = Term::UNIT;
        }
        Some(again)
    }

    /// Starts what can be left.
    pub(super) fn enter(&mut self, label: Option<String>, kind: Kind, expected: Expected) {
        let running = self.flag("running");
        let result = self.unnamed("result", Term::Unset);
        self.around.push(Around { label, kind, running, result, expected });
    }

    /// Ends a block or a body: the value that it was left with.
    pub(super) fn left(&mut self) -> Term {
        let Some(innermost) = self.around.pop() else { return Term::Poison };
        self.variables[innermost.running].term = Term::UNIT;
        std::mem::replace(&mut self.variables[innermost.result].term, Term::UNIT)
    }

    /// Whether it is certain that what follows is run.
    pub(super) fn is_running(&self) -> bool {
        let running = self.around.last().map(|innermost| &self.variables[innermost.running].term);
        match running {
            Some(Term::One(running)) => self.graph.as_bool(*running) == Some(true),
            _ => true,
        }
    }

    /// What is run only if nothing was left. There all that is around it goes on.
    pub(super) fn if_running(&mut self, run: impl FnOnce(&mut Self) -> Term) -> Term {
        let Some(flag) = self.around.last().map(|innermost| innermost.running) else { return run(self) };
        let Term::One(running) = self.variables[flag].term.clone() else { return run(self) };
        let flags = self.flags_around();
        let before: Vec<_> = flags.iter().map(|&flag| self.variables[flag].term.clone()).collect();
        self.only_if(running, true, Term::Never, |this| {
            let yes = this.graph.bool(true);
            for &flag in &flags {
                this.variables[flag].term = Term::One(yes);
            }
            let term = run(this);
            for (&flag, before) in flags.iter().zip(before) {
                if matches!(this.variables[flag].term, Term::One(value) if value == yes) {
                    this.variables[flag].term = before;
                }
            }
            term
        })
    }

    /// The truth values of what a jump can leave.
    pub(super) fn flags_around(&self) -> Vec<VariableId> {
        let first = self.around.iter().rposition(|around| around.kind == Kind::Frame).unwrap_or(0);
        self.around[first..].iter().flat_map(Around::flags).collect()
    }

    /// What a `break` or `continue` means.
    pub(super) fn target(&mut self, at: impl ToTokens, label: Option<&Lifetime>) -> Option<usize> {
        let target = match label {
            None => self.around.iter().rposition(|around| matches!(around.kind, Kind::Loop { .. })),
            Some(label) => {
                let label = label.ident.to_string();
                self.around.iter().rposition(|around| around.label.as_ref() == Some(&label))
            }
        };
        if target.is_none() {
            self.fail(at, "there is no such loop around this");
        }
        target
    }

    /// Leaves what is around this up to a target, which `ends`, or goes on with another turn.
    pub(super) fn jump(&mut self, target: usize, ends: bool) -> Term {
        let no = Term::One(self.graph.bool(false));
        for place in target..self.around.len() {
            let Around { kind, running, .. } = self.around[place];
            self.variables[running].term = no.clone();
            if let Kind::Loop { going, until } = kind
                && (ends || place > target)
            {
                debug_assert!(until, "what ends a loop is found before its body is read");
                self.variables[going].term = no.clone();
            }
        }
        Term::Never
    }

    /// Leaves a target with a value.
    pub(super) fn leave(&mut self, target: usize, term: Term) -> Term {
        if self.around[target].kind == Kind::Frame
            && self.is_in_own_frame()
            && self.wrapper.is_some()
            && let Term::Maybe(maybe) = &term
            && self.graph.as_bool(maybe.holds) == Some(false)
        {
            let code = match maybe.other {
                Term::One(code) => code,
                _ => self.graph.int(1, IrType::Int(Int::Usize)),
            };
            self.graph.demand(maybe.holds, code);
            return Term::Never;
        }
        if let Some(output) = self.around[target].expected.ty.clone() {
            self.annotate(&term, &output);
        }
        let result = self.around[target].result;
        self.variables[result].term = term;
        self.jump(target, true)
    }

    /// The body that a `return` leaves.
    pub(super) fn frame(&self) -> Option<usize> {
        self.around.iter().rposition(|around| around.kind == Kind::Frame)
    }

    /// Whether a `return` leaves the function itself.
    pub(super) fn is_in_own_frame(&self) -> bool {
        self.suspended.is_empty()
    }

    /// `'a: { }`.
    pub(super) fn labelled_block(&mut self, block: &syn::ExprBlock, shape: &Shape) -> Term {
        let label = block.label.as_ref().map(super::exits::label_text);
        self.enter(label, Kind::Block, Expected { shape: shape.clone(), ty: None });
        let target = self.around.len() - 1;
        self.flow_block(
            &block.block,
            shape,
            &mut super::flow::Then { again: true, run: &mut |this, term| this.leave(target, term) },
        );
        self.left()
    }

    /// The term of an expression whose value is used.
    pub(super) fn yielded(&mut self, term: Term, at: &Expr) -> Term {
        match term {
            Term::Never => self.fail(
                at,
                "what leaves the loop or the function is understood as a statement, as the branch of an `if` or \
                 `match`, and in the value of a `let`",
            ),
            Term::Unset => self.fail(
                at,
                "this has no value that is known here: give the variable one at its `let`, with a type",
            ),
            term => term,
        }
    }
}
