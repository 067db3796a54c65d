"""How sore and how weak a descent leaves the legs, and when it passes.

::

    read, from_arrays, from_frame, from_segments -> Activity
    load(activity, mass_kg=...)                  -> Load
    forecast(loads)                              -> Forecast
    fit(loads, ratings)                          -> Profile, for forecast(loads, profile=...)
    today(loads)                                 -> Today, how much downhill the legs can take
    race(course, loads)                          -> Race, strength on the way and the days after
    plan(course, loads, race=...)                -> Plan, the weeks before it
    score(folder)                                -> Score, the model against published outcomes

Units are in the names; soreness is 0 to 10, a loss of strength a fraction, a grade rise over horizontal
distance, negative downhill. 100 points are 30 minutes at a grade of -0.16 and 3 m/s. Times come out as
`numpy.datetime64` in UTC. What the model cannot accept raises `EccentricError`, a `ValueError`.

Not medical advice: see a doctor for dark urine, severe swelling, or weakness or pain that still grows after
day 4.

Examples
--------
>>> import eccentric
>>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3.0, grade=-0.16)
>>> load = eccentric.load(run, mass_kg=70, body_fat=0.15)
>>> round(load.points_total, 6)
100.0
>>> ahead = eccentric.forecast([load], habit="none")
>>> round(ahead["quadriceps"].peak_soreness, 1)
5.9
"""

from ._activity import Activity, from_arrays, from_frame, from_segments, read
from ._athlete import Tightest
from ._forecast import Driver, Forecast, MuscleForecast, Series, forecast
from ._load import Load, load, points_per_km
from ._native import EccentricError, EvidenceError, ReadError, __version__
from ._plan import Plan, Schedule, Session, plan
from ._profile import Profile, fit
from ._race import Outcome, Race, race
from ._score import Score, score
from ._state import State
from ._today import Today, today
from ._values import EccentricWarning

MUSCLES = ("quadriceps", "calves", "hip_extensors", "hamstrings")
"""Muscle groups in the order in which they are stored."""

__all__ = [
    "MUSCLES",
    "Activity",
    "Driver",
    "EccentricError",
    "EccentricWarning",
    "EvidenceError",
    "Forecast",
    "Load",
    "MuscleForecast",
    "Outcome",
    "Plan",
    "Profile",
    "Race",
    "ReadError",
    "Schedule",
    "Score",
    "Series",
    "Session",
    "State",
    "Tightest",
    "Today",
    "__version__",
    "fit",
    "forecast",
    "from_arrays",
    "from_frame",
    "from_segments",
    "load",
    "plan",
    "points_per_km",
    "race",
    "read",
    "score",
    "today",
]
