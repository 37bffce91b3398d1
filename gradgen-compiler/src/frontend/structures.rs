//! Structs: literals, fields, and parameters of which only the fields are known that the function reads. Each
//! of these is an input of the graph, which is made where it is read first.

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Expr, ExprField, ExprStruct, FieldPat, Fields, Member, Pat, Type};

use super::body::{Access, Lowering, Shape};
use super::choices::Question;
use super::integers::integer_named;
use super::names::plain;
use super::signature::bare;
use super::terms::{ELEMENT, Field, Record, Term};
use crate::ir::{self, Value};

/// A field of a parameter that the function reads, or what it asks of a parameter.
pub(super) struct Leaf {
    pub(super) record: Record,
    pub(super) question: Option<Question>,
    pub(super) value: Value,
}

/// A field of a result.
pub(super) enum Yielded {
    /// What is computed.
    Value(Value),
    /// A field of an argument that one does not differentiate by.
    Parameter(Rc<Record>),
}

/// The name of a field.
pub(super) fn member_name(member: &Member) -> String {
    match member {
        Member::Named(ident) => plain(ident),
        Member::Unnamed(index) => index.index.to_string(),
    }
}

/// The name of a type of the module's, without its arguments.
fn name_of(path: &syn::Path) -> Option<&Ident> {
    let is_one = path.leading_colon.is_none() && path.segments.len() == 1;
    path.segments.first().filter(|_| is_one).map(|segment| &segment.ident)
}

/// What the parameters of a struct stand for: names and tokens. Nothing, where the text does not say all.
fn arguments_of(path: &syn::Path, generics: &syn::Generics) -> Option<Vec<(String, TokenStream)>> {
    let names: Vec<String> = generics
        .params
        .iter()
        .map(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => Some(plain(&parameter.ident)),
            syn::GenericParam::Const(parameter) => Some(plain(&parameter.ident)),
            syn::GenericParam::Lifetime(_) => None,
        })
        .collect::<Option<_>>()?;
    let given = match &path.segments.first()?.arguments {
        syn::PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().map(ToTokens::to_token_stream).collect()
        }
        _ => vec![],
    };
    (names.len() == given.len()).then(|| names.into_iter().zip(given).collect())
}

/// A field's type with what the struct's parameters stand for.
fn with_arguments(ty: &Type, arguments: &[(String, TokenStream)]) -> Type {
    fn replaced(tokens: TokenStream, arguments: &[(String, TokenStream)]) -> TokenStream {
        let tokens = tokens.into_iter().map(|token| match token {
            TokenTree::Ident(ident) => {
                let argument = arguments.iter().find(|(name, _)| *name == plain(&ident));
                argument.map_or_else(|| TokenTree::Ident(ident).into(), |(_, argument)| argument.clone())
            }
            TokenTree::Group(group) => {
                let inner = replaced(group.stream(), arguments);
                let mut changed = proc_macro2::Group::new(group.delimiter(), inner);
                changed.set_span(group.span());
                TokenTree::Group(changed).into()
            }
            token => token.into(),
        });
        tokens.collect()
    }
    if arguments.is_empty() {
        return ty.clone();
    }
    syn::parse2(replaced(ty.to_token_stream(), arguments)).unwrap_or_else(|_| ty.clone())
}

/// Fields in one order, so that structs of one type have one form, however they are written.
fn in_order(mut fields: Vec<Field>) -> Vec<Field> {
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    fields
}

/// The fields of a struct or a tuple, where its type says them.
pub(super) type Definition = Vec<(String, Type)>;

impl Lowering<'_> {
    /// The structs of a block: they are known from its start, and generated code, which has their fields, goes
    /// without them.
    pub(super) fn declare_structs(&mut self, block: &syn::Block) {
        for statement in &block.stmts {
            let syn::Stmt::Item(syn::Item::Struct(item)) = statement else { continue };
            let name = plain(&item.ident);
            let text = |item: &syn::ItemStruct| item.to_token_stream().to_string();
            let known = self.context.structs.get(&name);
            // A function inside of the body may be run more than once.
            if known.is_some_and(|known| text(known) == text(item)) {
                continue;
            }
            if known.is_some() || self.context.types.contains_key(&name) {
                self.fail(
                    &item.ident,
                    format!("`{name}` is another type outside of this block: give the struct another name"),
                );
            } else if !item.generics.params.is_empty() {
                self.fail(
                    &item.generics,
                    "a generic struct is not understood inside of the body: move it out of the function",
                );
            } else {
                Rc::make_mut(&mut self.context).structs.insert(name, item.clone());
            }
        }
    }

    /// What a type consists of, if it is a tuple, or a struct that the module has.
    pub(super) fn definition(&self, ty: &Type) -> Option<Definition> {
        match bare(ty) {
            Type::Tuple(tuple) => Some(
                tuple.elems.iter().enumerate().map(|(place, ty)| (place.to_string(), ty.clone())).collect(),
            ),
            Type::Path(path) => {
                let name = plain(name_of(&path.path)?);
                if let Some(alias) = path.path.get_ident().and_then(|_| self.context.types.get(&name)) {
                    return self.definition(alias);
                }
                let item = self.context.structs.get(&name)?;
                let arguments = arguments_of(&path.path, &item.generics)?;
                let named = |(place, field): (usize, &syn::Field)| {
                    let name = field.ident.as_ref().map_or_else(|| place.to_string(), plain);
                    (name, with_arguments(&field.ty, &arguments))
                };
                match &item.fields {
                    Fields::Unit => None,
                    fields => Some(fields.iter().enumerate().map(named).collect()),
                }
            }
            _ => None,
        }
    }

    /// The type of a part of a parameter, where it is known.
    pub(super) fn type_of_record(&self, record: &Record) -> Option<Type> {
        let mut ty = self.structures.get(&record.input)?.clone();
        for step in &record.path {
            ty = if step == ELEMENT {
                self.array_of_structs(&ty)?.0
            } else {
                self.definition(&ty)?.into_iter().find(|(field, _)| field == step)?.1
            };
        }
        Some(ty)
    }

    /// Whether a field is known to be an enum, an integer or a truth value.
    pub(super) fn is_handed_on(&self, record: &Record) -> bool {
        let is_number = |ty: &Type| match bare(ty) {
            Type::Path(path) => path
                .path
                .get_ident()
                .is_some_and(|name| name == "bool" || integer_named(&plain(name)).is_some()),
            _ => false,
        };
        self.is_choice(record) || self.type_of_record(record).is_some_and(|ty| is_number(&ty))
    }

    /// The element and the length of an array of structs, tuples, or arrays of these.
    pub(super) fn array_of_structs(&self, ty: &Type) -> Option<(Type, Expr)> {
        match bare(ty) {
            Type::Array(array) => {
                let element = bare(&array.elem);
                let is_struct = self.definition(element).is_some()
                    || self.array_of_structs(element).is_some()
                    || self.is_unknown_struct(element);
                is_struct.then(|| (element.clone(), array.len.clone()))
            }
            Type::Path(path) => {
                self.array_of_structs(self.context.types.get(&plain(path.path.get_ident()?))?)
            }
            _ => None,
        }
    }

    /// Whether a type is that of a struct whose definition is elsewhere.
    fn is_unknown_struct(&self, ty: &Type) -> bool {
        let Type::Path(path) = ty else { return false };
        path.path.segments.last().is_some_and(|last| {
            let name = plain(&last.ident);
            let is_alias = path.path.get_ident().is_some() && self.context.types.contains_key(&name);
            name.starts_with(char::is_uppercase) && !is_alias && name != self.graph.scalar_name()
        })
    }

    /// A part of a parameter as what its type says it is: a struct or tuple of parts, an array of these, or a
    /// value.
    pub(super) fn opened(&mut self, record: &Rc<Record>, at: impl ToTokens) -> Term {
        let Some(ty) = self.type_of_record(record) else { return Term::Record(record.clone()) };
        if self.array_of_structs(&ty).is_some() {
            return Term::Rows(Rc::new(Term::Record(Rc::new(record.part(ELEMENT)))));
        }
        let Some(definition) = self.definition(&ty) else {
            // The whole of a struct whose fields are not known, or what has none.
            if self.is_unknown_struct(bare(&ty)) || self.is_choice(record) {
                return Term::Record(record.clone());
            }
            return self.leaf(record, at);
        };
        let fields: Vec<Field> = definition
            .iter()
            .map(|(name, _)| (name.clone(), Term::Record(Rc::new(record.part(name)))))
            .collect();
        match bare(&ty) {
            Type::Path(path) => Term::Struct(Rc::new(path.path.clone()), in_order(fields)),
            _ => Term::Tuple(fields.into_iter().map(|(_, term)| term).collect()),
        }
    }

    /// The value of a field of a parameter; of several elements, if not all their indices are given.
    pub(super) fn leaf(&mut self, record: &Rc<Record>, at: impl ToTokens) -> Term {
        if self.is_choice(record) {
            return self
                .fail(at, "an enum is understood where it is compared with its variants: `match`, `==`");
        }
        if record.path.last().is_none_or(|last| last == ELEMENT) {
            return self.fail(
                at,
                "the whole of this is not understood here: the fields of a struct are, the comparison of an enum with \
                 its variants, and all of both in `#[gradgen::module]`, which sees their definitions",
            );
        }
        let same = |leaf: &&Leaf| leaf.question.is_none() && leaf.record.is_at(record);
        if let Some(leaf) = self.leaves.iter().find(same) {
            let value = leaf.value;
            return Term::One(self.graph.get(value, &record.indices));
        }
        let mut values = self.leaves.iter().filter(|leaf| leaf.question.is_none());
        let within = |a: &Record, b: &Record| a.input == b.input && b.path.starts_with(&a.path);
        if values.any(|leaf| within(&leaf.record, record) || within(record, &leaf.record)) {
            return self
                .fail(at, "this field is understood as a value in one place and as a struct in another");
        }
        let known = self.type_of_record(record);
        let ty = match known {
            Some(ty) => match self.annotation(&ty) {
                Some(ty) => ty,
                None => return Term::Poison,
            },
            None => self.graph.fresh_type(),
        };
        let lengths = self.lengths_on_the_way(record);
        let ty = lengths.into_iter().rev().fold(ty, ir::Type::array);
        let value = self.graph.late_input(ty);
        let name = self.graph.intern_name(record.path.last().map_or("field", String::as_str));
        self.graph.set_array_name(value, name);
        self.leaves.push(Leaf {
            record: Record { indices: vec![], ..(**record).clone() },
            question: None,
            value,
        });
        Term::One(self.graph.get(value, &record.indices))
    }

    /// The lengths of the arrays of structs that a path goes through.
    pub(super) fn lengths_on_the_way(&mut self, record: &Record) -> Vec<ir::Length> {
        let mut lengths = vec![];
        for (place, step) in record.path.iter().enumerate() {
            if step == ELEMENT {
                let before = Record { path: record.path[..place].to_vec(), ..Record::of(record.input) };
                lengths.extend(self.length_of_rows(&before));
            }
        }
        lengths
    }

    /// The length of a part of a parameter that is an array of structs.
    pub(super) fn length_of_rows(&mut self, record: &Record) -> Option<ir::Length> {
        let ty = self.type_of_record(record)?;
        let (_, length) = self.array_of_structs(&ty)?;
        Some(self.length(&length))
    }

    /// A term in which parts of parameters are what their types say, down to their values. Nothing, where the
    /// fields are not known.
    pub(super) fn values_of(&mut self, term: &Term, at: &TokenStream) -> Option<Term> {
        Some(match term {
            // A field of which only the text says that it is there.
            Term::Record(record) if self.outlines.contains_key(&record.input) => term.clone(),
            // It is handed on as it is, which elements of an array can't be.
            Term::Record(record) if self.is_handed_on(record) => {
                let is_element = record.path.iter().any(|step| step == ELEMENT);
                (!is_element).then(|| term.clone())?
            }
            Term::Record(record) => match self.opened(record, at) {
                Term::Record(record) if record.path.last().is_none_or(|last| last == ELEMENT) => return None,
                Term::Record(record) => self.leaf(&record, at),
                Term::One(value) => Term::One(value),
                opened => self.values_of(&opened, at)?,
            },
            Term::Rows(row) => Term::Rows(Rc::new(self.values_of(row, at)?)),
            Term::Tuple(terms) => {
                Term::Tuple(terms.iter().map(|term| self.values_of(term, at)).collect::<Option<_>>()?)
            }
            Term::Struct(path, fields) => {
                let fields =
                    fields.iter().map(|(name, term)| Some((name.clone(), self.values_of(term, at)?)));
                Term::Struct(path.clone(), fields.collect::<Option<_>>()?)
            }
            term => term.clone(),
        })
    }

    /// Whether a field is read as a value.
    pub(super) fn is_read(&self, record: &Record) -> bool {
        self.leaves.iter().any(|leaf| leaf.question.is_none() && leaf.record.is_at(record))
    }

    /// A term that is a value, where a part of a parameter is used as one.
    pub(super) fn settled(&mut self, term: Term, at: impl ToTokens) -> Term {
        let Term::Record(record) = &term else { return term };
        match self.opened(record, at.to_token_stream()) {
            Term::Record(record) => self.leaf(&record, at),
            opened => opened,
        }
    }

    /// `p.mass`.
    pub(super) fn field(&mut self, field: &ExprField) -> Term {
        let base = self.base(&field.base);
        let name = member_name(&field.member);
        let base = match &base {
            Term::Record(record) => self.opened(record, &field.base),
            _ => base,
        };
        match base {
            Term::Record(record) => Term::Record(Rc::new(record.part(&name))),
            Term::Struct(_, fields) => match fields.into_iter().find(|(field, _)| *field == name) {
                Some((_, Term::Record(record))) => self.opened(&record, field),
                Some((_, term)) => term,
                None => self.fail(&field.member, "the struct has no such field here"),
            },
            Term::Tuple(terms) => match name.parse::<usize>().ok().and_then(|place| terms.get(place)) {
                Some(Term::Record(record)) => {
                    let record = record.clone();
                    self.opened(&record, field)
                }
                Some(term) => term.clone(),
                None => self.fail(&field.member, "the tuple has no such element"),
            },
            Term::Poison => Term::Poison,
            Term::One(_) if matches!(field.member, Member::Unnamed(_)) => self.fail(
                &field.member,
                "not known to be a tuple here: take the result of a call apart with `let (a, b) = …;`",
            ),
            _ => self.fail(
                &field.member,
                "this is not known to be a struct here: a struct is understood as a parameter, as a literal \
                 `S { … }`, and in `#[gradgen::module]`",
            ),
        }
    }

    /// `S { a: …, ..base }`.
    pub(super) fn struct_literal(&mut self, literal: &ExprStruct) -> Term {
        let mut fields: Vec<Field> = vec![];
        for field in &literal.fields {
            let term = self.expression(&field.expr, &Shape::Single);
            fields.push((member_name(&field.member), self.yielded(term, &field.expr)));
        }
        if let Some(rest) = &literal.rest {
            let base = self.base(rest);
            let base = match &base {
                Term::Record(record) => self.opened(record, rest),
                _ => base,
            };
            match base {
                Term::Struct(_, others) => {
                    let others =
                        others.into_iter().filter(|(name, _)| fields.iter().all(|(own, _)| own != name));
                    let others: Vec<_> = others.collect();
                    fields.extend(others);
                }
                Term::Poison => return Term::Poison,
                _ => {
                    let message = "the fields of this are not known here: put the struct and the function in \
                                   `#[gradgen::module]`, or write every field";
                    return self.fail(rest, message);
                }
            }
        }
        Term::Struct(Rc::new(self.type_path(&literal.path)), in_order(fields))
    }

    /// `Point(x, y)`, of a struct that the module has.
    pub(super) fn tuple_struct(&mut self, path: &syn::Path, args: &[&Expr]) -> Option<Term> {
        let name = plain(path.get_ident()?);
        let resolved = self.type_path(path);
        let item = self.context.structs.get(&plain(name_of(&resolved)?))?;
        if !matches!(item.fields, Fields::Unnamed(_)) || self.renamed.contains(&name) {
            return None;
        }
        let mut fields = vec![];
        for (place, argument) in args.iter().enumerate() {
            let term = self.expression(argument, &Shape::Single);
            fields.push((place.to_string(), self.yielded(term, argument)));
        }
        Some(Term::Struct(Rc::new(resolved), in_order(fields)))
    }

    /// The type that a path means: `Self` is that of the methods around it.
    pub(super) fn type_path(&self, path: &syn::Path) -> syn::Path {
        match &self.itself {
            Some(itself) if path.is_ident("Self") => itself.clone(),
            _ => path.clone(),
        }
    }

    /// `Self::G` by the type's name: what is emitted stands outside of the block.
    pub(super) fn without_self(&self, path: &syn::ExprPath) -> Option<syn::ExprPath> {
        let itself = self.itself.as_ref()?.get_ident()?;
        let first = path.path.segments.first()?;
        if first.ident != "Self" || path.path.segments.len() < 2 {
            return None;
        }
        let mut named = path.clone();
        if let Some(first) = named.path.segments.first_mut() {
            first.ident = Ident::new(&itself.to_string(), first.ident.span());
        }
        Some(named)
    }

    /// `Params { mass, length: l, .. }` and `Point(x, _)`.
    pub(super) fn bind_struct(&mut self, pattern: &Pat, term: Term, access: Access) {
        let fields: Vec<(String, &Pat)> = match pattern {
            Pat::Struct(pattern) => {
                let named = |field: &FieldPat| member_name(&field.member);
                pattern.fields.iter().map(|field| (named(field), &*field.pat)).collect()
            }
            Pat::TupleStruct(pattern) => pattern
                .elems
                .iter()
                .enumerate()
                .map(|(place, pattern)| (place.to_string(), pattern))
                .collect(),
            _ => vec![],
        };
        let term = match term {
            Term::Record(record) => self.opened(&record, pattern),
            term => term,
        };
        for (name, inner) in fields {
            let part = match &term {
                Term::Record(record) => Term::Record(Rc::new(record.part(&name))),
                Term::Struct(_, known) => match known.iter().find(|(known, _)| *known == name) {
                    Some((_, term)) => term.clone(),
                    None => self.fail(inner, "the struct has no such field here"),
                },
                Term::Poison => Term::Poison,
                _ => self.fail(pattern, "this is not known to be a struct here"),
            };
            self.bind(inner, part, access);
        }
    }

    /// A struct or tuple that is a result, field by field.
    pub(super) fn leaves_of(
        &mut self,
        term: Term,
        at: impl ToTokens + Copy,
    ) -> Option<Vec<(Vec<String>, Yielded)>> {
        let mut found = vec![];
        self.collect_leaves(term, &mut vec![], &mut found, at)?;
        Some(found)
    }

    fn collect_leaves(
        &mut self,
        term: Term,
        path: &mut Vec<String>,
        found: &mut Vec<(Vec<String>, Yielded)>,
        at: impl ToTokens + Copy,
    ) -> Option<()> {
        let fields: Vec<Field> = match term {
            Term::Struct(_, fields) => fields,
            Term::Tuple(terms) => {
                terms.into_iter().enumerate().map(|(place, term)| (place.to_string(), term)).collect()
            }
            Term::One(value) => {
                if self.is_parameter_value(value) {
                    self.fail(at, "a parameter in a result is that of an argument, as it is: `State { mode: s.mode, … }`");
                    return None;
                }
                found.push((path.clone(), Yielded::Value(value)));
                return Some(());
            }
            Term::Record(record) if self.is_handed_on(&record) => {
                found.push((path.clone(), Yielded::Parameter(record)));
                return Some(());
            }
            Term::Record(record) => {
                let term = match self.opened(&record, at) {
                    Term::Record(record) => self.leaf(&record, at),
                    opened => opened,
                };
                return self.collect_leaves(term, path, found, at);
            }
            Term::Sequence(part) => {
                let Term::One(value) = self.array_of(&part, at.span()) else { return None };
                found.push((path.clone(), Yielded::Value(value)));
                return Some(());
            }
            Term::Poison => return None,
            Term::Rows(row) => {
                path.push(ELEMENT.to_owned());
                let Some(row) = self.values_of(&row, &at.to_token_stream()) else {
                    self.fail(at, "an array of structs with enums, integers or truth values is not understood as a result");
                    return None;
                };
                let found = self.collect_leaves(row, path, found, at);
                path.pop();
                return found;
            }
            _ => {
                self.fail(at, "a result is a float, an array, or a struct or tuple of these");
                return None;
            }
        };
        for (name, term) in fields {
            path.push(name);
            self.collect_leaves(term, path, found, at)?;
            path.pop();
        }
        Some(())
    }

    /// A method of a struct of the module's. Nothing, if there is none of this name.
    pub(super) fn struct_method(&mut self, call: &syn::ExprMethodCall, receiver: &Term) -> Option<Term> {
        let ty = match receiver {
            Term::Struct(path, _) => plain(name_of(path)?),
            Term::Record(record) => match self.type_of_record(record)? {
                Type::Path(path) => plain(name_of(&path.path)?),
                _ => return None,
            },
            _ => return None,
        };
        if let Some(refused) = self.refuse_ambiguous(&ty, &call.method) {
            return Some(refused);
        }
        let Some(closure) = self.method_text(&ty, &call.method) else {
            return (call.method == "clone" && call.args.is_empty()).then(|| receiver.clone());
        };
        Some(self.call_method(&closure, call))
    }
}
