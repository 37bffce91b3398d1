//! Closures, functions inside of the body, and functions as values: they are run where they are called,
//! on terms instead of expressions.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Block, Expr, ExprCall, ExprClosure, ExprPath, ItemFn, Pat, Stmt, Type};

use super::body::{Access, Lowering, Shape, Variable};
use super::context::{Context, is_run_in_place, renamed};
use super::names::{Meaning, Name, Scopes, plain};
use super::parameters::{Argument, Parameters, is_call};
use super::sequences::{Form, Item};
use super::signature::{bare, bare_expression};
use super::terms::Term;

/// So many calls may be run inside of each other: functions that call each other in a circle never
/// end.
const DEPTH: usize = 64;

/// A closure may be run inside of itself where it was passed to itself, but not for long.
const AGAIN: usize = 4;

/// So many nodes may a graph have before a call is run in its place: calls of calls of calls multiply.
const NODES: usize = 2_000_000;

/// What is run where it is called.
pub(super) enum Closure {
    /// Its text, and what its names mean.
    Text(Box<Text>),
    /// A function by its path: a method, or one with a companion.
    Path(ExprPath),
}

/// A closure or function of the body's.
pub(super) struct Text {
    name: Option<Ident>,
    inputs: Vec<Pat>,
    output: Option<Type>,
    body: Block,
    scopes: Scopes,
    parameters: Parameters,
    /// The type parameter that it computes with, if there is one.
    scalar: Option<Rc<super::Parameter>>,
    /// The names of the module that have another meaning in it.
    renamed: BTreeSet<String>,
    /// What the parameters of the function around a closure stand for.
    lengths: BTreeMap<String, Argument>,
    /// In a method: what `Self` means.
    itself: Option<syn::Path>,
    /// What is known of the names around it.
    context: Rc<Context>,
}

impl Closure {
    /// Whether its type says of an argument that it is a function.
    fn takes_function(&self, place: usize) -> bool {
        let Self::Text(text) = self else { return false };
        match text.inputs.get(place) {
            Some(Pat::Type(typed)) => text.parameters.is_function(&typed.ty),
            _ => false,
        }
    }

    /// Where it stands.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.inputs.first().map_or_else(|| text.body.span(), Spanned::span),
            Self::Path(path) => path.span(),
        }
    }

    /// What its first argument is called.
    pub(super) fn first_name(&self) -> Option<String> {
        let Self::Text(text) = self else { return None };
        match text.inputs.first()? {
            Pat::Ident(name) => Some(plain(&name.ident)),
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(name) => Some(plain(&name.ident)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Lowering<'_> {
    /// `|a, b| …`.
    pub(super) fn closure(&mut self, closure: &ExprClosure) -> Term {
        if let Some(token) = &closure.asyncness {
            return self.fail(token, "asynchronous code has no derivative");
        }
        let body = match &*closure.body {
            Expr::Block(block) if block.label.is_none() && block.attrs.is_empty() => block.block.clone(),
            other => Block {
                brace_token: syn::token::Brace::default(),
                stmts: vec![Stmt::Expr(other.clone(), None)],
            },
        };
        let output = match &closure.output {
            syn::ReturnType::Type(_, ty) => Some((**ty).clone()),
            syn::ReturnType::Default => None,
        };
        let scopes = match closure.capture {
            Some(_) => self.captured(closure.body.to_token_stream()),
            None => self.scopes.clone(),
        };
        let inputs = closure.inputs.iter().cloned().collect();
        let parameters = Parameters::default();
        Term::Closure(Rc::new(Closure::Text(Box::new(Text {
            name: None,
            inputs,
            output,
            body,
            scopes,
            parameters,
            scalar: self.parameter.clone(),
            renamed: self.renamed.clone(),
            lengths: self.lengths.clone(),
            itself: self.itself.clone(),
            context: self.context.clone(),
        }))))
    }

    /// The names in sight, those that are mentioned as variables of their own with the values of now. What a
    /// closure does to these is not seen outside, and a copy of the closure has others: they keep their values.
    fn captured(&mut self, body: TokenStream) -> Scopes {
        let mut scopes = self.scopes.clone();
        scopes.enter();
        let mut seen = BTreeMap::new();
        mentioned(body, &mut seen);
        for ident in seen.into_values() {
            let Meaning::Variable(id) = self.scopes.find(&Name::new(&ident)) else { continue };
            let variable = &self.variables[id];
            if variable.mutable
                && !matches!(variable.term, Term::Reference(_))
                && variable.access != Access::Output
            {
                let copy = Variable { mutable: false, access: Access::Captured, ..variable.clone() };
                self.variables.push(copy);
                scopes.declare(Name::new(&ident), self.variables.len() - 1);
            }
        }
        scopes
    }

    /// The functions of a block: they are known from its start.
    pub(super) fn declare_functions(&mut self, block: &Block) {
        let functions: Vec<_> = block
            .stmts
            .iter()
            .filter_map(|statement| match statement {
                Stmt::Item(syn::Item::Fn(function)) => Some(function),
                _ => None,
            })
            .collect();
        if functions.is_empty() {
            return;
        }
        let first = self.variables.len();
        for function in &functions {
            self.declare(&function.sig.ident, Term::Poison, false, Access::Owned);
            self.functions.insert(self.variables.len() - 1);
        }
        // What a function sees of the body is other functions.
        let scopes = self.scopes.only(&self.functions);
        for (place, function) in functions.into_iter().enumerate() {
            if let Some(text) = self.function_text(function, scopes.clone()) {
                self.variables[first + place].term = Term::Closure(Rc::new(Closure::Text(Box::new(text))));
            }
        }
    }

    fn function_text(&mut self, function: &ItemFn, scopes: Scopes) -> Option<Text> {
        let sig = &function.sig;
        let parameters = Parameters::of(&sig.generics);
        if sig.asyncness.is_some() || matches!(sig.safety, syn::Safety::Unsafe(_)) {
            self.fail(sig, "a function inside of the body is a plain one: neither `async` nor `unsafe`");
            return None;
        }
        let typed = |argument: &syn::FnArg| match argument {
            syn::FnArg::Typed(typed) => Some(Pat::Type(typed.clone())),
            syn::FnArg::Receiver(_) => None,
        };
        let inputs = sig.inputs.iter().map(typed).collect::<Option<Vec<_>>>()?;
        let output = match &sig.output {
            syn::ReturnType::Type(_, ty) => Some((**ty).clone()),
            syn::ReturnType::Default => None,
        };
        let body = (*function.block).clone();
        let name = Some(sig.ident.clone());
        let scalar = super::Parameter::of_inlined(&sig.generics, &parameters, &self.context).map(Rc::new);
        let itself = self.itself.clone();
        let (context, renamed, lengths) = (self.context.clone(), self.renamed.clone(), BTreeMap::new());
        Some(Text {
            name,
            inputs,
            output,
            body,
            scopes,
            parameters,
            scalar,
            renamed,
            lengths,
            itself,
            context,
        })
    }

    /// An expression that is called: a closure, or the path of a function.
    pub(super) fn callable(&mut self, expression: &Expr) -> Option<Rc<Closure>> {
        match expression {
            Expr::Paren(inner) => return self.callable(&inner.expr),
            Expr::Group(inner) => return self.callable(&inner.expr),
            Expr::Reference(inner) => return self.callable(&inner.expr),
            Expr::Path(path) => {
                let known = path.path.get_ident().is_some_and(|ident| self.find(ident).is_some());
                if !known {
                    return Some(Rc::new(Closure::Path(path.clone())));
                }
            }
            _ => {}
        }
        match self.base(expression) {
            Term::Closure(closure) => Some(closure),
            Term::Poison => None,
            _ => {
                self.fail(expression, "a closure or the path of a function is expected here");
                None
            }
        }
    }

    /// A function of the module, to be run where it is called: one that asks for no derivatives, is short, or
    /// takes what only the text of it can be given. Nothing, if it is called through its companion.
    pub(super) fn inlined(&mut self, path: &syn::Path) -> Option<Rc<Closure>> {
        let function = self.function_of_module(path)?;
        let name = plain(&function.sig.ident);
        if let Some(known) = self.inlined.get(&name) {
            return known.clone();
        }
        let text = is_run_in_place(&function).then(|| self.module_function_text(&function)).flatten();
        self.inlined.insert(name, text.clone());
        text
    }

    /// A function beside others, as what is run where it is called.
    pub(super) fn module_function_text(&mut self, function: &ItemFn) -> Option<Rc<Closure>> {
        let mut scopes = Scopes::default();
        scopes.enter();
        let renamed = renamed(function);
        let text = self.function_text(function, scopes)?;
        Some(Rc::new(Closure::Text(Box::new(Text { renamed, ..text }))))
    }

    /// A method or function of a type of the module's, to be run where it is called.
    pub(super) fn method_text(&mut self, ty: &str, name: &Ident) -> Option<Rc<Closure>> {
        let key = format!("{ty}::{}", plain(name));
        if let Some(known) = self.inlined.get(&key) {
            return known.clone();
        }
        let method = self.method_of_module(ty, &plain(name)).or_else(|| self.method_of_trait(ty, name))?;
        self.text_of_method(key, method, ty)
    }

    /// A function of a block, under a name of its own.
    pub(super) fn text_of_method(
        &mut self,
        key: String,
        method: syn::ImplItemFn,
        ty: &str,
    ) -> Option<Rc<Closure>> {
        if let Some(known) = self.inlined.get(&key) {
            return known.clone();
        }
        let mut function = ItemFn {
            attrs: method.attrs,
            vis: method.vis,
            sig: method.sig,
            block: Box::new(method.block),
            modifiers: Default::default(),
        };
        let receiver = take_receiver(&mut function.sig);
        let mut scopes = Scopes::default();
        scopes.enter();
        let renamed = renamed(&function);
        let text = self.function_text(&function, scopes).map(|mut text| {
            text.inputs.splice(0..0, receiver);
            let itself = Some(Ident::new(ty, Span::call_site()).into());
            Rc::new(Closure::Text(Box::new(Text { renamed, itself, ..text })))
        });
        self.inlined.insert(key, text.clone());
        text
    }

    /// `s.method(…)`, of a struct.
    pub(super) fn call_method(&mut self, closure: &Rc<Closure>, call: &syn::ExprMethodCall) -> Term {
        let writes = match &**closure {
            Closure::Text(text) => text.inputs.first().is_some_and(is_written),
            Closure::Path(_) => false,
        };
        let receiver = if writes { self.reference(&call.receiver) } else { self.base(&call.receiver) };
        let mut args = vec![(receiver, Form::One(Access::Shared))];
        args.extend(self.arguments(closure, call.args.iter(), 1));
        self.apply(closure, args, call)
    }

    /// A call of a closure with expressions.
    pub(super) fn call_closure(&mut self, closure: &Rc<Closure>, call: &ExprCall) -> Term {
        let args = self.arguments(closure, call.args.iter(), 0);
        if let Expr::Path(path) = bare_expression(&call.func)
            && let Some(last) = path.path.segments.last()
            && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
        {
            self.stated = Some(arguments.clone());
        }
        self.apply(closure, args, call)
    }

    /// The arguments of a call, from the parameter at a place on.
    fn arguments<'e>(
        &mut self,
        closure: &Rc<Closure>,
        given: impl Iterator<Item = &'e Expr>,
        first: usize,
    ) -> Vec<Item> {
        let mut args = vec![];
        for (place, argument) in given.enumerate() {
            if closure.takes_function(first + place) {
                let term = self.callable(argument).map_or(Term::Poison, Term::Closure);
                args.push((term, Form::VALUE));
                continue;
            }
            let access = self.access_of(argument);
            let access = if access == Access::Output { Access::Owned } else { access };
            let term = self.expression(argument, &Shape::Single);
            args.push((self.yielded(term, argument), Form::One(access)));
        }
        args
    }

    /// A call of a closure with terms.
    pub(super) fn apply(&mut self, closure: &Rc<Closure>, args: Vec<Item>, at: impl ToTokens) -> Term {
        match &**closure {
            Closure::Text(text) => self.run(text, args, at),
            Closure::Path(path) => self.call_by_path(path, args),
        }
    }

    /// Runs a body in the place of its call.
    fn run(&mut self, text: &Text, args: Vec<Item>, at: impl ToTokens) -> Term {
        if args.len() != text.inputs.len() {
            let message = format!("this is given {} arguments, and not {}", args.len(), text.inputs.len());
            return self.fail(at, message);
        }
        let itself = std::ptr::from_ref(text).addr();
        let within = self.run_now.iter().filter(|&&other| other == itself).count();
        if within >= AGAIN || self.run_now.len() >= DEPTH {
            return match &text.name {
                Some(name) => self.fail(name, RECURSION),
                None => self.fail(at, RECURSION),
            };
        }
        self.run_now.push(itself);
        let mut lengths = text.lengths.clone();
        lengths.extend(self.arguments_of(&text.parameters));
        let around_lengths = std::mem::replace(&mut self.lengths, lengths);
        let around_scalar = self.with_parameter(text.scalar.clone());
        let around_itself = text.itself.clone().map(|itself| self.itself.replace(itself));
        let around_context = std::mem::replace(&mut self.context, text.context.clone());
        // The functions of one module are not those of another.
        let is_elsewhere = !Rc::ptr_eq(&around_context, &self.context);
        let around_inlined = is_elsewhere.then(|| std::mem::take(&mut self.inlined));
        let around_renamed = std::mem::replace(&mut self.renamed, text.renamed.clone());
        if self.graph.len() > NODES {
            return self.fail(at, "the function is too large with its calls run in their places");
        }
        let around = std::mem::replace(&mut self.scopes, text.scopes.clone());
        self.suspended.push(around);
        self.scopes.enter();
        for (pattern, (term, form)) in text.inputs.iter().zip(args) {
            self.bind_item(pattern, term, &form);
        }
        let shape = super::body::shape_of_type(text.output.as_ref());
        if let Some(output) = &text.output {
            self.expected = Some(bare(output).clone());
        }
        let result = self.in_frame(&text.body, text.output.as_ref(), &shape);
        if let Some(ty) = &text.output {
            self.annotate(&result, ty);
        }
        if let Some(around) = self.suspended.pop() {
            self.scopes = around;
        }
        self.run_now.pop();
        self.lengths = around_lengths;
        self.parameter = around_scalar;
        if let Some(itself) = around_itself {
            self.itself = itself;
        }
        self.renamed = around_renamed;
        self.context = around_context;
        if let Some(inlined) = around_inlined {
            self.inlined = inlined;
        }
        result
    }

    /// A call of a function by its path, its arguments as variables that the text does not have.
    fn call_by_path(&mut self, path: &ExprPath, args: Vec<Item>) -> Term {
        self.scopes.enter();
        let mut names = Punctuated::new();
        // What is wrong with an argument is said at the function that is given it.
        let place_of_path = path.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
        let span = place_of_path.resolved_at(Span::mixed_site());
        for (place, (term, form)) in args.into_iter().enumerate() {
            let ident = Ident::new(&format!("__argument_{place}"), span);
            self.declare(&ident, term, false, form.access());
            let name = ExprPath { attrs: vec![], qself: None, path: ident.into() };
            names.push(Expr::Path(name));
        }
        let call = ExprCall {
            attrs: vec![],
            func: Box::new(Expr::Path(path.clone())),
            paren_token: syn::token::Paren::default(),
            args: names,
        };
        let term = self.call(&call, &Shape::Single);
        self.scopes.leave();
        term
    }
}

/// Takes `self` out of a method's parameters, as a pattern.
fn take_receiver(sig: &mut syn::Signature) -> Option<Pat> {
    let Some(syn::FnArg::Receiver(receiver)) = sig.inputs.first() else { return None };
    let token = receiver.self_token;
    let ident = Ident::new("self", token.span);
    let written = match &receiver.kind {
        syn::ReceiverKind::Reference(_, _, mutability) => mutability.is_some(),
        syn::ReceiverKind::Typed(_, ty) => {
            matches!(&**ty, Type::Reference(reference) if reference.mutability.is_some())
        }
        _ => false,
    };
    let mutability = receiver.mutability;
    let name = Pat::Ident(syn::PatIdent { attrs: vec![], by_ref: None, mutability, ident, subpat: None });
    sig.inputs = std::mem::take(&mut sig.inputs).into_iter().skip(1).collect();
    if !written {
        return Some(name);
    }
    let ty: Type = syn::parse_quote!(&mut Self);
    Some(Pat::Type(syn::PatType {
        attrs: vec![],
        pat: Box::new(name),
        colon_token: syn::token::Colon::default(),
        ty: Box::new(ty),
    }))
}

/// Whether a parameter is written to through its reference.
fn is_written(pattern: &Pat) -> bool {
    let Pat::Type(typed) = pattern else { return false };
    matches!(&*typed.ty, Type::Reference(reference) if reference.mutability.is_some())
}

/// What a function is that calls itself.
pub(super) const RECURSION: &str = "recursion is not understood: write a loop, `for _ in 0..n { … }`, with what the calls hand on in \
                     variables";

/// Whether a type is that of functions.
pub(super) fn is_function(ty: &Type) -> bool {
    match ty {
        Type::Paren(inner) => is_function(&inner.elem),
        Type::Group(inner) => is_function(&inner.elem),
        Type::Reference(inner) => is_function(&inner.elem),
        Type::ImplTrait(of) => of.bounds.iter().any(is_call),
        Type::TraitObject(of) => of.bounds.iter().any(is_call),
        Type::FnPtr(_) => true,
        _ => false,
    }
}

/// The identifiers in tokens, each once.
fn mentioned(tokens: TokenStream, seen: &mut BTreeMap<String, Ident>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => mentioned(group.stream(), seen),
            TokenTree::Ident(ident) => {
                seen.entry(plain(&ident)).or_insert(ident);
            }
            _ => {}
        }
    }
}
