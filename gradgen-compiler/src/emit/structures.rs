//! Functions of structs: each is one of the fields that are read, with the structs taken apart before it and put
//! together behind it.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::sibling::structure;
use super::{Emitter, Sizes};
use crate::differentiate::Kind;
use crate::frontend::{ELEMENT, HandedOn, Passing, Question};
use crate::ir::Type;
use crate::model::{Compiled, Leaf, Leaves, Port, Role};

/// A function of structs with the one of their fields.
struct Pair<'a> {
    whole: &'a Emitter<'a>,
    fields: &'a Emitter<'a>,
    leaves: &'a Leaves,
}

impl Emitter<'_> {
    /// The functions of fields, and the forms of a function of structs and of its siblings.
    pub(super) fn forms_of_structures(&self, leaves: &Leaves) -> (TokenStream, TokenStream) {
        let sizes = Sizes::new(&leaves.function);
        let fields = Emitter::new(&leaves.function, &sizes, self.target);
        let pair = Pair { whole: self, fields: &fields, leaves };
        let hidden = fields.primal();
        let siblings = leaves.function.siblings.iter().map(|sibling| fields.sibling(sibling));
        let hidden = without_documentation(quote!(#hidden #(#siblings)*));
        let primal = pair.forms(&self.function.primal, &leaves.function.primal, false);
        let siblings = self.function.siblings.iter().zip(&leaves.function.siblings);
        let siblings = siblings.map(|(own, of_fields)| pair.forms(own, of_fields, true));
        let witnesses = fields.witnesses();
        (quote!(#hidden #witnesses), quote!(#primal #(#siblings)*))
    }
}

impl Pair<'_> {
    /// The forms of one function, which call those of the fields.
    fn forms(&self, own: &Compiled, of_fields: &Compiled, may_have_value: bool) -> TokenStream {
        let outputs = self.fields.outputs(of_fields);
        let code = self.fields.code(of_fields, &outputs);
        let value = (may_have_value && self.fields.has_value_form(of_fields, &code))
            .then(|| self.value_form(own, of_fields, code.fallible));
        let into = self.form_into(own, of_fields);
        let workspace = self.workspace(own, of_fields);
        quote!(#value #into #workspace)
    }

    fn value_form(&self, own: &Compiled, of_fields: &Compiled, fallible: bool) -> TokenStream {
        let (name, turbofish) = (self.fields.ident(&of_fields.name), self.fields.turbofish());
        let arguments = self.arguments(own, of_fields);
        let results: Vec<Ident> =
            (0..of_fields.outputs.len()).map(|place| format_ident!("__field_{place}")).collect();
        let pattern = structure(of_fields, true, &results);
        let question = fallible.then(|| quote!(?));
        let items = self.items();
        let mut statements = quote!(#items let #pattern = #name #turbofish(#(#arguments),*)#question;);
        let mut values = vec![];
        for (place, port) in own.outputs.iter().enumerate() {
            let fields = self.fields_of_output(own, of_fields, place);
            let Some(ty) = &port.structure else {
                let (_, field) = fields[0];
                let result = &results[field];
                values.push(quote!(#result));
                continue;
            };
            let whole = format_ident!("__whole_{place}");
            let start = self.start(own, place, ty);
            let assigned = fields.iter().map(|(leaf, field)| {
                let result = &results[*field];
                assigned(&quote!(#whole), &leaf.path, &quote!(#result))
            });
            let handed_on = self.handed_on(own, place, &quote!(#whole));
            statements.extend(quote!(let mut #whole = #start; #handed_on #(#assigned)*));
            values.push(quote!(#whole));
        }
        let result = structure(own, self.whole.function.signature.returns_tuple, &values);
        let result = if fallible { quote!(::core::result::Result::Ok(#result)) } else { result };
        self.whole.value_form_of(own, &statements, &result, fallible)
    }

    fn form_into(&self, own: &Compiled, of_fields: &Compiled) -> TokenStream {
        let name = self.fields.ident(&format!("{}_into", of_fields.name));
        let turbofish = self.fields.turbofish();
        let arguments = self.arguments(own, of_fields);
        let work = self.whole.workspace_argument(own);
        let items = self.items();
        self.whole.form_into(own, None, |outputs| {
            let mut places = vec![TokenStream::new(); of_fields.outputs.len()];
            let (mut before, mut after) = (TokenStream::new(), TokenStream::new());
            for (place, (port, ident)) in own.outputs.iter().zip(outputs).enumerate() {
                let fields = self.fields_of_output(own, of_fields, place);
                let Some(ty) = &port.structure else {
                    places[fields[0].1] = quote!(#ident);
                    continue;
                };
                let (whole, start) = (format_ident!("__whole_{place}"), self.start(own, place, ty));
                let handed_on = self.handed_on(own, place, &quote!(#whole));
                before.extend(quote!(let mut #whole = #start; #handed_on));
                for (leaf, field) in fields {
                    if !leaf.path.iter().any(|step| step == ELEMENT) {
                        let path = path(&leaf.path);
                        places[field] = quote!(&mut #whole #path);
                        continue;
                    }
                    let (column, ty) = (
                        format_ident!("__field_{field}"),
                        self.fields.types.ty(&of_fields.outputs[field].ty),
                    );
                    let runtime = &self.whole.runtime;
                    before.extend(quote!(let mut #column = <#ty as #runtime::Structure>::ZERO;));
                    places[field] = quote!(&mut #column);
                    after.extend(assigned(&quote!(#whole), &leaf.path, &quote!(#column)));
                }
                after.extend(quote!(*#ident = #whole;));
            }
            quote!(#items #before #name #turbofish(#(#arguments,)* #(#places,)* #work)?; #after)
        })
    }

    fn workspace(&self, own: &Compiled, of_fields: &Compiled) -> TokenStream {
        let sizes = self.fields.workspace_sizes(of_fields);
        self.whole.workspace(own, &sizes)
    }

    /// What a struct is before its fields are computed: zero, or what is there already of an argument that is written
    /// to and of which only some fields are known. Then its tangent is that before, its cotangent that behind.
    fn start(&self, own: &Compiled, place: usize, ty: &syn::Type) -> TokenStream {
        let product = &own.products[place];
        let mut wholes = self.leaves.handed_on.iter().filter(|handed_on| handed_on.to.is_empty());
        let input = |role: Role, input: usize| {
            own.inputs.iter().find(|port| port.role == role && port.input == Some(input))
        };
        let mut cotangents = own.inputs.iter().filter(|port| port.role == Role::Cotangent);
        let before = wholes.find_map(|handed_on| match product.kind {
            Kind::Primal if product.output == Some(handed_on.output) => input(Role::Input, handed_on.input),
            Kind::Jvp if product.output == Some(handed_on.output) => input(Role::Tangent, handed_on.input),
            Kind::Vjp if product.inputs.first() == Some(&handed_on.input) => cotangents.nth(handed_on.output),
            _ => None,
        });
        match before.map(|port| self.whole.input_ident(port)) {
            Some(ident) => quote!(::core::clone::Clone::clone(#ident)),
            None => self.zero(ty),
        }
    }

    fn zero(&self, ty: &syn::Type) -> TokenStream {
        let runtime = &self.whole.runtime;
        quote!(<#ty as #runtime::Structure>::ZERO)
    }

    /// The arguments of the function of fields, from those of the function of structs.
    fn arguments(&self, own: &Compiled, of_fields: &Compiled) -> Vec<TokenStream> {
        let mut cotangents = self.leaves.outputs.iter();
        of_fields
            .inputs
            .iter()
            .map(|port| {
                let leaf = match port.input {
                    Some(place) => &self.leaves.inputs[place],
                    None => match cotangents.next() {
                        Some(leaf) => leaf,
                        None => unreachable!("a cotangent is that of an output"),
                    },
                };
                self.argument(own, port, leaf)
            })
            .collect()
    }

    fn argument(&self, own: &Compiled, port: &Port, leaf: &Leaf) -> TokenStream {
        let same = |other: &&Port| match port.role {
            Role::Cotangent => other.role == Role::Cotangent,
            role => other.role == role && other.input == Some(leaf.place),
        };
        let mut candidates = own.inputs.iter().filter(same);
        let found = match port.role {
            // There is one for each output.
            Role::Cotangent => candidates.nth(leaf.place),
            _ => candidates.next(),
        };
        let Some(found) = found else { unreachable!("the function of structs has the argument of a field") };
        let ident = self.whole.input_ident(found);
        if let Some(question) = &leaf.question {
            let answer = self.answer(question, leaf, &ident);
            return if matches!(port.ty, Type::Array(..)) { quote!(&#answer) } else { answer };
        }
        if leaf.path.is_empty() {
            return quote!(#ident);
        }
        let field = read(&quote!(#ident), &leaf.path, &Clone::clone);
        let by_reference = match (port.role, port.input) {
            (Role::Input, Some(place)) => {
                self.leaves.function.signature.inputs[place].passing != Passing::Value
            }
            _ => matches!(port.ty, Type::Array(..)),
        };
        if by_reference { quote!(&#field) } else { field }
    }

    /// The parameters that an output has from the inputs. In a derivative they are zero.
    fn handed_on(&self, own: &Compiled, place: usize, whole: &TokenStream) -> TokenStream {
        let product = &own.products[place];
        let of = |handed_on: &&HandedOn| {
            !handed_on.to.is_empty()
                && product.kind == Kind::Primal
                && product.output == Some(handed_on.output)
        };
        let all = self.leaves.handed_on.iter().filter(of).map(|handed_on| {
            let input = &self.whole.function.signature.inputs[handed_on.input].ident;
            let (to, from) = (path(&handed_on.to), path(&handed_on.from));
            quote!(#whole #to = ::core::clone::Clone::clone(&#input #from);)
        });
        all.collect()
    }

    /// The answer to what is asked of a parameter or a field of one.
    fn answer(&self, question: &Question, leaf: &Leaf, ident: &Ident) -> TokenStream {
        let is_reference = self.whole.function.signature.inputs[leaf.place].passing != Passing::Value;
        let place = if leaf.path.is_empty() && is_reference { quote!(*#ident) } else { quote!(#ident) };
        read(&place, &leaf.path, &|place| question.of(place))
    }

    /// The imports of the user's body, where the user's own words stand before the call.
    fn items(&self) -> TokenStream {
        let asks = self.leaves.inputs.iter().any(|leaf| leaf.question.is_some());
        if asks { self.fields.items() } else { TokenStream::new() }
    }

    /// The fields of an output, by the positions of the other function's outputs.
    fn fields_of_output(&self, own: &Compiled, of_fields: &Compiled, place: usize) -> Vec<(&Leaf, usize)> {
        let wanted = &own.products[place];
        let part = part_of(own, place);
        let mut found = vec![];
        for (field, product) in of_fields.products.iter().enumerate() {
            if part_of(of_fields, field) != part || product.kind != wanted.kind {
                continue;
            }
            let output = product.output.map(|output| &self.leaves.outputs[output]);
            let inputs: Vec<_> = product.inputs.iter().map(|&input| &self.leaves.inputs[input]).collect();
            let same_output = output.map(|leaf| leaf.place) == wanted.output;
            let same_inputs = inputs.iter().map(|leaf| leaf.place).eq(wanted.inputs.iter().copied());
            let is_derivative = !matches!(wanted.kind, Kind::Primal | Kind::Jvp);
            if same_output && (same_inputs || !is_derivative) {
                let leaf = if is_derivative { inputs.first().copied() } else { output };
                found.extend(leaf.map(|leaf| (leaf, field)));
            }
        }
        found
    }
}

/// The part of a bundle that a product belongs to.
fn part_of(compiled: &Compiled, place: usize) -> usize {
    // Products stand in the order of the parts; a part's kind may stand only once with its inputs.
    let product = &compiled.products[place];
    let fits = |part: &crate::differentiate::Part| {
        part.kind == product.kind
            && (part.wrt.is_empty()
                || product.inputs.is_empty()
                || product.inputs.iter().all(|input| part.wrt.contains(input)))
    };
    compiled.parts.iter().position(fits).unwrap_or(0)
}

/// What is made of a field; an array of it, where there is an array of structs on the way.
fn read(whole: &TokenStream, steps: &[String], make: &dyn Fn(&TokenStream) -> TokenStream) -> TokenStream {
    let Some((before, behind)) = split(steps) else {
        let path = path(steps);
        return make(&quote!(#whole #path));
    };
    let element = if behind.is_empty() { quote!(*__element) } else { quote!(__element) };
    let (path, element) = (path(before), read(&element, behind, make));
    quote!(#whole #path.each_ref().map(|__element| #element))
}

/// The assignment to a field, or to those of the structs of an array.
fn assigned(whole: &TokenStream, steps: &[String], value: &TokenStream) -> TokenStream {
    let Some((before, behind)) = split(steps) else {
        let path = path(steps);
        return quote!(#whole #path = #value;);
    };
    let (path, element) = (path(before), assigned(&quote!(__element), behind, &quote!(__value)));
    quote! {
        for (__element, __value) in ::core::iter::Iterator::zip(#whole #path.iter_mut(), #value) {
            #element
        }
    }
}

/// What is before the first array of structs, and behind it.
fn split(steps: &[String]) -> Option<(&[String], &[String])> {
    let place = steps.iter().position(|step| step == ELEMENT)?;
    Some((&steps[..place], &steps[place + 1..]))
}

/// `.link.length`.
fn path(steps: &[String]) -> TokenStream {
    steps
        .iter()
        .map(|name| match name.parse::<u32>() {
            Ok(index) => {
                let index = syn::Index::from(index as usize);
                quote!(.#index)
            }
            Err(_) => {
                let ident = syn::parse_str::<Ident>(name)
                    .unwrap_or_else(|_| Ident::new_raw(name, proc_macro2::Span::call_site()));
                quote!(.#ident)
            }
        })
        .collect()
}

/// The functions of fields are nobody's but those of the structs.
fn without_documentation(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = vec![];
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        if let TokenTree::Punct(hash) = &token
            && hash.as_char() == '#'
            && let Some(TokenTree::Group(group)) = rest.peek()
            && group.stream().into_iter().next().is_some_and(|word| word.to_string() == "doc")
        {
            rest.next();
            continue;
        }
        kept.push(token);
    }
    kept.into_iter().collect()
}
