//! Diagnostics as rustc shows them: each at its token, all of a function at once, and no other
//! error beside them, though the siblings are used.

#[test]
fn diagnostics() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
