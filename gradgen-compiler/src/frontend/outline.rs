//! What a function's text mentions of a parameter whose type it does not see: the fields behind its name. Where these
//! are all that it mentions, the others cannot change, and a struct that is written to is known well enough.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Block, Expr, Stmt, UnOp};

use super::names::plain;

/// The fields.
pub(super) type Outline = Vec<Mention>;

/// A field that is mentioned.
#[derive(Clone)]
pub(super) struct Mention {
    /// The names that lead there.
    pub(super) path: Vec<String>,
    /// Whether it is seen to be written to.
    pub(super) is_written: bool,
}

/// Where a parameter is mentioned otherwise.
pub(super) enum Unknown {
    /// As a whole.
    Whole(Ident),
    /// A field as a whole, and a field of it.
    Part(Ident, Vec<String>),
}

/// The fields of a parameter that a body mentions.
pub(super) fn outline(name: &Ident, body: TokenStream) -> Result<Outline, Unknown> {
    let mut found = vec![];
    search(&plain(name), body, &mut found)?;
    let mut fields: Outline = vec![];
    for (ident, field) in found {
        let Mention { path, is_written } = field;
        if let Some(known) = fields.iter_mut().find(|known| known.path == path) {
            known.is_written |= is_written;
            continue;
        }
        let overlaps = |known: &&Mention| known.path.starts_with(&path) || path.starts_with(&known.path);
        if let Some(other) = fields.iter().find(overlaps) {
            let shorter = if other.path.len() < path.len() { other.path.clone() } else { path };
            return Err(Unknown::Part(ident, shorter));
        }
        fields.push(Mention { path, is_written });
    }
    Ok(fields)
}

/// Whether a body does nothing with a parameter but replace its whole, in a statement that is always run.
pub(super) fn is_replaced(name: &Ident, body: &Block) -> bool {
    let is_assignment = |statement: &Stmt| match statement {
        Stmt::Expr(Expr::Assign(assign), _) => match &*assign.left {
            Expr::Unary(unary) => {
                matches!((&unary.op, &*unary.expr), (UnOp::Deref(_), Expr::Path(path)) if path.path.is_ident(name))
            }
            _ => false,
        },
        _ => false,
    };
    body.stmts.iter().any(is_assignment) && only_replaced(&plain(name), body.to_token_stream())
}

/// Whether `*name = ` stands wherever the name does.
fn only_replaced(name: &str, tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    tokens.iter().enumerate().all(|(place, token)| match token {
        TokenTree::Group(group) => only_replaced(name, group.stream()),
        TokenTree::Ident(ident) if plain(ident) == name && !is_behind_dot(&tokens[..place]) => {
            let is_place = tokens[..place].last().is_some_and(|before| is_punct(before, '*'));
            let starts = place < 2
                || is_punct(&tokens[place - 2], ';')
                || matches!(tokens[place - 2], TokenTree::Group(_));
            is_place && starts && is_assigned(&tokens[place + 1..])
        }
        _ => true,
    })
}

fn search(name: &str, body: TokenStream, found: &mut Vec<(Ident, Mention)>) -> Result<(), Unknown> {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    for (place, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => search(name, group.stream(), found)?,
            // A field of something else is called so.
            TokenTree::Ident(ident) if plain(ident) == name && !is_behind_dot(&tokens[..place]) => {
                let (path, behind) = fields(&tokens[place + 1..]);
                if path.is_empty() {
                    return Err(Unknown::Whole(ident.clone()));
                }
                let is_written = is_lent(&tokens[..place]) || is_assigned(behind);
                found.push((ident.clone(), Mention { path, is_written }));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a single dot is the last of some tokens: behind `..` stands no field.
fn is_behind_dot(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., before, last] => is_punct(last, '.') && !is_punct(before, '.'),
        [last] => is_punct(last, '.'),
        [] => false,
    }
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

/// Whether `&mut` stands before.
fn is_lent(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., TokenTree::Ident(word)] if *word == "mut")
}

/// Whether an assignment follows, perhaps behind indices, or a method that writes.
fn is_assigned(mut behind: &[TokenTree]) -> bool {
    const WRITING: [&str; 9] = [
        "iter_mut",
        "fill",
        "swap",
        "copy_from_slice",
        "clone_from_slice",
        "reverse",
        "chunks_mut",
        "chunks_exact_mut",
        "split_at_mut",
    ];
    while let [TokenTree::Group(group), rest @ ..] = behind
        && group.delimiter() == proc_macro2::Delimiter::Bracket
    {
        behind = rest;
    }
    match behind {
        [dot, TokenTree::Ident(method), ..] if is_punct(dot, '.') => {
            WRITING.iter().any(|name| method == name)
        }
        [equals, next, ..] if is_punct(equals, '=') => !is_punct(next, '=') && !is_punct(next, '>'),
        [TokenTree::Punct(operator), equals, ..] if is_punct(equals, '=') => {
            operator.spacing() == proc_macro2::Spacing::Joint && "+-*/%&|^".contains(operator.as_char())
        }
        _ => false,
    }
}

/// The fields that tokens begin with, `.link.length`, and what is behind; a method is none.
fn fields(tokens: &[TokenTree]) -> (Vec<String>, &[TokenTree]) {
    let mut names = vec![];
    let mut rest = tokens;
    while let [dot, field, behind @ ..] = rest
        && is_punct(dot, '.')
    {
        match field {
            TokenTree::Ident(ident) if !is_called(behind) => names.push(plain(ident)),
            // `p.0.1` has one literal behind the dot.
            TokenTree::Literal(literal) => names.extend(literal.to_string().split('.').map(str::to_owned)),
            _ => break,
        }
        rest = behind;
    }
    (names, rest)
}

/// Whether what stands before is a method: `(…)` follows, or `::<…>(…)`.
fn is_called(behind: &[TokenTree]) -> bool {
    match behind.first() {
        Some(TokenTree::Group(group)) => group.delimiter() == proc_macro2::Delimiter::Parenthesis,
        Some(token) => is_punct(token, ':'),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::*;

    fn of(body: TokenStream) -> Option<String> {
        let fields = outline(&format_ident!("s"), body).ok()?;
        let text =
            |field: &Mention| format!("{}{}", field.path.join("."), if field.is_written { "=" } else { "" });
        Some(fields.iter().map(text).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn fields_stand_behind_the_name() {
        let body = quote!({
            s.a += s.b.c[s.n].sin() + t.s.d;
            let u = (&mut s.list).iter_mut();
            s.p.0.1 = s.q.0;
        });
        assert_eq!(of(body).unwrap(), "a= b.c n list= p.0.1= q.0");
        assert_eq!(of(quote!(s.x.abs() + s.y.map::<f64>())).unwrap(), "x y");
        let written = quote!({
            s.a[0][s.i] *= 2.0;
            s.b = 1;
            s.c.fill(0.0);
            if s.d == s.e && s.f <= s.g {}
        });
        assert_eq!(of(written).unwrap(), "a= i b= c= d e f g");
    }

    #[test]
    fn a_whole_is_no_field() {
        for body in [
            quote!(f(s)),
            quote!(*s = t),
            quote!(s.step()),
            quote!(T { ..*s }),
            quote!(T { a, ..s }),
            quote!(|s| s.x),
        ] {
            assert_eq!(of(body), None);
        }
        assert_eq!(of(quote!(s.a.b + s.a)), None);
        assert_eq!(of(quote!(s.a + s.a.b)), None);
    }
}
