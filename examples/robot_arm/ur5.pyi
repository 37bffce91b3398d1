"""The pose of a UR5 arm's tool and its derivatives by the joint angles."""

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
    "pose",
    "pose_jf",
    "pose_f_jf",
    "all_functions",
    "function_info",
    "workspace_for_function",
    "call",
    "__version__",
]

class _pose_results(TypedDict):
    position: NDArray[np.float64]
    rotation: NDArray[np.float64]

@final
class _pose(_Function):
    """Where the tool flange of a UR5 arm is: its position in metres and its axes (the columns of the
    rotation), in the frame of the base, for six joint angles in radians.

    The links are those of the manufacturer's Denavit–Hartenberg table: a joint turns about `z` by
    its angle and moves along `z` by `d`; the link moves along the new `x` by `a` and turns about
    it by `alpha`, here a multiple of a right angle and so given by its sine and cosine.

    Parameters
    ----------
    q : array of float64, shape (6,)
    workspace : what `workspace_for_function("pose")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'position' : array of float64, shape (3,)
        'rotation' : array of float64, shape (3, 3)

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
    pose_jf, pose_f_jf
    """
    def __call__(
        self,
        q: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _pose_results: ...

class _pose_jf_results(TypedDict):
    jacobian_position: NDArray[np.float64]
    jacobian_rotation: NDArray[np.float64]

@final
class _pose_jf(_Function):
    """The Jacobian by `q` of `pose`.

    Parameters
    ----------
    q : array of float64, shape (6,)
    workspace : what `workspace_for_function("pose_jf")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'jacobian_position' : array of float64, shape (3, 6)
        'jacobian_rotation' : array of float64, shape (3, 3, 6)

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
        q: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _pose_jf_results: ...

class _pose_f_jf_results(TypedDict):
    position: NDArray[np.float64]
    rotation: NDArray[np.float64]
    jacobian_position: NDArray[np.float64]
    jacobian_rotation: NDArray[np.float64]

@final
class _pose_f_jf(_Function):
    """The value and the Jacobian by `q` of `pose`, in one sweep.

    Parameters
    ----------
    q : array of float64, shape (6,)
    workspace : what `workspace_for_function("pose_f_jf")` returns, optional
    out : dict of arrays by output, or the array of the only one, optional
        Where results are written to; by keyword only.

    Returns
    -------
    dict
        'position' : array of float64, shape (3,)
        'rotation' : array of float64, shape (3, 3)
        'jacobian_position' : array of float64, shape (3, 6)
        'jacobian_rotation' : array of float64, shape (3, 3, 6)

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
        q: ArrayLike,
        workspace: _Workspace | None = ...,
        *,
        out: _Out | None = ...,
        casting: _Casting = ...,
        strict: bool = ...,
        nan: _Nan = ...,
    ) -> _pose_f_jf_results: ...

pose: _pose
pose_jf: _pose_jf
pose_f_jf: _pose_f_jf
