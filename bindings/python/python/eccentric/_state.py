"""The small state of an athlete's legs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from . import _native
from ._load import Load
from ._options import forecast_options, natives, profile_handle, text
from ._values import Time, Value, pandas, unix_ms

if TYPE_CHECKING:
    from ._forecast import Forecast
    from ._profile import Profile


@dataclass(frozen=True)
class State(Value):
    """State of the legs at a time: some hundred bytes that an app stores and advances.

    Replaying all runs with `eccentric.forecast` gives the same numbers. With a `Profile`, use the same
    one throughout.

    Attributes
    ----------
    time : numpy.datetime64
        The time at which it holds, in UTC.
    soreness, strength_loss : dict of str to float
        What each muscle group feels like: 0 to 10, and a fraction.

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16, start="2026-05-01T08:00:00Z")
    >>> legs = eccentric.State.rested("2026-05-01T08:00:00Z").after(eccentric.load(run))
    >>> later = eccentric.State.from_json(legs.to_json()).advanced_to("2026-05-02T08:00:00Z")
    >>> later.soreness["calves"] > legs.soreness["calves"] > 0
    True
    """

    time: np.datetime64
    soreness: dict[str, float]
    strength_loss: dict[str, float]
    _native: _native.State = field(repr=False, compare=False)

    @classmethod
    def rested(cls, time: Time, *, habit: str = "road", profile: Profile | None = None) -> State:
        """Rested legs with the protection that a habit leaves."""
        found = _native.State.rested(_ms(time), text("habit", habit), profile_handle(profile))
        state: State = cls._of(found)
        return state

    @classmethod
    def from_json(cls, stored: str) -> State:
        """A state as `to_json` and the other programs of the model store it."""
        state: State = cls._of(_native.State.from_json(stored))
        return state

    def to_json(self) -> str:
        """What to store: `eccentric.state`."""
        return self._native.to_json()

    def to_dict(self) -> dict[str, Any]:
        """What is stored, as a dictionary."""
        report: dict[str, Any] = self._native.report()
        return report

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with a row for each muscle group."""
        pd = pandas("State.to_pandas()")
        frame = {"soreness": self.soreness, "strength_loss": self.strength_loss}
        return pd.DataFrame(frame).rename_axis("muscle")

    def after(self, load: Load, *, profile: Profile | None = None) -> State:
        """The state at the end of a run that starts at or after its time."""
        state: State = State._of(self._native.after(natives([load])[0], profile_handle(profile)))
        return state

    def advanced_to(self, time: Time, *, profile: Profile | None = None) -> State:
        """The state at a later time, without any running in between."""
        state: State = State._of(self._native.advanced_to(_ms(time), profile_handle(profile)))
        return state

    def forecast(
        self,
        *,
        hours: float = 168.0,
        step_h: float = 1.0,
        levels: Iterable[float] = (0.8,),
        clear_below: float = 1.0,
        clear_probability: float = 0.9,
        profile: Profile | None = None,
    ) -> Forecast:
        """The days ahead, as `eccentric.forecast` but without drivers."""
        from ._forecast import Forecast

        options = forecast_options(hours, step_h, levels, clear_below, clear_probability)
        return Forecast._of(self._native.forecast(options, profile_handle(profile)))


def _ms(time: Time) -> int:
    ms = unix_ms("time", time)
    if ms is None:
        raise TypeError("time is None, allowed is a time")
    return ms
