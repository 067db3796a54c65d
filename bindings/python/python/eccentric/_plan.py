"""The weeks before a race."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from . import _native
from ._athlete import CourseSource, Tightest, athlete, course_handle, maybe, or_now, whole
from ._load import Load
from ._native import EccentricError
from ._options import text
from ._values import Time, Value, axes, number, pandas, unix_ms, warn_of

if TYPE_CHECKING:
    from ._profile import Profile


@dataclass(frozen=True)
class Session:
    """A session on a descent.

    Attributes
    ----------
    date : numpy.datetime64
        Its day in the time zone of the plan.
    start : numpy.datetime64
        When it starts, in UTC.
    points, descent_m : float
        How large it is.
    grade, speed_m_s, distance_m, duration_s : float
        An example: the descent, and how far and how long it is run down.
    """

    date: np.datetime64
    start: np.datetime64
    points: float
    descent_m: float
    grade: float
    speed_m_s: float
    distance_m: float
    duration_s: float


@dataclass(frozen=True, eq=False)
class Schedule:
    """Sessions and what they lead to.

    Attributes
    ----------
    sessions : list of Session
        In order of time.
    objective : float
        What the plan minimises.
    strength_loss_at_finish : float
        Loss of strength of the quadriceps at the finish, mean over persons like the runner, a fraction.
    strength_loss_80 : (float, float)
        The same, the persons at 10 and 90 %.
    plan_as_good : float
        Share of them for whom the plan is at least as good as this schedule.
    protection : float
        Part of the soreness of the quadriceps after 30 minutes at a grade of -0.16 and 3 m/s that earlier descents
        take away at the start of the race.
    on_the_way, race_day : Tightest
        Where soreness comes closest to its level on the way, and at the start of the race.
    beyond_on_the_way, beyond_race_day : Tightest or None
        The same where the usual running alone makes the legs sorer than asked.
    days : dict of str to numpy.ndarray
        Every day: `date`, `soreness` (the highest median) and `protection`.
    """

    sessions: list[Session]
    objective: float
    strength_loss_at_finish: float
    strength_loss_80: tuple[float, float]
    plan_as_good: float
    protection: float
    on_the_way: Tightest
    race_day: Tightest
    beyond_on_the_way: Tightest | None
    beyond_race_day: Tightest | None
    days: dict[str, NDArray[Any]] = field(repr=False)

    @classmethod
    def _of(cls, fields: dict[str, Any]) -> Schedule:
        for session in fields["sessions"]:
            session["date"] = np.datetime64(session["date"])
        fields["sessions"] = [Session(**session) for session in fields["sessions"]]
        for name in ("on_the_way", "race_day", "beyond_on_the_way", "beyond_race_day"):
            if fields[name] is not None:
                fields[name] = Tightest(**fields[name])
        fields["days"]["date"] = np.array(fields["days"]["date"], dtype="datetime64[D]")
        return cls(**fields)


@dataclass(frozen=True, eq=False)
class Plan(Value):
    """Sessions on descents before a race.

    Attributes
    ----------
    name : str
        Name of the race.
    race : numpy.datetime64
        When it starts, in UTC.
    race_points : float
        Its load.
    asked : dict
        What the plan keeps: limits, descent, days without a session.
    best : Schedule
        The plan.
    alternatives : dict of str to Schedule
        What coaches publish, followed as far as the limits let it.
    since_last_plan : dict or None
        What became of the plan before: `made`, `past`, `changed`.
    red_flags : str
        When to see a doctor.
    left_out : list of (str, str)
        Name and reason of runs that have no place in the history.
    """

    name: str
    race: np.datetime64
    race_points: float
    asked: dict[str, Any] = field(repr=False)
    best: Schedule
    alternatives: dict[str, Schedule] = field(repr=False)
    since_last_plan: dict[str, Any] | None = field(repr=False)
    red_flags: str = field(repr=False)
    left_out: list[tuple[str, str]]
    _native: _native.Plan = field(repr=False)

    @classmethod
    def _of(cls, native: Any) -> Plan:
        fields = native.fields()
        fields["best"] = Schedule._of(fields["best"])
        found = fields["alternatives"].items()
        fields["alternatives"] = {rule: Schedule._of(schedule) for rule, schedule in found}
        return cls(_native=native, **fields)

    def to_dict(self) -> dict[str, Any]:
        """What `eccentric plan --json` prints."""
        report: dict[str, Any] = self._native.report()
        return report

    def to_json(self) -> str:
        """What to store for `before` of a later plan: the plan.json of the command."""
        return self._native.saved()

    def to_ics(self) -> str:
        """The sessions and the race as a calendar (iCalendar), as `eccentric plan --ics` writes it."""
        return self._native.ics()

    def to_pandas(self) -> Any:
        """The sessions as a `pandas.DataFrame` with a row for each."""
        rows = [vars(session) for session in self.best.sessions]
        return pandas("Plan.to_pandas()").DataFrame(rows, columns=list(Session.__dataclass_fields__))

    def plot(self, ax: Any = None) -> Any:
        """Descent of the sessions as bars, soreness on the way as a line, on new axes if none are given."""
        ax = axes(ax, "Plan.plot()")
        dates = np.array([session.date for session in self.best.sessions], dtype="datetime64[D]")
        ax.bar(dates, [session.descent_m for session in self.best.sessions], color="0.8")
        ax.set(ylabel="descent of the session (m)", title=f"Plan for {self.name}")
        ax.tick_params(axis="x", rotation=30)
        sore = ax.twinx()
        days = self.best.days
        sore.plot(days["date"], days["soreness"], color="C3")
        sore.axhline(self.asked["soreness_below"], color="C3", linestyle="--", linewidth=1)
        sore.set(ylabel="highest median soreness of the day", ylim=(0, 10))
        return ax


def plan(
    course: CourseSource,
    loads: Iterable[Load] = (),
    *,
    race: Time,
    name: str | None = None,
    time_s: float | None = None,
    from_: Time | None = None,
    hour: int = 17,
    block: Iterable[str | date] = (),
    soreness: float = 4.0,
    probability: float = 0.8,
    clear_below: float = 1.0,
    clear_probability: float = 0.9,
    week_points: float | None = None,
    week_descent_m: float | None = None,
    build_up: float = _native.BUILD_UP,
    rest_days: int = 3,
    slope: float | None = None,
    speed_m_s: float | None = None,
    before: Plan | str | None = None,
    mass_kg: float = 70.0,
    pack_kg: float = 0.0,
    body_fat: float | None = None,
    age_years: float | None = None,
    habit: str = "road",
    profile: Profile | None = None,
    time_zone: str = "UTC",
) -> Plan:
    """Sessions on descents that leave the legs strongest at the finish of a race.

    Parameters
    ----------
    course, loads, name, time_s
        The race and the runs before it, as in `race`.
    race : datetime, numpy.datetime64 or str
        When the race starts, 1 to 200 days after `from_`.
    from_ : datetime, numpy.datetime64 or str, optional
        First day of the plan; now if not given. Runs that end later don't count.
    hour : int
        Hour of the day at which sessions start, 0 to 23.
    block : iterable of str or date
        Days without a session: a date, dates from..to, or a weekday such as "wed".
    soreness, probability : float
        Soreness below which every muscle group shall stay on the way, and the probability with which it shall.
    clear_below, clear_probability : float
        The same at the start of the race.
    week_points, week_descent_m : float, optional
        Most points, or most metres of descent, of sessions in any seven days.
    build_up : float
        Largest next session relative to the largest of the 30 days before, 1 to 10.
    rest_days : int
        Days before the race without the usual running, 0 to 60.
    slope, speed_m_s : float, optional
        The descent to train on, as in `today`.
    before : Plan or str, optional
        The plan before this one for the same race, or what `Plan.to_json` stored of it.
    mass_kg, pack_kg, body_fat, age_years, habit, profile
        The athlete, as in `race`.
    time_zone : str
        Where days begin and sessions have their hour.

    Returns
    -------
    Plan

    Raises
    ------
    ReadError
        For a file that is no course.
    EccentricError
        For an impossible course or option, or a race that leaves no day.

    Examples
    --------
    >>> import eccentric, numpy as np
    >>> distance_m = np.arange(0.0, 10_001.0, 100.0)
    >>> course = {"distance_m": distance_m, "elevation_m": 1000 - 0.1 * abs(distance_m - 5000)}
    >>> plan = eccentric.plan(course, race="2026-06-06T07:00:00Z", from_="2026-05-23T07:00:00Z", block=["sun"])
    >>> len(plan.best.days["date"])
    14
    >>> plan.to_ics().splitlines()[0]
    'BEGIN:VCALENDAR'
    """
    who = athlete(loads, mass_kg, pack_kg, body_fat, age_years, habit, profile)
    if week_points is not None and week_descent_m is not None:
        raise EccentricError("week_points and week_descent_m are given, allowed is one of them")
    start = unix_ms("race", race)
    if start is None:
        raise TypeError("race is None, allowed is a time")
    options: _native.PlanOptions = {
        "race": start,
        "from_": or_now("from_", from_),
        "time_s": maybe("time_s", time_s),
        "hour": whole("hour", hour, 0, 23),
        "block": _blocked(block),
        "rest_days": whole("rest_days", rest_days, 0, 60),
        "soreness": number("soreness", soreness),
        "probability": number("probability", probability),
        "clear_below": number("clear_below", clear_below),
        "clear_probability": number("clear_probability", clear_probability),
        "week_points": maybe("week_points", week_points),
        "week_descent_m": maybe("week_descent_m", week_descent_m),
        "build_up": number("build_up", build_up),
        "slope": maybe("slope", slope),
        "speed_m_s": maybe("speed_m_s", speed_m_s),
        "before": before.to_json() if isinstance(before, Plan) else None if before is None else text("before", before),
        "time_zone": text("time_zone", time_zone),
    }
    found = Plan._of(_native.plan(course_handle(course, name), who, options))
    warn_of(found.left_out)
    return found


def _blocked(block: Iterable[str | date]) -> list[str]:
    if isinstance(block, (str, date)):
        raise TypeError(f"block is {block!r}, allowed is a list of days such as ['wed']")
    days = []
    for index, day in enumerate(block):
        if isinstance(day, date) and not isinstance(day, datetime):
            day = day.isoformat()
        days.append(text(f"block[{index}]", day))
    return days
