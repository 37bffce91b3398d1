//! Half squared distances to sets: the gradient is `x - P(x)`, with projections that are written here, and a product with the
//! Hessian is the difference of such gradients; in all regions, and on what is between them.

use gradgen::gradgen;

type Point = [f64; 4];

macro_rules! distances {
    ($($name:ident, |$x:ident| $value:expr, $projection:expr;)+) => {
        $(mod $name {
            use super::gradgen;

            #[gradgen(gradient, hvp, hessian, bundle(f, grad(x)))]
            pub(super) fn f($x: &[f64; 4]) -> f64 {
                $value
            }

            pub(super) const SET: super::Set = super::Set {
                name: stringify!($name),
                value: f,
                gradient: f_grad,
                bundle: f_f_grad,
                hvp: f_hvp,
                hessian: f_hessian,
                projection: $projection,
            };
        })+

        const SETS: &[Set] = &[$($name::SET),+];
    };
}

struct Set {
    name: &'static str,
    value: fn(&Point) -> f64,
    gradient: fn(&Point) -> Point,
    bundle: fn(&Point) -> (f64, Point),
    hvp: fn(&Point, &Point) -> Point,
    hessian: fn(&Point) -> [Point; 4],
    projection: fn(&Point) -> Point,
}

distances! {
    ball, |x| gradgen::math::half_squared_distance_to_ball(x, 1.5), |x| super::onto_ball(x, 1.5);
    point, |x| gradgen::math::half_squared_distance_to_ball(x, 0.0), |_| [0.0; 4];
    infinity_ball, |x| gradgen::math::half_squared_distance_to_infinity_ball(x, 0.75), |x| x.map(|v| v.clamp(-0.75, 0.75));
    bounded, |x| gradgen::math::half_squared_distance_to_box(
        x,
        &[-0.5, f64::NEG_INFINITY, 0.25, f64::NEG_INFINITY],
        &[0.5, 0.25, f64::INFINITY, f64::INFINITY],
    ), |x| [x[0].clamp(-0.5, 0.5), x[1].min(0.25), x[2].max(0.25), x[3]];
    halfspace, |x| gradgen::math::half_squared_distance_to_halfspace(x, &[1.0, -2.0, 0.0, 2.0], 0.75),
        |x| super::onto_halfspace(x, &[1.0, -2.0, 0.0, 2.0], 0.75);
    cone, |x| gradgen::math::half_squared_distance_to_second_order_cone(&x[..3], x[3]), super::onto_cone;
    simplex, |x| gradgen::math::half_squared_distance_to_simplex(x), super::onto_simplex;
    own, |x| super::half_squared_distance_to_own(x), super::onto_own;
    read, |x| super::half_squared_distance_by_projection(x), super::onto_read;
}

fn length(x: &[f64]) -> f64 {
    x.iter().map(|v| v * v).sum::<f64>().sqrt()
}

fn onto_ball(x: &Point, radius: f64) -> Point {
    let factor = (radius / length(x)).min(1.0);
    x.map(|v| v * factor)
}

fn onto_halfspace(x: &Point, normal: &Point, offset: f64) -> Point {
    let along: f64 = x.iter().zip(normal).map(|(x, n)| x * n).sum();
    let beyond = (along - offset).max(0.0) / normal.iter().map(|n| n * n).sum::<f64>();
    std::array::from_fn(|i| x[i] - beyond * normal[i])
}

fn onto_cone(x: &Point) -> Point {
    let (norm, t) = (length(&x[..3]), x[3]);
    if norm <= t {
        *x
    } else if norm <= -t {
        [0.0; 4]
    } else {
        let half = (norm + t) / 2.0;
        [half / norm * x[0], half / norm * x[1], half / norm * x[2], half]
    }
}

/// By bisection for what is taken from each element.
fn onto_simplex(x: &Point) -> Point {
    let (mut below, mut above) = (x.iter().fold(f64::INFINITY, |a, b| a.min(*b)) - 1.0, 0.0);
    above += x.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    for _ in 0..200 {
        let middle = f64::midpoint(below, above);
        let sum: f64 = x.iter().map(|v| (v - middle).max(0.0)).sum();
        if sum > 1.0 { below = middle } else { above = middle }
    }
    x.map(|v| (v - below).max(0.0))
}

/// A set that the user projects onto: absolute values that add up to 1 at most.
fn onto_own(x: &Point) -> Point {
    if x.iter().map(|v| v.abs()).sum::<f64>() <= 1.0 {
        return *x;
    }
    let nearest = onto_simplex(&x.map(f64::abs));
    std::array::from_fn(|i| nearest[i].copysign(x[i]))
}

#[gradgen(custom(gradient = away_from_own, hvp = curvature_of_own))]
fn half_squared_distance_to_own(x: &[f64; 4]) -> f64 {
    0.5 * away_from_own(x).iter().map(|v| v * v).sum::<f64>()
}

fn away_from_own(x: &Point) -> Point {
    let nearest = onto_own(x);
    std::array::from_fn(|i| x[i] - nearest[i])
}

/// A direction less what the projection makes of it: in the face that the nearest point is on.
fn curvature_of_own(x: &Point, v: &Point) -> Point {
    if x.iter().map(|v| v.abs()).sum::<f64>() <= 1.0 {
        return [0.0; 4];
    }
    let nearest = onto_own(x);
    let kept = (0..4).filter(|&i| nearest[i] != 0.0);
    let along: f64 = kept.clone().map(|i| v[i] * x[i].signum()).sum();
    let shift = along / kept.count() as f64;
    std::array::from_fn(|i| if nearest[i] == 0.0 { v[i] } else { shift * x[i].signum() })
}

/// A projection that is read: onto a shell, which is not convex.
#[gradgen]
fn onto_read(x: &[f64; 4]) -> [f64; 4] {
    let length = (x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3]).sqrt();
    [x[0] / length, x[1] / length, x[2] / length, x[3] / length]
}

#[gradgen]
fn half_squared_distance_by_projection(x: &[f64; 4]) -> f64 {
    let nearest: [f64; 4] = onto_read(x);
    let mut sum = 0.0;
    for i in 0..4 {
        sum += (x[i] - nearest[i]) * (x[i] - nearest[i]);
    }
    0.5 * sum
}

fn close(a: f64, b: f64, tolerance: f64) -> bool {
    (a - b).abs() <= tolerance * (1.0 + b.abs())
}

/// In the middle of regions.
const POINTS: [Point; 8] = [
    [0.1, 0.2, 0.3, 0.2],
    [2.0, -1.1, 0.5, 0.3],
    [-1.3, 0.7, -2.0, -0.4],
    [0.3, 0.2, -0.1, 3.0],
    [0.3, -0.4, 0.2, -5.0],
    [3.0, 2.9, 2.8, -4.1],
    [10.0, -20.0, 30.0, -40.0],
    [-0.9, -0.8, -0.7, -0.65],
];

#[test]
fn the_gradient_is_what_the_projection_takes_away() {
    for set in SETS {
        for x in POINTS {
            let nearest = (set.projection)(&x);
            let away: Point = std::array::from_fn(|i| x[i] - nearest[i]);
            let (value, gradient) = (set.bundle)(&x);
            assert!(close(value, 0.5 * length(&away).powi(2), 1e-14), "{} at {x:?}: {value}", set.name);
            assert_eq!((value, gradient), ((set.value)(&x), (set.gradient)(&x)));
            for (got, expected) in gradient.into_iter().zip(away) {
                assert!(close(got, expected, 1e-14), "{} at {x:?}: {gradient:?}, not {away:?}", set.name);
            }
        }
    }
}

#[test]
fn the_second_derivative_is_that_of_the_projection() {
    for set in SETS {
        for x in POINTS {
            let hessian = (set.hessian)(&x);
            for place in 0..4 {
                let moved = |step: f64| {
                    let mut moved = x;
                    moved[place] += step;
                    (set.projection)(&moved)
                };
                let (h, mut direction) = (1e-5, [0.0; 4]);
                direction[place] = 1.0;
                let (after, before) = (moved(h), moved(-h));
                let product = (set.hvp)(&x, &direction);
                for i in 0..4 {
                    let expected = direction[i] - (after[i] - before[i]) / (2.0 * h);
                    assert!((product[i] - expected).abs() < 1e-8, "{} at {x:?}: {product:?}", set.name);
                    assert!((hessian[i][place] - product[i]).abs() < 1e-13, "{} at {x:?}", set.name);
                }
            }
        }
    }
}

// Where regions meet the gradient is the same from both sides, and second derivatives are those of one of them.
#[test]
fn boundaries_belong_to_one_of_their_sides() {
    for (name, x, gradient) in [
        ("ball", [0.9, 0.0, -1.2, 0.0], [0.0; 4]),
        ("ball", [0.0; 4], [0.0; 4]),
        ("point", [0.0; 4], [0.0; 4]),
        ("infinity_ball", [0.75, -0.75, 0.0, 1.0], [0.0, 0.0, 0.0, 0.25]),
        ("bounded", [0.5, 0.25, 0.25, 1e300], [0.0; 4]),
        ("halfspace", [0.75, 0.0, 9.0, 0.0], [0.0; 4]),
        ("cone", [0.0; 4], [0.0; 4]),
        ("cone", [2.0, -3.0, 6.0, 7.0], [0.0; 4]),
        ("cone", [2.0, -3.0, 6.0, -7.0], [2.0, -3.0, 6.0, -7.0]),
        ("cone", [0.0, 0.0, 0.0, -7.0], [0.0, 0.0, 0.0, -7.0]),
        ("cone", [0.0, 3.0, 4.0, 0.0], [0.0, 1.5, 2.0, -2.5]),
        ("simplex", [0.25; 4], [0.0; 4]),
        ("simplex", [1.0, 0.0, 0.0, 0.0], [0.0; 4]),
        ("simplex", [2.0, 2.0, 0.0, 0.0], [1.5, 1.5, 0.0, 0.0]),
        ("simplex", [0.0; 4], [-0.25; 4]),
        ("simplex", [1e20, 0.0, 0.0, 0.0], [1e20, 0.0, 0.0, 0.0]),
    ] {
        let set = SETS.iter().find(|set| set.name == name).expect("a set");
        let got = (set.gradient)(&x);
        for (got, expected) in got.into_iter().zip(gradient) {
            assert!(close(got, expected, 1e-15), "{name} at {x:?}: {got:?}, not {gradient:?}");
        }
        let numbers = (set.hessian)(&x);
        assert!(
            numbers.as_flattened().iter().all(|number| (-1.0..=1.0 + 1e-12).contains(number)),
            "{name} at {x:?}: {numbers:?}"
        );
    }
}

#[test]
fn sets_far_away_and_small() {
    for scale in [1e-150, 1e-20, 1e20, 1e150] {
        let x = [2.0, -3.0, 6.0, -1.0].map(|v| v * scale);
        let factor = 0.5 + 1.0 / 14.0;
        let expected = [2.0 * factor, -3.0 * factor, 6.0 * factor, -4.0].map(|v| v * scale);
        for (got, expected) in cone::f_grad(&x).into_iter().zip(expected) {
            assert!((got - expected).abs() <= 1e-15 * expected.abs(), "cone at {x:?}: {got}, not {expected}");
        }
    }
}

#[gradgen(gradient, hessian)]
fn of_one(x: &[f64; 1]) -> f64 {
    gradgen::math::half_squared_distance_to_simplex(x)
}

#[test]
fn a_simplex_that_is_a_point() {
    for x in [-3.0, 0.0, 1.0, 7.0, 1e20] {
        assert_eq!(gradgen::math::projection_to_simplex(&[x]), [1.0]);
        assert_eq!((of_one_grad(&[x]), of_one_hessian(&[x])), ([x - 1.0], [[1.0]]));
    }
}

#[gradgen(gradient(x))]
fn to_halfspace(x: &[f64; 2], normal: &[f64; 2], offset: f64) -> f64 {
    gradgen::math::half_squared_distance_to_halfspace(x, normal, offset)
}

// Without a direction it is all of space, or nothing.
#[test]
fn a_halfspace_without_a_normal() {
    assert_eq!(
        (to_halfspace(&[1.0, 2.0], &[0.0; 2], 0.5), to_halfspace_grad_x(&[1.0, 2.0], &[0.0; 2], 0.5)),
        (0.0, [0.0; 2])
    );
    assert_eq!(to_halfspace(&[1.0, 2.0], &[0.0; 2], -0.5), f64::INFINITY);
    assert!(to_halfspace_grad_x(&[1.0, 2.0], &[0.0; 2], -0.5).iter().all(|slope| slope.is_nan()));
    // A short normal, whose square is 0.
    let slope = to_halfspace_grad_x(&[1.0, 2.0], &[3e-200, 4e-200], 1e-200);
    assert!(close(slope[0], 1.2, 1e-15) && close(slope[1], 1.6, 1e-15));
}
