//! Arrays whose length is an expression, `vec![0.0; n]`, and the methods that write to arrays.

use std::rc::Rc;

use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Macro, Token};

use super::body::{Lowering, Shape};
use super::places::{Place, base_name};
use super::ranges::source_text;
use super::rows::first_value;
use super::sequences::{By, Sequence, Source};
use super::terms::Term;
use crate::ir::{Atom, Int, Length, Polynomial, Type, Value};

/// The methods that write to the array they are called on.
const WRITING: [&str; 7] =
    ["fill", "swap", "copy_from_slice", "clone_from_slice", "reverse", "rotate_left", "rotate_right"];

/// What stands in `vec![…]`.
enum Content {
    Repeat(Box<(Expr, Expr)>),
    List(Punctuated<Expr, Token![,]>),
}

impl Parse for Content {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.is_empty() {
            return Ok(Self::List(Punctuated::new()));
        }
        let first: Expr = input.parse()?;
        if input.parse::<Option<Token![;]>>()?.is_some() {
            return Ok(Self::Repeat(Box::new((first, input.parse()?))));
        }
        let mut list = Punctuated::new();
        list.push_value(first);
        while let Some(comma) = input.parse::<Option<Token![,]>>()? {
            list.push_punct(comma);
            if !input.is_empty() {
                list.push_value(input.parse()?);
            }
        }
        Ok(Self::List(list))
    }
}

impl Lowering<'_> {
    /// `vec![…]`; other macros are not looked into.
    pub(super) fn vec_macro(&mut self, call: &Macro) -> Term {
        match call.parse_body() {
            Ok(Content::List(elements)) => self.elements_of(elements.iter(), call.span()),
            Ok(Content::Repeat(parts)) => self.vector(&parts.0, &parts.1, call),
            Err(_) => self.fail(call, "this is understood as `vec![value; length]` and `vec![a, b, c]`"),
        }
    }

    fn vector(&mut self, value: &Expr, length: &Expr, call: &Macro) -> Term {
        let element = self.single(value);
        let count = self.single(length);
        let (Some(element), Some(count)) = (element, count) else { return Term::Poison };
        let Some(count) = self.vector_length(count, length) else { return Term::Poison };
        if !count.is_static() && !self.is_kept(element, value) {
            return Term::Poison;
        }
        self.at(call.span());
        Term::One(self.graph.splat(element, count))
    }

    /// A length that is an expression: of sizes only, so that it is known before the function runs.
    fn vector_length(&mut self, count: Value, at: &Expr) -> Option<Length> {
        if !self.graph.expect(count, &Type::Int(Int::Usize)) {
            self.fail(at, "a length is an integer of type usize");
            return None;
        }
        let size = self.graph.polynomial(count);
        if size.atoms().iter().any(|atom| matches!(atom, Atom::Value(_))) {
            let message = "the length of an array has to follow from the sizes of the inputs: it is a sum, a \
                           difference or a product of literals, constants, `usize` inputs and lengths `x.len()`";
            self.fail(at, message);
            return None;
        }
        if self.is_generic_arithmetic(&size) {
            let message = "arithmetic on const generics is not understood as a length: nest two arrays, \
                           `[[0.0; M]; N]`";
            self.fail(at, message);
            return None;
        }
        self.at(at.span());
        self.graph.require_difference(count, &source_text(at));
        Some(Length::of(size))
    }

    /// Whether rustc would have to know what two const generics make together.
    pub(super) fn is_generic_arithmetic(&self, size: &Polynomial) -> bool {
        let generic = |atom: &Atom| matches!(atom, Atom::Symbol(symbol) if self.graph.symbols[*symbol as usize].generic);
        let only_symbols = size.atoms().iter().all(|atom| matches!(atom, Atom::Symbol(_)));
        only_symbols && size.atom().is_none() && size.atoms().iter().any(generic)
    }

    /// Whether an array of a length that only run time knows can have these elements: its memory is
    /// a piece of a workspace of floats.
    fn is_kept(&mut self, element: Value, at: &Expr) -> bool {
        let ty = self.graph.ty(element);
        if ty.is_slice() {
            let message = "rows whose length only run time knows are not understood: use one array for all of \
                           them, `vec![0.0; n * m]`, and the index `i * m + j`";
            self.fail(at, message);
            return false;
        }
        if ty.is_differentiable() && !self.graph.is_integer(&ty) {
            let scalar = scalar_of(&ty);
            return !matches!(scalar, Type::Variable(_)) || self.graph.unify(&scalar, &Type::Real);
        }
        let message = "an array whose length only run time knows is understood of floats: write `0.0`, or give \
                       it a length that is a constant";
        self.fail(at, message);
        false
    }

    /// `a.fill(v);` and what else assigns to the elements of an array. Nothing for other methods.
    pub(super) fn writing_method(&mut self, call: &ExprMethodCall) -> Option<Term> {
        let name = call.method.to_string();
        if !WRITING.contains(&name.as_str()) {
            return None;
        }
        if let Some(part) = self.written_part(&call.receiver) {
            return Some(self.write_part(call, &part));
        }
        let place = self.receiver_place(&call.receiver);
        let ty = place.as_ref().and_then(|place| self.array_type(place, call));
        let args: Vec<_> = call.args.iter().collect();
        match (name.as_str(), &args[..]) {
            ("fill", &[value]) => self.fill(place, ty, value, call),
            ("swap", &[a, b]) => self.swap(place, ty, [a, b], call),
            ("copy_from_slice" | "clone_from_slice", &[from]) => self.copy_from(place, ty, from, call),
            ("reverse", &[]) => self.reverse(place, call),
            ("rotate_left" | "rotate_right", &[by]) => self.rotate(place, by, name == "rotate_left", call),
            _ => {
                self.fail(&call.method, format!("`{name}` has another number of arguments"));
            }
        }
        Some(Term::UNIT)
    }

    /// The type of an array that is written to as a whole: its elements' type and its length.
    fn array_type(&mut self, place: &Place, call: &ExprMethodCall) -> Option<(Type, Length)> {
        let ty = self.place_type(place)?;
        let array = Type::array(self.graph.fresh_type(), self.graph.fresh_length());
        if !self.graph.unify(&ty, &array) {
            self.fail(&call.method, format!("`{}` is understood of arrays", call.method));
            return None;
        }
        match self.graph.resolve(&array) {
            Type::Array(element, length) if length.size().is_some() => Some(((*element).clone(), length)),
            _ => {
                self.fail(
                    &call.receiver,
                    "the length of this array is not known here: declare it with a type",
                );
                None
            }
        }
    }

    fn fill(
        &mut self,
        place: Option<Place>,
        ty: Option<(Type, Length)>,
        value: &Expr,
        call: &ExprMethodCall,
    ) {
        let term = self.expression(value, &Shape::Single);
        let term = self.settled(term, value);
        let (Some(place), Some((element, length))) = (place, ty) else { return };
        if let Term::Tuple(_) | Term::Struct(..) | Term::Rows(_) = term {
            let filled = self.repeated(term, &length, value);
            return self.write(&place, filled, &call.receiver);
        }
        let Some(term) = self.one_of(term, value) else { return };
        if !self.graph.expect(term, &element) {
            let found = self.graph.type_text(&self.graph.ty(term));
            let wanted = self.graph.type_text(&element);
            self.fail(value, format!("the value is understood as {found}, the elements as {wanted}"));
            return;
        }
        self.at(call.method.span());
        let filled = self.graph.splat(term, length);
        self.write(&place, Term::One(filled), &call.receiver);
    }

    /// The array that is written to, as it was before, with what it has at each index.
    fn elements_before(&mut self, place: &Place, call: &ExprMethodCall) -> Option<Sequence> {
        let before = self.read(place);
        self.sequence_of(&before, By::Value, &call.receiver)
    }

    fn reverse(&mut self, place: Option<Place>, call: &ExprMethodCall) {
        let Some(place) = place else { return };
        let Some(before) = self.elements_before(&place, call) else { return };
        self.at(call.method.span());
        let reversed = Sequence { walk: before.walk.reversed(), ..before };
        let array = self.array_of(&reversed, call.method.span());
        self.write(&place, array, &call.receiver);
    }

    /// What stands `by` further, or before, comes to each index.
    fn rotate(&mut self, place: Option<Place>, by: &Expr, left: bool, call: &ExprMethodCall) {
        let by_value = self.single(by);
        let (Some(place), Some(by_value)) = (place, by_value) else { return };
        let Some(before) = self.elements_before(&place, call) else { return };
        let length = self.number_of(&before);
        match (self.graph.as_int(by_value), self.graph.as_int(length)) {
            (Some(by), Some(length)) if by <= length => {}
            _ => {
                self.fail(
                    by,
                    "how far an array is rotated is understood as a literal that is not beyond its length",
                );
                return;
            }
        }
        self.at(call.method.span());
        let rest = self.graph.sub(length, by_value);
        let middle = if left { by_value } else { rest };
        let behind = Sequence { start: middle, ordered: true, ..before.clone() };
        let front = Sequence { end: middle, ordered: true, ..before };
        let (start, end) = (behind.start, behind.end);
        let chain = Sequence::new(start, end, Source::Chain(Rc::new(behind), Rc::new(front)));
        let array = self.array_of(&chain, call.method.span());
        self.write(&place, array, &call.receiver);
    }

    fn swap(
        &mut self,
        place: Option<Place>,
        ty: Option<(Type, Length)>,
        indices: [&Expr; 2],
        call: &ExprMethodCall,
    ) {
        let array = match ty {
            Some((element, length)) => Type::array(element, length),
            None => Type::array(self.graph.fresh_type(), self.graph.fresh_length()),
        };
        let name = base_name(&call.receiver);
        let [i, j] = indices.map(|index| self.index(&array, index, &name).map(|(index, _)| index));
        let (Some(place), Some(i), Some(j)) = (place, i, j) else { return };
        let (i, j) = (place.at(i), place.at(j));
        self.at(call.method.span());
        let (a, b) = (self.read(&i), self.read(&j));
        self.write(&i, b, &call.receiver);
        self.write(&j, a, &call.receiver);
    }

    fn copy_from(
        &mut self,
        place: Option<Place>,
        ty: Option<(Type, Length)>,
        from: &Expr,
        call: &ExprMethodCall,
    ) {
        let term = self.expression(from, &Shape::Single);
        let term = match self.settled(term, from) {
            rows @ Term::Rows(_) => rows,
            term => self.one_of(term, from).map_or(Term::Poison, Term::One),
        };
        let first = first_value(&term);
        let (Some(place), Some((element, length)), Some(value)) = (place, ty, first) else { return };
        let other = self.graph.fresh_length();
        let array = Type::array(element, other);
        if !self.graph.expect(value, &array) {
            self.fail(from, "an array of the same type is expected here");
            return;
        }
        let Type::Array(_, other) = self.graph.resolve(&array) else { return };
        if other.size().is_none() || other.size() != length.size() {
            let name = &call.method;
            let message = format!(
                "the lengths of the two arrays are not known to be equal: write a `for` over their indices instead \
                 of `{name}`"
            );
            self.fail(from, message);
            return;
        }
        self.write(&place, term, &call.receiver);
    }

    /// Why a method that changes how many elements there are is not understood.
    pub(super) fn refuse_resizing(&mut self, call: &ExprMethodCall) -> Option<Term> {
        let resizing = ["push", "pop", "insert", "remove", "resize", "truncate", "clear", "extend", "append"];
        if !resizing.iter().any(|word| call.method == word) {
            return None;
        }
        let message = format!(
            "`{}` is not understood, since an array keeps its length: make it as long as it gets, `vec![0.0; n]`, \
             and assign to its elements",
            call.method.to_token_stream()
        );
        Some(self.fail(&call.method, message))
    }
}

/// The type of the elements of the elements.
fn scalar_of(ty: &Type) -> Type {
    match ty {
        Type::Array(element, _) => scalar_of(element),
        ty => ty.clone(),
    }
}
