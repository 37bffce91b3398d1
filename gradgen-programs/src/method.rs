//! The elementary functions of `f64` and what Rust computes for them.

/// An elementary function, by the name of the method of `f64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// `sin`.
    Sin,
    /// `cos`.
    Cos,
    /// `tan`.
    Tan,
    /// `asin`.
    Asin,
    /// `acos`.
    Acos,
    /// `atan`.
    Atan,
    /// `atan2`.
    Atan2,
    /// `sinh`.
    Sinh,
    /// `cosh`.
    Cosh,
    /// `tanh`.
    Tanh,
    /// `asinh`.
    Asinh,
    /// `acosh`.
    Acosh,
    /// `atanh`.
    Atanh,
    /// `sin_cos`, the one that returns a pair.
    SinCos,
    /// `exp`.
    Exp,
    /// `exp2`.
    Exp2,
    /// `exp_m1`.
    ExpM1,
    /// `ln`.
    Ln,
    /// `ln_1p`.
    Ln1p,
    /// `log`.
    Log,
    /// `log2`.
    Log2,
    /// `log10`.
    Log10,
    /// `sqrt`.
    Sqrt,
    /// `cbrt`.
    Cbrt,
    /// `powi`; its second argument is an `i32`.
    Powi,
    /// `powf`.
    Powf,
    /// `hypot`.
    Hypot,
    /// `recip`.
    Recip,
    /// `abs`.
    Abs,
    /// `signum`.
    Signum,
    /// `copysign`.
    Copysign,
    /// `max`.
    Max,
    /// `min`.
    Min,
    /// `clamp`.
    Clamp,
    /// `mul_add`.
    MulAdd,
    /// `floor`.
    Floor,
    /// `ceil`.
    Ceil,
    /// `round`.
    Round,
    /// `trunc`.
    Trunc,
    /// `fract`.
    Fract,
    /// `to_degrees`.
    ToDegrees,
    /// `to_radians`.
    ToRadians,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 42] = {
        use Method::*;
        [
            Sin, Cos, Tan, Asin, Acos, Atan, Atan2, Sinh, Cosh, Tanh, Asinh, Acosh, Atanh, SinCos, Exp, Exp2,
            ExpM1, Ln, Ln1p, Log, Log2, Log10, Sqrt, Cbrt, Powi, Powf, Hypot, Recip, Abs, Signum, Copysign,
            Max, Min, Clamp, MulAdd, Floor, Ceil, Round, Trunc, Fract, ToDegrees, ToRadians,
        ]
    };

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        use Method::*;
        match self {
            Sin => "sin",
            Cos => "cos",
            Tan => "tan",
            Asin => "asin",
            Acos => "acos",
            Atan => "atan",
            Atan2 => "atan2",
            Sinh => "sinh",
            Cosh => "cosh",
            Tanh => "tanh",
            Asinh => "asinh",
            Acosh => "acosh",
            Atanh => "atanh",
            SinCos => "sin_cos",
            Exp => "exp",
            Exp2 => "exp2",
            ExpM1 => "exp_m1",
            Ln => "ln",
            Ln1p => "ln_1p",
            Log => "log",
            Log2 => "log2",
            Log10 => "log10",
            Sqrt => "sqrt",
            Cbrt => "cbrt",
            Powi => "powi",
            Powf => "powf",
            Hypot => "hypot",
            Recip => "recip",
            Abs => "abs",
            Signum => "signum",
            Copysign => "copysign",
            Max => "max",
            Min => "min",
            Clamp => "clamp",
            MulAdd => "mul_add",
            Floor => "floor",
            Ceil => "ceil",
            Round => "round",
            Trunc => "trunc",
            Fract => "fract",
            ToDegrees => "to_degrees",
            ToRadians => "to_radians",
        }
    }

    /// How many arguments it takes, the receiver included.
    #[must_use]
    pub const fn arity(self) -> usize {
        use Method::*;
        match self {
            Atan2 | Log | Powi | Powf | Hypot | Copysign | Max | Min => 2,
            Clamp | MulAdd => 3,
            _ => 1,
        }
    }

    /// What Rust computes, for those that take and return one or more `f64` and nothing else.
    ///
    /// # Panics
    /// `sin_cos` and `powi`, and a wrong number of arguments.
    #[must_use]
    pub fn apply(self, arguments: &[f64]) -> f64 {
        match *arguments {
            [x] => self.of_one(x),
            [x, y] => self.of_two(x, y),
            [x, y, z] if self == Self::Clamp => x.clamp(y, z),
            [x, y, z] if self == Self::MulAdd => x.mul_add(y, z),
            _ => panic!("{} does not take {} arguments", self.name(), arguments.len()),
        }
    }

    fn of_one(self, x: f64) -> f64 {
        use Method::*;
        match self {
            Sin => x.sin(),
            Cos => x.cos(),
            Tan => x.tan(),
            Asin => x.asin(),
            Acos => x.acos(),
            Atan => x.atan(),
            Sinh => x.sinh(),
            Cosh => x.cosh(),
            Tanh => x.tanh(),
            Asinh => x.asinh(),
            Acosh => x.acosh(),
            Atanh => x.atanh(),
            Exp => x.exp(),
            Exp2 => x.exp2(),
            ExpM1 => x.exp_m1(),
            Ln => x.ln(),
            Ln1p => x.ln_1p(),
            Log2 => x.log2(),
            Log10 => x.log10(),
            Sqrt => x.sqrt(),
            Cbrt => x.cbrt(),
            Recip => x.recip(),
            Abs => x.abs(),
            Signum => x.signum(),
            Floor => x.floor(),
            Ceil => x.ceil(),
            Round => x.round(),
            Trunc => x.trunc(),
            Fract => x.fract(),
            ToDegrees => x.to_degrees(),
            ToRadians => x.to_radians(),
            _ => panic!("{} does not map one f64 to one", self.name()),
        }
    }

    fn of_two(self, x: f64, y: f64) -> f64 {
        use Method::*;
        match self {
            Atan2 => x.atan2(y),
            Log => x.log(y),
            Powf => x.powf(y),
            Hypot => x.hypot(y),
            Copysign => x.copysign(y),
            Max => x.max(y),
            Min => x.min(y),
            _ => panic!("{} does not map two f64 to one", self.name()),
        }
    }
}
