/// Half the squared distance to the ball of a radius around 0.
///
/// Derivative: `x - P(x)`, with `P` the projection; 0 inside. The second derivative jumps at the sphere.
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
/// Derivative: `x - P(x)`; 0 inside.
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
/// Derivative: `x - P(x)`; 0 inside.
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
/// Derivative: `x - P(x)`; 0 inside.
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
/// Derivative: the point less its projection (Bauschke, 1996, theorem 3.3.6); 0 inside.
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
/// Derivative: the projection onto the face that the point is on.
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
/// Derivative: `x - P(x)`.
#[gradgen]
pub fn half_squared_distance_to_simplex<T: Scalar, const N: usize>(x: &[T; N]) -> T {
    let nearest = projection_to_simplex(x);
    let mut sum: T = scalar::zero();
    for i in 0..N {
        sum += (x[i] - nearest[i]) * (x[i] - nearest[i]);
    }
    sum * scalar::number(0.5)
}
