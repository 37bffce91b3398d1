//! The functions of `gradgen::math`: that their numbers have their digits, at their edges too.

mod figures;
mod norms;
mod sets;
