//! Arrays that are filled, once or over and over, from the front, from the back, in rows and in
//! part: what reverse mode reads of them has to be what the function read.

use gradgen::gradgen;

use crate::{against_differences, refusing_against_differences};

/// Longer than what is written out.
const N: usize = 9;

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn trajectory(x: &[f64; 3]) -> f64 {
    let mut s = [[0.0; 2]; N + 1];
    s[0] = [x[0], x[1]];
    for k in 0..N {
        s[k + 1][0] = s[k][0] + 0.2 * s[k][1];
        s[k + 1][1] = s[k][1] - 0.2 * (x[2] * s[k][0]).sin();
    }
    let mut sum = 0.0;
    for k in 0..N + 1 {
        sum += s[k][0] * s[k][1];
    }
    sum
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn from_the_back(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut s = [0.0; N];
    s[N - 1] = x[0];
    for k in (0..N - 1).rev() {
        s[k] = (s[k + 1] * x[1]).sin() + x[2] * s[N - 1];
    }
    s[0] * s[3]
}

/// Each turn reads what the next one replaces.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn what_was_there(x: &[f64; 3]) -> f64 {
    let mut s = [0.5; N + 1];
    for k in 0..N + 1 {
        s[k] = x[k % 3] * (1 + k) as f64 / 7.0;
    }
    for k in 0..N {
        s[k] = (s[k] * s[k + 1]).sin();
    }
    let mut sum = 0.0;
    for k in 0..N + 1 {
        sum += s[k] * s[k];
    }
    sum
}

/// An element is written to twice in a turn, and read in between.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn twice(x: &[f64; 3]) -> f64 {
    let mut s = [0.0; N];
    let mut sum = x[0];
    for k in 0..N {
        s[k] = (x[1] * sum).sin();
        let first = s[k] * s[k];
        s[k] = s[k].exp() + first * x[2];
        sum += s[k] * 0.1;
    }
    sum * s[4]
}

/// The second loop writes again what the first one wrote, and the first one's values are needed.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn again(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut s = [0.0; N];
    let mut sum = 0.0;
    for k in 0..N {
        s[k] = (x[0] * k as f64).sin();
        sum += s[k] * s[k];
    }
    for k in 0..N {
        sum += s[k] * x[1];
        s[k] = (x[2] + sum).sin() * 0.3;
        sum *= 1.0 + s[k];
    }
    sum + s[2]
}

/// A place is written to only now and then: what was there before stays.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn now_and_then(x: &[f64; 3]) -> f64 {
    let mut kept = [1.0; N];
    let mut sum = 0.0;
    for turn in 0..7 {
        for k in 0..N {
            if (k + turn) % 3 == 0 {
                kept[k] = (x[0] * kept[k] + x[1] * turn as f64).sin();
            }
        }
        for k in 0..N {
            sum += kept[k] * kept[k] * x[2];
        }
    }
    sum
}

/// The array is declared outside of the loop that fills it anew in each turn.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn handed_on(x: &[f64; 3]) -> f64 {
    let mut s = [x[2]; N];
    let mut sum = x[0];
    for turn in 0..7 {
        for k in 0..N {
            s[k] = (sum + x[1] * k as f64).sin();
        }
        for k in 0..N {
            sum += s[k] * s[k] * 0.1 * turn as f64;
        }
    }
    sum + s[3]
}

/// All but the first element is new in each turn: that one is the last turn's.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn all_but_one(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut s = [x[2]; N];
    let mut sum = x[0];
    for _ in 0..7 {
        for k in 1..N {
            s[k] = (s[k - 1] * x[1]).sin() + 0.1 * sum;
        }
        sum += s[N - 1];
        s[0] = sum * 0.3;
    }
    sum
}

/// Two loops fill the halves, and the third reads over the border.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn halves(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut sum = x[0];
    let mut s = [0.0; 2 * N];
    for turn in 0..7 {
        for k in 0..N {
            s[k] = (sum * x[1] + k as f64).sin();
        }
        for k in N..2 * N {
            s[k] = s[k - 1] * x[2] + s[k - N];
        }
        for k in 1..2 * N {
            sum += 0.01 * s[k] * s[k - 1] * turn as f64;
        }
    }
    sum
}

/// Rows of one long array.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn rows(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut s = [0.0; N * 4];
    for j in 0..4 {
        s[j] = x[0] * (1 + j) as f64;
    }
    for i in 1..N {
        for j in 0..4 {
            s[i * 4 + j] = (s[i * 4 + j - 4] * x[1]).sin() + x[2] * s[(i - 1) * 4 + 3 - j];
        }
    }
    s[N * 4 - 1] * s[N * 4 - 2]
}

/// A row reaches into the next one.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn overlapping_rows(x: &[f64; 3]) -> f64 {
    let mut s = [0.0; N * 4 + 1];
    let mut sum = x[0];
    for i in 0..N {
        for j in 0..5 {
            s[i * 4 + j] = (sum * x[1]).sin() + x[2] * j as f64;
        }
        sum += s[i * 4] * s[i * 4 + 4] * 0.1;
    }
    for i in 0..N * 4 + 1 {
        sum += s[i] * s[i] * 0.01;
    }
    sum
}

#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn triangle(x: &[f64; 3]) -> f64 {
    let mut l = [[0.0; N]; N];
    let mut sum = 0.0;
    for i in 0..N {
        for j in 0..i {
            let mut rest = x[(i + j) % 3];
            for k in 0..j {
                rest -= l[i][k] * l[j][k];
            }
            l[i][j] = 0.1 * rest / l[j][j];
        }
        let mut rest = 30.0 + x[0] * x[1];
        for k in 0..i {
            rest -= l[i][k] * l[i][k];
        }
        l[i][i] = rest.sqrt();
        sum += l[i][i].ln();
    }
    sum
}

/// As in `triangle`, but the row is scaled at last, after it was read.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn scaled_rows(x: &[f64; 3]) -> f64 {
    let mut l = [[1.0; N]; N];
    for i in 0..N {
        for j in 0..i {
            l[i][j] = (x[(i + j) % 3] * l[j][0]).sin();
        }
        let mut norm = 1.0;
        for j in 0..N {
            norm += l[i][j] * l[i][j];
        }
        for j in 0..N {
            l[i][j] /= norm;
        }
    }
    l[N - 1][0] * l[N - 2][1] + l[3][2]
}

/// As in `scaled_rows`, of rows that are whole.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn scaled_whole_rows(x: &[f64; 3]) -> f64 {
    let mut l = [[0.0; N]; N];
    for j in 0..N {
        l[0][j] = x[j % 3];
    }
    for i in 1..N {
        for j in 0..N {
            l[i][j] = (x[(i + j) % 3] + l[i - 1][j]).sin();
        }
        let mut norm = 1.0;
        for j in 0..N {
            norm += l[i][j] * l[i][j];
        }
        for j in 0..N {
            l[i][j] *= l[i][j] / norm;
        }
    }
    l[N - 1][0] * l[N - 2][1] + l[3][2]
}

/// The array under another name keeps what it had.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn a_copy_is_kept(x: &[f64; 3]) -> f64 {
    let x = [0.2 * x[0], 0.2 * x[1], 0.2 * x[2]];
    let mut s = [0.0; N];
    let mut old = [0.0; N];
    let mut sum = x[0];
    for turn in 0..7 {
        for k in 0..N {
            s[k] = (sum * x[1] + k as f64).sin() + old[k] * x[2];
        }
        if turn % 2 == 1 {
            old = s;
        }
        sum += s[2] * old[3];
    }
    sum
}

/// Every other element, and then those in between from their neighbours.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn in_between(x: &[f64; 3]) -> f64 {
    let mut s = [0.0; 2 * N + 1];
    for i in 0..N + 1 {
        s[2 * i] = (x[0] * i as f64).sin() * x[1];
    }
    for i in 0..N {
        s[2 * i + 1] = s[2 * i] * s[2 * i + 2] + x[2];
    }
    let mut sum = 0.0;
    for i in 0..2 * N + 1 {
        sum += s[i].exp();
    }
    sum
}

/// The loop may end before everything is written.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn ends_early(x: &[f64; 3]) -> f64 {
    let mut s = [x[2]; N];
    let mut sum = x[0];
    for turn in 0..7 {
        for k in 0..N {
            if k > turn + 1 {
                break;
            }
            s[k] = (sum + x[1] * s[k]).sin();
        }
        for k in 0..N {
            sum += 0.1 * s[k] * s[k];
        }
    }
    sum
}

/// What is written where a computed index says.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)), fallible)]
fn scattered(x: &[f64; 3]) -> f64 {
    let mut s = [x[0]; N];
    for k in 0..2 * N {
        let at = (k * 4 + 1) % N;
        s[at] = (s[at] * x[1]).sin() + x[2] * s[k % N];
    }
    let mut sum = 0.0;
    for k in 0..N {
        sum += s[k] * s[k];
    }
    sum
}

/// The copy goes its own way, and the array is filled on.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)))]
fn side_copies(x: &[f64; 3]) -> f64 {
    let mut a = [0.0; N + 1];
    a[0] = x[0];
    let other = [x[1]; N + 1];
    let mut s = 0.0;
    for i in 0..N {
        let mut t = a;
        t[0] = 2.0 * x[0];
        let chosen = if i == 1 { other } else { a };
        let mut branched = a;
        if x[i % 3] > 0.0 {
            branched[0] = x[2];
        }
        let mut looped = a;
        for j in 0..i {
            looped[j] = 0.3 * x[1];
        }
        a[i + 1] = a[i] * 0.5;
        for j in 0..i + 1 {
            s += t[j] * t[j] + chosen[j] * x[2] + branched[j] * looped[j];
        }
    }
    s
}

/// Parts that end with the array, and would be longer: the last tile, and a row of a triangle.
#[gradgen(gradient, hessian, jvp, hvp, bundle(f, grad(x)), checkpoint = "sqrt")]
fn last_parts(x: &[f64; 3]) -> f64 {
    let mut a = [0.0; 30];
    for i in 0..30 {
        a[i] = x[i % 3] * (i as f64) * 0.01;
    }
    for i in 1..29 {
        a[i] = a[i] * a[i + 1];
    }
    let mut b = [0.3; N * N];
    for i in 0..N {
        for j in i + 1..N {
            b[i * N + j] = (b[i * N + j] + x[0] * x[j % 3]).sin();
        }
    }
    for i in 0..N {
        for j in i + 1..N {
            b[i * N + j] = b[i * N + j] * b[i * N + j];
        }
    }
    a[0] + a[5] + a[28] + b[5] * b[N + 4]
}

against_differences! {
    trajectory, from_the_back, what_was_there, twice, again, now_and_then, handed_on, all_but_one, halves,
    rows, overlapping_rows, triangle, scaled_rows, scaled_whole_rows, a_copy_is_kept, in_between, ends_early, side_copies, last_parts,
}

refusing_against_differences! { scattered }

/// Neighbours at places that only the call decides about: it is refused, and nothing panics.
#[gradgen(gradient, jvp)]
fn neighbours_somewhere(x: &[f64; 10], from: usize, to: usize) -> f64 {
    let mut y = *x;
    for i in from..to {
        y[i + 1] += y[i] * y[i];
    }
    y[9] + y[3]
}

#[test]
fn neighbours_that_are_not_there() {
    let x = [0.5; 10];
    let gradient = |from, to| {
        let mut slope = [f64::NAN; 10];
        neighbours_somewhere_grad_into(&x, from, to, &mut slope, &mut [0.0; 500]).map(|()| slope)
    };
    assert_eq!(gradient(8, 9), Ok([0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0]));
    assert_eq!(gradient(30, 20).map(|slope| slope[9]), Ok(1.0));
    assert_eq!(neighbours_somewhere_jvp(&x, 8, 9, &[1.0; 10]), Ok(3.0));
    for (from, to) in [(9, 10), (12, 14), (usize::MAX - 1, usize::MAX), (0, 100)] {
        assert!(gradient(from, to).is_err(), "from {from} to {to}");
        assert!(neighbours_somewhere_jvp(&x, from, to, &[1.0; 10]).is_err(), "from {from} to {to}");
    }
}
