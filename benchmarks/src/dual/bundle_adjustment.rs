//! [`bundle_adjustment`](crate::kernels::bundle_adjustment) over any number.

use super::Number;

fn cross<D: Number>(a: &[D; 3], b: &[D; 3]) -> [D; 3] {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn rotate<D: Number>(r: &[D; 3], x: &[D; 3]) -> [D; 3] {
    let square = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
    if square.real() == 0.0 {
        let across = cross(r, x);
        return std::array::from_fn(|i| x[i] + across[i]);
    }
    let angle = square.sqrt();
    let (sine, cosine) = angle.sin_cos();
    let axis = r.map(|r| r / angle);
    let across = cross(&axis, x);
    let along = axis[0] * x[0] + axis[1] * x[1] + axis[2] * x[2];
    std::array::from_fn(|i| x[i] * cosine + across[i] * sine + axis[i] * along * (-cosine + 1.0))
}

/// `[camera, point, weight]`.
pub fn reprojection<D: Number>(inputs: &[D], feature: &[f64; 2], y: &mut [D]) {
    let (camera, point, weight) = (&inputs[..11], &inputs[11..14], inputs[14]);
    let from_centre = std::array::from_fn(|i| point[i] - camera[3 + i]);
    let seen = rotate(&[camera[0], camera[1], camera[2]], &from_centre);
    let place = [seen[0] / seen[2], seen[1] / seen[2]];
    let r = place[0] * place[0] + place[1] * place[1];
    let distortion = camera[9] * r + camera[10] * r * r + 1.0;
    for i in 0..2 {
        y[i] = weight * (camera[7 + i] + camera[6] * place[i] * distortion - feature[i]);
    }
}
