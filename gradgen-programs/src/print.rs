//! Programs as Rust text, with no more parentheses than Rust needs.

mod call;
mod expression;
mod manners;

pub use call::{arguments, call, literal};

use crate::manner::Choices;
use crate::{Block, Constant, Function, If, Parameter, Passing, Pattern, Program, Scope, Statement, Type};
use std::fmt::Write as _;

/// How lengths are written.
#[derive(Clone, Copy)]
struct Lengths<'a> {
    named: &'a [usize],
}

impl Lengths<'_> {
    fn length(self, length: usize) -> String {
        if self.named.contains(&length) { length_name(length) } else { length.to_string() }
    }

    /// A type as it is written.
    fn kind(self, kind: &Type) -> String {
        match kind {
            Type::Real => "f64".into(),
            Type::Index => "usize".into(),
            Type::Int => "i32".into(),
            Type::Bool => "bool".into(),
            Type::Array(element, length) => format!("[{}; {}]", self.kind(element), self.length(*length)),
            Type::Tuple(elements) => tuple(elements.iter().map(|kind| self.kind(kind)).collect()),
            Type::Slice(element) => format!("[{}]", self.kind(element)),
        }
    }
}

/// The constant that stands for a length.
#[must_use]
pub fn length_name(length: usize) -> String {
    format!("LENGTH_{length}")
}

/// The definitions of the constants in a text.
fn constants(program: &Program, text: &str) -> String {
    let mut definitions = String::new();
    for length in program.main().named_lengths.iter().filter(|_| !program.main().generic) {
        let _ = writeln!(definitions, "const {}: usize = {length};", length_name(*length));
    }
    let scale = Constant::Scale;
    if text.contains(scale.path()) {
        let _ = writeln!(definitions, "const {}: f64 = {:?};", scale.path(), scale.value());
    }
    if text.contains(Constant::Shift.path()) {
        let value = Constant::Shift.value();
        let _ = writeln!(definitions, "mod fixed {{\n    pub const SHIFT: f64 = {value:?};\n}}");
    }
    definitions
}

fn tuple(elements: Vec<String>) -> String {
    let comma = if elements.len() == 1 { "," } else { "" };
    format!("({}{comma})", elements.join(", "))
}

/// A program with its constants; before every function stands what `attribute` says of it.
#[must_use]
pub fn program(program: &Program, attribute: impl Fn(&Function) -> String) -> String {
    let mut text = String::new();
    for (position, function) in program.functions.iter().enumerate() {
        text.push('\n');
        text += &attribute(function);
        text += &self::function(&program.functions[..position], function);
    }
    let constants = constants(program, &text);
    (constants + &text).trim_start().into()
}

/// A function that can call `functions`.
#[must_use]
pub fn function(functions: &[Function], function: &Function) -> String {
    let lengths = Lengths { named: &function.named_lengths };
    let parameters: Vec<String> = function.parameters.iter().map(|p| parameter(p, lengths)).collect();
    let result =
        function.result.as_ref().map(|kind| format!(" -> {}", lengths.kind(kind))).unwrap_or_default();
    let mut printer = Printer {
        scope: Scope::new(functions, &function.parameters),
        lengths,
        text: String::new(),
        depth: 0,
        choices: function.manner.choices(),
    };
    let generics = generics(function, |length| format!("const {}: usize", length_name(length)));
    let parameters = parameters.join(", ");
    let _ = write!(printer.text, "pub fn {}{generics}({parameters}){result} ", function.name);
    if printer.is_nested(function) {
        let _ = write!(printer.text, "{{\n    fn inner({parameters}){result} ");
        printer.body(function);
        let _ = write!(printer.text, "\n    inner({})\n}}", manners::handed_on(function));
    } else {
        printer.body(function);
    }
    printer.text.push('\n');
    printer.text
}

/// `<…>` with this for each const parameter, or nothing.
fn generics(function: &Function, text: impl Fn(usize) -> String) -> String {
    let texts: Vec<String> = function.named_lengths.iter().map(|length| text(*length)).collect();
    if function.generic && !texts.is_empty() { format!("<{}>", texts.join(", ")) } else { String::new() }
}

/// `::<…>` with the lengths of a function, if they are its const parameters.
#[must_use]
pub fn turbofish(function: &Function) -> String {
    let generics = generics(function, |length| length.to_string());
    if generics.is_empty() { generics } else { format!("::{generics}") }
}

fn parameter(parameter: &Parameter, lengths: Lengths<'_>) -> String {
    let (name, kind) = (&parameter.name, lengths.kind(&parameter.kind));
    if !parameter.pattern.is_empty() {
        let mutable = if parameter.passing.is_mutable() { "mut " } else { "" };
        let reference = if parameter.passing.is_reference() { "&" } else { "" };
        let names: Vec<String> = parameter.pattern.iter().map(|name| format!("{mutable}{name}")).collect();
        return format!("{reference}[{}]: {reference}{kind}", names.join(", "));
    }
    match parameter.passing {
        Passing::Value => format!("{name}: {kind}"),
        Passing::MutableValue => format!("mut {name}: {kind}"),
        Passing::Reference => format!("{name}: &{kind}"),
        Passing::Output | Passing::InOut => format!("{name}: &mut {kind}"),
    }
}

fn pattern(shape: &Pattern) -> String {
    let list = |parts: &[Pattern]| parts.iter().map(pattern).collect::<Vec<_>>();
    match shape {
        Pattern::Wildcard => "_".into(),
        Pattern::Name { name, mutable: false } => name.clone(),
        Pattern::Name { name, mutable: true } => format!("mut {name}"),
        Pattern::Tuple(parts) => tuple(list(parts)),
        Pattern::Array(parts) => format!("[{}]", list(parts).join(", ")),
    }
}

fn holds_integers(kind: &Type) -> bool {
    match kind {
        Type::Index | Type::Int => true,
        Type::Array(element, _) | Type::Slice(element) => holds_integers(element),
        Type::Tuple(elements) => elements.iter().any(holds_integers),
        Type::Real | Type::Bool => false,
    }
}

struct Printer<'a> {
    scope: Scope<'a>,
    lengths: Lengths<'a>,
    text: String,
    depth: usize,
    choices: Choices,
}

impl Printer<'_> {
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "", indent = 4 * self.depth);
    }

    /// Does `print` one level deeper, in a scope of its own.
    fn inside(&mut self, print: impl FnOnce(&mut Self)) {
        let known = self.scope.variables.len();
        self.depth += 1;
        print(self);
        self.depth -= 1;
        self.scope.variables.truncate(known);
    }

    /// The block of a function.
    fn body(&mut self, function: &Function) {
        self.text += "{\n";
        self.inside(|printer| {
            function.body.statements.iter().for_each(|statement| printer.statement(statement));
            printer.returned(function);
        });
        self.text += "}";
    }

    fn block(&mut self, block: &Block) {
        self.text += "{\n";
        self.inside(|printer| {
            for statement in &block.statements {
                printer.statement(statement);
            }
            if let Some(value) = &block.value {
                let value = printer.expression(value);
                printer.line(&value);
            }
        });
        let _ = write!(self.text, "{:indent$}}}", "", indent = 4 * self.depth);
    }

    /// What `print` writes, on its own.
    fn apart(&mut self, print: impl FnOnce(&mut Self)) -> String {
        let before = std::mem::take(&mut self.text);
        print(self);
        std::mem::replace(&mut self.text, before)
    }

    fn statement(&mut self, statement: &Statement) {
        self.aside();
        let line = match statement {
            Statement::Let { pattern: shape, kind: written, value } => {
                let text = self.expression(value);
                let known = self.scope.type_of(value).unwrap_or(Type::Real);
                // An integer literal alone would be whatever its use makes of it.
                let forced = holds_integers(&known) && !self.scope.is_anchored(value);
                let written = written.as_ref().or(forced.then_some(&known));
                // An ill-typed program prints as well.
                let _ = self.scope.bind_let(shape, written, value);
                let written =
                    written.map_or(String::new(), |written| format!(": {}", self.lengths.kind(written)));
                let plain = format!("let {}{written} = {text};", pattern(shape));
                self.declared(shape, &written, &text).unwrap_or(plain)
            }
            Statement::Assign { place, operator, value } => {
                let operator = operator.map_or("", crate::Binary::symbol);
                let value = self.expression(value);
                format!("{} {operator}= {value};", self.place(place))
            }
            Statement::AssignTuple { places, value } => {
                let value = self.expression(value);
                format!("{} = {value};", tuple(places.iter().map(|place| self.place(place)).collect()))
            }
            Statement::If(branch) => self.apart(|printer| printer.branch(branch)),
            Statement::Block(block) => self.apart(|printer| printer.block(block)),
            Statement::For { variable, start, end, inclusive, reversed, step, flipped, body } => {
                let dots = if *inclusive { "..=" } else { ".." };
                let mut range = format!("{}{dots}{}", self.expression(start), self.expression(end));
                let step = (*step > 1).then(|| format!(".step_by({step})"));
                if *reversed || *flipped || step.is_some() {
                    let rev = |holds: bool| if holds { ".rev()" } else { "" };
                    range =
                        format!("({range}){}{}{}", rev(*reversed), step.unwrap_or_default(), rev(*flipped));
                }
                let known = self.scope.variables.len();
                self.scope.bind_index(variable);
                let body = self.apart(|printer| printer.block(body));
                self.scope.variables.truncate(known);
                self.repeated(variable, &range, &body)
            }
            Statement::While { condition, bound, body } => {
                let head = match condition {
                    Some(condition) => format!("while {}", self.expression(condition)),
                    None => "loop".into(),
                };
                self.line(&format!("#[gradgen::bound({bound})]"));
                let body = self.apart(|printer| printer.block(body));
                format!("{head} {body}")
            }
            Statement::Break => "break;".into(),
            Statement::Continue => "continue;".into(),
        };
        self.line(&line);
    }

    fn branch(&mut self, branch: &If) {
        let condition = self.expression(&branch.condition);
        if let Some(otherwise) = &branch.otherwise
            && let Some(text) = self.chosen(&condition, &branch.then, otherwise)
        {
            self.text += &text;
            return;
        }
        let _ = write!(self.text, "if {condition} ");
        self.block(&branch.then);
        let Some(otherwise) = &branch.otherwise else { return };
        self.text += " else ";
        match (otherwise.statements.as_slice(), otherwise.value.as_deref()) {
            ([Statement::If(branch)], None) | ([], Some(crate::Expression::If(branch))) => {
                let text = self.apart(|printer| printer.branch(branch));
                // Behind `else` stands an `if` or a block.
                self.text += &if text.starts_with("if") { text } else { format!("{{ {text} }}") };
            }
            _ => self.block(otherwise),
        }
    }
}
