//! The words in `#[gradgen(...)]`.

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Lit, Path, Token, parenthesized};

use super::{Context, Custom};
use crate::diagnostics::Diagnostics;
use crate::differentiate::Kind;

const WORDS: &str = "gradient, jacobian, hessian, jvp, vjp, hvp, bundle(...), outputs(...), default(...), \
                     rename(...), state(...), types(...), unused = ..., limit = ..., checkpoint = ..., fallible, \
                     custom(...), crate = ...";

/// The attribute's content, as written.
#[derive(Default)]
pub struct Attribute {
    /// The requested derivatives, in order.
    pub requests: Vec<Request>,
    /// `outputs(…)`.
    pub outputs: Option<Vec<Ident>>,
    /// `default(x = 1.0)`.
    pub defaults: Vec<(Ident, Literal)>,
    /// `rename(x = "weight")`.
    pub renames: Vec<(Ident, syn::LitStr)>,
    /// `state(x)`.
    pub states: Vec<Ident>,
    /// `unused = "…"`.
    pub unused: Unused,
    /// `checkpoint = "sqrt"`.
    pub checkpoint: bool,
    /// `limit = N`.
    pub limit: Option<usize>,
    /// `fallible`: callees may refuse a call.
    pub fallible: bool,
    /// `custom(…)`.
    pub custom: Option<Custom>,
    /// `crate = path`.
    pub krate: Option<Path>,
    /// `types(State = [f64; 6])`: what other names of types stand for.
    pub types: Vec<(Ident, syn::Type)>,
    /// What is known of the names around the function.
    pub context: Rc<Context>,
    /// What `Self` means, of a method.
    pub itself: Option<Path>,
}

/// A default value: a literal with its sign.
pub struct Literal {
    /// Whether a minus stands before it.
    pub negative: bool,
    /// The literal.
    pub literal: Lit,
}

/// What to do about an input that nothing depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unused {
    /// It is told in the metadata.
    #[default]
    Allow,
    /// A deprecation note points at it.
    Warn,
    /// It is an error.
    Error,
}

/// One request.
pub struct Request {
    /// Where it stands.
    pub span: Span,
    /// Whether it is a bundle.
    pub bundle: bool,
    /// Its parts: one, or those of the bundle.
    pub parts: Vec<RequestPart>,
}

/// One derivative in a request.
pub struct RequestPart {
    /// The word.
    pub word: Ident,
    /// What it means.
    pub kind: Kind,
    /// By which inputs.
    pub inputs: Inputs,
}

/// The inputs in a request.
pub enum Inputs {
    /// None named.
    Bare,
    /// `(*)`.
    All,
    /// These.
    Named(Vec<Ident>),
}

impl Attribute {
    /// The path of the crate `gradgen`.
    #[must_use]
    pub fn runtime(&self) -> TokenStream {
        self.krate.as_ref().map_or_else(|| quote::quote!(::gradgen), ToTokens::to_token_stream)
    }

    /// What of it holds for the function of fields that stands for one of structs.
    #[must_use]
    pub fn of_fields(&self) -> Self {
        let Self { checkpoint, limit, fallible, .. } = *self;
        let (krate, context) = (self.krate.clone(), self.context.clone());
        Self { checkpoint, limit, fallible, krate, context, ..Self::default() }
    }

    /// Reads the attribute; what is wrong in it is reported, and the rest is read.
    pub fn parse(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut attribute = Self::default();
        let parse = |input: ParseStream<'_>| {
            let mut seen: Vec<String> = vec![];
            while !input.is_empty() {
                if let Err(error) = attribute.item(input, &mut seen, diagnostics) {
                    diagnostics.parse_error(&error);
                    skip_item(input)?;
                }
                if !input.is_empty()
                    && let Err(error) = input.parse::<Token![,]>()
                {
                    diagnostics.parse_error(&error);
                }
            }
            Ok(())
        };
        if let Err(error) = parse.parse2(tokens) {
            diagnostics.parse_error(&error);
        }
        attribute
    }

    fn item(
        &mut self,
        input: ParseStream<'_>,
        seen: &mut Vec<String>,
        diagnostics: &mut Diagnostics,
    ) -> syn::Result<()> {
        if input.peek(Token![crate]) {
            let word = input.parse::<Token![crate]>()?;
            input.parse::<Token![=]>()?;
            let path = input.call(Path::parse_mod_style)?;
            once(seen, "crate", &word, diagnostics);
            self.krate = Some(path);
            return Ok(());
        }
        let word = input.parse::<Ident>().map_err(|error| {
            syn::Error::new(error.span(), format!("expected a request or an option: {WORDS}"))
        })?;
        if let Some(kind) = request_kind(&word.to_string()) {
            let inputs = parse_inputs(input)?;
            let part = RequestPart { word: word.clone(), kind, inputs };
            self.requests.push(Request { span: word.span(), bundle: false, parts: vec![part] });
            return Ok(());
        }
        match word.to_string().as_str() {
            "bundle" => return self.bundle(&word, input, diagnostics),
            "outputs" => self.outputs = Some(parse_names(input)?),
            "default" => self.defaults = parse_pairs(input, parse_literal)?,
            "types" => self.types = parse_pairs(input, |input| input.parse::<syn::Type>())?,
            "rename" => self.renames = parse_pairs(input, |input| input.parse::<syn::LitStr>())?,
            "state" => {
                self.states = parse_names(input)?;
                if self.states.is_empty() {
                    return Err(syn::Error::new(word.span(), "no parameter is named: write `state(x)`"));
                }
            }
            "unused" => self.unused = parse_unused(input)?,
            "limit" => {
                input.parse::<Token![=]>()?;
                self.limit = Some(input.parse::<syn::LitInt>()?.base10_parse()?);
            }
            "checkpoint" => {
                input.parse::<Token![=]>()?;
                let word = input.parse::<syn::LitStr>()?;
                if word.value() != "sqrt" {
                    return Err(syn::Error::new(word.span(), "expected \"sqrt\""));
                }
                self.checkpoint = true;
            }
            "fallible" => self.fallible = true,
            "custom" => self.custom = Some(Custom::parse(&word, input, diagnostics)?),
            other => {
                let hint = match other {
                    "f" => "; the function itself is in a bundle: `bundle(f, grad(x))`",
                    "grad" => "; did you mean `gradient`?",
                    "jf" | "jac" => "; did you mean `jacobian`?",
                    _ => "",
                };
                diagnostics.error(&word, format!("unknown word `{other}`: expected {WORDS}{hint}"));
                return skip_item(input);
            }
        }
        once(seen, &word.to_string(), &word, diagnostics);
        Ok(())
    }

    fn bundle(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> syn::Result<()> {
        let content;
        parenthesized!(content in input);
        let mut parts = vec![];
        while !content.is_empty() {
            let word = content.parse::<Ident>()?;
            match part_kind(&word.to_string()) {
                Some(kind) => parts.push(RequestPart { kind, inputs: parse_inputs(&content)?, word }),
                None => {
                    let message =
                        "expected f, grad(...), jf(...), hessian(...), hvp(...), jvp(...) or vjp(...)";
                    diagnostics.error(&word, format!("unknown part `{word}` of a bundle: {message}"));
                    skip_item(&content)?;
                }
            }
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        self.requests.push(Request { span: word.span(), bundle: true, parts });
        Ok(())
    }
}

fn once(seen: &mut Vec<String>, word: &str, at: &impl ToTokens, diagnostics: &mut Diagnostics) {
    if seen.iter().any(|known| known == word) {
        diagnostics.error(at, format!("`{word}` is given twice"));
    }
    seen.push(word.to_owned());
}

fn request_kind(word: &str) -> Option<Kind> {
    Some(match word {
        "gradient" => Kind::Gradient,
        "jacobian" => Kind::Jacobian,
        "hessian" => Kind::Hessian,
        "hvp" => Kind::Hvp,
        "jvp" => Kind::Jvp,
        "vjp" => Kind::Vjp,
        _ => return None,
    })
}

fn part_kind(word: &str) -> Option<Kind> {
    Some(match word {
        "f" => Kind::Primal,
        "grad" => Kind::Gradient,
        "jf" => Kind::Jacobian,
        "hessian" => Kind::Hessian,
        "hvp" => Kind::Hvp,
        "jvp" => Kind::Jvp,
        "vjp" => Kind::Vjp,
        _ => return None,
    })
}

fn skip_item(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

fn parse_inputs(input: ParseStream<'_>) -> syn::Result<Inputs> {
    if !input.peek(syn::token::Paren) {
        return Ok(Inputs::Bare);
    }
    let content;
    let paren = parenthesized!(content in input);
    if content.peek(Token![*]) {
        content.parse::<Token![*]>()?;
        if !content.is_empty() {
            return Err(content.error("`*` stands alone: it means every differentiable input"));
        }
        return Ok(Inputs::All);
    }
    let names = content.parse_terminated(Ident::parse_named, Token![,])?;
    if names.is_empty() {
        return Err(syn::Error::new(
            paren.span.join(),
            "no input is named: write `(x)`, `(x, w)`, `(*)`, or leave the parentheses out",
        ));
    }
    Ok(Inputs::Named(names.into_iter().collect()))
}

/// Parsing of a name that may be a raw identifier.
trait ParseNamed: Sized {
    fn parse_named(input: ParseStream<'_>) -> syn::Result<Self>;
}

impl ParseNamed for Ident {
    fn parse_named(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(Token![self]) {
            return syn::ext::IdentExt::parse_any(input);
        }
        input.parse::<Self>()
    }
}

fn parse_names(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let content;
    parenthesized!(content in input);
    Ok(content.parse_terminated(Ident::parse_named, Token![,])?.into_iter().collect())
}

fn parse_pairs<T>(
    input: ParseStream<'_>,
    value: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<(Ident, T)>> {
    let content;
    parenthesized!(content in input);
    let mut pairs = vec![];
    while !content.is_empty() {
        let name = content.parse::<Ident>()?;
        content.parse::<Token![=]>()?;
        pairs.push((name, value(&content)?));
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(pairs)
}

fn parse_literal(input: ParseStream<'_>) -> syn::Result<Literal> {
    let negative = input.parse::<Option<Token![-]>>()?.is_some();
    Ok(Literal { negative, literal: input.parse()? })
}

fn parse_unused(input: ParseStream<'_>) -> syn::Result<Unused> {
    input.parse::<Token![=]>()?;
    let word = input.parse::<syn::LitStr>()?;
    match word.value().as_str() {
        "allow" => Ok(Unused::Allow),
        "warn" => Ok(Unused::Warn),
        "error" => Ok(Unused::Error),
        _ => Err(syn::Error::new(word.span(), "expected \"allow\", \"warn\" or \"error\"")),
    }
}
