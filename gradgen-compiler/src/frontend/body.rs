//! The function's body, statement by statement, into a graph.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Block, Expr, ItemFn, Pat, Stmt};

use super::choices::Question;
use super::closures::Closure;
use super::constants::Constant;
use super::flow::Then;
use super::jumps::Around;
use super::names::{Meaning, Name, Scopes, plain};
use super::outline::Outline;
use super::own_items::imports_all;
use super::parameters::Argument;
use super::signature::bare;
use super::stop::is_stop;
use super::structures::{Leaf, Yielded};
use super::terms::Term;
use super::{Context, Passing, Signature};
use crate::diagnostics::Diagnostics;
use crate::ir::{Graph, Length, Op, Symbol, Type, Value};

/// A body that is understood.
pub struct Body {
    /// The function.
    pub graph: Graph,
    /// The tokens of the graph's symbols.
    pub symbols: Vec<TokenStream>,
    /// The places of the graph's origins.
    pub spans: Vec<Span>,
    /// The constants and imports that stand in the body.
    pub items: Vec<syn::Item>,
    /// The errors that the function yields, by their numbers less one.
    pub errors: Vec<TokenStream>,
    /// Names in patterns that would be no variables if they were those of constants.
    pub bindings: Vec<Ident>,
    /// The parts of parameters that are the last inputs of the graph.
    pub input_leaves: Vec<Part>,
    /// What each result is: of which output, and which field, if it is one.
    pub result_leaves: Vec<(usize, Vec<String>)>,
    /// The parameters that are fields of results.
    pub handed_on: Vec<HandedOn>,
    /// The traits by whose path functions are called in the body.
    pub traits: Vec<super::Known>,
}

/// A field of a result that is the field of an argument and that one does not differentiate by.
#[derive(Clone)]
pub struct HandedOn {
    /// The output.
    pub output: usize,
    /// The fields that lead there.
    pub to: Vec<String>,
    /// The input.
    pub input: usize,
    /// The fields that lead there.
    pub from: Vec<String>,
}

/// A part of a parameter that is an input of the graph.
pub struct Part {
    /// The parameter.
    pub place: usize,
    /// The fields that lead there.
    pub path: Vec<String>,
    /// What is asked of it, if it is not read as a value.
    pub question: Option<Question>,
}

impl Body {
    /// The parameters of which there are questions and nothing else: no structs.
    #[must_use]
    pub fn choices(&self) -> BTreeSet<usize> {
        let asked = |part: &&Part| part.path.is_empty() && part.question.is_some();
        let mut found: BTreeSet<_> = self.input_leaves.iter().filter(asked).map(|part| part.place).collect();
        self.input_leaves.iter().filter(|part| !asked(part)).for_each(|part| {
            found.remove(&part.place);
        });
        found
    }

    /// Arithmetic on values whose type nothing determines, and indices that can't be checked.
    pub fn refuse_unknown_types(&self, diagnostics: &mut Diagnostics) -> bool {
        let mut places = vec![];
        for place in 0..self.graph.len() {
            let node = self.graph.node(self.graph.value(place));
            let numeric =
                matches!(node.op, Op::Neg | Op::Add | Op::Sub | Op::Mul | Op::Div | Op::Rem | Op::Cast);
            let unknown = |ty: &Type| *ty == Type::Opaque;
            let arguments = node.args.iter().any(|&arg| unknown(&self.graph.node(arg).ty));
            let compares = matches!(node.op, Op::Compare(_)) && arguments;
            let unchecked = matches!(node.op, Op::Check(Length::Unknown, _));
            if (numeric && unknown(&node.ty)) || compares || unchecked {
                places.push((node.origin, unchecked));
            }
        }
        places.sort_unstable();
        places.dedup();
        for &(place, is_index) in &places {
            let message = if is_index {
                "the length of what is indexed is not known here: give it to a variable with a type, `let y: [f64; 3] = …;`"
            } else {
                "the type of this is not known here: give it to a variable with a type, `let y: f64 = …;`"
            };
            diagnostics.error_at(self.spans[place as usize], message);
        }
        places.is_empty()
    }
}

/// Reads the body, or reports what is not understood in it.
pub fn lower(item: &ItemFn, signature: &Signature, diagnostics: &mut Diagnostics) -> Option<Body> {
    let mut lowering = Lowering::new(item, signature, diagnostics);
    lowering.bind_inputs(signature, &item.block);
    let returned = signature.outputs.iter().filter(|output| output.parameter.is_none()).count();
    let shape =
        if signature.returns_tuple { Shape::Tuple(vec![Shape::Single; returned]) } else { Shape::Single };
    let output = match &item.sig.output {
        syn::ReturnType::Type(_, ty) => Some(&**ty),
        syn::ReturnType::Default => None,
    };
    lowering.expected = output.map(|ty| bare(ty).clone());
    let shape = if signature.wrapper.is_some() { Shape::Single } else { shape };
    let result = lowering.in_frame(&item.block, output, &shape);
    let result = lowering.unwrapped(result, item);
    let results = lowering.results(item, signature, result);
    lowering.finish(results)
}

/// What is expected of an expression, where its context says it: how many values a call yields.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Single,
    Tuple(Vec<Shape>),
}

/// A variable.
#[derive(Clone)]
pub(super) struct Variable {
    pub(super) term: Term,
    pub(super) mutable: bool,
    pub(super) access: Access,
    pub(super) name: u32,
}

/// What kind of place a variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// It holds its value.
    Owned,
    /// It is a reference to a value.
    Shared,
    /// It is a `&mut` parameter.
    Output,
    /// It is the copy that a `move` closure has.
    Captured,
}

/// The place of a variable in [`Lowering::variables`].
pub(super) type VariableId = usize;

pub(super) struct Lowering<'a> {
    pub(super) graph: Graph,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) function: String,
    pub(super) scopes: Scopes,
    pub(super) variables: Vec<Variable>,
    /// The variables that can change, oldest first.
    pub(super) changing: Vec<VariableId>,
    /// The variables assigned to so far, one entry for each assignment.
    pub(super) writes: Vec<VariableId>,
    /// What jumps can leave around what is read, the innermost last.
    pub(super) around: Vec<Around>,
    /// The errors of the function's results.
    pub(super) errors: Vec<TokenStream>,
    /// Those that `?` has converted.
    pub(super) converted: BTreeSet<i128>,
    /// The constants of the body, by name, …
    pub(super) constants: BTreeMap<String, Constant>,
    /// … and how often each name stands in it.
    pub(super) mentions: BTreeMap<String, usize>,
    /// What the function's result is in.
    pub(super) wrapper: Option<super::Wrapper>,
    /// The names that patterns which do not match everything bind.
    pub(super) bindings: Vec<Ident>,
    /// The variables that the text does not have in sight, and that loops carry all the same.
    pub(super) kept: Vec<VariableId>,
    /// The variables that are functions of the body.
    pub(super) functions: BTreeSet<VariableId>,
    /// What is known of the names around the function, …
    pub(super) context: Rc<Context>,
    /// … in the text of `gradgen::math`, once it was needed, …
    pub(super) library: Option<Rc<Context>>,
    /// … and those of them that have another meaning inside of what is read.
    pub(super) renamed: BTreeSet<String>,
    /// The functions of the module that are run in place, by name.
    pub(super) inlined: BTreeMap<String, Option<Rc<Closure>>>,
    /// The types of the parameters that are structs.
    pub(super) structures: BTreeMap<usize, syn::Type>,
    /// Their fields that were read so far.
    pub(super) leaves: Vec<Leaf>,
    /// What `Self` means.
    pub(super) itself: Option<syn::Path>,
    /// What each result is: of which output, and which field.
    result_leaves: Vec<(usize, Vec<String>)>,
    /// The parameters that are fields of results.
    pub(super) handed_on: Vec<HandedOn>,
    /// The fields of the parameters that are written to, where only the text says them.
    pub(super) outlines: BTreeMap<usize, Outline>,
    /// What the parameters of the function stand for that is run in place.
    pub(super) lengths: BTreeMap<String, Argument>,
    /// The type that is expected of an expression, where it is stated.
    pub(super) expected: Option<syn::Type>,
    /// What a call says of them.
    pub(super) stated: Option<syn::AngleBracketedGenericArguments>,
    /// Whether what is read is read only to see of what form variables are: then a branch that is not understood
    /// leaves the form to the other one.
    pub(super) looking: bool,
    /// The names in sight of what is run around what is read.
    pub(super) suspended: Vec<Scopes>,
    /// What is run there, by address.
    pub(super) run_now: Vec<usize>,
    symbols: Vec<(Name, TokenStream)>,
    /// The names of the const generics.
    generics: Vec<String>,
    spans: Vec<Span>,
    pub(super) items: Vec<syn::Item>,
    /// The scalar type, as the signature says it.
    pub(super) parameter: Option<Rc<super::Parameter>>,
    /// The path of the crate `gradgen`.
    pub(super) runtime: TokenStream,
    /// The numbers that are of another type than the scalar type.
    pub(super) foreign: Vec<super::numbers::Foreign>,
    /// The traits by whose path functions are called.
    pub(super) traits: Vec<super::Known>,
}

impl<'a> Lowering<'a> {
    fn new(item: &ItemFn, signature: &Signature, diagnostics: &'a mut Diagnostics) -> Self {
        let mut graph = Graph::new(signature.scalar);
        graph.symbols = signature.symbols.iter().map(|(symbol, _)| symbol.clone()).collect();
        let symbols = signature.symbols.iter().map(|(symbol, tokens)| {
            (Name::new(&Ident::new("length", tokens.span())).with_text(&symbol.text), tokens.clone())
        });
        let mut mentions = BTreeMap::new();
        super::constants::mentions(item.block.to_token_stream(), &mut mentions);
        let mut scopes = Scopes::default();
        scopes.enter();
        Self {
            graph,
            diagnostics,
            library: None,
            function: plain(&item.sig.ident),
            scopes,
            variables: vec![],
            changing: vec![],
            writes: vec![],
            around: vec![],
            errors: vec![],
            converted: BTreeSet::new(),
            constants: BTreeMap::new(),
            mentions,
            wrapper: signature.wrapper.clone(),
            bindings: vec![],
            kept: vec![],
            functions: BTreeSet::new(),
            context: signature.context.clone(),
            renamed: signature.renamed.clone(),
            inlined: BTreeMap::new(),
            structures: BTreeMap::new(),
            leaves: vec![],
            itself: signature.itself.clone(),
            result_leaves: vec![],
            handed_on: vec![],
            outlines: BTreeMap::new(),
            lengths: BTreeMap::new(),
            expected: None,
            stated: None,
            looking: false,
            suspended: vec![],
            run_now: vec![],
            symbols: symbols.collect(),
            generics: signature.generics.iter().map(plain).collect(),
            spans: vec![item.sig.ident.span()],
            items: vec![],
            parameter: signature.parameter.clone().map(Rc::new),
            runtime: signature.runtime.clone(),
            foreign: vec![],
            traits: vec![],
        }
    }

    /// Reports an error at tokens.
    pub(super) fn fail(&mut self, at: impl ToTokens, message: impl Into<String>) -> Term {
        self.diagnostics.error(at, message);
        Term::Poison
    }

    /// Reports an error at a place.
    pub(super) fn fail_at(&mut self, at: Span, message: impl Into<String>) -> Term {
        self.diagnostics.error_at(at, message);
        Term::Poison
    }

    /// Marks the nodes made from now on as coming from here.
    pub(super) fn at(&mut self, span: Span) {
        self.spans.push(span);
        self.graph.set_origin(u32::try_from(self.spans.len() - 1).unwrap_or(0));
    }

    /// Where the nodes made now come from.
    pub(super) fn span(&self) -> Span {
        self.spans.last().copied().unwrap_or_else(Span::call_site)
    }

    /// Whether a name is a const generic of the function's.
    pub(super) fn find_generic(&self, name: &str) -> bool {
        self.generics.iter().any(|generic| generic == name)
    }

    /// The place of a path or expression among the graph's symbols.
    pub(super) fn symbol(&mut self, tokens: &TokenStream) -> u32 {
        let text = tokens.to_string();
        let name = Name::new(&Ident::new("symbol", tokens.span())).with_text(&text);
        let place = self.symbols.iter().position(|(known, _)| *known == name).unwrap_or_else(|| {
            self.symbols.push((name, tokens.clone()));
            self.graph.symbols.push(Symbol { generic: self.generics.contains(&text), text });
            self.symbols.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// The tokens of a symbol.
    pub(super) fn symbol_tokens(&self, symbol: u32) -> TokenStream {
        self.symbols[symbol as usize].1.clone()
    }

    /// A new variable in the innermost scope.
    pub(super) fn declare(&mut self, ident: &Ident, term: Term, mutable: bool, access: Access) {
        // What a loop may write to has a form that does not change with the first write.
        let term = match mutable.then(|| self.values_of(&term, &ident.to_token_stream())) {
            Some(Some(values)) => values,
            _ => term,
        };
        let name = self.graph.intern_name(&plain(ident));
        self.name(&term, name);
        self.variables.push(Variable { term, mutable, access, name });
        self.scopes.declare(Name::new(ident), self.variables.len() - 1);
        if mutable {
            self.changing.push(self.variables.len() - 1);
        }
    }

    /// Names a value after the variable that holds it.
    pub(super) fn name(&mut self, term: &Term, name: u32) {
        if let Term::One(value) = term {
            self.graph.set_array_name(*value, name);
        }
    }

    /// The variable that an identifier means.
    pub(super) fn find(&mut self, ident: &Ident) -> Option<VariableId> {
        match self.scopes.find(&Name::new(ident)) {
            Meaning::Variable(id) => Some(id),
            Meaning::Unknown => None,
            Meaning::Ambiguous => Some(self.ambiguous(ident)),
        }
    }

    /// A variable to go on with where it is not understood which one is meant.
    fn ambiguous(&mut self, ident: &Ident) -> VariableId {
        let message = format!(
            "`{ident}` and a variable of the same name come from different macros: which one is meant is \
             not understood here; rename one of them"
        );
        self.diagnostics.error(ident, message);
        let poisoned = Variable { term: Term::Poison, mutable: true, access: Access::Owned, name: 0 };
        self.variables.push(poisoned);
        self.variables.len() - 1
    }

    fn bind_inputs(&mut self, signature: &Signature, body: &Block) {
        // Fields are inputs behind these.
        let values: Vec<_> =
            signature.inputs.iter().map(|input| self.graph.input(input.ty.clone())).collect();
        for (place, (input, value)) in signature.inputs.iter().zip(values).enumerate() {
            let term = match &input.structure {
                Some(ty) => {
                    self.structures.insert(place, ty.clone());
                    self.structure(input, place, body)
                }
                None => Term::One(value),
            };
            let access = match input.passing {
                Passing::Value => Access::Owned,
                Passing::Shared => Access::Shared,
                Passing::Mutable => Access::Output,
            };
            match &input.pattern {
                Pat::Ident(pattern) => {
                    let mutable = pattern.mutability.is_some() || access == Access::Output;
                    self.declare(&pattern.ident, term, mutable, access);
                }
                pattern => self.bind(pattern, term, access),
            }
        }
    }

    /// A block's value, in a scope of its own.
    pub(super) fn block(&mut self, block: &Block, shape: &Shape) -> Term {
        self.flow_block(block, shape, &mut Then { run: &mut |_, term| term, again: true })
    }

    pub(super) fn statement(&mut self, statement: &Stmt) -> Term {
        match statement {
            Stmt::Local(local) => self.local(local),
            Stmt::Expr(value, _) => return self.expression(value, &Shape::Single),
            Stmt::Item(item) => self.item(item),
            Stmt::Macro(call) => return self.statement_macro(&call.mac),
        }
        Term::UNIT
    }

    /// Imports are there in generated code too.
    fn item(&mut self, item: &syn::Item) {
        if let syn::Item::Fn(_) | syn::Item::Const(_) | syn::Item::Static(_) | syn::Item::Struct(_) = item {
            return;
        }
        match item {
            syn::Item::Use(import) if self.scopes.depth() > 2 && imports_all(&import.tree) => {
                self.fail(
                    item,
                    "an import of all names is understood at the start of the function: import by name",
                );
            }
            syn::Item::Use(_) => self.require(item.clone()),
            _ => {
                self.fail(
                    item,
                    "this item is not understood inside of the body: move it out of the function",
                );
            }
        }
    }

    /// An item that generated code has too.
    pub(super) fn require(&mut self, item: syn::Item) {
        let is_known =
            |known: &syn::Item| known.to_token_stream().to_string() == item.to_token_stream().to_string();
        if !self.items.iter().any(is_known) {
            self.items.push(item);
        }
    }

    fn local(&mut self, local: &syn::Local) {
        let Some(init) = &local.init else {
            let first = self.variables.len();
            self.bind(&local.pat, Term::Unset, Access::Owned);
            // The assignment that gives it a value is its first.
            for id in first..self.variables.len() {
                if !self.variables[id].mutable {
                    self.variables[id].mutable = true;
                    self.changing.push(id);
                }
            }
            return;
        };
        let shape = shape_of(&local.pat);
        let access = self.access_of(&init.expr);
        self.expected = match &local.pat {
            Pat::Type(typed) => Some(bare(&typed.ty).clone()),
            _ => None,
        };
        let term = self.expression(&init.expr, &shape);
        let term = self.yielded(term, &init.expr);
        let term = self.ready_for_next(term, &local.pat, &init.expr);
        self.bind(&local.pat, term, access);
    }

    /// Whether an expression is a reference.
    pub(super) fn access_of(&mut self, expression: &Expr) -> Access {
        match expression {
            Expr::Reference(_) => Access::Shared,
            Expr::Paren(inner) => self.access_of(&inner.expr),
            Expr::Group(inner) => self.access_of(&inner.expr),
            Expr::Path(path) => match path.path.get_ident().and_then(|ident| self.find(ident)) {
                Some(id) => self.variables[id].access,
                None => Access::Owned,
            },
            // It yields what it is given.
            Expr::Call(call) if is_stop(call) => self.access_of(&call.args[0]),
            _ => Access::Owned,
        }
    }

    /// The values that the function yields: what it returns, then its `&mut` parameters.
    fn results(&mut self, item: &ItemFn, signature: &Signature, returned: Term) -> Option<Vec<Value>> {
        let mut terms = match returned {
            Term::Tuple(terms) => terms,
            one => vec![one],
        };
        let expected = signature.outputs.iter().filter(|output| output.parameter.is_none()).count();
        if matches!(terms[..], [Term::Poison]) {
            return None;
        }
        if terms.len() != expected {
            let message = format!("the body yields {} values, the signature says {expected}", terms.len());
            self.fail(&item.sig.output, message);
            return None;
        }
        let outputs = signature.outputs.iter().filter_map(|output| output.parameter);
        // The first variables are the inputs', unless one is a pattern; outputs never are.
        for place in outputs {
            let name = &signature.inputs[place].ident;
            let id = self.scopes.first(&Name::new(name));
            terms.push(id.map_or(Term::Poison, |id| self.variables[id].term.clone()));
        }
        let mut results = vec![];
        for (place, (term, output)) in terms.into_iter().zip(&signature.outputs).enumerate() {
            if let Some(input) = output.parameter
                && self.outlines.contains_key(&input)
            {
                for (path, value) in self.outlined(input, place, &term, &item.sig.ident)? {
                    self.result_leaves.push((place, path));
                    results.push(value);
                }
                continue;
            }
            if output.structure.is_some() {
                for (path, yielded) in self.leaves_of(term, &item.sig.output)? {
                    match yielded {
                        Yielded::Value(value) => {
                            self.result_leaves.push((place, path));
                            results.push(value);
                        }
                        Yielded::Parameter(record) => {
                            let (input, from) = (record.input, record.path.clone());
                            self.handed_on.push(HandedOn { output: place, to: path, input, from });
                        }
                    }
                }
                continue;
            }
            let Term::One(value) = self.settled(term, &item.sig.output) else { return None };
            self.result_leaves.push((place, vec![]));
            if !self.graph.expect(value, &output.ty) {
                let found = self.graph.type_text(&self.graph.ty(value));
                let message = format!("output `{}` is understood as {found}", output.name);
                self.fail(&item.sig.output, message);
            }
            results.push(value);
        }
        Some(results)
    }

    fn finish(mut self, results: Option<Vec<Value>>) -> Option<Body> {
        let results = results?;
        self.graph.set_results(results);
        self.graph.settle_types();
        self.refuse_unconverted();
        if !self.diagnostics.is_empty() {
            return None;
        }
        let symbols = self.symbols.into_iter().map(|(_, tokens)| tokens).collect();
        let part =
            |leaf: Leaf| Part { place: leaf.record.input, path: leaf.record.path, question: leaf.question };
        let input_leaves = self.leaves.into_iter().map(part).collect();
        Some(Body {
            graph: self.graph,
            symbols,
            spans: self.spans,
            items: self.items,
            errors: self.errors,
            bindings: self.bindings,
            traits: self.traits,
            input_leaves,
            result_leaves: self.result_leaves,
            handed_on: self.handed_on,
        })
    }
}

/// How many values a function yields.
pub(super) fn shape_of_type(output: Option<&syn::Type>) -> Shape {
    match output.map(bare) {
        Some(syn::Type::Tuple(tuple)) => {
            Shape::Tuple(tuple.elems.iter().map(|ty| shape_of_type(Some(ty))).collect())
        }
        _ => Shape::Single,
    }
}

/// How many values a pattern takes apart.
pub(super) fn shape_of(pattern: &Pat) -> Shape {
    match pattern {
        Pat::Tuple(tuple) if !super::elements::has_rest(tuple) => {
            Shape::Tuple(tuple.elems.iter().map(shape_of).collect())
        }
        Pat::Paren(inner) => shape_of(&inner.pat),
        Pat::Type(typed) => match bare(&typed.ty) {
            syn::Type::Tuple(tuple) => Shape::Tuple(vec![Shape::Single; tuple.elems.len()]),
            _ => shape_of(&typed.pat),
        },
        _ => Shape::Single,
    }
}
