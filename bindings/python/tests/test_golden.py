"""The golden cases, and the same bits as the crate."""

import json
import math
import struct

import numpy as np
import pytest

import eccentric
from conftest import ROOT

NAMES = [case["name"] for case in json.loads((ROOT / "tests/golden/cases.json").read_text())["cases"]]
BITS = json.loads((ROOT / "tests/golden/bits.json").read_text())["bits"]


def run(case):
    """The loads of a case and its forecast."""
    loads = []
    for one in case["runs"]:
        columns = {key: [s[key] for s in one["segments"]] for key in one["segments"][0]}
        activity = eccentric.from_segments(
            columns["duration_s"],
            columns["speed_m_s"],
            columns["grade"],
            grade_se=columns["grade_se"],
            start_s=columns["start_s"],
            step_rate_hz=columns["step_rate_hz"],
            running=[gait == "running" for gait in columns["gait"]],
            start=np.datetime64(one["start_ms"], "ms"),
        )
        loads.append(eccentric.load(activity, **case["runner"]))
    start = np.datetime64(case["from_ms"], "ms")
    return loads, eccentric.forecast(loads, habit=case["habit"], start=start, **case["options"])


@pytest.fixture(params=NAMES)
def case(request, golden):
    return next(case for case in golden["cases"] if case["name"] == request.param)


class Check:
    """Compares everything that is expected and counts it."""

    def __init__(self, golden):
        self.relative, self.absolute = golden["relative_tolerance"], golden["absolute_tolerance"]
        self.compared = 0

    def tree(self, where, found, expected):
        if isinstance(expected, dict):
            for key, value in expected.items():
                self.tree(f"{where}.{key}", found[key], value)
        elif isinstance(expected, list):
            assert len(found) == len(expected), where
            for k, (a, b) in enumerate(zip(found, expected)):
                self.tree(f"{where}[{k}]", a, b)
        elif isinstance(expected, float):
            self.compared += 1
            close = math.isclose(found, expected, rel_tol=self.relative, abs_tol=self.absolute)
            assert close, f"{where}: {found}, expected {expected}"
        else:
            self.compared += 1
            assert found == expected, where


def stored_load(load):
    """A load as it is stored, with what the cases add to it."""
    data = json.loads(load.to_json())["data"]
    sums = {"damage": {}, "hard": {}, "protection": {}}
    for kind, sum_of in sums.items():
        for muscle in eccentric.MUSCLES:
            sum_of[muscle] = sum(stretch[kind][muscle] for stretch in data["stretches"])
    acute = sum(stretch["acute"] for stretch in data["stretches"])
    total = data["points_total"]
    data["dose"] = {**sums, "acute": acute}
    data["end_ms"] = int(load.end.astype(np.int64))
    data["relative_se"] = data["points_se"] / total if total > 0 else 0.0
    return data


def test_a_case_holds(case, golden):
    check = Check(golden)
    loads, ahead = run(case)
    expected = case["expected"]
    check.tree("loads", [stored_load(load) for load in loads], expected["loads"])
    state = ahead.state.to_dict()["data"] | {"time_ms": case["from_ms"]}
    check.tree("state", state, expected["state"])

    start = np.datetime64(case["from_ms"], "ms")
    hours = lambda time: None if time is None else float((time - start) / np.timedelta64(1, "h"))
    check.tree("hours", [hours(time) for time in ahead.times], expected["hours"])
    for muscle, values in expected["muscles"].items():
        found = ahead[muscle]
        for quantity in ("soreness", "strength_loss"):
            series = getattr(found, quantity)
            check.tree(quantity, series.point.tolist(), values[quantity]["point"])
            for k, interval in enumerate(values[quantity]["intervals"]):
                ends = {"level": series.levels[k], "lower": series.lower[k].tolist(), "upper": series.upper[k].tolist()}
                check.tree(f"{muscle}.{quantity}", ends, interval)
        check.tree("clear", found.clear_probability.tolist(), values["clear_probability"])
        peak = {"h": hours(found.peak_time), "soreness": found.peak_soreness}
        check.tree("peak", peak, values["peak"])
        assert hours(found.clear_at) == values["clear_at_h"]
        assert hours(found.clear_likely_at) == values["likely_clear_at_h"]
        felt = {"soreness": found.soreness_before, "strength_loss": found.strength_loss_before}
        check.tree("before", felt, expected["before_last_run"][muscle])
        check.tree("days", ahead.to_dict()["muscles"][muscle]["days"], values["days"])
    drivers = [{"run": driver.run, "share": driver.share} for driver in ahead.drivers]
    check.tree("drivers", drivers, [{key: one[key] for key in ("run", "share")} for one in expected["drivers"]])
    assert check.compared > 100


def fnv1a(numbers):
    value = 0xCBF29CE484222325
    for byte in b"".join(struct.pack("<d", number) for number in numbers):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return f"{value:016x}"


def test_the_bits_are_those_of_the_crate(case):
    loads, ahead = run(case)
    numbers = []
    for load in loads:
        numbers += [load.negative_work_j, *load.points.values()]
        numbers += [load.points_total, load.points_se, load.equivalent_flat_km]
    for muscle in eccentric.MUSCLES:
        for series in (ahead[muscle].soreness, ahead[muscle].strength_loss):
            numbers += series.point.tolist()
            for lower, upper in zip(series.lower, series.upper):
                numbers += [*lower.tolist(), *upper.tolist()]
        numbers += ahead[muscle].clear_probability.tolist()
    assert fnv1a(numbers) == BITS[case["name"]]
