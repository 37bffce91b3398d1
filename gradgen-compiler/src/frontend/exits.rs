//! What in the text may leave what is around it: `return`, `?`, jumps out of loops and blocks, and what
//! panics.

use syn::{Block, Expr, Label, Lifetime, Stmt};

/// Whether a part of an expression leaves what is around the expression.
pub(super) fn leaves(expression: &Expr) -> bool {
    Search::default().expression(expression)
}

/// Whether a part of a block leaves what is around the block.
pub(super) fn block_leaves(block: &Block) -> bool {
    Search::default().block(block)
}

/// Whether a part of a statement leaves what is around it.
pub(super) fn statement_leaves(statement: &Stmt) -> bool {
    Search::default().statement(statement)
}

/// Whether a part of a loop's body ends the loop or its turn.
pub(super) fn jumps(body: &Block) -> bool {
    Search { panics: false, ..Search::default() }.block(body)
}

/// Whether a part of a loop's body may end the loop: a `break`, or what leaves more than the loop.
/// What the function itself does where it has no value is none.
pub(super) fn may_end(body: &Block, label: Option<&Label>, missing: Option<fn(&Expr) -> bool>) -> bool {
    let own = label.map(label_text);
    Search { own, in_body: true, panics: false, missing, ..Search::default() }.block(body)
}

/// Whether an expression is nothing but the `break` of the loop around it, which has this label.
pub(super) fn is_own_break(expression: &Expr, label: Option<&Label>) -> bool {
    match expression {
        Expr::Break(jump) => {
            let own = |named: &Lifetime| label.is_some_and(|label| named.ident == label_text(label));
            jump.expr.is_none() && jump.label.as_ref().is_none_or(own)
        }
        Expr::Block(block) if block.label.is_none() => match &block.block.stmts[..] {
            [Stmt::Expr(only, _)] => is_own_break(only, label),
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression has no value, however it is run.
pub(super) fn surely_leaves(expression: &Expr) -> bool {
    match expression {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Macro(call) => is_panic(&call.mac),
        Expr::Paren(inner) => surely_leaves(&inner.expr),
        Expr::Group(inner) => surely_leaves(&inner.expr),
        Expr::Block(block) => block.label.is_none() && block_surely_leaves(&block.block),
        Expr::If(branch) => {
            let otherwise = branch.else_branch.as_ref();
            block_surely_leaves(&branch.then_branch)
                && otherwise.is_some_and(|(_, otherwise)| surely_leaves(otherwise))
        }
        Expr::Match(choice) => {
            !choice.arms.is_empty() && choice.arms.iter().all(|arm| surely_leaves(&arm.body))
        }
        _ => false,
    }
}

/// Whether a block has no value, however it is run.
pub(super) fn block_surely_leaves(block: &Block) -> bool {
    block.stmts.iter().any(|statement| match statement {
        Stmt::Expr(expression, _) => surely_leaves(expression),
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| surely_leaves(&init.expr)),
        Stmt::Macro(call) => is_panic(&call.mac),
        Stmt::Item(_) => false,
    })
}

/// Whether a macro is one after which nothing is run.
pub(super) fn is_panic(call: &syn::Macro) -> bool {
    call.path.segments.last().is_some_and(|name| {
        ["panic", "unreachable", "todo", "unimplemented"].iter().any(|known| name.ident == known)
    })
}

/// The text of a label.
pub(super) fn label_text(label: &Label) -> String {
    label.name.ident.to_string()
}

/// Takes the first of the parts of an expression that leave what is around it, in the order in which they are
/// run, and puts another expression there. And the parts that are run before it.
pub(super) fn take_first(expression: &mut Expr, instead: &Expr) -> Option<(Expr, Vec<Expr>)> {
    let mut found = None;
    let mut before = vec![];
    each_part(expression, &mut |part| {
        if found.is_some() {
            return;
        }
        if !leaves(part) {
            if !matches!(part, Expr::Lit(_)) {
                before.push(part.clone());
            }
            return;
        }
        if has_parts(part) {
            found = take_first(part, instead).map(|(part, earlier)| (part, [&before[..], &earlier].concat()));
        }
        if found.is_none() {
            found = Some((std::mem::replace(part, instead.clone()), before.clone()));
        }
    });
    found
}

/// Whether an expression's parts are all run, one after the other.
fn has_parts(expression: &Expr) -> bool {
    match expression {
        Expr::Binary(binary) => !matches!(binary.op, syn::BinOp::And(_) | syn::BinOp::Or(_)),
        Expr::Array(_)
        | Expr::Assign(_)
        | Expr::Call(_)
        | Expr::Cast(_)
        | Expr::Field(_)
        | Expr::Group(_)
        | Expr::Index(_)
        | Expr::MethodCall(_)
        | Expr::Paren(_)
        | Expr::Range(_)
        | Expr::Reference(_)
        | Expr::Repeat(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Unary(_) => true,
        _ => false,
    }
}

/// The parts of an expression that are all run.
fn parts(expression: &Expr) -> Vec<&Expr> {
    match expression {
        Expr::Array(array) => array.elems.iter().collect(),
        Expr::Assign(assign) => vec![&assign.right, &assign.left],
        Expr::Binary(binary) => vec![&binary.left, &binary.right],
        Expr::Call(call) => std::iter::once(&*call.func).chain(&call.args).collect(),
        Expr::Cast(cast) => vec![&cast.expr],
        Expr::Field(field) => vec![&field.base],
        Expr::Group(group) => vec![&group.expr],
        Expr::Index(index) => vec![&index.expr, &index.index],
        Expr::MethodCall(call) => std::iter::once(&*call.receiver).chain(&call.args).collect(),
        Expr::Paren(paren) => vec![&paren.expr],
        Expr::Range(range) => range.start.iter().chain(&range.end).map(|end| &**end).collect(),
        Expr::Reference(reference) => vec![&reference.expr],
        Expr::Repeat(repeat) => vec![&repeat.expr],
        Expr::Struct(item) => item.fields.iter().map(|field| &field.expr).collect(),
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        Expr::Unary(unary) => vec![&unary.expr],
        _ => vec![],
    }
}

/// The same, in the order in which they are run.
fn each_part(expression: &mut Expr, see: &mut dyn FnMut(&mut Expr)) {
    match expression {
        Expr::Array(array) => array.elems.iter_mut().for_each(see),
        Expr::Assign(assign) => {
            see(&mut assign.right);
            see(&mut assign.left);
        }
        Expr::Binary(binary) => {
            // Compound assignments here are of numbers: their right side is first.
            let (left, right) = (&mut binary.left, &mut binary.right);
            let (first, second) = if is_compound(&binary.op) { (right, left) } else { (left, right) };
            see(first);
            see(second);
        }
        Expr::Call(call) => {
            see(&mut call.func);
            call.args.iter_mut().for_each(see);
        }
        Expr::Cast(cast) => see(&mut cast.expr),
        Expr::Field(field) => see(&mut field.base),
        Expr::Group(group) => see(&mut group.expr),
        Expr::Index(index) => {
            see(&mut index.expr);
            see(&mut index.index);
        }
        Expr::MethodCall(call) => {
            see(&mut call.receiver);
            call.args.iter_mut().for_each(see);
        }
        Expr::Paren(paren) => see(&mut paren.expr),
        Expr::Range(range) => {
            range.start.iter_mut().for_each(|start| see(start));
            range.end.iter_mut().for_each(|end| see(end));
        }
        Expr::Reference(reference) => see(&mut reference.expr),
        Expr::Repeat(repeat) => see(&mut repeat.expr),
        Expr::Struct(item) => item.fields.iter_mut().for_each(|field| see(&mut field.expr)),
        Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(see),
        Expr::Unary(unary) => see(&mut unary.expr),
        _ => {}
    }
}

fn is_compound(op: &syn::BinOp) -> bool {
    use syn::BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | BitXorAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// A search for what leaves the text that is searched.
struct Search {
    /// The labels inside of it around what is looked at, of loops and blocks.
    labels: Vec<String>,
    /// How many loops inside of it are around what is looked at.
    loops: usize,
    /// Whether what is searched is the body of a loop, where `continue` does not leave the loop, …
    in_body: bool,
    /// … and its label.
    own: Option<String>,
    /// Whether a panic is looked for too.
    panics: bool,
    /// Whether a value that is returned is none of the function's own, where `?` leaves the function without a
    /// value.
    missing: Option<fn(&Expr) -> bool>,
}

impl Default for Search {
    fn default() -> Self {
        Self { labels: vec![], loops: 0, in_body: false, own: None, panics: true, missing: None }
    }
}

impl Search {
    fn block(&mut self, block: &Block) -> bool {
        block.stmts.iter().any(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Stmt) -> bool {
        match statement {
            Stmt::Expr(expression, _) => self.expression(expression),
            Stmt::Local(local) => local.init.as_ref().is_some_and(|init| {
                let otherwise = init.diverge.as_ref();
                self.expression(&init.expr)
                    || otherwise.is_some_and(|(_, otherwise)| self.expression(otherwise))
            }),
            Stmt::Macro(call) => self.panics && is_panic(&call.mac),
            Stmt::Item(_) => false,
        }
    }

    fn expression(&mut self, expression: &Expr) -> bool {
        match expression {
            Expr::Return(end) => match (self.missing, &end.expr) {
                (Some(missing), Some(value)) => !missing(value),
                _ => true,
            },
            Expr::Try(question) => self.missing.is_none() || self.expression(&question.expr),
            Expr::Macro(call) => self.panics && is_panic(&call.mac),
            Expr::Break(jump) => {
                self.jumps(jump.label.as_ref(), true)
                    || jump.expr.as_ref().is_some_and(|value| self.expression(value))
            }
            Expr::Continue(jump) => self.jumps(jump.label.as_ref(), false),
            Expr::Block(block) => self.labelled(block.label.as_ref(), |this| this.block(&block.block)),
            Expr::If(branch) => {
                self.expression(&branch.cond)
                    || self.block(&branch.then_branch)
                    || branch.else_branch.as_ref().is_some_and(|(_, otherwise)| self.expression(otherwise))
            }
            Expr::Match(choice) => {
                self.expression(&choice.expr)
                    || choice.arms.iter().any(|arm| self.expression(&arm.body) || self.guard(&arm.pat))
            }
            Expr::Let(test) => self.expression(&test.expr),
            Expr::ForLoop(inner) => {
                self.expression(&inner.expr) || self.inside(inner.label.as_ref(), &inner.body)
            }
            Expr::While(inner) => {
                self.expression(&inner.cond) || self.inside(inner.label.as_ref(), &inner.body)
            }
            Expr::Loop(inner) => self.inside(inner.label.as_ref(), &inner.body),
            Expr::Closure(_) | Expr::Lit(_) | Expr::Path(_) => false,
            other => parts(other).into_iter().any(|part| self.expression(part)),
        }
    }

    fn guard(&mut self, pattern: &syn::Pat) -> bool {
        match pattern {
            syn::Pat::Guard(guard) => self.expression(&guard.guard),
            _ => false,
        }
    }

    fn inside(&mut self, label: Option<&Label>, body: &Block) -> bool {
        self.loops += 1;
        let found = self.labelled(label, |this| this.block(body));
        self.loops -= 1;
        found
    }

    fn labelled(&mut self, label: Option<&Label>, search: impl FnOnce(&mut Self) -> bool) -> bool {
        self.labels.extend(label.map(label_text));
        let found = search(self);
        if label.is_some() {
            self.labels.pop();
        }
        found
    }

    fn jumps(&self, label: Option<&Lifetime>, is_break: bool) -> bool {
        match label.map(|label| label.ident.to_string()) {
            None if self.loops > 0 => false,
            None => is_break || !self.in_body,
            Some(label) if self.labels.contains(&label) => false,
            Some(label) => is_break || !self.in_body || self.own != Some(label),
        }
    }
}
