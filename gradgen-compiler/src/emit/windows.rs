//! Windows: the part of a slice that a loop runs through, cut out before the loop. Inside, an element
//! is then found by the loop's variable, and rustc sees that it is there.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::code::Code;
use super::memory::flatten;
use crate::ir::{Atom, Int, Length, Node, Op, Polynomial, RegionId, Type, Value, Walk};

/// A part of a slice while a loop runs.
#[derive(Clone)]
pub(super) struct Window {
    /// The slice.
    root: Value,
    /// The loop's variable, …
    index: Value,
    /// … and what is added to it to have a place in the slice.
    base: Polynomial,
    /// The place in the window.
    at: TokenStream,
    /// What it is called.
    slice: TokenStream,
}

/// How a loop uses a slice.
#[derive(Default)]
struct Use {
    /// What is added to the loop's variable, and whether each turn uses the element for certain.
    bases: BTreeMap<Polynomial, bool>,
    written: bool,
    /// Some use is not of an element that a window would have.
    otherwise: bool,
}

impl Code<'_> {
    /// Cuts out what a loop runs through: the statements before it.
    pub(super) fn open_windows(&mut self, node: &Node, walk: Walk) -> TokenStream {
        let body = node.regions[0];
        let index = self.graph.region(body).parameters[0];
        if walk.step != 1 || walk.until || self.graph.ty(index) != Type::Int(Int::Usize) {
            return TokenStream::new();
        }
        let mut uses = BTreeMap::new();
        self.find_uses(body, body, index, &mut uses);
        let mut code = TokenStream::new();
        for (root, found) in uses {
            let one = found.bases.len() == 1 && !found.otherwise;
            // What the body makes itself, a row of a tape say, is not there before the loop.
            let inside = self.graph.is_within(self.graph.node(root).region, body);
            if found.written && !one || inside && !self.buffers.contains_key(&root) {
                continue;
            }
            for (base, certain) in found.bases {
                code.extend(self.open_window(node, walk, root, base, found.written, certain));
            }
        }
        code
    }

    fn open_window(
        &mut self,
        node: &Node,
        walk: Walk,
        root: Value,
        base: Polynomial,
        written: bool,
        certain: bool,
    ) -> TokenStream {
        let index = self.graph.region(node.regions[0]).parameters[0];
        let (first, last) = (self.graph.polynomial(node.args[0]), self.graph.polynomial(node.args[1]));
        let count = last.plus(&i128::from(walk.inclusive).into()).minus(&first);
        let start = base.plus(&first);
        let whole = flatten(&self.graph.node(root).ty)
            .0
            .iter()
            .try_fold(Polynomial::from(1), |size, length| length.size().map(|length| size.times(&length)));
        if start == Polynomial::default() && first == Polynomial::default() && whole.as_ref() == Some(&count)
        {
            let (slice, variable) = (self.slice(root), self.expression(index));
            self.windows.push(Window { root, index, base, at: variable, slice });
            return TokenStream::new();
        }
        let (start, count) = (self.wrapping(&start), self.saturating(&count));
        let slice = self.slice(root);
        let failure = self.outside(&slice, &start, root);
        let name = self.array_name(root);
        let ident = self.names.local(name.as_deref());
        let variable = self.expression(index);
        let at = if first == Polynomial::default() {
            quote!(#variable)
        } else {
            let first = self.expression(node.args[0]);
            quote!(#variable.wrapping_sub(#first))
        };
        let runtime = self.runtime;
        self.windows.push(Window { root, index, base, at, slice: quote!(#ident) });
        if !certain {
            // It is empty where the slice ends before, which may be where nothing is used of it.
            let cut = if written { quote!(row_mut) } else { quote!(row) };
            return quote!(let #ident = #runtime::memory::#cut(#slice, #start, #count););
        }
        let cut = if written { quote!(window_mut) } else { quote!(window) };
        quote! {
            let ::core::option::Option::Some(#ident) = #runtime::memory::#cut(#slice, #start, #count)
            else { #failure };
        }
    }

    /// The loop is over.
    pub(super) fn close_windows(&mut self, count: usize) {
        self.windows.truncate(count);
    }

    /// The window on an element of a slice, if one is open on it, and the place in that.
    pub(super) fn in_window(&self, array: Value, indices: &[Value]) -> Option<(TokenStream, TokenStream)> {
        let root = self.schedule.storage(array);
        if !self.windows.iter().any(|window| window.root == root) {
            return None;
        }
        let place = self.place_of(&self.graph.node(array).ty, indices)?;
        let window = self.windows.iter().rev().find(|window| {
            window.root == root && place.minus(&Atom::Value(window.index).into()) == window.base
        })?;
        Some((window.slice.clone(), window.at.clone()))
    }

    /// Where an element stands in the memory of a slice; nothing of a row.
    fn place_of(&self, ty: &Type, indices: &[Value]) -> Option<Polynomial> {
        let (lengths, _) = flatten(ty);
        if indices.len() < lengths.len() {
            return None;
        }
        let mut place = Polynomial::default();
        for (length, &index) in lengths.iter().zip(indices) {
            place = place.times(&length.size()?).plus(&self.graph.polynomial(index));
        }
        Some(place)
    }

    /// The elements of slices that a region uses, by slice.
    fn find_uses(&self, region: RegionId, body: RegionId, index: Value, uses: &mut BTreeMap<Value, Use>) {
        let graph = self.graph;
        for &value in &graph.region(region).nodes {
            if !self.schedule.is_live(value) {
                continue;
            }
            let node = graph.node(value);
            match node.op {
                Op::Get | Op::Set if graph.node(node.args[0]).ty.is_slice() => {
                    let written = node.op == Op::Set;
                    let indices = if written { &node.args[2..] } else { &node.args[1..] };
                    let found = uses.entry(self.schedule.storage(node.args[0])).or_default();
                    found.written |= written;
                    // What is checked further in may not be there.
                    let checked = indices.iter().any(|&index| {
                        let at = graph.node(index);
                        matches!(at.op, Op::Check(..))
                            && at.region != body
                            && graph.is_within(at.region, body)
                    });
                    match self.base(&graph.node(node.args[0]).ty, indices, body, index) {
                        Some(base) if !checked => {
                            *found.bases.entry(base).or_default() |= region == body;
                        }
                        _ => found.otherwise = true,
                    }
                    let copied =
                        written && self.schedule.storage(value) != self.schedule.storage(node.args[0]);
                    found.otherwise |= copied;
                    if copied {
                        uses.entry(self.schedule.storage(value)).or_default().otherwise = true;
                    }
                    if written && graph.node(node.args[1]).ty.is_slice() {
                        uses.entry(self.schedule.storage(node.args[1])).or_default().otherwise = true;
                    }
                }
                Op::For(_) => {
                    let parameters = &graph.region(node.regions[0]).parameters;
                    for place in self.schedule.places(graph, value) {
                        self.copied(node.args[2 + place], parameters[place + 1], uses);
                        self.copied(
                            graph.region(node.regions[0]).results[place],
                            parameters[place + 1],
                            uses,
                        );
                    }
                }
                Op::If => {
                    for &(place, projection) in graph.projections(value) {
                        for &inner in &node.regions {
                            self.copied(graph.region(inner).results[place], projection, uses);
                        }
                    }
                }
                Op::Project(_) => {}
                _ => {
                    for &arg in node.args.iter().filter(|&&arg| graph.node(arg).ty.is_slice()) {
                        self.copied(arg, value, uses);
                        uses.entry(self.schedule.storage(arg)).or_default().otherwise = true;
                    }
                }
            }
            for &inner in &node.regions {
                self.find_uses(inner, body, index, uses);
            }
        }
        if region == body {
            let parameters = &graph.region(body).parameters;
            for (&result, &parameter) in graph.region(body).results.iter().zip(&parameters[1..]) {
                self.copied(result, parameter, uses);
            }
        }
    }

    /// One slice may be copied to another as a whole.
    fn copied(&self, from: Value, to: Value, uses: &mut BTreeMap<Value, Use>) {
        let (from, to) = (self.schedule.storage(from), self.schedule.storage(to));
        if from != to
            && self.graph.node(from).ty.is_slice()
            && self.schedule.is_live(from)
            && self.schedule.is_live(to)
        {
            for root in [from, to] {
                let found = uses.entry(root).or_default();
                found.otherwise = true;
                found.written |= root == to;
            }
        }
    }

    /// What is added to the loop's variable to have the place of an element, if that stays as it is
    /// while the loop runs.
    fn base(&self, ty: &Type, indices: &[Value], body: RegionId, index: Value) -> Option<Polynomial> {
        let place = self.place_of(ty, indices)?;
        let base = place.minus(&Atom::Value(index).into());
        let stays = |atom: &Atom| match atom {
            Atom::Value(value) => !self.graph.is_within(self.graph.node(*value).region, body),
            _ => true,
        };
        base.atoms().iter().all(stays).then_some(base)
    }

    /// A polynomial as an expression that wraps.
    fn wrapping(&mut self, sum: &Polynomial) -> TokenStream {
        let (plus, minus) = sum.parts();
        let plus = self.terms(&plus).into_iter().reduce(|a, b| quote!(#a.wrapping_add(#b)));
        let minus = self.terms(&minus).into_iter().reduce(|a, b| quote!(#a.wrapping_add(#b)));
        let plus = plus.unwrap_or_else(|| quote!(0_usize));
        match minus {
            Some(minus) => quote!(#plus.wrapping_sub(#minus)),
            None => plus,
        }
    }

    /// A polynomial as an expression that is zero where it would be less.
    fn saturating(&mut self, sum: &Polynomial) -> TokenStream {
        let (plus, minus) = sum.parts();
        let plus = self.terms(&plus).into_iter().reduce(|a, b| quote!(#a.wrapping_add(#b)));
        let minus = self.terms(&minus).into_iter().reduce(|a, b| quote!(#a.wrapping_add(#b)));
        let plus = plus.unwrap_or_else(|| quote!(0_usize));
        match minus {
            Some(minus) => quote!(#plus.saturating_sub(#minus)),
            None => plus,
        }
    }

    fn terms(&mut self, sum: &Polynomial) -> Vec<TokenStream> {
        let terms: Vec<_> =
            sum.terms().map(|(product, coefficient)| (product.to_vec(), coefficient)).collect();
        terms
            .into_iter()
            .map(|(product, coefficient)| {
                let number = usize::try_from(coefficient).unwrap_or(usize::MAX);
                let mut factors: Vec<_> = product.iter().map(|&atom| self.factor(atom)).collect();
                if coefficient != 1 || factors.is_empty() {
                    let number = proc_macro2::Literal::usize_suffixed(number);
                    factors.push(quote!(#number));
                }
                factors.into_iter().reduce(|a, b| quote!(#a.wrapping_mul(#b))).unwrap_or_default()
            })
            .collect()
    }

    fn factor(&mut self, atom: Atom) -> TokenStream {
        match atom {
            Atom::Value(value) => {
                let value = self.receiver(value);
                quote!(#value)
            }
            atom => {
                let length = Op::Length(Length::of(atom.into()));
                let known = self.graph.find(&length, &[], &Type::Int(Int::Usize));
                let known = known.and_then(|value| self.variable(value));
                known.map_or_else(|| self.types.size(&atom.into()), |ident| quote!(#ident))
            }
        }
    }
}
