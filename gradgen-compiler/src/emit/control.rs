//! Branches and loops: `if` and `for` over the statements of regions.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::code::Code;
use super::types::tuple;
use crate::ir::{Atom, Int, Node, Op, RegionId, Type, Value, Walk};

impl Code<'_> {
    pub(super) fn branch(&mut self, value: Value, node: &Node) -> TokenStream {
        let [then, otherwise] = node.regions[..] else { unreachable!("an `if` has two regions") };
        let count = self.graph.region(then).results.len();
        let used: Vec<_> = self.projections(value, count);
        // An array that the branches change where it is has no part in this.
        let moves = |value: Value| self.schedule.storage(value) == value;
        let places: Vec<_> = (0..count).filter(|&place| used[place].is_some_and(moves)).collect();
        let slices: Vec<_> = places
            .iter()
            .filter_map(|&place| used[place])
            .filter(|&value| self.graph.node(value).ty.is_slice())
            .collect();
        let places: Vec<_> = places
            .into_iter()
            .filter(|&place| used[place].is_some_and(|value| !slices.contains(&value)))
            .collect();
        let condition = self.expression(node.args[0]);
        let (then, otherwise) = (self.arm(then, &places, &slices), self.arm(otherwise, &places, &slices));
        if places.is_empty() {
            let otherwise = (!otherwise.is_empty()).then(|| quote!(else { #otherwise }));
            return quote!(if #condition { #then } #otherwise);
        }
        let kept: Vec<_> = places.iter().map(|&place| used[place]).collect();
        let types: Vec<_> =
            kept.iter().flatten().map(|&projection| self.types.ty(&self.graph.node(projection).ty)).collect();
        let (pattern, ty) = (self.pattern(&kept), tuple(&types));
        if let Some(expression) = self.connective(node, &kept, &condition, &then, &otherwise) {
            return quote!(let #pattern = #expression;);
        }
        quote!(let #pattern: #ty = if #condition { #then } else { #otherwise };)
    }

    /// `a && b` or `a || b`, where a branch is one of these written out.
    fn connective(
        &self,
        node: &Node,
        kept: &[Option<Value>],
        condition: &TokenStream,
        then: &TokenStream,
        otherwise: &TokenStream,
    ) -> Option<TokenStream> {
        let &[Some(only)] = kept else { return None };
        if self.graph.node(only).ty != Type::Bool {
            return None;
        }
        let single = |region: RegionId| {
            let nodes = self.graph.region(region).nodes.iter();
            nodes.filter(|value| self.is_used(**value)).all(|value| self.schedule.is_inline(*value))
        };
        let literal = |tokens: &TokenStream, word: &str| tokens.to_string() == word;
        if literal(otherwise, "false") && single(node.regions[0]) {
            return Some(quote!(#condition && (#then)));
        }
        if literal(then, "true") && single(node.regions[1]) {
            return Some(quote!(#condition || (#otherwise)));
        }
        None
    }

    /// The code of a branch, which ends with the results at some places.
    fn arm(&mut self, region: RegionId, places: &[usize], slices: &[Value]) -> TokenStream {
        let mut statements = self.region(region);
        let results = self.graph.region(region).results.clone();
        for &projection in slices {
            if let Op::Project(place) = self.graph.node(projection).op {
                statements.extend(self.fill(projection, results[place]));
            }
        }
        let results: Vec<_> = places.iter().map(|&place| self.owned(results[place])).collect();
        let tail = if results.is_empty() { TokenStream::new() } else { tuple(&results) };
        quote!(#statements #tail)
    }

    /// Where a range is a part of one that rustc knows, what rustc does not find out: that the variable stays
    /// in that.
    fn within_whole(&self, node: &Node, index: &Ident) -> TokenStream {
        let whole = self.graph.part(node.args[0], node.args[1]).and_then(|_| {
            let [_, end] = self.graph.smaller(node.args[1])?;
            let end = self.graph.polynomial(end);
            let is_known = end.atoms().iter().all(|atom| matches!(atom, Atom::Symbol(_)));
            let start = self.graph.least(&self.graph.polynomial(node.args[0]))?.constant()?;
            is_known.then(|| (usize::try_from(start).unwrap_or(0), end))
        });
        let Some((start, end)) = whole else { return TokenStream::new() };
        let last = self.types.size(&end.minus(&1.into()));
        let above = if start > 0 {
            let start = Literal::usize_unsuffixed(start);
            quote!(::core::cmp::Ord::max(#index, #start))
        } else {
            quote!(#index)
        };
        quote!(let #index = ::core::cmp::Ord::min(#above, #last);)
    }

    pub(super) fn repeat(&mut self, value: Value, node: &Node, walk: Walk) -> TokenStream {
        let body = node.regions[0];
        let region = self.graph.region(body);
        let (parameters, results) = (region.parameters.clone(), region.results.clone());
        let places = self.schedule.places(self.graph, value);
        let used: Vec<_> = self.projections(value, results.len());
        let range = self.range(node, walk);
        let mut before = TokenStream::new();
        for &place in &places {
            before.extend(self.enter(node.args[2 + place], parameters[place + 1], used[place]));
        }
        let index = if self.is_used(parameters[0]) {
            self.bind(parameters[0])
        } else {
            Ident::new("_", Span::call_site())
        };
        let open = self.windows.len();
        let windows = self.open_windows(node, walk);
        let exit = walk.until.then(|| {
            let going = self.expression(parameters[1]);
            quote!(if !#going { break; })
        });
        let inside = if index == "_" { TokenStream::new() } else { self.within_whole(node, &index) };
        let statements = self.region(body);
        let (mut targets, mut values, mut slices) = (vec![], vec![], vec![]);
        for &place in &places {
            let (parameter, result) = (parameters[place + 1], results[place]);
            if self.schedule.storage(result) == self.schedule.storage(parameter) {
                continue;
            }
            if self.graph.node(parameter).ty.is_slice() {
                slices.push((parameter, result));
                continue;
            }
            if let Some(buffer) = self.buffer(parameter) {
                let ident = &buffer.ident;
                targets.push(quote!(*#ident));
            } else {
                let ident = self.variable(parameter);
                targets.push(quote!(#ident));
            }
            values.push(self.owned(result));
        }
        let copies = self.copy_together(slices);
        let (target, new) = (tuple(&targets), tuple(&values));
        let assignment = (!targets.is_empty()).then(|| quote!(#target = #new;));
        let range = if index == "_" { quote!(for _ in #range) } else { quote!(for #index in #range) };
        self.close_windows(open);
        quote!(#before #windows #range { #inside #exit #statements #copies #assignment })
    }

    /// Slices get the elements of others, all at once: one that another is copied from keeps its elements
    /// until then.
    fn copy_together(&mut self, mut pending: Vec<(Value, Value)>) -> TokenStream {
        let mut code = TokenStream::new();
        let root = |code: &Self, value: Value| code.schedule.storage(value);
        while !pending.is_empty() {
            let is_free = |at: &usize| {
                let target = root(self, pending[*at].0);
                pending.iter().enumerate().all(|(other, pair)| other == *at || root(self, pair.1) != target)
            };
            if let Some(at) = (0..pending.len()).find(is_free) {
                let (target, source) = pending.remove(at);
                code.extend(self.fill(target, source));
                continue;
            }
            // All that are left go round in circles: what is in the first place goes where its new
            // elements come from.
            let (target, source) = pending.remove(0);
            let (to, from, runtime) = (self.slice(target), self.slice(source), self.runtime);
            code.extend(quote!(#runtime::memory::swap(#to, #from);));
            let (old, new) = (root(self, target), source);
            for pair in &mut pending {
                if root(self, pair.1) == old {
                    pair.1 = new;
                }
            }
            pending.retain(|pair| root(self, pair.0) != root(self, pair.1));
        }
        code
    }

    /// What a loop carries gets its first value.
    fn enter(&mut self, initial: Value, parameter: Value, projection: Option<Value>) -> TokenStream {
        if self.schedule.storage(parameter) != parameter {
            return TokenStream::new();
        }
        let node = self.graph.node(parameter);
        if node.ty.is_slice() {
            return self.fill(parameter, initial);
        }
        let first = self.owned(initial);
        if let Some(buffer) = self.buffers.get(&parameter) {
            let ident = &buffer.ident;
            return quote!(*#ident = #first;);
        }
        let ty = self.types.ty(&node.ty);
        let after = node.name.or_else(|| projection.and_then(|value| self.graph.node(value).name));
        let after = after.map(|name| self.graph.names[name as usize].as_str());
        let ident = self.names.local(after);
        self.bound[parameter.index()] = Some(ident.clone());
        quote!(let mut #ident: #ty = #first;)
    }

    /// Whether arithmetic starts from the variable of a loop: then its type has to be said.
    fn is_calculated_with(&self, body: RegionId) -> bool {
        let index = self.graph.region(body).parameters[0];
        (0..self.graph.len()).map(|place| self.graph.value(place)).filter(|&value| self.is_used(value)).any(
            |value| {
                let node = self.graph.node(value);
                let first = matches!(node.op, Op::Neg | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem)
                    && node.args.first() == Some(&index);
                first || (matches!(node.op, Op::For(_)) && node.args[..2].contains(&index))
            },
        )
    }

    /// The range that a loop runs through.
    fn range(&mut self, node: &Node, walk: Walk) -> TokenStream {
        let end = self.expression(node.args[1]);
        // Two literals leave open what type they have.
        let start = match (
            self.graph.as_int(node.args[0]),
            self.graph.as_int(node.args[1]),
            self.graph.ty(node.args[0]),
        ) {
            (Some(start), Some(_), Type::Int(Int::Usize)) => {
                let start = Literal::usize_suffixed(usize::try_from(start).unwrap_or(0));
                quote!(#start)
            }
            // What nobody calculates with may be of another type, if a callee says so.
            (Some(_), Some(_), _) if !self.is_calculated_with(node.regions[0]) => {
                self.expression(node.args[0])
            }
            (Some(start), Some(_), ty) => {
                let (magnitude, ty) = (Literal::i128_unsuffixed(start.abs()), self.types.ty(&ty));
                if start < 0 { quote!((-#magnitude as #ty)) } else { quote!((#magnitude as #ty)) }
            }
            _ => self.expression(node.args[0]),
        };
        let known = self.graph.bound(node.args[1]).is_some();
        let range = match (walk.inclusive, known) {
            (false, _) => quote!(#start..#end),
            // A range without its end is walked faster; no array has so many elements that this
            // would leave one out.
            (true, true) => match self.graph.as_int(node.args[1]) {
                Some(last) => {
                    let end = Literal::i128_unsuffixed(last + 1);
                    quote!(#start..#end)
                }
                None => {
                    let end = self.receiver(node.args[1]);
                    quote!(#start..#end.saturating_add(1))
                }
            },
            (true, false) => quote!(#start..=#end),
        };
        let range = if walk.reverse { quote!((#range).rev()) } else { range };
        if walk.step == 1 {
            return range;
        }
        let step = Literal::usize_unsuffixed(walk.step);
        let range = if walk.reverse { range } else { quote!((#range)) };
        let flipped = walk.flipped.then(|| quote!(.rev()));
        quote!(#range.step_by(#step)#flipped)
    }

    /// Whether methods of iterators are called: of ranges that are walked in another way.
    pub(super) fn uses_iterators(&self) -> bool {
        let nodes = (0..self.graph.len()).map(|place| self.graph.value(place));
        nodes.filter(|&value| self.is_used(value)).any(|value| {
            matches!(self.graph.node(value).op, Op::For(walk) if walk.reverse || walk.flipped || walk.step != 1)
        })
    }
}
