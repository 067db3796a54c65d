"""Anything at all through every door: a `TypeError` or a `ValueError` or a result, and nothing else."""

import inspect
import random
import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest

import eccentric

CALLS = 1500


@pytest.fixture(scope="module")
def things():
    """What may be passed: numbers, arrays, frames, times, results, and things of no use to anybody."""
    run = eccentric.from_segments(1800, 3.0, -0.16, start="2026-05-01T08:00:00Z")
    load = eccentric.load(run)
    ahead = eccentric.forecast([load])
    profile = eccentric.fit([load], [{"date": "2026-05-02", "soreness": 5}], scale="nrs")
    samples = {"time_s": [0.0, 1, 2], "speed": [1.0, 2, 3], "ele": [1.0, 2, 3]}
    ratings = {"date": ["2026-05-02"], "soreness": [3]}
    plain = [None, True, 0, -1, 5, 3.0, -0.1, 1e308, float("nan"), float("inf"), 10**30, 2**63, -(2**63), 10**400]
    texts = ["", "x", "nrs", "UTC", "road", "2026-05-01T08:00:00Z", "2026-13-01", "a\0b", "{}", b"", b"time_s,distance_m\n0,0\n", b"\xff" * 20]
    times = [np.datetime64("NaT", "s"), np.datetime64("2026-05-01"), np.datetime64(2**62, "ms"), np.datetime64(10**15, "Y")]
    times += [pd.Timestamp("2026-05-01", tz="UTC"), pd.Timestamp.max.tz_localize("UTC"), pd.NaT, pd.NA]
    arrays = [np.float32(3), np.array(5.0), np.array([]), np.arange(3.0), np.arange(5), np.zeros((2, 2)), np.array(["a"])]
    arrays += [np.array([1 + 2j]), np.array([None, 1.0], dtype=object), np.array([True, False]), pd.Series([1.0, None]), pl.Series([1.0, None])]
    frames = [pd.DataFrame(samples), pl.DataFrame(samples), samples, pd.DataFrame(ratings), pl.DataFrame(ratings), ratings]
    odd = [object(), int, lambda: 1, [], (), {}, set(), range(3), [[1.0], [2.0, 3.0]], {5: 1}]
    good = {"activity": run, "loads": [load], "ratings": ratings, "load": load, "frame": samples, "time": "2026-05-03T08:00:00Z"}
    good |= {"time_s": np.arange(60.0), "distance_m": 3 * np.arange(60.0), "elevation_m": np.full(60, 9.0), "scale": "nrs"}
    good |= {"grade": -0.1, "speed_m_s": 3.0, "duration_s": 60.0}
    hill = {"distance_m": [0.0, 500.0, 1000.0], "elevation_m": [900.0, 950.0, 900.0]}
    good |= {"course": hill, "race": "2026-05-06T08:00:00Z", "from_": "2026-05-04T08:00:00Z"}
    state = ahead.state
    calls = [eccentric.read, eccentric.from_arrays, eccentric.from_frame, eccentric.from_segments, eccentric.load]
    calls += [eccentric.points_per_km, eccentric.forecast, eccentric.fit, eccentric.score, eccentric.State.rested]
    calls += [eccentric.today, eccentric.race, eccentric.plan]
    calls += [eccentric.Load.from_bytes, eccentric.State.from_json, eccentric.Profile.from_json, state.after, state.advanced_to, state.forecast]
    return calls, good, [*plain, *texts, *times, *arrays, *frames, *odd, hill, run, load, ahead, profile, state]


@pytest.mark.parametrize("seed", range(3))
def test_nothing_but_type_errors_and_value_errors(things, seed):
    calls, good, pool = things
    dice = random.Random(seed)
    outcomes = {"refused": 0, "done": 0}

    def thing():
        return [dice.choice(pool) for _ in range(dice.randrange(4))] if dice.random() < 0.2 else dice.choice(pool)

    for _ in range(CALLS):
        call = dice.choice(calls)
        given = {}
        for name, parameter in inspect.signature(call).parameters.items():
            needed = parameter.default is parameter.empty
            if dice.random() < 0.3 or (needed and name not in good):
                given[name] = thing()
            elif name in good:
                given[name] = good[name]
        if given.get("leave_one_lab_out") is True:
            continue  # takes too long
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                call(**given)
            outcomes["done"] += 1
        except (TypeError, ValueError):
            outcomes["refused"] += 1
        except BaseException as error:
            pytest.fail(f"{call.__name__}({given}) raised {type(error).__name__}: {error}")
    assert min(outcomes.values()) > 50
