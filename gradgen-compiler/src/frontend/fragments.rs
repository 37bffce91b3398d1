//! Fragments of `macro_rules!`, held together by parentheses.
//!
//! An expression that a macro was given (`$a:expr`) arrives as a group without visible delimiters.
//! rustc's parser takes such groups apart when they come out of an attribute: from `$a * 2.0` with
//! `1.0 + x` for `$a` it would make `1.0 + x * 2.0`, in the user's function too. So the groups that
//! matter get parentheses before anything else is done.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Expr;

/// The same tokens with parentheses around fragments that would fall apart.
#[must_use]
pub fn hold_together(tokens: TokenStream) -> TokenStream {
    if has_fragments(tokens.clone()) { rebuild(tokens, true) } else { tokens }
}

fn has_fragments(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::None || has_fragments(group.stream()),
        _ => false,
    })
}

fn rebuild(tokens: TokenStream, code: bool) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut rebuilt: Vec<TokenTree> = vec![];
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                let inner = rebuild(group.stream(), code);
                if code && falls_apart(rebuilt.last(), &group, tokens.peek()) {
                    rebuilt.push(TokenTree::Group(Group::new(Delimiter::Parenthesis, inner)));
                } else {
                    // What we read is what rustc will read.
                    rebuilt.extend(inner);
                }
            }
            TokenTree::Group(group) => {
                // In an attribute, `doc = "…"` is not an assignment.
                let attribute = group.delimiter() == Delimiter::Bracket
                    && matches!(rebuilt.last(), Some(TokenTree::Punct(punct)) if "#!".contains(punct.as_char()));
                let mut new = Group::new(group.delimiter(), rebuild(group.stream(), code && !attribute));
                new.set_span(group.span());
                rebuilt.push(TokenTree::Group(new));
            }
            other => rebuilt.push(other),
        }
    }
    rebuilt.into_iter().collect()
}

/// Whether a fragment means something else without its delimiters, between these tokens.
fn falls_apart(previous: Option<&TokenTree>, fragment: &Group, next: Option<&TokenTree>) -> bool {
    let before_operator = match next {
        Some(TokenTree::Punct(punct)) => !matches!(punct.as_char(), ';' | ','),
        Some(TokenTree::Ident(word)) => word == "as",
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Brace,
        Some(TokenTree::Literal(_)) | None => false,
    };
    match syn::parse2::<Expr>(fragment.stream()) {
        Ok(Expr::Binary(_) | Expr::Cast(_) | Expr::Range(_) | Expr::Assign(_) | Expr::Closure(_)) => true,
        Ok(Expr::Lit(_) | Expr::Path(_)) | Err(_) => false,
        // A block in place of a statement ends there; what follows may be the next one.
        Ok(
            Expr::Block(_)
            | Expr::If(_)
            | Expr::Match(_)
            | Expr::ForLoop(_)
            | Expr::While(_)
            | Expr::Loop(_)
            | Expr::Unsafe(_),
        ) => {
            let inside = matches!(previous, Some(TokenTree::Punct(punct)) if punct.as_char() != ';');
            let starts = matches!(next, Some(TokenTree::Punct(punct)) if "*-&!|#<'".contains(punct.as_char()))
                || matches!(next, Some(TokenTree::Group(_)));
            before_operator && (inside || !starts)
        }
        // What a negation or a reference means changes only by what follows; types, which may look
        // the same, have nothing of the kind after them.
        Ok(_) => before_operator,
    }
}
