//! Loops.

use super::{Maker, discrete::binary, locals::Local};
use crate::{
    Binary, Block, Comparison, Expression, If, LONGEST_SLICE, Method, Pattern, Place, Statement, Type,
};
use arbitrary::Result;

const VARIABLES: [&str; 4] = ["i", "j", "k", "l"];

/// No statement runs more often than this.
const MOST_TRIPS: i64 = 24;

/// The range of a loop, as written and as known.
struct Range {
    start: Expression,
    end: Expression,
    inclusive: bool,
    /// The values of the loop variable.
    values: (i64, i64),
    trips: i64,
    /// The slice that it runs through.
    within: Option<String>,
}

impl Maker<'_, '_> {
    pub(super) fn any_loop(&mut self) -> Result<Statement> {
        if self.chance(35)?
            && let Some(update) = self.self_update()?
        {
            return Ok(update);
        }
        let range = self.loop_range()?;
        let count = self.range(1, 3)?;
        self.with_range(range, |maker| maker.body_of_loop(count))
    }

    fn with_range(
        &mut self,
        range: Range,
        body: impl FnOnce(&mut Self) -> Result<Block>,
    ) -> Result<Statement> {
        let (known, trips) = (self.locals.depth(), self.trips);
        let used: Vec<String> = self.locals.visible().iter().map(|local| local.name.clone()).collect();
        let fresh: Vec<&str> =
            VARIABLES.into_iter().filter(|name| !used.iter().any(|used| used == name)).collect();
        let variable: String = fresh.first().copied().unwrap_or("i").into();
        let runtime = !matches!((&range.start, &range.end), (Expression::Index(_), Expression::Index(_)))
            && self.features.runtime_ranges;
        let within = range.within.clone();
        let local = Local::new(&variable, Type::Index, false);
        self.locals.add(Local { range: range.values, runtime, within, ..local });
        self.trips *= range.trips.max(1);
        let body = body(self)?;
        self.trips = trips;
        self.locals.leave(known);
        let Range { start, end, inclusive, .. } = range;
        let reversed = self.chance(25)?;
        // Where only run time knows how many turns there are, reverse mode has either steps or a `break`.
        let literal = matches!((&start, &end), (Expression::Index(_), Expression::Index(_)));
        let may_step = self.features.loop_forms && (literal || !can_break(&body));
        let step = if may_step && self.chance(20)? { self.range(2, 3)? as usize } else { 1 };
        // Of a range with its end, the standard library does not know how many integers are met.
        let flipped = step > 1 && !inclusive && self.chance(40)?;
        Ok(Statement::For { variable, start, end, inclusive, reversed, step, flipped, body })
    }

    /// A loop that a counter ends, if nothing else does before.
    pub(super) fn while_loop(&mut self, statements: &mut Vec<Statement>) -> Result<()> {
        let turns = self.range(1, self.room())?;
        let counter = format!("turn{}", self.locals.depth());
        let pattern = Pattern::Name { name: counter.clone(), mutable: true };
        let value = Expression::Index(0);
        statements.push(Statement::Let { pattern, kind: Some(Type::Index), value });
        // Only this reads and writes it.
        let local = Local::new(&counter, Type::Index, false);
        self.locals.add(Local { hidden: true, ..local });
        let one_more = Statement::Assign {
            place: Place { name: counter.clone(), indices: Vec::new() },
            operator: Some(Binary::Add),
            value: Expression::Index(1),
        };
        let is = |comparison, number| {
            let counter = Expression::Name(counter.clone());
            Expression::Compare(comparison, Box::new(counter), Box::new(Expression::Index(number)))
        };
        let form = self.weighted(&[(5, 0), (2, 1), (3, 2)])?;
        let condition = match form {
            0 => Some(self.narrowed(is(Comparison::Less, turns))?),
            // The condition counts.
            1 => {
                let value = Some(Box::new(is(Comparison::LessEqual, turns)));
                Some(Expression::Block(Block { statements: vec![one_more.clone()], value }))
            }
            _ => None,
        };
        let trips = self.trips;
        self.trips *= turns;
        let count = self.range(1, 2)?;
        let mut body = self.body_of_loop(count)?;
        self.trips = trips;
        if form != 1 {
            body.statements.insert(0, one_more);
        }
        if condition.is_none() {
            let then = Block { statements: vec![Statement::Break], value: None };
            let condition = Box::new(self.narrowed_by_or(is(Comparison::Greater, turns))?);
            let end = Statement::If(If { condition, then, otherwise: None });
            // No `continue` comes before it, and no variable that hides one from outside.
            body.statements.insert(1, end);
        }
        let bound = (turns + self.range(1, 3)?) as usize;
        statements.push(Statement::While { condition, bound, body });
        Ok(())
    }

    /// A condition in the head of a loop, where Rust wants labels for jumps.
    fn head(&mut self) -> Result<Expression> {
        let around = std::mem::replace(&mut self.in_loop, false);
        let condition = self.condition(1);
        self.in_loop = around;
        condition
    }

    /// A condition that holds no more often.
    fn narrowed(&mut self, condition: Expression) -> Result<Expression> {
        if !self.chance(60)? {
            return Ok(condition);
        }
        let other = self.head()?;
        let (a, b) = if self.chance(50)? { (condition, other) } else { (other, condition) };
        Ok(Expression::And(Box::new(a), Box::new(b)))
    }

    /// A condition that holds no less often.
    fn narrowed_by_or(&mut self, condition: Expression) -> Result<Expression> {
        if !self.chance(50)? {
            return Ok(condition);
        }
        let other = self.head()?;
        Ok(Expression::Or(Box::new(condition), Box::new(other)))
    }

    /// The body of a loop, which may be left before its end.
    fn body_of_loop(&mut self, count: i64) -> Result<Block> {
        let around = std::mem::replace(&mut self.in_loop, true);
        let mut body = self.body(count)?;
        if self.features.loop_forms && self.chance(15)? {
            body.statements.insert(0, self.jump()?);
        }
        self.in_loop = around;
        Ok(body)
    }

    /// A `break` or a `continue` under a condition.
    pub(super) fn jump(&mut self) -> Result<Statement> {
        let jump = if self.chance(50)? { Statement::Break } else { Statement::Continue };
        let mut statements = Vec::new();
        if self.chance(40)? {
            let known = self.locals.depth();
            statements.push(self.assign(Some(Binary::Add))?);
            self.locals.leave(known);
        }
        statements.push(jump);
        let then = Block { statements, value: None };
        let otherwise = if self.chance(25)? { Some(self.body(1)?) } else { None };
        let (then, otherwise) = match otherwise {
            Some(other) if self.chance(50)? => (other, Some(then)),
            otherwise => (then, otherwise),
        };
        let guard = Statement::If(If { condition: Box::new(self.condition(1)?), then, otherwise });
        let guard = if self.chance(15)? {
            Statement::Block(Block { statements: vec![guard], value: None })
        } else {
            guard
        };
        Ok(guard)
    }

    fn room(&self) -> i64 {
        (MOST_TRIPS / self.trips).clamp(1, 4)
    }

    fn loop_range(&mut self) -> Result<Range> {
        if self.chance(50)?
            && let Some(range) = self.slice_range()?
        {
            return Ok(range);
        }
        if (self.features.dependent_ranges || self.features.runtime_ranges)
            && self.chance(35)?
            && let Some(range) = self.dependent_range()?
        {
            return Ok(range);
        }
        let room = self.room();
        let start = self.weighted(&[(6, 0), (3, 1), (1, 2)])?;
        // A loop without a trip is rare, but there.
        let long = self.features.long_loops && self.trips == 1 && self.chance(25)?;
        let trips = if long {
            self.range(9, 12)?
        } else if self.chance(8)? {
            0
        } else {
            self.range(1, room)?
        };
        self.literal_range(start, start + trips, trips > 0 && start + trips > 0)
    }

    /// `start..end`, perhaps written as `start..=end - 1`.
    fn literal_range(&mut self, start: i64, end: i64, may_include: bool) -> Result<Range> {
        let inclusive = may_include && self.chance(25)?;
        let named = usize::try_from(end).is_ok_and(|end| self.named_lengths.contains(&end));
        let end_text = if named && !inclusive && self.chance(70)? {
            Expression::Length(end as usize)
        } else {
            Expression::Index(if inclusive { end - 1 } else { end })
        };
        Ok(Range {
            start: Expression::Index(start),
            end: end_text,
            inclusive,
            values: (start, (end - 1).max(start)),
            trips: end - start,
            within: None,
        })
    }

    /// A range through a slice.
    fn slice_range(&mut self) -> Result<Option<Range>> {
        let visible = self.locals.visible();
        let slices: Vec<String> =
            visible.iter().filter(|l| matches!(l.kind, Type::Slice(_))).map(|l| l.name.clone()).collect();
        let most = LONGEST_SLICE as i64;
        if slices.is_empty() || self.trips * most > MOST_TRIPS {
            return Ok(None);
        }
        let name = self.pick(&slices)?;
        let start = if self.chance(25)? { 1 } else { 0 };
        Ok(Some(Range {
            start: Expression::Index(start),
            end: Expression::Len(name.clone()),
            inclusive: false,
            values: (start, most - 1),
            trips: most,
            within: Some(name),
        }))
    }

    /// A range that ends at another variable.
    fn dependent_range(&mut self) -> Result<Option<Range>> {
        let features = self.features;
        // A triangle of a long loop.
        let room = if features.long_loops && self.trips <= 12 { 13 } else { self.room() };
        let ends: Vec<Local> = self
            .locals
            .visible()
            .into_iter()
            .filter(|local| local.kind == Type::Index && !local.mutable && local.range.1 < room)
            .filter(|l| if l.runtime { features.runtime_ranges } else { features.dependent_ranges })
            .cloned()
            .collect();
        if ends.is_empty() {
            return Ok(None);
        }
        let local = self.pick(&ends)?;
        let name = Expression::Name(local.name.clone());
        let most = local.range.1;
        let (end, inclusive, last) = match self.range(0, 2)? {
            0 => (name, false, most - 1),
            1 => (name, true, most),
            _ => (binary(Binary::Add, name, Expression::Index(1)), false, most),
        };
        let start = if self.chance(25)? { 1 } else { 0 };
        let values = (start, last.max(start));
        let start = Expression::Index(start);
        Ok(Some(Range { start, end, inclusive, values, trips: most + 1, within: local.within }))
    }

    /// `for i in 1..N { x[i] = f(x[i - 1], x[i]) }` and its kind.
    fn self_update(&mut self) -> Result<Option<Statement>> {
        let arrays: Vec<(String, usize)> = self
            .locals
            .writable()
            .into_iter()
            .filter_map(|local| match &local.kind {
                Type::Array(element, length) if **element == Type::Real && *length > 1 => {
                    Some((local.name.clone(), *length))
                }
                _ => None,
            })
            .filter(|(_, length)| (*length as i64 - 1) * self.trips <= MOST_TRIPS)
            .collect();
        if arrays.is_empty() {
            return Ok(None);
        }
        let (name, length) = self.pick(&arrays)?;
        let forward = self.chance(70)?;
        let length = length as i64;
        let range = if forward {
            self.literal_range(1, length, true)?
        } else {
            self.literal_range(0, length - 1, true)?
        };
        self.with_range(range, |maker| maker.neighbour_update(&name, forward)).map(Some)
    }

    fn neighbour_update(&mut self, name: &str, forward: bool) -> Result<Block> {
        let variable = Expression::Name(self.locals.visible()[0].name.clone());
        let operator = if forward { Binary::Subtract } else { Binary::Add };
        let other = binary(operator, variable.clone(), Expression::Index(1));
        let element = |index: &Expression| {
            Expression::Element(Box::new(Expression::Name(name.into())), Box::new(index.clone()))
        };
        let extra = self.leaf()?;
        let neighbour = element(&other);
        let value = match self.range(0, 3)? {
            0 => binary(Binary::Multiply, neighbour, extra),
            1 => binary(Binary::Add, binary(Binary::Multiply, Expression::Real(0.5), neighbour), extra),
            2 => {
                let sum = binary(Binary::Add, neighbour, extra);
                Expression::Method { method: Method::Sin, arguments: vec![sum], path: false }
            }
            _ => {
                let product = binary(Binary::Multiply, neighbour, element(&variable));
                Expression::Method { method: Method::Tanh, arguments: vec![product], path: false }
            }
        };
        let operator = self.pick(&[None, Some(Binary::Add), Some(Binary::Multiply)])?;
        let place = Place { name: name.into(), indices: vec![variable] };
        let mut statements = vec![Statement::Assign { place, operator, value }];
        if self.operations > 0 && self.chance(30)? {
            let known = self.locals.depth();
            self.statement(&mut statements)?;
            self.locals.leave(known);
        }
        Ok(Block { statements, value: None })
    }
}

/// Whether a `break` stands in the body of a loop, and not in a loop inside of it.
fn can_break(body: &Block) -> bool {
    body.statements.iter().any(|statement| match statement {
        Statement::Break => true,
        Statement::Block(block) => can_break(block),
        Statement::If(branch) => can_break(&branch.then) || branch.otherwise.as_ref().is_some_and(can_break),
        _ => false,
    })
}
