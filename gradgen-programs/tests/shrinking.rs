//! Failing programs become small.

use gradgen_programs::{
    derivatives::{point, values},
    generate::{self, Features},
    print, seeds, shrink,
};

#[test]
fn a_program_shrinks_to_what_makes_it_fail() {
    let mut shrunk = 0;
    for seed in 0..60 {
        let program = seeds::make(seed, 1500, |bytes| generate::program(bytes, Features::none())).unwrap();
        let fails = |candidate: &gradgen_programs::Program| {
            let text = print::program(candidate, |_| String::new());
            let point = point(candidate, seed).unwrap();
            text.contains("tanh") && values(candidate, &point).is_ok()
        };
        if fails(&program) {
            let small = print::program(&shrink::shrink(&program, fails), |_| String::new());
            assert!(small.contains("tanh"));
            assert!(small.lines().count() <= 12, "{small}");
            shrunk += 1;
        }
    }
    assert!(shrunk > 10);
}
