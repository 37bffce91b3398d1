//! Calls: of methods by path, and of other differentiable functions through their companions.

use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Expr, ExprCall, GenericArgument, Type};

use super::body::{Access, Lowering, Shape};
use super::closures::RECURSION;
use super::names::plain;
use super::signature::bare_expression;
use super::stop::is_stop;
use super::terms::Term;
use crate::ir::{Call, Mode};

/// Types whose functions nobody can put `#[gradgen]` on.
const PRIMITIVES: [&str; 15] = [
    "bool", "char", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8",
    "usize",
];

/// Whether an argument of a generic function can be that of a const generic: a name can be.
fn may_be_length(argument: &GenericArgument) -> bool {
    match argument {
        GenericArgument::Const(_) => true,
        GenericArgument::Type(Type::Path(path)) => match path.path.get_ident() {
            Some(ident) => {
                let name = ident.to_string();
                name != "f64" && name != "f32" && !PRIMITIVES.contains(&name.as_str())
            }
            None => path.qself.is_none(),
        },
        _ => false,
    }
}

/// A path without the arguments of what it names: what a generic function has whatever they are.
pub(crate) fn without_arguments(mut path: syn::Path) -> syn::Path {
    if let Some(last) = path.segments.last_mut() {
        last.arguments = syn::PathArguments::None;
    }
    path
}

/// Whether a path is `std::array::from_fn`.
fn is_from_fn(path: &syn::Path) -> bool {
    let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let segments: Vec<_> = segments.iter().map(String::as_str).collect();
    matches!(segments[..], ["std" | "core", "array", "from_fn"])
}

/// The function of `std::mem` that a path means.
fn exchange(path: &syn::Path) -> Option<&'static str> {
    let segments: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match &segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["std" | "core", "mem", "swap"] => Some("swap"),
        ["std" | "core", "mem", "replace"] => Some("replace"),
        _ => None,
    }
}

impl Lowering<'_> {
    /// `std::mem::swap(&mut a, &mut b)`, and `replace`, which yields what was there.
    fn exchange(&mut self, name: &str, call: &ExprCall) -> Term {
        let args: Vec<_> = call.args.iter().collect();
        let [first, second] = args[..] else {
            return self.fail(call, format!("`{name}` takes two arguments"));
        };
        let place = self.expression(first, &Shape::Single);
        let other = self.expression(second, &Shape::Single);
        match (place, other) {
            (Term::Reference(a), Term::Reference(b)) if name == "swap" => {
                let (old, new) = (self.read(&a), self.read(&b));
                self.at(call.span());
                self.write(&a, new, first);
                self.write(&b, old, second);
                Term::UNIT
            }
            (Term::Reference(place), value) if name == "replace" => {
                let value = self.settled(value, second);
                let old = self.read(&place);
                self.at(call.span());
                self.write(&place, value, first);
                old
            }
            (Term::Poison, _) | (_, Term::Poison) => Term::Poison,
            _ => self.fail(call, "what is exchanged here are variables, elements and fields: `&mut a`"),
        }
    }

    /// `f(…)`.
    pub(super) fn call(&mut self, call: &ExprCall, shape: &Shape) -> Term {
        let expected = self.expected.take();
        let Expr::Path(callee) = bare_expression(&call.func) else {
            return match self.callable(&call.func) {
                Some(closure) => self.call_closure(&closure, call),
                None => Term::Poison,
            };
        };
        let args: Vec<_> = call.args.iter().collect();
        if let Some(term) = self.function_of_library_text(callee, &args) {
            return term;
        }
        if let Some(term) = self.scalar_function(callee, &args) {
            return term;
        }
        if callee.qself.is_some() {
            return self.fail(callee, "a path with a type in it is not understood here: write `f64::sin(x)`");
        }
        let segments = &callee.path.segments;
        let last = &segments[segments.len() - 1];
        let first = segments[0].ident.to_string();
        if segments.len() == 2 && matches!(first.as_str(), "f64" | "f32") {
            return self.path_method(&segments[0].ident, &last.ident, &args);
        }
        if segments.len() == 2 && PRIMITIVES.contains(&first.as_str()) {
            let message = format!(
                "functions of `{first}` are not understood: of integers, the methods `abs`, `min` and `max` are, \
                 written `n.max(1)`"
            );
            return self.fail(callee, message);
        }
        if is_from_fn(&callee.path) {
            return self.array_from_fn(call, last, expected);
        }
        if let Some(exchange) = exchange(&callee.path) {
            return self.exchange(exchange, call);
        }
        if matches!(first.as_str(), "std" | "core" | "alloc") {
            let message = "functions of the standard library are not understood, but for those of f64 and f32, \
                           written `x.sin()` or `f64::sin(x)`";
            return self.fail(callee, message);
        }
        if let Some(ident) = (segments.len() == 1).then_some(&last.ident) {
            if self.find(ident).is_some() {
                let bare = syn::ExprPath { path: without_arguments(callee.path.clone()), ..callee.clone() };
                return match self.callable(&Expr::Path(bare)) {
                    Some(closure) => self.call_closure(&closure, call),
                    None => Term::Poison,
                };
            }
            if plain(ident) == self.function {
                return self.fail(ident, RECURSION);
            }
        }
        if let Some(term) = self.tuple_struct(&callee.path, &args) {
            return term;
        }
        if let [ty, name] = &segments.iter().collect::<Vec<_>>()[..] {
            let ty = self.type_path(&ty.ident.clone().into());
            if let Some(refused) =
                ty.get_ident().and_then(|ty| self.refuse_ambiguous(&plain(ty), &name.ident))
            {
                return refused;
            }
            if let Some(closure) = ty.get_ident().and_then(|ty| self.method_text(&plain(ty), &name.ident)) {
                return self.call_closure(&closure, call);
            }
        }
        let bare_path = without_arguments(callee.path.clone());
        if let Some(closure) = self.library_function(&bare_path).or_else(|| self.inlined(&bare_path)) {
            return self.call_closure(&closure, call);
        }
        if let ([argument], true) = (&args[..], is_stop(call)) {
            return self.stop(callee, argument);
        }
        let before = segments.iter().take(segments.len() - 1).find(|segment| !segment.arguments.is_none());
        if let Some(segment) = before {
            return self.fail(&segment.arguments, "a path with a type in it is not understood here");
        }
        if let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
            && let Some(argument) =
                arguments.args.iter().find(|argument| !may_be_length(argument) && !self.is_scalar(argument))
        {
            let scalar = self.graph.scalar_name();
            let message = format!(
                "lengths, and the scalar type `{scalar}`, are understood as arguments of a generic function"
            );
            return self.fail(argument, message);
        }
        if matches!(last.ident.to_string().as_str(), "Some" | "Ok" | "Err") {
            return self.wrapped(call, &last.ident);
        }
        self.companion_call(call, callee, &args, shape)
    }

    /// Whether an argument of a generic function is the type that this function computes in.
    fn is_scalar(&self, argument: &GenericArgument) -> bool {
        let scalar = self.graph.scalar_name();
        matches!(argument, GenericArgument::Type(Type::Path(path)) if path.path.is_ident(scalar))
    }

    fn companion_call(
        &mut self,
        call: &ExprCall,
        callee: &syn::ExprPath,
        args: &[&Expr],
        shape: &Shape,
    ) -> Term {
        let mut values = vec![];
        let mut references = vec![];
        let mut sound = true;
        for argument in args {
            references.push(self.access_of(argument) == Access::Shared);
            match self.single(argument) {
                Some(value) if self.graph.ty(value).is_slice() => {
                    sound = false;
                    let message = "an array whose length is known at run time only cannot be passed to a function \
                                   of which only the name is seen here: write its loop here, or put both functions \
                                   into a `#[gradgen::module]`";
                    self.fail(argument, message);
                }
                Some(value) => values.push(value),
                None => sound = false,
            }
        }
        let bare = without_arguments(callee.path.clone());
        let known = self.results_of(&bare);
        let outputs = match (shape, &known) {
            (_, Some((types, _))) => types.len(),
            (Shape::Single, None) => 1,
            (Shape::Tuple(shapes), None) => shapes.len(),
        };
        if !sound {
            return Term::Poison;
        }
        self.at(callee.path.segments.last().map_or_else(|| call.span(), |segment| segment.ident.span()));
        // An integer that nothing else says the type of: most callees take sizes and places.
        for &value in &values {
            let mut ty = self.graph.ty(value);
            while let crate::ir::Type::Array(element, _) = ty {
                ty = (*element).clone();
            }
            if self.graph.is_integer(&ty) && self.graph.as_int(value).is_none() {
                self.graph.prefer_usize(&ty);
            }
        }
        let tape = self.symbol(&quote!(<#bare>::__TAPE));
        let callee = self.symbol(&callee.to_token_stream());
        let node = self
            .graph
            .call(Call { callee, tape, mode: Mode::Primal, references, outputs, own: false }, values);
        let is_tuple = match (shape, &known) {
            (_, Some((_, is_tuple))) => *is_tuple,
            (shape, None) => matches!(shape, Shape::Tuple(_)),
        };
        let mut results = (0..outputs).map(|place| {
            let known = known.as_ref().map(|(types, _)| types[place].clone());
            let ty = known.unwrap_or_else(|| self.graph.fresh_type());
            Term::One(self.graph.project(node, place, ty))
        });
        if is_tuple { Term::Tuple(results.collect()) } else { results.next().unwrap_or(Term::Poison) }
    }
}
