//! Constructors of scalar nodes. They simplify, within what the floating-point policy allows:
//! every rewrite here yields the same bits as what it replaces (signs of NaN aside).

use super::elementary::Elementary;
use super::{Comparison, Graph, Int, Length, Op, Type, Value};

impl Graph {
    /// A number of the function's scalar type: the nearest one.
    pub fn real(&mut self, value: f64) -> Value {
        let value = self.scalar().round(value);
        self.push(Op::Real(value.to_bits()), vec![], Type::Real)
    }

    /// An integer.
    pub fn int(&mut self, value: i128, ty: Type) -> Value {
        self.push(Op::Int(value), vec![], ty)
    }

    /// A `usize`.
    pub fn usize(&mut self, value: usize) -> Value {
        self.int(value as i128, Type::Int(Int::Usize))
    }

    /// A truth value.
    pub fn bool(&mut self, value: bool) -> Value {
        self.push(Op::Bool(value), vec![], Type::Bool)
    }

    /// A constant of the user's.
    pub fn constant(&mut self, symbol: u32, ty: Type) -> Value {
        self.push(Op::Constant(symbol), vec![], ty)
    }

    /// The number that a value is, if it is a literal.
    #[must_use]
    pub fn as_real(&self, value: Value) -> Option<f64> {
        match self.node(value).op {
            Op::Real(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// The integer that a value is, if it is a literal.
    #[must_use]
    pub fn as_int(&self, value: Value) -> Option<i128> {
        match self.node(value).op {
            Op::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The truth value that a value is, if it is a literal.
    #[must_use]
    pub fn as_bool(&self, value: Value) -> Option<bool> {
        match self.node(value).op {
            Op::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Two numbers that are the same whatever the scalar type is.
    fn exact(&self, a: Value, b: Value) -> Option<(f64, f64)> {
        let (a, b) = (self.as_real(a)?, self.as_real(b)?);
        (self.scalar().is_exact(a) && self.scalar().is_exact(b)).then_some((a, b))
    }

    /// A folded number, unless it is not finite: such a result stays an operation.
    fn folded(&mut self, value: f64) -> Option<Value> {
        let value = self.scalar().round(value);
        value.is_finite().then(|| self.real(value))
    }

    /// A folded integer, wrapped to its type; none while the type is not known.
    fn folded_int(&mut self, value: i128, ty: &Type) -> Option<Value> {
        let value = match ty {
            Type::Int(int) => int.wrap(value),
            // The literal of a type that is still to be found: no wrapping in the common range.
            _ => i128::from(i32::try_from(value).ok()?),
        };
        Some(self.int(value, ty.clone()))
    }

    /// The argument of a negation.
    fn negated(&self, value: Value) -> Option<Value> {
        let node = self.node(value);
        (node.op == Op::Neg && node.ty == Type::Real).then(|| node.args[0])
    }

    /// `-x`.
    pub fn neg(&mut self, x: Value) -> Value {
        let ty = self.ty(x);
        if let Some(value) = self.as_real(x) {
            return self.real(-value);
        }
        if let Some(value) = self.as_int(x)
            && let Some(value) = self.folded_int(-value, &ty)
        {
            return value;
        }
        self.negated(x).unwrap_or_else(|| self.push(Op::Neg, vec![x], ty))
    }

    /// `a + b`.
    pub fn add(&mut self, a: Value, b: Value) -> Value {
        if let Some(b) = self.negated(b) {
            return self.sub(a, b);
        }
        if let Some(a) = self.negated(a) {
            return self.sub(b, a);
        }
        // What sums start at: unlike 0, it is neutral for -0 as well.
        for (zero, other) in [(a, b), (b, a)] {
            if self.as_real(zero).is_some_and(|zero| zero == 0.0 && zero.is_sign_negative()) {
                return other;
            }
        }
        self.commutative(Op::Add, a, b, |a, b| a + b, |a, b| a.checked_add(b))
    }

    /// `a - b`.
    pub fn sub(&mut self, a: Value, b: Value) -> Value {
        if let Some(b) = self.negated(b) {
            return self.add(a, b);
        }
        if self.as_real(b).is_some_and(|zero| zero == 0.0 && zero.is_sign_positive()) {
            return a;
        }
        if let Some(counter) = self.back(a, b) {
            return counter;
        }
        self.binary(Op::Sub, a, b, |a, b| a - b, |a, b| a.checked_sub(b))
    }

    /// The integer `i` of `i + 1` and 1, which a loop that counts down has at its start.
    fn back(&self, sum: Value, step: Value) -> Option<Value> {
        self.as_int(step)?;
        let node = self.node(sum);
        match node.args[..] {
            [a, b] if node.op == Op::Add && a == step => Some(b),
            [a, b] if node.op == Op::Add && b == step => Some(a),
            _ => None,
        }
    }

    /// `a * b`.
    pub fn mul(&mut self, a: Value, b: Value) -> Value {
        for (one, other) in [(a, b), (b, a)] {
            match self.as_real(one) {
                Some(1.0) => return other,
                Some(-1.0) => return self.neg(other),
                _ => {}
            }
        }
        if let Some(product) = self.without_signs(a, b, Self::mul) {
            return product;
        }
        self.commutative(Op::Mul, a, b, |a, b| a * b, |a, b| a.checked_mul(b))
    }

    /// `a / b`.
    pub fn div(&mut self, a: Value, b: Value) -> Value {
        if let Some(divisor) = self.as_real(b) {
            if divisor == 1.0 {
                return a;
            }
            // The reciprocal of a power of two is exact, and so is what it is multiplied with.
            let reciprocal = 1.0 / divisor;
            if is_power_of_two(divisor)
                && is_power_of_two(reciprocal)
                && self.scalar().is_exact(divisor)
                && self.scalar().is_exact(reciprocal)
            {
                let reciprocal = self.real(reciprocal);
                return self.mul(a, reciprocal);
            }
        }
        if let Some(quotient) = self.without_signs(a, b, Self::div) {
            return quotient;
        }
        self.binary(Op::Div, a, b, |a, b| a / b, |a, b| a.checked_div(b))
    }

    /// A product or quotient of which an operand is a negation: the sign is taken out.
    fn without_signs(
        &mut self,
        a: Value,
        b: Value,
        op: fn(&mut Self, Value, Value) -> Value,
    ) -> Option<Value> {
        let (x, y) = (self.negated(a), self.negated(b));
        if x.is_none() && y.is_none() {
            return None;
        }
        let result = op(self, x.unwrap_or(a), y.unwrap_or(b));
        Some(if x.is_some() == y.is_some() { result } else { self.neg(result) })
    }

    /// `a % b`.
    pub fn rem(&mut self, a: Value, b: Value) -> Value {
        self.binary(Op::Rem, a, b, |a, b| a % b, |a, b| a.checked_rem(b))
    }

    fn commutative(
        &mut self,
        op: Op,
        a: Value,
        b: Value,
        real: fn(f64, f64) -> f64,
        int: fn(i128, i128) -> Option<i128>,
    ) -> Value {
        let ty = self.ty(a);
        if let Some(known) = self.find(&op, &[b, a], &ty) {
            return known;
        }
        self.binary(op, a, b, real, int)
    }

    fn binary(
        &mut self,
        op: Op,
        a: Value,
        b: Value,
        real: fn(f64, f64) -> f64,
        int: fn(i128, i128) -> Option<i128>,
    ) -> Value {
        let ty = self.ty(a);
        // One operation on f32 values, done in f64 and rounded once more, is the f32 operation.
        if let Some((a, b)) = self.exact(a, b)
            && let Some(value) = self.folded(real(a, b))
        {
            return value;
        }
        if let (Some(a), Some(b)) = (self.as_int(a), self.as_int(b))
            && let Some(value) = int(a, b)
            && let Some(value) = self.folded_int(value, &ty)
        {
            return value;
        }
        self.push(op, vec![a, b], ty)
    }

    /// An elementary function.
    pub fn elementary(&mut self, function: Elementary, args: &[Value]) -> Value {
        if function == Elementary::POWI {
            match self.as_int(args[1]) {
                Some(0) => return self.real(1.0),
                Some(1) => return args[0],
                _ => {}
            }
        }
        self.push(Op::Elementary(function), args.to_vec(), Type::Real)
    }

    /// A comparison.
    pub fn compare(&mut self, comparison: Comparison, a: Value, b: Value) -> Value {
        if let (Some(a), Some(b)) = (self.as_int(a), self.as_int(b)) {
            return self.bool(comparison.holds(&a, &b));
        }
        if let Some((a, b)) = self.exact(a, b) {
            return self.bool(comparison.holds(&a, &b));
        }
        if let (Some(a), Some(b)) = (self.as_bool(a), self.as_bool(b)) {
            return self.bool(comparison.holds(&a, &b));
        }
        self.push(Op::Compare(comparison), vec![a, b], Type::Bool)
    }

    /// `!x`.
    pub fn not(&mut self, x: Value) -> Value {
        if let Some(value) = self.as_bool(x) {
            return self.bool(!value);
        }
        if self.node(x).op == Op::Not {
            return self.node(x).args[0];
        }
        self.push(Op::Not, vec![x], Type::Bool)
    }

    /// `if c { a } else { b }`.
    pub fn select(&mut self, c: Value, a: Value, b: Value) -> Value {
        if a == b {
            return a;
        }
        match self.as_bool(c) {
            Some(true) => return a,
            Some(false) => return b,
            None => {}
        }
        let ty = self.ty(a);
        match (self.as_bool(a), self.as_bool(b)) {
            (Some(true), Some(false)) => return c,
            (Some(false), Some(true)) => return self.not(c),
            _ => {}
        }
        self.push(Op::Select, vec![c, a, b], ty)
    }

    /// `x as T`.
    pub fn cast(&mut self, x: Value, ty: Type) -> Value {
        let from = self.ty(x);
        if from == ty {
            return x;
        }
        match (self.as_int(x), &ty) {
            (Some(value), Type::Int(int)) => return self.int(int.wrap(value), ty),
            #[expect(clippy::cast_precision_loss, reason = "the cast rounds")]
            (Some(value), Type::Real) => {
                let nearest = match self.scalar() {
                    super::Scalar::F64 | super::Scalar::Generic(_) => value as f64,
                    super::Scalar::F32 => f64::from(value as f32),
                };
                if self.scalar() == super::Scalar::F32 || self.scalar().is_exact(nearest) {
                    return self.real(nearest);
                }
            }
            _ => {}
        }
        self.push(Op::Cast, vec![x], ty)
    }

    /// A check that a loop which may only be run so often has ended.
    pub fn ended(&mut self, going: Value, limit: Length) -> Value {
        if self.as_bool(going) == Some(false) {
            return going;
        }
        self.push(Op::Ended(limit), vec![going], Type::Bool)
    }

    /// A check that the function has a value.
    pub fn demand(&mut self, holds: Value, reason: Value) -> Value {
        if self.as_bool(holds) == Some(true) {
            return holds;
        }
        self.push(Op::Demand, vec![holds, reason], Type::Bool)
    }

    /// An integer divisor that has been checked not to be zero.
    pub fn non_zero(&mut self, x: Value) -> Value {
        if self.as_int(x).is_some_and(|value| value != 0) {
            return x;
        }
        let ty = self.ty(x);
        self.push(Op::NonZero, vec![x], ty)
    }
}

fn is_power_of_two(value: f64) -> bool {
    value.is_normal() && value.to_bits() & ((1 << 52) - 1) == 0
}
