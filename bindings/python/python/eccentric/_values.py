"""What goes into the model and comes out of it: columns, times, optional libraries, the base of results."""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any, Protocol, TypeVar, Union

import numpy as np
from numpy.typing import NDArray

from ._native import EccentricError

Floats = NDArray[np.float64]
Time = Union[datetime, np.datetime64, str]
Paths = Union[str, "os.PathLike[str]"]

_FLOAT64 = np.dtype(np.float64)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class EccentricWarning(UserWarning):
    """A run that could not be part of a history, with the reason."""


class Native(Protocol):
    """A handle of the native half."""

    def fields(self) -> dict[str, Any]: ...
    def to_json(self) -> str: ...


class Value:
    """A result: plain fields, and the handle from which the model goes on."""

    _native: Any

    @classmethod
    def _of(cls, native: Native) -> Any:
        return cls(_native=native, **native.fields())  # type: ignore[call-arg]

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (type(self), type(self._native), self._native.to_json())


V = TypeVar("V", bound=Value)


def _restored(cls: type[V], native: Any, text: str) -> V:
    restored: V = cls._of(native.from_json(text))
    return restored


def floats(name: str, values: Any) -> Floats:
    """One column of numbers, NaN where there is none."""
    if type(values) is np.ndarray and values.dtype is _FLOAT64 and values.ndim == 1:
        return values
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.asarray(values, dtype=np.float64).filled(np.nan)
    array = np.asarray(values)
    if array.dtype.kind == "O" and array.ndim == 1:
        array = _objects(name, array)
    if array.dtype.kind not in "fiu":
        raise TypeError(f"{name} holds {array.dtype}, allowed are numbers")
    if array.ndim != 1:
        raise EccentricError(f"{name} has {array.ndim} dimensions, allowed is 1")
    return array.astype(np.float64)


def _objects(name: str, values: NDArray[Any]) -> Floats:
    """Numbers among which None, or what a data frame writes for it, stands for nothing."""
    missing = (type(None), *(t for t in [_pandas_na()] if t is not None))
    rows = enumerate(values)
    found = [np.nan if isinstance(v, missing) else number(f"{name} in row {k}", v) for k, v in rows]
    return np.array(found, dtype=np.float64)


def _pandas_na() -> type | None:
    """What pandas writes for nothing, if pandas is in use."""
    used = sys.modules.get("pandas")
    return None if used is None else type(used.NA)


def number(name: str, value: Any) -> float:
    """One number; a truth value or a text is none."""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, float, np.integer, np.floating)):
        raise TypeError(f"{name} is {value!r}, allowed is a number")
    try:
        return float(value)
    except OverflowError:
        raise EccentricError(f"{name} is a whole number beyond all numbers, allowed is at most 1e308") from None


def unix_ms(name: str, time: Time | None) -> int | None:
    """Milliseconds since 1970 of a time that says which instant it is."""
    if time is None:
        return None
    if isinstance(time, str):
        time = _parsed(name, time)
    if isinstance(time, np.datetime64):
        if np.isnat(time):
            raise EccentricError(f"{name} is NaT, allowed is a time")
        return int(time.astype("datetime64[ms]").astype(np.int64))
    if not isinstance(time, datetime):
        raise TypeError(
            f"{name} is {time!r}, allowed is a datetime with a time zone, a numpy.datetime64 (UTC) "
            "or a text such as 2026-05-01T08:00:00Z"
        )
    if time.tzinfo is None:
        raise EccentricError(
            f"{name} is {time} without a time zone; allowed is one with it, such as "
            "2026-05-01T08:00:00+02:00, or a numpy.datetime64 (UTC)"
        )
    since = time - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def _parsed(name: str, time: str) -> datetime:
    try:
        # Python 3.10 doesn't know Z.
        return datetime.fromisoformat(time.replace("Z", "+00:00"))
    except ValueError:
        allowed = "a time such as 2026-05-01T08:00:00Z"
        raise EccentricError(f'{name} is "{time[:60]}", allowed is {allowed}') from None


def warn_of(left_out: Iterable[tuple[str, str]]) -> None:
    """Says which runs are not part of a history."""
    for name, reason in left_out:
        warnings.warn(f"{name or 'a run'}: {reason}", EccentricWarning, stacklevel=3)


def optional(module: str, what: str, extra: str) -> Any:
    """A library that is needed for one thing only."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise ImportError(f"{what} needs {module}: pip install 'eccentric[{extra}]'") from error


def pandas(what: str) -> Any:
    return optional("pandas", what, "pandas")


def axes(ax: Any, what: str) -> Any:
    """The axes that were given, else new ones."""
    if ax is not None:
        return ax
    return optional("matplotlib.pyplot", what, "plot").subplots()[1]
