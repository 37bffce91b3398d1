//! Functions that `macro_rules!` make: whole, or of fragments.

use gradgen::gradgen;

use crate::assert_slope;

macro_rules! whole {
    () => {
        #[gradgen(gradient)]
        fn whole(x: f64) -> f64 {
            let t = x * x;
            let t = t.sin() * t;
            t * x
        }
    };
}

whole!();

macro_rules! of_fragments {
    ($name:ident, $input:ident: $ty:ty, $factor:expr, $body:expr) => {
        #[gradgen(gradient, hessian)]
        fn $name($input: $ty) -> f64 {
            let t = 2.0 * $input;
            let inner = $body;
            t * inner * $factor
        }
    };
}

of_fragments!(fragments, x: f64, 1.0 + 2.0, x.sin() * x);

// The caller's `t` is another variable than the macro's.
macro_rules! two_variables {
    ($name:ident, $x:ident, $t:ident) => {
        #[gradgen(gradient)]
        fn $name($x: f64) -> f64 {
            let $t = $x * $x;
            let u = $t.sin();
            u * $t + $x
        }
    };
}

two_variables!(same_text, x, u_);
two_variables!(other_text, u_, x);

macro_rules! blocks {
    ($name:ident($($x:ident: $ty:ty),*) $body:block) => {
        #[gradgen(gradient)]
        fn $name($($x: $ty),*) -> f64 $body
    };
}

blocks!(of_a_block(a: f64, b: &[f64; 2]) { let c = a * b[0]; c * b[1] + a });

macro_rules! attributes {
    ($name:ident, [$($request:tt)*], $length:literal, $word:ident) => {
        #[gradgen($($request)*, outputs($word))]
        fn $name(x: &[f64; $length]) -> f64 {
            let mut $word = 0.0;
            for i in 0..$length {
                $word += x[i] * x[i];
            }
            $word
        }
    };
}

attributes!(squares, [gradient, bundle(f, grad(x))], 3, sum);

macro_rules! several {
    ($($name:ident => $method:ident),*) => {
        $(
            #[gradgen(gradient)]
            fn $name(x: f64) -> f64 {
                x.$method() * x
            }
        )*
    };
}

several!(sine => sin, cosine => cos, root => cbrt);

macro_rules! precedence {
    ($name:ident, $a:expr, $x:ident) => {
        #[gradgen(gradient)]
        fn $name($x: f64) -> f64 {
            $a * 3.0 - $a
        }
    };
}

precedence!(grouped, x + 1.0, x);

// Without `#[gradgen]`, `$a` holds together; with it, it has to as well.
macro_rules! with_and_without {
    ($(#[$attribute:meta])* $name:ident, $x:ident, $a:expr, $b:expr, $c:expr, $negative:literal) => {
        $(#[$attribute])*
        fn $name($x: f64) -> f64 {
            let mut s = $b - $c * 2.0;
            for i in $negative..2 {
                s += $a * f64::from(i);
            }
            s -= $c.powi(2) / $a + -$negative as f64 + $negative.min(1) as f64;
            $x - $a * s - $b
        }
    };
}

with_and_without!(without, x, x + 1.0, if x > 0.0 { x * x } else { x }, -x, -2i32);
with_and_without!(
    #[gradgen(gradient)]
    with,
    x,
    x + 1.0,
    if x > 0.0 { x * x } else { x },
    -x,
    -2i32
);

#[test]
fn fragments_hold_together() {
    for x in [0.7, -0.3] {
        let mut value = 0.0;
        with_into(x, &mut value, &mut []).unwrap();
        assert_eq!(with(x).to_bits(), without(x).to_bits());
        assert_eq!(value.to_bits(), without(x).to_bits());
        assert_slope(with_grad(x), x, without);
    }
}

#[test]
fn functions_made_by_macros() {
    let x = 0.6;
    assert_slope(whole_grad(x), x, whole);
    assert_slope(fragments_grad(x), x, fragments);
    assert_slope(fragments_hessian(x), x, fragments_grad);
    assert_slope(same_text_grad(x), x, same_text);
    assert_slope(other_text_grad(x), x, other_text);
    assert_slope(of_a_block_grad_a(x, &[2.0, 3.0]), x, |x| of_a_block(x, &[2.0, 3.0]));
    assert_eq!(squares(&[1.0, 2.0, 3.0]).to_bits(), 14.0_f64.to_bits());
    assert_eq!(squares_f_grad(&[1.0, 2.0, 3.0]).1[2].to_bits(), 6.0_f64.to_bits());
    assert_slope(sine_grad(x), x, sine);
    assert_slope(cosine_grad(x), x, cosine);
    assert_slope(root_grad(x), x, root);
    assert_slope(grouped_grad(x), x, grouped);
}
