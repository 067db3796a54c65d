"""Runs: from files, arrays, data frames, or segments of a protocol."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Union

import numpy as np
from numpy.typing import ArrayLike, NDArray

from . import _native
from ._frames import columns_of
from ._native import EccentricError
from ._values import Paths, Time, Value, axes, floats, number, pandas, unix_ms


@dataclass(frozen=True, eq=False)
class Activity(Value):
    """A run as read and cleaned, before anybody carries it.

    Attributes
    ----------
    name : str
        Short name of where it comes from.
    start : numpy.datetime64
        When it began, in UTC; 1970 if that is not known.
    dated : bool
        Whether it is known when it began.
    duration_s, moving_s : float
        From the first to the last sample, and without pauses and standing.
    distance_m, ascent_m, descent_m : float
        Horizontal distance while moving, sums of climbs and of descents.
    device : str or None
        Recording device or program, if the file names it.
    warnings : list of str
        What reading found and changed.
    quality : dict
        What cleaning found and changed.
    segments : dict of str to numpy.ndarray
        The run in segments of steady movement, all arrays of the same length: `start_s`, `duration_s`,
        `speed_m_s`, `grade`, `grade_se`, `step_rate_hz` (NaN if not measured), `running`, and
        `distance_m` and `elevation_m` at the start of the segment.
    """

    name: str
    start: np.datetime64
    dated: bool
    duration_s: float
    moving_s: float
    distance_m: float
    ascent_m: float
    descent_m: float
    device: str | None
    warnings: list[str]
    quality: dict[str, Any] = field(repr=False)
    segments: dict[str, NDArray[Any]] = field(repr=False)
    _native: _native.Activity = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """All fields as plain Python values that JSON has, None for a step rate that was not measured.

        Examples
        --------
        >>> import eccentric
        >>> run = eccentric.from_segments(duration_s=60, speed_m_s=3, grade=-0.1)
        >>> run.to_dict()["segments"]["grade"]
        [-0.1]
        """
        names = ("name", "dated", "duration_s", "moving_s", "distance_m", "ascent_m", "descent_m")
        plain: dict[str, Any] = {name: getattr(self, name) for name in names}
        plain |= {"device": self.device, "warnings": self.warnings, "quality": self.quality}
        plain["start"] = f"{self.start}Z"
        plain["segments"] = {
            name: [None if value != value else value for value in values.tolist()]
            for name, values in self.segments.items()
        }
        return plain

    def to_pandas(self) -> Any:
        """The segments as a `pandas.DataFrame`."""
        return pandas("Activity.to_pandas()").DataFrame(self.segments)

    def plot(self, ax: Any = None, *, mass_kg: float = 70.0, pack_kg: float = 0.0) -> Any:
        """Elevation profile, coloured by points per km for a runner.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes if not given.
        mass_kg, pack_kg : float
            Body mass and mass carried.

        Returns
        -------
        matplotlib.axes.Axes
        """
        from ._load import points_per_km

        ax = axes(ax, "Activity.plot()")
        s = self.segments
        points = points_per_km(s["grade"], s["speed_m_s"], mass_kg=mass_kg, pack_kg=pack_kg)
        km = s["distance_m"] / 1000.0
        ax.plot(km, s["elevation_m"], color="0.6", linewidth=1, zorder=1)
        drawn = ax.scatter(km, s["elevation_m"], c=points, s=6, cmap="YlOrRd", zorder=2)
        ax.figure.colorbar(drawn, ax=ax, label="points per km")
        ax.set(xlabel="distance (km)", ylabel="elevation (m)", title=self.name)
        return ax


def read(
    source: Union[Paths, bytes, bytearray, memoryview, BinaryIO],
    *,
    grade: float | None = None,
    start: Time | None = None,
    name: str | None = None,
) -> list[Activity]:
    """Read every run in a FIT, TCX, GPX, Strava streams or CSV file, also gzipped.

    The format is told from the content. Other threads run meanwhile, so that many files can be read with
    `concurrent.futures.ThreadPoolExecutor().map(eccentric.read, paths)`.

    Parameters
    ----------
    source : path, bytes or binary file
        The file, or what is in it.
    grade : float, optional
        Grade of runs without any elevation, as set on a treadmill; negative downhill, -1 to 1.
    start : datetime, numpy.datetime64 or str, optional
        When a run began that doesn't say so itself.
    name : str, optional
        Name for messages where `source` has none.

    Returns
    -------
    list of Activity
        At least one.

    Raises
    ------
    ReadError
        If no usable run is in the file.

    Examples
    --------
    >>> import eccentric
    >>> table = b"time_s,distance_m,elevation_m\\n0,0,900\\n60,180,870\\n120,360,840\\n"
    >>> run = eccentric.read(table, start="2026-05-01T08:00:00Z")[0]
    >>> run.start, run.distance_m
    (np.datetime64('2026-05-01T08:00:00.000'), 360.0)
    """
    options = (_grade(grade), unix_ms("start", start))
    if isinstance(source, (str, os.PathLike)):
        found = _native.read_path(source, *options)
    else:
        content = _bytes(source)
        label = name if name is not None else getattr(source, "name", None)
        found = _native.read_bytes(content, label if isinstance(label, str) else "bytes", *options)
    return [Activity._of(activity) for activity in found]


def _bytes(source: Any) -> bytes:
    content = source.read() if hasattr(source, "read") else source
    if not isinstance(content, (bytes, bytearray, memoryview)):
        raise TypeError(
            f"source is {type(content).__name__}, allowed is a path, bytes or a file opened in binary mode"
        )
    return bytes(content)


def _grade(grade: float | None) -> float | None:
    return None if grade is None else number("grade", grade)


def from_arrays(
    time_s: ArrayLike,
    distance_m: ArrayLike | None = None,
    elevation_m: ArrayLike | None = None,
    *,
    speed_m_s: ArrayLike | None = None,
    cadence_steps_min: ArrayLike | None = None,
    grade: float | None = None,
    start: Time | None = None,
    name: str = "",
) -> Activity:
    """A run from arrays of samples, treated like the same table in a CSV file.

    Parameters
    ----------
    time_s : array_like
        Seconds since the start, or since 1970.
    distance_m : array_like, optional
        Distance covered since the start. One of distance and speed is needed.
    elevation_m : array_like, optional
        Elevation above sea level. Needed unless `grade` is given.
    speed_m_s, cadence_steps_min : array_like, optional
        Speed, and cadence of both legs.
    grade : float, optional
        Grade of a run without elevation, negative downhill.
    start : datetime, numpy.datetime64 or str, optional
        When it began, if `time_s` counts from the start.
    name : str
        Name for messages.

    Returns
    -------
    Activity

    Notes
    -----
    NaN is a missing value, except in `time_s`. Samples of the same time are merged, jumps and steps back of
    the distance are repaired; `Activity.warnings` tells.

    Examples
    --------
    >>> import eccentric, numpy as np
    >>> time_s = np.arange(1801.0)
    >>> distance_m = 2.96 * time_s
    >>> run = eccentric.from_arrays(time_s, distance_m, 2000 - 0.16 * distance_m)
    >>> round(run.descent_m)
    852
    """
    given = {
        "time_s": time_s,
        "distance_m": distance_m,
        "elevation_m": elevation_m,
        "speed_m_s": speed_m_s,
        "cadence_steps_min": cadence_steps_min,
    }
    columns = [(key, floats(key, values)) for key, values in given.items() if values is not None]
    found = _native.Activity.from_columns(columns, name, _grade(grade), unix_ms("start", start))
    activity: Activity = Activity._of(found)
    return activity


def from_frame(
    frame: Any, *, grade: float | None = None, start: Time | None = None, name: str = ""
) -> Activity:
    """A run from a data frame: pandas, polars, pyarrow, or a mapping of names to columns.

    Parameters
    ----------
    frame : data frame or mapping
        Columns by the names of CSV columns: `time_s` (also `time`, `timestamp`, `seconds`), `distance_m`
        (`distance`), `elevation_m` (`elevation`, `altitude`, `ele`), `speed_m_s` (`speed`),
        `cadence_steps_min` or `cadence`. Times may be datetimes; those without a time zone are UTC. Other
        columns are passed over.
    grade, start, name
        As in `from_arrays`.

    Returns
    -------
    Activity

    Examples
    --------
    >>> import eccentric, pandas as pd
    >>> frame = pd.DataFrame({
    ...     "timestamp": pd.date_range("2026-05-01T08:00:00Z", periods=3, freq="min"),
    ...     "distance": [0, 180, 360],
    ...     "altitude": [900, 870, 840],
    ... })
    >>> eccentric.from_frame(frame).start
    np.datetime64('2026-05-01T08:00:00.000')
    """
    found = _native.Activity.from_columns(
        columns_of(frame), name, _grade(grade), unix_ms("start", start)
    )
    activity: Activity = Activity._of(found)
    return activity


def from_segments(
    duration_s: ArrayLike,
    speed_m_s: ArrayLike,
    grade: ArrayLike,
    *,
    grade_se: ArrayLike = 0.0,
    start_s: ArrayLike = 0.0,
    step_rate_hz: ArrayLike = np.nan,
    running: ArrayLike | None = None,
    start: Time | None = None,
    name: str = "",
) -> Activity:
    """A run from segments of steady movement, as a treadmill protocol or a course is given.

    Numbers and arrays of one length are combined; segments that all start at zero follow each other.

    Parameters
    ----------
    duration_s, speed_m_s, grade : array_like
        Duration, speed along the slope, and rise over horizontal distance, negative downhill.
    grade_se : array_like
        Standard error of the grade.
    start_s : array_like
        Seconds from the start of the run.
    step_rate_hz : array_like
        Steps per second of both legs, NaN where it was not measured.
    running : array_like of bool, optional
        Running or walking; told from speed and step rate if not given.
    start : datetime, numpy.datetime64 or str, optional
        When the run began.
    name : str
        Name for messages.

    Returns
    -------
    Activity

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments([600, 600], 3.0, [-0.1, 0.05])
    >>> run.duration_s, round(run.descent_m, 1)
    (1200.0, 179.1)
    """
    given = {
        "duration_s": duration_s,
        "speed_m_s": speed_m_s,
        "grade": grade,
        "grade_se": grade_se,
        "start_s": start_s,
        "step_rate_hz": step_rate_hz,
    }
    columns = [
        np.float64(number(key, values)).reshape(1) if np.ndim(values) == 0 else floats(key, values)
        for key, values in given.items()
    ]
    gaits = None if running is None else np.atleast_1d(np.asarray(running))
    if gaits is not None and gaits.dtype.kind != "b":
        raise TypeError(f"running holds {gaits.dtype}, allowed is bool")
    sizes = {len(column) for column in columns} | ({len(gaits)} if gaits is not None else set())
    size = max(sizes - {1}, default=1)
    if sizes - {1, size}:
        lengths = ", ".join(f"{key} {len(column)}" for key, column in zip(given, columns))
        raise EccentricError(f"segments differ in length: {lengths}")
    wide = [np.broadcast_to(column, size) for column in columns]
    gait = None if gaits is None else np.broadcast_to(gaits, size).tolist()
    found = _native.Activity.from_segments(wide, gait, name, unix_ms("start", start))
    activity: Activity = Activity._of(found)
    return activity
