//! Scalars, arrays, and several of them, as vectors: what code around derivatives that a user gives
//! calculates with.

use crate::Scalar;

/// A scalar, an array or a nested array as a vector of scalars, row-major; or a pair of such vectors.
pub trait Elements: Copy {
    /// The type of an element.
    type Scalar: Scalar;

    /// How many elements there are.
    const LEN: usize;

    /// The zero vector.
    const ZERO: Self;

    /// An element; zero where there is none.
    fn element(&self, place: usize) -> Self::Scalar;

    /// Changes an element, where there is one.
    fn set_element(&mut self, place: usize, value: Self::Scalar);

    /// The sum of the products of elements.
    fn dot(&self, other: &Self) -> Self::Scalar;

    /// Each element times a number.
    #[must_use]
    fn times(self, factor: Self::Scalar) -> Self;
}

macro_rules! float {
    ($scalar:ty) => {
        impl Elements for $scalar {
            type Scalar = $scalar;

            const LEN: usize = 1;

            const ZERO: Self = 0.0;

            #[inline]
            fn element(&self, place: usize) -> $scalar {
                if place == 0 { *self } else { 0.0 }
            }

            #[inline]
            fn set_element(&mut self, place: usize, value: $scalar) {
                if place == 0 {
                    *self = value;
                }
            }

            #[inline]
            fn dot(&self, other: &Self) -> $scalar {
                *self * *other
            }

            #[inline]
            fn times(self, factor: $scalar) -> Self {
                self * factor
            }
        }
    };
}

float!(f64);
float!(f32);

impl<T: Elements, const N: usize> Elements for [T; N] {
    type Scalar = T::Scalar;

    const LEN: usize = N * T::LEN;

    const ZERO: Self = [T::ZERO; N];

    #[inline]
    fn element(&self, place: usize) -> T::Scalar {
        let row = place.checked_div(T::LEN).and_then(|row| self.get(row));
        row.map_or(T::Scalar::default(), |row| row.element(place % T::LEN))
    }

    #[inline]
    fn set_element(&mut self, place: usize, value: T::Scalar) {
        if let Some(row) = place.checked_div(T::LEN).and_then(|row| self.get_mut(row)) {
            row.set_element(place % T::LEN, value);
        }
    }

    #[inline]
    fn dot(&self, other: &Self) -> T::Scalar {
        let mut sum = T::Scalar::default();
        for (a, b) in self.iter().zip(other) {
            sum += a.dot(b);
        }
        sum
    }

    #[inline]
    fn times(self, factor: T::Scalar) -> Self {
        self.map(|element| element.times(factor))
    }
}

impl<A: Elements, B: Elements<Scalar = A::Scalar>> Elements for (A, B) {
    type Scalar = A::Scalar;

    const LEN: usize = A::LEN + B::LEN;

    const ZERO: Self = (A::ZERO, B::ZERO);

    #[inline]
    fn element(&self, place: usize) -> A::Scalar {
        match place.checked_sub(A::LEN) {
            None => self.0.element(place),
            Some(place) => self.1.element(place),
        }
    }

    #[inline]
    fn set_element(&mut self, place: usize, value: A::Scalar) {
        match place.checked_sub(A::LEN) {
            None => self.0.set_element(place, value),
            Some(place) => self.1.set_element(place, value),
        }
    }

    #[inline]
    fn dot(&self, other: &Self) -> A::Scalar {
        self.0.dot(&other.0) + self.1.dot(&other.1)
    }

    #[inline]
    fn times(self, factor: A::Scalar) -> Self {
        (self.0.times(factor), self.1.times(factor))
    }
}

/// The sum of the products of elements.
#[inline]
pub fn dot<T: Elements>(a: &T, b: &T) -> T::Scalar {
    a.dot(b)
}

/// Each element times a number.
#[inline]
pub fn times<T: Elements>(vector: &T, factor: &T::Scalar) -> T {
    vector.times(*factor)
}

/// A matrix, with the axes of the result and then those of the vector, times a vector.
#[inline]
pub fn matrix_vector<M, X, Y>(matrix: &M, vector: &X) -> Y
where
    M: Elements,
    X: Elements<Scalar = M::Scalar>,
    Y: Elements<Scalar = M::Scalar>,
{
    let mut product = Y::ZERO;
    for row in 0..Y::LEN {
        let mut sum = M::Scalar::default();
        for column in 0..X::LEN {
            sum += matrix.element(row * X::LEN + column) * vector.element(column);
        }
        product.set_element(row, sum);
    }
    product
}

/// A vector times a matrix with the axes of the vector and then those of the result.
#[inline]
pub fn vector_matrix<M, X, Y>(vector: &Y, matrix: &M) -> X
where
    M: Elements,
    X: Elements<Scalar = M::Scalar>,
    Y: Elements<Scalar = M::Scalar>,
{
    let mut product = X::ZERO;
    for column in 0..X::LEN {
        let mut sum = M::Scalar::default();
        for row in 0..Y::LEN {
            sum += vector.element(row) * matrix.element(row * X::LEN + column);
        }
        product.set_element(column, sum);
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_row_major() {
        let mut vector = ([[1.0, 2.0], [3.0, 4.0]], 5.0);
        for place in 0..5 {
            assert_eq!(vector.element(place), (place + 1) as f64);
        }
        assert_eq!(vector.element(5), 0.0);
        vector.set_element(2, 7.0);
        vector.set_element(4, 8.0);
        vector.set_element(9, 9.0);
        assert_eq!(vector, ([[1.0, 2.0], [7.0, 4.0]], 8.0));
        assert_eq!(dot(&vector, &vector), 134.0);
        assert_eq!(times(&vector, &2.0), ([[2.0, 4.0], [14.0, 8.0]], 16.0));
        assert_eq!(<[[f64; 0]; 3]>::LEN, 0);
        assert_eq!([[0.0_f64; 0]; 3].element(0), 0.0);
    }

    #[test]
    fn products_with_matrices() {
        let matrix = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let product: [f64; 2] = matrix_vector(&matrix, &[1.0, 0.0, -1.0]);
        assert_eq!(product, [-2.0, -2.0]);
        let product: [f64; 3] = vector_matrix(&[1.0, -1.0], &matrix);
        assert_eq!(product, [-3.0, -3.0, -3.0]);
    }
}
