"""Two functions and their derivatives, compiled from Rust."""

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
    "energy",
    "magic",
    "magic_grad_x",
    "magic_grad_w",
    "magic_hessian_x",
    "magic_hessian_w",
    "magic_f_jf_hvp_x",
    "all_functions",
    "function_info",
    "workspace_for_function",
    "call",
    "__version__",
]

class _energy_results(TypedDict):
    cost: Any
    state: Any

@final
class _energy(_Function):
    """A cost and a state that come from one model.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("energy")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'cost' : float
        'state' : float

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
    ) -> _energy_results: ...

class _magic_results(TypedDict):
    a: Any

@final
class _magic(_Function):
    """Weighted energy of `sin x`.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("magic")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'a' : float

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
    magic_grad_x, magic_grad_w, magic_hessian_x, magic_hessian_w, magic_f_jf_hvp_x
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
    ) -> _magic_results: ...

class _magic_grad_x_results(TypedDict):
    gradient_a: NDArray[np.float64]

@final
class _magic_grad_x(_Function):
    """The gradient by `x` of `magic`.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("magic_grad_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_a' : array of float64, shape (2,)

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
    ) -> _magic_grad_x_results: ...

class _magic_grad_w_results(TypedDict):
    gradient_a: NDArray[np.float64]

@final
class _magic_grad_w(_Function):
    """The gradient by `w` of `magic`.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("magic_grad_w")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'gradient_a' : array of float64, shape (1,)

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
    ) -> _magic_grad_w_results: ...

class _magic_hessian_x_results(TypedDict):
    hessian_a: NDArray[np.float64]

@final
class _magic_hessian_x(_Function):
    """The Hessian by `x` of `magic`.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("magic_hessian_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'hessian_a' : array of float64, shape (2, 2)

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
    ) -> _magic_hessian_x_results: ...

class _magic_hessian_w_results(TypedDict):
    hessian_a: NDArray[np.float64]

@final
class _magic_hessian_w(_Function):
    """The Hessian by `w` of `magic`.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    workspace : what `workspace_for_function("magic_hessian_w")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'hessian_a' : array of float64, shape (1, 1)

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
    ) -> _magic_hessian_w_results: ...

class _magic_f_jf_hvp_x_results(TypedDict):
    a: Any
    jacobian_a: NDArray[np.float64]
    hvp_a: NDArray[np.float64]

@final
class _magic_f_jf_hvp_x(_Function):
    """The value, the Jacobian by `x` and the Hessian by `x` times a direction of `magic`, in one sweep.

    Parameters
    ----------
    x : array of float64, shape (2,)
    w : array of float64, shape (1,)
    v_x : array of float64, shape (2,)
    workspace : what `workspace_for_function("magic_f_jf_hvp_x")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'a' : float
        'jacobian_a' : array of float64, shape (2,)
        'hvp_a' : array of float64, shape (2,)

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
        v_x: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _magic_f_jf_hvp_x_results: ...

energy: _energy
magic: _magic
magic_grad_x: _magic_grad_x
magic_grad_w: _magic_grad_w
magic_hessian_x: _magic_hessian_x
magic_hessian_w: _magic_hessian_w
magic_f_jf_hvp_x: _magic_f_jf_hvp_x
