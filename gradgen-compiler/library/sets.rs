/// Half the squared distance to the ball of a radius around 0.
///
/// * Domain: a radius of 0 or more.
/// * Derivative by x: `x - P(x)`, with `P` the projection, `x radius / norm2(x)`; 0 inside and on the sphere, where the
///   second derivative jumps.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     gradgen::math::half_squared_distance_to_ball(x, 4.0)
/// }
///
/// assert_eq!(f(&[6.0, 8.0]), 18.0);
/// let [a, b] = f_grad(&[6.0, 8.0]);
/// assert!((a - 3.6).abs() < 1e-15 && (b - 4.8).abs() < 1e-15);
/// assert_eq!(f_grad(&[1.0, 2.0]), [0.0, 0.0]);
/// ```
#[gradgen]
pub fn half_squared_distance_to_ball<T: Scalar>(x: &[T], radius: T) -> T {
    let norm = norm2(x);
    let zero: T = scalar::zero();
    if norm > radius {
        let beyond = norm - radius;
        beyond * beyond * scalar::number(0.5)
    } else {
        zero
    }
}

/// Half the squared distance to the points whose elements are between `-radius` and `radius`.
///
/// * Domain: a radius of 0 or more, which may be infinite.
/// * Derivative by x: `x - P(x)`, where the projection moves each element to the nearest bound; 0 inside and on the bounds,
///   where the second derivative jumps.
///
/// ```
/// let y = gradgen::math::half_squared_distance_to_infinity_ball(&[3.0, 0.5, -2.0], 1.0);
/// assert_eq!(y, 2.5);
/// ```
#[gradgen]
pub fn half_squared_distance_to_infinity_ball<T: Scalar>(x: &[T], radius: T) -> T {
    let zero: T = scalar::zero();
    let sum = x.iter().fold(zero, |sum, v| {
        let beyond = scalar::abs(*v) - radius;
        if beyond > zero { sum + beyond * beyond } else { sum }
    });
    sum * scalar::number(0.5)
}

/// Half the squared distance to the box between two points. A bound may be infinite: there is none then.
///
/// * Domain: `lower <= upper`, as long as `x`; the shortest slice ends the sum.
/// * Derivative by x: `x - P(x)`, where the projection moves each element to the nearest bound; 0 inside and on the bounds,
///   where the second derivative jumps.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient(x))]
/// fn f(x: &[f64; 2]) -> f64 {
///     let (lower, upper) = ([0.0, f64::NEG_INFINITY], [f64::INFINITY, 1.0]);
///     gradgen::math::half_squared_distance_to_box(x, &lower, &upper)
/// }
///
/// assert_eq!((f(&[-2.0, 4.0]), f_grad(&[-2.0, 4.0])), (6.5, [-2.0, 3.0]));
/// assert_eq!(f_grad(&[1e300, -1e300]), [0.0, 0.0]);
/// ```
#[gradgen]
pub fn half_squared_distance_to_box<T: Scalar>(x: &[T], lower: &[T], upper: &[T]) -> T {
    let zero: T = scalar::zero();
    let sum = x.iter().zip(lower.iter().zip(upper)).fold(zero, |sum, (v, (low, high))| {
        if *v < *low {
            sum + (*v - *low) * (*v - *low)
        } else if *v > *high {
            sum + (*v - *high) * (*v - *high)
        } else {
            sum
        }
    });
    sum * scalar::number(0.5)
}

/// Half the squared distance to the halfspace of the points with `dot(normal, x) <= offset`.
///
/// * Domain: a normal that is not 0. If it is, all points are inside for an offset of 0 or more, and none is for another
///   one: then the distance is infinite, and its derivative NaN.
/// * Derivative by x: `x - P(x)`, which is the normal times `(dot(normal, x) - offset) / norm2_squared(normal)`; 0 inside
///   and on the plane, where the second derivative jumps.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     gradgen::math::half_squared_distance_to_halfspace(x, &[0.0, 2.0], 6.0)
/// }
///
/// assert_eq!((f(&[1.0, 5.0]), f_grad(&[1.0, 5.0])), (2.0, [0.0, 2.0]));
/// assert_eq!(f_grad(&[1.0, 3.0]), [0.0, 0.0]);
/// ```
#[gradgen]
pub fn half_squared_distance_to_halfspace<T: Scalar>(x: &[T], normal: &[T], offset: T) -> T {
    let beyond = dot(normal, x) - offset;
    let zero: T = scalar::zero();
    if beyond > zero {
        let distance = beyond / norm2(normal);
        distance * distance * scalar::number(0.5)
    } else {
        zero
    }
}

/// Half the squared distance of the point `(x, t)` to the second-order cone, `norm2(x) <= t`.
///
/// * Derivative: the point less its projection (Bauschke, 1996, theorem 3.3.6): 0 in the cone, the point itself in the
///   polar cone, `norm2(x) <= -t`, and else half of `(1 - t / norm2(x)) x` and of `t - norm2(x)`. On the boundaries it is
///   the same from both sides; the second derivative jumps there.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient(*))]
/// fn f(x: &[f64; 2], t: f64) -> f64 {
///     gradgen::math::half_squared_distance_to_second_order_cone(x, t)
/// }
///
/// assert_eq!(f(&[3.0, 4.0], 1.0), 4.0);
/// let ([a, b], c) = f_grad(&[3.0, 4.0], 1.0);
/// assert!((a - 1.2).abs() < 1e-15 && (b - 1.6).abs() < 1e-15 && c == -2.0);
/// ```
#[gradgen]
pub fn half_squared_distance_to_second_order_cone<T: Scalar>(x: &[T], t: T) -> T {
    let norm = norm2(x);
    let zero: T = scalar::zero();
    if norm <= t {
        zero
    } else if norm <= -t {
        (norm2_squared(x) + t * t) * scalar::number(0.5)
    } else {
        let beyond = norm - t;
        beyond * beyond * scalar::number(0.25)
    }
}

/// The point of the simplex, whose elements are not negative and sum up to 1, that is nearest to `x`: by Michelot's
/// algorithm (J. Optim. Theory Appl. 50, 1986), in at most N rounds.
///
/// * Domain: finite numbers; NaN where one is not.
/// * Derivative: the projection onto the face that the point is on. Elements that are just 0 do not belong to it.
///
/// ```
/// use gradgen::math::projection_to_simplex;
///
/// assert_eq!(projection_to_simplex(&[0.75, 0.25, -3.0]), [0.75, 0.25, 0.0]);
/// assert_eq!(projection_to_simplex(&[1e20, 0.0]), [1.0, 0.0]);
/// ```
#[gradgen]
pub fn projection_to_simplex<T: Scalar, const N: usize>(x: &[T; N]) -> [T; N] {
    let (zero, one): (T, T) = (scalar::zero(), scalar::one());
    // Moving all elements by a number moves the point along the simplex' normal. With the largest at 0 the 1 counts
    // beside huge elements too.
    let top = scalar::stop(max(x));
    let mut y = *x;
    let mut kept = [one; N];
    for _ in 0..N {
        let mut sum: T = scalar::zero();
        let mut count: T = scalar::zero();
        for i in 0..N {
            if kept[i] > zero {
                sum += x[i] - top;
                count += one;
            }
        }
        let shift = (sum - one) / count;
        for i in 0..N {
            if kept[i] > zero && x[i] - top > shift {
                y[i] = x[i] - top - shift;
            } else {
                y[i] = zero;
                kept[i] = zero;
            }
        }
    }
    y
}

/// Half the squared distance to the simplex.
///
/// * Domain: finite numbers.
/// * Derivative: `x - P(x)`, with `P` the [projection](fn@projection_to_simplex).
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     gradgen::math::half_squared_distance_to_simplex(x)
/// }
///
/// assert_eq!((f(&[2.0, 0.0]), f_grad(&[2.0, 0.0])), (0.5, [1.0, 0.0]));
/// ```
#[gradgen]
pub fn half_squared_distance_to_simplex<T: Scalar, const N: usize>(x: &[T; N]) -> T {
    let nearest = projection_to_simplex(x);
    let mut sum: T = scalar::zero();
    for i in 0..N {
        sum += (x[i] - nearest[i]) * (x[i] - nearest[i]);
    }
    sum * scalar::number(0.5)
}
