"""Writes C for the kernels that CasADi competes in: generate.py FOLDER.

Everything is an expression of scalars, which gives the fastest code that CasADi generates. Outputs are
dense, and matrices are transposed, since CasADi stores them by columns.
"""

import sys

import casadi as ca

STEP, FORCE, TRACK = 0.05, 8.0, 1.5


def control_dynamics(x, u):
    sine, cosine = ca.sin(x[1]), ca.cos(x[1])
    inertia = 1 + 0.2 * sine * sine
    swing = 0.1 * x[3] * x[3] * sine
    push = u - 0.1 * x[2]
    acceleration = (push + swing - 1.962 * sine * cosine) / inertia
    turn = (11.772 * sine - push * cosine - swing * cosine) / (0.5 * inertia)
    return x + STEP * ca.vertcat(x[2], x[3], acceleration, turn)


def stage_cost(x, u, weight):
    force = ca.fmax(ca.fabs(u) - FORCE, 0)
    place = ca.fmax(ca.fabs(x[0]) - TRACK, 0)
    running = x[0] ** 2 + 5 * x[1] ** 2 + 0.1 * (x[2] ** 2 + x[3] ** 2) + 0.01 * u**2
    return running + weight * (force**2 + place**2)


def control(steps):
    """Cost and gradient, and the Hessian times a vector."""
    x0, u = ca.SX.sym("x0", 4), ca.SX.sym("u", steps)
    weight, v = ca.SX.sym("weight"), ca.SX.sym("v", steps)
    x, cost = x0, 0
    for k in range(steps):
        cost += stage_cost(x, u[k], weight)
        x = control_dynamics(x, u[k])
    cost += 10 * (x[0] ** 2 + x[1] ** 2) + x[2] ** 2 + x[3] ** 2
    gradient = ca.gradient(cost, u)
    yield ca.Function(f"control_{steps}_gradient", [x0, u, weight], [cost, gradient])
    yield ca.Function(f"control_{steps}_hvp", [x0, u, weight, v], [ca.jtimes(gradient, u, v)])


def pendulums(steps=100, h=0.02):
    """The value after steps of Runge and Kutta, and its gradients."""

    def dynamics(x):
        spring = p[1] * (x[0] - x[2])
        a = -p[0] * ca.sin(x[0]) - spring - p[2] * x[1]
        b = -p[0] * ca.sin(x[2]) + spring - p[2] * x[3]
        return ca.vertcat(x[1], a, x[3], b)

    x0, p = ca.SX.sym("x0", 4), ca.SX.sym("p", 3)
    x = x0
    for _ in range(steps):
        k1 = dynamics(x)
        k2 = dynamics(x + 0.5 * h * k1)
        k3 = dynamics(x + 0.5 * h * k2)
        k4 = dynamics(x + h * k3)
        x = x + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    cost = ca.dot(x, x)
    gradient = ca.gradient(cost, ca.vertcat(x0, p))
    yield ca.Function("pendulums", [x0, p], [cost, gradient[:4], gradient[4:]])


def bundle_adjustment():
    """A residual and its Jacobian, by input."""
    camera, point = ca.SX.sym("camera", 11), ca.SX.sym("point", 3)
    weight, feature = ca.SX.sym("weight"), ca.SX.sym("feature", 2)
    rotation, x = camera[:3], point - camera[3:6]
    square = ca.dot(rotation, rotation)
    turns = square > 0
    # The branch that is not taken is evaluated, too, and must not divide by 0.
    angle = ca.sqrt(ca.if_else(turns, square, 1))
    axis = rotation / angle
    along = ca.dot(axis, x)
    turned = x * ca.cos(angle) + ca.cross(axis, x) * ca.sin(angle) + axis * along * (1 - ca.cos(angle))
    seen = ca.if_else(turns, turned, x + ca.cross(rotation, x))
    place = seen[:2] / seen[2]
    r = ca.dot(place, place)
    distortion = 1 + camera[9] * r + camera[10] * r * r
    y = weight * (camera[7:9] + camera[6] * place * distortion - feature)
    jacobian = ca.jacobian(y, ca.vertcat(camera, point, weight))
    parts = [jacobian[:, :11], jacobian[:, 11:14], jacobian[:, 14]]
    outputs = [y, *(ca.densify(part.T) for part in parts)]
    yield ca.Function("bundle_adjustment", [camera, point, weight, feature], outputs)


def main():
    folder = sys.argv[1].rstrip("/") + "/"
    problems = [control(20), control(50), control(100), pendulums(), bundle_adjustment()]
    for function in (function for problem in problems for function in problem):
        generator = ca.CodeGenerator(f"{function.name()}.c")
        generator.add(function)
        generator.generate(folder)
        print(function.name())


if __name__ == "__main__":
    main()
