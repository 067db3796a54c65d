"""What today's limit, a race and a plan are asked of: an athlete, a course, a descent."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, BinaryIO, Union

import numpy as np

from . import _native
from ._activity import _bytes
from ._load import Load, _runner
from ._native import EccentricError
from ._options import natives, profile_handle, text
from ._values import Floats, Paths, Time, floats, number, unix_ms

if TYPE_CHECKING:
    from ._profile import Profile

Source = Union[Paths, bytes, bytearray, memoryview, BinaryIO]
CourseSource = Union[Source, Mapping[str, Any], Any]
"""GPX, or a data frame or mapping with `distance_m` and `elevation_m`."""


@dataclass(frozen=True)
class Tightest:
    """Where soreness comes closest to what was asked for.

    Attributes
    ----------
    time : numpy.datetime64
        When, in UTC.
    muscle : str
        In which muscle group.
    probability : float
        Probability that its soreness is below the level.
    soreness : float
        Its median soreness.
    """

    time: np.datetime64
    muscle: str
    probability: float
    soreness: float


def athlete(
    loads: Iterable[Load],
    mass_kg: float,
    pack_kg: float,
    body_fat: float | None,
    age_years: float | None,
    habit: str,
    profile: Profile | None,
) -> _native._Athlete:
    """One athlete, as the native half takes it."""
    body = _runner(mass_kg, pack_kg, body_fat, age_years)
    return natives(loads), body, text("habit", habit), profile_handle(profile)


def maybe(name: str, value: float | None) -> float | None:
    """One number, if it is given."""
    return None if value is None else number(name, value)


def whole(name: str, value: Any, least: int, most: int) -> int:
    """One whole number."""
    if isinstance(value, bool) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} is {value!r}, allowed is a whole number")
    if not least <= value <= most:
        raise EccentricError(f"{name} is {number(name, value):g}, allowed is {least} to {most}")
    return int(value)


def or_now(name: str, time: Time | None) -> int:
    """A time, that of the clock if none is given."""
    ms = unix_ms(name, datetime.now(timezone.utc) if time is None else time)
    assert ms is not None
    return ms


def native_source(source: Any, name: str | None) -> _native._Source:
    """Something to read: a path, or bytes with a name for messages."""
    if isinstance(source, (str, os.PathLike)):
        return source
    label = name if name is not None else getattr(source, "name", None)
    return _bytes(source), label if isinstance(label, str) else "bytes"


def is_table(source: Any) -> bool:
    """Whether something has columns by name."""
    return isinstance(source, Mapping) or (hasattr(source, "__getitem__") and hasattr(source, "columns"))


def columns(what: str, table: Any, first: str, second: str) -> tuple[Floats, Floats]:
    """Two columns of a table."""
    try:
        found = table[first], table[second]
    except Exception as error:  # each library of frames has its own
        raise EccentricError(f"the columns of the {what} lack one of {first} and {second}") from error
    return floats(first, found[0]), floats(second, found[1])


def course_handle(course: CourseSource, name: str | None) -> _native.Course:
    """Reads a course."""
    name = None if name is None else text("name", name)
    if is_table(course):
        return _native.Course.from_columns(*columns("course", course, "distance_m", "elevation_m"), name)
    if not isinstance(course, (str, os.PathLike, bytes, bytearray, memoryview)) and not hasattr(course, "read"):
        raise TypeError(
            f"course is {type(course).__name__}, allowed is a path, bytes or a binary file of GPX, or a data frame "
            "or mapping with distance_m and elevation_m"
        )
    return _native.Course.read(native_source(course, name), name)
