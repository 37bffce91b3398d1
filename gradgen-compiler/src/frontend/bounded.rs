//! The traits that bounds of a type parameter may name, and what they promise.
//!
//! What `x.exp()` means where `x` is of a type parameter, its bounds say. A trait that is not known here could
//! mean anything by it, and so could a method of no bound, which is then one of another trait in scope. So every
//! bound is one of this table, and a method is understood where a bound has it. That a trait of the name is
//! `num_traits`' one, rustc is made to check: see [`Known::witness`].

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::quote;
use syn::Path;

use crate::ir::Elementary;

/// A trait that is understood, as it was named.
#[derive(Clone)]
pub struct Known {
    row: &'static Row,
    path: Path,
}

/// A trait.
struct Row {
    name: &'static str,
    /// The traits that it requires, where they promise something.
    above: &'static [&'static str],
    /// What it has itself.
    items: &'static [&'static str],
    /// Whether it has the elementary functions.
    elementary: bool,
    /// What no other trait of the name is likely to have, of which type.
    witness: Option<fn(&Path, &TokenStream) -> TokenStream>,
}

const CONVERSIONS: [&str; 15] = [
    "from_f64",
    "from_f32",
    "from_usize",
    "from_isize",
    "from_i32",
    "from_i64",
    "from_i16",
    "from_i8",
    "from_u8",
    "from_u16",
    "from_u32",
    "from_u64",
    "from_i128",
    "from_u128",
    "from_bool",
];

macro_rules! traits {
    ($($name:literal $([$($above:literal)+])? $({$($item:literal)+})? $($elementary:ident)? $(|$path:ident, $ty:ident| $witness:expr)?;)+) => {
        static TRAITS: &[Row] = &[$(Row {
            name: $name,
            above: &[$($($above),+)?],
            items: &[$($($item),+)?],
            elementary: traits!(@flag $($elementary)?),
            witness: traits!(@witness $(|$path, $ty| $witness)?),
        }),+];
    };
    (@flag elementary) => { true };
    (@flag) => { false };
    (@witness) => { None };
    (@witness |$path:ident, $ty:ident| $witness:expr) => { Some(|$path, $ty| $witness) };
}

traits! {
    "Float" ["Num" "NumCast" "Neg"] {
        "sin_cos" "clamp" "is_nan" "is_finite" "is_infinite" "is_sign_positive" "is_sign_negative" "epsilon"
        "infinity" "neg_infinity" "nan" "neg_zero" "min_value" "max_value" "min_positive_value"
    } elementary |path, ty| quote!(let _: fn(#ty) -> (u64, i16, i8) = <#ty as #path>::integer_decode;);
    "Real" ["Num" "NumCast" "Neg"] {
        "sin_cos" "is_sign_positive" "is_sign_negative" "epsilon" "min_value" "max_value" "min_positive_value"
    } elementary |path, ty| quote!(let _: fn() -> #ty = <#ty as #path>::min_positive_value;);
    "FloatCore" ["Num" "NumCast" "Neg"] {
        "floor" "ceil" "round" "trunc" "fract" "abs" "signum" "recip" "powi" "to_degrees" "to_radians" "max" "min"
        "clamp" "is_nan" "is_finite" "is_infinite" "is_sign_positive" "is_sign_negative" "epsilon" "infinity"
        "neg_infinity" "nan" "neg_zero" "min_value" "max_value" "min_positive_value"
    } |path, ty| quote!(let _: fn(#ty) -> (u64, i16, i8) = <#ty as #path>::integer_decode;);
    "FloatConst" {
        "E" "FRAC_1_PI" "FRAC_1_SQRT_2" "FRAC_2_PI" "FRAC_2_SQRT_PI" "FRAC_PI_2" "FRAC_PI_3" "FRAC_PI_4"
        "FRAC_PI_6" "FRAC_PI_8" "LN_10" "LN_2" "LOG10_E" "LOG2_E" "PI" "SQRT_2" "TAU" "LOG10_2" "LOG2_10"
    } |path, ty| quote!(let _: fn() -> #ty = <#ty as #path>::FRAC_2_SQRT_PI;);
    "FromPrimitive" |path, ty|
        quote!(let _: fn(i128) -> ::core::option::Option<#ty> = <#ty as #path>::from_i128;);
    "ToPrimitive" { "to_usize" "to_i32" }
        |path, ty| quote!(let _: fn(&#ty) -> ::core::option::Option<i128> = <#ty as #path>::to_i128;);
    "NumCast" ["ToPrimitive"] { "from" }
        |path, ty| quote!(let _: fn(u128) -> ::core::option::Option<#ty> = <#ty as #path>::from;);
    "Num" ["Zero" "One" "NumOps"] |path, ty| quote!(let _ = <#ty as #path>::from_str_radix;);
    "NumRef" ["Num"];
    "RefNum" ["NumOps"];
    "NumAssign" ["Num"];
    "NumAssignRef" ["Num"];
    "NumAssignOps";
    "NumOps" ["Add" "Sub" "Mul" "Div" "Rem"];
    "Zero" ["Add"] { "zero" "is_zero" } |path, ty| quote!(let _: fn(&#ty) -> bool = <#ty as #path>::is_zero;);
    "One" ["Mul"] { "one" "is_one" } |path, ty| quote!(let _: fn() -> #ty = <#ty as #path>::one;);
    "ConstZero" ["Zero"] { "ZERO" } |path, ty| quote!(let _: #ty = <#ty as #path>::ZERO;);
    "ConstOne" ["One"] { "ONE" } |path, ty| quote!(let _: #ty = <#ty as #path>::ONE;);
    "Signed" ["Num" "Neg"] { "abs" "signum" "is_positive" "is_negative" }
        |path, ty| quote!(let _: fn(&#ty, &#ty) -> #ty = <#ty as #path>::abs_sub;);
    "Bounded" { "min_value" "max_value" } |path, ty| quote!(let _: fn() -> #ty = <#ty as #path>::max_value;);
    "Inv" { "inv" } |path, ty| quote!(let _: fn(#ty) -> #ty = <#ty as #path>::inv;);
    "MulAdd" { "mul_add" } |path, ty| quote!(let _: fn(#ty, #ty, #ty) -> #ty = <#ty as #path>::mul_add;);
    "MulAddAssign";
    // Of the standard library; nobody has others of these names in scope.
    "Add" { "add" };
    "Sub" { "sub" };
    "Mul" { "mul" };
    "Div" { "div" };
    "Rem" { "rem" };
    "Neg" { "neg" };
    "AddAssign";
    "SubAssign";
    "MulAssign";
    "DivAssign";
    "RemAssign";
    "Default" { "default" };
    "From" { "from" };
    "Sum";
    "Product";
    "Copy";
    "Clone";
    "PartialEq";
    "PartialOrd";
    "Debug";
    "Display";
    "LowerExp";
    "UpperExp";
    "Send";
    "Sync";
    "Unpin";
    "UnwindSafe";
    "RefUnwindSafe";
    "Sized";
    "Any";
    "FromStr";
    // This crate's own, where a function says it anyway.
    "Scalar" |path, ty| quote!(let _: u8 = <#ty as #path>::DTYPE as u8;);
}

fn row(name: &str) -> Option<&'static Row> {
    TRAITS.iter().find(|row| row.name == name)
}

impl Row {
    fn promises(&self, item: &str) -> bool {
        self.items.contains(&item)
            || (self.elementary && Elementary::named(item).is_some())
            || (self.name == "FromPrimitive" && CONVERSIONS.contains(&item))
            || self.above.iter().filter_map(|above| row(above)).any(|above| above.promises(item))
    }
}

impl Known {
    /// The trait that a path names, if it is one that is understood.
    #[must_use]
    pub fn named(path: &Path) -> Option<Self> {
        let last = path.segments.last()?;
        let row = row(&last.ident.to_string())?;
        Some(Self { row, path: path.clone() })
    }

    /// The trait's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.row.name
    }

    /// Its path, as written.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it, or a trait that it requires, has a method or constant.
    #[must_use]
    pub fn promises(&self, item: &str) -> bool {
        self.row.promises(item)
    }

    /// A statement that compiles if the trait is the one that is meant: it names something of it that a
    /// trait of the same name is unlikely to have.
    #[must_use]
    pub fn witness(&self, ty: &TokenStream) -> TokenStream {
        let Some(witness) = self.row.witness else { return TokenStream::new() };
        let named = self.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
        let at = |token: TokenTree| {
            let mut token = token;
            token.set_span(named.resolved_at(token.span()));
            token
        };
        witness(&self.path, ty).into_iter().map(at).collect()
    }
}

/// A trait that has a method or constant: for messages.
#[must_use]
pub(super) fn owner(item: &str) -> Option<&'static str> {
    TRAITS.iter().find(|row| row.promises(item)).map(|row| row.name)
}

/// All names, for messages.
#[must_use]
pub(super) fn names() -> String {
    let of_num =
        TRAITS.iter().filter(|row| row.witness.is_some() && row.name != "Scalar").map(|row| row.name);
    of_num.collect::<Vec<_>>().join(", ")
}
