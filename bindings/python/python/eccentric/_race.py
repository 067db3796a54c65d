"""A race on a course."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _native
from ._athlete import CourseSource, Source, athlete, columns, course_handle, is_table, maybe, native_source, or_now
from ._athlete import whole
from ._forecast import Forecast, Series
from ._load import Load
from ._native import EccentricError
from ._options import level_list
from ._values import Floats, Time, Value, axes, number, pandas, warn_of

if TYPE_CHECKING:
    from ._profile import Profile


@dataclass(frozen=True)
class Outcome:
    """The race with something changed, at the same effort.

    Attributes
    ----------
    name : str
        as_planned, unprepared, prepared, slower_descents, higher_cadence or lighter_pack.
    finish_time_s, points : float
        Time to the finish, and load.
    strength_loss : float
        Loss of strength of the quadriceps at the finish (median), a fraction.
    lead_legs_km : float or None
        From where on they are down by a quarter.
    soreness_peak : float
        How sore the sorest muscle group gets after it (median).
    pack_less_kg : float or None
        What the pack is lighter by.
    """

    name: str
    finish_time_s: float
    points: float
    strength_loss: float
    lead_legs_km: float | None
    soreness_peak: float
    pack_less_kg: float | None = None


@dataclass(frozen=True, eq=False)
class Race(Value):
    """A race and the days after it.

    Attributes
    ----------
    name : str
        Name of the course.
    course : dict
        The course in numbers: `name`, `distance_km`, `ascent_m`, `descent_m`, `smoothing_window_m`,
        `grade_limited_m`, `points_without_elevation`.
    start, finish : numpy.datetime64
        In UTC.
    finish_time_s : float
        From start to finish.
    power_w_kg : float or None
        Metabolic power per kilogram of body mass; none for a pace profile.
    points, points_se : float
        Load of the race, and its standard error.
    distance_km, elevation_m, elapsed_s, speed_m_s, points_so_far : numpy.ndarray
        Every 100 m from start to finish.
    descent_slowing : numpy.ndarray
        By how much steep descents are slower there for lack of strength, a fraction.
    strength_loss : dict of str to Series
        Loss of strength of each muscle group at these places, a fraction.
    lead_legs_km : dict of str to float or None
        From where on each muscle group is down by a quarter (median).
    after : Forecast
        The days after the finish.
    stairs_at, downhill_at : numpy.datetime64 or None
        When stairs are no trouble and when running downhill is sensible again; none if not within 60 days.
    outcomes : list of Outcome
        The race as planned, and what if.
    advice : list of str
        What the forecast asks for in words.
    left_out : list of (str, str)
        Name and reason of runs that have no place in the history.
    """

    name: str
    course: dict[str, Any]
    start: np.datetime64
    finish: np.datetime64
    finish_time_s: float
    power_w_kg: float | None
    points: float
    points_se: float
    distance_km: Floats = field(repr=False)
    elevation_m: Floats = field(repr=False)
    elapsed_s: Floats = field(repr=False)
    speed_m_s: Floats = field(repr=False)
    points_so_far: Floats = field(repr=False)
    descent_slowing: Floats = field(repr=False)
    strength_loss: dict[str, Series] = field(repr=False)
    lead_legs_km: dict[str, float | None]
    after: Forecast = field(repr=False)
    stairs_at: np.datetime64 | None
    downhill_at: np.datetime64 | None
    outcomes: list[Outcome] = field(repr=False)
    advice: list[str] = field(repr=False)
    left_out: list[tuple[str, str]]
    _native: _native.Race = field(repr=False)

    @classmethod
    def _of(cls, native: Any) -> Race:
        fields = native.fields()
        fields["strength_loss"] = {name: Series(**loss) for name, loss in fields["strength_loss"].items()}
        fields["outcomes"] = [Outcome(**outcome) for outcome in fields["outcomes"]]
        return cls(_native=native, after=Forecast._of(native.after()), **fields)

    def to_dict(self, *, points: int = 500) -> dict[str, Any]:
        """What `eccentric race --json` prints, with at most so many places along the course."""
        report: dict[str, Any] = self._native.report(whole("points", points, 2, 1_000_000))
        return report

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with a row for each place along the course.

        Its columns are the arrays and, for each muscle group, `strength_loss_quadriceps` and for each level such
        as 0.8 `strength_loss_quadriceps_lower_0.8` and `strength_loss_quadriceps_upper_0.8`. The days after are
        those of `after.to_pandas()`.
        """
        names = ["distance_km", "elevation_m", "elapsed_s", "speed_m_s", "points_so_far", "descent_slowing"]
        table = {name: getattr(self, name) for name in names}
        for muscle, loss in self.strength_loss.items():
            column = f"strength_loss_{muscle}"
            table[column] = loss.point
            for level, lower, upper in zip(loss.levels, loss.lower, loss.upper):
                table[f"{column}_lower_{level:g}"] = lower
                table[f"{column}_upper_{level:g}"] = upper
        return pandas("Race.to_pandas()").DataFrame(table)

    def plot(self, ax: Any = None) -> Any:
        """Loss of strength along the course, the first interval of the quadriceps as a band, over its profile.

        The days after are drawn by `after.plot()`.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes if not given.

        Returns
        -------
        matplotlib.axes.Axes
        """
        ax = axes(ax, "Race.plot()")
        ground = ax.twinx()
        ground.fill_between(self.distance_km, self.elevation_m, self.elevation_m.min(), color="0.9", linewidth=0)
        ground.set(ylabel="elevation (m)")
        ax.set_zorder(ground.get_zorder() + 1)
        ax.patch.set_visible(False)
        for muscle, loss in self.strength_loss.items():
            (line,) = ax.plot(self.distance_km, loss.point, label=muscle.replace("_", " "))
            if muscle == "quadriceps" and len(loss.levels):
                colour = line.get_color()
                ax.fill_between(self.distance_km, loss.lower[0], loss.upper[0], color=colour, alpha=0.15)
        ax.set(xlabel="distance (km)", ylabel="loss of strength", ylim=(0, None), title=self.name)
        ground.margins(x=0)
        ax.legend(frameon=False, loc="upper left")
        return ax


def race(
    course: CourseSource,
    loads: Iterable[Load] = (),
    *,
    name: str | None = None,
    time_s: float | None = None,
    pace_profile: Source | Any = None,
    start: Time | None = None,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
    age_years: float | None = None,
    habit: str = "road",
    profile: Profile | None = None,
    levels: Iterable[float] = (0.8,),
    days: float = 10.0,
    clear_below: float = 1.0,
) -> Race:
    """What a race does to the legs on the way and in the days after.

    Parameters
    ----------
    course : path, bytes, binary file, data frame or mapping
        A GPX track or route with elevation, or columns `distance_m` and `elevation_m`; NaN is an elevation that
        is missing. `Activity.segments` of a run is such a mapping.
    loads : iterable of Load
        The runs before it, as in `forecast`; rested legs if there are none.
    name : str, optional
        Name of a course that doesn't say its own.
    time_s : float, optional
        Time to finish in; that of the middle of the field if not given.
    pace_profile : path, bytes, binary file, data frame or mapping, optional
        `distance_km` and `speed_m_s`, or in a file also `pace` as minutes and seconds per kilometre; the speed of
        a row holds to the next one. Instead of `time_s`.
    start : datetime, numpy.datetime64 or str, optional
        When it starts; now if not given. Runs that end later don't count.
    mass_kg, pack_kg, body_fat, age_years
        Who runs, as in `load`.
    habit : {"none", "recreational", "road", "trail"}
        What the legs were used to before the first run.
    profile : Profile, optional
        What is known of the person; one out of the population if not given.
    levels : iterable of float
        Levels of the intervals, 0.01 to 0.999.
    days : float
        Days to forecast after the finish, at most 366.
    clear_below : float
        Soreness below which the legs count as clear.

    Returns
    -------
    Race

    Raises
    ------
    ReadError
        For a file that is no course.
    EccentricError
        For an impossible course, pace or option.

    Examples
    --------
    5 km up 10 % and down again:

    >>> import eccentric, numpy as np
    >>> distance_m = np.arange(0.0, 10_001.0, 100.0)
    >>> course = {"distance_m": distance_m, "elevation_m": 1000 - 0.1 * abs(distance_m - 5000)}
    >>> race = eccentric.race(course, time_s=5400, start="2026-05-01T08:00:00Z", name="Up and down")
    >>> race.finish
    np.datetime64('2026-05-01T09:30:00.000')
    >>> round(race.points)
    52
    """
    who = athlete(loads, mass_kg, pack_kg, body_fat, age_years, habit, profile)
    after = (24.0 * number("days", days), level_list(levels), number("clear_below", clear_below))
    pacing = _pacing(time_s, pace_profile)
    handle = course_handle(course, name)
    found = Race._of(_native.race(handle, who, or_now("start", start), pacing, after))
    warn_of(found.left_out)
    return found


def _pacing(time_s: float | None, pace_profile: Any) -> _native._Pacing:
    if pace_profile is None:
        return maybe("time_s", time_s)
    if time_s is not None:
        raise EccentricError("time_s and pace_profile are given, allowed is one of them")
    if is_table(pace_profile):
        return columns("pace profile", pace_profile, "distance_km", "speed_m_s")
    return native_source(pace_profile, None)
