"""Loads: what a run does to a runner's legs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _native
from ._activity import Activity
from ._native import EccentricError
from ._values import Floats, Value, axes, floats, number, pandas


@dataclass(frozen=True)
class Load(Value):
    """The eccentric load of one run on one runner.

    Attributes
    ----------
    name : str
        Short name of the run.
    start, end : numpy.datetime64
        When it began and ended, in UTC.
    dated : bool
        Whether it is known when it began.
    duration_s, moving_s, distance_m, ascent_m, descent_m : float
        As in `Activity`; NaN after `from_bytes`, but for the duration.
    negative_work_j : float
        Negative mechanical work, pack included.
    points : dict of str to float
        Points of each muscle group: 100 are those of the quadriceps after 30 minutes at a grade of -0.16 and 3 m/s.
    points_total, points_se : float
        Points of all muscle groups together, 100 after the same 30 minutes, and their standard error: from the
        error of the grades, and from the distance of the run from what was measured.
    equivalent_flat_km : float
        Distance of easy level running without a pack that leaves the same work in the muscles.
    warnings : list of str
        What reading found and changed.
    quality : dict
        What cleaning found and changed.
    """

    name: str
    start: np.datetime64
    end: np.datetime64
    dated: bool
    duration_s: float
    moving_s: float
    distance_m: float
    ascent_m: float
    descent_m: float
    negative_work_j: float
    points: dict[str, float]
    points_total: float
    points_se: float
    equivalent_flat_km: float
    warnings: list[str]
    quality: dict[str, Any] = field(repr=False)
    _native: _native.Load = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """The entry of `eccentric load --json`.

        Examples
        --------
        >>> import eccentric
        >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16)
        >>> sorted(eccentric.load(run).to_dict()["points"])
        ['calves', 'hamstrings', 'hip_extensors', 'quadriceps', 'total']
        """
        report: dict[str, Any] = self._native.report()["activities"][0]
        return report

    def to_json(self) -> str:
        """What to store: `eccentric.run_load`, which other programs that use the model read."""
        return self._native.saved()

    def to_bytes(self) -> bytes:
        """The load in few bytes, 186 for two hours and 945 at most, as a database keeps it of every run.

        Numbers keep seven digits. What else is known of the run (name, distance, quality) is not part of it.
        """
        if not self.dated:
            raise EccentricError("the run does not say when it began, needed is its start")
        return self._native.to_bytes()

    @classmethod
    def from_bytes(cls, stored: bytes, *, name: str = "load") -> Load:
        """A load that `to_bytes` has stored, with the body it was computed for.

        It counts in a history as any other, but its descents do not count for a usual descent or for what was done
        of a plan: only the recording knows them.

        Raises
        ------
        EccentricError
            For bytes that are damaged, cut off or none of a load.

        Examples
        --------
        >>> import eccentric
        >>> run = eccentric.from_segments(duration_s=7200, speed_m_s=3, grade=-0.1, start="2026-05-01T08:00:00Z")
        >>> stored = eccentric.load(run).to_bytes()
        >>> len(stored)
        186
        >>> eccentric.Load.from_bytes(stored).start
        np.datetime64('2026-05-01T08:00:00.000')
        """
        if not isinstance(stored, (bytes, bytearray, memoryview)):
            raise TypeError(f"stored is {type(stored).__name__}, allowed are bytes")
        if not isinstance(name, str):
            raise TypeError(f"name is {name!r}, allowed is a text")
        load: Load = cls._of(_native.Load.from_bytes(bytes(stored), name))
        return load

    def to_pandas(self) -> Any:
        """One row of a `pandas.DataFrame`, indexed by the start; `pandas.concat` makes a table of them."""
        names = ["name", "duration_s", "moving_s", "distance_m", "ascent_m", "descent_m"]
        names += ["negative_work_j", "points_total", "points_se", "equivalent_flat_km"]
        row = {name: getattr(self, name) for name in names}
        row |= {f"points_{muscle}": points for muscle, points in self.points.items()}
        pd = pandas("Load.to_pandas()")
        return pd.DataFrame(row, index=pd.Index([self.start], name="start"))

    def plot(self, ax: Any = None) -> Any:
        """Points of each muscle group as bars, on new axes if none are given."""
        ax = axes(ax, "Load.plot()")
        ax.bar([muscle.replace("_", " ") for muscle in self.points], list(self.points.values()))
        ax.set(ylabel="points", title=self.name)
        return ax


def load(
    activity: Activity,
    *,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
    age_years: float | None = None,
) -> Load:
    """The eccentric load of a run on a runner.

    Parameters
    ----------
    activity : Activity
        The run.
    mass_kg : float
        Body mass, 25 to 250 kg.
    pack_kg : float
        Mass carried, 0 to 100 kg.
    body_fat : float, optional
        Fat as a fraction of body mass, 0.02 to 0.65; the usual relation to body mass if not given.
    age_years : float, optional
        Age, 10 to 110 years: people who were rarely measured get wider intervals.

    Returns
    -------
    Load

    Raises
    ------
    EccentricError
        For a runner outside these ranges.

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16)
    >>> round(eccentric.load(run, mass_kg=70, body_fat=0.15).negative_work_j / 1000)
    620
    >>> eccentric.load(run, mass_kg=7)
    Traceback (most recent call last):
        ...
    eccentric.EccentricError: body mass is 7, allowed is 25 to 250 kg
    """
    if not isinstance(activity, Activity):
        raise TypeError(f"activity is {type(activity).__name__}, allowed is an Activity")
    found: Load = Load._of(_native.Load(activity._native, _runner(mass_kg, pack_kg, body_fat, age_years)))
    return found


def _runner(
    mass_kg: float, pack_kg: float, body_fat: float | None, age_years: float | None
) -> _native._Body:
    fat = None if body_fat is None else number("body_fat", body_fat)
    age = None if age_years is None else number("age_years", age_years)
    return number("mass_kg", mass_kg), number("pack_kg", pack_kg), fat, age


def points_per_km(
    grade: ArrayLike,
    speed_m_s: ArrayLike,
    *,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
) -> Floats:
    """Points of 1 km at a grade and a speed, all muscle groups together, elementwise.

    Parameters
    ----------
    grade : array_like
        Rise over horizontal distance, negative downhill, -1 to 1.
    speed_m_s : array_like
        Speed along the slope, 0 to 12 m/s; faster than 2 m/s is running. Broadcast against `grade`.
    mass_kg, pack_kg, body_fat
        As in `load`.

    Returns
    -------
    numpy.ndarray
        Of the broadcast shape.

    Examples
    --------
    >>> import eccentric
    >>> eccentric.points_per_km([-0.16, 0.0], 3.0, body_fat=0.15).round(2)
    array([18.52,  3.15])
    """
    grades, speeds = _numbers("grade", grade), _numbers("speed_m_s", speed_m_s)
    if grades.shape != speeds.shape:
        grades, speeds = np.broadcast_arrays(grades, speeds)
    body = _runner(mass_kg, pack_kg, body_fat, None)
    return _native.points_per_km(grades.ravel(), speeds.ravel(), body).reshape(grades.shape)


def _numbers(name: str, values: ArrayLike) -> Floats:
    if type(values) is np.ndarray and values.ndim == 1:
        return floats(name, values)
    if np.ndim(values) == 0:
        return np.asarray(number(name, values))
    array = np.asarray(values)
    return floats(name, array.ravel()).reshape(array.shape)
