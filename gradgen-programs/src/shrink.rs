//! Smaller programs that still fail.
//!
//! Signatures stay as they are, so that points and requests keep their meaning.

use crate::{Block, Expression, If, Manner, Program, Statement, check};

/// The smallest program that one edit after the other leads to, each of which keeps the program
/// well-typed and failing.
#[must_use]
pub fn shrink(program: &Program, fails: impl Fn(&Program) -> bool) -> Program {
    let mut best = program.clone();
    loop {
        let smaller = candidates(&best).into_iter().find(|candidate| fails(candidate));
        match smaller {
            Some(smaller) => best = smaller,
            None => return best,
        }
    }
}

/// All well-typed programs that are one edit smaller.
#[must_use]
pub fn candidates(program: &Program) -> Vec<Program> {
    let mut found = Vec::new();
    let mut keep = |candidate: Program| {
        if candidate != *program && check(&candidate).is_ok() {
            found.push(candidate);
        }
    };
    for position in 0..program.functions.len() - 1 {
        let mut candidate = program.clone();
        candidate.functions.remove(position);
        keep(candidate);
    }
    for position in 0..program.functions.len() {
        let mut candidate = program.clone();
        candidate.functions[position].manner = Manner::PLAIN;
        keep(candidate);
    }
    for node in 0..count(program, Walk::block_count) {
        for variant in 0.. {
            let mut candidate = program.clone();
            if !Walk::new(node, variant).in_blocks(&mut candidate) {
                break;
            }
            keep(candidate);
        }
    }
    for node in 0..count(program, Walk::expression_count) {
        for variant in 0.. {
            let mut candidate = program.clone();
            if !Walk::new(node, variant).in_expressions(&mut candidate) {
                break;
            }
            keep(candidate);
        }
    }
    found
}

fn count(program: &Program, of: impl Fn(&mut Program) -> usize) -> usize {
    of(&mut program.clone())
}

/// Edits the node with this number, in this way.
struct Walk {
    node: usize,
    variant: usize,
}

impl Walk {
    const fn new(node: usize, variant: usize) -> Self {
        Self { node, variant }
    }

    fn block_count(program: &mut Program) -> usize {
        let mut count = 0;
        each_block(program, &mut |_| count += 1);
        count
    }

    fn expression_count(program: &mut Program) -> usize {
        let mut count = 0;
        each_expression(program, &mut |_| count += 1);
        count
    }

    fn in_blocks(&self, program: &mut Program) -> bool {
        let (mut number, mut done) = (0, false);
        each_block(program, &mut |block| {
            if number == self.node {
                done = edit_block(block, self.variant);
            }
            number += 1;
        });
        done
    }

    fn in_expressions(&self, program: &mut Program) -> bool {
        let (mut number, mut done) = (0, false);
        each_expression(program, &mut |expression| {
            // What a replacement brings along is counted as well, but later.
            if number == self.node
                && !done
                && let Some(smaller) = smaller(expression, self.variant)
            {
                *expression = smaller;
                done = true;
            }
            number += 1;
        });
        done
    }
}

/// Removes or flattens a statement. False if there are no so many ways.
fn edit_block(block: &mut Block, variant: usize) -> bool {
    let (position, way) = (variant / 3, variant % 3);
    if position >= block.statements.len() {
        return false;
    }
    let inner = match (way, &block.statements[position]) {
        (0, _) => Vec::new(),
        (1, Statement::If(If { then, .. })) => vec![Statement::Block(then.clone())],
        (1, Statement::Block(inner)) => inner.statements.clone(),
        (1, Statement::For { variable, start, body, .. }) => {
            let pattern = crate::Pattern::Name { name: variable.clone(), mutable: false };
            let kind = Some(crate::Type::Index);
            let first = Statement::Let { pattern, kind, value: start.clone() };
            let statements = std::iter::once(first).chain(body.statements.clone()).collect();
            vec![Statement::Block(Block { statements, value: None })]
        }
        (1, Statement::While { body, .. }) => vec![Statement::Block(body.clone())],
        (2, Statement::While { body, bound, .. }) => {
            vec![Statement::While { condition: None, bound: *bound, body: body.clone() }]
        }
        (2, Statement::If(If { otherwise: Some(otherwise), .. })) => {
            vec![Statement::Block(otherwise.clone())]
        }
        (2, Statement::For { variable, start, end, body, .. }) => vec![Statement::For {
            variable: variable.clone(),
            start: start.clone(),
            end: end.clone(),
            inclusive: false,
            reversed: false,
            step: 1,
            flipped: false,
            body: body.clone(),
        }],
        _ => vec![block.statements[position].clone()],
    };
    block.statements.splice(position..=position, inner);
    true
}

/// Something smaller of perhaps the same type.
fn smaller(expression: &Expression, variant: usize) -> Option<Expression> {
    let literal = || match expression {
        Expression::Real(_)
        | Expression::Index(_)
        | Expression::Int(_)
        | Expression::Bool(_)
        | Expression::Length(_)
        | Expression::Name(_) => Vec::new(),
        Expression::Array(elements) if elements.len() > 1 => {
            vec![Expression::Repeat(Box::new(elements[0].clone()), elements.len())]
        }
        Expression::Array(_) | Expression::Tuple(_) | Expression::Repeat(..) => Vec::new(),
        _ => vec![Expression::Real(1.0), Expression::Index(0), Expression::Bool(true)],
    };
    let inner: Vec<Expression> = match expression {
        Expression::Element(base, _) => vec![*base.clone()],
        Expression::Field(value, _)
        | Expression::Negate(value)
        | Expression::Not(value)
        | Expression::Cast(value, _) => vec![*value.clone()],
        Expression::Binary(_, a, b)
        | Expression::Compare(_, a, b)
        | Expression::And(a, b)
        | Expression::Or(a, b) => vec![*a.clone(), *b.clone()],
        Expression::Method { arguments, .. } | Expression::Call { arguments, .. } => arguments.clone(),
        Expression::Block(block) => block.value.iter().map(|value| *value.clone()).collect(),
        Expression::If(branch) => std::iter::once(Expression::Block(branch.then.clone()))
            .chain(branch.otherwise.clone().map(Expression::Block))
            .collect(),
        _ => Vec::new(),
    };
    inner.into_iter().chain(literal()).nth(variant)
}

/// Every block, outermost first.
fn each_block(program: &mut Program, visit: &mut dyn FnMut(&mut Block)) {
    for function in &mut program.functions {
        visit(&mut function.body);
        blocks_in(&mut function.body, visit);
    }
}

fn blocks_in(block: &mut Block, visit: &mut dyn FnMut(&mut Block)) {
    let mut inner = |block: &mut Block| {
        visit(block);
        blocks_in(block, visit);
    };
    for statement in &mut block.statements {
        match statement {
            Statement::If(branch) => {
                inner(&mut branch.then);
                branch.otherwise.iter_mut().for_each(&mut inner);
            }
            Statement::For { body, .. } => inner(body),
            Statement::While { condition, body, .. } => {
                if let Some(condition) = condition {
                    blocks_of_expression(condition, &mut inner);
                }
                inner(body);
            }
            Statement::Break | Statement::Continue => {}
            Statement::Block(block) => inner(block),
            Statement::Let { value, .. }
            | Statement::Assign { value, .. }
            | Statement::AssignTuple { value, .. } => {
                blocks_of_expression(value, &mut inner);
            }
        }
    }
    if let Some(value) = &mut block.value {
        blocks_of_expression(value, &mut inner);
    }
}

fn blocks_of_expression(expression: &mut Expression, visit: &mut dyn FnMut(&mut Block)) {
    match expression {
        Expression::Block(block) => visit(block),
        Expression::If(branch) => {
            visit(&mut branch.then);
            branch.otherwise.iter_mut().for_each(visit);
        }
        _ => parts(expression).into_iter().for_each(|part| blocks_of_expression(part, visit)),
    }
}

/// The expressions right inside of one.
fn parts(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::Element(a, b)
        | Expression::Binary(_, a, b)
        | Expression::Compare(_, a, b)
        | Expression::And(a, b)
        | Expression::Or(a, b) => vec![a, b],
        Expression::Field(value, _)
        | Expression::Negate(value)
        | Expression::Not(value)
        | Expression::Cast(value, _)
        | Expression::Repeat(value, _) => vec![value],
        Expression::Method { arguments, .. } | Expression::Call { arguments, .. } => {
            arguments.iter_mut().collect()
        }
        Expression::Array(elements) | Expression::Tuple(elements) => elements.iter_mut().collect(),
        Expression::If(branch) => vec![&mut branch.condition],
        _ => Vec::new(),
    }
}

/// Every expression, outermost first.
fn each_expression(program: &mut Program, visit: &mut dyn FnMut(&mut Expression)) {
    each_block(program, &mut |block| {
        for statement in &mut block.statements {
            match statement {
                Statement::Let { value, .. } => expressions_in(value, visit),
                Statement::Assign { place, value, .. } => {
                    place.indices.iter_mut().for_each(|index| expressions_in(index, visit));
                    expressions_in(value, visit);
                }
                Statement::AssignTuple { places, value } => {
                    for index in places.iter_mut().flat_map(|place| &mut place.indices) {
                        expressions_in(index, visit);
                    }
                    expressions_in(value, visit);
                }
                Statement::If(branch) => expressions_in(&mut branch.condition, visit),
                Statement::For { start, end, .. } => {
                    expressions_in(start, visit);
                    expressions_in(end, visit);
                }
                Statement::While { condition, .. } => {
                    condition.iter_mut().for_each(|condition| expressions_in(condition, visit));
                }
                Statement::Block(_) | Statement::Break | Statement::Continue => {}
            }
        }
        if let Some(value) = &mut block.value {
            expressions_in(value, visit);
        }
    });
}

fn expressions_in(expression: &mut Expression, visit: &mut dyn FnMut(&mut Expression)) {
    visit(expression);
    parts(expression).into_iter().for_each(|part| expressions_in(part, visit));
}
