"""Columns of data frames, without knowing the library they come from."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, datetime, timezone
from typing import Any

import numpy as np

from ._values import Floats, floats

_KNOWN = frozenset(
    "time_s time timestamp seconds distance_m distance elevation_m elevation altitude_m altitude ele "
    "cadence_steps_min cadence speed_m_s speed".split()
)


def _names(frame: Any) -> list[Any]:
    """Names of the columns: `keys()` of a mapping, `column_names` of pyarrow, `columns` of the others."""
    if isinstance(frame, Mapping):
        return list(frame)
    for attribute in ("column_names", "columns"):
        names = getattr(frame, attribute, None)
        if names is not None and not callable(names) and hasattr(frame, "__getitem__"):
            return list(names)
    raise TypeError(f"frame is {type(frame).__name__}, allowed is a data frame or a mapping of columns")


def _normalised(name: str) -> str:
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def columns_of(frame: Any) -> list[tuple[str, Floats]]:
    """The columns that a run has, as numbers; times as seconds."""
    names = [name for name in _names(frame) if isinstance(name, str)]
    known = [name for name in names if _normalised(name) in _KNOWN]
    if not known:
        # The native half knows which ones are missing.
        return [(name, np.empty(0)) for name in names]
    return [(name, _column(name, frame[name])) for name in known]


def _column(name: str, values: Any) -> Floats:
    times = _seconds(name, values)
    return floats(name, values) if times is None else times


def _seconds(name: str, values: Any) -> Floats | None:
    """Seconds since 1970 of a column of times, none for any other column."""
    if getattr(getattr(values, "dtype", None), "tz", None) is not None:  # pandas with a time zone
        array = values.to_numpy(dtype="datetime64[ms]")
    else:
        array = np.asarray(values)
    if array.dtype.kind == "O" and len(array) and all(isinstance(value, datetime) for value in array):
        return np.array([_instant(value).timestamp() for value in array])
    if array.dtype.kind != "M":
        return None
    milliseconds = array.astype("datetime64[ms]")
    return np.where(np.isnat(milliseconds), np.nan, milliseconds.astype(np.int64) / 1000.0)


def _instant(value: datetime) -> datetime:
    return value if value.tzinfo is not None else value.replace(tzinfo=timezone.utc)


def rows_of(frame: Any) -> bytes:
    """The rows of a frame, or a list of mappings, as a JSON list of objects."""
    if isinstance(frame, (list, tuple)):
        rows = [dict(row) if isinstance(row, Mapping) else row for row in frame]
    else:
        columns = {str(name): list(np.asarray(frame[name])) for name in _names(frame)}
        sizes = {len(column) for column in columns.values()}
        if len(sizes) > 1:
            raise TypeError(f"columns of the ratings have {sorted(sizes)} rows, allowed is one length")
        rows = [dict(zip(columns, row)) for row in zip(*columns.values())]
    return json.dumps([_plain(row) for row in rows]).encode()


def _plain(value: Any) -> Any:
    """As JSON has it: what is missing is null, times are text."""
    if isinstance(value, dict):
        return {_normalised(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else f"{value.astype('datetime64[ms]')}Z"
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, (datetime, date)) and value == value:  # NaT is no time and not itself
        return value.isoformat()
    return None if str(value) in ("NaT", "<NA>") else str(value)
