//! `impl Trait for S` of the module's: methods of structs, and their operators. Their text is run where they are
//! called, as that of inherent methods is. That the call means this text and no other, rustc checks.

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprBinary, ImplItem, ImplItemFn, ItemImpl, TraitItem, Type};

use super::body::{Access, Lowering, Shape};
use super::closures::Closure;
use super::context::Context;
use super::names::plain;
use super::places::Place;
use super::sequences::Form;
use super::signature::bare;
use super::terms::Term;
use crate::ir;

/// A function of an `impl Trait for S`.
#[derive(Clone)]
pub struct Implementation {
    /// The name of the type.
    ty: String,
    /// The type, which may be a reference to one of that name.
    itself: TokenStream,
    /// The trait, with its arguments.
    of: syn::Path,
    /// The function.
    method: ImplItemFn,
}

impl Implementation {
    /// The functions of a block. None, where it is generic.
    pub(super) fn of_block(block: &ItemImpl) -> Vec<Self> {
        let Some((of, _)) = &block.trait_ else { return vec![] };
        let is_plain =
            block.generics.params.iter().all(|parameter| matches!(parameter, syn::GenericParam::Lifetime(_)));
        let Type::Path(path) = referenced(&block.self_ty) else { return vec![] };
        let (Some(name), true) = (path.path.get_ident(), is_plain) else { return vec![] };
        let types: Vec<(String, TokenStream)> = block
            .items
            .iter()
            .filter_map(|item| match item {
                ImplItem::Type(ty) => Some((plain(&ty.ident), ty.ty.to_token_stream())),
                _ => None,
            })
            .collect();
        let itself = without_lifetimes(block.self_ty.to_token_stream(), name);
        let Ok(of) = syn::parse2::<syn::Path>(without_lifetimes(of.to_token_stream(), name)) else {
            return vec![];
        };
        let methods = block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(method) if !method.attrs.iter().any(super::other_attributes::is_conditional) => {
                let method = syn::parse2(with_types(method.to_token_stream(), &types)).ok()?;
                Some(Self { ty: plain(name), itself: itself.clone(), of: of.clone(), method })
            }
            _ => None,
        });
        methods.collect()
    }

    fn name(&self) -> String {
        plain(&self.method.sig.ident)
    }

    fn is_of_reference(&self) -> bool {
        self.itself.to_string().starts_with('&')
    }

    /// The type on the right side of an operator, without references.
    fn right(&self) -> Option<String> {
        match &self.of.segments.last()?.arguments {
            syn::PathArguments::None => Some(self.ty.clone()),
            syn::PathArguments::AngleBracketed(arguments) => match arguments.args.first()? {
                syn::GenericArgument::Type(ty) => match referenced(ty) {
                    Type::Path(path) => path.path.get_ident().map(plain),
                    _ => None,
                },
                _ => None,
            },
            syn::PathArguments::Parenthesized(_) => None,
        }
    }
}

/// A type without references to it.
fn referenced(ty: &Type) -> &Type {
    match bare(ty) {
        Type::Reference(reference) if reference.mutability.is_none() => referenced(&reference.elem),
        ty => ty,
    }
}

/// `Self` by its name, and lifetimes without theirs.
fn without_lifetimes(tokens: TokenStream, name: &Ident) -> TokenStream {
    let mut after_tick = false;
    let tokens = tokens.into_iter().map(|token| match token {
        TokenTree::Punct(punct) if punct.as_char() == '\'' => {
            after_tick = true;
            TokenTree::Punct(punct)
        }
        TokenTree::Ident(word) if after_tick => {
            after_tick = false;
            TokenTree::Ident(Ident::new("_", word.span()))
        }
        TokenTree::Ident(word) if word == "Self" => TokenTree::Ident(name.clone()),
        token => token,
    });
    tokens.collect()
}

/// `Self::Output` by what it is.
fn with_types(tokens: TokenStream, types: &[(String, TokenStream)]) -> TokenStream {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let mut replaced = TokenStream::new();
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let known = match &tokens[place..] {
            [
                TokenTree::Ident(first),
                TokenTree::Punct(a),
                TokenTree::Punct(b),
                TokenTree::Ident(name),
                ..,
            ] if first == "Self" && a.as_char() == ':' && b.as_char() == ':' => {
                types.iter().find(|(known, _)| *known == plain(name))
            }
            _ => None,
        };
        match (known, token) {
            (Some((_, ty)), _) => {
                replaced.extend(ty.clone());
                place += 3;
            }
            (None, TokenTree::Group(group)) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), with_types(group.stream(), types));
                inner.set_span(group.span());
                replaced.extend([TokenTree::Group(inner)]);
            }
            (None, token) => replaced.extend([token.clone()]),
        }
        place += 1;
    }
    replaced
}

impl Context {
    /// What traits give a type under a name: what their blocks say, or the traits themselves.
    fn implementations_of(&self, ty: &str, name: &str) -> Vec<Implementation> {
        let mut found: Vec<_> = self
            .implementations
            .iter()
            .filter(|known| known.ty == ty && known.name() == name)
            .cloned()
            .collect();
        for (of, block) in &self.implemented {
            let defaults = self.traits.get(of).filter(|_| block == ty);
            let default = defaults.and_then(|of| {
                of.items.iter().find_map(|item| match item {
                    TraitItem::Fn(method) if method.sig.ident == name => {
                        method.default.clone().map(|body| (method, body))
                    }
                    _ => None,
                })
            });
            let is_overridden = found.iter().any(|known| known.of.is_ident(of.as_str()));
            if let (Some((method, block)), false) = (default, is_overridden) {
                let itself = Ident::new(ty, Span::call_site());
                found.push(Implementation {
                    ty: ty.to_owned(),
                    itself: itself.to_token_stream(),
                    of: Ident::new(of, Span::call_site()).into(),
                    method: ImplItemFn {
                        attrs: method.attrs.clone(),
                        vis: syn::Visibility::Inherited,
                        sig: method.sig.clone(),
                        block,
                        modifiers: Default::default(),
                    },
                });
            }
        }
        found
    }

    /// Adds what a block says.
    pub(super) fn add_implementations(&mut self, block: &ItemImpl) {
        if let (Some((of, _)), Type::Path(path)) = (&block.trait_, &*block.self_ty)
            && let (Some(of), Some(ty), true) =
                (of.get_ident(), path.path.get_ident(), block.generics.params.is_empty())
        {
            self.implemented.push((plain(of), plain(ty)));
        }
        self.implementations.extend(Implementation::of_block(block));
    }
}

/// The trait and the function of an operator.
fn operator(op: &BinOp) -> Option<(&'static str, &'static str)> {
    Some(match op {
        BinOp::Add(_) => ("Add", "add"),
        BinOp::Sub(_) => ("Sub", "sub"),
        BinOp::Mul(_) => ("Mul", "mul"),
        BinOp::Div(_) => ("Div", "div"),
        BinOp::Rem(_) => ("Rem", "rem"),
        BinOp::AddAssign(_) => ("AddAssign", "add_assign"),
        BinOp::SubAssign(_) => ("SubAssign", "sub_assign"),
        BinOp::MulAssign(_) => ("MulAssign", "mul_assign"),
        BinOp::DivAssign(_) => ("DivAssign", "div_assign"),
        BinOp::RemAssign(_) => ("RemAssign", "rem_assign"),
        _ => return None,
    })
}

impl Lowering<'_> {
    /// The function that a trait gives a type of the module's, if it is the only one of that name.
    pub(super) fn method_of_trait(&mut self, ty: &str, name: &Ident) -> Option<ImplItemFn> {
        let found = self.context.implementations_of(ty, &plain(name));
        let [only] = &found[..] else { return None };
        if only.is_of_reference() {
            return None;
        }
        let (itself, of, function) = (&only.itself, &only.of, &only.method.sig.ident);
        self.require_same(&quote!(#itself::#function), &quote!(<#itself as #of>::#function), name.span());
        Some(only.method.clone())
    }

    /// A name that a trait gives a type, and the type itself or another trait too.
    pub(super) fn refuse_ambiguous(&mut self, ty: &str, name: &Ident) -> Option<Term> {
        let own = usize::from(self.method_of_module(ty, &plain(name)).is_some());
        if own + self.context.implementations_of(ty, &plain(name)).len() < 2 {
            return None;
        }
        let message = format!(
            "`{ty}` has more than one function called `{name}`, and which one is meant is not known here: give one \
             of them another name"
        );
        Some(self.fail(name, message))
    }

    /// Has rustc check that two paths are of one function.
    fn require_same(&mut self, a: &TokenStream, b: &TokenStream, at: Span) {
        let span = Span::call_site().located_at(at);
        let check = quote_spanned! {span=>
            const _: fn() = || {
                fn same<F>(_: F, _: F) {}
                same(#a, #b);
            };
        };
        if let Ok(check) = syn::parse2(check) {
            self.require(check);
        }
    }

    /// The name of a struct of the module's that a term is.
    pub(super) fn name_of_struct(&self, term: &Term) -> Option<String> {
        match term {
            Term::Struct(path, _) => path.get_ident().map(plain),
            Term::Record(record) => match self.type_of_record(record)? {
                Type::Path(path) => path.path.get_ident().map(plain),
                _ => None,
            },
            _ => None,
        }
        .filter(|name| self.context.structs.contains_key(name))
    }

    /// The name of the type of an operand.
    fn name_of_operand(&self, term: &Term) -> Option<String> {
        match term {
            Term::One(value) => {
                let ty = self.graph.ty(*value);
                let is_scalar = match ty {
                    ir::Type::Real => true,
                    ir::Type::Variable(_) => !self.graph.is_integer(&ty),
                    _ => false,
                };
                is_scalar.then(|| self.graph.scalar_name().to_owned())
            }
            term => self.name_of_struct(term),
        }
    }

    /// What an operator of the module's does.
    fn operator_text(
        &mut self,
        of: &str,
        name: &str,
        left: &str,
        right: Option<&str>,
        at: &dyn ToTokens,
    ) -> Option<Rc<Closure>> {
        let found: Vec<_> = self
            .context
            .implementations
            .iter()
            .filter(|known| {
                known.of.segments.last().is_some_and(|last| last.ident == of)
                    && known.ty == left
                    && known.name() == name
                    && right.is_none_or(|right| known.right().as_deref() == Some(right))
            })
            .cloned()
            .collect();
        let [only] = &found[..] else {
            let message = if found.is_empty() {
                format!(
                    "an operator of a struct is understood where `#[gradgen::module]` shows `impl {of}` of it: put \
                     that into the module, or write out the fields"
                )
            } else {
                format!(
                    "there is more than one `impl {of}` for these types, with references and without, and which one \
                     is meant is not known here: write out the fields, or call a function"
                )
            };
            self.fail(at.to_token_stream(), message);
            return None;
        };
        let (itself, path, function) = (&only.itself, &only.of, Ident::new(name, Span::call_site()));
        let (core, arguments) = (Ident::new(of, Span::call_site()), &only.of.segments.last()?.arguments);
        self.require_same(
            &quote!(<#itself as #path>::#function),
            &quote!(<#itself as ::core::ops::#core #arguments>::#function),
            at.span(),
        );
        let key = format!("{} as {}::{name}", only.itself, path.to_token_stream());
        self.text_of_method(key, only.method.clone(), left)
    }

    /// `a + b`, where one of both is a struct.
    pub(super) fn operation_on_structs(&mut self, binary: &ExprBinary, left: Term, right: Term) -> Term {
        let Some((of, name)) = operator(&binary.op) else {
            return self.fail(binary.op, "structs are not compared here: compare the fields");
        };
        let names = (self.name_of_operand(&left), self.name_of_operand(&right));
        let (Some(a), Some(b)) = names else {
            let message =
                "an operator is understood of structs that `#[gradgen::module]` shows, and of floats";
            return self.fail(binary, message);
        };
        let Some(closure) = self.operator_text(of, name, &a, Some(&b), &binary.op) else {
            return Term::Poison;
        };
        let forms = (self.form_of(&binary.left), self.form_of(&binary.right));
        self.at(binary.op.span());
        self.apply(&closure, vec![(left, forms.0), (right, forms.1)], binary)
    }

    /// `a += b`, where `a` is a struct.
    pub(super) fn assignment_to_struct(
        &mut self,
        binary: &ExprBinary,
        place: Place,
        left: &Term,
        right: Term,
    ) -> Term {
        let Some((of, name)) = operator(&binary.op) else { return Term::Poison };
        let names = (self.name_of_struct(left), self.name_of_operand(&right));
        let (Some(a), Some(b)) = names else {
            let message =
                "an operator is understood of structs that `#[gradgen::module]` shows, and of floats";
            return self.fail(binary, message);
        };
        let Some(closure) = self.operator_text(of, name, &a, Some(&b), &binary.op) else {
            return Term::Poison;
        };
        let form = self.form_of(&binary.right);
        self.at(binary.op.span());
        self.apply(
            &closure,
            vec![(Term::Reference(place), Form::One(Access::Shared)), (right, form)],
            binary,
        );
        Term::UNIT
    }

    /// `-a` of a struct.
    pub(super) fn negated_struct(&mut self, unary: &syn::ExprUnary, term: Term) -> Term {
        let Some(name) = self.name_of_struct(&term) else { return Term::Poison };
        let Some(closure) = self.operator_text("Neg", "neg", &name, None, &unary.op) else {
            return Term::Poison;
        };
        let form = self.form_of(&unary.expr);
        self.at(unary.op.span());
        self.apply(&closure, vec![(term, form)], unary)
    }

    fn form_of(&mut self, expression: &Expr) -> Form {
        match self.access_of(expression) {
            Access::Output => Form::VALUE,
            access => Form::One(access),
        }
    }

    /// An operand, before it is known whether it is a struct.
    pub(super) fn operand(&mut self, expression: &Expr) -> Term {
        let term = self.expression(expression, &Shape::Single);
        if self.name_of_struct(&term).is_some() {
            return term;
        }
        self.one_of(term, expression).map_or(Term::Poison, Term::One)
    }
}
