//! Test functions for optimisers in two variables, from Jamil and Yang, "A literature survey of benchmark
//! functions for global optimization problems" (2013), and the Goldstein–Price function as rescaled by
//! Picheny, Wagner and Ginsbourger (2013).

use std::f64::consts::{E, PI};

use gradgen::{Differentiable, gradgen};

use crate::check;
use crate::oracle::oracle;

/// A function of the plane, the same over any number, and where they are compared.
macro_rules! landscapes {
    ($(
        $(#[$attribute:meta])*
        fn $name:ident($x:pat) $body:block
        $same:ident: |$dual:ident: $number:ident| $formula:expr;
        at $points:expr;
    )*) => {$(
        $(#[$attribute])*
        #[gradgen(gradient, hessian, hvp, bundle(f, grad(x)))]
        pub fn $name(x: &[f64; 2]) -> f64 {
            let $x = *x;
            $body
        }

        #[test]
        fn $same() {
            for x in $points {
                let oracle = oracle!([], |$dual: $number| vec![$formula]);
                check(<$name as Differentiable>::INFO, &[&x], $name(&x), &oracle);
            }
        }
    )*};
}

const POINTS: [[f64; 2]; 4] = [[0.73, -1.31], [2.17, 1.43], [-0.61, 3.29], [-2.7, -0.4]];

/// Points farther out, for the functions of wide domains.
const WIDE: [[f64; 2]; 3] = [[113.0, -71.3], [-312.7, 402.1], [12.3, 45.6]];

landscapes! {
    fn beale([x, y]) {
        let residual = |(i, c): (usize, &f64)| c - x + x * y.powi(i as i32 + 1);
        [1.5, 2.25, 2.625].iter().enumerate().map(residual).map(|r| r * r).sum()
    }
    beale_is_the_same: |x: D| {
        let part = |constant: f64, power: i32| {
            let residual = x[0] * (x[1].powi(power) - 1.0) + constant;
            residual * residual
        };
        part(1.5, 1) + part(2.25, 2) + part(2.625, 3)
    };
    at POINTS;

    fn booth([x, y]) {
        (x + 2.0 * y - 7.0).powi(2) + (2.0 * x + y - 5.0).powi(2)
    }
    booth_is_the_same: |x: D| {
        x[0] * x[0] * 5.0 + x[1] * x[1] * 5.0 + x[0] * x[1] * 8.0 - x[0] * 34.0 - x[1] * 38.0 + 74.0
    };
    at POINTS;

    fn bukin_6([x, y]) {
        100.0 * (y - 0.01 * x * x).abs().sqrt() + 0.01 * (x + 10.0).abs()
    }
    bukin_6_is_the_same: |x: D| {
        (x[1] - x[0] * x[0] / 100.0).magnitude().sqrt() * 100.0 + (x[0] + 10.0).magnitude() / 100.0
    };
    at POINTS.into_iter().chain([[-13.0, 2.1]]);

    fn cross_in_tray([x, y]) {
        let radius = x.hypot(y);
        let bump = (100.0 - radius / PI).abs().exp();
        -0.0001 * ((x.sin() * y.sin() * bump).abs() + 1.0).powf(0.1)
    }
    cross_in_tray_is_the_same: |x: D| {
        let far = (x[0] * x[0] + x[1] * x[1]).sqrt() / PI - 100.0;
        let bump = x[0].sin() * x[1].sin() * far.magnitude().exp();
        ((bump.magnitude() + 1.0).ln() / 10.0).exp() * -1e-4
    };
    at POINTS;

    fn easom([x, y]) {
        let [dx, dy] = [x - PI, y - PI];
        -x.cos() * y.cos() * (-dx * dx - dy * dy).exp()
    }
    easom_is_the_same: |x: D| {
        let hill = |x: D| x.cos() * (-(x - PI).powi(2)).exp();
        -hill(x[0]) * hill(x[1])
    };
    at [[3.3, 2.9], [2.1, 4.3], [0.7, 1.1]];

    fn eggholder([x, y]) {
        let y = y + 47.0;
        -y * (x / 2.0 + y).abs().sqrt().sin() - x * (x - y).abs().sqrt().sin()
    }
    eggholder_is_the_same: |x: D| {
        let wave = |z: D| z.magnitude().sqrt().sin();
        -(x[1] + 47.0) * wave(x[1] + x[0] * 0.5 + 47.0) - x[0] * wave(x[0] - x[1] - 47.0)
    };
    at WIDE;

    fn goldstein_price([x, y]) {
        let s = x + y + 1.0;
        let d = 2.0 * x - 3.0 * y;
        let a = 19.0 - 14.0 * x + 3.0 * x.powi(2) - 14.0 * y + 6.0 * x * y + 3.0 * y.powi(2);
        let b = 18.0 - 32.0 * x + 12.0 * x.powi(2) + 48.0 * y - 36.0 * x * y + 27.0 * y.powi(2);
        (1.0 + s * s * a) * (30.0 + d * d * b)
    }
    goldstein_price_is_the_same: |x: D| goldstein_price_of(x[0], x[1]);
    at POINTS;

    fn himmelblau([x, y]) {
        (x * x + y - 11.0).powi(2) + (x + y * y - 7.0).powi(2)
    }
    himmelblau_is_the_same: |x: D| {
        let (a, b) = (x[0].powi(2) + x[1] - 11.0, x[1].powi(2) + x[0] - 7.0);
        a * a + b * b
    };
    at POINTS;

    fn hoelder_table([x, y]) {
        let height = (1.0 - x.hypot(y) / PI).abs().exp();
        -(x.sin() * y.cos() * height).abs()
    }
    hoelder_table_is_the_same: |x: D| {
        let far = (x[0] * x[0] + x[1] * x[1]).sqrt() / PI - 1.0;
        -(x[0].sin() * x[1].cos()).magnitude() * far.magnitude().exp()
    };
    at POINTS.into_iter().chain([[7.9, 9.3]]);

    fn levy_13([x, y]) {
        let sin2 = |t: f64| t.sin().powi(2);
        sin2(3.0 * PI * x)
            + (x - 1.0).powi(2) * (1.0 + sin2(3.0 * PI * y))
            + (y - 1.0).powi(2) * (1.0 + sin2(2.0 * PI * y))
    }
    levy_13_is_the_same: |x: D| {
        // sin² t = (1 - cos 2t) / 2.
        let square = |t: D| -(t * 2.0).cos() / 2.0 + 0.5;
        let ((a, b), (c, d)) = ((x[0], x[1]), (x[0] - 1.0, x[1] - 1.0));
        square(a * (3.0 * PI)) + c * c * (square(b * (3.0 * PI)) + 1.0) + d * d * (square(b * (2.0 * PI)) + 1.0)
    };
    at POINTS;

    fn matyas([x, y]) {
        0.26 * (x * x + y * y) - 0.48 * x * y
    }
    matyas_is_the_same: |x: D| (x[0] - x[1]).powi(2) * 0.24 + (x[0] * x[0] + x[1] * x[1]) * 0.02;
    at POINTS;

    fn mccormick([x, y]) {
        (x + y).sin() + (x - y).powi(2) - 1.5 * x + 2.5 * y + 1.0
    }
    mccormick_is_the_same: |x: D| {
        let (sum, difference) = (x[0] + x[1], x[0] - x[1]);
        sum.sin() + difference * difference - x[0] * 1.5 + x[1] * 2.5 + 1.0
    };
    at POINTS;

    fn picheny(x) {
        let [x, y] = x.map(|t| 4.0 * t - 2.0);
        let s = x + y + 1.0;
        let d = 2.0 * x - 3.0 * y;
        let a = 19.0 - 14.0 * x + 3.0 * x.powi(2) - 14.0 * y + 6.0 * x * y + 3.0 * y.powi(2);
        let b = 18.0 - 32.0 * x + 12.0 * x.powi(2) + 48.0 * y - 36.0 * x * y + 27.0 * y.powi(2);
        (((1.0 + s * s * a) * (30.0 + d * d * b)).log10() - 8.693) / 2.427
    }
    picheny_is_the_same: |x: D| {
        let unscaled = goldstein_price_of(x[0] * 4.0 - 2.0, x[1] * 4.0 - 2.0);
        (unscaled.ln() / std::f64::consts::LN_10 - 8.693) / 2.427
    };
    at [[0.31, 0.74], [0.9, 0.12], [0.55, 0.45]];

    fn schaffer_2([x, y]) {
        let (xx, yy) = (x * x, y * y);
        let [above, below] = [(xx - yy).sin().powi(2) - 0.5, 1.0 + 0.001 * (xx + yy)];
        0.5 + above / below.powi(2)
    }
    schaffer_2_is_the_same: |x: D| {
        let below = (x[0] * x[0] + x[1] * x[1]) * 0.001 + 1.0;
        // sin² t - 1/2 = -cos(2t) / 2.
        -((x[0] * x[0] - x[1] * x[1]) * 2.0).cos() / (below * below * 2.0) + 0.5
    };
    at POINTS;

    fn schaffer_4([x, y]) {
        let (xx, yy) = (x * x, y * y);
        let [above, below] = [(xx - yy).abs().sin().cos().powi(2) - 0.5, 1.0 + 0.001 * (xx + yy)];
        0.5 + above / below.powi(2)
    }
    schaffer_4_is_the_same: |x: D| {
        let below = (x[0] * x[0] + x[1] * x[1]) * 0.001 + 1.0;
        let wave = (x[0] * x[0] - x[1] * x[1]).magnitude().sin();
        (wave * 2.0).cos() / (below * below * 2.0) + 0.5
    };
    at POINTS;

    fn three_hump_camel([x, y]) {
        2.0 * x.powi(2) - 1.05 * x.powi(4) + x.powi(6) / 6.0 + x * y + y.powi(2)
    }
    three_hump_camel_is_the_same: |x: D| {
        let s = x[0] * x[0];
        s * (s * (s / 6.0 - 1.05) + 2.0) + x[1] * (x[0] + x[1])
    };
    at POINTS;

    /// Ackley's function of the plane, written out.
    fn ackley_of_two([x, y]) {
        let root = (0.5 * (x * x + y * y)).sqrt();
        let waves = 0.5 * ((2.0 * PI * x).cos() + (2.0 * PI * y).cos());
        -20.0 * (-0.2 * root).exp() - waves.exp() + E + 20.0
    }
    ackley_of_two_is_the_same: |x: D| {
        let root = ((x[0] * x[0] + x[1] * x[1]) / 2.0).sqrt();
        let waves = ((x[0] * (2.0 * PI)).cos() + (x[1] * (2.0 * PI)).cos()) / 2.0;
        (root / -5.0).exp() * -20.0 - waves.exp() + (E + 20.0)
    };
    at POINTS;
}

/// The Goldstein–Price function, its second factors by Horner's rule.
fn goldstein_price_of<D: gradgen_benchmarks::dual::Number>(x: D, y: D) -> D {
    let (s, d) = (x + y + 1.0, x * 2.0 - y * 3.0);
    let a = x * (x * 3.0 + y * 6.0 - 14.0) + y * (y * 3.0 - 14.0) + 19.0;
    let b = x * (x * 12.0 - y * 36.0 - 32.0) + y * (y * 27.0 + 48.0) + 18.0;
    (s * s * a + 1.0) * (d * d * b + 30.0)
}
