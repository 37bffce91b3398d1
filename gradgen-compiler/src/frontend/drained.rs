//! Iterators in variables that are used up where they stand: `while let Some(x) = it.next() { }` and
//! `for x in it.by_ref() { }` are loops over what is left of them, so that their turns are counted. Afterwards the
//! variable has what is left then.

use std::rc::Rc;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, Expr, ExprForLoop, ExprLoop, ExprWhile, Ident, Pat, Stmt, Token};

use super::body::{Lowering, VariableId};
use super::counters::mentions;
use super::exits::{is_own_break, may_end};
use super::names::plain;
use super::sequences::Sequence;
use super::signature::{bare, bare_expression};
use super::terms::Term;
use crate::ir::Value;

/// The methods whose result is an iterator that can be asked for its next item, when it is in a variable.
const ITERATORS: [&str; 19] = [
    "iter",
    "iter_mut",
    "into_iter",
    "copied",
    "cloned",
    "enumerate",
    "rev",
    "map",
    "zip",
    "skip",
    "take",
    "step_by",
    "windows",
    "chunks",
    "chunks_exact",
    "chunks_mut",
    "chunks_exact_mut",
    "cycle",
    "peekable",
];

/// What a loop keeps of an iterator that it uses up.
#[derive(Clone, Copy)]
pub(super) struct Rest {
    /// The variable that has it, where the body looks at that.
    iterator: Option<VariableId>,
    /// Counts its items, where the loop may end before they do.
    counter: Option<VariableId>,
}

impl Lowering<'_> {
    /// What a variable holds that can change, in the form that it has after its first items were taken, or after
    /// another part of an array was assigned to it: so it has one form in all turns of a loop.
    pub(super) fn ready_for_next(&mut self, term: Term, pattern: &Pat, value: &Expr) -> Term {
        if let (Pat::Type(typed), Term::One(array)) = (pattern, &term)
            && let (Pat::Ident(name), syn::Type::Reference(reference)) = (&*typed.pat, bare(&typed.ty))
            && let (true, syn::Type::Slice(_)) = (name.mutability.is_some(), bare(&reference.elem))
        {
            return self.as_part(*array);
        }
        let is_iterator = match bare_expression(value) {
            Expr::MethodCall(call) => ITERATORS.iter().any(|known| call.method == known),
            Expr::Range(_) => true,
            _ => false,
        };
        match (term, pattern) {
            (Term::Sequence(sequence), Pat::Ident(name))
                if is_iterator && name.mutability.is_some() && !sequence.is_filtered() =>
            {
                let sequence = self.advancing((*sequence).clone());
                Term::Sequence(Rc::new(Sequence { ordered: false, ..sequence }))
            }
            (term, _) => term,
        }
    }

    /// `while let Some(x) = it.next() { }`, where nothing in the body looks at the iterator. Nothing for others.
    pub(super) fn drained_by_while(&mut self, repeat: &ExprWhile) -> Option<Term> {
        let Expr::Let(test) = bare_expression(&repeat.cond) else { return None };
        let (name, item) = (taken_from(&test.expr)?, inside_some(&test.pat)?);
        self.drained(name, &as_for(repeat, item, name, &repeat.body.stmts))
    }

    /// The same as a `loop`, which ends where there is no item: `let Some(x) = it.next() else { break };` first,
    /// or nothing but a `match`.
    pub(super) fn drained_by_loop(&mut self, repeat: &ExprLoop) -> Option<Term> {
        let label = repeat.label.as_ref();
        let (name, item, body) = match repeat.body.stmts.split_first()? {
            (Stmt::Local(local), rest) => {
                let init = local.init.as_ref()?;
                let (_, otherwise) = init.diverge.as_ref()?;
                if !is_own_break(otherwise, label) {
                    return None;
                }
                (taken_from(&init.expr)?, inside_some(&local.pat)?, rest.to_vec())
            }
            (Stmt::Expr(Expr::Match(choice), _), []) => {
                let [a, b] = &choice.arms[..] else { return None };
                let (some, none) = if inside_some(&a.pat).is_some() { (a, b) } else { (b, a) };
                let is_rest = matches!(&none.pat, Pat::Wild(_))
                    || matches!(&none.pat, Pat::Ident(name) if name.ident == "None");
                if !is_rest || !is_own_break(&none.body, label) {
                    return None;
                }
                let body = Stmt::Expr((*some.body).clone(), None);
                (taken_from(&choice.expr)?, inside_some(&some.pat)?, vec![body])
            }
            _ => return None,
        };
        let head = ExprWhile {
            attrs: repeat.attrs.clone(),
            label: repeat.label.clone(),
            while_token: Token![while](repeat.loop_token.span),
            cond: Box::new(Expr::Verbatim(TokenStream::new())),
            body: repeat.body.clone(),
        };
        self.drained(name, &as_for(&head, item, name, &body))
    }

    /// `for x in it.by_ref()` and `for x in &mut it`. Nothing for other loops.
    pub(super) fn drained_by_for(&mut self, repeat: &ExprForLoop) -> Option<Term> {
        let name = match bare_expression(&repeat.expr) {
            Expr::MethodCall(call) if call.method == "by_ref" => variable(&call.receiver)?,
            Expr::Reference(reference) if reference.mutability.is_some() => variable(&reference.expr)?,
            _ => return None,
        };
        self.drained(name, &ExprForLoop { expr: Box::new(path(name)), ..repeat.clone() })
    }

    /// A loop over what is left of an iterator, and what is left of it then.
    fn drained(&mut self, name: &Ident, repeat: &ExprForLoop) -> Option<Term> {
        let body = repeat.body.to_token_stream();
        let looks = mentions(body.clone(), &plain(name));
        if !only_looks(&body, &plain(name)) {
            return None;
        }
        let id = self.find(name)?;
        let Term::Sequence(sequence) = self.variables[id].term.clone() else { return None };
        if !self.variables[id].mutable {
            return None;
        }
        let ends = may_end(&repeat.body, repeat.label.as_ref(), self.missing());
        if sequence.is_filtered() {
            if ends || looks {
                return None;
            }
            let term = self.for_loop_over(repeat, &sequence, None);
            self.replace(id, Term::Unset);
            return Some(term);
        }
        let sequence = Sequence { ordered: false, ..self.advancing((*sequence).clone()) };
        self.replace(id, Term::Sequence(Rc::new(sequence.clone())));
        let counter = ends.then(|| {
            let zero = self.graph.usize(0);
            self.hidden("taken", Term::One(zero))
        });
        let rest = Rest { iterator: looks.then_some(id), counter };
        let term = self.for_loop_over(repeat, &sequence, Some(rest));
        // How many were taken is known to be no fewer than none, which the place where a turn left off is not.
        let rest = match counter.map(|counter| self.forget(counter)) {
            Some(Term::One(taken)) => self.advanced(&sequence, taken),
            Some(_) => return Some(Term::Poison),
            None => Sequence { start: sequence.end, ..sequence },
        };
        self.replace(id, Term::Sequence(Rc::new(rest)));
        Some(term)
    }

    /// Keeps in a turn of such a loop what is left after its item.
    pub(super) fn keep_rest(&mut self, rest: Rest, sequence: &Sequence, index: Value) {
        let one = self.graph.usize(1);
        if let Some(counter) = rest.counter
            && let Term::One(count) = self.variables[counter].term
        {
            let count = self.graph.add(count, one);
            self.replace(counter, Term::One(count));
        }
        if let Some(iterator) = rest.iterator {
            let here = Sequence { start: index, ..sequence.clone() };
            let left = self.advanced(&here, one);
            self.replace(iterator, Term::Sequence(Rc::new(left)));
        }
    }

    fn replace(&mut self, id: VariableId, term: Term) {
        self.writes.push(id);
        self.variables[id].term = term;
    }
}

/// Whether a text does nothing with an iterator but look at what it has.
fn only_looks(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().all(|(place, token)| match token {
        TokenTree::Ident(word) if plain(word) == name => {
            let looks = |method: &Ident| method == "peek" || method == "len";
            matches!(&tokens[place + 1..], [TokenTree::Punct(dot), TokenTree::Ident(method), ..]
                if dot.as_char() == '.' && looks(method))
        }
        TokenTree::Group(group) => only_looks(&group.stream(), name),
        _ => true,
    })
}

/// The variable that is asked for its next item.
fn taken_from(expression: &Expr) -> Option<&Ident> {
    match bare_expression(expression) {
        Expr::MethodCall(call) if call.method == "next" && call.args.is_empty() => variable(&call.receiver),
        _ => None,
    }
}

fn variable(expression: &Expr) -> Option<&Ident> {
    match bare_expression(expression) {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn path(name: &Ident) -> Expr {
    Expr::Path(syn::ExprPath { attrs: vec![], qself: None, path: name.clone().into() })
}

/// The pattern in `Some(…)`, where it matches every item.
fn inside_some(pattern: &Pat) -> Option<&Pat> {
    let Pat::TupleStruct(variant) = pattern else { return None };
    let is_some = variant.path.segments.last().is_some_and(|last| last.ident == "Some");
    variant.elems.first().filter(|inner| is_some && variant.elems.len() == 1 && matches_all(inner))
}

/// Whether a pattern is made of names of variables, `_`, and tuples and references of them.
fn matches_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => {
            name.subpat.is_none()
                && plain(&name.ident).starts_with(|first: char| first == '_' || first.is_lowercase())
        }
        Pat::Paren(inner) => matches_all(&inner.pat),
        Pat::Reference(inner) => matches_all(&inner.pat),
        Pat::Tuple(tuple) => tuple.elems.iter().all(matches_all),
        _ => false,
    }
}

/// `for item in name { body }`.
fn as_for(repeat: &ExprWhile, item: &Pat, name: &Ident, body: &[Stmt]) -> ExprForLoop {
    let span = repeat.while_token.span;
    ExprForLoop {
        attrs: repeat.attrs.clone(),
        label: repeat.label.clone(),
        for_token: Token![for](span),
        pat: Box::new(item.clone()),
        in_token: Token![in](span),
        expr: Box::new(path(name)),
        body: Block { brace_token: repeat.body.brace_token, stmts: body.to_vec() },
    }
}
