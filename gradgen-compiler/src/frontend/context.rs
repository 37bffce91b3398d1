//! What is known of the names around a function: what `#[gradgen::module]` sees. Without it nothing is, and
//! what a name means is left to rustc.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use std::rc::Rc;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Expr, ImplItem, ImplItemFn, Item, ItemFn, ItemStruct, ItemTrait, Lit, Type, TypeParamBound,
};

use super::body::Lowering;
use super::implementations::Implementation;
use super::integers::integer_named;
use super::names::plain;
use super::other_attributes::{is_conditional, is_ours};
use super::signature::bare_expression;

/// The items of a module, by name. What stands there under a condition is not known: rustc decides about it.
#[derive(Clone, Default)]
pub struct Context {
    /// Other names of types.
    pub types: BTreeMap<String, Type>,
    /// Constants with their types and values.
    pub constants: BTreeMap<String, (Type, Expr)>,
    /// Traits without methods of their own: what they require.
    pub bundles: BTreeMap<String, Vec<TypeParamBound>>,
    /// Structs.
    pub structs: BTreeMap<String, ItemStruct>,
    /// Enums.
    pub enums: BTreeSet<String>,
    /// What is imported, by the name it has here.
    pub imports: BTreeMap<String, syn::Path>,
    /// Whether this is the text of `gradgen::math`.
    pub is_library: bool,
    /// Functions, with their attributes.
    pub functions: BTreeMap<String, ItemFn>,
    /// Methods and functions of types, by the name of the type and their own.
    pub methods: BTreeMap<(String, String), ImplItemFn>,
    /// What traits give types.
    pub implementations: Vec<Implementation>,
    /// Which traits are implemented for which types, by their names.
    pub implemented: Vec<(String, String)>,
    /// Traits with methods.
    pub traits: BTreeMap<String, ItemTrait>,
}

impl Context {
    /// Whether nothing is known of what is around a function.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.constants.is_empty()
            && self.functions.is_empty()
            && self.methods.is_empty()
            && self.structs.is_empty()
            && self.types.is_empty()
    }

    /// What items say.
    #[must_use]
    pub fn of(items: &[Item]) -> Self {
        let mut context = Self::default();
        items.iter().for_each(|item| context.add(item));
        context
    }

    /// The same with other names of types beside those that are known.
    #[must_use]
    pub fn with_types(self: &Rc<Self>, types: &[(Ident, Type)]) -> Rc<Self> {
        if types.is_empty() {
            return self.clone();
        }
        let mut context = (**self).clone();
        context.types.extend(types.iter().map(|(name, ty)| (plain(name), ty.clone())));
        Rc::new(context)
    }

    /// Adds what an item says.
    pub fn add(&mut self, item: &Item) {
        let certain = |attributes: &[Attribute]| !attributes.iter().any(is_conditional);
        match item {
            Item::Type(alias) if certain(&alias.attrs) && alias.generics.params.is_empty() => {
                self.types.insert(plain(&alias.ident), (*alias.ty).clone());
            }
            Item::Const(constant) if certain(&constant.attrs) => {
                let meaning = ((*constant.ty).clone(), (*constant.expr).clone());
                self.constants.insert(plain(&constant.ident), meaning);
            }
            Item::Trait(bundle)
                if certain(&bundle.attrs) && bundle.items.is_empty() && bundle.generics.params.is_empty() =>
            {
                self.bundles.insert(plain(&bundle.ident), bundle.supertraits.iter().cloned().collect());
            }
            Item::Struct(item) if certain(&item.attrs) => {
                self.structs.insert(plain(&item.ident), item.clone());
            }
            Item::Enum(item) if certain(&item.attrs) => {
                self.enums.insert(plain(&item.ident));
            }
            Item::Fn(function) if certain(&function.attrs) => {
                self.functions.insert(plain(&function.sig.ident), function.clone());
            }
            Item::Use(item) if certain(&item.attrs) => {
                let path = syn::Path { leading_colon: item.leading_colon, segments: Default::default() };
                self.add_imports(&path, &item.tree);
            }
            Item::Impl(block) if certain(&block.attrs) && block.trait_.is_none() => self.add_methods(block),
            Item::Impl(block) if certain(&block.attrs) => self.add_implementations(block),
            Item::Trait(item) if certain(&item.attrs) && item.generics.params.is_empty() => {
                self.traits.insert(plain(&item.ident), item.clone());
            }
            _ => {}
        }
    }

    fn add_imports(&mut self, before: &syn::Path, tree: &syn::UseTree) {
        let with = |ident: &Ident| {
            let mut path = before.clone();
            path.segments.push(ident.clone().into());
            path
        };
        match tree {
            syn::UseTree::Path(tree) => self.add_imports(&with(&tree.ident), &tree.tree),
            syn::UseTree::Name(tree) if tree.ident == "self" => {
                if let Some(last) = before.segments.last() {
                    self.imports.insert(plain(&last.ident), before.clone());
                }
            }
            syn::UseTree::Name(tree) => {
                self.imports.insert(plain(&tree.ident), with(&tree.ident));
            }
            syn::UseTree::Rename(tree) => {
                self.imports.insert(plain(&tree.rename), with(&tree.ident));
            }
            syn::UseTree::Group(tree) => tree.items.iter().for_each(|tree| self.add_imports(before, tree)),
            _ => {}
        }
    }

    fn add_methods(&mut self, block: &syn::ItemImpl) {
        let Type::Path(path) = &*block.self_ty else { return };
        let (Some(ty), true) = (path.path.get_ident(), block.generics.params.is_empty()) else { return };
        for item in &block.items {
            if let ImplItem::Fn(method) = item
                && !method.attrs.iter().any(is_conditional)
            {
                self.methods.insert((plain(ty), plain(&method.sig.ident)), method.clone());
            }
        }
    }

    /// Whether a name is that of an enum, or another name of one.
    #[must_use]
    pub fn has_enum(&self, name: &str) -> bool {
        let mut name = name.to_owned();
        // Names that are made of each other are refused by rustc.
        for _ in 0..32 {
            match self.types.get(&name) {
                Some(Type::Path(alias)) => match alias.path.get_ident() {
                    Some(own) => name = plain(own),
                    None => return false,
                },
                Some(_) => return false,
                None => return self.enums.contains(&name),
            }
        }
        false
    }

    /// What a trait without methods of its own requires.
    #[must_use]
    pub fn bundle(&self, path: &syn::Path) -> Option<&[TypeParamBound]> {
        self.bundles.get(&plain(path.get_ident()?)).map(Vec::as_slice)
    }

    /// The value of a constant of type usize.
    #[must_use]
    pub fn size(&self, name: &str) -> Option<usize> {
        let (ty, value) = self.constants.get(name)?;
        let is_usize = matches!(ty, Type::Path(path) if path.path.is_ident("usize"));
        if is_usize { self.value(value, 0) } else { None }
    }

    /// The value of an expression of literals and constants.
    fn value(&self, expression: &Expr, depth: usize) -> Option<usize> {
        // Constants that are made of each other are refused by rustc.
        if depth > 32 {
            return None;
        }
        match bare_expression(expression) {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Int(number) if matches!(number.suffix(), "" | "usize") => number.base10_parse().ok(),
                _ => None,
            },
            Expr::Path(path) => {
                let (_, value) = self.constants.get(&plain(path.path.get_ident()?))?;
                self.value(value, depth + 1)
            }
            Expr::Binary(binary) => {
                let (a, b) = (self.value(&binary.left, depth + 1)?, self.value(&binary.right, depth + 1)?);
                match binary.op {
                    syn::BinOp::Add(_) => a.checked_add(b),
                    syn::BinOp::Sub(_) => a.checked_sub(b),
                    syn::BinOp::Mul(_) => a.checked_mul(b),
                    syn::BinOp::Div(_) => a.checked_div(b),
                    syn::BinOp::Rem(_) => a.checked_rem(b),
                    _ => None,
                }
            }
            Expr::MethodCall(call) if call.method == "len" && call.args.is_empty() => {
                let Expr::Path(path) = bare_expression(&call.receiver) else { return None };
                let (ty, _) = self.constants.get(&plain(path.path.get_ident()?))?;
                match ty {
                    Type::Array(array) => self.value(&array.len, depth + 1),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// So many tokens may a function have that is run where it is called although it has a companion: what it
/// computes is then shared with what is around the call.
const SHORT: usize = 250;

/// Whether a function is run where it is called. One with derivatives of its own is not, unless it is short or
/// takes what a companion's functions do not take.
pub(super) fn is_run_in_place(function: &ItemFn) -> bool {
    let Some(attribute) = function.attrs.iter().find(|attribute| is_ours(attribute)) else { return true };
    let has_own = |word: &str| match &attribute.meta {
        syn::Meta::List(list) => list
            .tokens
            .clone()
            .into_iter()
            .any(|token| matches!(token, TokenTree::Ident(found) if found == word)),
        _ => false,
    };
    if has_own("custom") {
        return false;
    }
    let takes_slices = function.sig.inputs.iter().any(|input| match input {
        syn::FnArg::Typed(typed) => match &*typed.ty {
            Type::Reference(reference) => {
                reference.mutability.is_some() || matches!(*reference.elem, Type::Slice(_))
            }
            _ => false,
        },
        syn::FnArg::Receiver(_) => false,
    });
    takes_slices || size(function.block.to_token_stream()) <= SHORT
}

fn size(tokens: TokenStream) -> usize {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => 1 + size(group.stream()),
            _ => 1,
        })
        .sum()
}

/// The names that items inside of a body may give another meaning.
pub(super) fn renamed(function: &ItemFn) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for parameter in &function.sig.generics.params {
        match parameter {
            syn::GenericParam::Type(parameter) => names.insert(plain(&parameter.ident)),
            syn::GenericParam::Const(parameter) => names.insert(plain(&parameter.ident)),
            syn::GenericParam::Lifetime(_) => false,
        };
    }
    in_tokens(function.block.to_token_stream(), &mut names);
    names
}

fn in_tokens(tokens: TokenStream, names: &mut BTreeSet<String>) {
    const KEYWORDS: [&str; 9] = ["const", "static", "fn", "struct", "enum", "type", "trait", "mod", "mut"];
    let mut follows = false;
    let mut imports = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                if imports {
                    all(group.stream(), names);
                } else {
                    in_tokens(group.stream(), names);
                }
                follows = false;
            }
            TokenTree::Ident(word) => {
                let text = plain(&word);
                if follows || imports {
                    names.insert(text.clone());
                }
                follows = KEYWORDS.contains(&text.as_str());
                imports |= text == "use";
            }
            TokenTree::Punct(punct) => {
                follows = false;
                imports &= punct.as_char() != ';';
            }
            TokenTree::Literal(_) => follows = false,
        }
    }
}

fn all(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => all(group.stream(), names),
            TokenTree::Ident(word) => {
                names.insert(plain(&word));
            }
            _ => {}
        }
    }
}

impl Lowering<'_> {
    /// The name that a path may be of the module's, from where it stands.
    fn name_of_module(&self, path: &syn::Path) -> Option<String> {
        let name = plain(path.get_ident()?);
        (!self.renamed.contains(&name)).then_some(name)
    }

    /// What another name of a type stands for.
    pub(super) fn alias(&self, path: &syn::Path) -> Option<Type> {
        self.context.types.get(&self.name_of_module(path)?).cloned()
    }

    /// The value of a constant that is a size.
    pub(super) fn known_size(&self, path: &syn::Path) -> Option<usize> {
        let size = path.get_ident().and_then(|name| self.size_in_body(&plain(name)));
        size.or_else(|| self.context.size(&self.name_of_module(path)?))
    }

    /// The type of a constant, where it is one that values have.
    pub(super) fn known_type(&mut self, path: &syn::Path) -> Option<crate::ir::Type> {
        let context = self.context.clone();
        let (ty, _) = context.constants.get(&self.name_of_module(path)?)?;
        if let Some(ty) = self.foreign_array(ty) {
            return Some(ty);
        }
        if self.is_understood(ty) { self.annotation(ty) } else { None }
    }

    /// Whether a type is one that values of the graph have.
    pub(super) fn is_understood(&self, ty: &Type) -> bool {
        match ty {
            Type::Paren(inner) => self.is_understood(&inner.elem),
            Type::Array(array) => self.is_understood(&array.elem),
            Type::Slice(slice) => self.is_understood(&slice.elem),
            Type::Reference(inner) => self.is_understood(&inner.elem),
            Type::Path(path) => match path.path.get_ident().map(plain) {
                Some(word) => {
                    word == "bool" || integer_named(&word).is_some() || word == self.graph.scalar_name()
                }
                None => false,
            },
            _ => false,
        }
    }

    /// What a function of the module returns: its types, and whether they are a tuple's. Nothing if it is
    /// generic, or returns what is no value of the graph.
    pub(super) fn results_of(&mut self, path: &syn::Path) -> Option<(Vec<crate::ir::Type>, bool)> {
        let function = self.function_of_module(path)?;
        let syn::ReturnType::Type(_, ty) = &function.sig.output else { return None };
        let is_generic =
            function.sig.generics.params.iter().any(|param| !matches!(param, syn::GenericParam::Lifetime(_)));
        if is_generic {
            return None;
        }
        let ty = self.unaliased(ty);
        let (types, is_tuple) = match &ty {
            Type::Tuple(tuple) => (tuple.elems.iter().map(|ty| self.unaliased(ty)).collect(), true),
            _ => (vec![ty], false),
        };
        if types.is_empty() || !types.iter().all(|ty| self.is_understood(ty)) {
            return None;
        }
        let types: Option<_> = types.iter().map(|ty| self.annotation(ty)).collect();
        Some((types?, is_tuple))
    }

    fn unaliased(&self, ty: &Type) -> Type {
        let Type::Path(path) = ty else { return ty.clone() };
        self.alias(&path.path).unwrap_or_else(|| ty.clone())
    }

    /// A function of a type of the module's.
    pub(super) fn method_of_module(&self, ty: &str, name: &str) -> Option<ImplItemFn> {
        self.context.methods.get(&(ty.to_owned(), name.to_owned())).cloned()
    }

    /// The function of the module that a path means.
    pub(super) fn function_of_module(&self, path: &syn::Path) -> Option<ItemFn> {
        let name = match path.segments.len() {
            2 if path.segments[0].ident == "self" => plain(&path.segments[1].ident),
            _ => self.name_of_module(path)?,
        };
        self.context.functions.get(&name).cloned()
    }
}
