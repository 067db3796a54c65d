"""Scores of the model on published outcomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import _native
from ._native import EccentricError
from ._values import Paths, axes, pandas


@dataclass(frozen=True)
class Score:
    """How far predictions lie from published outcomes.

    Attributes
    ----------
    measures : dict of str to dict
        For each measure `n`, `rmse`, `mae`, `bias`, `coverage` by level, and `rmse_labs`.
    orderings : dict
        Printed comparisons: `n`, `agree`, `failed`, `skipped`, `detail`.
    baselines : dict of str to dict
        Root mean square errors of simple rules, each lab predicted from the others.
    rows : list of dict
        Each outcome with its prediction and the central 80 %.
    not_modelled : list of dict
        Outcomes that cannot be compared, with the reason.
    """

    measures: dict[str, dict[str, Any]]
    orderings: dict[str, Any]
    baselines: dict[str, dict[str, Any]] = field(repr=False)
    rows: list[dict[str, Any]] = field(repr=False)
    not_modelled: list[dict[str, Any]] = field(repr=False)
    _report: dict[str, Any] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """What `eccentric evidence score --json` prints."""
        return self._report

    def to_pandas(self) -> Any:
        """The rows as a `pandas.DataFrame`."""
        return pandas("Score.to_pandas()").DataFrame(self.rows)

    def plot(self, ax: Any = None, *, measure: str = "strength_loss_pct") -> Any:
        """Predicted against observed outcomes of one measure.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; new axes if not given.
        measure : str
            One of `measures`.

        Returns
        -------
        matplotlib.axes.Axes
        """
        if measure not in self.measures:
            known = ", ".join(self.measures)
            raise ValueError(f'measure is "{measure}", allowed is one of {known}')
        ax = axes(ax, "Score.plot()")
        rows = [row for row in self.rows if row["measure"] == measure]
        observed = [row["observed"] for row in rows]
        predicted = [row["predicted"] for row in rows]
        below = [row["predicted"] - row["lower80"] for row in rows]
        above = [row["upper80"] - row["predicted"] for row in rows]
        ax.errorbar(observed, predicted, yerr=(below, above), fmt="o", alpha=0.6, elinewidth=0.8)
        ends = [min(0.0, *observed, *predicted), max(*observed, *predicted)]
        ax.plot(ends, ends, color="0.6", linewidth=1, zorder=0)
        ax.set(xlabel="observed", ylabel="predicted, 80 %", title=measure)
        return ax


def score(
    folder: Paths | None = None, *, parameters: Paths | None = None, leave_one_lab_out: bool = False
) -> Score:
    """Compare the model with every row of a folder of published outcomes.

    Parameters
    ----------
    folder : path, optional
        Folder with studies.csv, bouts.csv, observations.csv and orderings.csv; the tables of this release if not given.
    parameters : path, optional
        Constants to score, as `eccentric evidence calibrate` writes them; those of this release if not given.
    leave_one_lab_out : bool
        Fit the constants to all other laboratories for each row, which takes a while: the honest score, that of
        docs/validation.md.

    Returns
    -------
    Score

    Raises
    ------
    EvidenceError
        With file, line and column of the first cell that cannot be used.

    Notes
    -----
    The constants of this release were fitted to the studies of the project: without `leave_one_lab_out`, their score
    flatters.
    """
    if not isinstance(leave_one_lab_out, bool):
        raise TypeError(f"leave_one_lab_out is {leave_one_lab_out!r}, allowed is True or False")
    if leave_one_lab_out and parameters is not None:
        raise EccentricError("parameters are given, but leave_one_lab_out fits its own; allowed is one of them")
    report = _native.score(folder, parameters, leave_one_lab_out)
    names = ("measures", "orderings", "baselines", "rows", "not_modelled")
    return Score(_report=report, **{name: report[name] for name in names})
