//! The runtime has every elementary function of the table for code that is generic over floats.

use gradgen_compiler::ir::Elementary;

/// By the text of its source: Rust has no list of a module's functions.
#[test]
fn every_row_is_there_for_generic_code() {
    let source = include_str!("../../gradgen-runtime/src/scalar/functions.rs");
    for function in Elementary::all() {
        let name = function.row().name;
        let in_table = source.contains(&format!("\n    {name}("));
        let alone = source.contains(&format!("pub fn {name}<T: Scalar>("));
        assert!(in_table || alone, "`{name}` is missing in gradgen-runtime/src/scalar/functions.rs");
    }
}
