//! What follows a part of the text that may leave what is around it. Where one branch certainly leaves, what
//! follows is run in the other one: `if c { return a; } rest` is `if c { a } else { rest }`. Where that is
//! not certain, what follows is run on condition.

use proc_macro2::{Ident, Span};
use syn::{BinOp, Block, Expr, ExprIf, Local, Stmt};

use super::body::{Lowering, Shape, shape_of};
use super::exits::{block_surely_leaves, is_panic, leaves, statement_leaves, surely_leaves, take_first};
use super::jumps::Kind;
use super::matches::has_let;
use super::names::Scopes;
use super::refusals::Refusal;
use super::terms::Term;
use crate::ir::Value;

/// What is done with the value of an expression.
pub(super) struct Then<'t, 'a> {
    pub(super) run: &'t mut dyn FnMut(&mut Lowering<'a>, Term) -> Term,
    /// Whether that can be done in several branches: it is nothing that would be in the code twice.
    pub(super) again: bool,
}

/// One of two branches.
pub(super) struct Arm<'t, 'a> {
    pub(super) run: &'t mut dyn FnMut(&mut Lowering<'a>, &mut Then<'_, 'a>) -> Term,
    /// Whether it certainly leaves what is around it.
    pub(super) leaves: bool,
    /// Whether it is nothing but that the function has no value.
    pub(super) refuses: Option<Refusal>,
}

impl<'a> Lowering<'a> {
    /// The value of an expression, and what is done with it.
    pub(super) fn flow(&mut self, expression: &Expr, shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        if !leaves(expression) {
            let term = self.expression(expression, shape);
            return (then.run)(self, term);
        }
        match expression {
            Expr::Paren(inner) => self.flow(&inner.expr, shape, then),
            Expr::Group(inner) => self.flow(&inner.expr, shape, then),
            Expr::Block(block) if block.label.is_none() => self.flow_block(&block.block, shape, then),
            Expr::Block(block) => {
                let term = self.labelled_block(block, shape);
                self.go_on(term, then)
            }
            Expr::If(branch) => self.flow_if(branch, shape, then),
            Expr::Match(choice) => self.flow_match(choice, shape, then),
            Expr::Return(end) => self.flow_return(end),
            Expr::Break(jump) => self.flow_break(jump),
            Expr::Try(question) => self.flow_try(question, then),
            Expr::Continue(jump) => match self.target(jump, jump.label.as_ref()) {
                Some(target) => self.jump(target, false),
                None => Term::Poison,
            },
            Expr::Macro(call) if is_panic(&call.mac) => self.panics(&call.mac),
            Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_) => {
                let term = self.expression(expression, shape);
                self.go_on(term, then)
            }
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
                let and = matches!(binary.op, BinOp::And(_));
                if leaves(&binary.left) {
                    return self.hoisted(expression, shape, then);
                }
                let term = self.short_circuit(binary, and);
                self.go_on(term, then)
            }
            _ => self.hoisted(expression, shape, then),
        }
    }

    /// An expression with no other thing done with its value.
    pub(super) fn flow_value(&mut self, expression: &Expr, shape: &Shape) -> Term {
        self.flow(expression, shape, &mut Then { run: &mut |_, term| term, again: true })
    }

    /// What follows, if nothing was left.
    pub(super) fn go_on(&mut self, term: Term, then: &mut Then<'_, 'a>) -> Term {
        match term {
            Term::Never => Term::Never,
            term if self.is_running() => (then.run)(self, term),
            term => self.if_running(|this| (then.run)(this, term)),
        }
    }

    /// An expression of which a part may leave what is around it: that part is run before.
    fn hoisted(&mut self, expression: &Expr, shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        let ident = Ident::new(&format!("__part_{}", self.variables.len()), Span::mixed_site());
        let instead = Expr::Path(syn::ExprPath { attrs: vec![], qself: None, path: ident.clone().into() });
        let mut rest = expression.clone();
        let Some((part, before)) = take_first(&mut rest, &instead) else {
            return self.fail(expression, "what leaves the function is not understood in this expression");
        };
        let is_later = !before.is_empty();
        // Where the function is left, what is run before would be lost.
        if let Some(assigning) = before.iter().find(|part| self.assigns(part)) {
            let message = "this assigns to a variable, and what follows in the expression may leave what is around \
                           it: make it a statement before";
            return self.fail(assigning, message);
        }
        let (writes, variables) = (self.writes.len(), self.variables.len());
        let outside = self.scopes.clone();
        let access = self.access_of(&part);
        self.flow(
            &part,
            &Shape::Single,
            &mut Then {
                again: then.again,
                run: &mut |this, term| {
                    if is_later && this.writes[writes..].iter().any(|&id| id < variables) {
                        let message = "this assigns to a variable and may leave the function, inside of an \
                                       expression: make it a statement before";
                        return this.fail(&part, message);
                    }
                    let term = this.yielded(term, &part);
                    this.scopes.enter();
                    this.declare(&ident, term, false, access);
                    let term = this.flow(
                        &rest,
                        shape,
                        &mut Then {
                            again: then.again,
                            run: &mut |this, term| this.in_scopes(&outside, |this| (then.run)(this, term)),
                        },
                    );
                    this.scopes.leave();
                    term
                },
            },
        )
    }

    /// Whether an expression assigns to a variable that is there before. What is read for that is forgotten.
    fn assigns(&mut self, expression: &Expr) -> bool {
        if let Expr::Path(_) = expression {
            return false;
        }
        let (writes, variables) = (self.writes.len(), self.variables.len());
        let items = self.items.len();
        let mut found = false;
        self.aside(|this| {
            this.expression(expression, &Shape::Single);
            found = this.writes[writes..].iter().any(|&id| id < variables);
        });
        self.items.truncate(items);
        found
    }

    /// What is run with other names in sight.
    pub(super) fn in_scopes<R>(&mut self, scopes: &Scopes, run: impl FnOnce(&mut Self) -> R) -> R {
        let inner = std::mem::replace(&mut self.scopes, scopes.clone());
        let result = run(self);
        self.scopes = inner;
        result
    }

    /// A block, in a scope of its own.
    pub(super) fn flow_block(&mut self, block: &Block, shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        let own = self.with_own_items(block);
        let block = own.as_ref().unwrap_or(block);
        let outside = self.scopes.clone();
        self.scopes.enter();
        self.declare_structs(block);
        self.declare_functions(block);
        self.declare_constants(block);
        let term = self.flow_statements(
            &block.stmts,
            shape,
            &mut Then {
                again: then.again,
                run: &mut |this, term| this.in_scopes(&outside, |this| (then.run)(this, term)),
            },
        );
        self.scopes.leave();
        term
    }

    fn flow_statements(&mut self, statements: &[Stmt], shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        for (place, statement) in statements.iter().enumerate() {
            let rest = &statements[place + 1..];
            match statement {
                Stmt::Expr(value, None) if rest.is_empty() => return self.flow(value, shape, then),
                Stmt::Expr(value, _) if leaves(value) => {
                    let again = then.again && rest.is_empty();
                    let run = &mut |this: &mut Self, _| this.flow_statements(rest, shape, then);
                    return self.flow(value, &Shape::Single, &mut Then { run, again });
                }
                Stmt::Local(local) if statement_leaves(statement) => {
                    return self.flow_local(local, rest, shape, then);
                }
                Stmt::Macro(call) if is_panic(&call.mac) => return self.panics(&call.mac),
                statement => {
                    self.statement(statement);
                }
            }
        }
        (then.run)(self, Term::UNIT)
    }

    /// `let … = …;` and what follows it, in its scope.
    fn flow_local(&mut self, local: &Local, rest: &[Stmt], shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        let Some(init) = &local.init else { return Term::Poison };
        let access = self.access_of(&init.expr);
        let again = then.again && rest.is_empty();
        let mut run = |this: &mut Self, term: Term| {
            let term = this.yielded(term, &init.expr);
            let term = this.ready_for_next(term, &local.pat, &init.expr);
            match &init.diverge {
                None => {
                    this.bind(&local.pat, term, access);
                    this.flow_statements(rest, shape, then)
                }
                Some((_, otherwise)) => {
                    let test = this.test(&local.pat, &term);
                    let mut found = |this: &mut Self, then: &mut Then<'_, 'a>| {
                        this.bind(&local.pat, term.clone(), access);
                        this.flow_statements(rest, shape, then)
                    };
                    let mut missing =
                        |this: &mut Self, then: &mut Then<'_, 'a>| this.flow(otherwise, &Shape::Single, then);
                    let refuses = this.refuses(otherwise);
                    let yes = Arm { run: &mut found, leaves: false, refuses: None };
                    let no = Arm { run: &mut missing, leaves: true, refuses };
                    this.choose(test, yes, no, then, local.let_token.span)
                }
            }
        };
        self.flow(&init.expr, &shape_of(&local.pat), &mut Then { run: &mut run, again })
    }

    fn flow_return(&mut self, end: &syn::ExprReturn) -> Term {
        let Some(target) = self.frame() else {
            return self.fail(end, "there is no function around this that could be left");
        };
        match &end.expr {
            None => self.leave(target, Term::UNIT),
            Some(value) => {
                let shape = self.around[target].expected.shape.clone();
                self.flow(
                    value,
                    &shape,
                    &mut Then { again: true, run: &mut |this, term| this.leave(target, term) },
                )
            }
        }
    }

    fn flow_break(&mut self, jump: &syn::ExprBreak) -> Term {
        let Some(mut target) = self.target(jump, jump.label.as_ref()) else { return Term::Poison };
        // The value of a `loop` is that of a block around it.
        if matches!(self.around[target].kind, Kind::Loop { .. })
            && target > 0
            && self.around[target - 1].kind == Kind::Value
        {
            target -= 1;
        }
        let shape = self.around[target].expected.shape.clone();
        match &jump.expr {
            None => self.leave(target, Term::UNIT),
            Some(value) => self.flow(
                value,
                &shape,
                &mut Then { again: true, run: &mut |this, term| this.leave(target, term) },
            ),
        }
    }

    /// `if`, with or without `let` in its condition.
    pub(super) fn flow_if(&mut self, branch: &ExprIf, shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        if !has_let(&branch.cond) && leaves(&branch.cond) {
            let again = then.again;
            let mut run = |this: &mut Self, term: Term| {
                let condition = this.as_condition(term, &branch.cond);
                let outside = this.scopes.clone();
                this.branches(condition, branch, &outside, shape, then)
            };
            return self.flow(&branch.cond, &Shape::Single, &mut Then { run: &mut run, again });
        }
        let outside = self.scopes.clone();
        self.scopes.enter();
        let condition = self.condition_with_lets(&branch.cond);
        let term = self.branches(condition, branch, &outside, shape, then);
        self.scopes.leave();
        term
    }

    fn branches(
        &mut self,
        condition: Option<Value>,
        branch: &ExprIf,
        outside: &Scopes,
        shape: &Shape,
        then: &mut Then<'_, 'a>,
    ) -> Term {
        let mut yes = |this: &mut Self, then: &mut Then<'_, 'a>| {
            let mut run = |this: &mut Self, term| this.in_scopes(outside, |this| (then.run)(this, term));
            this.flow_block(&branch.then_branch, shape, &mut Then { again: then.again, run: &mut run })
        };
        let otherwise = branch.else_branch.as_ref().map(|(_, otherwise)| &**otherwise);
        let mut no = |this: &mut Self, then: &mut Then<'_, 'a>| {
            this.in_scopes(outside, |this| match otherwise {
                Some(otherwise) => this.flow(otherwise, shape, then),
                None => (then.run)(this, Term::UNIT),
            })
        };
        let yes = Arm {
            run: &mut yes,
            leaves: block_surely_leaves(&branch.then_branch),
            refuses: self.block_refuses(&branch.then_branch),
        };
        let no = Arm {
            run: &mut no,
            leaves: otherwise.is_some_and(surely_leaves),
            refuses: otherwise.and_then(|otherwise| self.refuses(otherwise)),
        };
        self.choose(condition, yes, no, then, branch.if_token.span)
    }
}
