"""Arguments that several calls share, checked and as the native half takes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from . import _native
from ._load import Load
from ._values import number

if TYPE_CHECKING:
    from ._profile import Profile


def natives(loads: Iterable[Load]) -> list[_native.Load]:
    """Handles of loads."""
    if isinstance(loads, Load):
        raise TypeError("loads is one Load, allowed is a list of them")
    handles = []
    for index, load in enumerate(loads):
        if not isinstance(load, Load):
            raise TypeError(f"loads[{index}] is {type(load).__name__}, allowed is a Load")
        handles.append(load._native)
    return handles


def profile_handle(profile: Profile | None) -> _native.Profile | None:
    """Handle of a profile."""
    if profile is not None and not isinstance(getattr(profile, "_native", None), _native.Profile):
        raise TypeError(f"profile is {type(profile).__name__}, allowed is a Profile")
    return None if profile is None else profile._native


def text(name: str, value: Any) -> str:
    """A word."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is {value!r}, allowed is a text")
    return value


def level_list(levels: Iterable[float]) -> list[float]:
    """Levels of intervals, as numbers."""
    if isinstance(levels, (int, float, str)):
        raise TypeError(f"levels is {levels!r}, allowed is a list of numbers such as [0.8]")
    return [number(f"levels[{index}]", level) for index, level in enumerate(levels)]


def forecast_options(
    hours: float,
    step_h: float,
    levels: Iterable[float],
    clear_below: float,
    clear_probability: float,
) -> tuple[float, float, list[float], float, float]:
    """What a forecast covers, as numbers."""
    return (
        number("hours", hours),
        number("step_h", step_h),
        level_list(levels),
        number("clear_below", clear_below),
        number("clear_probability", clear_probability),
    )
