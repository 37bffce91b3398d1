//! What the modules of a batch share: comparing.

/// Values as a flat list.
pub trait Flat {
    /// Appends the floats.
    fn flat(&self, list: &mut Vec<f64>);
}

impl Flat for f64 {
    fn flat(&self, list: &mut Vec<f64>) {
        list.push(*self);
    }
}

impl Flat for () {
    fn flat(&self, _: &mut Vec<f64>) {}
}

impl<T: Flat, const N: usize> Flat for [T; N] {
    fn flat(&self, list: &mut Vec<f64>) {
        self.iter().for_each(|element| element.flat(list));
    }
}

impl<T: Flat, E: std::fmt::Debug> Flat for Result<T, E> {
    fn flat(&self, list: &mut Vec<f64>) {
        self.as_ref().unwrap().flat(list);
    }
}

macro_rules! tuple {
    ($($part:ident)+) => {
        impl<$($part: Flat),+> Flat for ($($part,)+) {
            #[allow(non_snake_case)]
            fn flat(&self, list: &mut Vec<f64>) {
                let ($($part,)+) = self;
                $($part.flat(list);)+
            }
        }
    };
}

tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
tuple!(A B C D E F G);
tuple!(A B C D E F G H);

/// The floats of a value.
pub fn flat(value: impl Flat) -> Vec<f64> {
    let mut list = Vec::new();
    value.flat(&mut list);
    list
}

/// Numbers from their bits.
pub fn bits(bits: &[u64]) -> Vec<f64> {
    bits.iter().map(|bits| f64::from_bits(*bits)).collect()
}

/// Prints a difference.
pub fn same_bits(what: &str, got: &[f64], want: &[f64]) {
    let same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    if got.len() != want.len() || !got.iter().zip(want).all(same) {
        println!("{what}: got {got:?}, want {want:?}");
    }
}

/// Runs a check; a panic is a difference as well.
pub fn guarded(what: &str, check: fn()) {
    if std::panic::catch_unwind(check).is_err() {
        println!("{what}: panicked");
    }
}
