from typing import Any, TypeAlias, TypedDict, final, type_check_only

import numpy as np
from numpy.typing import NDArray
from typing_extensions import Self

from ._values import Floats, Paths

__version__: str
BUILD_UP: float
__all__ = [
    "Activity",
    "BUILD_UP",
    "Course",
    "EccentricError",
    "EvidenceError",
    "Load",
    "Outlook",
    "Plan",
    "Profile",
    "Race",
    "ReadError",
    "State",
    "Today",
    "__version__",
    "fit",
    "forecast",
    "plan",
    "points_per_km",
    "race",
    "read_bytes",
    "read_path",
    "score",
    "today",
]

# Mass, pack, body fat, age.
_Body: TypeAlias = tuple[float, float, float | None, float | None]
# Loads; body; habit; profile.
_Athlete: TypeAlias = tuple[list[Load], _Body, str, Profile | None]
_Source: TypeAlias = Paths | tuple[bytes, str]
_Pacing: TypeAlias = float | tuple[Floats, Floats] | _Source | None

@type_check_only
class PlanOptions(TypedDict):
    race: int
    from_: int
    time_s: float | None
    hour: int
    block: list[str]
    rest_days: int
    soreness: float
    probability: float
    clear_below: float
    clear_probability: float
    week_points: float | None
    week_descent_m: float | None
    build_up: float
    slope: float | None
    speed_m_s: float | None
    before: str | None
    time_zone: str

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
        columns: list[Floats],
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
    def __new__(cls, activity: Activity, body: _Body) -> Self: ...
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def saved(self) -> str: ...
    def to_bytes(self) -> bytes: ...
    @classmethod
    def from_bytes(cls, bytes: bytes, name: Paths) -> Self: ...
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
        options: tuple[float, float, list[float], float, float],
        profile: Profile | None,
    ) -> Outlook: ...

@final
class Today:
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...

@final
class Course:
    @classmethod
    def read(cls, source: _Source, name: str | None) -> Self: ...
    @classmethod
    def from_columns(cls, distance_m: Floats, elevation_m: Floats, name: str | None) -> Self: ...

@final
class Race:
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def report(self, places: int) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...
    def after(self) -> Outlook: ...

@final
class Plan:
    @classmethod
    def from_json(cls, text: str) -> Self: ...
    def to_json(self) -> str: ...
    def saved(self) -> str: ...
    def ics(self) -> str: ...
    def report(self) -> dict[str, Any]: ...
    def fields(self) -> dict[str, Any]: ...

def today(
    athlete: _Athlete,
    at_ms: int,
    until_ms: int | None,
    limited: tuple[float, float],
    on: tuple[float | None, float | None],
) -> Today: ...
def race(
    course: Course,
    athlete: _Athlete,
    start_ms: int,
    pacing: _Pacing,
    after: tuple[float, list[float], float],
) -> Race: ...
def plan(course: Course, athlete: _Athlete, options: PlanOptions) -> Plan: ...
def read_bytes(
    bytes: bytes, name: Paths, grade: float | None, start_ms: int | None
) -> list[Activity]: ...
def read_path(path: Paths, grade: float | None, start_ms: int | None) -> list[Activity]: ...
def points_per_km(grade: Floats, speed_m_s: Floats, body: _Body) -> NDArray[np.float64]: ...
def forecast(
    loads: list[Load],
    habit: str,
    start_ms: int | None,
    options: tuple[float, float, list[float], float, float],
    profile: Profile | None,
) -> Outlook: ...
def fit(
    loads: list[Load], ratings: bytes, habit: str, scale: str | None, time_zone: str
) -> Profile: ...
def score(
    folder: Paths | None, parameters: Paths | None, leave_one_lab_out: bool
) -> dict[str, Any]: ...
