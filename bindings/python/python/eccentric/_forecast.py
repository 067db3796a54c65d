"""Forecasts: soreness and loss of strength in the days ahead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from . import _native
from ._load import Load
from ._options import forecast_options, natives, profile_handle, text
from ._state import State
from ._values import Floats, Time, Value, axes, pandas, unix_ms, warn_of

if TYPE_CHECKING:
    from ._profile import Profile


@dataclass(frozen=True, eq=False)
class Series:
    """One quantity over time.

    Attributes
    ----------
    point : numpy.ndarray
        Medians, one for each time.
    levels : numpy.ndarray
        Levels of the central intervals, such as 0.8.
    lower, upper : numpy.ndarray
        Ends of the intervals, one row for each level.
    """

    point: Floats
    levels: Floats
    lower: Floats
    upper: Floats


@dataclass(frozen=True, eq=False)
class MuscleForecast:
    """What is ahead of one muscle group.

    Attributes
    ----------
    soreness : Series
        0 to 10; the intervals are those of one rating.
    strength_loss : Series
        As a fraction of the rested strength.
    clear_probability : numpy.ndarray
        Probability that soreness is below `clear_below`.
    peak_time : numpy.datetime64
        When it is sorest, also beyond the end of the forecast.
    peak_soreness : float
        How sore then (median).
    clear_below : float
        Soreness below which the legs count as clear.
    clear_at, clear_likely_at : numpy.datetime64 or None
        From when on the median stays below that, and from when on it is likely; none if not within 60 days.
    soreness_before, strength_loss_before : float
        Just before the latest run.
    """

    soreness: Series
    strength_loss: Series
    clear_probability: Floats
    peak_time: np.datetime64
    peak_soreness: float
    clear_below: float
    clear_at: np.datetime64 | None
    clear_likely_at: np.datetime64 | None
    soreness_before: float
    strength_loss_before: float

    @classmethod
    def _of(cls, fields: dict[str, Any]) -> MuscleForecast:
        for name in ("soreness", "strength_loss"):
            fields[name] = Series(**fields[name])
        return cls(**fields)


@dataclass(frozen=True, eq=False)
class Driver:
    """What one run contributes to the soreness ahead.

    Attributes
    ----------
    run : int
        Its place among the runs of the history, in order of time.
    name : str
        Its name.
    start : numpy.datetime64
        When it began.
    share : float
        Its share of the soreness ahead, over all hours and muscle groups.
    share_by_day : dict of str to numpy.ndarray
        Its share in each muscle group on each day.
    """

    run: int
    name: str
    start: np.datetime64
    share: float
    share_by_day: dict[str, Floats] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Forecast(Value):
    """The days ahead. `forecast["calves"]` is that of one muscle group.

    Attributes
    ----------
    times : numpy.ndarray of datetime64[ms]
        Times of all series, in UTC, the first one at the start.
    muscles : dict of str to MuscleForecast
        The forecast of each muscle group.
    drivers : list of Driver
        The runs that matter, the largest share first.
    advice : list of str
        What it asks for in words: easy days, and when to see a doctor.
    left_out : list of (str, str)
        Name and reason of runs that have no place in the history.
    """

    times: NDArray[np.datetime64] = field(repr=False)
    muscles: dict[str, MuscleForecast] = field(repr=False)
    drivers: list[Driver]
    advice: list[str]
    left_out: list[tuple[str, str]]
    _native: _native.Outlook = field(repr=False)
    # Muscle groups are looked up by name; without this Python would count through them.
    __iter__: ClassVar[None] = None

    @classmethod
    def _of(cls, native: Any) -> Forecast:
        fields = native.fields()
        fields["muscles"] = {
            name: MuscleForecast._of(muscle) for name, muscle in fields["muscles"].items()
        }
        fields["drivers"] = [Driver(**driver) for driver in fields["drivers"]]
        return cls(_native=native, **fields)

    def __getitem__(self, muscle: str) -> MuscleForecast:
        return self.muscles[muscle]

    @property
    def state(self) -> State:
        """State of the legs at the start: what an app stores."""
        state: State = State._of(self._native.state())
        return state

    def to_dict(self) -> dict[str, Any]:
        """What `eccentric forecast --json` prints.

        Examples
        --------
        >>> import eccentric
        >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16)
        >>> eccentric.forecast([eccentric.load(run)]).to_dict()["schema"]
        'eccentric.forecast'
        """
        report: dict[str, Any] = self._native.report()
        return report

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` in long form: a row for each time and muscle group.

        Its columns are `time`, `muscle`, `soreness`, `strength_loss`, `clear_probability`, and for each level
        such as 0.8 `soreness_lower_0.8`, `soreness_upper_0.8` and the same of `strength_loss`.
        """
        pd = pandas("Forecast.to_pandas()")
        frames = []
        for name, muscle in self.muscles.items():
            columns: dict[str, Any] = {"time": self.times, "muscle": name}
            for quantity in ("soreness", "strength_loss"):
                series: Series = getattr(muscle, quantity)
                columns[quantity] = series.point
                for level, lower, upper in zip(series.levels, series.lower, series.upper):
                    columns[f"{quantity}_lower_{level:g}"] = lower
                    columns[f"{quantity}_upper_{level:g}"] = upper
            columns["clear_probability"] = muscle.clear_probability
            frames.append(pd.DataFrame(columns))
        return pd.concat(frames, ignore_index=True)

    def plot(self, ax: Any = None, *, quantity: str = "soreness", muscles: Sequence[str] = ()) -> Any:
        """Fan chart: medians as lines, the first interval as a band.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes if not given.
        quantity : {"soreness", "strength_loss"}
            What to draw.
        muscles : sequence of str
            Muscle groups to draw; all if none is named.

        Returns
        -------
        matplotlib.axes.Axes
        """
        if quantity not in ("soreness", "strength_loss"):
            raise ValueError(f'quantity is "{quantity}", allowed is soreness or strength_loss')
        for name in muscles:
            if name not in self.muscles:
                raise ValueError(f'muscle is "{name}", allowed is one of {", ".join(self.muscles)}')
        ax = axes(ax, "Forecast.plot()")
        for name in muscles or self.muscles:
            series: Series = getattr(self.muscles[name], quantity)
            (line,) = ax.plot(self.times, series.point, label=name.replace("_", " "))
            if len(series.levels):
                colour = line.get_color()
                ax.fill_between(self.times, series.lower[0], series.upper[0], color=colour, alpha=0.12)
        label = "soreness (0 to 10)" if quantity == "soreness" else "loss of strength"
        ax.set(ylabel=label, xlabel="UTC", ylim=(0, 10 if quantity == "soreness" else None))
        ax.tick_params(axis="x", rotation=30)
        ax.legend(frameon=False)
        return ax


def forecast(
    loads: Iterable[Load],
    *,
    habit: str = "road",
    start: Time | None = None,
    hours: float = 168.0,
    step_h: float = 1.0,
    levels: Iterable[float] = (0.8,),
    clear_below: float = 1.0,
    clear_probability: float = 0.9,
    profile: Profile | None = None,
) -> Forecast:
    """Soreness and loss of strength after a history of runs, with no running ahead.

    Parameters
    ----------
    loads : iterable of Load
        The runs, in any order. The same run recorded twice counts once; what is left out is warned of
        (`EccentricWarning`) and stands in `Forecast.left_out`.
    habit : {"none", "recreational", "road", "trail"}
        What the legs were used to before the first run.
    start : datetime, numpy.datetime64 or str, optional
        When the forecast starts; runs that end later don't count. The end of the latest run if not given.
    hours, step_h : float
        Length, 0.5 to 8784 h, and time between two values, 0.05 to 168 h.
    levels : iterable of float
        Levels of the intervals, 0.01 to 0.999.
    clear_below, clear_probability : float
        Soreness below which the legs count as clear, and the probability asked of `clear_likely_at`.
    profile : Profile, optional
        What is known of the person; one out of the population if not given.

    Returns
    -------
    Forecast

    Raises
    ------
    EccentricError
        For an impossible option, or no run and no `start`.

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16, start="2026-05-01T08:00:00Z")
    >>> ahead = eccentric.forecast([eccentric.load(run, body_fat=0.15)], habit="none", levels=[0.5, 0.8])
    >>> ahead["quadriceps"].peak_time
    np.datetime64('2026-05-02T19:30:00.000')
    >>> ahead["quadriceps"].soreness.lower.shape
    (2, 169)
    >>> ahead.drivers[0].share
    1.0
    """
    handles = natives(loads)
    options = forecast_options(hours, step_h, levels, clear_below, clear_probability)
    known = profile_handle(profile)
    found = _native.forecast(handles, text("habit", habit), unix_ms("start", start), options, known)
    ahead = Forecast._of(found)
    warn_of(ahead.left_out)
    return ahead
