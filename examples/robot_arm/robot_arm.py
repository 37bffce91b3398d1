"""The robot arm from Python: pose and Jacobian come from the extension `ur5`, the rest is NumPy.

    python robot_arm.py [trajectory.csv]
"""

import pathlib
import sys

import numpy as np
import ur5

HEADER = ["time", "q1", "q2", "q3", "q4", "q5", "q6"]
WANTED = 1e-10  # metres
TOLERANCE = 1e-11  # metres and radians
MAX_ITERATIONS = 100
METRES_PER_RADIAN = 0.5


def read(path):
    """Times and joint angles of a recording."""
    lines = path.read_text(encoding="utf-8-sig").rstrip().splitlines()
    if not lines or lines[0] != ",".join(HEADER):
        raise ValueError(f"line 1, column 1: the header is not {','.join(HEADER)}")
    if len(lines) == 1:
        raise ValueError("line 2, column 1: no samples")
    values = np.empty((len(lines) - 1, len(HEADER)))
    for line, text in enumerate(lines[1:], start=2):
        column, fields = 1, text.split(",")
        for place, name in enumerate(HEADER):
            where = f"line {line}, column {column}"
            if place == len(fields):
                raise ValueError(f"{where}: the line ends before {name}")
            try:
                values[line - 2, place] = float(fields[place])
            except ValueError:
                raise ValueError(f"{where}: {name} is {fields[place]!r}, not a number") from None
            if not np.isfinite(values[line - 2, place]):
                raise ValueError(f"{where}: {name} is not finite")
            column += len(fields[place]) + 1
        if len(fields) > len(HEADER):
            raise ValueError(f"line {line}, column {column}: more than {len(HEADER)} fields")
        if line > 2 and values[line - 2, 0] <= values[line - 3, 0]:
            raise ValueError(f"line {line}, column 1: the time does not grow")
    return values[:, 0], values[:, 1:]


def geometric_jacobian(q):
    """Three rows of metres, three of radians, one column per joint."""
    rotation = ur5.pose(q)["rotation"]
    jacobian = ur5.pose_jf(q)
    skew = np.einsum("ikj,lk->ilj", jacobian["jacobian_rotation"], rotation)
    return np.vstack([jacobian["jacobian_position"], skew[2, 1], skew[0, 2], skew[1, 0]])


def errors(pose, target):
    """The distance in metres and the angle in radians between two poses."""
    difference = np.linalg.norm(pose["rotation"] - target["rotation"])
    return (
        np.linalg.norm(pose["position"] - target["position"]),
        2.0 * np.arcsin(min(difference / np.sqrt(8.0), 1.0)),
    )


def residual(pose, target):
    weight = METRES_PER_RADIAN / np.sqrt(2.0)
    return np.concatenate(
        [pose["position"] - target["position"], weight * (pose["rotation"] - target["rotation"]).ravel()]
    )


def solve_pose(target, start, workspace):
    """Joint angles that reach the target, by damped least squares; and the number of steps."""
    weight = METRES_PER_RADIAN / np.sqrt(2.0)
    q, damping = start.copy(), 1e-3
    at = ur5.pose_f_jf(q, workspace)
    r = residual(at, target)
    for iteration in range(MAX_ITERATIONS):
        if max(errors(at, target)) <= TOLERANCE:
            return q, at, iteration
        jacobian = np.vstack([at["jacobian_position"], weight * at["jacobian_rotation"].reshape(9, 6)])
        step = np.linalg.solve(jacobian.T @ jacobian + damping * np.eye(6), jacobian.T @ r)
        candidate = ur5.pose_f_jf(q - step, workspace)
        next_r = residual(candidate, target)
        if next_r @ next_r < r @ r:
            q, at, r, damping = q - step, candidate, next_r, 0.1 * damping
        else:
            damping *= 10.0
    return q, at, MAX_ITERATIONS


def row(label, values):
    values = np.sort(values)
    shown = (values[0], values[len(values) // 2], values[-1])
    cells = (f"{v:.0f}" if v == int(v) else f"{v:.2e}" if v < 1e-3 else f"{v:.4f}" for v in shown)
    print(f"{label:<42}" + "".join(f"{cell:>12}" for cell in cells))


def main():
    default = pathlib.Path(__file__).parent / "data" / "trajectory.csv"
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    try:
        times, angles = read(path)
    except OSError as error:
        sys.exit(f"robot_arm.py: {path}: cannot be read: {error.strerror}")
    except ValueError as error:
        sys.exit(f"robot_arm.py: {path}: {error}")

    poses = [ur5.pose(q) for q in angles]
    jacobians = [geometric_jacobian(q) for q in angles]
    workspace = ur5.workspace_for_function("pose_f_jf")
    solutions = []
    for index, (q, pose) in enumerate(zip(angles, poses)):
        joint = np.arange(6)
        start = q + 0.2 * np.sin(index * (joint + 1) + joint)
        solutions.append(solve_pose(pose, start, workspace))
    found = np.array([errors(at, pose) for (_, at, _), pose in zip(solutions, poses)])

    print(f"UR5, {path.name}: {len(times)} samples, {times[0]:g} s to {times[-1]:g} s\n")
    print(" " * 42 + f"{'smallest':>12}{'median':>12}{'largest':>12}")
    row("distance of the tool from the base [m]", [np.linalg.norm(p["position"]) for p in poses])
    row(
        "smallest singular value, translation [m]",
        [np.linalg.svd(j[:3], compute_uv=False)[-1] for j in jacobians],
    )
    row("manipulability [m^3]", [abs(np.linalg.det(j)) for j in jacobians])
    row("inverse kinematics: iterations", [iterations for _, _, iterations in solutions])
    row("inverse kinematics: position error [m]", found[:, 0])
    row("inverse kinematics: angle error [rad]", found[:, 1])

    unsolved = np.flatnonzero((found[:, 0] > WANTED) | (found[:, 1] > WANTED))
    if len(unsolved) > 0:
        sys.exit(f"robot_arm.py: samples {unsolved.tolist()} are not solved to {WANTED:g} m")
    print(f"\nall {len(times)} poses reached to {WANTED:g} m")


if __name__ == "__main__":
    main()
