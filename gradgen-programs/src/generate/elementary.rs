//! Calls of elementary functions, inside of their domains or anywhere.

use super::{Maker, discrete::binary};
use crate::{Binary, Expression, Method};
use arbitrary::Result;

fn real(value: f64) -> Expression {
    Expression::Real(value)
}

fn of(method: Method, argument: Expression) -> Expression {
    Expression::Method { method, arguments: vec![argument], path: false }
}

impl Maker<'_, '_> {
    /// A call of any of them with `argument` as the receiver, or something close to it.
    pub(super) fn elementary(&mut self, argument: Expression) -> Result<Expression> {
        let floats: Vec<Method> =
            Method::ALL.into_iter().filter(|method| *method != Method::SinCos).collect();
        let method = self.pick(&floats)?;
        let argument = if self.chance(96)? { self.inside_domain(method, argument)? } else { argument };
        let mut arguments = vec![argument];
        match method {
            Method::Powi => arguments.push(self.int()?.0),
            Method::Powf => {
                let exponent =
                    if self.chance(50)? { self.tamed()? } else { real(self.pick(&[2.5, 0.5, 2.0, 3.0])?) };
                arguments.push(exponent);
            }
            Method::Log => {
                let base = if self.chance(30)? {
                    let active = self.tamed()?;
                    binary(Binary::Add, real(2.5), active)
                } else {
                    real(self.pick(&[2.0, 3.0, 10.0])?)
                };
                arguments.push(base);
            }
            Method::Clamp => arguments.extend([
                Expression::Negate(Box::new(real(self.pick(&[0.5, 1.0, 0.75])?))),
                real(self.pick(&[0.5, 1.25, 2.0])?),
            ]),
            _ => {
                for _ in 1..method.arity() {
                    let other = if self.chance(15)? { arguments[0].clone() } else { self.leaf()? };
                    arguments.push(other);
                }
            }
        }
        Ok(Expression::Method { method, arguments, path: self.chance(25)? })
    }

    /// A variable squeezed into (-1, 1).
    fn tamed(&mut self) -> Result<Expression> {
        let leaf = self.leaf()?;
        Ok(of(self.pick(&[Method::Sin, Method::Tanh, Method::Cos])?, leaf))
    }

    /// The argument moved to where the function is defined and of moderate size.
    fn inside_domain(&mut self, method: Method, x: Expression) -> Result<Expression> {
        use Method::*;
        Ok(match method {
            Asin | Acos | Atanh => binary(Binary::Multiply, real(0.9), of(Sin, x)),
            Acosh => binary(Binary::Add, real(1.5), binary(Binary::Multiply, x.clone(), x)),
            Sqrt | Cbrt | Recip => self.positive(x)?,
            Ln | Log | Log2 | Log10 | Powf | Ln1p => {
                binary(Binary::Add, of(Abs, x), real(self.pick(&[0.5, 1.5])?))
            }
            Powi => binary(Binary::Add, real(2.0), of(self.pick(&[Sin, Tanh])?, x)),
            Tan => of(self.pick(&[Sin, Tanh])?, x),
            Exp | Exp2 | ExpM1 | Sinh | Cosh => {
                let squeezed = of(self.pick(&[Sin, Tanh, Atan])?, x);
                if self.chance(30)? { binary(Binary::Multiply, real(1.5), squeezed) } else { squeezed }
            }
            Atan2 => self.positive(x)?,
            ToDegrees => binary(Binary::Multiply, real(0.01), x),
            _ => x,
        })
    }

    /// Something like the argument that is greater than one.
    pub(super) fn positive(&mut self, x: Expression) -> Result<Expression> {
        Ok(match self.weighted(&[(4, 0), (2, 1), (2, 2)])? {
            0 => {
                let square = binary(Binary::Multiply, x.clone(), x);
                if self.chance(50)? {
                    binary(Binary::Add, square, real(1.0))
                } else {
                    binary(Binary::Add, real(1.5), square)
                }
            }
            1 => binary(Binary::Add, of(Method::Abs, x), real(1.25)),
            _ => binary(Binary::Add, real(2.0), of(Method::Sin, x)),
        })
    }
}
