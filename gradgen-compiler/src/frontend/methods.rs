//! Methods of numbers and arrays, also in the form `f64::sin(x)`.

use proc_macro2::Ident;
use syn::Expr;

use super::body::Lowering;
use super::library::is_in_library;
use super::terms::Term;
use super::trait_methods::OF_TRAITS;
use crate::ir::{Comparison, Elementary, Int, Scalar, Type, Value};

impl Lowering<'_> {
    /// `x.method(…)`.
    pub(super) fn method_call(&mut self, call: &syn::ExprMethodCall) -> Term {
        if let Some(term) = self.writing_method(call).or_else(|| self.refuse_resizing(call)) {
            return term;
        }
        if let Some(term) = self.truncation(call).or_else(|| self.number_into_scalar(call)) {
            return term;
        }
        let name = call.method.to_string();
        let receiver = self.receiver_of(call);
        if let Term::Maybe(maybe) = receiver {
            return self.maybe_method(*maybe, call);
        }
        if let Some(term) = self.struct_method(call, &receiver) {
            return term;
        }
        let receiver = self.settled(receiver, &call.receiver);
        if let (Term::Rows(_), "clone" | "to_vec" | "to_owned") = (&receiver, name.as_str()) {
            return receiver;
        }
        let receiver = match name.as_str() {
            "iter" | "into_iter" | "map" => receiver,
            _ => self.rows_as_part(receiver, &call.receiver),
        };
        if let Some(term) = self.iterator_method(call, &receiver) {
            return term;
        }
        let receiver = match receiver {
            Term::One(value) => Some(value),
            term @ Term::Tuple(_) if name == "clone" && call.args.is_empty() => return term,
            Term::Tuple(_) => return self.fail(&call.method, "methods of tuples are not understood"),
            Term::Unset => {
                self.yielded(Term::Unset, &call.receiver);
                None
            }
            Term::Never | Term::Poison | Term::Maybe(_) => None,
            Term::Struct(..) | Term::Record(_) => {
                return self.fail(
                    &call.method,
                    "a method of a struct is understood in `#[gradgen::module]` and in an `impl` block with \
                     `#[gradgen]`, which see what it does",
                );
            }
            Term::Closure(_) | Term::Sequence(_) | Term::Reference(_) | Term::Rows(_) => {
                return self.unknown_method(&call.method);
            }
        };
        if let Some(turbofish) = &call.turbofish {
            return match receiver {
                Some(_) => self.fail(turbofish, "type arguments of a method are not understood"),
                None => Term::Poison,
            };
        }
        let args: Vec<_> = call.args.iter().collect();
        match (name.as_str(), receiver) {
            ("clone" | "to_owned" | "to_vec", Some(value)) if args.is_empty() => return Term::One(value),
            ("len", Some(array)) if args.is_empty() => return self.length_of(array, &call.method),
            _ => {}
        }
        if let Some(term) = receiver.and_then(|value| self.foreign_method(call, value)) {
            return term;
        }
        self.method(&call.method, receiver, &args)
    }

    /// What a method is called on: a place, where the method goes through it to write.
    fn receiver_of(&mut self, call: &syn::ExprMethodCall) -> Term {
        if matches!(
            call.method.to_string().as_str(),
            "iter_mut" | "split_at_mut" | "chunks_mut" | "chunks_exact_mut"
        ) {
            return self.reference(&call.receiver);
        }
        self.base(&call.receiver)
    }

    fn length_of(&mut self, array: Value, at: &Ident) -> Term {
        let (element, length) = (self.graph.fresh_type(), self.graph.fresh_length());
        let ty = Type::array(element, length);
        if !self.graph.expect(array, &ty) {
            return self.fail(at, "only arrays have a length");
        }
        match self.graph.resolve(&ty) {
            Type::Array(_, length) if length.size().is_some() => Term::One(self.graph.length(&length)),
            _ => self.fail(at, "the length of this array is not known here"),
        }
    }

    /// A method of a number, with its receiver's value where that is understood.
    pub(super) fn method(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        if let Some(value) = receiver {
            let ty = self.graph.ty(value);
            if self.graph.is_integer(&ty) {
                return self.integer_method(name, value, args);
            }
            if let (Type::Bool, "then" | "then_some", &[argument]) = (&ty, name.to_string().as_str(), args) {
                return self.then_method(value, name, argument);
            }
            if matches!(ty, Type::Array(..) | Type::Bool) {
                let text = self.graph.type_text(&ty);
                let hint = if let Type::Array(..) = ty { ": write a `for` over its indices" } else { "" };
                return self.fail(name, format!("the method `{name}` of {text} is not understood{hint}"));
            }
        }
        if let Some(refused) = self.refuse_unpromised(name) {
            return refused;
        }
        if self.parameter.is_none() && OF_TRAITS.iter().any(|of_trait| name == of_trait) {
            return self.unknown_method(name);
        }
        self.method_of_real(name, receiver, args)
    }

    /// A method of a float.
    pub(super) fn method_of_real(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        match name.to_string().as_str() {
            "sin_cos" => self.sin_cos(name, receiver, args),
            "clamp" => self.clamp(name, receiver, args),
            "rem_euclid" if !matches!(self.graph.scalar(), Scalar::Generic(_)) => {
                self.rem_euclid(name, receiver, args)
            }
            "div_euclid" if !matches!(self.graph.scalar(), Scalar::Generic(_)) => {
                self.div_euclid(name, receiver, args)
            }
            text => match self
                .trait_method(name, receiver, args)
                .or_else(|| self.elementary_by_name(text, name, receiver, args))
            {
                Some(term) => term,
                None if receiver.is_some() => self.unknown_method(name),
                None => Term::Poison,
            },
        }
    }

    /// The elementary function of a name, if there is one.
    pub(super) fn elementary_by_name(
        &mut self,
        text: &str,
        name: &Ident,
        receiver: Option<Value>,
        args: &[&Expr],
    ) -> Option<Term> {
        Elementary::named(text).map(|function| self.elementary(function, name, receiver, args))
    }

    fn unknown_method(&mut self, name: &Ident) -> Term {
        let text = name.to_string();
        if let Some(instead) = instead(&text) {
            return self.fail(name, format!("the method `{text}` is not understood: {instead}"));
        }
        let near = Elementary::all()
            .filter(|function| function.is_method())
            .map(|function| function.row().name)
            .find(|known| is_near(known, &text));
        let hint = if is_in_library(&text) {
            format!("; `gradgen::math::{text}` has one")
        } else {
            near.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default()
        };
        self.fail(name, format!("the method `{text}` is not understood: its derivative is not known{hint}"))
    }

    fn count(&mut self, name: &Ident, args: &[&Expr], count: usize) -> bool {
        if args.len() != count {
            self.fail(name, format!("`{name}` is given {} arguments, and not {count}", args.len()));
        }
        args.len() == count
    }

    /// The receiver as a real, if the number of arguments is right.
    pub(super) fn receiver(
        &mut self,
        name: &Ident,
        receiver: Option<Value>,
        args: &[&Expr],
        count: usize,
    ) -> Option<Value> {
        let counted = self.count(name, args, count);
        let value = receiver?;
        if !self.graph.expect(value, &Type::Real) {
            let found = self.graph.type_text(&self.graph.ty(value));
            self.fail(name, format!("`{name}` is a method of floats, and this is understood as {found}"));
            return None;
        }
        counted.then_some(value)
    }

    pub(super) fn elementary(
        &mut self,
        function: Elementary,
        name: &Ident,
        receiver: Option<Value>,
        args: &[&Expr],
    ) -> Term {
        let partials = function.row().partials;
        let first = self.receiver(name, receiver, args, partials.len() - 1);
        let rest: Vec<_> = args
            .iter()
            .zip(&partials[1..])
            .map(
                |(argument, partial)| {
                    if partial.is_some() { self.real(argument) } else { self.exponent(argument) }
                },
            )
            .collect();
        let Some(mut values) = first.map(|first| vec![first]) else { return Term::Poison };
        for value in rest {
            match value {
                Some(value) => values.push(value),
                None => return Term::Poison,
            }
        }
        self.at(name.span());
        Term::One(self.graph.elementary(function, &values))
    }

    /// An argument of type `i32`.
    fn exponent(&mut self, argument: &Expr) -> Option<Value> {
        let value = self.single(argument)?;
        if self.graph.expect(value, &Type::Int(Int::I32)) {
            return Some(value);
        }
        self.fail(argument, "an i32 is expected here");
        None
    }

    fn sin_cos(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        let Some(x) = self.receiver(name, receiver, args, 0) else {
            return Term::Tuple(vec![Term::Poison, Term::Poison]);
        };
        self.at(name.span());
        let sine = self.graph.elementary(Elementary::SIN, &[x]);
        let cosine = self.graph.elementary(Elementary::COS, &[x]);
        Term::Tuple(vec![Term::One(sine), Term::One(cosine)])
    }

    /// What the standard library's `clamp` does after it has checked its bounds; with bounds in
    /// the wrong order the user's function panics and there is no value.
    fn clamp(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        let x = self.receiver(name, receiver, args, 2);
        let bounds: Vec<_> = args.iter().map(|argument| self.real(argument)).collect();
        let (Some(x), [Some(low), Some(high)]) = (x, &bounds[..]) else { return Term::Poison };
        self.at(name.span());
        let below = self.graph.compare(Comparison::Lt, x, *low);
        let above = self.graph.compare(Comparison::Gt, x, *high);
        let capped = self.graph.select(above, *high, x);
        Term::One(self.graph.select(below, *low, capped))
    }

    /// What the standard library does: the remainder, moved to where it is not negative.
    fn rem_euclid(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        let x = self.receiver(name, receiver, args, 1);
        let divisor = args.first().and_then(|argument| self.real(argument));
        let (Some(x), Some(divisor)) = (x, divisor) else { return Term::Poison };
        self.at(name.span());
        let rest = self.graph.rem(x, divisor);
        let zero = self.graph.real(0.0);
        let negative = self.graph.compare(Comparison::Lt, rest, zero);
        let size = self.graph.elementary(Elementary::ABS, &[divisor]);
        let moved = self.graph.add(rest, size);
        Term::One(self.graph.select(negative, moved, rest))
    }

    /// What the standard library does: the quotient without its fraction, moved to where the remainder is not
    /// negative.
    fn div_euclid(&mut self, name: &Ident, receiver: Option<Value>, args: &[&Expr]) -> Term {
        let x = self.receiver(name, receiver, args, 1);
        let divisor = args.first().and_then(|argument| self.real(argument));
        let (Some(x), Some(divisor)) = (x, divisor) else { return Term::Poison };
        self.at(name.span());
        let quotient = self.graph.div(x, divisor);
        let whole = self.graph.elementary(Elementary::TRUNC, &[quotient]);
        let rest = self.graph.rem(x, divisor);
        let (zero, one) = (self.graph.real(0.0), self.graph.real(1.0));
        let negative = self.graph.compare(Comparison::Lt, rest, zero);
        let (less, more) = (self.graph.sub(whole, one), self.graph.add(whole, one));
        let positive = self.graph.compare(Comparison::Gt, divisor, zero);
        let moved = self.graph.select(positive, less, more);
        Term::One(self.graph.select(negative, moved, whole))
    }

    /// `f64::sin(x)`: the method of the first argument.
    pub(super) fn path_method(&mut self, ty: &Ident, name: &Ident, args: &[&Expr]) -> Term {
        let scalar = self.graph.scalar_name().to_owned();
        if *ty != scalar {
            return self
                .fail(ty, format!("the function computes in {scalar}: one scalar type is used throughout"));
        }
        let Some((first, rest)) = args.split_first() else {
            return self.fail(name, format!("`{ty}::{name}` without arguments is not understood"));
        };
        if name == "from" && rest.is_empty() {
            let Some(value) = self.single(first) else { return Term::Poison };
            self.at(name.span());
            return match self.graph.ty(value) {
                Type::Real => Term::One(value),
                Type::Int(int) if int.bits() < 64 => Term::One(self.graph.cast(value, Type::Real)),
                known if self.graph.is_integer(&known) => {
                    self.graph.unify(&known, &Type::Int(Int::I32));
                    Term::One(self.graph.cast(value, Type::Real))
                }
                _ => self.fail(first, "a conversion from this type is not understood: use `as`"),
            };
        }
        let receiver = self.real(first);
        self.method(name, receiver, rest)
    }
}

/// What to write instead of a method that the standard library has, or other languages have, and that is no function
/// with a derivative.
fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        "next_up" | "next_down" => "it goes to the next number that there is, which no derivative sees",
        "abs_sub" => "write `(a - b).max(0.0)`",
        "maximum" | "minimum" => "write `a.max(b)` or `a.min(b)`, and a condition where NaN matters",
        "total_cmp" | "partial_cmp" | "cmp" => {
            "an order of two numbers is understood in `max_by` and `min_by`; elsewhere compare them, `a < b`"
        }
        "lt" | "le" | "gt" | "ge" | "eq" | "ne" => "write the comparison with its operator, `a < b`",
        "add" | "sub" | "mul" | "div" | "rem" | "neg" => "write the operator, `a + b`",
        "to_bits" | "to_be_bytes" | "to_le_bytes" | "to_ne_bytes" | "classify" => {
            "it looks at how a number is stored, which no derivative sees; `is_nan`, `is_finite`, `is_normal` and \
             their like are understood"
        }
        "pow" => "write `powi` or `powf`",
        "into" => "the type that it yields is not known here: of integers write `f64::from(n)`",
        _ => return None,
    })
}

/// Whether one name is the other after one change.
fn is_near(known: &str, text: &str) -> bool {
    let (a, b) = (known.as_bytes(), text.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let prefix = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let suffix = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    prefix + suffix + 1 >= a.len().max(b.len()) && a.len() > 2
}
