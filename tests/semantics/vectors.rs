//! Arrays whose length follows from the sizes of the arguments, and methods that write to arrays.

use gradgen::{Error, gradgen};

use crate::{assert_close, assert_same_bits, difference};

const TWO: usize = 2;

#[gradgen(gradient(x), jvp(x), hvp(x))]
fn vectors(x: &[f64], n: usize) -> f64 {
    let mut a = vec![0.5; n];
    let mut b: Vec<f64> = x.to_vec();
    let mut pairs = std::vec![[1.0, 0.25]; n + TWO];
    let three = vec![x[0], 2.0, x[1] * x[1]];
    let mut s = three[2] * three[0];
    for i in 0..n - 1 {
        a[i] = x[i] * x[i + 1];
        b[i] += a[i] * a[i + 1];
        pairs[i + 1][0] = b[i];
    }
    a.swap(0, n - 1);
    pairs.swap(2, n + 1);
    pairs[0].swap(0, 1);
    let c = b.clone();
    for i in 0..x.len() {
        s += b[i] * b[i];
    }
    b.fill(s * x[0]);
    b[1] = x[1];
    let mut d = vec![1.0; x.len()];
    d.copy_from_slice(&b);
    for i in 0..n {
        let mut row = vec![0.1; n * 2];
        row[2 * i] = a[i].sin();
        row[2 * i + 1] += pairs[i][0] * pairs[i + 2][1];
        for k in 0..row.len() {
            s += row[k] * row[k] * 0.5;
        }
        s += b[i] + c[i] * d[i];
    }
    s
}

#[test]
fn arrays_of_lengths_that_only_run_time_knows() {
    for n in 2..6 {
        let x: Vec<f64> = (0..n + 1).map(|i| 0.3 + 0.2 * i as f64).collect();
        let mut value = 0.0;
        vectors_into(&x, n, &mut value, &mut vec![0.0; vectors_workspace(x.len(), n)]).unwrap();
        assert_same_bits(value, vectors(&x, n));
        let gradient_at = |x: &[f64]| {
            let mut gradient = vec![0.0; x.len()];
            let mut work = vec![0.0; vectors_grad_workspace(x.len(), n)];
            vectors_grad_into(x, n, &mut gradient, &mut work).unwrap();
            gradient
        };
        let gradient = gradient_at(&x);
        for place in 0..x.len() {
            let moved = |step: f64| {
                let mut moved = x.clone();
                moved[place] += step;
                moved
            };
            let slope = difference(|step| vectors(&moved(step), n));
            assert_close(gradient[place], slope);
            let mut direction = vec![0.0; x.len()];
            direction[place] = 1.0;
            let mut along = 0.0;
            let mut work = vec![0.0; vectors_jvp_workspace(x.len(), n)];
            vectors_jvp_into(&x, n, &direction, &mut along, &mut work).unwrap();
            assert_close(along, slope);
            let mut product = vec![0.0; x.len()];
            let mut work = vec![0.0; vectors_hvp_workspace(x.len(), n)];
            vectors_hvp_into(&x, n, &direction, &mut product, &mut work).unwrap();
            for other in 0..x.len() {
                assert_close(product[other], difference(|step| gradient_at(&moved(step))[other]));
            }
        }
    }
}

// No length below zero, and no loop of 2^64 iterations.
#[test]
fn differences_of_sizes() {
    let mut value = 0.0;
    let refused = vectors_into(&[1.0, 2.0], 0, &mut value, &mut []);
    assert_eq!(refused, Err(Error::value("n - 1", "0 or more")));
    assert_eq!(inner_into(&[1.0], 1, &mut value, &mut []), Err(Error::value("x.len() - 2", "0 or more")));
    assert_eq!(inner_into(&[1.0; 2], 0, &mut value, &mut []), Ok(()));
    assert_eq!(inner_into(&[1.0; 2], 1, &mut value, &mut []), Ok(()));
    assert_eq!(inner_into(&[1.0; 5], 7, &mut value, &mut []), Ok(()));
    assert_same_bits(value, inner(&[1.0; 5], 7));
    assert_eq!(too_short_into(0, 1.0, &mut value, &mut []), Ok(()));
    assert_eq!(too_short_into(3, 1.0, &mut value, &mut []), Err(Error::value("n - i - 2", "0 or more")));
    assert_same_bits(guarded(&[], 0), -1.0);
    assert_eq!(guarded_into(&[], 0, &mut value, &mut []), Ok(()));
    assert_same_bits(value, -1.0);
}

#[gradgen]
fn inner(x: &[f64], n: usize) -> f64 {
    let mut s = 0.0;
    for i in (1..x.len() - 2).rev() {
        s += x[i] * x[i + 1];
    }
    for i in 0..n {
        for j in 0..n - i - 1 {
            s += (i * j) as f64;
        }
    }
    s
}

#[gradgen]
fn too_short(n: usize, x: f64) -> f64 {
    let mut s = x;
    for i in 0..n {
        for j in 0..n - i - 2 {
            s += (i * j) as f64;
        }
    }
    s
}

#[gradgen]
fn guarded(x: &[f64], n: usize) -> f64 {
    let mut s = -1.0;
    if n > 0 {
        for i in 0..n - 1 {
            s += x[i] * x[i + 1];
        }
    }
    s
}

#[gradgen(gradient(x))]
fn written(x: &[f64; 4]) -> f64 {
    let mut a = [0.0; 4];
    a.copy_from_slice(x);
    let mut m = [[0.0; 4]; 3];
    m.fill(a);
    m[1].fill(x[2] * x[3]);
    m[2].copy_from_slice(&[x[1]; 4]);
    m.swap(0, 2);
    a.swap(1, 3);
    a.swap(2, 2);
    a[1] * m[0][1] + m[1][3] * m[2][0] + a[3] * a[2]
}

#[test]
fn methods_that_write() {
    let x = [0.5, 1.5, -0.7, 2.2];
    let mut value = 0.0;
    written_into(&x, &mut value, &mut []).unwrap();
    assert_same_bits(value, written(&x));
    for place in 0..4 {
        let slope = difference(|step| {
            let mut moved = x;
            moved[place] += step;
            written(&moved)
        });
        assert_close(written_grad(&x)[place], slope);
    }
}
