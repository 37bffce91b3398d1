//! Options and results: a truth value, the value where it is true, and of a result the number of its error.

use proc_macro2::Ident;
use syn::{Expr, ExprCall, ExprMethodCall, ExprTry};

use super::body::{Lowering, Shape};
use super::flow::{Arm, Then};
use super::refusals::Refusal;
use super::sequences::Form;
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Int, Type, Value};

/// An option or a result.
#[derive(Clone)]
pub(super) struct Maybe {
    /// Whether it is `Some` or `Ok`.
    pub(super) holds: Value,
    /// What it has then.
    pub(super) value: Term,
    /// Otherwise: the number of the error.
    pub(super) other: Term,
    pub(super) kind: Which,
}

/// Which of both it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Option,
    Result,
}

/// Whether an expression is `None`.
pub(super) fn is_none(expression: &Expr) -> bool {
    match bare_expression(expression) {
        Expr::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == "None"),
        _ => false,
    }
}

/// What stands in `Some(…)`, `Ok(…)` or `Err(…)`.
pub(super) fn variant<'e>(expression: &'e Expr, name: &str) -> Option<&'e Expr> {
    let Expr::Call(call) = bare_expression(expression) else { return None };
    let Expr::Path(path) = bare_expression(&call.func) else { return None };
    let is_named = path.path.segments.last().is_some_and(|last| last.ident == name);
    if is_named && call.args.len() == 1 { call.args.first() } else { None }
}

impl<'a> Lowering<'a> {
    /// `None`.
    pub(super) fn none(&mut self) -> Term {
        let holds = self.graph.bool(false);
        Term::Maybe(Box::new(Maybe { holds, value: Term::Unset, other: Term::UNIT, kind: Which::Option }))
    }

    pub(super) fn some(&mut self, value: Term, kind: Which) -> Term {
        let holds = self.graph.bool(true);
        let other = if kind == Which::Option { Term::UNIT } else { Term::Unset };
        Term::Maybe(Box::new(Maybe { holds, value, other, kind }))
    }

    /// `Some(…)`, `Ok(…)` or `Err(…)`.
    pub(super) fn wrapped(&mut self, call: &ExprCall, name: &Ident) -> Term {
        let Some(inside) = call.args.first().filter(|_| call.args.len() == 1) else {
            return self.fail(call, format!("`{name}` has one value"));
        };
        if name == "Err" {
            let holds = self.graph.bool(false);
            let Some(code) = self.error(inside) else { return Term::Poison };
            let other = Term::One(code);
            return Term::Maybe(Box::new(Maybe { holds, value: Term::Unset, other, kind: Which::Result }));
        }
        let term = self.expression(inside, &Shape::Single);
        let term = self.yielded(term, inside);
        if let Term::Poison = term {
            return Term::Poison;
        }
        self.some(term, if name == "Some" { Which::Option } else { Which::Result })
    }

    /// `x?`: what follows it is run where there is a value.
    pub(super) fn flow_try(&mut self, question: &ExprTry, then: &mut Then<'_, 'a>) -> Term {
        let again = then.again;
        let mut run = |this: &mut Self, term: Term| {
            let maybe = match term {
                Term::Maybe(maybe) => *maybe,
                Term::Poison => return (then.run)(this, Term::Poison),
                _ => {
                    let message = "`?` is understood of options and results that are made in this function; of a \
                                   function with `#[gradgen]` it is not";
                    let poison = this.fail(question.question_token, message);
                    return (then.run)(this, poison);
                }
            };
            this.at(question.question_token.span);
            this.unless_missing(maybe, question, then)
        };
        self.flow(&question.expr, &Shape::Single, &mut Then { run: &mut run, again })
    }

    fn unless_missing(&mut self, maybe: Maybe, question: &ExprTry, then: &mut Then<'_, 'a>) -> Term {
        if self.graph.as_bool(maybe.holds) == Some(true) {
            return (then.run)(self, maybe.value);
        }
        if self.is_in_own_frame() && self.wrapper.is_some() {
            let code = match self.converted_error(&maybe.other) {
                Term::One(code) => code,
                _ => self.graph.int(1, Type::Int(Int::Usize)),
            };
            self.graph.demand(maybe.holds, code);
            return match maybe.value {
                Term::Unset => Term::Never,
                value => (then.run)(self, value),
            };
        }
        let Some(target) = self.frame() else {
            return self.fail(question, "there is no function around this that could be left");
        };
        let missing = Maybe { holds: self.graph.bool(false), value: Term::Unset, ..maybe.clone() };
        let value = maybe.value;
        let mut yes = |this: &mut Self, then: &mut Then<'_, 'a>| (then.run)(this, value.clone());
        let mut no = |this: &mut Self, _: &mut Then<'_, 'a>| {
            this.leave(target, Term::Maybe(Box::new(missing.clone())))
        };
        self.choose(
            Some(maybe.holds),
            Arm { run: &mut yes, leaves: false, refuses: None },
            Arm { run: &mut no, leaves: true, refuses: None },
            then,
            question.question_token.span,
        )
    }

    /// `None` with some value of the type that is said, which nobody looks at.
    pub(super) fn with_typed_value(&mut self, term: Term, ty: &syn::Type) -> Term {
        match term {
            Term::Maybe(maybe) if matches!(maybe.value, Term::Unset) => {
                let inner = super::signature::Wrapper::of(ty);
                let value = inner.and_then(|(_, inner)| self.any_of_type(inner)).unwrap_or(Term::Unset);
                Term::Maybe(Box::new(Maybe { value, ..*maybe }))
            }
            term => term,
        }
    }

    fn any_of_type(&mut self, ty: &syn::Type) -> Option<Term> {
        if let syn::Type::Tuple(tuple) = super::signature::bare(ty) {
            let terms = tuple.elems.iter().map(|ty| self.any_of_type(ty));
            return terms.collect::<Option<Vec<_>>>().map(Term::Tuple);
        }
        if !self.is_understood(ty) {
            return None;
        }
        let ty = self.annotation(ty)?;
        self.any_of(&ty).map(Term::One)
    }

    /// What the function yields where it has a value; elsewhere the call is refused.
    pub(super) fn unwrapped(&mut self, term: Term, item: &syn::ItemFn) -> Term {
        if self.wrapper.is_none() {
            return term;
        }
        match term {
            Term::Maybe(maybe) => {
                let code = match maybe.other {
                    Term::One(code) => code,
                    _ => self.graph.int(1, Type::Int(Int::Usize)),
                };
                if self.graph.as_bool(maybe.holds) != Some(true) {
                    self.graph.demand(maybe.holds, code);
                }
                if let Term::Unset = maybe.value {
                    return self.fail(&item.sig.ident, "this function never has a value");
                }
                maybe.value
            }
            Term::Poison => Term::Poison,
            _ => self.fail(
                &item.sig.output,
                "the result is understood where the function makes it: `Some(…)` and `None`, `Ok(…)` and `Err(…)`",
            ),
        }
    }

    /// The value of an option or result that the function takes for granted.
    fn taken(&mut self, maybe: Maybe, name: &Ident) -> Term {
        self.at(name.span());
        if let Term::Unset = maybe.value {
            return self.fail(name, "there is no value here: this is `None` or an error");
        }
        if self.graph.as_bool(maybe.holds) != Some(true) {
            self.demand(maybe.holds, &Refusal::Panic);
        }
        maybe.value
    }

    /// A method of an option or result.
    pub(super) fn maybe_method(&mut self, maybe: Maybe, call: &ExprMethodCall) -> Term {
        let (name, args) = (&call.method, &call.args);
        let text = name.to_string();
        let Maybe { holds, kind, .. } = maybe;
        let is_option = kind == Which::Option;
        match (text.as_str(), args.len()) {
            ("is_some" | "is_ok", 0) => Term::One(holds),
            ("is_none" | "is_err", 0) => Term::One(self.graph.not(holds)),
            ("unwrap", 0) | ("expect", 1) => self.taken(maybe, name),
            ("copied" | "cloned" | "as_ref" | "clone" | "as_deref", 0) => Term::Maybe(Box::new(maybe)),
            ("ok", 0) if !is_option => {
                let maybe = Maybe { other: Term::UNIT, kind: Which::Option, ..maybe };
                Term::Maybe(Box::new(maybe))
            }
            ("ok_or", 1) if is_option => match self.error(&args[0]) {
                Some(code) => {
                    let other = Term::One(code);
                    Term::Maybe(Box::new(Maybe { other, kind: Which::Result, ..maybe }))
                }
                None => Term::Poison,
            },
            ("ok_or_else", 1) if is_option => self.error_of_closure(maybe, &args[0]),
            ("map_err", 1) if !is_option => self.error_of_closure(maybe, &args[0]),
            ("unwrap_or_default", 0) => {
                let zero = match &maybe.value {
                    Term::One(value) => self.any_of(&self.graph.ty(*value)),
                    _ => None,
                };
                match zero {
                    Some(zero) => self.either(holds, |_| maybe.value, |_| Term::One(zero)),
                    None => self.fail(name, "the default of this is not known here: write `unwrap_or(…)`"),
                }
            }
            ("unwrap_or", 1) => {
                let other = self.expression(&args[0], &Shape::Single);
                let other = self.yielded(other, &args[0]);
                self.either(holds, |_| maybe.value, |_| other)
            }
            ("or", 1) => {
                let other = self.expression(&args[0], &Shape::Single);
                let other = self.yielded(other, &args[0]);
                self.either(holds, |this| this.some(maybe.value, kind), |_| other)
            }
            ("zip" | "and" | "xor", 1) if is_option => self.with_other(maybe, &text, &args[0]),
            ("flatten", 0) => match maybe.value {
                Term::Maybe(inner) => {
                    let no = self.graph.bool(false);
                    let holds = self.graph.select(holds, inner.holds, no);
                    Term::Maybe(Box::new(Maybe { holds, ..*inner }))
                }
                Term::Unset => self.none(),
                _ => self.fail(name, "what is in this is no option"),
            },
            ("unwrap_or_else", 1) => {
                let given = if is_option { None } else { Some(maybe.other.clone()) };
                self.either(holds, |_| maybe.value, |this| this.apply_to(&args[0], given))
            }
            ("or_else", 1) if is_option => {
                self.either(holds, |this| this.some(maybe.value, kind), |this| this.apply_to(&args[0], None))
            }
            ("map", 1) => {
                let missing = Maybe { holds: self.graph.bool(false), value: Term::Unset, ..maybe.clone() };
                self.either(
                    holds,
                    |this| {
                        let value = this.apply_to(&args[0], Some(maybe.value));
                        this.some(value, kind)
                    },
                    |_| Term::Maybe(Box::new(missing)),
                )
            }
            ("and_then", 1) => {
                let missing = Maybe { holds: self.graph.bool(false), value: Term::Unset, ..maybe.clone() };
                self.either(
                    holds,
                    |this| this.apply_to(&args[0], Some(maybe.value)),
                    |_| Term::Maybe(Box::new(missing)),
                )
            }
            ("map_or", 2) => {
                let other = self.expression(&args[0], &Shape::Single);
                let other = self.yielded(other, &args[0]);
                self.either(holds, |this| this.apply_to(&args[1], Some(maybe.value)), |_| other)
            }
            ("map_or_else", 2) => {
                let given = if is_option { None } else { Some(maybe.other.clone()) };
                self.either(
                    holds,
                    |this| this.apply_to(&args[1], Some(maybe.value)),
                    |this| this.apply_to(&args[0], given),
                )
            }
            ("filter", 1) if is_option => {
                let test = self.either(
                    holds,
                    |this| this.apply_to(&args[0], Some(maybe.value.clone())),
                    |this| Term::One(this.graph.bool(false)),
                );
                match self.as_condition(test, &args[0]) {
                    Some(holds) => Term::Maybe(Box::new(Maybe { holds, ..maybe })),
                    None => Term::Poison,
                }
            }
            ("is_some_and" | "is_ok_and", 1) => self.either(
                holds,
                |this| this.apply_to(&args[0], Some(maybe.value)),
                |this| Term::One(this.graph.bool(false)),
            ),
            ("is_none_or", 1) => self.either(
                holds,
                |this| this.apply_to(&args[0], Some(maybe.value)),
                |this| Term::One(this.graph.bool(true)),
            ),
            _ => {
                let what = if is_option { "an option" } else { "a result" };
                self.fail(name, format!("the method `{text}` of {what} is not understood: write a `match`"))
            }
        }
    }

    /// `a.zip(b)`, `a.and(b)` and `a.xor(b)`.
    fn with_other(&mut self, maybe: Maybe, name: &str, argument: &Expr) -> Term {
        let other = self.expression(argument, &Shape::Single);
        let other = match self.yielded(other, argument) {
            Term::Maybe(other) => *other,
            Term::Poison => return Term::Poison,
            _ => return self.fail(argument, "an option is expected here"),
        };
        let (holds, no) = (maybe.holds, self.graph.bool(false));
        if name == "xor" {
            let only_one = self.graph.compare(Comparison::Ne, holds, other.holds);
            let either = self.either(
                holds,
                |this| this.some(maybe.value, Which::Option),
                |_| Term::Maybe(Box::new(other)),
            );
            return match either {
                Term::Maybe(either) => Term::Maybe(Box::new(Maybe { holds: only_one, ..*either })),
                term => term,
            };
        }
        let holds = self.graph.select(holds, other.holds, no);
        let value = match (name, maybe.value, other.value) {
            (_, Term::Unset, _) | (_, _, Term::Unset) => Term::Unset,
            ("zip", a, b) => Term::Tuple(vec![a, b]),
            (_, _, b) => b,
        };
        Term::Maybe(Box::new(Maybe { holds, value, ..maybe }))
    }

    /// A term where a condition holds, and another one elsewhere.
    fn either(
        &mut self,
        holds: Value,
        yes: impl FnOnce(&mut Self) -> Term,
        no: impl FnOnce(&mut Self) -> Term,
    ) -> Term {
        match self.graph.as_bool(holds) {
            Some(true) => yes(self),
            Some(false) => no(self),
            None => {
                let (mut yes, mut no) = (Some(yes), Some(no));
                let mut yes =
                    |this: &mut Self, _: &mut Then<'_, 'a>| yes.take().map_or(Term::Poison, |yes| yes(this));
                let mut no =
                    |this: &mut Self, _: &mut Then<'_, 'a>| no.take().map_or(Term::Poison, |no| no(this));
                let span = self.span();
                self.choose(
                    Some(holds),
                    Arm { run: &mut yes, leaves: false, refuses: None },
                    Arm { run: &mut no, leaves: false, refuses: None },
                    &mut Then { run: &mut |_, term| term, again: true },
                    span,
                )
            }
        }
    }

    /// What a closure yields.
    fn apply_to(&mut self, closure: &Expr, given: Option<Term>) -> Term {
        if let Some(Term::Unset) = given {
            return self.fail(closure, "what this is given has no value that is known here");
        }
        match self.callable(closure) {
            Some(callee) => {
                let args = given.into_iter().map(|term| (term, Form::VALUE)).collect();
                self.apply(&callee, args, closure)
            }
            None => Term::Poison,
        }
    }

    /// With the error that a closure yields.
    fn error_of_closure(&mut self, maybe: Maybe, closure: &Expr) -> Term {
        let Expr::Closure(text) = bare_expression(closure) else {
            return self.fail(closure, "an error is understood that is written here: `|| MyError::Negative`");
        };
        self.scopes.enter();
        for input in &text.inputs {
            self.bind(input, Term::Poison, super::body::Access::Owned);
        }
        let code = self.error(&text.body);
        self.scopes.leave();
        match code {
            Some(code) => {
                let other = Term::One(code);
                Term::Maybe(Box::new(Maybe { other, kind: Which::Result, ..maybe }))
            }
            None => Term::Poison,
        }
    }

    /// The number of an error after `?`, which converts it.
    fn converted_error(&mut self, error: &Term) -> Term {
        let Term::One(code) = error else { return error.clone() };
        match self.graph.as_int(*code).and_then(|code| usize::try_from(code - 1).ok()) {
            Some(place) => {
                let tokens = self.errors[place].clone();
                let error = quote::quote!(::core::convert::From::from(#tokens));
                let code = self.number_of_error(error);
                if let Some(place) = self.graph.as_int(code) {
                    self.converted.insert(place - 1);
                }
                Term::One(code)
            }
            None => {
                // It may be any of them: a conversion of what needs none changes nothing.
                for (place, error) in self.errors.iter_mut().enumerate() {
                    if self.converted.insert(place as i128) {
                        let tokens = error.clone();
                        *error = quote::quote!(::core::convert::From::from(#tokens));
                    }
                }
                error.clone()
            }
        }
    }
}
