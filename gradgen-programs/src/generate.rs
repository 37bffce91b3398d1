//! Programs from bytes: the same bytes, the same program.
//!
//! Every program is well-typed, stays inside its arrays and never overflows an integer. Floats are
//! mostly tame (arguments of `ln`, `sqrt`, `/` are kept inside their domains) and sometimes raw.
//! The choices lean to what compilers of derivatives get wrong: shadowing, self-updates,
//! overwritten inputs, variables assigned in one branch only, writes in branches in loops, equal
//! operands, shared subexpressions, loops without a trip.

mod choice;
mod discrete;
mod elementary;
mod expression;
mod locals;
mod loops;
mod signature;
mod statement;

use crate::{
    Binary, Block, Expression, Function, Manner, Parameter, Passing, Pattern, Place, Program, Statement, Type,
};
use arbitrary::{Result, Unstructured};
use locals::Locals;

/// What programs may use beyond the language that is always there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Features {
    /// Calls of earlier functions.
    pub calls: bool,
    /// `&mut` parameters.
    pub outputs: bool,
    /// Loops whose bounds are outer loop variables.
    pub dependent_ranges: bool,
    /// Loops whose bounds are `usize` parameters.
    pub runtime_ranges: bool,
    /// Elements at an index computed from `usize` parameters.
    pub runtime_indices: bool,
    /// `pair.0`.
    pub fields: bool,
    /// `usize` variables that are overwritten.
    pub mutable_indices: bool,
    /// Blocks that write to variables outside, in the middle of an expression.
    pub writes_in_expressions: bool,
    /// Lengths that are constants.
    pub named_lengths: bool,
    /// Lengths that are const parameters.
    pub generic_lengths: bool,
    /// Loops that are too long to be written out, and arrays of such lengths.
    pub long_loops: bool,
    /// Slices, and slices of indices.
    pub slices: bool,
    /// `while` and `loop`, `break` and `continue`, and ranges with steps.
    pub loop_forms: bool,
    /// Closures, iterators, `match`, early `return` and the like, in the place of what is plainer.
    pub manners: bool,
}

impl Features {
    /// Everything.
    #[must_use]
    pub const fn all() -> Self {
        Self {
            calls: true,
            outputs: true,
            dependent_ranges: true,
            runtime_ranges: true,
            runtime_indices: true,
            fields: true,
            mutable_indices: true,
            writes_in_expressions: true,
            named_lengths: true,
            generic_lengths: true,
            long_loops: true,
            slices: true,
            loop_forms: true,
            manners: true,
        }
    }

    /// What the compiler accepts today.
    #[must_use]
    pub const fn accepted() -> Self {
        Self::all()
    }

    /// Nothing but the language that is always there.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            calls: false,
            outputs: false,
            dependent_ranges: false,
            runtime_ranges: false,
            runtime_indices: false,
            fields: false,
            mutable_indices: false,
            writes_in_expressions: false,
            named_lengths: false,
            generic_lengths: false,
            long_loops: false,
            slices: false,
            loop_forms: false,
            manners: false,
        }
    }
}

/// The name of the function under test.
const MAIN: &str = "subject";

/// A program. The same bytes and features make the same program.
///
/// # Errors
/// Those of [`Unstructured`]; bytes that run out are none.
pub fn program(bytes: &mut Unstructured<'_>, features: Features) -> Result<Program> {
    let named_lengths = if features.named_lengths && bytes.int_in_range(0..=9)? == 9 {
        let long = features.long_loops && bytes.ratio(1, 2)?;
        vec![bytes.int_in_range(2..=3)?, if long { 10 } else { 4 }]
    } else {
        Vec::new()
    };
    // Of a callee rustc would have to find the const parameters.
    let generic = features.generic_lengths && !named_lengths.is_empty() && bytes.ratio(1, 2)?;
    let callees = if features.calls && !generic { bytes.int_in_range(0..=2)? } else { 0 };
    let mut functions = Vec::new();
    for position in 0..=callees {
        let name = if position == callees { MAIN.into() } else { format!("callee{position}") };
        let function = function(bytes, features, &functions, name, &named_lengths)?;
        functions.push(Function { generic, ..function });
    }
    Ok(Program { functions })
}

fn function(
    bytes: &mut Unstructured<'_>,
    features: Features,
    functions: &[Function],
    name: String,
    named_lengths: &[usize],
) -> Result<Function> {
    let is_main = name == MAIN;
    let mut maker = Maker {
        bytes,
        features,
        functions,
        locals: Locals::default(),
        reserved: Vec::new(),
        named_lengths: named_lengths.to_vec(),
        operations: if is_main { 60 } else { 15 },
        trips: 1,
        in_loop: false,
    };
    let (parameters, result) = maker.signature(is_main)?;
    for parameter in &parameters {
        if parameter.passing == Passing::InOut {
            maker.reserved.push(parameter.name.clone());
        }
        maker.locals.add_parameter(parameter);
    }
    let mut statements = Vec::new();
    // Not in sight before they are written.
    for parameter in parameters.iter().filter(|parameter| parameter.passing == Passing::Output) {
        maker.locals.hide(&parameter.name);
    }
    for parameter in parameters.iter().filter(|parameter| parameter.passing.is_output()) {
        maker.open_output(parameter, &mut statements)?;
    }
    let count = maker.range(1, if is_main { 8 } else { 3 })?;
    for _ in 0..count {
        maker.statement(&mut statements)?;
    }
    for parameter in parameters.iter().filter(|parameter| parameter.passing == Passing::InOut) {
        statements.push(maker.close_output(parameter));
    }
    // An in-out is not overwritten after that.
    if parameters.iter().any(|parameter| parameter.passing == Passing::InOut) {
        maker.locals.freeze();
    }
    let value = result.as_ref().map(|kind| maker.result(kind)).transpose()?.map(Box::new);
    let is_plain = !features.manners || maker.bytes.ratio(1, 2)?;
    let manner = if is_plain { Manner::PLAIN } else { Manner::of(maker.bytes.arbitrary()?) };
    Ok(Function {
        name,
        parameters,
        result,
        body: Block { statements, value },
        named_lengths: named_lengths.to_vec(),
        generic: false,
        manner,
    })
}

/// A function in the making.
struct Maker<'a, 'b> {
    bytes: &'a mut Unstructured<'b>,
    features: Features,
    functions: &'a [Function],
    locals: Locals,
    /// Parameters that are needed at the end: not to be shadowed.
    reserved: Vec<String>,
    /// Lengths that only rustc knows.
    named_lengths: Vec<usize>,
    /// How many operations may still be made.
    operations: i64,
    /// How often the current statement runs.
    trips: i64,
    /// Whether the current statement stands in a loop that it can leave.
    in_loop: bool,
}

impl Maker<'_, '_> {
    /// The value of the function, which mixes a few variables into every float.
    fn result(&mut self, kind: &Type) -> Result<Expression> {
        self.operations = self.operations.max(8);
        match kind {
            Type::Tuple(kinds) => {
                let elements = kinds.iter().map(|kind| self.result(kind)).collect::<Result<_>>()?;
                Ok(Expression::Tuple(elements))
            }
            Type::Real => {
                let mut sum = self.real(2)?;
                for term in self.terms()? {
                    sum = Expression::Binary(Binary::Add, Box::new(sum), Box::new(term));
                }
                Ok(sum)
            }
            _ => self.value(kind, 2),
        }
    }

    /// What a `&mut` parameter needs first: an output is written as a whole, of an in-out an
    /// element is read. That element is kept for [`close_output`](Self::close_output).
    fn open_output(&mut self, parameter: &Parameter, statements: &mut Vec<Statement>) -> Result<()> {
        if parameter.passing == Passing::Output {
            let value = self.value(&parameter.kind, 1)?;
            self.locals.unhide(&parameter.name);
            let place = Place { name: parameter.name.clone(), indices: Vec::new() };
            statements.push(Statement::Assign { place, operator: None, value });
        } else {
            let place = self.first_element(parameter);
            let base = Expression::Name(place.name);
            let value = place
                .indices
                .into_iter()
                .fold(base, |base, index| Expression::Element(Box::new(base), Box::new(index)));
            let pattern = Pattern::Name { name: before(parameter), mutable: false };
            statements.push(Statement::Let { pattern, kind: None, value });
        }
        Ok(())
    }

    /// The last statement for an in-out: it depends on what was there before, whatever came
    /// between.
    fn close_output(&self, parameter: &Parameter) -> Statement {
        let place = self.first_element(parameter);
        let value = Expression::Name(before(parameter));
        Statement::Assign { place, operator: Some(Binary::Add), value }
    }

    fn first_element(&self, parameter: &Parameter) -> Place {
        let mut indices = Vec::new();
        let mut kind = &parameter.kind;
        while let Type::Array(element, _) = kind {
            indices.push(Expression::Index(0));
            kind = element;
        }
        Place { name: parameter.name.clone(), indices }
    }
}

/// The variable that keeps the first element of an in-out. No other variable has such a name.
fn before(parameter: &Parameter) -> String {
    format!("{}_before", parameter.name)
}
