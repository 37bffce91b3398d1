//! `match`, `matches!`, `if let` and what is like them: the patterns as conditions, from the first to the last.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{BinOp, Block, Expr, ExprLoop, ExprMatch, ExprWhile, Pat, Stmt, Token};

use super::body::{Access, Lowering, Shape};
use super::choices::names_variants;
use super::elements::has_named_alternative;
use super::exits::surely_leaves;
use super::flow::{Arm, Then};
use super::names::plain;
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Type, Value};

impl<'a> Lowering<'a> {
    /// `match`.
    pub(super) fn flow_match(&mut self, choice: &ExprMatch, shape: &Shape, then: &mut Then<'_, 'a>) -> Term {
        let access = self.access_of(&choice.expr);
        let choice = &with_cases_as_arms(choice);
        let Some((first, _)) = choice.arms.split_first() else {
            return self.fail(choice, "a `match` without arms has no value");
        };
        let width = scrutinee_shape(&first.pat);
        let mut run = |this: &mut Self, term: Term| {
            let term = this.yielded(term, &choice.expr);
            this.arms(choice, 0, (&term, access), shape, then)
        };
        self.flow(&choice.expr, &width, &mut Then { run: &mut run, again: false })
    }

    /// The arms from one on. The last one is run where no other is.
    fn arms(
        &mut self,
        choice: &ExprMatch,
        place: usize,
        (term, access): (&Term, Access),
        shape: &Shape,
        then: &mut Then<'_, 'a>,
    ) -> Term {
        let arm = &choice.arms[place];
        let (pattern, guard) = match &arm.pat {
            Pat::Guard(guard) => (&*guard.pat, Some(&*guard.guard)),
            pattern => (pattern, None),
        };
        let outside = self.scopes.clone();
        self.scopes.enter();
        let test = self.test(pattern, term);
        self.bind(pattern, term.clone(), access);
        let mut body = |this: &mut Self, then: &mut Then<'_, 'a>| {
            let mut run = |this: &mut Self, term| this.in_scopes(&outside, |this| (then.run)(this, term));
            this.flow(&arm.body, shape, &mut Then { run: &mut run, again: then.again })
        };
        let is_last = place + 1 == choice.arms.len();
        let result = if is_last && guard.is_none() && test.is_some() {
            body(self, then)
        } else if is_last && test.is_none() {
            Term::Poison
        } else if is_last {
            self.fail(&arm.pat, "the last arm of a `match` has no condition")
        } else {
            let condition = match guard {
                None => test,
                Some(guard) => self.guarded(pattern, test, guard),
            };
            let mut rest = |this: &mut Self, then: &mut Then<'_, 'a>| {
                this.in_scopes(&outside, |this| this.arms(choice, place + 1, (term, access), shape, then))
            };
            let leaves = choice.arms[place + 1..].iter().all(|arm| surely_leaves(&arm.body));
            let refuses = match &choice.arms[place + 1..] {
                [last] => self.refuses(&last.body),
                _ => None,
            };
            let yes =
                Arm { run: &mut body, leaves: surely_leaves(&arm.body), refuses: self.refuses(&arm.body) };
            let no = Arm { run: &mut rest, leaves, refuses };
            self.choose(condition, yes, no, then, arm.fat_arrow_token.spans[0])
        };
        self.scopes.leave();
        result
    }

    fn guarded(&mut self, pattern: &Pat, test: Option<Value>, guard: &Expr) -> Option<Value> {
        let test = test?;
        if has_named_alternative(pattern) {
            let message = "a condition behind alternatives with names is asked for each of them, which is not understood \
                           here: write an arm for each";
            self.fail(guard, message);
            return None;
        }
        if self.graph.as_bool(test) == Some(true) && !has_let(guard) {
            return self.condition(guard);
        }
        if has_let(guard) {
            self.fail(guard, "`let` in the guard of an arm is not understood: write an `if` in the arm");
            return None;
        }
        let no = Term::One(self.graph.bool(false));
        let term = self.only_if(test, true, no, |this| this.condition(guard).map_or(Term::Poison, Term::One));
        self.as_condition(term, guard)
    }

    /// A truth value.
    pub(super) fn as_condition(&mut self, term: Term, at: &Expr) -> Option<Value> {
        match self.yielded(term, at) {
            Term::One(value) if self.graph.expect(value, &Type::Bool) => Some(value),
            Term::Poison => None,
            _ => {
                self.fail(at, "a condition is expected here");
                None
            }
        }
    }

    /// A condition that may have `let` in it; what that binds is declared in the scope that is open.
    pub(super) fn condition_with_lets(&mut self, condition: &Expr) -> Option<Value> {
        if !has_let(condition) {
            return self.condition(condition);
        }
        let mut links = vec![];
        chain(condition, &mut links);
        let mut holds = self.graph.bool(true);
        for link in links {
            let Expr::Let(test) = bare_expression(link) else {
                if has_let(link) {
                    self.fail(link, "`let` is understood in a condition between `&&`");
                    return None;
                }
                let no = Term::One(self.graph.bool(false));
                let term = if self.graph.as_bool(holds) == Some(true) {
                    self.condition(link).map_or(Term::Poison, Term::One)
                } else {
                    self.only_if(holds, true, no, |this| this.condition(link).map_or(Term::Poison, Term::One))
                };
                holds = self.as_condition(term, link)?;
                continue;
            };
            let access = self.access_of(&test.expr);
            let shape = scrutinee_shape(&test.pat);
            let look = |this: &mut Self| {
                let term = this.flow_value(&test.expr, &shape);
                let term = this.yielded(term, &test.expr);
                let found = this.test(&test.pat, &term).map_or(Term::Poison, Term::One);
                Term::Tuple(vec![found, term])
            };
            let pair = if self.graph.as_bool(holds) == Some(true) {
                look(self)
            } else {
                let no = Term::Tuple(vec![Term::One(self.graph.bool(false)), Term::Unset]);
                self.only_if(holds, true, no, look)
            };
            let Term::Tuple(mut pair) = pair else { return None };
            let (term, found) = (pair.pop()?, pair.pop()?);
            self.bind(&test.pat, term, access);
            holds = self.as_condition(found, &test.expr)?;
        }
        Some(holds)
    }

    /// Whether a term is what a pattern says.
    pub(super) fn test(&mut self, pattern: &Pat, term: &Term) -> Option<Value> {
        self.at(pattern.span());
        match (pattern, term) {
            (_, Term::Poison) => None,
            (Pat::Paren(inner), term) => self.test(&inner.pat, term),
            (Pat::Reference(inner), term) => self.test(&inner.pat, term),
            (Pat::Type(typed), term) => self.test(&typed.pat, term),
            (Pat::Wild(_) | Pat::Rest(_), _) => Some(self.graph.bool(true)),
            (_, Term::Record(record)) if names_variants(pattern) => Some(self.is_variant(record, pattern)),
            (Pat::Lit(_) | Pat::Range(_), Term::Record(_)) => {
                let value = self.settled(term.clone(), pattern);
                if let Term::Record(_) = value { None } else { self.test(pattern, &value) }
            }
            (Pat::Ident(name), Term::Record(_)) if names_a_variant(&name.ident) => {
                let message = format!(
                    "whether `{0}` is a variant or a new variable is not known here: write its path, \
                                       `Mode::{0}`",
                    plain(&name.ident)
                );
                self.fail(&name.ident, message);
                None
            }
            (Pat::Ident(name), Term::Maybe(maybe)) if name.ident == "None" => {
                Some(self.graph.not(maybe.holds))
            }
            (Pat::Ident(name), term) => match &name.subpat {
                Some((_, inner)) => self.test(inner, term),
                None => self.test_name(&name.ident, term),
            },
            (Pat::Lit(_) | Pat::Path(_) | Pat::Const(_), term) => {
                if let (Pat::Path(path), Term::Maybe(maybe)) = (pattern, term)
                    && path.path.segments.last().is_some_and(|last| last.ident == "None")
                {
                    return Some(self.graph.not(maybe.holds));
                }
                self.compare_with(pattern.to_token_stream(), Comparison::Eq, term, pattern)
            }
            (Pat::Range(range), term) => self.test_range(range, term, pattern),
            (Pat::Or(or), term) => {
                let mut holds = self.graph.bool(false);
                let yes = self.graph.bool(true);
                for case in &or.cases {
                    let case = self.test(case, term)?;
                    holds = self.graph.select(holds, yes, case);
                }
                Some(holds)
            }
            (Pat::Tuple(tuple), Term::Tuple(terms)) => {
                let Some(pairs) = self.taken_from_tuple(tuple, terms) else {
                    self.fail(tuple, "this is not a tuple of that many values");
                    return None;
                };
                self.test_all(pairs.into_iter())
            }
            (Pat::Slice(slice), term) => {
                let taken = self.taken_from_array(slice, term.clone())?;
                let inside = self.test_all(slice.elems.iter().zip(taken.terms))?;
                let no = self.graph.bool(false);
                Some(self.graph.select(taken.holds, inside, no))
            }
            (Pat::TupleStruct(variant), Term::Maybe(maybe)) => {
                let last = variant.path.segments.last()?;
                let (holds, inner) = match last.ident.to_string().as_str() {
                    "Some" | "Ok" => (maybe.holds, &maybe.value),
                    "Err" => (self.graph.not(maybe.holds), &maybe.other),
                    _ => {
                        self.fail(
                            &variant.path,
                            "an option is `Some(…)` or `None`, a result `Ok(…)` or `Err(…)`",
                        );
                        return None;
                    }
                };
                let inside = match variant.elems.first() {
                    Some(Pat::Ident(name)) if name.subpat.is_none() => self.graph.bool(true),
                    Some(pattern) if !inner.is_unset() => self.test(pattern, &inner.clone())?,
                    _ => self.graph.bool(true),
                };
                let no = self.graph.bool(false);
                Some(self.graph.select(holds, inside, no))
            }
            (Pat::TupleStruct(_) | Pat::Struct(_), Term::Record(_)) => {
                let message = "what is in the variants of an enum is not understood: pass it as parameters beside an enum \
                               without data, or take a struct apart with `let`";
                self.fail(pattern, message);
                None
            }
            (Pat::Guard(_), _) => {
                self.fail(pattern, "a condition is understood behind the whole pattern");
                None
            }
            _ => {
                let message = "this pattern is not understood of this value: numbers, truth values, ranges, tuples, \
                               `|`, `Some(…)` and `None`, `Ok(…)` and `Err(…)` are";
                self.fail(pattern, message);
                None
            }
        }
    }

    fn test_all<'p>(&mut self, pairs: impl Iterator<Item = (&'p Pat, Term)>) -> Option<Value> {
        let no = self.graph.bool(false);
        let mut holds = self.graph.bool(true);
        for (pattern, term) in pairs {
            let part = self.test(pattern, &term)?;
            holds = self.graph.select(holds, part, no);
        }
        Some(holds)
    }

    /// A name matches everything, unless it is that of a constant.
    fn test_name(&mut self, name: &Ident, term: &Term) -> Option<Value> {
        let text = plain(name);
        if text.chars().all(|letter| !letter.is_lowercase()) && text.chars().any(char::is_uppercase) {
            if self.is_constant_name(name) {
                return self.compare_with(quote!(#name), Comparison::Eq, term, name);
            }
            let message = format!(
                "whether `{text}` is a constant is not known here: write `n if n == {text}`, or a path, \
                 `self::{text}`"
            );
            self.fail(name, message);
            return None;
        }
        self.bindings.push(name.clone());
        Some(self.graph.bool(true))
    }

    /// Whether a name is that of a constant that is seen here.
    pub(super) fn is_constant_name(&self, name: &Ident) -> bool {
        let text = plain(name);
        let in_body = self.items.iter().any(|item| match item {
            syn::Item::Const(constant) => plain(&constant.ident) == text,
            _ => false,
        });
        in_body || self.context.constants.contains_key(&text) && !self.renamed.contains(&text)
    }

    fn test_range(&mut self, range: &syn::PatRange, term: &Term, at: &Pat) -> Option<Value> {
        let mut holds = self.graph.bool(true);
        let no = self.graph.bool(false);
        if let Some(start) = &range.start {
            let above = self.compare_with(start.to_token_stream(), Comparison::Ge, term, at)?;
            holds = self.graph.select(holds, above, no);
        }
        if let Some(end) = &range.end {
            let comparison = match range.limits {
                syn::RangeLimits::HalfOpen(_) => Comparison::Lt,
                syn::RangeLimits::Closed(_) => Comparison::Le,
            };
            let below = self.compare_with(end.to_token_stream(), comparison, term, at)?;
            holds = self.graph.select(holds, below, no);
        }
        Some(holds)
    }

    /// A comparison with a literal or constant of a pattern.
    fn compare_with(
        &mut self,
        tokens: TokenStream,
        comparison: Comparison,
        term: &Term,
        at: impl ToTokens,
    ) -> Option<Value> {
        let Ok(literal) = syn::parse2::<Expr>(tokens) else {
            self.fail(at, "this pattern is not understood");
            return None;
        };
        let Term::One(value) = term else {
            self.fail(at, "what is compared with this pattern is not a single value");
            return None;
        };
        let constant = self.single(&literal)?;
        let (left, right) = (self.graph.ty(*value), self.graph.ty(constant));
        if !self.graph.unify(&left, &right) || matches!(left, Type::Array(..)) {
            let found = self.graph.type_text(&left);
            self.fail(at, format!("what is compared with this pattern is understood as {found}"));
            return None;
        }
        if self.graph.ty(*value) == Type::Bool && comparison == Comparison::Eq {
            match self.graph.as_bool(constant) {
                Some(true) => return Some(*value),
                Some(false) => return Some(self.graph.not(*value)),
                None => {}
            }
        }
        Some(self.graph.compare(comparison, *value, constant))
    }

    /// `matches!(…)`.
    pub(super) fn matches_macro(&mut self, call: &syn::Macro) -> Term {
        let Ok(Matches { value, pattern, guard }) = call.parse_body::<Matches>() else {
            return self.fail(call, "`matches!` takes an expression and a pattern");
        };
        let access = self.access_of(&value);
        let term = self.flow_value(&value, &scrutinee_shape(&pattern));
        let term = self.yielded(term, &value);
        self.scopes.enter();
        let test = self.test(&pattern, &term);
        let holds = match &guard {
            None => test,
            Some(guard) => {
                self.bind(&pattern, term, access);
                self.guarded(&pattern, test, guard)
            }
        };
        self.scopes.leave();
        holds.map_or(Term::Poison, Term::One)
    }
}

/// What is in the parentheses of `matches!`.
struct Matches {
    value: Expr,
    pattern: Pat,
    guard: Option<Expr>,
}

impl Parse for Matches {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let value = input.parse()?;
        input.parse::<Token![,]>()?;
        let pattern = Pat::parse_multi_with_leading_vert(input)?;
        let guard = if input.peek(Token![if]) {
            input.parse::<Token![if]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        input.parse::<Option<Token![,]>>()?;
        Ok(Self { value, pattern, guard })
    }
}

/// Whether a condition has `let` in it.
pub(super) fn has_let(condition: &Expr) -> bool {
    match bare_expression(condition) {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// The conditions that `&&` joins.
fn chain<'e>(condition: &'e Expr, links: &mut Vec<&'e Expr>) {
    match condition {
        Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)) => {
            chain(&binary.left, links);
            chain(&binary.right, links);
        }
        other => links.push(other),
    }
}

/// `while let p = e { … }` is `loop { if let p = e { … } else { break } }`.
pub(super) fn while_let(repeat: &ExprWhile) -> ExprLoop {
    let break_token = Token![break](repeat.while_token.span);
    let jump = Expr::Break(syn::ExprBreak { attrs: vec![], break_token, label: None, expr: None });
    let brace_token = repeat.body.brace_token;
    let ends = Block { brace_token, stmts: vec![Stmt::Expr(jump, None)] };
    let otherwise = Expr::Block(syn::ExprBlock { attrs: vec![], label: None, block: ends });
    let branch = Expr::If(syn::ExprIf {
        attrs: vec![],
        if_token: Token![if](repeat.while_token.span),
        cond: repeat.cond.clone(),
        then_branch: repeat.body.clone(),
        else_branch: Some((Token![else](repeat.while_token.span), Box::new(otherwise))),
    });
    ExprLoop {
        attrs: repeat.attrs.clone(),
        label: repeat.label.clone(),
        loop_token: Token![loop](repeat.while_token.span),
        body: Block { brace_token, stmts: vec![Stmt::Expr(branch, None)] },
    }
}

/// Whether a name is in the manner of variants: `Linear`.
fn names_a_variant(name: &Ident) -> bool {
    let text = plain(name);
    text.starts_with(char::is_uppercase) && text.chars().any(char::is_lowercase)
}

/// An arm for each alternative with names that a condition follows: the condition is asked for each of them.
fn with_cases_as_arms(choice: &ExprMatch) -> ExprMatch {
    let mut written_out = ExprMatch { arms: vec![], ..choice.clone() };
    for arm in &choice.arms {
        match &arm.pat {
            Pat::Guard(guard) if has_named_alternative(&guard.pat) && matches!(&*guard.pat, Pat::Or(_)) => {
                let Pat::Or(or) = &*guard.pat else { continue };
                for case in &or.cases {
                    let pat = Pat::Guard(syn::PatGuard { pat: Box::new(case.clone()), ..guard.clone() });
                    written_out.arms.push(syn::Arm { pat, ..arm.clone() });
                }
            }
            _ => written_out.arms.push(arm.clone()),
        }
    }
    written_out
}

/// How many values a pattern takes apart: the results of a call have no type here.
fn scrutinee_shape(pattern: &Pat) -> Shape {
    match pattern {
        Pat::Guard(guard) => scrutinee_shape(&guard.pat),
        Pat::Or(or) => or.cases.first().map_or(Shape::Single, scrutinee_shape),
        pattern => super::body::shape_of(pattern),
    }
}
