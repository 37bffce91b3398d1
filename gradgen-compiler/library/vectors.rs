/// The sum of all elements, from the first one on; 0 of none.
#[gradgen]
pub fn sum<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + *v)
}

/// The product of all elements, from the first one on; 1 of none.
#[gradgen]
pub fn product<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::one(), |product, v| product * *v)
}

/// The arithmetic mean; NaN of none.
#[gradgen]
pub fn mean<T: Scalar>(x: &[T]) -> T {
    let n: T = scalar::cast(x.len());
    sum(x) / n
}

/// The sum of the products of elements at the same place; the shorter one of two slices ends it.
///
/// Derivative by `a`: `b`, by `b`: `a`.
#[gradgen]
pub fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    a.iter().zip(b).fold(scalar::zero(), |sum, (a, b)| sum + *a * *b)
}

/// The sum of the absolute values.
///
/// Derivative: the signs; 0 at 0.
#[gradgen]
pub fn norm1<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + scalar::abs(*v))
}

/// The sum of the squares.
#[gradgen]
pub fn norm2_squared<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + *v * *v)
}

/// The Euclidean length: the root of the sum of the squares, which overflows where these do.
///
/// Derivative: `x / norm2(x)`, NaN at 0.
#[gradgen]
pub fn norm2<T: Scalar>(x: &[T]) -> T {
    let (zero, one, infinity): (T, T, T) = (scalar::zero(), scalar::one(), scalar::infinity());
    let (least, most): (T, T) = (scalar::number(1e-20), scalar::number(1e20));
    let squared = norm2_squared(x);
    if squared >= least && squared <= most {
        scalar::sqrt(squared)
    } else {
        // Squares may be too large or too small: the vector is divided by its largest element before, of which the
        // reciprocal could be too large.
        let top = scalar::stop(norm_inf(x));
        if top > zero && top < infinity {
            let lift = if squared > most { one } else { most };
            let scale = one / (top * lift);
            let sum = x.iter().fold(zero, |sum, v| sum + (*v * lift * scale) * (*v * lift * scale));
            scalar::sqrt(sum) * top
        } else if squared == zero {
            zero
        } else {
            scalar::sqrt(squared)
        }
    }
}

/// The greatest absolute value; 0 of none.
///
/// Derivative: that of the first of the greatest.
#[gradgen]
pub fn norm_inf<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |most, v| scalar::max(most, scalar::abs(*v)))
}

/// `(sum |x|^p)^(1/p)`, for p of 1 or more.
#[gradgen]
pub fn norm_p<T: Scalar>(x: &[T], p: T) -> T {
    let (zero, one): (T, T) = (scalar::zero(), scalar::one());
    let top = scalar::stop(norm_inf(x));
    if top == zero {
        // 0, or NaN where there is one.
        x.iter().fold(zero, |sum, v| sum + scalar::abs(*v))
    } else {
        let scale = if top < scalar::infinity() { top } else { one };
        let sum = x.iter().fold(zero, |sum, v| sum + scalar::abs_pow(*v / scale, p));
        scalar::powf(sum, one / p) * scale
    }
}

/// The greatest element; minus infinity of none.
///
/// Derivative: that of the first of the greatest.
#[gradgen]
pub fn max<T: Scalar>(x: &[T]) -> T {
    let least: T = scalar::infinity();
    x.iter().fold(-least, |most, v| scalar::max(most, *v))
}

/// The smallest element; infinity of none.
///
/// Derivative: that of the first of the smallest.
#[gradgen]
pub fn min<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::infinity(), |least, v| scalar::min(least, *v))
}

/// `ln(sum e^x)`, which does not overflow: the greatest element is taken out before.
///
/// Derivative: `softmax(x)`. The greatest element has no part in it: what it adds cancels.
#[gradgen]
pub fn log_sum_exp<T: Scalar>(x: &[T]) -> T {
    let (zero, infinity): (T, T) = (scalar::zero(), scalar::infinity());
    let top = scalar::stop(max(x));
    // Infinity less itself were NaN.
    let shift = if top > -infinity && top < infinity { top } else { zero };
    let sum = x.iter().fold(zero, |sum, v| sum + scalar::exp(*v - shift));
    shift + scalar::ln(sum)
}

/// `e^x` divided by the sum of these, without overflow.
///
/// Derivative: `diag(y) - y y^T`, with `y` the result.
#[gradgen]
pub fn softmax<T: Scalar, const N: usize>(x: &[T; N]) -> [T; N] {
    let top = scalar::stop(max(x));
    let mut y = *x;
    let mut sum: T = scalar::zero();
    for i in 0..N {
        y[i] = scalar::exp(x[i] - top);
        sum += y[i];
    }
    for i in 0..N {
        y[i] /= sum;
    }
    y
}

/// The logarithm of [`softmax`](fn@softmax), accurate where that is small.
#[gradgen]
pub fn log_softmax<T: Scalar, const N: usize>(x: &[T; N]) -> [T; N] {
    let top = scalar::stop(max(x));
    let sum = x.iter().fold(scalar::zero(), |sum, v| sum + scalar::exp(*v - top));
    let all = scalar::ln(sum);
    let mut y = *x;
    for i in 0..N {
        y[i] = x[i] - top - all;
    }
    y
}

/// The matrix times the vector.
#[gradgen]
pub fn mat_vec<T: Scalar, const M: usize, const N: usize>(a: &[[T; N]; M], x: &[T; N]) -> [T; M] {
    let mut y = [scalar::zero(); M];
    for i in 0..M {
        let mut sum: T = scalar::zero();
        for j in 0..N {
            sum += a[i][j] * x[j];
        }
        y[i] = sum;
    }
    y
}

/// `x^T A y`.
#[gradgen]
pub fn bilinear_form<T: Scalar, const M: usize, const N: usize>(x: &[T; M], a: &[[T; N]; M], y: &[T; N]) -> T {
    let mut sum: T = scalar::zero();
    for i in 0..M {
        let mut row: T = scalar::zero();
        for j in 0..N {
            row += a[i][j] * y[j];
        }
        sum += x[i] * row;
    }
    sum
}

/// `x^T A x`, of any square matrix.
///
/// Derivative by `x`: `(A + A^T) x`.
#[gradgen]
pub fn quad_form<T: Scalar, const N: usize>(x: &[T; N], a: &[[T; N]; N]) -> T {
    let mut sum: T = scalar::zero();
    for i in 0..N {
        let mut row: T = scalar::zero();
        for j in 0..N {
            row += a[i][j] * x[j];
        }
        sum += x[i] * row;
    }
    sum
}

/// The cross product of two vectors of space.
#[gradgen]
pub fn cross<T: Scalar>(a: &[T; 3], b: &[T; 3]) -> [T; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
