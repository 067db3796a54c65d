"""What ratings teach about a person."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._frames import rows_of
from ._load import Load
from ._native import ReadError
from ._options import natives, text
from ._values import Floats, Value, axes, pandas, warn_of


@dataclass(frozen=True, eq=False)
class Profile(Value):
    """What is known of a person.

    Attributes
    ----------
    values, sds : dict of str to float
        Expected numbers and their standard deviations: logarithms of factors on what most people have, but
        for `baseline`, which is in points of 10, and `drift`, which is per year.
    trust : dict of str to str
        How much data stands behind each number: off, low or ok.
    covariance : numpy.ndarray
        Of the numbers, in the order of `values`.
    ratings : int
        Observations that it was learned from.
    other_cause : int
        Lines of the ratings that name another cause; nothing is learned from them.
    termination : str
        How the search ended.
    reversed_gain : float
        How much better, in log probability, the ratings would fit on the reversed scale.
    words : list of str
        What was learned, a sentence each.
    left_out : list of (str, str)
        Name and reason of runs that have no place in the history.
    """

    values: dict[str, float]
    sds: dict[str, float]
    trust: dict[str, str]
    covariance: Floats = field(repr=False)
    ratings: int
    other_cause: int
    termination: str
    reversed_gain: float
    words: list[str]
    left_out: list[tuple[str, str]]
    _native: _native.Profile = field(repr=False)

    @classmethod
    def from_json(cls, stored: str) -> Profile:
        """A profile as `to_json` and `eccentric fit` (profile.json) store it."""
        profile: Profile = cls._of(_native.Profile.from_json(text("stored", stored)))
        return profile

    def to_json(self) -> str:
        """What to store: `eccentric.profile`."""
        return self._native.to_json()

    def to_dict(self) -> dict[str, Any]:
        """What `eccentric fit --json` prints."""
        report: dict[str, Any] = self._native.report()
        return report

    def to_pandas(self) -> Any:
        """A `pandas.DataFrame` with a row for each number: `value`, `sd`, `trust`."""
        pd = pandas("Profile.to_pandas()")
        frame = {"value": self.values, "sd": self.sds, "trust": self.trust}
        return pd.DataFrame(frame).rename_axis("number")

    def plot(self, ax: Any = None) -> Any:
        """The numbers with one standard deviation to both sides, on new axes if none are given."""
        ax = axes(ax, "Profile.plot()")
        names = list(self.values)
        ax.errorbar(list(self.values.values()), names, xerr=list(self.sds.values()), fmt="o", capsize=3)
        ax.axvline(0.0, color="0.6", linewidth=1, zorder=0)
        ax.invert_yaxis()
        ax.set(xlabel="difference from most people (log; baseline: points)")
        return ax


def fit(
    loads: Iterable[Load],
    ratings: Any,
    *,
    habit: str = "road",
    scale: str | None = None,
    time_zone: str = "UTC",
) -> Profile:
    """Learn from ratings of soreness how a person's legs differ from most.

    Parameters
    ----------
    loads : iterable of Load
        The runs, as in `forecast`.
    ratings : path, bytes, data frame, mapping of columns or list of dict
        `time` or `date`, and any of `soreness` (with `scale`), `strength_loss_percent`, `jump_loss_percent`,
        `could_not_walk_downstairs`, and if wanted `muscle` and `other_cause`; or wellness data of
        intervals.icu. A date alone stands for noon.
    habit : {"none", "recreational", "road", "trail"}
        What the legs were used to before the first run.
    scale : str, optional
        nrs (0-10), vas (0-100), 1-5-worse, 1-5-better, 1-7-worse, 1-7-better, intervals.icu, hooper, pmsys, or
        a range with what its upper end means such as 0-6-worse. Needed unless the ratings name it.
    time_zone : str
        Where times without an offset are local.

    Returns
    -------
    Profile

    Raises
    ------
    ReadError
        For ratings that cannot be read, with the line or the entry.

    Examples
    --------
    >>> import eccentric
    >>> run = eccentric.from_segments(duration_s=1800, speed_m_s=3, grade=-0.16, start="2026-05-01T08:00:00Z")
    >>> ratings = [{"date": f"2026-05-{day:02}", "soreness": answer} for day, answer in [(2, 8), (3, 9), (4, 7)]]
    >>> profile = eccentric.fit([eccentric.load(run)], ratings, scale="nrs")
    >>> profile.values["soreness"] > 0.3
    True
    >>> profile.words[0]
    'Learned from 3 ratings.'
    """
    if isinstance(ratings, (str, os.PathLike)):
        content = _content(ratings)
    elif isinstance(ratings, (bytes, bytearray, memoryview)):
        content = bytes(ratings)
    else:
        content = rows_of(ratings)
    scale = None if scale is None else text("scale", scale)
    zone = text("time_zone", time_zone)
    found = _native.fit(natives(loads), content, text("habit", habit), scale, zone)
    profile: Profile = Profile._of(found)
    warn_of(profile.left_out)
    return profile


def _content(path: str | os.PathLike[str]) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise ReadError(f"{os.fspath(path)}: {error}") from error
