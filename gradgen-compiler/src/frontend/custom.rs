//! `custom(…)`: derivatives that the user gives. The body of such a function is not read; its graph is a
//! call of its own companion, which is written from what is given.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::parse::ParseStream;
use syn::{ItemFn, Path, Token, parenthesized};

use super::body::Body;
use super::calls::without_arguments;
use super::{Attribute, Passing, Signature};
use crate::diagnostics::Diagnostics;
use crate::ir::{Call, Graph, Mode, Symbol, Type};

const WORDS: &str = "jvp = ..., vjp = ..., gradient = ..., jacobian = ..., hvp = ..., differentiable";

/// A kind of function that a user can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Given {
    /// Inputs, a tangent of each → tangents of the outputs.
    Jvp,
    /// Inputs, a cotangent of each output → cotangents of the inputs.
    Vjp,
    /// Inputs → the gradient of the one scalar output.
    Gradient,
    /// Inputs → the matrix of first derivatives.
    Jacobian,
    /// Inputs, a direction in each → the Hessian of the one scalar output times the direction.
    Hvp,
}

impl Given {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Jvp, Self::Vjp, Self::Gradient, Self::Jacobian, Self::Hvp];

    /// Its word in the attribute.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Jvp => "jvp",
            Self::Vjp => "vjp",
            Self::Gradient => "gradient",
            Self::Jacobian => "jacobian",
            Self::Hvp => "hvp",
        }
    }
}

/// The content of `custom(…)`.
pub struct Custom {
    /// The word.
    span: Span,
    /// The user's functions, each with the word that says what it is.
    given: Vec<(Given, Ident, Path)>,
    /// That they have companions themselves.
    differentiable: Option<Ident>,
}

impl Custom {
    /// Reads what stands after the word.
    pub(super) fn parse(
        word: &Ident,
        input: ParseStream<'_>,
        diagnostics: &mut Diagnostics,
    ) -> syn::Result<Self> {
        let content;
        parenthesized!(content in input);
        let mut custom = Self { span: word.span(), given: vec![], differentiable: None };
        while !content.is_empty() {
            let word = content.parse::<Ident>()?;
            let text = word.to_string();
            if text == "differentiable" {
                custom.differentiable = Some(word);
            } else if let Some(given) = Given::ALL.into_iter().find(|given| given.word() == text) {
                content.parse::<Token![=]>()?;
                let path = content.parse::<Path>()?;
                if custom.path(given).is_some() {
                    diagnostics.error(&word, format!("`{text}` is given twice"));
                }
                custom.given.push((given, word, path));
            } else {
                diagnostics.error(&word, format!("unknown word `{text}` in `custom(...)`: expected {WORDS}"));
                while !content.is_empty() && !content.peek(Token![,]) {
                    content.parse::<proc_macro2::TokenTree>()?;
                }
            }
            if !content.is_empty() {
                content.parse::<Token![,]>()?;
            }
        }
        Ok(custom)
    }

    /// The user's function of a kind.
    #[must_use]
    pub fn path(&self, given: Given) -> Option<&Path> {
        self.given.iter().find(|(known, ..)| *known == given).map(|(.., path)| path)
    }

    /// What the user gives, in the order written.
    pub fn given(&self) -> impl Iterator<Item = (Given, &Path)> {
        self.given.iter().map(|(given, _, path)| (*given, path))
    }

    /// The function from which reverse mode follows.
    #[must_use]
    pub fn reverse(&self) -> Option<Given> {
        [Given::Vjp, Given::Gradient, Given::Jacobian].into_iter().find(|&given| self.path(given).is_some())
    }

    /// The function from which forward mode follows.
    #[must_use]
    pub fn forward(&self, signature: &Signature) -> Option<Given> {
        let known = [Given::Jvp, Given::Gradient, Given::Jacobian];
        let known = known.into_iter().find(|&given| self.path(given).is_some());
        known.or_else(|| (has_one_scalar(signature) && self.path(Given::Vjp).is_some()).then_some(Given::Vjp))
    }

    /// Whether second derivatives follow: tangents of reverse mode.
    #[must_use]
    pub fn is_twice(&self) -> bool {
        self.reverse().is_some() && (self.path(Given::Hvp).is_some() || self.differentiable.is_some())
    }

    /// What has to be given for a graph that calls the function, and is not.
    #[must_use]
    pub fn missing(&self, graph: &Graph, signature: &Signature) -> Option<&'static str> {
        let modes = crate::passes::calls(graph);
        let has = |wanted: &[Mode]| modes.iter().any(|(_, mode)| wanted.contains(mode));
        if has(&[Mode::Forward, Mode::Reverse, Mode::ReverseJvp]) && self.reverse().is_none() {
            return Some(if has_one_scalar(signature) {
                "is by reverse mode, which does not follow from `jvp`: add `gradient = ...` or `vjp = ...` to \
                 `custom(...)`"
            } else {
                "is by reverse mode, which does not follow from `jvp`: add `vjp = ...` or `jacobian = ...` to \
                 `custom(...)`"
            });
        }
        if has(&[Mode::Jvp, Mode::ForwardJvp]) && self.forward(signature).is_none() {
            return Some(
                "is by forward mode, which does not follow from the `vjp` of several values: add `jvp = ...` or \
                 `jacobian = ...` to `custom(...)`",
            );
        }
        let is_missing = has(&[Mode::ReverseJvp]) && !self.is_twice();
        is_missing.then_some(
            "is a second derivative: add `hvp = ...` to `custom(...)`, or the word `differentiable` if what is \
             given there has `#[gradgen]` itself",
        )
    }

    /// Reports what makes no sense.
    pub fn check(
        &self,
        item: &ItemFn,
        attribute: &Attribute,
        signature: &Signature,
        diagnostics: &mut Diagnostics,
    ) {
        if self.given.is_empty() {
            diagnostics.error_at(self.span, format!("no derivative is given: expected {WORDS}"));
        }
        for (given, word, _) in &self.given {
            if matches!(given, Given::Gradient | Given::Hvp) && !has_one_scalar(signature) {
                let message = format!(
                    "`{}` is of functions with one scalar output: give `jvp`, `vjp` or `jacobian`",
                    given.word()
                );
                diagnostics.error(word, message);
            }
            if *given == Given::Hvp && self.reverse().is_none() {
                let message = "`hvp` alone does not do: the first derivatives are needed beside it, as `gradient` \
                               or `vjp`";
                diagnostics.error(word, message);
            }
        }
        if let Some(word) = &self.differentiable {
            if self.path(Given::Hvp).is_some() {
                diagnostics
                    .error(word, "`hvp` says the second derivatives already: leave out one of the two");
            } else if self.reverse().is_none() {
                let message = "what is differentiated once more is `gradient`, `vjp` or `jacobian`: none of them is given";
                diagnostics.error(word, message);
            }
        }
        if attribute.checkpoint {
            diagnostics
                .error_at(self.span, "`checkpoint` divides loops, and the body of this function is not read");
        }
        if signature.parameter.is_some() {
            diagnostics.error(
                &item.sig.generics,
                "a function with `custom(...)` is of f64 or f32, not of any type: write it for one of them",
            );
        }
        if signature.wrapper.is_some() {
            diagnostics.error(
                &item.sig.output,
                "a function with `custom(...)` always has a value: return it without `Option` or `Result`",
            );
        }
        self.check_inputs(item, signature, diagnostics);
    }

    fn check_inputs(&self, item: &ItemFn, signature: &Signature, diagnostics: &mut Diagnostics) {
        for (input, argument) in signature.inputs.iter().zip(&item.sig.inputs) {
            if input.passing == Passing::Mutable {
                let message = "a function with `custom(...)` returns its outputs: whether a `&mut` parameter is read \
                               first would follow from the body, which is not read";
                diagnostics.error(argument, message);
            } else if input.ty.is_slice() {
                let message = "a function with `custom(...)` takes arrays, `&[f64; N]` with `const N: usize`, and no \
                               slices";
                diagnostics.error(argument, message);
            }
        }
        if signature.differentiable().next().is_none() {
            diagnostics.error_at(self.span, "no input is differentiable: there is no derivative to give");
        }
    }
}

/// Whether there is but one output, a scalar.
#[must_use]
pub fn has_one_scalar(signature: &Signature) -> bool {
    signature.outputs.len() == 1 && signature.outputs[0].ty == Type::Real
}

/// The function as a call of its companion.
#[must_use]
pub fn call_of_companion(item: &ItemFn, signature: &Signature) -> Body {
    let mut graph = Graph::new(signature.scalar);
    graph.symbols = signature.symbols.iter().map(|(symbol, _)| symbol.clone()).collect();
    let mut symbols: Vec<TokenStream> = signature.symbols.iter().map(|(_, tokens)| tokens.clone()).collect();
    let mut symbol = |graph: &mut Graph, tokens: TokenStream| {
        graph.symbols.push(Symbol { text: tokens.to_string(), generic: false });
        symbols.push(tokens);
        u32::try_from(symbols.len() - 1).unwrap_or(u32::MAX)
    };
    let name = &item.sig.ident;
    let generics = &signature.generics;
    let callee = if generics.is_empty() { quote!(#name) } else { quote!(#name::<#(#generics),*>) };
    let bare = without_arguments(Path::from(name.clone())).to_token_stream();
    let tape = symbol(&mut graph, quote!(<#bare>::__TAPE));
    let callee = symbol(&mut graph, callee);
    let inputs: Vec<_> = signature.inputs.iter().map(|input| graph.input(input.ty.clone())).collect();
    let references = signature.inputs.iter().map(|input| input.passing == Passing::Shared).collect();
    let outputs = signature.outputs.len();
    let call = Call { callee, tape, mode: Mode::Primal, references, outputs, own: true };
    let node = graph.call(call, inputs);
    let results = signature.outputs.iter().enumerate();
    let results = results.map(|(place, output)| graph.project(node, place, output.ty.clone())).collect();
    graph.set_results(results);
    Body {
        graph,
        symbols,
        spans: vec![name.span()],
        items: vec![],
        errors: vec![],
        bindings: vec![],
        traits: vec![],
        input_leaves: vec![],
        result_leaves: vec![],
        handed_on: vec![],
    }
}
