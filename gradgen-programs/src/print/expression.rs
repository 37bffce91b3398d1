//! Expressions and places.

use super::{Printer, tuple};
use crate::{Binary, Expression, Method, Place};

/// How tightly an expression holds together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Blocks, `if`, and casts, of which a following `<` would become a part.
    Loose,
    Or,
    And,
    Comparison,
    Sum,
    Product,
    Unary,
    Tight,
}

fn level(expression: &Expression, reference: bool) -> Level {
    match expression {
        Expression::Block(_) | Expression::If(_) | Expression::Cast(..) => Level::Loose,
        Expression::Or(..) => Level::Or,
        Expression::And(..) => Level::And,
        Expression::Compare(..) => Level::Comparison,
        Expression::Binary(Binary::Add | Binary::Subtract, ..) => Level::Sum,
        Expression::Binary(..) => Level::Product,
        Expression::Negate(_) | Expression::Not(_) => Level::Unary,
        Expression::Name(_) if reference => Level::Unary,
        _ => Level::Tight,
    }
}

impl Printer<'_> {
    pub(super) fn expression(&mut self, expression: &Expression) -> String {
        let text = self.undressed(expression);
        self.dressed(expression, text)
    }

    fn undressed(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Real(value) => format!("{value:?}"),
            Expression::Index(value) | Expression::Int(value) => value.to_string(),
            Expression::Bool(value) => value.to_string(),
            Expression::Constant(constant) => constant.path().into(),
            Expression::Name(name) if self.scope.is_reference(name) => format!("*{name}"),
            Expression::Name(name) => name.clone(),
            Expression::Len(name) => format!("{name}.len()"),
            Expression::Length(length) => self.lengths.length(*length),
            Expression::Element(base, index) => {
                format!("{}[{}]", self.receiver(base), self.expression(index))
            }
            Expression::Field(base, index) => format!("{}.{index}", self.receiver(base)),
            Expression::Negate(value) => format!("-{}", self.operand(value, Level::Unary)),
            Expression::Not(value) => format!("!{}", self.operand(value, Level::Unary)),
            Expression::Binary(operator, a, b) => self.binary(*operator, a, b),
            Expression::Compare(operator, a, b) => {
                let (a, b) = (self.operand(a, Level::Sum), self.operand(b, Level::Sum));
                format!("{a} {} {b}", operator.symbol())
            }
            Expression::And(a, b) => {
                format!("{} && {}", self.operand(a, Level::And), self.operand(b, Level::Comparison))
            }
            Expression::Or(a, b) => {
                format!("{} || {}", self.operand(a, Level::Or), self.operand(b, Level::And))
            }
            Expression::Method { method, arguments, path } => self.method(*method, arguments, *path),
            Expression::Array(elements) => format!("[{}]", self.list(elements).join(", ")),
            Expression::Repeat(value, length) => {
                format!("[{}; {}]", self.expression(value), self.lengths.length(*length))
            }
            Expression::Tuple(elements) => tuple(self.list(elements)),
            Expression::Cast(value, to) => {
                format!("{} as {}", self.operand(value, Level::Unary), self.lengths.kind(to))
            }
            Expression::Block(block) => self.apart(|printer| printer.block(block)),
            Expression::If(branch) => self.apart(|printer| printer.branch(branch)),
            Expression::Call { name, arguments } => self.call(name, arguments),
        }
    }

    pub(super) fn place(&mut self, place: &Place) -> String {
        if place.indices.is_empty() && self.scope.is_reference(&place.name) {
            return format!("*{}", place.name);
        }
        let indices: String =
            place.indices.iter().map(|index| format!("[{}]", self.expression(index))).collect();
        format!("{}{indices}", place.name)
    }

    fn list(&mut self, expressions: &[Expression]) -> Vec<String> {
        expressions.iter().map(|expression| self.expression(expression)).collect()
    }

    fn operand(&mut self, expression: &Expression, least: Level) -> String {
        let reference = matches!(expression, Expression::Name(name) if self.scope.is_reference(name));
        let text = self.expression(expression);
        if level(expression, reference) < least { format!("({text})") } else { text }
    }

    /// What stands before `.` or `[`: a reference needs no `*` there.
    fn receiver(&mut self, expression: &Expression) -> String {
        match expression {
            Expression::Name(name) => name.clone(),
            _ => self.operand(expression, Level::Tight),
        }
    }

    fn binary(&mut self, operator: Binary, a: &Expression, b: &Expression) -> String {
        let (left, right) = match operator {
            Binary::Add | Binary::Subtract => (Level::Sum, Level::Product),
            _ => (Level::Product, Level::Unary),
        };
        if let Some(text) = self.accumulated(operator, a, b) {
            return format!("({text})");
        }
        let a = match a {
            // The operator that follows ends the type.
            Expression::Cast(..) => self.expression(a),
            _ => self.operand(a, left),
        };
        format!("{a} {} {}", operator.symbol(), self.operand(b, right))
    }

    fn method(&mut self, method: Method, arguments: &[Expression], path: bool) -> String {
        let [receiver, others @ ..] = arguments else { return method.name().into() };
        if others.is_empty()
            && let Some(text) = self.applied(method, receiver)
        {
            return text;
        }
        let rest = self.list(others).join(", ");
        if !path && self.scope.is_anchored(receiver) {
            return format!("{}.{}({rest})", self.receiver(receiver), method.name());
        }
        let comma = if others.is_empty() { "" } else { ", " };
        format!("f64::{}({}{comma}{rest})", method.name(), self.expression(receiver))
    }

    fn call(&mut self, name: &str, arguments: &[Expression]) -> String {
        let parameters = self.scope.function(name).map_or(&[][..], |function| &function.parameters);
        let arguments: Vec<String> = arguments
            .iter()
            .enumerate()
            .map(|(position, argument)| {
                if !parameters.get(position).is_some_and(|parameter| parameter.passing.is_reference()) {
                    return self.expression(argument);
                }
                match argument {
                    Expression::Name(name) if self.scope.is_shared(name) => name.clone(),
                    _ => format!("&{}", self.operand(argument, Level::Unary)),
                }
            })
            .collect();
        format!("{name}({})", arguments.join(", "))
    }
}
