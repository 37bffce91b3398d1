"""Functions of every kind."""

# Written by `__stubs__()` of the module, from the tables of its functions.

from typing import Any, Callable, Iterator, Literal, Mapping, TypedDict, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Casting = Literal["no", "equiv", "safe", "same_kind", "unsafe"]
_Nan = Literal["ignore", "raise"]
_Out = NDArray[Any] | Mapping[str, NDArray[Any]]

__version__: str

def all_functions() -> list[str]: ...
def function_info(name: str) -> dict[str, Any]: ...
def workspace_for_function(name: str) -> _Workspace: ...
def call(name: str, /, *args: Any, **kwargs: Any) -> Any: ...

@final
class _Workspace:
    """Memory for calls of one function; it serves one call at a time."""
    @property
    def function(self) -> str: ...
    @property
    def size(self) -> int | None: ...

class _Variation:
    """A function that was told something before the call."""
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    __name__: str
    __qualname__: str
    @property
    def inputs(self) -> dict[str, tuple[int | None, ...]]: ...
    @property
    def outputs(self) -> dict[str, tuple[int | None, ...]]: ...
    @property
    def n_in(self) -> int: ...
    @property
    def n_out(self) -> int: ...
    @property
    def defaults(self) -> dict[str, Any]: ...
    @property
    def dtype(self) -> np.dtype[Any]: ...
    @property
    def workspace_size(self) -> int | None: ...
    @property
    def signature(self) -> str: ...
    @property
    def ufunc(self) -> np.ufunc: ...
    @property
    def address(self) -> int: ...
    def workspace(self) -> _Workspace: ...
    def grad(self, *inputs: str) -> _Variation: ...
    def jacobian(self, *inputs: str) -> _Variation: ...
    def hessian(self, *inputs: str) -> _Variation: ...
    def jvp(self, *inputs: str) -> _Variation: ...
    def vjp(self, *inputs: str) -> _Variation: ...
    def hvp(self, *inputs: str) -> _Variation: ...
    def value_and_grad(self, *inputs: str) -> _Variation: ...
    def select(self, *outputs: str) -> _Variation: ...
    def partial(self, **inputs: ArrayLike) -> _Variation: ...
    def with_defaults(self, **inputs: ArrayLike) -> _Variation: ...
    def with_options(
        self, *, casting: _Casting | None = ..., strict: bool | None = ..., nan: _Nan | None = ...
    ) -> _Variation: ...
    def bind(self, *args: Any, **kwargs: Any) -> Callable[[], Any]: ...
    def stateful(self, **initial: ArrayLike) -> _Stateful: ...
    def lowlevel(self, signature: str = ...) -> Any: ...
    def check(self, *args: Any, **kwargs: Any) -> Any: ...
    def profile(self, *args: Any, **kwargs: Any) -> dict[str, float]: ...
    def dump(self) -> str: ...

@final
class _State:
    """What a function with a memory keeps: a mapping, which checks what is put into it."""
    def __getitem__(self, name: str, /) -> Any: ...
    def __setitem__(self, name: str, value: ArrayLike, /) -> None: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def __copy__(self) -> _State: ...
    def keys(self) -> list[str]: ...

class _Stateful:
    """A function with a memory."""
    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...
    def peek(self, *args: Any, **kwargs: Any) -> Any: ...
    @property
    def state(self) -> _State: ...
    @state.setter
    def state(self, value: _State | dict[str, Any], /) -> None: ...
    @property
    def frozen(self) -> bool: ...
    @frozen.setter
    def frozen(self, value: bool, /) -> None: ...
    @property
    def function(self) -> _Variation: ...
    def copy(self, *, state: _State | dict[str, Any] | None = ...) -> _Stateful: ...
    def __copy__(self) -> _Stateful: ...
    def __getattr__(self, name: str, /) -> Any: ...

class _Function(_Variation):
    """A function of the module."""

__all__ = [
    "transpose",
    "scale",
    "empty",
    "running",
    "outer",
    "many",
    "narrow",
    "mixed",
    "pick",
    "defaults",
    "tangent",
    "named",
    "keyword",
    "out_of_range",
    "half",
    "wait",
    "signal",
    "panics",
    "residuals",
    "residuals_grad_x",
    "residuals_f_grad_x",
    "iterated",
    "iterated_grad",
    "squares",
    "squares_vjp",
    "squares_jf",
    "accumulate",
    "smooth",
    "tally",
    "tally_grad_x",
    "mean",
    "energy",
    "energy_grad_x",
    "energy_grad_stiffness",
    "energy_hessian_x",
    "energy_hessian_stiffness",
    "spiral",
    "spiral_grad",
    "steps",
    "steps_jf_a",
    "steps_jf_b",
    "all_functions",
    "function_info",
    "workspace_for_function",
    "call",
    "__version__",
]

class _transpose_results(TypedDict):
    t: NDArray[np.float64]
    sum: Any

@final
class _transpose(_Function):
    """The transpose of `m` and the sum of its elements.

    Parameters
    ----------
    m : array of float64, shape (2, 3)
    workspace : what `workspace_for_function("transpose")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        't' : array of float64, shape (3, 2)
        'sum' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        m: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _transpose_results: ...

class _scale_results(TypedDict):
    y: NDArray[np.float64]

@final
class _scale(_Function):
    """Parameters
    ----------
    x : float
    w : array of float64, shape (1,)
    m : array of float64, shape (1, 1)
    workspace : what `workspace_for_function("scale")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (1, 1)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        w: ArrayLike,
        m: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _scale_results: ...

class _empty_results(TypedDict):
    y: NDArray[np.float64]

@final
class _empty(_Function):
    """Parameters
    ----------
    x : array of float64, shape (0,)
    workspace : what `workspace_for_function("empty")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (2, 0)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _empty_results: ...

class _running_results(TypedDict):
    sums: NDArray[np.float64]
    total: Any

@final
class _running(_Function):
    """Parameters
    ----------
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("running")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'sums' : array of float64, shape (n,)
        'total' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _running_results: ...

class _outer_results(TypedDict):
    y: NDArray[np.float64]

@final
class _outer(_Function):
    """Parameters
    ----------
    a : array of float64, shape (n, 2)
    k : int
    b : array of float64, shape (n,)
    workspace : what `workspace_for_function("outer")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (n, 2, n)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        a: ArrayLike,
        k: ArrayLike,
        b: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _outer_results: ...

class _many_results(TypedDict):
    y0: Any
    y1: Any
    y2: Any
    y3: Any
    y4: Any
    y5: Any
    y6: Any
    y7: Any
    y8: Any
    y9: Any

@final
class _many(_Function):
    """Parameters
    ----------
    x0 : float
    x1 : float
    x2 : float
    x3 : float
    x4 : float
    x5 : float
    x6 : float
    x7 : float
    x8 : float
    x9 : float
    workspace : what `workspace_for_function("many")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y0' : float
        'y1' : float
        'y2' : float
        'y3' : float
        'y4' : float
        'y5' : float
        'y6' : float
        'y7' : float
        'y8' : float
        'y9' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x0: ArrayLike,
        x1: ArrayLike,
        x2: ArrayLike,
        x3: ArrayLike,
        x4: ArrayLike,
        x5: ArrayLike,
        x6: ArrayLike,
        x7: ArrayLike,
        x8: ArrayLike,
        x9: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _many_results: ...

class _narrow_results(TypedDict):
    y: NDArray[np.float32]
    w: Any

@final
class _narrow(_Function):
    """Parameters
    ----------
    x : array of float32, shape (2,)
    w : float
    workspace : what `workspace_for_function("narrow")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float32, shape (2,)
        'w' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        w: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _narrow_results: ...

class _mixed_results(TypedDict):
    y: Any

@final
class _mixed(_Function):
    """Parameters
    ----------
    x : float
    power : int
    count : int
    negate : bool
    workspace : what `workspace_for_function("mixed")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        power: ArrayLike,
        count: ArrayLike,
        negate: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _mixed_results: ...

class _pick_results(TypedDict):
    y: NDArray[np.float64]

@final
class _pick(_Function):
    """Parameters
    ----------
    x : array of float64, shape (3,)
    indices : array of uintp, shape (n,)
    workspace : what `workspace_for_function("pick")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        indices: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _pick_results: ...

class _defaults_results(TypedDict):
    y: NDArray[np.float64]

@final
class _defaults(_Function):
    """Parameters
    ----------
    x : array of float64, shape (2,), default 1.5
    n : int, default 3
    k : int, default -1
    on : bool, default True
    workspace : what `workspace_for_function("defaults")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (5,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike = ...,
        n: ArrayLike = ...,
        k: ArrayLike = ...,
        on: ArrayLike = ...,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _defaults_results: ...

class _tangent_results(TypedDict):
    y: Any

@final
class _tangent(_Function):
    """Parameters
    ----------
    x : float
    weight : float, default 2.0 (unused)
    v_x : float
    workspace : what `workspace_for_function("tangent")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        weight: ArrayLike,
        v_x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _tangent_results: ...

class _named_results(TypedDict):
    y: Any

@final
class _named(_Function):
    """Parameters
    ----------
    workspace : float
    workspace_ : what `workspace_for_function("named")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        workspace: ArrayLike,
        workspace_: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _named_results: ...

class _keyword_results(TypedDict):
    y: Any

@final
class _keyword(_Function):
    """Parameters
    ----------
    lambda : float
    workspace : what `workspace_for_function("keyword")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        *args: Any,
        **kwargs: Any,
    ) -> _keyword_results: ...

class _out_of_range_results(TypedDict):
    y: Any

@final
class _out_of_range(_Function):
    """Parameters
    ----------
    index : int
    workspace : what `workspace_for_function("out_of_range")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        index: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _out_of_range_results: ...

class _half_results(TypedDict):
    y: Any

@final
class _half(_Function):
    """Parameters
    ----------
    x : float
    workspace : what `workspace_for_function("half")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _half_results: ...

class _wait_results(TypedDict):
    y: Any

@final
class _wait(_Function):
    """Parameters
    ----------
    x : float
    workspace : what `workspace_for_function("wait")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _wait_results: ...

class _signal_results(TypedDict):
    y: Any

@final
class _signal(_Function):
    """Parameters
    ----------
    x : float
    workspace : what `workspace_for_function("signal")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _signal_results: ...

class _panics_results(TypedDict):
    y: Any

@final
class _panics(_Function):
    """Parameters
    ----------
    x : float
    workspace : what `workspace_for_function("panics")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _panics_results: ...

class _residuals_results(TypedDict):
    y: Any

@final
class _residuals(_Function):
    """Half the sum of squared residuals of linear equations.

    Parameters
    ----------
    a : array of float64, shape (n,)
    b : array of float64, shape (n,)
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("residuals")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    residuals_grad_x, residuals_f_grad_x
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _residuals_results: ...

class _residuals_grad_x_results(TypedDict):
    gradient_y: NDArray[np.float64]

@final
class _residuals_grad_x(_Function):
    """The gradient by `x` of `residuals`.

    Parameters
    ----------
    a : array of float64, shape (n,)
    b : array of float64, shape (n,)
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("residuals_grad_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_y' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _residuals_grad_x_results: ...

class _residuals_f_grad_x_results(TypedDict):
    y: Any
    gradient_y: NDArray[np.float64]

@final
class _residuals_f_grad_x(_Function):
    """The value and the gradient by `x` of `residuals`, in one sweep.

    Parameters
    ----------
    a : array of float64, shape (n,)
    b : array of float64, shape (n,)
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("residuals_f_grad_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float
        'gradient_y' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _residuals_f_grad_x_results: ...

class _iterated_results(TypedDict):
    y: Any

@final
class _iterated(_Function):
    """A tape as long as an argument says.

    Parameters
    ----------
    x : array of float64, shape (n,)
    n : int
    workspace : what `workspace_for_function("iterated")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    iterated_grad
    """
    def __call__(
        self,
        x: ArrayLike,
        n: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _iterated_results: ...

class _iterated_grad_results(TypedDict):
    gradient_y: NDArray[np.float64]

@final
class _iterated_grad(_Function):
    """The gradient by `x` of `iterated`.

    Parameters
    ----------
    x : array of float64, shape (n,)
    n : int
    workspace : what `workspace_for_function("iterated_grad")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_y' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        n: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _iterated_grad_results: ...

class _squares_results(TypedDict):
    y: NDArray[np.float64]

@final
class _squares(_Function):
    """An output that is as long as the input.

    Parameters
    ----------
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("squares")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    squares_vjp, squares_jf
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _squares_results: ...

class _squares_vjp_results(TypedDict):
    vjp_x: NDArray[np.float64]

@final
class _squares_vjp(_Function):
    """A cotangent times the Jacobian by `x` (VJP) of `squares`.

    Parameters
    ----------
    x : array of float64, shape (n,)
    cotangent_y : array of float64, shape (n,)
    workspace : what `workspace_for_function("squares_vjp")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'vjp_x' : array of float64, shape (n,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        cotangent_y: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _squares_vjp_results: ...

class _squares_jf_results(TypedDict):
    jacobian_y: NDArray[np.float64]

@final
class _squares_jf(_Function):
    """The Jacobian by `x` of `squares`.

    Parameters
    ----------
    x : array of float64, shape (n,)
    workspace : what `workspace_for_function("squares_jf")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'jacobian_y' : array of float64, shape (n, n)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _squares_jf_results: ...

class _accumulate_results(TypedDict):
    total_out: NDArray[np.float64]

@final
class _accumulate(_Function):
    """Adds to a total that it keeps.

    Parameters
    ----------
    total : array of float64, shape (1,)
    x : float
    workspace : what `workspace_for_function("accumulate")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'total_out' : array of float64, shape (1,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        total: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _accumulate_results: ...

class _smooth_results(TypedDict):
    before: Any
    level_out: NDArray[np.float64]

@final
class _smooth(_Function):
    """A filter that says what it was and becomes something between.

    Parameters
    ----------
    level : array of float64, shape (2,)
    x : array of float64, shape (2,)
    workspace : what `workspace_for_function("smooth")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'before' : float
        'level_out' : array of float64, shape (2,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        level: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _smooth_results: ...

class _tally_grad_x_results(TypedDict):
    gradient_total_out: Any

@final
class _tally_grad_x(_Function):
    """The gradient by `x` of `tally`.

    Parameters
    ----------
    total : float, default 1.5
    x : float
    workspace : what `workspace_for_function("tally_grad_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_total_out' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        total: ArrayLike,
        x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _tally_grad_x_results: ...

class _energy_results(TypedDict):
    y: Any

@final
class _energy(_Function):
    """A function over any float, of which Python gets one.

    Parameters
    ----------
    x : array of float32, shape (3,)
    stiffness : float
    workspace : what `workspace_for_function("energy")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    energy_grad_x, energy_grad_stiffness, energy_hessian_x, energy_hessian_stiffness
    """
    def __call__(
        self,
        x: ArrayLike,
        stiffness: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _energy_results: ...

class _energy_grad_x_results(TypedDict):
    gradient_y: NDArray[np.float32]

@final
class _energy_grad_x(_Function):
    """The gradient by `x` of `energy`.

    Parameters
    ----------
    x : array of float32, shape (3,)
    stiffness : float
    workspace : what `workspace_for_function("energy_grad_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_y' : array of float32, shape (3,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        stiffness: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _energy_grad_x_results: ...

class _energy_grad_stiffness_results(TypedDict):
    gradient_y: Any

@final
class _energy_grad_stiffness(_Function):
    """The gradient by `stiffness` of `energy`.

    Parameters
    ----------
    x : array of float32, shape (3,)
    stiffness : float
    workspace : what `workspace_for_function("energy_grad_stiffness")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        stiffness: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _energy_grad_stiffness_results: ...

class _energy_hessian_x_results(TypedDict):
    hessian_y: NDArray[np.float32]

@final
class _energy_hessian_x(_Function):
    """The Hessian by `x` of `energy`.

    Parameters
    ----------
    x : array of float32, shape (3,)
    stiffness : float
    workspace : what `workspace_for_function("energy_hessian_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'hessian_y' : array of float32, shape (3, 3)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        stiffness: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _energy_hessian_x_results: ...

class _energy_hessian_stiffness_results(TypedDict):
    hessian_y: Any

@final
class _energy_hessian_stiffness(_Function):
    """The Hessian by `stiffness` of `energy`.

    Parameters
    ----------
    x : array of float32, shape (3,)
    stiffness : float
    workspace : what `workspace_for_function("energy_hessian_stiffness")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'hessian_y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        x: ArrayLike,
        stiffness: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _energy_hessian_stiffness_results: ...

class _spiral_results(TypedDict):
    y: Any

@final
class _spiral(_Function):
    """How far a point of a spiral is from the centre.

    Parameters
    ----------
    t : float
    workspace : what `workspace_for_function("spiral")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    spiral_grad
    """
    def __call__(
        self,
        t: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _spiral_results: ...

class _spiral_grad_results(TypedDict):
    gradient_y: Any

@final
class _spiral_grad(_Function):
    """The gradient by `t` of `spiral`.

    Parameters
    ----------
    t : float
    workspace : what `workspace_for_function("spiral_grad")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_y' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        t: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _spiral_grad_results: ...

class _steps_results(TypedDict):
    length: Any

@final
class _steps(_Function):
    """The length of two steps.

    Parameters
    ----------
    a : array of float64, shape (2,)
    b : array of float64, shape (2,)
    workspace : what `workspace_for_function("steps")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'length' : float

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.

    See Also
    --------
    steps_jf_a, steps_jf_b
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _steps_results: ...

class _steps_jf_a_results(TypedDict):
    jacobian_length: NDArray[np.float64]

@final
class _steps_jf_a(_Function):
    """The Jacobian by `a` of `steps`.

    Parameters
    ----------
    a : array of float64, shape (2,)
    b : array of float64, shape (2,)
    workspace : what `workspace_for_function("steps_jf_a")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'jacobian_length' : array of float64, shape (2,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _steps_jf_a_results: ...

class _steps_jf_b_results(TypedDict):
    jacobian_length: NDArray[np.float64]

@final
class _steps_jf_b(_Function):
    """The Jacobian by `b` of `steps`.

    Parameters
    ----------
    a : array of float64, shape (2,)
    b : array of float64, shape (2,)
    workspace : what `workspace_for_function("steps_jf_b")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'jacobian_length' : array of float64, shape (2,)

    Other Parameters
    ----------------
    casting : {'no', 'equiv', 'safe', 'same_kind', 'unsafe'}, default 'safe'
        Which conversions of arrays are made.
    strict : bool, default False
        Whether arguments must have the very dtype and shape.
    nan : {'ignore', 'raise'}, default 'ignore'
        What becomes of a result that is not a number.

    Notes
    -----
    Axes before an argument's own make a batch, and are broadcast.
    """
    def __call__(
        self,
        a: ArrayLike,
        b: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _steps_jf_b_results: ...

transpose: _transpose
scale: _scale
empty: _empty
running: _running
outer: _outer
many: _many
narrow: _narrow
mixed: _mixed
pick: _pick
defaults: _defaults
tangent: _tangent
named: _named
keyword: _keyword
out_of_range: _out_of_range
half: _half
wait: _wait
signal: _signal
panics: _panics
residuals: _residuals
residuals_grad_x: _residuals_grad_x
residuals_f_grad_x: _residuals_f_grad_x
iterated: _iterated
iterated_grad: _iterated_grad
squares: _squares
squares_vjp: _squares_vjp
squares_jf: _squares_jf
accumulate: _accumulate
smooth: _smooth
tally: _Stateful
tally_grad_x: _tally_grad_x
mean: _Stateful
energy: _energy
energy_grad_x: _energy_grad_x
energy_grad_stiffness: _energy_grad_stiffness
energy_hessian_x: _energy_hessian_x
energy_hessian_stiffness: _energy_hessian_stiffness
spiral: _spiral
spiral_grad: _spiral_grad
steps: _steps
steps_jf_a: _steps_jf_a
steps_jf_b: _steps_jf_b
