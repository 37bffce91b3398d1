//! Nested arrays as flat slices, without copying and without `unsafe`.

/// A scalar, an array, or a nested array: `SIZE` scalars in row-major order.
///
/// ```
/// use gradgen_runtime::Flat;
///
/// let matrix = <[[f64; 3]; 2]>::view(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]).unwrap();
/// assert_eq!(matrix[1][0], 4.0);
/// assert!(<[f64; 2]>::view(&[1.0]).is_none());
/// ```
pub trait Flat: Copy + 'static {
    /// The type of an element.
    type Scalar: Copy + 'static;

    /// How many scalars there are.
    const SIZE: usize;

    /// As many values as the slice holds; `None` if some scalars would be left over.
    fn slice(flat: &[Self::Scalar]) -> Option<&[Self]>;

    /// As [`slice`](Self::slice), to write to.
    fn slice_mut(flat: &mut [Self::Scalar]) -> Option<&mut [Self]>;

    /// The slice as one value; `None` if it does not have `SIZE` scalars.
    fn view(flat: &[Self::Scalar]) -> Option<&Self>;

    /// As [`view`](Self::view), to write to.
    fn view_mut(flat: &mut [Self::Scalar]) -> Option<&mut Self>;
}

macro_rules! scalar {
    ($scalar:ty) => {
        impl Flat for $scalar {
            type Scalar = $scalar;

            const SIZE: usize = 1;

            fn slice(flat: &[$scalar]) -> Option<&[$scalar]> {
                Some(flat)
            }

            fn slice_mut(flat: &mut [$scalar]) -> Option<&mut [$scalar]> {
                Some(flat)
            }

            fn view(flat: &[$scalar]) -> Option<&$scalar> {
                match flat {
                    [scalar] => Some(scalar),
                    _ => None,
                }
            }

            fn view_mut(flat: &mut [$scalar]) -> Option<&mut $scalar> {
                match flat {
                    [scalar] => Some(scalar),
                    _ => None,
                }
            }
        }
    };
}

scalar!(f64);
scalar!(f32);

impl<T: Flat, const N: usize> Flat for [T; N] {
    type Scalar = T::Scalar;

    const SIZE: usize = T::SIZE * N;

    fn slice(flat: &[Self::Scalar]) -> Option<&[Self]> {
        if N == 0 {
            // How many empty rows there are, nothing tells: none.
            return flat.is_empty().then_some(&[]);
        }
        let (values, rest) = T::slice(flat)?.as_chunks::<N>();
        rest.is_empty().then_some(values)
    }

    fn slice_mut(flat: &mut [Self::Scalar]) -> Option<&mut [Self]> {
        if N == 0 {
            return if flat.is_empty() { Some(&mut []) } else { None };
        }
        let (values, rest) = T::slice_mut(flat)?.as_chunks_mut::<N>();
        rest.is_empty().then_some(values)
    }

    fn view(flat: &[Self::Scalar]) -> Option<&Self> {
        T::slice(flat)?.try_into().ok()
    }

    fn view_mut(flat: &mut [Self::Scalar]) -> Option<&mut Self> {
        T::slice_mut(flat)?.try_into().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_views_are_row_major_and_exact() {
        let mut flat = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(<[[f64; 2]; 3]>::view(&flat), Some(&[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]));
        assert_eq!(<[[f64; 2]; 2]>::view(&flat), None);
        assert_eq!(<[[f64; 4]; 1]>::view(&flat), None);
        assert_eq!(<[[[f64; 1]; 2]; 3]>::SIZE, 6);
        <[[f64; 3]; 2]>::view_mut(&mut flat).unwrap()[1][2] = 9.0;
        assert_eq!(flat[5], 9.0);
    }

    #[test]
    fn empty_arrays_view_empty_slices() {
        assert_eq!(<[f64; 0]>::view(&[]), Some(&[]));
        assert_eq!(<[f64; 0]>::view(&[1.0]), None);
        assert_eq!(<[[f64; 0]; 0]>::view(&[]), Some(&[]));
        assert_eq!(<[[f64; 0]; 2]>::view(&[]), None);
    }
}
