//! Expressions.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, Lit, UnOp};

use super::body::{Access, Lowering, Shape};
use super::flow::Then;
use super::integers::integer_named;
use super::names::plain;
use super::terms::Term;
use crate::ir::{Comparison, Type, Value};

impl Lowering<'_> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, expression: &Expr, shape: &Shape) -> Term {
        if !matches!(expression, Expr::Paren(_) | Expr::Group(_) | Expr::Call(_)) {
            self.expected = None;
        }
        match expression {
            Expr::Lit(literal) => self.literal(&literal.lit, false),
            Expr::Path(path) => self.path(path),
            Expr::Paren(inner) => self.expression(&inner.expr, shape),
            Expr::Group(inner) => self.expression(&inner.expr, shape),
            Expr::Block(block) if block.label.is_none() => self.block(&block.block, shape),
            Expr::Block(block) => self.labelled_block(block, shape),
            Expr::If(branch) => {
                self.flow_if(branch, shape, &mut Then { run: &mut |_, term| term, again: true })
            }
            Expr::Match(choice) => {
                self.flow_match(choice, shape, &mut Then { run: &mut |_, term| term, again: true })
            }
            Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) | Expr::Try(_) => {
                self.flow_value(expression, shape)
            }
            Expr::Binary(binary) => self.binary(binary),
            Expr::Unary(unary) => self.unary(unary),
            Expr::Reference(reference) => match &reference.mutability {
                None => self.base(&reference.expr),
                Some(_) => self.reference(&reference.expr),
            },
            Expr::Closure(closure) => self.closure(closure),
            Expr::Struct(literal) => self.struct_literal(literal),
            Expr::Range(range) => self.range_value(range),
            Expr::Index(index) => self.indexed(index),
            Expr::Field(field) => self.field(field),
            Expr::MethodCall(call) => self.method_call(call),
            Expr::Call(call) => self.call(call, shape),
            Expr::Cast(cast) => self.cast(cast),
            Expr::Array(array) => self.elements_of(array.elems.iter(), array.bracket_token.span.join()),
            Expr::Macro(call) => self.statement_macro(&call.mac),
            Expr::Repeat(repeat) => self.repeat(repeat),
            Expr::Tuple(tuple) => {
                let shapes = match shape {
                    Shape::Tuple(shapes) if shapes.len() == tuple.elems.len() => shapes.clone(),
                    _ => vec![Shape::Single; tuple.elems.len()],
                };
                Term::Tuple(
                    tuple
                        .elems
                        .iter()
                        .zip(shapes)
                        .map(|(value, shape)| {
                            let term = self.expression(value, &shape);
                            self.yielded(term, value)
                        })
                        .collect(),
                )
            }
            Expr::Assign(assign) => {
                let shape = target_shape(&assign.left);
                let term = self.expression(&assign.right, &shape);
                let term = self.yielded(term, &assign.right);
                self.assign(&assign.left, term);
                Term::UNIT
            }
            Expr::ForLoop(repeat) => self.for_loop(repeat),
            Expr::While(repeat) => self.while_loop(repeat),
            Expr::Loop(repeat) => self.endless_loop(repeat, shape),
            other => self.not_understood(other),
        }
    }

    /// One value, where a tuple or nothing is an error of the user's that rustc reports.
    pub(super) fn single(&mut self, expression: &Expr) -> Option<Value> {
        let term = self.expression(expression, &Shape::Single);
        self.one_of(term, expression)
    }

    /// The value of a term that is a single one.
    pub(super) fn one_of(&mut self, term: Term, expression: &Expr) -> Option<Value> {
        match self.settled(term, expression) {
            Term::One(value) => Some(value),
            Term::Sequence(sequence) => match self.array_of(&sequence, expression.span()) {
                Term::One(value) => Some(value),
                _ => None,
            },
            Term::Reference(_) => {
                self.fail(expression, "what is behind a `&mut` is read as `*x` or by its elements");
                None
            }
            Term::Maybe(_) => {
                self.fail(expression, "this is an option or a result: take its value with `?` or `match`");
                None
            }
            Term::Struct(..) => {
                let message = "this is a struct, and a single value is expected here: take its fields; operators of structs \
                               are understood where `#[gradgen::module]` shows their `impl`";
                self.fail(expression, message);
                None
            }
            Term::Tuple(_) | Term::Record(_) | Term::Rows(_) => {
                self.fail(expression, "a single value is expected here");
                None
            }
            Term::Closure(_) => {
                self.fail(
                    expression,
                    "a closure is understood where it is called or passed on, not as a value",
                );
                None
            }
            term => {
                self.yielded(term, expression);
                None
            }
        }
    }

    /// One value of the scalar type.
    pub(super) fn real(&mut self, expression: &Expr) -> Option<Value> {
        let value = self.single(expression)?;
        if self.graph.expect(value, &Type::Real) {
            return Some(value);
        }
        let found = self.graph.type_text(&self.graph.ty(value));
        let scalar = self.graph.scalar_name().to_owned();
        self.fail(expression, format!("this is understood as {found}, and {scalar} is expected"));
        None
    }

    /// One truth value.
    pub(super) fn condition(&mut self, expression: &Expr) -> Option<Value> {
        let value = self.single(expression)?;
        if self.graph.expect(value, &Type::Bool) {
            return Some(value);
        }
        self.fail(expression, "a condition is expected here");
        None
    }

    fn literal(&mut self, literal: &Lit, negative: bool) -> Term {
        match literal {
            Lit::Float(float) => self.float(float, float.suffix(), float.base10_digits(), negative),
            Lit::Int(int) if matches!(int.suffix(), "f64" | "f32") => {
                self.float(int, int.suffix(), int.base10_digits(), negative)
            }
            Lit::Int(int) => {
                let ty = match int.suffix() {
                    "" => self.graph.fresh_integer(),
                    suffix => match integer_named(suffix) {
                        Some(int) => Type::Int(int),
                        None => return self.fail(int, "integers of 128 bits are not understood"),
                    },
                };
                match int.base10_parse::<i128>() {
                    Ok(value) => Term::One(self.graph.int(if negative { -value } else { value }, ty)),
                    Err(_) => self.fail(int, "this integer is too large"),
                }
            }
            Lit::Bool(value) => Term::One(self.graph.bool(value.value)),
            other => self.fail(other, "this literal is not understood: numbers and truth values are"),
        }
    }

    fn float(&mut self, at: impl ToTokens, suffix: &str, digits: &str, negative: bool) -> Term {
        if self.has_foreign_literals() {
            return self.foreign_literal(at, suffix, digits, negative);
        }
        let (scalar, name) = (self.graph.scalar(), self.graph.scalar_name().to_owned());
        if !suffix.is_empty() && suffix != name {
            let message = format!("the function computes in {name}: one scalar type is used throughout");
            return self.fail(at, message);
        }
        // An f32 literal is read as one: by way of f64 it could be rounded twice.
        let value = match scalar {
            crate::ir::Scalar::F64 | crate::ir::Scalar::Generic(_) => digits.parse::<f64>().ok(),
            crate::ir::Scalar::F32 => digits.parse::<f32>().ok().map(f64::from),
        };
        match value.filter(|value| value.is_finite()) {
            Some(value) => Term::One(self.graph.real(if negative { -value } else { value })),
            None => self.fail(at, "this number is outside of the range of the scalar type"),
        }
    }

    fn path(&mut self, path: &syn::ExprPath) -> Term {
        let own = self.without_self(path);
        let path = own.as_ref().unwrap_or(path);
        if let Some(term) = self.value_of_scalar(path) {
            return term;
        }
        if path.qself.is_some() {
            return self.fail(path, "a path with a type in it is not understood here");
        }
        if let Some(ident) = path.path.get_ident()
            && let Some(id) = self.find(ident)
        {
            let variable = &self.variables[id];
            if variable.access == Access::Output {
                return self.reference(&Expr::Path(path.clone()));
            }
            return variable.term.clone();
        }
        self.at(path.span());
        if path.path.segments.last().is_some_and(|last| last.ident == "None") {
            return self.none();
        }
        let segments: Vec<_> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let segments: Vec<_> = segments.iter().map(String::as_str).collect();
        if let Some(length) = path.path.get_ident().and_then(|name| self.argument_length(&plain(name))) {
            return match length.size() {
                Some(_) => Term::One(self.graph.length(&length)),
                None => self
                    .fail(path, "the value of this parameter does not follow from the arguments of the call"),
            };
        }
        // The value of a size, as its name is not known where the signatures of generated code stand.
        if let Some(size) = self.known_size(&path.path) {
            return Term::One(self.graph.usize(size));
        }
        if let Some(table) = self.table(&path.path) {
            return table;
        }
        let symbol = self.symbol(&path.to_token_stream());
        if let Some(ty) = self.known_type(&path.path) {
            return Term::One(self.graph.constant(symbol, ty));
        }
        let ty = if is_real_constant(&segments, self.graph.scalar_name()) {
            Type::Real
        } else {
            self.graph.fresh_type()
        };
        Term::One(self.graph.constant(symbol, ty))
    }

    fn unary(&mut self, unary: &syn::ExprUnary) -> Term {
        match &unary.op {
            UnOp::Neg(token) => {
                if let Expr::Lit(literal) = &*unary.expr {
                    return self.literal(&literal.lit, true);
                }
                let value = match self.operand(&unary.expr) {
                    Term::One(value) => value,
                    Term::Poison => return Term::Poison,
                    term => return self.negated_struct(unary, term),
                };
                self.at(token.span());
                if let ty @ Type::Variable(_) = self.graph.ty(value)
                    && !self.graph.is_integer(&ty)
                    && !self.is_constant(value)
                {
                    self.graph.unify(&ty, &Type::Real);
                }
                if self.number(value) {
                    return Term::One(self.graph.neg(value));
                }
                self.fail(unary, "only numbers can be negated here")
            }
            UnOp::Not(token) => {
                let Some(value) = self.single(&unary.expr) else { return Term::Poison };
                if !self.graph.expect(value, &Type::Bool) {
                    return self.fail(token, "`!` is understood of truth values");
                }
                self.at(token.span());
                Term::One(self.graph.not(value))
            }
            UnOp::Deref(_) => self.base(&unary.expr),
            other => self.fail(other, "this operator is not understood"),
        }
    }

    /// Whether a value is a number, or may turn out to be one.
    fn number(&self, value: Value) -> bool {
        matches!(self.graph.ty(value), Type::Real | Type::Int(_) | Type::Variable(_))
    }

    fn binary(&mut self, binary: &syn::ExprBinary) -> Term {
        match &binary.op {
            BinOp::And(_) => return self.short_circuit(binary, true),
            BinOp::Or(_) => return self.short_circuit(binary, false),
            _ => {}
        }
        if let Some(op) = compound(&binary.op) {
            return self.compound_assignment(binary, op);
        }
        let (a, b) = match self.compared_with_variant(binary) {
            Some(Ok(answer)) => return answer,
            Some(Err((left, right))) => (left, right),
            None => match (self.operand(&binary.left), self.operand(&binary.right)) {
                (Term::One(a), Term::One(b)) => (Some(a), Some(b)),
                (Term::Poison, _) | (_, Term::Poison) => return Term::Poison,
                (a, b) => return self.operation_on_structs(binary, a, b),
            },
        };
        let (Some(a), Some(b)) = (a, b) else { return Term::Poison };
        self.operation(&binary.op, a, b, binary)
    }

    /// `a op= b`: the right side first, as for all primitive types.
    fn compound_assignment(&mut self, binary: &syn::ExprBinary, op: BinOp) -> Term {
        let start = self.writes.len();
        let right = self.operand(&binary.right);
        if let Term::Poison = right {
            if let Some(place) = self.place(&binary.left) {
                self.write(&place, Term::Poison, &binary.left);
            }
            return Term::UNIT;
        };
        let middle = self.writes.len();
        let Some(place) = self.place(&binary.left) else { return Term::UNIT };
        let effects = (middle > start && has_variable_index(&binary.left)) || self.writes.len() > middle;
        if effects && may_be_reference(&binary.right) {
            let message = "this assigns to a variable, and which side comes first depends on types that are not \
                           known here: compute the right side in a `let` before";
            return self.fail(binary, message);
        }
        let new = match (self.read(&place), right) {
            (Term::One(old), Term::One(value)) => self.operation(&op, old, value, binary),
            (Term::Poison, _) => Term::Poison,
            (left, right) => {
                if self.writes.len() > start {
                    let message = "this assigns to a variable inside of an assignment to a struct: compute the right \
                                   side in a `let` before";
                    return self.fail(binary, message);
                }
                return self.assignment_to_struct(binary, place, &left, right);
            }
        };
        self.write(&place, new, &binary.left);
        Term::UNIT
    }

    fn operation(&mut self, op: &BinOp, a: Value, b: Value, at: &syn::ExprBinary) -> Term {
        self.at(op.span());
        let (left, right) = (self.graph.ty(a), self.graph.ty(b));
        if let BinOp::Shl(_) | BinOp::Shr(_) = op
            && self.graph.is_integer(&left)
        {
            // The number of bits is of any integer type.
            return self.bits(op, a, b, at);
        }
        if !self.graph.unify(&left, &right) {
            let (left, right) = (self.graph.type_text(&left), self.graph.type_text(&right));
            return self.fail(
                at,
                format!(
                    "the operands are understood as {left} and {right}: arithmetic is on two of one type"
                ),
            );
        }
        let mut ty = self.graph.ty(a);
        // What comes from a call is a float where one calculates with it. A constant of the user's
        // may be an integer too.
        if let Type::Variable(_) = ty
            && !self.graph.is_integer(&ty)
            && !(self.is_constant(a) && self.is_constant(b))
        {
            self.graph.unify(&ty, &Type::Real);
            ty = Type::Real;
        }
        if matches!(ty, Type::Array(..)) {
            return self.fail(at, "arithmetic is on scalars: write out the elements or a loop");
        }
        if let Some(comparison) = comparison(op) {
            return Term::One(self.graph.compare(comparison, a, b));
        }
        if ty == Type::Bool {
            let (yes, no) = (self.graph.bool(true), self.graph.bool(false));
            return match op {
                BinOp::BitAnd(_) => Term::One(self.graph.select(a, b, no)),
                BinOp::BitOr(_) => Term::One(self.graph.select(a, yes, b)),
                BinOp::BitXor(_) => Term::One(self.graph.compare(Comparison::Ne, a, b)),
                _ => self.fail(at, "this is no operation on truth values"),
            };
        }
        if let BinOp::BitAnd(_) = op
            && self.graph.is_integer(&ty)
        {
            return self.bits(op, a, b, at);
        }
        Term::One(match op {
            BinOp::Add(_) => self.graph.add(a, b),
            BinOp::Sub(_) => self.graph.sub(a, b),
            BinOp::Mul(_) => self.graph.mul(a, b),
            BinOp::Div(_) => {
                let b = self.divisor(b);
                self.graph.div(a, b)
            }
            BinOp::Rem(_) => {
                let b = self.divisor(b);
                self.graph.rem(a, b)
            }
            other => {
                return self.fail(
                    other,
                    "this operator is not understood: + - * / % on numbers, comparisons, && || !",
                );
            }
        })
    }

    /// Whether a value is a constant of the user's, or arithmetic on some.
    pub(super) fn is_constant(&self, value: Value) -> bool {
        use crate::ir::Op;
        let node = self.graph.node(value);
        match node.op {
            Op::Constant(_) => true,
            Op::Neg | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem => {
                node.args.iter().all(|&arg| self.is_constant(arg))
            }
            _ => false,
        }
    }

    /// An integer divisor is checked.
    fn divisor(&mut self, value: Value) -> Value {
        let ty = self.graph.ty(value);
        if self.graph.is_integer(&ty) { self.graph.non_zero(value) } else { value }
    }

    fn cast(&mut self, cast: &syn::ExprCast) -> Term {
        if let Some(term) = self.foreign_cast(cast) {
            return term;
        }
        let term = self.expression(&cast.expr, &Shape::Single);
        if let Some(number) = self.number_of_variant(cast, &term) {
            return number;
        }
        let value = self.one_of(term, &cast.expr);
        let ty = self.annotation(&cast.ty);
        let (Some(value), Some(ty)) = (value, ty) else { return Term::Poison };
        self.at(cast.as_token.span());
        if !matches!(ty, Type::Real | Type::Int(_)) {
            return self.fail(&cast.ty, "a cast is to a float or an integer");
        }
        let from = self.graph.ty(value);
        if matches!(from, Type::Array(..)) {
            return self.fail(cast, "an array cannot be cast");
        }
        // A constant's own type stays its own: the cast is rustc's.
        if let Type::Variable(_) = from
            && !self.graph.is_integer(&from)
        {
            if let crate::ir::Op::Constant(constant) = self.graph.node(value).op {
                // The variable that may stand here is not there in generated code; the constant is.
                let (constant, to) = (self.symbol_tokens(constant), &cast.ty);
                let symbol = self.symbol(&quote!(#constant as #to));
                return Term::One(self.graph.constant(symbol, ty));
            }
            return self.fail(
                &cast.expr,
                "the type of what is cast is not known here: give it to a variable with a type",
            );
        }
        Term::One(self.graph.cast(value, ty))
    }

    /// An array from its elements.
    pub(super) fn elements_of<'e>(
        &mut self,
        elements: impl Iterator<Item = &'e Expr> + Clone,
        span: Span,
    ) -> Term {
        let mut terms = vec![];
        for element in elements.clone() {
            let term = self.expression(element, &Shape::Single);
            terms.push(self.settled(term, element));
        }
        if terms.iter().any(|term| matches!(term, Term::Tuple(_) | Term::Struct(..) | Term::Rows(_))) {
            return self.array_of_terms(terms, &elements.collect::<Vec<_>>(), span);
        }
        let values: Vec<_> = terms
            .into_iter()
            .zip(elements.clone())
            .map(|(term, element)| self.one_of(term, element))
            .collect();
        let Some(values) = values.into_iter().collect::<Option<Vec<_>>>() else { return Term::Poison };
        let ty = self.graph.fresh_type();
        for (&value, element) in values.iter().zip(elements) {
            if !self.graph.expect(value, &ty) {
                return self.fail(element, "the elements of an array have one type");
            }
        }
        if values.is_empty() {
            self.graph.unify(&ty, &Type::Real);
        }
        self.at(span);
        Term::One(self.graph.array(values, ty))
    }

    fn repeat(&mut self, repeat: &syn::ExprRepeat) -> Term {
        let term = self.expression(&repeat.expr, &Shape::Single);
        let term = self.settled(term, &repeat.expr);
        let length = self.length(&repeat.len);
        self.at(repeat.bracket_token.span.join());
        if let Term::Tuple(_) | Term::Struct(..) | Term::Rows(_) = term {
            return self.repeated(term, &length, &repeat.expr);
        }
        let Some(value) = self.one_of(term, &repeat.expr) else { return Term::Poison };
        Term::One(self.graph.splat(value, length))
    }

    fn not_understood(&mut self, expression: &Expr) -> Term {
        let message = match expression {
            Expr::Unsafe(_) => "`unsafe` is not understood",
            Expr::Let(_) => "`let` is understood in the condition of `if` and `while`, between `&&`",
            Expr::Await(_) | Expr::Async(_) => "asynchronous code has no derivative",
            _ => "this expression is not understood",
        };
        self.fail(expression, message)
    }
}

/// Whether a path is one of the standard library's constants of the scalar type: `f64::MAX`,
/// `f64::consts::PI`, `std::f64::EPSILON`.
fn is_real_constant(segments: &[&str], scalar: &str) -> bool {
    const INTEGERS: [&str; 7] =
        ["RADIX", "MANTISSA_DIGITS", "DIGITS", "MIN_EXP", "MAX_EXP", "MIN_10_EXP", "MAX_10_EXP"];
    match segments {
        ["std" | "core", rest @ ..] => is_real_constant(rest, scalar),
        [ty, "consts", _] => *ty == scalar,
        [ty, name] => *ty == scalar && !INTEGERS.contains(name),
        _ => false,
    }
}

/// The operator of a compound assignment.
fn compound(op: &BinOp) -> Option<BinOp> {
    Some(match op {
        BinOp::AddAssign(token) => BinOp::Add(syn::token::Plus { spans: [token.spans[0]] }),
        BinOp::SubAssign(token) => BinOp::Sub(syn::token::Minus { spans: [token.spans[0]] }),
        BinOp::MulAssign(token) => BinOp::Mul(syn::token::Star { spans: [token.spans[0]] }),
        BinOp::DivAssign(token) => BinOp::Div(syn::token::Slash { spans: [token.spans[0]] }),
        BinOp::RemAssign(token) => BinOp::Rem(syn::token::Percent { spans: [token.spans[0]] }),
        BinOp::ShlAssign(token) => BinOp::Shl(syn::token::Shl { spans: [token.spans[0], token.spans[1]] }),
        BinOp::ShrAssign(token) => BinOp::Shr(syn::token::Shr { spans: [token.spans[0], token.spans[1]] }),
        BinOp::BitAndAssign(token) => BinOp::BitAnd(syn::token::And { spans: [token.spans[0]] }),
        BinOp::BitOrAssign(token) => BinOp::BitOr(syn::token::Or { spans: [token.spans[0]] }),
        BinOp::BitXorAssign(token) => BinOp::BitXor(syn::token::Caret { spans: [token.spans[0]] }),
        _ => return None,
    })
}

fn comparison(op: &BinOp) -> Option<Comparison> {
    Some(match op {
        BinOp::Eq(_) => Comparison::Eq,
        BinOp::Ne(_) => Comparison::Ne,
        BinOp::Lt(_) => Comparison::Lt,
        BinOp::Le(_) => Comparison::Le,
        BinOp::Gt(_) => Comparison::Gt,
        BinOp::Ge(_) => Comparison::Ge,
        _ => return None,
    })
}

/// What an assignment's target takes apart.
fn target_shape(target: &Expr) -> Shape {
    match target {
        Expr::Tuple(tuple) => Shape::Tuple(tuple.elems.iter().map(target_shape).collect()),
        Expr::Paren(inner) => target_shape(&inner.expr),
        _ => Shape::Single,
    }
}

/// Whether an assignment's target has an index that is not a literal.
fn has_variable_index(target: &Expr) -> bool {
    match target {
        Expr::Index(index) => !matches!(&*index.index, Expr::Lit(_)) || has_variable_index(&index.expr),
        Expr::Paren(inner) => has_variable_index(&inner.expr),
        Expr::Group(inner) => has_variable_index(&inner.expr),
        _ => false,
    }
}

/// Whether a value may be a reference: then `a += b` is a call of a function, which evaluates `a`
/// first.
fn may_be_reference(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::Binary(_) | Expr::Cast(_) | Expr::MethodCall(_) | Expr::Call(_) => false,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Deref(_)),
        Expr::Paren(inner) => may_be_reference(&inner.expr),
        Expr::Group(inner) => may_be_reference(&inner.expr),
        Expr::Block(block) => match block.block.stmts.last() {
            Some(syn::Stmt::Expr(tail, None)) => may_be_reference(tail),
            _ => false,
        },
        _ => true,
    }
}
