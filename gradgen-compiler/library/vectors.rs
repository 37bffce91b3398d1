/// The sum of all elements, from the first one on; 0 of none.
///
/// * Derivative: 1 by each element.
///
/// ```
/// assert_eq!(gradgen::math::sum(&[1.0, 2.5, -0.5]), 3.0);
/// ```
#[gradgen]
pub fn sum<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + *v)
}

/// The product of all elements, from the first one on; 1 of none.
///
/// * Derivative: by an element the product of the others, also where elements are 0.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 3]) -> f64 {
///     gradgen::math::product(x)
/// }
///
/// assert_eq!(f_grad(&[0.0, 2.0, 3.0]), [6.0, 0.0, 0.0]);
/// ```
#[gradgen]
pub fn product<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::one(), |product, v| product * *v)
}

/// The arithmetic mean; NaN of none.
///
/// * Derivative: `1 / n` by each of n elements.
///
/// ```
/// assert_eq!(gradgen::math::mean(&[1.0, 2.0, 6.0]), 3.0);
/// ```
#[gradgen]
pub fn mean<T: Scalar>(x: &[T]) -> T {
    let n: T = scalar::cast(x.len());
    sum(x) / n
}

/// The sum of the products of elements at the same place; the shorter one of two slices ends it.
///
/// * Derivative by `a`: `b`, by `b`: `a`.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient(a))]
/// fn f(a: &[f64; 2], b: &[f64; 2]) -> f64 {
///     gradgen::math::dot(a, b)
/// }
///
/// assert_eq!(f(&[1.0, 2.0], &[3.0, 4.0]), 11.0);
/// assert_eq!(f_grad_a(&[1.0, 2.0], &[3.0, 4.0]), [3.0, 4.0]);
/// ```
#[gradgen]
pub fn dot<T: Scalar>(a: &[T], b: &[T]) -> T {
    a.iter().zip(b).fold(scalar::zero(), |sum, (a, b)| sum + *a * *b)
}

/// The sum of the absolute values; 0 of none.
///
/// * Derivative: the signs, and 0 at 0, as of `abs`.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 3]) -> f64 {
///     gradgen::math::norm1(x)
/// }
///
/// assert_eq!(f_grad(&[-2.0, 0.0, 5.0]), [-1.0, 0.0, 1.0]);
/// ```
#[gradgen]
pub fn norm1<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + scalar::abs(*v))
}

/// The sum of the squares; 0 of none. Infinite where the squares are too large.
///
/// * Derivative: `2 x`.
///
/// ```
/// assert_eq!(gradgen::math::norm2_squared(&[3.0, 4.0]), 25.0);
/// ```
#[gradgen]
pub fn norm2_squared<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |sum, v| sum + *v * *v)
}

/// The Euclidean length; 0 of none. Where squares of the elements are too large or too small for the scalar type, the
/// vector is scaled before, so the length is right wherever it is a number of the type.
///
/// * Derivative: `x / norm2(x)`. At 0 it is 0, the mean of what it is in all directions, as of `abs`; NaN where an element
///   is infinite.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     gradgen::math::norm2(x)
/// }
///
/// assert_eq!((f(&[-2.0, 0.0]), f_grad(&[-2.0, 0.0])), (2.0, [-1.0, 0.0]));
/// assert_eq!(f(&[3e300, 4e300]), 5e300);
/// assert_eq!(f_grad(&[0.0, 0.0]), [0.0, 0.0]);
/// ```
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

/// The greatest absolute value; 0 of none. Elements that are NaN are passed over, as by `f64::max`.
///
/// * Derivative: that of the first of the greatest, its sign, and 0 for all others; all 0 at 0.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 3]) -> f64 {
///     gradgen::math::norm_inf(x)
/// }
///
/// assert_eq!(f_grad(&[1.0, -2.0, 2.0]), [0.0, -1.0, 0.0]);
/// ```
#[gradgen]
pub fn norm_inf<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::zero(), |most, v| scalar::max(most, scalar::abs(*v)))
}

/// `(sum |x|^p)^(1/p)`; 0 of none. The vector is divided by its largest element before, so that powers do not overflow.
///
/// * Domain: a finite p of 1 or more.
/// * Derivative by x: `sign(x) (|x| / norm)^(p - 1)`; at 0 it is 0. The second derivative by an element that is 0 is
///   infinite for `1 < p < 2`. NaN where an element is infinite.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient(x))]
/// fn f(x: &[f64; 2], p: f64) -> f64 {
///     gradgen::math::norm_p(x, p)
/// }
///
/// assert!((f(&[1.0, -2.0], 3.0) - 9.0_f64.cbrt()).abs() < 1e-15);
/// assert!((f_grad_x(&[3.0, 4.0], 2.0)[1] - 0.8).abs() < 1e-15);
/// ```
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

/// The greatest element; minus infinity of none. Elements that are NaN are passed over, as by `f64::max`.
///
/// * Derivative: 1 by the first of the greatest, 0 by all others.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 3]) -> f64 {
///     gradgen::math::max(x)
/// }
///
/// assert_eq!(f_grad(&[1.0, 2.0, 2.0]), [0.0, 1.0, 0.0]);
/// ```
#[gradgen]
pub fn max<T: Scalar>(x: &[T]) -> T {
    let least: T = scalar::infinity();
    x.iter().fold(-least, |most, v| scalar::max(most, *v))
}

/// The smallest element; infinity of none. Elements that are NaN are passed over, as by `f64::min`.
///
/// * Derivative: 1 by the first of the smallest, 0 by all others.
///
/// ```
/// assert_eq!(gradgen::math::min(&[1.0, -2.0, 2.0]), -2.0);
/// ```
#[gradgen]
pub fn min<T: Scalar>(x: &[T]) -> T {
    x.iter().fold(scalar::infinity(), |least, v| scalar::min(least, *v))
}

/// `ln(sum e^x)`, which does not overflow: the greatest element is taken out before. Minus infinity of none.
///
/// * Edges: elements may be minus infinity, and add nothing; minus infinity where all are, infinite where one is.
/// * Accuracy: an absolute error of some units of the greatest element.
/// * Derivative: `softmax(x)`. The greatest element has no part in it: what it adds cancels. NaN where the result is
///   infinite.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     gradgen::math::log_sum_exp(x)
/// }
///
/// assert_eq!(f(&[1000.0, 1000.0]), 1000.0 + 2.0_f64.ln());
/// assert_eq!(f_grad(&[1000.0, 1000.0]), [0.5, 0.5]);
/// assert_eq!(f_grad(&[0.0, f64::NEG_INFINITY]), [1.0, 0.0]);
/// ```
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
/// * Edges: an element that is minus infinity has the share 0; NaN where all are, or where one is infinite.
/// * Derivative: `diag(y) - y y^T`, with `y` the result.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(jacobian)]
/// fn f(x: &[f64; 2]) -> [f64; 2] {
///     gradgen::math::softmax(x)
/// }
///
/// assert_eq!(f(&[750.0, 750.0]), [0.5, 0.5]);
/// assert_eq!(f_jf(&[750.0, 750.0]), [[0.25, -0.25], [-0.25, 0.25]]);
/// ```
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

/// The logarithm of [`softmax`](fn@softmax), also where that is too small for a number.
///
/// * Edges: as of `softmax`.
/// * Accuracy: an absolute error of some units of 1 where an element is near 0, that of a share near 1.
/// * Derivative: `1 - e^y` by the element itself, `-e^y` by the others, with `y` their results.
///
/// ```
/// let [most, least] = gradgen::math::log_softmax(&[1000.0, 0.0]);
/// assert_eq!((most, least), (0.0, -1000.0));
/// ```
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
///
/// * Derivative by `x`: the matrix.
///
/// ```
/// assert_eq!(gradgen::math::mat_vec(&[[1.0, 2.0], [3.0, 4.0]], &[1.0, -1.0]), [-1.0, -1.0]);
/// ```
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
///
/// * Derivative by `x`: `A y`, by `y`: `A^T x`, by `A`: `x y^T`.
///
/// ```
/// assert_eq!(gradgen::math::bilinear_form(&[1.0, 2.0], &[[1.0], [3.0]], &[2.0]), 14.0);
/// ```
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
/// * Derivative by `x`: `(A + A^T) x`, by `A`: `x x^T`.
///
/// ```
/// use gradgen::gradgen;
///
/// #[gradgen(gradient)]
/// fn f(x: &[f64; 2]) -> f64 {
///     let a = [[1.0, 4.0], [0.0, 2.0]];
///     gradgen::math::quad_form(x, &a)
/// }
///
/// assert_eq!((f(&[1.0, 1.0]), f_grad(&[1.0, 1.0])), (7.0, [6.0, 8.0]));
/// ```
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
///
/// * Derivative along `v` by `a`: `v x b`, by `b`: `a x v`.
///
/// ```
/// assert_eq!(gradgen::math::cross(&[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0]), [0.0, 0.0, 1.0]);
/// ```
#[gradgen]
pub fn cross<T: Scalar>(a: &[T; 3], b: &[T; 3]) -> [T; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
