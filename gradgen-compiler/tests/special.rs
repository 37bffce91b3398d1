//! The values of special functions against numbers of 20 digits, by mpmath 1.3 at 40 digits.

use gradgen_compiler::ir::Elementary;

/// Name, argument, order where there is one, value.
#[rustfmt::skip]
#[allow(clippy::excessive_precision, clippy::unreadable_literal, clippy::approx_constant, reason = "as mpmath prints them")]
const VALUES: &[(&str, f64, i32, f64)] = &[
    ("erf", -3.0, 0, -0.99997790950300141456),
    ("erf", -0.5, 0, -0.52049987781304653768),
    ("erf", 1e-10, 0, 1.128379167095512615e-10),
    ("erf", 0.3, 0, 0.32862675945912741619),
    ("erf", 1.0, 0, 0.84270079294971486934),
    ("erf", 2.5, 0, 0.99959304798255504106),
    ("erfc", -3.0, 0, 1.9999779095030014146),
    ("erfc", 0.3, 0, 0.67137324054087258381),
    ("erfc", 2.5, 0, 0.00040695201744495893956),
    ("erfc", 10.0, 0, 2.088487583762544757e-45),
    ("erfc", 26.0, 0, 5.6631924088561428465e-296),
    ("gamma", 0.1, 0, 9.5135076986687312858),
    ("gamma", 0.5, 0, 1.7724538509055160273),
    ("gamma", 3.5, 0, 3.3233509704478425512),
    ("gamma", 20.25, 0, 256040133328476465.59),
    ("gamma", 170.5, 0, 5.5620924145599996107e+305),
    ("gamma", -2.5, 0, -0.94530872048294188123),
    ("ln_gamma", 0.1, 0, 2.252712651734205902),
    ("ln_gamma", 0.5, 0, 0.57236494292470008707),
    ("ln_gamma", 3.5, 0, 1.2009736023470742248),
    ("ln_gamma", 20.25, 0, 40.084110597917348984),
    ("ln_gamma", 100000.0, 0, 1051287.7089736568949),
    ("ln_gamma", -2.5, 0, -0.056243716497674050673),
    ("digamma", 1e-05, 0, -100000.57719921567289),
    ("digamma", 0.1, 0, -10.423754940411076232),
    ("digamma", 0.5, 0, -1.9635100260214234794),
    ("digamma", 2.0, 0, 0.42278433509846713939),
    ("digamma", 3.5, 0, 1.1031566406452431872),
    ("digamma", 20.25, 0, 2.9832602639753078147),
    ("digamma", 100000.0, 0, 11.512920464961895087),
    ("digamma", -2.75, 0, -1.9590552649779970098),
    ("digamma", -100.3, 0, 6.895643124860435035),
    ("logistic", -700.0, 0, 9.8596765437597708567e-305),
    ("logistic", -20.0, 0, 2.0611536181902035814e-9),
    ("logistic", -0.5, 0, 0.37754066879814543536),
    ("logistic", 0.3, 0, 0.57444251681165898444),
    ("logistic", 20.0, 0, 0.99999999793884638181),
    ("softplus", -700.0, 0, 9.8596765437597708567e-305),
    ("softplus", -20.0, 0, 2.0611536203143807032e-9),
    ("softplus", -0.5, 0, 0.47407698418010668087),
    ("softplus", 0.3, 0, 0.85435524446852711244),
    ("softplus", 20.0, 0, 20.00000000206115362),
    ("softplus", 100.0, 0, 100.0),
    ("normal_quantile", 1e-300, 0, -37.047096299361199237),
    ("normal_quantile", 1e-10, 0, -6.3613409024040561991),
    ("normal_quantile", 0.01, 0, -2.3263478740408410931),
    ("normal_quantile", 0.3, 0, -0.52440051270804081597),
    ("normal_quantile", 0.4999, 0, -0.00025066283008800749239),
    ("normal_quantile", 0.5000001, 0, 2.5066282733116483012e-7),
    ("normal_quantile", 0.7, 0, 0.52440051270804065631),
    ("normal_quantile", 0.975, 0, 1.9599639845400538556),
    ("normal_quantile", 0.999999999, 0, 5.9978070196016374264),
    ("polygamma", 0.1, 1, 101.4332991507927477),
    ("polygamma", 2.0, 1, 0.64493406684822643647),
    ("polygamma", -2.75, 1, 19.433868949488464162),
    ("polygamma", 0.5, 2, -16.828796644234319996),
    ("polygamma", 30.0, 3, 0.000077860036647361290602),
    ("polygamma", 100000.0, 1, 0.000010000050000166666667),
    ("polygamma", -0.3, 4, 9731.8349562335204389),
    ("polygamma", 1e-05, 2, -2000000000000001.9132),
    ("bessel_j", 0.5, 0, 0.93846980724081290423),
    ("bessel_j", 10.0, 0, -0.2459357644513483352),
    ("bessel_j", 0.5, 1, 0.24226845767487388638),
    ("bessel_j", 50.0, 1, -0.097511828125175137661),
    ("bessel_j", 3.0, 2, 0.48609126058589107691),
    ("bessel_j", -2.5, 0, -0.048383776468197996327),
    ("spherical_bessel", 1e-05, 0, 0.99999999998333333333),
    ("spherical_bessel", 0.5, 0, 0.95885107720840600055),
    ("spherical_bessel", 10.0, 0, -0.05440211108893698134),
    ("spherical_bessel", 1e-05, 1, 3.3333333333000002727e-6),
    ("spherical_bessel", 0.9, 1, 0.27639251627640170646),
    ("spherical_bessel", 3.0, 1, 0.34567749976235595488),
    ("spherical_bessel", 2.5, 2, 0.26006672948890523236),
    ("spherical_bessel", 3.1, 2, 0.30267895400817187676),
    ("spherical_bessel", -7.0, 2, -0.13426627079380086169),
    ("spherical_bessel", 0.1, 3, 9.5185197208655686299e-6),
];

fn value(name: &str, x: f64, n: i32) -> f64 {
    let row = Elementary::in_library(name).expect("a row has this name").row();
    (row.f64)(&[x, f64::from(n)])
}

#[test]
fn values_have_fourteen_digits() {
    for &(name, x, n, expected) in VALUES {
        let got = value(name, x, n);
        let tolerance = match name {
            // Near zeros of the function the distance to them counts, not the digits.
            "digamma" | "ln_gamma" | "bessel_j" | "spherical_bessel" => 2e-14 * expected.abs().max(1e-2),
            _ => 2e-14 * expected.abs(),
        };
        assert!((got - expected).abs() <= tolerance, "{name}({x}, {n}): got {got}, expected {expected}");
    }
}

#[test]
fn edges_are_limits() {
    let inf = f64::INFINITY;
    for (name, x, expected) in [
        ("erf", inf, 1.0),
        ("erf", -inf, -1.0),
        ("erfc", inf, 0.0),
        ("gamma", inf, inf),
        ("ln_gamma", inf, inf),
        ("digamma", inf, inf),
        ("logistic", inf, 1.0),
        ("logistic", -inf, 0.0),
        ("softplus", inf, inf),
        ("softplus", -inf, 0.0),
        ("normal_quantile", 0.0, -inf),
        ("normal_quantile", 1.0, inf),
        ("bessel_j", inf, 0.0),
        ("spherical_bessel", 0.0, 1.0),
        ("spherical_bessel", inf, 0.0),
    ] {
        assert_eq!(value(name, x, 0), expected, "{name}({x})");
    }
    for function in Elementary::all().filter(|function| !function.is_method()) {
        assert!((function.row().f64)(&[f64::NAN, 1.0, 1.0]).is_nan(), "{} of NaN", function.row().name);
    }
    // Where a pole has one sign on both sides, and where the sign of 0 says which side it is.
    for (x, n, expected) in [(0.0, 0, -inf), (-0.0, 0, inf), (-0.0, 1, inf), (0.0, 2, -inf), (-3.0, 1, inf)] {
        assert_eq!(value("polygamma", x, n), expected, "polygamma({x}, {n})");
    }
    assert!(value("digamma", -3.0, 0).is_nan() && value("normal_quantile", 1.5, 0).is_nan());
}
