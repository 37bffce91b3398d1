//! Arrays with memory of their own: tapes, and everything whose length only run time knows. They
//! are slices or references to arrays that the function is given, or that it takes from its
//! workspace.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::code::Code;
use crate::ir::{Graph, Length, Node, Op, Polynomial, Type, Value};
use crate::schedule::Schedule;

/// The memory of an array.
#[derive(Clone)]
pub(super) struct Buffer {
    pub(super) ident: Ident,
    pub(super) ty: Type,
    /// The output that it is, by position; else it is taken from the workspace.
    pub(super) output: Option<usize>,
}

/// A type as memory: the lengths that only run time knows, from the outermost, and what stands
/// there as often as their product says.
pub(super) fn flatten(ty: &Type) -> (Vec<Length>, Type) {
    let mut lengths = vec![];
    let mut at = ty.clone();
    while at.is_slice() {
        let Type::Array(element, length) = &at else { break };
        lengths.push(length.clone());
        at = (**element).clone();
    }
    (lengths, at)
}

/// How many scalars a value of a type has.
pub(super) fn scalars(ty: &Type) -> Polynomial {
    match ty {
        Type::Array(element, length) => scalars(element).times(&length.size().unwrap_or_default()),
        _ => Polynomial::from(1),
    }
}

/// Whether a value has memory of its own.
pub(super) fn has_memory(graph: &Graph, schedule: &Schedule, value: Value) -> bool {
    let node = graph.node(value);
    let own = schedule.is_live(value) && schedule.storage(value) == value;
    own && match node.op {
        Op::Scratch(..) => true,
        Op::Input(_) | Op::Get | Op::Zeros(_) | Op::ZerosLike | Op::Splat(_) => false,
        _ => node.ty.is_slice(),
    }
}

/// Whether a value is an array that is better made where the output is than copied there: one that
/// loops write to.
pub(super) fn is_large_array(graph: &Graph, schedule: &Schedule, value: Value) -> bool {
    let node = graph.node(value);
    let own = schedule.is_live(value) && schedule.storage(value) == value;
    own && matches!(node.op, Op::Parameter(_) | Op::Set)
        && node.ty.is_known()
        && !node.ty.is_slice()
        && node.ty.size().is_none_or(|size| size > SMALL)
}

/// An array of so many scalars is as well returned.
const SMALL: usize = 8;

impl Code<'_> {
    /// The memory of a value, where it has some.
    pub(super) fn buffer(&self, value: Value) -> Option<&Buffer> {
        self.buffers.get(&self.schedule.storage(value))
    }

    /// What an array that is a slice is reached by.
    pub(super) fn slice(&self, value: Value) -> TokenStream {
        if let Some(buffer) = self.buffer(value) {
            let ident = &buffer.ident;
            return quote!(#ident);
        }
        if let Some(ident) = self.variable(value) {
            return quote!(#ident);
        }
        match self.graph.node(self.schedule.storage(value)).op {
            Op::Input(place) => {
                let ident = &self.arguments[place].ident;
                quote!(#ident)
            }
            ref op => unreachable!("{op:?} is no slice"),
        }
    }

    /// The place of an element among those that a slice has, how many scalars it is the first of if
    /// it is a row, and what is left of the indices.
    fn offset(&mut self, ty: &Type, indices: &[Value]) -> (TokenStream, Option<TokenStream>, Vec<Value>) {
        let (lengths, _) = flatten(ty);
        let depth = indices.len().min(lengths.len());
        let mut at: Option<TokenStream> = None;
        for (place, &index) in indices[..depth].iter().enumerate() {
            let index = match self.graph.as_int(index) {
                Some(index) => {
                    let index =
                        proc_macro2::Literal::usize_suffixed(usize::try_from(index).unwrap_or(usize::MAX));
                    quote!(#index)
                }
                None => self.expression(index),
            };
            at = Some(match at {
                None => index,
                Some(outer) => {
                    let length = self.types.length(&lengths[place]);
                    quote!((#outer).wrapping_mul(#length).wrapping_add(#index))
                }
            });
        }
        let at = at.unwrap_or_else(|| quote!(0));
        if depth == lengths.len() {
            return (at, None, indices[depth..].to_vec());
        }
        let row = lengths[depth..]
            .iter()
            .fold(Polynomial::from(1), |size, length| size.times(&length.size().unwrap_or_default()));
        let row = self.types.size(&row);
        (quote!((#at).wrapping_mul(#row)), Some(row), vec![])
    }

    /// Leaves the function where an index is outside, which has been checked before.
    pub(super) fn outside(&self, slice: &TokenStream, index: &TokenStream, array: Value) -> TokenStream {
        let name = self.array_name(array).unwrap_or_else(|| "array".to_owned());
        let runtime = self.runtime;
        self.failure(&quote!(#runtime::Error::index(#name, #slice.len(), #index)))
    }

    /// What an array is called.
    pub(super) fn array_name(&self, array: Value) -> Option<String> {
        let root = self.schedule.storage(array);
        let name = self.graph.node(root).name.or(self.graph.node(array).name);
        match (name, &self.graph.node(root).op) {
            (Some(name), _) => Some(self.graph.names[name as usize].clone()),
            (None, Op::Input(place)) => Some(self.arguments[*place].ident.to_string()),
            _ => None,
        }
    }

    /// An element, or a row, of a slice.
    pub(super) fn get_of_slice(&mut self, value: Value, node: &Node) -> TokenStream {
        let array = node.args[0];
        let slice = self.slice(array);
        let (at, row, rest) = self.offset(&self.graph.node(array).ty.clone(), &node.args[1..]);
        if let Some(row) = row {
            let runtime = self.runtime;
            let ident = self.bind(value);
            return quote!(let #ident = #runtime::memory::row(#slice, #at, #row););
        }
        let (slice, at) = self.in_window(array, &node.args[1..]).unwrap_or((slice, at));
        let rest: Vec<_> = rest.iter().map(|&index| self.expression(index)).collect();
        let failure = self.outside(&slice, &at, array);
        let ident = self.bind(value);
        let mutable = self.schedule.is_mutated(value).then(|| quote!(mut));
        if rest.is_empty() {
            return quote! {
                let ::core::option::Option::Some(&#mutable #ident) = #slice.get(#at) else { #failure };
            };
        }
        quote! {
            let ::core::option::Option::Some(#ident) = #slice.get(#at) else { #failure };
            let #mutable #ident = #ident #([#rest])*;
        }
    }

    /// A write to an element, or a row, of a slice.
    pub(super) fn set_of_slice(&mut self, value: Value, node: &Node) -> TokenStream {
        let (array, element) = (node.args[0], node.args[1]);
        let copy = (self.schedule.storage(value) == value).then(|| self.fill(value, array));
        let slice = self.slice(value);
        let (at, row, rest) = self.offset(&self.graph.node(array).ty.clone(), &node.args[2..]);
        let runtime = self.runtime;
        let write = if let Some(row) = row {
            let source = self.source(element);
            match source {
                Source::Nothing => TokenStream::new(),
                Source::Value(element) => {
                    quote!(#runtime::memory::row_mut(#slice, #at, #row).fill(#element);)
                }
                Source::Slice(source) => {
                    quote!(#runtime::memory::copy(#runtime::memory::row_mut(#slice, #at, #row), #source);)
                }
            }
        } else {
            let rest: Vec<_> = rest.iter().map(|&index| self.expression(index)).collect();
            let (slice, at) = self.in_window(value, &node.args[2..]).unwrap_or((slice, at));
            let failure = self.outside(&slice, &at, value);
            let element = self.owned(element);
            let ident = self.names.local(Some("place"));
            let star = rest.is_empty().then(|| quote!(*));
            quote! {
                let ::core::option::Option::Some(#ident) = #slice.get_mut(#at) else { #failure };
                #star #ident #([#rest])* = #element;
            }
        };
        quote!(#copy #write)
    }

    /// What a slice is filled from.
    fn source(&mut self, value: Value) -> Source {
        let node = self.graph.node(value);
        match &node.op {
            Op::Scratch(..) => Source::Nothing,
            Op::Zeros(_) | Op::ZerosLike => Source::Value(self.zeros(&flatten(&node.ty).1)),
            Op::Splat(_) => Source::Value(self.owned(node.args[0])),
            _ => Source::Slice(self.slice(value)),
        }
    }

    /// Gives the memory of one value the elements of another.
    pub(super) fn fill(&mut self, value: Value, from: Value) -> TokenStream {
        let (runtime, to) = (self.runtime, self.slice(value));
        match self.source(from) {
            Source::Nothing => TokenStream::new(),
            Source::Value(element) => quote!(#to.fill(#element);),
            Source::Slice(source) => quote!(#runtime::memory::copy(#to, #source);),
        }
    }

    /// The element-wise sum of two slices.
    pub(super) fn sum_of_slices(&mut self, value: Value, node: &Node) -> TokenStream {
        let copy = (self.schedule.storage(value) == value).then(|| self.fill(value, node.args[0]));
        let (runtime, to, other) = (self.runtime, self.slice(value), self.slice(node.args[1]));
        quote!(#copy #runtime::memory::add(#to, #other);)
    }

    /// The statements that give an output the elements of a result that has other memory.
    pub(super) fn store(&mut self, output: &Ident, result: Value) -> TokenStream {
        let runtime = self.runtime;
        match self.source(result) {
            Source::Nothing => TokenStream::new(),
            Source::Value(element) => quote!(#output.fill(#element);),
            Source::Slice(source) => quote!(#runtime::memory::copy(#output, #source);),
        }
    }
}

/// See [`Code::source`].
enum Source {
    Nothing,
    Value(TokenStream),
    Slice(TokenStream),
}
