//! The graph as text, for people and for tests.

use std::fmt::{self, Display, Write};

use super::{Atom, BODY, DerivedSize, Graph, Length, Op, Polynomial, RegionId, Type, Value};

impl Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "%{}", self.0)
    }
}

/// Values with commas between them.
fn list(values: &[Value]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Graph {
    fn length_text(&self, length: &Length) -> String {
        match length {
            Length::Fixed(length) => length.to_string(),
            Length::Symbol(symbol) => self.symbols[*symbol as usize].text.clone(),
            Length::Size(size) => self.size_text(size),
            Length::Variable(_) | Length::Unknown => "?".to_owned(),
        }
    }

    /// A size as text.
    #[must_use]
    pub fn size_text(&self, size: &Polynomial) -> String {
        let atom = |atom: &Atom| match atom {
            Atom::Length(place) => format!("len(input {place})"),
            Atom::Input(place) => format!("input {place}"),
            Atom::Symbol(symbol) => self.symbols[*symbol as usize].text.clone(),
            Atom::Derived { place, .. } => match &self.derived[*place as usize] {
                DerivedSize::Root(size) => format!("root({})", self.size_text(size)),
                DerivedSize::Whole(size) => format!("({})", self.size_text(size)),
            },
            Atom::Value(value) => value.to_string(),
        };
        let terms = size.terms().map(|(product, coefficient)| {
            let mut factors: Vec<_> = product.iter().map(atom).collect();
            if coefficient != 1 || factors.is_empty() {
                factors.insert(0, coefficient.to_string());
            }
            factors.join(" * ")
        });
        let terms: Vec<_> = terms.collect();
        if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") }
    }

    /// A type as text.
    #[must_use]
    pub fn type_text(&self, ty: &Type) -> String {
        match ty {
            Type::Real => self.scalar_name().to_owned(),
            Type::Bool => "bool".to_owned(),
            Type::Int(int) => int.name().to_owned(),
            Type::Array(element, length) => {
                format!("[{}; {}]", self.type_text(element), self.length_text(length))
            }
            Type::Variable(_) if self.is_integer(ty) => "integer".to_owned(),
            Type::Variable(_) | Type::Opaque => "?".to_owned(),
            Type::Several => "several".to_owned(),
        }
    }

    fn op_text(&self, op: &Op) -> String {
        let symbol = |place: u32| self.symbols[place as usize].text.as_str();
        match op {
            Op::Real(bits) => format!("{:?}", f64::from_bits(*bits)),
            Op::Int(value) => value.to_string(),
            Op::Bool(value) => value.to_string(),
            Op::Constant(place) => format!("constant {}", symbol(*place)),
            Op::Elementary(function) => function.row().name.to_owned(),
            Op::Compare(comparison) => comparison.symbol().to_owned(),
            Op::Call(call) => {
                format!("{} {}", format!("{:?}", call.mode).to_lowercase(), symbol(call.callee))
            }
            Op::Check(length, array) => format!("check {array}[{}]", self.length_text(length)),
            Op::Splat(length) => format!("splat {}", self.length_text(length)),
            Op::Length(length) => format!("length {}", self.length_text(length)),
            Op::For(walk) => {
                let words = [
                    (walk.reverse, " reverse"),
                    (walk.inclusive, " inclusive"),
                    (walk.flipped, " flipped"),
                    (walk.until, " until"),
                ];
                let words: String = words.iter().filter(|(holds, _)| *holds).map(|(_, word)| *word).collect();
                let step = if walk.step == 1 { String::new() } else { format!(" step {}", walk.step) };
                format!("for{words}{step}")
            }
            Op::Input(place) | Op::Parameter(place) | Op::Project(place) => {
                let word = format!("{op:?}").split('(').next().unwrap_or_default().to_lowercase();
                format!("{word} {place}")
            }
            Op::Zeros(_) => "zeros".to_owned(),
            _ => format!("{op:?}").to_lowercase(),
        }
    }

    fn print_region(&self, f: &mut dyn Write, id: RegionId, depth: usize) -> fmt::Result {
        let region = self.region(id);
        for &value in &region.nodes {
            let node = self.node(value);
            let name =
                node.name.map(|name| format!("  // {}", self.names[name as usize])).unwrap_or_default();
            let arguments =
                if node.args.is_empty() { String::new() } else { format!(" {}", list(&node.args)) };
            let ty = self.type_text(&self.ty(value));
            writeln!(f, "{:depth$}{value}: {ty} = {}{arguments}{name}", "", self.op_text(&node.op))?;
            for &inner in &node.regions {
                writeln!(f, "{:depth$}  {{", "")?;
                self.print_region(f, inner, depth + 4)?;
                writeln!(f, "{:depth$}  }}", "")?;
            }
        }
        let word = if id == BODY { "return" } else { "yield" };
        writeln!(f, "{:depth$}{word} {}", "", list(&region.results))
    }
}

impl Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print_region(f, BODY, 0)
    }
}
