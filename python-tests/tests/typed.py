"""A program that type checkers must find nothing in: what the stubs say of calls and results."""

import numpy as np
import samples
import xyz

cost: float = xyz.energy([1.0, 2.0], w=[3.0])["cost"]
workspace = xyz.workspace_for_function("magic_f_jf_hvp_x")
bundle = xyz.magic_f_jf_hvp_x(np.array([1.0, 2.0]), 3, [0.5, -0.1], workspace, casting="same_kind")
jacobian: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = bundle["jacobian_a"]
out = {"gradient_a": np.zeros(2)}
xyz.magic_grad_x([1, 2], [3], out=out, strict=False, nan="raise")
gradient = xyz.magic.grad("x").select("gradient_a").partial(w=[3.0])([1.0, 2.0])
call = xyz.magic.bind([1.0, 2.0], [3.0], out={"a": np.zeros(())})
call()
samples.defaults([1.0, 2.0], on=False)["y"]
samples.narrow([1, 2], 3)["y"].astype(np.float64)
names: list[str] = xyz.all_functions()
