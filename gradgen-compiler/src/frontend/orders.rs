//! `max_by` and `min_by`: what is compared, the text of the closure says.

use syn::{Expr, ExprMethodCall};

use super::body::{Access, Lowering};
use super::sequences::{Form, Sequence};
use super::signature::bare_expression;
use super::terms::Term;
use crate::ir::{Comparison, Elementary, Type, Value};

/// How two numbers are compared.
#[derive(Clone, Copy)]
enum Order {
    /// `partial_cmp` of floats, `cmp` of integers.
    Usual,
    /// `total_cmp`: -0 is before 0, and NaN before or after all others, by its sign.
    Total,
}

/// The two expressions that a closure compares.
struct Compared<'e> {
    left: &'e Expr,
    right: &'e Expr,
    order: Order,
}

const HINT: &str = "items are compared by `|a, b| a.total_cmp(b)` or `|a, b| a.partial_cmp(b).unwrap()` here, of values \
                    made of `a` and `b`; other orders are not understood: use `fold(f64::NEG_INFINITY, f64::max)`";

impl Lowering<'_> {
    /// The last one of equal items as the greatest, the first one as the smallest, as the standard library has it.
    pub(super) fn ordered_by(&mut self, sequence: &Sequence, closure: &Expr, greatest: bool) -> Term {
        let mut refused = false;
        self.reduced(sequence, &mut |this, before, next| {
            let Some(greater) = this.is_greater(closure, &before, &next, &mut refused) else {
                return Term::Poison;
            };
            let (yes, no) = if greatest { (before, next) } else { (next, before) };
            match (&yes, &no) {
                (Term::One(a), Term::One(b)) => Term::One(this.graph.select(greater, *a, *b)),
                _ => this.only_if(greater, true, no, |_| yes),
            }
        })
    }

    /// Whether a closure says of two items that the first one is greater.
    fn is_greater(&mut self, closure: &Expr, a: &Term, b: &Term, refused: &mut bool) -> Option<Value> {
        match bare_expression(closure) {
            Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "total_cmp") => {
                let (Term::One(a), Term::One(b)) = (a, b) else { return self.refuse_order(closure, refused) };
                self.greater(*a, *b, Order::Total)
            }
            Expr::Closure(text) if text.inputs.len() == 2 => {
                let Some(compared) = compared(&text.body) else { return self.refuse_order(closure, refused) };
                self.scopes.enter();
                for (pattern, term) in text.inputs.iter().zip([a, b]) {
                    self.bind_item(pattern, term.clone(), &Form::One(Access::Shared));
                }
                let values = (self.single(compared.left), self.single(compared.right));
                self.scopes.leave();
                let (Some(a), Some(b)) = values else { return None };
                let (left, right) = (self.graph.ty(a), self.graph.ty(b));
                if !self.graph.unify(&left, &right) || matches!(left, Type::Array(..) | Type::Bool) {
                    return self.refuse_order(closure, refused);
                }
                self.greater(a, b, compared.order)
            }
            _ => self.refuse_order(closure, refused),
        }
    }

    fn refuse_order(&mut self, closure: &Expr, refused: &mut bool) -> Option<Value> {
        if !std::mem::replace(refused, true) {
            self.fail(closure, HINT);
        }
        None
    }

    fn greater(&mut self, a: Value, b: Value, order: Order) -> Option<Value> {
        let greater = self.graph.compare(Comparison::Gt, a, b);
        if let Order::Usual = order {
            return Some(greater);
        }
        if !self.graph.expect(a, &Type::Real) || !self.graph.expect(b, &Type::Real) {
            let span = self.span();
            self.fail_at(span, "`total_cmp` compares floats");
            return None;
        }
        // Where neither is greater they are equal, or one of them is NaN.
        let less = self.graph.compare(Comparison::Lt, a, b);
        let (rank_a, rank_b) = (self.rank(a), self.rank(b));
        let higher = self.graph.compare(Comparison::Gt, rank_a, rank_b);
        let no = self.graph.bool(false);
        let unordered = self.graph.select(less, no, higher);
        let yes = self.graph.bool(true);
        Some(self.graph.select(greater, yes, unordered))
    }

    /// Where a number stands among those that `<` does not order: its sign, twice that of a NaN. (An ordinary number
    /// beside a NaN has half of it, and so have both zeros.)
    fn rank(&mut self, x: Value) -> Value {
        let (one, two) = (self.graph.real(1.0), self.graph.real(2.0));
        let same = self.graph.compare(Comparison::Eq, x, x);
        let size = self.graph.select(same, one, two);
        self.graph.elementary(Elementary::COPYSIGN, &[size, x])
    }
}

/// What `a.total_cmp(b)`, `a.partial_cmp(b).unwrap()` or `a.cmp(b)` compares.
fn compared(body: &Expr) -> Option<Compared<'_>> {
    let body = match bare_expression(body) {
        Expr::Block(block) => match &block.block.stmts[..] {
            [syn::Stmt::Expr(value, None)] => bare_expression(value),
            _ => return None,
        },
        other => other,
    };
    let Expr::MethodCall(call) = body else { return None };
    let order = match (call.method.to_string().as_str(), call.args.len()) {
        ("total_cmp", 1) => Order::Total,
        ("cmp", 1) => Order::Usual,
        ("unwrap", 0) | ("expect" | "unwrap_or", 1) => {
            let Expr::MethodCall(inner) = bare_expression(&call.receiver) else { return None };
            let takes_equal = call.method != "unwrap_or" || is_equal(&call.args[0]);
            return (inner.method == "partial_cmp" && inner.args.len() == 1 && takes_equal)
                .then(|| sides(inner, Order::Usual));
        }
        _ => return None,
    };
    Some(sides(call, order))
}

fn sides(call: &ExprMethodCall, order: Order) -> Compared<'_> {
    Compared { left: &call.receiver, right: without_reference(&call.args[0]), order }
}

/// Whether an expression is `Ordering::Equal`, in which case neither of two is the greater one.
fn is_equal(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Equal"))
}

fn without_reference(expression: &Expr) -> &Expr {
    match bare_expression(expression) {
        Expr::Reference(reference) => &reference.expr,
        other => other,
    }
}
