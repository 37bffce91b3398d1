"""Prints figures.txt: what mpmath says of the functions of `gradgen::math`, at 60 digits.

    python3 tests/mathematics/figures.py > tests/mathematics/figures.txt

A line is a name, its arguments, the value, the first derivatives and the second ones (of two arguments: by a, by b;
by a twice, by a and b, by b twice). Arguments are the doubles nearest to what is printed, and mpmath calculates with
these. A value beyond the largest double is printed as `inf`.
"""

from mpmath import (
    besselj, cos, digamma, erf, erfc, exp, gamma, ln, log1p, loggamma, mp, mpf, nstr, pi, psi, sin, sqrt,
)

mp.dps = 60
LARGEST = mpf(1.7976931348623157e308)


def text(value):
    value = mpf(value)
    if abs(value) > LARGEST:
        return "inf" if value > 0 else "-inf"
    if abs(value) < mpf(10) ** -330:
        return "0"
    return nstr(value, 20)


def row(name, arguments, *values):
    print(name, *[repr(float(a)) for a in arguments], *[text(v) for v in values])


def each(name, points, *functions):
    for point in points:
        x = mpf(float(point))
        row(name, [point], *[f(x) for f in functions])


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def slope_of_erf(x):
    return 2 / sqrt(pi) * exp(-x * x)


TAILS = [-40, -30, -10, -3, -1, -0.3, -1e-10, -1e-300, 0, 1e-300, 1e-10, 1e-3, 0.3, 0.5, 0.84375, 1, 1.25, 2.5, 5.3]
TAILS += [5.9, 6.1, 10.1, 19.7, 26.1, 26.5, 27.1, 30, 38.3]
each("erf", TAILS, erf, slope_of_erf, lambda x: -2 * x * slope_of_erf(x))
each("erfc", TAILS, erfc, lambda x: -slope_of_erf(x), lambda x: 2 * x * slope_of_erf(x))
each("normal_pdf", TAILS + [-37.3], density, lambda x: -x * density(x), lambda x: (x * x - 1) * density(x))
each("normal_cdf", TAILS + [-37.3, -20.3], lambda x: erfc(-x / sqrt(2)) / 2, density, lambda x: -x * density(x))

GAMMA = [1e-300, 1e-100, 1e-5, 0.01, 0.1, 0.5, 0.9, 1, 1.1, 1.4, 1.5, 1.9, 2, 2.1, 3.5, 7.9, 15.5, 20.25, 50.1, 100.3]
LEFT = [-1e-300, -1e-5, -0.3, -0.5, -0.999, -1.001, -1.5, -2.5, -2.75, -10.3, -20.01, -50.6]
each(
    "gamma", [x for x in GAMMA if x > 1e-200] + [140.3, 170.5, -1e-5, -0.3, -0.5, -0.999, -1.5, -2.5, -2.75, -10.3],
    gamma, lambda x: gamma(x) * psi(0, x), lambda x: gamma(x) * (psi(0, x) ** 2 + psi(1, x)),
)
RIGHT = GAMMA + [1e3, 1e5, 1e10, 1e15, 1e100, 1e300]
each("ln_gamma", RIGHT + LEFT, lambda x: ln(abs(gamma(x))) if x < 0 else loggamma(x), digamma, lambda x: psi(1, x))
each("digamma", RIGHT + LEFT, digamma, lambda x: psi(1, x), lambda x: psi(2, x))
each("trigamma", RIGHT + LEFT, lambda x: psi(1, x), lambda x: psi(2, x), lambda x: psi(3, x))


def logistic(x):
    return 1 / (1 + exp(-x))


def spread(x):
    return logistic(x) * logistic(-x)


WIDE = [-750, -745.2, -709, -300, -40, -36.7, -10, -1, -0.3, -1e-10, 0, 1e-10, 0.3, 1, 10, 36.7, 40, 300, 709, 750]
mp.dps = 700
each("logistic", WIDE, logistic, spread, lambda x: spread(x) * (logistic(-x) - logistic(x)))
each("softplus", WIDE, lambda x: log1p(exp(x)), logistic, spread)
each("log_logistic", WIDE, lambda x: -log1p(exp(-x)), lambda x: logistic(-x), lambda x: -spread(x))
mp.dps = 60

PROBABILITIES = [1e-308, 1e-300, 1e-200, 1e-100, 1e-50, 1e-20, 1e-10, 1e-5, 0.01, 0.1, 0.24, 0.26, 0.3, 0.45, 0.4999]
PROBABILITIES += [0.499999999, 0.5, 0.5000001, 0.55, 0.7, 0.74, 0.76, 0.9, 0.975, 0.999, 0.999999999, 1 - 2**-40]
PROBABILITIES += [1 - 2**-53]
mp.dps = 400
each("logit", PROBABILITIES, lambda p: ln(p / (1 - p)), lambda p: 1 / (p * (1 - p)), lambda p: (2 * p - 1) / (p * (1 - p)) ** 2)
mp.dps = 60


def quantile(p):
    """By Newton's method on the logarithm of the tail, from the tail's first terms."""
    if p > 0.5:
        return -quantile(1 - p)
    x = -sqrt(-2 * ln(p)) if p < 0.1 else mpf(0)
    for _ in range(60):
        tail = erfc(-x / sqrt(2)) / 2
        x -= (ln(tail) - ln(p)) * tail / density(x)
    return x


for p in PROBABILITIES:
    p = mpf(p)
    x = quantile(p)
    row("normal_quantile", [p], x, 1 / density(x), x / density(x) ** 2)

LONG = [-50.5, -2.5, -1e-5, 0, 1e-300, 1e-8, 1e-3, 0.3, 0.9, 1, 1.5, 2, 2.4, 3, 3.8, 5, 7.1, 10, 14.9, 24.7, 50, 100.5]
LONG += [1e3, 12345.6, 1e6, 1e10]
each("bessel_j0", LONG, lambda x: besselj(0, x), lambda x: -besselj(1, x), lambda x: (besselj(2, x) - besselj(0, x)) / 2)
each(
    "bessel_j1", LONG, lambda x: besselj(1, x), lambda x: (besselj(0, x) - besselj(2, x)) / 2,
    lambda x: (besselj(3, x) - 3 * besselj(1, x)) / 4,
)


def of_sinc(x):
    """With digits for what cancels near 0."""
    before, mp.dps = mp.dps, 1000
    values = (
        (mpf(1), mpf(0), -mpf(1) / 3) if x == 0
        else (sin(x) / x, (x * cos(x) - sin(x)) / x**2, ((2 - x * x) * sin(x) - 2 * x * cos(x)) / x**3)
    )
    mp.dps = before
    return values


for x in LONG + [0.999, 1.999, 2.999]:
    row("sinc", [x], *of_sinc(mpf(x)))

PAIRS = [(0.3, 0.7), (1, 1), (2.5, 0.1), (1e-5, 2.5), (1e-10, 1e-10), (3, 40), (40.5, 3.25), (100, 120), (1e3, 0.5)]
PAIRS += [(0.5, 1e10), (1e10, 1e-10), (1e6, 1e6), (1e6, 2), (17, 1e-8), (1e-8, 17), (1e15, 1e-3), (300, 700), (1e-300, 3)]
mp.dps = 400
for a, b in PAIRS:
    a, b = mpf(a), mpf(b)
    log_beta = loggamma(a) + loggamma(b) - loggamma(a + b)
    by_a, by_b = psi(0, a) - psi(0, a + b), psi(0, b) - psi(0, a + b)
    mixed = -psi(1, a + b)
    twice_a, twice_b = psi(1, a) + mixed, psi(1, b) + mixed
    row("ln_beta", [a, b], log_beta, by_a, by_b, twice_a, mixed, twice_b)
    if a < 1e-100:
        continue
    y = exp(log_beta)
    row(
        "beta", [a, b], y, y * by_a, y * by_b,
        y * (by_a**2 + twice_a), y * (by_a * by_b + mixed), y * (by_b**2 + twice_b),
    )
