"""How sore and how weak a descent leaves the legs, and when it passes.

::

    read, from_arrays, from_frame, from_segments -> Activity
    load(activity, mass_kg=...)                  -> Load
    forecast(loads)                              -> Forecast
    fit(loads, ratings)                          -> Profile, for forecast(loads, profile=...)
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
6.0
"""

from ._activity import Activity, from_arrays, from_frame, from_segments, read
from ._forecast import Driver, Forecast, MuscleForecast, Series, forecast
from ._load import Load, load, points_per_km
from ._native import EccentricError, EvidenceError, ReadError, __version__
from ._profile import Profile, fit
from ._score import Score, score
from ._state import State
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
    "Profile",
    "ReadError",
    "Score",
    "Series",
    "State",
    "__version__",
    "fit",
    "forecast",
    "from_arrays",
    "from_frame",
    "from_segments",
    "load",
    "points_per_km",
    "read",
    "score",
]
