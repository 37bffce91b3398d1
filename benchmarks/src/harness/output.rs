//! What opponents write to.

/// A variable, or several, that is made of numbers.
pub trait Output: Clone {
    /// Appends all numbers, in order.
    fn collect(&self, numbers: &mut Vec<f64>);

    /// All numbers, in order.
    fn numbers(&self) -> Vec<f64> {
        let mut numbers = vec![];
        self.collect(&mut numbers);
        numbers
    }
}

impl Output for f64 {
    fn collect(&self, numbers: &mut Vec<f64>) {
        numbers.push(*self);
    }
}

impl<T: Output, const N: usize> Output for [T; N] {
    fn collect(&self, numbers: &mut Vec<f64>) {
        self.iter().for_each(|part| part.collect(numbers));
    }
}

impl<T: Output> Output for Vec<T> {
    fn collect(&self, numbers: &mut Vec<f64>) {
        self.iter().for_each(|part| part.collect(numbers));
    }
}

impl<T: Output> Output for Box<T> {
    fn collect(&self, numbers: &mut Vec<f64>) {
        T::collect(self, numbers);
    }
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => {
        $(impl<$($part: Output),*> Output for ($($part,)*) {
            fn collect(&self, numbers: &mut Vec<f64>) {
                #[allow(non_snake_case, reason = "parts are called as their types")]
                let ($($part,)*) = self;
                $($part.collect(numbers);)*
            }
        })*
    };
}

tuples! { (A B) (A B C) (A B C D) }
