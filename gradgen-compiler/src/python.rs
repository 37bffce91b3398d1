//! The derive `PythonModule`: from a list of functions to the module of a Python extension.
//!
//! The derive sees names and nothing else. What it emits hands the functions' tables
//! (`Differentiable::INFO`) to `gradgen_py::build_listed`, in the order of the list:
//!
//! ```
//! # use quote::quote;
//! let tokens = gradgen_compiler::python::module(quote! {
//!     #[python(name = "arm", functions(kinematics::forward, kinematics::inertia))]
//!     struct Arm;
//! });
//! assert!(tokens.to_string().contains("< kinematics :: forward as :: gradgen_py :: Differentiable >"));
//! ```
//!
//! All mistakes are reported at once, each on its token. Whether a function has a table is for
//! rustc to say: it knows what the path means.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, LitStr, Path, Token, parenthesized};

use crate::diagnostics::Diagnostics;

/// The expansion of `#[derive(PythonModule)] #[python(name = "…", functions(…))] struct …;`.
///
/// On a mistake the expansion is the errors, as `compile_error!` on the tokens at fault.
#[must_use]
pub fn module(input: TokenStream) -> TokenStream {
    match parse(input) {
        Ok(module) => emit(&module),
        Err(errors) => errors.finish(),
    }
}

/// A module, every part of which is known to be right.
struct Module {
    /// The struct that carries the attribute.
    carrier: Ident,
    docs: Vec<Attribute>,
    name: String,
    functions: Vec<Path>,
    /// Modules with `#[gradgen::module]`, whose functions follow.
    modules: Vec<Path>,
    /// The path of `gradgen_py`.
    krate: Path,
}

/// The words of `#[python(…)]`, as far as they were given.
#[derive(Default)]
struct Words {
    name: Option<LitStr>,
    functions: Option<Vec<Path>>,
    modules: Option<Vec<Path>>,
    krate: Option<Path>,
}

fn parse(input: TokenStream) -> Result<Module, Diagnostics> {
    let mut errors = Diagnostics::default();
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => {
            errors.parse_error(&error);
            return Err(errors);
        }
    };
    check_carrier(&input, &mut errors);

    let (mut words, mut readable) = (Words::default(), true);
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("python")) {
        let parsed =
            attribute.parse_args_with(|stream: ParseStream<'_>| parse_words(stream, &mut words, &mut errors));
        if let Err(error) = parsed {
            errors.parse_error(&error);
            readable = false;
        }
    }
    let name = match &words.name {
        Some(literal) => {
            check_name(&literal.value(), literal, &mut errors);
            literal.value()
        }
        None => {
            let name = snake_case(&input.ident.unraw().to_string());
            check_name(&name, &input.ident, &mut errors);
            name
        }
    };
    let modules = words.modules.unwrap_or_default();
    let functions = words.functions.unwrap_or_else(|| {
        if readable && modules.is_empty() {
            errors.error(
                &input.ident,
                "the module has no functions: list them, `#[python(functions(energy, magic))]`",
            );
        }
        Vec::new()
    });
    check_functions(&functions, &mut errors);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Module {
        docs: input.attrs.into_iter().filter(|attribute| attribute.path().is_ident("doc")).collect(),
        carrier: input.ident,
        name,
        functions,
        modules,
        krate: words.krate.unwrap_or_else(|| syn::parse_quote!(::gradgen_py)),
    })
}

/// The struct stands for the module: it holds nothing and is one type.
fn check_carrier(input: &DeriveInput, errors: &mut Diagnostics) {
    match &input.data {
        Data::Struct(data) if data.fields.is_empty() => {}
        Data::Struct(data) => {
            errors.error(&data.fields, "the struct stands for a Python module and has no fields");
        }
        Data::Enum(data) => errors.error(data.enum_token, "a Python module is a `struct` without fields"),
        Data::Union(data) => errors.error(data.union_token, "a Python module is a `struct` without fields"),
    }
    if !input.generics.params.is_empty() {
        errors.error(&input.generics, "the struct stands for a Python module and has no parameters");
    }
}

fn parse_words(input: ParseStream<'_>, words: &mut Words, errors: &mut Diagnostics) -> syn::Result<()> {
    while !input.is_empty() {
        let word = input.call(Ident::parse_any)?;
        let repeated = match word.to_string().as_str() {
            "name" => {
                input.parse::<Token![=]>()?;
                words.name.replace(input.parse()?).is_some()
            }
            "functions" => {
                let list;
                parenthesized!(list in input);
                if list.is_empty() {
                    errors.error(&word, "the list of functions is empty: `functions(energy, magic)`");
                }
                let paths = Punctuated::<Path, Token![,]>::parse_terminated(&list)?;
                words.functions.replace(paths.into_iter().collect()).is_some()
            }
            "modules" => {
                let list;
                parenthesized!(list in input);
                let paths = list.parse_terminated(Path::parse_mod_style, Token![,])?;
                if paths.is_empty() {
                    errors.error(&word, "the list of modules is empty: `modules(kernels)`");
                }
                words.modules.replace(paths.into_iter().collect()).is_some()
            }
            "crate" => {
                input.parse::<Token![=]>()?;
                words.krate.replace(input.call(Path::parse_mod_style)?).is_some()
            }
            other => {
                errors.error(
                    &word,
                    format!(
                        "`{other}` means nothing here: the words are \
                         `name = \"…\"`, `functions(…)`, `modules(…)` and `crate = path`"
                    ),
                );
                skip_to_comma(input)?;
                false
            }
        };
        if repeated {
            errors.error(&word, format!("`{word}` is given twice"));
        }
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

fn check_name(name: &str, at: impl ToTokens, errors: &mut Diagnostics) {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    if !starts || !letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
        errors.error(at, format!("`{name}` is not a name that Python can import: letters, digits and `_`"));
    } else if PYTHON_KEYWORDS.contains(&name) {
        errors.error(at, format!("`{name}` is a keyword of Python"));
    } else if syn::parse_str::<Ident>(name).is_err() {
        errors.error(at, format!("`{name}` is a keyword of Rust"));
    }
}

/// Every function needs a name of its own in Python: that of the last segment. The names of
/// siblings are known only to the tables; `gradgen_py::build` checks those.
fn check_functions(functions: &[Path], errors: &mut Diagnostics) {
    let mut names: Vec<String> = Vec::with_capacity(functions.len());
    for path in functions {
        let Some(segment) = path.segments.last() else { continue };
        let name = segment.ident.unraw().to_string();
        if HELPERS.contains(&name.as_str()) {
            errors.error(
                &segment.ident,
                format!("`{name}` is a function that every module has: this one needs another name"),
            );
        }
        if names.contains(&name) {
            errors.error(&segment.ident, format!("two functions would be called `{name}` in Python"));
        }
        names.push(name);
    }
}

/// What `gradgen_py::build` puts into every module.
const HELPERS: [&str; 4] = ["all_functions", "function_info", "workspace_for_function", "call"];

const PYTHON_KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// `RobotArm` and `robot_arm` give `robot_arm`, `HTTPServer` gives `http_server`.
fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut snake = String::with_capacity(name.len() + 4);
    for (index, &letter) in letters.iter().enumerate() {
        if letter.is_uppercase() && index > 0 {
            let before = letters[index - 1];
            let word_ends = before.is_lowercase() || before.is_ascii_digit();
            let word_starts = letters.get(index + 1).is_some_and(|after| after.is_lowercase());
            if word_ends || (word_starts && before.is_uppercase()) {
                snake.push('_');
            }
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn emit(module: &Module) -> TokenStream {
    let Module { carrier, docs, name, functions, modules, krate } = module;
    let pyo3 = quote!(#krate::pyo3);
    let pyo3_literal = pyo3.to_string().replace(' ', "");
    let own = (!functions.is_empty()).then(|| quote!(&[#(<#functions as #krate::Differentiable>::INFO),*],));
    let function = Ident::new("gradgen_python_module", Span::call_site());
    quote! {
        const _: () = {
            // The struct is a place for the attribute; this is its one use.
            const _: #carrier = #carrier {};

            impl #krate::Functions for #carrier {
                const LISTS: &'static [&'static [&'static #krate::FunctionInfo]] =
                    &[#own #(#modules::GRADGEN),*];
            }

            #(#docs)*
            #[#pyo3::pymodule(name = #name, crate = #pyo3_literal, gil_used = true)]
            fn #function(
                module: &#pyo3::Bound<'_, #pyo3::types::PyModule>,
            ) -> #pyo3::PyResult<()> {
                #krate::build_listed::<#carrier>(module, ::core::env!("CARGO_PKG_VERSION"))
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};
    use proc_macro2::TokenStream;
    use quote::quote;

    use super::{module, snake_case};

    /// The expansion, formatted.
    fn check(input: TokenStream, expected: Expect) {
        let file = syn::parse2(module(input)).expect("the expansion is Rust");
        expected.assert_eq(&prettyplease::unparse(&file));
    }

    /// The errors, one a line.
    fn refused(input: TokenStream, expected: Expect) {
        let Err(errors) = super::parse(input) else { panic!("no error") };
        let lines: Vec<String> = errors.messages().map(|message| format!("{message}\n")).collect();
        expected.assert_eq(&lines.concat());
    }

    #[test]
    fn a_module_is_one_call() {
        check(
            quote! {
                /// Energies.
                #[python(name = "xyz", functions(energy, kernels::magic))]
                struct Xyz;
            },
            expect![[r#"
                const _: () = {
                    const _: Xyz = Xyz {};
                    impl ::gradgen_py::Functions for Xyz {
                        const LISTS: &'static [&'static [&'static ::gradgen_py::FunctionInfo]] = &[
                            &[
                                <energy as ::gradgen_py::Differentiable>::INFO,
                                <kernels::magic as ::gradgen_py::Differentiable>::INFO,
                            ],
                        ];
                    }
                    /// Energies.
                    #[::gradgen_py::pyo3::pymodule(
                        name = "xyz",
                        crate = "::gradgen_py::pyo3",
                        gil_used = true
                    )]
                    fn gradgen_python_module(
                        module: &::gradgen_py::pyo3::Bound<'_, ::gradgen_py::pyo3::types::PyModule>,
                    ) -> ::gradgen_py::pyo3::PyResult<()> {
                        ::gradgen_py::build_listed::<Xyz>(module, ::core::env!("CARGO_PKG_VERSION"))
                    }
                };
            "#]],
        );
    }

    #[test]
    fn everything_but_the_functions_has_a_default() {
        let tokens = module(quote! {
            #[python(functions(scan<4>, any::<f32, 3>), crate = facade::py)]
            struct RobotArm;
        })
        .to_string();
        assert!(tokens.contains("name = \"robot_arm\""), "{tokens}");
        assert!(tokens.contains("crate = \"facade::py::pyo3\""), "{tokens}");
        assert!(tokens.contains("< scan < 4 > as facade :: py :: Differentiable > :: INFO"), "{tokens}");
        assert!(
            tokens.contains("< any :: < f32 , 3 > as facade :: py :: Differentiable > :: INFO"),
            "{tokens}"
        );
    }

    #[test]
    fn modules_list_their_functions() {
        let tokens = module(quote! {
            #[python(functions(energy), modules(kernels, more::kernels))]
            struct Xyz;
        })
        .to_string();
        assert!(tokens.contains(":: INFO] , kernels :: GRADGEN , more :: kernels :: GRADGEN]"), "{tokens}");
        let alone = module(quote!(
            #[python(modules(kernels))]
            struct Xyz;
        ))
        .to_string();
        assert!(alone.contains("& [kernels :: GRADGEN]"), "{alone}");
    }

    #[test]
    fn names_become_snake_case() {
        for (name, expected) in [
            ("Xyz", "xyz"),
            ("RobotArm", "robot_arm"),
            ("HTTPServer", "http_server"),
            ("UR5Arm", "ur5_arm"),
            ("already_snake", "already_snake"),
            ("X", "x"),
        ] {
            assert_eq!(snake_case(name), expected);
        }
    }

    #[test]
    fn all_errors_come_at_once() {
        refused(
            quote! {
                #[python(naem = "xyz", functions(energy, other::energy, call), name = "x-y", name = "x y")]
                struct Xyz<T>(T);
            },
            expect![[r#"
                the struct stands for a Python module and has no fields
                the struct stands for a Python module and has no parameters
                `naem` means nothing here: the words are `name = "…"`, `functions(…)`, `modules(…)` and `crate = path`
                `name` is given twice
                `x y` is not a name that Python can import: letters, digits and `_`
                two functions would be called `energy` in Python
                `call` is a function that every module has: this one needs another name
            "#]],
        );
    }

    #[test]
    fn functions_must_be_listed() {
        refused(
            quote! { struct Xyz; },
            expect![[r#"
                the module has no functions: list them, `#[python(functions(energy, magic))]`
            "#]],
        );
        refused(
            quote! { #[python(name = "x y")] struct Xyz; },
            expect![[r#"
                `x y` is not a name that Python can import: letters, digits and `_`
                the module has no functions: list them, `#[python(functions(energy, magic))]`
            "#]],
        );
        refused(
            quote! { #[python(functions())] struct Xyz; },
            expect![[r#"
                the list of functions is empty: `functions(energy, magic)`
            "#]],
        );
        refused(
            quote! { #[python(functions(energy), functions(magic))] struct Xyz; },
            expect![[r#"
                `functions` is given twice
            "#]],
        );
        refused(
            quote! { #[python(functions(energy + magic), name = "0")] struct Xyz; },
            expect![[r#"
                expected `,`
            "#]],
        );
    }

    #[test]
    fn a_module_is_a_struct_with_a_name_for_python() {
        refused(
            quote! { #[python(functions(energy))] enum Xyz {} },
            expect![[r#"
                a Python module is a `struct` without fields
            "#]],
        );
        refused(
            quote! { #[python(functions(energy))] struct Lambda; },
            expect![[r#"
                `lambda` is a keyword of Python
            "#]],
        );
        refused(
            quote! { #[python(name = "fn", functions(energy))] struct Xyz; },
            expect![[r#"
                `fn` is a keyword of Rust
            "#]],
        );
        refused(
            quote! { #[python(name = "", functions(energy))] struct Xyz; },
            expect![[r#"
                `` is not a name that Python can import: letters, digits and `_`
            "#]],
        );
    }
}
