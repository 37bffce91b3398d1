//! What stands above generated functions.

use super::Emitter;
use super::code::some_live;
use super::workspace::Pieces;
use crate::differentiate::Kind;
use crate::frontend::{Wrapper, plain};
use crate::ir::{Atom, DerivedSize, Graph, Node, Op, Polynomial, Type};
use crate::model::{Compiled, Port, Role};

impl Emitter<'_> {
    /// One sentence: what a sibling computes.
    pub(super) fn summary(&self, compiled: &Compiled) -> String {
        let name = plain(self.function.ident());
        let link = self.link(&name);
        let parts: Vec<_> = compiled
            .parts
            .iter()
            .map(|part| {
                let inputs: Vec<_> = part
                    .wrt
                    .iter()
                    .map(|&place| format!("`{}`", self.function.signature.inputs[place].name()))
                    .collect();
                let by = match &inputs[..] {
                    [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
                    other => other.join(""),
                };
                match part.kind {
                    Kind::Primal => "the value".to_owned(),
                    Kind::Gradient => format!("the gradient by {by}"),
                    Kind::Jacobian => format!("the Jacobian by {by}"),
                    Kind::Hessian if part.wrt.len() == 2 => format!("the mixed block of the Hessian by {by}"),
                    Kind::Hessian => format!("the Hessian by {by}"),
                    Kind::Hvp => format!("the Hessian by {by} times a direction"),
                    Kind::Jvp => format!("the Jacobian by {by} times a tangent (JVP)"),
                    Kind::Vjp => format!("a cotangent times the Jacobian by {by} (VJP)"),
                }
            })
            .collect();
        let text = match &parts[..] {
            [one] => format!("{one} of {link}"),
            [all @ .., last] => format!("{} and {last} of {link}, in one sweep", all.join(", ")),
            [] => link,
        };
        let mut letters = text.chars();
        letters.next().map_or(String::new(), |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
    }

    /// A link to the function.
    fn link(&self, name: &str) -> String {
        match self.function.signature.itself {
            Some(_) => format!("[`{name}`](Self::{name})"),
            None => format!("[`{name}`](fn@{name})"),
        }
    }

    /// Where a link to a function beside it leads, if its name does not say it.
    fn place_of(&self, name: &str) -> String {
        self.function.signature.itself.as_ref().map_or_else(String::new, |_| format!("(Self::{name})"))
    }

    fn added_arguments(&self, compiled: &Compiled) -> Vec<String> {
        let mut lines = vec![];
        for port in compiled.inputs.iter().filter(|port| port.role != Role::Input) {
            let what = match port.role {
                Role::Tangent => "tangent of",
                Role::Cotangent => "cotangent of the output",
                _ => "direction in",
            };
            let of = match port.input {
                Some(place) => self.function.signature.inputs[place].name(),
                None => port.name.trim_start_matches("cotangent_").to_owned(),
            };
            lines.push(format!("* `{}`: {what} `{of}`, {}.", port.name, self.shape(port)));
        }
        lines
    }

    fn results(&self, compiled: &Compiled) -> Vec<String> {
        compiled.outputs.iter().map(|port| format!("* `{}`: {}.", port.name, self.shape(port))).collect()
    }

    fn shape(&self, port: &Port) -> String {
        if let Some(structure) = &port.structure {
            return format!("`{}`", quote::quote!(#structure));
        }
        let text = self.type_text(&port.ty);
        if let Type::Array(..) = port.ty { format!("`{text}`, row-major") } else { format!("`{text}`") }
    }

    /// Above the value form.
    pub(super) fn value_documentation(&self, compiled: &Compiled, fallible: bool) -> Vec<String> {
        let mut lines = vec![self.summary(compiled), String::new()];
        let arguments = self.added_arguments(compiled);
        if !arguments.is_empty() {
            lines.push("Beside the function's own arguments:".to_owned());
            lines.extend(arguments);
            lines.push(String::new());
        }
        lines.push(if compiled.outputs.len() == 1 { "Returns:" } else { "Returns, in order:" }.to_owned());
        lines.extend(self.results(compiled));
        lines.push(String::new());
        lines.push(format!(
            "{} scalar operations; no allocation.",
            crate::passes::operations(&compiled.graph)
        ));
        if fallible {
            lines.extend([String::new(), "# Errors".to_owned(), self.refusals(&compiled.graph, true)]);
        }
        spaced(lines)
    }

    /// Above the form that the caller owns everything of.
    pub(super) fn documentation_into(&self, compiled: &Compiled) -> Vec<String> {
        let name = &compiled.name;
        let what = if compiled.parts.iter().any(|part| part.kind != Kind::Primal) {
            self.summary(compiled)
        } else {
            format!("{} into the caller's places.", self.link(name))
        };
        let mut lines = vec![what, String::new(), "Writes:".to_owned()];
        lines.extend(self.results(compiled));
        lines.extend([
            String::new(),
            format!(
                "`{}` has at least [`{name}_workspace`]{} scalars.",
                self.workspace_argument(compiled),
                self.place_of(&format!("{name}_workspace"))
            ),
            String::new(),
            "# Errors".to_owned(),
            if self.is_fallible(&compiled.graph) {
                self.refusals(&compiled.graph, false)
            } else {
                "The workspace is too short, or a length is not what it must be. Nothing is written then."
                    .to_owned()
            },
        ]);
        spaced(lines)
    }

    /// Why a call is refused.
    fn refusals(&self, graph: &Graph, value_form: bool) -> String {
        let name = self.function.ident();
        let mut reasons = vec![];
        if let Some(wrapper) = self.wrapper() {
            let what = match wrapper {
                Wrapper::Option => "`None`",
                Wrapper::Result(_) => "an error",
            };
            reasons.push(if value_form {
                format!("As [`{name}`](fn@{name}): {what} where that yields it.")
            } else {
                format!("[`{name}`](fn@{name}) yields {what}.")
            });
        }
        let may_panic =
            some_live(graph, |node| node.op == Op::Demand && graph.as_int(node.args[1]) == Some(0));
        if may_panic {
            reasons.push(format!("[`{name}`](fn@{name}) panics."));
        }
        let others = |node: &Node| match node.op {
            Op::Demand => false,
            _ => node.op.is_check(),
        };
        if reasons.is_empty() || some_live(graph, others) {
            reasons.push("An index or divisor that follows from the arguments is out of range.".to_owned());
        }
        if !(value_form && self.wrapper().is_some()) {
            reasons.push("Nothing is written then.".to_owned());
        }
        reasons.join(" ")
    }

    pub(super) fn workspace_documentation(&self, compiled: &Compiled, sizes: &[Pieces]) -> Vec<String> {
        let size = match sizes {
            [] => "none".to_owned(),
            sizes => {
                let text = |pieces: &Pieces| {
                    let texts = pieces.iter().map(|size| match size.is_never_negative() {
                        true => self.size_text(size),
                        false => format!("({})", self.size_text(size)),
                    });
                    texts.collect::<Vec<_>>().join(" + ")
                };
                let sizes: Vec<_> = sizes.iter().map(text).collect();
                let sizes: Vec<_> = sizes.iter().map(|size| format!("`{size}`")).collect();
                sizes.join(" or, if that is more, ")
            }
        };
        let into = format!("{}_into", compiled.name);
        let place = self.place_of(&into);
        spaced(vec![format!("Scalars of workspace that [`{into}`]{place} needs: {size}.")])
    }

    /// A size as a formula.
    pub(super) fn size_text(&self, size: &Polynomial) -> String {
        let inputs = &self.function.signature.inputs;
        let atom = |atom: &Atom| match atom {
            Atom::Length(place) => format!("{}.len()", inputs[*place].name()),
            Atom::Input(place) => inputs[*place].name(),
            Atom::Symbol(symbol) => self.function.symbols[*symbol as usize].to_string(),
            Atom::Derived { place, .. } => match &self.function.derived[*place as usize] {
                DerivedSize::Root(size) => format!("(({}).isqrt() + 1)", self.size_text(size)),
                DerivedSize::Whole(size) => format!("({})", self.size_text(size)),
            },
            Atom::Value(value) => value.to_string(),
        };
        let terms: Vec<_> = size
            .terms()
            .map(|(product, coefficient)| {
                let mut factors: Vec<_> = product.iter().map(atom).collect();
                if coefficient != 1 || factors.is_empty() {
                    factors.insert(0, coefficient.to_string());
                }
                factors.join(" * ")
            })
            .collect();
        terms.join(" + ")
    }
}

/// With the blank that rustfmt puts before a line of documentation.
fn spaced(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| if line.is_empty() { line } else { format!(" {line}") }).collect()
}
