//! The types of a signature: what inputs and outputs are, and how long.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::integers::integer_named;
use super::names::plain;
use super::reader::Reader;
use super::signature::{bare, bare_expression};
use crate::ir::{Atom, Int, Length, Polynomial, Scalar, Symbol, Type};

/// Types with parameters that are the standard library's.
const STANDARD: [&str; 8] = ["Vec", "Option", "Result", "Box", "Rc", "Arc", "HashMap", "BTreeMap"];

/// What a type with parameters is, as a vector or matrix of another crate.
const FOREIGN: &str = "types with parameters are not understood, as vectors and matrices of other crates: take an array, \
                       `&[f64; 3]`; a `Vector3` of nalgebra is passed as one by `v.as_ref()`, and `Vector3::from` \
                       takes it back";

const TYPES: &str = "this type is not understood: inputs are f64, f32, arrays and slices of one of them, usize, i32 or \
                     bool, by value or reference, and slices of usize; outputs are floats, arrays of them, or tuples of these";

/// Types of the standard library that are no structs of floats.
const OTHERS: [&str; 3] = ["String", "Duration", "Instant"];

impl Reader<'_> {
    pub(super) fn ty(&mut self, ty: &syn::Type, parameters: bool) -> Option<Type> {
        match ty {
            syn::Type::Paren(inner) => self.ty(&inner.elem, parameters),
            syn::Type::Group(inner) => self.ty(&inner.elem, parameters),
            syn::Type::Array(array) => {
                let element = self.ty(&array.elem, parameters)?;
                self.refuse_elements(&element, &array.elem)?;
                Some(Type::array(element, self.length(&array.len)))
            }
            syn::Type::Slice(slice) if self.structure(&slice.elem).is_some() => {
                self.fail(
                    slice,
                    "slices of structs and tuples are not understood as parameters: take an array, `bodies: &[Body; N]` with \
                     `const N: usize`, or a slice for each field",
                );
                None
            }
            syn::Type::Slice(slice) => {
                let element = self.ty(&slice.elem, parameters)?;
                self.refuse_elements(&element, &slice.elem)?;
                let (Some(place), false) = (self.place, element.is_slice()) else {
                    self.fail(slice, "a slice stands behind the reference of a parameter: `x: &[f64]`");
                    return None;
                };
                Some(Type::array(element, Length::of(Atom::Length(place).into())))
            }
            syn::Type::Path(path) if path.qself.is_none() => self.named(path, parameters),
            syn::Type::ImplTrait(anonymous) => {
                self.fail(anonymous, "name the type: `fn f<T: Float>(x: T) -> T`");
                None
            }
            other => {
                self.fail(other, TYPES);
                None
            }
        }
    }

    /// Arrays are of floats, or of indices.
    fn refuse_elements(&mut self, element: &Type, at: &syn::Type) -> Option<()> {
        if element.is_differentiable() || *element == Type::Int(Int::Usize) {
            return Some(());
        }
        self.fail(at, "arrays are of floats, or of indices, which are usize");
        None
    }

    fn named(&mut self, path: &syn::TypePath, parameters: bool) -> Option<Type> {
        if !self.names_parameter(&path.path)
            && let Some(ty) = path.path.get_ident().and_then(|name| self.context.types.get(&plain(name)))
        {
            let ty = ty.clone();
            return self.ty(&ty, parameters);
        }
        let word = path.path.segments.last().map(|segment| segment.ident.clone())?;
        let scalar = match word.to_string().as_str() {
            _ if self.names_parameter(&path.path) => self.parameter.as_ref().map(|found| found.1)?,
            "f64" => Scalar::F64,
            "f32" => Scalar::F32,
            word if parameters && integer_named(word).is_some() => return integer_named(word).map(Type::Int),
            "bool" if parameters => return Some(Type::Bool),
            word if word == "bool" || integer_named(word).is_some() => {
                self.fail(path, "outputs are floats, arrays of them, or tuples of these");
                return None;
            }
            _ => {
                let last = path.path.segments.last();
                let is_foreign = last.is_some_and(|last| {
                    !last.arguments.is_none() && !STANDARD.iter().any(|name| last.ident == name)
                });
                self.fail(path, if is_foreign { FOREIGN } else { TYPES });
                return None;
            }
        };
        match &self.scalar {
            Some((known, first)) if *known != scalar => {
                let message =
                    format!("`{word}` and `{first}` in one function: one scalar type is used throughout");
                self.fail(path, message);
                None
            }
            _ => {
                self.scalar = Some((scalar, word));
                Some(Type::Real)
            }
        }
    }

    fn length(&mut self, length: &syn::Expr) -> Length {
        match self.size(length) {
            Some(size) => Length::of(size),
            None => Length::Symbol(self.symbol(length.to_token_stream())),
        }
    }

    /// A length as a polynomial of constants.
    fn size(&mut self, length: &syn::Expr) -> Option<Polynomial> {
        match bare_expression(length) {
            syn::Expr::Lit(literal) => match &literal.lit {
                syn::Lit::Int(literal) => {
                    literal.base10_parse::<usize>().ok().map(|size| (size as i128).into())
                }
                _ => None,
            },
            syn::Expr::Path(path) => {
                if let Some(name) = path.path.get_ident().map(plain)
                    && !self.generics.iter().any(|generic| plain(generic) == name)
                    && let Some(size) = self.context.size(&name)
                {
                    return Some((size as i128).into());
                }
                Some(Atom::Symbol(self.symbol(path.to_token_stream())).into())
            }
            syn::Expr::Block(block) => match &block.block.stmts[..] {
                [syn::Stmt::Expr(value, None)] => self.size(value),
                _ => None,
            },
            syn::Expr::Binary(binary) => {
                let (a, b) = (self.size(&binary.left)?, self.size(&binary.right)?);
                match binary.op {
                    syn::BinOp::Add(_) => Some(a.plus(&b)),
                    syn::BinOp::Sub(_) => Some(a.minus(&b)),
                    syn::BinOp::Mul(_) => Some(a.times(&b)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    pub(super) fn symbol(&mut self, tokens: TokenStream) -> u32 {
        let text = tokens.to_string();
        let place = self.symbols.iter().position(|(symbol, _)| symbol.text == text).unwrap_or_else(|| {
            let generic = self.generics.iter().any(|generic| *generic == text);
            self.symbols.push((Symbol { text, generic }, tokens));
            self.symbols.len() - 1
        });
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// A type that is that of a struct, or of a tuple.
    pub(super) fn structure(&self, ty: &syn::Type) -> Option<syn::Type> {
        match bare(ty) {
            syn::Type::Tuple(tuple) if !tuple.elems.is_empty() => Some(bare(ty).clone()),
            syn::Type::Array(array) => {
                let mut whole = array.clone();
                *whole.elem = self.structure(&array.elem)?;
                Some(syn::Type::Array(whole))
            }
            syn::Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last()?;
                let name = plain(&last.ident);
                if let Some(itself) = self.itself.as_ref().filter(|_| path.path.is_ident("Self")) {
                    return Some(syn::Type::Path(syn::TypePath {
                        attrs: vec![],
                        qself: None,
                        path: itself.clone(),
                    }));
                }
                if let Some(alias) = path.path.get_ident().and_then(|_| self.context.types.get(&name)) {
                    return self.structure(alias);
                }
                let is_named = name.starts_with(char::is_uppercase)
                    && (last.arguments.is_none() || self.is_generic_struct(last));
                let is_other = OTHERS.contains(&name.as_str()) || self.names_parameter(&path.path);
                (is_named && !is_other).then(|| bare(ty).clone())
            }
            _ => None,
        }
    }

    /// Whether a type is known to be an enum.
    pub(super) fn is_enum(&self, ty: &syn::Type) -> bool {
        let syn::Type::Path(path) = ty else { return false };
        path.path.get_ident().is_some_and(|name| self.context.has_enum(&plain(name)))
    }

    /// Whether a type with parameters is a struct of the user's, and none of another crate by its name.
    fn is_generic_struct(&self, segment: &syn::PathSegment) -> bool {
        const OF_OTHERS: [&str; 22] = [
            "Array",
            "Cell",
            "Complex",
            "Cow",
            "DMatrix",
            "DVector",
            "Dual",
            "HyperDual",
            "Isometry",
            "Matrix",
            "Mutex",
            "OMatrix",
            "OVector",
            "PhantomData",
            "Quaternion",
            "RefCell",
            "Rotation",
            "RowVector",
            "SMatrix",
            "SVector",
            "Unit",
            "Vector",
        ];
        let name = plain(&segment.ident);
        let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return false };
        if arguments.args.iter().any(|argument| matches!(argument, syn::GenericArgument::Lifetime(_))) {
            return false;
        }
        let base = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
        self.context.structs.contains_key(&name)
            || !(STANDARD.contains(&name.as_str()) || OF_OTHERS.contains(&base))
    }

    /// The scalar type, as the arguments of a generic struct say it.
    pub(super) fn read_arguments(&mut self, structure: &syn::Type) {
        match bare(structure) {
            syn::Type::Tuple(tuple) => tuple.elems.iter().for_each(|element| self.read_arguments(element)),
            syn::Type::Array(array) => self.read_arguments(&array.elem),
            syn::Type::Path(path) => {
                let Some(last) = path.path.segments.last() else { return };
                if last.ident == "f64" || last.ident == "f32" || self.names_parameter(&path.path) {
                    // What two types in one function are, is said there.
                    self.named(path, false);
                }
                let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return };
                for argument in &arguments.args {
                    if let syn::GenericArgument::Type(ty) = argument {
                        self.read_arguments(ty);
                    }
                }
            }
            _ => {}
        }
    }

    /// A struct as the list that it is outside of Rust.
    pub(super) fn flat_type(&mut self, structure: &syn::Type) -> Type {
        self.read_arguments(structure);
        let runtime = self.runtime.clone();
        let size = self.symbol(quote!(<#structure as #runtime::Structure>::SIZE));
        Type::array(Type::Real, Length::Symbol(size))
    }
}
