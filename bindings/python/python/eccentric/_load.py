"""Loads: what a run does to a runner's legs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from . import _native
from ._activity import Activity
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
        As in `Activity`.
    negative_work_j : float
        Negative mechanical work, pack included.
    points : dict of str to float
        Points of each muscle group: 100 are 30 minutes at a grade of -0.16 and 3 m/s.
    points_total, points_se : float
        Mean points, and their standard error from the error of the grades.
    equivalent_flat_km : float
        Distance of easy level running with the same mean points.
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
    activity: Activity, *, mass_kg: float = 70.0, pack_kg: float = 0.0, body_fat: float | None = None
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
    found: Load = Load._of(_native.Load(activity._native, _runner(mass_kg, pack_kg, body_fat)))
    return found


def _runner(
    mass_kg: float, pack_kg: float, body_fat: float | None
) -> tuple[float, float, float | None]:
    fat = None if body_fat is None else number("body_fat", body_fat)
    return number("mass_kg", mass_kg), number("pack_kg", pack_kg), fat


def points_per_km(
    grade: ArrayLike,
    speed_m_s: ArrayLike,
    *,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
) -> Floats:
    """Mean points of 1 km at a grade and a speed, elementwise.

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
    array([18.52,  5.88])
    """
    grades, speeds = _numbers("grade", grade), _numbers("speed_m_s", speed_m_s)
    if grades.shape != speeds.shape:
        grades, speeds = np.broadcast_arrays(grades, speeds)
    body = _runner(mass_kg, pack_kg, body_fat)
    return _native.points_per_km(grades.ravel(), speeds.ravel(), body).reshape(grades.shape)


def _numbers(name: str, values: ArrayLike) -> Floats:
    if type(values) is np.ndarray and values.ndim == 1:
        return floats(name, values)
    if np.ndim(values) == 0:
        return np.asarray(number(name, values))
    array = np.asarray(values)
    return floats(name, array.ravel()).reshape(array.shape)
