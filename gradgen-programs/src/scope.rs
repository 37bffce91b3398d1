//! What names mean at a point of a program, the types of expressions, and the check that a
//! program is well-typed.

use crate::{
    Binary, Block, Expression, Function, If, Method, Parameter, Passing, Pattern, Place, Program, Statement,
    Type,
};

/// A variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its type, without the reference.
    pub kind: Type,
    /// How it came to be, for a parameter.
    pub passing: Option<Passing>,
    /// Whether it may be written.
    pub mutable: bool,
    /// Whether rustc knows the type where the variable is bound. If not, as in `let s = 0.0;`, it
    /// refuses `s.sin()`.
    pub anchored: bool,
}

/// The variables of a point, innermost last, and the functions that can be called.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    functions: &'a [Function],
    /// The variables.
    pub variables: Vec<Variable>,
    /// Whether there is a loop around, which can be left.
    in_loop: bool,
}

/// Why a program is ill-formed.
pub(crate) type Result<T> = std::result::Result<T, String>;

fn expect(kind: &Type, wanted: &Type) -> Result<()> {
    if kind == wanted { Ok(()) } else { Err(format!("{kind:?} where {wanted:?} is needed")) }
}

impl<'a> Scope<'a> {
    /// The scope at the top of a function that can call `functions`.
    #[must_use]
    pub fn new(functions: &'a [Function], parameters: &[Parameter]) -> Self {
        let mut scope = Self { functions, variables: Vec::new(), in_loop: false };
        for Parameter { name, pattern, kind, passing, .. } in parameters {
            if pattern.is_empty() {
                let (name, kind, mutable) = (name.clone(), kind.clone(), passing.is_mutable());
                scope.variables.push(Variable {
                    name,
                    kind,
                    passing: Some(*passing),
                    mutable,
                    anchored: true,
                });
            }
            for name in pattern {
                let (name, mutable) = (name.clone(), passing.is_mutable());
                let kind = Type::Real;
                scope.variables.push(Variable { name, kind, passing: None, mutable, anchored: true });
            }
        }
        scope
    }

    /// What a name means.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|variable| variable.name == name)
    }

    /// The function of this name.
    #[must_use]
    pub fn function(&self, name: &str) -> Option<&'a Function> {
        self.functions.iter().find(|function| function.name == name)
    }

    /// Whether the name is a reference.
    #[must_use]
    pub fn is_reference(&self, name: &str) -> bool {
        self.variable(name).and_then(|variable| variable.passing).is_some_and(Passing::is_reference)
    }

    /// Whether the name is a `&` reference.
    #[must_use]
    pub fn is_shared(&self, name: &str) -> bool {
        self.variable(name).and_then(|variable| variable.passing) == Some(Passing::Reference)
    }

    /// Adds a loop variable.
    pub fn bind_index(&mut self, name: &str) {
        let (name, kind) = (name.to_owned(), Type::Index);
        self.variables.push(Variable { name, kind, passing: None, mutable: false, anchored: true });
    }

    /// Adds what a `let` binds.
    ///
    /// # Errors
    /// A pattern or a type that does not fit the value.
    pub fn bind_let(&mut self, pattern: &Pattern, kind: Option<&Type>, value: &Expression) -> Result<()> {
        let found = self.type_of(value)?;
        if let Some(kind) = kind {
            expect(&found, kind)?;
        }
        let anchored = kind.is_some() || self.is_anchored(value);
        self.bind(pattern, &found, anchored)
    }

    fn bind(&mut self, pattern: &Pattern, kind: &Type, anchored: bool) -> Result<()> {
        match (pattern, kind) {
            (Pattern::Wildcard, _) => Ok(()),
            (Pattern::Name { name, mutable }, kind) => {
                let (name, kind, mutable) = (name.clone(), kind.clone(), *mutable);
                self.variables.push(Variable { name, kind, passing: None, mutable, anchored });
                Ok(())
            }
            (Pattern::Tuple(patterns), Type::Tuple(kinds)) if patterns.len() == kinds.len() => {
                patterns.iter().zip(kinds).try_for_each(|(pattern, kind)| self.bind(pattern, kind, anchored))
            }
            (Pattern::Array(patterns), Type::Array(kind, length)) if patterns.len() == *length => {
                patterns.iter().try_for_each(|pattern| self.bind(pattern, kind, anchored))
            }
            _ => Err(format!("{pattern:?} does not fit {kind:?}")),
        }
    }

    /// Whether rustc knows the type of the expression without looking at its use.
    #[must_use]
    pub fn is_anchored(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Real(_) | Expression::Index(_) | Expression::Int(_) => false,
            Expression::Name(name) => self.variable(name).is_some_and(|variable| variable.anchored),
            Expression::Element(base, _)
            | Expression::Field(base, _)
            | Expression::Negate(base)
            | Expression::Repeat(base, _) => self.is_anchored(base),
            Expression::Binary(_, a, b) => self.is_anchored(a) || self.is_anchored(b),
            Expression::Array(elements) => elements.iter().any(|element| self.is_anchored(element)),
            Expression::Tuple(elements) => elements.iter().all(|element| self.is_anchored(element)),
            Expression::Block(block) => self.value_is_anchored(block),
            Expression::If(branch) => {
                self.value_is_anchored(&branch.then)
                    || branch.otherwise.as_ref().is_some_and(|block| self.value_is_anchored(block))
            }
            _ => true,
        }
    }

    fn value_is_anchored(&self, block: &Block) -> bool {
        let mut scope = self.clone();
        for statement in &block.statements {
            if let Statement::Let { pattern, kind, value } = statement
                && scope.bind_let(pattern, kind.as_ref(), value).is_err()
            {
                return false;
            }
        }
        block.value.as_ref().is_some_and(|value| scope.is_anchored(value))
    }

    /// The type of an expression.
    ///
    /// # Errors
    /// An ill-typed expression.
    pub fn type_of(&self, expression: &Expression) -> Result<Type> {
        Ok(match expression {
            Expression::Real(_) | Expression::Constant(_) => Type::Real,
            Expression::Index(_) => Type::Index,
            Expression::Int(_) => Type::Int,
            Expression::Bool(_) => Type::Bool,
            Expression::Name(name) => self.named(name)?.kind.clone(),
            Expression::Len(name) => match &self.named(name)?.kind {
                Type::Array(..) | Type::Slice(_) => Type::Index,
                kind => return Err(format!("length of {kind:?}")),
            },
            Expression::Length(_) => Type::Index,
            Expression::Element(base, index) => {
                expect(&self.type_of(index)?, &Type::Index)?;
                match self.type_of(base)? {
                    Type::Array(element, _) | Type::Slice(element) => *element,
                    kind => return Err(format!("index into {kind:?}")),
                }
            }
            Expression::Field(base, index) => match self.type_of(base)? {
                Type::Tuple(elements) => elements.get(*index).cloned().ok_or("no such field")?,
                kind => return Err(format!("field of {kind:?}")),
            },
            Expression::Negate(value) => match self.type_of(value)? {
                kind @ (Type::Real | Type::Int) => kind,
                kind => return Err(format!("negated {kind:?}")),
            },
            Expression::Not(value) => self.all(&[value], &Type::Bool)?,
            Expression::And(a, b) | Expression::Or(a, b) => self.all(&[a, b], &Type::Bool)?,
            Expression::Binary(_, a, b) => match self.type_of(a)? {
                kind @ (Type::Real | Type::Int | Type::Index) => self.all(&[b], &kind)?,
                kind => return Err(format!("arithmetic on {kind:?}")),
            },
            Expression::Compare(_, a, b) => {
                self.all(&[b], &self.type_of(a)?)?;
                Type::Bool
            }
            Expression::Method { method, arguments, .. } => self.method(*method, arguments)?,
            Expression::Array(elements) => {
                let kind = self.type_of(elements.first().ok_or("empty array")?)?;
                self.all(&elements.iter().collect::<Vec<_>>(), &kind)?.array(elements.len())
            }
            Expression::Repeat(value, length) => self.type_of(value)?.array(*length),
            Expression::Tuple(elements) => {
                Type::Tuple(elements.iter().map(|element| self.type_of(element)).collect::<Result<_>>()?)
            }
            Expression::Cast(value, kind) => match (self.type_of(value)?, kind) {
                (Type::Index | Type::Int, Type::Real | Type::Index | Type::Int)
                | (Type::Bool, Type::Index | Type::Int) => kind.clone(),
                (from, to) => return Err(format!("{from:?} as {to:?}")),
            },
            Expression::Block(block) => self.block(block)?.ok_or("a block without a value")?,
            Expression::If(branch) => self.branch(branch)?.ok_or("an if without a value")?,
            Expression::Call { name, arguments } => self.call(name, arguments)?,
        })
    }

    fn named(&self, name: &str) -> Result<&Variable> {
        self.variable(name).ok_or_else(|| format!("no variable {name}"))
    }

    fn all(&self, expressions: &[&Expression], kind: &Type) -> Result<Type> {
        expressions.iter().try_for_each(|expression| expect(&self.type_of(expression)?, kind))?;
        Ok(kind.clone())
    }

    fn method(&self, method: Method, arguments: &[Expression]) -> Result<Type> {
        if arguments.len() != method.arity() {
            return Err(format!("arguments of {}", method.name()));
        }
        for (position, argument) in arguments.iter().enumerate() {
            let exponent = method == Method::Powi && position == 1;
            self.all(&[argument], if exponent { &Type::Int } else { &Type::Real })?;
        }
        let pair = Type::Tuple(vec![Type::Real, Type::Real]);
        Ok(if method == Method::SinCos { pair } else { Type::Real })
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> Result<Type> {
        let function = self.function(name).ok_or_else(|| format!("no function {name}"))?;
        if arguments.len() != function.parameters.len() {
            return Err(format!("arguments of {name}"));
        }
        for (parameter, argument) in function.parameters.iter().zip(arguments) {
            self.all(&[argument], &parameter.kind)?;
        }
        function.result.clone().ok_or_else(|| format!("{name} returns nothing"))
    }

    /// The type of a block's value.
    ///
    /// # Errors
    /// An ill-formed block.
    pub fn block(&self, block: &Block) -> Result<Option<Type>> {
        let mut scope = self.clone();
        for statement in &block.statements {
            scope.statement(statement)?;
        }
        block.value.as_ref().map(|value| scope.type_of(value)).transpose()
    }

    fn branch(&self, branch: &If) -> Result<Option<Type>> {
        self.all(&[&branch.condition], &Type::Bool)?;
        let then = self.block(&branch.then)?;
        let otherwise = branch.otherwise.as_ref().map_or(Ok(None), |block| self.block(block))?;
        if then == otherwise { Ok(then) } else { Err("branches of two types".into()) }
    }

    /// Checks a statement and adds what it binds.
    ///
    /// # Errors
    /// An ill-formed statement.
    pub fn statement(&mut self, statement: &Statement) -> Result<()> {
        match statement {
            Statement::Let { pattern, kind, value } => self.bind_let(pattern, kind.as_ref(), value),
            Statement::Assign { place, operator, value } => self.assign(place, *operator, value),
            Statement::AssignTuple { places, value } => {
                let Type::Tuple(kinds) = self.type_of(value)? else { return Err("no tuple".into()) };
                for (place, kind) in places.iter().zip(&kinds) {
                    expect(&self.place(place)?, kind)?;
                }
                if places.len() == kinds.len() { Ok(()) } else { Err("a tuple of another length".into()) }
            }
            Statement::If(branch) => {
                self.branch(branch)?.map_or(Ok(()), |_| Err("a value is dropped".into()))
            }
            Statement::Block(block) => {
                self.block(block)?.map_or(Ok(()), |_| Err("a value is dropped".into()))
            }
            Statement::For { variable, start, end, body, .. } => {
                self.all(&[start, end], &Type::Index)?;
                let mut scope = self.clone();
                scope.bind_index(variable);
                scope.body_of_loop(body)
            }
            Statement::While { condition, body, .. } => {
                if let Some(condition) = condition {
                    self.all(&[condition], &Type::Bool)?;
                }
                self.clone().body_of_loop(body)
            }
            Statement::Break | Statement::Continue if self.in_loop => Ok(()),
            Statement::Break | Statement::Continue => Err("a jump outside of a loop".into()),
        }
    }

    fn body_of_loop(&mut self, body: &Block) -> Result<()> {
        self.in_loop = true;
        self.block(body)?.map_or(Ok(()), |_| Err("a value is dropped".into()))
    }

    fn place(&self, place: &Place) -> Result<Type> {
        let variable = self.named(&place.name)?;
        if !variable.mutable {
            return Err(format!("{} is not mut", place.name));
        }
        let mut kind = &variable.kind;
        for index in &place.indices {
            self.all(&[index], &Type::Index)?;
            kind = match kind {
                Type::Array(element, _) => element,
                _ => return Err("index of a scalar".into()),
            };
        }
        Ok(kind.clone())
    }

    fn assign(&self, place: &Place, operator: Option<Binary>, value: &Expression) -> Result<()> {
        let kind = self.place(place)?;
        if operator.is_some() && matches!(kind, Type::Array(..) | Type::Tuple(_) | Type::Bool) {
            return Err(format!("arithmetic on {kind:?}"));
        }
        expect(&self.type_of(value)?, &kind)
    }
}

/// Checks a program.
///
/// # Errors
/// What is wrong with it.
pub fn check(program: &Program) -> Result<()> {
    for (position, function) in program.functions.iter().enumerate() {
        let scope = Scope::new(&program.functions[..position], &function.parameters);
        let found = scope.block(&function.body).map_err(|error| format!("{}: {error}", function.name))?;
        check_outputs(function)?;
        if found != function.result {
            return Err(format!("{}: result {found:?}", function.name));
        }
    }
    Ok(())
}

/// A function begins by writing its outputs, as wholes, and by reading its in-outs; it ends by
/// updating these.
fn check_outputs(function: &Function) -> Result<()> {
    let parameters = function.parameters.iter().filter(|parameter| parameter.passing.is_output());
    let mut statements = function.body.statements.iter();
    for parameter in parameters {
        let opens = match (statements.next(), parameter.passing) {
            (Some(Statement::Assign { place, operator: None, .. }), Passing::Output) => {
                place.name == parameter.name && place.indices.is_empty()
            }
            (Some(Statement::Let { .. }), Passing::InOut) => true,
            _ => false,
        };
        if !opens {
            return Err(format!("{}: {} is not opened", function.name, parameter.name));
        }
    }
    let mut statements = statements.rev();
    for parameter in function.parameters.iter().rev().filter(|p| p.passing == Passing::InOut) {
        let closes = matches!(statements.next(), Some(Statement::Assign { place, operator: Some(Binary::Add), value })
            if place.name == parameter.name && matches!(value, Expression::Name(_)));
        if !closes {
            return Err(format!("{}: {} is not closed", function.name, parameter.name));
        }
    }
    Ok(())
}
