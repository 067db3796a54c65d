from typing import Any, final

import numpy as np
from numpy.typing import NDArray
from typing_extensions import Self

from ._values import Floats, Paths

__version__: str
__all__ = [
    "Activity",
    "EccentricError",
    "EvidenceError",
    "Load",
    "Outlook",
    "Profile",
    "ReadError",
    "State",
    "__version__",
    "fit",
    "forecast",
    "points_per_km",
    "read_bytes",
    "read_path",
    "score",
]

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
    def __new__(
        cls, activity: Activity, body: tuple[float, float, float | None]
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
        options: tuple[float, float, list[float], float, float],
        profile: Profile | None,
    ) -> Outlook: ...

def read_bytes(
    bytes: bytes, name: Paths, grade: float | None, start_ms: int | None
) -> list[Activity]: ...
def read_path(path: Paths, grade: float | None, start_ms: int | None) -> list[Activity]: ...
def points_per_km(
    grade: Floats, speed_m_s: Floats, body: tuple[float, float, float | None]
) -> NDArray[np.float64]: ...
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
    folder: Paths, parameters: Paths | None, leave_one_lab_out: bool
) -> dict[str, Any]: ...
