//! Structs that a function writes to: `fn step(state: &mut State, u: f64)`. Where a module shows the struct, its fields
//! are values from the start. Else the fields are those that the text mentions, and what it does not mention stays
//! as it is.

use std::rc::Rc;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Pat, Type};

use super::body::{HandedOn, Lowering};
use super::names::plain;
use super::outline::{Mention, Unknown, is_replaced, outline};
use super::places::part_of;
use super::signature::{Input, Passing, bare};
use super::terms::{Field, Record, Term};
use crate::ir::{self, Value};

impl Lowering<'_> {
    /// A parameter that is a struct. Of one that is written to, and whose fields nothing says, the fields are those
    /// that the body mentions.
    pub(super) fn structure(&mut self, input: &Input, place: usize, body: &syn::Block) -> Term {
        let record = Rc::new(Record::of(place));
        let Some(ty) = &input.structure else { return Term::Record(record) };
        if input.passing != Passing::Mutable {
            return Term::Record(record);
        }
        if self.is_known_wholly(ty) {
            // What it was before is of no interest where all of it is replaced.
            return match &input.pattern {
                Pat::Ident(pattern) if is_replaced(&pattern.ident, body) => Term::Unset,
                _ => Term::Record(record),
            };
        }
        let (ident, path) = match (&input.pattern, bare(ty)) {
            (Pat::Ident(pattern), Type::Path(path)) => (&pattern.ident, path.path.clone()),
            _ => return Term::Record(record),
        };
        match outline(ident, body.to_token_stream()) {
            Ok(fields) => {
                let all: Vec<_> = fields.iter().map(|field| (&field.path[..], field.is_written)).collect();
                let fields_of_all = self.outlined_fields(&record, &all, ident);
                self.outlines.insert(place, fields);
                Term::Struct(Rc::new(path), fields_of_all)
            }
            Err(Unknown::Whole(at)) => {
                let message = format!(
                    "of a struct that is written to only the fields are understood here, as `{ident}.field`: write \
                     them out, or put the struct and the function in `#[gradgen::module]`"
                );
                self.fail(at, message)
            }
            Err(Unknown::Part(at, field)) => {
                let message = format!(
                    "`{}` stands here as a whole and with fields of its own: write out the fields, or put the structs \
                     and the function in `#[gradgen::module]`",
                    field.join(".")
                );
                self.fail(at, message)
            }
        }
    }

    /// The fields of a part of a parameter that are mentioned, by what leads there. What is written to is a value from
    /// the start, so that it is one in every branch and turn of a loop.
    fn outlined_fields(
        &mut self,
        record: &Rc<Record>,
        paths: &[(&[String], bool)],
        at: &Ident,
    ) -> Vec<Field> {
        let mut fields: Vec<Field> = vec![];
        for (path, is_written) in paths {
            let [name, ..] = path else { continue };
            if fields.iter().any(|(known, _)| known == name) {
                continue;
            }
            let part = Rc::new(record.part(name));
            let of_part = paths.iter().filter(|(other, _)| other.first() == Some(name));
            let inner: Vec<_> = of_part.map(|(other, is_written)| (&other[1..], *is_written)).collect();
            let term = if inner.iter().any(|(inner, _)| !inner.is_empty()) {
                // What it is called, nothing asks.
                Term::Struct(Rc::new(syn::parse_quote!(_Unknown)), self.outlined_fields(&part, &inner, at))
            } else if *is_written {
                self.leaf(&part, at)
            } else {
                Term::Record(part)
            };
            fields.push((name.clone(), term));
        }
        fields
    }

    /// Whether a type is a struct or tuple of which everything is known.
    fn is_known_wholly(&self, ty: &Type) -> bool {
        if let Some((element, _)) = self.array_of_structs(ty) {
            return self.is_known_wholly(&element);
        }
        match self.definition(ty) {
            Some(fields) => fields.iter().all(|(_, ty)| {
                let is_choice = match bare(ty) {
                    Type::Path(path) => {
                        path.path.get_ident().is_some_and(|name| self.context.has_enum(&plain(name)))
                    }
                    _ => false,
                };
                is_choice || self.is_understood(ty) || self.is_known_wholly(ty)
            }),
            None => false,
        }
    }

    /// What a function leaves in a parameter of which only the text says the fields. What it does not compute stays as
    /// it is.
    pub(super) fn outlined(
        &mut self,
        input: usize,
        output: usize,
        term: &Term,
        at: impl ToTokens + Copy,
    ) -> Option<Vec<(Vec<String>, Value)>> {
        let (to, from) = (vec![], vec![]);
        self.handed_on.push(HandedOn { output, to, input, from });
        let mut found = vec![];
        for Mention { path, .. } in self.outlines.get(&input)?.clone() {
            let record = Rc::new(Record { path: path.clone(), ..Record::of(input) });
            let part = part_of(term, &path).cloned();
            let value = match part {
                // One that is asked something.
                Some(Term::Record(_)) if !self.is_read(&record) => continue,
                Some(Term::Record(_)) => {
                    let Term::One(value) = self.leaf(&record, at) else { return None };
                    if self.is_parameter_value(value) {
                        continue;
                    }
                    value
                }
                Some(Term::One(value)) => {
                    let Term::One(before) = self.leaf(&record, at) else { return None };
                    let ty = self.graph.ty(before);
                    if !self.graph.expect(value, &ty) {
                        self.fail(at, format!("what `{}` is at the end is of another type", path.join(".")));
                        return None;
                    }
                    if self.is_parameter_value(value) {
                        let message = format!(
                            "`{}` is a number that one does not differentiate by, and changes: return it from a \
                             function of its own",
                            path.join(".")
                        );
                        self.fail(at, message);
                        return None;
                    }
                    value
                }
                Some(Term::Sequence(part)) => {
                    self.leaf(&record, at);
                    let Term::One(value) = self.array_of(&part, at.span()) else { return None };
                    value
                }
                Some(Term::Poison) => return None,
                _ => {
                    self.fail(at, format!("what `{}` is at the end is not understood", path.join(".")));
                    return None;
                }
            };
            found.push((path, value));
        }
        Some(found)
    }

    /// Whether a value is an integer or a truth value.
    pub(super) fn is_parameter_value(&self, value: Value) -> bool {
        let ty = self.graph.ty(value);
        ty == ir::Type::Bool || self.graph.is_integer(&ty)
    }
}
