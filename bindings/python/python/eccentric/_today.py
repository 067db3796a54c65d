"""How much downhill today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _native
from ._athlete import Tightest, athlete, maybe, or_now
from ._load import Load
from ._values import Time, Value, axes, number, pandas, unix_ms, warn_of

if TYPE_CHECKING:
    from ._profile import Profile


@dataclass(frozen=True)
class Today(Value):
    """The largest session on a descent that keeps soreness low enough.

    Attributes
    ----------
    start, until : numpy.datetime64
        When the session would start, and until when soreness is watched.
    soreness_below, probability : float
        What was asked for.
    soreness, strength_loss : dict of str to float
        The legs before the session: 0 to 10, and a fraction.
    points : float
        Its points; zero where even rest is not enough.
    descent_m, distance_m, duration_s : float
        The same on the descent.
    open : bool
        Whether soreness sets no limit, so that the numbers are only the largest that were looked at.
    worthwhile : bool
        Whether there is room for a session at all.
    grade, speed_m_s : float
        The descent.
    descent_from : str
        Where it comes from: given, usual (of the last 90 days) or default.
    tightest : Tightest
        Where soreness comes closest to the level after that session.
    next : numpy.datetime64 or None
        From when on a session is worthwhile, if it isn't at the start but is within two weeks.
    advice : list of str
        What the legs ask for as they are, in words.
    left_out : list of (str, str)
        Name and reason of runs that have no place in the history.
    """

    start: np.datetime64
    until: np.datetime64
    soreness_below: float
    probability: float
    soreness: dict[str, float]
    strength_loss: dict[str, float]
    points: float
    descent_m: float
    distance_m: float
    duration_s: float
    open: bool
    worthwhile: bool
    grade: float
    speed_m_s: float
    descent_from: str
    tightest: Tightest
    next: np.datetime64 | None
    advice: list[str]
    left_out: list[tuple[str, str]]
    _native: _native.Today = field(repr=False, compare=False)

    @classmethod
    def _of(cls, native: Any) -> Today:
        fields = native.fields()
        fields["tightest"] = Tightest(**fields["tightest"])
        return cls(_native=native, **fields)

    def to_dict(self) -> dict[str, Any]:
        """What `eccentric today --json` prints."""
        report: dict[str, Any] = self._native.report()
        return report

    def to_pandas(self) -> Any:
        """The legs before the session as a `pandas.DataFrame` with a row for each muscle group."""
        pd = pandas("Today.to_pandas()")
        frame = {"soreness": self.soreness, "strength_loss": self.strength_loss}
        return pd.DataFrame(frame).rename_axis("muscle")

    def plot(self, ax: Any = None) -> Any:
        """Soreness of each muscle group before the session beside the level, on new axes if none are given."""
        ax = axes(ax, "Today.plot()")
        ax.bar([muscle.replace("_", " ") for muscle in self.soreness], list(self.soreness.values()))
        ax.axhline(self.soreness_below, color="0.4", linestyle="--", linewidth=1)
        limit = f"at most {self.descent_m:.0f} m of descent" if self.worthwhile else "nothing downhill"
        ax.set(ylabel="soreness (0 to 10)", ylim=(0, 10), title=f"{np.datetime_as_string(self.start, unit='m')}Z: {limit}")
        return ax


def today(
    loads: Iterable[Load],
    *,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
    age_years: float | None = None,
    habit: str = "road",
    profile: Profile | None = None,
    at: Time | None = None,
    until: Time | None = None,
    soreness: float = 4.0,
    probability: float = 0.8,
    slope: float | None = None,
    speed_m_s: float | None = None,
) -> Today:
    """The most metres of descent that keep every muscle group below a soreness.

    Parameters
    ----------
    loads : iterable of Load
        The runs, as in `forecast`; rested legs if there are none.
    mass_kg, pack_kg, body_fat, age_years
        Who would run, as in `load`.
    habit : {"none", "recreational", "road", "trail"}
        What the legs were used to before the first run.
    profile : Profile, optional
        What is known of the person; one out of the population if not given.
    at : datetime, numpy.datetime64 or str, optional
        When the session would start; now if not given. Runs that end later don't count.
    until : datetime, numpy.datetime64 or str, optional
        Until when soreness shall stay low, 1 h to 60 days later; a week if not given.
    soreness, probability : float
        Soreness below which every muscle group shall stay, 0 to 10, and the probability with which it shall.
    slope : float, optional
        Grade of the descent, -0.6 to -0.01; the usual one of the last 90 days if not given.
    speed_m_s : float, optional
        Speed on it, 0.3 to 8 m/s; likewise.

    Returns
    -------
    Today

    Raises
    ------
    EccentricError
        For an impossible option.

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16, start="2026-05-01T08:00:00Z")
    >>> limit = eccentric.today([eccentric.load(run)], at="2026-05-02T08:00:00Z")
    >>> limit.worthwhile, limit.descent_from
    (False, 'usual')
    >>> rested = eccentric.today([], at="2026-05-02T08:00:00Z", slope=-0.12, speed_m_s=3)
    >>> round(rested.descent_m)
    724
    """
    who = athlete(loads, mass_kg, pack_kg, body_fat, age_years, habit, profile)
    limit = (number("soreness", soreness), number("probability", probability))
    descent = (maybe("slope", slope), maybe("speed_m_s", speed_m_s))
    found = Today._of(_native.today(who, or_now("at", at), unix_ms("until", until), limit, descent))
    warn_of(found.left_out)
    return found
