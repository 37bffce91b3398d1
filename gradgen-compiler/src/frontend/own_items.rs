//! Constants and imports of blocks. Generated code has them at its own start, where their names could mean something
//! else: there they get another name, and so they do in the block.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Block, Item, Stmt, UseTree};

use super::body::Lowering;
use super::names::plain;

/// So many things may be called alike.
const NAMES: usize = 100;

/// A name that an item gives to something, and what it imports, if it does.
type Given = (Ident, Option<String>);

fn given(statement: &Stmt) -> Vec<Given> {
    match statement {
        Stmt::Item(Item::Const(item)) => vec![(item.ident.clone(), None)],
        Stmt::Item(Item::Static(item)) => vec![(item.ident.clone(), None)],
        Stmt::Item(Item::Use(item)) => {
            let mut names = vec![];
            imported(&item.tree, "", &mut names);
            names
        }
        _ => vec![],
    }
}

fn imported(tree: &UseTree, before: &str, names: &mut Vec<Given>) {
    let path = |ident: &Ident| Some(format!("{before}{ident}"));
    match tree {
        UseTree::Path(part) => imported(&part.tree, &format!("{before}{} :: ", part.ident), names),
        UseTree::Name(leaf) => names.push((leaf.ident.clone(), path(&leaf.ident))),
        UseTree::Rename(leaf) => names.push((leaf.rename.clone(), path(&leaf.ident))),
        UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, before, names)),
        UseTree::Glob(_) => {}
    }
}

/// Whether an import takes in all that there is.
pub(super) fn imports_all(tree: &UseTree) -> bool {
    match tree {
        UseTree::Path(path) => imports_all(&path.tree),
        UseTree::Group(group) => group.items.iter().any(imports_all),
        UseTree::Glob(_) => true,
        UseTree::Name(_) | UseTree::Rename(_) => false,
    }
}

/// Whether a name is in the manner of functions.
fn name_of_function(name: &Ident) -> bool {
    plain(name).chars().any(char::is_lowercase)
}

/// An import under another name.
fn import_as(tree: &UseTree, name: &str, new: &Ident) -> UseTree {
    match tree {
        UseTree::Path(path) => {
            UseTree::Path(syn::UsePath { tree: Box::new(import_as(&path.tree, name, new)), ..path.clone() })
        }
        UseTree::Name(leaf) if plain(&leaf.ident) == name => UseTree::Rename(syn::UseRename {
            ident: leaf.ident.clone(),
            as_token: syn::Token![as](leaf.ident.span()),
            rename: new.clone(),
        }),
        UseTree::Rename(leaf) if plain(&leaf.rename) == name => {
            UseTree::Rename(syn::UseRename { rename: new.clone(), ..leaf.clone() })
        }
        UseTree::Group(group) => {
            let items = group.items.iter().map(|tree| import_as(tree, name, new)).collect();
            UseTree::Group(syn::UseGroup { items, ..group.clone() })
        }
        other => other.clone(),
    }
}

/// A text with another name in the place of one, but for fields, methods, and what stands behind a path.
fn with_name(tokens: TokenStream, name: &str, new: &Ident) -> TokenStream {
    let mut before = [' '; 2];
    tokens
        .into_iter()
        .map(|token| {
            let behind = before == [':', ':'] || before[1] == '.' && before[0] != '.';
            before = [before[1], ' '];
            match token {
                TokenTree::Group(group) => {
                    let mut renamed =
                        proc_macro2::Group::new(group.delimiter(), with_name(group.stream(), name, new));
                    renamed.set_span(group.span());
                    renamed.into()
                }
                TokenTree::Ident(word) if !behind && plain(&word) == name => {
                    Ident::new(&new.to_string(), word.span()).into()
                }
                TokenTree::Punct(punct) => {
                    before[1] = punct.as_char();
                    punct.into()
                }
                token => token,
            }
        })
        .collect()
}

impl Lowering<'_> {
    /// A block in which the names of its constants and imports mean nothing else in the generated code. Nothing, if
    /// they do not anyway.
    pub(super) fn with_own_items(&mut self, block: &Block) -> Option<Block> {
        let mut own: Option<Block> = None;
        for (ident, import) in block.stmts.iter().flat_map(given) {
            let text = own.as_ref().unwrap_or(block);
            if ident == "_" || self.is_unique(&ident, import.as_deref(), text) {
                continue;
            }
            // A function is known by its name in what is called; it keeps it where it can.
            let is_function = import.is_some() && name_of_function(&ident);
            if is_function && (self.is_outermost() || self.is_imported(import.as_deref())) {
                continue;
            }
            let renamed = if is_function {
                None
            } else {
                (1..=NAMES).find_map(|number| self.renamed_block(text, &ident, number))
            };
            match renamed {
                Some(renamed) => own = Some(renamed),
                None => {
                    let message =
                        format!("`{ident}` is another thing outside of this block: give it another name");
                    self.fail(&ident, message);
                }
            }
        }
        own
    }

    /// Whether this is the outermost block of the function's own text, whose items generated code has where it has
    /// them.
    fn is_outermost(&self) -> bool {
        self.run_now.is_empty() && self.scopes.depth() <= 1
    }

    /// Whether generated code has an import already.
    fn is_imported(&self, import: Option<&str>) -> bool {
        let same = |item: &Item| {
            given(&Stmt::Item(item.clone())).iter().any(|(_, known)| known.as_deref() == import)
        };
        import.is_some() && self.items.iter().any(same)
    }

    /// Whether nothing else in the generated code is called so. That of a function that is run in place is not only
    /// this text.
    fn is_unique(&self, ident: &Ident, import: Option<&str>, block: &Block) -> bool {
        let name = plain(ident);
        if !self.run_now.is_empty() {
            return !self.mentions.contains_key(&name)
                && !self.knows(ident)
                && !self.constants.contains_key(&name);
        }
        let known_import = self.context.imports.get(&name).map(|path| path.to_token_stream().to_string());
        let is_same = import.is_some() && import == known_import.as_deref();
        self.stays_itself(ident, block) && (is_same || !self.knows(ident))
    }

    /// A block with a number behind a name, if nothing else is called so.
    fn renamed_block(&self, block: &Block, ident: &Ident, number: usize) -> Option<Block> {
        let name = plain(ident);
        let new = Ident::new(&format!("{name}_{number}"), ident.span());
        let mut inside = std::collections::BTreeMap::new();
        super::constants::mentions(block.to_token_stream(), &mut inside);
        let text = new.to_string();
        if inside.contains_key(&text) || self.mentions.contains_key(&text) || self.knows(&new) {
            return None;
        }
        let mut renamed = block.clone();
        for statement in &mut renamed.stmts {
            *statement = match &*statement {
                Stmt::Item(Item::Use(item)) => {
                    let tree = import_as(&item.tree, &name, &new);
                    Stmt::Item(Item::Use(syn::ItemUse { tree, ..item.clone() }))
                }
                other => {
                    let tokens = with_name(other.to_token_stream(), &name, &new);
                    let block: Block = syn::parse2(quote!({ #tokens })).ok()?;
                    let [statement] = &block.stmts[..] else { return None };
                    statement.clone()
                }
            };
        }
        let is_other = |item: &Item| {
            let statement = Stmt::Item(item.clone());
            let same = renamed
                .stmts
                .iter()
                .any(|own| own.to_token_stream().to_string() == statement.to_token_stream().to_string());
            given(&statement).iter().any(|(given, _)| plain(given) == text) && !same
        };
        // Where it was run before, it has the name that it got there.
        (!self.items.iter().any(is_other)).then_some(renamed)
    }

    /// Whether something around the function has a name.
    fn knows(&self, name: &Ident) -> bool {
        let name = plain(name);
        self.context.constants.contains_key(&name)
            || self.context.imports.contains_key(&name)
            || self.context.functions.contains_key(&name)
    }
}
