//! Other ways to write what the plain printer writes: closures, iterators, `match`, early `return`, functions
//! inside of functions. Each means the same to the bit.

use super::{Printer, pattern};
use crate::{Binary, Block, Expression, Function, Method, Parameter, Passing, Pattern, Statement, Type};

/// Whether a text may leave a loop around it, which a closure cannot.
fn leaves(text: &str) -> bool {
    text.contains("break") || text.contains("continue")
}

impl Printer<'_> {
    /// An expression of floats in another way; it stands in parentheses where it needs them.
    pub(super) fn dressed(&mut self, expression: &Expression, text: String) -> String {
        if matches!(expression, Expression::Real(_)) || self.scope.type_of(expression) != Ok(Type::Real) {
            return text;
        }
        let way = self.choices.way(12, 40);
        match way {
            1 if !leaves(&text) => format!("(|| {text})()"),
            2 if !leaves(&text) => format!("(|same: f64| same)({text})"),
            3 => format!("(match {text} {{ same => same }})"),
            4 => format!("[{text}][0]"),
            5 => format!("({text}, 1.0).0"),
            6 if !leaves(&text) => format!("('value: {{ break 'value {text} }})"),
            7 => format!("({{ let same: f64; same = {text}; same }})"),
            8 => format!("Some({text}).unwrap_or(2.0)"),
            9 => format!("[{text}].map(|same: f64| same)[0]"),
            10 => format!("[2.0, {text}].iter().skip(1).sum::<f64>()"),
            11 => format!("({{ fn same(given: f64) -> f64 {{ return given; }} same({text}) }})"),
            _ => text,
        }
    }

    /// A sum or a product by an iterator.
    pub(super) fn accumulated(&mut self, operator: Binary, a: &Expression, b: &Expression) -> Option<String> {
        let is_real = |expression| self.scope.type_of(expression) == Ok(Type::Real);
        if !is_real(a) || !is_real(b) {
            return None;
        }
        let way = self.choices.way(7, 24);
        let (items, closing) = match (operator, way) {
            (Binary::Add, 1) => ("iter()", "sum::<f64>()"),
            (Binary::Add, 2) => ("into_iter()", "fold(-0.0, |s, t| s + t)"),
            (Binary::Add, 3) => ("iter()", "copied().fold(-0.0, |s: f64, t| s + t)"),
            (Binary::Add, 4) => ("windows(2)", "map(|w| w[0] + w[1]).sum::<f64>()"),
            (Binary::Multiply, 1) => ("iter()", "product::<f64>()"),
            (Binary::Multiply, 2) => ("chunks_exact(2)", "map(|w| w[0] * w[1]).sum::<f64>()"),
            (Binary::Multiply, 3) => ("iter()", "fold(1.0, |p, &t| p * t)"),
            (Binary::Subtract, 1) => ("windows(2)", "fold(0.0, |_, w| w[0] - w[1])"),
            (Binary::Subtract, 2) => {
                let (a, b) = (self.expression(a), self.expression(b));
                return Some(format!("(match ({a}, {b}) {{ (s, t) => s - t }})"));
            }
            (Binary::Divide, 1) => {
                let (a, b) = (self.expression(a), self.expression(b));
                return Some(format!("(|s: f64, t: f64| s / t)({a}, {b})"));
            }
            _ => return None,
        };
        let (a, b) = (self.expression(a), self.expression(b));
        Some(format!("[{a}, {b}].{items}.{closing}"))
    }

    /// A method of one float as a value.
    pub(super) fn applied(&mut self, method: Method, receiver: &Expression) -> Option<String> {
        if method == Method::SinCos {
            return None;
        }
        let name = method.name();
        let way = self.choices.way(4, 16);
        let opening = match way {
            1 => format!("map(f64::{name})[0]"),
            2 => format!("iter().map(|t| t.{name}()).fold(0.0, |_, t| t)"),
            3 => format!("iter().copied().map(f64::{name}).sum::<f64>()"),
            _ => return None,
        };
        Some(format!("[{}].{opening}", self.typed(receiver)))
    }

    /// An expression of floats whose type shows: a literal alone is of no type yet.
    fn typed(&mut self, expression: &Expression) -> String {
        let text = self.expression(expression);
        if self.scope.is_anchored(expression) { text } else { format!("(({text}) as f64)") }
    }

    /// The head and the end of an `if` with both branches.
    pub(super) fn chosen(&mut self, condition: &str, then: &Block, otherwise: &Block) -> Option<String> {
        let way = self.choices.way(5, 9);
        if way == 0 {
            return None;
        }
        let then = self.apart(|printer| printer.block(then));
        let otherwise = self.apart(|printer| printer.block(otherwise));
        Some(match way {
            1 => format!("match {condition} {{ true => {then} false => {otherwise} }}"),
            2 => format!("match () {{ _ if {condition} => {then} _ => {otherwise} }}"),
            3 => format!(
                "match ({condition}, 1) {{ (false, _) => {otherwise} (true, n) if n > 0 => {then} _ => {otherwise} }}"
            ),
            _ => format!(
                "if let Some(_) = (if {condition} {{ Some(1.0) }} else {{ None }}) {then} else {otherwise}"
            ),
        })
    }

    /// A loop over a range.
    pub(super) fn repeated(&mut self, variable: &str, range: &str, body: &str) -> String {
        let way = self.choices.way(8, 12);
        let closed = if range.starts_with('(') { range.to_owned() } else { format!("({range})") };
        match way {
            1 if !leaves(body) => format!("{closed}.for_each(|{variable}| {body});"),
            2 if !leaves(body) => format!("{closed}.fold((), |(), {variable}| {body});"),
            3 => format!("for {variable} in {closed}.map(|n| n) {body}"),
            4 => format!("for (_, {variable}) in {closed}.enumerate() {body}"),
            5 => format!("for ({variable}, _) in {closed}.zip(0..) {body}"),
            6 if !leaves(body) => format!("for {variable} in {closed}.filter(|_| true) {body}"),
            7 if !leaves(body) => format!("{closed}.map(|{variable}| {body}).count();"),
            _ => format!("for {variable} in {range} {body}"),
        }
    }

    /// A `let` of one name.
    pub(super) fn declared(&mut self, shape: &Pattern, written: &str, text: &str) -> Option<String> {
        let way = self.choices.way(4, 12);
        let (left, is_name) = (pattern(shape), matches!(shape, Pattern::Name { mutable: false, .. }));
        match way {
            1 if is_name && !text.contains(&left) => Some(format!("let {left}{written}; {left} = {text};")),
            2 => Some(format!("let {left}{written} = {{ {text} }};")),
            3 if !written.is_empty() => {
                let kind = written.trim_start_matches(": ");
                Some(format!("let ({left}, _): ({kind}, bool) = ({text}, true);"))
            }
            _ => None,
        }
    }

    /// What stands before a statement and changes nothing.
    pub(super) fn aside(&mut self) {
        match self.choices.way(3, 60) {
            1 => self.line("assert!(1 < 2, \"one is less than {}\", 2);"),
            2 => self.line("debug_assert_eq!(3, 3);"),
            _ => {}
        }
    }

    /// The end of a function.
    pub(super) fn returned(&mut self, function: &Function) {
        let Some(value) = &function.body.value else {
            if self.choices.way(2, 6) == 1 {
                self.line("return;");
            }
            return;
        };
        let way = self.choices.way(3, 6);
        match (way, &**value) {
            (1, Expression::If(branch)) if branch.otherwise.is_some() => {
                let condition = self.expression(&branch.condition);
                let then = self.apart(|printer| printer.leaving(&branch.then));
                self.line(&format!("if {condition} {then}"));
                if let Some(otherwise) = &branch.otherwise {
                    let otherwise = self.apart(|printer| printer.block(otherwise));
                    self.line(&otherwise);
                }
            }
            (1 | 2, value) => {
                let value = self.expression(value);
                self.line(&format!("return {value};"));
            }
            (_, value) => {
                let value = self.expression(value);
                self.line(&value);
            }
        }
    }

    /// A block that leaves the function with its value.
    fn leaving(&mut self, block: &Block) {
        self.text += "{\n";
        self.inside(|printer| {
            block.statements.iter().for_each(|statement: &Statement| printer.statement(statement));
            if let Some(value) = &block.value {
                let value = printer.expression(value);
                printer.line(&format!("return {value};"));
            }
        });
        self.text += "}";
    }

    /// Whether the body is that of a function inside of this one.
    pub(super) fn is_nested(&mut self, function: &Function) -> bool {
        let plain = |parameter: &Parameter| parameter.pattern.is_empty();
        self.choices.way(2, 5) == 1 && !function.generic && function.parameters.iter().all(plain)
    }
}

/// The arguments with which a function hands on its parameters.
pub(super) fn handed_on(function: &Function) -> String {
    let name = |parameter: &Parameter| match parameter.passing {
        Passing::Value | Passing::MutableValue | Passing::Reference | Passing::Output | Passing::InOut => {
            parameter.name.clone()
        }
    };
    function.parameters.iter().map(name).collect::<Vec<_>>().join(", ")
}
