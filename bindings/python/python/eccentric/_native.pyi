from typing import Any, Self, final

import numpy as np
from numpy.typing import NDArray

from ._values import Floats, Paths

__version__: str

class EccentricError(ValueError):
    """Something that the model cannot accept: what, where and the allowed range."""

class ReadError(EccentricError):
    """A file, a table or columns from which no run or rating can be read."""

class EvidenceError(EccentricError):
    """A folder of evidence that cannot be used."""

@final
class Activity:
    @classmethod
    def from_columns(
        cls, columns: list[tuple[str, Floats]], name: Paths, grade: float | None, start_ms: int | None
    ) -> Self: ...
    @classmethod
    def from_segments(
        cls,
        duration_s: Floats,
        speed_m_s: Floats,
        grade: Floats,
        grade_se: Floats,
        start_s: Floats,
        step_rate_hz: Floats,
        running: list[bool] | None,
        name: Paths,
        start_ms: int | None,
    ) -> Self: ...
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def fields(self) -> dict[str, Any]: ...

@final
class Load:
    def __new__(
        cls, activity: Activity, mass_kg: float, pack_kg: float, body_fat: float | None
    ) -> Self: ...
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def saved(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...

@final
class Outlook:
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...
    def state(self) -> State: ...

@final
class Profile:
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...

@final
class State:
    @classmethod
    def rested(cls, time_ms: int, habit: str, profile: Profile | None) -> Self: ...
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...
    def after(self, load: Load, profile: Profile | None) -> State: ...
    def advanced_to(self, time_ms: int, profile: Profile | None) -> State: ...
    def forecast(
        self,
        hours: float,
        step_h: float,
        levels: list[float],
        clear_below: float,
        clear_probability: float,
        profile: Profile | None,
    ) -> Outlook: ...

def read_bytes(
    bytes: bytes, name: Paths, grade: float | None, start_ms: int | None
) -> list[Activity]: ...
def read_path(path: Paths, grade: float | None, start_ms: int | None) -> list[Activity]: ...
def points_per_km(
    grade: Floats, speed_m_s: Floats, mass_kg: float, pack_kg: float, body_fat: float | None
) -> NDArray[np.float64]: ...
def forecast(
    loads: list[Load],
    habit: str,
    start_ms: int | None,
    hours: float,
    step_h: float,
    levels: list[float],
    clear_below: float,
    clear_probability: float,
    profile: Profile | None,
) -> Outlook: ...
def fit(
    loads: list[Load], ratings: bytes, habit: str, scale: str | None, time_zone: str
) -> Profile: ...
def score(folder: Paths, parameters: Paths | None) -> dict[str, Any]: ...
