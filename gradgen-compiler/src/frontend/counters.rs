//! `while i < n { …; i += 1; }`: a loop over a range, although its variable is declared outside of it.
//!
//! It is one only if the text shows that each turn counts, once, and that nothing else assigns to the counter
//! or to what its limit is made of. Where that is not seen, the loop is read as any `while`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{BinOp, Block, Expr, ExprWhile, Label, Lit, Stmt};

use super::body::{Lowering, Variable, VariableId};
use super::names::plain;
use super::ranges::Range;
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Value};

/// A `while` that counts.
pub(super) struct Counter {
    /// What the counter is in each turn; one more at first, where `above` says so.
    pub(super) range: Range,
    /// The body, without the step if that is how the turn starts from what the range has.
    pub(super) body: Block,
    /// Whether the range alone says whether there is another turn.
    pub(super) alone: bool,
    above: bool,
    variable: VariableId,
}

/// Where a comparison lets a counter go.
struct Limit<'e> {
    name: &'e Ident,
    end: &'e Expr,
    inclusive: bool,
    up: bool,
}

/// How a turn counts.
struct Step<'e> {
    name: &'e Ident,
    size: usize,
    /// Whether it is the turn's first statement, if not its last.
    first: bool,
    /// The other statements.
    rest: &'e [Stmt],
}

impl Lowering<'_> {
    /// What a `while` counts, if it does.
    pub(super) fn counter(&mut self, repeat: &ExprWhile) -> Option<Counter> {
        let conditions = conjuncts(&repeat.cond);
        let alone = conditions.len() == 1;
        let (limit, step) = conditions.iter().find_map(|condition| {
            limits(condition).into_iter().find_map(|limit| {
                let step = step(&repeat.body, &limit)?;
                Some((limit, step))
            })
        })?;
        let variable = self.find(limit.name)?;
        if self.find(step.name)? != variable {
            return None;
        }
        let Term::One(start) = self.variables[variable].term else { return None };
        let ty = self.graph.ty(start);
        let rest = tokens(step.rest);
        let counts_once = !assigns(&rest, &plain(limit.name))
            && (step.first || !has_continue(&rest, repeat.label.as_ref()));
        let stays =
            !mentions(limit.end.to_token_stream(), &plain(limit.name)) && self.stays(limit.end, &rest);
        if !self.graph.is_integer(&ty) || !counts_once || !stays {
            return None;
        }
        let &Limit { name, end, inclusive, up } = &limit;
        let range: syn::ExprRange = match (up, inclusive) {
            (true, false) => syn::parse_quote!(#name..#end),
            (true, true) => syn::parse_quote!(#name..=#end),
            (false, false) => syn::parse_quote!(#end..#name),
            (false, true) => syn::parse_quote!(#end..=#name),
        };
        let mut range = self.plain_range(&range)?;
        range.walk.step = step.size;
        range.walk.reverse = !up;
        let stops_above = !up && !inclusive;
        let mut body = repeat.body.clone();
        if stops_above && step.first {
            body.stmts.remove(0);
        }
        Some(Counter { range, body, alone, above: stops_above && !step.first, variable })
    }

    /// Gives a counter its value at the start of a turn.
    pub(super) fn start_turn(&mut self, counter: &Counter, index: Value) {
        let value = if counter.above {
            let one = self.graph.int(1, self.graph.ty(index));
            self.graph.add(index, one)
        } else {
            index
        };
        self.variables[counter.variable].term = Term::One(value);
    }

    /// Says what a counter is after all turns, where it is its limit, or was past it before.
    pub(super) fn counted_out(&mut self, counter: &Counter) {
        let Range { start, end, walk, .. } = counter.range;
        if !walk.inclusive && walk.step == 1 {
            let (from, to) = if walk.reverse { (end, start) } else { (start, end) };
            let some = self.graph.compare(Comparison::Lt, start, end);
            self.variables[counter.variable].term = Term::One(self.graph.select(some, to, from));
        }
    }

    /// Whether a limit is the same before every turn: made of numbers, lengths, and variables that the body does
    /// not assign to.
    fn stays(&mut self, limit: &Expr, body: &TokenStream) -> bool {
        match bare_expression(limit) {
            Expr::Lit(_) => true,
            Expr::Path(path) => match path.path.get_ident().map(|name| (name, self.find(name))) {
                Some((name, Some(variable))) => {
                    let Variable { term, mutable, .. } = &self.variables[variable];
                    matches!(term, Term::One(_)) && !(*mutable && assigns(body, &plain(name)))
                }
                _ => true,
            },
            Expr::Binary(binary) => {
                matches!(binary.op, BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_))
                    && self.stays(&binary.left, body)
                    && self.stays(&binary.right, body)
            }
            Expr::MethodCall(call) => {
                let of = variable(&call.receiver);
                call.method == "len" && of.is_some_and(|name| !assigns(body, &plain(name)))
            }
            _ => false,
        }
    }
}

/// The conditions that all have to hold.
fn conjuncts(condition: &Expr) -> Vec<&Expr> {
    match bare_expression(condition) {
        Expr::Binary(both) if matches!(both.op, BinOp::And(_)) => {
            let mut all = conjuncts(&both.left);
            all.extend(conjuncts(&both.right));
            all
        }
        other => vec![other],
    }
}

/// What a comparison limits, if that counts: either side.
fn limits(condition: &Expr) -> Vec<Limit<'_>> {
    let Expr::Binary(comparison) = condition else { return vec![] };
    let (less, inclusive) = match comparison.op {
        BinOp::Lt(_) => (true, false),
        BinOp::Le(_) => (true, true),
        BinOp::Gt(_) => (false, false),
        BinOp::Ge(_) => (false, true),
        _ => return vec![],
    };
    let (left, right) = (&*comparison.left, &*comparison.right);
    let sides = [(left, right, less), (right, left, !less)];
    let limit = |(counter, end, up)| Some(Limit { name: variable(counter)?, end, inclusive, up });
    sides.into_iter().filter_map(limit).collect()
}

/// The step towards a limit: `i += 1` or `i = i + 1`, as the first or the last statement.
fn step<'e>(body: &'e Block, limit: &Limit<'_>) -> Option<Step<'e>> {
    let read = |statement: &'e Stmt| {
        let Stmt::Expr(expression, _) = statement else { return None };
        let (place, op, by) = match expression {
            Expr::Binary(binary) => (&binary.left, &binary.op, &binary.right),
            Expr::Assign(assign) => {
                let Expr::Binary(sum) = bare_expression(&assign.right) else { return None };
                if variable(&sum.left)? != limit.name {
                    return None;
                }
                (&assign.left, &sum.op, &sum.right)
            }
            _ => return None,
        };
        let up = match (expression, op) {
            (Expr::Binary(_), BinOp::AddAssign(_)) | (Expr::Assign(_), BinOp::Add(_)) => true,
            (Expr::Binary(_), BinOp::SubAssign(_)) | (Expr::Assign(_), BinOp::Sub(_)) => false,
            _ => return None,
        };
        let Expr::Lit(literal) = bare_expression(by) else { return None };
        let Lit::Int(number) = &literal.lit else { return None };
        let size = number.base10_parse::<usize>().ok()?;
        // Down by more than 1, the limit may be jumped over, and what is below it need not be an integer.
        let counts = up == limit.up && if up { size >= 1 } else { size == 1 };
        let name = variable(place).filter(|&name| counts && name == limit.name)?;
        Some((name, size))
    };
    let last = body.stmts.split_last().and_then(|(statement, rest)| Some((read(statement)?, false, rest)));
    let first =
        || body.stmts.split_first().and_then(|(statement, rest)| Some((read(statement)?, true, rest)));
    let ((name, size), first, rest) = last.or_else(first)?;
    Some(Step { name, size, first, rest })
}

fn variable(expression: &Expr) -> Option<&Ident> {
    match bare_expression(expression) {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

fn tokens(statements: &[Stmt]) -> TokenStream {
    statements.iter().map(ToTokens::to_token_stream).collect()
}

/// Whether a `continue` in a loop's body may go on with that loop. One with the label of another loop leaves this one,
/// or stays inside of its turn.
fn has_continue(body: &TokenStream, label: Option<&Label>) -> bool {
    let tokens: Vec<_> = body.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(place, token)| match token {
        TokenTree::Group(group) => has_continue(&group.stream(), label),
        TokenTree::Ident(word) if word == "continue" => {
            match (tokens.get(place + 1), tokens.get(place + 2)) {
                (Some(TokenTree::Punct(quote)), Some(TokenTree::Ident(name))) if quote.as_char() == '\'' => {
                    label.is_some_and(|label| label.name.ident == *name)
                }
                _ => true,
            }
        }
        _ => false,
    })
}

/// Whether a text may assign to a variable, lend it for that, or give its name to another one. It says so too
/// often rather than too seldom.
fn assigns(tokens: &TokenStream, name: &str) -> bool {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    tokens.iter().enumerate().any(|(place, token)| match token {
        TokenTree::Ident(word) if plain(word) == name => {
            let before = place.checked_sub(1).map(|place| &tokens[place]);
            let binds = |word: &Ident| ["let", "mut", "ref", "for"].iter().any(|known| word == known);
            let is_bound = match before {
                Some(TokenTree::Ident(word)) => binds(word),
                Some(TokenTree::Punct(punct)) => punct.as_char() == '@',
                _ => false,
            };
            is_bound || is_assigned(&tokens[place + 1..])
        }
        TokenTree::Group(group) if assigns(&group.stream(), name) => true,
        // `(i, j) = (j, i)`, but not `x[i] = y`.
        TokenTree::Group(group) => {
            let indexes = group.delimiter() == Delimiter::Bracket
                && place.checked_sub(1).is_some_and(|place| match &tokens[place] {
                    TokenTree::Ident(word) => {
                        !["let", "mut", "in", "else", "return"].iter().any(|key| word == key)
                    }
                    TokenTree::Group(before) => before.delimiter() != Delimiter::Brace,
                    _ => false,
                });
            !indexes && is_assigned(&tokens[place + 1..]) && mentions(group.stream(), name)
        }
        _ => false,
    })
}

/// Whether an assignment, a type, or another pattern follows, or a method that may assign.
fn is_assigned(after: &[TokenTree]) -> bool {
    let punct = |place: usize| match after.get(place) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    };
    match (punct(0), punct(1), punct(2)) {
        (Some('='), next, _) => next != Some('='),
        (Some('+' | '-' | '*' | '/' | '%' | '^' | '&' | '|'), Some('='), _) => true,
        (Some('<'), Some('<'), Some('=')) | (Some('>'), Some('>'), Some('=')) => true,
        (Some('@'), ..) => true,
        (Some(':'), next, _) => next != Some(':'),
        (Some('.'), ..) => match after.get(1) {
            Some(TokenTree::Ident(method)) => {
                let method = method.to_string();
                method.ends_with("assign") || method == "clone_from" || method == "borrow_mut"
            }
            _ => false,
        },
        _ => false,
    }
}

pub(super) fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(word) => plain(&word) == name,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}
