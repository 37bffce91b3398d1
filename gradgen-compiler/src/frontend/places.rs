//! Places: variables and elements of them, read and assigned to.

use std::rc::Rc;

use syn::Expr;
use syn::spanned::Spanned;

use super::body::{Access, Lowering, Shape, VariableId};
use super::rows::{behind, first_value};
use super::signature::bare_expression;
use super::terms::{Term, flat, refill};
use crate::ir::{Int, Length, Type, Value};

/// A variable, or an element of the array that it holds.
#[derive(Clone)]
pub(super) struct Place {
    variable: VariableId,
    /// The fields of the struct or tuple that lead there.
    fields: Vec<String>,
    indices: Vec<Value>,
    /// Whether the indices could be read.
    sound: bool,
}

impl Place {
    /// Whether two places differ in nothing but the values of their indices.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.variable == other.variable
            && self.fields == other.fields
            && self.sound
            && other.sound
            && self.indices.len() == other.indices.len()
    }

    /// The values of its indices.
    pub(super) fn each_value(&mut self, see: &mut dyn FnMut(&mut Value)) {
        self.indices.iter_mut().for_each(see);
    }

    pub(super) fn of(variable: VariableId) -> Self {
        Self { variable, fields: vec![], indices: vec![], sound: true }
    }

    /// The array that this is an element of, and its index there.
    pub(super) fn split_last(&self) -> Option<(Self, Value)> {
        let mut array = self.clone();
        let index = array.indices.pop()?;
        Some((array, index))
    }

    /// An element of the array at this place.
    pub(super) fn at(&self, index: Value) -> Self {
        let mut element = self.clone();
        element.indices.push(index);
        element
    }
}

impl Lowering<'_> {
    /// An index of an array, checked against the length of the array's next axis.
    pub(super) fn index(&mut self, array: &Type, index: &Expr, name: &str) -> Option<(Value, Type)> {
        let term = self.expression(index, &Shape::Single);
        let term = self.yielded(term, index);
        let Term::One(index_value) = self.settled(term, index) else { return None };
        let element = self.graph.fresh_type();
        let length = self.graph.fresh_length();
        let ty = Type::array(element.clone(), length.clone());
        if !self.graph.unify(array, &ty) {
            self.fail(index, "what is indexed here is not an array");
            return None;
        }
        if !self.graph.expect(index_value, &Type::Int(Int::Usize)) {
            self.fail(index, "an index is an integer of type usize");
            return None;
        }
        let Type::Array(element, length) = self.graph_type(&ty) else { return None };
        self.at(index.span());
        let checked = self.graph.check(index_value, length, name);
        Some((checked, (*element).clone()))
    }

    fn graph_type(&self, ty: &Type) -> Type {
        self.graph.resolve(ty)
    }

    /// The value of an indexed expression.
    pub(super) fn indexed(&mut self, whole: &syn::ExprIndex) -> Term {
        if let Expr::Range(range) = bare_expression(&whole.index) {
            return self.part_of(whole, range);
        }
        let name = base_name(&whole.expr);
        let base = self.base(&whole.expr);
        let array = match self.settled(base, &whole.expr) {
            array @ (Term::One(_) | Term::Rows(_)) => array,
            Term::Sequence(sequence) => return self.part_item(&sequence, whole, &name),
            Term::Poison => return Term::Poison,
            _ => return self.fail(&whole.expr, "what is indexed here is not an array"),
        };
        let ty = match &array {
            Term::Rows(row) => self.type_of_rows(row),
            array => first_value(array).map(|array| self.graph.ty(array)),
        };
        let Some(ty) = ty else { return Term::Poison };
        let writes = self.writes.len();
        let Some((index, _)) = self.index(&ty, &whole.index, &name) else { return Term::Poison };
        // The array is read after the index is computed, so this could be either of two arrays.
        if self.writes.len() > writes
            && let Some(root) = self.root(&whole.expr)
            && self.writes[writes..].contains(&root)
        {
            return self.fail(
                &whole.index,
                format!(
                    "an assignment to `{name}` in its own index is not understood: make it a statement before"
                ),
            );
        }
        self.at(whole.bracket_token.span.join());
        match &array {
            Term::Rows(row) => self.row_at(row, index),
            Term::One(array) => Term::One(self.graph.get(*array, &[index])),
            _ => Term::Poison,
        }
    }

    /// The variable that an indexed expression is a part of.
    fn root(&mut self, expression: &Expr) -> Option<VariableId> {
        match expression {
            Expr::Paren(inner) => self.root(&inner.expr),
            Expr::Group(inner) => self.root(&inner.expr),
            Expr::Index(inner) => self.root(&inner.expr),
            Expr::Field(inner) => self.root(&inner.base),
            Expr::Unary(inner) => self.root(&inner.expr),
            Expr::Path(path) => path.path.get_ident().and_then(|ident| self.find(ident)),
            _ => None,
        }
    }

    /// What is indexed, or a field is taken of: a variable may be a `&mut` parameter there.
    pub(super) fn base(&mut self, expression: &Expr) -> Term {
        match expression {
            Expr::Paren(inner) => self.base(&inner.expr),
            Expr::Group(inner) => self.base(&inner.expr),
            Expr::Path(path) => match path.path.get_ident().and_then(|ident| self.find(ident)) {
                Some(id) => match self.variables[id].term.clone() {
                    Term::Reference(place) => self.read(&place),
                    term => term,
                },
                None => self.expression(expression, &Shape::Single),
            },
            _ => {
                let term = self.expression(expression, &Shape::Single);
                match self.yielded(term, expression) {
                    Term::Reference(place) => self.read(&place),
                    term => term,
                }
            }
        }
    }

    /// The place that an assignment writes to.
    pub(super) fn place(&mut self, target: &Expr) -> Option<Place> {
        match target {
            Expr::Paren(inner) => self.place(&inner.expr),
            Expr::Group(inner) => self.place(&inner.expr),
            Expr::Path(path) => {
                let Some(id) = path.path.get_ident().and_then(|ident| self.find(ident)) else {
                    self.fail(target, "an assignment to something that is not a local variable");
                    return None;
                };
                let variable = &self.variables[id];
                if variable.access == Access::Output {
                    self.fail(
                        target,
                        "this would make the parameter refer to something else: write `*x = …`",
                    );
                    return None;
                }
                if let Term::Poison = variable.term {
                    return None;
                }
                if variable.access == Access::Captured {
                    self.fail(target, CAPTURED);
                    return None;
                }
                if !variable.mutable {
                    // What is not `mut` can be assigned to only where it has no value yet.
                    self.fail(target, "an assignment to a variable that is not `mut`");
                    return None;
                }
                Some(Place::of(id))
            }
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => self.output_place(&unary.expr),
            Expr::Field(field) => self.field_place(field),
            Expr::Index(index) => {
                if let Some(part) = self.written_part(&index.expr) {
                    let name = base_name(&index.expr);
                    return self.place_in_part(&part, &index.index, &name);
                }
                let mut place = match &*index.expr {
                    Expr::Path(path) => self.element_base(path)?,
                    other => self.place(other)?,
                };
                let (id, fields) = (place.variable, place.fields.clone());
                self.open_variable(id, &fields);
                let ty = self.place_type(&place);
                let name = base_name(&index.expr);
                if ty.is_none() && !matches!(self.variables[place.variable].term, Term::Poison) {
                    self.fail(
                        &index.expr,
                        "what is indexed here is not known to be an array of floats, or of structs of floats",
                    );
                }
                match ty.and_then(|ty| self.index(&ty, &index.index, &name)) {
                    Some((index, _)) => place.indices.push(index),
                    None => place.sound = false,
                }
                Some(place)
            }
            other => {
                self.fail(
                    other,
                    "this is not a place that can be assigned to: use a variable or an element of one",
                );
                None
            }
        }
    }

    /// `s.a = …`.
    fn field_place(&mut self, field: &syn::ExprField) -> Option<Place> {
        let mut place = match bare_expression(&field.base) {
            Expr::Path(path) => self.element_base(path)?,
            other => self.place(other)?,
        };
        let id = place.variable;
        let name = super::structures::member_name(&field.member);
        // A copy of a parameter becomes a struct of its own.
        self.open_variable(id, &place.fields);
        let whole = part_of(&self.variables[id].term, &place.fields);
        match whole {
            Some(Term::Poison) => return None,
            Some(term) if part_of(term, std::slice::from_ref(&name)).is_some() => {}
            _ => {
                let message = "the fields of this are not known here, so that none can be assigned to: put the struct \
                               and the function in `#[gradgen::module]`";
                self.fail(&field.base, message);
                return None;
            }
        }
        place.fields.push(name);
        self.open_variable(id, &place.fields);
        Some(place)
    }

    /// Makes of a part of a parameter that a variable holds what its type says it is.
    fn open_variable(&mut self, id: VariableId, fields: &[String]) {
        let Some(part) = part_of(&self.variables[id].term, fields).cloned() else { return };
        let nowhere = proc_macro2::TokenStream::new();
        let values = match &part {
            // One that only the text says: what is written to is a value.
            Term::Record(record) if self.outlines.contains_key(&record.input) => {
                Some(self.leaf(record, nowhere))
            }
            Term::Record(_) | Term::Rows(_) => self.values_of(&part, &nowhere),
            _ => None,
        };
        if let Some(values) = values
            && let Some(part) = part_of_mut(&mut self.variables[id].term, fields)
        {
            *part = values;
        }
    }

    /// `*x` of a `&mut` parameter.
    fn output_place(&mut self, inner: &Expr) -> Option<Place> {
        match inner {
            Expr::Paren(inner) => self.output_place(&inner.expr),
            Expr::Path(path) => {
                let id = path.path.get_ident().and_then(|ident| self.find(ident));
                match id {
                    Some(id) if self.variables[id].access == Access::Output => Some(Place::of(id)),
                    Some(id) => match self.variables[id].term.clone() {
                        Term::Reference(place) => Some(place),
                        Term::Poison => None,
                        _ => {
                            self.fail(inner, "a write through a reference that is not a `&mut` parameter");
                            None
                        }
                    },
                    None => {
                        self.fail(inner, "a write through a reference that is not a `&mut` parameter");
                        None
                    }
                }
            }
            other => {
                self.fail(other, "a write through a reference that is not a `&mut` parameter");
                None
            }
        }
    }

    /// The variable of `x[i] = …`: a `mut` one, or a `&mut` parameter.
    fn element_base(&mut self, path: &syn::ExprPath) -> Option<Place> {
        let Some(id) = path.path.get_ident().and_then(|ident| self.find(ident)) else {
            self.fail(path, "a write to something that is not a local variable");
            return None;
        };
        let variable = &self.variables[id];
        match &variable.term {
            Term::Reference(place) => return Some(place.clone()),
            Term::Poison => return None,
            _ => {}
        }
        if variable.access == Access::Captured {
            self.fail(path, CAPTURED);
            return None;
        }
        if variable.access == Access::Shared || !variable.mutable {
            self.fail(path, "a write to an array that is not `mut`");
            return None;
        }
        Some(Place::of(id))
    }

    /// `&mut` of a place.
    pub(super) fn reference(&mut self, target: &Expr) -> Term {
        if let Some(part) = self.written_part(target) {
            return Term::Sequence(part);
        }
        let place = match bare_expression(target) {
            Expr::Path(path) => self.element_base(path),
            other => self.place(other),
        };
        place.map_or(Term::Poison, Term::Reference)
    }

    /// The array that a method writes to.
    pub(super) fn receiver_place(&mut self, receiver: &Expr) -> Option<Place> {
        match receiver {
            Expr::Paren(inner) => self.receiver_place(&inner.expr),
            Expr::Group(inner) => self.receiver_place(&inner.expr),
            Expr::Path(path) => self.element_base(path),
            other => self.place(other),
        }
    }

    pub(super) fn place_type(&self, place: &Place) -> Option<Type> {
        let whole = &self.variables[place.variable].term;
        let value = match part_of(whole, &place.fields)? {
            Term::One(value) => *value,
            rows @ Term::Rows(_) => {
                match behind(rows, place.indices.len().checked_sub(axes(whole, &place.fields))?)? {
                    Term::Rows(row) => first_value(row)?,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let ty = self.graph.ty(value);
        ty.element(place.indices.len()).cloned()
    }

    /// The value of a place.
    pub(super) fn read(&mut self, place: &Place) -> Term {
        match part_of(&self.variables[place.variable].term, &place.fields).cloned() {
            Some(Term::One(array)) if place.sound => Term::One(self.graph.get(array, &place.indices)),
            Some(term) if place.indices.is_empty() && place.sound => term,
            Some(term) if place.sound => match self.element_of(&term, place) {
                Some(element) => {
                    let arrays = flat(&element).unwrap_or_default();
                    let values = arrays.into_iter().map(|array| self.graph.get(array, &place.indices));
                    let values: Vec<_> = values.collect();
                    refill(&element, &mut values.into_iter())
                }
                None => Term::Poison,
            },
            _ => Term::Poison,
        }
    }

    /// The form of an element of rows: with the arrays that its values are in.
    fn element_of(&self, term: &Term, place: &Place) -> Option<Term> {
        let passed = axes(&self.variables[place.variable].term, &place.fields);
        behind(term, place.indices.len().checked_sub(passed)?).cloned()
    }

    /// Assigns to a place.
    pub(super) fn write(&mut self, place: &Place, term: Term, at: &Expr) {
        if !self.is_running() {
            self.if_running(|this| {
                this.write(place, term, at);
                Term::UNIT
            });
            return;
        }
        let id = place.variable;
        self.writes.push(id);
        let name = self.variables[id].name;
        let mut whole = self.variables[id].term.clone();
        let part = part_of(&whole, &place.fields).cloned();
        let element = part.as_ref().and_then(|part| self.element_of(part, place));
        if !place.sound || matches!(whole, Term::Poison) {
            self.variables[id].term = Term::Poison;
            return;
        }
        let (mut old, mut term) = (part.unwrap_or(Term::Poison), term);
        old.weaken(&term);
        term.weaken(&old);
        let new = match (old, term) {
            (Term::One(old), Term::One(value)) => {
                let expected = self.graph.ty(old).element(place.indices.len()).cloned();
                if let Some(ty) = expected
                    && !self.graph.expect(value, &ty)
                {
                    let (found, wanted) =
                        (self.graph.type_text(&self.graph.ty(value)), self.graph.type_text(&ty));
                    self.fail(at, format!("the value is understood as {found}, the place as {wanted}"));
                }
                let new = self.graph.set(old, value, &place.indices);
                self.graph.set_array_name(new, name);
                Term::One(new)
            }
            (Term::Unset, new) if place.indices.is_empty() => {
                self.name(&new, name);
                new
            }
            (Term::Maybe(old), Term::Maybe(new)) if place.indices.is_empty() && old.kind == new.kind => {
                Term::Maybe(new)
            }
            (Term::Poison, _) | (_, Term::Poison) => Term::Poison,
            (old, new) if place.indices.is_empty() && old.is_like(&new) => new,
            (old, new)
                if !place.indices.is_empty() && element.as_ref().is_some_and(|to| to.is_like(&new)) =>
            {
                let (arrays, values) = (flat(&old).unwrap_or_default(), flat(&new).unwrap_or_default());
                let mut written = vec![];
                for (array, value) in arrays.into_iter().zip(values) {
                    let expected = self.graph.ty(array).element(place.indices.len()).cloned();
                    if expected.is_some_and(|ty| !self.graph.expect(value, &ty)) {
                        self.fail(at, "the value has another type than the place that it is assigned to");
                    }
                    written.push(self.graph.set(array, value, &place.indices));
                }
                refill(&old, &mut written.into_iter())
            }
            (Term::Tuple(_), new @ Term::Tuple(_)) if place.indices.is_empty() => new,
            _ => self.fail(at, "the value has another form than the place that it is assigned to"),
        };
        if let Some(part) = part_of_mut(&mut whole, &place.fields) {
            *part = new;
        }
        self.variables[id].term = whole;
    }

    /// `target = value`, with the value there already.
    pub(super) fn assign(&mut self, target: &Expr, term: Term) {
        match target {
            Expr::Infer(_) => {}
            Expr::Paren(inner) => self.assign(&inner.expr, term),
            Expr::Tuple(tuple) => {
                let terms = match term {
                    Term::Tuple(terms) if terms.len() == tuple.elems.len() => terms,
                    Term::Poison => vec![Term::Poison; tuple.elems.len()],
                    _ => {
                        self.fail(tuple, "the value is not a tuple of that many values");
                        return;
                    }
                };
                for (target, term) in tuple.elems.iter().zip(terms) {
                    self.assign(target, term);
                }
            }
            Expr::Array(array) => {
                let count = array.elems.len();
                let terms = match term {
                    Term::One(value) => {
                        let ty = Type::array(self.graph.fresh_type(), Length::Fixed(count));
                        if !self.graph.expect(value, &ty) {
                            self.fail(array, "the value is not an array");
                            return;
                        }
                        self.graph.read_elements(value, count).into_iter().map(Term::One).collect()
                    }
                    _ => vec![Term::Poison; count],
                };
                for (target, term) in array.elems.iter().zip(terms) {
                    self.assign(target, term);
                }
            }
            _ => {
                if let Some(place) = self.place(target) {
                    self.at(target.span());
                    self.write(&place, term, target);
                }
            }
        }
    }
}

const CAPTURED: &str = "an assignment to what a `move` closure captured is not understood: without `move` it assigns \
                        to the variable itself, or keep what changes in an argument";

/// What fields lead to in a term.
pub(super) fn part_of<'t>(mut term: &'t Term, fields: &[String]) -> Option<&'t Term> {
    for name in fields {
        while let Term::Rows(row) = term {
            term = row;
        }
        term = match term {
            Term::Struct(_, fields) => &fields.iter().find(|(field, _)| field == name)?.1,
            Term::Tuple(terms) => terms.get(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(term)
}

fn part_of_mut<'t>(mut term: &'t mut Term, fields: &[String]) -> Option<&'t mut Term> {
    for name in fields {
        while let Term::Rows(row) = term {
            term = Rc::make_mut(row);
        }
        term = match term {
            Term::Struct(_, fields) => &mut fields.iter_mut().find(|(field, _)| field == name)?.1,
            Term::Tuple(terms) => terms.get_mut(name.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(term)
}

/// How many indices are needed on the way along fields, since arrays of structs stand there.
fn axes(mut term: &Term, fields: &[String]) -> usize {
    let mut passed = 0;
    for name in fields {
        while let Term::Rows(row) = term {
            term = row;
            passed += 1;
        }
        match part_of(term, std::slice::from_ref(name)) {
            Some(part) => term = part,
            None => break,
        }
    }
    passed
}

/// What a message calls the array of an index expression.
pub(super) fn base_name(expression: &Expr) -> String {
    match expression {
        Expr::Path(path) => path.path.get_ident().map_or_else(|| "array".to_owned(), super::names::plain),
        Expr::Index(index) => base_name(&index.expr),
        Expr::Paren(inner) => base_name(&inner.expr),
        Expr::Unary(unary) => base_name(&unary.expr),
        _ => "array".to_owned(),
    }
}
