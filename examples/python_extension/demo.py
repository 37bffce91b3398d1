"""Calls every function of `xyz` once and prints what comes out."""

import numpy as np
import xyz

ARGUMENTS = {"x": [1.0, 2.0], "w": [3.0], "v_x": [0.5, -0.1]}


def rows():
    """One row per output: function, its signature, the output's name, its value."""
    for name in xyz.all_functions():
        info = xyz.function_info(name)
        result = xyz.call(name, **{argument: ARGUMENTS[argument] for argument in info["input_names"]})
        call = f"{name}({', '.join(info['input_names'])})"
        for output, value in result.items():
            yield call, output, np.array2string(np.asarray(value), precision=12).replace("\n", "")
            call = ""


def main():
    """Prints the table."""
    print(f"xyz {xyz.__version__}: {xyz.__doc__}")
    print("x = [1, 2], w = [3], v_x = [0.5, -0.1]\n")
    table = [("function", "output", "value"), *rows()]
    widths = [max(map(len, column)) for column in list(zip(*table))[:2]]
    for call, output, value in table:
        print(f"{call:{widths[0]}}  {output:{widths[1]}}  {value}")

    # A workspace is never needed; with one, calls take no memory but for their results.
    workspace = xyz.workspace_for_function("magic_f_jf_hvp_x")
    x = np.array([1.0, 2.0])
    for _ in range(20):
        step = xyz.magic_f_jf_hvp_x(x, [3.0], [0.0, 0.0], workspace)
        x = x - 0.2 * step["jacobian_a"]
    print(f"\n20 steps down the gradient: a = {xyz.magic(x, [3.0])['a']:.3e} at x = {x}")


if __name__ == "__main__":
    main()
